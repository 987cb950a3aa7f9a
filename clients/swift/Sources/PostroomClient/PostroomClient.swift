internal import Bytes
internal import JSON
internal import JSONRPC

/// A client of one Postroom server. Any number of tasks may use it at the same time.
///
/// ```swift
/// let client = try await PostroomClient.connect(to: "unix:///run/postroom/postroom.sock")
/// for mailbox in try await client.mailbox.list().mailboxes { print(mailbox.email, mailbox.state) }
/// await client.close()
/// ```
/// All calls share one connection. When it is lost, the next call makes another; a call that was under way
/// is repeated a few times, after longer and longer pauses, if that is safe (the document calls it idempotent, or
/// it has an idempotency key), else it throws ``PostroomError`` with reason `connection.lost`.
public final class PostroomClient: Sendable {
  /// How a client connects, and how long it waits.
  public struct Options: Sendable {
    /// How long a call may take that names no time of its own; nil for as long as it takes.
    public var timeout: Duration? = .seconds(30)
    /// How long connecting and signing in may take, where a call's own time is longer.
    public var connectTimeout: Duration = .seconds(10)
    /// For `postrooms://`: a file with certificates in PEM that are trusted besides the system's roots.
    public var caFile: String?
    /// For `postrooms://`: files in PEM with a certificate, those between it and its authority behind it, and its
    /// key. A certificate that `token.addCertificate` has registered needs no token.
    public var certificate: (chainFile: String, keyFile: String)?

    /// The usual times, the system's authorities, no certificate.
    public init() {}
  }

  private let connector: Connector
  private let options: Options

  /// A client that connects when it is first used.
  ///
  /// - Parameters:
  ///   - url: `unix:///path/of/the/socket`, `postroom://host:port`, or `postrooms://host:port` for TLS,
  ///     whose certificate must be for `host`.
  ///   - token: What `token.create` answered; not needed on a Unix socket whose user the server knows.
  /// - Throws: with reason `client.badURL` when `url` is none of these.
  public init(_ url: String, token: String? = nil, options: Options = Options()) throws(PostroomError) {
    self.options = options
    connector = Connector(
      try ServerAddress(parsing: url), token: token, timeout: options.connectTimeout, caFile: options.caFile,
      certificate: options.certificate)
  }

  init(connector: Connector, options: Options = Options()) {
    self.options = options
    self.connector = connector
  }

  /// A client that is connected and signed in.
  public static func connect(
    to url: String, token: String? = nil, options: Options = Options()
  ) async throws(PostroomError) -> PostroomClient {
    let client = try PostroomClient(url, token: token, options: options)
    _ = try await client.connector.connected(by: .never)
    return client
  }

  /// Ends the connection. Calls and streams under way throw, and so do later ones, with reason
  /// `client.closed`.
  public func close() async { await connector.close() }

  // MARK: What the generated calls use

  /// When a call may be made again although it is not known whether it was done.
  enum Repeatable { case always, withKey, never }

  func call<Result: JSONReadable>(
    _ method: String, repeatable: Repeatable, _ options: CallOptions, _ params: (inout JSONWriter) -> Void
  ) async throws(PostroomError) -> Result {
    try PostroomError.reading(
      try await call(method, octets: Self.object(params), repeatable: repeatable, options))
  }

  func call(
    _ method: String, octets json: [UInt8], repeatable: Repeatable, _ options: CallOptions
  ) async throws(PostroomError) -> [UInt8] {
    let deadline = Deadline(options.timeout ?? self.options.timeout)
    let isSafe = repeatable == .always || (repeatable == .withKey && options.idempotencyKey != nil)
    let onProgress = options.onProgress.map { tell in
      { @Sendable (value: [UInt8]) in tell(String(decoding: value, as: UTF8.self)) }
    }
    return try await repeating(isSafe, deadline) { connection throws(RPCError) in
      try await connection.call(
        method, params: json, timeoutMilliseconds: deadline.millisecondsLeft,
        idempotencyKey: options.idempotencyKey, onProgress: onProgress)
    }
  }

