internal import GRDB
package import Sealing

extension SQLiteMailStore {
  /// The public half of the key under which receipts are signed.
  package var receiptVerifyingKey: VerifyingKey { receiptKey.verifyingKey }
}

extension Database {
  /// Writes down what the row of a purge says now, and the signature under it.
  ///
  /// The statement is made by SQLite from the row itself, in the transaction that completes it. Its names are in the
  /// order of their octets, its numbers integers and its strings escaped as little as JSON allows: so it is in the form
  /// of RFC 8785, and whoever writes the same facts in that form has the same octets.
  func sign(_ id: PurgeID, tenant: TenantID, _ key: SigningKey) throws {
    let sql = """
      SELECT json_object(
        'counts', json_object(
          'bodies', bodies, 'mailboxes', mailboxes, 'mails', mails, 'octets', octets, 'submissions', submissions,
          'threads', threads, 'uploads', uploads),
        'finishedAt', strftime('%Y-%m-%dT%H:%M:%fZ', finished_at / 1000.0, 'unixepoch'),
        'id', ?, 'kind', kind, 'logTruncated', json(iif(log_truncated, 'true', 'false')), 'remaining', remaining,
        'requestedBy', requested_by,
        'startedAt', strftime('%Y-%m-%dT%H:%M:%fZ', started_at / 1000.0, 'unixepoch'),
        'tenantId', ?, 'type', 'postroom.receipt.v1')
      FROM purge WHERE id = ?
      """
    let statement = try Query(self, sql).first(id.text, tenant.text, id) { $0.text(0) }
    guard let statement else { throw MailStoreError.notFound("purge") }
    let signature = try key.sign(Array(statement.utf8))
    try Query(self, "UPDATE purge SET statement = ?, signed_by = ?, signature = ? WHERE id = ?").run(
      statement, key.verifyingKey.id, signature, id)
  }
}
