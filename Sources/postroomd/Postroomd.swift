import ArgumentParser
import Console
import Foundation
import JSONRPC
import Telemetry

/// The server: configuration and wiring, nothing else.
struct Postroomd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "postroomd",
    abstract: "The connected-inbox server.",
    discussion: """
      Keeps everything in one folder, which it makes at the first start: the database, the master key \
      (master.key), and a first access token with every scope (admin.token). Only one postroomd can use a \
      folder. Losing master.key loses every stored body and password: back it up apart from the database.

      Callers reach it by JSON-RPC 2.0 on a Unix socket, where the user who runs postroomd needs no token, and \
      on TCP, where a token or a registered certificate is needed. All framings are spoken on each: JSON lines, \
      Content-Length headers, length prefixes, HTTP POST /rpc, WebSocket. Beyond loopback use --tls-certificate.

      When it is ready it prints one line: postroomd ready tcp=HOST:PORT unix=PATH. It stops on SIGTERM or \
      SIGINT: takes no new calls, finishes what runs, within 20 seconds.

      postroomd backup, postroomd restore and postroomd key work on a folder instead of serving it; each has --help.

      EXIT STATUS: 0 stopped as asked; 64 wrong usage; 69 a port or socket is taken; 73 the folder cannot be \
      used (another postroomd holds it, wrong permissions, a database of a newer version); 74 the disk failed; 78 a \
      setting in the file or the environment cannot be used.

      EXAMPLES:
        postroomd --data ~/postroom
        postroomd --init postroomd.yaml && postroomd --config postroomd.yaml
        postroomd --data /var/lib/postroom --listen 0.0.0.0:7625 \\
          --tls-certificate chain.pem --tls-key key.pem --host postroom.example.org
        postroomd --data /var/lib/postroom --listen 0.0.0.0:7625 \\
          --tls-certificate chain.pem --tls-key key.pem --tls-client-ca callers.pem --tls-client-required
      """,
    version: Version.text)

  @OptionGroup(title: "SETTINGS") var configuration: ConfigurationOptions

  @Option(name: .long, help: ArgumentHelp("The folder that holds everything.", valueName: "folder"))
  var data: String

  @OptionGroup var keys: KeyOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A master key that was used before: what it wrapped is wrapped by the present one at this start.",
      valueName: "file"))
  var previousMasterKey: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Address and port to listen on; may be given again. Port 0 takes a free one; 'none' for no TCP.",
      valueName: "host:port"))
  var listen: [String] = ["127.0.0.1:7625"]

  @Option(
    name: .long,
    help: ArgumentHelp("The Unix socket; postroom.sock in the data folder when not given.", valueName: "path")
  )
  var socket: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Certificate chain in PEM: TCP then takes TLS, and plain only from this machine.", valueName: "file"))
  var tlsCertificate: String?

  @Option(name: .long, help: ArgumentHelp("Its private key in PEM.", valueName: "file"))
  var tlsKey: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "PEM file of authorities: TLS asks callers for a certificate of theirs, which stands for a token when "
        + "token.addCertificate has registered it.", valueName: "file"))
  var tlsClientCa: String?

  @Flag(
    name: .long,
    help: "TCP is for callers with a certificate of --tls-client-ca only, also from this machine.")
  var tlsClientRequired = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "PEM file of these authorities' lists of revoked certificates, read again on SIGHUP.", valueName: "file"
    ))
  var tlsClientCrl: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Permissions of the Unix socket; 600, or 660 with --socket-group.", valueName: "octal")
  )
  var socketMode: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Group of the Unix socket, which --socket then puts outside the data folder. Its members may connect, and "
        + "need a token.", valueName: "group"))
  var socketGroup: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A name callers use in HTTP's Host, besides localhost; may be given again.", valueName: "name"))
  var host: [String] = []

  @Flag(
    name: .long,
    help: ArgumentHelp(
      "Serve a console for people under /console/. It takes any token; one for it is put into console.token in the "
        + "data folder."))
  var console = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "PEM file of authorities to trust for mail servers, besides the system's.", valueName: "file"))
  var mailCaFile: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where mail is parsed: isolated, in processes of their own that can reach nothing, or in-process.",
      valueName: "where"))
  var parse: ParsePlace = .isolated

  @OptionGroup(title: "MAIL SERVERS") var mailHosts: MailHostOptions

  @OptionGroup(title: "MAIL SERVERS") var oauth: OAuthOptions

  @OptionGroup(title: "LIMITS") var limits: LimitOptions

  @OptionGroup(title: "LOG AND TRACES") var log: LogOptions

  func validate() throws {
    guard (tlsCertificate == nil) == (tlsKey == nil) else {
      throw ValidationError("--tls-certificate and --tls-key go together.")
    }
    guard tlsClientCa == nil || tlsCertificate != nil else {
      throw ValidationError("--tls-client-ca needs --tls-certificate.")
    }
    guard !tlsClientRequired || tlsClientCa != nil else {
      throw ValidationError("--tls-client-required needs --tls-client-ca.")
    }
    guard tlsClientCrl == nil || tlsClientCa != nil else {
      throw ValidationError("--tls-client-crl needs --tls-client-ca.")
    }
    guard socketMode == nil || UInt16(socketMode ?? "", radix: 8).map({ $0 <= 0o777 }) == true else {
      throw ValidationError("--socket-mode is an octal number such as 660.")
    }
    guard socketGroup == nil || socket != nil else {
      throw ValidationError("--socket-group needs --socket: only the owner can enter the data folder.")
    }
    for text in listen where text != "none" && ListenAddress(text) == nil {
      throw ValidationError("--listen '\(text)' is not HOST:PORT, such as 127.0.0.1:7625 or [::1]:7625.")
    }
  }

  /// Who may open the Unix socket.
  var unixMode: UInt16 {
    socketMode.flatMap { UInt16($0, radix: 8) } ?? (socketGroup == nil ? 0o600 : 0o660)
  }

  func httpPolicy(console: Bool) -> HTTPPolicy {
    HTTPPolicy(hosts: Set(host), pages: console ? ConsolePages.all : [:])
  }

  func run() async throws {
    if configuration.checkConfig { return print("The settings can be used.") }
    let writer = log.startLog()
    // The last lines are worth waiting for, but not for ever: a reader may have stopped reading.
    defer { writer.flush(milliseconds: 2000) }
    do {
      try await Daemon(self, log: writer).run()
    } catch let failure as StartFailure {
      writer.flush(milliseconds: 2000)
      FileHandle.standardError.write(Data("postroomd: \(failure.message)\n".utf8))
      throw ExitCode(failure.status)
    }
  }
}

enum Version {
  static let text = "0.1.0"
  /// What whoever packed the server says that it was built from; shown, and not looked at.
  static let commit = ProcessInfo.processInfo.environment["POSTROOM_COMMIT"].flatMap { text in
    text.isEmpty || text.utf8.count > 64 || !text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? nil : text
  }
}

enum ParsePlace: String, ExpressibleByArgument, CaseIterable {
  case isolated
  case inProcess = "in-process"
}

/// `HOST:PORT`, the host of IPv6 in brackets.
struct ListenAddress {
  let host: String
  let port: UInt16

  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
      return nil
    }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    guard !host.isEmpty else { return nil }
    self.host = host
    self.port = port
  }
}

/// Why the server did not start: words for a person, and what the shell gets.
struct StartFailure: Error {
  let status: Int32
  let message: String

  static let unavailable: Int32 = 69
  static let cannotUseFolder: Int32 = 73
  static let inputOutput: Int32 = 74
}
