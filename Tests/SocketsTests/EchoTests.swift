import Bytes
import Glibc
import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct EchoTests {
  static let group = ReactorGroup(threads: 2)

  enum Kind: CaseIterable { case tcp4, tcp6, unix }

  @Test(arguments: Kind.allCases)
  func `many connections get back what they send, in pieces of any size`(_ kind: Kind) async throws {
    let folder = try TemporaryFolder()
    let listener: Listener
    switch kind {
    case .tcp4: listener = try Listener.bind(.tcp(host: "127.0.0.1", port: 0))
    case .tcp6: listener = try Listener.bind(.tcp(host: "::1", port: 0))
    case .unix: listener = try Listener.bind(.unix(path: "\(folder.path)/echo"))
    }
    let endpoint: Endpoint =
      switch kind {
      case .tcp4: .tcp(host: "127.0.0.1", port: listener.port)
      case .tcp6: .tcp(host: "::1", port: listener.port)
      case .unix: .unix(path: "\(folder.path)/echo")
      }
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { await listener.run(on: Self.group) { await echo($0) } }
      try await withThrowingTaskGroup(of: Void.self) { clients in
        for i in 0..<40 {
          // Some of them away from any reactor.
          let preference = i % 3 == 0 ? nil : Self.group.next()
          clients.addTask(executorPreference: preference) {
            try await Self.converse(endpoint, seed: UInt64(i))
          }
        }
        try await clients.waitForAll()
      }
      listener.close()
      try await tasks.waitForAll()
    }
  }

  private static func converse(_ endpoint: Endpoint, seed: UInt64) async throws {
    let stream = try await Dialer.connect(endpoint, deadline: soon)
    defer { stream.close() }
    var noise = Noise(state: seed)
    let sent = noise.bytes(Int.random(in: 1...60_000, using: &noise))
    let choices = (0..<200).map { _ in Int.random(in: 1...4_000, using: &noise) }
    async let writing: Void = {
      var at = 0
      for size in choices where at < sent.count {
        let end = min(at + size, sent.count)
        try await stream.write(Array(sent[at..<end]), deadline: soon)
        at = end
      }
      try await stream.write(Array(sent[at...]), deadline: soon)
      stream.finishWriting()
    }()
    var got = ByteBuffer()
    var turn = 0
    while try await stream.read(into: &got, atMost: choices[turn % choices.count], deadline: soon) > 0 {
      turn += 1
    }
    try await writing
    #expect(got.bytes == sent)
  }

  @Test func `a Unix peer's user is known, a TCP peer's address`() async throws {
    let (a, b) = try SocketStream.pair()
    #expect(a.unixPeerUID == getuid())
    #expect(a.peer.isUnix && a.peer.isLocal)
    a.close()
    b.close()
    let listener = try Listener.bind(.tcp(host: "localhost", port: 0))
    let stream = try await Dialer.connect(.tcp(host: "127.0.0.1", port: listener.port), deadline: soon)
    #expect(stream.unixPeerUID == nil)
    #expect(stream.peer.description == "127.0.0.1:\(listener.port)")
    #expect(stream.peer.isLocal && !stream.peer.isUnix)
  }
}
