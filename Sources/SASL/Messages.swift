internal import Bytes

/// The one-message mechanisms, and what they check.
enum Messages {
  /// RFC 4616: `[authzid] NUL authcid NUL passwd`.
  static func plain(_ credential: Credential) throws(SASLError) -> [UInt8] {
    try checkText(credential)
    return [0] + Array(credential.user.utf8) + [0] + credential.secret.withBytes { $0 }
  }

  /// Google's and Microsoft's form: `user=U ^A auth=Bearer T ^A ^A`.
  static func xoauth2(_ credential: Credential) throws(SASLError) -> [UInt8] {
    try checkBearer(credential)
    return Array("user=".utf8) + Array(credential.user.utf8) + [1] + bearer(credential)
  }

  /// RFC 7628 §3.1. Host and port are for signed tokens; a bearer token needs neither.
  static func oauthBearer(_ credential: Credential) throws(SASLError) -> [UInt8] {
    try checkBearer(credential)
    return Array("n,a=".utf8) + saslName(credential.user) + Array(",\u{1}".utf8) + bearer(credential)
  }

  private static func bearer(_ credential: Credential) -> [UInt8] {
    Array("auth=Bearer ".utf8) + credential.secret.withBytes { $0 } + [1, 1]
  }

  /// RFC 2195: `user SP lower-case hex of HMAC-MD5(password, challenge)`.
  static func cramMD5(_ credential: Credential, challenge: [UInt8]) -> [UInt8] {
    let digest = credential.secret.withBytes { Hash.md5.hmac(key: $0, challenge) }
    return Array(credential.user.utf8) + [ASCII.space] + hex(digest)
  }

  private static func hex(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }

  /// RFC 5802 §5.1, `saslname`.
  static func saslName(_ user: String) -> [UInt8] {
    var out: [UInt8] = []
    for byte in user.utf8 {
      switch byte {
      case 0x3D: out += "=3D".utf8
      case 0x2C: out += "=2C".utf8
      default: out.append(byte)
      }
    }
    return out
  }

  /// No control characters: NUL parts PLAIN's fields, the others only serve to confuse.
  static func checkText(_ credential: Credential) throws(SASLError) {
    if credential.user.isEmpty || credential.user.utf8.contains(where: isControl) {
      throw .credentialInvalid(field: "user")
    }
    if credential.secret.withBytes({ $0.isEmpty || $0.contains(where: isControl) }) {
      throw .credentialInvalid(field: "secret")
    }
  }

  /// A token is `b64token` (RFC 6750 §2.1); other printable ASCII without spaces is let through.
  static func checkBearer(_ credential: Credential) throws(SASLError) {
    try checkText(credential)
    if credential.secret.withBytes({ $0.contains { $0 <= ASCII.space || $0 >= 0x7F } }) {
      throw .credentialInvalid(field: "secret")
    }
  }

  private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

  /// A server's octets made fit for a log line.
  static func printable(_ bytes: [UInt8], limit: Int) -> String {
    String(decoding: bytes.prefix(limit).map { isControl($0) ? 0x3F : $0 }, as: UTF8.self)
  }
}
