internal import Bytes

/// A line of a mail's text with what is known of where it comes from.
struct TextLine: Sendable {
  /// What HTML said about it.
  enum Role: UInt8, Sendable {
    case plain
    /// The line that introduces a quotation.
    case attribution
    /// From here to the end is the mail that is answered.
    case cut
    /// May begin the answered mail's header block: a rule was drawn above it.
    case ruled
    case signature
  }

  /// Without the quote marks.
  var content: String
  /// Quote marks before it.
  var depth: Int
  /// The quotation may be the author's own: an indented paragraph, not marked as an answered mail.
  var isSoft = false
  var role = Role.plain
  /// Which client's mark gave the role or the depth.
  var mark: SplitRule?
  /// The quote marks as they were written, where they were; else they are made.
  var marks: String?

  /// Nothing to read: white space, or the character that a tracker leaves.
  var isBlank: Bool { content.utf8.allSatisfy { $0 <= ASCII.space } || content == "\u{1427}" }

  /// With its quote marks.
  var rendered: String {
    if depth == 0 { return content }
    if let marks { return marks + content }
    return String(repeating: ">", count: depth) + (content.isEmpty ? "" : " " + content)
  }

  static func join(_ lines: some Sequence<TextLine>) -> String {
    var out = ""
    var isFirst = true
    for line in lines {
      if !isFirst { out += "\n" }
      isFirst = false
      if line.depth == 0 { out += line.content } else { out += line.rendered }
    }
    return out
  }

  /// The most quote marks that are counted.
  static let depthMax = 16

  /// The most lines that are told apart; what goes beyond is one line more.
  static let linesMax = 20_000

  /// Plain text cut into lines; white space at their ends goes.
  static func plain(_ text: String) -> [TextLine] {
    let pieces = text.utf8.split(separator: ASCII.lf, maxSplits: linesMax, omittingEmptySubsequences: false)
    var isOpen = false
    return pieces.enumerated().map { number, line in
      if number == linesMax { return TextLine(content: String(Substring(line)), depth: 0) }
      var rest = line
      while let b = rest.last, b <= ASCII.space { rest = rest.dropLast() }
      var depth = 0
      // The end of an address that was wrapped: `On … Jane <jane@example.com` and `> wrote:` below it.
      if isOpen, rest.first == 0x3E, rest.last == 0x3A, rest.count <= 40 {
        isOpen = false
        return TextLine(content: String(Substring(rest)), depth: 0)
      }
      isOpen = rest.first != 0x3E && (rest.last { $0 == 0x3C || $0 == 0x3E }) == 0x3C
      // GroupWise: `>>> Jane <jane@example.com> 1/2/2023 3:04 PM >>>`
      if isBanner(rest) { return TextLine(content: String(Substring(rest)), depth: 0) }
      let whole = rest
      while depth < depthMax {
        let inner = rest.drop { $0 == ASCII.space }
        // Two spaces and more before a `>` are the author's.
        guard inner.first == 0x3E, rest.count - inner.count <= 1 else { break }
        rest = inner.dropFirst()
        depth += 1
      }
      if depth > 0, rest.first == ASCII.space { rest = rest.dropFirst() }
      var made = TextLine(content: String(Substring(rest)), depth: depth)
      if depth > 1 { made.marks = String(Substring(whole[..<rest.startIndex])) }
      return made
    }
  }

  private static func isBanner(_ line: Substring.UTF8View) -> Bool {
    guard line.count <= 200, line.first == 0x3E, line.starts(with: ">>> ".utf8),
      line.suffix(4).elementsEqual(" >>>".utf8)
    else { return false }
    return line.filter(ASCII.isDigit).count >= 6
  }
}
