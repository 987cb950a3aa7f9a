internal import Bytes

/// Addresses in HTML that may stay.
enum SafeURL {
  private static let octetsMax = 8192

  /// `http`, `https`, `mailto` and `tel`; nil for every other one, relative ones too: a mail has no base.
  static func link(_ value: String) -> String? {
    guard let (url, scheme) = split(value) else { return nil }
    return ["http", "https", "mailto", "tel"].contains(scheme) ? url : nil
  }

  /// `cid` and pictures in the address itself; `http` and `https` if `remote`.
  static func image(_ value: String, remote: Bool) -> String? {
    guard let (url, scheme) = split(value, isImage: true) else { return nil }
    switch scheme {
    case "cid": return cid(url)
    case "http", "https": return remote ? url : nil
    case "data":
      let head = url.utf8.prefix(40).map(ASCII.lower)
      let kinds = ["png", "jpeg", "jpg", "gif", "webp", "bmp"]
      return kinds.contains { head.starts(with: "data:image/\($0);base64,".utf8) } ? url : nil
    default: return nil
    }
  }

  /// As the part's Content-ID says it (RFC 2392 §2: the URL may have escapes), so that the two can be
  /// compared. One that has an escaped `%` stays as it is: it would be another one when read again.
  private static func cid(_ url: String) -> String {
    var id = [UInt8]()
    let bytes = Array(url.utf8.dropFirst(4))
    var i = 0
    while i < bytes.count {
      if bytes[i] == 0x25, i + 2 < bytes.count, let high = ASCII.hexValue(bytes[i + 1]),
        let low = ASCII.hexValue(bytes[i + 2])
      {
        id.append(high << 4 | low)
        i += 3
      } else {
        id.append(bytes[i])
        i += 1
      }
    }
    let isPlain = id.allSatisfy { $0 > ASCII.space && $0 < 0x7F && $0 != 0x25 }
    return "cid:" + String(decoding: isPlain ? id : bytes, as: UTF8.self)
  }

  /// The address without the white space and controls that browsers skip, and its scheme in lower case.
  private static func split(_ value: String, isImage: Bool = false) -> (url: String, scheme: String)? {
    var bytes = [UInt8]()
    for b in value.utf8 where b > ASCII.space && b != 0x7F { bytes.append(b) }
    let isData = isImage && ASCII.equalsIgnoringCase(bytes.prefix(5), "data:")
    guard isData || bytes.count <= octetsMax, let colon = bytes.firstIndex(of: 0x3A), colon > 0, colon <= 10,
      bytes[..<colon].allSatisfy(ASCII.isAlpha)
    else { return nil }
    return (
      String(decoding: bytes, as: UTF8.self),
      String(decoding: ASCII.lowercased(bytes[..<colon]), as: UTF8.self)
    )
  }
}

/// Style properties that may stay: looks, no places, no addresses.
enum SafeStyle {
  private static let octetsMax = 4096

  static func filter(_ style: String) -> String {
    let bytes = Array(style.utf8)
    guard bytes.count <= octetsMax, !bytes.contains(ASCII.backslash) else { return "" }
    var kept = [UInt8]()
    for declaration in bytes.split(separator: 0x3B) {
      guard let colon = declaration.firstIndex(of: 0x3A) else { continue }
      let name = ASCII.lowercased(trimmed(declaration[..<colon]))
      var value = trimmed(declaration[(colon + 1)...])
      if let bang = value.firstIndex(of: 0x21) { value = trimmed(value[..<bang]) }
      guard properties.contains(name), isHarmless(ASCII.lowercased(value)) else { continue }
      if !kept.isEmpty { kept += "; ".utf8 }
      kept += name
      kept += ": ".utf8
      kept += value
    }
    return String(decoding: kept, as: UTF8.self)
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text
    while let b = text.first, b <= ASCII.space { text = text.dropFirst() }
    while let b = text.last, b <= ASCII.space { text = text.dropLast() }
    return text
  }

  /// Words, numbers and colours; the only functions are colours.
  private static func isHarmless(_ value: [UInt8]) -> Bool {
    guard !value.isEmpty, value.count <= 256 else { return false }
    if Octets.contain(value, "expression") || Octets.contain(value, "javascript") { return false }
    // Negative lengths could lay the mail over what stands around it.
    var isAfterMinus = false
    var word = [UInt8]()
    for b in value {
      if isAfterMinus, b == 0x2E || ASCII.isDigit(b) { return false }
      isAfterMinus = b == 0x2D
      if b == 0x28 {
        guard colours.contains(word) else { return false }
        word = []
      } else if ASCII.isLower(b) || b == 0x2D {
        word.append(b)
      } else if ASCII.isDigit(b) || b >= 0x80 || marks.contains(b) {
        word = []
      } else {
        return false
      }
    }
    return true
  }

  private static let colours: Set<[UInt8]> = Set(["rgb", "rgba", "hsl", "hsla"].map { Array($0.utf8) })
  private static let marks: Set<UInt8> = Set(" %.#,)'\"+_".utf8)

  private static let properties: Set<[UInt8]> = Set(
    [
      "background-color", "border", "border-bottom", "border-bottom-color", "border-bottom-style",
      "border-bottom-width",
      "border-collapse", "border-color", "border-left", "border-left-color", "border-left-style",
      "border-left-width",
      "border-radius", "border-right", "border-right-color", "border-right-style", "border-right-width",
      "border-spacing",
      "border-style", "border-top", "border-top-color", "border-top-style", "border-top-width",
      "border-width", "caption-side",
      "clear", "color", "direction", "empty-cells", "float", "font", "font-family", "font-size", "font-style",
      "font-variant",
      "font-weight", "height", "letter-spacing", "line-height", "list-style-type", "margin", "margin-bottom",
      "margin-left",
      "margin-right", "margin-top", "max-height", "max-width", "min-height", "min-width", "padding",
      "padding-bottom",
      "padding-left", "padding-right", "padding-top", "table-layout", "text-align", "text-decoration",
      "text-indent",
      "text-transform", "unicode-bidi", "vertical-align", "white-space", "width", "word-break",
      "word-spacing", "word-wrap",
      "overflow-wrap", "background",
    ].map { Array($0.utf8) })
}
