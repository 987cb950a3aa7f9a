internal import Bytes

/// What a mail says about an appointment: the first event, task or journal entry of its calendar part (RFC 5545), with
/// the iTIP method (RFC 5546) that says what is wanted.
package struct CalendarInvitation: Sendable, Hashable {
  /// A date, or a date and time of day, as written.
  package struct Moment: Sendable, Hashable {
    /// `2023-01-02` or `2023-01-02T15:04:05`, with `Z` behind it when it is UTC.
    package var text: String
    /// The name of the time zone, as the part calls it; nil for UTC, dates, and times that hold wherever one is.
    package var timeZone: String?
    package var isDate: Bool
  }

  /// `REQUEST`, `REPLY`, `CANCEL`, `COUNTER`, `PUBLISH`, …; nil when none is named.
  package var method: String?
  package var uid: String?
  package var summary: String?
  package var location: String?
  package var start: Moment?
  package var end: Moment?
  package var organizer: MailAddress?
  package var attendees: [Attendee]
  package var sequence: Int
  /// `CONFIRMED`, `TENTATIVE`, `CANCELLED`.
  package var status: String?
  /// Which one of a repeated event is meant.
  package var recurrenceID: Moment?
  package var repeats: Bool

  package struct Attendee: Sendable, Hashable {
    package var address: MailAddress
    /// `ACCEPTED`, `DECLINED`, `TENTATIVE`, `NEEDS-ACTION`, …; nil when it is not said.
    package var answer: String?
  }
}

extension ParsedMessage {
  /// - Complexity: O(octets of the calendar part)
  package func invitation() -> CalendarInvitation? {
    guard let (index, method) = calendar else { return nil }
    var reader = CalendarReader(text(index).text)
    guard var found = reader.read() else { return nil }
    found.method = found.method ?? method
    return found
  }
}

/// Reads content lines; what it does not know is skipped.
private struct CalendarReader {
  /// The most content lines that are read, and the most attendees.
  private static let linesMax = 20_000
  private static let attendeesMax = 1000
  private static let lineOctetsMax = 64 * 1024

  private let lines: [[UInt8]]

  /// RFC 5545 §3.1: a line end with a space or tab behind it is none.
  init(_ text: String) {
    var lines = [[UInt8]]()
    for line in text.utf8.split(separator: ASCII.lf, maxSplits: Self.linesMax) {
      if let b = line.first, ASCII.isWSP(b), !lines.isEmpty {
        if lines[lines.count - 1].count < Self.lineOctetsMax { lines[lines.count - 1] += line.dropFirst() }
      } else {
        lines.append(Array(line.prefix(Self.lineOctetsMax)))
      }
    }
    self.lines = lines
  }

  mutating func read() -> CalendarInvitation? {
    var found = CalendarInvitation(attendees: [], sequence: 0, repeats: false)
    var open: [String] = []
    var isCalendar = false
    for line in lines {
      guard let (name, parameters, value) = Self.parse(line) else { continue }
      switch name {
      case "BEGIN":
        open.append(Self.text(value).uppercased())
        if open.count > 16 { return nil }
        isCalendar = isCalendar || open == ["VCALENDAR"]
      case "END":
        let ended = open.popLast()
        if open.count == 1, let ended, Self.components.contains(ended) { return found }
      case "METHOD" where open.count == 1: found.method = Self.text(value).uppercased()
      case _ where open.count == 2 && Self.components.contains(open[1]):
        Self.set(&found, name, parameters, value)
      default: break
      }
    }
    return isCalendar && (found.uid != nil || found.method != nil) ? found : nil
  }

  private static let components: Set<String> = ["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY"]

  private static func set(
    _ found: inout CalendarInvitation, _ name: String, _ parameters: [String: String],
    _ value: ArraySlice<UInt8>
  ) {
    switch name {
    case "UID": found.uid = text(value)
    case "SUMMARY": found.summary = text(value)
    case "LOCATION": found.location = text(value)
    case "DTSTART": found.start = moment(value, parameters)
    case "DTEND", "DUE": found.end = moment(value, parameters)
    case "RECURRENCE-ID": found.recurrenceID = moment(value, parameters)
    case "RRULE", "RDATE": found.repeats = true
    case "STATUS": found.status = text(value).uppercased()
    case "SEQUENCE": found.sequence = ASCII.decimal(value, atMost: 1_000_000).map { Int($0) } ?? 0
    case "ORGANIZER": found.organizer = person(value, parameters)
    case "ATTENDEE":
      if found.attendees.count < attendeesMax, let address = person(value, parameters) {
        found.attendees.append(.init(address: address, answer: parameters["PARTSTAT"]?.uppercased()))
      }
    default: break
    }
  }

