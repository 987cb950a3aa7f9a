internal import Bytes

/// Domain names in the form that SMTP without SMTPUTF8 can carry.
enum DomainName {
  /// Labels with other letters than ASCII as A-labels (`xn--…`, RFC 3492), lower-cased; nil when a label
  /// becomes too long or holds what a host name cannot.
  static func ascii(_ domain: String) -> String? {
    if domain.utf8.allSatisfy({ $0 < 0x80 }) { return domain }
    var labels = [String]()
    for label in domain.lowercased().split(
      omittingEmptySubsequences: false, whereSeparator: { ".。．｡".contains($0) })
    {
      if label.utf8.allSatisfy({ $0 < 0x80 }) {
        labels.append(String(label))
      } else {
        guard let encoded = punycode(label.unicodeScalars.map(\.value)), encoded.utf8.count <= 59 else {
          return nil
        }
        labels.append("xn--" + encoded)
      }
    }
    return labels.joined(separator: ".")
  }

  /// RFC 3492 §6.3.
  private static func punycode(_ input: [UInt32]) -> String? {
    guard input.count <= 63 else { return nil }
    var out = input.filter { $0 < 0x80 }.map { UInt8(truncatingIfNeeded: $0) }
    let basic = out.count
    var handled = basic
    if basic > 0 { out.append(0x2D) }
    var n: UInt32 = 128
    var delta: UInt32 = 0
    var bias: UInt32 = 72
    while handled < input.count {
      guard let m = input.filter({ $0 >= n }).min() else { return nil }
      // At most 63 code points below 0x110000: far from overflow.
      delta += (m - n) * UInt32(handled + 1)
      n = m
      for c in input {
        if c < n { delta += 1 }
        guard c == n else { continue }
        var q = delta
        var k: UInt32 = 36
        while true {
          let t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
          if q < t { break }
          out.append(digit(t + (q - t) % (36 - t)))
          q = (q - t) / (36 - t)
          k += 36
        }
        out.append(digit(q))
        bias = adapt(delta, UInt32(handled + 1), isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      n += 1
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func digit(_ value: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: value < 26 ? 0x61 + value : 0x30 + value - 26)
  }

  private static func adapt(_ delta: UInt32, _ points: UInt32, isFirst: Bool) -> UInt32 {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / points
    var k: UInt32 = 0
    while delta > 455 {
      delta /= 35
      k += 36
    }
    return k + 36 * delta / (delta + 38)
  }
}

extension MailAddress {
  /// The address as it goes into headers and SMTP commands: another than ASCII domain as A-labels.
  package var wireEmail: String {
    guard isComplete, let ascii = DomainName.ascii(domain), !email.utf8.allSatisfy({ $0 < 0x80 }) else {
      return email
    }
    return localPart + "@" + ascii
  }

  /// Whether only a server with SMTPUTF8 (RFC 6531) can take it.
  package var needsSMTPUTF8: Bool { !wireEmail.utf8.allSatisfy { $0 < 0x80 } }

  /// `addr-spec` of RFC 5322 §3.4.1 as extended by RFC 6532; the local part may be quoted.
  package var isValid: Bool {
    guard isComplete, wireEmail.utf8.count <= 254, localPart.utf8.count <= 64 else { return false }
    guard let host = DomainName.ascii(domain) else { return false }
    return Self.isLocalPart(Array(localPart.utf8)) && Self.isDomain(Array(host.utf8))
  }

  private static func isLocalPart(_ bytes: [UInt8]) -> Bool {
    if bytes.first == ASCII.quote {
      guard bytes.count >= 2, bytes.last == ASCII.quote else { return false }
      var i = 1
      while i < bytes.count - 1 {
        if bytes[i] < ASCII.space || bytes[i] == 0x7F || bytes[i] == ASCII.quote { return false }
        if bytes[i] == ASCII.backslash {
          i += 1
          guard i < bytes.count - 1, bytes[i] >= ASCII.space, bytes[i] != 0x7F else { return false }
        }
        i += 1
      }
      return true
    }
    return bytes.split(separator: 0x2E, omittingEmptySubsequences: false).allSatisfy { atom in
      !atom.isEmpty && atom.allSatisfy { HeaderWriter.isAtomOctet($0) || $0 >= 0x80 }
    }
  }

  private static func isDomain(_ bytes: [UInt8]) -> Bool {
    if bytes.first == 0x5B {
      return bytes.last == 0x5D && bytes.count > 2
        && bytes.dropFirst().dropLast().allSatisfy {
          ASCII.isAlphanumeric($0) || $0 == 0x2E || $0 == 0x3A || $0 == 0x2D
        }
    }
    return bytes.split(separator: 0x2E, omittingEmptySubsequences: false).allSatisfy { label in
      !label.isEmpty && label.count <= 63
        && label.allSatisfy { ASCII.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F }
    }
  }
}
