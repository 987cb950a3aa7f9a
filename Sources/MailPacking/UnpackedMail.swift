internal import Bytes
internal import Compression

/// Reads a ``PackedMail``: the mail in order, what was taken out by its number.
package struct UnpackedMail: Sendable {
  package enum Segment: Sendable, Hashable {
    case octets([UInt8])
    /// The content with this number, in base64 unless `lines` is nil.
    case taken(number: Int, octets: Int, lines: Base64Lines?, isBinary: Bool)

    /// Octets of the mail.
    package var count: Int {
      switch self {
      case .octets(let octets): octets.count
      case .taken(_, let octets, let lines, _): lines?.encodedOctets(octets) ?? octets
      }
    }
  }

  package private(set) var segments: [Segment] = []

  /// - Parameter octetsMax: what the whole mail may have at the most; memory is bounded by it, whatever
  ///   the packed octets say.
  package init(_ packed: [UInt8], octetsMax: Int) throws(MailPackingError) {
    var reader = OctetReader(packed)
    let version = try reader.octet()
    guard version == PackedMail.version else { throw .unknownVersion(Int(version)) }
    let number = try reader.octet()
    guard number == 0 || MailDictionary.numbered(number) != nil else { throw .unknownVersion(Int(number)) }
    let flags = try reader.octet()
    guard flags < 4 else { throw .corrupt("flags") }
    let operations = flags & 2 == 0 ? nil : try Self.operations(&reader)
    let letters = try reader.take(try reader.number())
    let stored = try reader.take(try reader.number())
    let stream = try Self.inflate(
      try reader.take(reader.left), MailDictionary.numbered(number),
      octetsMax: try Self.streamOctets(operations, octetsMax))
    var maker = Maker(
      stream: stream, stored: stored, letters: BitReader(letters), foldsLines: flags & 1 == 1,
      octetsMax: octetsMax)
    for operation in operations ?? [Operation(kind: .text, size: stream.count, number: 0)] {
      try maker.make(operation)
    }
    segments = try maker.finish()
  }

  private struct Operation {
    let kind: PackedKind
    let size: Int
    /// The longest line, or the lines.
    let number: Int
  }

  private static func operations(_ reader: inout OctetReader) throws(MailPackingError) -> [Operation] {
    var out: [Operation] = []
    for _ in 0..<(try reader.number()) {
      let head = try reader.number()
      guard let kind = PackedKind(rawValue: head & 7) else { throw .corrupt("an operation") }
      let needsNumber = kind != .text && kind != .takenText
      out.append(Operation(kind: kind, size: head >> 3, number: needsNumber ? try reader.number() : 0))
    }
    return out
  }

  /// Folding makes at most three octets of one.
  private static func streamOctets(_ operations: [Operation]?, _ octetsMax: Int) throws(MailPackingError)
    -> Int
  {
    let (most, over) = octetsMax.multipliedReportingOverflow(by: 3)
    guard let operations else { return over ? .max : most }
    var sum = 0
    for operation in operations {
      switch operation.kind {
      case .text, .quoted, .base64, .base64Lines:
        let (next, tooMuch) = sum.addingReportingOverflow(operation.size)
        if tooMuch || (!over && next > most) { throw .corrupt("longer than it says") }
        sum = next
      case .base64Stored, .takenText, .takenBase64, .takenBinary: break
      }
    }
    return sum
  }

  private static func inflate(
    _ octets: ArraySlice<UInt8>, _ dictionary: MailDictionary?, octetsMax: Int
  ) throws(MailPackingError) -> [UInt8] {
    do throws(CompressionError) {
      var inflater = try Inflater(format: .raw, outputOctetsMax: octetsMax, dictionary: dictionary?.octets)
      var input = ByteBuffer(octets)
      var output = ByteBuffer(capacity: min(octets.count, 1 << 20) * 4)
      _ = try inflater.inflate(&input, into: &output)
      guard inflater.isFinished, input.isEmpty else { throw .truncated }
      return output.bytes
    } catch {
      throw MailPackingError(error)
    }
  }

  /// Carries the operations out.
  private struct Maker {
    let stream: [UInt8]
    let stored: ArraySlice<UInt8>
    var letters: BitReader
    let foldsLines: Bool
    let octetsMax: Int
    private var segments: [Segment] = []
    private var streamAt = 0
    private var storedAt = 0
    private var octets = 0
    private var number = 0
    private var inside: [UInt8] = []

    init(stream: [UInt8], stored: ArraySlice<UInt8>, letters: BitReader, foldsLines: Bool, octetsMax: Int) {
      self.stream = stream
      self.stored = stored
      self.letters = letters
      self.foldsLines = foldsLines
      self.octetsMax = octetsMax
    }

    mutating func make(_ operation: Operation) throws(MailPackingError) {
      var made: [UInt8] = []
      let left = octetsMax - octets
      switch operation.kind {
      case .text:
        let folded = try fromStream(operation.size)
        try TextFold.unfold(folded, foldsLines: foldsLines, &letters, to: &made, octetsMax: left)
      case .quoted:
        let fold = QuotedFold(lineMax: operation.number, foldsLines: foldsLines)
        try fold.unfold(try fromStream(operation.size), to: &made, octetsMax: left)
      case .base64:
        made = try encoded(Array(try fromStream(operation.size)), operation.number, left)
      case .base64Lines:
        var content: [UInt8] = []
        for octet in try fromStream(operation.size) {
          if octet == ASCII.lf { content.append(ASCII.cr) }
          content.append(octet)
        }
        made = try encoded(content, operation.number, left)
      case .base64Stored:
        made = try encoded(Array(try fromStored(operation.size)), operation.number, left)
      case .takenText, .takenBase64, .takenBinary: return try take(operation)
      }
      octets += made.count
      inside += made
    }

    mutating func finish() throws(MailPackingError) -> [Segment] {
      guard streamAt == stream.count, storedAt == stored.count else {
        throw .corrupt("octets behind the end")
      }
      endInside()
      return segments
    }

    private mutating func endInside() {
      if inside.isEmpty { return }
      segments.append(.octets(inside))
      inside = []
    }

    private mutating func take(_ operation: Operation) throws(MailPackingError) {
      let lines = operation.kind == .takenText ? nil : try lines(operation.number)
      guard operation.size <= octetsMax - octets else { throw .corrupt("longer than it says") }
      let segment = Segment.taken(
        number: number, octets: operation.size, lines: lines, isBinary: operation.kind == .takenBinary)
      guard segment.count <= octetsMax - octets else { throw .corrupt("longer than it says") }
      endInside()
      segments.append(segment)
      octets += segment.count
      number += 1
    }

    private mutating func fromStream(_ count: Int) throws(MailPackingError) -> ArraySlice<UInt8> {
      guard count <= stream.count - streamAt else { throw .corrupt("cut short") }
      defer { streamAt += count }
      return stream[streamAt..<streamAt + count]
    }

    private mutating func fromStored(_ count: Int) throws(MailPackingError) -> ArraySlice<UInt8> {
      guard count <= stored.count - storedAt else { throw .corrupt("cut short") }
      defer { storedAt += count }
      let start = stored.startIndex + storedAt
      return stored[start..<start + count]
    }

    private func lines(_ number: Int) throws(MailPackingError) -> Base64Lines {
      guard number >> 1 > 0 else { throw .corrupt("a line length") }
      return Base64Lines(length: number >> 1, isCRLF: number & 1 == 1)
    }

    private func encoded(_ content: [UInt8], _ number: Int, _ left: Int) throws(MailPackingError) -> [UInt8] {
      let lines = try lines(number)
      guard content.count <= left, lines.encodedOctets(content.count) <= left else {
        throw .corrupt("longer than it says")
      }
      var encoder = Base64LineEncoder(lines)
      return encoder.encode(content)
    }
  }
}
