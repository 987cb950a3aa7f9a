import Bytes
import SASL
import SMTPClient
import Testing

@Suite(.timeLimit(.minutes(1))) struct AuthenticationTests {
  static let password = Credential.password(user: "alice", Secret("pencil-7"))
  static let plain = Base64.encodeString([UInt8]("\0alice\0pencil-7".utf8))

  private func run(
    _ offered: String, _ dialogue: String, _ credential: Credential = password,
    security: SMTPConnection.Security = .implicitTLS
  ) async throws {
    for apart in [false, true] {
      try await converse(greeting + "S: 250-mx\nS: 250 AUTH \(offered)\n" + dialogue, apart: apart) {
        stream in
        let connection = try await open(stream, security)
        try await connection.authenticate(credential)
      }
    }
  }

  private func error(
    _ offered: String, _ dialogue: String, _ credential: Credential = password,
    security: SMTPConnection.Security = .implicitTLS
  ) async throws -> SMTPClientError {
    try await failure(greeting + "S: 250-mx\nS: 250 AUTH \(offered)\n" + dialogue) { stream in
      let connection = try await open(stream, security)
      try await connection.authenticate(credential)
    }
  }

  @Test func `PLAIN sends its response with the command`() async throws {
    try await run("plain", "C: AUTH PLAIN \(Self.plain)\nS: 235 2.7.0 welcome")
  }

  @Test func `LOGIN waits to be asked`() async throws {
    try await run(
      "LOGIN",
      """
      C: AUTH LOGIN
      S: 334 VXNlcm5hbWU6
      C: YWxpY2U=
      S: 334 UGFzc3dvcmQ6
      C: cGVuY2lsLTc=
      S: 235 ok
      """)
  }

  @Test func `CRAM-MD5 answers the challenge of RFC 2195`() async throws {
    // RFC 2195 §2: tim, tanstaaftanstaaf.
    try await run(
      "CRAM-MD5",
      """
      C: AUTH CRAM-MD5
      S: 334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+
      C: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw
      S: 235 ok
      """, .password(user: "tim", Secret("tanstaaftanstaaf")), security: .plainForTests)
  }

  @Test func `XOAUTH2 sends the token, and an empty line to a challenge that tells of failure`() async throws
  {
    let token = Credential.bearer(user: "alice", Secret("ya29.token"))
    let response = Base64.encodeString([UInt8]("user=alice\u{1}auth=Bearer ya29.token\u{1}\u{1}".utf8))
    try await run("PLAIN XOAUTH2", "C: AUTH XOAUTH2 \(response)\nS: 235 ok", token)
    let refused = try await error(
      "XOAUTH2",
      """
      C: AUTH XOAUTH2 \(response)
      S: 334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIiwic2NvcGUiOiJtYWlsIn0=
      C:\u{20}
      S: 535 5.7.8 bad token
      """, token)
    #expect("\(refused)" == "authentication failed: 535 5.7.8")
  }

  @Test func `a response too long for a command line waits for the server's word`() async throws {
    let token = String(repeating: "t", count: 600)
    let response = Base64.encodeString([UInt8]("user=alice\u{1}auth=Bearer \(token)\u{1}\u{1}".utf8))
    try await run(
      "XOAUTH2", "C: AUTH XOAUTH2\nS: 334 \nC: \(response)\nS: 235 ok", .bearer(user: "alice", Secret(token)))
  }

  @Test func `passwords are not shown without TLS, nor for mechanisms not known`() async throws {
    for (offered, security) in [
      ("PLAIN LOGIN", SMTPConnection.Security.plainForTests), ("GSSAPI NTLM", .implicitTLS),
    ] {
      guard case .noMechanism(let list) = try await error(offered, "", security: security) else {
        Issue.record("\(offered)")
        return
      }
      #expect(list.joined(separator: " ") == offered)
    }
  }

  @Test(arguments: [
    ("S: 535 5.7.8 no: \(plain) alice pencil-7", "authentication failed: 535 5.7.8"),
    ("S: 454 4.7.0 later", "authentication failed: 454 4.7.0"), ("S: 421 pencil-7", "AUTH refused: 421"),
    ("S: 250 what", "protocol violation: AUTH answered with 250"), ("X", "connection failed: truncated"),
    ("S: 334 !!!\nC: *\nS: 501 cancelled", "protocol violation: a challenge that is not base64"),
  ])
  func `refusals are told apart, and nothing secret is in the error`(dialogue: String, wanted: String)
    async throws
  {
    let error = try await error("PLAIN", "C: AUTH PLAIN \(Self.plain)\n" + dialogue)
    #expect("\(error)" == wanted)
    #expect(!error.isAfterFinalDot)
    var shown = ""
    dump(error, to: &shown)
    switch error {
    case .authenticationFailed(let reply), .refused(_, let reply): shown += reply.text
    default: break
    }
    #expect(!shown.contains("pencil-7") && !shown.contains(Self.plain))
  }

  @Test func `SCRAM that ends without the server's proof is no success`() async throws {
    let (near, far) = MemoryStream.pair()
    let server = Task {
      defer { far.close() }
      for reply in ["220 x\r\n", "250-x\r\n250 AUTH SCRAM-SHA-256\r\n", "235 trust me\r\n"] {
        try await far.write(reply, deadline: .after(seconds: 20))
        var line = ByteBuffer()
        while line.firstIndex(of: 10) == nil {
          if try await far.read(into: &line, atMost: 1000, deadline: .after(seconds: 20)) == 0 { return }
        }
      }
    }
    do {
      let connection = try await SMTPConnection.open(
        near, security: .implicitTLS, clientName: "c.example.test", deadline: .after(seconds: 20))
      try await connection.authenticate(Self.password)
      Issue.record("no error")
    } catch {
      guard case .protocolViolation = error else {
        Issue.record("\(error)")
        return
      }
    }
    near.close()
    try await server.value
  }
}
