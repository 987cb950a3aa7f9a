package import Bytes
internal import IMAPCodec

extension IMAPConnection {
  /// Takes the greeting, secures the connection and learns what the server can do.
  ///
  /// - Parameter stream: belongs to the connection from here on, also when this throws.
  /// - Throws: ``IMAPClientError/capabilityMissing(_:)`` or
  ///   ``IMAPClientError/refused(command:status:code:text:)`` when TLS is wanted and not to be had.
  package nonisolated(nonsending) static func open(
    _ stream: any ByteStream, security: Security, options: IMAPOptions = .init(), deadline: Deadline
  ) async throws(IMAPClientError) -> IMAPConnection {
    let connection = IMAPConnection(stream, options: options)
    do throws(IMAPClientError) {
      try await connection.greet(security, deadline: deadline)
    } catch {
      connection.close()
      throw error
    }
    return connection
  }

  private nonisolated(nonsending) func greet(
    _ security: Security, deadline: Deadline
  ) async throws(IMAPClientError) {
    guard case .greeted(let greeting) = try await next(.until(deadline)).meaning else {
      throw violation("no greeting")
    }
    switch security {
    case .startTLS(let upgrade):
      // PREAUTH in plain text would skip TLS for good (CVE-2014-2567, CVE-2020-12398).
      if greeting.kind == .preauth { throw violation("PREAUTH before TLS") }
      try await startTLS(upgrade, deadline: deadline)
    case .implicitTLS, .plainForTests: break
    }
    if session.capabilities == nil { try await askCapabilities(deadline: deadline) }
    if session.profile.identifiesFirst {
      _ = try await identify(options.identity.map { ($0.name, $0.value) }, deadline: deadline)
    }
    if session.isAuthenticated { try await enableExtensions() }
  }

  private nonisolated(nonsending) func startTLS(
    _ upgrade: TLSUpgrade, deadline: Deadline
  ) async throws(IMAPClientError) {
    if session.capabilities == nil { try await askCapabilities(deadline: deadline) }
    guard session.has("STARTTLS") else { throw .capabilityMissing("STARTTLS") }
    try await run(.startTLS, deadline: deadline, encode: { $0.word("STARTTLS") })
    // What came behind the tagged OK was said in plain text, to be taken for what TLS protects
    // (CVE-2011-0411 and its many descendants).
    guard input.isEmpty, framer.isBetweenFrames else { throw violation("data behind the answer to STARTTLS") }
    do throws(StreamError) {
      stream = try await upgrade(stream, deadline)
    } catch {
      throw .stream(error)
    }
    session.beginAgainUnderTLS()
  }

  nonisolated(nonsending) func askCapabilities(deadline: Deadline? = nil) async throws(IMAPClientError) {
    try await run(
      .plain("CAPABILITY"), deadline: deadline, encode: { $0.word("CAPABILITY") },
      claim: { if case .capability = $0 { true } else { false } })
    if session.capabilities == nil { throw violation("no answer to CAPABILITY") }
  }

  /// What to switch on by ENABLE, and which of it matters most.
  var wantedExtensions: (names: [StaticString], changes: StaticString?) {
    let changes: StaticString? =
      session.has("QRESYNC") && options.usesQResync
      ? "QRESYNC" : session.has("CONDSTORE") ? "CONDSTORE" : nil
    var wanted = changes.map { [$0] } ?? []
    // RFC 9051 where a server that speaks 3501, too, keeps a part of it for those who ask.
    if session.has("IMAP4REV2"), !session.profile.speaksRev2Only,
      !ServerProfile.partOfRev2.isSubset(of: capabilities)
    {
      wanted.append("IMAP4rev2")
    }
    if session.has("UTF8=ACCEPT"), options.usesUTF8 { wanted.append("UTF8=ACCEPT") }
    // QRESYNC has expunges told by UID already.
    if session.has("UIDONLY"), !(session.has("QRESYNC") && options.usesQResync) { wanted.append("UIDONLY") }
    return (wanted, changes)
  }

  /// Switches on what helps here (RFC 5161), in one command. A refusal is no failure: sync does without.
  nonisolated(nonsending) func enableExtensions() async throws(IMAPClientError) {
    guard session.has("ENABLE") else { return }
    let (wanted, changes) = wantedExtensions
    let status = try await enable(wanted)
    if status?.kind == .bad, wanted.count > 1, let changes { _ = try await enable([changes]) }
  }

  /// - Parameter names: none: nothing is done.
  private nonisolated(nonsending) func enable(
    _ names: [StaticString]
  ) async throws(IMAPClientError) -> StatusResponse? {
    if names.isEmpty { return nil }
    return try await perform(
      .plain("ENABLE"),
      encode: { e in
        e.word("ENABLE")
        for name in names { e.word(name) }
      },
      claim: { if case .enabled = $0 { true } else { false } })
  }

  /// Tells the server who we are, and asks who it is (RFC 2971).
  ///
  /// - Parameter fields: at most 30 pairs, such as `("name", "Postroom")`.
  /// - Returns: the server's fields, names in lower case; empty where ID is not offered.
  @discardableResult
  package nonisolated(nonsending) func identify(
    _ fields: [(String, String)] = [], deadline: Deadline? = nil
  ) async throws(IMAPClientError) -> [String: String] {
    guard session.has("ID") else { return [:] }
    guard fields.count <= 30 else { throw .invalidArgument("more than 30 fields") }
    var answer: [String: String] = [:]
    // Courier answers NO to commands it does not know: no failure.
    _ = try await perform(
      .plain("ID"), deadline: deadline,
      encode: { (e) throws(UnencodableArgument) in
        try Self.encodeID(fields, &e)
      },
      claim: {
        guard case .id(let fields) = $0 else { return false }
        answer = fields
        return true
      })
    return answer
  }

  static func encodeID(_ fields: [(String, String)], _ e: inout CommandEncoder) throws(UnencodableArgument) {
    e.word("ID ")
    if fields.isEmpty { return e.raw("NIL") }
    for (i, field) in fields.enumerated() {
      e.raw(i == 0 ? "(" : " ")
      try e.astring(Array(field.0.utf8))
      e.raw(" ")
      try e.astring(Array(field.1.utf8))
    }
    e.raw(")")
  }

  /// Asks for news of the open folder.
  /// - Returns: what happened since events were last taken.
  package nonisolated(nonsending) func noop() async throws(IMAPClientError) -> [UntaggedEvent] {
    try await run(.plain("NOOP"), encode: { $0.word("NOOP") })
    return takeEvents()
  }

  /// Says good-bye, waits a moment for the answer, and closes. Errors are of no interest any more.
  package nonisolated(nonsending) func logout() async {
    if !isClosed, !session.isBusy {
      _ = try? await perform(
        .logout, deadline: .after(seconds: options.logoutSeconds), encode: { $0.word("LOGOUT") })
    }
    close()
  }
}
