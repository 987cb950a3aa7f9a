// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `upload.*`.
package protocol UploadService: Sendable {
  /// Begin to give a file. The file goes up by pieces (`upload.write`) and is then complete
  /// (`upload.commit`); `mail.send` names it in `attachments`, in as many mails as wanted. One that is not
  /// committed goes after 24 hours, one that is 7 days after its commit or its last mail.
  /// - Throws: `upload.tooLarge`, `limit.uploads`, `limit.uploadOctets`
  func open(_ params: UploadOpenParams, _ context: CallContext) async throws(RPCError) -> APIUpload

  /// Give a piece of a file. Adds octets at `offset`, which is where those before it end. A piece that is
  /// here already, in whole or in part, is taken as a repetition: after a break give the last piece again,
  /// or ask `upload.get`. The answer comes when the octets are on disk.
  /// - Throws: `upload.unknown`, `upload.gap`, `upload.differs`, `upload.committed`, `upload.tooLarge`,
  ///   `limit.uploadOctets`, `limit.uploadPiece`
  func write(_ params: UploadWriteParams, _ context: CallContext) async throws(RPCError) -> APIUpload

  /// Give the pieces of a file as a stream. The pieces go up one behind the other without waiting for an
  /// answer each; what comes back after each piece is the upload, once its octets are on disk. Pieces are
  /// as for `upload.write`, and what is wrong with one ends the stream; the pieces before it stay. After
  /// the last piece end your direction, and commit when the server has ended its own. Read what comes back
  /// while you give: a caller that does not is not read from any more.
  /// - Throws: `upload.unknown`, `upload.gap`, `upload.differs`, `upload.committed`, `upload.tooLarge`,
  ///   `limit.uploadOctets`, `limit.uploadPiece`
  func fill(
    _ params: UploadFillParams, _ context: CallContext, _ source: TypedSource<APIUploadPiece>,
    _ sink: TypedSink<APIUpload>
  ) async throws(RPCError)

  /// How far a file is. `received` says where the next piece begins.
  /// - Throws: `upload.unknown`
  func get(_ params: UploadGetParams, _ context: CallContext) async throws(RPCError) -> APIUpload

  /// Which files there are. Those of the tenant whose time is not over, the oldest first.
  func list(_ params: UploadListParams, _ context: CallContext) async throws(RPCError) -> APIUploadList

  /// Say that a file is complete. Answers its SHA-256, and compares it with the caller's. Repeating it does
  /// no harm.
  /// - Throws: `upload.unknown`, `upload.incomplete`, `upload.digest`
  func commit(_ params: UploadCommitParams, _ context: CallContext) async throws(RPCError) -> APIUpload

  /// Take a file away. Committed or not. Mails that were sent with it have it still.
  /// - Throws: `upload.unknown`
  func cancel(_ params: UploadCancelParams, _ context: CallContext) async throws(RPCError) -> APIEmpty
}

extension UploadService {
  /// The methods `upload.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("upload.open", scope: "send", idempotent: false) { params, context async throws(RPCError) in
        try await self.open(params, context)
      },
      .call("upload.write", scope: "send", idempotent: true) { params, context async throws(RPCError) in
        try await self.write(params, context)
      },
      .exchange("upload.fill", scope: "send", idempotent: true) { params, context, source, sink async throws(RPCError) in
        try await self.fill(params, context, source, sink)
      },
      .call("upload.get", scope: "send", idempotent: true) { params, context async throws(RPCError) in
        try await self.get(params, context)
      },
      .call("upload.list", scope: "send", idempotent: true) { params, context async throws(RPCError) in
        try await self.list(params, context)
      },
      .call("upload.commit", scope: "send", idempotent: true) { params, context async throws(RPCError) in
        try await self.commit(params, context)
      },
      .call("upload.cancel", scope: "send", idempotent: true) { params, context async throws(RPCError) in
        try await self.cancel(params, context)
      },
    ]
  }
}

