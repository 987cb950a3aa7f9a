import Bytes
import IMAPClient
import IMAPCodec
import Testing

@Suite(.timeLimit(.minutes(1))) struct PartTests {
  static func part(_ capabilities: String, _ rest: String, _ path: [UInt32] = [1, 2]) async throws
    -> FetchedPart?
  {
    try await converse(selected(capabilities, rest)) {
      _ = try await $0.select(.inbox, readOnly: false)
      return try await $0.fetchPart(UID(7), path)
    }.result
  }

  static let binary = "C: P2 UID FETCH 7 (UID BINARY.PEEK[1.2])\n"
  static let plain = "UID FETCH 7 (UID BODY.PEEK[1.2.MIME] BODY.PEEK[1.2])\n"

  @Test func `with BINARY the server decodes`() async throws {
    let part = try await Self.part(
      "BINARY", Self.binary + "S: * 3 FETCH (UID 7 BINARY[1.2] ~{3}\nS: a\u{0}b)\nS: P2 OK")
    #expect(part == FetchedPart(form: .decoded, octets: [0x61, 0, 0x62]))
  }

  @Test(arguments: ["NO [UNKNOWN-CTE] cannot", "NO no", "BAD no"])
  func `where it cannot, the part comes as it stands`(answer: String) async throws {
    let part = try await Self.part(
      "BINARY",
      Self.binary
        + "S: P2 \(answer)\nC: P3 \(Self.plain)S: * 3 FETCH (UID 7 BODY[1.2.MIME] \"A: b\" BODY[1.2] \"eA==\")\nS: P3 OK"
    )
    #expect(part == FetchedPart(form: .encoded(header: Array("A: b".utf8)), octets: Array("eA==".utf8)))
  }

  @Test func `without BINARY likewise`() async throws {
    let part = try await Self.part(
      "",
      "C: P2 \(Self.plain)S: * 4 FETCH (UID 8 FLAGS (\\Seen))\nS: * 3 FETCH (UID 7 BODY[1.2] {4}\nS: eA== BODY[1.2.MIME] NIL)\nS: P2 OK"
    )
    #expect(part == FetchedPart(form: .encoded(header: nil), octets: Array("eA==".utf8)))
  }

  @Test(arguments: [
    "", "S: * 3 FETCH (UID 7 BODY[1.2.MIME] NIL BODY[1.2] NIL)\n", "S: * 3 FETCH (UID 8 BODY[1.2] \"x\")\n",
  ])
  func `what is not there is nothing`(answer: String) async throws {
    #expect(try await Self.part("", "C: P2 \(Self.plain)\(answer)S: P2 OK") == nil)
    #expect(try await Self.part("BINARY", Self.binary + "S: P2 OK") == nil)
  }

  @Test func `what is refused is told, and no path is no part`() async throws {
    await #expect(throws: IMAPClientError.refused(command: "UID FETCH", status: .no, code: nil, text: "no")) {
      _ = try await Self.part("", "C: P2 \(Self.plain)S: P2 NO no")
    }
    await #expect(throws: IMAPClientError.invalidArgument("not a section")) {
      _ = try await Self.part("", "", [])
    }
  }
}
