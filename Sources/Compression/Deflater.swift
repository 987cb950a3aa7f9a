package import Bytes
internal import CZlib

/// Compresses a stream of octets piece by piece.
///
/// About 256 KiB of memory each, given back when the value ends.
///
/// SAFETY (`@unchecked Sendable`): not copyable and all access is mutating, so the memory behind the
/// pointer belongs to one owner at a time.
package struct Deflater: ~Copyable, @unchecked Sendable {
  /// What must have come out when a call returns.
  package enum Flush: Sendable, Hashable {
    /// Nothing in particular; zlib may hold octets back to compress better.
    case none
    /// The other end can expand everything given so far.
    case sync
    /// The compressed stream ends; nothing may follow.
    case finish

    var code: Int32 {
      switch self {
      case .none: Z_NO_FLUSH
      case .sync: Z_SYNC_FLUSH
      case .finish: Z_FINISH
      }
    }
  }

  private let stream: ZStream

  /// - Parameters:
  ///   - level: 0 (stored) to 9 (smallest); other numbers count as the nearest of these.
  ///   - dictionary: octets likely to occur, the likeliest last; only the last 32 KiB matter.
  package init(
    format: DeflateFormat, level: Int = 6, dictionary: [UInt8]? = nil
  ) throws(CompressionError) {
    let stream = ZStream.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    var code = postroom_deflateInit2(stream, Int32(max(0, min(level, 9))), format.windowBits, 8)
    guard code == Z_OK else {
      stream.deallocate()
      throw .memory
    }
    if let dictionary {
      code = dictionary.withUnsafeBufferPointer {
        deflateSetDictionary(stream, $0.baseAddress, UInt32(clamping: $0.count))
      }
      guard code == Z_OK else {
        let error = CompressionError(code: code, stream)
        deflateEnd(stream)
        stream.deallocate()
        throw error
      }
    }
    self.stream = stream
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Compresses all of `input` behind what `output` holds.
  package mutating func deflate(
    _ input: [UInt8], into output: inout ByteBuffer, flush: Flush
  ) throws(CompressionError) {
    let problem = input.withUnsafeBytes { step($0, &output, flush) }
    if let problem { throw problem }
  }

  /// Compresses all of `input`, which is empty afterwards, behind what `output` holds.
  package mutating func deflate(
    _ input: inout ByteBuffer, into output: inout ByteBuffer, flush: Flush
  ) throws(CompressionError) {
    let problem = input.withUnsafeReadableBytes { step($0, &output, flush) }
    if let problem { throw problem }
    input.removeAll()
  }

  private mutating func step(
    _ input: UnsafeRawBufferPointer, _ output: inout ByteBuffer, _ flush: Flush
  ) -> CompressionError? {
    var taken = 0
    while true {
      let piece = min(input.count - taken, zlibStepMax)
      let isLast = taken + piece == input.count
      var code = Z_OK
      var isFull = false
      output.withUnsafeWritableBytes(minimumCapacity: max(256, min(piece / 2, 1 << 20))) { room in
        let given = min(room.count, zlibStepMax)
        // SAFETY: zlib only reads from next_in, and both ranges outlive this call of deflate.
        stream.pointee.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress?.advanced(by: taken).assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(piece)
        stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(given)
        code = CZlib.deflate(stream, isLast ? flush.code : Z_NO_FLUSH)
        isFull = stream.pointee.avail_out == 0
        return given - Int(stream.pointee.avail_out)
      }
      taken += piece - Int(stream.pointee.avail_in)
      stream.pointee.next_in = nil
      stream.pointee.next_out = nil
      if code == Z_STREAM_END { return nil }
      // Z_BUF_ERROR only says that there was nothing left to do.
      guard code == Z_OK || code == Z_BUF_ERROR else { return CompressionError(code: code, stream) }
      if taken == input.count && !isFull && flush != .finish { return nil }
    }
  }
}
