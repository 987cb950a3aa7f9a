internal import Bytes

/// A file that goes out with a mail.
package struct OutgoingAttachment: Sendable, Hashable {
  package var name: String
  /// `type/subtype`, with parameters if need be.
  package var type: String
  package var content: [UInt8]
  /// The Content-ID that the HTML calls it by (`cid:…`), without angle brackets; nil for a plain attachment.
  package var cid: String?

  package init(name: String, type: String, content: [UInt8], cid: String? = nil) {
    self.name = name
    self.type = type
    self.content = content
    self.cid = cid
  }
}

/// Makes a mail (RFC 5322, RFC 2045 ff.) out of what it shall say.
///
/// The octets depend on the properties alone: no clock, no chance. They are ASCII with CRLF line ends of at most
/// 998 octets (unless an address needs SMTPUTF8), so every server takes them as they are.
package struct MessageBuilder: Sendable {
  package var from: MailAddress
  package var to: [MailAddress] = []
  package var cc: [MailAddress] = []
  /// Never written: for the envelope only.
  package var bcc: [MailAddress] = []
  package var replyTo: [MailAddress] = []
  package var subject = ""
  package var date: MailDate
  package var messageID: MessageID
  package var inReplyTo: [MessageID] = []
  /// Oldest first; of a long list the first and the last ``referencesMax`` - 1 are written.
  package var references: [MessageID] = []
  /// Line ends of any kind.
  package var text: String?
  package var html: String?
  package var attachments: [OutgoingAttachment] = []
  /// Further fields, written in order behind ours.
  package var extraHeaders: [(name: String, value: String)] = []

  package static let referencesMax = 30
  /// What In-Reply-To names at most.
  private static let inReplyToMax = 10
  private static let subjectOctetsMax = 4096
  private static let nameOctetsMax = 1024
  private static let extraOctetsMax = 16 * 1024
  private static let recipientsMax = 10_000

  package init(from: MailAddress, date: MailDate, messageID: MessageID) {
    self.from = from
    self.date = date
    self.messageID = messageID
  }

  /// Whether an address of the header or envelope has a local part that is not ASCII (RFC 6531).
  package var needsSMTPUTF8: Bool {
    ([from] + to + cc + bcc + replyTo).contains(where: \.needsSMTPUTF8)
  }

  /// - Throws: when a field holds what cannot be written, naming it.
  /// - Complexity: O(octets)
  package func build() throws(MIMEBuildError) -> [UInt8] {
    try check()
    var boundaries = Boundaries(seed: messageID.bytes)
    let content = try Entity.content(of: self, &boundaries)
    var header = HeaderWriter()
    header.begin("Date")
    header.token(date.rfc5322)
    header.end()
    header.addresses("From", [from])
    header.addresses("Reply-To", replyTo)
    header.addresses("To", to)
    header.addresses("Cc", cc)
    if to.isEmpty, cc.isEmpty {
      header.begin("To")
      header.token("undisclosed-recipients:;")
      header.end()
    }
    header.begin("Subject")
    header.text(subject)
    header.end()
    ids(&header, "Message-ID", [messageID])
    ids(&header, "In-Reply-To", Array(inReplyTo.prefix(Self.inReplyToMax)))
    ids(&header, "References", Self.trimmed(references.isEmpty ? Array(inReplyTo.prefix(1)) : references))
    for (name, value) in extraHeaders {
      header.begin(name)
      header.text(value)
      header.end()
    }
    header.begin("MIME-Version")
    header.token("1.0")
    header.end()
    var out = header.bytes
    out.reserveCapacity(out.count + content.header.count + content.body.count + 2)
    out += content.header
    out += [ASCII.cr, ASCII.lf]
    out += content.body
    if !out.suffix(2).elementsEqual([ASCII.cr, ASCII.lf]) { out += [ASCII.cr, ASCII.lf] }
    return out
  }

  private func ids(_ header: inout HeaderWriter, _ name: String, _ ids: [MessageID]) {
    guard !ids.isEmpty else { return }
    header.begin(name)
    for id in ids { header.token(id.headerBytes) }
    header.end()
  }

  /// The thread's root and its newest mails.
  private static func trimmed(_ ids: [MessageID]) -> [MessageID] {
    ids.count <= referencesMax ? ids : [ids[0]] + ids.suffix(referencesMax - 1)
  }

  // MARK: Checks

  private func check() throws(MIMEBuildError) {
    if from.email.isEmpty { throw .noSender }
    try check([from], "from")
    try check(to, "to")
    try check(cc, "cc")
    try check(bcc, "bcc")
    try check(replyTo, "replyTo")
    try Self.check(subject, "subject", limit: Self.subjectOctetsMax)
    for (i, attachment) in attachments.enumerated() {
      try Self.check(attachment.name, "attachments[\(i)].name", limit: Self.nameOctetsMax)
      try Self.check(attachment.type, "attachments[\(i)].type", limit: 512)
      if let cid = attachment.cid {
        try Self.check(cid, "attachments[\(i)].cid", limit: 255)
        guard let id = MessageID(cid), id.bytes.allSatisfy({ $0 < 0x7F }) else {
          throw .forbiddenCharacter(field: "attachments[\(i)].cid")
        }
      }
    }
    for (field, ids) in [("messageID", [messageID]), ("inReplyTo", inReplyTo), ("references", references)] {
      guard ids.allSatisfy({ $0.bytes.allSatisfy { $0 < 0x7F } }) else {
        throw .forbiddenCharacter(field: field)
      }
    }
    try checkExtraHeaders()
  }

  private func check(_ addresses: [MailAddress], _ field: String) throws(MIMEBuildError) {
    if addresses.count > Self.recipientsMax {
      throw .tooLong(field: field, octets: addresses.count, limit: Self.recipientsMax)
    }
    for (i, address) in addresses.enumerated() {
      let name = addresses.count == 1 && field == "from" ? field : "\(field)[\(i)]"
      try Self.check(address.email, name + ".email", limit: 320)
      try Self.check(address.name ?? "", name + ".name", limit: Self.nameOctetsMax)
      if !address.isValid { throw .invalidAddress(field: name + ".email") }
    }
  }

  private static func check(_ text: String, _ field: String, limit: Int) throws(MIMEBuildError) {
    if text.utf8.contains(where: { $0 == ASCII.cr || $0 == ASCII.lf || $0 == 0 }) {
      throw .forbiddenCharacter(field: field)
    }
    if text.utf8.count > limit { throw .tooLong(field: field, octets: text.utf8.count, limit: limit) }
  }

  private func checkExtraHeaders() throws(MIMEBuildError) {
    for (name, value) in extraHeaders {
      guard !name.isEmpty, name.utf8.count <= 76, name.utf8.allSatisfy(HeaderWriter.isNameOctet) else {
        throw .invalidHeaderName(name)
      }
      let lower = name.lowercased()
      if Self.reserved.contains(lower) || lower.hasPrefix("content-") { throw .reservedHeader(name) }
      try Self.check(value, "extraHeaders." + name, limit: Self.extraOctetsMax)
    }
  }

  private static let reserved: Set<String> = [
    "date", "from", "sender", "reply-to", "to", "cc", "bcc", "subject", "message-id", "in-reply-to",
    "references",
    "mime-version", "return-path", "received", "resent-bcc", "dkim-signature",
  ]
}
