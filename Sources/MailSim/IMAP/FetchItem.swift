internal import Bytes

/// One thing that FETCH asks for.
enum FetchItem: Sendable {
  case flags, uid, internalDate, size, modSeq, envelope
  case structure(extended: Bool)
  case body(Section)
  case gmailMessageID, gmailThreadID, gmailLabels

  struct Section: Sendable {
    enum Text: Sendable {
      case whole, header, text, mime
      case fields([String], inverted: Bool)
    }

    var path: [Int] = []
    var text = Text.whole
    /// As the answer names it: `BODY[HEADER]`, `RFC822`.
    var label = ""
    var marksSeen = true
    /// First octet and length.
    var partial: (Int, Int)?
  }

  var isFlags: Bool { if case .flags = self { true } else { false } }
  var isUID: Bool { if case .uid = self { true } else { false } }
  var isModSeq: Bool { if case .modSeq = self { true } else { false } }
  var marksSeen: Bool { if case .body(let section) = self { section.marksSeen } else { false } }
  /// The text of the message must be made for it.
  var needsText: Bool {
    switch self {
    case .size, .envelope, .structure, .body, .gmailMessageID, .gmailThreadID: true
    default: false
    }
  }

  /// One item, or several in parentheses, or a macro.
  static func list(_ arguments: inout IMAPArguments, gmail: Bool) throws(IMAPBad) -> [FetchItem] {
    guard arguments.skip(0x28) else {
      var ahead = arguments
      switch try ahead.keyword() {
      case "ALL":
        arguments = ahead
        return [.flags, .internalDate, .size, .envelope]
      case "FAST":
        arguments = ahead
        return [.flags, .internalDate, .size]
      case "FULL":
        arguments = ahead
        return [.flags, .internalDate, .size, .envelope, .structure(extended: false)]
      default: return [try item(&arguments, gmail: gmail)]
      }
    }
    var items: [FetchItem] = []
    repeat { items.append(try item(&arguments, gmail: gmail)) } while arguments.skip(ASCII.space)
    try arguments.expect(0x29)
    return items
  }

  private static func item(_ arguments: inout IMAPArguments, gmail: Bool) throws(IMAPBad) -> FetchItem {
    // "[" belongs to atoms; a section is cut off here.
    let start = arguments
    var name = ""
    var ahead = arguments
    let word = try ahead.keyword()
    if let bracket = word.utf8.firstIndex(of: 0x5B) {
      name = String(word[..<bracket])
      arguments = IMAPArguments(start.bytes, from: start.position + name.utf8.count)
    } else {
      name = word
      arguments = ahead
    }
    switch name {
    case "FLAGS": return .flags
    case "UID": return .uid
    case "INTERNALDATE": return .internalDate
    case "RFC822.SIZE": return .size
    case "MODSEQ": return .modSeq
    case "ENVELOPE": return .envelope
    case "BODYSTRUCTURE": return .structure(extended: true)
    case "RFC822": return .body(Section(label: "RFC822"))
    case "RFC822.HEADER": return .body(Section(text: .header, label: "RFC822.HEADER", marksSeen: false))
    case "RFC822.TEXT": return .body(Section(text: .text, label: "RFC822.TEXT"))
    case "BODY" where arguments.peek != 0x5B: return .structure(extended: false)
    case "BODY", "BODY.PEEK":
      var section = try section(&arguments)
      section.marksSeen = name == "BODY"
      return .body(section)
    case "X-GM-MSGID" where gmail: return .gmailMessageID
    case "X-GM-THRID" where gmail: return .gmailThreadID
    case "X-GM-LABELS" where gmail: return .gmailLabels
    default: throw IMAPBad("Unknown fetch item")
    }
  }

  ///     section = "[" [section-spec] "]"      ["<" number "." nz-number ">"]
  private static func section(_ arguments: inout IMAPArguments) throws(IMAPBad) -> Section {
    var section = Section()
    let start = arguments.position
    try arguments.expect(0x5B)
    while let b = arguments.peek, ASCII.isDigit(b) {
      section.path.append(Int(try arguments.number()))
      if section.path.last == 0 { throw IMAPBad("Part number 0") }
      guard arguments.skip(0x2E) else { break }
    }
    if arguments.peek != 0x5D {
      let afterPath = arguments.position
      if !section.path.isEmpty, arguments.bytes[afterPath - 1] != 0x2E { throw IMAPBad("Bad section") }
      let word = try arguments.keyword()
      switch word {
      case "HEADER": section.text = .header
      case "TEXT": section.text = .text
      case "MIME" where !section.path.isEmpty: section.text = .mime
      case "HEADER.FIELDS", "HEADER.FIELDS.NOT":
        try arguments.space()
        try arguments.expect(0x28)
        var names: [String] = []
        repeat {
          names.append(String(decoding: ASCII.lowercased(try arguments.astring()), as: UTF8.self))
        } while arguments.skip(ASCII.space)
        try arguments.expect(0x29)
        section.text = .fields(names, inverted: word.hasSuffix("NOT"))
      default: throw IMAPBad("Unknown section")
      }
    }
    try arguments.expect(0x5D)
    section.label = "BODY" + String(decoding: arguments.bytes[start..<arguments.position], as: UTF8.self)
    if arguments.skip(0x3C) {
      let first = try arguments.number()
      try arguments.expect(0x2E)
      let length = try arguments.number()
      try arguments.expect(0x3E)
      if length == 0 { throw IMAPBad("Partial of length 0") }
      section.partial = (Int(first), Int(length))
      section.label += "<\(first)>"
    }
    return section
  }
}
