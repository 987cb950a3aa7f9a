import Bytes
import IMAPClient
import SASL
import Testing

@Suite(.timeLimit(.minutes(1))) struct AuthenticateTests {
  static let alice = Credential.password(user: "alice", Secret("hunter2"))
  static let token = Credential.bearer(user: "alice", Secret("tok"))

  static func greeting(_ capabilities: String, _ rest: String) -> Script {
    Script("S: * OK [CAPABILITY IMAP4rev1 \(capabilities)] hi\n" + rest)
  }

  static let good: [(Script, Credential)] = [
    // Initial response in the line, capabilities in the answer.
    (
      greeting(
        "SASL-IR AUTH=PLAIN AUTH=LOGIN",
        "C: P1 AUTHENTICATE PLAIN AGFsaWNlAGh1bnRlcjI=\nS: P1 OK [CAPABILITY IMAP4rev1 IDLE] in"), alice
    ),
    // Asked for by an empty challenge; capabilities asked for.
    (
      greeting(
        "AUTH=PLAIN",
        "C: P1 AUTHENTICATE PLAIN\nS: + \nC: AGFsaWNlAGh1bnRlcjI=\nS: P1 OK in\nC: P2 CAPABILITY\n"
          + "S: * CAPABILITY IMAP4rev1 IDLE\nS: P2 OK"), alice
    ),
    // Exchange sends "+" alone. Gmail tells capabilities before the answer.
    (
      greeting(
        "AUTH=PLAIN",
        "C: P1 AUTHENTICATE PLAIN\nS: +\nC: AGFsaWNlAGh1bnRlcjI=\nS: * CAPABILITY IMAP4rev1 IDLE\n"
          + "S: P1 OK alice authenticated (Success)"), alice
    ),
    (
      greeting(
        "AUTH=LOGIN SASL-IR",
        "C: P1 AUTHENTICATE LOGIN\nS: + VXNlcm5hbWU6\nC: YWxpY2U=\nS: + UGFzc3dvcmQ6\nC: aHVudGVyMg==\n"
          + "S: P1 OK [CAPABILITY IMAP4rev1 IDLE] in"), alice
    ),
    (
      greeting(
        "AUTH=LOGIN",
        "C: P1 AUTHENTICATE LOGIN\nS: + Username:\nC: YWxpY2U=\nS: + Password:\nC: aHVudGVyMg==\n"
          + "S: P1 OK [CAPABILITY IMAP4rev1 IDLE] in"), alice
    ),
    // No mechanism: the LOGIN command.
    (greeting("", "C: P1 LOGIN \"alice\" \"hunter2\"\nS: P1 OK [CAPABILITY IMAP4rev1 IDLE] in"), alice),
    // BAD: what is offered is not done.
    (
      greeting(
        "SASL-IR AUTH=PLAIN",
        "C: P1 AUTHENTICATE PLAIN AGFsaWNlAGh1bnRlcjI=\nS: P1 BAD what\nC: P2 LOGIN \"alice\" \"hunter2\"\n"
          + "S: P2 OK [CAPABILITY IMAP4rev1 IDLE] in"), alice
    ),
    (
      greeting(
        "SASL-IR AUTH=PLAIN AUTH=XOAUTH2",
        "C: P1 AUTHENTICATE XOAUTH2 dXNlcj1hbGljZQFhdXRoPUJlYXJlciB0b2sBAQ==\n"
          + "S: P1 OK [CAPABILITY IMAP4rev1 IDLE] in"), token
    ),
    (
      greeting(
        "AUTH=CRAM-MD5 LOGINDISABLED",
        "C: P1 AUTHENTICATE CRAM-MD5\nS: + PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\n"
          + "C: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw\nS: P1 OK [CAPABILITY IMAP4rev1 IDLE] in"),
      .password(user: "tim", Secret("tanstaaftanstaaf"))
    ),
    // A password that needs a literal.
    (
      greeting("", "C: P1 LOGIN \"alice\" {4}\nS: + go\nC: pé1\nS: P1 OK [CAPABILITY IMAP4rev1 IDLE] in"),
      .password(user: "alice", Secret("pé1"))
    ),
  ]

  @Test(arguments: good.indices)
  func `logs in`(row: Int) async throws {
    let (script, credential) = Self.good[row]
    try await converse(script) {
      try await $0.authenticate(credential)
      #expect($0.isAuthenticated)
      #expect($0.capabilities == ["IMAP4REV1", "IDLE"])
    }
  }

  static let plain = "C: P1 AUTHENTICATE PLAIN AGFsaWNlAGh1bnRlcjI=\n"

  static let bad: [(Script, Credential, IMAPClientError)] = [
    (
      greeting("SASL-IR AUTH=PLAIN", plain + "S: P1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)"),
      alice,
      .authenticationFailed(code: "AUTHENTICATIONFAILED", text: "Invalid credentials (Failure)")
    ),
    // A referral is reported, never followed (A5).
    (
      greeting("SASL-IR AUTH=PLAIN", plain + "S: P1 NO [REFERRAL imap://evil.example/] there"), alice,
      .authenticationFailed(code: "REFERRAL", text: "there")
    ),
    // Nobody looked at the password.
    (
      greeting("SASL-IR AUTH=PLAIN", plain + "S: P1 NO [UNAVAILABLE] later"), alice,
      .refused(command: "AUTHENTICATE PLAIN", status: .no, code: "UNAVAILABLE", text: "later")
    ),
    (
      greeting("SASL-IR AUTH=PLAIN", plain + "S: P1 NO [ALERT] Too many simultaneous connections. (Failure)"),
      alice,
      .refused(
        command: "AUTHENTICATE PLAIN", status: .no, code: "ALERT",
        text: "Too many simultaneous connections. (Failure)")
    ),
    (
      greeting(
        "SASL-IR AUTH=PLAIN LOGINDISABLED",
        plain + "S: P1 BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds"), alice,
      .refused(
        command: "AUTHENTICATE PLAIN", status: .bad, code: nil,
        text: "Request is throttled. Suggested Backoff Time: 92415 milliseconds")
    ),
    // The server repeats the password, as it is or in base64.
    (
      greeting("SASL-IR AUTH=PLAIN", plain + "S: P1 NO wrong: hunter2"), alice,
      .authenticationFailed(code: nil, text: "<redacted>")
    ),
    (
      greeting("SASL-IR AUTH=PLAIN", plain + "S: P1 NO wrong: AGFsaWNlAGh1bnRlcjI="), alice,
      .authenticationFailed(code: nil, text: "<redacted>")
    ),
    (
      greeting("", "C: P1 LOGIN \"alice\" \"hunter2\"\nS: P1 NO no"), alice,
      .authenticationFailed(code: nil, text: "no")
    ),
    // A6: nothing that may be used.
    (greeting("LOGINDISABLED AUTH=GSSAPI", ""), alice, .noMechanism(offered: ["GSSAPI"])),
    (greeting("AUTH=PLAIN AUTH=LOGIN", ""), token, .noMechanism(offered: ["LOGIN", "PLAIN"])),
    (
      greeting("AUTH=XOAUTH2 LOGINDISABLED AUTH=OAUTHBEARER", ""), alice,
      .noMechanism(offered: ["OAUTHBEARER", "XOAUTH2"])
    ),
    // A token that has expired: the reason comes as a challenge.
    (
      greeting(
        "SASL-IR AUTH=XOAUTH2",
        "C: P1 AUTHENTICATE XOAUTH2 dXNlcj1hbGljZQFhdXRoPUJlYXJlciB0b2sBAQ==\n"
          + "S: + eyJzdGF0dXMiOiI0MDEifQ==\nC: \n"
          + "S: P1 NO [AUTHENTICATIONFAILED] expired"), token,
      .authenticationFailed(code: "AUTHENTICATIONFAILED", text: "expired")
    ),
    (
      greeting(
        "SASL-IR AUTH=OAUTHBEARER",
        "C: P1 AUTHENTICATE OAUTHBEARER bixhPWFsaWNlLAFhdXRoPUJlYXJlciB0b2sBAQ==\n"
          + "S: + eyJzdGF0dXMiOiI0MDEifQ==\n"
          + "C: AQ==\nS: P1 NO expired"), token, .authenticationFailed(code: nil, text: "expired")
    ),
    // Broken exchanges are called off.
    (
      greeting("SASL-IR AUTH=PLAIN", plain + "S: + ???\nC: *\nS: P1 BAD off"), alice,
      .sasl(.challengeMalformed(.plain, reason: "not base64"))
    ),
    (
      greeting("SASL-IR AUTH=PLAIN", plain + "S: + AAAA\nC: *\nS: P1 BAD off"), alice,
      .sasl(.challengeUnexpected(.plain))
    ),
    (
      greeting("AUTH=PLAIN", "C: P1 AUTHENTICATE PLAIN\nS: P1 OK in"), alice,
      .sasl(.serverNotVerified(.plain))
    ),
    (
      greeting("SASL-IR AUTH=PLAIN", plain + "S: * BYE shutting down"), alice,
      .refused(command: "AUTHENTICATE PLAIN", status: .bye, code: nil, text: "shutting down")
    ),
    (
      greeting("SASL-IR AUTH=PLAIN", ""), .password(user: "a\r\nP9 LOGOUT", Secret("x")),
      .invalidArgument("user holds octets that cannot be sent")
    ),
    (greeting("", ""), .password(user: "a", Secret("\u{0}")), .invalidArgument("NUL")),
  ]

  @Test(arguments: bad.indices)
  func `does not log in`(row: Int) async throws {
    let (script, credential, expected) = Self.bad[row]
    try await converse(script) { connection in
      await #expect(throws: expected) { try await connection.authenticate(credential) }
      #expect(!connection.isAuthenticated)
      #expect(connection.isClosed == expected.endsConnection)
      if !connection.isClosed { #expect(connection.capabilities.contains("IMAP4REV1")) }
    }
  }

  @Test func `a second try is possible after a wrong password`() async throws {
    let script = Self.greeting(
      "SASL-IR AUTH=PLAIN",
      "C: P1 AUTHENTICATE PLAIN AGFsaWNlAHg=\nS: P1 NO no\nC: P2 AUTHENTICATE PLAIN AGFsaWNlAGh1bnRlcjI=\n"
        + "S: P2 OK [CAPABILITY IMAP4rev1] in")
    try await converse(script) { connection in
      await #expect(throws: IMAPClientError.authenticationFailed(code: nil, text: "no")) {
        try await connection.authenticate(.password(user: "alice", Secret("x")))
      }
      try await connection.authenticate(Self.alice)
    }
  }

  /// A server that accepts without the proof that it knows the password is not believed.
  @Test func `SCRAM without the server's signature is no login`() async throws {
    let (client, server) = MemoryStream.pair()
    async let played: Void = {
      var input = ByteBuffer()
      try? await server.write("* OK [CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256] hi\r\n", deadline: .never)
      _ = await Script.readLine(server, &input)
      try? await server.write("+ \r\n", deadline: .never)
      let first = await Script.readLine(server, &input).flatMap { Base64.decode($0.utf8) } ?? []
      let nonce = first.drop { $0 != 0x2C }.dropFirst(2).drop { $0 != 0x2C }.dropFirst()
      let challenge = Array(nonce) + Array("X,s=QSXC,i=4096".utf8)
      try? await server.write("+ \(Base64.encodeString(challenge))\r\n", deadline: .never)
      _ = await Script.readLine(server, &input)
      try? await server.write("P1 OK welcome\r\n", deadline: .never)
      _ = await Script.readLine(server, &input)
      server.close()
    }()
    let connection = try await IMAPConnection.open(
      client, security: .plainForTests, deadline: .after(seconds: 20))
    await #expect(throws: IMAPClientError.sasl(.serverNotVerified(.scramSHA256))) {
      try await connection.authenticate(Self.alice)
    }
    #expect(connection.isClosed)
    await played
  }
}
