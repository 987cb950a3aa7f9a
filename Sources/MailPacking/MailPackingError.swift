internal import Compression

/// Why a packed mail or piece could not be read. It was damaged or made by a newer version.
package enum MailPackingError: Error, Sendable, Hashable {
  /// What does not fit, in a few words; no content.
  case corrupt(String)
  /// The number of a format or dictionary that this version does not know.
  case unknownVersion(Int)
  /// zlib had no memory.
  case memory

  init(_ error: CompressionError) {
    switch error {
    case .memory: self = .memory
    case .outputLimit: self = .corrupt("longer than it says")
    case .corrupt(let words): self = .corrupt(words)
    case .truncated: self = .corrupt("cut short")
    }
  }
}
