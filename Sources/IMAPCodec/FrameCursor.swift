internal import Bytes

/// Why a frame could not be read as IMAP. The stream itself is still in step.
package struct IMAPSyntaxError: Error, Sendable, Hashable {
  /// The index in the frame's text.
  package var offset: Int
  package var reason: String

  package init(offset: Int, reason: String) {
    self.offset = offset
    self.reason = reason
  }
}

/// A place in a ``Frame`` that moves forward: reads IMAP's atoms, strings, numbers and lists, for
/// responses and commands alike. Never recursive, never traps.
package struct FrameCursor: Sendable {
  /// Deeper lists are refused. Real BODYSTRUCTUREs stay below 30.
  package static let depthMax = 100

  private var cursor: ByteCursor
  private var literals: [Frame.Literal]
  private var nextLiteral = 0
  private let utf8Names: Bool

  /// - Parameter utf8Names: names of mailboxes come in UTF-8, not in modified UTF-7.
  package init(_ frame: Frame, utf8Names: Bool = false) {
    cursor = ByteCursor(frame.text)
    literals = frame.literals
    self.utf8Names = utf8Names
  }

  func mailboxName(_ octets: [UInt8]) -> MailboxName {
    utf8Names ? MailboxName(utf8: octets) : MailboxName(wire: octets)
  }

  package var offset: Int { cursor.position }
  package var isAtEnd: Bool { cursor.isAtEnd }
  package var peek: UInt8? { cursor.peek }
  package func peek(_ ahead: Int) -> UInt8? { cursor.peek(ahead) }
  /// The text not read yet, without its literals.
  package var rest: ArraySlice<UInt8> { cursor.rest }

  package func error(_ reason: String) -> IMAPSyntaxError { IMAPSyntaxError(offset: offset, reason: reason) }

  package mutating func next() -> UInt8? { cursor.next() }
  package mutating func skip(_ byte: UInt8) -> Bool { cursor.skip(byte) }
  package mutating func skip(ignoringCase text: StaticString) -> Bool { cursor.skip(ignoringCase: text) }
  package mutating func take(while belongs: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    cursor.take(while: belongs)
  }
  package mutating func move(to index: Int) { cursor.move(to: index) }

  package mutating func expect(_ byte: UInt8) throws(IMAPSyntaxError) {
    if !cursor.skip(byte) { throw error("expected \(Character(Unicode.Scalar(byte)))") }
  }

  /// One space, strictly.
  package mutating func space() throws(IMAPSyntaxError) { try expect(ASCII.space) }

  /// Any number of spaces, none too: servers double them (Office 365, `[COPYUID n  ]`) and forget them.
  package mutating func spaces() { while cursor.skip(ASCII.space) {} }

  // MARK: Words

  /// `ATOM-CHAR` (RFC 9051 §9), and 8-bit octets, which servers send.
  package static func isAtomChar(_ b: UInt8) -> Bool {
    switch b {
    case 0...0x20, 0x22, 0x25, 0x28, 0x29, 0x2A, 0x5C, 0x5D, 0x7B, 0x7F: false
    default: true
    }
  }

  /// `1*ATOM-CHAR`.
  package mutating func atom() throws(IMAPSyntaxError) -> ArraySlice<UInt8> {
    let word = cursor.take(while: Self.isAtomChar)
    if word.isEmpty { throw error("expected an atom") }
    return word
  }

  /// A flag or attribute: `\Seen`, `\*`, `$Junk`, `NonJunk`; a `]` is let through, as servers do.
  package mutating func flag() throws(IMAPSyntaxError) -> String {
    let start = cursor.position
    if cursor.skip(ASCII.backslash), cursor.skip(0x2A) { return "\\*" }
    let word = cursor.take { Self.isAtomChar($0) || $0 == 0x5D }
    if cursor.position == start { throw error("expected a flag") }
    return (cursor.bytes[start] == ASCII.backslash ? "\\" : "") + String(decoding: word, as: UTF8.self)
  }

  package mutating func number(atMost limit: UInt64 = .max) throws(IMAPSyntaxError) -> UInt64 {
    let digits = cursor.take(while: ASCII.isDigit)
    guard let value = ASCII.decimal(digits, atMost: limit) else { throw error("expected a number") }
    return value
  }

  package mutating func number32() throws(IMAPSyntaxError) -> UInt32 {
    UInt32(truncatingIfNeeded: try number(atMost: UInt64(UInt32.max)))
  }

  package mutating func uidSet() throws(IMAPSyntaxError) -> UIDSet {
    let word = cursor.take { ASCII.isDigit($0) || $0 == 0x2A || $0 == 0x2C || $0 == 0x3A }
    guard let set = UIDSet(text: word) else { throw error("expected a set of numbers") }
    return set
  }

  // MARK: Strings

  /// `quoted` or `literal` or `literal8`.
  package mutating func string() throws(IMAPSyntaxError) -> [UInt8] {
    switch cursor.peek {
    case ASCII.quote: return try quoted()
    case 0x7B, 0x7E: return try literal()
    default: throw error("expected a string")
    }
  }

  private mutating func quoted() throws(IMAPSyntaxError) -> [UInt8] {
    _ = cursor.next()
    var out: [UInt8] = []
    while true {
      out += cursor.take { $0 != ASCII.quote && $0 != ASCII.backslash }
      switch cursor.next() {
      case ASCII.quote: return out
      case ASCII.backslash:
        guard let byte = cursor.next() else { throw error("unended quoted string") }
        // Some servers do not escape: `"a\b"` stands for itself.
        if byte != ASCII.quote && byte != ASCII.backslash { out.append(ASCII.backslash) }
        out.append(byte)
      default: throw error("unended quoted string")
      }
    }
  }

  /// `["~"] "{" number ["+"] "}"` with the octets that belong to it.
  private mutating func literal() throws(IMAPSyntaxError) -> [UInt8] {
    let start = cursor.position
    _ = cursor.skip(0x7E)
    guard cursor.skip(0x7B) else { throw error("expected a literal") }
    _ = cursor.take { ASCII.isDigit($0) || $0 == 0x2B }
    guard cursor.skip(0x7D) else { throw error("expected a literal") }
    while nextLiteral < literals.count, literals[nextLiteral].at < cursor.position { nextLiteral += 1 }
    guard nextLiteral < literals.count, literals[nextLiteral].at == cursor.position else {
      cursor.move(to: start)
      throw error("a literal that is none")
    }
    nextLiteral += 1
    return literals[nextLiteral - 1].bytes
  }

  /// `nstring`; nil for NIL.
  package mutating func nstring() throws(IMAPSyntaxError) -> [UInt8]? {
    if let byte = cursor.peek, byte == 0x4E || byte == 0x6E, cursor.skip(ignoringCase: "NIL") { return nil }
    return try string()
  }

  /// `astring`: a string, or atom characters and `]`.
  package mutating func astring() throws(IMAPSyntaxError) -> [UInt8] {
    switch cursor.peek {
    case ASCII.quote, 0x7B: return try string()
    case 0x7E: if cursor.peek(1) == 0x7B { return try string() }
    default: break
    }
    let word = cursor.take { Self.isAtomChar($0) || $0 == 0x5D }
    if word.isEmpty { throw error("expected a string") }
    return Array(word)
  }

  // MARK: Lists

  /// `"(" [item *(SP item)] ")"`; spaces may be doubled or missing.
  package mutating func list(
    atMost limit: Int = 10_000, _ item: (inout FrameCursor) throws(IMAPSyntaxError) -> Void
  ) throws(IMAPSyntaxError) {
    try expect(0x28)
    var n = 0
    while true {
      spaces()
      if cursor.skip(0x29) { return }
      let before = cursor.position
      n += 1
      guard n <= limit else { throw error("too many items in a list") }
      try item(&self)
      // An item that takes nothing would go on for ever.
      guard cursor.position > before else { throw error("expected an item or )") }
    }
  }

  package mutating func flagList() throws(IMAPSyntaxError) -> [String] {
    var flags: [String] = []
    try list { (c) throws(IMAPSyntaxError) in flags.append(try c.flag()) }
    return flags
  }

  /// Passes one value of any form: atom, number, string, list of any depth up to ``depthMax``.
  package mutating func skipValue() throws(IMAPSyntaxError) {
    var depth = 0
    repeat {
      switch cursor.peek {
      case nil: throw error("unended value")
      case 0x28:
        _ = cursor.next()
        depth += 1
        guard depth <= Self.depthMax else { throw error("lists too deep") }
      case 0x29:
        guard depth > 0 else { throw error("expected a value") }
        _ = cursor.next()
        depth -= 1
      case ASCII.space where depth > 0: _ = cursor.next()
      case ASCII.quote: _ = try quoted()
      case 0x7B: _ = try literal()
      case 0x7E where cursor.peek(1) == 0x7B: _ = try literal()
      default:
        let word = cursor.take {
          $0 != ASCII.space && $0 != 0x28 && $0 != 0x29 && $0 != ASCII.quote && $0 != 0x7B
        }
        if word.isEmpty { throw error("expected a value") }
      }
    } while depth > 0
  }
}
