/// Numbers that follow from a seed and nothing else (SplitMix64, Steele, Lea and Flood 2014).
struct Rand: RandomNumberGenerator {
  private var state: UInt64

  /// Equal keys give equal numbers, on every machine and in every run.
  init(_ keys: UInt64...) {
    state = 0x9E37_79B9_7F4A_7C15
    for key in keys { state = Self.mix(state ^ key &* 0xD6E8_FEB8_6659_FD93) }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// 0..<n, n at least 1. The small bias does no harm here.
  mutating func below(_ n: Int) -> Int { Int(next() % UInt64(max(n, 1))) }

  mutating func chance(percent: Int) -> Bool { below(100) < percent }

  mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// FNV-1a of the octets of `text`.
  static func hash(_ text: some Sequence<UInt8>) -> UInt64 {
    text.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
