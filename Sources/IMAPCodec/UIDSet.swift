internal import Bytes

/// A set of UIDs (or of message sequence numbers), kept as ranges whatever its size.
///
/// `1:4294967295` costs one range: a peer cannot make it grow by naming large numbers, only by
/// sending many ranges, which the framer's line limit bounds.
package struct UIDSet: Hashable, Sendable {
  /// Ascending, disjoint and not adjacent.
  package private(set) var ranges: [ClosedRange<UInt32>] = []

  package init() {}
  package init(_ range: ClosedRange<UInt32>) { ranges = [range] }
  package init(_ range: ClosedRange<UID>) { ranges = [range.lowerBound.value...range.upperBound.value] }
  package init(_ uid: UID) { ranges = [uid.value...uid.value] }

  /// The UIDs of `values`, in any order, repeated or not.
  /// - Complexity: O(n) when ascending, else O(n log n).
  package init(_ values: some Sequence<UInt32>) {
    var rest: [UInt32] = []
    for value in values where !appendAscending(value) { rest.append(value) }
    if rest.isEmpty { return }
    rest.sort()
    var other = UIDSet()
    for value in rest { _ = other.appendAscending(value) }
    formUnion(other)
  }

  package init(_ uids: some Sequence<UID>) { self.init(uids.lazy.map(\.value)) }

  /// Every UID that can be: `1:*`.
  package static let all = UIDSet(1...UInt32.max)

  package var isEmpty: Bool { ranges.isEmpty }

  /// How many UIDs are in the set.
  package var count: UInt64 { ranges.reduce(0) { $0 + Self.length($1) } }

  package var first: UID? { ranges.first.map { UID($0.lowerBound) } }
  package var last: UID? { ranges.last.map { UID($0.upperBound) } }

  /// - Complexity: O(log r) for r ranges.
  package func contains(_ uid: UID) -> Bool {
    let i = firstRange(endingAtOrBehind: uid.value)
    return i < ranges.count && ranges[i].lowerBound <= uid.value
  }

  package mutating func insert(_ uid: UID) { insert(uid.value...uid.value) }

  /// - Complexity: O(1) behind the end, else O(r) for r ranges.
  package mutating func insert(_ range: ClosedRange<UInt32>) {
    guard let last = ranges.last, range.lowerBound <= last.upperBound else {
      // Behind the end: the common case, since servers answer in ascending order.
      if let last = ranges.last, last.upperBound &+ 1 == range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound...range.upperBound
      } else {
        ranges.append(range)
      }
      return
    }
    var low = range.lowerBound
    var high = range.upperBound
    // The first range that touches: ends at low - 1 or behind.
    let start = firstRange(endingAtOrBehind: low == 0 ? 0 : low - 1)
    var end = start
    while end < ranges.count, ranges[end].lowerBound <= (high == .max ? high : high + 1) {
      low = min(low, ranges[end].lowerBound)
      high = max(high, ranges[end].upperBound)
      end += 1
    }
    ranges.replaceSubrange(start..<end, with: CollectionOfOne(low...high))
  }

  /// - Complexity: O(r + s) for r and s ranges.
  package mutating func formUnion(_ other: UIDSet) {
    if other.isEmpty { return }
    if isEmpty {
      self = other
      return
    }
    var merged = UIDSet()
    merged.ranges.reserveCapacity(ranges.count + other.ranges.count)
    var i = 0
    var j = 0
    while i < ranges.count || j < other.ranges.count {
      let mine =
        j >= other.ranges.count || (i < ranges.count && ranges[i].lowerBound <= other.ranges[j].lowerBound)
      merged.mergeAscending(mine ? ranges[i] : other.ranges[j])
      if mine { i += 1 } else { j += 1 }
    }
    self = merged
  }

  package func union(_ other: UIDSet) -> UIDSet {
    var result = self
    result.formUnion(other)
    return result
  }

  package mutating func remove(_ uid: UID) { subtract(UIDSet(uid)) }

  /// Takes out what is in `other`.
  /// - Complexity: O(r + s) for r and s ranges.
  package mutating func subtract(_ other: UIDSet) {
    if isEmpty || other.isEmpty { return }
    var result: [ClosedRange<UInt32>] = []
    result.reserveCapacity(ranges.count)
    var j = 0
    for range in ranges {
      var low = range.lowerBound
      var whole = true
      while j < other.ranges.count, other.ranges[j].upperBound < low { j += 1 }
      var k = j
      while k < other.ranges.count, other.ranges[k].lowerBound <= range.upperBound {
        let cut = other.ranges[k]
        if cut.lowerBound > low { result.append(low...cut.lowerBound - 1) }
        if cut.upperBound >= range.upperBound {
          whole = false
          break
        }
        low = cut.upperBound + 1
        k += 1
      }
      j = k
      if whole { result.append(low...range.upperBound) }
    }
    ranges = result
  }

  package func subtracting(_ other: UIDSet) -> UIDSet {
    var result = self
    result.subtract(other)
    return result
  }

  /// - Complexity: O(r + s) for r and s ranges.
  package func intersection(_ other: UIDSet) -> UIDSet {
    var result = UIDSet()
    var i = 0
    var j = 0
    while i < ranges.count, j < other.ranges.count {
      let low = max(ranges[i].lowerBound, other.ranges[j].lowerBound)
      let high = min(ranges[i].upperBound, other.ranges[j].upperBound)
      if low <= high { result.ranges.append(low...high) }
      if ranges[i].upperBound < other.ranges[j].upperBound { i += 1 } else { j += 1 }
    }
    return result
  }

  /// Adds a value behind the end; false when it is not behind it.
  private mutating func appendAscending(_ value: UInt32) -> Bool {
    guard let last = ranges.last else {
      ranges.append(value...value)
      return true
    }
    if value == last.upperBound { return true }
    guard value > last.upperBound else { return false }
    mergeAscending(value...value)
    return true
  }

  /// Adds a range whose lower bound is not below the last range's.
  private mutating func mergeAscending(_ range: ClosedRange<UInt32>) {
    if let last = ranges.last, last.upperBound == .max || range.lowerBound <= last.upperBound + 1 {
      ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
    } else {
      ranges.append(range)
    }
  }

  /// The index of the first range whose upper bound is at or above `value`.
  private func firstRange(endingAtOrBehind value: UInt32) -> Int {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  fileprivate static func length(_ range: ClosedRange<UInt32>) -> UInt64 {
    UInt64(range.upperBound) - UInt64(range.lowerBound) + 1
  }
}

