import Glibc
import MailStore
import Sealing

/// A store with many mails, ten to a conversation: how long it takes to find a conversation, against a table of
/// SQLite's own with an index, and whether events are read as fast as they are made.
///
/// usage: lookupbench FOLDER MAILS LOOKUPS
///
/// The folder gets `data`, the store, and `bare.sqlite`; neither may be there. Prints one line for each kind of lookup:
/// name, and the 50th, 99th and 99.9th percentile in microseconds.
@main struct LookupBenchmark {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let mails = Int(arguments[2]), let lookups = Int(arguments[3]) else {
      return print("usage: lookupbench FOLDER MAILS LOOKUPS")
    }
    let world = try await World(folder: arguments[1] + "/data", mails: mails)
    try await world.ingest()
    try await world.linkRecords()
    let bare = try Bare(path: arguments[1] + "/bare.sqlite")
    try bare.fill(mails: mails, perThread: World.mailsPerThread)
    try await world.measure(lookups, bare)
    await world.store.close()
  }
}

struct World {
  static let mailsPerThread = 10
  /// So many conversations have one person, and so many one record.
  static let threadsPerContact = 5
  static let threadsPerRecord = 4
  /// Records whose mails are logged, so that they have a timeline.
  static let records = 500
  private static let batch = 1000

  let store: SQLiteMailStore
  let tenant: TenantID
  let folder: Folder
  let mails: Int

  init(folder path: String, mails: Int) async throws {
    store = try SQLiteMailStore.open(directory: path, masterKey: .generate())
    let at = Timestamp(milliseconds: 0)
    tenant = try await store.createTenant(name: "bench", at: at).id
    let server = ServerSettings(host: "mail.example.test", port: 993, security: .tls)
    let mailbox = try await store.createMailbox(
      NewMailbox(
        tenantID: tenant, email: "ann@example.test", displayName: nil, userName: "a", password: [],
        imap: server, smtp: server, providerFilesSentMail: false), at: at)
    let inbox = FolderListing(name: "INBOX", wireName: Array("INBOX".utf8), role: .inbox, syncs: true)
    folder = try await store.reconcileFolders(mailbox.id, [inbox])[0]
    self.mails = mails
  }

  static func messageID(_ n: Int) -> String {
    "mail-\(n)-\((n &* 2_654_435_761) & 0xFFFF_FFFF)@buyer.example"
  }
  static func contact(ofThread n: Int) -> String { "buyer\(n / threadsPerContact)@buyer.example" }

  private func message(_ n: Int) -> SyncBatch.Message {
    let thread = n / Self.mailsPerThread
    let isFirst = n % Self.mailsPerThread == 0
    let contact = Address(role: isFirst ? .to : .from, name: "Buyer", email: Self.contact(ofThread: thread))
    let own = Address(role: isFirst ? .from : .to, name: "Ann", email: "ann@example.test")
    let subject = "Offer \(thread)"
    let envelope = MailEnvelope(
      identity: Digest.sha256(Array("\(n)".utf8)), messageID: Self.messageID(n),
      inReplyTo: isFirst ? [] : [Self.messageID(n - 1)],
      references: isFirst ? [] : [Self.messageID(thread * Self.mailsPerThread)],
      subject: isFirst ? subject : "Re: \(subject)", baseSubject: subject, addresses: [contact, own],
      sentAt: nil, size: 4000, isAutoReply: false, isBounce: false)
    var message = SyncBatch.Message(
      uid: UInt32(n + 1), envelope: envelope, receivedAt: Timestamp(milliseconds: Int64(n) * 1000),
      keywords: [], direction: isFirst ? .outgoing : .incoming)
    message.route = isFirst ? .header : nil
    return message
  }

