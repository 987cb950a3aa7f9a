import ArgumentParser
import Foundation
import PostroomClient

/// What every command that calls the server takes.
struct ServerOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where postroomd listens: unix://PATH, postroom://HOST:PORT, or postrooms://HOST:PORT for TLS.",
      valueName: "url"))
  var server: String?

  @Option(name: .long, help: ArgumentHelp("A file whose first line is the access token.", valueName: "file"))
  var tokenFile: String?

  @Flag(name: .long, help: "Print JSON, one object a line.")
  var json = false

  /// Where the package's socket unit listens, and the first token of its server, which root can read.
  private static let systemSocket = "/run/postroom.sock"
  private static let systemToken = "/var/lib/postroom/admin.token"

  /// $HOME, as the shell has it; Foundation would ask the user database first.
  static var home: String {
    ProcessInfo.processInfo.environment["HOME"] ?? FileManager.default.homeDirectoryForCurrentUser.path
  }

  var url: String {
    if let named = server ?? ProcessInfo.processInfo.environment["POSTROOM_SERVER"] { return named }
    let own = Self.home + "/postroom/postroom.sock"
    let files = FileManager.default
    return "unix://"
      + (!files.fileExists(atPath: own) && files.fileExists(atPath: Self.systemSocket)
        ? Self.systemSocket : own)
  }

  func token() throws -> String? {
    if let tokenFile {
      guard let text = try? String(contentsOfFile: tokenFile, encoding: .utf8),
        let line = text.split(whereSeparator: \.isNewline).first
      else { throw Failure(.usage, "\(tokenFile) cannot be read, or is empty.") }
      return String(line)
    }
    if let token = ProcessInfo.processInfo.environment["POSTROOM_TOKEN"] { return token }
    guard url == "unix://" + Self.systemSocket else { return nil }
    // Not readable for anybody but root: others sign in with a token of their own.
    return (try? String(contentsOfFile: Self.systemToken, encoding: .utf8))?
      .split(whereSeparator: \.isNewline).first.map(String.init)
  }

  /// Runs `body` with a connected client and turns its errors into words and an exit status.
  func run(_ body: (PostroomClient) async throws -> Void) async throws {
    let client: PostroomClient
    do {
      client = try PostroomClient(url, token: try token())
    } catch let error as PostroomError {
      throw Failure(.usage, error.message)
    }
    do {
      try await body(client)
      await client.close()
    } catch {
      await client.close()
      throw Failure.from(error, url: url)
    }
  }

  /// A mailbox by its id or its address.
  func mailbox(_ name: String, _ client: PostroomClient) async throws -> Mailbox {
    let all = try await client.mailbox.list().mailboxes
    let lower = name.lowercased()
    if let hit = all.first(where: { $0.id == name || $0.email.lowercased() == lower }) { return hit }
    let known =
      all.isEmpty ? "No mailbox is connected yet." : "Connected: " + all.map(\.email).joined(separator: ", ")
    throw Failure(.refused, "No mailbox is called \(name). \(known)")
  }
}

/// An end with words for a person and a number for a script.
struct Failure: Error, CustomStringConvertible {
  enum Status: Int32 { case refused = 1, cannotConnect = 2, unreachable = 3, declined = 4, usage = 64 }

  let status: Status
  let message: String

  init(_ status: Status, _ message: String) {
    self.status = status
    self.message = message
  }

  var description: String { message }

  /// ArgumentParser prints nothing for an ExitCode: the words go out here.
  static func from(_ error: any Error, url: String) -> any Error {
    let failure: Failure
    if let known = error as? Failure {
      failure = known
    } else if let error = error as? PostroomError {
      let reason = error.reason.rawValue
      let status: Status =
        if reason.hasPrefix("connect.") { .cannotConnect } else if reason.hasPrefix("connection.") {
          .unreachable
        } else { .refused }
      let hint = status == .unreachable ? "\nIs postroomd running, and does it listen on \(url)?" : ""
      failure = Failure(status, "\(error.message) [\(reason)]\(hint)")
    } else if error is ExitCode || error is CancellationError {
      return error
    } else {
      failure = Failure(.refused, "\(error)")
    }
    Terminal.error("postroom: " + failure.message)
    return ExitCode(failure.status.rawValue)
  }
}
