internal import Glibc
internal import Sealing
internal import Synchronization

/// What was taken away, so that a restored copy of the data can lose it again. Names nobody: numbers of rows, and marks
/// as ``Tombstones`` makes them.
package enum LedgerFact: Sendable, Hashable {
  /// These mails are erased.
  case mails([MailID])
  /// Mails with these marks must not come back by a sync; 16 octets each.
  case marks([[UInt8]])
  case uploads([UploadID])
  /// The row of a record.
  case record(Int64)
  case mailbox(MailboxID)
  case tenant
  /// A token that lets nobody in any more.
  case token(TokenID)
  /// An endpoint that is told nothing any more.
  case webhook(WebhookID)
  /// Off their timelines, to be erased when their time is over.
  case deleted([MailID], since: Timestamp)
  case undeleted([MailID])
  case receipt(PurgeID, SignedReceipt)
}

package struct LedgerEntry: Sendable, Hashable {
  package var at: Timestamp
  package var tenant: TenantID
  package var fact: LedgerFact

  package init(at: Timestamp, tenant: TenantID, _ fact: LedgerFact) {
    (self.at, self.tenant, self.fact) = (at, tenant, fact)
  }
}

/// A place in a ledger.
package struct LedgerPosition: Sendable, Hashable {
  /// 32 hexadecimal digits, drawn when the ledger was begun.
  package var ledger: String
  /// Of the last line before it; 0 at the beginning.
  package var number: Int64
  /// 16 hexadecimal digits that stand for all lines up to there.
  package var chain: String

  package init(ledger: String, number: Int64, chain: String) {
    (self.ledger, self.number, self.chain) = (ledger, number, chain)
  }
}

