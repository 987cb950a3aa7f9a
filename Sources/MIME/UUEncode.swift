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
    var name: Range<Int>
    /// From the `begin` line to behind the `end` line.
    var range: Range<Int>
    /// The lines between them.
    var data: Range<Int>
  }

  /// The most files of one text.
  static let blocksMax = 100

  /// The files that stand in `range`, in order.
  ///
  /// A `begin` line counts when nothing but encoded lines follow it, up to `end` or to the end of the text.
  /// - Complexity: O(range): what is no encoded line is not looked at again.
  static func blocks(_ p: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> [Block] {
    var found = [Block]()
    var at = range.lowerBound
    let end = range.upperBound
    while at < end, found.count < blocksMax {
      guard p[at] == 0x62, let name = name(p, at, lineStop(p, at, end)) else {
        at = nextLine(p, at, end)
        continue
      }
      let start = at
      at = nextLine(p, at, end)
      let data = at
      while at < end, let octets = octets(p, at, lineStop(p, at, end)), octets > 0 {
        at = nextLine(p, at, end)
      }
      let dataEnd = at
      // The line without octets is missing in some.
      if at < end, octets(p, at, lineStop(p, at, end)) == 0 { at = nextLine(p, at, end) }
      if at < end, isEnd(p, at, lineStop(p, at, end)) {
        at = nextLine(p, at, end)
      } else if at < end || dataEnd == data {
        continue
      }
      found.append(Block(name: name, range: start..<at, data: data..<dataEnd))
    }
    return found
  }

  /// The octets of a part that is encoded so as a whole; the `begin` line may be missing.
  static func decode(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    bytes.withUnsafeBufferPointer { p in
      if let block = blocks(p, in: range).first { return decodeLines(p, block.data) }
      return decodeLines(p, range)
    }
  }

  private static func decodeLines(_ p: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var out = [UInt8]()
    out.reserveCapacity(range.count / 4 * 3)
    var at = range.lowerBound
    while at < range.upperBound {
      let stop = lineStop(p, at, range.upperBound)
      guard let count = octets(p, at, stop) else {
        at = nextLine(p, at, range.upperBound)
        continue
      }
      if count == 0 { break }
      // What white space was cut off at the line's end are zeros.
      func digit(_ i: Int) -> UInt32 { i < stop ? UInt32((p[i] &- 0x20) & 0x3F) : 0 }
      var left = count
      var i = at + 1
      while left > 0 {
        let group = digit(i) << 18 | digit(i + 1) << 12 | digit(i + 2) << 6 | digit(i + 3)
        for shift: UInt32 in [16, 8, 0] where left > 0 {
          out.append(UInt8(truncatingIfNeeded: group >> shift))
          left -= 1
        }
        i += 4
      }
      at = nextLine(p, at, range.upperBound)
    }
    return out
  }

  /// `begin` SP mode SP name
  private static func name(_ p: UnsafeBufferPointer<UInt8>, _ at: Int, _ stop: Int) -> Range<Int>? {
    guard stop - at > 10, p[at..<at + 6].elementsEqual("begin ".utf8) else { return nil }
    var i = at + 6
    while i < stop, 0x30...0x37 ~= p[i] { i += 1 }
    guard 3...4 ~= i - at - 6, i + 1 < stop, p[i] == ASCII.space else { return nil }
    return i + 1..<stop
  }

  /// How many octets the line says it holds; nil when it is no encoded line.
  private static func octets(_ p: UnsafeBufferPointer<UInt8>, _ at: Int, _ stop: Int) -> Int? {
    guard at < stop, 0x20...0x60 ~= p[at] else { return nil }
    let count = Int((p[at] &- 0x20) & 0x3F)
    let digits = (count + 2) / 3 * 4
    // One octet of checksum may follow; white space at the end may be gone.
    guard stop - at - 1 <= digits + 2, p[at..<stop].allSatisfy({ 0x20...0x60 ~= $0 }) else { return nil }
    return count
  }

  private static func isEnd(_ p: UnsafeBufferPointer<UInt8>, _ at: Int, _ stop: Int) -> Bool {
    stop - at >= 3 && p[at..<at + 3].elementsEqual("end".utf8) && p[at + 3..<stop].allSatisfy(ASCII.isWSP)
  }

  private static func lineStop(_ p: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> Int {
    let stop = OctetRun.find(ASCII.lf, p, at, end) ?? end
    return stop > at && p[stop - 1] == ASCII.cr ? stop - 1 : stop
  }

  private static func nextLine(_ p: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> Int {
    OctetRun.find(ASCII.lf, p, at, end).map { $0 + 1 } ?? end
  }
}
