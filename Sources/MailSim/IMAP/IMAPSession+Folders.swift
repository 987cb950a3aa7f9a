internal import Bytes
internal import IMAPCodec

extension IMAPSession {
  /// Commands that need a login and no selected folder; nil: none of them.
  func authenticatedState(_ name: String, _ arguments: inout IMAPArguments) async throws -> String? {
    switch name {
    case "SELECT": return try await select(&arguments, readOnly: false)
    case "EXAMINE": return try await select(&arguments, readOnly: true)
    case "LIST": return try list(&arguments, subscribedOnly: false)
    case "LSUB": return try list(&arguments, subscribedOnly: true)
    case "STATUS": return try status(&arguments)
    case "APPEND": return try append(&arguments)
    case "CREATE": return try create(&arguments)
    case "DELETE": return try delete(&arguments)
    case "RENAME": return try rename(&arguments)
    case "SUBSCRIBE", "UNSUBSCRIBE": return try subscribe(&arguments, name == "SUBSCRIBE")
    case "ENABLE" where isOffered("ENABLE"): return try enable(&arguments)
    case "NAMESPACE" where isOffered("NAMESPACE"):
      try arguments.end()
      put("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n")
      return "OK Done"
    case "IDLE" where isOffered("IDLE"):
      try arguments.end()
      return try await idle()
    default: return nil
    }
  }

  var owner: String { user ?? "" }

