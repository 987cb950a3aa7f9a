internal import Bytes
internal import CZlib

/// The zlib format (RFC 1950) in one go.
package enum Zlib {
  /// - Parameters:
  ///   - level: 0 (stored) to 9 (smallest).
  ///   - dictionary: octets likely to occur, the likeliest last; needed again to expand.
  package static func deflate(
    _ bytes: [UInt8], level: Int = 6, dictionary: [UInt8]? = nil
  ) throws(CompressionError) -> [UInt8] {
    var deflater = try Deflater(format: .zlib, level: level, dictionary: dictionary)
    var output = ByteBuffer(capacity: min(bytes.count / 3 + 64, 16 << 20))
    try deflater.deflate(bytes, into: &output, flush: .finish)
    return output.bytes
  }

  /// Expands exactly one complete stream.
  ///
  /// Memory grows with what comes out, not with what the input claims.
  /// - Parameter outputOctetsMax: the most octets that may come out.
  /// - Throws: ``CompressionError/outputLimit(_:)``, ``CompressionError/truncated`` when the input
  ///   ends too early, ``CompressionError/corrupt(_:)`` when it is damaged, was made with another
  ///   dictionary, or goes on behind the end of the stream.
  package static func inflate(
    _ bytes: [UInt8], outputOctetsMax: Int, dictionary: [UInt8]? = nil
  ) throws(CompressionError) -> [UInt8] {
    var inflater = try Inflater(format: .zlib, outputOctetsMax: outputOctetsMax, dictionary: dictionary)
    var input = ByteBuffer(bytes)
    let guess = bytes.count.multipliedReportingOverflow(by: 4)
    var output = ByteBuffer(capacity: guess.overflow ? 0 : min(guess.partialValue, outputOctetsMax, 1 << 20))
    _ = try inflater.inflate(&input, into: &output)
    guard inflater.isFinished else { throw .truncated }
    guard input.isEmpty else { throw .corrupt("octets behind the end") }
    return output.bytes
  }
}
