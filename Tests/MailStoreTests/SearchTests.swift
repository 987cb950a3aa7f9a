import Glibc
import Testing

@testable import MailStore

@Suite("Searching", .timeLimit(.minutes(2))) struct SearchTests {
  /// What the engine does, with texts given here by Message-ID.
  static func index(_ test: TestStore, _ texts: [String: [String]] = [:], limit: Int = 7) async throws {
    for _ in 0..<1000 {
      let work = try await test.store.searchWork(limit: limit)
      if work.isNothing { return }
      let entries = work.jobs.map { job in
        SearchEntry(
          job, texts: job.level == .full ? texts[job.mail.envelope.messageID ?? ""] ?? [] : [])
      }
      try await test.store.index(entries, of: work)
    }
    Issue.record("indexing has no end")
  }

  static func level(_ level: SearchLevel, _ test: TestStore, _ tenant: TenantID? = nil) async throws {
    let tenant = tenant ?? test.tenant.id
    var settings = try await test.store.settings(of: tenant)
    settings.search = level
    try await test.store.setSettings(settings, of: tenant)
  }

  /// Message-IDs that a question finds.
  static func found(
    _ test: TestStore, _ text: String = "", tenant: TenantID? = nil,
    _ change: (inout SearchQuery) -> Void = { _ in }
  ) async throws(MailStoreError) -> [String] {
    var query = SearchQuery()
    query.text = text
    change(&query)
    let page = try await test.store.search(query, tenant: tenant ?? test.tenant.id)
    return page.mails.map { $0.envelope.messageID ?? "-" }
  }

  /// Logs answers to a mail that was sent; their Message-IDs are given.
  static func answers(
    _ test: TestStore, _ folder: Folder, _ ids: [String], from: String = "bob@buyer.example"
  )
    async throws
  {
    let sent = try await test.submit(folder, "root@x")
    try await test.sync(
      folder,
      ids.enumerated().map {
        .sample(
          UInt32($0.offset + 1), $0.element, replyTo: ["root@x"], subject: "Re: Zinnia \($0.element)",
          from: from,
          seconds: Int64($0.offset) * 60)
      })
    for wanted in try await test.store.wantedMails(folder.mailboxID, limit: 1000) {
      _ = try await test.store.logMail(
        wanted.id, raw: Array("Subject: x\r\n\r\nzebrafish".utf8), hasAttachment: wanted.id.value % 2 == 0,
        at: .zero)
    }
    _ = sent
  }

  @Test func `Nothing is indexed and nothing found before the tenant wants it`() async throws {
    let test = try await TestStore()
    let folder = try await test.account()
    try await Self.answers(test, folder, ["a@x"])
    await expect(.conflict("searchOff")) { try await Self.found(test, "zinnia") }
    #expect(try await test.store.searchWork(limit: 10).isNothing)
    #expect(try await Self.rows(test) == 0)
  }

  @Test func `What is there when it is turned on is found, and what is logged later`() async throws {
    let test = try await TestStore()
    let folder = try await test.account()
    try await Self.answers(test, folder, ["a@x", "b@x", "c@x"])
    try await Self.level(.full, test)
    #expect(try await test.store.search(SearchQuery(), tenant: test.tenant.id).isComplete == false)
    try await Self.index(test, ["a@x": ["The zebrafish swims"], "b@x": ["A zebra, a fish"]], limit: 2)
    #expect(try await test.store.search(SearchQuery(), tenant: test.tenant.id).isComplete)
    #expect(try await Self.found(test, "ZEBRAFISH") == ["a@x"])
    #expect(try await Self.found(test, "zebra fish") == ["b@x"])
    #expect(try await Self.found(test, "\"zebra fish\"").isEmpty)
    #expect(try await Self.found(test, "zinnia") == ["c@x", "b@x", "a@x"])
    #expect(try await Self.found(test, "buyer bob") == ["c@x", "b@x", "a@x", "root@x"])
    _ = try await test.submit(folder, "later@x", replyTo: ["root@x"])
    #expect(try await test.store.search(SearchQuery(), tenant: test.tenant.id).isComplete == false)
    try await Self.index(test, ["later@x": ["zebrafish again"]])
    #expect(try await Self.found(test, "zebrafish") == ["later@x", "a@x"])
    await expect(.conflict("searchText")) { try await Self.found(test, "?!") }
  }

  @Test func `Other levels take away what they do not have`() async throws {
    let test = try await TestStore()
    let folder = try await test.account()
    try await Self.answers(test, folder, (1...20).map { "\($0)@x" })
    try await Self.level(.full, test)
    let texts = Dictionary(uniqueKeysWithValues: (1...20).map { ("\($0)@x", ["zebrafish"]) })
    try await Self.index(test, texts)
    #expect(try await Self.found(test, "zebrafish").count == 20)
    try await Self.level(.metadata, test)
    try await Self.index(test, texts)
    #expect(try await Self.found(test, "zebrafish").isEmpty)
    #expect(try await Self.found(test, "zinnia").count == 20)
    try await Self.level(.off, test)
    await expect(.conflict("searchOff")) { try await Self.found(test, "zinnia") }
    try await Self.index(test)
    #expect(try await Self.rows(test) == 0)
  }

  @Test func `A change of mind while it indexes begins anew`() async throws {
    let test = try await TestStore()
    let folder = try await test.account()
    try await Self.answers(test, folder, ["a@x", "b@x", "c@x"])
    try await Self.level(.full, test)
    let work = try await test.store.searchWork(limit: 2)
    try await Self.level(.metadata, test)
    try await test.store.index(work.jobs.map { SearchEntry($0, texts: ["zebrafish"]) }, of: work)
    try await Self.index(test)
    #expect(try await Self.found(test, "zebrafish").isEmpty)
    #expect(try await Self.found(test, "zinnia").count == 3)
  }

  @Test func `Criteria narrow each other down, and pages follow each other`() async throws {
    let test = try await TestStore()
    let folder = try await test.account()
    try await Self.answers(test, folder, (1...9).map { "\($0)@x" })
    let other = try await test.account("zoe@acme.example")
    try await test.sync(other, [.sample(1, "z@x", subject: "Zinnia", from: "carl@buyer.example")])
    _ = try await test.store.track(try await test.mail("z@x").id, tenant: test.tenant.id, at: .zero)
    for wanted in try await test.store.wantedMails(other.mailboxID, limit: 10) {
      _ = try await test.store.logMail(wanted.id, raw: [0x0A], hasAttachment: false, at: .zero)
    }
    try await Self.level(.metadata, test)
    try await Self.index(test)
    let first = try await test.mail("1@x")
    let deal = RecordRef(type: "deal", key: "1")
    try await test.store.link(deal, to: .mail(first.id), tenant: test.tenant.id, at: .zero)
    #expect(try await Self.found(test, "zinnia").count == 10)
    #expect(try await Self.found(test, "zinnia") { $0.mailbox = other.mailboxID } == ["z@x"])
    #expect(try await Self.found(test) { $0.from = "CARL@buyer.example" } == ["z@x"])
    #expect(try await Self.found(test) { $0.to = "carl@buyer.example" }.isEmpty)
    #expect(try await Self.found(test, "zinnia") { $0.to = "ann@acme.example" }.count == 10)
    #expect(try await Self.found(test, "zinnia") { $0.contact = "carl@buyer.example" } == ["z@x"])
    #expect(try await Self.found(test, "zinnia") { $0.thread = first.threadID }.count == 9)
    #expect(
      try await Self.found(test, "zinnia") {
        $0.thread = first.threadID
        $0.contact = "carl@buyer.example"
      }.isEmpty)
    #expect(try await Self.found(test, "zinnia") { $0.record = deal } == ["1@x"])
    #expect(try await Self.found(test) { $0.record = RecordRef(type: "deal", key: "2") }.isEmpty)
    #expect(
      try await Self.found(test, "re") {
        $0.after = Timestamp.zero.adding(seconds: 60)
        $0.before = Timestamp.zero.adding(seconds: 180)
      } == ["3@x", "2@x"])
    let with = try await Self.found(test, "zinnia") { $0.hasAttachment = true }
    let without = try await Self.found(test, "zinnia") { $0.hasAttachment = false }
    #expect(!with.isEmpty && with.count + without.count == 10 && Set(with).isDisjoint(with: without))
    var query = SearchQuery()
    (query.text, query.limit) = ("zinnia", 3)
    var pages: [[MailID]] = []
    while true {
      let page = try await test.store.search(query, tenant: test.tenant.id).mails.map(\.id)
      pages.append(page)
      guard page.count == 3, let last = page.last else { break }
      query.below = last
    }
    #expect(pages.map(\.count) == [3, 3, 3, 1])
    #expect(pages.joined().map(\.self) == pages.joined().sorted(by: >))
    #expect(Set(pages.joined()).count == 10)
  }

  /// Row C8 of docs/hard-cases.md.
  @Test(arguments: [
    "' OR 1=1 --", "\"; DROP TABLE mail; --", "nothere' OR '1'='1", "%", "_", "*", "zinn*", "zinnia*other",
    "NEAR(zinnia nothere)", "nothere OR zinnia", "zinnia NOT nothere", "a\u{0}b", "(((((", "\"",
    "subject:zinnia",
    String(repeating: "(", count: 5000),
  ])
  func `What means something to a database means nothing in a question`(text: String) async throws {
    let test = try await TestStore()
    let folder = try await test.account()
    try await Self.answers(test, folder, ["a@x", "b@x"])
    try await Self.level(.full, test)
    try await Self.index(test)
    #expect(try await Self.found(test, "zinnia").count == 2)
    // In the text and in every member that takes any: refused in words, or words that no mail has, all of them.
    for change in [
      { (query: inout SearchQuery) in query.text = text }, { $0.contact = text }, { $0.from = text },
      { $0.to = text },
    ] {
      do throws(MailStoreError) {
        let found = try await Self.found(test, "", change)
        #expect(found.isEmpty)
      } catch {
        #expect(error == .conflict("searchText"), "\(error)")
      }
    }
    for change in [{ (query: inout MailQuery) in query.messageID = text }, { $0.contact = text }] {
      var query = MailQuery()
      query.loggedOnly = false
      change(&query)
      #expect(try await test.store.mails(query, tenant: test.tenant.id).isEmpty)
    }
    #expect(try await test.mails().count == 3)
  }

  @Test func `Another tenant's mail is not found, and its mailbox is none`() async throws {
    let test = try await TestStore()
    let folder = try await test.account()
    try await Self.answers(test, folder, ["a@x"])
    let other = try await test.store.createTenant(name: "other", at: .zero).id
    _ = try await test.mailbox("ann@acme.example", tenant: other)
    try await Self.level(.full, test)
    try await Self.level(.full, test, other)
    try await Self.index(test)
    let thread = try await test.mail("a@x").threadID
    #expect(try await Self.found(test, "zinnia", tenant: other).isEmpty)
    await expect(.notFound("mailbox")) {
      try await Self.found(test, "zinnia", tenant: other) { $0.mailbox = folder.mailboxID }
    }
    await expect(.notFound("thread")) {
      try await Self.found(test, "zinnia", tenant: other) { $0.thread = thread }
    }
  }

  @Test func `Equal words have other tokens in another mailbox`() async throws {
    let test = try await TestStore()
    let tenant = test.tenant.id
    for email in ["ann@acme.example", "zoe@acme.example"] {
      let folder = try await test.account(email)
      try await test.sync(folder, [.sample(1, "\(email).m@x", subject: "Zinnia")])
      let id = try await test.mail("\(email).m@x").id
      _ = try await test.store.track(id, tenant: tenant, at: .zero)
      _ = try await test.store.logMail(id, raw: [0x0A], hasAttachment: false, at: .zero)
    }
    try await Self.level(.metadata, test)
    try await Self.index(test)
    let shared = try await test.store.read { db in
      try Query(
        db,
        """
        SELECT count(*) FROM search_token AS a JOIN search_token AS b ON b.token = a.token AND b.mailbox_id > a.mailbox_id
        """
      ).number()
    }
    #expect(shared == 0)
    #expect(try await Self.found(test, "zinnia").count == 2)
  }

  @Test(arguments: [PurgeScope.contact(email: "bob@buyer.example"), .mailbox(MailboxID(1)), .tenant])
  func `No word of a text is ever on disk, and an erasure takes the index too`(_ scope: PurgeScope)
    async throws
  {
    let test = try await TestStore()
    let folder = try await test.account()
    try await Self.answers(test, folder, (1...40).map { "\($0)@x" })
    try await Self.level(.full, test)
    let texts = Dictionary(
      uniqueKeysWithValues: (1...40).map { ("\($0)@x", ["xylophone quagmire number \($0)"]) })
    try await Self.index(test, texts)
    _ = try await test.submit(folder, "waits@x", replyTo: ["1@x"])
    let id = try await test.mail("7@x").id
    #expect(try await Self.found(test, "\"xylophone quagmire\"").count == 40)
    #expect(try await Self.rows(test) > 40 * 8)
    for word in ["xylophone", "quagmire"] {
      #expect(try ErasureBytesTests().found(word, in: test.directory) == 0, "\(word)")
    }
    let before = try await test.store.read { db in
      try Query(db, "SELECT tokens FROM search_mail WHERE mail_id = ?").first(id) { $0.blob(0) }
    }
    let tokens = try #require(before)
    let job = try await test.store.beginPurge(scope, tenant: test.tenant.id, by: "ci", at: .zero)
    while try await test.store.purgeStep(job.id, rows: 10).more {}
    #expect(try await test.store.finishPurge(job.id, at: .zero).state == .done)
    if case .contact = scope {
      try await Self.index(test)
      #expect(try await Self.found(test, "xylophone").isEmpty)
      #expect(try await Self.count("search_token JOIN mail ON mail.id = mail_id", test) == Self.rows(test))
    } else {
      #expect(try await Self.rows(test) == 0)
    }
    // Not even the hashes.
    let file = try Self.octets(test.directory + "/mail.sqlite")
    #expect(file.firstRange(of: tokens) == nil)
  }

  private static func count(_ table: String, _ test: TestStore) async throws -> Int64 {
    try await test.store.read { try Query($0, "SELECT count(*) FROM \(table)").number() }
  }

  /// Rows of the index.
  private static func rows(_ test: TestStore) async throws -> Int64 {
    let (tokens, mails) = (try await count("search_token", test), try await count("search_mail", test))
    #expect((tokens == 0) == (mails == 0))
    return tokens
  }

  private static func octets(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while case let n = fread(&piece, 1, piece.count, file), n > 0 { all += piece[..<n] }
    return all
  }
}
