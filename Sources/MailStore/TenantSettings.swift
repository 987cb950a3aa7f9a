/// What a tenant decided about what is logged.
package struct TenantSettings: Sendable, Hashable {
  /// A mail of one of the tenant's own people that has one of these among its recipients is logged (S6 b).
  package var bccAddresses: [String] = []
  /// The mail that one of the tenant's own people passed on to one of these is logged (S6 c).
  package var forwardAddresses: [String] = []
  /// A mail in a Sent folder with this header field is logged (S6 e).
  package var trackingHeader = Self.usualTrackingHeader
  /// Domains of the tenant's own people. Mail that stays among them is never logged.
  package var ownDomains: [String] = []
  /// Addresses and domains whose mail is never logged.
  package var neverLog: [String] = []

  /// Answers are matched by subject, participants and time, too (S7): a guess, and marked as one.
  package var matchBySubject = true
  /// How long after a conversation's last mail such an answer may come.
  package var subjectDays = 60
  /// A mail joins a conversation only with the same subject, whatever else says that it belongs there.
  package var demandSameSubject = false
  /// Mail with people of whom a mail was logged before is logged too, not only answers.
  package var logKnownContacts = false
  /// How much of what is logged can be searched. A change is followed in the background.
  package var search = SearchLevel.off
  /// For all of its mailboxes together.
  package var sendLimits = SendLimits()

  package static let usualTrackingHeader = "X-Postroom-Track"
  /// Entries in one list.
  package static let entriesMax = 1000
  package static let subjectDaysMax = 3650

  package init() {}
}

/// A tenant's settings with its people's addresses: what decides over one mail.
package struct LoggingRules: Sendable, Hashable {
  package var settings: TenantSettings
  private let ownEmails: Set<String>
  private let ownDomains: Set<String>
  private let neverLog: Set<String>
  private let bcc: Set<String>
  private let forward: Set<String>

  /// - Parameter ownEmails: the addresses of the tenant's mailboxes, those they send as included.
  package init(_ settings: TenantSettings, ownEmails: [String]) {
    self.settings = settings
    self.ownEmails = Set(ownEmails.map { $0.lowercased() })
    ownDomains = Set(settings.ownDomains.map { $0.lowercased() })
    neverLog = Set(settings.neverLog.map { $0.lowercased() })
    bcc = Set(settings.bccAddresses.map { $0.lowercased() })
    forward = Set(settings.forwardAddresses.map { $0.lowercased() })
  }

  /// Whether any mail could be logged for the addresses that it was delivered to.
  package var hasAddresses: Bool { !bcc.isEmpty || !forward.isEmpty }

  /// One of the tenant's own people: a mailbox's address, or one of the own domains.
  package func isOwn(_ email: String) -> Bool {
    let email = email.lowercased()
    return ownEmails.contains(email) || ownDomains.contains(Self.domain(email))
  }

  package func isLoggingAddress(_ email: String) -> Bool {
    let email = email.lowercased()
    return bcc.contains(email) || forward.contains(email)
  }

  /// By what a mail to these addresses is logged. Only what the tenant's own people send there is: whoever
  /// else comes to know the address could put anything into the log.
  package func route(from senders: [String], to recipients: some Sequence<String>) -> LoggingRoute? {
    guard hasAddresses, senders.contains(where: isOwn) else { return nil }
    var found: LoggingRoute?
    for email in recipients {
      let email = email.lowercased()
      if forward.contains(email) { return .forward }
      if bcc.contains(email) { found = .bcc }
    }
    return found
  }

  /// Mail with these people is not logged, whatever else speaks for it: somebody is on the list of those
  /// who never are, or all of them are the tenant's own.
  package func forbids(_ addresses: [Address]) -> Bool {
    if !neverLog.isEmpty {
      for address in addresses {
        let email = address.email.lowercased()
        if neverLog.contains(email) || Self.isIn(neverLog, Self.domain(email)) { return true }
      }
    }
    guard !ownDomains.isEmpty else { return false }
    let people = addresses.filter { !isLoggingAddress($0.email) }
    return !people.isEmpty && people.allSatisfy { ownDomains.contains(Self.domain($0.email.lowercased())) }
  }

  /// A domain on the list stands for those below it too.
  private static func isIn(_ list: Set<String>, _ domain: String) -> Bool {
    var rest = domain[...]
    while !rest.isEmpty {
      if list.contains(String(rest)) { return true }
      guard let dot = rest.utf8.firstIndex(of: 0x2E) else { return false }
      rest = rest[rest.utf8.index(after: dot)...]
    }
    return false
  }

  private static func domain(_ email: String) -> String {
    guard let at = email.utf8.lastIndex(of: 0x40) else { return "" }
    return String(email[email.utf8.index(after: at)...])
  }
}

/// A mail's own way into tracking (S6).
package enum LoggingRoute: String, Sendable, Hashable {
  case bcc, forward
  /// The tracking header of the tenant's mail-client extension.
  case header
}

/// What a mail that was passed on really is: written over the row of the forward that brought it.
package struct LoggedOriginal: Sendable, Hashable {
  /// Its identity stays the forward's, as that is what folders show.
  package var envelope: MailEnvelope
  package var direction: Direction
  package init(envelope: MailEnvelope, direction: Direction) {
    self.envelope = envelope
    self.direction = direction
  }
}
