internal import Bytes
package import IMAPCodec

extension IMAPConnection {
  /// The UIDs in the open folder for which all of `keys` hold (none: all UIDs).
  ///
  /// ESEARCH, which answers in ranges, is used where offered.
  package nonisolated(nonsending) func search(_ keys: SearchKey...) async throws(IMAPClientError) -> UIDSet {
    try await search(keys, .all)
  }

  /// The `count` highest UIDs for which all of `keys` hold.
  ///
  /// With PARTIAL (RFC 9394) no more than these are told; elsewhere all are, and the rest is dropped.
  package nonisolated(nonsending) func searchNewest(
    _ count: UInt32, _ keys: SearchKey...
  ) async throws(IMAPClientError) -> UIDSet {
    if count == 0 { return UIDSet() }
    var found = try await search(keys, session.has("PARTIAL") ? .newest(count) : .all)
    return found.popLast(UInt64(count), rangesMax: .max)
  }

  private enum Answer: Equatable {
    case all
    case newest(UInt32)
  }

  private nonisolated(nonsending) func search(
    _ keys: [SearchKey], _ wanted: Answer
  ) async throws(IMAPClientError) -> UIDSet {
    let folder = try requireSelected()
    let extended = session.has("ESEARCH") || wanted != .all
    let isUTF8 = session.hasUTF8Names
    let unreadable = session.unreadable
    var found: UIDSet?
    let octets = options.setLineOctetsMax
    try await run(
      .plain("UID SEARCH"), budget: Budget("SEARCH", lines: 10_000, octets: octets * 2),
      encode: { (e) throws(UnencodableArgument) in
        e.word("UID SEARCH")
        if case .newest(let count) = wanted {
          e.raw(" RETURN (PARTIAL -1:-")
          e.number(UInt64(count))
          e.raw(")")
        } else if extended {
          e.raw(" RETURN (ALL)")
        }
        try Self.encode(keys, &e, isUTF8: isUTF8)
      },
      claim: { untagged in
        switch untagged {
        case .search(let set, _): found = found?.union(set) ?? set  // Exchange may send several lines
        case .extendedSearch(let answer):
          let told = answer.partial ?? answer.all ?? UIDSet()
          found = found?.union(told) ?? told
        default: return false
        }
        return true
      })
    // Whoever asks which UIDs there are takes the others for deleted: no guessing here.
    if session.unreadable != unreadable { throw violation("unreadable SEARCH") }
    if let found { return found }
    if folder.exists > 0, keys.allSatisfy(\.tellsWhatExists) { throw violation("no answer to SEARCH") }
    return UIDSet()
  }

  private static func encode(
    _ keys: [SearchKey], _ e: inout CommandEncoder, isUTF8: Bool
  ) throws(UnencodableArgument) {
    // With UTF-8 switched on no charset may be named (RFC 6855 §3).
    if !isUTF8, keys.contains(where: \.needsUTF8) { e.raw(" CHARSET UTF-8") }
    if keys.isEmpty { e.raw(" ALL") }
    for key in keys { try key.encode(&e, depth: 0) }
  }

