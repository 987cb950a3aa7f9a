internal import GRDB
internal import Sealing

extension SQLiteMailStore {
  /// A provider has given a new refresh token for the one that was used. The old one is kept until the new one is proven:
  /// both in one transaction, so that a crash leaves one that works.
  ///
  /// - Parameters:
  ///   - present: what was stored when the provider was asked. When that is another by now, as the mailbox was signed in
  ///     again meanwhile, nothing is changed.
  ///   - old: the one that was used.
  package func rotateRefreshToken(
    of id: MailboxID, present: [UInt8], keeping old: [UInt8], new: [UInt8]
  ) async throws(MailStoreError) {
    try await write { [keyring] db, _ in
      let mailbox = try db.mailbox(id, tenant: nil)
      let key = try db.key(of: id, keyring)
      let sealedNow =
        try Query(db, "SELECT password FROM mailbox WHERE id = ?").first(id) { $0.blob(0) } ?? []
      let now = try key.open(sealedNow, context: mailbox.passwordContext)
      guard Digest.equalConstantTime(now, present), mailbox.oauthProvider != nil else { return }
      let sealed = try key.seal(new, context: mailbox.passwordContext)
      let kept = try key.seal(old, context: mailbox.previousContext)
      try Query(db, "UPDATE mailbox SET password = ?, refresh_previous = ? WHERE id = ?").run(
        sealed, kept, id)
    }
  }

  /// The refresh token before the present one; nil when that has been proven.
  package func previousRefreshToken(of id: MailboxID) async throws(MailStoreError) -> [UInt8]? {
    try await read { [keyring] db in
      let mailbox = try db.mailbox(id, tenant: nil)
      let sealed =
        try Query(db, "SELECT refresh_previous FROM mailbox WHERE id = ?").first(id) { $0.blob(0) } ?? []
      if sealed.isEmpty { return nil }
      return try db.key(of: id, keyring).open(sealed, context: mailbox.previousContext)
    }
  }

  /// The present one was used: the one before is needed no more.
  package func forgetPreviousRefreshToken(of id: MailboxID) async throws(MailStoreError) {
    try await write { db, _ in
      try Query(db, "UPDATE mailbox SET refresh_previous = x'' WHERE id = ? AND refresh_previous <> x''").run(
        id)
    }
  }
}

extension Mailbox {
  fileprivate var previousContext: String { passwordContext + "|previous" }
}
