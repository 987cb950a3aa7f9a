package import Bytes
internal import CZlib

/// Expands a stream of compressed octets piece by piece, never further than its bound.
///
/// Exactly one compressed stream: what follows its end stays in the input. About 40 KiB of memory
/// each, given back when the value ends.
///
/// SAFETY (`@unchecked Sendable`): not copyable and all access is mutating, so the memory behind the
/// pointer belongs to one owner at a time.
package struct Inflater: ~Copyable, @unchecked Sendable {
  /// The compressed stream has ended, and its checksum (where there is one) was right.
  package private(set) var isFinished = false
  /// Octets that came out so far.
  package private(set) var produced = 0

  private let stream: ZStream
  private let outputOctetsMax: Int
  private let dictionary: [UInt8]?

  /// - Parameters:
  ///   - outputOctetsMax: the most octets that may come out over the whole stream.
  ///   - dictionary: the one the stream was made with; not used when the stream does not ask for it,
  ///     except that a raw stream cannot ask and always uses it.
  package init(
    format: DeflateFormat, outputOctetsMax: Int = .max, dictionary: [UInt8]? = nil
  ) throws(CompressionError) {
    let stream = ZStream.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard postroom_inflateInit2(stream, format.windowBits) == Z_OK else {
      stream.deallocate()
      throw .memory
    }
    if format == .raw, let dictionary {
      // A raw stream takes at most a window full.
      let code = Self.setDictionary(Array(dictionary.suffix(32 * 1024)), stream)
      guard code == Z_OK else {
        let error = CompressionError(code: code, stream)
        inflateEnd(stream)
        stream.deallocate()
        throw error
      }
    }
    self.stream = stream
    self.outputOctetsMax = max(outputOctetsMax, 0)
    self.dictionary = dictionary
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Expands from the front of `input` behind what `output` holds, until the input is used up, the
  /// stream ends, or `atMost` octets came out. What was used is consumed from `input`.
  ///
  /// - Returns: how many octets came out; 0 with input left over only when the stream has ended.
  /// - Throws: ``CompressionError/outputLimit(_:)`` as soon as one octet more than the bound would
  ///   come out; nothing useful can be done with the value after any error.
  package mutating func inflate(
    _ input: inout ByteBuffer, into output: inout ByteBuffer, atMost: Int = .max
  ) throws(CompressionError) -> Int {
    let before = produced
    var used = 0
    let problem = input.withUnsafeReadableBytes { run($0, &output, max(atMost, 1), used: &used) }
    input.consume(used)
    if let problem { throw problem }
    return produced - before
  }

  private mutating func run(
    _ input: UnsafeRawBufferPointer, _ output: inout ByteBuffer, _ atMost: Int, used: inout Int
  ) -> CompressionError? {
    let start = produced
    while !isFinished {
      let wanted = atMost - (produced - start)
      if wanted == 0 { return nil }
      // One octet above the bound is asked for, so that too much is seen as such.
      let allowed = outputOctetsMax - produced
      let likely = max(1024, 4 * min(input.count - used, 64 * 1024))
      let room = min(wanted, allowed == .max ? allowed : allowed + 1, likely)
      var code = Z_OK
      var written = 0
      output.withUnsafeWritableBytes(minimumCapacity: room) { space in
        code = step(input, UnsafeMutableRawBufferPointer(rebasing: space[..<room]), &used, &written)
        return min(written, allowed)
      }
      produced += min(written, allowed)
      if written > allowed { return .outputLimit(outputOctetsMax) }
      switch code {
      case Z_STREAM_END: isFinished = true
      case Z_NEED_DICT:
        guard let dictionary else { return .corrupt("needs a dictionary") }
        guard Self.setDictionary(dictionary, stream) == Z_OK else {
          return .corrupt("made with another dictionary")
        }
      case Z_OK: if written < room && used == input.count { return nil }
      case Z_BUF_ERROR: return nil
      default: return CompressionError(code: code, stream)
      }
    }
    return nil
  }

  /// One call of zlib's inflate, the input from `used` on.
  private mutating func step(
    _ input: UnsafeRawBufferPointer, _ room: UnsafeMutableRawBufferPointer, _ used: inout Int,
    _ written: inout Int
  ) -> Int32 {
    let piece = min(input.count - used, zlibStepMax)
    // SAFETY: zlib only reads from next_in, and both ranges outlive this call of inflate.
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.advanced(by: used).assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(piece)
    stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room.count)
    let code = CZlib.inflate(stream, Z_NO_FLUSH)
    used += piece - Int(stream.pointee.avail_in)
    written = room.count - Int(stream.pointee.avail_out)
    stream.pointee.next_in = nil
    stream.pointee.next_out = nil
    return code
  }

  private static func setDictionary(_ dictionary: [UInt8], _ stream: ZStream) -> Int32 {
    dictionary.withUnsafeBufferPointer {
      inflateSetDictionary(stream, $0.baseAddress, UInt32(clamping: $0.count))
    }
  }
}
