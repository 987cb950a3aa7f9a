/// What a mail says, for callers: made from its octets, never stored (decision 2).
package struct ReadMail: Sendable, Hashable {
  package var body: Body
  package var attachments: [Attachment]
  package var notes: MailNotes

  package struct Body: Sendable, Hashable {
    package var text: String
    /// By allow-list, safe to show; nil when the mail has no HTML.
    package var safeHTML: String?
    package var replyText: String
    package var quotedText: String
    package var signature: String
    package var preview: String
    /// A raw value of MIME's `SplitRule`.
    package var splitBy: String
  }

  package struct Attachment: Sendable, Hashable {
    /// Names it inside its mail; what ``MailReader/attachment(_:of:)`` takes.
    package var number: Int
    package var name: String
    package var type: String
    package var size: Int
    package var isInline: Bool
    package var cid: String?
  }
}
