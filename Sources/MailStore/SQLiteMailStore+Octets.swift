internal import GRDB
internal import MailPacking
internal import Sealing

extension SQLiteMailStore {
  package func raw(_ id: MailID, tenant: TenantID?) async throws(MailStoreError) -> [UInt8] {
    try await read { [keyring] db in
      let owner = try db.owner(of: id, tenant: tenant, keyring)
      return try db.body(of: id, owner).raw(owner, db)
    }
  }

  package func rawStream(_ id: MailID, tenant: TenantID?) async throws(MailStoreError) -> OctetStream {
    let stored = try await read { [keyring] db in
      try db.body(of: id, try db.owner(of: id, tenant: tenant, keyring))
    }
    return stream(stored) { db, keyring in try db.owner(of: id, tenant: tenant, keyring) }
  }

  /// The octets to send, by pieces. Errors: as ``submissionRaw(_:)``.
  package func submissionStream(_ id: SubmissionID) async throws(MailStoreError) -> OctetStream {
    let stored = try await read { [keyring] db in
      try db.outgoing(id, try db.owner(of: id, keyring))
    }
    return stream(stored) { db, keyring in try db.owner(of: id, keyring) }
  }

  /// - Parameter owner: asked anew for each piece, so that one of an erased mail is not given.
  private func stream(
    _ stored: StoredMail, _ owner: @escaping @Sendable (Database, Keyring) throws -> SealingOwner
  ) -> OctetStream {
    let steps = Self.steps(stored)
    let place = stored.place
    return OctetStream(octets: stored.octets, pieces: steps.count) { number throws(MailStoreError) in
      guard let piece = steps[number].piece else {
        if case .octets(let octets) = steps[number].segment { return octets }
        return []
      }
      return try await self.read { [keyring = self.keyring] db in
        try db.piece(piece, steps[number].segment, of: place, try owner(db, keyring))
      }
    }
  }

  /// Every piece of a mail, in order; nil for one that is at hand.
  private static func steps(_ stored: StoredMail) -> [(segment: UnpackedMail.Segment, piece: Int?)] {
    stored.segments.flatMap { segment -> [(UnpackedMail.Segment, Int?)] in
      switch segment {
      case .octets: [(segment, nil)]
      case .taken(_, let octets, _, _): (0..<ContentPiece.count(octets)).map { (segment, $0) }
      }
    }
  }

  package func outline(_ id: MailID, tenant: TenantID?) async throws(MailStoreError) -> MailOutline {
    try await read { [keyring] db in
      let owner = try db.owner(of: id, tenant: tenant, keyring)
      let stored = try db.body(of: id, owner)
      var raw: [UInt8] = []
      var standIns: [[UInt8]: Int] = [:]
      for segment in stored.segments {
        guard case .taken(let number, let octets, let lines?, true) = segment else {
          raw += try StoredMail(place: .body(id), octets: Int64(segment.count), segments: [segment])
            .raw(owner, db)
          continue
        }
        // As much padding as the content has, so that what follows it is read alike; the first octets are
        // no text.
        let standIn = [0, 0xFF, 0] + Digest.randomBytes(24 + octets % 3)
        standIns[standIn] = number
        var encoder = Base64LineEncoder(lines)
        raw += encoder.encode(standIn)
      }
      return MailOutline(raw: raw, standIns: standIns)
    }
  }

  package func contentStream(
    _ number: Int, of id: MailID, tenant: TenantID?
  ) async throws(MailStoreError) -> OctetStream {
    let octets = try await read { [keyring] db in
      let owner = try db.owner(of: id, tenant: tenant, keyring)
      _ = try db.body(of: id, owner)
      return try StoredContent.of(.body(id), number: number, owner, db).octets
    }
    let pieces = ContentPiece.count(octets)
    return OctetStream(octets: Int64(octets), pieces: pieces) { piece throws(MailStoreError) in
      let segment = UnpackedMail.Segment.taken(number: number, octets: octets, lines: nil, isBinary: true)
      return try await self.read { [keyring = self.keyring] db in
        try db.piece(piece, segment, of: .body(id), try db.owner(of: id, tenant: tenant, keyring))
      }
    }
  }
}

extension Database {
  func owner(of mail: MailID, tenant: TenantID?, _ keyring: Keyring) throws -> SealingOwner {
    let mail = try self.mail(mail, tenant: tenant)
    // A caller's question, and it waits for its erasure.
    if tenant != nil, mail.deletedAt != nil { throw MailStoreError.notFound("body") }
    return SealingOwner(
      tenant: mail.tenantID, mailbox: mail.mailboxID, key: try key(of: mail.mailboxID, keyring))
  }

  func owner(of id: SubmissionID, _ keyring: Keyring) throws -> SealingOwner {
    let submission = try submission(id, tenant: nil)
    return SealingOwner(
      tenant: submission.tenantID, mailbox: submission.mailboxID,
      key: try key(of: submission.mailboxID, keyring))
  }

  fileprivate func body(of mail: MailID, _ owner: SealingOwner) throws -> StoredMail {
    guard let stored = try Bodies.stored(.body(mail), owner, self) else {
      throw MailStoreError.notFound("body")
    }
    return stored
  }

  /// What is to be sent: octets of its own, or the body of a mail that is logged.
  func outgoing(_ id: SubmissionID, _ owner: SealingOwner) throws -> StoredMail {
    let mail = try submission(id, tenant: nil).mailID
    return try Bodies.stored(.outgoing(id), owner, self) ?? body(of: mail, owner)
  }

  fileprivate func piece(
    _ piece: Int, _ segment: UnpackedMail.Segment, of place: Bodies.Place, _ owner: SealingOwner
  ) throws -> [UInt8] {
    guard case .taken(let number, _, let lines, _) = segment else { return [] }
    let plain = try StoredContent.of(place, number: number, owner, self).piece(piece, self)
    guard let lines else { return plain }
    var encoder = Base64LineEncoder(lines, behind: piece * ContentPiece.octets)
    return encoder.encode(plain)
  }
}
