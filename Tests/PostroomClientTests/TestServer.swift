import Bytes
import Foundation
import JSON
import JSONRPC
import PostroomClient
import Sockets
import Synchronization
import Testing

/// A JSON-RPC server on a Unix socket (or TLS over TCP) in a folder of its own, with methods of the test's.
final class TestServer: Sendable {
  let url: String
  /// How many connections have been made.
  var connections: Int { state.withLock { $0.connections } }
  /// A value for each connection that has ended.
  let ends: AsyncStream<Void>
  private let end: AsyncStream<Void>.Continuation
  private let state: Mutex<State>

  private struct State {
    var rpc: RPCServer
    var connections = 0
    var streams: [any ByteStream] = []
  }

  private init(url: String, rpc: RPCServer) {
    self.url = url
    (ends, end) = AsyncStream.makeStream()
    state = Mutex(State(rpc: rpc))
  }

  /// Everything may be called without a token, unless `needsToken`; then it is "secret".
  static func make(_ methods: [JSONRPC.Method], needsToken: Bool = false) -> RPCServer {
    RPCServer(
      methods: MethodTable(methods), authenticator: TestAuthenticator(needsToken: needsToken),
      discover: Array("{}".utf8))
  }

  static func run(
    _ methods: [JSONRPC.Method], needsToken: Bool = false, tls: Bool = false,
    _ body: @Sendable (TestServer, PostroomClient.Options) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("postroom-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var options = PostroomClient.Options()
    var context: TLSServerContext?
    if tls {
      let authority = try CertificateAuthority.create(directory: folder + "/ca")
      let files = try authority.issue(names: ["localhost"])
      context = try TLSServerContext(
        certificateChainFile: files.chainFile, privateKeyFile: files.keyFile)
      options.caFile = authority.caFile
    }
    let listener = try Listener.bind(tls ? .tcp(host: "127.0.0.1", port: 0) : .unix(path: folder + "/s"))
    let url = tls ? "postrooms://localhost:\(listener.port)" : "unix://\(folder)/s"
    let server = TestServer(url: url, rpc: make(methods, needsToken: needsToken))
    let finalOptions = options
    let tlsContext = context
    try await withThrowingTaskGroup { group in
      group.addTask {
        await listener.run(on: .shared) { await server.serve($0, tlsContext) }
      }
      defer {
        listener.close()
        server.hangUp()
        group.cancelAll()
      }
      try await body(server, finalOptions)
    }
  }

  /// Cuts all connections that there are.
  func hangUp() {
    let streams = state.withLock { s in
      defer { s.streams = [] }
      return s.streams
    }
    for stream in streams { stream.close() }
  }

  /// Later connections are served by `next`; the server before says that it goes away.
  func replace(with next: RPCServer) async {
    let old = state.withLock { s in
      defer { s.rpc = next }
      return s.rpc
    }
    await old.goAway(by: .after(seconds: 10))
  }

  private func serve(_ plain: SocketStream, _ context: TLSServerContext?) async {
    var stream: any ByteStream = plain
    if let context {
      guard let wrapped = try? await context.wrap(plain, deadline: .after(seconds: 10)) else { return }
      stream = wrapped
    }
    let whole = stream
    let rpc = state.withLock { s in
      s.connections += 1
      s.streams.append(whole)
      return s.rpc
    }
    await rpc.serve(stream, peer: PeerInfo(text: "test", uid: plain.unixPeerUID, isLoopback: true))
    end.yield()
  }
}

private struct TestAuthenticator: Authenticator {
  var needsToken: Bool
  let everything = Principal(
    tenantID: "tn1", name: "test", scopes: ["read", "send", "manage", "purge", "admin"])

  func principal(token: [UInt8]) async -> Principal? {
    // Whoever comes with this one waits for as long as the test takes.
    if token == Array("slow".utf8) { try? await Task.sleep(for: .seconds(60)) }
    return token == Array("secret".utf8) ? everything : nil
  }
  func principal(peerUID: UInt32) async -> Principal? { needsToken ? nil : everything }
}

extension JSONRPC.Method {
  /// A method that answers with what `body` makes of its params and number, counted from 1.
  static func answering(
    _ name: String,
    _ body: @escaping @Sendable (JSONValue, Int, CallContext) async throws(RPCError) -> String
  ) -> JSONRPC.Method {
    let counter = Counter()
    return Method(
      name: name, scope: "read", idempotent: true,
      handler: .call { params, context async throws(RPCError) in
        let value: JSONValue
        do throws(JSONError) { value = try JSONValue(parsing: params) } catch { throw RPCError(error) }
        return Array(try await body(value.withoutMeta, counter.next(), context).utf8)
      })
  }
}

/// Counts from 1.
final class Counter: Sendable {
  private let number = Atomic<Int>(0)
  func next() -> Int { number.add(1, ordering: .sequentiallyConsistent).newValue }
  var value: Int { number.load(ordering: .sequentiallyConsistent) }
}

extension JSONValue {
  var withoutMeta: JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { $0.name != "_meta" })
  }

  /// Without what does not matter: the order of members.
  var sorted: JSONValue {
    switch self {
    case .array(let elements): .array(elements.map(\.sorted))
    case .object(let members):
      .object(members.map { .init($0.name, $0.value.sorted) }.sorted { $0.name < $1.name })
    default: self
    }
  }
}

/// The octets that `text` spells in base64.
func base64(_ text: String) -> [UInt8] { Base64.decode(Array(text.utf8)) ?? [] }

let serverInfo = #"{"name":"Postroom","version":"1","protocolVersion":"0.1.0"}"#
