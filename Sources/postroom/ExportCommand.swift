import ArgumentParser
import Foundation
import PostroomClient
import Sealing

struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a copy of a tenant's, a mailbox's or a person's data in open formats.",
    discussion: """
      Makes a folder, readable by its owner only, with mail.mbox (the kept mails as they came, mboxrd), mails.jsonl and \\
      threads.jsonl (what is known of each, a JSON object a line, as the API has it), and for a whole tenant also \\
      mailboxes.jsonl, events.jsonl, receipts.jsonl, holds.jsonl, settings.json and retention.json. manifest.json has the \\
      number of lines and the SHA-256 of each. Passwords and tokens are in none of them.

      With --contact it is what a person may ask for: the mails from, to or about them as sender and recipient, and no \\
      others of the same conversations, nor what is told of those as a whole. Mails that are known by their headers only are in mails.jsonl alone.

      The token needs the scope read, and for a whole tenant manage and purge, too: holds and receipts are in it.

      The folder is complete when it has its name; until then it is called FOLDER.partial. What changes meanwhile may be in \\
      it or not.

      EXAMPLES:
        postroom export --to tenant-2026-11-27
        postroom export --contact eve@customer.example --to eve
        postroom export --mailbox name@example.org --to name
      """)

  @Option(help: ArgumentHelp("The folder to make; it must not be there.", valueName: "folder")) var to: String
  @Option(help: "Only a mailbox's, by its address or id.") var mailbox: String?
  @Option(help: ArgumentHelp("Only the mails with this person.", valueName: "address")) var contact: String?
  @OptionGroup var options: ServerOptions

  func validate() throws {
    guard mailbox == nil || contact == nil else {
      throw ValidationError("--mailbox and --contact exclude each other.")
    }
  }

  func run() async throws {
    try await options.run { client in
      let box = if let mailbox { try await options.mailbox(mailbox, client) } else { Mailbox?.none }
      let target = URL(filePath: (to as NSString).expandingTildeInPath).path
      let folder = target + ".partial"
      for (path, name) in [(target, to), (folder, to + ".partial")]
      where FileManager.default.fileExists(atPath: path) {
        throw Failure(.usage, "\(name) is there already; nothing is written over. Look, and remove it.")
      }
      umask(0o077)
      guard mkdir(folder, 0o700) == 0 else {
        throw Failure(.refused, "\(folder) cannot be made: \(String(cString: strerror(errno))).")
      }
      do {
        let files = try await write(client, box?.id, folder)
        try FileManager.default.moveItem(atPath: folder, toPath: target)
        if options.json { return Terminal.line(Self.manifest(files, compact: true)) }
        Terminal.line("\(to):")
        Terminal.table(
          ["FILE", "LINES", "OCTETS"], files.map { [$0.name, String($0.lines), String($0.octets)] })
      } catch let error as CocoaError {
        try? FileManager.default.removeItem(atPath: folder)
        throw Failure(.refused, "\(folder) cannot be written: \(error.localizedDescription)")
      } catch {
        try? FileManager.default.removeItem(atPath: folder)
        throw error
      }
    }
  }

  private func write(
    _ client: PostroomClient, _ box: String?, _ folder: String
  ) async throws -> [ExportedFile] {
    var files: [ExportedFile] = []
    let mails = try ExportWriter(folder, "mails.jsonl"), mbox = try ExportWriter(folder, "mail.mbox")
    var cursor: String?
    var done = 0
    repeat {
      let page = try await client.mail.list(
        mailboxId: box, contact: contact, loggedOnly: false, cursor: cursor, limit: 500)
      for mail in page.mails {
        try mails.line(mail.json)
        try await source(of: mail, client, mbox)
        done += 1
        progress("\(done) mails")
      }
      cursor = page.cursor
    } while cursor != nil
    files += [try mails.end(), try mbox.end()]
    // A conversation's subject and dates may come from mails that the person never got.
    if contact == nil { files.append(try await writeThreads(client, box, folder)) }
    if box == nil, contact == nil { files += try await writeRest(client, folder) }
    progress("")
    let text = Self.manifest(files, compact: false)
    let manifest = try ExportWriter(folder, "manifest.json")
    try manifest.line(text)
    _ = try manifest.end()
    return files
  }

  private func writeThreads(
    _ client: PostroomClient, _ box: String?, _ folder: String
  ) async throws -> ExportedFile {
    let threads = try ExportWriter(folder, "threads.jsonl")
    var cursor: String?
    repeat {
      let page = try await client.thread.list(mailboxId: box, cursor: cursor, limit: 500)
      for thread in page.threads { try threads.line(thread.json) }
      cursor = page.cursor
    } while cursor != nil
    return try threads.end()
  }

  /// What a tenant has besides its mail.
  private func writeRest(_ client: PostroomClient, _ folder: String) async throws -> [ExportedFile] {
    var files: [ExportedFile] = []
    func file(_ name: String, _ lines: [String]) throws {
      let writer = try ExportWriter(folder, name)
      for line in lines { try writer.line(line) }
      files.append(try writer.end())
    }
    try file("mailboxes.jsonl", try await client.mailbox.list().mailboxes.map(\.json))
    let events = try ExportWriter(folder, "events.jsonl")
    var after = "0"
    while true {
      let page = try await client.events.read(after: after, limit: 1000)
      for event in page.events { try events.line(event.json) }
      guard !page.events.isEmpty, page.cursor != after else { break }
      after = page.cursor
    }
    files.append(try events.end())
    var receipts: [String] = []
    var cursor: String?
    repeat {
      let page = try await client.purge.receipts(cursor: cursor, limit: 500)
      receipts += page.receipts.map(\.json)
      cursor = page.cursor
    } while cursor != nil
    try file("receipts.jsonl", receipts)
    try file("holds.jsonl", try await client.hold.list().holds.map(\.json))
    try file("settings.json", [try await client.tenant.settings().json])
    try file("retention.json", [try await client.retention.get().json])
    return files
  }

  /// The mail as it came, when it is kept: mboxrd, with the line ends of files.
  private func source(of mail: Mail, _ client: PostroomClient, _ mbox: ExportWriter) async throws {
    var lines = MboxLines()
    var isBegun = false
    do {
      for try await piece in client.mail.source(mailId: mail.id) {
        if !isBegun { try mbox.raw(Data(MboxLines.from(mail).utf8)) }
        isBegun = true
        try mbox.raw(Data(lines.take(Array(piece.data))))
      }
    } catch let error as PostroomError where error.reason == .mailNotLogged && !isBegun {
      return
    }
    guard isBegun else { return }
    try mbox.raw(Data(lines.end()))
    mbox.lines += 1
  }

  private func progress(_ text: String) {
    guard !options.json, isatty(STDERR_FILENO) == 1 else { return }
    Terminal.status(text)
  }

  private static func manifest(_ files: [ExportedFile], compact: Bool) -> String {
    struct Manifest: Encodable {
      var format = 1
      let createdAt: String
      let files: [ExportedFile]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      compact ? [.sortedKeys, .withoutEscapingSlashes] : [.prettyPrinted, .sortedKeys]
    let data = try? encoder.encode(Manifest(createdAt: Date().formatted(.iso8601), files: files))
    return String(decoding: data ?? Data(), as: UTF8.self)
  }
}

