internal import Bytes
internal import Sockets

/// The server's end of the socket to a child. Nothing that comes out of it is believed.
struct ReaderPipe: Sendable {
  enum Failure: Error, Hashable { case ended, timedOut, nonsense }

  private let stream: SocketStream

  init(_ stream: SocketStream) { self.stream = stream }

  func close() { stream.close() }

  func send(_ payload: [UInt8], by deadline: Deadline) async throws(Failure) {
    var frame = ByteBuffer(capacity: payload.count + 4)
    frame.append(contentsOf: PipeFrame.header(payload.count))
    frame.append(contentsOf: payload)
    do throws(StreamError) { try await stream.write(&frame, deadline: deadline) } catch {
      throw Self.failure(error)
    }
  }

  /// - Parameter octetsMax: a frame that announces more is refused before any of it is read.
  func receive(octetsMax: Int, by deadline: Deadline) async throws(Failure) -> [UInt8] {
    var buffer = ByteBuffer()
    var length: Int?
    while true {
      if length == nil, buffer.count >= 4 {
        let announced = PipeFrame.length(buffer.read(4))
        guard announced <= octetsMax else { throw .nonsense }
        length = announced
      }
      if let length, buffer.count >= length {
        // An answer that was not asked for follows: from here on none could be told from the right one.
        guard buffer.count == length else { throw .nonsense }
        return buffer.read(length)
      }
      let wanted = (length ?? 4) - buffer.count
      let octets: Int
      do throws(StreamError) {
        octets = try await stream.read(into: &buffer, atMost: max(wanted, 64 << 10), deadline: deadline)
      } catch {
        throw Self.failure(error)
      }
      if octets == 0 { throw .ended }
    }
  }

  private static func failure(_ error: StreamError) -> Failure {
    if case .timedOut = error { .timedOut } else { .ended }
  }
}
