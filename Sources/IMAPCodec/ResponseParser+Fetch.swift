internal import Bytes

extension ResponseParser {
  /// `"(" msg-att *(SP msg-att) ")"`
  static func fetch(_ c: inout FrameCursor, sequence: UInt32) throws(IMAPSyntaxError) -> FetchData {
    var data = FetchData(sequence: sequence)
    try c.list(atMost: 1000) { (c) throws(IMAPSyntaxError) in try attribute(&c, &data) }
    return data
  }

  private static func attribute(_ c: inout FrameCursor, _ data: inout FetchData) throws(IMAPSyntaxError) {
    let word = c.take { $0 != ASCII.space && $0 != 0x5B && $0 != 0x28 && $0 != 0x29 }
    guard let first = word.first else { throw c.error("expected an item of FETCH") }
    switch (ASCII.upper(first), word.count) {
    case (0x55, 3) where ASCII.equalsIgnoringCase(word, "UID"):
      c.spaces()
      let value = try c.number32()
      data.uid = value > 0 ? UID(value) : nil
    case (0x46, 5) where ASCII.equalsIgnoringCase(word, "FLAGS"):
      c.spaces()
      data.flags = try c.flagList()
    case (0x49, _) where ASCII.equalsIgnoringCase(word, "INTERNALDATE"):
      c.spaces()
      data.internalDate = try c.nstring().flatMap { IMAPDate.parseDateTime($0) }
    case (0x4D, 6) where ASCII.equalsIgnoringCase(word, "MODSEQ"):
      c.spaces()
      data.modSeq = try modSeqItem(&c)
    case (0x42, _) where ASCII.equalsIgnoringCase(word, "BODY"): try section(&c, &data, isDecoded: false)
    case (0x42, _) where ASCII.equalsIgnoringCase(word, "BINARY"): try section(&c, &data, isDecoded: true)
    case (0x42, _) where ASCII.equalsIgnoringCase(word, "BINARY.SIZE"):
      _ = c.take { $0 != 0x5D }
      _ = c.skip(0x5D)
      c.spaces()
      try c.skipValue()
    case (0x45, 7) where ASCII.equalsIgnoringCase(word, "EMAILID"):
      c.spaces()
      data.emailID = try objectIDItem(&c)
    case (0x54, 8) where ASCII.equalsIgnoringCase(word, "THREADID"):
      c.spaces()
      data.threadID = try objectIDItem(&c)
    case (0x50, 7) where ASCII.equalsIgnoringCase(word, "PREVIEW"):
      c.spaces()
      // Dovecot's older form: `PREVIEW (FUZZY "text")`.
      if c.peek == 0x28 { try c.skipValue() } else { data.preview = try c.nstring().map(preview) }
    case (0x53, 8) where ASCII.equalsIgnoringCase(word, "SAVEDATE"):
      c.spaces()
      data.saveDate = try c.nstring().flatMap { IMAPDate.parseDateTime($0) }
    case (0x52, _): try rfc822(word, &c, &data)
    case (0x58, _): try gmail(word, &c, &data)
    default:
      c.spaces()
      try c.skipValue()
    }
  }

  /// `"MODSEQ" SP "(" permsg-modsequence ")"`; Zoho sends -1.
  private static func modSeqItem(_ c: inout FrameCursor) throws(IMAPSyntaxError) -> ModSeq? {
    let start = c.offset
    let inList = c.skip(0x28)
    if let byte = c.peek, ASCII.isDigit(byte) {
      let digits = c.take(while: ASCII.isDigit)
      if inList { try c.expect(0x29) }
      return ASCII.decimal(digits).flatMap(modSeq)
    }
    c.move(to: start)
    try c.skipValue()
    return nil
  }

  /// `"(" objectid ")" / nil`: THREADID may be NIL (RFC 8474 §5.2).
  private static func objectIDItem(_ c: inout FrameCursor) throws(IMAPSyntaxError) -> String? {
    if c.peek == 0x28 { return objectID(&c) }
    try c.skipValue()
    return nil
  }

  /// RFC 8970 §3.1: at most 256 characters, no line ends. Control characters become spaces.
  private static func preview(_ octets: [UInt8]) -> String {
    let text = String(
      decoding: octets.prefix(4096).map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
    return String(text.prefix(256))
  }

  /// `"BODY" "[" section "]" ["<" number ">"] SP nstring`, or `"BODY" SP body`.
  private static func section(
    _ c: inout FrameCursor, _ data: inout FetchData, isDecoded: Bool
  ) throws(IMAPSyntaxError) {
    guard c.skip(0x5B) else {
      c.spaces()
      return try c.skipValue()
    }
    let word = c.take { $0 != 0x5D && $0 != ASCII.space }
    // The names of header fields: atoms, strings, literals; a `]` may stand in a quoted one.
    while let byte = c.peek, byte != 0x5D {
      switch byte {
      case ASCII.quote, 0x7B: _ = try c.string()
      default: _ = c.next()
      }
    }
    try c.expect(0x5D)
    var isFromStart = true
    if c.skip(0x3C) {
      isFromStart = try c.number() == 0
      try c.expect(0x3E)
    }
    c.spaces()
    // Yandex leaves the value out.
    if c.peek == 0x29 || c.peek == nil { return }
    let value = try c.nstring()
    guard isFromStart else { return }
    if word.isEmpty, !isDecoded {
      data.body = value
    } else if ASCII.equalsIgnoringCase(word.prefix(6), "HEADER"), !isDecoded {
      data.header = value
    } else {
      data.sections.append(
        FetchedSection(
          name: printable(word.prefix(64)).uppercased(), isDecoded: isDecoded, octets: value))
    }
  }

  private static func rfc822(
    _ word: ArraySlice<UInt8>, _ c: inout FrameCursor, _ data: inout FetchData
  ) throws(IMAPSyntaxError) {
    c.spaces()
    if ASCII.equalsIgnoringCase(word, "RFC822.SIZE") {
      // Nothing but a number can stand here, but a wrong one must not cost the message.
      if c.peek.map(ASCII.isDigit) == true {
        data.size = ASCII.decimal(c.take(while: ASCII.isDigit))
      } else {
        try c.skipValue()
      }
    } else if ASCII.equalsIgnoringCase(word, "RFC822") {
      data.body = try c.nstring()
    } else if ASCII.equalsIgnoringCase(word, "RFC822.HEADER") {
      data.header = try c.nstring()
    } else {
      try c.skipValue()
    }
  }

  /// X-GM-MSGID, X-GM-THRID, X-GM-LABELS (developers.google.com/workspace/gmail/imap/imap-extensions).
  private static func gmail(
    _ word: ArraySlice<UInt8>, _ c: inout FrameCursor, _ data: inout FetchData
  ) throws(IMAPSyntaxError) {
    c.spaces()
    if ASCII.equalsIgnoringCase(word, "X-GM-MSGID") {
      data.gmailMessageID = try c.number()
    } else if ASCII.equalsIgnoringCase(word, "X-GM-THRID") {
      data.gmailThreadID = try c.number()
    } else if ASCII.equalsIgnoringCase(word, "X-GM-LABELS"), c.peek == 0x28 {
      var labels: [String] = []
      try c.list { (c) throws(IMAPSyntaxError) in
        let label = c.peek == ASCII.backslash ? Array(try c.flag().utf8) : try c.astring()
        labels.append(c.mailboxName(label).text)
      }
      data.gmailLabels = labels
    } else {
      try c.skipValue()
    }
  }
}
