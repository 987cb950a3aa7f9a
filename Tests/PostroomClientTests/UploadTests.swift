import Bytes
import Foundation
import JSON
import JSONRPC
import PostroomClient
import Sealing
import Synchronization
import Testing

/// Keeps one upload, and hangs up at some calls, before or after doing them.
private final class UploadServer: Sendable {
  enum Break: Sendable { case before, after }

  struct State {
    var content: [UInt8] = []
    var isCommitted = false
    var opened = 0
    var calls = 0
    var server: TestServer?
  }

  static let piece = 10
  let state: Mutex<State>
  private let breaks: [Int: Break]

  init(_ breaks: [Int: Break] = [:], content: [UInt8] = []) {
    self.breaks = breaks
    state = Mutex(State(content: content))
  }

  var methods: [JSONRPC.Method] {
    ["upload.open", "upload.get", "upload.write", "upload.commit"].map { name in
      .answering(name) { [self] params, _, _ throws(RPCError) in
        let (how, server) = state.withLock { s in
          s.calls += 1
          return (breaks[s.calls], s.server)
        }
        if how == .before {
          server?.hangUp()
          throw RPCError(.internal, reason: "internal", message: "not reached")
        }
        try handle(name, params)
        if how == .after { server?.hangUp() }
        return answer
      }
    }
  }

  private func handle(_ name: String, _ params: JSONValue) throws(RPCError) {
    let isGood = state.withLock { s in
      switch name {
      case "upload.open": s.opened += 1
      case "upload.write":
        guard case .int(let place)? = params["offset"], let offset = Int(exactly: place),
          case .string(let text)? = params["data"], let data = Base64.decode(text.utf8),
          data.count <= Self.piece, offset <= s.content.count,
          data.starts(with: s.content[offset...].prefix(data.count))
        else { return false }
        s.content = s.content[..<offset] + data
      case "upload.commit":
        let digest = Digest.sha256(s.content).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        guard params["sha256"] == .string(digest) else { return false }
        s.isCommitted = true
      default: break
      }
      return true
    }
    if !isGood { throw RPCError(.failedPrecondition, reason: "upload.digest", message: "other octets") }
  }

  private var answer: String {
    state.withLock { s in
      """
      {"id":"up1","name":"x","type":"a/b","received":\(s.content.count),"pieceOctetsMax":\(Self.piece),\
      "state":"\(s.isCommitted ? "committed" : "open")","createdAt":"2025-03-04T09:30:00.000Z",\
      "expiresAt":"2025-03-05T09:30:00.000Z"}
      """
    }
  }
}

@Suite(.timeLimit(.minutes(1))) struct UploadTests {
  private func upload(
    _ server: UploadServer, _ source: UploadSource, _ options: UploadOptions = UploadOptions()
  ) async throws -> Upload {
    let answer = Mutex<Upload?>(nil)
    try await TestServer.run(server.methods) { test, _ in
      server.state.withLock { $0.server = test }
      let client = try PostroomClient(test.url)
      let upload = try await client.uploadFile(source, name: "x", type: "a/b", options: options)
      answer.withLock { $0 = upload }
      await client.close()
    }
    return try #require(answer.withLock { $0 })
  }

  private static let file = Array(UInt8(0)..<35)

  @Test(arguments: [0, 1, 9, 10, 11, 35]) func `a file goes up by pieces and its digest is compared`(
    _ size: Int
  )
    async throws
  {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("postroom-\(UUID())")
    let file = Array(Self.file.prefix(size))
    try Data(file).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    let server = UploadServer()
    let seen = Mutex<[Int64]>([])
    let options = UploadOptions { done, size in seen.withLock { $0.append(done) } }
    let upload = try await upload(server, UploadSource(file: path), options)
    #expect(upload.state == .committed)
    #expect(server.state.withLock { $0.content } == file)
    #expect(seen.withLock { $0 } == seen.withLock { $0 }.sorted() && seen.withLock { $0.last } == Int64(size))
    let hex = Digest.sha256(file).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(try await UploadSource(file: path).sha256() == hex)
  }

  @Test(arguments: 2...6) func `a lost connection is gone on after`(_ number: Int) async throws {
    for how in [UploadServer.Break.before, .after] {
      let server = UploadServer([number: how])
      _ = try await upload(server, UploadSource(Self.file))
      #expect(server.state.withLock { $0.content } == Self.file)
      #expect(server.state.withLock { $0.isCommitted && $0.opened == 1 })
    }
  }

  @Test func `a server that stays away is waited for a while`() async throws {
    let away = Dictionary(uniqueKeysWithValues: (3..<9).map { ($0, UploadServer.Break.before) })
    let server = UploadServer(away)
    _ = try await upload(server, UploadSource(Self.file))
    #expect(server.state.withLock { $0.content } == Self.file)
    let gone = Dictionary(uniqueKeysWithValues: (3..<99).map { ($0, UploadServer.Break.before) })
    let error = await #expect(throws: PostroomError.self) {
      _ = try await upload(UploadServer(gone), UploadSource(Self.file), UploadOptions(patience: .zero))
    }
    #expect(error?.reason == .connectionLost)
  }

  @Test func `an upload that was begun is gone on with, and compared`() async throws {
    let server = UploadServer(content: Array(Self.file.prefix(17)))
    _ = try await upload(server, UploadSource(Self.file), UploadOptions(resuming: "up1"))
    #expect(server.state.withLock { $0.content == Self.file && $0.opened == 0 })
    let other = UploadServer(content: [9, 9])
    let error = await #expect(throws: PostroomError.self) {
      _ = try await upload(other, UploadSource(Self.file), UploadOptions(resuming: "up1"))
    }
    #expect(error?.reason == .uploadDigest)
  }
}
