internal import Bytes

/// Reads address lists (RFC 5322 §3.4, obsolete forms of §4.4, RFC 6532, and what real mail holds).
///
/// One pass over the octets; nesting of comments is a counter. An entry is gathered as runs of
/// words (what stands together without white space is one run) until `,` or `;` ends it.
struct AddressParser {
  private let input: [UInt8]
  private let guess: Charset
  private var i = 0
  private var found = [MailAddress]()
  private let limit: Int
  private var entry = Entry()
  /// A name cut by its own comma, as in `Doe, Jane <jane@example.com>`.
  private var carried = [UInt8]()
  /// No `"` at or behind this index closes a quoted string; so none is searched for again.
  private var quoteSearchFailed = false
  /// No encoded word can start before this index: one was searched for and not found.
  private var encodedWordFailedUntil = 0

  /// The longest comment text kept for a name; more of it is read over.
  private static let commentOctetsMax = 1024

  /// Words that stand together, as a place in ``Entry/text``.
  private struct Run {
    var start: Int
    var end: Int
    /// An `@` outside of quotes stands in it.
    var hasAt = false
  }

  private struct Entry {
    /// All runs' octets, one behind the other.
    var text: [UInt8] = []
    var runs: [Run] = []
    var comment: [UInt8] = []
    var angle: [UInt8] = []
    var hasAngle = false
    var spaceBefore = true
    var isEmpty: Bool { runs.isEmpty && !hasAngle }

    /// Ready for the next entry, in the memory of this one.
    mutating func clear() {
      text.removeAll(keepingCapacity: true)
      runs.removeAll(keepingCapacity: true)
      comment.removeAll(keepingCapacity: true)
      angle.removeAll(keepingCapacity: true)
      hasAngle = false
      spaceBefore = true
    }

    func octets(_ runs: ArraySlice<Run>) -> ArraySlice<UInt8> {
      guard let first = runs.first, let last = runs.last else { return [] }
      return text[first.start..<last.end]
    }
  }

  static func parse(_ bytes: [UInt8], limit: Int, else guess: Charset) -> [MailAddress] {
    if let plain = PlainAddressList.parse(bytes, limit: limit) { return plain }
    return parseAny(bytes, limit: limit, else: guess)
  }

  static func parseAny(_ bytes: [UInt8], limit: Int, else guess: Charset) -> [MailAddress] {
    var parser = AddressParser(input: bytes, limit: limit, guess: guess)
    parser.run()
    return parser.found
  }

  private init(input: [UInt8], limit: Int, guess: Charset) {
    self.input = input
    self.limit = limit
    self.guess = guess
  }

  private mutating func run() {
    while i < input.count, found.count < limit {
      let b = input[i]
      switch b {
      case ASCII.quote: quoted()
      case 0x28: comment()
      case 0x3C where !entry.hasAngle: angle()
      case 0x2C:
        finish(at: b)
        i += 1
      case 0x3B:
        finish(at: b)
        i += 1
      case 0x3A: colon()
      case 0...ASCII.space, 0x3E, 0x7F:
        entry.spaceBefore = true
        i += 1
      default: atom()
      }
    }
    if found.count < limit { finish(at: 0x3B) }
  }

  private mutating func append(_ bytes: some Collection<UInt8>, hasAt: Bool) {
    if entry.spaceBefore || entry.runs.isEmpty {
      entry.runs.append(Run(start: entry.text.count, end: entry.text.count))
    }
    entry.spaceBefore = false
    entry.text.append(contentsOf: bytes)
    entry.runs[entry.runs.count - 1].end = entry.text.count
    if hasAt { entry.runs[entry.runs.count - 1].hasAt = true }
  }

  /// `group = display-name ":" [group-list] ";"`; also the colon of `mailto:`.
  private mutating func colon() {
    i += 1
    if !entry.hasAngle, !entry.runs.contains(where: \.hasAt) {
      entry.clear()
      carried = []
    } else {
      append([0x3A], hasAt: false)
    }
  }

  /// A quoted string's text, escapes resolved; its quotes are kept only if it is a local part.
  private mutating func quoted() {
    guard !quoteSearchFailed else { return loneQuote() }
    var text = [UInt8]()
    var at = i + 1
    var closed = false
    while at < input.count {
      let b = input[at]
      if b == ASCII.quote {
        closed = true
        break
      }
      if b == ASCII.backslash, at + 1 < input.count {
        at += 1
        text.append(input[at])
      } else if b == ASCII.backslash {
        break
      } else if b != ASCII.cr && b != ASCII.lf {
        text.append(b)
      }
      at += 1
    }
    guard closed else {
      quoteSearchFailed = true
      return loneQuote()
    }
    i = at + 1
    if i < input.count, input[i] == 0x40 {
      append(
        [ASCII.quote] + text.flatMap { needsEscape($0) ? [ASCII.backslash, $0] : [$0] } + [ASCII.quote],
        hasAt: false)
    } else {
      append(text, hasAt: false)
    }
  }