extension UIDSet {
  /// Takes the lowest UIDs out.
  ///
  /// - Parameter n: at the most so many UIDs.
  /// - Parameter rangesMax: and at the most so many ranges, so that a command naming the result
  ///   stays short (Dovecot refuses command lines above 64 KB).
  package mutating func popFirst(_ n: UInt64, rangesMax: Int = 1000) -> UIDSet {
    var taken = UIDSet()
    var left = n
    var whole = 0
    for range in ranges {
      guard left > 0, taken.ranges.count < max(rangesMax, 1) else { break }
      if Self.length(range) <= left {
        taken.ranges.append(range)
        left -= Self.length(range)
        whole += 1
      } else {
        let cut = range.lowerBound + UInt32(left)  // left < length <= 2^32, and lower + left <= upper
        taken.ranges.append(range.lowerBound...cut - 1)
        ranges[whole] = cut...range.upperBound
        left = 0
      }
    }
    ranges.removeFirst(whole)
    return taken
  }

  /// Takes the highest UIDs out. Limits as in ``popFirst(_:rangesMax:)``.
  package mutating func popLast(_ n: UInt64, rangesMax: Int = 1000) -> UIDSet {
    var taken: [ClosedRange<UInt32>] = []
    var left = n
    while left > 0, taken.count < max(rangesMax, 1), let range = ranges.popLast() {
      if Self.length(range) <= left {
        taken.append(range)
        left -= Self.length(range)
      } else {
        let cut = range.upperBound - UInt32(left)
        taken.append(cut + 1...range.upperBound)
        ranges.append(range.lowerBound...cut)
        left = 0
      }
    }
    var set = UIDSet()
    set.ranges = taken.reversed()
    return set
  }

  /// The set cut into pieces of at most `count` UIDs, made as they are asked for.
  ///
  /// - Parameter newestFirst: the highest UIDs come in the first piece.
  package func windows(of count: UInt64, newestFirst: Bool = false) -> UIDSetWindows {
    UIDSetWindows(rest: self, count: max(count, 1), newestFirst: newestFirst)
  }

  /// Calls `body` with each UID, ascending. Meant for sets known to be small.
  package func forEach(_ body: (UID) throws -> Void) rethrows {
    for range in ranges { for value in range { try body(UID(value)) } }
  }

  /// The first `limit` UIDs, ascending.
  package func uids(atMost limit: Int) -> [UID] {
    var result: [UID] = []
    for range in ranges {
      for value in range {
        if result.count >= limit { return result }
        result.append(UID(value))
      }
    }
    return result
  }
}

/// The pieces of a ``UIDSet``, from ``UIDSet/windows(of:newestFirst:)``.
package struct UIDSetWindows: Sequence, IteratorProtocol, Sendable {
  fileprivate var rest: UIDSet
  fileprivate let count: UInt64
  fileprivate let newestFirst: Bool

  package mutating func next() -> UIDSet? {
    if rest.isEmpty { return nil }
    return newestFirst ? rest.popLast(count) : rest.popFirst(count)
  }
}

extension UIDSet: CustomStringConvertible {
  /// As on the wire: `1:5,9`; empty for the empty set, which has no wire form.
  package var text: String {
    var text = ""
    for range in ranges {
      if !text.isEmpty { text += "," }
      text += String(range.lowerBound)
      if range.upperBound != range.lowerBound { text += ":" + String(range.upperBound) }
    }
    return text
  }

  package var description: String { text }

  /// Reads `sequence-set`; nil when it is none.
  ///
  /// `*` counts as the highest UID there can be; `9:4` is `4:9` (RFC 9051 §9, `seq-range`). A 0 makes
  /// the whole set invalid.
  package init?(text: some Collection<UInt8>) {
    var cursor = ByteCursor([UInt8](text))
    repeat {
      guard let a = Self.number(&cursor) else { return nil }
      var b = a
      if cursor.skip(0x3A) {
        guard let upper = Self.number(&cursor) else { return nil }
        b = upper
      }
      insert(min(a, b)...max(a, b))
    } while cursor.skip(0x2C)
    guard cursor.isAtEnd else { return nil }
  }

  private static func number(_ cursor: inout ByteCursor) -> UInt32? {
    if cursor.skip(0x2A) { return .max }
    guard let value = ASCII.decimal(cursor.take(while: ASCII.isDigit), atMost: UInt64(UInt32.max)), value > 0
    else { return nil }
    return UInt32(value)
  }
}
