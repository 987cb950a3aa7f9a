internal import Bytes

/// In which letters headers are written.
package enum HeaderForm: Sendable, Hashable {
  /// Other letters as encoded words and RFC 2231 parameters, other domains as A-labels: every server takes it.
  case ascii
  /// As they are (RFC 6532): for servers with SMTPUTF8 (RFC 6531) only.
  case utf8
}

/// Writes header fields: folded, nothing in them that could end a line.
struct HeaderWriter {
  /// RFC 5322 §2.1.1: lines should have no more octets than this.
  static let columnsMax = 78
  /// RFC 2047 §2.
  private static let encodedWordMax = 75

  private(set) var bytes: [UInt8] = []
  private var column = 0
  private let form: HeaderForm

  init(form: HeaderForm = .ascii) { self.form = form }

  /// C0, DEL, C1, and Unicode's own line ends: nothing of it belongs in a header. Tabs may stay: they are white
  /// space.
  static func isForbidden(_ c: Unicode.Scalar) -> Bool {
    c.value < 0x20 && c != "\t" || 0x7F..<0xA0 ~= c.value || c.value == 0x2028 || c.value == 0x2029
  }

  /// Octets that text may have without being encoded.
  private func isLiteral(_ b: UInt8) -> Bool { b < 0x7F || form == .utf8 && b >= 0x80 }

  mutating func begin(_ name: String) {
    bytes += name.utf8
    bytes.append(0x3A)
    column = name.utf8.count + 1
  }

  mutating func end() {
    bytes += [ASCII.cr, ASCII.lf]
    column = 0
  }

  /// A piece that is never cut, with a space before it; the line is folded there if it is full.
  mutating func token(_ token: some Collection<UInt8>) {
    if column > 1, column + 1 + token.count > Self.columnsMax {
      bytes += [ASCII.cr, ASCII.lf, ASCII.space]
      column = 1
    } else {
      bytes.append(ASCII.space)
      column += 1
    }
    bytes += token
    column += token.count
  }

  mutating func token(_ text: String) { token(text.utf8) }

  /// Glued to what was written last.
  mutating func glue(_ byte: UInt8) {
    bytes.append(byte)
    column += 1
  }

  /// `atext` of RFC 5322 §3.2.3.
  static func isAtomOctet(_ b: UInt8) -> Bool {
    ASCII.isAlphanumeric(b) || atomMarks.contains(b)
  }

  private static let atomMarks: Set<UInt8> = Set("!#$%&'*+-/=?^_`{|}~".utf8)

  // MARK: Text

  /// Unstructured text (RFC 5322 §2.2.3): as it stands if that comes back the same, else as encoded words.
  mutating func text(_ text: String) {
    if text.isEmpty { return }
    let words = text.utf8.split(separator: ASCII.space, omittingEmptySubsequences: false)
    let isPlain = words.allSatisfy { word in
      !word.isEmpty && word.count <= (form == .utf8 ? 400 : 70)
        && word.allSatisfy { $0 > ASCII.space && isLiteral($0) }
    }
    if isPlain, !Self.containsMark(text) {
      for word in words { token(word) }
    } else {
      encodedWords(text)
    }
  }

  static func containsMark(_ text: String) -> Bool {
    var last: UInt8 = 0
    for b in text.utf8 {
      if last == 0x3D, b == 0x3F { return true }
      last = b
    }
    return false
  }

  /// A display name (RFC 5322 §3.2.5): atoms, a quoted string, or encoded words.
  mutating func phrase(_ text: String) {
    let bytes = text.utf8
    let isSafe = bytes.allSatisfy { $0 >= ASCII.space && isLiteral($0) } && !Self.containsMark(text)
    let spaced = bytes.split(separator: ASCII.space, omittingEmptySubsequences: false)
    if isSafe, spaced.allSatisfy({ !$0.isEmpty && $0.count <= 60 && $0.allSatisfy(Self.isAtomOctet) }) {
      for word in spaced { token(word) }
    } else if isSafe, bytes.count <= 60, bytes.first != ASCII.space, bytes.last != ASCII.space {
      token(Self.quoted(bytes))
    } else {
      encodedWords(text)
    }
  }

  static func quoted(_ text: some Sequence<UInt8>) -> [UInt8] {
    var out: [UInt8] = [ASCII.quote]
    for b in text {
      if b == ASCII.quote || b == ASCII.backslash { out.append(ASCII.backslash) }
      out.append(b)
    }
    out.append(ASCII.quote)
    return out
  }