struct ExportedFile: Encodable {
  let name: String
  /// JSON objects, or mails of an mbox.
  let lines: Int
  let octets: Int
  let sha256: String
}

/// A file of an export, written and digested by pieces.
private final class ExportWriter {
  private let name: String
  private let handle: FileHandle
  private var octets = 0
  private var digest: SHA256Stream? = SHA256Stream()
  var lines = 0

  init(_ folder: String, _ name: String) throws {
    self.name = name
    let path = "\(folder)/\(name)"
    guard
      FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw Failure(.refused, "\(path) cannot be written.") }
    self.handle = handle
  }

  func line(_ text: String) throws {
    try raw(Data((text + "\n").utf8))
    lines += 1
  }

  func raw(_ data: Data) throws {
    try handle.write(contentsOf: data)
    octets += data.count
    digest?.add(Array(data))
  }

  func end() throws -> ExportedFile {
    try handle.synchronize()
    try handle.close()
    let sum = digest.take()?.finish() ?? []
    return ExportedFile(name: name, lines: lines, octets: octets, sha256: Digest.text(sum))
  }
}

/// Turns a mail's octets, in any pieces, into lines of an mbox (RFC 4155; "mboxrd": each line that begins with "From ",
/// however many ">" are before it, gets one more). Line ends become LF, as in every mbox. Holds five octets at the most.
struct MboxLines {
  private static let from = Array("From ".utf8)
  private static let dates = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

  /// How much of ``from`` a line has begun with, behind its ">"; nil in the middle of a line that is no such.
  private var matched: Int? = 0
  private var hasCR = false
  /// The line has something in it.
  private var isBegun = false

  static func from(_ mail: Mail) -> String {
    let sender = mail.from.first?.email ?? ""
    let plain =
      sender.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && !sender.isEmpty ? sender : "MAILER-DAEMON"
    var seconds = time_t((try? dates.parse(mail.receivedAt))?.timeIntervalSince1970 ?? 0)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var text = [CChar](repeating: 0, count: 64)
    // As ctime(3) writes it, in the C locale, which no program here leaves.
    let count = strftime(&text, text.count, "%a %b %e %H:%M:%S %Y", &parts)
    let shown = String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return "From \(plain) \(shown)\n"
  }

  mutating func take(_ octets: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(octets.count + 64)
    for byte in octets {
      if byte == 0x0A {
        endLine(&out)
        continue
      }
      if hasCR { add(0x0D, &out) }
      hasCR = byte == 0x0D
      if !hasCR { add(byte, &out) }
    }
    return out
  }

  /// What is left, and the empty line between mails.
  mutating func end() -> [UInt8] {
    var out: [UInt8] = []
    if hasCR {
      hasCR = false
      add(0x0D, &out)
    }
    if isBegun { endLine(&out) }
    out.append(0x0A)
    return out
  }

  private mutating func endLine(_ out: inout [UInt8]) {
    out += Self.from.prefix(matched ?? 0)
    out.append(0x0A)
    (matched, hasCR, isBegun) = (0, false, false)
  }

  private mutating func add(_ byte: UInt8, _ out: inout [UInt8]) {
    isBegun = true
    guard let count = matched else { return out.append(byte) }
    if count == 0, byte == 0x3E { return out.append(byte) }
    guard byte == Self.from[count] else {
      out += Self.from.prefix(count)
      out.append(byte)
      matched = nil
      return
    }
    guard count + 1 == Self.from.count else {
      matched = count + 1
      return
    }
    // One ">" more is one more wherever among them it stands.
    out.append(0x3E)
    out += Self.from
    matched = nil
  }
}
