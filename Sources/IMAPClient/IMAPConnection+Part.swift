internal import Bytes
package import IMAPCodec

/// One part of a message, as it was had.
package struct FetchedPart: Sendable, Equatable {
  package enum Form: Sendable, Equatable {
    /// The server has undone the transfer encoding.
    case decoded
    /// As it stands in the message. `header`: the part's own fields with the empty line, which tell the
    /// encoding; nil where there are none.
    case encoded(header: [UInt8]?)
  }

  package var form: Form
  package var octets: [UInt8]

  package init(form: Form, octets: [UInt8]) {
    self.form = form
    self.octets = octets
  }
}

extension IMAPConnection {
  /// One part of a message of the open folder: with BINARY (RFC 3516) decoded by the server, which saves a
  /// quarter of the octets of an attachment; elsewhere, or where the server cannot decode it, with its header.
  ///
  /// - Parameter path: `[1, 2]` for part 1.2, as in the message's structure (RFC 9051 §6.4.5).
  /// - Returns: nil when there is no such message or part.
  package nonisolated(nonsending) func fetchPart(
    _ uid: UID, _ path: [UInt32]
  ) async throws(IMAPClientError) -> FetchedPart? {
    try requireSelected()
    framer.limits = Self.limits(options, bodies: true)
    defer { framer.limits = Self.limits(options, bodies: false) }
    if session.has("BINARY") {
      let (status, sections) = try await fetchSections(uid, path, decoded: true)
      if let octets = sections.first(where: \.isDecoded)?.octets {
        return FetchedPart(form: .decoded, octets: octets)
      }
      // `NO [UNKNOWN-CTE]` (RFC 3516 §4.3); any other refusal will come again.
      if status.kind == .ok { return nil }
    }
    let (status, sections) = try await fetchSections(uid, path, decoded: false)
    if let refusal = Self.refusal("UID FETCH", status) { throw refusal }
    let isHeader = { (section: FetchedSection) in section.name.hasSuffix("MIME") }
    guard let octets = sections.first(where: { !isHeader($0) })?.octets else { return nil }
    return FetchedPart(form: .encoded(header: sections.first(where: isHeader)?.octets), octets: octets)
  }

  private nonisolated(nonsending) func fetchSections(
    _ uid: UID, _ path: [UInt32], decoded: Bool
  ) async throws(IMAPClientError) -> (StatusResponse, [FetchedSection]) {
    var sections: [FetchedSection] = []
    let status = try await perform(
      .plain("UID FETCH"),
      budget: Budget("UID FETCH", lines: 1000, octets: options.bodyOctetsMax + (8 << 20)),
      encode: { (e) throws(UnencodableArgument) in
        e.word("UID FETCH ")
        try e.uidSet(UIDSet(uid))
        e.raw(decoded ? " (UID BINARY.PEEK[" : " (UID BODY.PEEK[")
        try e.section(path)
        if !decoded {
          e.raw(".MIME] BODY.PEEK[")
          try e.section(path)
        }
        e.raw("])")
      },
      claim: {
        guard case .fetch(let data) = $0, data.uid == uid, !data.sections.isEmpty else { return false }
        sections = data.sections
        return true
      })
    return (status, sections)
  }
}
