internal import CZlib

/// How compressed octets are wrapped.
package enum DeflateFormat: Sendable, Hashable {
  /// RFC 1950: a header, and a checksum of the output at the end.
  case zlib
  /// RFC 1951 alone, as RFC 4978 sends it over IMAP: neither header nor checksum.
  case raw

  /// zlib's `windowBits` for a window of 32 KiB.
  var windowBits: Int32 { self == .zlib ? 15 : -15 }
}

/// The stream structure at an address that does not move, as zlib keeps a pointer back to it.
typealias ZStream = UnsafeMutablePointer<z_stream>

/// The most octets told to zlib at a time: its counters have 32 bits.
let zlibStepMax = 1 << 30

extension CompressionError {
  /// What zlib says about a stream that it gave up, by `code` and its own words.
  init(code: Int32, _ stream: ZStream) {
    if code == Z_MEM_ERROR {
      self = .memory
    } else if let words = stream.pointee.msg {
      self = .corrupt(String(cString: words))
    } else {
      self = .corrupt("zlib error \(code)")
    }
  }
}
