import ArgumentParser
import Foundation
import Testing

@testable import postroom
@testable import postroomd

/// The programs as a user runs them.
@Suite(.serialized, .timeLimit(.minutes(3))) struct CommandLineTests {
  static let commands = [
    "connect", "probe", "audit", "reconnect", "disconnect", "mailboxes", "sync", "send", "upload", "mails",
    "threads",
    "thread",
    "mail",
    "track",
    "untrack", "watch", "purge", "receipts", "status", "api", "top", "tail", "doctor", "token", "tenant",
    "folders",
    "cancel", "sim", "demo", "delete", "retention", "hold", "settings", "receipt",
  ]

  @Test(arguments: [[]] + commands.map { [$0] } + [["thread", "split"], ["thread", "merge"]])
  func `each command explains itself`(command: [String]) throws {
    let run = try Run("postroom", command + ["--help"])
    #expect(run.status == 0)
    #expect(run.out.contains("USAGE: postroom"))
    #expect(run.out.contains("OVERVIEW:"))
  }

  @Test func `postroomd explains itself, with its exit statuses`() throws {
    let run = try Run("postroomd", ["--help"])
    #expect(run.status == 0)
    #expect(run.out.contains("EXIT STATUS"))
  }

  @Test(arguments: Maintenance.configuration.subcommands.map { $0._commandName })
  func `what postroomd does besides serving explains itself`(_ command: String) throws {
    let run = try Run("postroomd", [command, "--help"])
    #expect(run.status == 0)
    #expect(run.out.contains("USAGE: postroomd \(command)") && run.out.contains("EXAMPLES:"))
    // Which of two mistakes is told first is the parser's choice.
    let wrong = try Run("postroomd", [command, "--nonsense"])
    #expect(wrong.status == 64 && wrong.err.contains("Usage: postroomd \(command)"))
    #expect(try Run("postroomd", ["--help"]).out.contains("postroomd \(command)"))
  }

  static let wrong: [([String], String)] = [
    (["purge"], "Name one of"),
    (["purge", "--contact", "a@b.c", "--thread", "th1"], "Name one of"),
    (["sim", "--profile", "lotus"], "none of plain, gmail, office365"),
    (["connect", "a@b.c", "--imap", "host:99999", "--smtp", "host"], "--imap"),
    (["settings", "--clear", "everything"], "--clear takes one of"),
    (["thread", "merge", "th1"], "Missing expected argument"),
    (["nonsense"], "nonsense"),
  ]

  @Test(arguments: wrong)
  func `wrong usage ends with 64 and says what is wrong`(arguments: [String], words: String) throws {
    let run = try Run("postroom", arguments)
    #expect(run.status == 64)
    #expect(run.err.contains(words))
  }

  @Test func `without a server the status is 3 and the hint names where it was looked for`() throws {
    let run = try Run("postroom", ["mailboxes", "--server", "unix:///nowhere/postroom.sock"])
    #expect(run.status == 3)
    #expect(run.err.contains("/nowhere/postroom.sock"))
  }

  static let indents: [(String, String)] = [
    ("{}", "{}"), ("[]", "[]"), ("12", "12"), (#"{"a":1}"#, "{\n  \"a\": 1\n}"),
    (
      #"{"a":[1,{"b":"}{,"}],"c":{}}"#,
      "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"}{,\"\n    }\n  ],\n  \"c\": {}\n}"
    ),
    (#"{"q":"\\\"x"}"#, "{\n  \"q\": \"\\\\\\\"x\"\n}"),
  ]

  @Test(arguments: indents)
  func `results of api are shown a member a line on a terminal`(json: String, shown: String) {
    #expect(API.indented(json) == shown)
  }

  static let daemonUsage: [([String], String)] = [
    ([], "--data"),
    (["--data", "/tmp/x", "--log-level", "loud"], "--log-level"),
    (["--data", "/tmp/x", "--log-format", "xml"], "--log-format"),
    (["--data", "/tmp/x", "--slow-call", "-1"], "--slow-call"),
    (["--data", "/tmp/x", "--trace-sample", "1.5"], "--trace-sample"),
    (["--data", "/tmp/x", "--listen", "7625"], "HOST:PORT"),
    (["--data", "/tmp/x", "--tls-key", "k.pem"], "go together"),
  ]

  @Test(arguments: daemonUsage)
  func `postroomd refuses what it cannot use`(arguments: [String], words: String) throws {
    let run = try Run("postroomd", arguments)
    #expect(run.status == 64)
    #expect(run.err.contains(words))
  }

  @Test func `the demo plays the whole story and leaves nothing behind`() throws {
    let before = try leftovers()
    let run = try Run("postroom", ["demo", "--messages", "600"])
    #expect(run.status == 0, "\(run.out)\n\(run.err)")
    for words in [
      "bodies kept: 0", "nothing is sent twice", "mail.logged", "signed-offer.pdf saved", "remaining  0",
      "0 octets found",
    ] {
      #expect(run.out.contains(words))
    }
    #expect(!run.out.contains("\u{1B}["), "colour in a pipe")
    #expect(try leftovers() == before)
  }

  private func leftovers() throws -> Set<String> {
    let temporary = FileManager.default.temporaryDirectory.path
    return Set(
      try FileManager.default.contentsOfDirectory(atPath: temporary).filter { $0.hasPrefix("postroom-demo-") }
    )
  }
}

/// A program run to its end, with no terminal and nothing on its standard input.
struct Run {
  let status: Int32
  let out: String
  let err: String

  init(_ program: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = Self.folder.appending(path: program)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    let files = try (0..<2).map { _ in
      let url = FileManager.default.temporaryDirectory.appending(path: "postroom-run-\(UUID().uuidString)")
      #expect(FileManager.default.createFile(atPath: url.path, contents: nil))
      return (url, try FileHandle(forWritingTo: url))
    }
    // Only temporary files: one that stays harms nobody.
    defer { for (url, _) in files { try? FileManager.default.removeItem(at: url) } }
    process.standardOutput = files[0].1
    process.standardError = files[1].1
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    out = try String(contentsOf: files[0].0, encoding: .utf8)
    err = try String(contentsOf: files[1].0, encoding: .utf8)
  }

  /// Where the build puts programs: the folder of the tests' own.
  static var folder: URL {
    URL(filePath: ProcessInfo.processInfo.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
  }
}
