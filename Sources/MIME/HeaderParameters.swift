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
    /// Lower-case, without section and `*`.
    var name: [UInt8]
    var section: Int?
    var isExtended: Bool
    var value: [UInt8]
  }

  private var items: [Item] = []
  /// Whether there were more than ``countMax``.
  package private(set) var isTruncated = false

  init() {}

  /// - Parameter bytes: an unfolded value; `from` is where the first parameter or its semicolon stands.
  init(_ bytes: [UInt8], from: Int) {
    var i = from
    while i < bytes.count {
      let b = bytes[i]
      if b == 0x3B || b <= ASCII.space {
        i += 1
      } else if b == 0x28 {
        Self.skipComment(bytes, &i)
      } else {
        if items.count == Self.countMax {
          isTruncated = true
          return
        }
        item(bytes, &i)
      }
    }
  }

  private mutating func item(_ bytes: [UInt8], _ i: inout Int) {
    let start = i
    while i < bytes.count, bytes[i] != 0x3D, bytes[i] != 0x3B, bytes[i] > ASCII.space { i += 1 }
    let name = bytes[start..<i]
    while i < bytes.count, bytes[i] <= ASCII.space { i += 1 }
    guard i < bytes.count, bytes[i] == 0x3D else { return }
    i += 1
    while i < bytes.count, bytes[i] <= ASCII.space { i += 1 }
    let value = i < bytes.count && bytes[i] == ASCII.quote ? Self.quoted(bytes, &i) : Self.bare(bytes, &i)
    if !name.isEmpty { add(name, value) }
  }

  private mutating func add(_ raw: ArraySlice<UInt8>, _ value: [UInt8]) {
    var parts = ASCII.lowercased(raw).split(separator: 0x2A, omittingEmptySubsequences: false)
    var extended = false
    if parts.count > 1, parts[parts.count - 1].isEmpty {
      extended = true
      parts.removeLast()
    }
    var section: Int?
    if parts.count == 2, let n = ASCII.decimal(parts[1], atMost: 1_000_000) { section = Int(n) }
    guard let name = parts.first, !name.isEmpty else { return }
    items.append(Item(name: [UInt8](name), section: section, isExtended: extended, value: value))
  }

  /// Escapes are resolved for `"` and `\` only: Windows paths stand in file names as they are.
  private static func quoted(_ bytes: [UInt8], _ i: inout Int) -> [UInt8] {
    var out = [UInt8]()
    i += 1
    while i < bytes.count, bytes[i] != ASCII.quote {
      if bytes[i] == ASCII.backslash, i + 1 < bytes.count,
        bytes[i + 1] == ASCII.quote || bytes[i + 1] == ASCII.backslash
      {
        i += 1
      }
      out.append(bytes[i])
      i += 1
    }
    i += 1
    return out
  }

  /// Up to `;`; spaces inside belong to it unless another `name=` follows them.
  private static func bare(_ bytes: [UInt8], _ i: inout Int) -> [UInt8] {
    let start = i
    while i < bytes.count, bytes[i] != 0x3B {
      if bytes[i] <= ASCII.space {
        var j = i
        while j < bytes.count, bytes[j] <= ASCII.space { j += 1 }
        if j < bytes.count, bytes[j] == 0x28 { break }
        var k = j
        while k < bytes.count, k - j < 40,
          ASCII.isAlphanumeric(bytes[k]) || bytes[k] == 0x2A || bytes[k] == 0x2D
        {
          k += 1
        }
        if k > j, k < bytes.count, bytes[k] == 0x3D, k + 1 < bytes.count, bytes[k + 1] != 0x3F { break }
        i = j
      } else {
        i += 1
      }
    }
    var value = bytes[start..<min(i, bytes.count)]
    while let last = value.last, last <= ASCII.space { value = value.dropLast() }
    return [UInt8](value)
  }

  static func skipComment(_ bytes: [UInt8], _ i: inout Int) {
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

  /// Parameters that are written whole and without escapes, in order, as text.
  var plainOnes: [(name: String, value: String)] {
    items.filter { $0.section == nil && !$0.isExtended }.map {
      (RawText.decode($0.name), RawText.decode($0.value))
    }
  }

  /// The value as it stands: for tokens and boundaries.
  package func raw(_ name: StaticString) -> [UInt8]? {
    if let item = items.first(where: { ASCII.equalsIgnoringCase($0.name, name) && $0.section == nil }) {
      return item.isExtended ? Self.unpercent(Self.charsetAndValue(item.value).value) : item.value
    }
    let sections = self.sections(name)
    return sections.isEmpty ? nil : sections.flatMap(\.value)
  }

  /// The value as text; `name*` and `name*0` win over `name`.
  package func text(_ name: StaticString) -> String? {
    let sections = self.sections(name)
    if !sections.isEmpty { return Self.text(sections) }
    if let item = items.first(where: {
      $0.section == nil && $0.isExtended && ASCII.equalsIgnoringCase($0.name, name)
    }) {
      return Self.text([item])
    }
    return plain(name)
  }

  /// The value of `name` without any star; nil when there is none.
  func plain(_ name: StaticString) -> String? {
    items.first { $0.section == nil && !$0.isExtended && ASCII.equalsIgnoringCase($0.name, name) }
      .map { HeaderText.tidy(EncodedWord.decode($0.value)) }
  }

  /// The continuations of `name` by number, each number once.
  private func sections(_ name: StaticString) -> [Item] {
    let mine = items.filter { $0.section != nil && ASCII.equalsIgnoringCase($0.name, name) }
    guard mine.count > 1 else { return mine }
    let sorted = mine.enumerated().sorted {
      ($0.element.section ?? 0, $0.offset) < ($1.element.section ?? 0, $1.offset)
    }.map(\.element)
    var out = [Item]()
    for item in sorted where out.last?.section != item.section { out.append(item) }
    return out
  }

  private static func text(_ items: [Item]) -> String {
    var bytes = [UInt8]()
    var charset = Charset.unlabelled
    for (n, item) in items.enumerated() {
      if item.isExtended {
        var value = item.value[...]
        if n == 0 {
          let (label, rest) = charsetAndValue(item.value)
          if let label { charset = Charset(label: label) }
          value = rest
        }
        bytes += unpercent(value)
      } else {
        bytes += item.value
      }
    }
    // Some put encoded words inside.
    if !items.contains(where: \.isExtended) || bytes.starts(with: "=?".utf8) {
      return HeaderText.tidy(EncodedWord.decode(bytes))
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
