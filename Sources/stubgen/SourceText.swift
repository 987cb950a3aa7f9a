/// Source text that is built line by line; knows the depth of indentation and the width of a line.
package struct SourceText {
  private var lines: [String] = []
  private var depth = 0
  private let step: String
  private let width: Int

  package init(indentation: Int, width: Int = 108) {
    step = String(repeating: " ", count: indentation)
    self.width = width
  }

  package var text: String { lines.joined(separator: "\n") + "\n" }

  package mutating func line(_ text: String = "") {
    lines.append(text.isEmpty ? "" : String(repeating: step, count: depth) + text)
  }

  /// `text` over as many lines as it needs, each behind `mark`.
  package mutating func comment(_ text: String, mark: String = "///") {
    let room = width - depth * step.count - mark.count - 1
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let lead = String(paragraph.prefix { $0 == " " })
      let hang = lead + (paragraph.dropFirst(lead.count).hasPrefix("- ") ? "  " : "")
      var line = lead
      for word in paragraph.split(separator: " ") {
        let isFirst = line.allSatisfy { $0 == " " }
        if !isFirst, line.count + 1 + word.count > room {
          self.line(mark.isEmpty ? line : "\(mark) \(line)")
          line = hang + word
        } else {
          line += isFirst ? String(word) : " \(word)"
        }
      }
      self.line(mark.isEmpty || line.isEmpty ? mark + line : "\(mark) \(line)")
    }
  }

  /// `head` and behind it what `body` writes, one step to the right, then `end` where there is one.
  package mutating func block(_ head: String, end: String? = "}", _ body: (inout SourceText) throws -> Void)
    rethrows
  {
    line(head)
    depth += 1
    try body(&self)
    depth -= 1
    if let end { line(end) }
  }

  /// What `body` writes, one step to the right.
  package mutating func indent(_ body: (inout SourceText) throws -> Void) rethrows {
    depth += 1
    try body(&self)
    depth -= 1
  }

  /// `items` over as many lines as they need; a line that is broken begins with `between`.
  package mutating func wrapped(_ items: [String], between: String, end: String) {
    var current = ""
    for (i, item) in items.enumerated() {
      let piece = item + (i + 1 < items.count ? "" : end)
      if current.isEmpty {
        current = piece
      } else if depth * step.count + current.count + between.count + piece.count > width {
        line(current)
        current = between.drop { $0 == " " } + piece
      } else {
        current += between + piece
      }
    }
    line(current)
  }

  /// `head(item, item)tail` on one line, or with the items on lines of their own where they do not fit.
  package mutating func call(_ head: String, _ items: [String], _ tail: String) {
    let flat = head + items.joined(separator: ", ") + tail
    if depth * step.count + flat.count <= width {
      line(flat)
      return
    }
    line(head)
    depth += 1
    var current = ""
    for (i, item) in items.enumerated() {
      let piece = i + 1 < items.count ? item + "," : item
      if !current.isEmpty, depth * step.count + current.count + 1 + piece.count > width {
        line(current)
        current = ""
      }
      current += current.isEmpty ? piece : " " + piece
    }
    if !current.isEmpty { line(current) }
    depth -= 1
    line(tail)
  }
}

/// Spelling of names.
package enum Names {
  /// `mailbox.unknown`, `NOT_SERVING`, `mailboxId` as `mailboxUnknown`, `notServing`, `mailboxId`.
  package static func camel(_ name: String) -> String {
    let words = name.split { ".-_".contains($0) }.map { word in
      word.allSatisfy { !$0.isLowercase } ? word.lowercased() : String(word)
    }
    return (words.first ?? "") + words.dropFirst().map(capitalized).joined()
  }

  /// `mailboxId` as `mailbox_id`, `badURL` as `bad_url`.
  package static func snake(_ name: String) -> String {
    var out = ""
    let letters = Array(name)
    for (i, letter) in letters.enumerated() {
      if letter.isUppercase {
        let ends = i > 0 && !letters[i - 1].isUppercase
        let begins = i + 1 < letters.count && letters[i + 1].isLowercase
        out += (out.isEmpty || out.hasSuffix("_") || !(ends || begins) ? "" : "_") + letter.lowercased()
      } else {
        out.append(".-".contains(letter) ? "_" : letter)
      }
    }
    return out
  }

  package static func capitalized(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }

  package static func swift(_ name: String) -> String {
    swiftKeywords.contains(name) ? "`\(name)`" : name
  }

  package static func python(_ name: String) -> String {
    let snake = snake(name)
    return pythonKeywords.contains(snake) ? snake + "_" : snake
  }

  private static let swiftKeywords: Set = [
    "as", "break", "case", "catch", "class", "continue", "default", "defer", "do", "else", "enum",
    "extension",
    "false", "for", "func", "guard", "if", "import", "in", "init", "internal", "is", "let", "nil", "operator",
    "private", "protocol", "public", "repeat", "rethrows", "return", "self", "static", "struct", "subscript",
    "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
  ]

  private static let pythonKeywords: Set = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not",
    "or",
    "pass", "raise", "return", "try", "while", "with", "yield",
  ]
}
