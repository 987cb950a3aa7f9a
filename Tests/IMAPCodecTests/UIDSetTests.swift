import IMAPCodec
import Testing

@Suite struct UIDSetTests {
  @Test(arguments: [
    ("1", "1"), ("1:5", "1:5"), ("5:1", "1:5"), ("1,2,3", "1:3"), ("9,4:6,5,7", "4:7,9"), ("3,1", "1,3"),
    ("1:4294967295", "1:4294967295"), ("12:*", "12:4294967295"), ("*", "4294967295"),
    ("4294967295,4294967294", "4294967294:4294967295"), ("1:*,5", "1:4294967295"),
  ])
  func `reads sets as servers write them`(text: String, canonical: String) throws {
    let set = try #require(UIDSet(text: text.utf8))
    #expect(set.text == canonical)
    #expect(UIDSet(text: set.text.utf8) == set)
  }

  @Test(arguments: [
    "", "0", "1,", ",1", "1:", ":1", "1::2", "a", "1 2", "-1", "4294967296", "99999999999999999999", "1:0",
    "0x1",
  ])
  func `refuses what is no set`(text: String) {
    #expect(UIDSet(text: text.utf8) == nil)
  }

  @Test func `counts without overflow and holds one range however large`() {
    let set = UIDSet.all
    #expect(set.count == 4_294_967_295)
    #expect(set.ranges.count == 1)
    #expect(UIDSet(0...UInt32.max).count == 4_294_967_296)
  }

  @Test func `agrees with a set of numbers through all operations`() {
    var random = Random(seed: 7)
    for _ in 0..<300 {
      var a = UIDSet()
      var b = UIDSet()
      var plainA = Set<UInt32>()
      var plainB = Set<UInt32>()
      for _ in 0..<random.next(20) {
        let low = UInt32(random.next(60) + 1)
        let high = low + UInt32(random.next(6))
        a.insert(low...high)
        plainA.formUnion(low...high)
        let single = UInt32(random.next(60) + 1)
        b.insert(UID(single))
        plainB.insert(single)
      }
      check(a, plainA)
      check(b, plainB)
      check(a.union(b), plainA.union(plainB))
      check(a.subtracting(b), plainA.subtracting(plainB))
      check(b.subtracting(a), plainB.subtracting(plainA))
      check(a.intersection(b), plainA.intersection(plainB))
      check(UIDSet(plainA.shuffled(using: &random)), plainA)
      for value in UInt32(0)...70 { #expect(a.contains(UID(value)) == plainA.contains(value)) }
      let size = UInt64(random.next(9) + 1)
      let pieces = Array(a.windows(of: size))
      #expect(pieces.dropLast().allSatisfy { $0.count == size })
      #expect(pieces.reduce(UIDSet()) { $0.union($1) } == a)
      let backward = Array(a.windows(of: size, newestFirst: true))
      #expect(backward.reduce(UIDSet()) { $0.union($1) } == a)
      #expect(backward.first?.last == a.last)
    }
  }

  private func check(_ set: UIDSet, _ plain: Set<UInt32>) {
    #expect(set.count == UInt64(plain.count))
    #expect(set.ranges.flatMap { Array($0) } == plain.sorted())
    for (x, y) in zip(set.ranges, set.ranges.dropFirst()) { #expect(x.upperBound + 1 < y.lowerBound) }
    #expect(set.uids(atMost: 1000).map(\.value) == plain.sorted())
  }

  @Test func `works at the upper end of the numbers`() {
    var set = UIDSet(UInt32.max...UInt32.max)
    set.insert(UInt32.max...UInt32.max)
    set.insert(UInt32.max - 1...UInt32.max)
    #expect(set.text == "4294967294:4294967295")
    set.insert(0...0)
    #expect(set.ranges == [0...0, UInt32.max - 1...UInt32.max])
    set.subtract(UIDSet(UInt32.max...UInt32.max))
    #expect(set.ranges == [0...0, UInt32.max - 1...UInt32.max - 1])
    var all = UIDSet.all
    #expect(all.popFirst(10).text == "1:10")
    #expect(all.popLast(1).text == "4294967295")
    #expect(all.text == "11:4294967294")
  }

  @Test func `cuts pieces by ranges too`() {
    var set = UIDSet((1...100).map { UInt32($0 * 2) })
    #expect(set.popFirst(.max, rangesMax: 30).count == 30)
    #expect(set.popLast(.max, rangesMax: 30).count == 30)
    #expect(set.count == 40)
  }
}

/// A small generator that gives the same numbers each time (Numerical Recipes' LCG).
struct Random: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }

  mutating func next(_ below: Int) -> Int { Int(next() >> 11) % below }
}
