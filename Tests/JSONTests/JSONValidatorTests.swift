import JSON
import Testing

@Suite struct JSONValidatorTests {
  static let good: [String] = [
    "{}", "[]", " [ ] ", "[[]   ]", "[\"\"]", "[1]", "[-0]", "[0]", "[-1]", "[123.456789]", "[1e5]", "[1E+2]",
    "[0e1]", "[20e-1]", "[1.0E-2]", "[true,false,null]", "{\"a\":1}", "{\"a\":{\"a\":{\"a\":[]}}}", "\"x\"",
    "1 ",
    "null", "{\"a\":1,\"b\":2,\"c\":[1,{\"d\":\"e\"}]}", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
    "[\"\\u0041\\u00e9\"]",
    "[\"\\uD834\\uDD1E\"]", "[\"\u{e9}\u{20ac}\u{1d11e}\u{10ffff}\u{7f}\u{2028}\"]", "[\"\\u0000\"]",
    "\t\r\n[1,\n2]\n", "{\"\":0}", "[\"a long string that needs more than eight octets to be read\"]",
    "{\"a long member name beyond eight octets\":1,\"a long member name beyond eight octetz\":2}",
    "{\"\u{212a}\":1,\"K\":2}", "{\"e\\u0301\":1,\"\\u00e9\":2}", "[\"\u{fffe}\"]",
  ]

  static let bad: [String] = [
    "", " ", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[1,,2]", "[1 2]", "{\"a\"}", "{\"a\":}",
    "{\"a\":1,}",
    "{,}", "{a:1}", "{'a':1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{1:1}", "[\"a\"", "\"", "\"a", "[\"\\x\"]",
    "[\"\\u12\"]", "[\"\\u12G4\"]", "[\"\\", "[\"\\\"", "[\"\\uD800\"]", "[\"\\uDC00\"]",
    "[\"\\uD800\\u0041\"]",
    "[\"\\uD800\\uD800\"]", "[\"\\uDBFFx\"]", "[\"a\nb\"]", "[\"a\tb\"]", "[\"\u{0}\"]", "[\"\u{1f}\"]",
    "[01]", "[-01]",
    "[1.]", "[.1]", "[-]", "[+1]", "[1e]", "[1e+]", "[1.e1]", "[0x10]", "[1a]", "[Infinity]", "[NaN]",
    "[-Infinity]",
    "[tru]", "[truee]", "[True]", "[nul]", "[1]x", "[1][2]", "{}}", "[}", "{]", "[1}", "{\"a\":1]",
    "\u{feff}[]",
    "[\u{a0}1]", "[1]//c", "/*c*/[]", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}",
    "{\"a\":{\"b\":1,\"b\":1}}",
    "{\"\":1,\"\":2}", "[\u{c}]", "1,2", "{\"a\":1,\"b\":2,\"a\":3}", "[\"\\u\u{e9}00\"]", "{\"a\"::1}",
    "[1:2]",
    "{\"abcdefghi\":1,\"abcdefghi\":2}",
  ]

