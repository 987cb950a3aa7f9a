internal import Bytes

extension IMAPSession {
  /// Commands on the selected folder.
  func selectedState(_ name: String, _ arguments: inout IMAPArguments) async throws -> String {
    switch name {
    case "CHECK":
      try arguments.end()
      return "OK Done"
    case "UNSELECT" where isOffered("UNSELECT"):
      try arguments.end()
      deselect()
      return "OK Done"
    case "CLOSE":
      try arguments.end()
      if let current = selection, !current.readOnly { removeDeleted(among: current.view) }
      deselect()
      return "OK Done"
    case "EXPUNGE":
      try arguments.end()
      try requireWritable()
      removeDeleted(among: selection?.view ?? UIDRanges())
      return "OK Done"
    case "UID EXPUNGE" where isOffered("UIDPLUS"):
      try arguments.space()
      let set = try arguments.sequenceSet()
      try arguments.end()
      try requireWritable()
      removeDeleted(among: uids(set))
      return "OK Done"
    case "FETCH", "UID FETCH": return try await fetch(&arguments, byUID: name.hasPrefix("UID"))
    case "STORE", "UID STORE": return try await store(&arguments, byUID: name.hasPrefix("UID"))
    case "SEARCH", "UID SEARCH": return try await search(&arguments, byUID: name.hasPrefix("UID"))
    case "COPY", "UID COPY": return try copy(&arguments, byUID: name.hasPrefix("UID"), moves: false)
    case "MOVE" where isOffered("MOVE"), "UID MOVE" where isOffered("MOVE"):
      return try copy(&arguments, byUID: name.hasPrefix("UID"), moves: true)
    default: throw IMAPBad("Unknown command")
    }
  }

  func requireWritable() throws(No) {
    if selection?.readOnly != false { throw No("[READ-ONLY] Selected with EXAMINE") }
  }

  // MARK: Sets

  /// The UIDs of `set` that this client knows to exist.
  func uids(_ set: SequenceSet) -> UIDRanges {
    guard let view = selection?.view else { return UIDRanges() }
    return set.resolved(last: view.last ?? 0).intersection(view)
  }

  /// The UIDs that a command means by `set`.
  func uids(_ set: SequenceSet, byUID: Bool) throws(IMAPBad) -> UIDRanges {
    if byUID { return uids(set) }
    guard let view = selection?.view else { return UIDRanges() }
    let count = UInt32(view.count)
    for (a, b) in set.ranges where max(a ?? count, b ?? count) > count || count == 0 {
      throw IMAPBad("No message of that number")
    }
    return view.uids(numbers: set.resolved(last: count))
  }

  private func removeDeleted(among uids: UIDRanges) {
    guard let current = selection else { return }
    world.with(owner, current.folder) { mailbox in
      let deleted = mailbox.entries(uids).filter { $0.flags.contains("\\Deleted") }
      mailbox.remove(UIDRanges(ascending: deleted.map(\.uid)))
    }
    world.changed(owner, current.folder)
  }

  // MARK: STORE

  func store(_ arguments: inout IMAPArguments, byUID: Bool) async throws -> String {
    try arguments.space()
    let set = try arguments.sequenceSet()
    try arguments.space()
    var unchangedSince: UInt64?
    if arguments.skip(0x28) {
      guard try arguments.keyword() == "UNCHANGEDSINCE", isOffered("CONDSTORE") else {
        throw IMAPBad("Unknown modifier")
      }
      condstore = true
      try arguments.space()
      unchangedSince = try arguments.number(atMost: UInt64(Int64.max))
      try arguments.expect(0x29)
      try arguments.space()
    }
    let item = try arguments.keyword()
    let silent = item.hasSuffix(".SILENT")
    let base = silent ? String(item.dropLast(7)) : item
    guard ["FLAGS", "+FLAGS", "-FLAGS"].contains(base) else { throw IMAPBad("Unknown data item") }
    try arguments.space()
    let flags = try arguments.flags(needParentheses: false)
    try arguments.end()
    try requireWritable()
    let wanted = try uids(set, byUID: byUID)
    var modified = UIDRanges()
    for uid in wanted {
      if !change(uid, base, flags, unchangedSince: unchangedSince, silent: silent, byUID: byUID) {
        modified.insert(uid)
      }
      try await flushIfLarge()
    }
    if let current = selection { world.changed(owner, current.folder) }
    if modified.isEmpty { return "OK Done" }
    let shown = byUID ? modified : selection?.view.numbers(of: modified) ?? modified
    return "OK [MODIFIED \(shown.text)] Some were changed by others"
  }

