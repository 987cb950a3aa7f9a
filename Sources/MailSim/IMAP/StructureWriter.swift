internal import Bytes

/// ENVELOPE and BODYSTRUCTURE (RFC 3501 §7.4.2).
struct StructureWriter {
  private(set) var bytes: [UInt8] = []
  let raw: [UInt8]

  init(_ raw: [UInt8]) { self.raw = raw }

  private mutating func put(_ text: String) { bytes += text.utf8 }

  /// NIL, a quoted string, or a literal when quoting does not do.
  private mutating func nstring(_ text: String?) {
    guard let text else { return put("NIL") }
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      put("\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"")
    } else {
      put("{\(text.utf8.count)}\r\n\(text)")
    }
  }

  mutating func envelope(_ part: PartTree) {
    put("(")
    nstring(part.field("date"))
    put(" ")
    nstring(part.field("subject"))
    let from = part.field("from")
    for value in [
      from, part.field("sender") ?? from, part.field("reply-to") ?? from, part.field("to"), part.field("cc"),
      part.field("bcc"),
    ] {
      put(" ")
      addresses(value)
    }
    put(" ")
    nstring(part.field("in-reply-to"))
    put(" ")
    nstring(part.field("message-id"))
    put(")")
  }

  private mutating func addresses(_ value: String?) {
    let list = value.map(Self.split) ?? []
    if list.isEmpty { return put("NIL") }
    put("(")
    for item in list {
      let (name, address) = Self.address(item)
      let at = address.lastIndex(of: "@")
      put("(")
      nstring(name.isEmpty ? nil : name)
      put(" NIL ")
      nstring(at.map { String(address[..<$0]) } ?? address)
      put(" ")
      nstring(at.map { String(address[address.index(after: $0)...]) } ?? "")
      put(")")
    }
    put(")")
  }

  /// The pieces between commas outside quotes and angle brackets.
  private static func split(_ value: String) -> [String] {
    var pieces: [String] = [""]
    var quoted = false
    var escaped = false
    var angle = false
    for scalar in value.unicodeScalars {
      if escaped {
        escaped = false
      } else if scalar == "\\" && quoted {
        escaped = true
      } else if scalar == "\"" {
        quoted.toggle()
      } else if !quoted && (scalar == "<" || scalar == ">") {
        angle = scalar == "<"
      }
      if scalar == "," && !quoted && !angle {
        pieces.append("")
      } else {
        pieces[pieces.count - 1].unicodeScalars.append(scalar)
      }
    }
    return pieces.map(PartTree.trim).filter { !$0.isEmpty }
  }

  private static func address(_ item: String) -> (name: String, address: String) {
    guard let open = item.lastIndex(of: "<") else { return ("", item) }
    var name = PartTree.trim(String(item[..<open]))
    if name.hasPrefix("\""), name.hasSuffix("\""), name.utf8.count >= 2 {
      name = String(name.dropFirst().dropLast()).replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
    }
    let rest = item[item.index(after: open)...]
    return (name, String(rest.prefix { $0 != ">" }))
  }

  /// `extended`: BODYSTRUCTURE, else BODY.
  mutating func structure(_ part: PartTree, extended: Bool) {
    put("(")
    if part.type == "multipart" && !part.children.isEmpty {
      for child in part.children { structure(child, extended: extended) }
      put(" ")
      nstring(part.subtype)
      if extended {
        put(" ")
        parameters(part.parameters)
        put(" ")
        disposition(part)
        put(" NIL NIL")
      }
      return put(")")
    }
    nstring(part.type)
    put(" ")
    nstring(part.subtype)
    put(" ")
    parameters(part.parameters)
    put(" ")
    nstring(part.field("content-id"))
    put(" ")
    nstring(part.field("content-description"))
    put(" ")
    nstring(part.field("content-transfer-encoding") ?? "7bit")
    put(" \(part.body.count)")
    let lines = raw[part.body].reduce(0) { $0 + ($1 == ASCII.lf ? 1 : 0) }
    if part.type == "message" && part.subtype == "rfc822", let inner = part.children.first {
      put(" ")
      envelope(inner)
      put(" ")
      structure(inner, extended: extended)
      put(" \(lines)")
    } else if part.type == "text" {
      put(" \(lines)")
    }
    if extended {
      put(" NIL ")
      disposition(part)
      put(" NIL NIL")
    }
    put(")")
  }

  private mutating func parameters(_ list: [(name: String, value: String)]) {
    if list.isEmpty { return put("NIL") }
    put("(")
    for (i, parameter) in list.enumerated() {
      if i > 0 { put(" ") }
      nstring(parameter.name)
      put(" ")
      nstring(parameter.value)
    }
    put(")")
  }

  private mutating func disposition(_ part: PartTree) {
    guard let value = part.field("content-disposition") else { return put("NIL") }
    var pieces = PartTree.splitParameters(value)
    guard !pieces.isEmpty else { return put("NIL") }
    put("(")
    nstring(pieces.removeFirst())
    put(" ")
    parameters(
      pieces.compactMap { piece in
        guard let equal = piece.firstIndex(of: "=") else { return nil }
        var value = String(piece[piece.index(after: equal)...])
        if value.hasPrefix("\""), value.hasSuffix("\""), value.utf8.count >= 2 {
          value = String(value.dropFirst().dropLast())
        }
        return (String(piece[..<equal]).lowercased(), value)
      })
    put(")")
  }
}
