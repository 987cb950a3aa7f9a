import ArgumentParser
import Foundation
import MailSim
import PostroomClient

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Play the whole story against a simulated provider.",
    discussion: """
      Starts a provider and a postroomd of its own in a temporary folder, connects a mailbox, syncs it, sends a \
      tracked mail, catches the reply, shows the thread, saves an attachment, and erases it all again. Leaves \
      nothing behind and nothing running.

      EXAMPLE: postroom demo --messages 5000
      """)

  @Option(help: "Messages in the mailbox.") var messages: Int = 5000
  @Option(
    help: ArgumentHelp("The postroomd to run; the one beside this program when not given.", valueName: "file")
  )
  var postroomd: String?
  @Flag(help: "Keep the folder with the data and the provider's authority, and say where it is.") var keep =
    false
  @Flag(name: .long, help: "Print the steps as JSON, one object a line.") var json = false

  func run() async throws {
    let begun = ContinuousClock.now
    let folder = FileManager.default.temporaryDirectory.appending(path: "postroom-demo-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let stage = Stage(
      folder: folder, messages: messages, program: postroomd ?? Self.beside("postroomd"), keeps: keep)
    do {
      try await DemoStory(stage: stage, json: json, begun: begun).play()
      await stage.strike()
    } catch {
      await stage.strike()
      throw Failure.from(error, url: stage.url)
    }
  }

  /// A program in the folder this one was started from.
  static func beside(_ name: String) -> String {
    let own =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    return URL(filePath: own).deletingLastPathComponent().appending(path: name).path
  }
}

/// What the story runs on: a provider inside this process, a postroomd beside it, one folder.
final class Stage {
  let folder: String
  let messages: Int
  private let program: String
  private var sim: MailSim?
  private var server: Process?
  private(set) var url = ""

  static let attachmentName = "signed-offer.pdf"

  private let keeps: Bool

  init(folder: String, messages: Int, program: String, keeps: Bool) {
    self.folder = folder
    self.keeps = keeps
    self.messages = messages
    self.program = program
  }

  var dataFolder: String { folder + "/data" }

  func startProvider() async throws -> MailSimEndpoints {
    var options = MailSimOptions()
    options.messages = messages
    options.directory = folder + "/provider"
    let pdf =
      "%PDF-1.4\n% A signed offer.\n" + String(repeating: "0123456789abcdef\n", count: 2000) + "%%EOF\n"
    options.correspondents = [
      Correspondent(
        delayMilliseconds: 300,
        text: "Thank you, that works for us. The signed offer is attached.\n\nBest regards\nDana",
        attachment: .init(name: Self.attachmentName, type: "application/pdf", content: Array(pdf.utf8)))
    ]
    let sim = MailSim(options: options)
    self.sim = sim
    return try await sim.start()
  }

  func startServer(trusting caFile: String) async throws {
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw Failure(
        .usage, "\(program) is not there. Build it with: swift build, or name it with --postroomd.")
    }
    let process = Process()
    let out = Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = [
      "--data", dataFolder, "--listen", "127.0.0.1:0", "--mail-ca-file", caFile, "--allow-private-hosts",
      "--log-level", "warning",
    ]
    process.standardOutput = out
    process.standardInput = FileHandle.nullDevice
    try process.run()
    server = process
    url = "unix://" + dataFolder + "/postroom.sock"
    let (lines, arrived) = AsyncStream.makeStream(of: Data.self)
    out.fileHandleForReading.readabilityHandler = { handle in
      let data = handle.availableData
      if data.isEmpty { arrived.finish() } else { arrived.yield(data) }
    }
    defer { out.fileHandleForReading.readabilityHandler = nil }
    var seen = ""
    for await data in lines {
      seen += String(decoding: data, as: UTF8.self)
      if seen.contains("postroomd ready"), seen.hasSuffix("\n") { return }
    }
    throw Failure(.unreachable, "postroomd ended before it was ready.")
  }

  /// Ends everything and removes the folder.
  func strike() async {
    if let server, server.isRunning {
      server.terminate()
      for _ in 0..<250 where server.isRunning { try? await Task.sleep(for: .milliseconds(20)) }
      if server.isRunning { kill(server.processIdentifier, SIGKILL) }
      server.waitUntilExit()
    }
    server = nil
    await sim?.stop()
    sim = nil
    if keeps { return Terminal.error("kept: \(folder)") }
    // A folder that cannot be removed is a leftover in the temporary folder, not an error of the story.
    try? FileManager.default.removeItem(atPath: folder)
  }
}
