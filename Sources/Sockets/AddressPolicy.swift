/// Which of a host's addresses may be connected to, and at which port.
///
/// It is asked about the very addresses that are given to connect(2), after the name was resolved, at every connect,
/// and refuses the host as soon as one of them is refused: a name that points to both an allowed and a forbidden
/// address is an attack (DNS rebinding) rather than a choice.
package struct AddressPolicy: Sendable {
  package let permits: @Sendable (_ address: IPAddress, _ port: UInt16) -> Bool

  package init(_ permits: @escaping @Sendable (IPAddress, UInt16) -> Bool) { self.permits = permits }

  package static let any = AddressPolicy { _, _ in true }
  /// Only addresses of the open internet (``IPAddress/isPublic``).
  package static let publicOnly = AddressPolicy { address, _ in address.isPublic }

  /// For servers that somebody else names: addresses of the open internet at `ports`, and what the operator adds,
  /// at any port.
  ///
  /// - Parameters:
  ///   - ports: those that public addresses may be asked at.
  ///   - blocks: networks that are allowed besides, whatever they are.
  ///   - allowsPrivate: also ``IPAddress/isPrivate``. The addresses at which clouds keep a machine's credentials
  ///     stay refused unless `blocks` has them.
  package static func servers(
    ports: Set<UInt16>, blocks: [AddressBlock] = [], allowsPrivate: Bool = false
  ) -> AddressPolicy {
    AddressPolicy { address, port in
      if blocks.contains(where: { $0.contains(address) }) { return true }
      if address.isPublic { return ports.contains(port) }
      return allowsPrivate && address.isPrivate
    }
  }
}

/// A network: `10.1.0.0/16`, `fd12:3456::/32`, or one address.
package struct AddressBlock: Sendable, Hashable {
  private let octets: [UInt8]
  private let bits: Int

  /// nil when `text` is no address with or without a length, or has bits set behind the length.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let address = IPAddress(String(parts[0])) else { return nil }
    let all = address.octets.count * 8
    var bits = all
    if parts.count == 2 {
      guard let given = Int(parts[1]), (0...all).contains(given),
        parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) })
      else { return nil }
      bits = given
    }
    octets = address.octets
    self.bits = bits
    guard Self.masked(octets, bits) == octets else { return nil }
  }

  /// An IPv4 address in the form of IPv6 (::ffff:10.0.0.1) is in the block of IPv4.
  package func contains(_ address: IPAddress) -> Bool {
    [address, address.unmapped].contains {
      $0.octets.count == octets.count && Self.masked($0.octets, bits) == octets
    }
  }

  private static func masked(_ octets: [UInt8], _ bits: Int) -> [UInt8] {
    octets.enumerated().map { i, octet in
      let left = bits - i * 8
      return left >= 8 ? octet : left <= 0 ? 0 : octet & ~(0xFF >> UInt8(left))
    }
  }
}