  /// Encoded words of UTF-8, in B or Q, whichever is shorter; no character lies across two of them.
  private mutating func encodedWords(_ text: String) {
    let plainCount = text.utf8.reduce(0) { $0 + (Self.isPlainInQ($1) ? 1 : 0) }
    let count = text.utf8.count
    let useQ = plainCount + (count - plainCount) * 3 <= (count + 2) / 3 * 4
    let prefix = Array((useQ ? "=?utf-8?Q?" : "=?utf-8?B?").utf8)
    let room = Self.encodedWordMax - prefix.count - 2
    var chunk = [UInt8]()
    var cost = 0
    for scalar in text.unicodeScalars {
      let octets = Array(String(scalar).utf8)
      let more = useQ ? octets.reduce(0) { $0 + (Self.isPlainInQ($1) ? 1 : 3) } : octets.count
      let would = useQ ? cost + more : (chunk.count + octets.count + 2) / 3 * 4
      // The first word shares its line with what stands before it.
      let limit = min(room, max(Self.columnsMax - column - 1 - prefix.count - 2, 16))
      if would > limit, !chunk.isEmpty {
        encodedWord(prefix, chunk, useQ)
        chunk = []
        cost = 0
      }
      chunk += octets
      cost += more
    }
    if !chunk.isEmpty { encodedWord(prefix, chunk, useQ) }
  }

  private mutating func encodedWord(_ prefix: [UInt8], _ chunk: [UInt8], _ useQ: Bool) {
    var word = prefix
    if useQ {
      for b in chunk {
        if b == ASCII.space {
          word.append(0x5F)
        } else if Self.isPlainInQ(b) {
          word.append(b)
        } else {
          word += [0x3D, Self.hex[Int(b >> 4)], Self.hex[Int(b & 15)]]
        }
      }
    } else {
      word += Base64.encode(chunk)
    }
    word += "?=".utf8
    token(word)
  }

  /// What RFC 2047 §5 (3) lets stand for itself even in a phrase.
  private static func isPlainInQ(_ b: UInt8) -> Bool {
    ASCII.isAlphanumeric(b) || b == ASCII.space || b == 0x21 || b == 0x2A || b == 0x2B || b == 0x2D
      || b == 0x2F
  }

  static let hex = Array("0123456789ABCDEF".utf8)

  // MARK: Addresses

  mutating func addresses(_ name: String, _ list: [MailAddress]) {
    guard !list.isEmpty else { return }
    begin(name)
    for (i, address) in list.enumerated() {
      if let name = address.name, !name.isEmpty {
        phrase(name)
        token([0x3C] + email(address) + [0x3E] + (i + 1 < list.count ? [0x2C] : []))
      } else {
        token(email(address) + (i + 1 < list.count ? [0x2C] : []))
      }
    }
    end()
  }

  private func email(_ address: MailAddress) -> [UInt8] {
    Array((form == .utf8 ? address.email : address.wireEmail).utf8)
  }

  // MARK: Parameters

  /// `; name=value`; a value that is not plain ASCII as RFC 2231 has it, with a plain one before it.
  mutating func parameter(_ name: String, _ value: String) {
    let isASCII = value.utf8.allSatisfy { $0 >= ASCII.space && isLiteral($0) }
    if isASCII, value.utf8.count <= 60 {
      glue(0x3B)
      let isToken = !value.isEmpty && value.utf8.allSatisfy { Self.isTokenOctet($0) }
      return token(Array(name.utf8) + [0x3D] + (isToken ? Array(value.utf8) : Self.quoted(value.utf8)))
    }
    // For those who know no RFC 2231.
    glue(0x3B)
    token(Array(name.utf8) + [0x3D] + Self.quoted(Self.fallback(value).utf8))
    let pieces = Self.percentPieces(value)
    for (i, piece) in pieces.enumerated() {
      glue(0x3B)
      let label = pieces.count == 1 ? "*=" : "*\(i)*="
      token(Array((name + label).utf8) + (i == 0 ? Array("utf-8''".utf8) : []) + piece)
    }
  }

  /// `token` of RFC 2045 §5.1.
  static func isTokenOctet(_ b: UInt8) -> Bool {
    b > ASCII.space && b < 0x7F && !tokenSpecials.contains(b)
  }

  private static let tokenSpecials: Set<UInt8> = Set("()<>@,;:\\\"/[]?=".utf8)

  private static func percentPieces(_ value: String) -> [[UInt8]] {
    var pieces: [[UInt8]] = [[]]
    for b in value.utf8 {
      let isPlain = ASCII.isAlphanumeric(b) || b == 0x2D || b == 0x2E || b == 0x5F
      let octets = isPlain ? [b] : [0x25, hex[Int(b >> 4)], hex[Int(b & 15)]]
      if pieces[pieces.count - 1].count + octets.count > 50 { pieces.append([]) }
      pieces[pieces.count - 1] += octets
    }
    return pieces
  }

  /// In ASCII, `_` for what is not, at most 60 octets, the ending kept.
  private static func fallback(_ value: String) -> String {
    var out = [UInt8]()
    for c in value.unicodeScalars {
      out.append(c.value >= 0x20 && c.value < 0x7F && c != "\"" && c != "\\" ? UInt8(c.value) : 0x5F)
    }
    if out.count > 60 {
      let dot = out.lastIndex(of: 0x2E)
      let ending = dot.map { out.count - $0 <= 16 ? Array(out[$0...]) : [] } ?? []
      out = Array(out.prefix(60 - ending.count)) + ending
    }
    return String(decoding: out, as: UTF8.self)
  }
}
