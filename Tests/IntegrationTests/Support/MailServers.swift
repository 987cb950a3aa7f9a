import Foundation
import Glibc
import PostroomClient
import Testing

/// A private Dovecot and Postfix. Any user has the password "secret", at example.test.
struct MailServers: Sendable {
  let folder: String
  let imap: Int64
  let imaps: Int64
  let submission: Int64
  let submissions: Int64
  let caFile: String

  @TaskLocal private static var running: MailServers?

  static var current: MailServers {
    get throws { try #require(running, "the mail servers run only inside a suite with .mailServers") }
  }

  private static let script = Place.tests + "/Servers/mail-servers"

  static func start(in folder: String) async throws -> MailServers {
    try checkInstalled()
    let out = try await Program.run(script, ["start", folder + "/servers"], folder: folder)
    guard out.status == 0 else { throw Failed("the mail servers do not start:\n\(out.errors)") }
    var values: [String: String] = [:]
    for line in out.output.split(separator: "\n") {
      let pair = line.split(separator: "=", maxSplits: 1).map(String.init)
      if pair.count == 2 { values[pair[0]] = pair[1] }
    }
    func port(_ name: String) throws -> Int64 {
      guard let port = values[name].flatMap({ Int64($0) }) else {
        throw Failed("no \(name) in:\n\(out.output)")
      }
      return port
    }
    guard let caFile = values["CA"] else { throw Failed("no CA in:\n\(out.output)") }
    return MailServers(
      folder: folder, imap: try port("IMAP"), imaps: try port("IMAPS"), submission: try port("SUBMISSION"),
      submissions: try port("SUBMISSIONS"), caFile: caFile)
  }

  /// Mail servers put themselves into the background: they are ended also when the tests are killed.
  static func watch(_ stage: Stage) throws {
    let wait = #"while [ -d "/proc/$1" ]; do sleep 1; done; "$2" stop "$3/servers"; rm -rf "$3""#
    // In a session of its own it outlives the terminal's interrupt.
    _ = try stage.start(
      "/usr/bin/setsid", ["/bin/bash", "-c", wait, "watch", String(getpid()), script, stage.folder])
  }

  /// Ends whatever of them runs.
  static func stop(in folder: String) async {
    do {
      let out = try await Program.run(script, ["stop", folder + "/servers"], folder: folder)
      if out.status != 0 { Issue.record("the mail servers do not stop:\n\(out.errors)") }
    } catch { Issue.record(error, "the mail servers do not stop") }
  }

  private static func checkInstalled() throws {
    let advice = "make test-deps installs what is missing; POSTROOM_NO_SERVERS=1 leaves these tests out."
    if geteuid() != 0 { throw Failed("Postfix needs root. Run the tests as root. \(advice)") }
    for program in [
      "/usr/sbin/dovecot", "/usr/bin/doveadm", "/usr/sbin/postfix", "/usr/bin/openssl", Place.python,
    ]
    where !FileManager.default.isExecutableFile(atPath: program) {
      throw Failed("\(program) is missing. \(advice)")
    }
  }

  static func running(_ servers: MailServers, _ body: () async throws -> Void) async throws {
    try await $running.withValue(servers) { try await body() }
  }

  // MARK: Settings

  var implicit: (imap: ServerChoice, smtp: ServerChoice) {
    (
      ServerChoice(host: "127.0.0.1", port: imaps, security: .tls),
      ServerChoice(host: "127.0.0.1", port: submissions, security: .tls)
    )
  }

  var upgraded: (imap: ServerChoice, smtp: ServerChoice) {
    (
      ServerChoice(host: "localhost", port: imap, security: .starttls),
      ServerChoice(host: "localhost", port: submission, security: .starttls)
    )
  }

  // MARK: What happens beside the product

  /// Puts `count` mails into a user's INBOX.
  func fill(_ user: String, _ count: Int) async throws {
    let out = try await Program.run(
      Place.tests + "/Servers/fill-mailbox", [folder + "/servers", user, String(count)], folder: folder)
    guard out.status == 0 else { throw Failed("the mailbox cannot be filled:\n\(out.errors)") }
  }

  /// Sends a mail by plain SMTP, as another program of the user's would.
  func submit(_ raw: [UInt8], as user: String, to recipients: [String]) async throws {
    let file = "\(folder)/\(UUID().uuidString).eml"
    try Data(raw).write(to: URL(filePath: file))
    _ = try await mailbox(["send", String(submissions), "\(user)@example.test", file] + recipients)
  }

  /// How often each Message-ID (without "<>") stands in a folder.
  func messageIDs(of user: String, folder name: String) async throws -> [String: Int] {
    let text = try await mailbox(["ids", String(imaps), user, name])
    return try JSONDecoder().decode([String: Int].self, from: Data(text.utf8))
  }

  /// The octets of the mails with a Message-ID, as plain IMAP gives them.
  func raw(of messageID: String, user: String, folder name: String) async throws -> [UInt8] {
    let file = "\(folder)/\(UUID().uuidString).eml"
    _ = try await mailbox(["fetch", String(imaps), user, name, messageID, file])
    return [UInt8](try Data(contentsOf: URL(filePath: file)))
  }

  private func mailbox(_ arguments: [String]) async throws -> String {
    let out = try await Program.run(
      Place.python, [Place.tests + "/Python/mailbox.py", caFile] + arguments, folder: folder)
    guard out.status == 0 else { throw Failed("mailbox.py \(arguments.first ?? ""): \(out.errors)") }
    return out.output
  }
}

/// Gives a suite one pair of mail servers for all of its tests.
struct MailServersTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withStage(clean: { await MailServers.stop(in: $0.folder) }) { stage in
      try MailServers.watch(stage)
      let servers = try await MailServers.start(in: stage.folder)
      try await MailServers.running(servers, function)
    }
  }
}

extension Trait where Self == MailServersTrait {
  static var mailServers: Self { MailServersTrait() }
}
