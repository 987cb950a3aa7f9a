/// UIDs, ascending and without duplicates, kept as ranges.
struct UIDRanges: Sendable, Equatable {
  /// Ascending, disjoint, not touching each other.
  private(set) var ranges: [ClosedRange<UInt32>] = []

  init() {}

  init(_ range: ClosedRange<UInt32>) { ranges = [range] }

  init(ascending uids: some Sequence<UInt32>) {
    for uid in uids { insert(uid) }
  }

  var isEmpty: Bool { ranges.isEmpty }
  var count: Int { ranges.reduce(0) { $0 + $1.count } }
  var first: UInt32? { ranges.first?.lowerBound }
  var last: UInt32? { ranges.last?.upperBound }

  func contains(_ uid: UInt32) -> Bool {
    let i = index(atOrBehind: uid)
    return i < ranges.count && ranges[i].lowerBound <= uid
  }

  mutating func insert(_ uid: UInt32) { insert(uid...uid) }

  mutating func insert(_ range: ClosedRange<UInt32>) {
    var lower = range.lowerBound
    var upper = range.upperBound
    let from = index(atOrBehind: lower == 0 ? 0 : lower - 1)
    var to = from
    while to < ranges.count, UInt64(ranges[to].lowerBound) <= UInt64(upper) + 1 {
      lower = Swift.min(lower, ranges[to].lowerBound)
      upper = Swift.max(upper, ranges[to].upperBound)
      to += 1
    }
    ranges.replaceSubrange(from..<to, with: [lower...upper])
  }

  mutating func remove(_ uid: UInt32) {
    let i = index(atOrBehind: uid)
    guard i < ranges.count, ranges[i].contains(uid) else { return }
    let range = ranges[i]
    var parts: [ClosedRange<UInt32>] = []
    if range.lowerBound < uid { parts.append(range.lowerBound...(uid - 1)) }
    if uid < range.upperBound { parts.append((uid + 1)...range.upperBound) }
    ranges.replaceSubrange(i...i, with: parts)
  }

  func intersection(_ other: UIDRanges) -> UIDRanges {
    var out = UIDRanges()
    var i = 0
    var j = 0
    while i < ranges.count, j < other.ranges.count {
      let lower = Swift.max(ranges[i].lowerBound, other.ranges[j].lowerBound)
      let upper = Swift.min(ranges[i].upperBound, other.ranges[j].upperBound)
      if lower <= upper { out.ranges.append(lower...upper) }
      if ranges[i].upperBound < other.ranges[j].upperBound { i += 1 } else { j += 1 }
    }
    return out
  }

  func subtracting(_ other: UIDRanges) -> UIDRanges {
    var out = UIDRanges()
    var j = 0
    for range in ranges {
      var lower = UInt64(range.lowerBound)
      while j < other.ranges.count, other.ranges[j].upperBound < range.lowerBound { j += 1 }
      var k = j
      while k < other.ranges.count, other.ranges[k].lowerBound <= range.upperBound {
        let cut = other.ranges[k]
        if lower < UInt64(cut.lowerBound) { out.ranges.append(UInt32(lower)...(cut.lowerBound - 1)) }
        lower = UInt64(cut.upperBound) + 1
        k += 1
      }
      if lower <= UInt64(range.upperBound) { out.ranges.append(UInt32(lower)...range.upperBound) }
    }
    return out
  }

  mutating func formUnion(_ other: UIDRanges) { for range in other.ranges { insert(range) } }

  /// The UID with message sequence number `number`, counted from 1.
  func uid(number: Int) -> UInt32? {
    var left = number - 1
    guard left >= 0 else { return nil }
    for range in ranges {
      if left < range.count { return range.lowerBound + UInt32(left) }
      left -= range.count
    }
    return nil
  }

  /// The message sequence number of `uid`.
  func number(of uid: UInt32) -> Int? {
    var before = 0
    for range in ranges {
      if range.contains(uid) { return before + Int(uid - range.lowerBound) + 1 }
      if range.lowerBound > uid { return nil }
      before += range.count
    }
    return nil
  }

  /// The UIDs whose message sequence numbers are in `numbers`, itself a set of numbers.
  func uids(numbers: UIDRanges) -> UIDRanges {
    var out = UIDRanges()
    var before: UInt64 = 0
    for range in ranges {
      let here = (before + 1)...(before + UInt64(range.count))
      for wanted in numbers.ranges {
        let lower = Swift.max(UInt64(wanted.lowerBound), here.lowerBound)
        let upper = Swift.min(UInt64(wanted.upperBound), here.upperBound)
        guard lower <= upper else { continue }
        out.insert(
          (range.lowerBound + UInt32(lower - here.lowerBound))...(range.lowerBound
            + UInt32(upper - here.lowerBound)))
      }
      before = here.upperBound
    }
    return out
  }

  /// The message sequence numbers of `uids`, all of which must be here.
  func numbers(of uids: UIDRanges) -> UIDRanges {
    var out = UIDRanges()
    var before = 0
    for range in ranges {
      let part = UIDRanges(range).intersection(uids)
      for p in part.ranges {
        let lower = UInt32(before) + (p.lowerBound - range.lowerBound) + 1
        out.insert(lower...(lower + (p.upperBound - p.lowerBound)))
      }
      before += range.count
    }
    return out
  }

  /// As in a command: "1:5,9".
  var text: String {
    ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound):\($0.upperBound)" }.joined(
      separator: ",")
  }

  /// The index of the first range that ends at or behind `uid`.
  private func index(atOrBehind uid: UInt32) -> Int {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < uid { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension UIDRanges: Sequence {
  /// One UID after the other, ascending.
  func makeIterator() -> some IteratorProtocol<UInt32> {
    ranges.lazy.flatMap { $0 }.makeIterator()
  }
}
