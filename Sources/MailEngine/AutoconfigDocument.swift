internal import MailStore

/// The servers that a document of Mozilla's autoconfig format names
/// (https://www.ietf.org/archive/id/draft-bucksch-autoconfig-00.html).
struct AutoconfigDocument {
  struct Server: Hashable {
    var settings: ServerSettings
    var userName: String
    var takesTokens: Bool
  }

  /// In the document's order; those without encryption are left out.
  private(set) var imap: [Server] = []
  private(set) var smtp: [Server] = []

  static let octetsMax = 256 << 10

  /// nil for what is no such document.
  init?(_ octets: [UInt8], email: String) {
    guard octets.count <= Self.octetsMax, var reader = XMLReader(octets) else { return nil }
    let at = email.lastIndex(of: "@") ?? email.endIndex
    let (local, domain) = (email[..<at], email[at...].dropFirst())
    func filled(_ text: String) -> String {
      text.replacing("%EMAILADDRESS%", with: email).replacing("%EMAILLOCALPART%", with: local)
        .replacing("%EMAILDOMAIN%", with: domain)
    }
    var isConfig = false
    var kind = ""
    var fields: [String: [String]] = [:]
    while let event = reader.next() {
      switch event {
      case .open(let path, let attributes):
        if path == ["clientConfig"] { isConfig = true }
        if path.count == 3, ["incomingServer", "outgoingServer"].contains(path[2]) {
          (kind, fields) = (attributes["type"]?.lowercased() ?? "", [:])
        }
      case .text(let path, let text):
        guard path.count == 4, ["incomingServer", "outgoingServer"].contains(path[2]) else { break }
        fields[path[3], default: []].append(filled(text))
      case .close(let path):
        guard path.count == 3, ["incomingServer", "outgoingServer"].contains(path[2]) else { break }
        guard let server = Self.server(fields, email: email) else { break }
        if path[2] == "incomingServer", kind == "imap" { imap.append(server) }
        if path[2] == "outgoingServer", kind == "smtp" { smtp.append(server) }
      }
    }
    guard reader.isWhole, isConfig else { return nil }
  }

  private static func server(_ fields: [String: [String]], email: String) -> Server? {
    guard let host = fields["hostname"]?.first?.lowercased(),
      let port = fields["port"]?.first.flatMap({ UInt16($0) }),
      port > 0, !host.isEmpty, host.utf8.count <= 253,
      host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2F && $0 != 0x40 && $0 != 0x3A })
    else { return nil }
    let security: TransportSecurity
    switch fields["socketType"]?.first?.uppercased() {
    case "SSL", "TLS": security = .tls
    case "STARTTLS": security = .startTLS
    default: return nil
    }
    let user = fields["username"]?.first ?? email
    return Server(
      settings: ServerSettings(host: host, port: port, security: security),
      userName: user.utf8.count <= 320 ? user : email,
      takesTokens: (fields["authentication"] ?? []).contains { $0.lowercased() == "oauth2" })
  }
}

/// Reads XML as far as such documents need it: elements, attributes, text, the five entities and numbers. What is more,
/// a document type above all, ends the reading. Costs one pass, and holds one path.
struct XMLReader {
  enum Event {
    case open([String], [String: String])
    /// Of an element that has no others in it, white space at both ends taken off.
    case text([String], String)
    case close([String])
  }

  private static let depthMax = 20
  private static let eventsMax = 20_000

  private let text: [UInt8]
  private var at = 0
  private var path: [String] = []
  private var pending: [Event] = []
  private var words: [UInt8] = []
  private var events = 0
  private var isBroken = false

  /// nil for what is not UTF-8.
  init?(_ octets: [UInt8]) {
    guard String(validating: octets, as: UTF8.self) != nil else { return nil }
    text = octets.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(octets.dropFirst(3)) : octets
  }

  /// It was read to its end, and every element was closed.
  var isWhole: Bool { !isBroken && at >= text.count && path.isEmpty }

  mutating func next() -> Event? {
    while pending.isEmpty {
      guard !isBroken, at < text.count else { return nil }
      step()
    }
    events += 1
    if events > Self.eventsMax { isBroken = true }
    return isBroken ? nil : pending.removeFirst()
  }

  private mutating func fail() {
    isBroken = true
    pending = []
  }