/// A file to which every erasure is added before it is committed. It is only ever made longer, so a copy of it that was
/// made at any time is a ledger, too.
///
/// Lines of ASCII: `number time tenant fact … chain`, the chain being eight octets of the SHA-256 over the chain before
/// and the line up to it.
package final class ErasureLedger: Sendable {
  package static let fileName = "erasures.log"
  private static let format = "postroom-erasures 1 "

  private struct State {
    var fd: Int32
    var position: LedgerPosition
    var octets: off_t
  }

  private let path: String
  private let state: Mutex<State>

  /// Opens the ledger at `path`, or begins one. What a crash has left of a line at its end is cut off.
  package init(path: String) throws(MailStoreError) {
    let fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard fd >= 0 else { throw Self.failure(path) }
    do throws(MailStoreError) {
      var info = stat()
      guard fstat(fd, &info) == 0 else { throw Self.failure(path) }
      var position: LedgerPosition
      var octets: off_t
      if let found = try Self.end(of: fd, octets: info.st_size, path) {
        (position, octets) = found
        if octets < info.st_size, ftruncate(fd, octets) != 0 { throw Self.failure(path) }
      } else {
        let id = Digest.text(Digest.randomBytes(16))
        position = LedgerPosition(ledger: id, number: 0, chain: String(id.prefix(16)))
        let line = Array("\(Self.format)\(id)\n".utf8)
        guard ftruncate(fd, 0) == 0 else { throw Self.failure(path) }
        try Self.write(line, fd, path)
        octets = off_t(line.count)
      }
      state = Mutex(State(fd: fd, position: position, octets: octets))
      self.path = path
    } catch {
      Glibc.close(fd)
      throw error
    }
  }

  deinit { _ = state.withLock { Glibc.close($0.fd) } }

  package var position: LedgerPosition { state.withLock { $0.position } }

  /// On disk when this returns; not there at all when it throws.
  package func append(_ entries: [LedgerEntry]) throws(MailStoreError) {
    if entries.isEmpty { return }
    let failure: MailStoreError? = state.withLock { state in
      var position = state.position
      var text = ""
      for entry in entries {
        position.number += 1
        let line =
          "\(position.number) \(entry.at.milliseconds) \(entry.tenant.value) \(entry.fact.words)"
        position.chain = Self.chain(position.chain, line)
        text += "\(line) \(position.chain)\n"
      }
      let octets = Array(text.utf8)
      do throws(MailStoreError) {
        try Self.write(octets, state.fd, path)
      } catch {
        // Half of it would be taken for damage by whoever reads it.
        _ = ftruncate(state.fd, state.octets)
        return error
      }
      state.position = position
      state.octets += off_t(octets.count)
      return nil
    }
    if let failure { throw failure }
  }

  /// Where the ledger at `path` ends now, also while a server adds to it; nil when there is none.
  package static func position(path: String) throws(MailStoreError) -> LedgerPosition? {
    let fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard fd >= 0 else {
      if errno == ENOENT { return nil }
      throw failure(path)
    }
    defer { Glibc.close(fd) }
    var info = stat()
    guard fstat(fd, &info) == 0 else { throw failure(path) }
    return try end(of: fd, octets: info.st_size, path)?.position
  }

  /// All entries after `start`, in their order; what a crash has left of a line at the end is passed over.
  ///
  /// - Throws: ``MailStoreError/conflict(_:)`` with "ledger" when `start` is not a place in it, and
  ///   ``MailStoreError/corrupt(_:)`` when a line was changed or left out.
  package static func read(
    path: String, after start: LedgerPosition, _ body: (LedgerEntry) throws -> Void
  ) throws {
    var lines = try LineReader(path)
    guard let head = try lines.next(), let id = Self.ledger(head) else {
      throw MailStoreError.corrupt("\(path) is no ledger of erasures")
    }
    var position = LedgerPosition(ledger: id, number: 0, chain: String(id.prefix(16)))
    guard id == start.ledger else { throw MailStoreError.conflict("ledger") }
    var isBehind = position == start
    while let line = try lines.next() {
      guard let space = line.lastIndex(of: " "), let number = Int64(line.prefix { $0 != " " }),
        number == position.number + 1,
        Self.chain(position.chain, String(line[..<space])) == line[space...].dropFirst(),
        let entry = LedgerEntry(line[..<space])
      else { throw MailStoreError.corrupt("\(path), line \(position.number + 2)") }
      position.number = number
      position.chain = String(line[space...].dropFirst())
      if isBehind { try body(entry) }
      if number == start.number {
        guard position == start else { throw MailStoreError.conflict("ledger") }
        isBehind = true
      }
    }
    guard isBehind else { throw MailStoreError.conflict("ledger") }
  }

  private static func chain(_ before: String, _ line: String) -> String {
    Digest.text(Array(Digest.sha256(Array("\(before) \(line)".utf8)).prefix(8)))
  }

  private static func ledger(_ line: String) -> String? {
    guard line.hasPrefix(format) else { return nil }
    let id = line.dropFirst(format.count)
    return id.utf8.count == 32 && id.utf8.allSatisfy({ Hex.value($0) != nil }) ? String(id) : nil
  }

  /// The end of the last whole line; nil when there is not even a head.
  private static func end(
    of fd: Int32, octets: off_t, _ path: String
  ) throws(MailStoreError) -> (position: LedgerPosition, octets: off_t)? {
    let head = try read(fd, from: 0, Int(min(octets, 256)), path)
    guard let newline = head.firstIndex(of: 0x0A) else {
      // A crash while it was begun: nothing was in it.
      if "\(format)".utf8.starts(with: head.prefix(format.utf8.count)) { return nil }
      throw .corrupt("\(path) is no ledger of erasures")
    }
    guard let id = ledger(String(decoding: head[..<newline], as: UTF8.self)) else {
      throw .corrupt("\(path) is no ledger of erasures")
    }
    // Backwards, as one line may be long and all of them longer.
    var tail: [UInt8] = []
    var from = octets
    while from > 0 {
      let count = min(from, 1 << 16)
      from -= count
      tail = try read(fd, from: from, Int(count), path) + tail
      if let last = tail.lastIndex(of: 0x0A), tail[..<last].lastIndex(of: 0x0A) != nil || from == 0 { break }
    }
    guard let last = tail.lastIndex(of: 0x0A) else { throw .corrupt(path) }
    let whole = from + off_t(last) + 1
    if whole == off_t(newline) + 1 {
      return (LedgerPosition(ledger: id, number: 0, chain: String(id.prefix(16))), whole)
    }
    let begin = tail[..<last].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let line = String(decoding: tail[begin..<last], as: UTF8.self)
    // A number that no ledger comes to could not be counted on from.
    guard let number = Int64(line.prefix { $0 != " " }), (1..<Int64.max / 2).contains(number),
      let space = line.lastIndex(of: " "), line[space...].utf8.count == 17
    else { throw .corrupt("\(path), its last line") }
    return (LedgerPosition(ledger: id, number: number, chain: String(line[space...].dropFirst())), whole)
  }

  private static func read(
    _ fd: Int32, from: off_t, _ count: Int, _ path: String
  ) throws(MailStoreError) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      // SAFETY: address and length stay inside `out`.
      let n = out.withUnsafeMutableBytes {
        pread(fd, $0.baseAddress?.advanced(by: done), count - done, from + off_t(done))
      }
      if n < 0 && errno == EINTR { continue }
      guard n >= 0 else { throw failure(path) }
      if n == 0 { break }
      done += n
    }
    return Array(out[..<done])
  }

  private static func write(_ octets: [UInt8], _ fd: Int32, _ path: String) throws(MailStoreError) {
    var done = 0
    while done < octets.count {
      // SAFETY: address and length stay inside `octets`.
      let n = octets.withUnsafeBytes {
        Glibc.write(fd, $0.baseAddress?.advanced(by: done), octets.count - done)
      }
      if n < 0 && errno == EINTR { continue }
      guard n > 0 else { throw failure(path) }
      done += n
    }
    guard fdatasync(fd) == 0 else { throw failure(path) }
  }

  fileprivate static func failure(_ path: String) -> MailStoreError {
    errno == ENOSPC ? .diskFull : .failed("\(path): errno \(errno)")
  }
}

