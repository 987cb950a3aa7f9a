package struct Tenant: Sendable, Hashable {
  package var id: TenantID
  package var name: String
  package var createdAt: Timestamp
}

/// What a caller proves by who it is; the digests are SHA-256, 32 octets.
package enum TokenCredential: Sendable, Hashable {
  /// A text that only its holder knows.
  case secret(digest: [UInt8])
  /// A certificate in DER, which anybody may see: worth nothing without a handshake by its key.
  case certificate(digest: [UInt8])
}

/// An access token, or a client certificate that stands for one. What is kept of a secret does not leave the store.
package struct TokenRow: Sendable, Hashable {
  package var id: TokenID
  package var tenantID: TenantID
  package var name: String
  package var scopes: [String]
  package var createdAt: Timestamp
  package var expiresAt: Timestamp?
  /// SHA-256 over the certificate's DER; nil when it is a token with a secret.
  package var certificate: [UInt8]?
}

package enum TransportSecurity: String, Sendable, Hashable { case tls, startTLS = "starttls" }

/// Where a mail server is and how it is spoken to.
package struct ServerSettings: Sendable, Hashable {
  package var host: String
  package var port: UInt16
  package var security: TransportSecurity
  package init(host: String, port: UInt16, security: TransportSecurity) {
    self.host = host
    self.port = port
    self.security = security
  }
}

/// S22.
package enum MailboxState: String, Sendable, Hashable, CaseIterable {
  case connecting, syncing, live, retrying, disconnected
}

/// S22.
package enum MailboxReason: String, Sendable, Hashable, CaseIterable {
  case accessRevoked, passwordChanged, mailboxMigrated, serverUnreachable, serverRevoked
  case certificateInvalid, quotaExceeded, throttled, turnedOff
}

package struct Mailbox: Sendable, Hashable {
  package var id: MailboxID
  package var tenantID: TenantID
  /// The address as given by the caller.
  package var email: String
  package var displayName: String?
  package var userName: String
  package var imap: ServerSettings
  package var smtp: ServerSettings
  package var state: MailboxState
  package var reason: MailboxReason?
  /// What happened last, in words for a person; no secrets.
  package var detail: String?
  package var nextAttemptAt: Timestamp?
  /// The provider files sent mail itself, so no copy is appended (S15).
  package var providerFilesSentMail: Bool
  package var logAttachments: Bool
  package var createdAt: Timestamp
  /// The largest mail that the submission server said it takes; nil when it says nothing.
  package var smtpOctetsMax: Int64?
  /// Names and addresses that may stand in From besides its own.
  package var identities: [SenderIdentity] = []
  package var sendLimits = SendLimits()
  /// Its server was seen to file sent mail by itself.
  package var filesSentSeen = false
  /// Who gives access tokens for it; nil where it signs in by a password.
  package var oauthProvider: String?
}

package struct NewMailbox: Sendable {
  package var tenantID: TenantID
  package var email: String
  package var displayName: String?
  package var userName: String
  /// Sealed by the store under the mailbox's key before it is written; the refresh token, with a provider of tokens.
  package var password: [UInt8]
  package var oauthProvider: String?
  package var imap: ServerSettings
  package var smtp: ServerSettings
  package var providerFilesSentMail: Bool
  package init(
    tenantID: TenantID, email: String, displayName: String?, userName: String, password: [UInt8],
    imap: ServerSettings, smtp: ServerSettings, providerFilesSentMail: Bool
  ) {
    self.tenantID = tenantID
    self.email = email
    self.displayName = displayName
    self.userName = userName
    self.password = password
    self.imap = imap
    self.smtp = smtp
    self.providerFilesSentMail = providerFilesSentMail
  }
}

/// JMAP's roles (RFC 8621 §2, RFC 6154).
package enum FolderRole: String, Sendable, Hashable { case inbox, sent, drafts, junk, trash, archive, all }

/// How far a folder has been read: every message with a UID in `low ... high` that the server had
/// is a row. `high` grows with new mail, `low` shrinks while history is filled in, 1 at the end.
package struct FolderCursor: Sendable, Hashable {
  package var uidValidity: UInt32
  /// The lowest UID done; `high + 1` when nothing is done yet.
  package var low: UInt32
  /// The highest UID done; 0 when nothing is done yet.
  package var high: UInt32
  /// The HIGHESTMODSEQ of the last complete comparison (RFC 7162), or nil.
  package var modSeq: UInt64?
  package init(uidValidity: UInt32, low: UInt32, high: UInt32, modSeq: UInt64?) {
    self.uidValidity = uidValidity
    self.low = low
    self.high = high
    self.modSeq = modSeq
  }
}

