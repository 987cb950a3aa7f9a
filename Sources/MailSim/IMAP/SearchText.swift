internal import Bytes
internal import MIME

/// Looking for text in a message, letter case aside, decoded as RFC 3501 §6.4.4 asks for.
enum SearchText {
  static func header(_ raw: [UInt8], _ name: String, contains value: [UInt8]) -> Bool {
    let block = HeaderBlock(parsing: raw)
    for field in block.unfoldedFields where field.name.lowercased() == name {
      if value.isEmpty || contains(field.value, value) || contains(decoded(field.value), value) {
        return true
      }
    }
    return false
  }

  static func body(_ raw: [UInt8], contains value: [UInt8]) -> Bool {
    let message = ParsedMessage(raw)
    return contains([UInt8](message.body().text.utf8), value)
  }

  static func whole(_ raw: [UInt8], contains value: [UInt8]) -> Bool {
    for field in HeaderBlock(parsing: raw).unfoldedFields {
      if contains(field.value, value) || contains(decoded(field.value), value) { return true }
    }
    return body(raw, contains: value)
  }

  static func field(_ name: String, _ raw: [UInt8]) -> [UInt8]? {
    HeaderBlock(parsing: raw).unfoldedFields.first { $0.name.lowercased() == name }?.value
  }

  /// Midnight of the day that a Date field names, in its own zone.
  static func daySeconds(_ value: [UInt8]) -> Int64? {
    guard let date = MailDate(parsing: value) else { return nil }
    let local = date.secondsSince1970 + Int64(date.zoneMinutes) * 60
    return local - ((local % 86400) + 86400) % 86400
  }

  private static func decoded(_ value: [UInt8]) -> [UInt8] { [UInt8](EncodedWord.decode(value).utf8) }

  private static func contains(_ text: [UInt8], _ value: [UInt8]) -> Bool {
    let (a, b) = (fold(text), fold(value))
    guard let first = b.first else { return true }
    guard a.count >= b.count else { return false }
    for i in 0...(a.count - b.count) where a[i] == first && a[i..<i + b.count].elementsEqual(b) {
      return true
    }
    return false
  }

  private static func fold(_ bytes: [UInt8]) -> [UInt8] {
    if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.map(ASCII.lower) }
    return [UInt8](String(decoding: bytes, as: UTF8.self).lowercased().utf8)
  }
}