  private mutating func step() {
    guard text[at] == 0x3C else { return characters() }
    if starts("<?") { return skip(past: "?>") }
    if starts("<!--") { return skip(past: "-->") }
    if starts("<!") { return fail() }
    guard let end = text[at...].firstIndex(of: 0x3E) else { return fail() }
    var inside = text[(at + 1)..<end]
    at = end + 1
    if inside.first == 0x2F {
      let name = String(decoding: inside.dropFirst(), as: UTF8.self).filter { !$0.isWhitespace }
      guard path.last == name else { return fail() }
      return close()
    }
    let isEmpty = inside.last == 0x2F
    if isEmpty { inside = inside.dropLast() }
    guard let (name, attributes) = Self.tag(inside), path.count < Self.depthMax else { return fail() }
    words = []
    path.append(name)
    pending.append(.open(path, attributes))
    if isEmpty { close() }
  }

  private mutating func close() {
    let trimmed = String(decoding: words, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(
      separator: " ")
    if !trimmed.isEmpty { pending.append(.text(path, trimmed)) }
    words = []
    pending.append(.close(path))
    path.removeLast()
  }

  private mutating func characters() {
    let end = text[at...].firstIndex(of: 0x3C) ?? text.count
    guard let plain = Self.plain(text[at..<end]) else { return fail() }
    if path.isEmpty, plain.contains(where: { !XMLReader.isSpace($0) }) { return fail() }
    words += plain
    at = end
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private func starts(_ prefix: StaticString) -> Bool {
    at + prefix.utf8CodeUnitCount <= text.count
      && prefix.withUTF8Buffer { wanted in text[at..<(at + wanted.count)].elementsEqual(wanted) }
  }

  private mutating func skip(past end: StaticString) {
    while at < text.count {
      if starts(end) {
        at += end.utf8CodeUnitCount
        return
      }
      at += 1
    }
    fail()
  }

  private static func tag(_ inside: ArraySlice<UInt8>) -> (String, [String: String])? {
    var rest = inside
    func isNameOctet(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x3A: true
      default: false
      }
    }
    let name = rest.prefix(while: isNameOctet)
    guard !name.isEmpty else { return nil }
    rest = rest.dropFirst(name.count)
    var attributes: [String: String] = [:]
    while true {
      let spaces = rest.prefix(while: isSpace).count
      rest = rest.dropFirst(spaces)
      if rest.isEmpty { return (String(decoding: name, as: UTF8.self), attributes) }
      let key = rest.prefix(while: isNameOctet)
      guard spaces > 0, !key.isEmpty else { return nil }
      rest = rest.dropFirst(key.count).drop(while: isSpace)
      guard rest.first == 0x3D else { return nil }
      rest = rest.dropFirst().drop(while: isSpace)
      guard let quote = rest.first, quote == 0x22 || quote == 0x27,
        let end = rest.dropFirst().firstIndex(of: quote),
        let value = plain(rest[(rest.startIndex + 1)..<end])
      else { return nil }
      attributes[String(decoding: key, as: UTF8.self)] = String(decoding: value, as: UTF8.self)
      rest = rest[(end + 1)...]
    }
  }

  private static let entities: [String: UInt8] = [
    "lt": 0x3C, "gt": 0x3E, "amp": 0x26, "quot": 0x22, "apos": 0x27,
  ]

  /// nil for an entity that is none of the five and no number.
  private static func plain(_ octets: ArraySlice<UInt8>) -> [UInt8]? {
    guard octets.contains(0x26) else { return Array(octets) }
    var out: [UInt8] = []
    var at = octets.startIndex
    while at < octets.endIndex {
      guard octets[at] == 0x26 else {
        out.append(octets[at])
        at += 1
        continue
      }
      guard let end = octets[at...].prefix(12).firstIndex(of: 0x3B) else { return nil }
      let name = String(decoding: octets[(at + 1)..<end], as: UTF8.self)
      if let byte = entities[name] {
        out.append(byte)
      } else {
        let value =
          name.hasPrefix("#x")
          ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
        guard let value, value >= 0x20, let scalar = Unicode.Scalar(value) else { return nil }
        out += Array(String(Character(scalar)).utf8)
      }
      at = end + 1
    }
    return out
  }
}
