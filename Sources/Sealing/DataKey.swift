/// A key for the values of one mailbox or tenant, itself kept wrapped by the ``MasterKey``.
///
/// When its wrapped form is gone everywhere, what it sealed cannot be read again by anybody.
package struct DataKey: Sendable, CustomStringConvertible {
  /// 16 hexadecimal digits; not secret.
  package let id: String
  private let storage: KeyStorage

  init(id: String, storage: KeyStorage) {
    self.id = id
    self.storage = storage
  }

  package var description: String { "DataKey(\(id))" }

  /// AES-256-GCM with a fresh random nonce: `format | nonce | ciphertext | tag`, 29 octets longer than
  /// `plain`.
  ///
  /// - Parameter context: where the value belongs (owner, row, column); not stored, and needed exactly
  ///   again to open it, so a value moved to another place does not open there.
  package func seal(_ plain: [UInt8], context: String) throws(SealingError) -> [UInt8] {
    try SealedValue.seal(plain, key: storage, context: context)
  }

  /// - Throws: ``SealingError/notAuthentic`` for another key, another context or a changed value;
  ///   ``SealingError/formatUnknown``.
  package func open(_ sealed: [UInt8], context: String) throws(SealingError) -> [UInt8] {
    try SealedValue.open(sealed, key: storage, context: context)
  }

  /// A key for fingerprints under this key, one for each `label`.
  package func fingerprintKey(label: String) throws(SealingError) -> FingerprintKey {
    guard let derived = storage.derived("fingerprint|\(label)") else { throw .library("HMAC") }
    return FingerprintKey(storage: derived)
  }

  func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) { storage.withBytes(body) }

  /// The octets from which a key for signatures is made, one for each `label`.
  func seed(label: String) throws(SealingError) -> KeyStorage {
    guard let derived = storage.derived("sign|\(label)") else { throw .library("HMAC") }
    return derived
  }
}

/// Makes fingerprints by which equal values are told without keeping them.
package struct FingerprintKey: Sendable {
  fileprivate let storage: KeyStorage

  /// HMAC-SHA-256, 32 octets.
  package func fingerprint(_ bytes: [UInt8]) -> [UInt8] {
    storage.withBytes { Digest.hmac(key: $0, bytes) }
  }
}

/// The form of all sealed values: one octet that names the format, then what that format says.
enum SealedValue {
  /// Format 1: AES-256-GCM as in ``AESGCM``; associated data are the format octet and the context.
  static let format: UInt8 = 1

  static func seal(_ plain: [UInt8], key: KeyStorage, context: String) throws(SealingError) -> [UInt8] {
    var out = [format]
    var problem: SealingError?
    plain.withUnsafeBytes { bytes in
      do throws(SealingError) {
        try AESGCM.seal(bytes, key: key, associated: [format] + Array(context.utf8), into: &out)
      } catch {
        problem = error
      }
    }
    if let problem { throw problem }
    return out
  }

  static func open(_ sealed: [UInt8], key: KeyStorage, context: String) throws(SealingError) -> [UInt8] {
    guard sealed.first == format, sealed.count >= 1 + AESGCM.overhead else { throw .formatUnknown }
    let length = sealed.count - 1 - AESGCM.overhead
    var problem: SealingError?
    let plain = [UInt8](unsafeUninitializedCapacity: length) { room, count in
      sealed.withUnsafeBytes { bytes in
        do throws(SealingError) {
          try AESGCM.open(
            UnsafeRawBufferPointer(rebasing: bytes[1...]), key: key,
            associated: [format] + Array(context.utf8),
            into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: room[..<length])))
          count = length
        } catch {
          problem = error
          count = 0
        }
      }
    }
    if let problem { throw problem }
    return plain
  }
}
