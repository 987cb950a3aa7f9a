// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `attachment.*`.
package protocol AttachmentService: Sendable {
  /// An attachment. Streams the decoded octets of an attachment.
  /// - Throws: `attachment.unknown`
  func get(
    _ params: AttachmentGetParams, _ context: CallContext, _ sink: TypedSink<APIChunk>
  ) async throws(RPCError)
}

extension AttachmentService {
  /// The methods `attachment.*`, answered by this service.
  package var methods: [Method] {
    [
      .stream("attachment.get", scope: "read", idempotent: true) { params, context, sink async throws(RPCError) in
        try await self.get(params, context, sink)
      },
    ]
  }
}

/// The parameters of `attachment.get`.
package struct AttachmentGetParams: APIParams, Hashable {
  package var blobId: String

  package static let parameterNames: [String]? = ["blobId"]

  package init(blobId: String) {
    self.blobId = blobId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var blobId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("blobId") {
        blobId = try reader.string(length: 4...64)
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.blobId = try present(blobId, "blobId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("blobId")
    writer.string(blobId)
    writer.endObject()
  }
}
