import Bytes
import Glibc
import Testing

@testable import Sockets

@Suite(.timeLimit(.minutes(1))) struct DNSRecordsTests {
  @Test func `records are found by priority, and a name without them has none`() async throws {
    let server = try StubNameServer { name, type in
      switch (name, type) {
      case ("_imaps._tcp.acme.example", 33):
        [
          StubNameServer.srv(20, 1993, "Backup.acme.example"),
          StubNameServer.srv(10, 993, "imap.acme.example"),
        ]
      case ("_imap._tcp.acme.example", 33): [StubNameServer.srv(0, 0, "")]
      case ("acme.example", 15): [StubNameServer.mx(10, "mx.acme.example")]
      case ("empty.example", 15): []
      default: nil
      }
    }
    defer { server.stop() }
    let dns = DNSRecords(server: ("127.0.0.1", server.port))
    let deadline = Deadline.after(seconds: 10)
    #expect(
      try await dns.find(.srv, "_imaps._tcp.acme.example", deadline: deadline) == [
        NamedServer(priority: 10, port: 993, host: "imap.acme.example"),
        NamedServer(priority: 20, port: 1993, host: "backup.acme.example"),
      ])
    #expect(
      try await dns.find(.srv, "_imap._tcp.acme.example", deadline: deadline) == [
        NamedServer(priority: 0, host: "")
      ])
    #expect(
      try await dns.find(.mx, "acme.example", deadline: deadline) == [
        NamedServer(priority: 10, host: "mx.acme.example")
      ])
    #expect(try await dns.find(.mx, "empty.example", deadline: deadline).isEmpty)
    #expect(try await dns.find(.mx, "nobody.example", deadline: deadline).isEmpty)
    for name in [
      "", "localhost", "a..b", "a b.example", "-\u{0}.example", String(repeating: "a", count: 64) + ".b",
    ] {
      #expect(try await dns.find(.mx, name, deadline: deadline).isEmpty, "\(name)")
    }
  }

  @Test func `a name server that does not answer is waited for no longer than asked`() async throws {
    let deaf = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(deaf) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(deaf, $0, length) + getsockname(deaf, $0, &length)
      }
    }
    let dns = DNSRecords(server: ("127.0.0.1", UInt16(bigEndian: address.sin_port)))
    await #expect(throws: DNSRecords.Failure.unavailable) {
      try await dns.find(.mx, "acme.example", deadline: .after(milliseconds: 200))
    }
  }

  private static let answer: [UInt8] =
    [0, 1, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0] + StubNameServer.name("acme.example") + [0, 15, 0, 1]
    + [0xC0, 12, 0, 15, 0, 1, 0, 0, 0, 60, 0, 7, 0, 5, 2] + Array("mx".utf8) + [0xC0, 12]

  @Test func `an answer cut at every octet, or changed in any, does no harm`() {
    #expect(DNSRecords.read(Self.answer, .mx) == [NamedServer(priority: 5, host: "mx.acme.example")])
    for length in 0..<Self.answer.count { _ = DNSRecords.read(Array(Self.answer[..<length]), .mx) }
    for at in Self.answer.indices {
      for value in UInt8.min...UInt8.max {
        var changed = Self.answer
        changed[at] = value
        _ = DNSRecords.read(changed, .mx)
        _ = DNSRecords.read(changed, .srv)
      }
    }
  }

  @Test func `names that point at themselves, or hold what no host has, are left out`() {
    let head: [UInt8] =
      [0, 1, 0x81, 0x80, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 15, 0, 1, 0, 0, 0, 60]
    func read(_ name: [UInt8]) -> [NamedServer]? {
      DNSRecords.read(head + [0, UInt8(name.count + 2), 0, 1] + name, .mx)
    }
    #expect(read([0xC0, 25])?.isEmpty == true)
    #expect(read([0xC0, 27])?.isEmpty == true)
    #expect(read([1, 0x2F, 0])?.isEmpty == true)
    #expect(read([3, 0x61, 0x00, 0x62, 0])?.isEmpty == true)
    #expect(read([0x40, 0])?.isEmpty == true)
    #expect(read([1, 0x61, 0])?.map(\.host) == ["a"])
  }
}
