package import Sealing

/// Everything that is kept, and each change of it as one transaction.
///
/// Every method is atomic and durable when it returns (a power cut afterwards loses nothing).
/// Methods that change what a caller can see append their events in the same transaction, and
/// ``latestEvent`` grows. Ids are looked up inside the tenant where one is given: a foreign id is
/// ``MailStoreError/notFound(_:)``, as if it did not exist (S28).
package protocol MailStoring: RetentionStoring, SearchStoring, WebhookStoring {
  // MARK: Tenants and tokens
  func createTenant(name: String, at: Timestamp) async throws(MailStoreError) -> Tenant
  func tenants() async throws(MailStoreError) -> [Tenant]
  func tenant(_ id: TenantID) async throws(MailStoreError) -> Tenant
  func tenant(named: String) async throws(MailStoreError) -> Tenant?
  /// Errors: ``MailStoreError/exists(_:)`` when any tenant has this credential already.
  func createToken(
    tenant: TenantID, name: String, scopes: [String], credential: TokenCredential, expiresAt: Timestamp?,
    at: Timestamp
  ) async throws(MailStoreError) -> TokenRow
  /// Also one that has expired.
  func token(_ credential: TokenCredential) async throws(MailStoreError) -> TokenRow?
  func token(_ id: TokenID) async throws(MailStoreError) -> TokenRow?
  func tokens(tenant: TenantID) async throws(MailStoreError) -> [TokenRow]
  func deleteToken(_ id: TokenID, tenant: TenantID) async throws(MailStoreError)
  /// Calls `forget` after each transaction that deleted tokens, before whoever asked for it has its answer. It must
  /// not wait.
  func onTokensDeleted(_ forget: @escaping @Sendable () -> Void)

  func settings(of tenant: TenantID) async throws(MailStoreError) -> TenantSettings
  /// Holds for mail that is read from now on.
  func setSettings(_ settings: TenantSettings, of tenant: TenantID) async throws(MailStoreError)
  func loggingRules(of tenant: TenantID) async throws(MailStoreError) -> LoggingRules

  // MARK: Mailboxes and folders
  /// Errors: ``MailStoreError/exists(_:)`` when the tenant has this address already.
  func createMailbox(_ new: NewMailbox, at: Timestamp) async throws(MailStoreError) -> Mailbox
  func mailbox(_ id: MailboxID, tenant: TenantID?) async throws(MailStoreError) -> Mailbox
  /// Ascending by id; nil for all tenants (the supervisor's start).
  func mailboxes(tenant: TenantID?) async throws(MailStoreError) -> [Mailbox]
  func password(of id: MailboxID) async throws(MailStoreError) -> [UInt8]
  /// New settings or password of a mailbox that signs in again.
  func updateMailbox(
    _ id: MailboxID, userName: String?, password: [UInt8]?, oauthProvider: String?, imap: ServerSettings?,
    smtp: ServerSettings?
  ) async throws(MailStoreError) -> Mailbox
  func rotateRefreshToken(of id: MailboxID, present: [UInt8], keeping old: [UInt8], new: [UInt8])
    async throws(MailStoreError)
  func previousRefreshToken(of id: MailboxID) async throws(MailStoreError) -> [UInt8]?
  func forgetPreviousRefreshToken(of id: MailboxID) async throws(MailStoreError)
  func changeMailbox(_ id: MailboxID, tenant: TenantID, _ change: MailboxChange) async throws(MailStoreError)
    -> Mailbox
  /// What the submission server said it takes at the most.
  func setMailboxSMTPLimit(_ id: MailboxID, _ octets: Int64?) async throws(MailStoreError)
  /// Appends `mailbox.state` when state or reason differ from what is stored.
  func setMailboxState(
    _ id: MailboxID, _ state: MailboxState, reason: MailboxReason?, detail: String?,
    nextAttemptAt: Timestamp?, at: Timestamp
  ) async throws(MailStoreError)

  /// Adds new folders, renames roles, and drops those not listed (with their locations).
  func reconcileFolders(_ mailbox: MailboxID, _ listed: [FolderListing]) async throws(MailStoreError)
    -> [Folder]
  func folders(_ mailbox: MailboxID) async throws(MailStoreError) -> [Folder]

  // MARK: Sync
  /// One answered window of a folder: rows, flags, expunges and the cursor, in one transaction.
  func commitSync(_ batch: SyncBatch, at: Timestamp) async throws(MailStoreError) -> SyncOutcome
  /// The stored UIDs of a folder inside `range`, ascending (for comparisons with the server).
  func storedUIDs(_ folder: FolderID, in range: ClosedRange<UInt32>) async throws(MailStoreError) -> [UInt32]
  /// The same, with what is kept of each.
  func storedPlaces(_ folder: FolderID, in range: ClosedRange<UInt32>) async throws(MailStoreError)
    -> [StoredPlace]
  /// The UIDVALIDITY changed: locations of the folder go, its cursor starts anew, mails stay and are
  /// matched again by identity.
  func resetFolder(_ folder: FolderID, uidValidity: UInt32) async throws(MailStoreError)
  /// Mails of a mailbox whose body is to be fetched, with one location each, newest first.
  func wantedMails(_ mailbox: MailboxID, limit: Int) async throws(MailStoreError) -> [WantedMail]
  /// Stores the body (packed and sealed under the mailbox's key; its attachments once for the mailbox), marks the mail logged, wants its
  /// children, and appends `mail.logged` (not for a duplicate within the tenant, which is marked so
  /// and stores nothing). Nothing happens when the mail is no longer wanted.
  ///
  /// With an original in `findings`, `raw` is what the mail passed on: the row becomes that mail, in the thread it
  /// answers, or a duplicate when the tenant has logged it already.
  /// What `findings` say of deliveries is tied to the mails that it is about, with `mail.bounced` or `mail.delayed`;
  /// an automatic answer gets `mail.autoReplied` (S12).
  func logMail(_ id: MailID, raw: [UInt8], _ findings: MailFindings, at: Timestamp)
    async throws(MailStoreError)
    -> LogOutcome
  /// Reports about delivery that name no mail of ours in their header, newest first: their bodies are to be looked at.
  func reportsToRead(_ mailbox: MailboxID, limit: Int) async throws(MailStoreError) -> [WantedMail]
  /// A report's body was looked at: when it is about a mail of a tracked thread it is wanted now; when it is about
  /// another mail that was sent by call, what it says is tied to that; else nothing is kept.
  /// - Parameter findings: nil when it is no report after all, or cannot be read.
  /// - Returns: mailboxes that have something to fetch now.
  func settleReport(_ id: MailID, _ findings: DeliveryFindings?, at: Timestamp) async throws(MailStoreError)
    -> [MailboxID]
  /// A mail that was logged cannot be parsed: from now on nobody tries.
  func markUnparsed(_ id: MailID) async throws(MailStoreError)
  /// The server has it no longer in any folder.
  func markGone(_ id: MailID, at: Timestamp) async throws(MailStoreError)
  func noteSyncCompleted(_ mailbox: MailboxID, at: Timestamp) async throws(MailStoreError)

  // MARK: Reading
  func mail(_ id: MailID, tenant: TenantID) async throws(MailStoreError) -> Mail
  /// The stored octets of a mail. Errors: notFound when no body is stored.
  func raw(_ id: MailID, tenant: TenantID?) async throws(MailStoreError) -> [UInt8]
  /// The same by pieces.
  func rawStream(_ id: MailID, tenant: TenantID?) async throws(MailStoreError) -> OctetStream
  /// The mail without the large contents in it that are no text. Errors: as ``raw(_:tenant:)``.
  func outline(_ id: MailID, tenant: TenantID?) async throws(MailStoreError) -> MailOutline
  /// A content that an outline left out, by its number there.
  func contentStream(_ number: Int, of id: MailID, tenant: TenantID?) async throws(MailStoreError)
    -> OctetStream
  /// What was reported about a mail's delivery.
  func deliveryNews(of id: MailID, tenant: TenantID) async throws(MailStoreError) -> [DeliveryNews]
  /// What a mail reports.
  func deliveryNews(in id: MailID, tenant: TenantID) async throws(MailStoreError) -> [DeliveryNews]
  func mails(_ query: MailQuery, tenant: TenantID) async throws(MailStoreError) -> [Mail]
  func thread(_ id: ThreadID, tenant: TenantID) async throws(MailStoreError) -> Thread
  /// Its mails, oldest first.
  func threadMails(_ id: ThreadID, tenant: TenantID) async throws(MailStoreError) -> [Mail]
  func threads(_ query: ThreadQuery, tenant: TenantID) async throws(MailStoreError) -> [Thread]
  /// Starts tracking the conversation of a mail (S6 d): its thread is made when it has none, and its
  /// relatives by references are wanted. Answers the mailboxes that now have something to fetch.
  func track(_ mail: MailID, tenant: TenantID, at: Timestamp) async throws(MailStoreError) -> (
    Thread, [MailboxID]
  )
  /// Later mails are no longer logged; what is logged stays until it is purged.
  func untrack(_ thread: ThreadID, tenant: TenantID, at: Timestamp) async throws(MailStoreError) -> Thread

  /// A mail, those that answer it and those that answer them become a thread of their own; later syncs respect it.
  /// Errors: conflict "untracked" when it is in no thread, "whole" when nothing would be left behind.
  func split(_ mail: MailID, tenant: TenantID, at: Timestamp) async throws(MailStoreError) -> Thread
  /// `thread` becomes part of `other`, and its id another name of that; later syncs respect it.
  func merge(_ thread: ThreadID, into other: ThreadID, tenant: TenantID, at: Timestamp)
    async throws(MailStoreError) -> Thread

  // MARK: Records
  /// Links a thread or a mail to a record; again changes nothing. Errors: notFound "thread", "mail".
  func link(_ record: RecordRef, to target: RecordTarget, tenant: TenantID, at: Timestamp)
    async throws(MailStoreError)
  /// Errors: notFound "record" when nothing is linked to it, "link" when this is not.
  func unlink(_ record: RecordRef, from target: RecordTarget, tenant: TenantID) async throws(MailStoreError)
  /// The records that a thread or a mail itself is linked to, by type and key.
  func records(of target: RecordTarget, tenant: TenantID) async throws(MailStoreError) -> [RecordRef]
  /// Logged mails of a record, each once: those of its threads and those linked one by one. Empty for a
  /// record that nothing is linked to.
  /// - Complexity: O(*n* log *n*) in the record's mails, for each page.
  func timeline(_ query: TimelineQuery, tenant: TenantID) async throws(MailStoreError) -> [Mail]

  // MARK: Sending
  /// Errors: ``MailStoreError/keyReused`` when the idempotency key came with another fingerprint; notFound
  /// and ``UploadError/incomplete(received:size:)`` for an upload that cannot be used.
  func createSubmission(_ new: NewSubmission, at: Timestamp) async throws(MailStoreError) -> CreatedSubmission
  /// What a caller's key stands for; nil when it is new. Errors: ``MailStoreError/keyReused``.
  func rememberedSubmission(
    key: String, fingerprint: [UInt8], tenant: TenantID, at: Timestamp
  ) async throws(MailStoreError) -> CreatedSubmission?
  func submission(_ id: SubmissionID, tenant: TenantID?) async throws(MailStoreError) -> Submission
  func submission(ofMail id: MailID, tenant: TenantID?) async throws(MailStoreError) -> Submission?
  /// Not final and due by `by`, oldest first; `unknown` ones too (they are resolved, not resent).
  /// Before them those that an attempt left in the middle: ask only while none is being made.
  func dueSubmissions(mailbox: MailboxID, by: Timestamp, limit: Int) async throws(MailStoreError)
    -> [Submission]
  /// Final ones whose copy in Sent is still pending.
  func pendingSentCopies(mailbox: MailboxID, limit: Int) async throws(MailStoreError) -> [Submission]
  func nextSubmissionDue(mailbox: MailboxID) async throws(MailStoreError) -> Timestamp?
  func submissionRaw(_ id: SubmissionID) async throws(MailStoreError) -> [UInt8]
  /// The same by pieces.
  func submissionStream(_ id: SubmissionID) async throws(MailStoreError) -> OctetStream
  /// Appends `submission.state` when the state differs. Errors: ``MailStoreError/conflict(_:)`` unless
  /// the state stored is one of `expected`.
  func updateSubmission(
    _ id: SubmissionID, expected: [SubmissionState], _ update: SubmissionUpdate, at: Timestamp
  ) async throws(MailStoreError) -> Submission
  /// The same for the update with which an attempt begins; nothing is changed while the limits of mailbox or
  /// tenant let no mail go. `perMinuteMax` is for a mailbox without a limit of its own.
  func beginAttempt(
    _ id: SubmissionID, expected: SubmissionState, _ update: SubmissionUpdate, perMinuteMax: Int64?,
    at: Timestamp
  ) async throws(MailStoreError) -> AttemptStart
  /// What the next mail of a mailbox would wait for.
  func sendWait(of mailbox: MailboxID, perMinuteMax: Int64?, at: Timestamp) async throws(MailStoreError)
    -> SendWait?
  /// At start: rows left `sending` become `queued`, rows left `dataOpen` become `unknown`.
  func recoverSubmissions(at: Timestamp) async throws(MailStoreError)

  // MARK: Uploads
  // Each may fail with ``MailStoreError/upload(_:)``; one whose time is over is not found.
  func openUpload(_ new: NewUpload, policy: UploadPolicy, at: Timestamp) async throws(MailStoreError)
    -> Upload
  func upload(_ id: UploadID, tenant: TenantID, at: Timestamp) async throws(MailStoreError) -> Upload
  /// Of the tenant, the oldest first.
  func uploads(tenant: TenantID, at: Timestamp) async throws(MailStoreError) -> [Upload]
  /// Adds what of `octets` is new. Octets that are there already must be the same ones.
  func writeUpload(
    _ id: UploadID, tenant: TenantID, offset: Int64, octets: [UInt8], policy: UploadPolicy, at: Timestamp
  ) async throws(MailStoreError) -> Upload
  /// Nothing can be added afterwards. Does nothing to one that is committed.
  /// - Parameter sha256: what the caller has; compared. Cost: O(size of the upload).
  func commitUpload(
    _ id: UploadID, tenant: TenantID, sha256: [UInt8]?, policy: UploadPolicy, at: Timestamp
  ) async throws(MailStoreError) -> Upload
  /// Takes it away, committed or not. Mails that were made from it have it still.
  func cancelUpload(_ id: UploadID, tenant: TenantID, at: Timestamp) async throws(MailStoreError)
  /// Takes away those whose time is over, of all tenants. - Returns: how many went.
  func expireUploads(at: Timestamp, limit: Int) async throws(MailStoreError) -> Int

  // MARK: Erasing
  func previewPurge(_ scope: PurgeScope, tenant: TenantID) async throws(MailStoreError) -> PurgeCounts
  /// Writes the job down; from here on it goes on by itself after any crash.
  func beginPurge(
    _ scope: PurgeScope, tenant: TenantID, by: String, at: Timestamp
  ) async throws(MailStoreError) -> Purge
  /// Erases at most `rows` mails of it. Answers the job, and whether there is more.
  func purgeStep(_ id: PurgeID, rows: Int) async throws(MailStoreError) -> (Purge, more: Bool)
  /// Empties the log and the keys, counts what is left, completes the receipt, appends `purge.done`.
  func finishPurge(_ id: PurgeID, at: Timestamp) async throws(MailStoreError) -> Purge
  /// The same for several, with one rewriting of the database.
  func finishPurges(_ ids: [PurgeID], at: Timestamp) async throws(MailStoreError) -> [Purge]
  /// The key by which receipts' signatures are verified.
  var receiptVerifyingKey: VerifyingKey { get }
  func unfinishedPurges() async throws(MailStoreError) -> [Purge]
  func purge(_ id: PurgeID, tenant: TenantID) async throws(MailStoreError) -> Purge
  func purges(tenant: TenantID, before: PurgeID?, limit: Int) async throws(MailStoreError) -> [Purge]
  /// Mailboxes whose work must stand still while the purge runs.
  func mailboxes(touchedBy id: PurgeID) async throws(MailStoreError) -> [MailboxID]

  // MARK: Events
  /// The highest sequence number committed; read without waiting.
  var latestEvent: Int64 { get }
  /// Events with a number above `seq`, ascending.
  func events(tenant: TenantID, after seq: Int64, limit: Int) async throws(MailStoreError) -> [Event]
  /// Whether events with numbers above `seq` were lost with the database that this one was restored instead of.
  func isLostEvent(_ seq: Int64) -> Bool
  /// Calls `wake` after every commit that appended events, on the store's own thread: return at once.
  func onEvents(_ wake: @escaping @Sendable (_ latest: Int64) -> Void)

  func close() async

  // MARK: For the operator
  /// Mails on their way out by state; those whose fate is settled are not counted.
  /// - Complexity: O(mailboxes + mails on their way)
  func outboxCounts() async throws(MailStoreError) -> [SubmissionState: Int]
  /// Writes that wait for their transaction.
  var writesWaiting: Int { get }
  /// The version of the database's schema.
  var schemaVersion: Int { get }
}

