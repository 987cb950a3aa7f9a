import ArgumentParser
import Foundation
import Glibc
import PostroomClient

/// How a mailbox signs in: by a password, or by access tokens that its person allows.
struct OAuthOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Sign in by access tokens of this provider, such as google, instead of a password; `postroom providers` lists "
        + "them.", valueName: "provider"))
  var oauth: String?

  @Flag(
    name: .long,
    help: "With --oauth: show a code that is typed on another device, where the provider offers it.")
  var device = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "With --oauth: wait for the browser at this port of this machine. It is part of the address registered there, "
        + "http://127.0.0.1:PORT/; 0 takes a free one.", valueName: "port"))
  var redirectPort: UInt16 = 0

  func validate() throws {
    guard oauth != nil || (!device && redirectPort == 0) else {
      throw ValidationError("--device and --redirect-port go with --oauth.")
    }
  }

  /// Leads the person through the provider's pages; nil without `--oauth`.
  func access(_ client: PostroomClient, email: String) async throws -> OAuthAccess? {
    guard let oauth else { return nil }
    if device {
      let begun = try await client.oauth.device(provider: oauth)
      Terminal.note(
        "Open \(Terminal.safeLine(begun.verificationUri)) and type \(Terminal.safeLine(begun.userCode)).")
      let grant = try await client.oauth.wait(
        grantId: begun.grantId, options: CallOptions(timeout: .seconds(3600)))
      return OAuthAccess(grantId: grant.grantId)
    }
    let listener = try RedirectListener(port: redirectPort)
    defer { listener.close() }
    let begun = try await client.oauth.begin(
      provider: oauth, redirectUri: "http://127.0.0.1:\(listener.port)/", email: email)
    Terminal.note("Open this page, and allow access to the mailbox:\n\n\(Terminal.safeLine(begun.url))\n")
    Terminal.note(
      "If the browser is on another machine, paste the address that it ends at here, and press return.")
    let (state, code) = try await listener.wait(seconds: 900)
    guard state == begun.state else {
      throw Failure(.refused, "What came back belongs to another sign-in. Begin again.")
    }
    let grant = try await client.oauth.complete(state: state, code: code)
    return OAuthAccess(grantId: grant.grantId)
  }
}

struct Providers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the providers whose access tokens mailboxes can sign in by.",
    discussion: """
      They are configured by the server's operator: postroomd --oauth FILE.

      EXAMPLE: postroom providers
      """)

  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let all = try await client.oauth.providers()
      if options.json { return Terminal.line(all.json) }
      if all.providers.isEmpty {
        return Terminal.line("No provider is configured. postroomd --oauth FILE names them.")
      }
      for one in all.providers {
        let ways = [one.authorization ? "browser" : nil, one.device ? "device code" : nil].compactMap { $0 }
        Terminal.line("\(one.name)  \(ways.joined(separator: ", "))")
      }
    }
  }
}

/// Waits on this machine for the browser that a provider sends back (RFC 8252 §7.3), or for its address on standard
/// input.
final class RedirectListener: Sendable {
  private let fd: Int32
  let port: UInt16

  init(port: UInt16) throws {
    fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var yes: Int32 = 1
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let fd = fd
    let done = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        fd >= 0 && bind(fd, $0, length) == 0 && listen(fd, 4) == 0 && getsockname(fd, $0, &length) == 0
      }
    }
    guard done else {
      let words = String(cString: strerror(errno))
      Glibc.close(fd)
      throw Failure(.usage, "Nothing can be waited for at port \(port) of this machine: \(words).")
    }
    self.port = UInt16(bigEndian: address.sin_port)
  }

  func close() { Glibc.close(fd) }

  /// State and code of the first who comes with both, or with the provider's refusal.
  func wait(seconds: Int) async throws -> (state: String, code: String) {
    let end = Date().addingTimeInterval(TimeInterval(seconds))
    var listensToTerminal = true
    while Date() < end {
      try Task.checkCancellation()
      var waiting = [
        pollfd(fd: fd, events: Int16(POLLIN), revents: 0),
        pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&waiting, listensToTerminal ? 2 : 1, 500)
      if waiting[0].revents != 0, let found = try answerBrowser() { return found }
      if listensToTerminal, waiting[1].revents != 0 {
        guard let line = readLine() else {
          listensToTerminal = false
          continue
        }
        if let found = try Self.read(line) { return found }
        if !line.trimmingCharacters(in: .whitespaces).isEmpty {
          Terminal.note("That is not the address that the provider ends at: it has a state and a code in it.")
        }
      }
      await Task.yield()
    }
    throw Failure(.refused, "Nobody came back from the provider within \(seconds / 60) minutes. Begin again.")
  }

  private func answerBrowser() throws -> (state: String, code: String)? {
    let peer = accept(fd, nil, nil)
    guard peer >= 0 else { return nil }
    defer { Glibc.close(peer) }
    var patience = timeval(tv_sec: 5, tv_usec: 0)
    setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var octets = [UInt8](repeating: 0, count: 16_384)
    let count = recv(peer, &octets, octets.count, 0)
    guard count > 0,
      let line = String(decoding: octets[..<count], as: UTF8.self).split(separator: "\r\n").first,
      let target = line.split(separator: " ").dropFirst().first
    else { return nil }
    let found = Result { try Self.read("http://127.0.0.1\(target)") }
    let isDone = (try? found.get()) != nil
    let words =
      isDone
      ? "You can close this page and go back to the terminal." : "This page is for the end of a sign-in."
    let text =
      "HTTP/1.1 \(isDone ? "200 OK" : "404 Not Found")\r\nContent-Type: text/plain; charset=utf-8\r\n"
      + "Content-Length: \(words.utf8.count)\r\nConnection: close\r\n\r\n\(words)"
    _ = text.withCString { send(peer, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
    return try found.get()
  }

  /// What an address that the provider sent somebody to has in it; nil for another address.
  /// - Throws: ``Failure`` with the provider's words when it said no.
  static func read(_ text: String) throws -> (state: String, code: String)? {
    let address = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let items = URLComponents(string: address)?.queryItems else { return nil }
    let value = { (name: String) in items.first { $0.name == name }?.value }
    guard let state = value("state") else { return nil }
    if let error = value("error") {
      let words = value("error_description") ?? ""
      throw Failure(.refused, "The provider said \(Terminal.safeLine(error)). \(Terminal.safeLine(words))")
    }
    return value("code").map { (state, $0) }
  }
}
