internal import COpenSSL

/// SHA-256 of octets that come by pieces.
package struct SHA256Stream: ~Copyable {
  private let context: OpaquePointer

  package init() {
    // It fails only when memory is exhausted; a digest of nothing would let anything pass.
    guard let made = EVP_MD_CTX_new(), EVP_DigestInit_ex(made, EVP_sha256(), nil) == 1 else {
      fatalError("libcrypto: no memory for a digest")
    }
    context = made
  }

  deinit { EVP_MD_CTX_free(context) }

  package mutating func add(_ bytes: [UInt8]) {
    guard EVP_DigestUpdate(context, bytes, bytes.count) == 1 else { fatalError("libcrypto: digest failed") }
  }

  /// 32 octets.
  package consuming func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { room, count in
      // SAFETY: SHA-256 writes 32 octets, the room's size.
      guard EVP_DigestFinal_ex(context, room.baseAddress, nil) == 1 else {
        fatalError("libcrypto: digest failed")
      }
      count = 32
    }
  }
}
