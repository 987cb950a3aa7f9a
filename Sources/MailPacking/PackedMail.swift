internal import Bytes
internal import Compression

/// A mail in the form in which it is stored, and the contents that are stored apart from it.
///
/// The whole mail can be made again octet by octet, whatever it holds: ``UnpackedMail`` reads it. The form:
///
///     version (1) | dictionary | flags | operations | letters | octets | deflated
///
/// - *dictionary*: the number of the ``MailDictionary`` that deflate began with; 0 for none.
/// - *flags*: 1 when CR LF is kept as LF in texts, 2 when there are operations.
/// - *operations*: their number, then each as `size * 8 + kind` and what the kind needs. Without them
///   all is one text.
/// - *letters*: length and octets of what ``TextFold`` took out of the texts.
/// - *octets*: length and octets of decoded base64 that does not deflate.
/// - *deflated*: RFC 1951, to the end: the texts and the base64 that deflates, one behind the other.
///
/// No checksum: what is stored is sealed, and sealing notices every change.
package struct PackedMail: Sendable {
  package let octets: [UInt8]
  /// Contents that were taken out, in the order of their operations.
  package let taken: [TakenContent]

  static let version: UInt8 = 1

  /// What of a mail is kept apart from it.
  package struct Limits: Sendable {
    /// Octets from which on an attachment's content is taken out; nil to keep all inside.
    package var takenOctetsMin: Int?
    /// The most octets of the mail that stay inside; what is more is taken out by whole stretches, so that
    /// a packed mail always fits into memory.
    package var insideOctetsMax: Int
    /// The most attachments taken out.
    package var takenMax: Int

    /// For a mail that stays: attachments apart, so that each is stored once.
    package static let apart = Limits(takenOctetsMin: 1024, insideOctetsMax: 256 * 1024, takenMax: 1000)
    /// For a mail that is kept a moment.
    package static let whole = Limits(takenOctetsMin: nil, insideOctetsMax: .max, takenMax: 0)
  }

  /// A text below this is no content of its own, though it has a file name: it deflates better inside.
  private static let takenTextMin = 4096
  /// Base64 that has no file name and no binary content is a body until it is this long.
  private static let bodyOctetsMax = 64 * 1024

  /// - Parameter absent: contents that stand in the mail without being in memory, by their places.
  /// - Complexity: O(octets); about 25 µs and 15 ns an octet that is deflated.
  package init(_ mail: [UInt8], absent: [AbsentContent] = [], limits: Limits) throws(MailPackingError) {
    let stretches = Stretch.adding(absent, to: Stretch.stretches(of: mail, limits))
    var writer = PackedMailWriter(mail, stretches)
    for stretch in stretches { writer.add(stretch) }
    octets = try writer.finished()
    taken = writer.taken
  }

  /// A part of the mail with its place.
  struct Stretch {
    enum Kind {
      case text, quoted
      case base64(Base64Run)
      case takenText
      case takenBase64(Base64Run, isBinary: Bool)
      /// The content with this number of those that are not in memory; its range is empty.
      case absent(Int, AbsentContent)
    }

    var range: Range<Int>
    var kind: Kind

    /// The whole mail, in order.
    static func stretches(of mail: [UInt8], _ limits: Limits) -> [Stretch] {
      var out: [Stretch] = []
      var at = 0
      for find in MailScanner.finds(in: mail) {
        if at < find.range.lowerBound { out.append(Stretch(range: at..<find.range.lowerBound, kind: .text)) }
        out.append(Stretch(find))
        at = find.range.upperBound
      }
      if at < mail.count { out.append(Stretch(range: at..<mail.count, kind: .text)) }
      return placed(out, mail, limits)
    }

    init(range: Range<Int>, kind: Kind) {
      self.range = range
      self.kind = kind
    }

    private init(_ find: MailScanner.Find) {
      range = find.range
      switch find.kind {
      case .base64(let run): kind = find.isNamed ? .takenBase64(run, isBinary: true) : .base64(run)
      case .quoted: kind = find.isNamed ? .takenText : .quoted
      case .named: kind = .takenText
      }
    }

    /// Decides what stays inside.
    private static func placed(_ all: [Stretch], _ mail: [UInt8], _ limits: Limits) -> [Stretch] {
      var out: [Stretch] = []
      var inside = 0
      var taken = 0
      for var stretch in all {
        stretch.kind = stretch.placed(mail, limits, mayTake: taken < limits.takenMax)
        switch stretch.kind {
        case .takenText, .takenBase64, .absent: taken += 1
        case .text, .quoted, .base64:
          let (sum, over) = inside.addingReportingOverflow(stretch.range.count)
          if over || sum > limits.insideOctetsMax { stretch.kind = .takenText } else { inside = sum }
        }
        // Texts side by side that are taken are one content.
        if case .takenText = stretch.kind, let last = out.last, case .takenText = last.kind,
          taken >= limits.takenMax || inside + stretch.range.count > limits.insideOctetsMax
        {
          out[out.count - 1].range = last.range.lowerBound..<stretch.range.upperBound
        } else {
          out.append(stretch)
        }
      }
      return out
    }

    private func placed(_ mail: [UInt8], _ limits: Limits, mayTake: Bool) -> Kind {
      let least = mayTake ? limits.takenOctetsMin : nil
      switch kind {
      case .text, .quoted, .absent: return kind
      case .takenText: return least != nil && range.count >= PackedMail.takenTextMin ? kind : .text
      case .base64(let run), .takenBase64(let run, _):
        guard let least, run.octets >= least else { return .base64(run) }
        let isBinary = PackedMail.isBinary(run, mail)
        if case .base64 = kind, !isBinary, run.octets < PackedMail.bodyOctetsMax { return .base64(run) }
        return .takenBase64(run, isBinary: isBinary)
      }
    }
  }

  /// Octets that no text has, among the first few thousand.
  static func isBinary(_ run: Base64Run, _ mail: [UInt8]) -> Bool {
    looksBinary(run.decoded(mail, from: 0, count: 3 * 1024))
  }

  static func looksBinary(_ octets: some Collection<UInt8>) -> Bool {
    octets.prefix(3 * 1024).contains { $0 < 0x09 || ($0 > 0x0D && $0 < 0x1B) }
  }
}

/// A content that is stored apart from its mail.
package struct TakenContent: Sendable {
  /// What it stands for, without base64.
  package let octets: Int
  /// Which of the contents it is that were not in memory; its pieces are read where they lie.
  package let absent: Int?
  private let range: Range<Int>
  private let run: Base64Run?

  init(_ range: Range<Int>) {
    (self.range, run, octets, absent) = (range, nil, range.count, nil)
  }

  init(_ run: Base64Run) {
    (range, self.run, octets, absent) = (run.range, run, run.octets, nil)
  }

  init(absent number: Int, octets: Int) {
    (range, run, self.octets, absent) = (0..<0, nil, octets, number)
  }

  /// 1 and up.
  package var pieces: Int { ContentPiece.count(octets) }

  /// - Parameter mail: the mail it was taken from. Nothing comes of one that is ``absent``.
  package func piece(_ number: Int, of mail: [UInt8]) -> [UInt8] {
    if absent != nil { return [] }
    let from = number * ContentPiece.octets
    if let run { return run.decoded(mail, from: from, count: ContentPiece.octets) }
    let start = range.lowerBound + from
    return Array(mail[start..<min(start + ContentPiece.octets, range.upperBound)])
  }
}
