/// Why octets could not be compressed or expanded.
package enum CompressionError: Error, Sendable, Hashable {
  /// The output would be longer than the limit, which is given.
  case outputLimit(Int)
  /// Not the format it should be, damaged, or followed by something; zlib's words or ours.
  case corrupt(String)
  /// The input ends before the compressed data does.
  case truncated
  /// zlib had no memory.
  case memory
}
