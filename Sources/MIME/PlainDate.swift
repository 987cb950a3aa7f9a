internal import Bytes

/// The date that nearly all mail has, read in one go; any other form is left to ``DateParser``.
struct PlainDate {
  private let bytes: [UInt8]
  private var i: Int

  /// `[day-name ","] day month-name year hour ":" minute ":" second ("+" / "-") zone` (RFC 5322 §3.3), or `GMT`,
  /// with nothing but a comment behind it.
  static func parse(_ bytes: [UInt8], from start: Int) -> MailDate? {
    var reader = PlainDate(bytes: bytes, i: start)
    return reader.read()
  }

  private mutating func read() -> MailDate? {
    skipSpace()
    if i + 3 < bytes.count, bytes[i + 3] == 0x2C, ASCII.isAlpha(bytes[i]) {
      i += 4
      skipSpace()
    }
    guard let day = number(1, 2), space(), let month = month(), space(), let year = number(4, 4), space(),
      let hour = number(2, 2), skip(0x3A), let minute = number(2, 2), skip(0x3A), let second = number(2, 2),
      space(), let zone = zone(), isEnd()
    else { return nil }
    guard year > 0, (1...Civil.daysIn(month: month, year: year)).contains(day), hour < 24, minute < 60,
      second < 60
    else { return nil }
    let local =
      Civil.days(year: year, month: month, day: day) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    return MailDate(secondsSince1970: local - Int64(zone) * 60, zoneMinutes: zone)
  }

  private mutating func skipSpace() {
    while i < bytes.count, ASCII.isWSP(bytes[i]) { i += 1 }
  }

  private mutating func space() -> Bool {
    let start = i
    skipSpace()
    return i > start
  }

  private mutating func skip(_ b: UInt8) -> Bool {
    guard i < bytes.count, bytes[i] == b else { return false }
    i += 1
    return true
  }

  /// A number of `least` to `most` digits and no more.
  private mutating func number(_ least: Int, _ most: Int) -> Int? {
    var value = 0
    let start = i
    while i < bytes.count, i - start < most, ASCII.isDigit(bytes[i]) {
      value = value * 10 + Int(bytes[i] &- 0x30)
      i += 1
    }
    guard i - start >= least, i >= bytes.count || !ASCII.isDigit(bytes[i]) else { return nil }
    return value
  }

  private mutating func month() -> Int? {
    guard i + 3 < bytes.count, bytes[i + 3] == ASCII.space else { return nil }
    let word = UInt32(bytes[i] | 0x20) << 16 | UInt32(bytes[i + 1] | 0x20) << 8 | UInt32(bytes[i + 2] | 0x20)
    i += 3
    switch word {
    case 0x6A_616E: return 1
    case 0x66_6562: return 2
    case 0x6D_6172: return 3
    case 0x61_7072: return 4
    case 0x6D_6179: return 5
    case 0x6A_756E: return 6
    case 0x6A_756C: return 7
    case 0x61_7567: return 8
    case 0x73_6570: return 9
    case 0x6F_6374: return 10
    case 0x6E_6F76: return 11
    case 0x64_6563: return 12
    default: return nil
    }
  }

  /// Minutes east of UTC.
  private mutating func zone() -> Int? {
    if bytes.count - i >= 3, bytes[i] == 0x47, bytes[i + 1] == 0x4D, bytes[i + 2] == 0x54 {
      i += 3
      return 0
    }
    let west = i < bytes.count && bytes[i] == 0x2D
    guard west || i < bytes.count && bytes[i] == 0x2B else { return nil }
    i += 1
    guard let n = number(4, 4), n % 100 < 60, n / 100 < 24 else { return nil }
    let minutes = n / 100 * 60 + n % 100
    return west ? -minutes : minutes
  }

  /// Whether nothing but one comment is left.
  private mutating func isEnd() -> Bool {
    skipSpace()
    guard i < bytes.count else { return true }
    return bytes[i] == 0x28 && bytes.count - i < 64 && bytes.last == 0x29
      && bytes[(i + 1)...].allSatisfy { $0 != 0x28 && $0 != ASCII.backslash }
  }
}
