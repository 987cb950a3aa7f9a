internal import GRDB

extension SQLiteMailStore {
  package func settings(of tenant: TenantID) async throws(MailStoreError) -> TenantSettings {
    try await read { db in
      try db.require(tenant)
      return try db.settings(of: tenant)
    }
  }

  package func setSettings(
    _ settings: TenantSettings, of tenant: TenantID
  ) async throws(MailStoreError) {
    try await write { db, _ in
      try db.require(tenant)
      let sql = """
        INSERT OR REPLACE INTO tenant_settings (tenant_id, bcc_addresses, forward_addresses, tracking_header,
          own_domains, never_log, match_subject, subject_days, same_subject, known_contacts, sends_per_minute_max,
          sends_per_day_max)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
      try Query(db, sql).run(
        tenant, Packer.strings(settings.bccAddresses), Packer.strings(settings.forwardAddresses),
        settings.trackingHeader, Packer.strings(settings.ownDomains), Packer.strings(settings.neverLog),
        settings.matchBySubject, settings.subjectDays, settings.demandSameSubject, settings.logKnownContacts,
        settings.sendLimits.perMinute, settings.sendLimits.perDay)
      try db.setSearch(settings.search, tenant)
    }
  }

  package func loggingRules(of tenant: TenantID) async throws(MailStoreError) -> LoggingRules {
    try await read { try $0.loggingRules(of: tenant) }
  }
}

extension Database {
  func settings(of tenant: TenantID) throws -> TenantSettings {
    let sql = """
      SELECT bcc_addresses, forward_addresses, tracking_header, own_domains, never_log, match_subject, subject_days,
        same_subject, known_contacts, sends_per_minute_max, sends_per_day_max
      FROM tenant_settings WHERE tenant_id = ?
      """
    let found = try Query(self, sql).first(tenant) { row in
      var settings = TenantSettings()
      settings.bccAddresses = try Unpacker.strings(row.blob(0))
      settings.forwardAddresses = try Unpacker.strings(row.blob(1))
      settings.trackingHeader = row.text(2)
      settings.ownDomains = try Unpacker.strings(row.blob(3))
      settings.neverLog = try Unpacker.strings(row.blob(4))
      settings.matchBySubject = row.bool(5)
      settings.subjectDays = Int(min(max(row.int(6), 0), Int64(TenantSettings.subjectDaysMax)))
      settings.demandSameSubject = row.bool(7)
      settings.logKnownContacts = row.bool(8)
      settings.sendLimits = SendLimits(perMinute: row.optionalInt(9), perDay: row.optionalInt(10))
      return settings
    }
    var settings = found ?? TenantSettings()
    settings.search = try searchState(of: tenant).level
    return settings
  }

  func loggingRules(of tenant: TenantID) throws -> LoggingRules {
    let emails = try Query(self, "SELECT email_key, identities FROM mailbox WHERE tenant_id = ?").all(tenant)
    {
      [$0.text(0)] + (try Unpacker.identities($0.blob(1)).map(\.email))
    }
    return LoggingRules(try settings(of: tenant), ownEmails: emails.flatMap { $0 })
  }
}
