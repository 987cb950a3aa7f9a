internal import GRDB
internal import MailPacking
internal import Sealing

extension SQLiteMailStore {
  package func raw(_ id: MailID, tenant: TenantID?) async throws(MailStoreError) -> [UInt8] {
    try await read { [keyring] db in
      let owner = try db.owner(of: id, tenant: tenant, keyring)
      return try db.body(of: id, owner).raw(of: id, owner, db)
    }
  }

  package func rawStream(_ id: MailID, tenant: TenantID?) async throws(MailStoreError) -> OctetStream {
    let stored = try await read { [keyring] db in
      try db.body(of: id, try db.owner(of: id, tenant: tenant, keyring))
    }
    let steps = Self.steps(stored)
    return OctetStream(octets: stored.octets, pieces: steps.count) { number throws(MailStoreError) in
      guard let piece = steps[number].piece else {
        if case .octets(let octets) = steps[number].segment { return octets }
        return []
      }
      return try await self.read { [keyring = self.keyring] db in
        try db.piece(piece, steps[number].segment, of: id, tenant: tenant, keyring)
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
          raw += try StoredMail(octets: Int64(segment.count), segments: [segment]).raw(of: id, owner, db)
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
      return try StoredContent.of(id, number: number, owner, db).octets
    }
    let pieces = ContentPiece.count(octets)
    return OctetStream(octets: Int64(octets), pieces: pieces) { piece throws(MailStoreError) in
      let segment = UnpackedMail.Segment.taken(number: number, octets: octets, lines: nil, isBinary: true)
      return try await self.read { [keyring = self.keyring] db in
        try db.piece(piece, segment, of: id, tenant: tenant, keyring)
      }
    }
  }
}

extension Database {
  func owner(of mail: MailID, tenant: TenantID?, _ keyring: Keyring) throws -> SealingOwner {
    let mail = try self.mail(mail, tenant: tenant)
    return SealingOwner(
      tenant: mail.tenantID, mailbox: mail.mailboxID, key: try key(of: mail.mailboxID, keyring))
  }

  fileprivate func body(of mail: MailID, _ owner: SealingOwner) throws -> StoredMail {
    guard let stored = try Bodies.stored(.body(mail), owner, self) else {
      throw MailStoreError.notFound("body")
    }
    return stored
  }

  fileprivate func piece(
    _ piece: Int, _ segment: UnpackedMail.Segment, of mail: MailID, tenant: TenantID?, _ keyring: Keyring
  ) throws -> [UInt8] {
    guard case .taken(let number, _, let lines, _) = segment else { return [] }
    let owner = try owner(of: mail, tenant: tenant, keyring)
    let plain = try StoredContent.of(mail, number: number, owner, self).piece(piece, self)
    guard let lines else { return plain }
    var encoder = Base64LineEncoder(lines, behind: piece * ContentPiece.octets)
    return encoder.encode(plain)
  }
}
