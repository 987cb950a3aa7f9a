internal import JSON
internal import JSONRPC

/// A call into which values are sent while its own come.
///
/// ```swift
/// let exchange = try await client.upload.fill(uploadId: upload.id)
/// async let given: Void = { for piece in pieces { try await exchange.send(piece) }; exchange.finish() }()
/// for try await upload in exchange { print(upload.received) }
/// try await given
/// ```
/// The server says how many values it has room for, and ``send(_:)`` waits for that. It may stop reading while what it
/// sends is not taken: one task sends, another reads. Letting go of it, or cancelling the reading task, ends the call
/// on the server too. It is not resumed when its connection is lost.
public final class PostroomExchange<Sent: Sendable, Value: Sendable>: AsyncSequence, Sendable {
  public typealias Element = Value
  public typealias Failure = PostroomError

  private let exchange: RPCExchange
  private let read: @Sendable ([UInt8]) throws(PostroomError) -> Value
  private let write: @Sendable (Sent) -> [UInt8]

  init(_ exchange: RPCExchange) where Sent: JSONWritable, Value: JSONReadable {
    self.exchange = exchange
    read = { bytes throws(PostroomError) in try PostroomError.reading(bytes) }
    write = { value in
      var writer = JSONWriter()
      value.write(to: &writer)
      return writer.take()
    }
  }

  /// Sends a value when the server has room for it.
  ///
  /// - Throws: what the server ended the call with; with reason `stream.ended` when it ended well or ``finish()`` came
  ///   before; `connection.lost`.
  public func send(_ value: Sent) async throws(PostroomError) {
    do throws(RPCError) {
      try await exchange.send(write(value))
    } catch {
      throw PostroomError(error)
    }
  }

  /// Says that there are no more values; the server's go on. May be called again.
  public func finish() { exchange.finish() }

  /// The server's next value; nil when it has ended the call. One task reads.
  public func next() async throws(PostroomError) -> Value? {
    let bytes: [UInt8]?
    do throws(RPCError) {
      bytes = try await exchange.values.next()
    } catch {
      throw PostroomError(error)
    }
    guard let bytes else { return nil }
    return try read(bytes)
  }

  /// Ends the call, here and on the server. May be called again.
  public func cancel() { exchange.values.cancel() }

  public func makeAsyncIterator() -> Iterator { Iterator(exchange: self) }

  /// Takes what comes back, one value at a time.
  public struct Iterator: AsyncIteratorProtocol {
    let exchange: PostroomExchange

    public mutating func next() async throws(PostroomError) -> Value? { try await exchange.next() }

    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(PostroomError) -> Value? { try await exchange.next() }
  }
}