  private func needsEscape(_ b: UInt8) -> Bool { b == ASCII.quote || b == ASCII.backslash }

  /// A quote that nothing closes is left out.
  private mutating func loneQuote() { i += 1 }

  private mutating func comment() {
    var depth = 0
    var text = [UInt8]()
    while i < input.count {
      var b = input[i]
      if b == 0x28 {
        depth += 1
        if depth == 1 {
          i += 1
          continue
        }
      } else if b == 0x29 {
        depth -= 1
        if depth == 0 {
          i += 1
          break
        }
      } else if b == ASCII.backslash, i + 1 < input.count {
        i += 1
        b = input[i]
      }
      if text.count < Self.commentOctetsMax { text.append(b) }
      i += 1
    }
    if !text.isEmpty { entry.comment = text }
    entry.spaceBefore = true
  }

  /// `angle-addr = "<" addr-spec ">"`, with the route of §4.4 dropped.
  private mutating func angle() {
    i += 1
    var text = [UInt8]()
    swap(&text, &entry.angle)
    var inQuotes = false
    var depth = 0
    while i < input.count {
      let b = input[i]
      if depth > 0 {
        if b == 0x28 { depth += 1 } else if b == 0x29 { depth -= 1 }
      } else if inQuotes {
        if b == ASCII.backslash, i + 1 < input.count {
          text.append(b)
          i += 1
          text.append(input[i])
        } else if b != ASCII.cr, b != ASCII.lf {
          text.append(b)
          if b == ASCII.quote { inQuotes = false }
        }
      } else if b == 0x3E {
        i += 1
        break
      } else if b == 0x2C, text.first != 0x40 {
        break  // the closing bracket is missing: `<a@b, c@d`
      } else if b == 0x3C {
        text = []  // `<<a@b>>`, `<Name <a@b>`
      } else if b == 0x28 {
        depth = 1
      } else if b == ASCII.quote {
        inQuotes = true
        text.append(b)
      } else if b > ASCII.space, b != 0x7F {
        text.append(b)
      }
      i += 1
    }
    if text.first == 0x40, let colon = text.lastIndex(of: 0x3A) { text.removeFirst(colon + 1) }
    if text.count > 7, ASCII.equalsIgnoringCase(text[..<7], "mailto:") { text.removeFirst(7) }
    // `<Undisclosed-Recipients:;>`, `<list:@host;>`: a group of nobody in brackets.
    if text.last == 0x3B, text.first != ASCII.quote, text.contains(0x3A) { text = [] }
    entry.angle = text
    entry.hasAngle = true
    entry.spaceBefore = true
  }

  private mutating func atom() {
    if input[i] == 0x3D, i + 1 < input.count, input[i + 1] == 0x3F, i >= encodedWordFailedUntil {
      if let end = encodedWordEnd() {
        append(input[i..<end], hasAt: false)
        i = end
        return
      }
    }
    let start = i
    var hasAt = false
    loop: while i < input.count {
      switch input[i] {
      case ASCII.quote, 0x28, 0x3C, 0x3E, 0x2C, 0x3B, 0x3A, 0...ASCII.space, 0x7F: break loop
      case 0x5B where hasAt || i > start && input[i - 1] == 0x40:
        // domain-literal: its colons do not begin a group
        while i < input.count, input[i] != 0x5D, input[i] > ASCII.space { i += 1 }
        if i < input.count, input[i] == 0x5D { i += 1 }
        continue
      case 0x40: hasAt = true
      case 0x3D where i > start && i + 1 < input.count && input[i + 1] == 0x3F && i >= encodedWordFailedUntil:
        break loop
      default: break
      }
      i += 1
    }
    if i == start { i += 1 }  // a second `<`: skipped
    append(input[start..<i], hasAt: hasAt)
  }

  /// The end of the encoded word that starts here: it may hold commas and brackets.
  private mutating func encodedWordEnd() -> Int? {
    var at = i + 2
    var marks = 0
    while at < input.count {
      let b = input[at]
      if b <= ASCII.space { break }
      if b == 0x3F {
        if marks >= 2, at + 1 < input.count, input[at + 1] == 0x3D { return at + 2 }
        marks += 1
      }
      at += 1
    }
    encodedWordFailedUntil = at
    return nil
  }

