internal import Bytes

/// Finds what in a mail is worth packing in its own way: runs of base64, quoted-printable bodies,
/// and attachments in other encodings.
///
/// No parser: what it takes for a boundary, a header or an attachment decides only how well the mail is
/// packed, never what comes out again. Needs nothing of `MIME`, so hostile mail meets only this loop.
/// - Complexity: O(octets)
struct MailScanner {
  /// A stretch of the mail; what is between two of them is plain text.
  struct Find: Hashable {
    enum Kind: Hashable {
      case base64(Base64Run)
      /// A whole body.
      case quoted
      /// A whole body with a file name, in neither encoding.
      case named
    }

    var range: Range<Int>
    var kind: Kind
    /// The header above it names a file or calls it an attachment.
    var isNamed: Bool
  }

  /// What a header says about the body below it.
  private struct Header {
    var isQuoted = false
    var isNamed = false
    var isMail = false
    /// The field is one whose parameters count.
    var isContentField = false
  }

  private static let boundariesMax = 32
  private static let boundaryOctetsMax = 200
  private static let lineLookMax = 1000

  private let mail: [UInt8]
  private var finds: [Find] = []
  private var header = Header()
  private var isInHeader = true
  private var bodyStart = 0
  /// Finds that the present body has had so far.
  private var bodyFinds = 0
  private var boundaries: [ArraySlice<UInt8>] = []

  private init(_ mail: [UInt8]) { self.mail = mail }

  /// Ascending, not overlapping.
  static func finds(in mail: [UInt8]) -> [Find] {
    var scanner = MailScanner(mail)
    scanner.run()
    return scanner.finds
  }

  private mutating func run() {
    var at = 0
    var noRunBefore = 0
    while at < mail.count {
      if !isInHeader, at >= noRunBefore, Base64Letters.values[Int(mail[at])] != 0xFF {
        let (run, next) = Base64Run.find(in: mail, at: at)
        if let run {
          finds.append(Find(range: run.range, kind: .base64(run), isNamed: header.isNamed))
          bodyFinds += 1
          at = run.range.upperBound
          if at == mail.count { break }
        } else {
          noRunBefore = next
        }
      }
      let (end, next) = line(at)
      take(at, end, next)
      at = next
    }
    if !isInHeader { endBody(mail.count) }
  }

  /// Where the line at `at` ends without and with its line end.
  private func line(_ at: Int) -> (end: Int, next: Int) {
    var i = at
    while i < mail.count, mail[i] != ASCII.lf { i += 1 }
    let next = min(i + 1, mail.count)
    return (i > at && mail[i - 1] == ASCII.cr ? i - 1 : i, next)
  }

  private mutating func take(_ start: Int, _ end: Int, _ next: Int) {
    let isDelimiter = end - start > 2 && mail[start] == 0x2D && mail[start + 1] == 0x2D
    if isDelimiter, let closes = boundary(start + 2, end) {
      if !isInHeader { endBody(start) }
      header = Header()
      isInHeader = !closes
      bodyStart = next
    } else if isInHeader {
      if start == end {
        isInHeader = header.isMail
        if header.isMail { header = Header() }
        bodyStart = next
      } else {
        readField(start, min(end, start + Self.lineLookMax))
      }
    }
  }

  /// Whether a line is one of the known boundaries' delimiters, and if so whether it closes.
  private func boundary(_ start: Int, _ end: Int) -> Bool? {
    for boundary in boundaries
    where boundary.count <= end - start && mail[start..<start + boundary.count] == boundary {
      let rest = start + boundary.count
      return end - rest >= 2 && mail[rest] == 0x2D && mail[rest + 1] == 0x2D
    }
    return nil
  }

  private mutating func endBody(_ end: Int) {
    defer { bodyFinds = 0 }
    // A body with runs of base64 in it is described by those.
    guard bodyFinds == 0, bodyStart < end else { return }
    if header.isQuoted {
      finds.append(Find(range: bodyStart..<end, kind: .quoted, isNamed: header.isNamed))
    } else if header.isNamed {
      finds.append(Find(range: bodyStart..<end, kind: .named, isNamed: true))
    }
  }

  private mutating func readField(_ start: Int, _ end: Int) {
    let line = ASCII.lowercased(mail[start..<end])
    if !ASCII.isWSP(line[0]) { header.isContentField = line.starts(with: "content-".utf8) }
    guard header.isContentField else { return }
    if line.starts(with: "content-transfer-encoding".utf8), line.holds("quoted-printable") {
      header.isQuoted = true
    }
    if line.holds("message/rfc822") { header.isMail = true }
    if line.holds("attachment") || line.holds("name=") || line.holds("name*") { header.isNamed = true }
    if let at = line.position(of: "boundary=") { addBoundary(start + at + 9, end) }
  }

  private mutating func addBoundary(_ start: Int, _ end: Int) {
    guard start < end, boundaries.count < Self.boundariesMax else { return }
    let isQuoted = mail[start] == ASCII.quote
    let from = isQuoted ? start + 1 : start
    let value = mail[from..<end].prefix { isQuoted ? $0 != ASCII.quote : $0 > ASCII.space && $0 != 0x3B }
    if !value.isEmpty, value.count <= Self.boundaryOctetsMax, !boundaries.contains(value) {
      // Inner boundaries may begin with the octets of outer ones, so the longer are looked at first.
      let place = boundaries.firstIndex { $0.count < value.count } ?? boundaries.count
      boundaries.insert(value, at: place)
    }
  }
}

extension [UInt8] {
  fileprivate func position(of word: StaticString) -> Int? {
    let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard count >= wanted.count, let first = wanted.first else { return nil }
    for i in 0...(count - wanted.count) where self[i] == first {
      if self[i..<i + wanted.count].elementsEqual(wanted) { return i }
    }
    return nil
  }

  fileprivate func holds(_ word: StaticString) -> Bool { position(of: word) != nil }
}
