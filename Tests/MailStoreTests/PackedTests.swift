import GRDB
import Testing

@testable import MailStore

@Suite(.timeLimit(.minutes(1))) struct PackedTests {
  @Test(arguments: [[], [""], ["a"], ["", "b", "\u{0}\n ü"], [String(repeating: "x", count: 300)]])
  func `lists of strings come back`(_ list: [String]) throws {
    #expect(try Unpacker.strings(Packer.strings(list)) == list)
  }

  @Test func `addresses come back, with and without names, in every role`() throws {
    let roles: [AddressRole] = [.from, .sender, .replyTo, .to, .cc, .bcc]
    let list = roles.flatMap {
      [
        Address(role: $0, name: nil, email: "A@b"), Address(role: $0, name: "", email: ""),
        Address(role: $0, name: "N", email: "c"),
      ]
    }
    #expect(try Unpacker.addresses(Packer.addresses(list)) == list)
  }

  @Test func `recipients come back`() throws {
    let list = [nil, true, false].map {
      RecipientResult(email: "a@b", code: 250, text: "2.0.0 ok", accepted: $0)
    }
    #expect(try Unpacker.recipients(Packer.recipients(list)) == list)
    let negative = [RecipientResult(email: "", code: -1, text: "", accepted: nil)]
    #expect(try Unpacker.recipients(Packer.recipients(negative)).first?.code == 0)
  }

  @Test func `numbers of every length come back`() throws {
    for shift in 0..<63 {
      for value in [UInt64(1) << shift, (UInt64(1) << shift) - 1] {
        var packer = Packer()
        packer.add(value)
        var unpacker = Unpacker(packer.bytes)
        #expect(try unpacker.number() == value)
        #expect(unpacker.isAtEnd)
      }
    }
  }

  @Test func `damaged lists throw and never trap`() throws {
    let bad: [[UInt8]] = [
      [1], [0x80], [5, 65], [UInt8](repeating: 0xFF, count: 12), [0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
    ]
    for bytes in bad {
      #expect(throws: MailStoreError.self) { try Unpacker.strings(bytes) }
      #expect(throws: MailStoreError.self) { try Unpacker.addresses(bytes) }
      #expect(throws: MailStoreError.self) { try Unpacker.recipients(bytes) }
    }
    #expect(throws: MailStoreError.corrupt("an address role")) { try Unpacker.addresses([12, 0]) }
    let whole = Packer.addresses([Address(role: .to, name: "Name", email: "a@b")])
    for length in 1..<whole.count {
      #expect(throws: MailStoreError.self) { try Unpacker.addresses(Array(whole[..<length])) }
    }
  }

  @Test func `facts come back`() {
    let facts = ["state": "live", "reason": "", "a": "b=c"]
    #expect(PackedFacts.facts(PackedFacts.text(facts)) == facts)
    #expect(PackedFacts.facts("") == [:])
    #expect(PackedFacts.facts("junk  x=1") == ["x": "1"])
  }

  @Test func `values are bound as they are`() async throws {
    let queue = try DatabaseQueue()
    try queue.inDatabase { db in
      let types = try Query(
        db, "SELECT typeof(?), typeof(?), typeof(?), typeof(?), typeof(?), length(?), length(?)"
      ).first(
        "", [UInt8](), nil as String?, true, nil as Timestamp?, "a\u{0}b", [UInt8](repeating: 1, count: 3)
      ) { row in (0..<5).map { row.text($0) } + [row.text(6)] }
      #expect(types == ["text", "blob", "null", "integer", "null", "3"])
      let echo = try Query(db, "SELECT ?, ?, ?, ?").first(
        "ü\u{0}z", [0, 255] as [UInt8], Int64.min, UInt32.max
      ) {
        ($0.text(0), $0.blob(1), $0.int(2), $0.int(3))
      }
      let (text, blob, low, high) = try #require(echo)
      #expect(Array(text.utf8) == Array("ü\u{0}z".utf8))
      #expect(blob == [0, 255])
      #expect(low == .min && high == Int64(UInt32.max))
      #expect(try Query(db, "SELECT 1 WHERE 0").first { $0.int(0) } == nil)
      #expect(throws: DatabaseError.self) { try Query(db, "SELECT abs(?)").number(Int64.min) }
      #expect(throws: DatabaseError.self) { try Query(db, "SELECT ?").number(1, 2) }
      #expect(try Query(db, "SELECT abs(?)").number(Int64(-3)) == 3)
      #expect(throws: MailStoreError.corrupt("a word in MailState")) {
        try Query(db, "SELECT 'nonsense'").first { try $0.word(0, MailState.self) }
      }
    }
  }
}

@Suite(.timeLimit(.minutes(1))) struct SearchKeyTests {
  @Test func `Message-IDs are told apart by octets and bounded at both ends`() {
    #expect(SearchKeys.messageIDs(inReplyTo: ["b"], references: ["a", "b"]) == ["b", "a"])
    #expect(SearchKeys.messageIDs(inReplyTo: [], references: ["k", "\u{212A}", "K", "k"]).count == 3)
    let many = (0..<500).map { "r\($0)" }
    let kept = SearchKeys.messageIDs(inReplyTo: many, references: many)
    #expect(kept.count <= 100)
    #expect(kept.contains("r0") && kept.contains("r499"))
  }

  @Test func `addresses are in lower case, once each, never empty`() {
    let list = ["A@b", "a@B", "", "c@d"].map { Address(role: .to, name: nil, email: $0) }
    #expect(SearchKeys.emails(list) == ["a@b", "c@d"])
  }

  @Test func `names are FNV-1a`() {
    // The published test vectors.
    #expect(UInt64(bitPattern: SearchKeys.name("")) == 0xCBF2_9CE4_8422_2325)
    #expect(UInt64(bitPattern: SearchKeys.name("a")) == 0xAF63_DC4C_8601_EC8C)
    #expect(UInt64(bitPattern: SearchKeys.name("foobar")) == 0x8594_4171_F739_67E8)
  }
}