package struct Folder: Sendable, Hashable {
  package var id: FolderID
  package var mailboxID: MailboxID
  /// The name as a person reads it.
  package var name: String
  /// The name as the server spells it (modified UTF-7 or UTF-8 octets).
  package var wireName: [UInt8]
  package var role: FolderRole?
  package var syncs: Bool
  /// nil before the first SELECT.
  package var cursor: FolderCursor?
  /// Messages the server said are in it, and those we have a row for.
  package var serverTotal: Int64
  package var stored: Int64
}

package struct FolderListing: Sendable, Hashable {
  package var name: String
  package var wireName: [UInt8]
  package var role: FolderRole?
  package var syncs: Bool
  package init(name: String, wireName: [UInt8], role: FolderRole?, syncs: Bool) {
    self.name = name
    self.wireName = wireName
    self.role = role
    self.syncs = syncs
  }
}

package enum AddressRole: String, Sendable, Hashable { case from, sender, replyTo, to, cc, bcc }

package struct Address: Sendable, Hashable {
  package var role: AddressRole
  package var name: String?
  /// As written; compared lower-cased.
  package var email: String
  package init(role: AddressRole, name: String?, email: String) {
    self.role = role
    self.name = name
    self.email = email
  }
}

/// What a mail's header says, without its content.
package struct MailEnvelope: Sendable, Hashable {
  /// Tells one mail from another inside a mailbox: a digest of Message-ID, From and Date. 32 octets.
  package var identity: [UInt8]
  /// Without angle brackets; nil when the header is missing or unreadable.
  package var messageID: String?
  package var inReplyTo: [String]
  package var references: [String]
  package var subject: String
  /// The subject without "Re:" and the like.
  package var baseSubject: String
  package var addresses: [Address]
  package var sentAt: Timestamp?
  package var size: Int64
  package var isAutoReply: Bool
  package var isBounce: Bool
  package init(
    identity: [UInt8], messageID: String?, inReplyTo: [String], references: [String], subject: String,
    baseSubject: String, addresses: [Address], sentAt: Timestamp?, size: Int64, isAutoReply: Bool,
    isBounce: Bool
  ) {
    self.identity = identity
    self.messageID = messageID
    self.inReplyTo = inReplyTo
    self.references = references
    self.subject = subject
    self.baseSubject = baseSubject
    self.addresses = addresses
    self.sentAt = sentAt
    self.size = size
    self.isAutoReply = isAutoReply
    self.isBounce = isBounce
  }
}

package enum Direction: String, Sendable, Hashable { case incoming, outgoing }

/// A message of a folder, and what is kept of it.
package struct StoredPlace: Sendable, Hashable {
  package var uid: UInt32
  /// nil: the mail was erased, and only its place is known.
  package var state: MailState?
}

/// What of a mail is kept (S5).
package enum MailState: String, Sendable, Hashable {
  /// Envelope only; the body was never read.
  case envelope
  /// Belongs to a tracked thread; the body will be fetched next.
  case wanted
  /// Body stored.
  case logged
  /// Belongs to a tracked thread, but another mailbox of the tenant logged the same mail (S11).
  case duplicate
  /// Belonged to a tracked thread, but the server no longer has it.
  case gone
}

/// By which rule a mail joined its thread (S7).
package enum MatchRule: String, Sendable, Hashable {
  case sent, tracked, inReplyTo, references, child
  /// It begins its thread by a way of its own (S6 b, c, e).
  case bcc, forward, header
  /// What else tells a conversation than Message-IDs: the provider's id of it, Exchange's Thread-Index, and, as a
  /// guess, subject with participants and time.
  case providerThread, threadIndex, subject
  /// It names a mail of another thread and begins one of its own (S13).
  case fork
  /// It begins a thread as a mail with a known contact.
  case contact
}

extension MatchRule {
  /// How sure the link is, 0 to 1: the share of right ones where that was measured (on four archives of lists with the
  /// threads by Message-ID as the truth), and 1 where a person or a Message-ID decided.
  package var confidence: Double {
    switch self {
    case .sent, .tracked, .inReplyTo, .references, .child, .bcc, .forward, .header, .contact: 1
    case .providerThread, .threadIndex: 0.99
    case .fork, .subject: 0.9
    }
  }
}

