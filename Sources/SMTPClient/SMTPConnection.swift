package import Bytes
package import SASL

/// A connection to a submission server (RFC 5321, RFC 6409): opened, authenticated, used for one
/// mail after the other, quit.
///
/// Belongs to one task at a time. After an error that says that the connection failed, or after
/// reply 421, ``isOpen`` is false and every further call throws ``StreamError/closed``.
package final class SMTPConnection {
  package enum Security: Sendable {
    /// The stream is a TLS one already (port 465).
    case implicitTLS
    /// STARTTLS before anything else; without it the connection is given up (port 587).
    case startTLS(TLSUpgrade)
    /// In clear: mechanisms that show the password are not used.
    case plainForTests
  }

  /// Upper-case keywords with their parameters, from the last EHLO; empty after HELO.
  package let extensions: [String: String]
  package private(set) var isOpen = true
  /// Something that is let go of when the connection is closed.
  package var companion: (any AnyObject & Sendable)?
  private let stream: any ByteStream
  private let isEncrypted: Bool
  private let options: SMTPOptions
  private var input: SMTPInput

  private init(
    _ stream: any ByteStream, input: SMTPInput, extensions: [String: String], isEncrypted: Bool,
    options: SMTPOptions
  ) {
    self.stream = stream
    self.input = input
    self.extensions = extensions
    self.isEncrypted = isEncrypted
    self.options = options
  }

  /// Greeting, EHLO (HELO where EHLO is not known), and STARTTLS with a second EHLO when asked for.
  ///
  /// Takes over `stream`: it is closed when this throws, later by ``close()`` or ``quit()``.
  /// - Parameter clientName: a host name or an address literal such as `[127.0.0.1]`.
  /// - Throws: `invalidArgument` for a bad name, `extensionMissing("STARTTLS")` when the server does
  ///   not offer it, `protocolViolation` when octets follow its consent in clear.
  package static func open(
    _ stream: any ByteStream, security: Security, clientName: String,
    options: SMTPOptions = SMTPOptions(), deadline: Deadline
  ) async throws(SMTPClientError) -> SMTPConnection {
    var current = stream
    do throws(SMTPClientError) {
      var startTLS: TLSUpgrade?
      if case .startTLS(let upgrade) = security { startTLS = upgrade }
      var opening = try SMTPOpening(clientName: clientName, startTLS: startTLS != nil)
      var input = SMTPInput(limits: options.replyLimits)
      var action = try opening.receive(
        try await input.reply(from: current, by: step(options, deadline), afterFinalDot: false))
      while true {
        switch action {
        case .send(let command):
          try input.requireEmpty()
          let by = step(options, deadline)
          try await SMTPInput.send([UInt8](command.utf8), to: current, by: by)
          action = try opening.receive(try await input.reply(from: current, by: by, afterFinalDot: false))
        case .upgrade:
          // Whatever came with the consent came in clear and would be taken for the server's word.
          try input.requireEmpty()
          guard let startTLS else {
            throw SMTPClientError.protocolViolation("TLS not asked for", afterFinalDot: false)
          }
          do {
            current = try await startTLS(current, deadline)
          } catch {
            throw SMTPClientError.stream(error, afterFinalDot: false)
          }
          input = SMTPInput(limits: options.replyLimits)
          action = opening.upgraded()
        case .finished:
          var isEncrypted = true
          if case .plainForTests = security { isEncrypted = false }
          return SMTPConnection(
            current, input: input, extensions: opening.extensions, isEncrypted: isEncrypted, options: options)
        }
      }
    } catch {
      current.close()
      throw error
    }
  }

  /// Proves who we are, by the best mechanism that both sides know.
  ///
  /// - Throws: `noMechanism`, also when only PLAIN or LOGIN are offered without TLS;
  ///   `authenticationFailed` with the server's reply, from which what we sent is struck out.
  nonisolated(nonsending) package func authenticate(_ credential: Credential) async throws(SMTPClientError) {
    try requireOpen()
    let offered = (extensions["AUTH"] ?? "").utf8.split(separator: ASCII.space)
      .map { String(decoding: $0.map(ASCII.upper), as: UTF8.self) }
    do throws(SMTPClientError) {
      var exchange = try SMTPAuthentication(offered: offered, credential: credential, encrypted: isEncrypted)
      var action = try exchange.begin()
      while case .send(let bytes) = action {
        action = try exchange.receive(try await ask(bytes, seconds: options.commandSeconds))
      }
    } catch {
      if Self.endsConnection(error) { close() }
      throw error
    }
  }

  /// Sends one mail.
  ///
  /// All of it but the octets that end it goes out first. Then `beforeFinalDot` is awaited: the place
  /// to write down that from here on the outcome may stay unknown. Then the final dot goes out.
  ///
  /// - Parameters:
  ///   - message: the mail as it is; line ends are made CRLF and dots are doubled here.
  ///   - beforeFinalDot: what it throws comes out as it is; the mail is not sent and the connection closed.
  /// - Returns: the verdict on every recipient, when at least one was accepted and the mail taken.
  /// - Throws: ``SMTPClientError``. Whether the server may have taken the mail is told by
  ///   ``SMTPClientError/isAfterFinalDot``.
  nonisolated(nonsending) package func send(
    _ envelope: SMTPEnvelope, message: [UInt8], beforeFinalDot: () async throws -> Void = {}
  ) async throws -> SMTPReceipt {
    var isSent = false
    return try await send(
      envelope, facts: MessageFacts(message),
      next: {
        defer { isSent = true }
        return isSent ? nil : message
      }, beforeFinalDot: beforeFinalDot)
  }

  /// Sends one mail that is read while it goes out, as ``send(_:message:beforeFinalDot:)`` does.
  ///
  /// - Parameters:
  ///   - facts: of exactly the octets that `next` gives.
  ///   - next: the next octets of the mail, nil at its end; asked for only when the server wants the mail. What
  ///     it throws comes out as it is; the mail is not sent and the connection closed.
  nonisolated(nonsending) package func send(
    _ envelope: SMTPEnvelope, facts: MessageFacts, next: () async throws -> [UInt8]?,
    beforeFinalDot: () async throws -> Void = {}
  ) async throws -> SMTPReceipt {
    try requireOpen()
    var transaction = try SMTPTransaction(envelope, facts: facts, extensions: extensions)
    var action = transaction.begin()
    while true {
      switch action {
      case .send(let bytes, let count, let isData):
        action = try await exchange(bytes, replies: count, isData: isData, &transaction)
      case .sendMessage:
        let reply = try await transmit(next, beforeFinalDot)
        guard let following = transaction.receive(reply) else {
          throw ended(.protocolViolation("no verdict", afterFinalDot: true))
        }
        action = following
      case .finish(let receipt):
        return receipt
      case .fail(let error, let aftermath):
        switch aftermath {
        case .goOn: break
        case .close: close()
        case .reset: await reset()
        }
        throw error
      }
    }
  }

  /// Says goodbye and closes. Waits for the server's word a short time only.
  nonisolated(nonsending) package func quit() async {
    guard isOpen else { return }
    do {
      _ = try await ask([UInt8]("QUIT\r\n".utf8), seconds: options.quitSeconds)
    } catch {
      // Every mail has its verdict: a goodbye that fails changes nothing.
    }
    close()
  }

  /// Ends the connection at once.
  package func close() {
    isOpen = false
    companion = nil
    stream.close()
  }

  // MARK: Steps

  nonisolated(nonsending) private func exchange(
    _ bytes: [UInt8], replies count: Int, isData: Bool, _ transaction: inout SMTPTransaction
  ) async throws(SMTPClientError) -> SMTPTransaction.Action {
    do throws(SMTPClientError) {
      try input.requireEmpty()
      let seconds = isData ? options.dataSeconds : options.commandSeconds
      try await SMTPInput.send(bytes, to: stream, by: .after(seconds: seconds))
      for _ in 0..<count {
        let reply = try await input.reply(from: stream, by: .after(seconds: seconds), afterFinalDot: false)
        if let next = transaction.receive(reply) { return next }
      }
      throw SMTPClientError.protocolViolation("no verdict", afterFinalDot: false)
    } catch {
      throw ended(error)
    }
  }

  /// The mail, the caller's step, the dot, the reply.
  nonisolated(nonsending) private func transmit(
    _ next: () async throws -> [UInt8]?, _ beforeFinalDot: () async throws -> Void
  ) async throws -> SMTPReply {
    var encoder = DataEncoder()
    var block = ByteBuffer()
    while let piece = try await asked(next) {
      for from in stride(from: 0, to: piece.count, by: Self.blockOctets) {
        encoder.encode(piece[from..<min(from + Self.blockOctets, piece.count)], into: &block)
        do {
          try await stream.write(&block, deadline: .after(seconds: options.blockSeconds))
        } catch {
          throw ended(.stream(error, afterFinalDot: false))
        }
      }
    }
    do {
      try await beforeFinalDot()
    } catch {
      close()
      throw error
    }
    do throws(SMTPClientError) {
      // A reply that is here before the dot would be taken for the verdict.
      try input.requireEmpty()
      let deadline = Deadline.after(seconds: options.finalReplySeconds)
      do {
        try await stream.write(encoder.finish(), deadline: deadline)
      } catch {
        throw SMTPClientError.stream(error, afterFinalDot: true)
      }
      return try await input.reply(from: stream, by: deadline, afterFinalDot: true)
    } catch {
      throw ended(error)
    }
  }

  /// The next piece of the mail; without one the mail cannot be ended, so the connection is.
  nonisolated(nonsending) private func asked(
    _ next: () async throws -> [UInt8]?
  ) async throws -> [UInt8]? {
    do { return try await next() } catch {
      close()
      throw error
    }
  }

  /// What the server said it takes at the most (RFC 1870); nil when it said nothing, or that there is no limit.
  package var messageOctetsMax: Int? { SMTPTransaction.messageOctetsMax(extensions) }

  /// Octets of the mail that are handed to the stream at once.
  private static let blockOctets = 64 * 1024

  nonisolated(nonsending) private func reset() async {
    do {
      let reply = try await ask([UInt8]("RSET\r\n".utf8), seconds: options.commandSeconds)
      if !reply.isSuccess { close() }
    } catch {
      // The caller gets the refusal that led here; the connection is of no more use.
      close()
    }
  }

  nonisolated(nonsending) private func ask(
    _ bytes: [UInt8], seconds: Int64
  ) async throws(SMTPClientError) -> SMTPReply {
    try input.requireEmpty()
    let deadline = Deadline.after(seconds: seconds)
    try await SMTPInput.send(bytes, to: stream, by: deadline)
    return try await input.reply(from: stream, by: deadline, afterFinalDot: false)
  }

  private func ended(_ error: SMTPClientError) -> SMTPClientError {
    close()
    return error
  }

  private func requireOpen() throws(SMTPClientError) {
    if !isOpen { throw .stream(.closed, afterFinalDot: false) }
  }

  private static func endsConnection(_ error: SMTPClientError) -> Bool {
    switch error {
    case .stream, .protocolViolation: true
    case .refused(_, let reply): reply.closesConnection
    default: false
    }
  }

  private static func step(_ options: SMTPOptions, _ deadline: Deadline) -> Deadline {
    min(deadline, .after(seconds: options.commandSeconds))
  }
}