  /// Stores all mails while somebody reads the events, and tells how far behind the reader was at the end.
  func ingest() async throws {
    let clock = ContinuousClock()
    let began = clock.now
    let threads = mails / Self.mailsPerThread
    let reader = Task {
      var (seen, cursor) = (0, Int64(0))
      while seen < threads {
        let page = try await store.events(tenant: tenant, after: cursor, limit: 500)
        seen += page.count { $0.type == .threadTracked }
        if let last = page.last { cursor = last.seq } else { try await Task.sleep(for: .milliseconds(1)) }
      }
      return clock.now
    }
    for first in stride(from: 0, to: mails, by: Self.batch) {
      let last = min(first + Self.batch, mails)
      var batch = SyncBatch(
        mailboxID: folder.mailboxID, folderID: folder.id,
        cursor: FolderCursor(uidValidity: 1, low: 1, high: UInt32(last), modSeq: nil),
        serverTotal: Int64(mails))
      batch.messages = (first..<last).map(message)
      _ = try await store.commitSync(batch, at: Timestamp(milliseconds: Int64(last) * 1000))
    }
    let stored = clock.now
    let read = try await reader.value
    let seconds = (stored - began).microseconds / 1_000_000
    print("ingest \(Int(Double(mails) / seconds)) mails/s \(Int(Double(threads) / seconds)) events/s")
    print("eventLag \(Int(max(0, (read - stored).microseconds)))")
  }

  /// The first conversations belong to records, and their mails are logged.
  func linkRecords() async throws {
    let at = Timestamp(milliseconds: 0)
    let threads = min(Self.records * Self.threadsPerRecord, mails / Self.mailsPerThread)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for part in 0..<16 {
        group.addTask {
          for thread in stride(from: part, to: threads, by: 16) {
            let record = RecordRef(type: "deal", key: "\(thread / Self.threadsPerRecord)")
            var query = MailQuery()
            query.loggedOnly = false
            for n in 0..<Self.mailsPerThread {
              query.messageID = Self.messageID(thread * Self.mailsPerThread + n)
              guard let mail = try await store.mails(query, tenant: tenant).first, let id = mail.threadID
              else { continue }
              if n == 0 { try await store.link(record, to: .thread(id), tenant: tenant, at: at) }
              let raw = Array("Subject: Offer\r\n\r\nText \(n)\r\n".utf8)
              _ = try await store.logMail(mail.id, raw: raw, hasAttachment: false, at: at)
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  func measure(_ lookups: Int, _ bare: Bare) async throws {
    let threads = mails / Self.mailsPerThread
    let records = min(Self.records, threads / Self.threadsPerRecord)
    var random = SystemRandomNumberGenerator()
    func times(_ name: String, _ body: (inout SystemRandomNumberGenerator) async throws -> Int) async throws {
      let clock = ContinuousClock()
      var all: [Double] = []
      for n in 0..<(lookups + lookups / 10) {
        let began = clock.now
        let found = try await body(&random)
        let took = (clock.now - began).microseconds
        guard found > 0 else { fatalError("\(name) finds nothing") }
        // The first ones warm the cache up.
        if n >= lookups / 10 { all.append(took) }
      }
      all.sort()
      func at(_ part: Double) -> Double { all[min(all.count - 1, Int(Double(all.count) * part))] }
      let words = [0.5, 0.99, 0.999].map { "\((at($0) * 10).rounded() / 10)" }
      print("\(name) \(words.joined(separator: " "))")
    }
    try await times("bare") { random in
      try bare.thread(of: Self.messageID(.random(in: 0..<mails, using: &random)))
    }
    try await times("messageId") { random in
      var query = ThreadQuery()
      query.messageID = Self.messageID(.random(in: 0..<mails, using: &random))
      return try await store.threads(query, tenant: tenant).count
    }
    try await times("mailByMessageId") { random in
      var query = MailQuery()
      query.loggedOnly = false
      query.messageID = Self.messageID(.random(in: 0..<mails, using: &random))
      return try await store.mails(query, tenant: tenant).count
    }
    try await times("contact") { random in
      var query = ThreadQuery()
      query.contact = Self.contact(ofThread: .random(in: 0..<threads, using: &random))
      return try await store.threads(query, tenant: tenant).count
    }
    try await times("record") { random in
      var query = ThreadQuery()
      query.record = RecordRef(type: "deal", key: "\(Int.random(in: 0..<records, using: &random))")
      return try await store.threads(query, tenant: tenant).count
    }
    try await times("timeline") { random in
      let query = TimelineQuery(
        record: RecordRef(type: "deal", key: "\(Int.random(in: 0..<records, using: &random))"))
      return try await store.timeline(query, tenant: tenant).count
    }
  }
}

extension Duration {
  var microseconds: Double { Double(components.seconds) * 1e6 + Double(components.attoseconds) / 1e12 }
}
