internal import Compression
internal import Dispatch
internal import GRDB
internal import Sealing

/// Mails as they lie on disk: deflated, then sealed for one row of one table.
enum Bodies {
  /// Deflating is the long part, so it is done on a thread of its own before the writer is asked for.
  private static let queue = DispatchQueue(label: "postroom.store.deflate", attributes: .concurrent)

  static func deflate(_ raw: [UInt8]) async throws(MailStoreError) -> [UInt8] {
    let result: Result<[UInt8], CompressionError> = await withCheckedContinuation { continuation in
      queue.async {
        do throws(CompressionError) {
          continuation.resume(returning: .success(try Zlib.deflate(raw)))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
    do throws(CompressionError) { return try result.get() } catch { throw MailStoreError(error) }
  }

  static func seal(
    _ deflated: [UInt8], octets: Int, of mail: MailID, tenant: TenantID, mailbox: MailboxID, _ key: DataKey,
    _ db: Database
  ) throws {
    let sealed = try key.seal(deflated, context: "\(tenant)|\(mailbox)|\(mail)|body|1")
    try Query(db, "INSERT INTO body (mail_id, octets, sealed) VALUES (?, ?, ?)").run(mail, octets, sealed)
  }

  static func seal(
    _ deflated: [UInt8], octets: Int, of submission: SubmissionID, tenant: TenantID, mailbox: MailboxID,
    _ key: DataKey, _ db: Database
  ) throws {
    let sealed = try key.seal(deflated, context: "\(tenant)|\(mailbox)|\(submission)|outgoing|1")
    try Query(db, "INSERT INTO outgoing (submission_id, octets, sealed) VALUES (?, ?, ?)")
      .run(submission, octets, sealed)
  }

  /// nil when no body is stored.
  static func open(
    _ mail: MailID, tenant: TenantID, mailbox: MailboxID, _ key: DataKey, _ db: Database
  ) throws -> [UInt8]? {
    let stored = try Query(db, "SELECT octets, sealed FROM body WHERE mail_id = ?").first(mail) {
      ($0.int(0), $0.blob(1))
    }
    return try stored.map { try unpack($0, key, "\(tenant)|\(mailbox)|\(mail)|body|1") }
  }

  static func open(
    _ submission: SubmissionID, tenant: TenantID, mailbox: MailboxID, _ key: DataKey, _ db: Database
  ) throws -> [UInt8]? {
    let stored = try Query(db, "SELECT octets, sealed FROM outgoing WHERE submission_id = ?").first(
      submission
    ) {
      ($0.int(0), $0.blob(1))
    }
    return try stored.map { try unpack($0, key, "\(tenant)|\(mailbox)|\(submission)|outgoing|1") }
  }

  private static func unpack(
    _ stored: (octets: Int64, sealed: [UInt8]), _ key: DataKey, _ context: String
  ) throws -> [UInt8] {
    let deflated = try key.open(stored.sealed, context: context)
    let raw = try Zlib.inflate(deflated, outputOctetsMax: Int(max(stored.octets, 0)))
    guard Int64(raw.count) == stored.octets else { throw MailStoreError.corrupt("a body's length") }
    return raw
  }
}
