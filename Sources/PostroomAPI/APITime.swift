/// Times as the API writes them: RFC 3339, UTC, milliseconds.
package enum APITime {
  private static let day: Int64 = 86_400_000
  /// 0000-01-01 and 10000-01-01, in days from 1970-01-01: what four digits of a year can say.
  private static let days: Range<Int64> = -719_528..<2_932_897

  /// `2025-01-31T09:30:00.000Z`; a moment outside of the years 0 to 9999 becomes the nearest inside.
  package static func text(milliseconds: Int64) -> String {
    let clamped = min(max(milliseconds, days.lowerBound * day), days.upperBound * day - 1)
    let (days, rest) = floorDivide(clamped, day)
    let (year, month, dayOfMonth) = date(days)
    var out = [UInt8]()
    out.reserveCapacity(24)
    digits(year, 4, &out)
    out.append(0x2D)
    digits(month, 2, &out)
    out.append(0x2D)
    digits(dayOfMonth, 2, &out)
    out.append(0x54)
    digits(rest / 3_600_000, 2, &out)
    out.append(0x3A)
    digits(rest / 60_000 % 60, 2, &out)
    out.append(0x3A)
    digits(rest / 1000 % 60, 2, &out)
    out.append(0x2E)
    digits(rest % 1000, 3, &out)
    out.append(0x5A)
    return String(decoding: out, as: UTF8.self)
  }

  /// Milliseconds since 1970-01-01T00:00:00Z.
  ///
  /// Takes RFC 3339 in UTC (`Z`, `+00:00` or `-00:00`) with 0 to 9 digits of a second's fraction, of which
  /// three count. nil for another zone, a date that is not in the calendar, and leap seconds.
  package static func milliseconds(_ text: String) -> Int64? {
    let t = Array(text.utf8)
    guard t.count >= 20, t.count <= 35, t[4] == 0x2D, t[7] == 0x2D, t[10] | 0x20 == 0x74, t[13] == 0x3A,
      t[16] == 0x3A, let year = number(t, 0, 4), let month = number(t, 5, 2),
      let dayOfMonth = number(t, 8, 2),
      let hour = number(t, 11, 2), let minute = number(t, 14, 2), let second = number(t, 17, 2),
      hour < 24, minute < 60, second < 60
    else { return nil }
    let days = daysSince1970(year, month, dayOfMonth)
    guard (1...12).contains(month), date(days) == (year, month, dayOfMonth) else { return nil }
    var fraction: Int64 = 0
    var i = 19
    if t[i] == 0x2E {
      i += 1
      let start = i
      while i < t.count, (0x30...0x39).contains(t[i]) {
        if i - start < 3 { fraction = fraction * 10 + Int64(t[i] - 0x30) }
        i += 1
      }
      guard (1...9).contains(i - start) else { return nil }
      for _ in min(i - start, 3)..<3 { fraction *= 10 }
    }
    let zone = String(decoding: t[i...], as: UTF8.self)
    guard ["Z", "z", "+00:00", "-00:00"].contains(zone) else { return nil }
    return days * day + ((hour * 60 + minute) * 60 + second) * 1000 + fraction
  }

  // MARK: The proleptic Gregorian calendar, in eras of 400 years that begin in March

  private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = floorDivide(y, 400)
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, d) = floorDivide(days + 719_468, 146_097)
    let yearOfEra = (d - d / 1460 + d / 36_524 - d / 146_096) / 365
    let dayOfYear = d - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let m = (5 * dayOfYear + 2) / 153
    let month = m < 10 ? m + 3 : m - 9
    return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * m + 2) / 5 + 1)
  }

  private static func floorDivide(_ a: Int64, _ b: Int64) -> (Int64, Int64) {
    let (q, r) = a.quotientAndRemainder(dividingBy: b)
    return r < 0 ? (q - 1, r + b) : (q, r)
  }

  private static func number(_ t: [UInt8], _ start: Int, _ count: Int) -> Int64? {
    var value: Int64 = 0
    for c in t[start..<start + count] {
      guard (0x30...0x39).contains(c) else { return nil }
      value = value * 10 + Int64(c - 0x30)
    }
    return value
  }

  private static func digits(_ value: Int64, _ count: Int, _ out: inout [UInt8]) {
    var divisor: Int64 = 1
    for _ in 1..<count { divisor *= 10 }
    while divisor > 0 {
      out.append(0x30 + UInt8(truncatingIfNeeded: value / divisor % 10))
      divisor /= 10
    }
  }
}
