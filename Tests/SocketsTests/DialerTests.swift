import Bytes
import Testing

@testable import Sockets

@Suite(.timeLimit(.minutes(1))) struct DialerTests {
  @Test func `a name that does not exist is not found`() async {
    await #expect {
      _ = try await Dialer.connect(.tcp(host: "host.invalid", port: 1), deadline: soon)
    } throws: { error in
      guard case .hostNotFound("host.invalid", let reason)? = error as? StreamError else { return false }
      return !reason.isEmpty
    }
  }

  @Test(arguments: ["", String(repeating: "a", count: 300), "a\u{0}b"])
  func `what cannot be a name is not looked up`(_ name: String) async {
    await #expect(throws: StreamError.hostNotFound(host: name, reason: "not a host name")) {
      _ = try await Dialer.connect(.tcp(host: name, port: 1), deadline: soon)
    }
  }

  @Test func `localhost is found, by the resolver's threads`() async throws {
    let listener = try Listener.bind(.tcp(host: "localhost", port: 0))
    let stream = try await Dialer.connect(.tcp(host: "localhost", port: listener.port), deadline: soon)
    #expect(stream.peer.port == listener.port)
  }

  @Test func `a port nobody listens on refuses`() async throws {
    let listener = try Listener.bind(.tcp(host: "127.0.0.1", port: 0))
    let port = listener.port
    listener.close()
    await #expect(throws: StreamError.system(.connect, errno: 111)) {
      _ = try await Dialer.connect(.tcp(host: "127.0.0.1", port: port), deadline: soon)
    }
  }

  @Test func `a Unix socket that is not there, and a path that is too long, are errors`() async throws {
    let folder = try TemporaryFolder()
    await #expect(throws: StreamError.system(.connect, errno: 2)) {
      _ = try await Dialer.connect(.unix(path: "\(folder.path)/none"), deadline: soon)
    }
    await #expect(throws: StreamError.system(.connect, errno: 36)) {
      _ = try await Dialer.connect(.unix(path: String(repeating: "x", count: 108)), deadline: soon)
    }
  }

  @Test func `a server that does not take the connection makes connecting time out`() async throws {
    let listener = try Listener.bind(.tcp(host: "127.0.0.1", port: 0), backlog: 1)
    let endpoint = Endpoint.tcp(host: "127.0.0.1", port: listener.port)
    // Linux drops further requests once the queue is full, which is at one more than asked for.
    var waiting: [SocketStream] = []
    await #expect(throws: StreamError.timedOut(.connect)) {
      for _ in 0..<16 {
        waiting.append(try await Dialer.connect(endpoint, deadline: .after(milliseconds: 150)))
      }
    }
    #expect(!waiting.isEmpty)
  }

  @Test func `a Unix server that does not take the connection makes connecting time out`() async throws {
    let folder = try TemporaryFolder()
    let listener = try Listener.bind(.unix(path: "\(folder.path)/full"), backlog: 1)
    var waiting: [SocketStream] = []
    await #expect(throws: StreamError.timedOut(.connect)) {
      for _ in 0..<16 {
        let endpoint = Endpoint.unix(path: "\(folder.path)/full")
        waiting.append(try await Dialer.connect(endpoint, deadline: .after(milliseconds: 100)))
      }
    }
    #expect(!waiting.isEmpty)
    listener.close()
  }

  @Test func `cancelling ends connecting`() async throws {
    let listener = try Listener.bind(.tcp(host: "127.0.0.1", port: 0), backlog: 1)
    let endpoint = Endpoint.tcp(host: "127.0.0.1", port: listener.port)
    let tasks = (0..<16).map { _ in Task { try await Dialer.connect(endpoint, deadline: soon) } }
    await Task.yield()
    for task in tasks { task.cancel() }
    for task in tasks {
      // Those that the queue had room for may have been quicker.
      if case .failure(let error) = await task.result { #expect(error as? StreamError == .cancelled) }
    }
  }

  @Test(arguments: ["127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "::1", "::ffff:127.0.0.1"])
  func `the policy sees the address that would be connected to, however it is written`(_ host: String)
    async throws
  {
    await #expect {
      _ = try await Dialer.connect(.tcp(host: host, port: 9), policy: .publicOnly, deadline: soon)
    } throws: { error in
      guard case .hostNotFound(host, let reason)? = error as? StreamError else { return false }
      return reason.hasSuffix("not allowed") || host == "::1"
    }
  }

  @Test func `the families take turns, each in its order`() throws {
    let texts = ["::1", "::2", "::3", "127.0.0.1"]
    let addresses = try texts.map { text in
      let ip = try #require(IPAddress(text))
      return try #require(SocketAddress(ip: ip, port: 1))
    }
    #expect(
      Dialer.interleaved(addresses).compactMap(\.ip?.description) == ["::1", "127.0.0.1", "::2", "::3"])
    #expect(Dialer.interleaved([]).isEmpty)
  }

  @Test func `each address gets its share of the time`() {
    func left(_ deadline: Deadline) -> Int64 { deadline.millisecondsLeft ?? -1 }
    #expect(Dialer.share(of: .never, left: 1) == .never)
    #expect((9_000...10_000).contains(left(Dialer.share(of: .never, left: 2))))
    #expect((4_000...5_000).contains(left(Dialer.share(of: .after(seconds: 20), left: 4))))
    #expect((100...250).contains(left(Dialer.share(of: .after(seconds: 1), left: 30))))
    #expect(left(Dialer.share(of: .now, left: 3)) == 0)
  }

  @Test(arguments: [
    ("8.8.8.8", true), ("1.1.1.1", true), ("172.15.0.1", true), ("172.32.0.1", true), ("100.128.0.1", true),
    ("2606:4700::1111", true), ("2a00:1450::1", true), ("::ffff:8.8.8.8", true),
    ("0.0.0.0", false), ("10.1.2.3", false), ("100.64.0.1", false), ("100.100.100.200", false),
    ("127.0.0.1", false), ("169.254.169.254", false), ("172.16.0.1", false), ("172.31.255.255", false),
    ("192.168.1.1", false), ("192.0.2.1", false), ("198.18.0.1", false), ("203.0.113.9", false),
    ("224.0.0.1", false), ("255.255.255.255", false), ("::", false), ("::1", false), ("fe80::1", false),
    ("fd00:ec2::254", false), ("64:ff9b::7f00:1", false), ("2002:7f00:1::", false), ("2001::1", false),
    ("2001:db8::1", false), ("ff02::1", false), ("::ffff:10.0.0.1", false), ("::ffff:169.254.169.254", false),
  ])
  func `addresses of the open internet are told from the others`(_ text: String, _ isPublic: Bool) throws {
    #expect(try #require(IPAddress(text)).isPublic == isPublic)
  }

  @Test func `addresses are read strictly and written the usual way`() {
    #expect(IPAddress("127.1") == nil)
    #expect(IPAddress("1.2.3.4\u{0}") == nil)
    #expect(IPAddress("[::1]") == nil)
    #expect(IPAddress(octets: [1, 2, 3]) == nil)
    #expect(IPAddress("2001:DB8:0:0::1")?.description == "2001:db8::1")
    #expect(IPAddress("::ffff:127.9.9.9")?.isLoopback == true)
    #expect(Endpoint.tcp(host: "::1", port: 5).description == "[::1]:5")
    #expect(Endpoint.tcp(host: "a", port: 5).description == "a:5")
  }
}
