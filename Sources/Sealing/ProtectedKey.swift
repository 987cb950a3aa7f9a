internal import COpenSSL

/// A master key as a file has it that a passphrase protects: a line of words,
/// `postroom-key 1 scrypt LOG2N R P SALT SEALED`, the last two in hexadecimal digits.
///
/// The key is sealed by AES-256-GCM under what scrypt (RFC 7914) makes of the passphrase. N = 2^17, r = 8, p = 1 take
/// 128 MiB and about half a second for each try.
struct ProtectedKey {
  static let octetsMax = 512
  static let passphraseOctetsMax = 1024
  private static let head = "postroom-key 1 scrypt "
  private static let logN = 17
  private static let r = 8
  private static let p = 1
  /// A file cannot make a start take more than this.
  private static let logNMax = 22
  private static let memoryMax: UInt64 = 1 << 31

  private let logN: Int
  private let r: Int
  private let p: Int
  private let salt: [UInt8]
  private let sealed: [UInt8]

  /// nil for a content that is of another form.
  init?(content: [UInt8]) throws(SealingError) {
    guard content.starts(with: "postroom-key ".utf8) else { return nil }
    let text = String(decoding: content, as: UTF8.self)
    guard text.hasPrefix(Self.head) else { throw .formatUnknown }
    let words = text.dropFirst(Self.head.count).split { $0 == " " || $0 == "\n" }
    guard words.count == 5, let logN = Int(words[0]), let r = Int(words[1]), let p = Int(words[2]),
      (10...Self.logNMax).contains(logN), (1...32).contains(r), (1...16).contains(p),
      let salt = unhexadecimal(Array(words[3].utf8)), salt.count >= 16,
      let sealed = unhexadecimal(Array(words[4].utf8)), sealed.count == KeyStorage.count + AESGCM.overhead
    else { throw .keyMalformed("a protected key whose words cannot be read") }
    (self.logN, self.r, self.p, self.salt, self.sealed) = (logN, r, p, salt, sealed)
  }

  /// - Throws: ``SealingError/keyMalformed(_:)`` for a passphrase that is empty or longer than 1024 octets.
  static func make(_ key: MasterKey, _ passphrase: [UInt8]) throws(SealingError) -> [UInt8] {
    guard !passphrase.isEmpty, passphrase.count <= passphraseOctetsMax else {
      throw .keyMalformed("a passphrase has 1 to \(passphraseOctetsMax) octets")
    }
    let salt = Digest.randomBytes(32)
    let head = "\(Self.head)\(logN) \(r) \(p) \(hexadecimal(salt))"
    let wrapping = try derive(passphrase, salt, logN, r, p)
    var sealed: [UInt8] = []
    var problem: SealingError?
    key.withBytes { bytes in
      do throws(SealingError) {
        try AESGCM.seal(bytes, key: wrapping, associated: Array(head.utf8), into: &sealed)
      } catch {
        problem = error
      }
    }
    if let problem { throw problem }
    return Array("\(head) \(hexadecimal(sealed))\n".utf8)
  }

  /// - Throws: ``SealingError/notAuthentic`` for another passphrase, or a file that was changed.
  func open(_ passphrase: [UInt8]) throws(SealingError) -> MasterKey {
    let wrapping = try Self.derive(passphrase, salt, logN, r, p)
    let head = "\(Self.head)\(logN) \(r) \(p) \(hexadecimal(salt))"
    var problem: SealingError?
    let storage = KeyStorage { room in
      sealed.withUnsafeBytes { bytes in
        do throws(SealingError) {
          try AESGCM.open(bytes, key: wrapping, associated: Array(head.utf8), into: room)
        } catch {
          problem = error
        }
      }
      return problem == nil
    }
    guard let storage else { throw problem ?? .library("memory") }
    return MasterKey(storage: storage)
  }

  private static func derive(
    _ passphrase: [UInt8], _ salt: [UInt8], _ logN: Int, _ r: Int, _ p: Int
  ) throws(SealingError) -> KeyStorage {
    let made = KeyStorage { room in
      passphrase.withUnsafeBytes { words in
        // SAFETY: libcrypto reads both arrays and writes the room's 32 octets.
        EVP_PBE_scrypt(
          words.baseAddress?.assumingMemoryBound(to: CChar.self), words.count, salt, salt.count,
          1 << UInt64(logN),
          UInt64(r), UInt64(p), memoryMax, room.baseAddress?.assumingMemoryBound(to: UInt8.self), room.count)
          == 1
      }
    }
    guard let made else { throw .library("scrypt") }
    return made
  }
}