/// A file's lines that are ended by a newline, without it.
private struct LineReader: ~Copyable {
  private let file: UnsafeMutablePointer<FILE>
  private var line: UnsafeMutablePointer<CChar>?
  private var room = 0
  private let path: String

  init(_ path: String) throws(MailStoreError) {
    guard let file = fopen(path, "re") else {
      if errno == ENOENT { throw .notFound("ledger") }
      throw ErasureLedger.failure(path)
    }
    (self.file, self.path) = (file, path)
  }

  deinit {
    fclose(file)
    free(line)
  }

  mutating func next() throws(MailStoreError) -> String? {
    let count = getline(&line, &room, file)
    guard count > 0, let line else {
      if ferror(file) != 0 { throw ErasureLedger.failure(path) }
      return nil
    }
    // SAFETY: getline has written `count` octets there.
    let octets = UnsafeRawBufferPointer(start: line, count: count)
    guard octets.last == 0x0A else { return nil }
    return String(decoding: octets.dropLast(), as: UTF8.self)
  }
}

extension LedgerFact {
  /// Words with spaces between.
  fileprivate var words: String {
    switch self {
    case .mails(let ids): "mails \(Ranges.text(ids.map(\.value)))"
    case .marks(let marks): "marks \(marks.map { Digest.text($0) }.joined(separator: ","))"
    case .uploads(let ids): "uploads \(Ranges.text(ids.map(\.value)))"
    case .record(let id): "record \(id)"
    case .mailbox(let id): "mailbox \(id.value)"
    case .tenant: "tenant"
    case .token(let id): "token \(id.value)"
    case .webhook(let id): "webhook \(id.value)"
    case .deleted(let ids, let since): "deleted \(since.milliseconds) \(Ranges.text(ids.map(\.value)))"
    case .undeleted(let ids): "undeleted \(Ranges.text(ids.map(\.value)))"
    case .receipt(let id, let signed):
      "receipt \(id.value) \(Digest.text(Array(signed.statement.utf8))) \(signed.keyID) \(Digest.text(signed.signature))"
    }
  }

