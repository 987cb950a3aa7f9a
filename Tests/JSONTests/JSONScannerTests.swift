import JSON
import Testing

@Suite struct JSONScannerTests {
  struct Row: CustomTestStringConvertible {
    let text: String
    /// What stays unread.
    let rest: String
    var testDescription: String { text }
  }

  static let rows: [Row] = [
    Row(text: "{}", rest: ""), Row(text: " \r\n\t{\"a\":[1,2]} {", rest: " {"), Row(text: "[]]", rest: "]"),
    Row(text: "\"a]\\\"\"x", rest: "x"), Row(text: "12 ", rest: " "), Row(text: "-1.5e3[", rest: "["),
    Row(text: "true\n", rest: "\n"), Row(text: "[\"}]\\\\\",{\"\\\"\":\"{\"}]\n[", rest: "\n["),
    Row(text: "{\"long name\":\"a string with [brackets] and {braces} inside\"}[]", rest: "[]"),
  ]

  @Test(arguments: rows) func `finds the end wherever the text is cut`(_ row: Row) {
    let bytes = [UInt8](row.text.utf8)
    let end = bytes.count - row.rest.utf8.count
    for cut in 0...bytes.count {
      var scanner = JSONScanner()
      var outcome = scanner.feed(Array(bytes[..<cut]))
      var fed = 0
      if outcome == .needMore {
        fed = cut
        outcome = scanner.feed(Array(bytes[cut...]))
      }
      #expect(outcome == (end < bytes.count || endsItself(bytes) ? .end(taken: end - fed) : .needMore))
    }
    var single = JSONScanner()
    for (index, byte) in bytes.enumerated() {
      let outcome = single.feed([byte])
      if outcome != .needMore {
        guard case .end(let taken) = outcome else {
          Issue.record("\(outcome)")
          return
        }
        #expect(index + taken == end)
        return
      }
    }
  }

  private func endsItself(_ bytes: [UInt8]) -> Bool { bytes.last == 0x7D || bytes.last == 0x5D }

  @Test(arguments: ["]", "}", "[}", "{]", "\"a\nb\"", "{\"a\n\":1}", "!", "\u{feff}[]", ",", " :"])
  func `refuses what cannot become a value`(_ text: String) {
    var scanner = JSONScanner()
    guard case .failed = scanner.feed([UInt8](text.utf8)) else {
      Issue.record("was accepted")
      return
    }
  }

  @Test func `keeps the depth limit at its edges`() {
    for (depth, good) in [(63, true), (64, true), (65, false), (1_000_000, false)] {
      var scanner = JSONScanner()
      let outcome = scanner.feed([UInt8](repeating: 0x5B, count: depth))
      #expect(outcome == (good ? .needMore : .failed(.depth(offset: 64, limit: 64))))
    }
  }

  @Test func `keeps the length limit at its edges`() {
    let text = [UInt8]("[\"abc\"]".utf8)
    for (limit, good) in [(6, false), (7, true), (8, true)] {
      for cut in 0...text.count {
        var scanner = JSONScanner(octetsMax: limit)
        var outcome = scanner.feed(Array(text[..<cut]))
        if outcome == .needMore { outcome = scanner.feed(Array(text[cut...])) }
        if case .end = outcome { #expect(good) } else { #expect(!good) }
      }
    }
    var endless = JSONScanner(octetsMax: 100)
    #expect(endless.feed([UInt8](repeating: 0x20, count: 101)) == .failed(.tooLong(octets: 101, limit: 100)))
  }

  @Test func `a number ends with the input`() {
    var scanner = JSONScanner()
    #expect(scanner.feed([0x31, 0x32]) == .needMore)
    #expect(scanner.finish() == .end(taken: 0))
    var open = JSONScanner()
    #expect(open.feed([0x5B]) == .needMore)
    guard case .failed = open.finish() else {
      Issue.record("an open array is not whole")
      return
    }
  }
}
