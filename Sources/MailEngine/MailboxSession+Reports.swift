internal import IMAPClient
internal import IMAPCodec
internal import Logging
internal import MailReading
internal import MailStore

extension MailboxSession {
  /// Looks into reports about delivery that name no mail of ours in their header (S12).
  ///
  /// Their beginning is read and forgotten: only which mail a report is about decides whether it is fetched as a
  /// mail of that conversation, and until then nothing of it is stored (S5).
  nonisolated(nonsending) func readReports() async throws {
    var tried: Set<MailID> = []
    while true {
      let listed = try await store.reportsToRead(mailbox.id, limit: options.bodyBatch + tried.count)
      let open = listed.filter { !tried.contains($0.id) && trouble.mayTry($0.id) }
      guard let first = open.first(where: { $0.folderID == selected }) ?? open.first else { return }
      let group = open.filter { $0.folderID == first.folderID }
      tried.formUnion(group.map(\.id))
      guard let i = index(of: first.folderID) else { continue }
      if first.folderID != selected {
        try await visit(i)
        if folders[i].isClosed { continue }
      }
      let generation = folders[i].row.cursor?.uidValidity
      for report in group where report.uidValidity == generation { try await read(report, in: i) }
      try await lookForNews(i)
    }
  }

  private nonisolated(nonsending) func read(_ report: WantedMail, in i: Int) async throws {
    var beginning: [UInt8]?
    do {
      try await connection.fetch(
        [UIDSet(UID(report.uid))], FetchRequest(fullBody: true, bodyOctetsMax: options.reportOctetsMax),
        pipelined: 1,
        onMessage: { message in
          if message.uid.value == report.uid, let body = message.body { beginning = body }
        },
        onWindow: { _ in })
    } catch let error as IMAPClientError {
      trouble.noteFailure(of: report.id)
      if error.endsConnection { throw error }
      return
    }
    guard let beginning else { return try await settleMissing(i, [report]) }
    var findings: DeliveryFindings?
    do {
      findings = MailFindings(try await context.reader.logged(beginning, omitting: nil)).report
    } catch {
      guard let cause = error.unreadable else { throw error }
      log.warning(
        "report cannot be parsed", metadata: ["mail": "\(report.id)", "cause": "\(cause.rawValue)"])
    }
    tell(try await store.settleReport(report.id, findings, at: context.clock.now))
    trouble.noteSuccess(of: report.id)
  }
}