  fileprivate init?(_ words: ArraySlice<Substring>) {
    let rest = words.dropFirst()
    guard let kind = words.first, rest.count == (Self.wordCounts[String(kind)] ?? -1) else { return nil }
    let word = { (at: Int) in rest[rest.startIndex + at] }
    switch kind {
    case "mails", "uploads", "undeleted":
      guard let ids = Ranges.values(word(0)) else { return nil }
      switch kind {
      case "mails": self = .mails(ids.map { MailID($0) })
      case "uploads": self = .uploads(ids.map { UploadID($0) })
      default: self = .undeleted(ids.map { MailID($0) })
      }
    case "marks":
      let marks = word(0).split(separator: ",").map { Hex.octets($0) }
      guard !marks.isEmpty, marks.allSatisfy({ $0?.count == 16 }) else { return nil }
      self = .marks(marks.compactMap { $0 })
    case "tenant": self = .tenant
    case "deleted":
      guard let since = Int64(word(0)), let ids = Ranges.values(word(1)) else { return nil }
      self = .deleted(ids.map { MailID($0) }, since: Timestamp(milliseconds: since))
    case "receipt":
      guard let id = Int64(word(0)), let statement = Hex.octets(word(1)), let signature = Hex.octets(word(3))
      else { return nil }
      self = .receipt(
        PurgeID(id),
        SignedReceipt(
          statement: String(decoding: statement, as: UTF8.self), keyID: String(word(2)), signature: signature)
      )
    default:
      guard let id = Int64(word(0)) else { return nil }
      switch kind {
      case "record": self = .record(id)
      case "mailbox": self = .mailbox(MailboxID(id))
      case "webhook": self = .webhook(WebhookID(id))
      default: self = .token(TokenID(id))
      }
    }
  }

  /// How many words follow each kind.
  private static let wordCounts = [
    "mails": 1, "marks": 1, "uploads": 1, "record": 1, "mailbox": 1, "tenant": 0, "token": 1, "webhook": 1,
    "deleted": 2,
    "undeleted": 1, "receipt": 4,
  ]
}

extension LedgerEntry {
  /// A line without its chain.
  fileprivate init?(_ line: Substring) {
    let words = line.split(separator: " ")
    guard words.count >= 4, let at = Int64(words[1]), let tenant = Int64(words[2]),
      let fact = LedgerFact(words[3...])
    else { return nil }
    self.init(at: Timestamp(milliseconds: at), tenant: TenantID(tenant), fact)
  }
}

/// Ascending numbers as `1-5,9`.
private enum Ranges {
  static func text(_ values: [Int64]) -> String {
    var parts: [String] = []
    var first: Int64?
    let sorted = values.sorted()
    for (index, value) in sorted.enumerated() {
      let begin = first ?? value
      let goesOn = index + 1 < sorted.count && sorted[index + 1] <= value + 1
      first = goesOn ? begin : nil
      if !goesOn { parts.append(begin == value ? "\(value)" : "\(begin)-\(value)") }
    }
    return parts.joined(separator: ",")
  }

  /// nil for what ``text(_:)`` does not write, and for more numbers than one erasure takes at a time.
  static func values(_ text: Substring) -> [Int64]? {
    var out: [Int64] = []
    for part in text.split(separator: ",") {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
      guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil, first > 0,
        first <= last,
        last - first < countMax - Int64(out.count)
      else { return nil }
      out += first...last
    }
    return out.isEmpty ? nil : out
  }

  private static let countMax: Int64 = 10_000_000
}

private enum Hex {
  static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
  }

  static func octets(_ text: Substring) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(digits.count / 2)
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
      out.append(high << 4 | low)
    }
    return out
  }
}
