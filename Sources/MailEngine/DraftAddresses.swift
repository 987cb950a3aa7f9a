package import MIME
package import MailStore

/// Whom an answer goes to, and as whom.
package struct DraftAddresses: Sendable, Hashable {
  package enum Recipients: String, Sendable, Hashable { case sender, all, list }

  package var to: [MailAddress] = []
  package var cc: [MailAddress] = []
  /// The address of the mailbox that the mail was written to, or that it came from.
  package var from: SenderIdentity

  /// - Parameters:
  ///   - list: where a list takes mail; nil when the mail came by none that says so.
  ///
  /// Own addresses are left out, unless there is nobody else. An answer to one's own mail goes to whom that went to.
  package init(replyingTo mail: Mail, of mailbox: Mailbox, _ recipients: Recipients, list: String?) {
    let people = { (role: AddressRole) in
      mail.envelope.addresses.filter { $0.role == role }.map { MailAddress(name: $0.name, email: $0.email) }
    }
    let isOwnMail = mail.direction == .outgoing
    var to: [MailAddress]
    if recipients == .list, let list {
      to = [MailAddress(email: list)]
    } else if isOwnMail {
      to = people(.to)
    } else {
      to = people(.replyTo)
      // Some lists put themselves there; the author is meant all the same.
      let isList = list.map { post in to.allSatisfy { Self.key($0) == post.lowercased() } } ?? false
      if to.isEmpty || (isList && recipients == .sender) { to = people(.from) }
    }
    var cc: [MailAddress] = []
    if recipients == .all {
      if !isOwnMail {
        let isMunged = list.map { post in to.allSatisfy { Self.key($0) == post.lowercased() } } ?? false
        if isMunged { to = people(.from) + to }
        cc += people(.to)
      }
      cc += people(.cc)
    }
    let own = Set(mailbox.senders.map { $0.email.lowercased() })
    var seen: Set<String> = []
    let usable = { (list: [MailAddress]) in
      list.filter { $0.isComplete && !own.contains(Self.key($0)) && seen.insert(Self.key($0)).inserted }
    }
    self.to = usable(to)
    self.cc = usable(cc)
    // Somebody writes to himself.
    if self.to.isEmpty, self.cc.isEmpty { self.to = Array(to.filter(\.isComplete).prefix(1)) }
    if self.to.isEmpty { swap(&self.to, &self.cc) }
    self.from = Self.sender(mail, mailbox)
  }

  /// Who a mail that passes this one on comes from.
  package init(forwarding mail: Mail, of mailbox: Mailbox) { from = Self.sender(mail, mailbox) }

  private static func sender(_ mail: Mail, _ mailbox: Mailbox) -> SenderIdentity {
    let roles: [AddressRole] = mail.direction == .outgoing ? [.from] : [.to, .cc]
    for role in roles {
      for address in mail.envelope.addresses where address.role == role {
        if let sender = mailbox.sender(address.email) { return sender }
      }
    }
    return SenderIdentity(name: mailbox.displayName, email: mailbox.email)
  }

  private static func key(_ address: MailAddress) -> String { address.email.lowercased() }
}
