internal import GRDB
internal import MailPacking
internal import Sealing

/// A content that is stored once for a mailbox, in pieces of ``ContentPiece/octets``.
///
/// Each piece is sealed by itself. Its associated data name the content (by its fingerprint), the content's
/// length, the piece's number and whether it is the last, so that none can be left out, moved, repeated
/// or put in another content's place.
struct StoredContent: Sendable {
  let id: Int64
  let octets: Int
  private let hash: [UInt8]
  private let owner: SealingOwner

  init(id: Int64, hash: [UInt8], octets: Int, _ owner: SealingOwner) {
    (self.id, self.hash, self.octets, self.owner) = (id, hash, octets, owner)
  }

  var pieces: Int { ContentPiece.count(octets) }

  /// The content that stands at `number` in a mail.
  static func of(
    _ place: Bodies.Place, number: Int, _ owner: SealingOwner, _ db: Database
  ) throws -> StoredContent {
    let (uses, column) = place.uses
    let sql = """
      SELECT attachment.id, attachment.hash, attachment.octets
      FROM \(uses) CROSS JOIN attachment ON attachment.id = \(uses).attachment_id
      WHERE \(uses).\(column) = ? AND \(uses).number = ?
      """
    let found = try Query(db, sql).first(place.id, number) { ($0.int(0), $0.blob(1), $0.int(2)) }
    guard let (id, hash, octets) = found, let count = Int(exactly: octets), count >= 0 else {
      throw MailStoreError.corrupt("an attachment")
    }
    return StoredContent(id: id, hash: hash, octets: count, owner)
  }

  /// - Parameter number: 0 and up, below ``pieces``.
  func piece(_ number: Int, _ db: Database) throws -> [UInt8] {
    let sql = "SELECT sealed FROM attachment_piece WHERE attachment_id = ? AND number = ?"
    let sealed = try Query(db, sql).first(id, number) { $0.blob(0) }
    guard let sealed else { throw MailStoreError.corrupt("a piece of an attachment") }
    let packed = try owner.key.open(sealed, context: Self.context(number, hash, octets, owner))
    let length = min(ContentPiece.octets, octets - number * ContentPiece.octets)
    return try ContentPiece.unpack(packed, octets: length)
  }

  static func seal(
    _ content: TakenContent, piece: Int, of mail: [UInt8], hash: [UInt8], _ owner: SealingOwner
  ) throws -> [UInt8] {
    try seal(content.piece(piece, of: mail), piece: piece, ofOctets: content.octets, hash: hash, owner)
  }

  /// - Parameter plain: the piece with this number of a content of `octets`.
  static func seal(
    _ plain: [UInt8], piece: Int, ofOctets octets: Int, hash: [UInt8], _ owner: SealingOwner
  ) throws -> [UInt8] {
    let packed = try ContentPiece.pack(plain)
    return try owner.key.seal(packed, context: context(piece, hash, octets, owner))
  }

  private static func context(_ piece: Int, _ hash: [UInt8], _ octets: Int, _ owner: SealingOwner) -> String {
    let name = hash.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    let isLast = piece == ContentPiece.count(octets) - 1
    return owner.context("\(name)|attachment|1|\(octets)|\(piece)|\(isLast ? "last" : "more")")
  }

  /// What tells contents of one mailbox apart: 32 octets under a key of the mailbox, so that equal
  /// contents of two mailboxes do not look equal, and nobody can ask for a known one.
  ///
  /// Of the pieces' SHA-256, so that no content is in memory as a whole.
  static func hash(_ content: TakenContent, of mail: [UInt8], _ owner: SealingOwner) throws -> [UInt8] {
    var digests: [UInt8] = []
    for piece in 0..<content.pieces { digests += Digest.sha256(content.piece(piece, of: mail)) }
    return try hash(octets: content.octets, digests: digests, owner)
  }

  /// - Parameter digests: SHA-256 of each piece, one behind the other.
  static func hash(octets: Int, digests: [UInt8], _ owner: SealingOwner) throws -> [UInt8] {
    try owner.key.fingerprintKey(label: "attachment").fingerprint(Array("\(octets)".utf8) + digests)
  }
}

/// Rows of contents.
struct ContentRows {
  private let db: Database
  private let owner: SealingOwner

  init(_ db: Database, _ owner: SealingOwner) { (self.db, self.owner) = (db, owner) }

  /// A content that is stored completely.
  func find(_ hash: [UInt8]) throws -> Int64? {
    let sql = "SELECT id FROM attachment WHERE mailbox_id = ? AND hash = ? AND is_complete = 1"
    return try Query(db, sql).first(owner.mailbox, hash) { $0.int(0) }
  }

  /// Begins a content; nothing may refer to it before ``complete(_:)``.
  func begin(_ hash: [UInt8], octets: Int) throws -> Int64 {
    let sql = "INSERT INTO attachment (mailbox_id, hash, octets, is_complete) VALUES (?, ?, ?, 0)"
    try Query(db, sql).run(owner.mailbox, hash, octets)
    return db.lastInsertedRowID
  }

  func add(_ id: Int64, piece: Int, _ sealed: [UInt8]) throws {
    let sql = "INSERT INTO attachment_piece (attachment_id, number, sealed) VALUES (?, ?, ?)"
    try Query(db, sql).run(id, piece, sealed)
  }

  func complete(_ id: Int64) throws {
    try Query(db, "UPDATE attachment SET is_complete = 1 WHERE id = ?").run(id)
  }

  func use(_ id: Int64, by place: Bodies.Place, number: Int) throws {
    let (table, column) = place.uses
    let sql = "INSERT INTO \(table) (\(column), number, attachment_id) VALUES (?, ?, ?)"
    try Query(db, sql).run(place.id, number, id)
  }
}

extension Database {
  func deleteContent(_ id: Int64) throws {
    try Query(self, "DELETE FROM attachment_piece WHERE attachment_id = ?").run(id)
    try Query(self, "DELETE FROM attachment WHERE id = ?").run(id)
  }

  /// The mail no longer refers to its contents; those that nothing refers to any more go.
  func releaseContents(of place: Bodies.Place) throws {
    let (table, column) = place.uses
    let sql = "DELETE FROM \(table) WHERE \(column) = ? RETURNING attachment_id"
    let used = try Query(self, sql).all(place.id) { $0.int(0) }
    for id in Set(used).sorted() {
      if try Query(self, "SELECT 1 FROM attachment_use WHERE attachment_id = ?").exists(id) { continue }
      if try Query(self, "SELECT 1 FROM outgoing_use WHERE attachment_id = ?").exists(id) { continue }
      try deleteContent(id)
    }
  }

  /// The octets kept for sending go.
  func deleteOutgoing(_ id: SubmissionID) throws {
    try releaseContents(of: .outgoing(id))
    try Query(self, "DELETE FROM outgoing WHERE submission_id = ?").run(id)
  }

  /// Contents that were begun and never completed: their writer was cut off.
  func deleteUnfinishedContents() throws {
    let sql = """
      SELECT attachment.id FROM mailbox CROSS JOIN attachment
        ON attachment.mailbox_id = mailbox.id AND attachment.is_complete = 0
      """
    let left = try Query(self, sql).all { $0.int(0) }
    for id in left { try deleteContent(id) }
  }
}
