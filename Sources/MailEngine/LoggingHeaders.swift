internal import MIME
internal import MailStore

/// Tells by a mail's header why it is logged whatever it belongs to (S6 b, c, e).
struct LoggingHeaders: Sendable {
  let rules: LoggingRules

  /// Fields that say for whom a mail was, besides To, Cc and Bcc: who is named there only got it blind.
  private static let delivery: Set<String> = [
    "DELIVERED-TO", "X-ORIGINAL-TO", "X-DELIVERED-TO", "X-FORWARDED-TO", "ENVELOPE-TO", "X-ENVELOPE-TO",
    "APPARENTLY-TO", "X-RCPT-TO", "RESENT-TO", "RESENT-CC", "RESENT-BCC",
  ]
  private static let resender = "RESENT-FROM"
  private static let received = "RECEIVED"
  /// Fields of these names that are looked at.
  private static let fieldsMax = 200
  /// Addresses of one field.
  private static let addressesMax = 500

  private var trackingHeader: String { rules.settings.trackingHeader.uppercased() }

  /// What must be asked of the server: nothing of delivery while the tenant has no logging addresses.
  var fields: [String] {
    (rules.hasAddresses ? Self.delivery.sorted() + [Self.resender, Self.received] : [])
      + (trackingHeader.isEmpty ? [] : [trackingHeader])
  }

  /// - Parameter isSentFolder: the mail lies in a folder of sent mail: the person's own program put it there.
  func route(_ block: HeaderBlock, _ envelope: MailEnvelope, isSentFolder: Bool) -> LoggingRoute? {
    guard rules.hasAddresses || isSentFolder else { return nil }
    var senders: [String] = []
    var recipients: [String] = []
    for address in envelope.addresses {
      switch address.role {
      case .from, .sender: senders.append(address.email)
      case .to, .cc, .bcc: recipients.append(address.email)
      case .replyTo: break
      }
    }
    var isMarked = false
    var seen = 0
    for (name, value) in block.unfoldedFields where seen < Self.fieldsMax {
      let name = name.uppercased()
      let isDelivery = Self.delivery.contains(name)
      if isDelivery || name == Self.resender {
        let people = MailAddress.list(in: value, limit: Self.addressesMax).map(\.email)
        if isDelivery { recipients += people } else { senders += people }
        seen += 1
      } else if name == Self.received {
        if let email = Self.receivedFor(value) { recipients.append(email) }
        seen += 1
      }
      if name == trackingHeader { isMarked = Self.isYes(value) }
    }
    if let route = rules.route(from: senders, to: recipients) { return route }
    return isSentFolder && isMarked ? .header : nil
  }

  /// The address of a Received field's `FOR` (RFC 5321 §4.4): `… with ESMTP id 7 for <log@x>; Mon, …`.
  static func receivedFor(_ value: [UInt8]) -> String? {
    let words = value.prefix { $0 != 0x3B }.split { $0 <= 0x20 }
    guard
      let place = words.firstIndex(where: { $0.elementsEqual("for".utf8) || $0.elementsEqual("FOR".utf8) }),
      place + 1 < words.count
    else { return nil }
    let word = words[place + 1].filter { $0 != 0x3C && $0 != 0x3E && $0 != 0x2C }
    return word.contains(0x40) ? String(decoding: word, as: UTF8.self) : nil
  }

  /// Any value but a no.
  private static func isYes(_ value: [UInt8]) -> Bool {
    !["0", "no", "false", "off"].contains(String(decoding: value, as: UTF8.self).lowercased())
  }
}