  func stream<Value: JSONReadable & Sendable>(
    _ method: String, _ options: StreamOptions, _ params: @escaping @Sendable (inout JSONWriter) -> Void
  ) -> PostroomStream<Value> {
    stream(method, options, from: nil, last: nil) { _, writer in params(&writer) }
  }

  /// - Parameters:
  ///   - from: where the stream begins, as the caller gave it.
  ///   - last: where it goes on behind a value; nil when it cannot be resumed.
  func stream<Value: JSONReadable & Sendable>(
    _ method: String, _ options: StreamOptions, from: String?, last: (@Sendable (Value) -> String)?,
    _ params: @escaping @Sendable (String?, inout JSONWriter) -> Void
  ) -> PostroomStream<Value> {
    let deadline = Deadline(options.timeout)
    return PostroomStream(from: from, last: last) { place async throws(PostroomError) in
      try await self.open(method, octets: Self.object { params(place, &$0) }, options, deadline)
    }
  }

  func open(
    _ method: String, octets json: [UInt8], _ options: StreamOptions, _ deadline: Deadline
  ) async throws(PostroomError) -> RPCStream {
    try await repeating(true, deadline) { connection throws(RPCError) in
      try await connection.stream(
        method, params: json, credit: options.window, timeoutMilliseconds: deadline.millisecondsLeft)
    }
  }

  func exchange<Sent: JSONWritable & Sendable, Value: JSONReadable & Sendable>(
    _ method: String, _ options: StreamOptions, _ params: (inout JSONWriter) -> Void
  ) async throws(PostroomError) -> PostroomExchange<Sent, Value> {
    let deadline = Deadline(options.timeout)
    let json = Self.object(params)
    return PostroomExchange(
      try await repeating(true, deadline) { connection throws(RPCError) in
        try await connection.exchange(
          method, params: json, credit: options.window, timeoutMilliseconds: deadline.millisecondsLeft)
      })
  }

  // MARK: Inside

  private static func object(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    members(&writer)
    writer.endObject()
    return writer.take()
  }

  /// Again while that is safe and can help, over a new connection and after a while.
  private func repeating<R: Sendable>(
    _ isSafe: Bool, _ deadline: Deadline, _ attempt: (RPCConnection) async throws(RPCError) -> R
  ) async throws(PostroomError) -> R {
    var number = 1
    while true {
      let error: PostroomError
      do throws(PostroomError) {
        return try await once(deadline, attempt)
      } catch let failure {
        error = failure
      }
      guard let pause = Repeating.pause(after: error, attempt: number, isSafe: isSafe, deadline: deadline)
      else {
        throw error
      }
      // A cancelled sleep shows below.
      try? await Task.sleep(for: pause)
      if Task.isCancelled { throw PostroomError(.cancelled, .callCancelled, "the call was cancelled") }
      number += 1
    }
  }

  private func once<R: Sendable>(
    _ deadline: Deadline, _ attempt: (RPCConnection) async throws(RPCError) -> R
  ) async throws(PostroomError) -> R {
    let connection = try await connector.connected(by: deadline)
    do throws(RPCError) {
      return try await attempt(connection)
    } catch {
      if await connector.isClosed { throw .closed }
      let error = PostroomError(error)
      if error.reason == .connectionLost || error.reason == .serverGoingAway {
        await connector.leave(connection)
      }
      throw error
    }
  }
}

extension Deadline {
  init(_ timeout: Duration?) {
    self = timeout.map { Deadline.after(milliseconds: $0.wholeMilliseconds) } ?? .never
  }
}

extension Duration {
  /// Rounded up; what is too long becomes the longest.
  var wholeMilliseconds: Int64 {
    let (seconds, attoseconds) = components
    let (milliseconds, over) = seconds.multipliedReportingOverflow(by: 1000)
    if over { return seconds < 0 ? 0 : .max }
    let (sum, over2) = milliseconds.addingReportingOverflow(
      (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    return over2 ? .max : sum
  }
}