/// S17.
package enum MailOrigin: String, Sendable, Hashable { case timeline, sequence, inbox }

package struct Mail: Sendable, Hashable {
  package var id: MailID
  package var tenantID: TenantID
  package var mailboxID: MailboxID
  package var threadID: ThreadID?
  package var envelope: MailEnvelope
  package var receivedAt: Timestamp
  package var direction: Direction
  package var state: MailState
  package var matchedBy: MatchRule?
  package var origin: MailOrigin
  package var hasAttachment: Bool
  /// IMAP flags of the location seen last, JMAP spelling ("$seen", "$answered", ...).
  package var keywords: [String]
  /// nil when no body is stored.
  package var loggedAt: Timestamp?
  /// The mail, or its header alone, could not be parsed; what is stored is as it came.
  package var parseFailed: Bool
  /// It waits for its erasure; nil for nearly all.
  package var deletedAt: Timestamp?
  /// Its own way into tracking; nil when it came in as part of its thread.
  package var route: LoggingRoute?
  /// The Message-ID of the forward that brought this mail.
  package var carrierID: String?
  package var threadIndex: [UInt8] = []
  package var providerThread: String?
}

package struct MailLocation: Sendable, Hashable {
  package var mailID: MailID
  package var folderID: FolderID
  package var uidValidity: UInt32
  package var uid: UInt32
}

package struct Thread: Sendable, Hashable {
  package var id: ThreadID
  package var tenantID: TenantID
  package var subject: String
  package var tracked: Bool
  package var mailCount: Int64
  package var createdAt: Timestamp
  package var lastMailAt: Timestamp
  /// The thread that its first mail left (S13).
  package var forkedFrom: ThreadID?
}

package enum SubmissionState: String, Sendable, Hashable, CaseIterable {
  case queued, sending, dataOpen, accepted, deferred, failed, unknown, cancelled
  /// No further change will come by itself.
  package var isFinal: Bool { self == .accepted || self == .failed || self == .cancelled }
}

/// S15: what became of the copy in the Sent folder.
package enum SentCopy: String, Sendable, Hashable { case pending, provider, appended, skipped, failed }

package struct RecipientResult: Sendable, Hashable {
  package var email: String
  /// 0 while nothing is known.
  package var code: Int
  package var text: String
  package var accepted: Bool?
  package init(email: String, code: Int, text: String, accepted: Bool?) {
    self.email = email
    self.code = code
    self.text = text
    self.accepted = accepted
  }
}

package struct Submission: Sendable, Hashable {
  package var id: SubmissionID
  package var mailID: MailID
  package var mailboxID: MailboxID
  package var tenantID: TenantID
  package var messageID: String
  package var envelopeFrom: String
  package var recipients: [RecipientResult]
  package var state: SubmissionState
  package var attempts: Int64
  package var nextAttemptAt: Timestamp?
  package var lastError: String?
  package var sentCopy: SentCopy
  package var createdAt: Timestamp
  package var updatedAt: Timestamp
  /// The receiving servers are asked to tell of delivery, too.
  package var wantsReports = false
}

package struct NewSubmission: Sendable {
  package var mailboxID: MailboxID
  package var tenantID: TenantID
  package var envelope: MailEnvelope
  package var envelopeFrom: String
  package var recipients: [String]
  /// The exact octets that will be sent, without those that ``uploads`` stand for.
  package var raw: [UInt8]
  /// What else stands in it, in base64 and lines of 76 letters, by ascending places.
  package var uploads: [PlacedUpload] = []
  /// The uploads are kept so long at the least, so that other mails can have them too.
  package var uploadsKeptUntil = Timestamp(milliseconds: 0)
  /// Store the body as part of a tracked thread; else the octets go when the fate is final.
  package var tracked: Bool
  package var origin: MailOrigin
  package var hasAttachment: Bool
  package var sendAt: Timestamp?
  /// The receiving servers are asked to tell of delivery, too.
  package var wantsReports = false
  package var idempotencyKey: String?
  /// Digest of the caller's parameters, compared when the key comes again.
  package var fingerprint: [UInt8]
  /// The thread is linked to these; for tracked mail only.
  package var records: [RecordRef] = []
  package init(
    mailboxID: MailboxID, tenantID: TenantID, envelope: MailEnvelope, envelopeFrom: String,
    recipients: [String], raw: [UInt8], tracked: Bool, origin: MailOrigin, hasAttachment: Bool,
    sendAt: Timestamp?, idempotencyKey: String?, fingerprint: [UInt8]
  ) {
    self.mailboxID = mailboxID
    self.tenantID = tenantID
    self.envelope = envelope
    self.envelopeFrom = envelopeFrom
    self.recipients = recipients
    self.raw = raw
    self.tracked = tracked
    self.origin = origin
    self.hasAttachment = hasAttachment
    self.sendAt = sendAt
    self.idempotencyKey = idempotencyKey
    self.fingerprint = fingerprint
  }
}

