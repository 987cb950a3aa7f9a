internal import COpenSSL

/// AES-256-GCM with a random nonce of 96 bits (NIST SP 800-38D §8.2.2: at most 2³² values under a key).
///
/// A sealed value is `nonce (12) | ciphertext | tag (16)`.
enum AESGCM {
  static let nonceOctets = 12
  static let tagOctets = 16
  /// What a sealed value is longer than its content.
  static let overhead = nonceOctets + tagOctets

  /// The most octets given to libcrypto at a time: its lengths are C ints.
  private static let stepMax = 1 << 30

  // SAFETY: fetched once, never changed or freed; libcrypto shares it between threads.
  nonisolated(unsafe) private static let cipher = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)

  /// Appends the sealed form of `plain` to `out`.
  static func seal(
    _ plain: UnsafeRawBufferPointer, key: KeyStorage, associated: [UInt8], into out: inout [UInt8]
  ) throws(SealingError) {
    let (length, tooLong) = plain.count.addingReportingOverflow(overhead)
    if tooLong { throw .library("length") }
    let start = out.count
    out.append(contentsOf: repeatElement(0, count: length))
    let failed: String? = out.withUnsafeMutableBytes { all in
      let room = UnsafeMutableRawBufferPointer(rebasing: all[start...])
      let base = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
      guard let base, RAND_bytes(base, Int32(nonceOctets)) == 1 else { return "RAND_bytes" }
      guard let context = EVP_CIPHER_CTX_new() else { return "EVP_CIPHER_CTX_new" }
      defer { EVP_CIPHER_CTX_free(context) }
      // SAFETY: room holds nonce, as many octets as plain, and tag; all pointers outlive the calls.
      let begun = key.withBytes {
        EVP_EncryptInit_ex2(context, cipher, $0.baseAddress?.assumingMemoryBound(to: UInt8.self), base, nil)
      }
      guard begun == 1 else { return "EVP_EncryptInit" }
      guard update(context, associated: associated, EVP_EncryptUpdate) else { return "associated data" }
      guard update(context, plain, base + nonceOctets, EVP_EncryptUpdate) else { return "EVP_EncryptUpdate" }
      let end = base + nonceOctets + plain.count
      var more: Int32 = 0
      guard EVP_EncryptFinal_ex(context, end, &more) == 1,
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tagOctets), end) == 1
      else { return "EVP_EncryptFinal" }
      return nil
    }
    if let failed { throw .library(failed) }
  }

  /// Writes the content of `sealed` to `room`, which is exactly ``overhead`` shorter than it.
  ///
  /// When it throws ``SealingError/notAuthentic``, `room` holds zeros.
  static func open(
    _ sealed: UnsafeRawBufferPointer, key: KeyStorage, associated: [UInt8],
    into room: UnsafeMutableRawBufferPointer
  ) throws(SealingError) {
    guard sealed.count >= overhead, room.count == sealed.count - overhead else { throw .formatUnknown }
    guard let from = sealed.baseAddress?.assumingMemoryBound(to: UInt8.self),
      let context = EVP_CIPHER_CTX_new()
    else { throw .library("EVP_CIPHER_CTX_new") }
    defer { EVP_CIPHER_CTX_free(context) }
    // SAFETY: the lengths were compared above; all pointers outlive the calls.
    let begun = key.withBytes {
      EVP_DecryptInit_ex2(context, cipher, $0.baseAddress?.assumingMemoryBound(to: UInt8.self), from, nil)
    }
    guard begun == 1, update(context, associated: associated, EVP_DecryptUpdate) else {
      throw .library("EVP_DecryptInit")
    }
    let body = UnsafeRawBufferPointer(start: from + nonceOctets, count: room.count)
    var none: UInt8 = 0
    var more: Int32 = 0
    let tag = UnsafeMutableRawPointer(mutating: from + nonceOctets + room.count)
    guard update(context, body, room.baseAddress?.assumingMemoryBound(to: UInt8.self), EVP_DecryptUpdate),
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagOctets), tag) == 1
    else { throw .library("EVP_DecryptUpdate") }
    // GCM is a stream: the final step writes nothing and only compares the tag.
    guard EVP_DecryptFinal_ex(context, &none, &more) == 1 else {
      OPENSSL_cleanse(room.baseAddress, room.count)
      throw .notAuthentic
    }
  }

  private typealias Update = (
    OpaquePointer?, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int32>?, UnsafePointer<UInt8>?, Int32
  ) -> Int32

  private static func update(_ context: OpaquePointer, associated: [UInt8], _ call: Update) -> Bool {
    var written: Int32 = 0
    return associated.isEmpty
      || call(context, nil, &written, associated, Int32(clamping: associated.count)) == 1
  }

  private static func update(
    _ context: OpaquePointer, _ input: UnsafeRawBufferPointer, _ output: UnsafeMutablePointer<UInt8>?,
    _ call: Update
  ) -> Bool {
    var done = 0
    while done < input.count {
      guard let output, let from = input.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
        return false
      }
      let piece = min(input.count - done, stepMax)
      var written: Int32 = 0
      guard call(context, output + done, &written, from + done, Int32(piece)) == 1, Int(written) == piece
      else { return false }
      done += piece
    }
    return true
  }
}
