import Bytes
import SASL
import Testing

@Suite(.timeLimit(.minutes(1))) struct SASLTests {
  static func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

  static func client(
    _ mechanism: SASLMechanism, _ credential: Credential, nonce: String = ""
  ) throws -> SASLClient {
    try SASLClient(mechanism: mechanism, credential: credential, nonce: Array(nonce.utf8))
  }

  @Test func `PLAIN, as in RFC 4616`() throws {
    var client = try Self.client(.plain, .password(user: "tim", Secret("tanstaaftanstaaf")))
    #expect(!client.isComplete)
    #expect(Self.text(try client.initialResponse()) == "\u{0}tim\u{0}tanstaaftanstaaf")
    #expect(client.isComplete)
    #expect(throws: SASLError.challengeUnexpected(.plain)) { _ = try client.respond(to: []) }
    #expect(throws: SASLError.challengeUnexpected(.plain)) { _ = try client.initialResponse() }
  }

  @Test func `LOGIN gives name and password as asked`() throws {
    var client = try Self.client(.login, .password(user: "tim", Secret("pw")))
    #expect(try client.initialResponse() == nil)
    #expect(Self.text(try client.respond(to: Array("User Name\u{0}".utf8))) == "tim")
    #expect(!client.isComplete)
    #expect(Self.text(try client.respond(to: Array("Password\u{0}".utf8))) == "pw")
    #expect(client.isComplete)
    #expect(throws: SASLError.challengeUnexpected(.login)) { _ = try client.respond(to: []) }
  }

  @Test func `CRAM-MD5, as in RFC 2195`() throws {
    var client = try Self.client(.cramMD5, .password(user: "tim", Secret("tanstaaftanstaaf")))
    #expect(try client.initialResponse() == nil)
    let answer = try client.respond(to: Array("<1896.697170952@postoffice.reston.mci.net>".utf8))
    #expect(Self.text(answer) == "tim b913a602c7eda7a495b4e6e7334d3890")
    #expect(client.isComplete)
  }

  @Test(arguments: [
    (
      SASLMechanism.scramSHA1, "fyko+d2lbbFgONRv9qkxdawL", "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
      "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
      "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
      "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="
    ),
    (
      .scramSHA256, "rOprNGfwEbeRWgbNEkqO", "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
      "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
      "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
        + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
      "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
    ),
  ])
  func `SCRAM, as in RFC 5802 and RFC 7677`(
    mechanism: SASLMechanism, nonce: String, first: String, challenge: String, proof: String, final: String
  ) throws {
    let credential = Credential.password(user: "user", Secret("pencil"))
    var client = try Self.client(mechanism, credential, nonce: nonce)
    #expect(Self.text(try client.initialResponse()) == first)
    #expect(Self.text(try client.respond(to: Array(challenge.utf8))) == proof)
    #expect(!client.isComplete)
    var deceived = client
    #expect(try client.respond(to: Array(final.utf8)) == [])
    #expect(client.isComplete)
    #expect(throws: SASLError.challengeUnexpected(mechanism)) { _ = try client.respond(to: []) }
    var wrong = Array(final.utf8)
    wrong[4] ^= 1
    #expect(throws: SASLError.serverNotVerified(mechanism)) { _ = try deceived.respond(to: wrong) }
    #expect(!deceived.isComplete)
  }

  @Test(arguments: [
    "", "r=abcX", "r=abcX,s=QSXC", "r=xyzX,s=QSXC,i=4096", "r=abc,s=QSXC,i=4096", "r=abcX,s=,i=4096",
    "r=abcX,s=!!!!,i=4096", "r=abcX,s=QSXC,i=", "r=abcX,s=QSXC,i=-1", "r=abcX,s=QSXC,i=x",
    "m=ext,r=abcX,s=QSXC,i=4096",
    "s=QSXC,r=abcX,i=4096", "r=abcX\u{1},s=QSXC,i=4096", "r=abcX,s=QSXC,i=99999999999999999999",
    "r=abc" + String(repeating: "X", count: 5000) + ",s=QSXC,i=4096",
  ])
  func `SCRAM refuses a challenge that is none`(challenge: String) throws {
    var client = try Self.client(.scramSHA256, .password(user: "u", Secret("p")), nonce: "abc")
    _ = try client.initialResponse()
    #expect {
      _ = try client.respond(to: Array(challenge.utf8))
    } throws: {
      if case SASLError.challengeMalformed(.scramSHA256, _) = $0 { true } else { false }
    }
  }

  @Test(arguments: [1, 4095, 600_001, UInt64.max])
  func `SCRAM does neither too few rounds nor too many`(rounds: UInt64) throws {
    var client = try Self.client(.scramSHA1, .password(user: "u", Secret("p")), nonce: "abc")
    _ = try client.initialResponse()
    #expect(throws: SASLError.iterationCount(rounds, allowed: 4096...600_000)) {
      _ = try client.respond(to: Array("r=abcX,s=QSXC,i=\(rounds)".utf8))
    }
  }

  @Test(arguments: [
    ("e=invalid-proof", SASLError.refused(.scramSHA1, reason: "invalid-proof")),
    ("", .challengeMalformed(.scramSHA1, reason: "no server signature")),
    ("v=", .serverNotVerified(.scramSHA1)), ("v=AAAA", .serverNotVerified(.scramSHA1)),
    ("v=!", .challengeMalformed(.scramSHA1, reason: "no server signature")),
  ])
  func `SCRAM believes only the right signature`(final: String, error: SASLError) throws {
    var client = try Self.client(.scramSHA1, .password(user: "u", Secret("p")), nonce: "abc")
    _ = try client.initialResponse()
    _ = try client.respond(to: Array("r=abcX,s=QSXC,i=4096".utf8))
    #expect(throws: error) { _ = try client.respond(to: Array(final.utf8)) }
    #expect(!client.isComplete)
  }

  @Test func `SCRAM writes names so that they cannot be taken for fields`() throws {
    var client = try Self.client(.scramSHA1, .password(user: "a=b,c", Secret("p")), nonce: "abc")
    #expect(Self.text(try client.initialResponse()) == "n,,n=a=3Db=2Cc,r=abc")
  }

  @Test func `nonces are long and never the same`() throws {
    var seen = Set<[UInt8]>()
    for _ in 0..<50 {
      var client = try SASLClient(mechanism: .scramSHA256, credential: .password(user: "u", Secret("p")))
      seen.insert(try #require(try client.initialResponse()))
    }
    #expect(seen.count == 50)
    #expect(seen.allSatisfy { $0.count == "n,,n=u,r=".utf8.count + 32 })
  }

  @Test func `XOAUTH2, as Google writes it`() throws {
    let credential = Credential.bearer(
      user: "someuser@example.com", Secret("ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"))
    var client = try Self.client(.xoauth2, credential)
    #expect(
      Base64.encodeString(try #require(try client.initialResponse()))
        == "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ=="
    )
    #expect(client.isComplete)
    #expect(try client.respond(to: Array("{\"status\":\"401\"}\n".utf8)) == [])
    #expect(client.bearerProblem == "{\"status\":\"401\"}?")
  }

  @Test func `OAUTHBEARER, as in RFC 7628, answers an error with one octet`() throws {
    var client = try Self.client(.oauthBearer, .bearer(user: "u,=@example.com", Secret("vF9dft4q")))
    #expect(
      Self.text(try client.initialResponse()) == "n,a=u=2C=3D@example.com,\u{1}auth=Bearer vF9dft4q\u{1}\u{1}"
    )
    #expect(try client.respond(to: Array("{\"status\":\"invalid_token\"}".utf8)) == [1])
    #expect(client.isComplete)
    #expect(throws: SASLError.challengeUnexpected(.oauthBearer)) {
      _ = try client.respond(to: [])
    }
  }

  @Test func `a credential goes only where it belongs`() {
    for mechanism in SASLMechanism.allCases {
      let wrong: Credential =
        mechanism.isForBearer ? .password(user: "u", Secret("p")) : .bearer(user: "u", Secret("t"))
      #expect(throws: SASLError.credentialUnsuitable(mechanism)) {
        _ = try SASLClient(mechanism: mechanism, credential: wrong)
      }
    }
  }

  @Test(arguments: SASLMechanism.allCases)
  func `control characters and empty fields are refused`(mechanism: SASLMechanism) {
    func credential(_ user: String, _ secret: String) -> Credential {
      mechanism.isForBearer ? .bearer(user: user, Secret(secret)) : .password(user: user, Secret(secret))
    }
    for user in ["", "a\u{0}b", "a\u{1}b", "a\r\nb", "\u{7F}"] {
      #expect(throws: SASLError.credentialInvalid(field: "user")) {
        _ = try SASLClient(mechanism: mechanism, credential: credential(user, "p"))
      }
    }
    for secret in ["", "a\u{0}b", "a\u{1}b", "a\nb"] {
      #expect(throws: SASLError.credentialInvalid(field: "secret")) {
        _ = try SASLClient(mechanism: mechanism, credential: credential("u", secret))
      }
    }
  }

  static let password = Credential.password(user: "u", Secret("p"))
  static let bearer = Credential.bearer(user: "u", Secret("t"))

  @Test(
    arguments: [
      (["PLAIN", "LOGIN"], true, true, SASLMechanism.plain), (["LOGIN"], true, true, .login),
      (["plain", "scram-sha-1", "SCRAM-SHA-256"], true, true, .scramSHA256),
      (["PLAIN", "SCRAM-SHA-1"], true, true, .scramSHA1),
      (["PLAIN", "CRAM-MD5"], true, true, .plain), (["PLAIN", "CRAM-MD5"], true, false, .cramMD5),
      (["PLAIN", "LOGIN"], true, false, nil), (["XOAUTH2", "OAUTHBEARER"], true, true, nil),
      ([], true, true, nil),
      (["PLAIN", "XOAUTH2"], false, true, .xoauth2), (["OAUTHBEARER"], false, true, .oauthBearer),
      (["XOAUTH2"], false, false, nil), (["PLAIN"], false, true, nil),
      (["PLAIN-CLIENTTOKEN", "XOAUTH"], true, true, nil),
    ] as [([String], Bool, Bool, SASLMechanism?)])
  func `the best mechanism that may be used is chosen`(
    offered: [String], isPassword: Bool, encrypted: Bool, expected: SASLMechanism?
  ) {
    let credential = isPassword ? Self.password : Self.bearer
    #expect(SASLClient.choose(offered: offered, credential: credential, encrypted: encrypted) == expected)
  }

  @Test func `nothing prints a secret`() throws {
    let secret = Secret("hunter2")
    let credential = Credential.password(user: "u", secret)
    var dumped = ""
    dump(credential, to: &dumped)
    let client = try SASLClient(mechanism: .login, credential: credential)
    dump(client, to: &dumped)
    var scram = try SASLClient(mechanism: .scramSHA256, credential: credential)
    _ = try scram.initialResponse()
    dump(scram, to: &dumped)
    let texts = [
      "\(secret)", String(reflecting: secret), "\(credential)", String(reflecting: credential), "\(client)",
      dumped,
    ]
    for text in texts { #expect(!text.contains("hunter2")) }
    #expect(secret.withBytes { $0 } == Array("hunter2".utf8))
    #expect(!secret.isEmpty && Secret("").isEmpty)
  }
}
