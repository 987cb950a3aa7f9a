package import Bytes

/// What a handler knows about its call besides the params.
///
/// When the call is cancelled, its deadline passes or its connection ends, the handler's task is cancelled;
/// the caller has its answer by then, and what the handler returns is dropped.
package struct CallContext: Sendable {
  /// When the answer must be there; ``Bytes/Deadline/never`` when the caller set none.
  package let deadline: Deadline
  /// Who calls; nil only in methods that answer anybody.
  package let principal: Principal?
  package let connectionID: UInt64
  /// The peer's address, for logs.
  package let peer: String
  package let idempotencyKey: String?
  /// W3C Trace Context, as the caller wrote it.
  package let traceparent: String?
  let reporter: ProgressReporter?

  /// For tests and calls in the process; the server makes its own.
  package init(
    principal: Principal?, deadline: Deadline = .never, connectionID: UInt64 = 0, peer: String = "",
    idempotencyKey: String? = nil, traceparent: String? = nil
  ) {
    self.init(
      principal: principal, deadline: deadline, connectionID: connectionID, peer: peer,
      idempotencyKey: idempotencyKey, traceparent: traceparent, reporter: nil)
  }

  init(
    principal: Principal?, deadline: Deadline, connectionID: UInt64, peer: String, idempotencyKey: String?,
    traceparent: String?, reporter: ProgressReporter?
  ) {
    self.principal = principal
    self.deadline = deadline
    self.connectionID = connectionID
    self.peer = peer
    self.idempotencyKey = idempotencyKey
    self.traceparent = traceparent
    self.reporter = reporter
  }

  /// The caller gave a progress token: ``progress(_:)`` has a reader.
  package var wantsProgress: Bool { reporter != nil }

  /// Sends `$/progress` with `value`, which is JSON text; does nothing when nobody asked for it.
  ///
  /// Waits while the connection's outbox is full.
  package func progress(_ value: [UInt8]) async {
    await reporter?.report(value)
  }
}
