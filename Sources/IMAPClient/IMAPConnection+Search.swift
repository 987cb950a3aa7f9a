internal import Bytes
package import IMAPCodec

extension IMAPConnection {
  /// The UIDs in the open folder for which all of `keys` hold (none: all UIDs).
  ///
  /// ESEARCH, which answers in ranges, is used where offered.
  package nonisolated(nonsending) func search(_ keys: SearchKey...) async throws(IMAPClientError) -> UIDSet {
    let folder = try requireSelected()
    let extended = session.has("ESEARCH") || session.has("IMAP4REV2")
    let unreadable = session.unreadable
    var found: UIDSet?
    let octets = options.setLineOctetsMax
    try await run(
      .plain("UID SEARCH"), budget: Budget("SEARCH", lines: 10_000, octets: octets * 2),
      encode: { (e) throws(UnencodableArgument) in
        e.word("UID SEARCH")
        if extended { e.raw(" RETURN (ALL)") }
        if keys.contains(where: \.needsUTF8) { e.raw(" CHARSET UTF-8") }
        if keys.isEmpty { e.raw(" ALL") }
        for key in keys { try key.encode(&e, depth: 0) }
      },
      claim: { untagged in
        switch untagged {
        case .search(let set, _): found = found?.union(set) ?? set  // Exchange may send several lines
        case .extendedSearch(let answer):
          found = found?.union(answer.all ?? UIDSet()) ?? answer.all ?? UIDSet()
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
