internal import Bytes
package import IMAPCodec

extension IMAPConnection {
  /// Adds a message that is read while it goes out, as ``append(_:message:flags:internalDate:)`` does.
  ///
  /// The server is asked before (a synchronising literal, whatever it offers), so that one that refuses the
  /// message refuses it before it is read. For mails whose headers are ASCII.
  /// - Parameters:
  ///   - octets: exactly as many as `next` gives until it gives nil; otherwise the connection is closed.
  ///   - next: what it throws comes out as it is, and the connection is closed.
  package nonisolated(nonsending) func append(
    _ name: MailboxName, octets: Int, next: () async throws -> [UInt8]?, flags: [String], internalDate: Int64?
  ) async throws -> AppendResult {
    try requireAuthenticated()
    try checkAppendLimit(UInt64(max(octets, 0)))
    let (tag, command) = try encode { (e) throws(UnencodableArgument) in
      e.word("APPEND ")
      try e.mailbox(name)
      try MessageToAppend(octets: [], flags: flags, internalDate: internalDate).encodeHead(&e)
      e.raw("{")
      e.number(UInt64(max(octets, 0)))
      e.raw("}")
    }
    session.begin(.plain("APPEND"), tag: tag)
    var budget = Self.fewLines
    for segment in command.segments { try await send(segment) }
    let refused = try await wait(
      .until(commandDeadline), &budget, claim: { _ in false }, forContinuation: true)
    if let refused { throw Self.refusal("APPEND", refused) ?? violation("APPEND ended before its message") }
    try await send(octets, next)
    try await send([ASCII.cr, ASCII.lf])
    let end = try await wait(
      .until(commandDeadline), &budget, claim: { _ in false }, forContinuation: false)
    guard let end else { throw violation("continuation not asked for") }
    if let refusal = Self.refusal("APPEND", end) { throw refusal }
    guard case .appendUID(let validity, let set) = end.code, set.count == 1 else { return AppendResult() }
    return AppendResult(uidValidity: validity, uid: set.first)
  }

  /// A literal that is not whole cannot be taken back: the connection is given up.
  private nonisolated(nonsending) func send(
    _ octets: Int, _ next: () async throws -> [UInt8]?
  ) async throws {
    var left = octets
    do {
      while let piece = try await next() {
        left -= piece.count
        guard left >= 0 else { throw IMAPClientError.invalidArgument("more octets than announced") }
        if piece.contains(0) { throw IMAPClientError.invalidArgument("NUL") }
        try await send(piece)
      }
      guard left == 0 else { throw IMAPClientError.invalidArgument("fewer octets than announced") }
    } catch {
      close()
      throw error
    }
  }
}
