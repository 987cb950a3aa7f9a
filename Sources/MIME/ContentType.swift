internal import Bytes

/// Content-Type (RFC 2045 §5).
package struct ContentType: Sendable {
  /// Lower-case: `text`.
  package let type: String
  /// Lower-case: `plain`.
  package let subtype: String
  package let parameters: HeaderParameters

  package static let plainText = ContentType(type: "text", subtype: "plain")
  package static let rfc822 = ContentType(type: "message", subtype: "rfc822")

  init(type: String, subtype: String) {
    self.type = type
    self.subtype = subtype
    parameters = HeaderParameters()
  }

  /// - Parameter guess: what raw octets are read as where they are not UTF-8.
  /// - Returns: nil when there is no type in `bytes`; `text` alone is taken as `text/plain`.
  package init?(parsing bytes: [UInt8], else guess: Charset = .windows1252) {
    var i = 0
    let first = Self.token(bytes, &i)
    guard !first.isEmpty else { return nil }
    var second = ""
    while i < bytes.count, ASCII.isWSP(bytes[i]) { i += 1 }
    if i < bytes.count, bytes[i] == 0x2F {
      i += 1
      second = Self.token(bytes, &i)
    }
    if second.isEmpty { second = first == "text" ? "plain" : first == "multipart" ? "mixed" : "octet-stream" }
    type = first
    subtype = second
    if i < bytes.count, bytes[i] == ASCII.quote { i += 1 }
    parameters = HeaderParameters(bytes, from: i, else: guess)
  }

  /// `token` of RFC 2045 §5.1 in small letters, behind white space and quotes.
  private static func token(_ bytes: [UInt8], _ i: inout Int) -> String {
    while i < bytes.count, bytes[i] <= ASCII.space || bytes[i] == ASCII.quote { i += 1 }
    let start = i
    while i < bytes.count, isToken(bytes[i]) { i += 1 }
    return String(unsafeUninitializedCapacity: i - start) { out in
      for k in start..<i { out[k - start] = ASCII.lower(bytes[k]) }
      return i - start
    }
  }

  /// Printable and none of the `tspecials`.
  private static func isToken(_ b: UInt8) -> Bool {
    switch b {
    case 0x28, 0x29, 0x2C, 0x2F, 0x3A...0x40, 0x5B, 0x5C, 0x5D, 0x22: false
    default: b > ASCII.space && b < 0x7F
    }
  }

  /// `type/subtype`
  package var mediaType: String { type + "/" + subtype }
  package var isMultipart: Bool { type == "multipart" }
  package func isText(_ subtype: String) -> Bool { type == "text" && self.subtype == subtype }
  /// A mail within a mail (RFC 2046 §5.2.1, RFC 6532 §3.7).
  package var isMessage: Bool {
    type == "message" && (subtype == "rfc822" || subtype == "global" || subtype == "news")
  }
}

/// Content-Disposition (RFC 2183).
package struct ContentDisposition: Sendable {
  package enum Kind: String, Sendable { case inline, attachment }

  /// What is neither is taken as an attachment (RFC 2183 §2.8).
  package let kind: Kind
  package let parameters: HeaderParameters

  package init?(parsing bytes: [UInt8], else guess: Charset = .windows1252) {
    let end = bytes.firstIndex { $0 <= ASCII.space || $0 == 0x3B || $0 == 0x28 } ?? bytes.count
    let word = bytes[..<end]
    guard !word.isEmpty, !word.contains(0x3D) else { return nil }
    kind = ASCII.equalsIgnoringCase(word, "inline") ? .inline : .attachment
    parameters = HeaderParameters(bytes, from: end, else: guess)
  }
}
