internal import Bytes
package import IMAPCodec

extension IMAPConnection {
  /// Adds a message to a folder that need not be open.
  ///
  /// When the connection breaks before the answer, it is not known whether the message is there: look
  /// for its Message-ID before trying again.
  /// - Parameter internalDate: seconds since 1970; nil: the server's time.
  /// - Throws: ``IMAPClientError/refused(command:status:code:text:)`` with code TRYCREATE when there is
  ///   no such folder.
  package nonisolated(nonsending) func append(
    _ name: MailboxName, message: [UInt8], flags: [String], internalDate: Int64?
  ) async throws(IMAPClientError) -> AppendResult {
    let message = MessageToAppend(octets: message, flags: flags, internalDate: internalDate)
    return try await appendAtOnce(name, [message]).first ?? AppendResult()
  }

  /// Adds messages to a folder that need not be open, in their order: with MULTIAPPEND (RFC 3502) all or none,
  /// elsewhere one by one until one is refused.
  /// - Returns: one result for each message.
  /// - Throws: as ``append(_:message:flags:internalDate:)``.
  package nonisolated(nonsending) func append(
    _ name: MailboxName, _ messages: [MessageToAppend]
  ) async throws(IMAPClientError) -> [AppendResult] {
    if messages.isEmpty { return [] }
    if session.has("MULTIAPPEND") { return try await appendAtOnce(name, messages) }
    var results: [AppendResult] = []
    for message in messages { results += try await appendAtOnce(name, [message]) }
    return results
  }

  private nonisolated(nonsending) func appendAtOnce(
    _ name: MailboxName, _ messages: [MessageToAppend]
  ) async throws(IMAPClientError) -> [AppendResult] {
    try requireAuthenticated()
    for message in messages { try checkAppendLimit(UInt64(message.octets.count)) }
    let isUTF8 = session.enabled.contains("UTF8=ACCEPT")
    let hasBinary = session.has("BINARY")
    let status = try await run(
      .plain("APPEND"),
      encode: { (e) throws(UnencodableArgument) in
        e.word("APPEND ")
        try e.mailbox(name)
        for message in messages { try message.encode(&e, utf8: isUTF8, binary: hasBinary) }
      })
    guard case .appendUID(let validity, let set) = status.code, set.count == UInt64(messages.count) else {
      return Array(repeating: AppendResult(), count: messages.count)
    }
    return set.uids(atMost: messages.count).map { AppendResult(uidValidity: validity, uid: $0) }
  }

  func checkAppendLimit(_ octets: UInt64) throws(IMAPClientError) {
    if let max = appendLimit, octets > max {
      throw .refused(
        command: "APPEND", status: .no, code: "TOOBIG", text: "The server takes at most \(max) octets.")
    }
  }

  /// The largest message that every folder takes, in octets: `APPENDLIMIT=35651584` (RFC 7889).
  package var appendLimit: UInt64? {
    capabilities.lazy.compactMap { name in
      name.hasPrefix("APPENDLIMIT=") ? ASCII.decimal(Array(name.utf8.dropFirst(12))) : nil
    }.first
  }
}

/// A message for ``IMAPConnection/append(_:_:)``.
package struct MessageToAppend: Sendable, Hashable {
  package var octets: [UInt8]
  package var flags: [String]
  /// Seconds since 1970; nil: the server's time.
  package var internalDate: Int64?

  package init(octets: [UInt8], flags: [String] = [], internalDate: Int64? = nil) {
    self.octets = octets
    self.flags = flags
    self.internalDate = internalDate
  }

  /// `[SP flag-list] [SP date-time] SP (literal / literal8 / "UTF8" SP "(" literal8 ")")`
  ///
  /// NUL has a form only with BINARY (RFC 3516 §4.4). With UTF-8 switched on a header beyond ASCII must be
  /// announced (RFC 6855 §4).
  func encode(_ e: inout CommandEncoder, utf8: Bool, binary: Bool) throws(UnencodableArgument) {
    try encodeHead(&e)
    if utf8, headerIsBeyondASCII {
      e.raw("UTF8 (")
      e.literal8(octets)
      e.raw(")")
    } else if binary, octets.contains(0) {
      e.literal8(octets)
    } else {
      try e.literal(octets)
    }
  }

  /// `[SP flag-list] [SP date-time] SP`
  func encodeHead(_ e: inout CommandEncoder) throws(UnencodableArgument) {
    e.raw(" ")
    if !flags.isEmpty {
      try e.flags(flags)
      e.raw(" ")
    }
    if let internalDate {
      try e.dateTime(internalDate)
      e.raw(" ")
    }
  }

  private var headerIsBeyondASCII: Bool {
    var last: UInt8 = ASCII.lf
    for byte in octets {
      if byte >= 0x80 { return true }
      if byte == ASCII.cr { continue }
      if byte == ASCII.lf, last == ASCII.lf { return false }
      last = byte
    }
    return false
  }
}
