internal import Bytes

/// Reads dates by what their tokens look like rather than by their order.
struct DateParser {
  /// A date is short; what is longer is not looked at behind this many octets.
  private static let octetsMax = 256

  private enum Token {
    case number(Int, digits: Int)
    case word(ArraySlice<UInt8>)
    case mark(UInt8)
  }

  private var tokens: [Token] = []
  private var day: Int?
  private var month: Int?
  private var year: Int?
  private var time: (hour: Int, minute: Int, second: Int)?
  private var afternoon: Bool?
  private var zone: Int?

  static func parse(_ bytes: [UInt8]) -> MailDate? {
    // A Received value has its date behind the last semicolon.
    let start = bytes.lastIndex(of: 0x3B).map { $0 + 1 } ?? 0
    if let date = PlainDate.parse(bytes, from: start) { return date }
    var parser = DateParser()
    return parser.parse(bytes[start...].prefix(octetsMax))
  }

  private mutating func parse(_ bytes: ArraySlice<UInt8>) -> MailDate? {
    tokenize(bytes)
    var i = 0
    while i < tokens.count { i += read(at: i) }
    guard let day, let month, let year, (1...12).contains(month), (1...9999).contains(year),
      (1...Civil.daysIn(month: month, year: year)).contains(day)
    else { return nil }
    var (hour, minute, second) = time ?? (0, 0, 0)
    if let afternoon, hour <= 12 { hour = hour % 12 + (afternoon ? 12 : 0) }
    guard hour <= 24, minute <= 59, second <= 60 else { return nil }
    if second == 60 { second = 59 }
    let zone = zone ?? 0
    let local =
      Civil.days(year: year, month: month, day: day) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    return MailDate(secondsSince1970: local - Int64(zone) * 60, zoneMinutes: zone)
  }

  private mutating func tokenize(_ bytes: ArraySlice<UInt8>) {
    var i = bytes.startIndex
    var depth = 0
    while i < bytes.endIndex, tokens.count < 64 {
      let b = bytes[i]
      if b == 0x28 { depth += 1 } else if b == 0x29 { depth = max(0, depth - 1) }
      if depth > 0 || b == 0x29 || b <= ASCII.space {
        i += 1
      } else if ASCII.isDigit(b) {
        let start = i
        while i < bytes.endIndex, ASCII.isDigit(bytes[i]) { i += 1 }
        if let n = ASCII.decimal(bytes[start..<i], atMost: 99_999_999) {
          tokens.append(.number(Int(n), digits: i - start))
        }
      } else if ASCII.isAlpha(b) || b >= 0x80 {
        let start = i
        while i < bytes.endIndex, ASCII.isAlpha(bytes[i]) || bytes[i] >= 0x80 { i += 1 }
        tokens.append(.word(bytes[start..<i]))
      } else {
        tokens.append(.mark(b))
        i += 1
      }
    }
  }

  private func number(_ i: Int) -> (value: Int, digits: Int)? {
    if i >= 0, i < tokens.count, case .number(let n, let d) = tokens[i] { return (n, d) }
    return nil
  }

  private func mark(_ i: Int) -> UInt8? {
    if i >= 0, i < tokens.count, case .mark(let m) = tokens[i] { return m }
    return nil
  }

  /// Takes what starts at `i`; the number of tokens taken.
  private mutating func read(at i: Int) -> Int {
    switch tokens[i] {
    case .number(let n, let digits): return readNumber(n, digits, at: i)
    case .word(let word): return readWord(word, at: i)
    case .mark(let m):
      if (m == 0x2B || m == 0x2D), time != nil, zone == nil || zoneIsName, let taken = readZone(m, at: i + 1)
      {
        return 1 + taken
      }
      return 1
    }
  }

  /// The zone was given by name so far; a number behind it (`GMT+0200`) says more.
  private var zoneIsName = false

