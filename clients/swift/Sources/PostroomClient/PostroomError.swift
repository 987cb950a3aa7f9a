internal import Bytes
internal import JSON
internal import JSONRPC

/// Why a call failed.
public struct PostroomError: Error, Sendable, Hashable, CustomStringConvertible {
  /// JSON-RPC's number, or the number of ``status``.
  public var code: Int
  /// What kind of failure it is, in gRPC's words.
  public var status: Status
  /// What happened, as a stable word: tell errors apart by this.
  public var reason: Reason
  /// For people.
  public var message: String
  /// Facts as JSON text; what they are depends on ``reason``.
  public var details: String?
  /// The call may be tried again after this long.
  public var retryAfter: Duration?

  /// An error as a server would tell it, for tests and for what stands in for one.
  public init(
    code: Int, status: Status, reason: Reason, message: String, details: String? = nil,
    retryAfter: Duration? = nil
  ) {
    self.code = code
    self.status = status
    self.reason = reason
    self.message = message
    self.details = details
    self.retryAfter = retryAfter
  }

  public var description: String { "\(message) (\(reason))" }

  /// gRPC's canonical codes. An open set.
  public struct Status: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }

    public static let cancelled = Status(rawValue: "CANCELLED")
    public static let unknown = Status(rawValue: "UNKNOWN")
    public static let invalidArgument = Status(rawValue: "INVALID_ARGUMENT")
    public static let deadlineExceeded = Status(rawValue: "DEADLINE_EXCEEDED")
    public static let notFound = Status(rawValue: "NOT_FOUND")
    public static let alreadyExists = Status(rawValue: "ALREADY_EXISTS")
    public static let permissionDenied = Status(rawValue: "PERMISSION_DENIED")
    public static let resourceExhausted = Status(rawValue: "RESOURCE_EXHAUSTED")
    public static let failedPrecondition = Status(rawValue: "FAILED_PRECONDITION")
    public static let aborted = Status(rawValue: "ABORTED")
    public static let outOfRange = Status(rawValue: "OUT_OF_RANGE")
    public static let unimplemented = Status(rawValue: "UNIMPLEMENTED")
    public static let `internal` = Status(rawValue: "INTERNAL")
    public static let unavailable = Status(rawValue: "UNAVAILABLE")
    public static let dataLoss = Status(rawValue: "DATA_LOSS")
    public static let unauthenticated = Status(rawValue: "UNAUTHENTICATED")
  }
}

extension PostroomError {
  init(_ error: RPCError) {
    self.init(
      code: error.code, status: Status(rawValue: error.status ?? RPCStatus.unknown.rawValue),
      reason: Reason(rawValue: error.reason ?? "unknown"), message: error.message,
      details: error.details?.text,
      retryAfter: error.retryAfterMs.map { .milliseconds($0) })
  }

  /// An error made here.
  init(_ status: RPCStatus, _ reason: Reason, _ message: String) {
    self.init(code: status.code, status: Status(rawValue: status.rawValue), reason: reason, message: message)
  }

  /// Why `address` could not be connected to.
  init(_ error: StreamError, connectingTo address: ServerAddress) {
    switch error {
    case .certificate(let problem, let detail):
      self.init(
        .failedPrecondition, .connectionCertificate,
        "the certificate of \(address) is not acceptable: \(problem.rawValue): \(detail)")
    case .tls(let text):
      self.init(.unavailable, .connectionFailed, "cannot speak TLS with \(address): \(text)")
    case .hostNotFound(let host, let reason):
      self.init(.unavailable, .connectionFailed, "the host \(host) has no address: \(reason)")
    case .timedOut(let operation):
      self.init(.unavailable, .connectionFailed, "\(address) did not answer in time (\(operation.rawValue))")
    case .system(let operation, let number):
      self.init(
        .unavailable, .connectionFailed, "cannot \(operation.rawValue) to \(address): errno \(number)")
    case .closed, .cancelled, .truncated:
      self.init(.unavailable, .connectionFailed, "the connection to \(address) ended while it was being made")
    }
  }

  static let closed = PostroomError(.cancelled, .clientClosed, "the client was closed")

  /// Reads an answer, which is known to be JSON.
  static func reading<Result: JSONReadable>(_ bytes: [UInt8]) throws(PostroomError) -> Result {
    var reader = JSONReader(bytes, range: 0..<bytes.count)
    do throws(JSONError) {
      return try Result(from: &reader)
    } catch {
      throw PostroomError(
        .internal, .clientBadAnswer, "the server's answer cannot be read: \(error.message)")
    }
  }
}
