internal import Bytes

extension IMAPSession {
  /// Messages looked up at once.
  private static let chunk = 256

  func fetch(_ arguments: inout IMAPArguments, byUID: Bool) async throws -> String {
    try arguments.space()
    let set = try arguments.sequenceSet()
    try arguments.space()
    var items = try FetchItem.list(&arguments, gmail: isOffered("X-GM-EXT-1"))
    var changedSince: UInt64?
    var wantsVanished = false
    if arguments.skip(ASCII.space) {
      (changedSince, wantsVanished) = try modifiers(&arguments, byUID: byUID)
    }
    try arguments.end()
    if items.contains(where: \.isModSeq) || changedSince != nil {
      guard isOffered("CONDSTORE") else { throw IMAPBad("CONDSTORE is not offered") }
      condstore = true
    }
    if byUID && !items.contains(where: \.isUID) { items.insert(.uid, at: 0) }
    if changedSince != nil && !items.contains(where: \.isModSeq) { items.append(.modSeq) }
    guard let current = selection else { return "OK Done" }
    var wanted = try uids(set, byUID: byUID)
    if let since = changedSince {
      guard
        let (changed, removed) = world.with(
          owner, current.folder, { ($0.changed(since: since), $0.removed(since: since)) })
      else { return "OK Done" }
      wanted = wanted.intersection(changed)
      let gone = removed.intersection(set.resolved(last: .max))
      if wantsVanished && !gone.isEmpty { put("* VANISHED (EARLIER) \(gone.text)\r\n") }
    }
    let missing = try await answer(items, wanted, current)
    return missing ? "OK [EXPUNGEISSUED] Some are gone" : "OK Done"
  }

  private func modifiers(_ arguments: inout IMAPArguments, byUID: Bool) throws -> (UInt64, Bool) {
    var since: UInt64?
    var vanished = false
    try arguments.expect(0x28)
    repeat {
      switch try arguments.keyword() {
      case "CHANGEDSINCE":
        try arguments.space()
        since = try arguments.number(atMost: UInt64(Int64.max))
      case "VANISHED" where qresync && byUID: vanished = true
      default: throw IMAPBad("Unknown modifier")
      }
    } while arguments.skip(ASCII.space)
    try arguments.expect(0x29)
    guard let since else { throw IMAPBad("VANISHED needs CHANGEDSINCE") }
    return (since, vanished)
  }

  /// True when a message was gone that the client did not know to be gone.
  private func answer(_ items: [FetchItem], _ wanted: UIDRanges, _ current: Selection) async throws -> Bool {
    let marksSeen = !current.readOnly && items.contains(where: \.marksSeen)
    var missing = false
    var pending: [UInt32] = []
    pending.reserveCapacity(Self.chunk)
    for range in wanted.ranges {
      var next = UInt64(range.lowerBound)
      while next <= UInt64(range.upperBound) {
        let end = min(next + UInt64(Self.chunk) - 1, UInt64(range.upperBound))
        let part = UInt32(next)...UInt32(end)
        next = end + 1
        guard let first = current.view.number(of: part.lowerBound) else { continue }
        // All of `part` is in the view and in one piece: the numbers follow each other.
        let entries = world.with(owner, current.folder) { $0.entries(part) } ?? []
        missing = missing || entries.count < part.count
        for entry in entries {
          try await answer(
            items, entry, number: first + Int(entry.uid - part.lowerBound), marksSeen: marksSeen)
        }
      }
    }
    return missing
  }

  private func answer(_ items: [FetchItem], _ entry: Mailbox.Entry, number: Int, marksSeen: Bool) async throws
  {
    var entry = entry
    var items = items
    if marksSeen && !entry.flags.contains("\\Seen"), let folder = selection?.folder {
      let flags = entry.flags + ["\\Seen"]
      if let fresh = world.with(
        owner, folder,
        { (m: inout Mailbox) -> Mailbox.Entry? in
          m.setFlags(entry.uid, flags)
          return m.entry(entry.uid)
        }) ?? nil
      {
        entry = fresh
        if !items.contains(where: \.isFlags) { items.append(.flags) }
        world.changed(owner, folder)
      }
    }
    // What is told here need not be told again.
    if let told = selection?.toldModSeq, entry.modSeq > told, items.contains(where: \.isFlags) {
      selection?.echoed[entry.uid] = entry.modSeq
    }
    let raw = items.contains(where: \.needsText) ? entry.content.raw : []
    var tree: PartTree?
    put("* \(number) FETCH (")
    for (i, item) in items.enumerated() {
      if i > 0 { put(" ") }
      try put(item, entry, raw, &tree)
    }
    put(")\r\n")
    try await flushIfLarge()
  }

