// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `attachment.*`.
  public var attachment: AttachmentCalls { AttachmentCalls(client: self) }
}

/// The methods `attachment.*`.
public struct AttachmentCalls: Sendable {
  let client: PostroomClient

  /// An attachment. Streams the decoded octets of an attachment.
  /// - Throws: with reason `attachment.unknown`
  public func get(blobId: String, options: StreamOptions = StreamOptions()) -> PostroomStream<Chunk> {
    client.stream("attachment.get", options) { writer in
      writer.key("blobId")
      writer.string(blobId)
    }
  }
}
