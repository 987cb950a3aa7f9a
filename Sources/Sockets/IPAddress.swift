internal import Glibc

/// An address of IPv4 (4 octets) or IPv6 (16 octets), without zone.
package struct IPAddress: Sendable, Hashable, CustomStringConvertible {
  /// In the order of the wire; 4 or 16 of them.
  package let octets: [UInt8]

  /// nil unless there are 4 or 16 octets.
  package init?(octets: [UInt8]) {
    guard octets.count == 4 || octets.count == 16 else { return nil }
    self.octets = octets
  }

  /// Reads the usual text form only ("127.0.0.1", "::1"): not "127.1", not brackets, no zone.
  package init?(_ text: String) {
    guard !text.utf8.contains(0) else { return nil }
    var room = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &room) == 1 {
      octets = Array(room[..<4])
    } else if inet_pton(AF_INET6, text, &room) == 1 {
      octets = room
    } else {
      return nil
    }
  }

  package var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = octets.count == 4 ? AF_INET : AF_INET6
    guard inet_ntop(family, octets, &text, socklen_t(text.count)) != nil else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The IPv4 address inside an IPv4-mapped one (RFC 4291 §2.5.5.2), else the address itself.
  package var unmapped: IPAddress {
    let prefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
    guard octets.count == 16, octets.starts(with: prefix) else { return self }
    return IPAddress(octets: Array(octets[12...])) ?? self
  }

  package var isLoopback: Bool {
    let a = unmapped.octets
    return a.count == 4 ? a[0] == 127 : a == [UInt8](repeating: 0, count: 15) + [1]
  }

  /// Whether the address is one of the open internet: none of the blocks that IANA's registries of
  /// special-purpose addresses (RFC 6890, as of 2025) set apart for other uses, among them loopback,
  /// private, link-local, shared, documentation, multicast, 6to4, Teredo and NAT64.
  package var isPublic: Bool {
    let a = unmapped.octets
    if a.count == 4 { return Self.isPublic4(a) }
    guard a[0] & 0xE0 == 0x20 else { return false }  // 2000::/3 is all that is handed out.
    if a[0] == 0x20, a[1] == 0x01, a[2] < 0x02 { return false }  // 2001::/23, protocols; Teredo
    if a[0] == 0x20, a[1] == 0x01, a[2] == 0x0D, a[3] == 0xB8 { return false }  // 2001:db8::/32
    if a[0] == 0x20, a[1] == 0x02 { return false }  // 2002::/16, 6to4
    if a[0] == 0x3F, a[1] == 0xFF, a[2] & 0xF0 == 0 { return false }  // 3fff::/20
    return true
  }

  /// Loopback, or one of a network of somebody's own (RFC 1918, RFC 4193, RFC 6598), and none of the addresses at
  /// which clouds answer a machine's questions about itself.
  package var isPrivate: Bool {
    if isLoopback { return true }
    let a = unmapped.octets
    if a.count == 4 {
      if a == [100, 100, 100, 200] { return false }  // Alibaba
      return switch (a[0], a[1]) {
      case (10, _), (172, 16...31), (192, 168), (100, 64...127): true
      default: false
      }
    }
    guard a[0] & 0xFE == 0xFC else { return false }
    // fd00:ec2::/32 is Amazon's: 254 has the credentials, 123 the time, 253 the names.
    return !a.starts(with: [0xFD, 0x00, 0x0E, 0xC2])
  }

  private static func isPublic4(_ a: [UInt8]) -> Bool {
    switch (a[0], a[1], a[2]) {
    case (0, _, _), (10, _, _), (127, _, _), (224..., _, _): false
    case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _), (198, 18...19, _): false
    case (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 51, 100), (203, 0, 113): false
    default: true
    }
  }
}