extension MailStoring {
  /// The same for a letter.
  package func logMail(
    _ id: MailID, raw: [UInt8], hasAttachment: Bool, at: Timestamp
  ) async throws(MailStoreError) -> LogOutcome {
    try await logMail(id, raw: raw, MailFindings(hasAttachment: hasAttachment), at: at)
  }
}

/// What one answered window brings.
package struct SyncBatch: Sendable {
  package struct Message: Sendable {
    package var uid: UInt32
    package var envelope: MailEnvelope
    package var receivedAt: Timestamp
    package var keywords: [String]
    package var direction: Direction
    /// The header could not be parsed: the envelope stands in for it.
    package var parseFailed = false
    /// Why it is logged whatever it belongs to.
    package var route: LoggingRoute?
    /// What else tells its conversation than Message-IDs.
    package var clues = MailClues()
    package init(
      uid: UInt32, envelope: MailEnvelope, receivedAt: Timestamp, keywords: [String], direction: Direction
    ) {
      self.uid = uid
      self.envelope = envelope
      self.receivedAt = receivedAt
      self.keywords = keywords
      self.direction = direction
    }
  }

  package var mailboxID: MailboxID
  package var folderID: FolderID
  package var messages: [Message] = []
  /// New flags of messages that are already stored.
  package var keywordChanges: [(uid: UInt32, keywords: [String])] = []
  /// UIDs the server no longer has.
  package var expunged: [ClosedRange<UInt32>] = []
  /// Written as it is; the caller has seen the tagged OK for all it covers.
  package var cursor: FolderCursor
  package var serverTotal: Int64
  package init(mailboxID: MailboxID, folderID: FolderID, cursor: FolderCursor, serverTotal: Int64) {
    self.mailboxID = mailboxID
    self.folderID = folderID
    self.cursor = cursor
    self.serverTotal = serverTotal
  }
}

