import ArgumentParser
import Foundation
import PostroomClient

struct Console: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a link that opens the web console.",
    discussion: """
      The server must have been started with --console. The link holds the console's own token, from console.token in \
      the data folder: whoever has the link can do what the token can. The browser keeps it out of the address bar \
      and forgets it with the tab. Another token goes by --token-file; token.create makes one with fewer scopes.

      EXAMPLES:
        postroom console
        postroom console --address https://postroom.example.org:7625 --token-file reader.token
      """)

  @Option(help: ArgumentHelp("Where the browser reaches the server.", valueName: "url"))
  var address = "http://127.0.0.1:7625"
  @Option(help: ArgumentHelp("The server's data folder.", valueName: "folder"))
  var data: String?
  @Option(name: .long, help: ArgumentHelp("A file whose first line is the access token.", valueName: "file"))
  var tokenFile: String?

  func validate() throws {
    guard let url = URL(string: address), ["http", "https"].contains(url.scheme), url.host() != nil else {
      throw ValidationError("--address '\(address)' is not http://HOST:PORT or https://HOST:PORT.")
    }
  }

  func run() throws {
    let folders = data.map { [$0] } ?? [ServerOptions.home + "/postroom", "/var/lib/postroom"]
    let files = tokenFile.map { [$0] } ?? folders.map { $0 + "/console.token" }
    // The first that can be read; the message names them all.
    let token = files.lazy.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }.first?
      .split(whereSeparator: \.isNewline).first
    guard let token else {
      Terminal.error(
        "postroom: no token is in \(files.joined(separator: " or ")). Was postroomd started with --console, and may you "
          + "read its data folder?")
      throw ExitCode(Failure.Status.refused.rawValue)
    }
    let base = address.hasSuffix("/") ? String(address.dropLast()) : address
    Terminal.line("\(base)/console/#token=\(token)")
  }
}
