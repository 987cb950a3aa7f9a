internal import Bytes

/// The parts of a message by octets, made for FETCH: independent of the parser that clients here use.
struct PartTree: Sendable {
  private static let depthMax = 30

  let header: Range<Int>
  let body: Range<Int>
  let fields: [(name: String, value: String)]
  let type: String
  let subtype: String
  let parameters: [(name: String, value: String)]
  /// Of a multipart, or the one message of a message/rfc822.
  let children: [PartTree]

  init(_ raw: [UInt8]) { self.init(raw, 0..<raw.count, depth: 0, standard: "text/plain") }

  private init(_ raw: [UInt8], _ range: Range<Int>, depth: Int, standard: String) {
    var position = range.lowerBound
    var bodyStart = range.upperBound
    var list: [(name: String, value: String)] = []
    while position < range.upperBound {
      let end = Self.lineEnd(raw, position, range.upperBound)
      let line = Self.trimmed(raw, position..<end)
      position = end
      if line.isEmpty {
        bodyStart = end
        break
      }
      if let first = raw[line].first, ASCII.isWSP(first), !list.isEmpty {
        list[list.count - 1].value += " " + Self.text(raw[line].drop(while: ASCII.isWSP))
      } else if let colon = raw[line].firstIndex(of: 0x3A) {
        list.append(
          (
            Self.text(raw[line.lowerBound..<colon]),
            Self.text(raw[(colon + 1)..<line.upperBound].drop(while: ASCII.isWSP))
          ))
      }
    }
    header = range.lowerBound..<bodyStart
    body = bodyStart..<range.upperBound
    fields = list
    let value = list.first { $0.name.lowercased() == "content-type" }?.value ?? standard
    (type, subtype, parameters) = Self.contentType(value, standard: standard)
    var parts: [PartTree] = []
    if depth < Self.depthMax {
      if type == "multipart", let boundary = parameters.first(where: { $0.name == "boundary" })?.value {
        let inner = subtype == "digest" ? "message/rfc822" : "text/plain"
        parts = Self.split(raw, body, boundary: [UInt8](boundary.utf8)).map {
          PartTree(raw, $0, depth: depth + 1, standard: inner)
        }
      } else if type == "message" && subtype == "rfc822" {
        parts = [PartTree(raw, body, depth: depth + 1, standard: "text/plain")]
      }
    }
    children = parts
  }

  func field(_ name: String) -> String? { fields.first { $0.name.lowercased() == name }?.value }

  /// The part with an IMAP path such as [2, 1]; a message without parts has part 1: itself.
  func part(_ path: ArraySlice<Int>) -> PartTree? {
    guard let first = path.first else { return self }
    let here = type == "message" && subtype == "rfc822" && !children.isEmpty ? children[0] : self
    guard here.type == "multipart" else { return first == 1 && path.count == 1 ? here : nil }
    guard first >= 1, first <= here.children.count else { return nil }
    let child = here.children[first - 1]
    return path.count == 1 ? child : child.part(path.dropFirst())
  }

  private static func lineEnd(_ raw: [UInt8], _ from: Int, _ limit: Int) -> Int {
    var i = from
    while i < limit, raw[i] != ASCII.lf { i += 1 }
    return min(i + 1, limit)
  }

  /// Without its line end.
  private static func trimmed(_ raw: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    if end > range.lowerBound, raw[end - 1] == ASCII.lf { end -= 1 }
    if end > range.lowerBound, raw[end - 1] == ASCII.cr { end -= 1 }
    return range.lowerBound..<end
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func split(_ raw: [UInt8], _ range: Range<Int>, boundary: [UInt8]) -> [Range<Int>] {
    let mark = [0x2D, 0x2D] + boundary
    var parts: [Range<Int>] = []
    var start: Int?
    var position = range.lowerBound
    var previousEnd = position
    while position < range.upperBound {
      let end = lineEnd(raw, position, range.upperBound)
      let line = raw[trimmed(raw, position..<end)]
      if line.starts(with: mark) {
        if let begun = start { parts.append(begun..<max(begun, previousEnd)) }
        start = end
        if line.dropFirst(mark.count).starts(with: [0x2D, 0x2D]) { return parts }
      }
      previousEnd = trimmed(raw, position..<end).upperBound
      position = end
    }
    if let begun = start, begun < range.upperBound { parts.append(begun..<range.upperBound) }
    return parts
  }

  private static func contentType(
    _ value: String, standard: String
  ) -> (String, String, [(name: String, value: String)]) {
    var pieces = splitParameters(value)
    let names = pieces.isEmpty ? [] : pieces.removeFirst().lowercased().split(separator: "/").map(String.init)
    guard names.count == 2 else { return contentType(standard, standard: "text/plain") }
    let parameters = pieces.compactMap { piece -> (name: String, value: String)? in
      guard let equal = piece.firstIndex(of: "=") else { return nil }
      let name = trim(String(piece[..<equal])).lowercased()
      var value = trim(String(piece[piece.index(after: equal)...]))
      if value.hasPrefix("\""), value.hasSuffix("\""), value.count >= 2 {
        value = String(value.dropFirst().dropLast()).replacing("\\\"", with: "\"")
      }
      return (name, value)
    }
    return (trim(names[0]), trim(names[1]), parameters)
  }

  /// The pieces between semicolons outside quotes.
  static func splitParameters(_ value: String) -> [String] {
    var pieces: [String] = [""]
    var quoted = false
    for scalar in value.unicodeScalars {
      if scalar == "\"" { quoted.toggle() }
      if scalar == ";" && !quoted {
        pieces.append("")
      } else {
        pieces[pieces.count - 1].unicodeScalars.append(scalar)
      }
    }
    return pieces.map(trim).filter { !$0.isEmpty }
  }

  static func trim(_ text: String) -> String {
    let bytes = [UInt8](text.utf8)
    guard let first = bytes.firstIndex(where: { !ASCII.isWSP($0) }),
      let last = bytes.lastIndex(where: { !ASCII.isWSP($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}
