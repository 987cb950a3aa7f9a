internal import Bytes

/// A file that goes out with a mail.
package struct OutgoingAttachment: Sendable, Hashable {
  package var name: String
  /// `type/subtype`, with parameters if need be.
  package var type: String
  package var content: [UInt8]
  /// The Content-ID that the HTML calls it by (`cid:…`), without angle brackets; nil for a plain attachment.
  package var cid: String?
  /// How many octets the content has that ``MessageBuilder/pieces()`` leaves to be filled in; nil when it is
  /// ``content``.
  package var laterOctets: Int64?
  /// Whether it says that it is to be shown within the mail; nil: when it has a place in the HTML.
  package var isInline: Bool?

  /// An attachment that lies elsewhere: its `octets` are read when the mail goes out.
  package init(name: String, type: String, octets: Int64, cid: String? = nil) {
    self.init(name: name, type: type, content: [], cid: cid)
    laterOctets = max(0, octets)
  }

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
  /// Whether ``text`` is written as `format=flowed` (RFC 3676): long lines wrapped so that readers join them
  /// again. White space at lines' ends goes then.
  package var isFlowed = false
  /// In which letters headers are written: ASCII for every server, or UTF-8 where it offers SMTPUTF8.
  package var headerForm = HeaderForm.ascii
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

  /// A new Message-ID under the domain of who sends, in ASCII.
  package static func newMessageID(for sender: MailAddress) -> MessageID {
    MessageID.generate(domain: MailAddress(email: sender.wireEmail).domain)
  }

  /// To whom the mail goes, as SMTP takes it: what was given, nothing read out of a header, each address once.
  package var envelopeRecipients: [String] {
    var seen = Set<String>()
    return (to + cc + bcc).map(\.wireEmail).filter { seen.insert($0).inserted }
  }

  /// - Throws: when a field holds what cannot be written, naming it.
  /// - Complexity: O(octets)
  package func build() throws(MIMEBuildError) -> [UInt8] {
    if let i = attachments.firstIndex(where: { $0.laterOctets != nil }) {
      throw .contentComesLater(field: "attachments[\(i)].content")
    }
    let mail = try pieces()
    var out = [UInt8]()
    out.reserveCapacity(Int(clamping: mail.octets))
    for piece in mail.pieces {
      switch piece {
      case .octets(let bytes): out += bytes
      case .content(let i): out += Base64Lines.lines(attachments[i].content[...])
      }
    }
    return out
  }

  /// The same octets as ``build()``, in pieces: attachments' contents are left to be filled in.
  /// - Complexity: O(octets of the text)
  package func pieces() throws(MIMEBuildError) -> MailPieces {
    try check()
    var boundaries = Boundaries(seed: messageID.bytes)
    let content = try Entity.content(of: self, &boundaries)
    var header = HeaderWriter(form: headerForm)
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
    var out = MailPieces()
    out.append(header.bytes)
    out.append(content.header)
    out.append([ASCII.cr, ASCII.lf])
    out.append(content.body)
    if case .octets(let last)? = out.pieces.last, !last.suffix(2).elementsEqual([ASCII.cr, ASCII.lf]) {
      out.append([ASCII.cr, ASCII.lf])
    }
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
      // What looks like an encoded word in an address is decoded by some, and is another address then.
      if !address.isValid || HeaderWriter.containsMark(address.email) {
        throw .invalidAddress(field: name + ".email")
      }
    }
  }

  private static func check(_ text: String, _ field: String, limit: Int) throws(MIMEBuildError) {
    // Not those that end a line in RFC 5322 only: Python, Java and browsers take more for line ends.
    if text.unicodeScalars.contains(where: HeaderWriter.isForbidden) {
      throw .forbiddenCharacter(field: field)
    }
    if text.utf8.count > limit { throw .tooLong(field: field, octets: text.utf8.count, limit: limit) }
  }

  private func checkExtraHeaders() throws(MIMEBuildError) {
    for (name, value) in extraHeaders {
      guard !name.isEmpty, name.utf8.count <= 76, name.utf8.allSatisfy(HeaderWriter.isTokenOctet) else {
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
