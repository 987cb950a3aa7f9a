import Foundation
import Sealing
import Testing

@testable import MailStore

/// The ledger of erasures as a file.
@Suite struct LedgerTests {
  static let entries: [LedgerEntry] = [
    LedgerEntry(at: .zero, tenant: TenantID(1), .mails([MailID(1), MailID(2), MailID(3), MailID(9)])),
    LedgerEntry(at: .zero, tenant: TenantID(1), .marks([Array(0..<16), Array(16..<32)])),
    LedgerEntry(at: .zero, tenant: TenantID(2), .uploads([UploadID(4)])),
    LedgerEntry(at: .zero, tenant: TenantID(2), .record(5)),
    LedgerEntry(at: .zero, tenant: TenantID(2), .mailbox(MailboxID(6))),
    LedgerEntry(at: .zero, tenant: TenantID(2), .token(TokenID(7))),
    LedgerEntry(at: .zero, tenant: TenantID(2), .webhook(WebhookID(8))),
    LedgerEntry(at: .zero, tenant: TenantID(2), .deleted([MailID(8)], since: Timestamp(milliseconds: 12))),
    LedgerEntry(at: .zero, tenant: TenantID(2), .undeleted([MailID(8)])),
    LedgerEntry(
      at: .zero, tenant: TenantID(2),
      .receipt(
        PurgeID(3),
        SignedReceipt(
          statement: "{\"a\":\"ä b\"}", keyID: "0123", signature: [UInt8](repeating: 7, count: 64)))),
    LedgerEntry(at: .zero, tenant: TenantID(2), .tenant),
  ]

  private static func withFile(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ledger-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.appending(path: "erasures.log").path)
  }

  private static func read(_ path: String, after start: LedgerPosition) throws -> [LedgerEntry] {
    var found: [LedgerEntry] = []
    try ErasureLedger.read(path: path, after: start) { found.append($0) }
    return found
  }

  @Test func `what was added is read back, from every place on, also after opening it again`() throws {
    try Self.withFile { path in
      #expect(try ErasureLedger.position(path: path) == nil)
      var places = [try ErasureLedger(path: path).position]
      for entry in Self.entries {
        let ledger = try ErasureLedger(path: path)
        #expect(ledger.position == places.last)
        try ledger.append([entry])
        places.append(ledger.position)
        #expect(try ErasureLedger.position(path: path) == ledger.position)
      }
      for (index, place) in places.enumerated() {
        #expect(try Self.read(path, after: place) == Array(Self.entries[index...]))
      }
      #expect(places.map(\.number) == Array(0...Int64(Self.entries.count)))
    }
  }

  @Test func `cut at every octet it is a ledger still, and goes on`() throws {
    try Self.withFile { path in
      let ledger = try ErasureLedger(path: path)
      let start = ledger.position
      try ledger.append(Self.entries)
      let whole = try Data(contentsOf: URL(filePath: path))
      let head = try #require(whole.firstIndex(of: 0x0A))
      for length in (head + 1)...whole.count {
        try whole.prefix(length).write(to: URL(filePath: path))
        let lines = whole.prefix(length).count { $0 == 0x0A } - 1
        #expect(try Self.read(path, after: start) == Array(Self.entries.prefix(lines)))
        let again = try ErasureLedger(path: path)
        #expect(again.position.number == Int64(lines))
        try again.append([Self.entries[0]])
        #expect(try Self.read(path, after: start) == Array(Self.entries.prefix(lines)) + [Self.entries[0]])
      }
      // Cut inside its head there was nothing in it.
      for length in 0...head {
        try whole.prefix(length).write(to: URL(filePath: path))
        #expect(try ErasureLedger(path: path).position.number == 0)
      }
    }
  }

  @Test func `a line that was changed or left out is noticed`() throws {
    try Self.withFile { path in
      let ledger = try ErasureLedger(path: path)
      let start = ledger.position
      try ledger.append(Self.entries)
      let whole = try Data(contentsOf: URL(filePath: path))
      let lines = whole.split(separator: 0x0A)
      for left in 1..<(lines.count - 1) {
        var fewer = lines
        fewer.remove(at: left)
        try Data(fewer.joined(separator: [0x0A]) + [0x0A]).write(to: URL(filePath: path))
        #expect(throws: MailStoreError.self) { try Self.read(path, after: start) }
      }
      let head = try #require(whole.firstIndex(of: 0x0A))
      for at in (head + 1)..<(whole.count - 1) {
        var changed = whole
        changed[at] ^= 1
        try changed.write(to: URL(filePath: path))
        #expect(throws: MailStoreError.self, "octet \(at)") { try Self.read(path, after: start) }
      }
    }
  }

  /// Whoever can write the file can make the chain, too.
  @Test(arguments: [
    "mails -", "mails 1-", "mails -1", "mails 1-2-3", "mails 5-1", "mails 0", "mails 1--2", "mails ,",
    "mails",
    "mails 1-9223372036854775807", "mails 99999999999999999999", "marks 00", "marks zz", "marks ,",
    "deleted x 1",
    "record", "tenant 1", "nothing 1", "receipt 1 zz k zz",
  ])
  func `a line that no ledger has is damage, and no trap`(words: String) throws {
    try Self.withFile { path in
      let ledger = try ErasureLedger(path: path)
      let start = ledger.position
      let line = "1 0 1 \(words)"
      let chain = Digest.text(Array(Digest.sha256(Array("\(start.chain) \(line)".utf8)).prefix(8)))
      var text = try String(contentsOfFile: path, encoding: .utf8)
      text += "\(line) \(chain)\n"
      try Data(text.utf8).write(to: URL(filePath: path))
      #expect(throws: MailStoreError.self) { try Self.read(path, after: start) }
    }
  }

  @Test(arguments: ["9223372036854775807", "-1", "0", "x"])
  func `a ledger whose last number cannot be counted on from is refused`(number: String) throws {
    try Self.withFile { path in
      _ = try ErasureLedger(path: path)
      var text = try String(contentsOfFile: path, encoding: .utf8)
      text += "\(number) 0 1 tenant 0123456789abcdef\n"
      try Data(text.utf8).write(to: URL(filePath: path))
      #expect(throws: MailStoreError.self) { try ErasureLedger(path: path) }
    }
  }

  @Test func `a place of another ledger, or beyond its end, is refused`() throws {
    try Self.withFile { path in
      let ledger = try ErasureLedger(path: path)
      try ledger.append([Self.entries[0]])
      let end = ledger.position
      for wrong in [
        LedgerPosition(ledger: String(repeating: "0", count: 32), number: 0, chain: end.chain),
        LedgerPosition(ledger: end.ledger, number: 2, chain: end.chain),
        LedgerPosition(ledger: end.ledger, number: 1, chain: "0123456789abcdef"),
      ] {
        #expect(throws: MailStoreError.conflict("ledger")) { try Self.read(path, after: wrong) }
      }
      #expect(try Self.read(path, after: end).isEmpty)
      try Data("something else\n".utf8).write(to: URL(filePath: path))
      #expect(throws: MailStoreError.self) { try ErasureLedger(path: path) }
      #expect(throws: MailStoreError.self) { try Self.read(path, after: end) }
    }
  }
}