/// A change of an outbox row; nil members stay as they are.
package struct SubmissionUpdate: Sendable {
  package var state: SubmissionState
  package var recipients: [RecipientResult]?
  package var countsAttempt = false
  package var nextAttemptAt: Timestamp?
  package var lastError: String?
  package var sentCopy: SentCopy?
  package init(state: SubmissionState) { self.state = state }
}

/// What a purge takes (S19).
package enum PurgeScope: Sendable, Hashable {
  case tenant
  case mailbox(MailboxID)
  /// Every mail from or to this address.
  case contact(email: String)
  case thread(ThreadID)
  case mail(MailID)
  /// Every mail that stands on the record's timeline, and the record's links.
  case record(RecordRef)
  /// Every mail received before.
  case olderThan(Timestamp)
}

package struct PurgeCounts: Sendable, Hashable {
  package var mails: Int64 = 0
  package var bodies: Int64 = 0
  /// Octets of the bodies as they were on the server.
  package var octets: Int64 = 0
  package var threads: Int64 = 0
  package var mailboxes: Int64 = 0
  package var submissions: Int64 = 0
  package var uploads: Int64 = 0
  package init() {}
}

package enum PurgeState: String, Sendable, Hashable { case running, verifying, done }

/// An erasure and, once ``state`` is done, its receipt. Holds no personal data then: what was
/// asked for is kept only as its kind.
package struct Purge: Sendable, Hashable {
  package var id: PurgeID
  package var tenantID: TenantID
  /// "tenant", "mailbox", "contact", "thread", "mail", "record", "age" or "retention".
  package var kind: String
  package var state: PurgeState
  package var counts: PurgeCounts
  /// Rows still found in scope after the erasure; 0 in a receipt.
  package var remaining: Int64
  /// The write-ahead log was emptied after the erasure.
  package var logTruncated: Bool
  package var requestedBy: String
  package var startedAt: Timestamp
  package var finishedAt: Timestamp?
  /// nil until it is done, and in receipts of versions that did not sign.
  package var signed: SignedReceipt?
}

/// A receipt as it was signed when the erasure was done, for whoever must not have to believe the server's answers.
package struct SignedReceipt: Sendable, Hashable {
  /// What was signed: JSON in the form of RFC 8785, its octets those of this text.
  package var statement: String
  package var keyID: String
  /// Ed25519, 64 octets.
  package var signature: [UInt8]
}

/// S26. Holds ids and facts, never text of a mail or an address; those are joined when it is read.
package struct Event: Sendable, Hashable {
  /// Ascending, never reused; gaps are possible for one tenant.
  package var seq: Int64
  package var tenantID: TenantID
  package var type: EventType
  package var mailboxID: MailboxID?
  package var threadID: ThreadID?
  package var mailID: MailID?
  package var submissionID: SubmissionID?
  package var purgeID: PurgeID?
  package var at: Timestamp
  /// Small facts such as `state`, `reason`, `matchedBy`, `direction`; no personal data.
  package var facts: [String: String]
}

package enum EventType: String, Sendable, Hashable, CaseIterable {
  case mailboxConnected = "mailbox.connected"
  case mailboxState = "mailbox.state"
  case mailboxDeleted = "mailbox.deleted"
  case syncCompleted = "sync.completed"
  case mailLogged = "mail.logged"
  case mailGone = "mail.gone"
  case mailDeleted = "mail.deleted"
  case mailRestored = "mail.restored"
  case mailBounced = "mail.bounced"
  case mailDelayed = "mail.delayed"
  case mailAutoReplied = "mail.autoReplied"
  case submissionState = "submission.state"
  case threadTracked = "thread.tracked"
  case threadUntracked = "thread.untracked"
  case threadSplit = "thread.split"
  case threadMerged = "thread.merged"
  case purgeDone = "purge.done"
  case webhookState = "webhook.state"
}
