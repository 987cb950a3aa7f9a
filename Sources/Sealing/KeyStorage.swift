internal import COpenSSL

/// The 32 octets of a key, overwritten with zeros before their memory is given back.
///
/// SAFETY (`@unchecked Sendable`): written in `init` only.
final class KeyStorage: @unchecked Sendable {
  static let count = 32

  private let memory: UnsafeMutableRawPointer

  /// Lets `fill` write all 32 octets; nil when it answers false.
  init?(fill: (UnsafeMutableRawBufferPointer) -> Bool) {
    memory = UnsafeMutableRawPointer.allocate(byteCount: Self.count, alignment: 16)
    let room = UnsafeMutableRawBufferPointer(start: memory, count: Self.count)
    // SAFETY: a read of every octet must find it written, whatever fill does.
    _ = room.initializeMemory(as: UInt8.self, repeating: 0)
    if !fill(room) { return nil }
  }

  deinit {
    OPENSSL_cleanse(memory, Self.count)
    memory.deallocate()
  }

  /// The pointer must not leave `body`.
  func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
    try body(UnsafeRawBufferPointer(start: memory, count: Self.count))
  }

  /// A fresh random key, or nil when libcrypto has no randomness.
  static func random() -> KeyStorage? {
    KeyStorage { RAND_bytes($0.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32($0.count)) == 1 }
  }

  /// HMAC-SHA-256 of `label` under this key: a key for one purpose, from which this one cannot be told.
  func derived(_ label: String) -> KeyStorage? {
    KeyStorage { room in
      withBytes { key in
        Digest.hmac(key: key, Array(label.utf8), into: room)
      }
    }
  }
}