  private mutating func readNumber(_ n: Int, _ digits: Int, at i: Int) -> Int {
    if time == nil, digits <= 2, let m = mark(i + 1), m == 0x3A || m == 0x2E && day != nil && month != nil,
      let minute = number(i + 2), minute.digits <= 2
    {
      var second = 0
      var taken = 3
      if let m = mark(i + 3), m == 0x3A || m == 0x2E, let s = number(i + 4), s.digits <= 2 {
        second = s.value
        taken = 5
        // Fractions of a second.
        if mark(i + 5) == 0x2E, number(i + 6) != nil { taken = 7 }
      }
      time = (n, minute.value, second)
      return taken
    }
    // 2006-01-02 and 2006/01/02
    if digits == 4, year == nil, day == nil, let m = mark(i + 1), m == 0x2D || m == 0x2F,
      let mo = number(i + 2), mark(i + 3) == m, let d = number(i + 4)
    {
      (year, month, day) = (n, mo.value, d.value)
      return 5
    }
    // 02.01.2006 (day first) and 01/02/2006 (month first, as those who write it mean it)
    if digits <= 2, day == nil, month == nil, let m = mark(i + 1), m == 0x2E || m == 0x2F,
      let second = number(i + 2), second.digits <= 2, mark(i + 3) == m, let y = number(i + 4), y.digits != 3
    {
      year = fullYear(y.value, y.digits)
      (day, month) = m == 0x2E || n > 12 ? (n, second.value) : (second.value, n)
      return 5
    }
    if digits <= 2, day == nil {
      day = n
    } else if year == nil, digits == 4 || digits == 2 || digits == 3 {
      year = fullYear(n, digits)
    }
    return 1
  }

  /// RFC 5322 §4.3: 00-49 is 20xx, 50-99 and three digits count from 1900.
  private func fullYear(_ n: Int, _ digits: Int) -> Int {
    if digits == 2 { return n < 50 ? 2000 + n : 1900 + n }
    if digits == 3 { return 1900 + n }
    return n
  }

  private mutating func readWord(_ word: ArraySlice<UInt8>, at i: Int) -> Int {
    let w = ASCII.lowercased(word)
    if w == [0x74] || w == [0x7A] {  // the T and Z of ISO 8601
      if w == [0x7A], time != nil { zone = zone ?? 0 }
      return 1
    }
    if w == Array("am".utf8) || w == Array("pm".utf8) {
      if time != nil { afternoon = w[0] == 0x70 }
      return 1
    }
    if month == nil, w.count >= 3, let m = Self.month(w) {
      month = m
      return 1
    }
    if time != nil, zone == nil, let minutes = Self.zones[String(decoding: w, as: UTF8.self)] {
      zone = minutes
      zoneIsName = true
    }
    return 1
  }

  /// `+0200`, `+02:00`, `+2`; nil when it cannot be a zone.
  private mutating func readZone(_ sign: UInt8, at i: Int) -> Int? {
    guard let (n, digits) = number(i) else { return nil }
    var minutes: Int
    var taken = 1
    if digits <= 2, mark(i + 1) == 0x3A, let m = number(i + 2), m.digits == 2 {
      minutes = n * 60 + m.value
      taken = 3
    } else if digits <= 2 {
      minutes = n * 60
    } else if digits <= 4 {
      minutes = n / 100 * 60 + n % 100
    } else {
      return nil
    }
    if minutes > 1439 { minutes = 0 }
    zone = sign == 0x2D ? -minutes : minutes
    zoneIsName = false
    return taken
  }

  private static func month(_ w: [UInt8]) -> Int? {
    for (i, name) in Civil.monthNames.enumerated() where ASCII.equalsIgnoringCase(w.prefix(3), name.utf8) {
      return i + 1
    }
    return otherMonths[String(decoding: w, as: UTF8.self)]
  }

  /// Month names of clients that wrote dates in their user's language.
  private static let otherMonths: [String: Int] = [
    "mär": 3, "mrz": 3, "märz": 3, "mai": 5, "okt": 10, "oktober": 10, "dez": 12, "dezember": 12,
    "fév": 2, "févr": 2, "avr": 4, "avril": 4, "juin": 6, "juil": 7, "juillet": 7, "aoû": 8, "août": 8,
    "déc": 12,
    "ene": 1, "enero": 1, "abr": 4, "abril": 4, "ago": 8, "agosto": 8, "dic": 12, "diciembre": 12,
    "gen": 1, "mag": 5, "giu": 6, "lug": 7, "set": 9, "ott": 10, "fev": 2, "out": 10, "mei": 5, "maj": 5,
  ]

  private static let zones: [String: Int] = [
    "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "met": 60, "mez": 60,
    "cest": 120, "mest": 120, "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "ist": 330, "hkt": 480,
    "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "akst": -540, "akdt": -480, "hst": -600,
  ]
}
