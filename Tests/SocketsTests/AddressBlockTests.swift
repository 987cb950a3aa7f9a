import Testing

@testable import Sockets

@Suite struct AddressBlockTests {
  static let addresses: [(String, [UInt8]?)] = [
    ("192.0.2.1", [192, 0, 2, 1]), ("::ffff:192.0.2.1", [192, 0, 2, 1]),
    ("2001:db8:1:2:3:4:5:6", [0x20, 0x01, 0x0D, 0xB8, 0, 1, 0, 2]),
    ("2001:db8:1:2::", [0x20, 0x01, 0x0D, 0xB8, 0, 1, 0, 2]), ("127.0.0.1", nil), ("127.9.9.9", nil),
    ("::1", nil), ("::ffff:127.0.0.1", nil),
  ]

  @Test(arguments: addresses)
  func `a peer is an IPv4 address or a /64, and this machine is none`(text: String, block: [UInt8]?) throws {
    let address = try #require(IPAddress(text).flatMap { SocketAddress(ip: $0, port: 9) })
    #expect(PeerAddress(address).addressBlock == block)
  }

  @Test func `a Unix socket has no address block`() throws {
    #expect(PeerAddress(SocketAddress(unixPath: "/x")).addressBlock == nil)
    #expect(PeerAddress(nil).addressBlock == nil)
  }
}