package struct SyncOutcome: Sendable, Hashable {
  package var inserted = 0
  /// Mailboxes that now have wanted mails (usually this one).
  package var wanted: [MailboxID] = []
  package init() {}
}

package struct WantedMail: Sendable, Hashable {
  package var id: MailID
  package var folderID: FolderID
  package var uidValidity: UInt32
  package var uid: UInt32
  package var size: Int64
  package var route: LoggingRoute?
}

package enum LogOutcome: Sendable, Hashable { case logged(wanted: [MailboxID]), duplicate, notWanted }

package struct CreatedSubmission: Sendable, Hashable {
  package var submission: Submission
  package var mail: Mail
  /// The same key and parameters came before: this is the first answer again.
  package var replayed: Bool
}

package struct MailQuery: Sendable {
  package var mailbox: MailboxID?
  package var contact: String?
  package var messageID: String?
  package var loggedOnly = true
  /// Newest first, ids below this one.
  package var before: MailID?
  package var limit = 50
  package init() {}
}

package struct ThreadQuery: Sendable {
  package var mailbox: MailboxID?
  /// An address on any mail of it.
  package var contact: String?
  package var messageID: String?
  /// Threads linked to it.
  package var record: RecordRef?
  /// Words that all stand in the subject, letters of either case alike.
  package var subject: String?
  package var trackedOnly = false
  /// Newest mail first, after this place of an earlier page.
  package var after: (lastMailAt: Timestamp, id: ThreadID)?
  package var limit = 50
  package init() {}
}

package enum MailStoreError: Error, Sendable, Hashable {
  /// What was looked for, such as "thread".
  case notFound(String)
  case exists(String)
  case keyReused
  /// A legal hold keeps it.
  case held
  /// The row is in another state; its word.
  case conflict(String)
  case upload(UploadError)
  case diskFull
  /// Another process holds the data folder.
  case locked(String)
  /// The database was written by a newer version: its and our schema number.
  case newerSchema(found: Int, known: Int)
  /// The database or a sealed value is damaged.
  case corrupt(String)
  case sealing(String)
  /// Any other failure, in SQLite's words; no row content.
  case failed(String)
}
