internal import Bytes

/// The `; name=value` parameters behind a Content-Type or Content-Disposition (RFC 2045 §5.1, RFC 2231).
///
/// Understands continuations (`name*0`, also out of order), character sets and percent escapes
/// (`name*=utf-8''…`), and what broken clients send: encoded words, unquoted spaces, missing
/// semicolons, raw octets.
package struct HeaderParameters: Sendable {
  /// The most parameters that are looked at.
  package static let countMax = 128

  private struct Item {
    /// Without section and `*`.
    var name: Range<Int>
    var value: Range<Int>
    /// The number of a continuation; -1 for none.
    var section: Int
    var isExtended: Bool
    /// Whether the value has backslashes to resolve.
    var isEscaped: Bool
  }

  /// The unfolded value that all lie in.
  private var bytes: [UInt8] = []
  private var items: [Item] = []
  private var guess: Charset = .windows1252
  /// Whether there were more than ``countMax``.
  package private(set) var isTruncated = false

  init() {}

  /// - Parameters:
  ///   - bytes: an unfolded value; `from` is where the first parameter or its semicolon stands.
  ///   - guess: what raw octets are read as where they are not UTF-8.
  init(_ bytes: [UInt8], from: Int, else guess: Charset = .windows1252) {
    self.bytes = bytes
    self.guess = guess
    bytes.withUnsafeBufferPointer { p in
      var i = from
      while i < p.count {
        let b = p[i]
        if b == 0x3B || b <= ASCII.space {
          i += 1
        } else if b == 0x28 {
          Self.skipComment(p, &i)
        } else {
          if items.count == Self.countMax {
            isTruncated = true
            return
          }
          item(p, &i)
        }
      }
    }
  }

  private mutating func item(_ p: UnsafeBufferPointer<UInt8>, _ i: inout Int) {
    let start = i
    while i < p.count, p[i] != 0x3D, p[i] != 0x3B, p[i] > ASCII.space { i += 1 }
    let name = start..<i
    while i < p.count, p[i] <= ASCII.space { i += 1 }
    guard i < p.count, p[i] == 0x3D else { return }
    i += 1
    while i < p.count, p[i] <= ASCII.space { i += 1 }
    if i < p.count, p[i] == ASCII.quote {
      let (value, isEscaped) = Self.quoted(p, &i)
      add(p, name, value, isEscaped)
    } else {
      add(p, name, Self.bare(p, &i), false)
    }
  }

  /// `attribute = token ["*" section] ["*"]`
  private mutating func add(
    _ p: UnsafeBufferPointer<UInt8>, _ raw: Range<Int>, _ value: Range<Int>, _ isEscaped: Bool
  ) {
    var item = Item(name: raw, value: value, section: -1, isExtended: false, isEscaped: isEscaped)
    if let star = OctetRun.find(0x2A, p, raw.lowerBound, raw.upperBound) {
      item.name = raw.lowerBound..<star
      var rest = p[star + 1..<raw.upperBound]
      item.isExtended = rest.isEmpty || rest.last == 0x2A
      if rest.last == 0x2A { rest = rest.dropLast() }
      if let n = ASCII.decimal(rest, atMost: 1_000_000) { item.section = Int(n) }
    }
    if !item.name.isEmpty { items.append(item) }
  }

  /// Escapes count for `"` and `\` only: Windows paths stand in file names as they are.
  private static func quoted(_ p: UnsafeBufferPointer<UInt8>, _ i: inout Int) -> (Range<Int>, isEscaped: Bool)
  {
    i += 1
    let start = i
    var isEscaped = false
    while i < p.count, p[i] != ASCII.quote {
      if p[i] == ASCII.backslash, i + 1 < p.count, p[i + 1] == ASCII.quote || p[i + 1] == ASCII.backslash {
        isEscaped = true
        i += 1
      }
      i += 1
    }
    let stop = min(i, p.count)
    i = min(i + 1, p.count)
    return (start..<stop, isEscaped)
  }

  /// Up to `;`; spaces inside belong to it unless another `name=` follows them.
  private static func bare(_ p: UnsafeBufferPointer<UInt8>, _ i: inout Int) -> Range<Int> {
    let start = i
    while i < p.count, p[i] != 0x3B {
      if p[i] <= ASCII.space {
        var j = i
        while j < p.count, p[j] <= ASCII.space { j += 1 }
        if j < p.count, p[j] == 0x28 { break }
        var k = j
        while k < p.count, k - j < 40, ASCII.isAlphanumeric(p[k]) || p[k] == 0x2A || p[k] == 0x2D { k += 1 }
        if k > j, k < p.count, p[k] == 0x3D, k + 1 < p.count, p[k + 1] != 0x3F { break }
        i = j
      } else {
        i += 1
      }
    }
    var stop = min(i, p.count)
    while stop > start, p[stop - 1] <= ASCII.space { stop -= 1 }
    return start..<stop
  }

  private func value(_ item: Item) -> [UInt8] {
    guard item.isEscaped else { return Array(bytes[item.value]) }
    var out = [UInt8]()
    out.reserveCapacity(item.value.count)
    var i = item.value.lowerBound
    while i < item.value.upperBound {
      if bytes[i] == ASCII.backslash, i + 1 < item.value.upperBound,
        bytes[i + 1] == ASCII.quote || bytes[i + 1] == ASCII.backslash
      {
        i += 1
      }
      out.append(bytes[i])
      i += 1
    }
    return out
  }

  private func isNamed(_ item: Item, _ name: StaticString) -> Bool {
    item.name.count == name.utf8CodeUnitCount && ASCII.equalsIgnoringCase(bytes[item.name], name)
  }

  private static func skipComment(_ bytes: UnsafeBufferPointer<UInt8>, _ i: inout Int) {
    var depth = 0
    while i < bytes.count {
      if bytes[i] == ASCII.backslash {
        i += 1
      } else if bytes[i] == 0x28 {
        depth += 1
      } else if bytes[i] == 0x29 {
        depth -= 1
      }
      i += 1
      if depth == 0 { return }
    }
  }

  /// Parameters that are written whole and without escapes, in order, as text; names in small letters.
  var plainOnes: [(name: String, value: String)] {
    items.filter { $0.section < 0 && !$0.isExtended }.map {
      (RawText.decode(ASCII.lowercased(bytes[$0.name])), RawText.decode(value($0)))
    }
  }

  /// The value as it stands: for tokens and boundaries.
  package func raw(_ name: StaticString) -> [UInt8]? {
    if let item = items.first(where: { $0.section < 0 && isNamed($0, name) }) {
      let value = value(item)
      return item.isExtended ? Self.unpercent(Self.charsetAndValue(value).value) : value
    }
    let sections = self.sections(name)
    return sections.isEmpty ? nil : sections.flatMap(value)
  }

  /// The value as text; `name*` and `name*0` win over `name`.
  package func text(_ name: StaticString) -> String? {
    guard items.contains(where: { isNamed($0, name) }) else { return nil }
    let sections = self.sections(name)
    if !sections.isEmpty { return text(sections) }
    if let item = items.first(where: { $0.section < 0 && $0.isExtended && isNamed($0, name) }) {
      return text([item])
    }
    return plain(name)
  }

  /// The value of `name` without any star; nil when there is none.
  func plain(_ name: StaticString) -> String? { plains(name).first }

  /// The values of all `name` without any star.
  func plains(_ name: StaticString) -> [String] {
    items.filter { $0.section < 0 && !$0.isExtended && isNamed($0, name) }
      .map { HeaderText.tidy(EncodedWord.decode(value($0), else: guess)) }
  }

  /// The continuations of `name` by number, each number once.
  private func sections(_ name: StaticString) -> [Item] {
    let mine = items.filter { $0.section >= 0 && isNamed($0, name) }
    guard mine.count > 1 else { return mine }
    let sorted = mine.enumerated().sorted {
      ($0.element.section, $0.offset) < ($1.element.section, $1.offset)
    }.map(\.element)
    var out = [Item]()
    for item in sorted where out.last?.section != item.section { out.append(item) }
    return out
  }

  private func text(_ items: [Item]) -> String {
    var bytes = [UInt8]()
    var charset = Charset.unlabelled
    for (n, item) in items.enumerated() {
      let all = value(item)
      if item.isExtended {
        var value = all[...]
        if n == 0 {
          let (label, rest) = Self.charsetAndValue(all)
          if let label { charset = Charset(label: label) }
          value = rest
        }
        bytes += Self.unpercent(value)
      } else {
        bytes += all
      }
    }
    // Some put encoded words inside.
    if !items.contains(where: \.isExtended) || bytes.starts(with: "=?".utf8) {
      return HeaderText.tidy(EncodedWord.decode(bytes, else: guess))
    }
    return HeaderText.tidy(charset.decode(bytes).text)
  }

  /// `[charset] "'" [language] "'" value`
  private static func charsetAndValue(_ value: [UInt8]) -> (
    label: ArraySlice<UInt8>?, value: ArraySlice<UInt8>
  ) {
    guard let first = value.firstIndex(of: 0x27), let second = value[(first + 1)...].firstIndex(of: 0x27)
    else {
      return (nil, value[...])
    }
    return (first > 0 ? value[..<first] : nil, value[(second + 1)...])
  }

  private static func unpercent(_ value: ArraySlice<UInt8>) -> [UInt8] {
    var out = [UInt8]()
    out.reserveCapacity(value.count)
    var i = value.startIndex
    while i < value.endIndex {
      if value[i] == 0x25, i + 2 < value.endIndex, let high = ASCII.hexValue(value[i + 1]),
        let low = ASCII.hexValue(value[i + 2])
      {
        out.append(high << 4 | low)
        i += 3
      } else {
        out.append(value[i])
        i += 1
      }
    }
    return out
  }
}
