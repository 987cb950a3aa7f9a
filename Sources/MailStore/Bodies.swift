internal import Compression
internal import GRDB
internal import MailPacking
internal import Sealing

/// Mails as they lie on disk: packed, then sealed for one row of one table.
enum Bodies {
  /// What `format` says in the tables `body` and `outgoing`.
  private enum Format: Int64 {
    /// RFC 1950 in one piece; written by schema 1.
    case deflated = 1
    /// ``PackedMail``; contents taken out of it are in `attachment`.
    case packed = 2
  }

  /// Whose row of which table.
  enum Place: Sendable {
    case body(MailID)
    case outgoing(SubmissionID)

    fileprivate var table: String {
      switch self {
      case .body: "body"
      case .outgoing: "outgoing"
      }
    }

    fileprivate var column: String {
      switch self {
      case .body: "mail_id"
      case .outgoing: "submission_id"
      }
    }

    /// Which contents stand where in it, and whose.
    var uses: (table: String, column: String) {
      switch self {
      case .body: ("attachment_use", "mail_id")
      case .outgoing: ("outgoing_use", "submission_id")
      }
    }

    var id: Int64 {
      switch self {
      case .body(let id): id.value
      case .outgoing(let id): id.value
      }
    }

    fileprivate var name: String {
      switch self {
      case .body(let id): "\(id)|body"
      case .outgoing(let id): "\(id)|outgoing"
      }
    }
  }

  static func insert(
    _ packed: [UInt8], octets: Int, _ place: Place, _ owner: SealingOwner, _ db: Database
  ) throws {
    let format = Format.packed.rawValue
    let sealed = try owner.key.seal(packed, context: owner.context("\(place.name)|\(format)"))
    let sql = "INSERT INTO \(place.table) (\(place.column), octets, sealed, format) VALUES (?, ?, ?, ?)"
    try Query(db, sql).run(place.id, octets, sealed, format)
  }

  /// A mail as it is stored, its attachments not read yet; nil when none is.
  static func stored(_ place: Place, _ owner: SealingOwner, _ db: Database) throws -> StoredMail? {
    let sql = "SELECT octets, sealed, format FROM \(place.table) WHERE \(place.column) = ?"
    let row = try Query(db, sql).first(place.id) { ($0.int(0), $0.blob(1), $0.int(2)) }
    guard let (octets, sealed, number) = row else { return nil }
    guard let format = Format(rawValue: number), let count = Int(exactly: octets), count >= 0 else {
      throw MailStoreError.corrupt("a body's format")
    }
    let plain = try owner.key.open(sealed, context: owner.context("\(place.name)|\(number)"))
    let segments: [UnpackedMail.Segment] =
      switch format {
      case .deflated: [.octets(try Zlib.inflate(plain, outputOctetsMax: count))]
      case .packed: try UnpackedMail(plain, octetsMax: count).segments
      }
    guard segments.reduce(0, { $0 + $1.count }) == count else {
      throw MailStoreError.corrupt("a body's length")
    }
    return StoredMail(place: place, octets: octets, segments: segments)
  }
}

/// A mail that was found, in order; what is stored apart is named by its number.
struct StoredMail: Sendable {
  let place: Bodies.Place
  let octets: Int64
  let segments: [UnpackedMail.Segment]

  /// All of it. - Complexity: O(octets)
  func raw(_ owner: SealingOwner, _ db: Database) throws -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(Int(octets))
    for segment in segments {
      switch segment {
      case .octets(let inside): out += inside
      case .taken(let number, _, let lines, _):
        let content = try StoredContent.of(place, number: number, owner, db)
        var encoder = lines.map { Base64LineEncoder($0) }
        for piece in 0..<content.pieces {
          let plain = try content.piece(piece, db)
          out += encoder?.encode(plain) ?? plain
        }
      }
    }
    guard out.count == octets else { throw MailStoreError.corrupt("a body's length") }
    return out
  }
}

/// Under which key, and for whom, values of a mailbox are sealed.
struct SealingOwner: Sendable {
  let tenant: TenantID
  let mailbox: MailboxID
  let key: DataKey

  /// Where a value belongs, for its associated data.
  func context(_ place: String) -> String { "\(tenant)|\(mailbox)|\(place)" }
}
