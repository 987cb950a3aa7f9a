import Bytes
import Foundation
import Glibc
import SASL
import Sockets
import Synchronization

@testable import HTTPClient
@testable import MailEngine

/// A provider of access tokens on this machine: answers what a test says, and keeps what it was asked.
final class TokenServer: Sendable {
  struct Answer: Sendable {
    var status = 200
    var body = "{}"
    /// Closes without an answer, after it has read the request.
    var hangsUp = false
    var delayMilliseconds = 0

    static func tokens(_ access: String, refresh: String? = nil, seconds: Int = 3600) -> Answer {
      let more = refresh.map { ",\"refresh_token\":\"\($0)\"" } ?? ""
      return Answer(
        body: "{\"access_token\":\"\(access)\",\"token_type\":\"Bearer\",\"expires_in\":\(seconds)\(more)}")
    }

    static func error(_ code: String, status: Int = 400) -> Answer {
      Answer(status: status, body: "{\"error\":\"\(code)\",\"error_description\":\"It says so.\"}")
    }
  }

  private struct State {
    var requests: [(path: String, form: [String: String])] = []
    var answer: @Sendable (String, [String: String]) -> Answer = { _, _ in .error("invalid_grant") }
  }

  private let listener: Listener
  private let state = Mutex(State())
  private let task = Mutex<Task<Void, Never>?>(nil)

  init() throws {
    listener = try Listener.bind(.tcp(host: "127.0.0.1", port: 0))
    task.withLock { task in
      task = Task { [listener, self] in
        await listener.run(on: .shared) { stream in await self.serve(stream) }
      }
    }
  }

  func stop() async {
    listener.close()
    await task.withLock { $0 }?.value
  }

  var requests: [(path: String, form: [String: String])] { state.withLock { $0.requests } }

  /// From now on it answers so.
  func answer(_ make: @escaping @Sendable (_ path: String, _ form: [String: String]) -> Answer) {
    state.withLock { $0.answer = make }
  }

  func provider(_ name: String = "acme") throws -> OAuthProvider {
    func address(_ path: String) throws -> WebAddress {
      guard let address = WebAddress("http://127.0.0.1:\(listener.port)\(path)") else {
        throw POSIXError(.EINVAL)
      }
      return address
    }
    return OAuthProvider(
      name: name, tokenEndpoint: try address("/token"), authorizationEndpoint: try address("/authorize"),
      deviceEndpoint: try address("/device"), clientID: "postroom & co", clientSecret: .init("s3cret"),
      scopes: ["mail", "offline_access"])
  }

  private func serve(_ stream: SocketStream) async {
    var text = ""
    let deadline = Deadline.after(seconds: 10)
    while true {
      var buffer = ByteBuffer()
      guard let count = try? await stream.read(into: &buffer, atMost: 65_536, deadline: deadline), count > 0
      else {
        return stream.close()
      }
      text += String(decoding: buffer.bytes, as: UTF8.self)
      guard let head = text.range(of: "\r\n\r\n") else { continue }
      let length =
        text.range(of: "Content-Length: ").flatMap { Int(text[$0.upperBound...].prefix { $0.isNumber }) } ?? 0
      if text[head.upperBound...].utf8.count >= length { break }
    }
    let path = String(text.split(separator: " ").dropFirst().first ?? "")
    let form = Self.form(text.components(separatedBy: "\r\n\r\n").dropFirst().first ?? "")
    let answer = state.withLock { s in
      s.requests.append((path, form))
      return s.answer
    }(path, form)
    if answer.delayMilliseconds > 0 { try? await Task.sleep(for: .milliseconds(answer.delayMilliseconds)) }
    if !answer.hangsUp {
      let reply =
        "HTTP/1.1 \(answer.status) X\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "\(String(answer.body.utf8.count, radix: 16))\r\n\(answer.body)\r\n0\r\n\r\n"
      try? await stream.write(reply, deadline: deadline)
    }
    stream.close()
  }

  private static func form(_ text: String) -> [String: String] {
    var form: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      form[String(parts[0]).removingPercentEncoding ?? ""] = String(parts.last ?? "").removingPercentEncoding
    }
    return form
  }
}
