import MIME
import MailStore
import Testing

@testable import MailEngine

@Suite("Mails taken for sending")
struct OutboxTests {
  static func request(_ change: (inout SendRequest) -> Void = { _ in }) -> SendRequest {
    var request = SendRequest(
      mailboxID: MailboxID(1), tenantID: TenantID(1),
      to: [MailAddress(name: "Dana", email: "dana@customer.example")],
      subject: "Offer", text: "Hello")
    change(&request)
    return request
  }

  @Test(arguments: [
    "dana", "@customer.example", "dana@", "a b@x.test", "a@x.test\r\nRCPT TO:<evil@x.test>",
    "a@x.test,b@x.test", "<a@x.test>",
    "a\u{0}@x.test", String(repeating: "a", count: 250) + "@x.test",
  ])
  func `What is not one address is refused`(email: String) {
    #expect(throws: EngineError.self) { try Outbox.check(MailAddress(email: email), "to") }
  }

  @Test(arguments: ["a@x.test", "dana.o'neil+tag@customer.example", "\"q\"@x.test", "jürgen@bücher.example"])
  func `What may be an address is taken`(email: String) throws {
    try Outbox.check(MailAddress(email: email), "to")
  }

  @Test func `A name on two lines is refused`() {
    #expect(throws: EngineError.self) {
      try Outbox.check(MailAddress(name: "a\r\nBcc: x@y.z", email: "a@x.test"), "to")
    }
  }

  @Test func `Everybody gets it once`() {
    let request = Self.request {
      $0.cc = [MailAddress(email: "DANA@customer.example"), MailAddress(email: "b@x.test")]
      $0.bcc = [MailAddress(email: "c@x.test"), MailAddress(email: "b@x.test")]
    }
    #expect(Outbox.recipients(request) == ["dana@customer.example", "b@x.test", "c@x.test"])
  }

  @Test func `Every parameter changes the fingerprint, the key does not`() {
    let base = Self.request().fingerprint
    #expect(base == Self.request { $0.idempotencyKey = "k" }.fingerprint)
    let changes: [(inout SendRequest) -> Void] = [
      { $0.mailboxID = MailboxID(2) }, { $0.to[0].name = "Dan" }, { $0.to[0].email = "d@x.test" },
      { $0.cc = $0.to }, { $0.bcc = $0.to }, { $0.replyTo = $0.to }, { $0.subject = "Offer " },
      { $0.text = "Hello " },
      { $0.text = nil }, { $0.html = "Hello" }, { $0.html = "" }, { $0.inReplyTo = MailID(1) },
      { $0.track = false },
      { $0.origin = .sequence }, { $0.from = MailAddress(email: "a@x.test") },
      { $0.from = MailAddress(name: "A", email: "a@x.test") }, { $0.wantsReports = true },
      { $0.sendAt = Timestamp(milliseconds: 5) }, { $0.fromName = "A" },
      { $0.attachments = [.inline(OutgoingAttachment(name: "a", type: "text/plain", content: [1]))] },
    ]
    var seen: Set<[UInt8]> = [base]
    for change in changes { #expect(seen.insert(Self.request(change).fingerprint).inserted) }
  }

  static func envelope(_ id: String?, _ references: [String], inReplyTo: [String] = []) -> MailEnvelope {
    MailEnvelope(
      identity: [], messageID: id, inReplyTo: inReplyTo, references: references, subject: "Re: Offer",
      baseSubject: "Offer",
      addresses: [], sentAt: nil, size: 0, isAutoReply: false, isBounce: false)
  }

  @Test func `A reply names the mail and those before it`() throws {
    let chain = try Outbox.Chain(replyingTo: Self.envelope("c@x", ["a@x", "b@x"]))
    #expect(chain.inReplyTo.map(\.text) == ["c@x"])
    #expect(chain.references.map(\.text) == ["a@x", "b@x", "c@x"])
    #expect(chain.subject == "Re: Offer")
    // Without References its In-Reply-To stands in (RFC 5322 §3.6.4).
    let short = try Outbox.Chain(replyingTo: Self.envelope("c@x", [], inReplyTo: ["a@x"]))
    #expect(short.references.map(\.text) == ["a@x", "c@x"])
    let long = try Outbox.Chain(replyingTo: Self.envelope("last@x", (0..<100).map { "\($0)@x" }))
    #expect(long.references.count == Outbox.Chain.referencesMax)
    #expect(long.references.first?.text == "0@x")
    #expect(long.references.suffix(2).map(\.text) == ["99@x", "last@x"])
  }

  @Test func `What has no Message-ID cannot be replied to`() {
    #expect(throws: EngineError.self) { try Outbox.Chain(replyingTo: Self.envelope(nil, [])) }
    #expect(throws: EngineError.self) { try Outbox.Chain(replyingTo: Self.envelope("a b", [])) }
  }
}
