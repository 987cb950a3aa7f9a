import Bytes
import COpenSSL
import Testing

@testable import Sockets

@Suite(.timeLimit(.minutes(1))) struct TLSEngineTests {
  /// Carries what each side has to say to the other until neither says more.
  private static func exchange(_ a: inout TLSEngine, _ b: inout TLSEngine) {
    while a.hasOutgoing || b.hasOutgoing {
      pass(from: &a, to: &b)
      pass(from: &b, to: &a)
      _ = a.handshake()
      _ = b.handshake()
    }
  }

  private static func pass(from a: inout TLSEngine, to b: inout TLSEngine) {
    var incoming = b.lendIncoming()
    incoming.append(a.takeOutgoing())
    b.giveIncoming(incoming, ended: false)
  }

  @Test func `a flood of key updates that nobody answers is cut off`() throws {
    let certificates = try TestCertificates()
    let client = try TLSClientContext(caFile: certificates.authority.caFile)
    let server = try certificates.server()
    var attacker = try TLSEngine(context: client.handle.pointer, role: .client)
    var victim = try TLSEngine(context: server.handle.pointer, role: .server)
    _ = attacker.handshake()
    Self.exchange(&attacker, &victim)
    #expect(attacker.isOpen && victim.isOpen)

    var plain = ByteBuffer()
    var failure: StreamError?
    var rounds = 0
    while failure == nil, rounds < 5_000 {
      rounds += 1
      try attacker.configure { ssl, _ in
        #expect(SSL_key_update(ssl, SSL_KEY_UPDATE_REQUESTED) == 1)
        #expect(SSL_do_handshake(ssl) == 1)
      }
      Self.pass(from: &attacker, to: &victim)
      if case .failed(let error) = victim.read(into: &plain, atMost: 100) { failure = error }
    }
    #expect(failure == .tls("the peer asks for too many key updates"))
    #expect(rounds > 100)
  }

  @Test func `one key update is answered with the next write`() throws {
    let certificates = try TestCertificates()
    let client = try TLSClientContext(caFile: certificates.authority.caFile)
    let server = try certificates.server()
    var a = try TLSEngine(context: client.handle.pointer, role: .client)
    var b = try TLSEngine(context: server.handle.pointer, role: .server)
    _ = a.handshake()
    Self.exchange(&a, &b)
    try a.configure { ssl, _ in #expect(SSL_key_update(ssl, SSL_KEY_UPDATE_REQUESTED) == 1) }
    var text = ByteBuffer("one")
    guard case .done = a.write(&text) else { throw StreamError.closed }
    Self.pass(from: &a, to: &b)
    var plain = ByteBuffer()
    guard case .moved(3) = b.read(into: &plain, atMost: 100) else { throw StreamError.closed }
    text = ByteBuffer("two")
    guard case .done = b.write(&text) else { throw StreamError.closed }
    Self.pass(from: &b, to: &a)
    guard case .moved(3) = a.read(into: &plain, atMost: 100) else { throw StreamError.closed }
    #expect(plain == ByteBuffer("onetwo"))
  }

  @Test func `plain text comes in the pieces that are asked for`() throws {
    let certificates = try TestCertificates()
    let client = try TLSClientContext(caFile: certificates.authority.caFile)
    let server = try certificates.server()
    var a = try TLSEngine(context: client.handle.pointer, role: .client)
    var b = try TLSEngine(context: server.handle.pointer, role: .server)
    _ = a.handshake()
    Self.exchange(&a, &b)
    var noise = Noise(state: 5)
    let sent = noise.bytes(50_000)
    for atMost in [1, 1000, 16 * 1024, 100_000] {
      var out = ByteBuffer(sent)
      guard case .done = a.write(&out) else { throw StreamError.closed }
      #expect(out.isEmpty)
      Self.pass(from: &a, to: &b)
      var got = ByteBuffer()
      while got.count < sent.count {
        guard case .moved(let n) = b.read(into: &got, atMost: atMost) else { throw StreamError.closed }
        #expect((1...atMost).contains(n))
      }
      #expect(got.bytes == sent)
      guard case .needsInput = b.read(into: &got, atMost: atMost) else { throw StreamError.closed }
    }
  }
}
