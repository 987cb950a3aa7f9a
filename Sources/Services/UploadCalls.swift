internal import Bytes
internal import JSON
package import JSONRPC
internal import MailEngine
internal import MailStore
package import PostroomAPI

/// `upload.*`
package struct UploadCalls: UploadService {
  /// A whole number of the pieces in which uploads are stored, so that none is written twice.
  static let pieceOctetsMax = 4 * 262_143

  private let house: House
  package init(_ house: House) { self.house = house }

  package func open(_ params: UploadOpenParams, _ context: CallContext) async throws(RPCError) -> APIUpload {
    let new = NewUpload(
      tenantID: try house.tenant(context), name: params.name, type: params.type, size: params.size)
    return APIUpload(
      try await storing { () async throws(MailStoreError) in
        try await house.store.openUpload(new, policy: house.engine.uploadPolicy, at: house.now)
      })
  }

  package func write(_ params: UploadWriteParams, _ context: CallContext) async throws(RPCError) -> APIUpload
  {
    let (tenant, id) = try named(params.uploadId, context)
    guard params.data.count <= Self.pieceOctetsMax else {
      throw RPCError(
        .limitUploadPiece, "A piece has at most \(Self.pieceOctetsMax) octets.",
        ["limit": .int(Int64(Self.pieceOctetsMax)), "actual": .int(Int64(params.data.count))])
    }
    return APIUpload(
      try await storing { () async throws(MailStoreError) in
        try await house.store.writeUpload(
          id, tenant: tenant, offset: params.offset, octets: params.data, policy: house.engine.uploadPolicy,
          at: house.now)
      })
  }

  package func fill(
    _ params: UploadFillParams, _ context: CallContext, _ source: TypedSource<APIUploadPiece>,
    _ sink: TypedSink<APIUpload>
  ) async throws(RPCError) {
    // An upload that there is not is told before a piece has come.
    _ = try await get(UploadGetParams(uploadId: params.uploadId), context)
    while let piece = try await source.next() {
      let write = UploadWriteParams(uploadId: params.uploadId, offset: piece.offset, data: piece.data)
      try await sink.send(try await self.write(write, context))
    }
  }

  package func get(_ params: UploadGetParams, _ context: CallContext) async throws(RPCError) -> APIUpload {
    let (tenant, id) = try named(params.uploadId, context)
    return APIUpload(
      try await storing { () async throws(MailStoreError) in
        try await house.store.upload(id, tenant: tenant, at: house.now)
      })
  }

  package func list(_ params: UploadListParams, _ context: CallContext) async throws(RPCError)
    -> APIUploadList
  {
    let tenant = try house.tenant(context)
    let all = try await storing { () async throws(MailStoreError) in
      try await house.store.uploads(tenant: tenant, at: house.now)
    }
    return APIUploadList(uploads: all.map { APIUpload($0) })
  }

  package func commit(_ params: UploadCommitParams, _ context: CallContext) async throws(RPCError)
    -> APIUpload
  {
    let (tenant, id) = try named(params.uploadId, context)
    let sha256 = try params.sha256.map { text throws(RPCError) in try digest(text) }
    return APIUpload(
      try await storing { () async throws(MailStoreError) in
        try await house.store.commitUpload(
          id, tenant: tenant, sha256: sha256, policy: house.engine.uploadPolicy, at: house.now)
      })
  }

  package func cancel(_ params: UploadCancelParams, _ context: CallContext) async throws(RPCError) -> APIEmpty
  {
    let (tenant, id) = try named(params.uploadId, context)
    try await storing { () async throws(MailStoreError) in
      try await house.store.cancelUpload(id, tenant: tenant, at: house.now)
    }
    return APIEmpty()
  }

  private func named(_ text: String, _ context: CallContext) throws(RPCError) -> (TenantID, UploadID) {
    (try house.tenant(context), try id(text, .uploadUnknown))
  }

  private func digest(_ text: String) throws(RPCError) -> [UInt8] {
    guard let octets = Hex.octets(text), octets.count == 32 else {
      throw RPCError(
        .paramsInvalid, "sha256 is 64 hexadecimal digits in lower case.", ["name": .string("sha256")])
    }
    return octets
  }
}

extension APIUpload {
  init(_ u: Upload) {
    self.init(
      id: u.id.text, name: u.name, type: u.type, size: u.size, received: u.received,
      state: u.state == .open ? .open : .committed, sha256: u.sha256.map { Hex.text($0) },
      pieceOctetsMax: Int64(UploadCalls.pieceOctetsMax), createdAt: wireTime(u.createdAt),
      expiresAt: wireTime(u.expiresAt))
  }
}

/// Octets in hexadecimal digits, lower case.
enum Hex {
  static func text(_ octets: [UInt8]) -> String {
    octets.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  /// nil unless `text` is pairs of digits.
  static func octets(_ text: String) -> [UInt8]? {
    var out: [UInt8] = []
    var high: UInt8?
    for digit in text.utf8 {
      let value: UInt8
      switch digit {
      case 0x30...0x39: value = digit - 0x30
      case 0x61...0x66: value = digit - 0x61 + 10
      default: return nil
      }
      if let first = high {
        out.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return high == nil ? out : nil
  }
}
