internal import COpenSSL

/// Digests and random octets, by libcrypto.
package enum Digest {
  /// 32 octets.
  package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { room, count in
      // SAFETY: SHA256 writes 32 octets, the room's size, and cannot fail on memory.
      SHA256(bytes, bytes.count, room.baseAddress)
      count = 32
    }
  }

  /// RFC 2104 with SHA-256; 32 octets.
  package static func hmacSHA256(key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
    key.withUnsafeBytes { hmac(key: $0, bytes) }
  }

  static func hmac(key: UnsafeRawBufferPointer, _ bytes: [UInt8]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: 32)
    let done = out.withUnsafeMutableBytes { hmac(key: key, bytes, into: $0) }
    // It fails only when memory is exhausted; a digest of zeros would let anything pass.
    guard done else { fatalError("libcrypto: HMAC failed") }
    return out
  }

  /// Writes 32 octets to `room`.
  static func hmac(
    key: UnsafeRawBufferPointer, _ bytes: [UInt8], into room: UnsafeMutableRawBufferPointer
  ) -> Bool {
    // SAFETY: libcrypto takes a nil key for "the one before", so an empty key gets an address.
    var nothing: UInt8 = 0
    var length: UInt32 = 0
    return withUnsafePointer(to: &nothing) { empty in
      HMAC(
        EVP_sha256(), key.baseAddress ?? UnsafeRawPointer(empty), Int32(clamping: key.count), bytes,
        bytes.count, room.baseAddress?.assumingMemoryBound(to: UInt8.self), &length) != nil
        && length == 32
    }
  }

  /// Takes the same time wherever the first difference is; different lengths are told at once.
  package static func equalConstantTime(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0
  }

  /// The SHA-256 over the DER of the first certificate in a text of PEM, which TLS computes over the certificate
  /// that a client shows; nil when there is none that can be read.
  package static func certificate(pem: [UInt8]) -> [UInt8]? {
    ERR_clear_error()
    guard let bio = BIO_new_mem_buf(pem, Int32(clamping: pem.count)) else { return nil }
    defer { BIO_free(bio) }
    // SAFETY: the BIO reads `pem`, which outlives it, and the certificate is a copy.
    guard let certificate = PEM_read_bio_X509(bio, nil, nil, nil) else { return nil }
    defer { X509_free(certificate) }
    var out = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    guard X509_digest(certificate, EVP_sha256(), &out, &length) == 1, length == 32 else { return nil }
    return out
  }

  /// Two lower-case hexadecimal digits an octet.
  package static func text(_ digest: [UInt8]) -> String { hexadecimal(digest) }

  /// `n` octets that nobody can guess.
  package static func randomBytes(_ n: Int) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: max(n, 0))
    // It fails only when the kernel gives no randomness; to go on would make keys that can be guessed.
    guard RAND_bytes(&out, Int32(clamping: out.count)) == 1 else { fatalError("libcrypto: no randomness") }
    return out
  }
}
