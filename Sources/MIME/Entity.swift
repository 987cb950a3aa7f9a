internal import Bytes

/// A part on its way out: its MIME header lines and its body, both with CRLF at the end.
struct Entity {
  var header: [UInt8]
  var body: [UInt8]

  /// The whole content: mixed( related( alternative( text, html ), inline pictures ), attachments ), without
  /// the levels that would hold one part only.
  static func content(
    of mail: MessageBuilder, _ boundaries: inout Boundaries
  ) throws(MIMEBuildError) -> Entity {
    var inline = [Entity]()
    var attached = [Entity]()
    for (i, attachment) in mail.attachments.enumerated() {
      let isInline = attachment.cid != nil && mail.html != nil
      let entity = try file(attachment, inline: isInline, field: "attachments[\(i)].type")
      if isInline { inline.append(entity) } else { attached.append(entity) }
    }
    var html = mail.html.map { text($0, "html") }
    if let main = html, !inline.isEmpty {
      html = multipart("related", [main] + inline, &boundaries, type: "text/html")
    }
    var main: Entity
    switch (mail.text, html) {
    case (let plain?, let html?): main = multipart("alternative", [text(plain, "plain"), html], &boundaries)
    case (nil, let html?): main = html
    case (let plain?, nil): main = text(plain, "plain")
    case (nil, nil): main = text("", "plain")
    }
    if !attached.isEmpty { main = multipart("mixed", [main] + attached, &boundaries) }
    return main
  }

  private static func text(_ text: String, _ subtype: String) -> Entity {
    let bytes = LineEnds.network(Array(text.utf8))
    let (encoding, encoded) = BodyWriter.text(bytes)
    var header = HeaderWriter()
    header.begin("Content-Type")
    header.token("text/" + subtype)
    header.parameter("charset", "utf-8")
    header.end()
    field(&header, "Content-Transfer-Encoding", encoding)
    return Entity(header: header.bytes, body: encoded)
  }

  private static func field(_ header: inout HeaderWriter, _ name: String, _ value: String) {
    header.begin(name)
    header.token(value)
    header.end()
  }

  private static func file(
    _ attachment: OutgoingAttachment, inline: Bool, field name: String
  ) throws(MIMEBuildError) -> Entity {
    let bytes = Array(attachment.type.utf8)
    guard var type = ContentType(parsing: bytes), bytes.contains(0x2F), !type.isMultipart,
      (type.type + type.subtype).utf8.allSatisfy({ HeaderWriter.isTokenOctet($0) })
    else { throw .invalidContentType(field: name) }
    // RFC 2046 §5.2.1: a mail within a mail is not encoded. One that is not ASCII goes as a mere file.
    let asIs = type.type == "message" && BodyWriter.is7bit(attachment.content)
    if type.type == "message", !asIs { type = ContentType(type: "application", subtype: "octet-stream") }
    var header = HeaderWriter()
    header.begin("Content-Type")
    header.token(type.mediaType)
    for (name, value) in type.parameters.plainOnes where name != "name" && name != "boundary" {
      header.parameter(name, value)
    }
    header.end()
    field(&header, "Content-Transfer-Encoding", asIs ? "7bit" : "base64")
    header.begin("Content-Disposition")
    header.token(inline ? "inline" : "attachment")
    if !attachment.name.isEmpty { header.parameter("filename", attachment.name) }
    header.end()
    if let cid = attachment.cid, let id = MessageID(cid) {
      header.begin("Content-ID")
      header.token(id.headerBytes)
      header.end()
    }
    return Entity(
      header: header.bytes, body: asIs ? attachment.content : BodyWriter.base64(attachment.content))
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
    var body = [UInt8]()
    body.reserveCapacity(parts.reduce(64) { $0 + $1.header.count + $1.body.count + 64 })
    for part in parts {
      body += "--\(boundary)\r\n".utf8
      body += part.header
      body += [ASCII.cr, ASCII.lf]
      body += part.body
      body += [ASCII.cr, ASCII.lf]
    }
    body += "--\(boundary)--\r\n".utf8
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
      if !parts.contains(where: { Self.contains($0.body, boundary) }) { return boundary }
    }
  }

  /// Whether a line begins with the boundary's delimiter.
  private static func contains(_ body: [UInt8], _ boundary: String) -> Bool {
    let delimiter = Array(("--" + boundary).utf8)
    var atLineStart = true
    for i in body.indices {
      if atLineStart, body[i] == 0x2D, body[i...].starts(with: delimiter) { return true }
      atLineStart = body[i] == ASCII.lf
    }
    return false
  }
}
