import Glibc
import Isolation
import Logging
import MailReading
import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

/// Mail that ends whoever parses it, met by the engine: the mail is kept as it came, marked and passed.
@Suite("Hostile mail", .timeLimit(.minutes(2)), .serialized)
struct HostileMailTests {
  private static func pool(stallMilliseconds: Int64 = 20_000) -> ReaderPool {
    var path = [CChar](repeating: 0, count: 4096)
    let n = readlink("/proc/self/exe", &path, path.count - 1)
    let own = String(decoding: path.prefix(max(n, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var options = ReaderPool.Options()
    options.program = own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/hostile-reader"
    options.arguments = ["hostile-reader", ReaderChild.argument]
    options.stallMilliseconds = stallMilliseconds
    var log = Logger(label: "test")
    log.logLevel = .critical
    return ReaderPool(options, logger: log)
  }

  @Test(arguments: ["trap", "hang", "eat"])
  func `a body that ends its reader is kept as it came, marked, and holds up nothing`(hostility: String)
    async throws
  {
    let pool = Self.pool(stallMilliseconds: hostility == "hang" ? 1500 : 20_000)
    defer { pool.close() }
    try await Stage.run(reader: pool) { stage in
      let mailbox = try await stage.connect()
      let root = try await stage.engine.send(stage.request(mailbox.id, to: "erin@partner.example"))
      try await stage.live(mailbox.id)
      // In the body, where the reading of envelopes does not meet it.
      let raw = Array(
        """
        From: Erin <erin@partner.example>\r
        To: alice@example.test\r
        Subject: Re: Offer\r
        Message-ID: <hostile@x>\r
        In-Reply-To: <\(root.submission.messageID)>\r
        \r
        X-Hostile: \(hostility)\r

        """.utf8)
      try stage.sim.deliver(raw: raw, to: "alice")
      try stage.deliver("friendly@x", inReplyTo: root.submission.messageID)
      try await stage.until("both are logged") {
        let states = try await stage.mails("hostile@x").map(\.state) + stage.mails("friendly@x").map(\.state)
        return states == [.logged, .logged]
      }
      let hostile = try #require(try await stage.mails("hostile@x").first)
      #expect(hostile.parseFailed)
      #expect(try await stage.store.raw(hostile.id, tenant: stage.tenant) == raw)
      #expect(try await stage.mails("friendly@x").first?.parseFailed == false)
      #expect(pool.statistics?.deaths == 2 && pool.statistics?.unreadable == 1)
      #expect(try await stage.mailbox(mailbox.id).state == .live)
    }
  }

  @Test func `a header that ends its reader is one unread envelope among the others`() async throws {
    let pool = Self.pool()
    defer { pool.close() }
    try await Stage.run(reader: pool) { stage in
      for n in 0..<9 {
        try stage.deliver("m\(n)@x", subject: n == 4 ? "X-Hostile: trap" : "Note \(n)")
      }
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      var query = MailQuery()
      query.loggedOnly = false
      let mails = try await stage.store.mails(query, tenant: stage.tenant)
      #expect(mails.count == 9)
      #expect(
        mails.filter(\.parseFailed).count == 1 && mails.filter(\.parseFailed).first?.envelope.size ?? 0 > 0)
      #expect(Set(mails.compactMap(\.envelope.messageID)).count == 8)
    }
  }
}
