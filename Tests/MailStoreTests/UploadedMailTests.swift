import Bytes
import GRDB
import MailPacking
import Sealing
import Testing

@testable import MailStore

/// Mails that are made from uploads: their octets, where those lie, and what goes with them.
@Suite(.timeLimit(.minutes(1))) struct UploadedMailTests {
  let test: TestStore
  let folder: Folder
  let policy = UploadPolicy(octetsMax: 10_000_000)
  private static let boundary = "\r\n--b1\r\nContent-Type: image/png; name=a.png\r\n"

  init() async throws {
    test = try await TestStore()
    folder = try await test.account()
  }

  private func upload(_ content: [UInt8], commits: Bool = true) async throws -> UploadID {
    let tenant = test.tenant.id
    let new = NewUpload(tenantID: tenant, name: "a", type: "image/png", size: nil)
    let id = try await test.store.openUpload(new, policy: policy, at: .zero).id
    _ = try await test.store.writeUpload(
      id, tenant: tenant, offset: 0, octets: content, policy: policy, at: .zero)
    if commits {
      _ = try await test.store.commitUpload(id, tenant: tenant, sha256: nil, policy: policy, at: .zero)
    }
    return id
  }

  /// A mail with these contents: without them and their places, and whole.
  private func mail(_ contents: [[UInt8]], _ ids: [UploadID]) -> (
    raw: [UInt8], uploads: [PlacedUpload], whole: [UInt8]
  ) {
    let head = Array(
      "Subject: x\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\n\r\nhello\r\n".utf8)
    var (raw, whole, uploads) = (head, head, [PlacedUpload]())
    for (content, id) in zip(contents, ids) {
      let part = Array((Self.boundary + "Content-Transfer-Encoding: base64\r\n\r\n").utf8)
      raw += part
      whole += part
      uploads.append(PlacedUpload(id: id, place: raw.count))
      let letters = Base64.encode(content)
      for start in stride(from: 0, to: letters.count, by: 76) {
        whole += letters[start..<min(start + 76, letters.count)] + [13, 10]
      }
      raw += [13, 10]
    }
    let end = Array("\r\n--b1--\r\n".utf8)
    return (raw + end, uploads, whole + end)
  }

  private func send(
    _ name: String, _ mail: (raw: [UInt8], uploads: [PlacedUpload], whole: [UInt8]), tracked: Bool = true,
    key: String? = nil, at: Timestamp = .zero
  ) async throws -> CreatedSubmission {
    var new = NewSubmission(
      mailboxID: folder.mailboxID, tenantID: test.tenant.id, envelope: .sample(name),
      envelopeFrom: "ann@acme.example", recipients: ["bob@buyer.example"], raw: mail.raw, tracked: tracked,
      origin: .timeline, hasAttachment: true, sendAt: nil, idempotencyKey: key, fingerprint: [1])
    new.uploads = mail.uploads
    new.uploadsKeptUntil = at.adding(seconds: policy.keptSeconds)
    return try await test.store.createSubmission(new, at: at)
  }

  private func streamed(_ id: SubmissionID) async throws -> [UInt8] {
    var stream = try await test.store.submissionStream(id)
    var out: [UInt8] = []
    while let piece = try await stream.piece() {
      #expect(piece.count < 500_000)
      out += piece
    }
    #expect(Int64(out.count) == stream.octets)
    return out
  }

  private func count(_ table: String) async throws -> Int64 {
    try await test.store.read { try Query($0, "SELECT count(*) FROM \(table)").number() }
  }

  @Test(arguments: [true, false], [[1], [57, 58], [262_142, 262_143, 262_144], [1_500_000, 3]])
  func `the mail is what it would be with the contents in it`(_ tracked: Bool, _ sizes: [Int]) async throws {
    let contents = sizes.enumerated().map { BodyTests.noise($1, UInt64($0)) }
    var ids: [UploadID] = []
    for content in contents { ids.append(try await upload(content)) }
    let mail = mail(contents, ids)
    let sent = try await send("a@x", mail, tracked: tracked)
    #expect(try await streamed(sent.submission.id) == mail.whole)
    #expect(try await test.store.submissionRaw(sent.submission.id) == mail.whole)
    if tracked { #expect(try await test.store.raw(sent.mail.id, tenant: test.tenant.id) == mail.whole) }
    #expect(try await count("attachment") == Int64(sizes.count))
    try await test.reopen()
    #expect(try await streamed(sent.submission.id) == mail.whole)
  }

  @Test func `an upload is in many mails, stored once, and not missed when it goes`() async throws {
    let content = BodyTests.noise(300_000, 1)
    let id = try await upload(content)
    let mail = mail([content, content], [id, id])
    let first = try await send("a@x", mail)
    let later = Timestamp.zero.adding(seconds: 6 * 24 * 3600)
    let second = try await send("b@x", mail, tracked: false, at: later)
    #expect(try await count("attachment") == 1)
    #expect(try await count("attachment_piece") == 2)
    #expect(try await count("upload_use") == 2)
    let kept = try await test.store.upload(id, tenant: test.tenant.id, at: later).expiresAt
    #expect(kept == later.adding(seconds: policy.keptSeconds))
    try await test.store.cancelUpload(id, tenant: test.tenant.id, at: later)
    #expect(try await count("upload_piece") == 0)
    for sent in [first, second] { #expect(try await streamed(sent.submission.id) == mail.whole) }
    await expect(.notFound("upload")) { try await send("c@x", mail) }
    #expect(try await count("mail") == 2)
  }

  @Test func `what was kept for sending goes when the fate is settled`() async throws {
    let content = BodyTests.noise(300_000, 1)
    let mail = mail([content], [try await upload(content)])
    let sent = try await send("a@x", mail, tracked: false)
    #expect(try await count("outgoing_use") == 1)
    var update = SubmissionUpdate(state: .accepted)
    update.sentCopy = .provider
    _ = try await test.store.updateSubmission(sent.submission.id, expected: [.queued], update, at: .zero)
    for table in ["outgoing", "outgoing_use", "attachment", "attachment_piece"] {
      #expect(try await count(table) == 0, "\(table)")
    }
    await expect(.notFound("body")) { try await test.store.submissionStream(sent.submission.id) }
  }

  @Test func `a mail on its way that is tracked meanwhile has body and octets`() async throws {
    let content = BodyTests.noise(300_000, 1)
    let mail = mail([content], [try await upload(content)])
    let sent = try await send("a@x", mail, tracked: false)
    _ = try await test.store.track(sent.mail.id, tenant: test.tenant.id, at: .zero)
    _ = try await test.store.logMail(sent.mail.id, raw: mail.whole, hasAttachment: true, at: .zero)
    #expect(try await count("attachment") == 1)
    var update = SubmissionUpdate(state: .cancelled)
    update.sentCopy = .skipped
    _ = try await test.store.updateSubmission(sent.submission.id, expected: [.queued], update, at: .zero)
    #expect(try await test.store.raw(sent.mail.id, tenant: nil) == mail.whole)
  }

  @Test func `what is not there or not committed is not sent`() async throws {
    let content = BodyTests.noise(1000, 1)
    let open = try await upload(content, commits: false)
    await expect(.upload(.incomplete(received: 1000, size: nil))) {
      try await send("a@x", mail([content], [open]))
    }
    await expect(.notFound("upload")) { try await send("a@x", mail([content], [UploadID(99)])) }
    let other = try await test.store.createTenant(name: "other", at: .zero).id
    let new = NewUpload(tenantID: other, name: "a", type: "image/png", size: nil)
    let theirs = try await test.store.openUpload(new, policy: policy, at: .zero).id
    await expect(.notFound("upload")) { try await send("a@x", mail([content], [theirs])) }
    for table in ["mail", "submission", "attachment", "outgoing"] {
      #expect(try await count(table) == 0, "\(table)")
    }
  }

  @Test func `the same key gives the first answer when the upload is gone`() async throws {
    let content = BodyTests.noise(3000, 1)
    let id = try await upload(content)
    let mail = mail([content], [id])
    let sent = try await send("a@x", mail, key: "k")
    #expect(try await send("a2@x", mail, key: "k").submission.id == sent.submission.id)
    #expect(try await count("attachment") == 1)
    try await test.store.cancelUpload(id, tenant: test.tenant.id, at: .zero)
    let again = try await test.store.rememberedSubmission(
      key: "k", fingerprint: [1], tenant: test.tenant.id, at: .zero)
    #expect(again?.submission.id == sent.submission.id)
  }

  @Test func `a copy that goes while the mail is written is noticed`() async throws {
    let content = BodyTests.noise(3000, 1)
    let id = try await upload(content)
    let mail = mail([content], [id])
    let sent = try await send("a@x", mail)
    let (store, tenant, mailbox) = (test.store, test.tenant.id, folder.mailboxID)
    let (owner, row) = try await store.read { db in
      (
        SealingOwner(tenant: tenant, mailbox: mailbox, key: try db.key(of: mailbox, store.keyring)),
        try db.upload(id, tenant: tenant, at: .zero, store.keyring)
      )
    }
    let absent = AbsentContent(place: mail.uploads[0].place, octets: 3000, beginning: content)
    let body = try await BodyWriter(store: store, owner: owner).prepare(
      mail.raw, uploads: [UploadContent(row: row, absent: absent)])
    try await store.write { db, _ in
      #expect(throws: UploadCopyGone.self) {
        try db.releaseContents(of: .body(sent.mail.id))
        try Query(db, "DELETE FROM body").run()
        try body.insert(.body(sent.mail.id), owner, db)
      }
    }
  }

  @Test(arguments: [1, 1000]) func `a purge takes and counts what its mails were made from`(_ step: Int)
    async throws
  {
    let content = BodyTests.noise(3000, 1)
    var ids: [UploadID] = []
    for _ in 0..<5 { ids.append(try await upload(content)) }
    let sent = try await send("a@x", mail([content, content], [ids[0], ids[1]]))
    _ = try await send("b@x", mail([content], [ids[1]]))
    func purge(_ scope: PurgeScope) async throws -> PurgeCounts {
      let preview = try await test.store.previewPurge(scope, tenant: test.tenant.id)
      let purge = try await test.store.beginPurge(scope, tenant: test.tenant.id, by: "ci", at: .zero)
      while try await test.store.purgeStep(purge.id, rows: step).more {}
      let done = try await test.store.finishPurge(purge.id, at: .zero)
      #expect(done.counts == preview && done.remaining == 0)
      return preview
    }
    #expect(try await purge(.contact(email: "nobody@x.example")).uploads == 0)
    #expect(try await purge(.mail(sent.mail.id)).uploads == 2)
    #expect(try await test.store.uploads(tenant: test.tenant.id, at: .zero).map(\.id) == Array(ids[2...]))
    #expect(try await purge(.tenant).uploads == 3)
    for table in ["upload", "upload_piece", "upload_use", "attachment", "attachment_piece"] {
      #expect(try await count(table) == 0, "\(table)")
    }
  }
}
