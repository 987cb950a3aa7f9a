internal import Bytes
package import IMAPCodec

extension IMAPConnection {
  /// All folders, in the server's order, each name once, with SPECIAL-USE attributes where the server
  /// has them.
  package nonisolated(nonsending) func list() async throws(IMAPClientError) -> [ListEntry] {
    try requireAuthenticated()
    let extended = session.has("LIST-EXTENDED") && session.has("SPECIAL-USE")
    return try await list(extended ? [.specialUse] : []).map(\.entry)
  }

  /// The same with each folder's status, in one round trip where the server offers LIST-STATUS; elsewhere
  /// every status is nil, and ``status(_:)`` tells it.
  package nonisolated(nonsending) func listWithStatus() async throws(IMAPClientError) -> [(
    entry: ListEntry, status: FolderStatus?
  )] {
    try requireAuthenticated()
    var wanted: Set<ListReturn> = []
    if session.has("LIST-STATUS") { wanted.insert(.status) }
    if session.has("LIST-EXTENDED"), session.has("SPECIAL-USE") { wanted.insert(.specialUse) }
    return try await list(wanted)
  }

  private enum ListReturn { case specialUse, status }

  private nonisolated(nonsending) func list(_ wanted: Set<ListReturn>) async throws(IMAPClientError) -> [(
    entry: ListEntry, status: FolderStatus?
  )] {
    var entries: [ListEntry] = []
    var seen: [MailboxName: Int] = [:]
    var statuses: [MailboxName: StatusItems] = [:]
    let withModSeq = knowsModSeq
    let unreadable = session.unreadable
    let budget = Budget("LIST", lines: options.listLinesMax, octets: 64 << 20)
    let answer = try await perform(
      .plain("LIST"), budget: budget,
      encode: { e in
        Self.encodeList(
          special: wanted.contains(.specialUse), states: wanted.contains(.status), modSeq: withModSeq, &e)
      },
      claim: { untagged in
        switch untagged {
        case .list(let entry):
          if let i = seen[entry.name] {
            entries[i].attributes += entry.attributes.filter { !entries[i].attributes.contains($0) }
          } else {
            seen[entry.name] = entries.count
            entries.append(entry)
          }
          return true
        case .mailboxStatus(let name, let items):
          statuses[name] = items
          return true
        default: return false
        }
      })
    // ProtonMail answers BAD to the extended form that it offers.
    if answer.kind == .bad, !wanted.isEmpty { return try await list([]) }
    if let refusal = Self.refusal("LIST", answer) { throw refusal }
    // A folder left out would be taken for one that is gone.
    if session.unreadable != unreadable { throw violation("unreadable LIST") }
    return entries.map { ($0, statuses[$0.name].flatMap(Self.folderStatus)) }
  }

  /// - Parameter special: special-use attributes, too.
  /// - Parameter states: each folder's state, too.
  static func encodeList(special: Bool, states: Bool, modSeq: Bool, _ e: inout CommandEncoder) {
    e.word("LIST \"\" \"*\"")
    guard special || states else { return }
    e.raw(" RETURN (")
    if special { e.raw(states ? "SPECIAL-USE " : "SPECIAL-USE") }
    if states {
      e.raw("STATUS ")
      statusItems(&e, modSeq: modSeq, size: false, appendLimit: false)
    }
    e.raw(")")
  }

  /// The state of a folder that need not be open.
  /// - Parameter sizes: also ``FolderStatus/size`` and ``FolderStatus/appendLimit``, where the server knows
  ///   them; it may have to look at each message for it.
  package nonisolated(nonsending) func status(
    _ name: MailboxName, sizes: Bool = false
  ) async throws(IMAPClientError) -> FolderStatus {
    try requireAuthenticated()
    var found: StatusItems?
    let withModSeq = knowsModSeq
    let withSize = sizes && session.has("STATUS=SIZE")
    // Without a number the limit is each folder's own (RFC 7889 §3).
    let withLimit = sizes && session.has("APPENDLIMIT")
    // With NOTIFY the state of any folder may come in between.
    let notifies = session.notifies
    try await run(
      .plain("STATUS"),
      encode: { (e) throws(UnencodableArgument) in
        e.word("STATUS ")
        try e.mailbox(name)
        e.raw(" ")
        Self.statusItems(&e, modSeq: withModSeq, size: withSize, appendLimit: withLimit)
      },
      claim: {
        guard case .mailboxStatus(let told, let items) = $0, !notifies || told == name else { return false }
        found = items
        return true
      })
    guard let status = found.flatMap(Self.folderStatus) else { throw violation("STATUS without its items") }
    return status
  }

  var knowsModSeq: Bool { session.has("CONDSTORE") || session.has("QRESYNC") }

  static func statusItems(
    _ e: inout CommandEncoder, modSeq: Bool, size: Bool, appendLimit: Bool
  ) {
    e.raw("(MESSAGES UIDNEXT UIDVALIDITY")
    if modSeq { e.raw(" HIGHESTMODSEQ") }
    if size { e.raw(" SIZE") }
    if appendLimit { e.raw(" APPENDLIMIT") }
    e.raw(")")
  }

  static func folderStatus(_ items: StatusItems) -> FolderStatus? {
    guard let messages = items.messages, let uidNext = items.uidNext, let uidValidity = items.uidValidity
    else {
      return nil
    }
    var status = FolderStatus(
      messages: messages, uidNext: uidNext, uidValidity: uidValidity, highestModSeq: items.highestModSeq)
    status.size = items.size
    status.appendLimit = items.appendLimit
    return status
  }
}
