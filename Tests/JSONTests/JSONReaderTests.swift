import JSON
import Testing

@Suite struct JSONReaderTests {
  private func reader(_ text: String) throws -> JSONReader { try JSONReader([UInt8](text.utf8)) }

  @Test func `reads members, elements and values in order`() throws {
    var r = try reader(
      " { \"name\" : \"Zo\\u00eb\" , \"n\":-12,\"f\":1.5e1 ,\"list\":[ 1 , [ ] ,\"x\"],\"no\":null,\"yes\":true,\"skip\":{\"a\":[1]} } "
    )
    var seen: [String] = []
    try r.beginObject()
    while try r.nextKey() {
      seen.append(r.key)
      if r.keyIs("name") {
        #expect(try r.string() == "Zoë")
      } else if r.keyIs("n") {
        #expect(try r.int() == -12)
      } else if r.keyIs("f") {
        #expect(try r.double() == 15)
      } else if r.keyIs("list") {
        try r.beginArray()
        #expect(try r.nextElement())
        #expect(try r.int() == 1)
        #expect(try r.nextElement())
        #expect(try r.raw() == Array("[ ]".utf8))
        #expect(try r.nextElement())
        #expect(try r.string() == "x")
        #expect(try !r.nextElement())
      } else if r.keyIs("no") {
        let none = r.isNull()
        #expect(none)
      } else if r.keyIs("yes") {
        let none = r.isNull()
        #expect(!none)
        #expect(try r.bool())
      } else {
        try r.skip()
      }
    }
    #expect(seen == ["name", "n", "f", "list", "no", "yes", "skip"])
  }

  @Test func `names are compared as octets after unescaping`() throws {
    var r = try reader("{\"\\u006eame\":1,\"\u{212a}\":2,\"na\":3}")
    try r.beginObject()
    #expect(try r.nextKey())
    #expect(r.keyIs("name") && r.key == "name" && !r.keyIs("nam"))
    try r.skip()
    #expect(try r.nextKey())
    #expect(!r.keyIs("K") && r.keyIs("\u{212a}"))
    try r.skip()
    #expect(try r.nextKey())
    #expect(!r.keyIs("name") && r.keyIs("na"))
    try r.skip()
    #expect(try !r.nextKey())
  }

  static let integers: [(String, Int64?)] = [
    ("0", 0), ("-1", -1), ("9007199254740991", 9_007_199_254_740_991),
    ("-9007199254740991", -9_007_199_254_740_991),
    ("9007199254740992", nil), ("-9007199254740992", nil), ("9223372036854775807", nil),
    ("9223372036854775808", nil), ("18446744073709551616", nil), ("1.0", nil), ("1e3", nil), ("-0", nil),
    ("\"1\"", nil), ("true", nil), ("null", nil), (String(repeating: "9", count: 1000), nil),
  ]

  @Test(arguments: integers) func `integers are exact or refused`(_ text: String, _ expected: Int64?) throws {
    var r = try reader("{\"n\":\(text)}")
    try r.beginObject()
    _ = try r.nextKey()
    if let expected {
      #expect(try r.int() == expected)
    } else {
      #expect(throws: JSONError.self) { try r.int() }
    }
  }

  @Test func `doubles are finite or refused`() throws {
    for (text, expected) in [
      ("1", 1.0), ("-0", -0.0), ("1.5", 1.5), ("1e308", 1e308), ("1e-400", 0), ("0.1", 0.1), ("1E2", 100),
    ] {
      var r = try reader(text)
      #expect(try r.double() == expected)
    }
    for text in ["1e400", "-1e400", "\"1\"", "null", "[1]"] {
      var r = try reader(text)
      #expect(throws: JSONError.self) { try r.double() }
    }
  }

  @Test func `errors of type name the member`() throws {
    var r = try reader("{\"a\":{\"b\":\"x\"}}")
    try r.beginObject()
    _ = try r.nextKey()
    try r.beginObject()
    _ = try r.nextKey()
    #expect(throws: JSONError.wrongType("b", expected: "an object")) { try r.beginObject() }
    #expect(throws: JSONError.wrongType("b", expected: "an array")) { try r.beginArray() }
    #expect(throws: JSONError.wrongType("b", expected: "true or false")) { try r.bool() }
    #expect(throws: JSONError.wrongType("b", expected: "a number")) { try r.double() }
    var n = try reader("{\"n\":7}")
    try n.beginObject()
    _ = try n.nextKey()
    var again = n
    #expect(throws: JSONError.wrongType("n", expected: "a string")) { try n.string() }
    #expect(throws: JSONError.self) { try again.int(in: 8...9) }
  }

  @Test func `misuse is an error, not a trap`() throws {
    var r = try reader("{\"a\":1}")
    #expect(throws: JSONError.self) { try r.beginArray() }
    try r.beginObject()
    _ = try r.nextKey()
    #expect(throws: JSONError.self) { try r.nextKey() }
    try r.skip()
    #expect(try !r.nextKey())
    #expect(throws: JSONError.self) { try r.skip() }
    #expect(throws: JSONError.self) { try r.string() }
    let none = r.isNull()
    #expect(!none)
    for range in [0..<0, 3..<90, 90..<100] {
      var odd = JSONReader(Array("{\"a\":1}".utf8), range: range)
      _ = try? odd.beginObject()
      _ = try? odd.nextKey()
      _ = try? odd.raw()
    }
  }

  @Test func `reading any octets without validation stays within them`() {
    var generator = SystemRandomNumberGenerator()
    let alphabet = [UInt8]("{}[]\",:\\u0041e-1tfn \u{e9}".utf8)
    for _ in 0..<2000 {
      let count = Int.random(in: 0..<24, using: &generator)
      let bytes = (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
      var r = JSONReader(bytes, range: 0..<bytes.count)
      _ = try? r.value()
      var s = JSONReader(bytes, range: 0..<bytes.count)
      _ = try? s.skip()
    }
  }

  @Test func `reads one value out of many without copying`() throws {
    let bytes = [UInt8]("[1] {\"a\":\"b\"} 2".utf8)
    var r = JSONReader(bytes, range: 4..<13)
    #expect(try r.value() == ["a": "b"])
  }

  @Test func `strings are unescaped`() throws {
    for (text, expected) in [
      ("\"\"", ""), ("\"a\\\"b\\\\c\\/d\"", "a\"b\\c/d"), ("\"\\b\\f\\n\\r\\t\"", "\u{8}\u{c}\n\r\t"),
      ("\"\\uD83D\\uDE00\"", "\u{1f600}"), ("\"\\u0000\"", "\u{0}"),
      ("\"\u{20ac}\\u20AC\"", "\u{20ac}\u{20ac}"),
    ] {
      var r = try reader(text)
      #expect(try Array(r.string().utf8) == Array(expected.utf8))
    }
  }
}
