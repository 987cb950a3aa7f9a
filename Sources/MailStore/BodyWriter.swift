internal import Dispatch
internal import GRDB
internal import MailPacking
internal import Sealing

/// A mail on its way into the database: packed, and those of its contents sealed that the mailbox does not
/// have yet.
///
/// All of that is done before the one writer is asked for, who then only writes rows. Contents of more
/// than ``BodyWriter/heldOctetsMax`` are written ahead piece by piece, as rows that count for nothing until
/// the mail's own transaction completes them.
struct PreparedBody: Sendable {
  enum Content: Sendable {
    /// The mailbox had it.
    case known
    case sealed([[UInt8]])
    /// Written ahead.
    case ahead(Int64)
  }

  /// The mail, without what uploads stand for.
  let raw: [UInt8]
  /// Of the whole mail.
  let octets: Int
  let packed: PackedMail
  /// One for each content of the mail; two may be the same.
  let hashes: [[UInt8]]
  var contents: [[UInt8]: Content] = [:]

  /// Rows for all of it. A content that went meanwhile is sealed now.
  ///
  /// - Throws: ``UploadCopyGone`` when it was that of an upload: the mail is to be prepared anew.
  func insert(_ place: Bodies.Place, _ owner: SealingOwner, _ db: Database) throws {
    try Bodies.insert(packed.octets, octets: octets, place, owner, db)
    let rows = ContentRows(db, owner)
    for (number, hash) in hashes.enumerated() {
      let id = try rows.find(hash) ?? store(number, hash, owner, rows)
      try rows.use(id, by: place, number: number)
    }
    // Another mail brought the same content meanwhile.
    for case (let hash, .ahead(let id)) in contents where try rows.find(hash) != id {
      try db.deleteContent(id)
    }
  }

  private func store(_ number: Int, _ hash: [UInt8], _ owner: SealingOwner, _ rows: ContentRows) throws
    -> Int64
  {
    let content = packed.taken[number]
    if case .ahead(let id)? = contents[hash] {
      try rows.complete(id)
      return id
    }
    if content.absent != nil { throw UploadCopyGone() }
    let id = try rows.begin(hash, octets: content.octets)
    if case .sealed(let pieces)? = contents[hash] {
      for (piece, sealed) in pieces.enumerated() { try rows.add(id, piece: piece, sealed) }
    } else {
      for piece in 0..<content.pieces {
        let sealed = try StoredContent.seal(content, piece: piece, of: raw, hash: hash, owner)
        try rows.add(id, piece: piece, sealed)
      }
    }
    try rows.complete(id)
    return id
  }

  /// Takes away what was written ahead, as the mail is not stored after all.
  func discard(_ db: Database) throws {
    for case .ahead(let id) in contents.values { try db.deleteContent(id) }
  }
}

/// The mailbox had an upload's content when the mail was prepared, and has it no longer.
struct UploadCopyGone: Error {}

/// An upload in a mail, and where.
struct UploadContent: Sendable {
  let row: UploadRow
  let absent: AbsentContent
}

/// Prepares bodies.
struct BodyWriter: Sendable {
  /// Sealed pieces held in memory for one mail.
  static let heldOctetsMax = 16 * ContentPiece.octets

  /// Packing is the long part, so it has threads of its own.
  private static let queue = DispatchQueue(label: "postroom.store.pack", attributes: .concurrent)

  let store: SQLiteMailStore
  let owner: SealingOwner
  var heldOctetsMax = Self.heldOctetsMax

  /// A mail that is kept only a moment, with everything inside of it.
  static func packedWhole(_ raw: [UInt8]) async throws(MailStoreError) -> [UInt8] {
    try await aside { try PackedMail(raw, limits: .whole).octets }
  }

  /// - Parameter uploads: contents that `raw` lacks; each is copied piece by piece, so that the mailbox's
  ///   key seals it, unless the mailbox has it.
  func prepare(_ raw: [UInt8], uploads: [UploadContent] = []) async throws(MailStoreError) -> PreparedBody {
    var body = try await Self.aside { [owner] in
      let packed = try PackedMail(raw, absent: uploads.map(\.absent), limits: .apart)
      let hashes = try packed.taken.map { content in
        guard let number = content.absent else { return try StoredContent.hash(content, of: raw, owner) }
        return try StoredContent.hash(octets: content.octets, digests: uploads[number].row.digests, owner)
      }
      let octets = uploads.reduce(raw.count) { $0 + $1.absent.encodedOctets }
      return PreparedBody(raw: raw, octets: octets, packed: packed, hashes: hashes)
    }
    if body.hashes.isEmpty { return body }
    let hashes = body.hashes
    let known = try await store.read { [owner] db in
      let rows = ContentRows(db, owner)
      return try Set(hashes.filter { try rows.find($0) != nil })
    }
    do {
      try await seal(&body, known, uploads)
    } catch {
      await discard(body)
      throw error
    }
    return body
  }

