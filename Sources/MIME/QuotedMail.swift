internal import Bytes

/// A mail as it stands, quoted, below an answer or in a forward: as text and as HTML.
///
/// What is quoted is a stranger's: it is written as text, and as HTML only from ``MailBody/safeHTML``.
package struct QuotedMail: Sendable {
  package var from: MailAddress?
  package var to: [MailAddress]
  package var cc: [MailAddress]
  package var subject: String
  package var date: MailDate
  package var text: String
  /// Sanitised; nil when it has no HTML.
  package var safeHTML: String?

  package init(
    from: MailAddress?, to: [MailAddress], cc: [MailAddress], subject: String, date: MailDate, text: String,
    safeHTML: String?
  ) {
    self.from = from
    self.to = to
    self.cc = cc
    self.subject = subject
    self.date = date
    self.text = text
    self.safeHTML = safeHTML
  }

  // MARK: An answer

  /// `answer`, and below it each line of this mail behind a ">".
  package func replyText(_ answer: String, _ words: QuoteWords) -> String {
    let quoted = Self.lines(text).map { $0.isEmpty || $0.hasPrefix(">") ? ">" + $0 : "> " + $0 }
    return Self.above(answer) + attribution(words) + "\n" + quoted.joined(separator: "\n") + "\n"
  }

  /// The same as HTML. `answer` is HTML of the author's.
  package func replyHTML(_ answer: String, _ words: QuoteWords) -> String {
    "<div>\(answer)</div>\n<div class=\"gmail_quote\">\n<div class=\"gmail_attr\">\(Self.html(attribution(words)))</div>\n"
      + "<blockquote type=\"cite\" class=\"gmail_quote\">\n\(contentHTML)\n</blockquote>\n</div>\n"
  }

  // MARK: A forward

  /// `words above`, and below it this mail with the fields of its header that a person wants to see.
  package func forwardText(_ comment: String, _ words: QuoteWords) -> String {
    let header = fields(words).map { "\($0.label): \($0.value)" }
    return Self.above(comment) + Self.rule(words) + "\n" + header.joined(separator: "\n") + "\n\n"
      + Self.lines(text).joined(separator: "\n") + "\n"
  }

  package func forwardHTML(_ comment: String, _ words: QuoteWords) -> String {
    let header = fields(words).map { "\(Self.html($0.label)): \(Self.html($0.value))" }
    return
      "<div>\(comment)</div>\n<div class=\"gmail_quote\">\n<div class=\"gmail_attr\">\(Self.html(Self.rule(words)))<br>\n"
      + header.joined(separator: "<br>\n") + "<br></div>\n<br>\n<div>\(contentHTML)</div>\n</div>\n"
  }

  // MARK: Pieces

  /// Text as HTML that looks like it.
  package static func html(_ text: String) -> String {
    var out: [UInt8] = []
    for (i, line) in lines(text).enumerated() {
      if i > 0 { out += "<br>\n".utf8 }
      HTMLSanitizer.escape(line.utf8, into: &out)
    }
    return String(decoding: out, as: UTF8.self)
  }

  private var contentHTML: String { safeHTML ?? Self.html(text) }

  private static func rule(_ words: QuoteWords) -> String { "---------- \(words.forwarded) ----------" }

  private static func above(_ text: String) -> String {
    let own = lines(text).joined(separator: "\n")
    return own.isEmpty ? "\n" : own + "\n\n"
  }

  private func attribution(_ words: QuoteWords) -> String {
    let who = from.map(Self.person) ?? "?"
    return words.wrote.split(separator: "{", omittingEmptySubsequences: false).reduce("") { text, piece in
      if piece.hasPrefix("date}") { return text + dateText + piece.dropFirst(5) }
      if piece.hasPrefix("who}") { return text + who + piece.dropFirst(4) }
      return text + piece
    }
  }

  private func fields(_ words: QuoteWords) -> [(label: String, value: String)] {
    var all = [(words.from, from.map(Self.person) ?? "?"), (words.date, dateText)]
    all.append((words.subject, Self.oneLine(subject)))
    if !to.isEmpty { all.append((words.to, to.map(Self.person).joined(separator: ", "))) }
    if !cc.isEmpty { all.append((words.cc, cc.map(Self.person).joined(separator: ", "))) }
    return all.map { (label: $0.0, value: $0.1) }
  }

  /// `2025-03-04 09:30 +01:00`: the same in every language, and what no order of day and month makes unclear.
  private var dateText: String {
    let zone = max(-1439, min(date.zoneMinutes, 1439))
    let utc = max(-62_135_510_400, min(date.secondsSince1970, 253_402_210_800))
    let local = utc + Int64(zone) * 60
    let day = Civil.floorDivide(local, 86_400)
    let minute = Int(local - day * 86_400) / 60
    let (year, month, dayOfMonth) = Civil.date(fromDays: day)
    let z = abs(zone)
    return "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(dayOfMonth, 2)) "
      + "\(Self.digits(minute / 60, 2)):\(Self.digits(minute % 60, 2)) "
      + "\(zone < 0 ? "-" : "+")\(Self.digits(z / 60, 2)):\(Self.digits(z % 60, 2))"
  }

  private static func digits(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }

  /// A name that says another address would be read as that.
  private static func person(_ address: MailAddress) -> String {
    let name = oneLine(address.name ?? "").filter { $0 != "<" && $0 != ">" && $0 != "@" && $0 != "\"" }
    return name.isEmpty ? "<\(oneLine(address.email))>" : "\(name) <\(oneLine(address.email))>"
  }

  private static func oneLine(_ text: String) -> String {
    var view = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isBreak =
        scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0x2028 || scalar.value == 0x2029
      view.append(isBreak ? " " : scalar)
    }
    return String(view)
  }

  /// Without empty lines at either end; CR and CRLF end lines too.
  private static func lines(_ text: String) -> [String] {
    var bytes = Array(text.utf8)[...]
    var lines: [String] = []
    while !bytes.isEmpty {
      let end = bytes.firstIndex { $0 == ASCII.lf || $0 == ASCII.cr } ?? bytes.endIndex
      lines.append(String(decoding: bytes[..<end], as: UTF8.self))
      var next = end
      if next < bytes.endIndex {
        let isCRLF = bytes[next] == ASCII.cr && next + 1 < bytes.endIndex && bytes[next + 1] == ASCII.lf
        next += isCRLF ? 2 : 1
      }
      bytes = bytes[next...]
    }
    let isBlank = { (line: String) in line.utf8.allSatisfy { $0 == ASCII.space || $0 == ASCII.tab } }
    let last = lines.lastIndex { !isBlank($0) }
    guard let first = lines.firstIndex(where: { !isBlank($0) }), let last else { return [] }
    return Array(lines[first...last])
  }
}
