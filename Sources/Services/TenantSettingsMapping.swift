internal import Bytes
internal import JSON
internal import JSONRPC
internal import MailStore
internal import PostroomAPI

extension APITenantSettings {
  init(_ s: TenantSettings) {
    self.init(
      bccAddresses: s.bccAddresses, forwardAddresses: s.forwardAddresses, trackingHeader: s.trackingHeader,
      ownDomains: s.ownDomains, neverLog: s.neverLog, matchBySubject: s.matchBySubject,
      matchBySubjectDays: Int64(s.subjectDays), demandSameSubject: s.demandSameSubject,
      logKnownContacts: s.logKnownContacts, search: APISearchLevel(s.search),
      sendsPerMinuteMax: s.sendLimits.perMinute, sendsPerDayMax: s.sendLimits.perDay)
  }
}

extension TenantSettings {
  /// With what a caller wants otherwise; addresses and domains in lower case, each once.
  func changed(_ change: APITenantSettingsChange) throws(RPCError) -> TenantSettings {
    var new = self
    if let list = change.bccAddresses { new.bccAddresses = try Self.addresses(list, "bccAddresses") }
    if let list = change.forwardAddresses {
      new.forwardAddresses = try Self.addresses(list, "forwardAddresses")
    }
    if let list = change.ownDomains {
      new.ownDomains = Self.once(list)
      guard new.ownDomains.allSatisfy(Self.isDomain) else {
        throw Self.invalid("ownDomains", "a domain looks like example.org")
      }
    }
    if let list = change.neverLog {
      new.neverLog = Self.once(list)
      guard new.neverLog.allSatisfy({ Self.isAddress($0) || Self.isDomain($0) }) else {
        throw Self.invalid("neverLog", "each is an address or a domain")
      }
    }
    if let name = change.trackingHeader {
      guard name.isEmpty || Self.isFieldName(name) else {
        throw Self.invalid("trackingHeader", "this is no name of a header field")
      }
      new.trackingHeader = name
    }
    new.matchBySubject = change.matchBySubject ?? matchBySubject
    new.subjectDays = change.matchBySubjectDays.map { Int(clamping: $0) } ?? subjectDays
    new.demandSameSubject = change.demandSameSubject ?? demandSameSubject
    new.logKnownContacts = change.logKnownContacts ?? logKnownContacts
    new.search = change.search.map { SearchLevel($0) } ?? search
    if let limit = change.sendsPerMinuteMax { new.sendLimits.perMinute = limit > 0 ? limit : nil }
    if let limit = change.sendsPerDayMax { new.sendLimits.perDay = limit > 0 ? limit : nil }
    let both = Set(new.bccAddresses).intersection(new.forwardAddresses)
    guard both.isEmpty else {
      throw Self.invalid("forwardAddresses", "an address cannot be for blind copies and for forwards")
    }
    return new
  }

  private static func addresses(_ list: [String], _ name: String) throws(RPCError) -> [String] {
    let all = once(list)
    guard all.allSatisfy(isAddress) else { throw invalid(name, "each is one e-mail address") }
    return all
  }

  private static func once(_ list: [String]) -> [String] {
    var seen: Set<String> = []
    return list.map { $0.lowercased() }.filter { seen.insert($0).inserted }
  }

  private static func isAddress(_ text: String) -> Bool {
    let halves = text.utf8.split(separator: 0x40, omittingEmptySubsequences: false)
    return halves.count == 2 && !halves[0].isEmpty && !halves[1].isEmpty && isPlain(text)
  }

  private static func isDomain(_ text: String) -> Bool {
    isPlain(text) && !text.utf8.contains(0x40) && text.utf8.contains(0x2E) && text.utf8.first != 0x2E
  }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != 0x2C && $0 != 0x3C && $0 != 0x3E && $0 != 0x22 }
  }

  /// `field-name` of RFC 5322 §3.6.8, of letters, digits and dashes: some servers take no other.
  private static func isFieldName(_ text: String) -> Bool {
    text.utf8.count <= 76 && text.utf8.allSatisfy { ASCII.isAlphanumeric($0) || $0 == 0x2D }
  }

  private static func invalid(_ name: String, _ words: String) -> RPCError {
    RPCError(.tenantSettingsInvalid, "\(name): \(words).", ["name": .string(name)])
  }
}
