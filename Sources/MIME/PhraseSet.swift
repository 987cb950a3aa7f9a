/// Phrases to be looked for in octets, found by their first octet.
struct PhraseSet: Sendable {
  private let byFirst: [[[UInt8]]]
  private let byLast: [[[UInt8]]]
  /// For each two octets whether a phrase begins with them: most places in a text are told off by that.
  private let pairs: [Bool]

  init(_ phrases: [String]) {
    var table = [[[UInt8]]](repeating: [], count: 256)
    var ends = table
    for phrase in phrases {
      let bytes = Array(phrase.utf8)
      if let first = bytes.first { table[Int(first)].append(bytes) }
      if let last = bytes.last { ends[Int(last)].append(bytes) }
    }
    var pairs = [Bool](repeating: false, count: 65_536)
    for phrase in table.joined() {
      let seconds = phrase.count > 1 ? Int(phrase[1])..<Int(phrase[1]) + 1 : 0..<256
      for second in seconds { pairs[Int(phrase[0]) << 8 | second] = true }
    }
    self.pairs = pairs
    byFirst = table
    byLast = ends
  }

  /// The length of the longest phrase that `text` begins with; nil when none does.
  func prefix(of text: ArraySlice<UInt8>) -> Int? {
    guard let first = text.first else { return nil }
    var longest: Int?
    for phrase in byFirst[Int(first)] where phrase.count <= text.count && phrase.count > longest ?? 0 {
      if text.starts(with: phrase) { longest = phrase.count }
    }
    return longest
  }

  /// The length of the longest phrase that `text` ends with; nil when none does.
  func suffix(of text: ArraySlice<UInt8>) -> Int? {
    guard let last = text.last else { return nil }
    var longest: Int?
    for phrase in byLast[Int(last)] where phrase.count <= text.count && phrase.count > longest ?? 0 {
      if text.suffix(phrase.count).elementsEqual(phrase) { longest = phrase.count }
    }
    return longest
  }

  /// Whether one of the phrases stands anywhere in `text`.
  func isIn(_ text: ArraySlice<UInt8>) -> Bool {
    text.withUnsafeBufferPointer { p in
      pairs.withUnsafeBufferPointer { pairs in
        for i in p.indices {
          // At the last octet anything may follow.
          guard i + 1 == p.count || pairs[Int(p[i]) << 8 | Int(p[i + 1])] else { continue }
          if prefix(of: text[(text.startIndex + i)...]) != nil { return true }
        }
        return false
      }
    }
  }
}

/// Looking for a few octets in many.
enum Octets {
  static func contain(_ text: [UInt8], _ wanted: StaticString) -> Bool { index(in: text, of: wanted) != nil }

  /// Where `wanted` first begins.
  /// - Complexity: O(*nm*) at the worst; for short ones.
  static func index(in text: [UInt8], of wanted: StaticString) -> Int? {
    let needle = UnsafeBufferPointer(start: wanted.utf8Start, count: wanted.utf8CodeUnitCount)
    guard let first = needle.first, text.count >= needle.count else { return nil }
    for i in 0...(text.count - needle.count) where text[i] == first {
      var k = 1
      while k < needle.count, text[i + k] == needle[k] { k += 1 }
      if k == needle.count { return i }
    }
    return nil
  }
}
