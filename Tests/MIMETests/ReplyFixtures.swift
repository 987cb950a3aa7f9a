import Foundation
import MIME

/// Mails as clients write them (`Fixtures/reply/NAME.eml`) with what their author wrote (`NAME.txt`).
///
/// A mail with HTML and text is two cases: as it is, and its text alone.
struct ReplyFixture {
  let name: String
  let message: ParsedMessage
  let wanted: String

  /// What stands before the first hyphen but for `outlook-…`: whose mail it is.
  var client: String {
    let words = name.split(separator: "-")
    return words.first == "outlook" && words.count > 2
      ? words.prefix(2).joined(separator: "-") : String(words[0])
  }

  /// The last word where it is a language of the set.
  var language: String? {
    name.split(separator: "-").last.map(String.init).flatMap { Self.languages.contains($0) ? $0 : nil }
  }

  static let languages: Set<String> = [
    "en", "de", "fr", "es", "pt", "it", "nl", "pl", "sv", "da", "no", "fi", "cs", "ru", "uk", "tr", "ja",
    "zh", "ko",
  ]

  static func all(in folder: String) -> [ReplyFixture] {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
      $0.hasSuffix(".eml")
    }
    return names.sorted().flatMap { file -> [ReplyFixture] in
      let name = String(file.dropLast(4))
      guard let raw = FileManager.default.contents(atPath: "\(folder)/\(file)"),
        let gold = FileManager.default.contents(atPath: "\(folder)/\(name).txt")
      else { return [] }
      var wanted = String(decoding: gold, as: UTF8.self)
      if wanted.hasSuffix("\n") { wanted.removeLast() }
      let message = ParsedMessage(Array(raw))
      var cases = [ReplyFixture(name: name, message: message, wanted: wanted)]
      if message.parts.count == 3, let plain = textAlone(message) {
        cases.append(ReplyFixture(name: name + " (text)", message: plain, wanted: wanted))
      }
      return cases
    }
  }

  private static func textAlone(_ message: ParsedMessage) -> ParsedMessage? {
    let part = message.parts[1]
    guard part.contentType.isText("plain") else { return nil }
    let type = part.headers.text("Content-Type") ?? "text/plain; charset=utf-8"
    return ParsedMessage(
      Array("Content-Type: \(type)\nContent-Transfer-Encoding: 8bit\n\n".utf8) + message.decoded(1))
  }
}

/// Exactly right ones of a group of cases.
struct Score {
  var right = 0
  var all = 0

  var percent: Double { all == 0 ? 100 : 100 * Double(right) / Double(all) }
  var line: String { "\(right)/\(all) \((percent * 10).rounded() / 10) %" }

  mutating func count(_ isRight: Bool) {
    all += 1
    if isRight { right += 1 }
  }
}
