import JSON
import Testing

/// What RFC 8259 leaves to its implementations, as `protocol/json.md` says we have chosen.
@Suite struct ChoicesTests {
  enum Choice: Sendable { case taken, refused }

  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let octets: [UInt8]
    let choice: Choice
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ choice: Choice) {
      (self.name, octets, self.choice) = (name, Array(text.utf8), choice)
    }

    init(_ name: String, octets: [UInt8], _ choice: Choice) {
      (self.name, self.octets, self.choice) = (name, octets, choice)
    }
  }

  private static func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      bigEndian
        ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
  }

  static let rows: [Row] = [
    // §2: any value, not only an object or array.
    Row("a number alone", "7", .taken), Row("a string alone", "\"\"", .taken),
    Row("null alone", "null", .taken),
    // §4: names in an object.
    Row("the same name twice", "{\"a\":1,\"a\":1}", .refused),
    Row("the same name, once escaped", "{\"a\":1,\"\\u0061\":2}", .refused),
    Row("the same name, inside and outside", "{\"a\":{\"a\":1}}", .taken),
    Row("names equal only canonically", "{\"\u{e9}\":1,\"e\u{301}\":2}", .taken),
    Row("names that differ in case", "{\"a\":1,\"A\":2}", .taken),
    Row("an empty name", "{\"\":1}", .taken),
    // §6: range and precision are the reader's business, see the second test.
    Row("a number beyond a double", "[1e400]", .taken), Row("a number too small", "[1e-400]", .taken),
    Row("2^53", "[9007199254740992]", .taken), Row("2^64", "[18446744073709551616]", .taken),
    Row("minus zero", "[-0]", .taken),
    Row("a thousand digits", "[" + String(repeating: "9", count: 1000) + "]", .taken),
    // §7 and §8.2: what strings may hold.
    Row("an escaped NUL", "[\"\\u0000\"]", .taken), Row("a NUL as it is", "[\"\u{0}\"]", .refused),
    Row("DEL as it is", "[\"\u{7f}\"]", .taken), Row("a C1 control as it is", "[\"\u{85}\"]", .taken),
    Row("a line separator as it is", "[\"\u{2028}\"]", .taken),
    Row("a noncharacter", "[\"\u{ffff}\u{10ffff}\"]", .taken),
    Row("an escaped noncharacter", "[\"\\uFFFF\"]", .taken),
    Row("a high surrogate alone", "[\"\\uD800\"]", .refused),
    Row("a low surrogate alone", "[\"\\uDC00\"]", .refused),
    Row("surrogates the wrong way round", "[\"\\uDE00\\uD83D\"]", .refused),
    Row("a high surrogate, then a letter", "[\"\\uD83Dx\"]", .refused),
    Row("a pair of surrogates, in either case", "[\"\\ud83D\\uDe00\"]", .taken),
    // §8.1: the encoding.
    Row("a byte order mark", octets: [0xEF, 0xBB, 0xBF, 0x5B, 0x5D], .refused),
    Row("UTF-16, big-endian", octets: utf16("[]", bigEndian: true), .refused),
    Row("UTF-16, little-endian", octets: utf16("[]", bigEndian: false), .refused),
    Row("UTF-16 with its mark", octets: [0xFE, 0xFF] + utf16("[]", bigEndian: true), .refused),
    Row("UTF-32", octets: [0, 0, 0, 0x5B, 0, 0, 0, 0x5D], .refused),
    Row("an overlong solidus", octets: [0x5B, 0x22, 0xC0, 0xAF, 0x22, 0x5D], .refused),
    Row("a surrogate in UTF-8", octets: [0x5B, 0x22, 0xED, 0xA0, 0x80, 0x22, 0x5D], .refused),
    Row("beyond U+10FFFF", octets: [0x5B, 0x22, 0xF4, 0x90, 0x80, 0x80, 0x22, 0x5D], .refused),
    Row("Latin-1", octets: [0x5B, 0x22, 0xE9, 0x22, 0x5D], .refused),
    // §9: a parser may take more than the grammar; this one does not.
    Row("a comment", "[1 /* one */]", .refused), Row("a comma at the end", "[1,]", .refused),
    Row("single quotes", "['a']", .refused), Row("a name without quotes", "{a:1}", .refused),
    Row("NaN", "[NaN]", .refused), Row("Infinity", "[-Infinity]", .refused), Row("a plus", "[+1]", .refused),
    Row("a leading zero", "[01]", .refused), Row("no digit before the point", "[.5]", .refused),
    Row("no digit behind the point", "[5.]", .refused), Row("hexadecimal", "[0x1F]", .refused),
    Row("a tab in a string", "[\"\t\"]", .refused), Row("a line's end in a string", "[\"\n\"]", .refused),
    Row("an escape that is none", "[\"\\a\"]", .refused), Row("\\x", "[\"\\x41\"]", .refused),
    Row("other white space", "[\u{b}]", .refused), Row("no-break space", "[\u{a0}]", .refused),
    Row("nothing at all", "", .refused), Row("a second value", "[] []", .refused),
    Row("a depth of 64", String(repeating: "[", count: 64) + String(repeating: "]", count: 64), .taken),
    Row("a depth of 65", String(repeating: "[", count: 65) + String(repeating: "]", count: 65), .refused),
  ]

  @Test(arguments: rows) func `what is left to us is decided`(_ row: Row) {
    let isTaken = (try? JSONReader(row.octets)) != nil
    #expect(isTaken == (row.choice == .taken))
  }

  /// How numbers that the grammar allows are read where an integer or a number is asked for; nil: refused.
  static let numbers: [(text: String, integer: Int64?, double: Double?)] = [
    ("0", 0, 0), ("-0", nil, -0.0), ("1.0", nil, 1), ("1e2", nil, 100), ("-1", -1, -1), ("1E400", nil, nil),
    ("-1E400", nil, nil), ("1e-400", nil, 0),
    ("9007199254740991", 9_007_199_254_740_991, 9_007_199_254_740_991),
    ("9007199254740992", nil, 9_007_199_254_740_992), ("9223372036854775808", nil, 9_223_372_036_854_775_808),
    ("18446744073709551616", nil, 18_446_744_073_709_551_616), ("0.1", nil, 0.1),
    ("0.1000000000000000055511151231257827", nil, 0.1),
  ]

  @Test(arguments: numbers)
  func `numbers are exact or refused as integers, and rounded as numbers`(
    _ row: (text: String, integer: Int64?, double: Double?)
  ) throws {
    var integer = try JSONReader(Array(row.text.utf8))
    var double = integer
    #expect((try? integer.int()) == row.integer)
    let read = try? double.double()
    #expect(read == row.double)
    #expect(read?.sign == row.double?.sign)
  }
}
