/// A name and an address that stand in From.
package struct SenderIdentity: Sendable, Hashable {
  package var name: String?
  package var email: String
  package init(name: String?, email: String) {
    self.name = name
    self.email = email
  }
}

/// How many mails may leave; nil for no limit, else at least 1.
package struct SendLimits: Sendable, Hashable {
  package var perMinute: Int64?
  package var perDay: Int64?
  package init(perMinute: Int64? = nil, perDay: Int64? = nil) {
    self.perMinute = perMinute
    self.perDay = perDay
  }
}

/// What is to be changed about a mailbox without signing in; nil members stay as they are.
package struct MailboxChange: Sendable, Hashable {
  /// Empty for none.
  package var displayName: String?
  package var identities: [SenderIdentity]?
  /// 0 for no limit.
  package var perMinute: Int64?
  /// 0 for no limit.
  package var perDay: Int64?
  package init(
    displayName: String? = nil, identities: [SenderIdentity]? = nil, perMinute: Int64? = nil,
    perDay: Int64? = nil
  ) {
    self.displayName = displayName
    self.identities = identities
    self.perMinute = perMinute
    self.perDay = perDay
  }
}

/// The limit that a mail waits for.
package enum SendLimit: String, Sendable, Hashable {
  case mailboxPerMinute, mailboxPerDay, tenantPerMinute, tenantPerDay
}

/// A mail may not leave yet.
package struct SendWait: Sendable, Hashable {
  package var limit: SendLimit
  package var until: Timestamp
}

/// What became of the wish to begin an attempt.
package enum AttemptStart: Sendable, Hashable {
  case began(Submission)
  /// Nothing was changed.
  case waits(SendWait)
}

extension Mailbox {
  /// Whom it may send as: its own address, then its identities.
  package var senders: [SenderIdentity] { [SenderIdentity(name: displayName, email: email)] + identities }

  /// - Returns: nil when From may not have this address.
  package func sender(_ address: String) -> SenderIdentity? {
    let key = address.lowercased()
    return senders.first { $0.email.lowercased() == key }
  }
}
