import Glibc
import Sealing
import Synchronization
import Testing

@testable import MailStore

/// A store in a folder of its own, with a tenant, and makers of what tests put into it.
final class TestStore: Sendable {
  let directory: String
  let master = MasterKey.generate()
  private let current: Mutex<SQLiteMailStore>
  var store: SQLiteMailStore { current.withLock { $0 } }
  let tenant: Tenant

  init() async throws {
    var template = Array("/tmp/postroom-store-XXXXXX".utf8CString)
    directory = try #require(mkdtemp(&template).map { String(cString: $0) })
    let store = try SQLiteMailStore.open(directory: directory, masterKey: master)
    current = Mutex(store)
    tenant = try await store.createTenant(name: "acme", at: .zero)
  }

  deinit { TestStore.remove(directory) }

  static func remove(_ directory: String) {
    for name in ["mail.sqlite", "keyring.sqlite", "lock", "erasures.log"] {
      for suffix in ["", "-wal", "-shm"] { unlink("\(directory)/\(name)\(suffix)") }
    }
    rmdir(directory)
  }

  /// Ends the store and opens it again, as a restart does.
  func reopen() async throws {
    await store.close()
    let next = try SQLiteMailStore.open(directory: directory, masterKey: master)
    current.withLock { $0 = next }
  }

  func mailbox(_ email: String = "ann@acme.example", tenant: TenantID? = nil) async throws -> Mailbox {
    let server = ServerSettings(host: "mail.acme.example", port: 993, security: .tls)
    return try await store.createMailbox(
      NewMailbox(
        tenantID: tenant ?? self.tenant.id, email: email, displayName: "Ann", userName: email,
        password: Array("secret".utf8), imap: server, smtp: server, providerFilesSentMail: false), at: .zero)
  }

  func inbox(_ mailbox: Mailbox) async throws -> Folder {
    let listing = FolderListing(name: "INBOX", wireName: Array("INBOX".utf8), role: .inbox, syncs: true)
    return try #require(try await store.reconcileFolders(mailbox.id, [listing]).first)
  }

  /// A mailbox with an inbox.
  func account(_ email: String = "ann@acme.example", tenant: TenantID? = nil) async throws -> Folder {
    try await inbox(mailbox(email, tenant: tenant))
  }

  @discardableResult
  func sync(_ folder: Folder, _ messages: [SyncBatch.Message], expunged: [ClosedRange<UInt32>] = [])
    async throws
    -> SyncOutcome
  {
    var batch = SyncBatch(
      mailboxID: folder.mailboxID, folderID: folder.id,
      cursor: FolderCursor(uidValidity: 7, low: 1, high: 1000, modSeq: 99), serverTotal: 500)
    batch.messages = messages
    batch.expunged = expunged
    return try await store.commitSync(batch, at: .zero)
  }

  func mails(loggedOnly: Bool = false, mailbox: MailboxID? = nil, messageID: String? = nil) async throws
    -> [Mail]
  {
    var query = MailQuery()
    query.loggedOnly = loggedOnly
    query.mailbox = mailbox
    query.messageID = messageID
    query.limit = 100_000
    return try await store.mails(query, tenant: tenant.id)
  }

  func mail(_ messageID: String, in folder: Folder? = nil) async throws -> Mail {
    try #require(try await mails(mailbox: folder?.mailboxID, messageID: messageID).first)
  }

  func states(_ folder: Folder) async throws -> [String: MailState] {
    var states: [String: MailState] = [:]
    for mail in try await mails(mailbox: folder.mailboxID) {
      states[mail.envelope.messageID ?? "-"] = mail.state
    }
    return states
  }

  func submit(
    _ folder: Folder, _ messageID: String, tracked: Bool = true, replyTo: [String] = [],
    references: [String] = [], key: String? = nil, fingerprint: [UInt8] = [1],
    raw: String = "Subject: x\r\n\r\nhello",
    sendAt: Timestamp? = nil, at: Timestamp = .zero
  ) async throws -> CreatedSubmission {
    try await store.createSubmission(
      NewSubmission(
        mailboxID: folder.mailboxID, tenantID: tenant.id,
        envelope: .sample(messageID, replyTo: replyTo, references: references),
        envelopeFrom: "ann@acme.example",
        recipients: ["bob@buyer.example", "cy@buyer.example"], raw: Array(raw.utf8), tracked: tracked,
        origin: .timeline, hasAttachment: false, sendAt: sendAt, idempotencyKey: key, fingerprint: fingerprint
      ),
      at: at)
  }

  /// Every event of the tenant.
  func events() async throws -> [Event] { try await store.events(tenant: tenant.id, after: 0, limit: 10_000) }

  func eventTypes() async throws -> [EventType] { try await events().map(\.type) }
}

extension Timestamp {
  static let zero = Timestamp(milliseconds: 1_750_000_000_000)
}

extension MailEnvelope {
  /// Identity and addresses follow from the Message-ID.
  static func sample(
    _ messageID: String?, replyTo: [String] = [], references: [String] = [], subject: String = "Re: Offer",
    from: String = "bob@buyer.example", identity: String? = nil
  ) -> MailEnvelope {
    MailEnvelope(
      identity: Digest.sha256(Array((identity ?? messageID ?? "none").utf8)), messageID: messageID,
      inReplyTo: replyTo, references: references, subject: subject, baseSubject: "Offer",
      addresses: [
        Address(role: .from, name: "Bob", email: from),
        Address(role: .to, name: nil, email: "Ann@acme.example"),
      ], sentAt: .zero, size: 1000, isAutoReply: false, isBounce: false)
  }
}

extension SyncBatch.Message {
  static func sample(
    _ uid: UInt32, _ messageID: String?, replyTo: [String] = [], references: [String] = [],
    subject: String = "Re: Offer", from: String = "bob@buyer.example", identity: String? = nil,
    seconds: Int64 = 0,
    keywords: [String] = []
  ) -> SyncBatch.Message {
    SyncBatch.Message(
      uid: uid,
      envelope: .sample(
        messageID, replyTo: replyTo, references: references, subject: subject, from: from, identity: identity),
      receivedAt: Timestamp.zero.adding(seconds: seconds), keywords: keywords, direction: .incoming)
  }
}

/// Throws what `body` should throw.
func expect<T>(
  _ error: MailStoreError, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> T
) async {
  await #expect(throws: error, sourceLocation: sourceLocation) { _ = try await body() }
}
