internal import Bytes
internal import IMAPCodec

extension IMAPSession {
  /// LIST, LSUB and LIST with RETURN (RFC 3501 §6.3.8, RFC 5258, RFC 5819).
  func list(_ arguments: inout IMAPArguments, subscribedOnly: Bool) throws -> String {
    try arguments.space()
    var onlySpecial = false
    var onlySubscribed = subscribedOnly
    if arguments.peek == 0x28 {
      guard isOffered("LIST-EXTENDED") else { throw IMAPBad("LIST-EXTENDED is not offered") }
      for option in try words(&arguments) {
        switch option {
        case "SPECIAL-USE": onlySpecial = true
        case "SUBSCRIBED": onlySubscribed = true
        case "REMOTE", "RECURSIVEMATCH": break
        default: throw IMAPBad("Unknown selection option")
        }
      }
      try arguments.space()
    }
    let reference = try arguments.astring()
    try arguments.space()
    let pattern = reference + (try arguments.listMailbox())
    var statusItems: [String] = []
    if arguments.skip(ASCII.space) {
      guard try arguments.keyword() == "RETURN", isOffered("LIST-EXTENDED") else {
        throw IMAPBad("Expected RETURN")
      }
      try arguments.space()
      statusItems = try returnOptions(&arguments)
    }
    try arguments.end()
    let word = subscribedOnly ? "LSUB" : "LIST"
    if pattern.isEmpty {
      put("* \(word) (\\Noselect) \"/\" \"\"\r\n")
      return "OK Done"
    }
    let account = world.with(owner) { $0 }
    let names = account.mailboxes.keys.sorted { ($0 == "INBOX" ? 0 : 1, $0) < ($1 == "INBOX" ? 0 : 1, $1) }
    var shown = Set<String>()
    for name in Self.withParents(names) {
      guard Self.matches(pattern[...], ModifiedUTF7.encode(name)[...]), shown.insert(name).inserted else {
        continue
      }
      let mailbox = account.mailboxes[name]
      if onlySubscribed && account.unsubscribed.contains(name) { continue }
      if onlySpecial && mailbox?.specialUse == nil { continue }
      let hasChildren = names.contains { $0.hasPrefix(name + "/") }
      var attributes = [hasChildren ? "\\HasChildren" : "\\HasNoChildren"]
      if mailbox == nil { attributes.insert("\\Noselect", at: 0) }
      if let use = mailbox?.specialUse { attributes.append(use) }
      put("* \(word) (\(attributes.joined(separator: " "))) \"/\" \(quoted(name))\r\n")
      if let mailbox, !statusItems.isEmpty { put(try statusLine(name, mailbox, statusItems)) }
    }
    return "OK Done"
  }

  /// `names`, each preceded by those parents of it that do not exist themselves.
  private static func withParents(_ names: [String]) -> [String] {
    let known = Set(names)
    return names.flatMap { name -> [String] in
      guard let slash = name.lastIndex(of: "/") else { return [name] }
      let parent = String(name[..<slash])
      return known.contains(parent) ? [name] : [parent, name]
    }
  }

  /// "(" words ")", upper case.
  private func words(_ arguments: inout IMAPArguments) throws(IMAPBad) -> [String] {
    try arguments.expect(0x28)
    if arguments.skip(0x29) { return [] }
    var list: [String] = []
    repeat { list.append(try arguments.keyword()) } while arguments.skip(ASCII.space)
    try arguments.expect(0x29)
    return list
  }

  /// The items of STATUS, when asked for.
  private func returnOptions(_ arguments: inout IMAPArguments) throws(IMAPBad) -> [String] {
    var items: [String] = []
    try arguments.expect(0x28)
    if arguments.skip(0x29) { return [] }
    repeat {
      switch try arguments.keyword() {
      case "SPECIAL-USE", "CHILDREN", "SUBSCRIBED": break
      case "STATUS" where isOffered("LIST-STATUS"):
        try arguments.space()
        items = try words(&arguments)
      default: throw IMAPBad("Unknown return option")
      }
    } while arguments.skip(ASCII.space)
    try arguments.expect(0x29)
    return items
  }

  /// `*` matches anything, `%` anything without "/".
  private static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    if first == 0x2A || first == 0x25 {
      var rest = name
      while true {
        if matches(pattern.dropFirst(), rest) { return true }
        guard let next = rest.first, first == 0x2A || next != 0x2F else { return false }
        rest = rest.dropFirst()
      }
    }
    // INBOX in any case.
    if ASCII.equalsIgnoringCase(pattern, "INBOX") && ASCII.equalsIgnoringCase(name, "INBOX") { return true }
    return name.first == first && matches(pattern.dropFirst(), name.dropFirst())
  }

  // MARK: STATUS

  func status(_ arguments: inout IMAPArguments) throws -> String {
    try arguments.space()
    let name = try folder(&arguments)
    try arguments.space()
    let items = try words(&arguments)
    try arguments.end()
    guard let mailbox = world.with(owner, name, { $0 }) else { throw No("[NONEXISTENT] No such mailbox") }
    put(try statusLine(name, mailbox, items))
    return "OK Done"
  }

  private func statusLine(_ name: String, _ mailbox: Mailbox, _ items: [String]) throws(IMAPBad) -> String {
    var parts: [String] = []
    for item in items {
      switch item {
      case "MESSAGES": parts.append("MESSAGES \(mailbox.present.count)")
      case "RECENT": parts.append("RECENT 0")
      case "UIDNEXT": parts.append("UIDNEXT \(mailbox.uidNext)")
      case "UIDVALIDITY": parts.append("UIDVALIDITY \(mailbox.uidValidity)")
      case "UNSEEN": parts.append("UNSEEN \(mailbox.unseen)")
      case "HIGHESTMODSEQ" where isOffered("CONDSTORE"): parts.append("HIGHESTMODSEQ \(mailbox.modSeq)")
      default: throw IMAPBad("Unknown status item")
      }
    }
    return "* STATUS \(quoted(name)) (\(parts.joined(separator: " ")))\r\n"
  }
}
