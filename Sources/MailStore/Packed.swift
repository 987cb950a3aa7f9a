/// Lists inside one column: strings with their lengths before them, so that any text can be held.
///
/// A length is a varint: seven bits an octet, lowest first, the high bit set on all but the last.
struct Packer {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func add(_ text: String) {
    add(UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }
}

/// Reads what ``Packer`` wrote. Whatever the octets are, it throws instead of trapping.
struct Unpacker {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position >= bytes.count }

  mutating func number() throws(MailStoreError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 63, by: 7) {
      guard position < bytes.count else { break }
      let octet = bytes[position]
      position += 1
      value |= UInt64(octet & 0x7F) << shift
      if octet & 0x80 == 0 { return value }
    }
    throw .corrupt("a packed number")
  }

  mutating func text() throws(MailStoreError) -> String {
    let length = try number()
    guard length <= UInt64(bytes.count - position) else { throw .corrupt("a packed text") }
    let end = position + Int(length)
    defer { position = end }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }
}

extension Packer {
  static func strings(_ list: [String]) -> [UInt8] {
    var packer = Packer()
    for text in list { packer.add(text) }
    return packer.bytes
  }

  static func addresses(_ list: [Address]) -> [UInt8] {
    var packer = Packer()
    for address in list {
      packer.add(address.role.number << 1 | (address.name == nil ? 0 : 1))
      if let name = address.name { packer.add(name) }
      packer.add(address.email)
    }
    return packer.bytes
  }

  static func recipients(_ list: [RecipientResult]) -> [UInt8] {
    var packer = Packer()
    for recipient in list {
      packer.add(recipient.accepted.map { $0 ? 2 : 1 } ?? 0)
      packer.add(recipient.email)
      packer.add(UInt64(max(recipient.code, 0)))
      packer.add(recipient.text)
    }
    return packer.bytes
  }
}

extension Unpacker {
  static func strings(_ bytes: [UInt8]) throws(MailStoreError) -> [String] {
    var unpacker = Unpacker(bytes)
    var list: [String] = []
    while !unpacker.isAtEnd { list.append(try unpacker.text()) }
    return list
  }

  static func addresses(_ bytes: [UInt8]) throws(MailStoreError) -> [Address] {
    var unpacker = Unpacker(bytes)
    var list: [Address] = []
    while !unpacker.isAtEnd {
      let head = try unpacker.number()
      guard let role = AddressRole(number: head >> 1) else { throw .corrupt("an address role") }
      let name = head & 1 == 0 ? nil : try unpacker.text()
      list.append(Address(role: role, name: name, email: try unpacker.text()))
    }
    return list
  }

  static func recipients(_ bytes: [UInt8]) throws(MailStoreError) -> [RecipientResult] {
    var unpacker = Unpacker(bytes)
    var list: [RecipientResult] = []
    while !unpacker.isAtEnd {
      let fate = try unpacker.number()
      let email = try unpacker.text()
      let code = Int(clamping: try unpacker.number())
      list.append(
        RecipientResult(
          email: email, code: code, text: try unpacker.text(), accepted: fate == 0 ? nil : fate == 2))
    }
    return list
  }
}

extension AddressRole {
  /// Their places in a packed list; never changed.
  private static let order: [AddressRole] = [.from, .sender, .replyTo, .to, .cc, .bcc]

  fileprivate var number: UInt64 { UInt64(Self.order.firstIndex(of: self) ?? 0) }

  fileprivate init?(number: UInt64) {
    guard number < UInt64(Self.order.count) else { return nil }
    self = Self.order[Int(number)]
  }
}

/// Facts of an event as `name=value` with spaces between; both are words of ours.
enum PackedFacts {
  static func text(_ facts: [String: String]) -> String {
    facts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
  }

  static func facts(_ text: String) -> [String: String] {
    var facts: [String: String] = [:]
    for pair in text.utf8.split(separator: 0x20) {
      let sides = pair.split(separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
      if sides.count == 2 {
        facts[String(decoding: sides[0], as: UTF8.self)] = String(decoding: sides[1], as: UTF8.self)
      }
    }
    return facts
  }
}