  private func put(_ item: FetchItem, _ entry: Mailbox.Entry, _ raw: [UInt8], _ tree: inout PartTree?) throws
  {
    switch item {
    case .flags: put("FLAGS (\(entry.flags.joined(separator: " ")))")
    case .uid: put("UID \(entry.uid)")
    case .internalDate: put("INTERNALDATE \"\(CivilTime(seconds: entry.receivedSeconds).imap)\"")
    case .size: put("RFC822.SIZE \(raw.count)")
    case .modSeq: put("MODSEQ (\(entry.modSeq))")
    case .envelope:
      var writer = StructureWriter(raw)
      writer.envelope(Self.tree(raw, &tree))
      put("ENVELOPE ")
      put(writer.bytes)
    case .structure(let extended):
      var writer = StructureWriter(raw)
      writer.structure(Self.tree(raw, &tree), extended: extended)
      put(extended ? "BODYSTRUCTURE " : "BODY ")
      put(writer.bytes)
    case .body(let section):
      put("\(section.label) ")
      guard let text = Self.text(section, raw, &tree) else { return put("NIL") }
      guard let (first, length) = section.partial else { return putLiteral(text) }
      putLiteral(text.dropFirst(first).prefix(length))
    case .gmailMessageID: put("X-GM-MSGID \(GmailNumbers.message(raw))")
    case .gmailThreadID: put("X-GM-THRID \(GmailNumbers.thread(raw))")
    case .gmailLabels:
      let label = GmailNumbers.label(selection?.folder ?? "")
      put("X-GM-LABELS (\(label))")
    }
  }

  private static func tree(_ raw: [UInt8], _ made: inout PartTree?) -> PartTree {
    if let made { return made }
    let fresh = PartTree(raw)
    made = fresh
    return fresh
  }

  private static func text(_ section: FetchItem.Section, _ raw: [UInt8], _ tree: inout PartTree?)
    -> ArraySlice<UInt8>?
  {
    if section.path.isEmpty, case .whole = section.text { return raw[...] }
    if section.path.isEmpty {
      // Only the place where the header ends is needed: no need to look into the parts.
      let end = headerEnd(raw)
      switch section.text {
      case .header: return raw[..<end]
      case .text: return raw[end...]
      case .fields(let names, let inverted): return fields(raw[..<end], names, inverted: inverted)
      default: return nil
      }
    }
    guard let part = Self.tree(raw, &tree).part(section.path[...]) else { return nil }
    let inner = part.type == "message" ? part.children.first : nil
    switch section.text {
    case .whole: return raw[part.body]
    case .mime: return raw[part.header]
    case .header: return inner.map { raw[$0.header] }
    case .text: return inner.map { raw[$0.body] }
    case .fields(let names, let inverted):
      return inner.map { fields(raw[$0.header], names, inverted: inverted) }
    }
  }

  /// Behind the empty line that ends the header.
  static func headerEnd(_ raw: [UInt8]) -> Int {
    var lineStart = 0
    for (i, byte) in raw.enumerated() where byte == ASCII.lf {
      let length = i - lineStart
      if length == 0 || length == 1 && raw[lineStart] == ASCII.cr { return i + 1 }
      lineStart = i + 1
    }
    return raw.count
  }

  /// The lines of those fields, and an empty line.
  static func fields(_ header: ArraySlice<UInt8>, _ names: [String], inverted: Bool) -> ArraySlice<UInt8> {
    var out: [UInt8] = []
    var keep = false
    for line in header.split(separator: ASCII.lf) {
      if line == [ASCII.cr] { break }
      if let first = line.first, !ASCII.isWSP(first) {
        let name = line.prefix { $0 != 0x3A }.drop { ASCII.isWSP($0) }
        let text = String(decoding: ASCII.lowercased(name), as: UTF8.self)
        keep = names.contains(PartTree.trim(text)) != inverted
      }
      if keep { out += line + [ASCII.lf] }
    }
    return (out + [13, 10])[...]
  }
}

/// The numbers of X-GM-EXT-1, made from the Message-ID and the first reference.
enum GmailNumbers {
  static func message(_ raw: [UInt8]) -> UInt64 { number(field("message-id", raw) ?? "") }

  static func thread(_ raw: [UInt8]) -> UInt64 {
    let references = field("references", raw) ?? field("in-reply-to", raw)
    let first = references?.split(separator: " ").first.map(String.init)
    return number(first ?? field("message-id", raw) ?? "")
  }

  static func label(_ folder: String) -> String {
    switch folder {
    case "INBOX": "\"\\\\Inbox\""
    case "[Gmail]/Sent Mail": "\"\\\\Sent\""
    case "[Gmail]/Drafts": "\"\\\\Draft\""
    default: ""
    }
  }

  private static func number(_ id: String) -> UInt64 { Rand.hash(id.utf8) >> 4 }

  private static func field(_ name: String, _ raw: [UInt8]) -> String? {
    let lines = IMAPSession.fields(raw[..<IMAPSession.headerEnd(raw)], [name], inverted: false)
    let text = String(decoding: lines, as: UTF8.self).replacing("\r\n", with: " ")
    guard let colon = text.utf8.firstIndex(of: 0x3A) else { return nil }
    return PartTree.trim(String(text[text.index(after: colon)...]))
  }
}
