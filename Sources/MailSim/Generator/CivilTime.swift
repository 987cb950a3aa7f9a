/// A moment as calendars show it, proleptic Gregorian.
struct CivilTime: Sendable, Equatable {
  static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  var year: Int
  /// 1...12
  var month: Int
  /// 1...31
  var day: Int
  var hour: Int
  var minute: Int
  var second: Int
  /// 0 is Sunday.
  var weekday: Int
  /// East of Greenwich.
  var zoneMinutes: Int

  init(seconds: Int64, zoneMinutes: Int = 0) {
    let local = Int(seconds) + zoneMinutes * 60
    let dayNumber = Int((Double(local) / 86400).rounded(.down))
    let inDay = local - dayNumber * 86400
    self.zoneMinutes = zoneMinutes
    hour = inDay / 3600
    minute = inDay / 60 % 60
    second = inDay % 60
    weekday = ((dayNumber + 4) % 7 + 7) % 7
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
    let z = dayNumber + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let m = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * m + 2) / 5 + 1
    month = m < 10 ? m + 3 : m - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Seconds since 1970 of midnight UTC on a date.
  static func seconds(year: Int, month: Int, day: Int) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468) * 86400
  }

  static func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }

  private var zone: String {
    let m = abs(zoneMinutes)
    return (zoneMinutes < 0 ? "-" : "+") + Self.two(m / 60) + Self.two(m % 60)
  }

  private var clock: String { "\(Self.two(hour)):\(Self.two(minute)):\(Self.two(second))" }

  /// As in a Date field (RFC 5322 §3.3).
  var mail: String {
    "\(Self.days[weekday]), \(day) \(Self.months[month - 1]) \(year) \(clock) \(zone)"
  }

  /// As in INTERNALDATE (RFC 3501, `date-time`).
  var imap: String {
    let d = day < 10 ? " \(day)" : "\(day)"
    return "\(d)-\(Self.months[month - 1])-\(year) \(clock) \(zone)"
  }

  /// A month's number from its English abbreviation.
  static func month(_ name: some StringProtocol) -> Int? {
    let wanted = name.lowercased()
    return months.firstIndex { $0.lowercased() == wanted }.map { $0 + 1 }
  }
}
