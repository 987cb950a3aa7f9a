internal import Bytes
package import IMAPCodec

/// What changes mail on the server.
extension IMAPConnection {
  package enum FlagChange: Sendable, Hashable { case add, remove, replace }

  /// What became of messages that were to go.
  package enum Removal: Sendable, Hashable {
    case gone
    /// They are marked \Deleted: without UIDPLUS an expunge would take other messages with them, which
    /// somebody else has marked.
    case marked
  }

  /// Changes flags of messages in the open folder, silently: the server does not tell this connection.
  package nonisolated(nonsending) func store(
    _ uids: UIDSet, _ change: FlagChange, flags: [String]
  ) async throws(IMAPClientError) {
    try requireSelected()
    for part in Self.parts(uids) {
      try await run(
        .plain("UID STORE"), budget: Self.changes,
        encode: { (e) throws(UnencodableArgument) in
          e.word("UID STORE ")
          try e.uidSet(part)
          switch change {
          case .add: e.word("+FLAGS.SILENT ")
          case .remove: e.word("-FLAGS.SILENT ")
          case .replace: e.word("FLAGS.SILENT ")
          }
          try e.flags(flags)
        })
    }
  }

  /// Copies messages of the open folder to another one.
  /// - Returns: the new UIDs where the server tells (UIDPLUS), by the order of the old ones.
  /// - Throws: ``IMAPClientError/refused(command:status:code:text:)`` with code TRYCREATE when there is no such
  ///   folder.
  @discardableResult
  package nonisolated(nonsending) func copy(
    _ uids: UIDSet, to name: MailboxName
  ) async throws(IMAPClientError) -> UIDSet {
    try await transfer("UID COPY", uids, name)
  }

  /// Moves messages of the open folder to another one: in one step with MOVE (RFC 6851), else by a copy that is
  /// whole before anything goes.
  /// - Returns: the new UIDs where the server tells, and what became of the old messages.
  package nonisolated(nonsending) func move(
    _ uids: UIDSet, to name: MailboxName
  ) async throws(IMAPClientError) -> (uids: UIDSet, old: Removal) {
    if session.has("MOVE") { return (try await transfer("UID MOVE", uids, name), .gone) }
    let copied = try await copy(uids, to: name)
    return (copied, try await remove(uids))
  }

  /// Takes these messages, and no others, out of the open folder.
  package nonisolated(nonsending) func remove(_ uids: UIDSet) async throws(IMAPClientError) -> Removal {
    try await store(uids, .add, flags: ["\\Deleted"])
    guard session.has("UIDPLUS") else { return .marked }
    for part in Self.parts(uids) {
      try await run(
        .plain("UID EXPUNGE"), budget: Self.changes,
        encode: { (e) throws(UnencodableArgument) in
          e.word("UID EXPUNGE ")
          try e.uidSet(part)
        })
    }
    return .gone
  }

  /// Makes a folder.
  /// - Parameter specialUse: `\sent` and the like (RFC 6154 §3); left out where the server does not offer
  ///   CREATE-SPECIAL-USE.
  package nonisolated(nonsending) func create(
    _ name: MailboxName, specialUse: String? = nil
  ) async throws(IMAPClientError) {
    try requireAuthenticated()
    let use = session.has("CREATE-SPECIAL-USE") ? specialUse : nil
    try await run(
      .plain("CREATE"),
      encode: { (e) throws(UnencodableArgument) in
        e.word("CREATE ")
        try e.mailbox(name)
        if let use {
          e.raw(" (USE (")
          try e.flag(use)
          e.raw("))")
        }
      })
  }

  package nonisolated(nonsending) func rename(
    _ name: MailboxName, to new: MailboxName
  ) async throws(IMAPClientError) {
    try requireAuthenticated()
    try await run(
      .plain("RENAME"),
      encode: { (e) throws(UnencodableArgument) in
        e.word("RENAME ")
        try e.mailbox(name)
        e.raw(" ")
        try e.mailbox(new)
      })
  }

  /// Deletes a folder with the messages in it.
  package nonisolated(nonsending) func delete(_ name: MailboxName) async throws(IMAPClientError) {
    try requireAuthenticated()
    try await run(
      .plain("DELETE"),
      encode: { (e) throws(UnencodableArgument) in
        e.word("DELETE ")
        try e.mailbox(name)
      })
  }

  /// Whose folders are where (RFC 2342). Where the server does not say, one namespace of the account's own with
  /// the delimiter that LIST tells.
  package nonisolated(nonsending) func namespaces() async throws(IMAPClientError) -> Namespaces {
    try requireAuthenticated()
    var found: Namespaces?
    if session.has("NAMESPACE") {
      try await run(
        .plain("NAMESPACE"), encode: { $0.word("NAMESPACE") },
        claim: {
          guard case .namespaces(let told) = $0 else { return false }
          found = told
          return true
        })
    }
    if let found { return found }
    var delimiter: UInt8?
    try await run(
      .plain("LIST"), encode: { $0.word("LIST \"\" \"\"") },
      claim: {
        guard case .list(let entry) = $0 else { return false }
        delimiter = entry.delimiter
        return true
      })
    var own = Namespaces()
    own.personal = [.init(prefix: MailboxName(wire: []), delimiter: delimiter)]
    return own
  }

  private nonisolated(nonsending) func transfer(
    _ command: StaticString, _ uids: UIDSet, _ name: MailboxName
  ) async throws(IMAPClientError) -> UIDSet {
    try requireSelected()
    var new = UIDSet()
    for part in Self.parts(uids) {
      // MOVE tells COPYUID before its end, in an untagged OK (RFC 6851 §4.3).
      var told: UIDSet?
      let status = try await run(
        .plain("\(command)"), budget: Self.changes,
        encode: { (e) throws(UnencodableArgument) in
          e.word(command)
          e.raw(" ")
          try e.uidSet(part)
          e.raw(" ")
          try e.mailbox(name)
        },
        claim: {
          guard case .status(let status) = $0, case .copyUID(_, _, let to) = status.code else { return false }
          told = to
          return true
        })
      if case .copyUID(_, _, let to) = status.code { told = to }
      if let told { new.formUnion(told) }
    }
    return new
  }

  /// Expunges and changes that a command causes are its own answers.
  private static let changes = Budget("an answer", lines: 100_000, octets: 16 << 20)

  /// A command's line stays below what servers take: see ``FetchPlan``.
  private static func parts(_ uids: UIDSet) -> [UIDSet] {
    var rest = uids
    var parts: [UIDSet] = []
    repeat { parts.append(rest.popFirst(.max, rangesMax: 1000)) } while !rest.isEmpty
    return parts
  }
}
