internal import Bytes

/// Writes mails as mail programs do: folded fields, encoded words, transfer encodings.
struct MailWriter: Sendable {
  enum Encoding: String, Sendable {
    case sevenBit = "7bit"
    case eightBit = "8bit"
    case quotedPrintable = "quoted-printable"
    case base64
  }

  private(set) var bytes: [UInt8] = []

  mutating func line(_ text: String = "") {
    bytes += text.utf8
    bytes += [13, 10]
  }

  /// Octets as they are.
  mutating func append(_ octets: ArraySlice<UInt8>) { bytes += octets }

  /// An ASCII field, folded at spaces.
  mutating func field(_ name: String, _ value: String) {
    bytes += name.utf8
    bytes.append(0x3A)
    let start = name.utf8.count + 1
    var used = start
    for word in value.utf8.split(separator: ASCII.space) {
      if used + word.count + 1 > 76 && used > start {
        bytes += [13, 10]
        used = 0
      }
      bytes.append(ASCII.space)
      bytes += word
      used += word.count + 1
    }
    bytes += [13, 10]
  }

  /// An unstructured field of any text.
  mutating func text(_ name: String, _ value: String, charset: Charset) {
    field(name, Self.words(value, charset: charset))
  }

  mutating func addresses(_ name: String, _ list: [(name: String, address: String)], charset: Charset) {
    field(name, list.map { Self.address($0.name, $0.address, charset: charset) }.joined(separator: ", "))
  }

  static func address(_ name: String, _ address: String, charset: Charset) -> String {
    if name.isEmpty { return address }
    if name.utf8.contains(where: { $0 >= 0x80 }) { return "\(words(name, charset: charset)) <\(address)>" }
    if name.utf8.allSatisfy({ ASCII.isAlphanumeric($0) || $0 == ASCII.space || $0 == 0x2D }) {
      return "\(name) <\(address)>"
    }
    return "\"\(name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\" <\(address)>"
  }

  /// Encoded words of RFC 2047, at most 75 octets each and cut between characters.
  static func words(_ text: String, charset wanted: Charset) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    let charset = wanted.encode(text) == nil || wanted == .ascii ? .utf8 : wanted
    let usesQ = charset == .latin1 || charset == .windows1252
    var out: [String] = []
    var part: [UInt8] = []
    for character in text.unicodeScalars {
      let next = charset.encode(String(character)) ?? []
      if part.count + next.count > (usesQ ? 18 : 36) {
        out.append(word(part, charset: charset, usesQ: usesQ))
        part = []
      }
      part += next
    }
    out.append(word(part, charset: charset, usesQ: usesQ))
    return out.joined(separator: " ")
  }

  private static func word(_ bytes: [UInt8], charset: Charset, usesQ: Bool) -> String {
    guard usesQ else { return "=?\(charset.rawValue)?B?\(Base64.encodeString(bytes))?=" }
    var text = ""
    for byte in bytes {
      if byte == ASCII.space {
        text += "_"
      } else if ASCII.isAlphanumeric(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "=" + hex(byte)
      }
    }
    return "=?\(charset.rawValue)?Q?\(text)?="
  }

  /// A text part: its fields, an empty line, its encoded text.
  mutating func textPart(
    _ type: String, _ text: String, charset wanted: Charset, encoding wantedEncoding: Encoding
  ) {
    let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    let charset: Charset = wanted == .ascii && !isASCII || wanted.encode(text) == nil ? .utf8 : wanted
    let longest = Self.longestLine(text)
    var encoding = wantedEncoding
    if encoding == .sevenBit && !isASCII { encoding = .quotedPrintable }
    if longest > 900 && (encoding == .sevenBit || encoding == .eightBit) { encoding = .quotedPrintable }
    line("Content-Type: \(type); charset=\(charset.rawValue)")
    line("Content-Transfer-Encoding: \(encoding.rawValue)")
    line()
    var content = charset.encode(text) ?? []
    // Base64 has no line ends of its own: those inside are the canonical ones (RFC 2045 §6.8).
    if encoding == .base64 { content = content.flatMap { $0 == ASCII.lf ? [ASCII.cr, ASCII.lf] : [$0] } }
    body(content, encoding: encoding)
  }

  private static func longestLine(_ text: String) -> Int {
    var longest = 0
    var length = 0
    for byte in text.utf8 {
      length = byte == ASCII.lf ? 0 : length + 1
      longest = max(longest, length)
    }
    return longest
  }

  mutating func attachment(name: String, type: String, content: [UInt8]) {
    line("Content-Type: \(type);")
    line(" name=\"\(Self.words(name, charset: .utf8))\"")
    line("Content-Transfer-Encoding: base64")
    if name.utf8.allSatisfy({ $0 < 0x80 }) {
      line("Content-Disposition: attachment; filename=\"\(name)\"")
    } else {
      // RFC 2231, as most programs write it today.
      let value = name.utf8.map {
        ASCII.isAlphanumeric($0) || $0 == 0x2E ? String(Unicode.Scalar($0)) : "%" + Self.hex($0)
      }
      line("Content-Disposition: attachment;")
      line(" filename*=utf-8''\(value.joined())")
    }
    line()
    body(content, encoding: .base64)
  }

  private mutating func body(_ content: [UInt8], encoding: Encoding) {
    switch encoding {
    case .sevenBit, .eightBit:
      for line in content.split(separator: 10, omittingEmptySubsequences: false) {
        bytes += line
        bytes += [13, 10]
      }
    case .quotedPrintable: quotedPrintable(content)
    case .base64:
      let text = Base64.encode(content)
      var i = 0
      while i < text.count {
        bytes += text[i..<min(i + 76, text.count)]
        bytes += [13, 10]
        i += 76
      }
    }
  }

  /// RFC 2045 §6.7; LF in `content` is a line end.
  private mutating func quotedPrintable(_ content: [UInt8]) {
    var column = 0
    for (i, byte) in content.enumerated() {
      if byte == ASCII.lf {
        bytes += [13, 10]
        column = 0
        continue
      }
      let atEnd = i + 1 == content.count || content[i + 1] == ASCII.lf
      let plain = byte > 0x20 && byte < 0x7F && byte != 0x3D || ASCII.isWSP(byte) && !atEnd
      let width = plain ? 1 : 3
      if column + width > 75 {
        bytes += [0x3D, 13, 10]
        column = 0
      }
      if plain {
        bytes.append(byte)
      } else {
        bytes.append(0x3D)
        bytes.append(Self.digits[Int(byte >> 4)])
        bytes.append(Self.digits[Int(byte & 15)])
      }
      column += width
    }
    bytes += [13, 10]
  }

  private static let digits = [UInt8]("0123456789ABCDEF".utf8)

  static func hex(_ byte: UInt8) -> String {
    String(decoding: [digits[Int(byte >> 4)], digits[Int(byte & 15)]], as: UTF8.self)
  }

  /// `text` as HTML paragraphs.
  static func html(_ text: String) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count * 5 / 4)
    var ends = 0
    for byte in text.utf8 {
      if byte == ASCII.lf {
        ends += 1
        continue
      }
      if ends > 0 { out += (ends > 1 ? "</p><p>" : "<br>\n").utf8 }
      ends = 0
      switch byte {
      case 0x26: out += "&amp;".utf8
      case 0x3C: out += "&lt;".utf8
      case 0x3E: out += "&gt;".utf8
      default: out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
