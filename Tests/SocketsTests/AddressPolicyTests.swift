import Bytes
import Testing

@testable import Sockets

@Suite(.timeLimit(.minutes(1))) struct AddressPolicyTests {
  static let standard = AddressPolicy.servers(ports: [993])
  static let withPrivate = AddressPolicy.servers(ports: [993], allowsPrivate: true)

  static func socket(_ text: String, _ port: UInt16) throws -> SocketAddress {
    let ip = try #require(IPAddress(text))
    return try #require(SocketAddress(ip: ip, port: port))
  }

  /// Whether an address may be connected to by default, and where private networks are allowed.
  static let addresses: [(String, Bool, Bool)] = [
    ("9.9.9.9", true, true), ("2606:4700::1111", true, true), ("::ffff:9.9.9.9", true, true),
    // this machine
    ("127.0.0.1", false, true), ("127.255.255.254", false, true), ("::1", false, true),
    ("::ffff:127.0.0.1", false, true),
    ("0.0.0.0", false, false), ("0.1.2.3", false, false), ("::", false, false),
    ("::ffff:0.0.0.0", false, false),
    // private networks, their first and last addresses and the neighbours
    ("10.0.0.0", false, true), ("10.255.255.255", false, true), ("9.255.255.255", true, true),
    ("11.0.0.0", true, true),
    ("172.15.255.255", true, true), ("172.16.0.0", false, true), ("172.31.255.255", false, true),
    ("172.32.0.0", true, true),
    ("192.167.255.255", true, true), ("192.168.0.0", false, true), ("192.168.255.255", false, true),
    ("192.169.0.0", true, true),
    ("100.63.255.255", true, true), ("100.64.0.0", false, true), ("100.127.255.255", false, true),
    ("100.128.0.0", true, true),
    ("::ffff:10.0.0.1", false, true), ("::ffff:192.168.1.1", false, true),
    ("fc00::", false, true), ("fdff:ffff::1", false, true), ("fbff::1", false, false),
    ("fe00::1", false, false),
    // link-local, and where clouds tell a machine its secrets
    ("169.254.169.254", false, false), ("169.254.0.1", false, false),
    ("::ffff:169.254.169.254", false, false),
    ("fe80::1", false, false), ("febf::1", false, false), ("fec0::1", false, false),
    ("fd00:ec2::254", false, false),
    ("fd00:ec2::123", false, false), ("100.100.100.200", false, false), ("192.0.0.192", false, false),
    // ways to write an address of IPv4 into one of IPv6
    ("64:ff9b::7f00:1", false, false), ("64:ff9b::a9fe:a9fe", false, false),
    ("64:ff9b:1::7f00:1", false, false),
    ("2002:7f00:1::", false, false), ("2002:a9fe:a9fe::1", false, false), ("2001:0:7f00:1::", false, false),
    ("::7f00:1", false, false), ("::ffff:0:7f00:1", false, false), ("fe80::5efe:7f00:1", false, false),
    // neither
    ("224.0.0.1", false, false), ("255.255.255.255", false, false), ("ff02::1", false, false),
    ("198.18.0.1", false, false),
    ("192.0.2.1", false, false), ("2001:db8::1", false, false), ("3fff::1", false, false),
    ("100::1", false, false),
  ]

  @Test(arguments: addresses)
  func `an address is allowed or not`(text: String, byDefault: Bool, withPrivate: Bool) throws {
    let address = try #require(IPAddress(text))
    #expect(Self.standard.permits(address, 993) == byDefault)
    #expect(Self.withPrivate.permits(address, 993) == withPrivate)
    // Only what is the operator's own may be asked at any port.
    #expect(!Self.standard.permits(address, 6379))
    #expect(Self.withPrivate.permits(address, 6379) == (withPrivate && !byDefault))
  }

  /// A20: however the address is written, no octet goes there.
  @Test(arguments: [
    "127.0.0.1", "127.1", "127.0.1", "0177.0.0.1", "0x7f.1", "0x7f000001", "017700000001", "2130706433", "0",
    "0.0.0.0",
    "localhost", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::", "169.254.169.254",
    "0xa9fea9fe",
    "2852039166", "169.16689662", "fe80::1%lo", "fd00:ec2::254", "100.100.100.200", "10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
  ])
  func `what this machine would take for a forbidden address is refused`(host: String) async throws {
    let listener = try Listener.bind(.tcp(host: "127.0.0.1", port: 0))
    let policy = AddressPolicy.servers(ports: [listener.port])
    await #expect {
      _ = try await Dialer.connect(.tcp(host: host, port: listener.port), policy: policy, deadline: soon)
    } throws: {
      guard case StreamError.hostNotFound(host, let reason) = $0 else { return false }
      // What it resolves to is nobody's business.
      return !reason.contains("127.0.0.1") || host == "127.0.0.1"
    }
  }

  /// These are no addresses to this machine; where a name server thinks otherwise the address decides.
  @Test(arguments: [
    "127.0.0.1.", "１２７.0.0.1", "①②⑦.0.0.1", "[::1]", "127.0.0.1:993", "0x7f.0x0.0x0.0x100", "1.2.3.4.5",
    "localhost\u{0}.x",
  ])
  func `what is no address is looked up or refused`(host: String) async throws {
    await #expect(throws: StreamError.self) {
      _ = try await Dialer.connect(.tcp(host: host, port: 993), policy: Self.standard, deadline: soon)
    }
  }

  /// A21: a name with an allowed and a forbidden address is refused, in any order.
  @Test(arguments: [
    (["9.9.9.9"], false), (["9.9.9.9", "1.1.1.1", "2606:4700::1111"], false),
    (["9.9.9.9", "127.0.0.1"], true),
    (["10.0.0.1", "9.9.9.9"], true), (["9.9.9.9", "1.1.1.1", "fd00:ec2::254"], true),
    (["::ffff:127.0.0.1"], true),
  ])
  func `one forbidden address is enough`(texts: [String], refused: Bool) throws {
    let addresses = try texts.map { text in
      try Self.socket(text, 993)
    }
    #expect(Dialer.isRefused(addresses, by: Self.standard) == refused)
  }

  @Test func `a port that is none of mail is refused at public addresses`() throws {
    for (port, refused) in [(UInt16(993), false), (992, true), (22, true), (0, true)] {
      let address = try Self.socket("9.9.9.9", port)
      #expect(Dialer.isRefused([address], by: Self.standard) == refused)
    }
  }

  @Test(
    arguments: [
      (
        "10.1.0.0/16", ["10.1.0.0", "10.1.255.255", "::ffff:10.1.2.3"],
        ["10.0.255.255", "10.2.0.0", "::a01:203"]
      ),
      ("10.1.2.3", ["10.1.2.3"], ["10.1.2.4"]),
      ("10.1.2.2/31", ["10.1.2.2", "10.1.2.3"], ["10.1.2.4", "10.1.2.1"]),
      ("0.0.0.0/0", ["1.2.3.4", "::ffff:1.2.3.4"], ["::1", "2606::1"]),
      ("::/0", ["::1", "fe80::1"], ["1.2.3.4"]),
      ("fd12:3456::/32", ["fd12:3456::1", "fd12:3456:ffff::"], ["fd12:3457::", "fd12:3455:ffff::"]),
      ("169.254.169.254/32", ["169.254.169.254"], ["169.254.169.253"]),
      ("fe80::/10", ["fe80::1", "febf::1"], ["fec0::1", "fe7f::1"]),
    ] as [(String, [String], [String])])
  func `a network has its addresses and no others`(text: String, inside: [String], outside: [String]) throws {
    let block = try #require(AddressBlock(text))
    let policy = AddressPolicy.servers(ports: [], blocks: [block])
    for each in inside { #expect(IPAddress(each).map { policy.permits($0, 6379) } == true, "\(each)") }
    for each in outside { #expect(IPAddress(each).map { block.contains($0) } == false, "\(each)") }
  }

  @Test(arguments: [
    "", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0.1/8",
    "10.1/16", "fd00::/129",
    "host", "10.0.0.0 /8", "::1%lo", "10.0.0.0/0x8",
  ])
  func `what is no network is refused`(text: String) {
    #expect(AddressBlock(text) == nil)
  }
}
