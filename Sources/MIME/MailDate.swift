internal import Bytes

/// A moment with the zone it was written in (RFC 5322 §3.3).
package struct MailDate: Hashable, Sendable {
  package var secondsSince1970: Int64
  /// Minutes east of UTC, -1439 to 1439.
  package var zoneMinutes: Int

  package init(secondsSince1970: Int64, zoneMinutes: Int = 0) {
    self.secondsSince1970 = secondsSince1970
    self.zoneMinutes = zoneMinutes
  }

  /// The date in a Date or Received value; nil when none can be read from it.
  ///
  /// Besides RFC 5322 and its obsolete forms it reads missing or wrong day names, missing seconds
  /// or zones (UTC then), two-digit years, asctime, `2-Jan-2006`, ISO 8601, dots in the time, AM and
  /// PM, month names written out, and what stands behind the date.
  package init?(parsing raw: some Collection<UInt8>) {
    guard let date = DateParser.parse([UInt8](raw)) else { return nil }
    self = date
  }

  package init?(_ text: String) { self.init(parsing: text.utf8) }

  /// As a Date header has it: `Mon, 2 Jan 2006 15:04:05 -0700`.
  ///
  /// Moments outside of the years 1 to 9999 are written as the nearest one inside.
  package var rfc5322: String {
    let zone = max(-1439, min(zoneMinutes, 1439))
    let utc = max(-62_135_510_400, min(secondsSince1970, 253_402_210_800))
    let local = utc + Int64(zone) * 60
    let day = Civil.floorDivide(local, 86_400)
    let second = Int(local - day * 86_400)
    let (year, month, dayOfMonth) = Civil.date(fromDays: day)
    let weekday = Int(((day % 7) + 11) % 7)  // day 0 was a Thursday
    let z = abs(zone)
    return
      "\(Civil.dayNames[weekday]), \(dayOfMonth) \(Civil.monthNames[month - 1]) \(digits(year, 4)) "
      + "\(digits(second / 3600, 2)):\(digits(second / 60 % 60, 2)):\(digits(second % 60, 2)) "
      + "\(zone < 0 ? "-" : "+")\(digits(z / 60, 2))\(digits(z % 60, 2))"
  }

  private func digits(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}

/// The proleptic Gregorian calendar, in whole days since 1970-01-01.
enum Civil {
  static let dayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
    let q = a / b
    return a % b < 0 ? q - 1 : q
  }

  /// The days-from-civil algorithm of H. Hinnant; `year` within ±10,000.
  static func days(year: Int, month: Int, day: Int) -> Int64 {
    let y = Int64(month <= 2 ? year - 1 : year)
    let era = floorDivide(y, 400)
    let yearOfEra = y - era * 400
    let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  static func date(fromDays days: Int64) -> (year: Int, month: Int, day: Int) {
    let z = days + 719_468
    let era = floorDivide(z, 146_097)
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    let month = Int(mp < 10 ? mp + 3 : mp - 9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (Int(year), month, Int(dayOfYear - (153 * mp + 2) / 5 + 1))
  }

  static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