/// The parameters of `upload.open`.
package struct UploadOpenParams: APIParams, Hashable {
  /// The file name that receivers see.
  package var name: String
  /// The media type.
  package var type: String
  /// Octets, where they are known: what cannot be sent is refused at once, and a commit of fewer is
  /// refused.
  package var size: Int64?

  package static let parameterNames: [String]? = ["name", "type", "size"]

  package init(name: String, type: String = "application/octet-stream", size: Int64? = nil) {
    self.name = name
    self.type = type
    self.size = size
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var type: String = "application/octet-stream"
    var size: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        name = try reader.string(length: 1...255)
      } else if reader.keyIs("type") {
        if !reader.isNull() { type = try reader.string(length: 3...255) }
      } else if reader.keyIs("size") {
        if !reader.isNull() { size = try reader.int(in: 0...9007199254740991) }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.name = try present(name, "name")
    self.type = type
    self.size = size
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("name")
    writer.string(name)
    if type != "application/octet-stream" {
      writer.key("type")
      writer.string(type)
    }
    if let size {
      writer.key("size")
      writer.int(size)
    }
    writer.endObject()
  }
}

/// The parameters of `upload.write`.
package struct UploadWriteParams: APIParams, Hashable {
  package var uploadId: String
  /// Where the piece begins.
  package var offset: Int64
  /// The octets, base64; at most `pieceOctetsMax` of them.
  package var data: [UInt8]

  package static let parameterNames: [String]? = ["uploadId", "offset", "data"]

  package init(uploadId: String, offset: Int64, data: [UInt8]) {
    self.uploadId = uploadId
    self.offset = offset
    self.data = data
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var uploadId: String?
    var offset: Int64?
    var data: [UInt8]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("uploadId") {
        uploadId = try reader.rowID("up")
      } else if reader.keyIs("offset") {
        offset = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("data") {
        data = try reader.octets()
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.uploadId = try present(uploadId, "uploadId")
    self.offset = try present(offset, "offset")
    self.data = try present(data, "data")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("uploadId")
    writer.string(uploadId)
    writer.key("offset")
    writer.int(offset)
    writer.key("data")
    writer.octets(data)
    writer.endObject()
  }
}

/// The parameters of `upload.fill`.
package struct UploadFillParams: APIParams, Hashable {
  package var uploadId: String

  package static let parameterNames: [String]? = ["uploadId"]

  package init(uploadId: String) {
    self.uploadId = uploadId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var uploadId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("uploadId") {
        uploadId = try reader.rowID("up")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.uploadId = try present(uploadId, "uploadId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("uploadId")
    writer.string(uploadId)
    writer.endObject()
  }
}

/// The parameters of `upload.get`.
package struct UploadGetParams: APIParams, Hashable {
  package var uploadId: String

  package static let parameterNames: [String]? = ["uploadId"]

  package init(uploadId: String) {
    self.uploadId = uploadId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var uploadId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("uploadId") {
        uploadId = try reader.rowID("up")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.uploadId = try present(uploadId, "uploadId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("uploadId")
    writer.string(uploadId)
    writer.endObject()
  }
}

/// The parameters of `upload.list`.
package struct UploadListParams: APIParams, Hashable {
  package static let parameterNames: [String]? = []

  package init() {}

  package init(from reader: inout JSONReader) throws(JSONError) {
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.endObject()
  }
}

/// The parameters of `upload.commit`.
package struct UploadCommitParams: APIParams, Hashable {
  package var uploadId: String
  /// What the caller gave. When what came is something else, the upload is not committed.
  package var sha256: String?

  package static let parameterNames: [String]? = ["uploadId", "sha256"]

  package init(uploadId: String, sha256: String? = nil) {
    self.uploadId = uploadId
    self.sha256 = sha256
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var uploadId: String?
    var sha256: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("uploadId") {
        uploadId = try reader.rowID("up")
      } else if reader.keyIs("sha256") {
        if !reader.isNull() { sha256 = try reader.string(length: 64...64) }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.uploadId = try present(uploadId, "uploadId")
    self.sha256 = sha256
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("uploadId")
    writer.string(uploadId)
    if let sha256 {
      writer.key("sha256")
      writer.string(sha256)
    }
    writer.endObject()
  }
}

/// The parameters of `upload.cancel`.
package struct UploadCancelParams: APIParams, Hashable {
  package var uploadId: String

  package static let parameterNames: [String]? = ["uploadId"]

  package init(uploadId: String) {
    self.uploadId = uploadId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var uploadId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("uploadId") {
        uploadId = try reader.rowID("up")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.uploadId = try present(uploadId, "uploadId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("uploadId")
    writer.string(uploadId)
    writer.endObject()
  }
}

/// `open`: pieces are taken; `committed`: complete, mails can carry it.
package enum APIUploadState: String, APIWord {
  case open
  case committed
}

/// Octets of a file.
package struct APIUploadPiece: APIValue, Hashable {
  /// Where the piece begins.
  package var offset: Int64
  /// The octets, base64; at most `pieceOctetsMax` of them.
  package var data: [UInt8]

  package init(offset: Int64, data: [UInt8]) {
    self.offset = offset
    self.data = data
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var offset: Int64?
    var data: [UInt8]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("offset") {
        offset = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("data") {
        data = try reader.octets()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.offset = try present(offset, "offset")
    self.data = try present(data, "data")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("offset")
    writer.int(offset)
    writer.key("data")
    writer.octets(data)
    writer.endObject()
  }
}

/// A file that is given by pieces, for mails to come.
package struct APIUpload: APIValue, Hashable {
  package var id: String
  /// The file name.
  package var name: String
  /// The media type.
  package var type: String
  /// Octets that were announced.
  package var size: Int64?
  /// Octets that are here, from the first on without a gap: where the next piece begins.
  package var received: Int64
  package var state: APIUploadState
  package var sha256: String?
  /// The most octets of one piece, and the best number of them.
  package var pieceOctetsMax: Int64
  package var createdAt: String
  package var expiresAt: String

  package init(
    id: String, name: String, type: String, size: Int64? = nil, received: Int64, state: APIUploadState,
    sha256: String? = nil, pieceOctetsMax: Int64, createdAt: String, expiresAt: String
  ) {
    self.id = id
    self.name = name
    self.type = type
    self.size = size
    self.received = received
    self.state = state
    self.sha256 = sha256
    self.pieceOctetsMax = pieceOctetsMax
    self.createdAt = createdAt
    self.expiresAt = expiresAt
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var name: String?
    var type: String?
    var size: Int64?
    var received: Int64?
    var state: APIUploadState?
    var sha256: String?
    var pieceOctetsMax: Int64?
    var createdAt: String?
    var expiresAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.rowID("up")
      } else if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("type") {
        type = try reader.string()
      } else if reader.keyIs("size") {
        if !reader.isNull() { size = try reader.int(in: 0...9007199254740991) }
      } else if reader.keyIs("received") {
        received = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("state") {
        state = try APIUploadState(from: &reader)
      } else if reader.keyIs("sha256") {
        if !reader.isNull() { sha256 = try reader.string(length: 64...64) }
      } else if reader.keyIs("pieceOctetsMax") {
        pieceOctetsMax = try reader.int(in: 1...9007199254740991)
      } else if reader.keyIs("createdAt") {
        createdAt = try reader.timestamp()
      } else if reader.keyIs("expiresAt") {
        expiresAt = try reader.timestamp()
      } else {
        try reader.skip()
      }
    }
    self.id = try present(id, "id")
    self.name = try present(name, "name")
    self.type = try present(type, "type")
    self.size = size
    self.received = try present(received, "received")
    self.state = try present(state, "state")
    self.sha256 = sha256
    self.pieceOctetsMax = try present(pieceOctetsMax, "pieceOctetsMax")
    self.createdAt = try present(createdAt, "createdAt")
    self.expiresAt = try present(expiresAt, "expiresAt")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.string(id)
    writer.key("name")
    writer.string(name)
    writer.key("type")
    writer.string(type)
    if let size {
      writer.key("size")
      writer.int(size)
    }
    writer.key("received")
    writer.int(received)
    writer.key("state")
    state.write(to: &writer)
    if let sha256 {
      writer.key("sha256")
      writer.string(sha256)
    }
    writer.key("pieceOctetsMax")
    writer.int(pieceOctetsMax)
    writer.key("createdAt")
    writer.string(createdAt)
    writer.key("expiresAt")
    writer.string(expiresAt)
    writer.endObject()
  }
}

/// Uploads of the tenant.
package struct APIUploadList: APIValue, Hashable {
  package var uploads: [APIUpload]

  package init(uploads: [APIUpload]) {
    self.uploads = uploads
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var uploads: [APIUpload]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("uploads") {
        uploads = try reader.list("uploads")
      } else {
        try reader.skip()
      }
    }
    self.uploads = try present(uploads, "uploads")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("uploads")
    writer.list(uploads)
    writer.endObject()
  }
}
