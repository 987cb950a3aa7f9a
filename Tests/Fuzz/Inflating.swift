// modules: CZlib Bytes Compression
// options: -max_len=4096
// words: "\x78\x9c" "\x78\xbb" "\x00\x00\xff\xff"
import Bytes
import Compression

/// Any octets through the inflater, in pieces and in both formats: never further than its bound.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzInflating(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let octets = [UInt8](UnsafeBufferPointer(start: start, count: count))
  let most = 50_000
  for format in [DeflateFormat.raw, .zlib] {
    guard var inflater = try? Inflater(format: format, outputOctetsMax: most, dictionary: [1, 2, 3]) else {
      preconditionFailure("an inflater")
    }
    var input = ByteBuffer(octets)
    var output = ByteBuffer()
    while let made = try? inflater.inflate(&input, into: &output, atMost: 1000), made > 0 {
      precondition(made <= 1000, "no more than asked for")
    }
    precondition(output.count <= most && inflater.produced == output.count, "no further than the bound")
  }
  if let plain = try? Zlib.inflate(octets, outputOctetsMax: most) { precondition(plain.count <= most) }
  return 0
}
