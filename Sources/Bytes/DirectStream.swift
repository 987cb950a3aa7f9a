/// A stream whose octets can be handled where they arrive, without waking the task that waits for them.
package protocol DirectStream: ByteStream {
  /// Suspends the calling task until there is something that `reader` leaves to it, or something to read.
  ///
  /// Meanwhile `reader` is handed what arrives. A stream may also wake the task for everything, and for nothing.
  /// - Throws: what ``ByteStream/read(into:atMost:deadline:)`` throws.
  nonisolated(nonsending) func wait(handing reader: (any DirectReader)?, deadline: Deadline)
    async throws(StreamError)

  /// ``ByteStream/read(into:atMost:deadline:)`` of what is there already; nil when that is nothing.
  nonisolated(nonsending) func readIfThere(into buffer: inout ByteBuffer, atMost: Int)
    async throws(StreamError) -> Int?

  /// Ends a ``wait(handing:deadline:)``, or else the next, as if there were something to read. Any thread may call it.
  func nudge()

  /// Sends what is taken without waiting; how many octets that was. An error counts as none: the next
  /// ``ByteStream/write(_:deadline:)`` reports it.
  func sendNow(_ bytes: UnsafeRawBufferPointer) -> Int
}

/// Looks at what arrives in place of a task that waits. The task does not go on before a call has returned, so both
/// may use the same state.
package protocol DirectReader: AnyObject, Sendable {
  /// Octets have arrived: handles them, or keeps them for the task.
  ///
  /// Called on the thread on which the task waits: it must not block.
  /// - Parameters:
  ///   - bytes: the first `count` are what arrived; the rest means nothing. Not to be kept.
  ///   - workspace: one object for each thread, for the readers' own use: nil at first.
  /// - Returns: by when more must come, if the task is to go on waiting; nil wakes it.
  func arrived(_ bytes: [UInt8], count: Int, workspace: inout AnyObject?) -> Deadline?
}

/// One end of a connection that needs no task while nothing is under way.
package protocol RestingConnection: DirectReader {
  /// Serves, on the calling task, until nothing is under way or the connection is over. Between two calls the
  /// connection rests: ``DirectReader/arrived(_:count:workspace:)`` is handed what comes, on the same thread.
  ///
  /// - Parameter end: how the rest ended, when not by something to read.
  /// - Returns: by when something must come, else the next call is due; nil when the connection is over, and its
  ///   stream closed.
  func serve(after end: StreamError?) async -> Deadline?
}
