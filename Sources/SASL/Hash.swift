internal import COpenSSL

/// The hash functions that the mechanisms name, from libcrypto.
enum Hash: Sendable {
  case md5, sha1, sha256

  var octets: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha256: 32
    }
  }

  private var function: OpaquePointer? {
    switch self {
    case .md5: EVP_md5()
    case .sha1: EVP_sha1()
    case .sha256: EVP_sha256()
    }
  }

  func digest(_ bytes: [UInt8]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: octets)
    let ok = EVP_Digest(bytes, bytes.count, &out, nil, function, nil)
    // Ours: fails only without memory, or without the algorithm (a library built for FIPS has no MD5).
    if ok != 1 { return [] }
    return out
  }

  func hmac(key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: octets)
    var written: UInt32 = 0
    // An empty key is a null pointer to HMAC, which then reuses an old one: give it an address.
    let done = (key.isEmpty ? [0] : key).withUnsafeBytes {
      HMAC(function, $0.baseAddress, Int32(clamping: key.count), bytes, bytes.count, &out, &written)
    }
    return done == nil ? [] : out
  }

  /// PBKDF2 (RFC 5802 §2.2, `Hi`).
  func stretched(_ password: [UInt8], salt: [UInt8], iterations: Int32) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: octets)
    let done = password.withUnsafeBytes { raw in
      PKCS5_PBKDF2_HMAC(
        raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: password.count), salt,
        Int32(clamping: salt.count), iterations, function, Int32(octets), &out)
    }
    return done == 1 ? out : []
  }

  /// Without a hint in the time taken; false when the lengths differ or both are empty.
  static func equalConstantTime(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    !a.isEmpty && a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0
  }

  static func random(_ count: Int) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: count)
    // Ours: without random octets no secret may be made; libcrypto fails only when the system does.
    precondition(RAND_bytes(&out, Int32(count)) == 1, "no random octets from the system")
    return out
  }
}
