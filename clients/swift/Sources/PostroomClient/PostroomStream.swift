internal import JSONRPC

/// The values of a stream, in order.
///
/// The stream is opened when the first value is asked for. Ending the loop, or cancelling its task, ends it
/// on the server too. A stream that can be resumed (`events.subscribe`) goes on over a new connection, behind
/// the last value that was read, when its own is lost; others then throw.
public struct PostroomStream<Value: Sendable>: AsyncSequence, Sendable {
  public typealias Element = Value
  public typealias Failure = PostroomError

  typealias Open = @Sendable (_ from: String?) async throws(PostroomError) -> RPCStream

  private let from: String?
  private let last: (@Sendable (Value) -> String)?
  private let read: @Sendable ([UInt8]) throws(PostroomError) -> Value
  private let open: Open

  init(from: String?, last: (@Sendable (Value) -> String)?, open: @escaping Open) where Value: JSONReadable {
    self.from = from
    self.last = last
    self.open = open
    read = { bytes throws(PostroomError) in try PostroomError.reading(bytes) }
  }

  /// Values as they were written. Not resumed.
  init(raw open: @escaping Open) where Value == String {
    from = nil
    last = nil
    self.open = open
    read = { bytes in String(decoding: bytes, as: UTF8.self) }
  }

  public func makeAsyncIterator() -> Iterator {
    Iterator(place: from, last: last, read: read, open: open)
  }

  /// One reading of the stream; each iterator opens a stream of its own.
  public struct Iterator: AsyncIteratorProtocol {
    /// Attempts in a row to go on after a break, with 0.1 s to 10 s between them.
    private static var attemptsMax: Int { 8 }

    /// Where the stream begins, or goes on after a break.
    private var place: String?
    private let last: (@Sendable (Value) -> String)?
    private let read: @Sendable ([UInt8]) throws(PostroomError) -> Value
    private let open: Open
    private var stream: RPCStream?
    private var attempt = 0
    /// A stream that could not be opened at all is not one to take up again.
    private var wasOpened = false
    private var ended = false

    init(
      place: String?, last: (@Sendable (Value) -> String)?,
      read: @escaping @Sendable ([UInt8]) throws(PostroomError) -> Value, open: @escaping Open
    ) {
      self.place = place
      self.last = last
      self.read = read
      self.open = open
    }

    /// nil when the server has ended the stream, and ever after.
    public mutating func next() async throws(PostroomError) -> Value? { try await advance() }

    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(PostroomError) -> Value? { try await advance() }

    // Runs where its caller runs: the iterator never leaves its task.
    private nonisolated(nonsending) mutating func advance() async throws(PostroomError) -> Value? {
      while !ended {
        do throws(PostroomError) {
          guard let bytes = try await take() else { break }
          let value = try read(bytes)
          if let last { place = last(value) }
          attempt = 0
          return value
        } catch {
          stream = nil
          guard last != nil, wasOpened, error.status == .unavailable, await waitToGoOn() else {
            ended = true
            throw error
          }
        }
      }
      ended = true
      stream = nil
      return nil
    }

    private nonisolated(nonsending) mutating func take() async throws(PostroomError) -> [UInt8]? {
      let current: RPCStream
      if let stream {
        current = stream
      } else {
        current = try await open(place)
        stream = current
        wasOpened = true
      }
      do throws(RPCError) {
        return try await current.next()
      } catch {
        throw PostroomError(error)
      }
    }

    /// Waits longer each time; false when there were too many attempts, or the task was cancelled.
    private nonisolated(nonsending) mutating func waitToGoOn() async -> Bool {
      guard attempt < Self.attemptsMax else { return false }
      attempt += 1
      // A cancelled sleep shows below.
      try? await Task.sleep(for: Repeating.pause(before: attempt))
      return !Task.isCancelled
    }
  }
}