  private mutating func finish(at separator: UInt8) {
    defer { entry.clear() }
    if entry.isEmpty { return flushCarried() }
    if entry.hasAngle {
      var name = joined(entry.runs[...])
      if !carried.isEmpty { name = name.isEmpty ? carried[...] : carried + [0x2C, ASCII.space] + name }
      carried = []
      if !entry.angle.contains(0x40), let run = entry.runs.lastIndex(where: \.hasAt) {
        return add(entry.octets(entry.runs[run...run]), name: name)
      }
      return add(entry.angle[...], name: name)
    }
    if let at = entry.runs.firstIndex(where: \.hasAt) {
      flushCarried()
      return addBare(at)
    }
    if separator == 0x2C {
      flushCarried()
      carried = Array(joined(entry.runs[...]))
    } else {
      // A word alone is a local mailbox; several are a name without an address.
      if entry.runs.count == 1 { add(entry.text[...], name: []) }
      flushCarried()
    }
  }

  private mutating func flushCarried() {
    if carried.isEmpty { return }
    let word = carried
    carried = []
    if !word.contains(ASCII.space) { add(word[...], name: []) }
  }

  /// An address without angle brackets; words before it are a name.
  private mutating func addBare(_ at: Int) {
    var first = at
    var last = at
    let run = entry.octets(entry.runs[at...at])
    if run.first == 0x40, at > 0 { first = at - 1 }
    if run.last == 0x40, at + 1 < entry.runs.count { last = at + 1 }
    // `obs-domain = atom *("." atom)`, `obs-local-part = word *("." word)` (§4.4): white space around dots.
    while last + 1 < entry.runs.count, let next = entry.octets(entry.runs[last + 1...last + 1]).first,
      next == 0x2E || entry.octets(entry.runs[last...last]) == [0x2E]
    {
      last += 1
    }
    while first > 1, entry.octets(entry.runs[first - 1...first - 1]) == [0x2E] { first -= 2 }
    add(entry.octets(entry.runs[first...last]), name: joined(entry.runs[..<first]))
  }

  private func joined(_ runs: ArraySlice<Run>) -> ArraySlice<UInt8> {
    guard runs.count > 1 else { return entry.octets(runs) }
    var out = [UInt8]()
    out.reserveCapacity(entry.text.count + runs.count)
    for run in runs {
      if !out.isEmpty { out.append(ASCII.space) }
      out.append(contentsOf: entry.text[run.start..<run.end])
    }
    return out[...]
  }

  private mutating func add(_ address: ArraySlice<UInt8>, name: ArraySlice<UInt8>) {
    guard !address.isEmpty, found.count < limit else { return }
    var text = readable(name)
    if text == nil { text = readable(entry.comment[...]) }
    found.append(MailAddress(name: text, email: RawText.decode(address, else: guess)))
  }

  private func readable(_ name: ArraySlice<UInt8>) -> String? {
    if name.isEmpty { return nil }
    return name.withUnsafeBufferPointer({ Self.isPlain($0, 0..<$0.count) })
      ? String(decoding: name, as: UTF8.self) : clean(EncodedWord.decode(Array(name), else: guess))
  }

  /// Whether a name can be shown as it stands: printable ASCII, single spaces inside, nothing encoded or quoted.
  static func isPlain(_ p: UnsafeBufferPointer<UInt8>, _ name: Range<Int>) -> Bool {
    var last = ASCII.space
    for i in name {
      let b = p[i]
      if b < 0x20 || b > 0x7E || b == ASCII.space && last == ASCII.space || b == 0x3F && last == 0x3D {
        return false
      }
      last = b
    }
    return last != ASCII.space && p[name.lowerBound] != 0x27
  }

  /// Without controls, white space collapsed, without the single quotes some clients put around it.
  private func clean(_ name: String) -> String? {
    var out = String.UnicodeScalarView()
    var space = false
    for s in name.unicodeScalars {
      if s.value <= 0x20 || s.value == 0x7F || s.value == 0xA0 || 0x80..<0xA0 ~= s.value
        || s.value == 0x2028 || s.value == 0x2029
      {
        space = true
      } else {
        if space, !out.isEmpty { out.append(" ") }
        space = false
        out.append(s)
      }
    }
    var text = String(out)
    if text.utf8.count > 2, text.utf8.first == 0x27, text.utf8.last == 0x27 {
      text = String(text.dropFirst().dropLast())
    }
    return text.isEmpty ? nil : text
  }
}
