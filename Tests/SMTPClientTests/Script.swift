import Bytes
import SASL
import SMTPClient
import Testing

/// A server that plays the `S:` lines of a script and holds the client to the `C:` lines, octet by octet.
///
/// `S: text` sends a line; `C: text` must be the client's next line; `S> text` sends without a line
/// end; `C> text` are the client's next octets, no line end; `X` closes.
struct Script: Sendable {
  enum Step: Sendable {
    case send([UInt8])
    case expect([UInt8])
    case close
  }

  struct Mismatch: Error, CustomStringConvertible {
    let wanted: String
    let got: String
    var description: String { "wanted \(wanted.debugDescription), got \(got.debugDescription)" }
  }

  var steps: [Step]

  init(_ text: String) {
    steps = text.split(separator: "\n").map { line in
      let body = [UInt8](line.dropFirst(3).replacing("\\r", with: "\r").replacing("\\n", with: "\n").utf8)
      switch line.prefix(2) {
      case "S:": return .send(body + [13, 10])
      case "S>": return .send(body)
      case "C:": return .expect(body + [13, 10])
      case "C>": return .expect(body)
      default: return .close
      }
    }
  }

  /// Octets that the server sends in all.
  var sentOctets: Int {
    steps.reduce(0) { if case .send(let b) = $1 { $0 + b.count } else { $0 } }
  }

  /// Plays to the end, or until `octets` have been sent, then closes. `apart`: each octet by itself.
  func play(on stream: MemoryStream, apart: Bool = false, octets: Int = .max) async throws {
    defer { stream.close() }
    var left = octets
    for step in steps {
      switch step {
      case .send(let bytes):
        let part = [UInt8](bytes.prefix(left))
        if apart {
          for byte in part { try await stream.write([byte], deadline: .after(seconds: 20)) }
        } else {
          try await stream.write(part, deadline: .after(seconds: 20))
        }
        left -= part.count
        if left == 0 { return }
      case .expect(let wanted):
        var got = ByteBuffer()
        while got.count < wanted.count {
          let n = try await stream.read(
            into: &got, atMost: wanted.count - got.count, deadline: .after(seconds: 20))
          if n == 0 || !wanted.starts(with: got.bytes) { break }
        }
        guard got.bytes == wanted else {
          throw Mismatch(
            wanted: String(decoding: wanted, as: UTF8.self), got: String(decoding: got.bytes, as: UTF8.self))
        }
      case .close:
        return
      }
    }
    // What the client says after the script's end is a fault of the client.
    var rest = ByteBuffer()
    let n = try await stream.read(into: &rest, atMost: 4096, deadline: .after(seconds: 20))
    if n > 0 { throw Mismatch(wanted: "", got: String(decoding: rest.bytes, as: UTF8.self)) }
  }
}

/// Runs `client` against `script`; the script must be played to its end.
func converse<R: Sendable>(
  _ script: String, apart: Bool = false,
  _ client: @Sendable @escaping (MemoryStream) async throws -> R
) async throws -> R {
  let (near, far) = MemoryStream.pair()
  let server = Task { try await Script(script).play(on: far, apart: apart) }
  let result: Result<R, any Error>
  do {
    result = .success(try await client(near))
  } catch {
    result = .failure(error)
  }
  near.close()
  try await server.value
  return try result.get()
}

/// Runs `client` against `script` twice, whole lines and octet by octet, and expects it to fail.
func failure(
  _ script: String, _ client: @Sendable @escaping (MemoryStream) async throws -> Void
) async throws -> SMTPClientError {
  var last: SMTPClientError?
  for apart in [false, true] {
    do {
      try await converse(script, apart: apart, client)
      throw Script.Mismatch(wanted: "an error", got: "none")
    } catch let error as SMTPClientError {
      if let last { #expect("\(last)" == "\(error)") }
      last = error
    }
  }
  return try #require(last)
}

let greeting = """
  S: 220 mx.example.test ESMTP
  C: EHLO client.example.test

  """

/// Opens with `greeting`; `.implicitTLS` stands for any stream that is already safe.
func open(
  _ stream: MemoryStream, _ security: SMTPConnection.Security = .implicitTLS,
  options: SMTPOptions = SMTPOptions()
) async throws -> SMTPConnection {
  try await SMTPConnection.open(
    stream, security: security, clientName: "client.example.test", options: options,
    deadline: .after(seconds: 20))
}

let envelope = SMTPEnvelope(from: "alice@example.test", recipients: ["bob@example.test"])
