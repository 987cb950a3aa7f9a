import Sealing
import Testing

@testable import MailStore

@Suite(.timeLimit(.minutes(1))) struct ReceiptTests {
  let test: TestStore
  let folder: Folder

  init() async throws {
    test = try await TestStore()
    folder = try await test.account()
    try await test.sync(folder, [.sample(1, "a@x", seconds: 10)])
  }

  private func erase(by name: String = "crm") async throws -> Purge {
    let started = Timestamp(milliseconds: 1_741_158_765_031)
    let purge = try await test.store.beginPurge(
      .olderThan(.zero.adding(seconds: 1000)), tenant: test.tenant.id, by: name, at: started)
    #expect(purge.signed == nil)
    while try await test.store.purgeStep(purge.id, rows: 10).more {}
    return try await test.store.finishPurge(purge.id, at: Timestamp(milliseconds: 1_741_158_766_200))
  }

  @Test func `a receipt is signed when it is done, in a form that is the same for everybody`() async throws {
    let done = try await erase()
    let signed = try #require(done.signed)
    let key = test.store.receiptVerifyingKey
    #expect(done.counts.mails == 1)
    #expect(
      signed.statement == """
        {"counts":{"bodies":0,"mailboxes":0,"mails":1,"octets":0,"submissions":0,"threads":0,"uploads":0},\
        "finishedAt":"2025-03-05T07:12:46.200Z","id":"\(done.id.text)","kind":"age","logTruncated":true,\
        "remaining":0,"requestedBy":"crm","startedAt":"2025-03-05T07:12:45.031Z",\
        "tenantId":"\(test.tenant.id.text)","type":"postroom.receipt.v1"}
        """)
    #expect(signed.keyID == key.id)
    #expect(key.verify(signed.signature, of: Array(signed.statement.utf8)))
    #expect(!key.verify(signed.signature, of: Array(signed.statement.replacing("crm", with: "crn").utf8)))
  }

  @Test(arguments: [
    ("ü €😀/</", "ü €😀/</"), ("\"\\", #"\"\\"#), ("\n\t\u{8}\u{c}\r", #"\n\t\b\f\r"#),
    ("\u{1}\u{1f}\u{7f}", "\\u0001\\u001f\u{7f}"),
  ]) func `names are written as RFC 8785 says`(name: String, written: String) async throws {
    let statement = try #require(try await erase(by: name).signed).statement
    #expect(statement.contains(#""requestedBy":"\#(written)","startedAt""#))
  }

  @Test func `receipts keep their signature, and the server its key`() async throws {
    let done = try await erase()
    let key = test.store.receiptVerifyingKey
    try await test.reopen()
    #expect(test.store.receiptVerifyingKey == key)
    #expect(try await test.store.purge(done.id, tenant: test.tenant.id) == done)
    // What somebody writes into the database afterwards is not what was signed.
    try await test.store.write { db, _ in try Query(db, "UPDATE purge SET mails = 7").run() }
    let changed = try await test.store.purge(done.id, tenant: test.tenant.id)
    #expect(changed.counts.mails == 7 && changed.signed == done.signed)
  }
}
