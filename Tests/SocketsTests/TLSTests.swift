import Bytes
import Foundation
import Sockets
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct TLSTests {
  private static let day = 86_400

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var names = ["mail.example.test"]
    var validity = CertificateAuthority.Validity()
    var stem = "server"
    var selfSigned = false
    var foreign = false
    var host = "mail.example.test"
    var problem: StreamError.CertificateProblem?
    var detail = ""
  }

  static let cases: [Case] = [
    Case(testDescription: "right name"),
    Case(testDescription: "one of several names", names: ["a.test", "mail.example.test", "10.0.0.1"]),
    Case(testDescription: "letters of another case", host: "MAIL.Example.TEST"),
    Case(testDescription: "final dot", host: "mail.example.test."),
    Case(testDescription: "wildcard", names: ["*.example.test"]),
    Case(testDescription: "IPv4 address", names: ["127.0.0.1"], host: "127.0.0.1"),
    Case(testDescription: "IPv6 address", names: ["::1"], host: "::1"),
    Case(
      testDescription: "wrong name", names: ["a.test", "10.0.0.1"], problem: .wrongHost,
      detail: "a.test, 10.0.0.1"),
    Case(
      testDescription: "wildcard for two labels", names: ["*.test"], problem: .wrongHost, detail: "*.test"),
    Case(testDescription: "part of a wildcard", names: ["m*.example.test"], problem: .wrongHost),
    Case(
      testDescription: "name in the subject only", names: ["a.test"], stem: "mail.example.test",
      problem: .wrongHost),
    Case(testDescription: "wrong address", names: ["127.0.0.2"], host: "127.0.0.1", problem: .wrongHost),
    Case(
      testDescription: "address against a name", names: ["mail.example.test"], host: "127.0.0.1",
      problem: .wrongHost),
    Case(
      testDescription: "expired", validity: .init(fromSeconds: -9 * day, untilSeconds: -2 * day),
      problem: .expired,
      detail: "expired on 20"),
    Case(
      testDescription: "not yet valid", validity: .init(fromSeconds: 2 * day, untilSeconds: 9 * day),
      problem: .notYetValid, detail: "not valid before 20"),
    Case(testDescription: "self signed", selfSigned: true, problem: .untrusted, detail: "/CN=server"),
    Case(testDescription: "another authority", foreign: true, problem: .untrusted, detail: "/CN=server"),
  ]

  @Test(arguments: cases)
  func `a certificate is accepted only when all of it is right`(_ c: Case) async throws {
    let ours = try TestCertificates()
    let issuer = c.foreign ? try TestCertificates() : ours
    let server = try issuer.server(
      names: c.names, validity: c.validity, stem: c.stem, selfSigned: c.selfSigned)
    let client = try ours.client()
    let (a, b) = MemoryStream.pair()
    let serving = Task { await echo(try await server.wrap(b, deadline: soon)) }
    let result: Result<any ByteStream, any Error>
    do { result = .success(try await client.wrap(a, hostName: c.host, deadline: soon)) } catch {
      result = .failure(error)
    }
    guard let problem = c.problem else {
      let stream = try result.get()
      try await stream.write("hello", deadline: soon)
      #expect(try await read(5, from: stream) == Array("hello".utf8))
      stream.close()
      try await serving.value
      return
    }
    #expect {
      try result.get()
    } throws: { error in
      guard case .certificate(problem, let detail)? = error as? StreamError else { return false }
      return c.detail.isEmpty || detail.contains(c.detail)
    }
    // The server is told why, in an alert.
    await #expect {
      try await serving.value
    } throws: { error in
      guard case .tls(let reason)? = error as? StreamError else { return false }
      return reason.contains("alert")
    }
  }

  @Test(arguments: ["", ".", "a\u{0}b", "münchen.test"])
  func `a name that cannot be checked is refused before anything is sent`(_ name: String) async throws {
    let client = try TestCertificates().client()
    let (a, b) = MemoryStream.pair()
    await #expect(throws: StreamError.self) { _ = try await client.wrap(a, hostName: name, deadline: soon) }
    #expect(try await readAll(b) == [])
  }

  @Test(arguments: [1, 2, 3, 7, 61, 1000, 100_000])
  func `both ways at once, cut at every byte`(_ capacity: Int) async throws {
    let certificates = try TestCertificates()
    let (a, b) = MemoryStream.pair(capacity: capacity)
    let server = try certificates.server()
    let client = try certificates.client()
    async let accepted = server.wrap(b, deadline: soon)
    let left = try await client.wrap(a, hostName: "localhost", deadline: soon)
    let right = try await accepted
    var noise = Noise(state: 3)
    let size = min(capacity * 300, 150_000)
    let (toRight, toLeft) = (noise.bytes(size), noise.bytes(size))
    async let sentRight: Void = left.write(toRight, deadline: soon)
    async let sentLeft: Void = right.write(toLeft, deadline: soon)
    async let gotRight = read(size, from: right)
    #expect(try await read(size, from: left) == toLeft)
    #expect(try await gotRight == toRight)
    _ = try await (sentRight, sentLeft)
  }

  @Test func `over sockets, much both ways at once, and an orderly end`() async throws {
    let certificates = try TestCertificates()
    let (a, b) = try SocketStream.pair()
    let server = try certificates.server()
    async let accepted = server.wrap(b, deadline: soon)
    let left = try await certificates.client().wrap(a, hostName: "localhost", deadline: soon)
    let right = try await accepted
    var noise = Noise(state: 4)
    let block = noise.bytes(1 << 20)
    async let sentRight: Void = left.write(block + block, deadline: soon)
    async let sentLeft: Void = {
      try await right.write(block, deadline: soon)
      try await right.write(block, deadline: soon)
    }()
    async let gotRight = read(2 << 20, from: right)
    #expect(try await read(2 << 20, from: left) == block + block)
    #expect(try await gotRight == block + block)
    _ = try await (sentRight, sentLeft)
    left.close()
    #expect(try await readAll(right) == [])
    #expect(right.version == "TLSv1.3" && right.cipher.hasPrefix("TLS_") && !right.isResumed)
  }

  @Test func `the second connection continues the first one's session, with its own host only`() async throws
  {
    let certificates = try TestCertificates()
    let server = try certificates.server(names: ["one.test", "two.test"])
    let client = try certificates.client()
    func visit(_ host: String) async throws -> Bool {
      let (a, b) = MemoryStream.pair()
      let serving = Task { await echo(try await server.wrap(b, deadline: soon)) }
      let stream = try await client.wrap(a, hostName: host, deadline: soon)
      // The tickets come with the first answer.
      try await stream.write("x", deadline: soon)
      #expect(try await read(1, from: stream) == [0x78])
      let resumed = (stream as? TLSStream)?.isResumed ?? false
      stream.close()
      try await serving.value
      return resumed
    }
    #expect(try await visit("one.test") == false)
    #expect(try await visit("one.test") == true)
    #expect(try await visit("one.test") == true)
    #expect(try await visit("two.test") == false)
    #expect(try await visit("two.test") == true)
  }

  /// How many more octets a wire passes on before it breaks; nil is no limit.
  private final class Budget: Sendable { let left = Mutex<Int?>(nil) }

  /// Passes octets on from one stream to another until the budget is used up, then ends both.
  /// - Returns: whether something was left behind.
  private static func relay(_ from: MemoryStream, _ to: MemoryStream, _ budget: Budget) async -> Bool {
    var buffer = ByteBuffer()
    var cut = false
    while !cut {
      guard let n = try? await from.read(into: &buffer, atMost: 4096, deadline: soon), n > 0 else { break }
      let passed = budget.left.withLock { left in
        defer { left = left.map { max($0 - n, 0) } }
        return min(n, left ?? n)
      }
      cut = passed < n
      guard (try? await to.write(buffer.read(passed), deadline: soon)) != nil else { break }
      buffer.removeAll()
    }
    to.close()
    from.close()
    return cut
  }

  /// A server that says `text` behind a wire that breaks `octets` after the handshake.
  /// - Returns: what the client gets, and whether the wire broke.
  private static func listen(
    _ client: TLSClientContext, _ server: TLSServerContext, saying text: String, cutAfter octets: Int
  ) async throws -> (Result<[UInt8], any Error>, cut: Bool) {
    let (a, wireToClient) = MemoryStream.pair()
    let (wireToServer, b) = MemoryStream.pair()
    let budget = Budget()
    async let up = relay(wireToClient, wireToServer, Budget())
    async let down = relay(wireToServer, wireToClient, budget)
    let serving = Task {
      let stream = try await server.wrap(b, deadline: soon)
      budget.left.withLock { $0 = octets }
      try await stream.write(text, deadline: soon)
      await stream.closeInOrder(deadline: soon)
    }
    let stream = try await client.wrap(a, hostName: "localhost", deadline: soon)
    let got: Result<[UInt8], any Error>
    do { got = .success(try await readAll(stream)) } catch { got = .failure(error) }
    stream.close()
    _ = await serving.result
    _ = await up
    return (got, await down)
  }

  @Test func `a connection that breaks is never taken for one that ended, at whatever byte`() async throws {
    let certificates = try TestCertificates()
    let server = try certificates.server()
    let client = try certificates.client()
    var (broken, whole) = (0, 0)
    // Session tickets, the message and close_notify are less than 700 octets.
    for octets in Array(0...700) {
      let (got, cut) = try await Self.listen(client, server, saying: "all of it", cutAfter: octets)
      if cut {
        broken += 1
        #expect(throws: StreamError.truncated) { try got.get() }
      } else {
        whole += 1
        #expect(try got.get() == Array("all of it".utf8))
      }
    }
    #expect(broken > 50 && whole > 0)
  }

  @Test func `a peer that does not speak TLS fails the handshake`() async throws {
    let (a, b) = MemoryStream.pair()
    try await b.write("* OK IMAP4rev1 ready\r\n", deadline: soon)
    await #expect {
      _ = try await TestCertificates().client().wrap(a, hostName: "localhost", deadline: soon)
    } throws: { error in
      guard case .tls(let reason)? = error as? StreamError else { return false }
      return !reason.isEmpty
    }
    await #expect(throws: StreamError.closed) { try await a.write("x", deadline: soon) }
  }

  @Test func `a peer that ends, and one that is silent, fail the handshake`() async throws {
    let client = try TestCertificates().client()
    let (a, b) = MemoryStream.pair()
    b.close()
    await #expect(throws: StreamError.self) { _ = try await client.wrap(a, hostName: "h", deadline: soon) }
    let (c, d) = MemoryStream.pair()
    d.finishWriting()
    await #expect(throws: StreamError.truncated) {
      _ = try await client.wrap(c, hostName: "h", deadline: soon)
    }
    let (e, f) = MemoryStream.pair()
    await #expect(throws: StreamError.timedOut(.handshake)) {
      _ = try await client.wrap(e, hostName: "h", deadline: .after(milliseconds: 30))
    }
    _ = f
  }

  private func pair() async throws -> (any ByteStream, any ByteStream) {
    let certificates = try TestCertificates()
    let (a, b) = try SocketStream.pair()
    let server = try certificates.server()
    async let accepted = server.wrap(b, deadline: soon)
    let upgrade = try certificates.client().upgrade(hostName: "localhost")
    return (try await upgrade(a, soon), try await accepted)
  }

  @Test func `a read that timed out or was cancelled can be repeated`() async throws {
    let (a, b) = try await pair()
    var buffer = ByteBuffer()
    for _ in 0..<3 {
      await #expect(throws: StreamError.timedOut(.read)) {
        _ = try await a.read(into: &buffer, atMost: 1, deadline: .after(milliseconds: 10))
      }
    }
    let reader = Task {
      var buffer = ByteBuffer()
      return try await a.read(into: &buffer, atMost: 1, deadline: soon)
    }
    await Task.yield()
    reader.cancel()
    await #expect(throws: StreamError.cancelled) { try await reader.value }
    try await b.write("on", deadline: soon)
    #expect(try await read(2, from: a) == Array("on".utf8))
  }

  @Test func `closing wakes who waits, and a peer that does not read makes writes time out`() async throws {
    let (a, b) = try await pair()
    let reader = Task {
      var buffer = ByteBuffer()
      return try await a.read(into: &buffer, atMost: 1, deadline: .never)
    }
    await #expect(throws: StreamError.timedOut(.write)) {
      try await a.write([UInt8](repeating: 0, count: 8 << 20), deadline: .after(milliseconds: 50))
    }
    a.close()
    await #expect(throws: StreamError.self) { try await reader.value }
    await #expect(throws: StreamError.closed) { try await a.write("x", deadline: soon) }
    // Records were cut: the other end must not take it for an orderly end.
    await #expect(throws: StreamError.truncated) { _ = try await readAll(b) }
  }

  @Test func `files that are missing or do not fit are told`() throws {
    let folder = try TemporaryFolder()
    let authority = try CertificateAuthority.create(directory: folder.path)
    let one = try authority.issue(names: ["a.test"], stem: "one")
    let two = try authority.issue(names: ["b.test"], stem: "two")
    #expect(throws: StreamError.self) {
      _ = try TLSServerContext(certificateChainFile: one.chainFile, privateKeyFile: two.keyFile)
    }
    #expect(throws: StreamError.self) {
      _ = try TLSServerContext(certificateChainFile: "\(folder.path)/none", privateKeyFile: two.keyFile)
    }
    #expect(throws: StreamError.self) { _ = try TLSClientContext(caFile: "\(folder.path)/none") }
  }

  @Test func `an authority keeps its files private, and goes on after a restart`() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/ca"
    let first = try CertificateAuthority.create(directory: path)
    #expect(throws: StreamError.system(.write, errno: EEXIST)) {
      _ = try CertificateAuthority.create(directory: path)
    }
    let files = try CertificateAuthority.load(directory: path).issue(names: ["a.test"])
    for file in [first.caFile, files.chainFile, files.keyFile, "\(path)/ca-key.pem"] {
      let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
    for names in [[], [""], ["a,b"], ["a:b"], ["a\nb"]] {
      #expect(throws: StreamError.self) { _ = try first.issue(names: names, stem: "bad") }
    }
    let server = try TLSServerContext(certificateChainFile: files.chainFile, privateKeyFile: files.keyFile)
    let (a, b) = MemoryStream.pair()
    async let accepted = server.wrap(b, deadline: soon)
    _ = try await TLSClientContext(caFile: first.caFile).wrap(a, hostName: "a.test", deadline: soon)
    _ = try await accepted
  }
}
