internal import Bytes

extension IMAPSession {
  func search(_ arguments: inout IMAPArguments, byUID: Bool) async throws -> String {
    guard let current = selection else { return "OK Done" }
    try arguments.space()
    var returns: [String]?
    var ahead = arguments
    if isOffered("ESEARCH"), try ahead.keywordIfAny() == "RETURN" {
      arguments = ahead
      try arguments.space()
      returns = try returnOptions(&arguments)
      try arguments.space()
    }
    ahead = arguments
    if try ahead.keywordIfAny() == "CHARSET" {
      arguments = ahead
      try arguments.space()
      let name = String(decoding: try arguments.astring(), as: UTF8.self).uppercased()
      guard name == "UTF-8" || name == "US-ASCII" else {
        throw No("[BADCHARSET (US-ASCII UTF-8)] Unknown charset")
      }
      try arguments.space()
    }
    let context = SearchKey.Context(
      view: current.view, condstore: isOffered("CONDSTORE"), gmail: isOffered("X-GM-EXT-1"))
    let key = try SearchKey.list(&arguments, context)
    try arguments.end()
    if key.hasModSeq { condstore = true }
    let (found, highest) = await find(key, current)
    let shown = byUID ? found : current.view.numbers(of: found)
    let modSeq = key.hasModSeq && !found.isEmpty ? highest : nil
    if let returns {
      put(extendedAnswer(shown, returns, byUID: byUID, modSeq: modSeq))
    } else {
      try await putPlain(shown, modSeq: modSeq)
    }
    return "OK Done"
  }

  private func returnOptions(_ arguments: inout IMAPArguments) throws(IMAPBad) -> [String] {
    try arguments.expect(0x28)
    if arguments.skip(0x29) { return ["ALL"] }
    var options: [String] = []
    repeat {
      let option = try arguments.keyword()
      guard ["ALL", "MIN", "MAX", "COUNT"].contains(option) else { throw IMAPBad("Unknown return option") }
      options.append(option)
    } while arguments.skip(ASCII.space)
    try arguments.expect(0x29)
    return options
  }

  private func find(_ key: SearchKey, _ current: Selection) async -> (UIDRanges, UInt64) {
    guard let mailbox = world.with(owner, current.folder, { $0 }) else { return (UIDRanges(), 1) }
    var candidates = current.view.intersection(mailbox.present)
    if let bounds = key.bounds(mailbox) { candidates = candidates.intersection(bounds) }
    if key.isDecidedByBounds { return (candidates, mailbox.modSeq) }
    var found = UIDRanges()
    var highest: UInt64 = 1
    for (i, uid) in candidates.enumerated() {
      guard let entry = mailbox.entry(uid) else { continue }
      var raw: [UInt8]?
      if key.matches(entry, &raw) {
        found.insert(uid)
        highest = max(highest, entry.modSeq)
      }
      // A long search must not keep others from being served.
      if i % 4096 == 4095 { await Task.yield() }
    }
    return (found, highest)
  }

  private func extendedAnswer(
    _ found: UIDRanges, _ returns: [String], byUID: Bool, modSeq: UInt64?
  ) -> String {
    var text = "* ESEARCH (TAG \"\(tag)\")\(byUID ? " UID" : "")"
    if returns.contains("MIN"), let first = found.first { text += " MIN \(first)" }
    if returns.contains("MAX"), let last = found.last { text += " MAX \(last)" }
    if returns.contains("ALL"), !found.isEmpty { text += " ALL \(found.text)" }
    if returns.contains("COUNT") { text += " COUNT \(found.count)" }
    if let modSeq { text += " MODSEQ \(modSeq)" }
    return text + "\r\n"
  }

  private func putPlain(_ found: UIDRanges, modSeq: UInt64?) async throws {
    put("* SEARCH")
    for number in found {
      put(" \(number)")
      try await flushIfLarge()
    }
    if let modSeq { put(" (MODSEQ \(modSeq))") }
    put("\r\n")
  }
}

extension IMAPArguments {
  /// An atom in upper case; nil when there is none here.
  mutating func keywordIfAny() throws(IMAPBad) -> String? {
    guard let b = peek, Self.isAtomCharacter(b) else { return nil }
    return try keyword()
  }
}
