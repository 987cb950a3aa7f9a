import Bytes
import Foundation
import Sockets
import Testing

/// A server of TLS that asks its clients for certificates.
@Suite(.timeLimit(.minutes(1))) struct ClientCertificateTests {
  private static let day = 86_400

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var required = true
    /// nil shows none.
    var shown: Shown? = Shown()
    /// Why the server refuses.
    var problem: StreamError.CertificateProblem?
    var isRefused: Bool
  }

  struct Shown: Sendable {
    var validity = CertificateAuthority.Validity()
    var usage = CertificateAuthority.Usage.client
    var selfSigned = false
    var foreign = false
  }

  static let cases: [Case] = [
    Case(testDescription: "right", isRefused: false),
    Case(testDescription: "right, but not required", required: false, isRefused: false),
    Case(testDescription: "none", shown: nil, isRefused: true),
    Case(testDescription: "none, and none is required", required: false, shown: nil, isRefused: false),
    Case(
      testDescription: "expired",
      shown: Shown(validity: .init(fromSeconds: -9 * day, untilSeconds: -2 * day)), problem: .expired,
      isRefused: true),
    Case(
      testDescription: "not yet valid",
      shown: Shown(validity: .init(fromSeconds: 2 * day, untilSeconds: 9 * day)), problem: .notYetValid,
      isRefused: true),
    Case(
      testDescription: "another authority", shown: Shown(foreign: true), problem: .untrusted, isRefused: true),
    Case(
      testDescription: "self signed", shown: Shown(selfSigned: true), problem: .untrusted, isRefused: true),
    Case(testDescription: "a server's", shown: Shown(usage: .server), problem: .other, isRefused: true),
    Case(
      testDescription: "another authority, though none is required", required: false,
      shown: Shown(foreign: true), problem: .untrusted, isRefused: true),
  ]

  @Test(arguments: cases)
  func `a client's certificate is accepted only when all of it is right`(_ c: Case) async throws {
    let ours = try TestCertificates()
    let server = try ours.server(
      clients: TLSClientCertificates(caFile: ours.authority.caFile, required: c.required))
    #expect(server.requiresCertificate == c.required)
    let issuer = c.shown?.foreign == true ? try TestCertificates() : ours
    let files = try c.shown.map {
      try issuer.authority.issue(
        names: ["client.test"], validity: $0.validity, stem: "client", usage: $0.usage,
        selfSigned: $0.selfSigned)
    }
    let client = try TLSClientContext(
      caFile: ours.authority.caFile,
      identity: files.map { (certificateChainFile: $0.chainFile, privateKeyFile: $0.keyFile) })
    // Twice: nothing of the first handshake may serve the second.
    for _ in 0..<2 {
      let (a, b) = MemoryStream.pair()
      let serving = Task {
        let stream = try await server.wrap(b, deadline: soon)
        let facts = (stream.peerCertificateDigest, stream.isResumed)
        await echo(stream)
        return facts
      }
      let got: Result<[UInt8], any Error>
      do {
        let stream = try await client.wrap(a, hostName: "localhost", deadline: soon)
        // With TLS 1.3 the client is done before the server has looked.
        try await stream.write("hello", deadline: soon)
        got = .success(try await read(5, from: stream))
        stream.close()
      } catch {
        got = .failure(error)
        a.close()
      }
      guard c.isRefused else {
        #expect(try got.get() == Array("hello".utf8))
        let (digest, isResumed) = try await serving.value
        #expect(digest?.count == (c.shown == nil ? nil : 32))
        #expect(!isResumed)
        continue
      }
      #expect(throws: (any Error).self) { try got.get() }
      await #expect {
        _ = try await serving.value
      } throws: { error in
        switch (error as? StreamError, c.problem) {
        case (.certificate(let problem, let detail), let wanted?): problem == wanted && !detail.isEmpty
        case (.tls(let reason), nil): reason.contains("certificate")
        default: false
        }
      }
    }
  }

  @Test func `two certificates for one name differ in their digest`() async throws {
    let ours = try TestCertificates()
    let server = try ours.server(
      clients: TLSClientCertificates(caFile: ours.authority.caFile, required: true))
    var digests: Set<[UInt8]> = []
    for n in 0..<2 {
      let files = try ours.authority.issue(names: ["client.test"], stem: "client\(n)", usage: .client)
      let client = try TLSClientContext(
        caFile: ours.authority.caFile,
        identity: (certificateChainFile: files.chainFile, privateKeyFile: files.keyFile))
      for _ in 0..<2 {
        let (a, b) = MemoryStream.pair()
        async let accepted = server.wrap(b, deadline: soon)
        let stream = try await client.wrap(a, hostName: "localhost", deadline: soon)
        digests.insert(try #require(try await accepted.peerCertificateDigest))
        stream.close()
      }
    }
    #expect(digests.count == 2)
  }

  @Test func `files that are no authorities, revocations or keys are told by name`() throws {
    let ours = try TestCertificates()
    let bad = ours.authority.directory + "/bad.pem"
    try "nothing of use\n".write(toFile: bad, atomically: true, encoding: .utf8)
    let good = ours.authority.caFile
    let rows =
      [(bad, nil, bad), ("/none.pem", nil, "/none.pem"), (good, bad, bad)]
      as [(String, String?, String)]
    for (n, (ca, revoked, named)) in rows.enumerated() {
      #expect {
        try ours.server(
          stem: "server\(n)",
          clients: TLSClientCertificates(caFile: ca, required: true, revocationsFile: revoked))
      } throws: { error in
        guard case .tls(let words)? = error as? StreamError else { return false }
        return words.hasPrefix(named)
      }
    }
    #expect(throws: StreamError.self) {
      try TLSClientContext(identity: (certificateChainFile: good, privateKeyFile: bad))
    }
  }
}
