import Foundation
import Glibc
import MIME
import Testing

/// What the sanitiser writes, shown by a real browser: it may ask for nothing and open nothing.
///
/// Takes Debian's chromium and some seconds: with `POSTROOM_HEAVY=1` only.
@Suite(
  .serialized, .timeLimit(.minutes(3)),
  .enabled(if: ProcessInfo.processInfo.environment["POSTROOM_HEAVY"] == "1"))
struct ChromiumTests {
  /// Calls that a page makes when a script of the mail runs become requests, too.
  private static let head = """
    <!doctype html><html><head><meta charset="utf-8"><script>
    for (const name of ["alert", "confirm", "prompt", "print", "open"])
      window[name] = () => { new Image().src = "http://dialog.canary.invalid/" + name; };
    </script></head><body>
    """

  @Test func `B8: the browser asks for nothing and no script runs`() async throws {
    let parts = HostileHTMLTests.Attack.all.map { "<div>\(HTMLSanitizer.sanitize($0.html))</div>" }
    let (asked, shown) = try Self.show(
      Self.head + parts.joined(separator: "\n") + "<p>the end</p></body></html>")
    #expect(shown.contains("<p>the end</p>"), "the page was not shown")
    #expect(asked == [])
  }

  /// Each page as a mail has it, unsanitised, to see that the check sees.
  @Test(arguments: ["images", "handlers", "stylesheets", "style-url"])
  func `unsanitised the same attacks are seen`(_ name: String) async throws {
    let attack = try #require(HostileHTMLTests.Attack.all.first { $0.name == name })
    let (asked, _) = try Self.show(Self.head + attack.html + "</body></html>")
    #expect(!asked.isEmpty)
  }

  @Test func `remote pictures are asked for when they are wanted, and nothing else`() async throws {
    let html =
      "<img src=\"http://canary.invalid/wanted\"><p style=\"background:url(http://canary.invalid/no)\">x</p>"
    let (asked, _) = try Self.show(
      Self.head + HTMLSanitizer.sanitize(html, remoteImages: true) + "</body></html>")
    #expect(asked == ["GET http://canary.invalid/wanted"])
  }

  /// - Returns: the first lines of all requests for other hosts than the browser's own, and the page as shown.
  private static func show(_ html: String) throws -> (asked: [String], shown: String) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "chromium-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appendingPathComponent("page.html")
    try Data(html.utf8).write(to: page)
    let proxy = try LoggingProxy()
    let browser = Process()
    browser.executableURL = URL(fileURLWithPath: "/usr/bin/chromium")
    browser.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--disable-default-apps",
      "--disable-extensions", "--user-data-dir=\(folder.path)/profile",
      "--proxy-server=127.0.0.1:\(proxy.port)",
      "--proxy-bypass-list=<-loopback>", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
      "--virtual-time-budget=4000", "--dump-dom", page.absoluteString,
    ]
    let output = folder.appendingPathComponent("dom")
    try Data().write(to: output)
    browser.standardOutput = try FileHandle(forWritingTo: output)
    browser.standardError = FileHandle.nullDevice
    try browser.run()
    browser.waitUntilExit()
    let asked = proxy.stop().filter { line in
      // The browser's own: updates, accounts.
      !["google", "gvt1", "gstatic", "chromium"].contains { line.contains($0) }
    }
    return (asked, String(decoding: try Data(contentsOf: output), as: UTF8.self))
  }
}

/// Writes down what is asked for, and answers nothing.
private final class LoggingProxy: Sendable {
  let port: UInt16
  private let descriptor: Int32
  private let log: Log

  /// Guarded by its lock.
  private final class Log: @unchecked Sendable {
    private let lock = NSLock()
    private var lines: [String] = []
    func add(_ line: String) { lock.withLock { lines.append(line) } }
    var all: [String] { lock.withLock { lines } }
  }

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      // SAFETY: sockaddr_in is laid out to be read as sockaddr; the pointer lives through the calls.
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 64) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else { throw CocoaError(.fileNoSuchFile) }
    port = UInt16(bigEndian: address.sin_port)
    self.descriptor = descriptor
    let log = Log()
    self.log = log
    let reader = Thread {
      while true {
        let peer = accept(descriptor, nil, nil)
        if peer < 0 { return }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(peer, &buffer, buffer.count, 0)
        let line = buffer.prefix(max(count, 0)).prefix { $0 != 0x0D && $0 != 0x0A }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ")
        if words.count > 1 { log.add(words.prefix(2).joined(separator: " ")) }
        close(peer)
      }
    }
    reader.start()
  }

  func stop() -> [String] {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
    return log.all
  }
}
