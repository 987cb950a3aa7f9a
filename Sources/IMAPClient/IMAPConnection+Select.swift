internal import Bytes
package import IMAPCodec

extension IMAPConnection {
  /// Opens a folder; the one that was open is closed, also when this fails.
  ///
  /// - Parameter readOnly: EXAMINE: nothing that we do can change the folder.
  /// - Parameter resync: what is known already; the answer then tells what changed since, if the
  ///   server can (``SelectedFolder/resynced``).
  package nonisolated(nonsending) func select(
    _ name: MailboxName, readOnly: Bool, resync: QResync? = nil
  ) async throws(IMAPClientError) -> SelectedFolder {
    try requireAuthenticated()
    let canResync = session.enabled.contains("QRESYNC")
    let resync = canResync ? resync : nil
    let condstore = knowsModSeq && !canResync && !session.enabled.contains("CONDSTORE")
    let unreadable = session.unreadable
    var answer = SelectAnswer(isResync: resync != nil)
    // What was told of the folder that is left must not be taken for news of the next one.
    session.dropFolderEvents()
    let budget =
      resync == nil
      ? Self.fewLines : Budget("SELECT", lines: options.resyncLinesMax, octets: options.resyncOctetsMax)
    let status = try await run(
      .select(name: readOnly ? "EXAMINE" : "SELECT"), budget: budget,
      encode: { (e) throws(UnencodableArgument) in
        e.word(readOnly ? "EXAMINE " : "SELECT ")
        try e.mailbox(name)
        if let resync {
          try Self.encode(resync, &e)
        } else if condstore {
          e.raw(" (CONDSTORE)")
        }
      },
      claim: { untagged in
        if SelectAnswer.isClosed(untagged) { session.dropFolderEvents() }
        return answer.take(untagged)
      })
    var folder = try folder(name, answer, readOnly: readOnly || status.code == .other("READ-ONLY"))
    if let resync {
      folder.resynced = session.unreadable == unreadable && answer.tellsAll(since: resync, of: folder)
    }
    return keep(folder, answer)
  }

  /// The folder is the open one from now on, without what only its opener needs.
  func keep(_ folder: SelectedFolder, _ answer: SelectAnswer) -> SelectedFolder {
    session.setSelected(folder)
    guard folder.resynced else { return folder }
    var told = folder
    told.vanishedEarlier = answer.vanished
    told.changed = answer.changed
    return told
  }

  /// `"QRESYNC" SP "(" uidvalidity SP mod-sequence-value [SP known-uids] ")"`
  static func encode(_ resync: QResync, _ e: inout CommandEncoder) throws(UnencodableArgument) {
    e.raw(" (QRESYNC (")
    e.number(UInt64(resync.uidValidity.value))
    e.raw(" ")
    e.number(max(resync.modSeq.value, 1))
    // Left out when long: the server then names more UIDs than we have, which does no harm.
    if let known = resync.knownUIDs, !known.isEmpty, known.ranges.count <= 500, known.first?.value != 0 {
      e.raw(" ")
      try e.uidSet(known)
    }
    e.raw("))")
  }

  func folder(
    _ name: MailboxName, _ answer: SelectAnswer, readOnly: Bool
  ) throws(IMAPClientError) -> SelectedFolder {
    guard let validity = answer.uidValidity else { throw violation("a folder without UIDVALIDITY") }
    return SelectedFolder(
      name: name, readOnly: readOnly, uidValidity: validity, uidNext: answer.uidNext, exists: answer.exists,
      highestModSeq: answer.highestModSeq, flags: answer.flags, mailboxID: answer.mailboxID)
  }

  /// Closes the folder without expunging anything.
  package nonisolated(nonsending) func unselect() async throws(IMAPClientError) {
    guard let folder = session.selected else { return }
    if session.has("UNSELECT") {
      try await run(.unselect(name: "UNSELECT"), encode: { $0.word("UNSELECT") })
      return
    }
    // CLOSE expunges what is marked \Deleted, unless the folder was opened by EXAMINE.
    if !folder.readOnly { _ = try await select(folder.name, readOnly: true) }
    try await run(.unselect(name: "CLOSE"), encode: { $0.word("CLOSE") })
  }
}

/// What comes between SELECT and its tagged OK.
struct SelectAnswer {
  /// FETCH and VANISHED (EARLIER) answer what QRESYNC asked; else FETCH is news.
  let isResync: Bool
  var uidValidity: UIDValidity?
  var uidNext: UInt32?
  var exists: UInt32 = 0
  var highestModSeq: ModSeq?
  var mailboxID: String?
  var flags: [String] = []
  var vanished = UIDSet()
  var changed: [FetchedMessage] = []
  /// A change whose UID the server did not say.
  var isIncomplete = false
  private var hasExists = false

  init(isResync: Bool) { self.isResync = isResync }

  /// Whether all that happened since the state given was told.
  func tellsAll(since resync: QResync, of folder: SelectedFolder) -> Bool {
    resync.uidValidity == folder.uidValidity && !isIncomplete
      && folder.highestModSeq.map { $0 >= resync.modSeq } == true
  }

  /// What came before was about the folder that was open (RFC 7162 §3.2.11).
  static func isClosed(_ untagged: Untagged) -> Bool {
    if case .status(let status) = untagged, status.code == .other("CLOSED") { true } else { false }
  }

  /// False for what is no part of the answer: mail that comes while the folder is being opened is told like any
  /// other news, and is kept as such.
  mutating func take(_ untagged: Untagged) -> Bool {
    switch untagged {
    case .status(let status):
      switch status.code {
      case .uidValidity(let value): uidValidity = value
      case .uidNext(let value): uidNext = value
      case .highestModSeq(let value): highestModSeq = value
      case .mailboxID(let id): mailboxID = id
      case .other("CLOSED"): self = SelectAnswer(isResync: isResync)
      default: break
      }
    case .exists(let n):
      exists = n
      // UIDNEXT may have been told for the first number: whoever reads up to it would miss the rest.
      if hasExists { return false }
      hasExists = true
    case .flags(let names): flags = names
    case .vanished(_, earlier: false): return false
    case .vanished(let set, earlier: true): vanished.formUnion(set)
    case .fetch(let data):
      guard isResync else { return false }
      if let message = FetchedMessage(data) {
        changed.append(message)
      } else {
        isIncomplete = true
      }
    case .recent: break
    case .capability, .enabled, .list, .mailboxStatus, .search, .extendedSearch, .expunge, .id, .namespaces,
      .unknown:
      return false
    }
    return true
  }
}
