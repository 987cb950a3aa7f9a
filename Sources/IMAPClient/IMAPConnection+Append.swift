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
    try requireAuthenticated()
    if let max = appendLimit, UInt64(message.count) > max {
      throw .refused(
        command: "APPEND", status: .no, code: "TOOBIG", text: "The server takes at most \(max) octets.")
    }
    let status = try await run(
      .plain("APPEND"),
      encode: { (e) throws(UnencodableArgument) in
        e.word("APPEND ")
        try e.mailbox(name)
        e.raw(" ")
        if !flags.isEmpty {
          try e.flags(flags)
          e.raw(" ")
        }
        if let internalDate {
          try e.dateTime(internalDate)
          e.raw(" ")
        }
        try e.literal(message)
      })
    guard case .appendUID(let validity, let set) = status.code, set.count == 1 else { return AppendResult() }
    return AppendResult(uidValidity: validity, uid: set.first)
  }

  /// `APPENDLIMIT=35651584` (RFC 7889).
  private var appendLimit: UInt64? {
    capabilities.lazy.compactMap { name in
      name.hasPrefix("APPENDLIMIT=") ? ASCII.decimal(Array(name.utf8.dropFirst(12))) : nil
    }.first
  }
}
