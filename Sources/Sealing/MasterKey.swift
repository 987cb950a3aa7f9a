internal import COpenSSL

/// The one key that is not in the database: it wraps every ``DataKey``.
package struct MasterKey: Sendable, CustomStringConvertible {
  private let storage: KeyStorage
  /// 16 hexadecimal digits that tell one master key from another; not secret.
  package let id: String

  init(storage: KeyStorage) {
    self.storage = storage
    id = storage.withBytes {
      hexadecimal(Digest.hmac(key: $0, Array("postroom master key id".utf8)).prefix(8))
    }
  }

  /// - Parameter bytes: exactly 32; the caller's copy stays the caller's to forget.
  /// - Throws: ``SealingError/keyMalformed(_:)``.
  package init(bytes: [UInt8]) throws(SealingError) {
    guard bytes.count == KeyStorage.count else { throw .keyMalformed("\(bytes.count) octets instead of 32") }
    let filled = KeyStorage { room in
      room.copyBytes(from: bytes)
      return true
    }
    guard let filled else { throw .library("memory") }
    self.init(storage: filled)
  }

  package static func generate() -> MasterKey {
    // To go on without randomness would make a key that can be guessed.
    guard let storage = KeyStorage.random() else { fatalError("libcrypto: no randomness") }
    return MasterKey(storage: storage)
  }

  package var description: String { "MasterKey(\(id))" }

  func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R { storage.withBytes(body) }
}

extension MasterKey {
  /// `format | id of the master key (8) | id of the data key (8) | sealed key`.
  private static let idOctets = 8
  private static let headOctets = 1 + 2 * idOctets

  /// A fresh random key and the form in which it may be stored, 77 octets.
  package func newDataKey() throws(SealingError) -> (DataKey, wrapped: [UInt8]) {
    guard let fresh = KeyStorage.random() else { throw .library("RAND_bytes") }
    let key = DataKey(id: hexadecimal(Digest.randomBytes(Self.idOctets)), storage: fresh)
    return (key, try wrap(key))
  }

  /// - Throws: ``SealingError/masterKeyDiffers(wrappedBy:have:)``, ``SealingError/notAuthentic``,
  ///   ``SealingError/formatUnknown``.
  package func unwrap(_ wrapped: [UInt8]) throws(SealingError) -> DataKey {
    guard wrapped.first == SealedValue.format,
      wrapped.count == Self.headOctets + KeyStorage.count + AESGCM.overhead
    else { throw .formatUnknown }
    let head = Array(wrapped[..<Self.headOctets])
    let wrappedBy = hexadecimal(head[1...Self.idOctets])
    guard wrappedBy == id else { throw .masterKeyDiffers(wrappedBy: wrappedBy, have: id) }
    var problem: SealingError?
    let storage = KeyStorage { room in
      wrapped.withUnsafeBytes { bytes in
        do throws(SealingError) {
          try AESGCM.open(
            UnsafeRawBufferPointer(rebasing: bytes[Self.headOctets...]), key: self.storage,
            associated: head, into: room)
        } catch {
          problem = error
        }
      }
      return problem == nil
    }
    guard let storage else { throw problem ?? .library("memory") }
    return DataKey(id: hexadecimal(head[(1 + Self.idOctets)...]), storage: storage)
  }
}

extension MasterKey {
  /// The id of the master key under which a data key was wrapped; nil for what is none.
  package static func id(ofWrapped wrapped: [UInt8]) -> String? {
    guard wrapped.first == SealedValue.format, wrapped.count >= headOctets else { return nil }
    return hexadecimal(wrapped[1...idOctets])
  }

  /// The form in which a data key may be stored under this key.
  package func wrap(_ key: DataKey) throws(SealingError) -> [UInt8] {
    var wrapped = [SealedValue.format] + unhexadecimal(id) + unhexadecimal(key.id)
    let head = wrapped
    var problem: SealingError?
    key.withBytes { bytes in
      do throws(SealingError) {
        try AESGCM.seal(bytes, key: storage, associated: head, into: &wrapped)
      } catch {
        problem = error
      }
    }
    if let problem { throw problem }
    return wrapped
  }
}

/// Two lower-case digits an octet.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var out: [UInt8] = []
  for byte in bytes { out += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
  return String(decoding: out, as: UTF8.self)
}

/// The octets that lower- or upper-case `digits` spell; empty when they do not spell any.
func unhexadecimal(_ digits: String) -> [UInt8] { unhexadecimal(Array(digits.utf8)) ?? [] }

func unhexadecimal(_ digits: [UInt8]) -> [UInt8]? {
  guard digits.count % 2 == 0 else { return nil }
  var out: [UInt8] = []
  for i in stride(from: 0, to: digits.count, by: 2) {
    guard let high = hexadecimalValue(digits[i]), let low = hexadecimalValue(digits[i + 1]) else {
      return nil
    }
    out.append(high << 4 | low)
  }
  return out
}

private func hexadecimalValue(_ digit: UInt8) -> UInt8? {
  switch digit {
  case 0x30...0x39: digit - 0x30
  case 0x41...0x46: digit - 0x41 + 10
  case 0x61...0x66: digit - 0x61 + 10
  default: nil
  }
}
