/// The values that a caller sends into its call: the other direction of a stream.
///
/// The caller sends `rpc.next {subscription, seq, value}` as far as it has been granted, which the answer to its call
/// (`credit`) and `rpc.credit` notifications say, and `rpc.end` when there are no more. Reading grants more by itself;
/// a handler that does not read stops its caller. One task reads.
package final class StreamSource: Sendable {
  let inbox: StreamInbox
  private let grant: @Sendable (Int) -> Void

  /// - Parameter grant: tells the caller that it may send so many values more.
  init(credit: Int, _ grant: @escaping @Sendable (Int) -> Void) {
    inbox = StreamInbox(credit: credit)
    self.grant = grant
  }

  /// A source without a connection, for tests and calls in the process: `values`, and then their end.
  package init(values: [[UInt8]]) {
    inbox = StreamInbox(credit: values.count)
    grant = { _ in }
    for (index, value) in values.enumerated() { _ = inbox.receive(value, sequence: Int64(index + 1)) }
    inbox.end(nil)
  }

  /// The next value as JSON text, not validated beyond that; nil when the caller has sent its last.
  ///
  /// - Throws: what the caller ended with; CANCELLED, DEADLINE_EXCEEDED or what else ended the call; DATA_LOSS when
  ///   values are missing, RESOURCE_EXHAUSTED when more came than were granted.
  package func next() async throws(RPCError) -> [UInt8]? {
    switch await inbox.next() {
    case .value(let value, let credit):
      if credit > 0 { grant(credit) }
      return value
    case .end(nil): return nil
    case .end(let error?): throw error
    case nil: throw .cancelled
    }
  }
}
