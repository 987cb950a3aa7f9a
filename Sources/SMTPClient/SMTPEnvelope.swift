/// Who sends a mail and who shall get it, as the server is told; the header fields play no part.
package struct SMTPEnvelope: Sendable, Hashable {
  /// The reverse path, without "<>"; empty for the null path (bounces).
  package var from: String
  /// At least one, without "<>".
  package var recipients: [String]
  /// Ask for reports about every recipient where the server can have them made; nil: of failures, as ever.
  package var reports: Reports?

  /// Success, failure and delay are wanted, with the mail's header (RFC 3461).
  package struct Reports: Sendable, Hashable {
    /// Comes back in them: 1 to 100 printable ASCII characters, else none is given.
    package var id: String
    package init(id: String) { self.id = id }
  }

  package init(from: String, recipients: [String]) {
    self.from = from
    self.recipients = recipients
  }
}

/// What the server said to a mail it took.
package struct SMTPReceipt: Sendable {
  /// The reply to the final dot.
  package let accepted: SMTPReply
  /// Every recipient of the envelope, in its order, with the server's reply. Those refused did not
  /// get the mail.
  package let recipients: [(address: String, reply: SMTPReply)]

  package init(accepted: SMTPReply, recipients: [(address: String, reply: SMTPReply)]) {
    self.accepted = accepted
    self.recipients = recipients
  }
}

/// Time-outs and bounds of a connection.
package struct SMTPOptions: Sendable, Hashable {
  /// The greeting, and each reply to EHLO, AUTH, MAIL, RCPT, RSET (RFC 5321 §4.5.3.2.1-3).
  package var commandSeconds: Int64 = 300
  /// The reply to DATA (§4.5.3.2.4).
  package var dataSeconds: Int64 = 120
  /// Sending one block of the mail (§4.5.3.2.5).
  package var blockSeconds: Int64 = 180
  /// The reply to the final dot (§4.5.3.2.6): long, because giving up early makes duplicates (RFC 1047).
  package var finalReplySeconds: Int64 = 600
  /// The goodbye; nothing depends on it.
  package var quitSeconds: Int64 = 2
  package var replyLimits = SMTPReplyParser.Limits()

  package init() {}
}
