internal import Bytes

/// uuencode (POSIX.1-2017, `uuencode`): what mail carried files in before MIME, in a text's midst or as a part's
/// encoding.
///
///     begin 644 name
///     #0V%T
///     `
///     end
enum UUEncode {
  /// A file in a text.
  struct Block: Hashable {
    /// As it stands behind the mode.
    var name: [UInt8]
    /// From the `begin` line to behind the `end` line.
    var range: Range<Int>
    /// The lines between them.
    var data: Range<Int>
    /// What they stand for.
    var octets = 0
  }

  /// The most files of one text.
  static let blocksMax = 100
  /// As much of a line as is looked at: those that encode have 63 octets at most, as 84, and names are shorter.
  static let lineOctetsMax = 1024

  /// The files that stand in `range`, in order.
  ///
  /// A `begin` line counts when nothing but encoded lines follow it, up to `end` or to the end of the text.
  /// - Complexity: O(range): what is no encoded line is not looked at again.
  static func blocks(_ p: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> [Block] {
    var finder = Finder(at: range.lowerBound)
    finder.feed(UnsafeBufferPointer(rebasing: p[range]))
    return finder.finish()
  }

  /// The octets of a part that is encoded so as a whole; the `begin` line may be missing.
  static func decode(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    var out = [UInt8]()
    out.reserveCapacity(range.count / 4 * 3)
    var decoder = Decoder()
    bytes.withUnsafeBufferPointer { p in
      decoder.feed(UnsafeBufferPointer(rebasing: p[range]), &out)
      decoder.finish(&out)
    }
    return out
  }

  /// Cuts what comes by pieces into lines.
  private struct Lines {
    /// The beginning of a line that is not over.
    private var line: [UInt8] = []
    private var octets = 0

    /// - Parameter take: is given a line without its end, at most ``lineOctetsMax`` octets of it, and how many octets
    ///   it has with its end.
    mutating func feed(
      _ p: UnsafeBufferPointer<UInt8>, _ take: (UnsafeBufferPointer<UInt8>, Int) -> Void
    ) {
      var at = 0
      while at < p.count {
        guard let end = OctetRun.find(ASCII.lf, p, at, p.count) else {
          octets += p.count - at
          line += p[at..<min(p.count, at + lineOctetsMax - line.count)]
          return
        }
        if octets == 0 {
          take(UnsafeBufferPointer(rebasing: p[at..<min(stop(p, at, end), at + lineOctetsMax)]), end + 1 - at)
        } else {
          line += p[at..<min(end, at + lineOctetsMax - line.count)]
          octets += end + 1 - at
          give(take)
        }
        at = end + 1
      }
    }

    mutating func finish(_ take: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
      if octets > 0 { give(take) }
    }

    private mutating func give(_ take: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
      line.withUnsafeBufferPointer { p in
        take(UnsafeBufferPointer(rebasing: p[..<stop(p, 0, p.count)]), octets)
      }
      line.removeAll(keepingCapacity: true)
      octets = 0
    }

    private func stop(_ p: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> Int {
      end > at && p[end - 1] == ASCII.cr ? end - 1 : end
    }
  }

  /// Finds the files of a text that comes by pieces.
  struct Finder {
    private enum State {
      case text
      /// Behind a `begin` line: encoded lines follow.
      case data(Block)
      /// Behind the line without octets: `end` follows.
      case over(Block)
    }
    private var state = State.text
    private var at: Int
    private var lines = Lines()
    private var found: [Block] = []

    init(at: Int) { self.at = at }

    mutating func feed(_ p: UnsafeBufferPointer<UInt8>) {
      // Taken out first, so that nothing is copied.
      var lines = Lines()
      swap(&lines, &self.lines)
      lines.feed(p) { line($0, $1) }
      self.lines = lines
    }

    mutating func finish() -> [Block] {
      var lines = Lines()
      swap(&lines, &self.lines)
      lines.finish { line($0, $1) }
      switch state {
      case .data(let block), .over(let block): if !block.data.isEmpty { add(block) }
      case .text: break
      }
      state = .text
      return found
    }

    private mutating func add(_ block: Block) {
      var block = block
      block.range = block.range.lowerBound..<at
      if found.count < blocksMax { found.append(block) }
    }

    private mutating func line(_ p: UnsafeBufferPointer<UInt8>, _ octets: Int) {
      let start = at
      switch state {
      case .data(var block):
        at += octets
        if let count = UUEncode.octets(p) {
          if count > 0 {
            block.data = block.data.lowerBound..<at
            block.octets += count
          }
          state = count > 0 ? .data(block) : .over(block)
          return
        }
        if UUEncode.isEnd(p) {
          state = .text
          return add(block)
        }
      case .over(let block):
        at += octets
        if UUEncode.isEnd(p) {
          state = .text
          return add(block)
        }
      case .text: at += octets
      }
      state = .text
      if found.count < blocksMax, let nameStart = UUEncode.name(p) {
        state = .data(Block(name: Array(p[nameStart...]), range: start..<at, data: at..<at))
      }
    }
  }

  /// Decodes a part that comes by pieces.
  ///
  /// What stands before a `begin` line is left out, when that line is in the part's first octets; lines that encode
  /// nothing are left out everywhere.
  struct Decoder {
    /// The part's beginning, until it is known whether a `begin` line is in it.
    private var head: [UInt8]? = []
    private var lines = Lines()
    private var isOver = false
    static let headOctets = 16 * 1024

    mutating func feed(_ p: UnsafeBufferPointer<UInt8>, _ out: inout [UInt8]) {
      guard let known = head?.count else { return decode(p, &out) }
      let taken = min(p.count, Self.headOctets - known)
      head?.append(contentsOf: p[..<taken])
      guard known + taken == Self.headOctets else { return }
      open(&out)
      decode(UnsafeBufferPointer(rebasing: p[taken...]), &out)
    }

    mutating func finish(_ out: inout [UInt8]) {
      open(&out)
      guard !isOver else { return }
      lines.finish { line, _ in _ = UUEncode.decodeLine(line, &out) }
    }

    private mutating func open(_ out: inout [UInt8]) {
      guard let head else { return }
      self.head = nil
      head.withUnsafeBufferPointer { p in
        var start = 0
        var at = 0
        while let hit = OctetRun.findLine("begin ", p, at, p.count) {
          let end = OctetRun.find(ASCII.lf, p, hit, p.count) ?? p.count
          if UUEncode.name(UnsafeBufferPointer(rebasing: p[hit..<end])) != nil {
            start = min(end + 1, p.count)
            break
          }
          at = min(end + 1, p.count)
        }
        decode(UnsafeBufferPointer(rebasing: p[start...]), &out)
      }
    }

    private mutating func decode(_ p: UnsafeBufferPointer<UInt8>, _ out: inout [UInt8]) {
      guard !isOver else { return }
      var isOver = false
      lines.feed(p) { line, _ in
        if !isOver { isOver = UUEncode.decodeLine(line, &out) || UUEncode.isEnd(line) }
      }
      self.isOver = isOver
    }
  }

  /// - Returns: whether it is the line that says that nothing follows.
  private static func decodeLine(_ p: UnsafeBufferPointer<UInt8>, _ out: inout [UInt8]) -> Bool {
    guard let count = octets(p) else { return false }
    // What white space was cut off at the line's end are zeros.
    func digit(_ i: Int) -> UInt32 { i < p.count ? UInt32((p[i] &- 0x20) & 0x3F) : 0 }
    var left = count
    var i = 1
    while left > 0 {
      let group = digit(i) << 18 | digit(i + 1) << 12 | digit(i + 2) << 6 | digit(i + 3)
      for shift: UInt32 in [16, 8, 0] where left > 0 {
        out.append(UInt8(truncatingIfNeeded: group >> shift))
        left -= 1
      }
      i += 4
    }
    return count == 0
  }

  /// `begin` SP mode SP name
  ///
  /// - Returns: where the name begins.
  private static func name(_ p: UnsafeBufferPointer<UInt8>) -> Int? {
    guard p.count > 10, p[..<6].elementsEqual("begin ".utf8) else { return nil }
    var i = 6
    while i < p.count, 0x30...0x37 ~= p[i] { i += 1 }
    guard 3...4 ~= i - 6, i + 1 < p.count, p[i] == ASCII.space else { return nil }
    return i + 1
  }

  /// How many octets the line says it holds; nil when it is no encoded line.
  private static func octets(_ p: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let first = p.first, 0x20...0x60 ~= first else { return nil }
    let count = Int((first &- 0x20) & 0x3F)
    let digits = (count + 2) / 3 * 4
    // One octet of checksum may follow; white space at the end may be gone.
    guard p.count - 1 <= digits + 2, p.allSatisfy({ 0x20...0x60 ~= $0 }) else { return nil }
    return count
  }

  private static func isEnd(_ p: UnsafeBufferPointer<UInt8>) -> Bool {
    p.count >= 3 && p[..<3].elementsEqual("end".utf8) && p[3...].allSatisfy(ASCII.isWSP)
  }
}
