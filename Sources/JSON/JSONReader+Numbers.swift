extension JSONReader {
  /// The greatest integer that every JSON reader keeps exactly (RFC 7493 §2.2): 2^53 - 1.
  package static let intMax: Int64 = 9_007_199_254_740_991

  /// An integer from -(2^53 - 1) to 2^53 - 1, written without fraction or exponent.
  ///
  /// `1.0`, `1e3` and `-0` are not integers here: what is written must be what is meant.
  package mutating func int() throws(JSONError) -> Int64 {
    guard kind() == .number else { throw wrongType("an integer") }
    let digits = octets(try takeValue())
    var value: Int64 = 0
    let negative = digits.first == 0x2D
    for c in negative ? digits.dropFirst() : digits {
      guard c &- 0x30 < 10 else { throw wrongType("an integer, without fraction or exponent") }
      value = value * 10 + Int64(c &- 0x30)
      if value > Self.intMax { throw outOfRange("an integer within 2^53") }
    }
    if negative && value == 0 { throw outOfRange("an integer; -0 is none") }
    return negative ? -value : value
  }

  /// An integer within `range`.
  package mutating func int(in range: ClosedRange<Int64>) throws(JSONError) -> Int64 {
    let value = try int()
    guard range.contains(value) else {
      throw outOfRange("an integer from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// A finite number; one too large for a double is refused, one too small for it is 0.
  package mutating func double() throws(JSONError) -> Double {
    guard kind() == .number else { throw wrongType("a number") }
    let text = String(decoding: octets(try takeValue()), as: UTF8.self)
    guard let value = Double(text), value.isFinite else { throw outOfRange("a number within a double") }
    return value
  }
}
