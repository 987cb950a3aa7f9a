package import MIME
package import MailStore

/// A file to send.
package enum SendAttachment: Sendable {
  /// Given with the mail.
  case inline(OutgoingAttachment)
  /// Given before it; a nil member is the upload's.
  case upload(UploadID, name: String?, type: String?, cid: String?, isInline: Bool?)
  /// Of a mail that is stored, by the number of its part; a nil member is that attachment's.
  case stored(MailID, part: Int, name: String?, type: String?, cid: String?, isInline: Bool?)
}

/// A mail to send, as the caller describes it.
package struct SendRequest: Sendable {
  package var tenantID: TenantID
  /// The mailbox it leaves from; its address is the sender.
  package var mailboxID: MailboxID
  /// Who stands in From: one of the mailbox's senders, with a name of its own if it has one. The mailbox's own
  /// address when nil.
  package var from: MailAddress?
  /// The receiving servers are asked to tell of delivery, too (RFC 3461), where they can.
  package var wantsReports = false
  /// Shown before the address; the mailbox's own name when nil.
  package var fromName: String?
  package var to: [MailAddress]
  package var cc: [MailAddress]
  /// Get the mail; not written into it.
  package var bcc: [MailAddress]
  package var replyTo: [MailAddress]
  /// When empty in a reply, "Re: " and the subject of the mail replied to.
  package var subject: String
  package var text: String?
  package var html: String?
  package var attachments: [SendAttachment]
  /// The mail it replies to (S16).
  package var inReplyTo: MailID?
  /// Its conversation is logged (S6 a).
  package var track: Bool
  package var origin: MailOrigin
  /// Not before; at once when nil or past.
  package var sendAt: Timestamp?
  /// The same key with the same mail gives the first answer again (S14).
  package var idempotencyKey: String?
  /// Its thread is linked to these.
  package var records: [RecordRef]

  package init(
    mailboxID: MailboxID, tenantID: TenantID, fromName: String? = nil, to: [MailAddress],
    cc: [MailAddress] = [],
    bcc: [MailAddress] = [], replyTo: [MailAddress] = [], subject: String, text: String? = nil,
    html: String? = nil,
    attachments: [OutgoingAttachment] = [], inReplyTo: MailID? = nil, track: Bool = true,
    origin: MailOrigin = .timeline, sendAt: Timestamp? = nil, idempotencyKey: String? = nil,
    records: [RecordRef] = []
  ) {
    self.mailboxID = mailboxID
    self.tenantID = tenantID
    self.fromName = fromName
    self.to = to
    self.cc = cc
    self.bcc = bcc
    self.replyTo = replyTo
    self.subject = subject
    self.text = text
    self.html = html
    self.attachments = attachments.map { .inline($0) }
    self.inReplyTo = inReplyTo
    self.track = track
    self.origin = origin
    self.sendAt = sendAt
    self.idempotencyKey = idempotencyKey
    self.records = records
  }
}
