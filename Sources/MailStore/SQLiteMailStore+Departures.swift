internal import GRDB

// How fast mails may leave. Departures are counted in rows, so that a restart forgets none.

extension SQLiteMailStore {
  package func changeMailbox(
    _ id: MailboxID, tenant: TenantID, _ change: MailboxChange
  ) async throws(MailStoreError) -> Mailbox {
    try await write { db, _ in
      var after = try db.mailbox(id, tenant: tenant)
      if let name = change.displayName { after.displayName = name.isEmpty ? nil : name }
      if let identities = change.identities { after.identities = identities }
      if let limit = change.perMinute { after.sendLimits.perMinute = limit > 0 ? limit : nil }
      if let limit = change.perDay { after.sendLimits.perDay = limit > 0 ? limit : nil }
      let sql = """
        UPDATE mailbox SET display_name = ?, identities = ?, sends_per_minute_max = ?, sends_per_day_max = ?
        WHERE id = ?
        """
      try Query(db, sql).run(
        after.displayName, Packer.identities(after.identities), after.sendLimits.perMinute,
        after.sendLimits.perDay, id)
      return after
    }
  }

  package func beginAttempt(
    _ id: SubmissionID, expected: SubmissionState, _ update: SubmissionUpdate, perMinuteMax: Int64?,
    at: Timestamp
  ) async throws(MailStoreError) -> AttemptStart {
    try await write { db, effects in
      let before = try db.submission(id, tenant: nil)
      guard before.state == expected else { throw MailStoreError.conflict(before.state.rawValue) }
      let wait = try db.sendWait(
        before.mailboxID, tenant: before.tenantID, perMinuteMax: perMinuteMax, at: at)
      if let wait { return .waits(wait) }
      try Query(db, "UPDATE submission SET departed_at = ? WHERE id = ?").run(at, id)
      return .began(try db.change(before, update, at: at, &effects))
    }
  }

  package func sendWait(
    of mailbox: MailboxID, perMinuteMax: Int64?, at: Timestamp
  ) async throws(MailStoreError) -> SendWait? {
    try await read { db in
      let tenant = try db.mailbox(mailbox, tenant: nil).tenantID
      return try db.sendWait(mailbox, tenant: tenant, perMinuteMax: perMinuteMax, at: at)
    }
  }
}

extension Database {
  /// The limit that lets the next mail go last; nil when it may go now.
  /// - Parameter perMinuteMax: of a mailbox that has no limit of its own.
  fileprivate func sendWait(
    _ mailbox: MailboxID, tenant: TenantID, perMinuteMax: Int64?, at: Timestamp
  ) throws -> SendWait? {
    let own = try self.mailbox(mailbox, tenant: nil).sendLimits
    let whole = try settings(of: tenant).sendLimits
    let (box, all) = ("mailbox_id", "tenant_id")
    let waits = [
      try wait(.mailboxPerMinute, own.perMinute ?? perMinuteMax, 60, box, mailbox.value, at),
      try wait(.mailboxPerDay, own.perDay, 86_400, box, mailbox.value, at),
      try wait(.tenantPerMinute, whole.perMinute, 60, all, tenant.value, at),
      try wait(.tenantPerDay, whole.perDay, 86_400, all, tenant.value, at),
    ]
    return waits.compactMap { $0 }.max { $0.until < $1.until }
  }

  /// With as many departures within `seconds` as may be, the oldest of these must be so long ago. One in the
  /// future, where the clock was set back, does not count.
  /// - Complexity: O(*max*), by the index.
  private func wait(
    _ limit: SendLimit, _ max: Int64?, _ seconds: Int64, _ column: String, _ id: Int64, _ at: Timestamp
  ) throws -> SendWait? {
    guard let max, max > 0 else { return nil }
    let sql = """
      SELECT departed_at FROM submission WHERE \(column) = ? AND departed_at > ? AND departed_at <= ?
      ORDER BY departed_at DESC LIMIT 1 OFFSET ?
      """
    let oldest = try Query(self, sql).first(id, at.adding(seconds: -seconds), at, max - 1) { $0.time(0) }
    return oldest.map { SendWait(limit: limit, until: $0.adding(seconds: seconds)) }
  }
}

extension Packer {
  static func identities(_ list: [SenderIdentity]) -> [UInt8] {
    addresses(list.map { Address(role: .from, name: $0.name, email: $0.email) })
  }
}

extension Unpacker {
  static func identities(_ bytes: [UInt8]) throws(MailStoreError) -> [SenderIdentity] {
    try addresses(bytes).map { SenderIdentity(name: $0.name, email: $0.email) }
  }
}
