internal import Bytes

/// Messages of raw deflate (RFC 1951) that each stand alone, as permessage-deflate sends them without context
/// takeover (RFC 7692 §7.2).
package enum RawDeflate {
  /// Compresses `bytes`; the result ends with the empty block of a flush, 00 00 FF FF.
  package static func message(_ bytes: [UInt8], level: Int = 6) throws(CompressionError) -> [UInt8] {
    var deflater = try Deflater(format: .raw, level: level)
    var output = ByteBuffer(capacity: min(bytes.count / 3 + 64, 16 << 20))
    try deflater.deflate(bytes, into: &output, flush: .sync)
    return output.bytes
  }

  /// Expands what ``message(_:level:)`` gave, or a stream that ends by itself.
  ///
  /// - Throws: ``CompressionError/outputLimit(_:)`` above `outputOctetsMax`; ``CompressionError/corrupt(_:)`` when
  ///   it is damaged or goes on behind its end.
  package static func inflate(
    _ bytes: [UInt8], outputOctetsMax: Int
  ) throws(CompressionError) -> [UInt8] {
    var inflater = try Inflater(format: .raw, outputOctetsMax: outputOctetsMax)
    var input = ByteBuffer(bytes)
    var output = ByteBuffer()
    _ = try inflater.inflate(&input, into: &output)
    // A sender may end its stream (BFINAL); then the flush's empty block is left over (RFC 7692 §7.2.3.5).
    if !input.isEmpty, input.bytes != [0x00, 0x00, 0xFF, 0xFF] { throw .corrupt("octets behind the end") }
    return output.bytes
  }
}