  /// False when somebody else has changed the message since.
  private func change(
    _ uid: UInt32, _ item: String, _ flags: [String], unchangedSince: UInt64?, silent: Bool, byUID: Bool
  ) -> Bool {
    guard let current = selection else { return true }
    let result: (entry: Mailbox.Entry, done: Bool)? =
      world.with(owner, current.folder) { mailbox in
        guard let before = mailbox.entry(uid) else { return nil }
        if let limit = unchangedSince, before.modSeq > limit { return (before, false) }
        var now = before.flags
        switch item {
        case "FLAGS": now = flags
        case "+FLAGS": now += flags.filter { !now.contains($0) }
        default: now.removeAll { flags.contains($0) }
        }
        mailbox.setFlags(uid, now)
        return mailbox.entry(uid).map { ($0, true) }
      } ?? nil
    guard let result else { return true }
    if !result.done { return false }
    selection?.echoed[uid] = result.entry.modSeq
    if silent && !condstore { return true }
    guard let number = current.view.number(of: uid) else { return true }
    var parts: [String] = []
    if byUID { parts.append("UID \(uid)") }
    if !silent { parts.append("FLAGS (\(result.entry.flags.joined(separator: " ")))") }
    if condstore { parts.append("MODSEQ (\(result.entry.modSeq))") }
    put("* \(number) FETCH (\(parts.joined(separator: " ")))\r\n")
    return true
  }

  // MARK: COPY and MOVE

  func copy(_ arguments: inout IMAPArguments, byUID: Bool, moves: Bool) throws -> String {
    try arguments.space()
    let set = try arguments.sequenceSet()
    try arguments.space()
    let target = try folder(&arguments)
    try arguments.end()
    if moves { try requireWritable() }
    let wanted = try uids(set, byUID: byUID)
    guard let current = selection else { return "OK Done" }
    guard let validity = world.with(owner, target, { $0.uidValidity }) else {
      throw No("[TRYCREATE] No such mailbox")
    }
    let entries = world.with(owner, current.folder) { $0.entries(wanted) } ?? []
    var fresh = UIDRanges()
    for entry in entries {
      let raw = entry.content.raw
      if let uid = world.with(
        owner, target, { $0.add(raw, flags: entry.flags, receivedSeconds: entry.receivedSeconds) })
      {
        fresh.insert(uid)
      }
    }
    let copied = UIDRanges(ascending: entries.map(\.uid))
    world.changed(owner, target)
    let code =
      isOffered("UIDPLUS") && !copied.isEmpty ? "[COPYUID \(validity) \(copied.text) \(fresh.text)] " : ""
    guard moves else { return "OK \(code)Done" }
    // RFC 6851 §4.3: COPYUID comes first, in an untagged OK.
    if !code.isEmpty { put("* OK \(code)Moved\r\n") }
    world.with(owner, current.folder) { $0.remove(copied) }
    world.changed(owner, current.folder)
    pushUpdates(expunges: true)
    return "OK Done"
  }

  // MARK: What others did

  /// Tells of everything that has changed in the selected folder since the client was last told.
  func pushUpdates(expunges: Bool) {
    guard var current = selection else { return }
    let told = current.toldModSeq
    guard let mailbox = world.with(owner, current.folder, { $0 }), mailbox.uidValidity == current.uidValidity
    else {
      put("* BYE The mailbox is not what it was\r\n")
      deselect()
      return
    }
    let present = mailbox.present
    let gone = current.view.subtracting(present)
    if expunges && !gone.isEmpty {
      if qresync {
        put("* VANISHED \(gone.text)\r\n")
      } else {
        for uid in Array(gone).reversed() {
          if let number = current.view.number(of: uid) { put("* \(number) EXPUNGE\r\n") }
        }
      }
      current.view = current.view.subtracting(gone)
    }
    let fresh = present.subtracting(current.view)
    if !fresh.isEmpty {
      current.view.formUnion(fresh)
      put("* \(current.view.count) EXISTS\r\n* 0 RECENT\r\n")
    }
    if mailbox.modSeq > told {
      for entry in mailbox.entries(mailbox.changed(since: told).subtracting(fresh)) {
        if current.echoed[entry.uid] == entry.modSeq { continue }
        guard let number = current.view.number(of: entry.uid) else { continue }
        let modSeq = condstore ? " MODSEQ (\(entry.modSeq))" : ""
        put("* \(number) FETCH (UID \(entry.uid) FLAGS (\(entry.flags.joined(separator: " ")))\(modSeq))\r\n")
      }
      current.toldModSeq = mailbox.modSeq
      current.echoed = [:]
    }
    selection = current
  }
}
