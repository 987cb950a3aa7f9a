package import JSON

/// The error of a call, as it goes over the wire.
package struct RPCError: Error, Sendable, Equatable {
  /// JSON-RPC's own number for its five cases, else ``RPCStatus/code``.
  package var code: Int
  /// For people; names what to do.
  package var message: String
  /// gRPC's name of the kind; nil only in errors of other people's servers.
  package var status: String?
  /// Stable and documented: what programs tell errors apart by, like `thread.unknown`.
  package var reason: String?
  package var details: JSONValue?
  /// The call may be tried again after this long.
  package var retryAfterMs: Int64?

  package init(
    _ status: RPCStatus, reason: String, message: String, details: JSONValue? = nil,
    retryAfterMs: Int64? = nil
  ) {
    self.init(
      code: status.code, status: status.rawValue, reason: reason, message: message, details: details,
      retryAfterMs: retryAfterMs)
  }

  package init(
    code: Int, status: String?, reason: String?, message: String, details: JSONValue? = nil,
    retryAfterMs: Int64? = nil
  ) {
    self.code = code
    self.message = message
    self.status = status
    self.reason = reason
    self.details = details
    self.retryAfterMs = retryAfterMs
  }

  /// The canonical code, when the error has one that we know.
  package var canonical: RPCStatus? { status.flatMap(RPCStatus.init(rawValue:)) }
}

// MARK: JSON-RPC's own five

extension RPCError {
  /// -32700. `offset` counts octets from the start of the message.
  package static func parse(_ error: JSONError) -> RPCError {
    let (reason, offset): (String, Int?) =
      switch error {
      case .syntax(let offset, _): ("json.syntax", offset)
      case .depth(let offset, _): ("json.depth", offset)
      case .duplicateName(let offset): ("json.duplicateName", offset)
      case .tooLong, .missing, .unknown, .wrongType, .range: ("json.syntax", nil)
      }
    var details = [JSONValue.Member("explanation", .string(error.message))]
    if let offset { details.append(.init("offset", .int(Int64(offset)))) }
    if case .depth(_, let limit) = error { details.append(.init("limit", .int(Int64(limit)))) }
    return RPCError(
      code: -32700, status: RPCStatus.invalidArgument.rawValue, reason: reason, message: "Parse error",
      details: .object(details))
  }

  /// -32600. `explanation` is fixed text.
  package static func invalidRequest(_ explanation: String) -> RPCError {
    RPCError(
      code: -32600, status: RPCStatus.invalidArgument.rawValue, reason: "request.invalid",
      message: "Invalid Request", details: ["explanation": .string(explanation)])
  }

  /// -32601
  package static func methodNotFound(_ name: String) -> RPCError {
    RPCError(
      code: -32601, status: RPCStatus.unimplemented.rawValue, reason: "method.unknown",
      message: "Method not found", details: ["method": .string(String(name.unicodeScalars.prefix(64)))])
  }

  /// -32602: the params are not what the method takes.
  package init(_ error: JSONError) {
    let reason =
      switch error {
      case .missing: "params.missing"
      case .unknown: "params.unknown"
      case .wrongType: "params.type"
      case .range: "params.range"
      case .syntax, .depth, .duplicateName, .tooLong: "params.invalid"
      }
    self.init(
      code: -32602, status: RPCStatus.invalidArgument.rawValue, reason: reason,
      message: "Invalid params: \(error.message)", details: error.name.map { ["name": .string($0)] })
  }

  /// -32602: more values by position than the method has params.
  static func tooManyParams(_ count: Int, most: Int) -> RPCError {
    RPCError(
      code: -32602, status: RPCStatus.invalidArgument.rawValue, reason: "params.range",
      message: "Invalid params: \(count) values by position, and the method takes at most \(most)",
      details: ["name": "params", "limit": .int(Int64(most)), "actual": .int(Int64(count))])
  }

  /// -32603. `logID` names the line in the log that says more.
  package static func internalError(logID: String? = nil) -> RPCError {
    RPCError(
      code: -32603, status: RPCStatus.internal.rawValue, reason: "internal", message: "Internal error",
      details: logID.map { ["logId": .string($0)] })
  }
}

// MARK: Errors that this target makes

extension RPCError {
  /// A limit was exceeded: which, what it is, and what came.
  package static func limit(
    _ name: String, limit: Int, actual: Int, retryAfterMs: Int64? = nil
  ) -> RPCError {
    RPCError(
      .resourceExhausted, reason: "limit.\(name)",
      message: "the limit \(name) is \(limit), and this is \(actual)",
      details: ["limit": .int(Int64(limit)), "actual": .int(Int64(actual))], retryAfterMs: retryAfterMs)
  }

  package static let cancelled = RPCError(
    .cancelled, reason: "call.cancelled", message: "the call was cancelled")

  package static let deadlineExceeded = RPCError(
    .deadlineExceeded, reason: "call.deadline", message: "the deadline passed before the answer was ready")

  package static let unauthenticated = RPCError(
    .unauthenticated, reason: "session.required",
    message: "open a session with session.open (or send Authorization: Bearer) first")

  package static let badToken = RPCError(
    .unauthenticated, reason: "token.invalid",
    message: "the token or certificate is not known, was revoked, or has expired")

  package static func scopeMissing(_ scope: String) -> RPCError {
    RPCError(
      .permissionDenied, reason: "scope.missing", message: "the token lacks the scope \(scope)",
      details: ["scope": .string(scope)])
  }

  package static let goingAway = RPCError(
    .unavailable, reason: "server.goingAway",
    message: "the server is shutting down; connect again and repeat",
    retryAfterMs: 1000)

  package static let connectionLost = RPCError(
    .unavailable, reason: "connection.lost", message: "the connection ended before the answer came")
}

// MARK: On the wire

extension RPCError {
  /// The error object.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("code")
    writer.int(code)
    writer.key("message")
    writer.string(message)
    if status != nil || reason != nil || details != nil || retryAfterMs != nil {
      writer.key("data")
      writer.beginObject()
      if let status {
        writer.key("status")
        writer.string(status)
      }
      if let reason {
        writer.key("reason")
        writer.string(reason)
      }
      if let details {
        writer.key("details")
        writer.value(details)
      }
      if let retryAfterMs {
        writer.key("retryAfterMs")
        writer.int(retryAfterMs)
      }
      writer.endObject()
    }
    writer.endObject()
  }

  /// Reads an error object; what it does not know is skipped, `data` of another form is kept as details.
  package init(from reader: inout JSONReader) throws(JSONError) {
    self.init(code: RPCStatus.unknown.code, status: nil, reason: nil, message: "")
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("code") {
        code = Int(try reader.int())
      } else if reader.keyIs("message") {
        message = try reader.string()
      } else if reader.keyIs("data") {
        try readData(&reader)
      } else {
        try reader.skip()
      }
    }
  }

  private mutating func readData(_ reader: inout JSONReader) throws(JSONError) {
    let data = try reader.value()
    guard data["status"] != nil || data["reason"] != nil else {
      details = data
      return
    }
    status = data["status"]?.string
    reason = data["reason"]?.string
    details = data["details"]
    retryAfterMs = data["retryAfterMs"]?.int
  }
}
