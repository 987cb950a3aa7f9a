// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `upload.*`.
  public var upload: UploadCalls { UploadCalls(client: self) }
}

/// The methods `upload.*`.
public struct UploadCalls: Sendable {
  let client: PostroomClient

  /// Begin to give a file. The file goes up by pieces (`upload.write`) and is then complete
  /// (`upload.commit`); `mail.send` names it in `attachments`, in as many mails as wanted. One that is not
  /// committed goes after 24 hours, one that is 7 days after its commit or its last mail.
  /// - Parameters:
  ///   - name: The file name that receivers see.
  ///   - type: The media type.
  ///   - size: Octets, where they are known: what cannot be sent is refused at once, and a commit of fewer
  ///     is refused.
  /// - Throws: with reason `upload.tooLarge`, `limit.uploads`, `limit.uploadOctets`
  public func open(
    name: String, type: String = "application/octet-stream", size: Int64? = nil,
    options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Upload {
    try await client.call("upload.open", repeatable: .never, options) { writer in
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
    }
  }

  /// Give a piece of a file. Adds octets at `offset`, which is where those before it end. A piece that is
  /// here already, in whole or in part, is taken as a repetition: after a break give the last piece again,
  /// or ask `upload.get`. The answer comes when the octets are on disk.
  /// - Parameters:
  ///   - offset: Where the piece begins.
  ///   - data: The octets, base64; at most `pieceOctetsMax` of them.
  /// - Throws: with reason `upload.unknown`, `upload.gap`, `upload.differs`, `upload.committed`,
  ///   `upload.tooLarge`, `limit.uploadOctets`, `limit.uploadPiece`
  public func write(
    uploadId: String, offset: Int64, data: [UInt8], options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Upload {
    try await client.call("upload.write", repeatable: .always, options) { writer in
      writer.key("uploadId")
      writer.string(uploadId)
      writer.key("offset")
      writer.int(offset)
      writer.key("data")
      writer.octets(data)
    }
  }

  /// Give the pieces of a file as a stream. The pieces go up one behind the other without waiting for an
  /// answer each; what comes back after each piece is the upload, once its octets are on disk. Pieces are
  /// as for `upload.write`, and what is wrong with one ends the stream; the pieces before it stay. After
  /// the last piece end your direction, and commit when the server has ended its own. Read what comes back
  /// while you give: a caller that does not is not read from any more.
  /// - Throws: with reason `upload.unknown`, `upload.gap`, `upload.differs`, `upload.committed`,
  ///   `upload.tooLarge`, `limit.uploadOctets`, `limit.uploadPiece`
  public func fill(
    uploadId: String, options: StreamOptions = StreamOptions()
  ) async throws(PostroomError) -> PostroomExchange<UploadPiece, Upload> {
    try await client.exchange("upload.fill", options) { writer in
      writer.key("uploadId")
      writer.string(uploadId)
    }
  }

  /// How far a file is. `received` says where the next piece begins.
  /// - Throws: with reason `upload.unknown`
  public func get(
    uploadId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Upload {
    try await client.call("upload.get", repeatable: .always, options) { writer in
      writer.key("uploadId")
      writer.string(uploadId)
    }
  }

  /// Which files there are. Those of the tenant whose time is not over, the oldest first.
  public func list(options: CallOptions = CallOptions()) async throws(PostroomError) -> UploadList {
    try await client.call("upload.list", repeatable: .always, options) { _ in }
  }

  /// Say that a file is complete. Answers its SHA-256, and compares it with the caller's. Repeating it does
  /// no harm.
  /// - Parameters:
  ///   - sha256: What the caller gave. When what came is something else, the upload is not committed.
  /// - Throws: with reason `upload.unknown`, `upload.incomplete`, `upload.digest`
  public func commit(
    uploadId: String, sha256: String? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Upload {
    try await client.call("upload.commit", repeatable: .always, options) { writer in
      writer.key("uploadId")
      writer.string(uploadId)
      if let sha256 {
        writer.key("sha256")
        writer.string(sha256)
      }
    }
  }

  /// Take a file away. Committed or not. Mails that were sent with it have it still.
  /// - Throws: with reason `upload.unknown`
  public func cancel(uploadId: String, options: CallOptions = CallOptions()) async throws(PostroomError) {
    _ =
      try await client.call("upload.cancel", repeatable: .always, options) { writer in
      writer.key("uploadId")
      writer.string(uploadId)
    } as Nothing
  }
}

/// `open`: pieces are taken; `committed`: complete, mails can carry it.
public struct UploadState: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let open = UploadState(rawValue: "open")
  public static let committed = UploadState(rawValue: "committed")
}

/// Octets of a file.
public struct UploadPiece: Hashable, Sendable, JSONWritable {
  /// Where the piece begins.
  public var offset: Int64
  /// The octets, base64; at most `pieceOctetsMax` of them.
  public var data: [UInt8]

  public init(offset: Int64, data: [UInt8]) {
    self.offset = offset
    self.data = data
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("offset")
    writer.int(offset)
    writer.key("data")
    writer.octets(data)
    writer.endObject()
  }
}

/// A file that is given by pieces, for mails to come.
public struct Upload: Hashable, Sendable, JSONReadable, JSONWritable {
  public var id: String
  /// The file name.
  public var name: String
  /// The media type.
  public var type: String
  /// Octets that were announced.
  public var size: Int64?
  /// Octets that are here, from the first on without a gap: where the next piece begins.
  public var received: Int64
  public var state: UploadState
  public var sha256: String?
  /// The most octets of one piece, and the best number of them.
  public var pieceOctetsMax: Int64
  public var createdAt: String
  public var expiresAt: String

  public init(
    id: String, name: String, type: String, size: Int64? = nil, received: Int64, state: UploadState,
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

  init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var name: String?
    var type: String?
    var size: Int64?
    var received: Int64?
    var state: UploadState?
    var sha256: String?
    var pieceOctetsMax: Int64?
    var createdAt: String?
    var expiresAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.string()
      } else if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("type") {
        type = try reader.string()
      } else if reader.keyIs("size") {
        if !reader.isNull() { size = try reader.int() }
      } else if reader.keyIs("received") {
        received = try reader.int()
      } else if reader.keyIs("state") {
        state = try UploadState(from: &reader)
      } else if reader.keyIs("sha256") {
        if !reader.isNull() { sha256 = try reader.string() }
      } else if reader.keyIs("pieceOctetsMax") {
        pieceOctetsMax = try reader.int()
      } else if reader.keyIs("createdAt") {
        createdAt = try reader.string()
      } else if reader.keyIs("expiresAt") {
        expiresAt = try reader.string()
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Uploads of the tenant.
public struct UploadList: Hashable, Sendable, JSONReadable, JSONWritable {
  public var uploads: [Upload]

  public init(uploads: [Upload]) {
    self.uploads = uploads
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var uploads: [Upload]?
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

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("uploads")
    writer.list(uploads)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}
