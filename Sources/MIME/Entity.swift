internal import Bytes

/// A part on its way out: its MIME header lines and its body, both with CRLF at the end.
struct Entity {
  var header: [UInt8]
  var body: MailPieces

  private init(header: [UInt8], body: MailPieces) {
    self.header = header
    self.body = body
  }

  private init(header: [UInt8], octets: [UInt8]) {
    self.header = header
    body = MailPieces()
    body.append(octets)
  }

  /// The whole content: mixed( related( alternative( text, html ), inline pictures ), attachments ), without
  /// the levels that would hold one part only.
  static func content(
    of mail: MessageBuilder, _ boundaries: inout Boundaries
  ) throws(MIMEBuildError) -> Entity {
    var inline = [Entity]()
    var attached = [Entity]()
    for (i, attachment) in mail.attachments.enumerated() {
      let isInline = attachment.cid != nil && mail.html != nil
      let entity = try file(attachment, i, inline: isInline, form: mail.headerForm)
      if isInline { inline.append(entity) } else { attached.append(entity) }
    }
    let plain = mail.text.map { mail.isFlowed ? FlowedText.flow($0) : $0 }
    var html = mail.html.map { text($0, "html", false) }
    if let main = html, !inline.isEmpty {
      html = multipart("related", [main] + inline, &boundaries, type: "text/html")
    }
    var main: Entity
    switch (plain, html) {
    case (let plain?, let html?):
      main = multipart("alternative", [text(plain, "plain", mail.isFlowed), html], &boundaries)
    case (nil, let html?): main = html
    case (let plain?, nil): main = text(plain, "plain", mail.isFlowed)
    case (nil, nil): main = text("", "plain", false)
    }
    if !attached.isEmpty { main = multipart("mixed", [main] + attached, &boundaries) }
    return main
  }

  private static func text(_ text: String, _ subtype: String, _ isFlowed: Bool) -> Entity {
    let bytes = LineEnds.network(Array(text.utf8))
    let (encoding, encoded) = BodyWriter.text(bytes)
    var header = HeaderWriter()
    header.begin("Content-Type")
    header.token("text/" + subtype)
    header.parameter("charset", "utf-8")
    if isFlowed { header.parameter("format", "flowed") }
    header.end()
    field(&header, "Content-Transfer-Encoding", encoding)
    return Entity(header: header.bytes, octets: encoded)
  }

  private static func field(_ header: inout HeaderWriter, _ name: String, _ value: String) {
    header.begin(name)
    header.token(value)
    header.end()
  }

  private static func file(
    _ attachment: OutgoingAttachment, _ index: Int, inline: Bool, form: HeaderForm
  ) throws(MIMEBuildError) -> Entity {
    let name = "attachments[\(index)].type"
    let bytes = Array(attachment.type.utf8)
    guard var type = ContentType(parsing: bytes), bytes.contains(0x2F), !type.isMultipart,
      (type.type + type.subtype).utf8.allSatisfy({ HeaderWriter.isTokenOctet($0) })
    else { throw .invalidContentType(field: name) }
    // RFC 2046 §5.2.1: a mail within a mail is not encoded. One that is not ASCII goes as a mere file.
    let asIs =
      type.type == "message" && attachment.laterOctets == nil && BodyWriter.is7bit(attachment.content)
    if type.type == "message", !asIs { type = ContentType(type: "application", subtype: "octet-stream") }
    var header = HeaderWriter(form: form)
    header.begin("Content-Type")
    header.token(type.mediaType)
    for (name, value) in type.parameters.plainOnes where name != "name" && name != "boundary" {
      header.parameter(name, value)
    }
    header.end()
    field(&header, "Content-Transfer-Encoding", asIs ? "7bit" : "base64")
    header.begin("Content-Disposition")
    header.token(attachment.isInline ?? inline ? "inline" : "attachment")
    if !attachment.name.isEmpty { header.parameter("filename", attachment.name) }
    header.end()
    if let cid = attachment.cid, let id = MessageID(cid) {
      header.begin("Content-ID")
      header.token(id.headerBytes)
      header.end()
    }
    if asIs { return Entity(header: header.bytes, octets: attachment.content) }
    var body = MailPieces()
    body.append(contentOf: index, octets: attachment.laterOctets ?? Int64(attachment.content.count))
    return Entity(header: header.bytes, body: body)
  }

  private static func multipart(
    _ subtype: String, _ parts: [Entity], _ boundaries: inout Boundaries, type: String? = nil
  ) -> Entity {
    let boundary = boundaries.next(for: parts)
    var header = HeaderWriter()
    header.begin("Content-Type")
    header.token("multipart/" + subtype)
    if let type { header.parameter("type", type) }
    header.parameter("boundary", boundary)
    header.end()
    var body = MailPieces()
    for part in parts {
      body.append("--\(boundary)\r\n".utf8)
      body.append(part.header)
      body.append([ASCII.cr, ASCII.lf])
      body.append(part.body)
      body.append([ASCII.cr, ASCII.lf])
    }
    body.append("--\(boundary)--\r\n".utf8)
    return Entity(header: header.bytes, body: body)
  }
}

/// Boundaries that depend on the mail alone and stand in none of its parts.
struct Boundaries {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  init(seed: [UInt8]) { mix(seed) }

  /// FNV-1a.
  private mutating func mix(_ bytes: some Sequence<UInt8>) {
    for b in bytes { state = (state ^ UInt64(b)) &* 0x100_0000_01B3 }
  }

  /// The `_=` can stand in no quoted-printable and no base64 text (RFC 2045 §6.7).
  mutating func next(for parts: [Entity]) -> String {
    while true {
      mix([0x2E])
      var text = String(state, radix: 36)
      mix([0x2D])
      text += String(state, radix: 36)
      let boundary = "=_" + text
      let delimiter = Array(("--" + boundary).utf8)
      if !parts.contains(where: { $0.body.hasLine(beginning: delimiter) }) { return boundary }
    }
  }
}
