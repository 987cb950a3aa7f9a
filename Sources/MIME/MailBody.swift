internal import Bytes

/// What a mail says, for reading.
package struct MailBody: Sendable, Hashable {
  /// All of it as plain text, made from HTML where there is nothing else; line ends are LF.
  package var text: String
  /// As sent, not safe to show; nil when there is no HTML. Several parts one after the other.
  package var html: String?
  /// ``html`` by allow-list, well-formed, without scripts, styles' trickery and remote content. Pictures
  /// that come with the mail keep their `cid:` addresses.
  package var safeHTML: String?
  /// What the author wrote in this mail: without quoted history and signature. Quotations between inline
  /// answers are kept. Empty for a mail forwarded without a word.
  package var replyText: String
  package var quotedText: String
  package var signature: String
  /// The beginning of ``replyText`` (or else of the text) in one line, at most 256 characters.
  package var preview: String
  /// How the reply was told from the history.
  package var splitBy: SplitRule
  /// Places in the text that could not be decoded and are U+FFFD.
  package var replacedCharacters: Int
}

extension ParsedMessage {
  /// - Parameter remoteImages: whether ``MailBody/safeHTML`` keeps pictures that lie on other machines.
  /// - Complexity: O(octets of the text parts)
  package func body(remoteImages: Bool = false) -> MailBody {
    BodyMaker(self).make(remoteImages: remoteImages)
  }

  func attachmentParts() -> [Int] { BodySelection(parts).attachments }
}

/// A class, so that closures share its dictionary: each would copy it otherwise, wherever the optimizer does not
/// see through them.
private final class BodyMaker {
  let message: ParsedMessage
  var decoded: [Int: String] = [:]
  private var htmlLines: [Int: [TextLine]] = [:]
  var replaced = 0
  var octetsLeft: Int
  /// Uuencoded files by the text they stand in.
  let embedded: [Int: [Range<Int>]]

  init(_ message: ParsedMessage) {
    self.message = message
    let files = message.parts.reversed().prefix { $0.isEmbedded }.reversed()
    embedded = Dictionary(grouping: files) { $0.parent ?? -1 }.mapValues { $0.map(\.embeddedRange) }
    octetsLeft = message.limits.bodyTextOctetsMax
  }

  func make(remoteImages: Bool) -> MailBody {
    let segments = BodySelection(message.parts).segments
    let hasHTML = segments.contains { !$0.html.isEmpty }
    var byHTML: [TextLine] = []
    for segment in segments { append(&byHTML, lines(segment.html.isEmpty ? segment.text : segment.html)) }
    var split = ReplySplitter.split(byHTML)
    if split.splitBy == .none, segments.contains(where: { !$0.text.isEmpty && !$0.html.isEmpty }) {
      // The HTML has no mark that we know; the text beside it may have `>`.
      var byText: [TextLine] = []
      for segment in segments { append(&byText, lines(segment.text.isEmpty ? segment.html : segment.text)) }
      let other = ReplySplitter.split(byText)
      if other.splitBy != .none || split.reply.isEmpty { split = other }
    }
    let text = segments.map { plain($0.text.isEmpty ? $0.html : $0.text) }.filter { !$0.isEmpty }
      .joined(separator: "\n")
    let pieces = segments.flatMap { $0.html.isEmpty ? $0.text : $0.html }
    return MailBody(
      text: text,
      html: hasHTML
        ? pieces.map { isHTML($0) ? self.text($0) : PlainTextHTML.html(self.text($0)) }.joined(
          separator: "\n") : nil,
      safeHTML: hasHTML
        ? pieces.map {
          isHTML($0)
            ? HTMLSanitizer.sanitize(self.text($0), remoteImages: remoteImages)
            : PlainTextHTML.html(self.text($0))
        }.joined(separator: "\n") : nil,
      replyText: split.reply, quotedText: split.quoted, signature: split.signature,
      preview: Preview.make(split.reply.isEmpty ? text : split.reply), splitBy: split.splitBy,
      replacedCharacters: replaced)
  }

  private func append(_ lines: inout [TextLine], _ more: [TextLine]) {
    if !lines.isEmpty, !more.isEmpty { lines.append(TextLine(content: "", depth: 0)) }
    lines += more
  }

  private func isHTML(_ index: Int) -> Bool { message.parts[index].contentType.isText("html") }

  private func plain(_ parts: [Int]) -> String {
    parts.map { isHTML($0) ? TextLine.join(htmlLines($0)) : text($0) }.joined(separator: "\n")
  }

  private func lines(_ parts: [Int]) -> [TextLine] {
    var out: [TextLine] = []
    for index in parts {
      append(&out, isHTML(index) ? htmlLines(index) : TextLine.plain(text(index)))
    }
    return out
  }

  private func htmlLines(_ index: Int) -> [TextLine] {
    if let known = htmlLines[index] { return known }
    let lines = HTMLText.lines(text(index))
    htmlLines[index] = lines
    return lines
  }

  private func text(_ index: Int) -> String {
    if let known = decoded[index] { return known }
    var text = ""
    if octetsLeft > 0 {
      let (found, lost) = message.text(index, without: embedded[index] ?? [])
      replaced += lost
      text = found
      octetsLeft -= text.utf8.count
      let type = message.parts[index].contentType
      if type.isText("plain"), ASCII.equalsIgnoringCase(type.parameters.raw("format") ?? [], "flowed") {
        text = FlowedText.unflow(
          text, delSp: ASCII.equalsIgnoringCase(type.parameters.raw("delsp") ?? [], "yes"))
      }
    }
    decoded[index] = text
    return text
  }
}

/// The first words of a text, for lists.
enum Preview {
  static let charactersMax = 256

  static func make(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    var count = 0
    var space = false
    var inLink = false
    let scalars = text.unicodeScalars
    var i = scalars.startIndex
    while i < scalars.endIndex, count < charactersMax {
      let c = scalars[i]
      let next = scalars.index(after: i)
      if c == "<", text[next...].utf8.starts(with: "http".utf8) { inLink = true }
      if inLink {
        if c == ">" || c == "\n" { inLink = false }
        space = true
      } else if c.value <= 0x20 || c == "\u{A0}" || c.value == 0x7F || 0x80..<0xA0 ~= c.value
        || c.value == 0x2028
      {
        space = true
      } else {
        if space, !out.isEmpty {
          out.append(" ")
          count += 1
        }
        space = false
        if count < charactersMax { out.append(c) }
        count += 1
      }
      i = next
    }
    return String(out)
  }
}

/// Plain text as HTML.
enum PlainTextHTML {
  static func html(_ text: String) -> String {
    var out: [UInt8] = Array("<div style=\"white-space: pre-wrap\">".utf8)
    HTMLSanitizer.escape(text.utf8, into: &out)
    out += Array("</div>".utf8)
    return String(decoding: out, as: UTF8.self)
  }
}
