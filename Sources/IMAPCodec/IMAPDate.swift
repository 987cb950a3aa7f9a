internal import Bytes

/// IMAP's dates, as seconds since 1970 in UTC. Years 1...9999.
package enum IMAPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `date-time` without the quotes: ` 7-Jul-1996 02:44:25 -0700`. A day may have one digit, a zone
  /// may be missing (then it is UTC).
  package static func parseDateTime(_ bytes: some Collection<UInt8>) -> Int64? {
    var c = ByteCursor([UInt8](bytes))
    _ = c.take { $0 == ASCII.space }
    guard let day = number(&c, digits: 1...2), c.skip(0x2D), let month = month(&c), c.skip(0x2D),
      let year = number(&c, digits: 4...4), let days = days(year: year, month: month, day: day),
      c.skip(ASCII.space), let hour = number(&c, digits: 1...2), hour < 24, c.skip(0x3A),
      let minute = number(&c, digits: 2...2), minute < 60, c.skip(0x3A),
      let second = number(&c, digits: 2...2), second <= 60
    else { return nil }
    _ = c.take { $0 == ASCII.space }
    guard let zone = zone(&c), c.isAtEnd else { return nil }
    return days * 86400 + hour * 3600 + minute * 60 + min(second, 59) - zone * 60
  }

  /// `date-time` in UTC, with its quotes; nil outside the years 1...9999.
  package static func dateTime(_ seconds: Int64) -> [UInt8]? {
    let day = floorDivided(seconds, 86400)
    guard let date = civil(day) else { return nil }
    let left = seconds - day * 86400
    let time = [left / 3600, left / 60 % 60, left % 60].map { padded($0, 2) }.joined(separator: ":")
    let name = months[Int(date.month - 1)]
    let text = "\"\(padded(date.day, 2))-\(name)-\(padded(date.year, 4)) \(time) +0000\""
    return Array(text.utf8)
  }

  /// `date` of SEARCH: the day in UTC that holds `seconds`, as `1-Feb-1994`.
  package static func date(_ seconds: Int64) -> [UInt8]? {
    guard let date = civil(floorDivided(seconds, 86400)) else { return nil }
    return Array("\(date.day)-\(months[Int(date.month - 1)])-\(padded(date.year, 4))".utf8)
  }

  /// Reads `date` of SEARCH, quoted or not: the first second of that day in UTC.
  package static func parseDate(_ bytes: some Collection<UInt8>) -> Int64? {
    var c = ByteCursor([UInt8](bytes))
    guard let day = number(&c, digits: 1...2), c.skip(0x2D), let month = month(&c), c.skip(0x2D),
      let year = number(&c, digits: 4...4), c.isAtEnd, let days = days(year: year, month: month, day: day)
    else { return nil }
    return days * 86400
  }

  private static func number(_ c: inout ByteCursor, digits: ClosedRange<Int>) -> Int64? {
    var n = 0
    let word = c.take { byte in
      n += 1
      return n <= digits.upperBound && ASCII.isDigit(byte)
    }
    guard digits.contains(word.count), let value = ASCII.decimal(word) else { return nil }
    return Int64(value)
  }

  private static func month(_ c: inout ByteCursor) -> Int64? {
    guard let name = c.take(3) else { return nil }
    guard let i = months.firstIndex(where: { ASCII.equalsIgnoringCase($0.utf8, name) }) else { return nil }
    return Int64(i + 1)
  }

  /// Minutes east of UTC.
  private static func zone(_ c: inout ByteCursor) -> Int64? {
    if c.isAtEnd { return 0 }
    let west = c.skip(0x2D)
    if !west && !c.skip(0x2B) { return nil }
    guard let digits = number(&c, digits: 4...4), digits % 100 < 60 else { return nil }
    let minutes = digits / 100 * 60 + digits % 100
    return west ? -minutes : minutes
  }

  /// Days since 1970-01-01 of a day that exists.
  private static func days(year: Int64, month: Int64, day: Int64) -> Int64? {
    guard (1...9999).contains(year), (1...31).contains(day) else { return nil }
    // The algorithm counts years from March, in eras of 400 years.
    let y = month <= 2 ? year - 1 : year
    let era = floorDivided(y, 400)
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    guard let back = civil(days), back.month == month, back.day == day else { return nil }
    return days
  }

  private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64)? {
    guard (-719_162...2_932_896).contains(days) else { return nil }  // 0001-01-01...9999-12-31
    let z = days + 719_468
    let era = floorDivided(z, 146_097)
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  private static func floorDivided(_ a: Int64, _ b: Int64) -> Int64 {
    a >= 0 ? a / b : -((-(a + 1)) / b) - 1
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
