internal import GRDB

extension SQLiteMailStore {
  package func outboxCounts() async throws(MailStoreError) -> [SubmissionState: Int] {
    try await read { db in
      // By mailbox, since that is how waiting ones are indexed: the settled ones, which are most, are not looked at.
      let waiting = """
        SELECT s.state, COUNT(*) FROM mailbox m CROSS JOIN submission s ON s.mailbox_id = m.id
        WHERE s.state IN ('queued', 'deferred', 'unknown') GROUP BY s.state
        """
      let open =
        "SELECT state, COUNT(*) FROM submission WHERE state IN ('sending', 'dataOpen') GROUP BY state"
      var counts: [SubmissionState: Int] = [:]
      for sql in [waiting, open] {
        for (state, count) in try Query(db, sql).all(read: { ($0.text(0), Int(clamping: $0.int(1))) }) {
          if let state = SubmissionState(rawValue: state) { counts[state] = count }
        }
      }
      return counts
    }
  }
}