  /// A folder's name as text.
  func folder(_ arguments: inout IMAPArguments) throws -> String {
    let wire = try arguments.astring()
    if ASCII.equalsIgnoringCase(wire, "INBOX") { return "INBOX" }
    guard !wire.isEmpty, wire.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), let text = ModifiedUTF7.decode(wire)
    else {
      throw IMAPBad("Not a mailbox name in modified UTF-7")
    }
    return text
  }

  /// A name as an answer shows it.
  func quoted(_ folder: String) -> String {
    let wire = String(decoding: ModifiedUTF7.encode(folder), as: UTF8.self)
    return "\"\(wire.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }

  // MARK: SELECT

  private func select(_ arguments: inout IMAPArguments, readOnly: Bool) async throws -> String {
    try arguments.space()
    let name = try folder(&arguments)
    var resync: Resync?
    if arguments.skip(ASCII.space) { resync = try selectParameters(&arguments) }
    try arguments.end()
    let wasSelected = selection != nil
    deselect()
    guard let mailbox = world.with(owner, name, { $0 }) else {
      throw No("[NONEXISTENT] No such mailbox")
    }
    if wasSelected && qresync { put("* OK [CLOSED] Previous mailbox closed\r\n") }
    selection = Selection(
      folder: name, readOnly: readOnly, uidValidity: mailbox.uidValidity, view: mailbox.present,
      toldModSeq: mailbox.modSeq)
    let hasModSeq = isOffered("CONDSTORE")
    put("* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded)\r\n")
    put(
      "* OK [PERMANENTFLAGS (\(readOnly ? "" : "\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded \\*"))] Flags\r\n"
    )
    put("* \(mailbox.present.count) EXISTS\r\n* 0 RECENT\r\n")
    if let first = mailbox.unseenNumber() { put("* OK [UNSEEN \(first)] First unseen\r\n") }
    put(
      "* OK [UIDVALIDITY \(mailbox.uidValidity)] UIDs valid\r\n* OK [UIDNEXT \(mailbox.uidNext)] Predicted next UID\r\n"
    )
    if hasModSeq { put("* OK [HIGHESTMODSEQ \(mailbox.modSeq)] Highest\r\n") }
    if let resync, resync.uidValidity == mailbox.uidValidity { try await tell(resync, mailbox) }
    return "OK [READ-\(readOnly ? "ONLY" : "WRITE")] Selected"
  }

  /// The arguments of QRESYNC (RFC 7162 §3.2.5).
  private struct Resync {
    let uidValidity: UInt32
    let modSeq: UInt64
    let known: SequenceSet?
  }

  private func selectParameters(_ arguments: inout IMAPArguments) throws -> Resync? {
    var resync: Resync?
    try arguments.expect(0x28)
    repeat {
      switch try arguments.keyword() {
      case "CONDSTORE" where isOffered("CONDSTORE"): condstore = true
      case "QRESYNC" where qresync:
        try arguments.space()
        try arguments.expect(0x28)
        let validity = UInt32(try arguments.number())
        try arguments.space()
        let modSeq = try arguments.number(atMost: UInt64(Int64.max))
        guard validity > 0, modSeq > 0 else { throw IMAPBad("QRESYNC with 0") }
        var known: SequenceSet?
        if arguments.skip(ASCII.space), arguments.peek != 0x28 {
          known = try arguments.sequenceSet()
          _ = arguments.skip(ASCII.space)
        }
        if arguments.skip(0x28) {
          _ = try arguments.sequenceSet()
          try arguments.space()
          _ = try arguments.sequenceSet()
          try arguments.expect(0x29)
        }
        try arguments.expect(0x29)
        resync = Resync(uidValidity: validity, modSeq: modSeq, known: known)
      case let other: throw IMAPBad("Unknown or not enabled: \(other)")
      }
    } while arguments.skip(ASCII.space)
    try arguments.expect(0x29)
    return resync
  }

  private func tell(_ resync: Resync, _ mailbox: Mailbox) async throws {
    var gone = mailbox.removed(since: resync.modSeq)
    if let known = resync.known { gone = gone.intersection(known.resolved(last: .max)) }
    if !gone.isEmpty { put("* VANISHED (EARLIER) \(gone.text)\r\n") }
    for uid in mailbox.changed(since: resync.modSeq) {
      guard let entry = mailbox.entry(uid), let number = mailbox.present.number(of: uid) else { continue }
      put(
        "* \(number) FETCH (UID \(uid) FLAGS (\(entry.flags.joined(separator: " "))) MODSEQ (\(entry.modSeq)))\r\n"
      )
      try await flushIfLarge()
    }
  }

  func deselect() { selection = nil }

  private func enable(_ arguments: inout IMAPArguments) throws -> String {
    var enabled: [String] = []
    repeat {
      try arguments.space()
      let name = try arguments.keyword()
      if name == "CONDSTORE" && isOffered("CONDSTORE") {
        condstore = true
        enabled.append(name)
      }
      if name == "QRESYNC" && isOffered("QRESYNC") {
        condstore = true
        qresync = true
        enabled.append(name)
      }
    } while !arguments.isAtEnd
    put("* ENABLED\(enabled.map { " " + $0 }.joined())\r\n")
    return "OK Done"
  }

  // MARK: Changing folders

  private func create(_ arguments: inout IMAPArguments) throws -> String {
    try arguments.space()
    var name = try folder(&arguments)
    try arguments.end()
    if name.hasSuffix("/") { name.removeLast() }
    guard world.create(owner, name) else { throw No("[ALREADYEXISTS] Mailbox exists") }
    return "OK Done"
  }

  private func delete(_ arguments: inout IMAPArguments) throws -> String {
    try arguments.space()
    let name = try folder(&arguments)
    try arguments.end()
    guard name != "INBOX" else { throw No("[CANNOT] INBOX stays") }
    guard world.delete(owner, name) else { throw No("[NONEXISTENT] No such mailbox") }
    if selection?.folder == name { deselect() }
    return "OK Done"
  }

  private func rename(_ arguments: inout IMAPArguments) throws -> String {
    try arguments.space()
    let old = try folder(&arguments)
    try arguments.space()
    let new = try folder(&arguments)
    try arguments.end()
    guard old != "INBOX" else { throw No("[CANNOT] INBOX stays") }
    if let problem = world.rename(owner, old, to: new) { throw No(problem) }
    return "OK Done"
  }

  private func subscribe(_ arguments: inout IMAPArguments, _ on: Bool) throws -> String {
    try arguments.space()
    let name = try folder(&arguments)
    try arguments.end()
    world.with(owner) { account in
      if on { account.unsubscribed.remove(name) } else { account.unsubscribed.insert(name) }
    }
    return "OK Done"
  }

  // MARK: APPEND

  private func append(_ arguments: inout IMAPArguments) throws -> String {
    try arguments.space()
    let name = try folder(&arguments)
    try arguments.space()
    var flags: [String] = []
    if arguments.peek == 0x28 {
      flags = try arguments.flags(needParentheses: true)
      try arguments.space()
    }
    var seconds = Clock.nowSeconds
    if arguments.peek == ASCII.quote {
      seconds = try arguments.dateTime()
      try arguments.space()
    }
    guard arguments.peek == 0x7B else { throw IMAPBad("A message must be a literal") }
    let raw = try arguments.string()
    try arguments.end()
    guard let validity = world.with(owner, name, { $0.uidValidity }),
      let uid = world.add(raw, to: owner, name, flags: flags, seconds: seconds)
    else { throw No("[TRYCREATE] No such mailbox") }
    return isOffered("UIDPLUS") ? "OK [APPENDUID \(validity) \(uid)] Done" : "OK Done"
  }
}
