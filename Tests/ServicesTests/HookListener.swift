import Bytes
import Sockets
import Synchronization

/// A small HTTP server that notes what it is sent and answers as it is told.
final class HookListener: Sendable {
  struct Request: Sendable {
    var fields: [String: String] = [:]
    var body: [UInt8] = []
  }

  enum Answer: Sendable {
    case text(String)
    /// Sends the text, and so many octets behind it.
    case giant(String, octets: Int)
    /// Never answers.
    case silence
    /// Closes at once.
    case close

    static func status(_ code: Int, _ fields: String = "") -> Answer {
      .text("HTTP/1.1 \(code) Word\r\n\(fields)Content-Length: 0\r\n\r\n")
    }
  }

  let listener: Listener
  private let seen = Mutex<[Request]>([])
  private let answer: @Sendable (_ number: Int, Request) -> Answer

  var requests: [Request] { seen.withLock { $0 } }
  var url: String { "http://127.0.0.1:\(listener.port)/hook?token=1" }

  private init(_ answer: @escaping @Sendable (Int, Request) -> Answer) throws {
    self.answer = answer
    listener = try Listener.bind(.tcp(host: "127.0.0.1", port: 0))
  }

  /// Runs `body` with a listener whose nth request, from 0, is answered by `answer`.
  static func run(
    _ answer: @escaping @Sendable (Int, Request) -> Answer, _ body: (HookListener) async throws -> Void
  ) async throws {
    let hook = try HookListener(answer)
    let serving = Task { await hook.listener.run(on: .shared) { await hook.serve($0) } }
    defer {
      hook.listener.close()
      serving.cancel()
    }
    try await body(hook)
  }

  private func serve(_ stream: SocketStream) async {
    defer { stream.close() }
    do {
      var buffer = ByteBuffer()
      var request = Request()
      var end: Int?
      while true {
        if try await stream.read(into: &buffer, atMost: 65_536, deadline: .after(seconds: 20)) == 0 { return }
        let bytes = buffer.bytes
        if end == nil {
          end = (0..<max(0, bytes.count - 3)).first { bytes[$0..<$0 + 4].elementsEqual("\r\n\r\n".utf8) }
        }
        guard let end else { continue }
        for line in String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n").dropFirst() {
          let parts = line.split(separator: ":", maxSplits: 1)
          request.fields[parts[0].lowercased()] = parts[1].trimmingSpace
        }
        guard let length = Int(request.fields["content-length"] ?? ""), bytes.count >= end + 4 + length else {
          continue
        }
        request.body = Array(bytes[(end + 4)...])
        break
      }
      let number = seen.withLock { all in
        all.append(request)
        return all.count - 1
      }
      switch answer(number, request) {
      case .text(let text): try await stream.write(Array(text.utf8), deadline: .after(seconds: 20))
      case .giant(let text, let octets):
        try await stream.write(Array(text.utf8), deadline: .after(seconds: 20))
        try await stream.write([UInt8](repeating: 0x61, count: octets), deadline: .after(seconds: 20))
      case .silence:
        var rest = ByteBuffer()
        _ = try await stream.read(into: &rest, atMost: 1, deadline: .after(seconds: 20))
      case .close: break
      }
    } catch {
      // The test sees what did not arrive.
    }
  }
}

extension Substring {
  fileprivate var trimmingSpace: String { String(drop { $0 == " " }) }
}
