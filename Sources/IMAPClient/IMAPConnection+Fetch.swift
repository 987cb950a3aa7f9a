internal import Bytes
package import IMAPCodec

extension IMAPConnection {
  /// Fetches messages of the open folder, one UID FETCH for each window, several under way at once.
  ///
  /// `onMessage` gets each message as it arrives, in the server's order; a UID asked for may not come
  /// (it is gone, or its answer was unreadable), and one may come twice. `onWindow` gets the index of a
  /// window when the server has said OK to all of it, so everything of it that will come has come.
  /// What the server tells besides goes to ``takeEvents()``, with `changedSince` and QRESYNC also
  /// `VANISHED (EARLIER)`.
  /// - Parameter windows: any sizes; an empty one is done at once.
  /// - Parameter pipelined: windows under way at once, 1...16.
  /// - Parameter changedSince: only messages changed after this (left out without CONDSTORE).
  /// - Throws: what the closures throw, as it is; the connection is closed then. For a window that the
  ///   server refuses ``IMAPClientError/refused(command:status:code:text:)``, when those under way have
  ///   been answered; the connection is still good.
  package nonisolated(nonsending) func fetch(
    _ windows: [UIDSet], _ what: FetchRequest, pipelined: Int = 2, changedSince: ModSeq? = nil,
    onMessage: nonisolated(nonsending) (FetchedMessage) async throws -> Void,
    onWindow: nonisolated(nonsending) (Int) async throws -> Void
  ) async throws {
    try requireSelected()
    framer.limits = Self.limits(options, bodies: what.fullBody)
    defer { framer.limits = Self.limits(options, bodies: false) }
    var plan = FetchPlan(windows)
    var refusal: IMAPClientError?
    while true {
      var bytes: [UInt8] = []
      while refusal == nil, plan.flights.count < max(1, min(pipelined, 16)), let part = plan.nextPart() {
        if part.set.isEmpty {
          try await closingOnError { try await onWindow(part.window) }
          continue
        }
        let (tag, command) = try encodeFetch(part.set, what, changedSince)
        session.begin(.plain("UID FETCH"), tag: tag)
        plan.begin(part, tag: tag)
        bytes += command
      }
      if !bytes.isEmpty { try await send(bytes) }
      if plan.flights.isEmpty { break }
      let (meaning, octets) = try await next(
        .whileProgressing(seconds: options.progressSeconds), readAtMost: 256 << 10)
      switch meaning {
      case .data(.fetch(let data)):
        guard Self.answers(data, what), let uid = data.uid, plan.claim(uid),
          let message = FetchedMessage(data)
        else {
          try unclaimed(.fetch(data), octets)
          continue
        }
        try await closingOnError { try await onMessage(message) }
      case .data(let untagged): try unclaimed(untagged, octets)
      case .completed(let tag, let command, let status):
        session.resetBudget()
        if let error = Self.refusal(command.name, status) {
          refusal = refusal ?? error
          _ = plan.finish(tag, refused: true)
        } else if let window = plan.finish(tag) {
          try await closingOnError { try await onWindow(window) }
        }
      case .skipped: break
      case .continuation, .greeted: throw violation("continuation not asked for")
      }
    }
    if let refusal { throw refusal }
  }

  nonisolated(nonsending) func closingOnError(
    _ body: nonisolated(nonsending) () async throws -> Void
  ) async throws {
    do {
      try await body()
    } catch {
      // Answers are under way that nobody would read.
      close()
      throw error
    }
  }

  private func unclaimed(_ untagged: Untagged, _ octets: Int) throws(IMAPClientError) {
    var none = Self.fewLines
    try settle(untagged, octets, &none) { _ in false }
  }

  /// Servers also tell of changed flags while they answer; what was asked for tells the two apart.
  static func answers(_ data: FetchData, _ what: FetchRequest) -> Bool {
    if what.fullBody { return data.body != nil || (data.flags == nil && data.modSeq == nil) }
    if !what.headerFields.isEmpty { return data.header != nil }
    if what.size { return data.size != nil }
    if what.internalDate { return data.internalDate != nil }
    return true
  }

  /// - Parameter set: nil: what the last SEARCH saved (RFC 5182).
  func encodeFetch(
    _ set: UIDSet?, _ what: FetchRequest, _ changedSince: ModSeq?
  ) throws(IMAPClientError) -> (tag: String, bytes: [UInt8]) {
    let modSeq = knowsModSeq
    let vanished = session.enabled.contains("QRESYNC")
    let session = session
    let (tag, command) = try encode { (e) throws(UnencodableArgument) in
      e.word("UID FETCH ")
      if let set { try e.uidSet(set) } else { e.raw("$") }
      e.raw(" (UID")
      Self.encodeItems(what, session, modSeq: modSeq, &e)
      if !what.headerFields.isEmpty { try Self.encode(headerFields: what.headerFields, &e) }
      if what.fullBody {
        e.raw(" BODY.PEEK[]")
        if let max = what.bodyOctetsMax {
          e.raw("<0.")
          e.number(UInt64(Swift.max(max, 1)))
          e.raw(">")
        }
      }
      e.raw(")")
      if let changedSince, modSeq {
        e.raw(" (CHANGEDSINCE ")
        e.number(changedSince.value)
        e.raw(vanished ? " VANISHED)" : ")")
      }
    }
    // Nothing above can become a literal, so nothing has to wait.
    guard command.segments.count == 1 else { throw .invalidArgument("not the name of a header field") }
    return (tag, command.segments[0])
  }

  private static func encodeItems(
    _ what: FetchRequest, _ session: IMAPSession, modSeq: Bool, _ e: inout CommandEncoder
  ) {
    if what.flags { e.raw(" FLAGS") }
    if what.internalDate { e.raw(" INTERNALDATE") }
    if what.size { e.raw(" RFC822.SIZE") }
    if what.modSeq, modSeq { e.raw(" MODSEQ") }
    if what.gmail || what.gmailLabels, session.has("X-GM-EXT-1") {
      if what.gmail { e.raw(" X-GM-MSGID X-GM-THRID") }
      if what.gmailLabels { e.raw(" X-GM-LABELS") }
    }
    if what.objectIDs, session.has("OBJECTID") { e.raw(" EMAILID THREADID") }
    // LAZY would leave the previews out that are not made yet (RFC 8970 §4).
    if what.preview, session.has("PREVIEW") { e.raw(" PREVIEW") }
    if what.saveDate, session.has("SAVEDATE") { e.raw(" SAVEDATE") }
  }

  private static func encode(headerFields: [String], _ e: inout CommandEncoder) throws(UnencodableArgument) {
    e.raw(" BODY.PEEK[HEADER.FIELDS (")
    for (i, name) in headerFields.enumerated() {
      if i > 0 { e.raw(" ") }
      try e.headerName(name)
    }
    e.raw(")]")
  }
}

extension FetchedMessage {
  /// nil when the server did not say the UID.
  init?(_ data: FetchData) {
    guard let uid = data.uid else { return nil }
    self.init(uid: uid)
    flags = data.flags
    internalDate = data.internalDate
    size = data.size
    modSeq = data.modSeq
    headerFields = data.header
    body = data.body
    gmailMessageID = data.gmailMessageID
    gmailThreadID = data.gmailThreadID
    gmailLabels = data.gmailLabels
    emailID = data.emailID
    threadID = data.threadID
    preview = data.preview
    saveDate = data.saveDate
  }
}
