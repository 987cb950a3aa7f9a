import Testing

@testable import MailStore

@Suite(.timeLimit(.minutes(1))) struct ReadingTests {
  let test: TestStore
  let folder: Folder
  let second: Folder

  init() async throws {
    test = try await TestStore()
    folder = try await test.account()
    second = try await test.account("cy@acme.example")
    _ = try await test.submit(folder, "root@x")
    try await test.sync(
      folder,
      [
        .sample(1, "a@x", replyTo: ["root@x"], from: "Bob@Buyer.example"),
        .sample(2, "b@x", from: "eve@else.example"),
        .sample(3, "c@x", from: "eve@else.example"),
      ])
    try await test.sync(second, [.sample(1, "d@x", from: "eve@else.example")])
    _ = try await test.store.logMail(try await test.mail("a@x").id, raw: [1], hasAttachment: false, at: .zero)
  }

  private func found(_ change: (inout MailQuery) -> Void) async throws -> [String?] {
    var query = MailQuery()
    change(&query)
    return try await test.store.mails(query, tenant: test.tenant.id).map(\.envelope.messageID)
  }

  @Test func `mails are found by each condition and all together, newest first`() async throws {
    let inbox = folder.mailboxID
    #expect(try await found { _ in } == ["a@x", "root@x"])
    #expect(try await found { $0.loggedOnly = false } == ["d@x", "c@x", "b@x", "a@x", "root@x"])
    #expect(try await found { $0.mailbox = inbox } == ["a@x", "root@x"])
    #expect(
      try await found {
        $0.mailbox = inbox
        $0.loggedOnly = false
      } == ["c@x", "b@x", "a@x", "root@x"])
    #expect(try await found { $0.contact = "BOB@buyer.example" } == ["a@x", "root@x"])
    #expect(try await found { $0.contact = "eve@else.example" } == [])
    #expect(
      try await found {
        $0.contact = "eve@else.example"
        $0.loggedOnly = false
      } == ["d@x", "c@x", "b@x"])
    #expect(
      try await found {
        $0.contact = "eve@else.example"
        $0.loggedOnly = false
        $0.mailbox = inbox
        $0.messageID = "c@x"
      } == ["c@x"])
    #expect(try await found { $0.messageID = "a@x" } == ["a@x"])
    #expect(try await found { $0.messageID = "b@x" } == [])
    #expect(try await found { $0.messageID = "root@X" } == [])
    #expect(try await found { $0.contact = "' OR 1=1 --" } == [])
  }

  @Test func `pages follow each other without gap or repetition`() async throws {
    for contact in [nil, "ann@acme.example"] {
      var query = MailQuery()
      query.loggedOnly = false
      query.limit = 2
      query.contact = contact
      var all: [String?] = []
      while true {
        let page = try await test.store.mails(query, tenant: test.tenant.id)
        if page.isEmpty { break }
        all += page.map(\.envelope.messageID)
        query.before = page.last?.id
      }
      #expect(all == ["d@x", "c@x", "b@x", "a@x", "root@x"])
    }
    #expect(try await found { $0.limit = -5 } == [])
  }

  @Test func `a foreign tenant finds nothing`() async throws {
    let other = try await test.store.createTenant(name: "other", at: .zero)
    var query = MailQuery()
    query.loggedOnly = false
    for mailbox in [nil, folder.mailboxID] {
      for messageID in [nil, "a@x"] {
        for contact in [nil, "bob@buyer.example"] {
          (query.mailbox, query.messageID, query.contact) = (mailbox, messageID, contact)
          #expect(try await test.store.mails(query, tenant: other.id) == [])
        }
      }
    }
    let mail = try await test.mail("a@x")
    let thread = try #require(mail.threadID)
    await expect(.notFound("mail")) { try await test.store.mail(mail.id, tenant: other.id) }
    await expect(.notFound("thread")) { try await test.store.thread(thread, tenant: other.id) }
    await expect(.notFound("thread")) { try await test.store.threadMails(thread, tenant: other.id) }
    #expect(try await test.store.threads(ThreadQuery(), tenant: other.id) == [])
    #expect(try await test.store.submission(ofMail: mail.id, tenant: other.id) == nil)
  }

  @Test func `threads are found by each condition, newest mail first, and paged`() async throws {
    func found(_ change: (inout ThreadQuery) -> Void) async throws -> [String] {
      var query = ThreadQuery()
      change(&query)
      return try await test.store.threads(query, tenant: test.tenant.id).map(\.subject)
    }
    for number in 1...3 {
      try await test.sync(
        second,
        [
          .sample(
            UInt32(10 + number), "t\(number)@x", subject: "s", from: "p\(number)@else.example",
            seconds: Int64(number))
        ])
      let id = try await test.mail("t\(number)@x").id
      try await test.store.write { db, _ in
        try Query(db, "UPDATE mail SET base_subject = ? WHERE id = ?").run("Größe NUMBER \(number) 100%", id)
      }
      _ = try await test.store.track(id, tenant: test.tenant.id, at: .zero)
    }
    let numbers = (1...3).reversed().map { "Größe NUMBER \($0) 100%" }
    #expect(try await found { _ in } == numbers + ["Offer"])
    #expect(try await found { $0.contact = "P2@else.example" } == [numbers[1]])
    #expect(try await found { $0.messageID = "t1@x" } == [numbers[2]])
    #expect(try await found { $0.messageID = "T1@x" } == [])
    let inbox = folder.mailboxID
    #expect(try await found { $0.mailbox = inbox } == ["Offer"])
    #expect(try await found { $0.subject = "number grÖ" } == numbers)
    #expect(try await found { $0.subject = "  " } == numbers + ["Offer"])
    #expect(try await found { $0.subject = "% _" } == [])
    #expect(try await found { $0.subject = "2 100%" } == [numbers[1]])
    var query = ThreadQuery()
    query.limit = 1
    var paged: [String] = []
    while let thread = try await test.store.threads(query, tenant: test.tenant.id).first {
      paged.append(thread.subject)
      query.after = (thread.lastMailAt, thread.id)
    }
    #expect(paged == numbers + ["Offer"])
    let first = try #require(try await test.store.threads(ThreadQuery(), tenant: test.tenant.id).first)
    _ = try await test.store.untrack(first.id, tenant: test.tenant.id, at: .zero)
    #expect(try await found { $0.trackedOnly = true } == Array(numbers[1...]) + ["Offer"])
  }
}