  static let badOctets: [[UInt8]] = [
    [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
    [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
    [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    [0xF0, 0x9F, 0x98],
  ]

  @Test(arguments: good) func `accepts what RFC 8259 allows`(_ text: String) throws {
    _ = try JSONReader([UInt8](text.utf8))
  }

  @Test(arguments: bad) func `refuses what RFC 8259 and RFC 7493 forbid`(_ text: String) {
    #expect(throws: JSONError.self) { try JSONReader([UInt8](text.utf8)) }
  }

  @Test(arguments: badOctets) func `refuses octets that are not UTF-8`(_ octets: [UInt8]) {
    for padding in 0..<10 {
      let text = [0x5B, 0x22] + [UInt8](repeating: 0x61, count: padding) + octets + [0x22, 0x5D]
      #expect(throws: JSONError.self) { try JSONReader(text) }
      let name = [0x7B, 0x22] + [UInt8](repeating: 0x61, count: padding) + octets + Array("\":1}".utf8)
      #expect(throws: JSONError.self) { try JSONReader(name) }
    }
  }

  @Test func `refuses UTF-16`() {
    for text in [[0x5B, 0, 0x5D, 0], [0, 0x5B, 0, 0x5D], [0xFF, 0xFE, 0x5B, 0, 0x5D, 0]] as [[UInt8]] {
      #expect(throws: JSONError.self) { try JSONReader(text) }
    }
  }

  @Test(arguments: good) func `a good text cut anywhere is incomplete, never wrong`(_ text: String) {
    let bytes = [UInt8](text.utf8)
    var validator = JSONValidator()
    for cut in 0..<bytes.count {
      let outcome = bytes[..<cut].withUnsafeBytes { validator.run($0, from: 0, isFinal: false) }
      switch outcome {
      case .incomplete: break
      case .complete(let end): #expect(bytes[end...].allSatisfy { [0x20, 0x0A, 0x0D, 0x09].contains($0) })
      case .failed(let error): Issue.record("cut at \(cut): \(error)")
      }
    }
  }

  @Test(arguments: bad) func `a bad text is never taken for a whole value when more may come`(_ text: String)
  {
    let bytes = [UInt8](text.utf8)
    var validator = JSONValidator()
    for cut in 0...bytes.count {
      let outcome = bytes[..<cut].withUnsafeBytes { validator.run($0, from: 0, isFinal: false) }
      // What stands behind a whole value is the next value's business.
      if case .complete(let end) = outcome {
        #expect(throws: Never.self) { try JSONReader(Array(bytes[..<end])) }
      }
    }
  }

  @Test func `finds values back to back and notes the outermost members`() {
    let text = [UInt8](" {\"a\":1,\"b\\u0062\":[{\"c\":2}]}\n12 [3]".utf8)
    var validator = JSONValidator()
    text.withUnsafeBytes { all in
      #expect(validator.run(all, from: 0, isFinal: false) == .complete(end: 28))
      #expect(validator.members.count == 2)
      #expect(validator.hasEscapedNames)
      let second = validator.members[1]
      #expect(validator.plainName(second, in: all) == Array("bb".utf8))
      #expect(String(decoding: all[second.valueStart..<second.valueEnd], as: UTF8.self) == "[{\"c\":2}]")
      #expect(validator.run(all, from: 28, isFinal: false) == .complete(end: 31))
      #expect(validator.members.isEmpty)
      #expect(validator.run(all, from: 31, isFinal: false) == .complete(end: 35))
    }
  }

  @Test func `notes at most sixteen members and says that there are more`() {
    for (count, left) in [(15, false), (16, false), (17, true)] {
      let text = "{" + (0..<count).map { "\"m\($0)\":\($0)" }.joined(separator: ",") + "}"
      var validator = JSONValidator()
      #expect(throws: Never.self) { try validator.validate([UInt8](text.utf8)) }
      #expect(validator.members.count == min(count, 16))
      #expect(validator.membersLeftOut == left)
    }
  }

  @Test(arguments: [1, 2, 63, 64, 65, 200]) func `the depth limit holds at its edges`(_ limit: Int) throws {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
      let core = open == "[" ? "" : "1"
      func nested(_ depth: Int) -> [UInt8] {
        [UInt8]((String(repeating: open, count: depth) + core + String(repeating: close, count: depth)).utf8)
      }
      _ = try JSONReader(nested(limit), depthMax: limit)
      #expect(throws: JSONError.self) { try JSONReader(nested(limit + 1), depthMax: limit) }
    }
  }

  @Test(.timeLimit(.minutes(1))) func `a million brackets are refused at once`() {
    for bomb in ["[", "{\"a\":", "[{\"a\":", "[[],"] {
      let bytes = [UInt8](String(repeating: bomb, count: 1_000_000).utf8)
      // Other tests run at the same time: the best of some attempts counts.
      var best = Duration.seconds(60)
      for _ in 0..<20 where best >= .milliseconds(10) {
        let start = ContinuousClock.now
        do throws(JSONError) {
          _ = try JSONReader(bytes)
          Issue.record("was accepted")
        } catch {
          guard case .depth(_, limit: 64) = error else {
            Issue.record("\(error)")
            return
          }
        }
        best = min(best, ContinuousClock.now - start)
      }
      #expect(best < .milliseconds(10))
    }
  }

  @Test(.timeLimit(.minutes(1))) func `large objects are checked for equal names in linear time`() throws {
    let names = (0..<200_000).map { "\"name\($0)\":0" }
    _ = try JSONReader([UInt8]("{\(names.joined(separator: ","))}".utf8))
    for again in [0, 100_000, 199_999] {
      let text = "{\(names.joined(separator: ",")),\"\\u006eame\(again)\":1}"
      do {
        _ = try JSONReader([UInt8](text.utf8))
        Issue.record("was accepted")
      } catch {
        guard case .duplicateName = error else {
          Issue.record("\(error)")
          return
        }
      }
    }
  }

  @Test func `equal names are found at every size of object`() {
    for count in 1...40 {
      let names = (0..<count).map { "\"k\($0)\":0" }
      #expect(throws: Never.self) { try JSONReader([UInt8]("{\(names.joined(separator: ","))}".utf8)) }
      for again in 0..<count {
        let text = "{\(names.joined(separator: ",")),\"k\(again)\":0}"
        #expect(throws: JSONError.self) { try JSONReader([UInt8](text.utf8)) }
        let inner = "{\"o\":{\(names.joined(separator: ","))},\"p\":{\(names.joined(separator: ","))}}"
        #expect(throws: Never.self) { try JSONReader([UInt8](inner.utf8)) }
      }
    }
  }

  @Test func `errors carry the offset`() {
    let rows: [(String, JSONError)] = [
      ("[1,x]", .syntax(offset: 3, reason: "expected a value")),
      ("{\"a\" 1}", .syntax(offset: 5, reason: "expected a colon")),
      ("[\"ab\u{1}\"]", .syntax(offset: 4, reason: "a control character in a string")),
      ("[1", .syntax(offset: 2, reason: "the value is cut short")),
      ("{\"a\":1,\"a\":2}", .duplicateName(offset: 8)),
      ("[] []", .syntax(offset: 3, reason: "more text behind the value")),
      ("\u{feff}[]", .syntax(offset: 0, reason: "a byte order mark")),
    ]
    for (text, expected) in rows {
      do {
        _ = try JSONReader([UInt8](text.utf8))
        Issue.record("\(text) was accepted")
      } catch {
        #expect(error == expected)
      }
    }
  }

  @Test func `messages hide what could harm a log or a terminal`() {
    let name = "a\u{1b}[31m\r\n\u{202e}" + String(repeating: "x", count: 1000)
    let message = JSONError.unknown(name).message
    #expect(message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    #expect(message.unicodeScalars.count < 120)
  }
}
