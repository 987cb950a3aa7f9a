internal import COpenSSL

/// A key for Ed25519 signatures (RFC 8032), derived from a ``DataKey`` and never kept itself.
///
/// The same data key and label give the same key, and the same octets the same signature.
package struct SigningKey: Sendable, CustomStringConvertible {
  private let seed: KeyStorage
  package let verifyingKey: VerifyingKey

  fileprivate init(seed: KeyStorage) throws(SealingError) {
    self.seed = seed
    var raw = [UInt8](repeating: 0, count: VerifyingKey.octets)
    var count = raw.count
    let done = Self.with(seed) { EVP_PKEY_get_raw_public_key($0, &raw, &count) == 1 && count == raw.count }
    guard done else { throw .library("Ed25519") }
    verifyingKey = VerifyingKey(raw: raw)
  }

  package var description: String { "SigningKey(\(verifyingKey.id))" }

  /// 64 octets.
  package func sign(_ bytes: [UInt8]) throws(SealingError) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: VerifyingKey.signatureOctets)
    var count = out.count
    let done = Self.with(seed) { key in
      guard let context = EVP_MD_CTX_new() else { return false }
      defer { EVP_MD_CTX_free(context) }
      // Ed25519 hashes by itself: no digest is named.
      return EVP_DigestSignInit(context, nil, nil, nil, key) == 1
        && EVP_DigestSign(context, &out, &count, bytes, bytes.count) == 1 && count == out.count
    }
    guard done else { throw .library("Ed25519") }
    return out
  }

  private static func with(_ seed: KeyStorage, _ body: (OpaquePointer) -> Bool) -> Bool {
    // SAFETY: libcrypto copies the 32 octets; its key is freed here, which overwrites them.
    let key = seed.withBytes {
      EVP_PKEY_new_raw_private_key(
        EVP_PKEY_ED25519, nil, $0.baseAddress?.assumingMemoryBound(to: UInt8.self), $0.count)
    }
    guard let key else { return false }
    defer { EVP_PKEY_free(key) }
    return body(key)
  }
}

extension DataKey {
  /// A key for signatures under this key, one for each `label`.
  package func signingKey(label: String) throws(SealingError) -> SigningKey {
    try SigningKey(seed: seed(label: label))
  }
}

/// The public half of a ``SigningKey``.
package struct VerifyingKey: Sendable, Hashable {
  static let octets = 32
  static let signatureOctets = 64
  /// What stands before the key in its SubjectPublicKeyInfo (RFC 8410, section 4).
  private static let head: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

  private let raw: [UInt8]

  init(raw: [UInt8]) { self.raw = raw }

  /// The key in a text of PEM (`-----BEGIN PUBLIC KEY-----`); nil when there is none of Ed25519.
  package init?(pem: [UInt8]) {
    ERR_clear_error()
    guard let bio = BIO_new_mem_buf(pem, Int32(clamping: pem.count)) else { return nil }
    defer { BIO_free(bio) }
    // SAFETY: the BIO reads `pem`, which outlives it, and the key is a copy.
    guard let key = PEM_read_bio_PUBKEY(bio, nil, nil, nil) else { return nil }
    defer { EVP_PKEY_free(key) }
    var raw = [UInt8](repeating: 0, count: Self.octets)
    var count = raw.count
    guard EVP_PKEY_get_id(key) == EVP_PKEY_ED25519, EVP_PKEY_get_raw_public_key(key, &raw, &count) == 1,
      count == Self.octets
    else { return nil }
    self.raw = raw
  }

  /// 16 hexadecimal digits: the first 8 octets of the SHA-256 of the key's 32.
  package var id: String { hexadecimal(Digest.sha256(raw).prefix(8)) }

  /// As `openssl pkey -pubin` reads it, with a line end at its end.
  package var pem: String {
    let der = Self.head + raw
    var text = [UInt8](repeating: 0, count: (der.count + 2) / 3 * 4 + 1)
    // SAFETY: EVP_EncodeBlock writes four octets for each three, and a zero.
    let count = EVP_EncodeBlock(&text, der, Int32(der.count))
    let line = String(decoding: text.prefix(Int(count)), as: UTF8.self)
    return "-----BEGIN PUBLIC KEY-----\n\(line)\n-----END PUBLIC KEY-----\n"
  }

  /// Whether `signature` was made over exactly `bytes` with this key's private half.
  package func verify(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    guard signature.count == Self.signatureOctets,
      let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, raw, raw.count)
    else { return false }
    defer { EVP_PKEY_free(key) }
    guard let context = EVP_MD_CTX_new() else { return false }
    defer { EVP_MD_CTX_free(context) }
    return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
      && EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
  }
}