  /// Fetches the messages of the open folder for which all of `keys` hold.
  ///
  /// With SEARCHRES (RFC 5182) in one round trip, in which no UID crosses the wire; elsewhere by a search, then
  /// by ``fetch(_:_:pipelined:changedSince:onMessage:onWindow:)``.
  /// - Throws: what `onMessage` throws, as it is; the connection is closed then.
  package nonisolated(nonsending) func fetch(
    matching keys: [SearchKey], _ what: FetchRequest,
    onMessage: nonisolated(nonsending) (FetchedMessage) async throws -> Void
  ) async throws {
    try requireSelected()
    guard session.has("SEARCHRES") else { return try await fetchFound(keys, what, onMessage: onMessage) }
    let isUTF8 = session.hasUTF8Names
    let (searchTag, search) = try encode { (e) throws(UnencodableArgument) in
      e.word("UID SEARCH RETURN (SAVE)")
      try Self.encode(keys, &e, isUTF8: isUTF8)
    }
    // A literal that has to wait leaves nothing to gain.
    guard search.segments.count == 1 else { return try await fetchFound(keys, what, onMessage: onMessage) }
    framer.limits = Self.limits(options, bodies: what.fullBody)
    defer { framer.limits = Self.limits(options, bodies: false) }
    let (fetchTag, fetch) = try encodeFetch(nil, what, nil)
    session.begin(.plain("UID SEARCH"), tag: searchTag)
    session.begin(.plain("UID FETCH"), tag: fetchTag)
    try await send(search.segments[0] + fetch)
    var budget = Budget("UID FETCH", lines: options.resyncLinesMax, octets: .max)
    var refusal: IMAPClientError?
    while session.isBusy {
      let (meaning, octets) = try await next(.whileProgressing(seconds: options.progressSeconds))
      switch meaning {
      case .data(.fetch(let data)) where Self.answers(data, what):
        guard let message = FetchedMessage(data) else { continue }
        try await closingOnError {
          try budget.spend(0)
          try await onMessage(message)
        }
      case .data(let untagged):
        var none = Self.fewLines
        try settle(untagged, octets, &none) { if case .extendedSearch = $0 { true } else { false } }
      case .completed(_, let command, let status): refusal = refusal ?? Self.refusal(command.name, status)
      case .skipped: break
      case .continuation, .greeted: throw violation("continuation not asked for")
      }
    }
    if let refusal { throw refusal }
  }

  private nonisolated(nonsending) func fetchFound(
    _ keys: [SearchKey], _ what: FetchRequest,
    onMessage: nonisolated(nonsending) (FetchedMessage) async throws -> Void
  ) async throws {
    let found = try await search(keys, .all)
    try await fetch([found], what, onMessage: onMessage, onWindow: { _ in })
  }
}

extension SearchKey {
  static let depthMax = 20

  var tellsWhatExists: Bool {
    switch self {
    case .all, .uid: true
    default: false
    }
  }

  var needsUTF8: Bool {
    switch self {
    case .header(_, let bytes): bytes.contains { $0 >= 0x80 }
    case .gmailRaw(let text): text.utf8.contains { $0 >= 0x80 }
    case .not(let key): key.needsUTF8
    case .or(let a, let b): a.needsUTF8 || b.needsUTF8
    case .all, .uid, .since, .before, .larger, .smaller, .unseen, .deleted, .modSeq: false
    }
  }

  func encode(_ e: inout CommandEncoder, depth: Int) throws(UnencodableArgument) {
    guard depth <= Self.depthMax else { throw UnencodableArgument(reason: "search too deep") }
    switch self {
    case .all: e.word("ALL")
    case .unseen: e.word("UNSEEN")
    case .deleted: e.word("DELETED")
    case .header(let name, let bytes):
      e.word("HEADER ")
      try e.headerName(name)
      e.raw(" ")
      try e.astring(bytes)
    case .uid(let set):
      guard set.ranges.count <= 2000 else {
        throw UnencodableArgument(reason: "more than 2000 ranges of UIDs")
      }
      e.word("UID ")
      try e.uidSet(set)
    case .since(let seconds):
      e.word("SINCE ")
      try e.date(seconds)
    case .before(let seconds):
      e.word("BEFORE ")
      try e.date(seconds)
    case .larger(let octets):
      e.word("LARGER ")
      e.number(UInt64(octets))
    case .smaller(let octets):
      e.word("SMALLER ")
      e.number(UInt64(octets))
    case .modSeq(let value):
      e.word("MODSEQ ")
      e.number(value.value)
    case .gmailRaw(let text):
      e.word("X-GM-RAW ")
      try e.astring(Array(text.utf8))
    case .not(let key):
      e.word("NOT")
      try key.encode(&e, depth: depth + 1)
    case .or(let a, let b):
      e.word("OR")
      try a.encode(&e, depth: depth + 1)
      try b.encode(&e, depth: depth + 1)
    }
  }
}
