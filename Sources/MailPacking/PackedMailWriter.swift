internal import Bytes
internal import Compression

/// What an operation of a packed mail stands for; numbers are never used again.
enum PackedKind: Int {
  /// The next octets of the stream, folded as ``TextFold`` does.
  case text = 0
  /// The same by ``QuotedFold``; then its longest line.
  case quoted = 1
  /// The next octets of the stream, in base64; then the lines: `length * 2`, and 1 for CR LF.
  case base64 = 2
  /// The same, with CR LF for each LF.
  case base64Lines = 3
  /// The same, of the octets that were not deflated.
  case base64Stored = 4
  /// The next content that was taken out, as it stands.
  case takenText = 5
  /// The same in base64; its beginning looks like text.
  case takenBase64 = 6
  /// The same; it does not.
  case takenBinary = 7
}

/// Puts a ``PackedMail`` together.
struct PackedMailWriter {
  private(set) var taken: [TakenContent] = []
  private let mail: [UInt8]
  /// All line ends of the texts are CR LF.
  private let foldsLines: Bool
  /// All are alike, so that a quoted body can be folded.
  private let isUniform: Bool
  private let isPlain: Bool
  private var stream: [UInt8] = []
  private var operations: [UInt8] = []
  private var count = 0
  private var letters = BitWriter()
  private var stored: [UInt8] = []

  init(_ mail: [UInt8], _ stretches: [PackedMail.Stretch]) {
    self.mail = mail
    var crlf = 0
    var lf = 0
    var cr = 0
    for stretch in stretches {
      switch stretch.kind {
      case .text, .quoted:
        for i in stretch.range {
          if mail[i] == ASCII.cr { cr += 1 }
          guard mail[i] == ASCII.lf else { continue }
          lf += 1
          if i > stretch.range.lowerBound, mail[i - 1] == ASCII.cr { crlf += 1 }
        }
      case .base64, .takenText, .takenBase64, .absent: break
      }
    }
    foldsLines = cr == crlf && lf == crlf
    isUniform = foldsLines || cr == 0
    if stretches.count == 1, case .text = stretches[0].kind {
      isPlain = true
    } else {
      isPlain = stretches.isEmpty
    }
    stream.reserveCapacity(min(mail.count, 1 << 20))
  }

  mutating func add(_ stretch: PackedMail.Stretch) {
    let start = stream.count
    switch stretch.kind {
    case .quoted where isUniform:
      let fold = QuotedFold.fold(mail, stretch.range, foldsLines: foldsLines, to: &stream)
      operation(.quoted, stream.count - start)
      appendNumber(fold.lineMax, to: &operations)
    case .text, .quoted:
      TextFold.fold(mail, stretch.range, foldsLines: foldsLines, to: &stream, &letters)
      operation(.text, stream.count - start)
    case .base64(let run): addInside(run)
    case .takenText:
      taken.append(TakenContent(stretch.range))
      operation(.takenText, stretch.range.count)
    case .takenBase64(let run, let isBinary):
      taken.append(TakenContent(run))
      operation(isBinary ? .takenBinary : .takenBase64, run.octets)
      lines(run.lines)
    case .absent(let number, let content):
      taken.append(TakenContent(absent: number, octets: content.octets))
      operation(content.isBinary ? .takenBinary : .takenBase64, content.octets)
      lines(AbsentContent.lines)
    }
  }

  private mutating func addInside(_ run: Base64Run) {
    let content = run.decoded(mail, from: 0, count: run.octets)
    if PackedMail.isBinary(run, mail) {
      stored += content
      operation(.base64Stored, content.count)
    } else if let folded = Self.folded(content) {
      stream += folded
      operation(.base64Lines, folded.count)
    } else {
      stream += content
      operation(.base64, content.count)
    }
    lines(run.lines)
  }

  /// With LF for CR LF; nil when there are other line ends.
  private static func folded(_ content: [UInt8]) -> [UInt8]? {
    var out: [UInt8] = []
    out.reserveCapacity(content.count)
    var last: UInt8 = 0
    for octet in content {
      if (octet == ASCII.lf) != (last == ASCII.cr) { return nil }
      if octet != ASCII.cr { out.append(octet) }
      last = octet
    }
    return last == ASCII.cr || out.count == content.count ? nil : out
  }

  private mutating func operation(_ kind: PackedKind, _ size: Int) {
    appendNumber(size << 3 | kind.rawValue, to: &operations)
    count += 1
  }

  private mutating func lines(_ lines: Base64Lines) {
    appendNumber(lines.length << 1 | (lines.isCRLF ? 1 : 0), to: &operations)
  }

  func finished() throws(MailPackingError) -> [UInt8] {
    let flags: UInt8 = (foldsLines ? 1 : 0) | (isPlain ? 0 : 2)
    var out = [PackedMail.version, MailDictionary.current.number, flags]
    if !isPlain {
      appendNumber(count, to: &out)
      out += operations
    }
    let letters = letters.finished()
    appendNumber(letters.count, to: &out)
    out += letters
    appendNumber(stored.count, to: &out)
    out += stored
    do throws(CompressionError) {
      // Above this many octets a higher level gains nothing that its time is worth.
      let level = stream.count <= 64 * 1024 ? 9 : 6
      var deflater = try Deflater(
        format: .raw, level: level, dictionary: MailDictionary.current.octets)
      var packed = ByteBuffer(capacity: stream.count / 3 + 64)
      try deflater.deflate(stream, into: &packed, flush: .finish)
      return out + packed.bytes
    } catch {
      throw MailPackingError(error)
    }
  }
}
