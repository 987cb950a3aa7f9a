internal import Bytes
internal import Glibc

/// The header fields of a mail or a part, as places in the original octets.
///
/// Lenient: lines may end in CRLF or LF (or CR, where there is no LF at all); an mbox `From ` line and a
/// byte order mark before the first field are skipped; a line that is no field and no continuation
/// ends the header, and belongs to the body.
package struct HeaderBlock: Sendable {
  /// One field. Names keep their spelling; values keep their folding.
  struct Field: Sendable {
    let name: Range<Int>
    /// Behind the colon up to, not including, the last line end.
    let value: Range<Int>
  }

  /// The most fields that are indexed; the header goes on behind them, unread.
  package static let fieldsMax = 10_000

  /// The octets the fields lie in: the whole mail, shared.
  let bytes: [UInt8]
  let fields: [Field]
  /// Where the header begins and where the empty line behind it ends (so, where the body begins).
  package let range: Range<Int>
  /// Whether there were more fields than ``fieldsMax``.
  package let isTruncated: Bool

  /// The header that `bytes` begin with.
  /// - Complexity: O(octets of the header)
  package init(parsing bytes: [UInt8]) {
    let scan = bytes.withUnsafeBufferPointer { p in
      HeaderScan.run(p, from: 0, lineEnd: HeaderScan.lineEnd(of: p), isFirst: true) { _, _ in false }
    }
    self.init(bytes: bytes, scan: scan)
  }

  init(bytes: [UInt8], scan: HeaderScan) {
    self.bytes = bytes
    fields = scan.fields
    range = scan.start..<scan.end
    isTruncated = scan.isTruncated
  }

  static let empty = HeaderBlock(parsing: [])

  package var count: Int { fields.count }

  /// Names of all fields, in order, as written.
  package var names: [String] { fields.map { RawText.decode(bytes[$0.name]) } }

  /// The first field's value: unfolded, without white space around it, not decoded; nil when there is none.
  /// - Complexity: O(fields)
  package func first(_ name: StaticString) -> [UInt8]? {
    fields.first { matches($0, name) }.map(unfolded)
  }

  /// The values of all fields of that name, in order, each as ``first(_:)`` gives it.
  package func all(_ name: StaticString) -> [[UInt8]] {
    fields.filter { matches($0, name) }.map(unfolded)
  }

  package func contains(_ name: StaticString) -> Bool { fields.contains { matches($0, name) } }

  /// The first field's value as text: encoded words decoded, raw octets read as UTF-8 or else as
  /// windows-1252, controls and line ends as spaces.
  package func text(_ name: StaticString) -> String? {
    first(name).map { HeaderText.tidy(EncodedWord.decode($0)) }
  }

  /// Every field: its name as written and its value as ``first(_:)`` gives it.
  package var unfoldedFields: [(name: String, value: [UInt8])] {
    fields.map { (RawText.decode(bytes[$0.name]), unfolded($0)) }
  }

  private func matches(_ field: Field, _ name: StaticString) -> Bool {
    let n = name.utf8CodeUnitCount
    guard field.name.count == n else { return false }
    return bytes.withUnsafeBufferPointer { p in
      let wanted = UnsafeBufferPointer(start: name.utf8Start, count: n)
      for i in 0..<n where ASCII.lower(p[field.name.lowerBound + i]) != ASCII.lower(wanted[i]) {
        return false
      }
      return true
    }
  }

  /// RFC 5322 §2.2.3: line ends go, the white space behind them stays. Lone CR and NUL become spaces.
  func unfolded(_ field: Field) -> [UInt8] {
    var out = [UInt8]()
    out.reserveCapacity(field.value.count)
    var i = field.value.lowerBound
    let end = field.value.upperBound
    while i < end {
      let b = bytes[i]
      if b == ASCII.lf || b == 0 {
        if b == 0 { out.append(ASCII.space) }
      } else if b == ASCII.cr {
        if !(i + 1 < end && (bytes[i + 1] == ASCII.lf || ASCII.isWSP(bytes[i + 1]))) {
          out.append(ASCII.space)
        }
      } else if !(out.isEmpty && ASCII.isWSP(b)) {
        out.append(b)
      }
      i += 1
    }
    while let last = out.last, ASCII.isWSP(last) { out.removeLast() }
    return out
  }
}

