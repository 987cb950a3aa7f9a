internal import Bytes

/// A part that is not the mail's body.
package struct AttachmentInfo: Hashable, Sendable {
  package enum Disposition: String, Sendable { case inline, attachment }

  /// Index in ``ParsedMessage/parts``.
  package let partIndex: Int
  /// As IMAP numbers it: `2.1`; of a uuencoded file that of the text it stands in.
  package let partPath: String
  /// Safe to show and to save under: no folders, no controls, no direction marks, at most 255 octets, never empty.
  package let name: String
  /// `type/subtype`, lower-case.
  package let type: String
  /// Octets without the transfer encoding.
  package let size: Int
  package let disposition: Disposition
  /// Content-ID without angle brackets.
  package let cid: String?

  package init(
    partIndex: Int, partPath: String, name: String, type: String, size: Int, disposition: Disposition,
    cid: String?
  ) {
    self.partIndex = partIndex
    self.partPath = partPath
    self.name = name
    self.type = type
    self.size = size
    self.disposition = disposition
    self.cid = cid
  }
}

extension ParsedMessage {
  /// All parts that are not body text, in order; an inner mail is one attachment, its own parts are none.
  /// - Complexity: O(*n*): decodes each to know its size. Keep the answer.
  package var attachments: [AttachmentInfo] {
    tree.attachments(size: decodedCount) {
      HeaderBlock(parsing: Array(decoded($0).prefix(MailTree.innerOctetsMax)))
    }
  }

  func contentID(_ part: Part) -> String? { tree.contentID(part) }

  /// The name a part gives itself, not yet made safe.
  func givenName(_ part: Part) -> String? { tree.givenName(part) }
}

/// Names for files, made from what strangers send.
package enum AttachmentName {
  package static let octetsMax = 255

  /// - Parameter isPath: whether `/` and `\` part folders from a name (they become `_` if not).
  /// - Returns: nil when nothing is left of it.
  package static func sanitized(_ name: String, isPath: Bool = true) -> String? {
    var scalars = String.UnicodeScalarView()
    for c in name.unicodeScalars {
      if c == "/" || c == "\\" || c == "\u{2215}" || c == "\u{2044}" {
        if isPath { scalars = .init() } else { scalars.append("_") }
      } else if isHidden(c) {
        continue
      } else if "<>:\"|?*".unicodeScalars.contains(c) {
        scalars.append("_")
      } else {
        scalars.append(c)
      }
    }
    var text = String(scalars)[...]
    while let c = text.unicodeScalars.first, c == "." || c.properties.isWhitespace {
      text.unicodeScalars.removeFirst()
    }
    while let c = text.unicodeScalars.last, c == "." || c.properties.isWhitespace {
      text.unicodeScalars.removeLast()
    }
    guard !text.isEmpty else { return nil }
    let stem = text.prefix { $0 != "." }.uppercased()
    return shortened(devices.contains(stem) ? "_" + text : String(text))
  }

  /// Controls, direction marks, and what takes no room.
  private static func isHidden(_ c: Unicode.Scalar) -> Bool {
    switch c.value {
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB:
      true
    case 0xE0000...0xE007F: true
    default: false
    }
  }

  /// Names that Windows keeps for devices, with any ending.
  private static let devices: Set<String> = Set(
    ["CON", "PRN", "AUX", "NUL"] + (0...9).flatMap { ["COM\($0)", "LPT\($0)"] })

  /// Cut to ``octetsMax``, keeping the ending.
  private static func shortened(_ name: String) -> String {
    guard name.utf8.count > octetsMax else { return name }
    var ending = ""
    if let dot = name.lastIndex(of: "."), name[dot...].utf8.count <= 16 { ending = String(name[dot...]) }
    var out = ""
    for c in name.unicodeScalars {
      if out.utf8.count + String(c).utf8.count + ending.utf8.count > octetsMax { break }
      out.unicodeScalars.append(c)
    }
    return out + ending
  }

  static func ending(for type: String) -> String { endings[type] ?? "" }

  /// What the programs that make such parts call them (RFC 8551 §3.2.1, RFC 3156 §6; Outlook).
  static func usual(for type: String) -> String? {
    switch type {
    case "application/ms-tnef", "application/vnd.ms-tnef": "winmail.dat"
    case "application/pkcs7-mime", "application/x-pkcs7-mime": "smime.p7m"
    case "application/pkcs7-signature", "application/x-pkcs7-signature": "smime.p7s"
    case "application/pgp-signature": "signature.asc"
    default: nil
    }
  }

  private static let endings: [String: String] = [
    "text/plain": "txt", "text/html": "html", "text/calendar": "ics", "text/csv": "csv", "text/vcard": "vcf",
    "text/x-vcard": "vcf", "text/rtf": "rtf", "text/xml": "xml", "application/xml": "xml",
    "application/json": "json",
    "application/pdf": "pdf", "application/zip": "zip", "application/rtf": "rtf", "application/msword": "doc",
    "application/ics": "ics", "application/pgp-keys": "asc",
    "application/vnd.ms-excel": "xls", "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "image/jpeg": "jpg", "image/jpg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp",
    "image/svg+xml": "svg", "image/bmp": "bmp", "image/tiff": "tiff", "image/heic": "heic",
    "audio/mpeg": "mp3", "audio/wav": "wav", "audio/ogg": "ogg", "video/mp4": "mp4", "video/quicktime": "mov",
    "message/rfc822": "eml", "message/delivery-status": "txt", "text/rfc822-headers": "txt",
  ]
}
