import Foundation
import MIME
import Testing

/// Whole mails of the clients and languages that people use, told apart exactly or not at all.
@Suite struct ReplyFixtureTests {
  /// Of a hundred mails at least so many must come out exactly as their authors wrote them.
  private static let percentMin = 95.0

  private static func folder(_ file: String = #filePath) -> URL {
    URL(fileURLWithPath: file).deletingLastPathComponent()
  }

  @Test func `what the author wrote is found exactly, in every client and language`() {
    let cases = ReplyFixture.all(in: Self.folder().appendingPathComponent("Fixtures/reply").path)
    #expect(cases.count >= 600)
    var total = Score()
    var groups = [String: Score]()
    var failures = [String]()
    for fixture in cases {
      let body = fixture.message.body()
      let isRight = body.replyText == fixture.wanted
      if !isRight { failures.append("\(fixture.name): \(body.replyText.debugDescription)") }
      total.count(isRight)
      groups["client " + fixture.client, default: Score()].count(isRight)
      if let language = fixture.language { groups["language " + language, default: Score()].count(isRight) }
    }
    #expect(total.percent >= Self.percentMin, "\(total.line); wrong: \(failures.joined(separator: "\n"))")
    for (name, score) in groups where score.all >= 19 {
      #expect(score.percent >= Self.percentMin, "\(name): \(score.line)")
    }
    for language in ReplyFixture.languages {
      #expect(groups["language " + language] != nil, "no mail in \(language)")
    }
    if !failures.isEmpty { print("reply text, not exact:", failures.joined(separator: "\n  ")) }
  }

  /// Nobody's text is dropped: each line is in the reply, in what is quoted, or in the signature.
  @Test func `no line is lost`() {
    for fixture in ReplyFixture.all(in: Self.folder().appendingPathComponent("Fixtures/reply").path)
    where fixture.message.parts.count == 1 && fixture.message.root.contentType.isText("plain") {
      let body = fixture.message.body()
      func letters(_ text: String) -> [Character] {
        text.filter { !$0.isWhitespace && $0 != ">" && $0 != "\u{FEFF}" }.sorted()
      }
      let found = letters(body.replyText + body.quotedText + body.signature)
      #expect(found == letters(body.text), "\(fixture.name)")
    }
  }

  /// The public set of Discourse's `email_reply_trimmer`, if it lies beside the repository (or where
  /// `POSTROOM_CORPUS` says). Four of its 64 are judged otherwise here:
  /// a forward without a word (`forwarded_message`) and a mail of quotation marks only (`quote_only`) have no
  /// text of their own; `embedded_email_12` breaks `<mailto:` over blank lines, `embedded_email_7` quotes
  /// with initials.
  @Test func `the public set of reply-trimmer is told apart, too`() throws {
    let beside = Self.folder().appendingPathComponent("../../../shared/corpus").standardized.path
    let folder = (ProcessInfo.processInfo.environment["POSTROOM_CORPUS"] ?? beside) + "/reply-trimmer"
    guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder + "/emails") else { return }
    var score = Score()
    var wrong = [String]()
    for file in files.sorted() {
      guard let raw = FileManager.default.contents(atPath: "\(folder)/emails/\(file)"),
        let gold = FileManager.default.contents(atPath: "\(folder)/trimmed/\(file)")
      else { continue }
      let body = ParsedMessage(Array("Content-Type: text/plain; charset=utf-8\n\n".utf8) + Array(raw)).body()
      let isRight =
        Self.filledLines(body.replyText) == Self.filledLines(String(decoding: gold, as: UTF8.self))
      if !isRight { wrong.append(file) }
      score.count(isRight)
    }
    #expect(score.percent >= 90, "\(score.line): \(wrong)")
  }

  /// Lines with text, without white space at their ends.
  private static func filledLines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter {
      !$0.isEmpty
    }
  }
}