/// One walk over a header's lines.
struct HeaderScan {
  var start: Int
  /// Where the body begins.
  var end: Int
  var fields: [HeaderBlock.Field] = []
  var isTruncated = false
  /// The header ended at a line that is neither a field nor empty.
  var endedByJunk = false

  /// The octet that ends lines: LF, or CR in a text that has no LF.
  static func lineEnd(of p: UnsafeBufferPointer<UInt8>) -> UInt8 {
    guard let base = p.baseAddress, p.count > 0 else { return ASCII.lf }
    if memchr(base, Int32(ASCII.lf), p.count) != nil { return ASCII.lf }
    return memchr(base, Int32(ASCII.cr), p.count) != nil ? ASCII.cr : ASCII.lf
  }

  /// - Parameters:
  ///   - isFirst: whether a byte order mark or mbox line may come first.
  ///   - fieldsMax: how many fields are indexed.
  ///   - isBoundary: whether the line of these octets (line end excluded) ends the whole part.
  static func run(
    _ p: UnsafeBufferPointer<UInt8>, from: Int, lineEnd: UInt8, isFirst: Bool,
    fieldsMax: Int = HeaderBlock.fieldsMax, isBoundary: (Int, Int) -> Bool
  ) -> HeaderScan {
    var scan = HeaderScan(start: from, end: from)
    guard let base = p.baseAddress, from < p.count else { return scan }
    var at = from
    if isFirst, p.count - at >= 3, p[at] == 0xEF, p[at + 1] == 0xBB, p[at + 2] == 0xBF { at += 3 }
    var mayBeMbox = isFirst
    while at < p.count {
      // SAFETY: base is valid for p.count octets while the caller's closure runs; at < p.count.
      let hit = memchr(base + at, Int32(lineEnd), p.count - at)
      let next = hit.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) + 1 } ?? p.count
      var stop = hit == nil ? next : next - 1
      if lineEnd == ASCII.lf, stop > at, p[stop - 1] == ASCII.cr { stop -= 1 }
      if stop == at {
        scan.end = next
        return scan
      }
      let b = p[at]
      if ASCII.isWSP(b), !scan.fields.isEmpty {
        let last = scan.fields.count - 1
        if !scan.isTruncated {
          scan.fields[last] = .init(
            name: scan.fields[last].name, value: scan.fields[last].value.lowerBound..<stop)
        }
      } else if b == 0x2D, isBoundary(at, stop) {
        break
      } else if let colon = nameEnd(p, isFirst && scan.fields.isEmpty ? skipBlanks(p, at, stop) : at, stop) {
        if scan.fields.count < fieldsMax {
          scan.fields.append(.init(name: colon.start..<colon.name, value: colon.value..<stop))
        } else {
          scan.isTruncated = true
        }
      } else if mayBeMbox, isMboxLine(p, at, stop) {
        // skipped
      } else {
        scan.endedByJunk = true
        break
      }
      mayBeMbox = false
      at = next
    }
    scan.end = at
    return scan
  }

  /// `field-name = 1*%d33-57 / %d59-126`; white space before the colon is let pass.
  private static func nameEnd(
    _ p: UnsafeBufferPointer<UInt8>, _ from: Int, _ stop: Int
  ) -> (start: Int, name: Int, value: Int)? {
    var i = from
    while i < stop, p[i] > ASCII.space, p[i] != 0x3A, p[i] != 0x7F { i += 1 }
    guard i > from else { return nil }
    let name = i
    while i < stop, ASCII.isWSP(p[i]) { i += 1 }
    return i < stop && p[i] == 0x3A ? (from, name, i + 1) : nil
  }

  /// Some mails begin with a space before their first field.
  private static func skipBlanks(_ p: UnsafeBufferPointer<UInt8>, _ from: Int, _ stop: Int) -> Int {
    var i = from
    while i < stop, ASCII.isWSP(p[i]) { i += 1 }
    return i
  }

  private static func isMboxLine(_ p: UnsafeBufferPointer<UInt8>, _ from: Int, _ stop: Int) -> Bool {
    let line = p[from..<stop]
    return line.starts(with: "From ".utf8) || line.starts(with: ">From ".utf8)
  }
}
