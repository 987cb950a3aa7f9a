internal import Bytes

/// Why a mail did not reach a recipient, and whether trying again makes sense.
package struct BounceReason: Sendable, Hashable {
  package enum Severity: String, Sendable {
    /// The address takes no mail, and will not: stop writing to it.
    case hard
    /// Another time or another mail may pass: full, too large, refused for what it says or where it comes from.
    case soft
  }

  package enum Cause: String, Sendable, CaseIterable {
    case unknownUser, disabledMailbox, unknownDomain, refusesMail
    case mailboxFull, tooLarge, spam, policy, authentication, blockedSender, rateLimited
    case unreachable, expired, loop, content, relayDenied, protocolError, virus
    case other
  }

  package let severity: Severity
  package let cause: Cause

  /// By the words of the diagnostic first, since servers use few codes for many things, then by the enhanced code
  /// (RFC 3463, RFC 7505, RFC 7372), then by the plain one (RFC 5321 §4.2).
  ///
  /// - Parameters:
  ///   - status: `5.1.1`; nil when there is none.
  ///   - diagnostic: what the server said; the first ``diagnosticOctetsMax`` octets are looked at.
  package init(status: String?, diagnostic: String?) {
    let text = ASCII.lowercased(Array((diagnostic ?? "").utf8.prefix(Self.diagnosticOctetsMax)))
    let plain = Self.replyCode(text)
    let words = Self.words.first { $0.phrases.isIn(text[...]) }?.cause
    let cause = words ?? status.flatMap(Self.byStatus) ?? plain.flatMap(Self.byReplyCode) ?? .other
    self.cause = cause
    // What a server calls transient is not the address's fault, whatever it says beside.
    let isTransient = status.map { $0.hasPrefix("4.") } ?? plain.map { $0 / 100 == 4 } ?? false
    switch cause {
    case .unknownUser, .disabledMailbox, .unknownDomain, .refusesMail: severity = isTransient ? .soft : .hard
    default: severity = .soft
    }
  }

  private static let diagnosticOctetsMax = 2048

  /// The first number of three digits from 400 to 599 that stands alone.
  private static func replyCode(_ text: [UInt8]) -> Int? {
    var digits = 0
    var value = 0
    var before: UInt8 = ASCII.space
    for (i, b) in (text + [ASCII.space]).enumerated() {
      if ASCII.isDigit(b) {
        if digits == 0, i > 0 { before = text[i - 1] }
        digits += 1
        value = digits > 3 ? 0 : value * 10 + Int(b - 0x30)
      } else {
        if digits == 3, 400..<600 ~= value, before != 0x2E, b != 0x2E, !ASCII.isAlpha(before) { return value }
        digits = 0
        value = 0
      }
    }
    return nil
  }

  private static func byReplyCode(_ code: Int) -> Cause? {
    switch code {
    case 421, 450, 451: .unreachable
    case 452, 552: .mailboxFull
    case 550: .unknownUser
    case 551: .unknownUser
    case 553: .unknownUser
    case 521, 556: .refusesMail
    case 530, 535: .authentication
    case 554: .policy
    case 500...504: .protocolError
    default: nil
    }
  }

  private static func byStatus(_ status: String) -> Cause? {
    let numbers = status.split(separator: ".").compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    switch (numbers[1], numbers[2]) {
    case (1, 1), (1, 6), (1, 3): return .unknownUser
    case (1, 2),
      (4, 4) where numbers[0] == 5, (4, 3) where numbers[0] == 5:
      return .unknownDomain
    case (1, 10): return .refusesMail
    case (1, 7), (1, 8): return .blockedSender
    case (2, 1): return .disabledMailbox
    case (2, 2), (3, 1): return .mailboxFull
    case (2, 3), (3, 4): return .tooLarge
    case (4, 6): return .loop
    case (4, 7): return .expired
    case (4, _): return .unreachable
    case (5, 3): return .rateLimited
    case (5, _): return .protocolError
    case (6, _): return .content
    case (7, 20...27): return .authentication
    case (7, 8), (7, 9), (7, 11), (7, 13): return .authentication
    case (7, 28): return .rateLimited
    case (7, _): return .policy
    default: return nil
    }
  }

  /// What the servers of large providers say, the more special first.
  private static let words: [(cause: Cause, phrases: PhraseSet)] = [
    (.virus, PhraseSet(["virus", "malware", "infected"])),
    (
      .expired,
      PhraseSet([
        "message expired", "delivery time expired", "in the queue too long", "retry timeout exceeded",
        "retry time not reached for any host after a long failure period", "queue lifetime",
        "retry period has expired",
      ])
    ),
    (
      .loop, PhraseSet(["mail loop", "too many hops", "hop count exceeded", "routing loop", "loops back to"])
    ),
    (
      .mailboxFull,
      PhraseSet([
        "over quota", "overquota", "quota exceeded", "exceeded storage", "mailbox full", "mailbox is full",
        "inbox is full", "out of storage", "quota full", "exceeds the quota", "exceeded the quota",
        "storage quota",
        "mailbox quota", "exceeded mail quota", "is over its quota", "not enough storage",
        "insufficient disk space",
        "insufficient system storage", "user has exhausted", "storage space",
      ])
    ),
    (
      .tooLarge,
      PhraseSet([
        "message too large", "size limit", "too big", "exceeds size", "exceeded maximum size",
        "message size exceeds", "larger than the current system limit", "maximum message size",
        "exceeds fixed maximum",
      ])
    ),
    (
      .rateLimited,
      PhraseSet([
        "rate limit", "too many messages", "too many connections", "receiving mail too quickly",
        "receiving mail at a rate", "sending limit", "throttl", "unusual rate",
        "deferred due to user complaints",
        "temporarily deferred", "greylist", "graylist", "try again later", "too many recipients",
        "too many errors",
      ])
    ),
    (
      .authentication,
      PhraseSet([
        "dmarc", "spf check", "spf fail", "spf validation", "sender policy framework", "dkim",
        "unauthenticated email",
        "unauthenticated mail", "authentication required", "not pass authentication", "5.7.26", "5.7.23",
        "sender id",
      ])
    ),
    (
      .blockedSender,
      PhraseSet([
        "blacklist", "blocklist", "block list", "blocked using", "spamhaus", "spamcop", "barracudacentral",
        "sorbs",
        "proofpoint", "poor reputation", "bad reputation", "low reputation", "your ip", "client host", "rbl",
        "dnsbl",
        "banned sending ip", "not accepting mail from", "sender denied", "sender rejected", "s3140", "s3150",
        "access denied, banned",
      ])
    ),
    (
      .spam,
      PhraseSet([
        "spam", "unsolicited", "junk mail", "content rejected", "message content rejected", "bulk mail",
        "suspicious", "message looks like", "bogus helo", "considered unwanted",
      ])
    ),
    (
      .unknownDomain,
      PhraseSet([
        "host or domain name not found", "domain not found", "unrouteable address", "unrouteable mail domain",
        "unroutable", "no such domain", "host unknown", "host not found", "nxdomain", "domain does not exist",
        "name or service not known", "couldn't find any host", "could not find any host", "domain is unknown",
        "no mail hosts for domain", "unable to look up host", "dns error", "bad destination host",
        "illegal host/domain name", "all relevant mx records point to non-existent hosts",
        "an mx or srv record indicated no smtp service",
      ])
    ),
    (.refusesMail, PhraseSet(["null mx", "does not accept mail", "accepts no mail", "nullmx"])),
    (
      .disabledMailbox,
      PhraseSet([
        "disabled", "inactive", "deactivated", "suspended", "mailbox is closed", "account closed",
        "account is closed",
        "account has been closed", "has been terminated", "no longer active", "no longer valid",
        "user is blocked",
        "mailbox blocked", "account locked", "no longer in use", "no longer available", "discontinued",
        "mailbox frozen",
        "account expired", "abgeschaltet", "gesperrt",
      ])
    ),
    (
      .unknownUser,
      PhraseSet([
        "user unknown", "unknown user", "no such user", "no such recipient", "no such mailbox",
        "no such address",
        "mailbox unavailable", "mailbox not found", "recipient not found", "recipnotfound",
        "address rejected",
        "does not exist", "doesn't exist", "not exist", "invalid recipient", "unknown recipient",
        "recipient unknown", "address unknown", "unknown address", "user not found", "couldn't be found",
        "wasn't found", "could not be found", "address not found", "invalid mailbox",
        "mailbox does not exist",
        "doesn't have a yahoo", "not a known user", "unknown local part", "unknown local-part", "no mailbox",
        "recipient address rejected", "bad destination mailbox", "account does not exist",
        "account that you tried to reach", "user doesn't have", "unable to find recipient",
        "not our customer",
        "not listed in", "no account by that name", "user does not exist", "invalid user", "not a valid user",
        "mailbox is not known", "is not a valid mailbox", "unbekannt", "existiert nicht", "nicht gefunden",
        "inconnu",
        "n'existe pas", "no existe", "non esiste", "não existe", "bestaat niet", "nie istnieje",
        "не существует",
        "non-existent", "nonexistent", "not found in directory", "not available at this site",
      ])
    ),
    (.relayDenied, PhraseSet(["relay", "not permitted to relay", "relaying denied"])),
    (
      .unreachable,
      PhraseSet([
        "connection timed out", "connection refused", "timed out", "no route to host",
        "network is unreachable",
        "couldn't connect", "could not connect", "cannot connect", "not reachable", "lost connection",
        "connection reset", "connection dropped", "temporarily unavailable", "did not respond",
        "service unavailable",
        "tls", "certificate",
      ])
    ),
    (
      .policy,
      PhraseSet([
        "policy", "not authorized", "not allowed", "access denied", "permission", "restricted", "rejected by",
        "administrative prohibition", "prohibited", "not accepted for",
      ])
    ),
    (.content, PhraseSet(["attachment", "file type", "malformed", "rfc 5322", "rfc5322", "header"])),
  ]
}
