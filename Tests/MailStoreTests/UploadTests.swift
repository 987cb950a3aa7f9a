import GRDB
import MailPacking
import Sealing
import Testing

@testable import MailStore

/// Files that come by pieces: what is taken, told apart, limited, kept and forgotten.
@Suite(.timeLimit(.minutes(1))) struct UploadTests {
  let test: TestStore
  let policy: UploadPolicy
  /// Octets of a stored piece.
  static let piece = ContentPiece.octets

  init() async throws {
    test = try await TestStore()
    var policy = UploadPolicy(octetsMax: 1_000_000)
    (policy.countMax, policy.tenantOctetsMax) = (3, 1_500_000)
    self.policy = policy
  }

  private func open(_ size: Int64? = nil, tenant: TenantID? = nil, at: Timestamp = .zero) async throws
    -> Upload
  {
    try await test.store.openUpload(
      NewUpload(tenantID: tenant ?? test.tenant.id, name: "ä.pdf", type: "application/pdf", size: size),
      policy: policy, at: at)
  }

  @discardableResult
  private func write(
    _ id: UploadID, _ offset: Int64, _ octets: [UInt8], tenant: TenantID? = nil, at: Timestamp = .zero
  ) async throws -> Upload {
    try await test.store.writeUpload(
      id, tenant: tenant ?? test.tenant.id, offset: offset, octets: octets, policy: policy, at: at)
  }

  private func commit(
    _ id: UploadID, sha256: [UInt8]? = nil, tenant: TenantID? = nil, at: Timestamp = .zero
  ) async throws -> Upload {
    try await test.store.commitUpload(
      id, tenant: tenant ?? test.tenant.id, sha256: sha256, policy: policy, at: at)
  }

  private func content(_ id: UploadID, at: Timestamp = .zero) async throws -> [UInt8] {
    let (tenant, keyring) = (test.tenant.id, test.store.keyring)
    return try await test.store.read { db in
      let row = try db.upload(id, tenant: tenant, at: at, keyring)
      return try (0..<row.pieces).flatMap { try row.piece($0, db) }
    }
  }

  @Test(arguments: [1000, piece - 1, piece, piece + 1, 4 * piece, 262_144])
  func `pieces of any length become the file`(_ step: Int) async throws {
    let file = BodyTests.noise(700_001, 3)
    let upload = try await open(Int64(file.count))
    #expect(upload.name == "ä.pdf" && upload.type == "application/pdf" && upload.state == .open)
    #expect(upload.expiresAt == .zero.adding(seconds: 24 * 3600) && upload.received == 0)
    // Short ones only at the beginning: they make the last piece anew each time.
    var at = 0
    while at < file.count {
      let end = min(at + (at < 10_000 ? step : max(step, 100_000)), file.count)
      let now = try await write(upload.id, Int64(at), Array(file[at..<end]))
      #expect(now.received == Int64(end))
      at = end
    }
    #expect(try await content(upload.id) == file)
    let done = try await commit(upload.id, sha256: Digest.sha256(file), at: .zero.adding(seconds: 5))
    #expect(done.state == .committed && done.sha256 == Digest.sha256(file))
    #expect(done.expiresAt == .zero.adding(seconds: 5 + 7 * 24 * 3600))
    #expect(try await commit(upload.id) == done)
    await expect(.upload(.digest)) { try await commit(upload.id, sha256: Digest.sha256([])) }
    #expect(try await content(upload.id) == file)
  }

  @Test func `a repeated piece is none, an overlapping one adds what is new, a gap is told`() async throws {
    let file = BodyTests.noise(600_000, 4)
    let id = try await open().id
    func part(_ range: Range<Int>) -> [UInt8] { Array(file[range]) }
    #expect(try await write(id, 0, part(0..<300_000)).received == 300_000)
    #expect(try await write(id, 0, part(0..<300_000)).received == 300_000)
    #expect(try await write(id, 299_999, part(299_999..<300_000)).received == 300_000)
    #expect(try await write(id, 300_000, []).received == 300_000)
    #expect(try await write(id, 100, part(100..<400_000)).received == 400_000)
    await expect(.upload(.gap(received: 400_000))) { try await write(id, 400_001, part(400_001..<400_002)) }
    await expect(.upload(.gap(received: 400_000))) { try await write(id, -1, [1]) }
    await expect(.upload(.gap(received: 400_000))) { try await write(id, .max, [1]) }
    var other = part(0..<400_010)
    other[262_143] ^= 1
    await expect(.upload(.differs(received: 400_000))) { try await write(id, 0, other) }
    await expect(.upload(.differs(received: 400_000))) {
      try await write(id, 262_143, [file[262_143] ^ 1])
    }
    try await test.reopen()
    #expect(try await test.store.upload(id, tenant: test.tenant.id, at: .zero).received == 400_000)
    #expect(try await write(id, 400_000, part(400_000..<600_000)).received == 600_000)
    #expect(try await content(id) == file)
  }

  @Test func `many writers of the same file get along`() async throws {
    let file = BodyTests.noise(600_000, 5)
    let id = try await open(600_000).id
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          for at in stride(from: 0, to: file.count, by: 50_000) {
            try await write(id, Int64(at), Array(file[at..<at + 50_000]))
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await content(id) == file)
    #expect(try await commit(id).sha256 == Digest.sha256(file))
  }

  @Test func `what is announced is what may come`() async throws {
    let id = try await open(10).id
    await expect(.upload(.tooLarge(limit: 10))) { try await write(id, 0, [UInt8](repeating: 1, count: 11)) }
    try await write(id, 0, [UInt8](repeating: 1, count: 9))
    await expect(.upload(.incomplete(received: 9, size: 10))) { try await commit(id) }
    await expect(.upload(.tooLarge(limit: 10))) { try await write(id, 9, [1, 1]) }
    try await write(id, 9, [1])
    await expect(.upload(.digest)) { try await commit(id, sha256: Digest.sha256([])) }
    #expect(try await commit(id).state == .committed)
    await expect(.upload(.tooLarge(limit: 10))) { try await write(id, 10, [1]) }
    #expect(try await write(id, 0, [1]).state == .committed)
    let free = try await open().id
    _ = try await commit(free)
    await expect(.upload(.committed)) { try await write(free, 0, [1]) }
  }

  @Test func `a tenant has as many uploads and octets as it may, and no more`() async throws {
    await expect(.upload(.tooLarge(limit: 1_000_000))) { try await open(1_000_001) }
    let large = try await open(1_000_000)
    await expect(.upload(.tooManyOctets(limit: 1_500_000))) { try await open(500_001) }
    let free = try await open()
    let half = [UInt8](repeating: 2, count: 500_000)
    try await write(free.id, 0, half)
    await expect(.upload(.tooManyOctets(limit: 1_500_000))) { try await write(free.id, 500_000, [1]) }
    await expect(.upload(.tooManyOctets(limit: 1_500_000))) { try await open(1) }
    #expect(try await open(0).size == 0)
    await expect(.upload(.tooMany(limit: 3))) { try await open() }
    // Others are not concerned, and what goes makes room.
    let other = try await test.store.createTenant(name: "other", at: .zero)
    _ = try await open(1_000_000, tenant: other.id)
    try await test.store.cancelUpload(large.id, tenant: test.tenant.id, at: .zero)
    try await write(free.id, 500_000, half)
    await expect(.upload(.tooLarge(limit: 1_000_000))) { try await write(free.id, 1_000_000, [1]) }
    #expect(
      try await test.store.uploads(tenant: test.tenant.id, at: .zero).map(\.id.value) == [free.id.value, 3])
  }

  @Test func `one whose time is over is unknown, and goes`() async throws {
    let early = try await open()
    let committed = try await open()
    _ = try await commit(committed.id)
    let later = Timestamp.zero.adding(seconds: 24 * 3600)
    let late = try await open(at: later.adding(seconds: -1))
    #expect(
      try await test.store.upload(early.id, tenant: test.tenant.id, at: later.adding(seconds: -1)) == early)
    await expect(.notFound("upload")) {
      try await test.store.upload(early.id, tenant: test.tenant.id, at: later)
    }
    await expect(.notFound("upload")) { try await write(early.id, 0, [1], at: later) }
    await expect(.notFound("upload")) { try await commit(early.id, at: later) }
    #expect(try await test.store.expireUploads(at: later.adding(seconds: -1), limit: 9) == 0)
    #expect(try await test.store.expireUploads(at: later, limit: 9) == 1)
    let ids = try await test.store.uploads(tenant: test.tenant.id, at: later).map(\.id)
    #expect(ids == [committed.id, late.id])
    #expect(try await test.store.expireUploads(at: .zero.adding(seconds: 7 * 24 * 3600), limit: 1) == 1)
    #expect(try await test.store.expireUploads(at: .zero.adding(seconds: 7 * 24 * 3600), limit: 1) == 1)
  }

  @Test func `another tenant's is unknown`() async throws {
    let id = try await open().id
    try await write(id, 0, [1, 2, 3])
    let other = try await test.store.createTenant(name: "other", at: .zero).id
    await expect(.notFound("upload")) { try await test.store.upload(id, tenant: other, at: .zero) }
    await expect(.notFound("upload")) { try await write(id, 3, [4], tenant: other) }
    await expect(.notFound("upload")) { try await commit(id, tenant: other) }
    await expect(.notFound("upload")) { try await test.store.cancelUpload(id, tenant: other, at: .zero) }
    #expect(try await test.store.uploads(tenant: other, at: .zero).isEmpty)
    #expect(try await test.store.upload(id, tenant: test.tenant.id, at: .zero).received == 3)
  }

  @Test func `nothing of it can be read in the files, and what is moved is noticed`() async throws {
    let marker = Array("MARKER-OF-A-SECRET-FILE".utf8)
    let id = try await open().id
    let file = (0..<20_000).flatMap { _ in marker }
    try await write(id, 0, file)
    #expect(try await content(id) == file)
    for word in [String(decoding: marker, as: UTF8.self), "ä.pdf"] {
      #expect(try ErasureBytesTests().found(word, in: test.directory) == 0)
    }
    let second = try await open().id
    try await write(second, 0, file)
    try await test.store.write { db, _ in
      try db.execute(
        sql: """
          UPDATE upload_piece SET sealed =
            (SELECT sealed FROM upload_piece WHERE upload_id = \(second.value) AND number = 0)
          WHERE upload_id = \(id.value) AND number = 0
          """)
    }
    await #expect(throws: MailStoreError.self) { try await content(id) }
  }
}
