package enum UploadState: String, Sendable, Hashable { case open, committed }

/// A file that a caller gives by pieces, for mails to come.
package struct Upload: Sendable, Hashable {
  package var id: UploadID
  package var tenantID: TenantID
  package var name: String
  package var type: String
  /// What the caller says it will have; nil when nothing was said.
  package var size: Int64?
  /// Octets that are here, from the first on without a gap.
  package var received: Int64
  package var state: UploadState
  /// 32 octets; nil until it is committed.
  package var sha256: [UInt8]?
  package var createdAt: Timestamp
  package var expiresAt: Timestamp
}

package struct NewUpload: Sendable {
  package var tenantID: TenantID
  package var name: String
  package var type: String
  package var size: Int64?
  package init(tenantID: TenantID, name: String, type: String, size: Int64?) {
    self.tenantID = tenantID
    self.name = name
    self.type = type
    self.size = size
  }
}

/// What a tenant may have of uploads, and for how long.
package struct UploadPolicy: Sendable, Hashable {
  /// Octets of one.
  package var octetsMax: Int64
  /// Uploads of a tenant, and octets of all of them: announced ones, or those that came.
  package var countMax: Int64 = 200
  package var tenantOctetsMax: Int64 = 1 << 30
  /// One that is not committed goes after so long.
  package var openSeconds: Int64 = 24 * 3600
  /// One that is goes so long after its commit, or after the last mail that was made from it.
  package var keptSeconds: Int64 = 7 * 24 * 3600
  package init(octetsMax: Int64) { self.octetsMax = octetsMax }
}

/// Where an upload's content stands in a mail.
package struct PlacedUpload: Sendable, Hashable {
  package var id: UploadID
  /// Before which octet of ``NewSubmission/raw``.
  package var place: Int
  package init(id: UploadID, place: Int) {
    self.id = id
    self.place = place
  }
}

/// Why an upload was not taken, or cannot be used.
package enum UploadError: Sendable, Hashable {
  /// Octets before the piece are missing: it must begin at `received` or before.
  case gap(received: Int64)
  /// Other octets came for the same place before.
  case differs(received: Int64)
  /// It is committed, so nothing can be added.
  case committed
  /// Less came than was announced, or it is not committed.
  case incomplete(received: Int64, size: Int64?)
  /// The digest of what came is another than the caller's.
  case digest
  /// More than was announced, or than one upload may have.
  case tooLarge(limit: Int64)
  case tooMany(limit: Int64)
  case tooManyOctets(limit: Int64)
}