  private func seal(
    _ body: inout PreparedBody, _ known: Set<[UInt8]>, _ uploads: [UploadContent]
  ) async throws(MailStoreError) {
    var held = 0
    for (number, hash) in body.hashes.enumerated() where body.contents[hash] == nil {
      let content = body.packed.taken[number]
      if known.contains(hash) {
        body.contents[hash] = .known
      } else if let number = content.absent {
        let id = try await begin(hash, content)
        body.contents[hash] = .ahead(id)
        try await copy(uploads[number].row, to: id, hash)
      } else if held + content.octets <= heldOctetsMax {
        held += content.octets
        body.contents[hash] = .sealed(try await pieces(0..<content.pieces, of: content, body.raw, hash))
      } else {
        let id = try await begin(hash, content)
        body.contents[hash] = .ahead(id)
        try await writeAhead(id, content, body.raw, hash)
      }
    }
  }

  private func begin(_ hash: [UInt8], _ content: TakenContent) async throws(MailStoreError) -> Int64 {
    try await store.write { [owner] db, _ in
      try ContentRows(db, owner).begin(hash, octets: content.octets)
    }
  }

  /// Pieces of an upload that are copied in one transaction.
  private static let copiedPieces = 4

  private func copy(_ upload: UploadRow, to id: Int64, _ hash: [UInt8]) async throws(MailStoreError) {
    for first in stride(from: 0, to: upload.pieces, by: Self.copiedPieces) {
      let numbers = first..<min(first + Self.copiedPieces, upload.pieces)
      let plain = try await store.read { db in
        guard try Query(db, "SELECT 1 FROM upload WHERE id = ?").exists(upload.upload.id) else {
          throw MailStoreError.notFound("upload")
        }
        return try numbers.map { try upload.committedPiece($0, db) }
      }
      let octets = Int(clamping: upload.upload.received)
      let sealed = try await Self.aside { [owner] in
        try zip(numbers, plain).map { number, piece in
          try StoredContent.seal(piece, piece: number, ofOctets: octets, hash: hash, owner)
        }
      }
      try await add(sealed, from: first, to: id)
    }
  }

  private func add(_ sealed: [[UInt8]], from first: Int, to id: Int64) async throws(MailStoreError) {
    try await store.write { [owner] db, _ in
      // A purge of the mailbox takes unfinished contents too.
      guard try Query(db, "SELECT 1 FROM attachment WHERE id = ?").exists(id) else {
        throw MailStoreError.notFound("mailbox")
      }
      let rows = ContentRows(db, owner)
      for (number, piece) in sealed.enumerated() { try rows.add(id, piece: first + number, piece) }
    }
  }

  private func writeAhead(
    _ id: Int64, _ content: TakenContent, _ raw: [UInt8], _ hash: [UInt8]
  ) async throws(MailStoreError) {
    let step = max(heldOctetsMax / ContentPiece.octets, 1)
    for first in stride(from: 0, to: content.pieces, by: step) {
      let numbers = first..<min(first + step, content.pieces)
      let sealed = try await pieces(numbers, of: content, raw, hash)
      try await add(sealed, from: first, to: id)
    }
  }

  private func pieces(
    _ numbers: Range<Int>, of content: TakenContent, _ raw: [UInt8], _ hash: [UInt8]
  ) async throws(MailStoreError) -> [[UInt8]] {
    try await Self.aside { [owner] in
      try numbers.map { try StoredContent.seal(content, piece: $0, of: raw, hash: hash, owner) }
    }
  }

  /// Takes away what was written ahead of a mail that failed.
  func discard(_ body: PreparedBody) async {
    if !body.contents.values.contains(where: { if case .ahead = $0 { true } else { false } }) { return }
    // What stays behind after a failure counts for nothing and goes at the next start.
    _ = try? await store.write { db, _ in try body.discard(db) }
  }

  static func aside<T: Sendable>(
    _ work: @escaping @Sendable () throws -> T
  ) async throws(MailStoreError) -> T {
    let result: Result<T, MailStoreError> = await withCheckedContinuation { continuation in
      queue.async {
        do {
          continuation.resume(returning: .success(try work()))
        } catch {
          continuation.resume(returning: .failure(MailStoreError(error)))
        }
      }
    }
    return try result.get()
  }
}
