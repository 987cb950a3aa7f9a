import Bytes
import Glibc
import Logging
import MailReading
import Synchronization
import Testing

@testable import Isolation

@Suite("Reading mail in a process of its own", .timeLimit(.minutes(2)), .serialized)
struct ReaderPoolTests {
  /// The test's child, beside the tests.
  static let program: String = {
    var path = [CChar](repeating: 0, count: 4096)
    let n = readlink("/proc/self/exe", &path, path.count - 1)
    let own = String(decoding: path.prefix(max(n, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/hostile-reader"
  }()

  static func options(_ change: (inout ReaderPool.Options) -> Void = { _ in }) -> ReaderPool.Options {
    var options = ReaderPool.Options()
    options.program = program
    options.arguments = ["hostile-reader", ReaderChild.argument]
    change(&options)
    return options
  }

  static func withPool(
    _ change: (inout ReaderPool.Options) -> Void = { _ in }, logger: Logger? = nil,
    _ body: (ReaderPool) async throws -> Void
  ) async throws {
    var log = logger ?? Logger(label: "test")
    if logger == nil { log.logLevel = .critical }
    let pool = ReaderPool(options(change), logger: log)
    defer { pool.close() }
    try await body(pool)
  }

  static func mail(_ hostility: String? = nil, body: String = "Yes, please.") -> [UInt8] {
    var text = "From: Erin <erin@partner.example>\r\nSubject: =?iso-2022-jp?B?GyRCRnxLXDhsGyhC?=\r\n"
    if let hostility { text += "X-Hostile: \(hostility)\r\n" }
    text += "Content-Type: text/html; charset=euc-kr\r\n\r\n<p>\(body)</p>\r\n"
    return Array(text.utf8)
  }

  @Test func `it answers as reading in process does`() async throws {
    let attachment = Array(
      """
      Content-Type: multipart/mixed; boundary=b\r
      \r
      --b\r
      Content-Type: text/plain\r
      \r
      See below.\r
      --b\r
      Content-Type: application/pdf; name=a.pdf\r
      Content-Transfer-Encoding: base64\r
      \r
      SGVsbG8=\r
      --b--\r

      """.utf8)
    let requests: [ReadRequest] = [
      .mail(Self.mail()), .mail(attachment), .mail([]), .logged(attachment, .turnedOff),
      .logged(attachment, nil),
      .logged(attachment, .tooLarge(octets: 99)), .attachment(2, of: attachment),
      .attachment(7, of: attachment),
      .placeholder(2, of: attachment), .forwarded(attachment), .headers([]),
      .headers(
        (0..<40).map { HeaderInput(header: Self.mail(), size: $0, internalDate: $0 % 2 == 0 ? nil : $0) }),
    ]
    try await Self.withPool { pool in
      for request in requests {
        let (isolated, direct) = (try await pool.answer(request), InProcessReader.answerNow(request))
        #expect(isolated == direct)
      }
      #expect(pool.statistics?.deaths == 0 && pool.statistics?.answers == UInt64(requests.count))
      #expect(pool.statistics?.processes == 1)
    }
  }

  @Test func `every character set is still there behind the walls`() async throws {
    let sets = [
      "iso-8859-2", "iso-8859-16", "koi8-r", "koi8-u", "gb2312", "gb18030", "big5", "euc-kr", "euc-jp",
      "shift_jis",
      "iso-2022-jp", "iso-2022-kr", "utf-16", "utf-7", "cp866", "ibm850", "windows-874", "macintosh",
    ]
    try await Self.withPool { pool in
      for set in sets {
        let head = Array("Content-Type: text/plain; charset=\(set)\r\n\r\n".utf8)
        let request = ReadRequest.mail(head + [0x41, 0xC4, 0xE3, 0xC4, 0xE3, 0x42, 0x0D, 0x0A])
        let answer = try await pool.answer(request)
        #expect(answer == InProcessReader.answerNow(request), "\(set)")
      }
    }
  }

  @Test(
    arguments: [
      ("trap", MailReadingError.Cause.crashed), ("hang", .stalled), ("eat", .crashed), ("chatter", .nonsense),
    ])
  func `a mail that ends its reader is given up, and the next is read`(
    hostility: String, cause: MailReadingError.Cause
  ) async throws {
    try await Self.withPool({ $0.stallMilliseconds = hostility == "hang" ? 1500 : 20_000 }) { pool in
      await #expect(throws: MailReadingError.unreadable(cause)) {
        _ = try await pool.read(Self.mail(hostility))
      }
      let next = try await pool.read(Self.mail())
      #expect(next.body.replyText == "Yes, please.")
      #expect(pool.statistics?.deaths == 2 && pool.statistics?.unreadable == 1)
      #expect(pool.statistics?.processes == 1)
    }
  }

  @Test func `one hostile header among many costs only itself`() async throws {
    try await Self.withPool { pool in
      let inputs = (0..<5).map {
        HeaderInput(header: Self.mail($0 == 3 ? "trap" : nil), size: 1, internalDate: nil)
      }
      await #expect(throws: MailReadingError.unreadable(.crashed)) { _ = try await pool.headers(inputs) }
      let found = try await pool.headers(Array(inputs.prefix(3)))
      #expect(found.count == 3)
    }
  }

  @Test func `a reader has nothing with it but its socket and where its libraries are`() async throws {
    try await Self.withPool { pool in
      let read = try await pool.read(Self.mail("luggage"))
      #expect(read.body.replyText == "Yes, please.")
      #expect(pool.statistics?.deaths == 0)
    }
  }

  @Test func `without a filter of system calls the other walls stand, and the log is told`() async throws {
    let told = Mutex<[String]>([])
    let log = Logger(label: "test") { _ in ToldLog(told: { line in told.withLock { $0.append(line) } }) }
    try await Self.withPool(
      { $0.arguments[0] = "hostile-reader-without-\(Walls.systemCalls.rawValue)" }, logger: log
    ) { pool in
      _ = try await pool.read(Self.mail())
      #expect(pool.missingWalls.contains(.systemCalls))
      #expect(pool.missingWalls.isDisjoint(with: [.limits, .privileges, .memoryUnreadable]))
      if !pool.missingWalls.contains(.landlock) { _ = try await pool.read(Self.mail("reach file.")) }
      await #expect(throws: MailReadingError.unreadable(.crashed)) {
        _ = try await pool.read(Self.mail("trap"))
      }
      _ = try await pool.read(Self.mail())
    }
    let lines = told.withLock { $0 }.filter { $0.contains("seccomp") }
    #expect(lines.count == 1 && lines.first?.hasPrefix("warning") == true, "\(lines)")
  }

  @Test func `a reader ended from outside is no mail's fault`() async throws {
    try await Self.withPool { pool in
      for _ in 0..<3 {
        _ = try await pool.read(Self.mail())
        let child = try #require(pool.idlePIDs.first)
        kill(child, SIGKILL)
        while Self.state(child) != "Z" { try await Task.sleep(for: .milliseconds(1)) }
      }
      _ = try await pool.read(Self.mail())
      #expect(pool.statistics?.deaths == 0 && pool.statistics?.processes == 1)
    }
  }

  @Test func `mails wait for one of two readers, and a stalled one holds up the other not at all`()
    async throws
  {
    try await Self.withPool({ $0.stallMilliseconds = 1500 }) { pool in
      let hostile = Task { try await pool.read(Self.mail("hang")) }
      let all = try await withThrowingTaskGroup(of: String.self) { group in
        for n in 0..<200 {
          group.addTask { try await pool.read(Self.mail(body: "Mail \(n)")).body.replyText }
        }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      #expect(all.count == 200)
      #expect((pool.statistics?.processes ?? 9) <= 2)
      await #expect(throws: MailReadingError.unreadable(.stalled)) { _ = try await hostile.value }
    }
  }

  @Test func `a caller that goes leaves no reader in the middle of a mail`() async throws {
    try await Self.withPool { pool in
      let large = Self.mail(body: String(repeating: "word ", count: 200_000))
      for _ in 0..<5 {
        let task = Task { try await pool.read(large) }
        task.cancel()
        _ = try await task.value
      }
      #expect(pool.statistics?.deaths == 0)
    }
  }

  @Test func `a large mail goes through, and a larger one is refused before it is sent`() async throws {
    try await Self.withPool { pool in
      let head = Array(
        "Content-Type: application/x-a; name=a\r\nContent-Disposition: attachment\r\n\r\n".utf8)
      let content = [UInt8](repeating: 0x61, count: 20 << 20)
      let found = try await pool.attachment(0, of: head + content)
      #expect(found == content)
      let tooLarge = [UInt8](repeating: 0x61, count: PipeFrame.requestOctetsMax)
      await #expect(throws: MailReadingError.unreadable(.tooLarge)) { _ = try await pool.read(tooLarge) }
      #expect(pool.statistics?.deaths == 0)
    }
  }

  @Test(arguments: ["/nowhere/reader", "/bin/true", "/bin/cat"])
  func `without a reader the mail is not blamed`(program: String) async throws {
    try await Self.withPool({
      $0.program = program
      $0.startSeconds = 1
    }) { pool in
      let error = await #expect(throws: MailReadingError.self) { _ = try await pool.read(Self.mail()) }
      #expect(error?.unreadable == nil)
      #expect(pool.statistics?.processes == 0)
    }
  }

  @Test func `closing ends all readers`() async throws {
    try await Self.withPool { pool in
      _ = try await pool.read(Self.mail())
      let child = try #require(pool.idlePIDs.first)
      pool.close()
      while Self.state(child) != nil { try await Task.sleep(for: .milliseconds(1)) }
      await #expect(throws: MailReadingError.unavailable("the server is stopping")) {
        _ = try await pool.read(Self.mail())
      }
    }
  }

  // MARK: The kernel's table

  /// `R`, `S`, `Z`, …; nil when there is no such process.
  static func state(_ pid: pid_t) -> Character? {
    let text = file("/proc/\(pid)/stat")
    return text.split(separator: ")").last?.first { $0 != " " }
  }

  static func file(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var octets = [UInt8](repeating: 0, count: 8192)
    let count = fread(&octets, 1, octets.count, file)
    return String(decoding: octets.prefix(count), as: UTF8.self)
  }
}