  /// `contentline = name *(";" param ) ":" value CRLF`; a parameter's value may be quoted.
  private static func parse(
    _ line: [UInt8]
  ) -> (name: String, parameters: [String: String], value: ArraySlice<UInt8>)? {
    var pieces: [ArraySlice<UInt8>] = []
    var start = 0
    var isQuoted = false
    for (i, b) in line.enumerated() {
      if b == ASCII.quote { isQuoted.toggle() }
      if isQuoted || b != 0x3B && b != 0x3A { continue }
      pieces.append(line[start..<i])
      start = i + 1
      if b == 0x3A { break }
      if pieces.count > 64 { return nil }
    }
    guard let name = pieces.first, start > 0, line[start - 1] == 0x3A else { return nil }
    var parameters = [String: String]()
    for piece in pieces.dropFirst() {
      guard let equals = piece.firstIndex(of: 0x3D) else { continue }
      let value = piece[(equals + 1)...].filter { $0 != ASCII.quote }
      parameters[String(decoding: piece[..<equals], as: UTF8.self).uppercased()] = String(
        decoding: value, as: UTF8.self)
    }
    return (String(decoding: name, as: UTF8.self).uppercased(), parameters, line[start...])
  }

  /// RFC 5545 §3.3.11: `\\n`, `\\,`, `\\;`, `\\\\`.
  private static func text(_ value: ArraySlice<UInt8>) -> String {
    var out = [UInt8]()
    var isEscaped = false
    for b in value where b != ASCII.cr {
      if isEscaped {
        out.append(b == 0x6E || b == 0x4E ? ASCII.lf : b)
        isEscaped = false
      } else if b == ASCII.backslash {
        isEscaped = true
      } else {
        out.append(b)
      }
    }
    return String(decoding: out, as: UTF8.self).trimmingSpaces
  }

  /// `20230102`, `20230102T150405`, `20230102T150405Z`
  private static func moment(_ value: ArraySlice<UInt8>, _ parameters: [String: String]) -> CalendarInvitation
    .Moment?
  {
    let bytes = value.filter { $0 > ASCII.space }
    guard bytes.count >= 8, bytes.prefix(8).allSatisfy(ASCII.isDigit) else { return nil }
    func digits(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    let date = "\(digits(0..<4))-\(digits(4..<6))-\(digits(6..<8))"
    guard bytes.count >= 15, bytes[8] | 0x20 == 0x74, bytes[9..<15].allSatisfy(ASCII.isDigit) else {
      return .init(text: date, timeZone: nil, isDate: true)
    }
    let isUTC = bytes.count > 15 && bytes[15] | 0x20 == 0x7A
    return .init(
      text: "\(date)T\(digits(9..<11)):\(digits(11..<13)):\(digits(13..<15))" + (isUTC ? "Z" : ""),
      timeZone: isUTC ? nil : parameters["TZID"], isDate: false)
  }

  /// `CN="Jane Doe":mailto:jane@example.com`
  private static func person(_ value: ArraySlice<UInt8>, _ parameters: [String: String]) -> MailAddress? {
    var bytes = value.filter { $0 > ASCII.space }[...]
    if ASCII.equalsIgnoringCase(bytes.prefix(7), "mailto:") { bytes = bytes.dropFirst(7) }
    var email = String(decoding: bytes, as: UTF8.self)
    if !email.utf8.contains(0x40), let given = parameters["EMAIL"] { email = given }
    guard email.utf8.contains(0x40) else { return nil }
    let name = parameters["CN"].map { HeaderText.tidy($0) }
    return MailAddress(name: name.flatMap { $0.isEmpty ? nil : $0 }, email: email)
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var rest = self[...]
    while let c = rest.utf8.last, c <= ASCII.space { rest = rest.dropLast() }
    return String(rest)
  }
}
