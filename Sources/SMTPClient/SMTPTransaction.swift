internal import Bytes

/// One mail's dialogue, MAIL to the reply behind the final dot, without I/O.
struct SMTPTransaction: Sendable {
  /// Commands in flight with PIPELINING: few enough that their replies fit any socket buffer, else
  /// both sides could wait to write (RFC 2920 §3.1).
  static let commandsInFlightMax = 50

  enum Action: Sendable {
    /// Send these commands, then read `replies` replies.
    case send([UInt8], replies: Int, isData: Bool)
    /// Send the mail, let the caller know, send the final dot, read one reply.
    case sendMessage
    case finish(SMTPReceipt)
    /// The mail was not taken. `reset`: send RSET so that the connection can go on; else close it
    /// when `close` says so.
    case fail(SMTPClientError, then: Aftermath)
  }

  enum Aftermath: Sendable { case goOn, reset, close }

  /// What the next reply is about: commands go out and replies come in in this order.
  private enum Expected: Sendable { case mail, recipient(Int), data, finalDot }

  private let envelope: SMTPEnvelope
  private let mailCommand: String
  private let pipelining: Bool
  private let asksForReports: Bool
  private var expected: [Expected] = []
  private var nextRecipient = 0
  private var mailSent = false
  private var mailReply: SMTPReply?
  private var replies: [SMTPReply?]

  /// Checks everything that can be checked before a word is sent.
  init(_ envelope: SMTPEnvelope, facts: MessageFacts, extensions: [String: String]) throws(SMTPClientError) {
    if !envelope.from.isEmpty { try SMTPSyntax.checkAddress(envelope.from, what: "sender") }
    guard !envelope.recipients.isEmpty else { throw .invalidArgument("no recipient") }
    for address in envelope.recipients { try SMTPSyntax.checkAddress(address, what: "recipient") }
    if facts.hasNUL { throw .invalidArgument("the mail has a NUL octet") }

    var command = "MAIL FROM:<\(envelope.from)>"
    if extensions["SIZE"] != nil {
      if let limit = Self.messageOctetsMax(extensions), facts.size > limit {
        throw .messageTooLarge(size: facts.size, limit: limit)
      }
      command += " SIZE=\(facts.size)"
    }
    if facts.has8Bit {
      guard extensions["8BITMIME"] != nil else { throw .extensionMissing("8BITMIME") }
      command += " BODY=8BITMIME"
    }
    let international = ([envelope.from] + envelope.recipients).contains { !SMTPSyntax.isASCII($0) }
    if international || facts.has8BitHeader {
      if extensions["SMTPUTF8"] != nil {
        command += " SMTPUTF8"
      } else if international {
        throw .extensionMissing("SMTPUTF8")
      }
    }
    asksForReports = envelope.reports != nil && extensions["DSN"] != nil
    if asksForReports, let reports = envelope.reports {
      command += " RET=HDRS"
      if let id = SMTPSyntax.xtext(reports.id, atMost: 100) { command += " ENVID=\(id)" }
    }
    self.envelope = envelope
    mailCommand = command + "\r\n"
    pipelining = extensions["PIPELINING"] != nil
    replies = Array(repeating: nil, count: envelope.recipients.count)
  }

  /// nil when there is no fixed limit: that is what 0 and no number mean (RFC 1870 §4).
  static func messageOctetsMax(_ extensions: [String: String]) -> Int? {
    let limit = extensions["SIZE"].flatMap { ASCII.decimal($0.utf8, atMost: UInt64(Int.max)) } ?? 0
    return limit == 0 ? nil : Int(limit)
  }

  mutating func begin() -> Action { sendBatch() }

  /// nil: more replies are to come before anything is to be done.
  mutating func receive(_ reply: SMTPReply) -> Action? {
    guard !expected.isEmpty else {
      return .fail(.protocolViolation("a reply to no command", afterFinalDot: false), then: .close)
    }
    let about = expected.removeFirst()
    if reply.closesConnection { return .fail(.refused(command: name(about), reply), then: .close) }
    switch about {
    case .mail:
      guard isVerdict(reply) else { return confused(about, reply) }
      mailReply = reply
    case .recipient(let i):
      guard isVerdict(reply) else { return confused(about, reply) }
      replies[i] = reply
    case .data:
      if reply.code == 354 {
        expected = [.finalDot]
        return .sendMessage
      }
      guard isVerdict(reply), !reply.isSuccess else { return confused(about, reply) }
      return .fail(.refused(command: "DATA", reply), then: .reset)
    case .finalDot:
      guard isVerdict(reply) else {
        return .fail(
          .protocolViolation("end of data answered with \(reply.code)", afterFinalDot: true), then: .close)
      }
      if !reply.isSuccess { return .fail(.refused(command: "end of data", reply), then: .goOn) }
      return .finish(SMTPReceipt(accepted: reply, recipients: rows))
    }
    return expected.isEmpty ? afterBatch() : nil
  }

  private mutating func afterBatch() -> Action {
    if let mailReply, !mailReply.isSuccess {
      return .fail(.refused(command: "MAIL", mailReply), then: .reset)
    }
    if nextRecipient < envelope.recipients.count { return sendBatch() }
    guard replies.contains(where: { $0?.isSuccess == true }) else {
      return .fail(.allRecipientsRefused(rows), then: .reset)
    }
    expected = [.data]
    return .send([UInt8]("DATA\r\n".utf8), replies: 1, isData: true)
  }

  private mutating func sendBatch() -> Action {
    var bytes: [UInt8] = []
    let room = pipelining ? Self.commandsInFlightMax : 1
    if !mailSent {
      mailSent = true
      bytes += mailCommand.utf8
      expected.append(.mail)
    }
    while expected.count < room, nextRecipient < envelope.recipients.count {
      bytes += "RCPT TO:<\(envelope.recipients[nextRecipient])>\(reporting(nextRecipient))\r\n".utf8
      expected.append(.recipient(nextRecipient))
      nextRecipient += 1
    }
    return .send(bytes, replies: expected.count, isData: false)
  }

  /// RFC 3461 §4.1, §4.2. The address as it was given comes back in the report, wherever it was forwarded to.
  private func reporting(_ i: Int) -> String {
    guard asksForReports else { return "" }
    let address = SMTPSyntax.xtext(envelope.recipients[i], atMost: 400).map { " ORCPT=rfc822;\($0)" }
    return " NOTIFY=SUCCESS,FAILURE,DELAY\(address ?? "")"
  }

  private var rows: [(address: String, reply: SMTPReply)] {
    zip(envelope.recipients, replies).compactMap { address, reply in reply.map { (address, $0) } }
  }

  private func isVerdict(_ reply: SMTPReply) -> Bool { !reply.isIntermediate }

  private func confused(_ about: Expected, _ reply: SMTPReply) -> Action {
    .fail(
      .protocolViolation("\(name(about)) answered with \(reply.code)", afterFinalDot: false), then: .close)
  }

  private func name(_ about: Expected) -> String {
    switch about {
    case .mail: "MAIL"
    case .recipient: "RCPT"
    case .data: "DATA"
    case .finalDot: "end of data"
    }
  }
}
