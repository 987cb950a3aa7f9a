// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `folder.*`.
package protocol FolderService: Sendable {
  /// Folders of a mailbox. The folders that the server lists, and how much of each is stored.
  /// - Throws: `mailbox.unknown`
  func list(_ params: FolderListParams, _ context: CallContext) async throws(RPCError) -> APIFolderList
}

extension FolderService {
  /// The methods `folder.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("folder.list", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.list(params, context)
      },
    ]
  }
}

/// The parameters of `folder.list`.
package struct FolderListParams: APIParams, Hashable {
  package var mailboxId: String

  package static let parameterNames: [String]? = ["mailboxId"]

  package init(mailboxId: String) {
    self.mailboxId = mailboxId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailboxId = try present(mailboxId, "mailboxId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailboxId")
    writer.string(mailboxId)
    writer.endObject()
  }
}

/// A folder of a mailbox (an IMAP mailbox).
package struct APIFolder: APIValue, Hashable {
  package var id: String
  package var mailboxId: String
  /// As a person reads it, with the server's hierarchy delimiter.
  package var name: String
  package var role: APIFolderRole?
  /// Its mail is read.
  package var syncs: Bool
  /// Messages whose envelope is stored.
  package var stored: Int64
  /// Messages the server said are in it.
  package var total: Int64
  /// All of its history has been read.
  package var complete: Bool

  package init(
    id: String, mailboxId: String, name: String, role: APIFolderRole? = nil, syncs: Bool, stored: Int64,
    total: Int64, complete: Bool
  ) {
    self.id = id
    self.mailboxId = mailboxId
    self.name = name
    self.role = role
    self.syncs = syncs
    self.stored = stored
    self.total = total
    self.complete = complete
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var mailboxId: String?
    var name: String?
    var role: APIFolderRole?
    var syncs: Bool?
    var stored: Int64?
    var total: Int64?
    var complete: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.rowID("f")
      } else if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("role") {
        if !reader.isNull() { role = try APIFolderRole(from: &reader) }
      } else if reader.keyIs("syncs") {
        syncs = try reader.bool()
      } else if reader.keyIs("stored") {
        stored = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("total") {
        total = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("complete") {
        complete = try reader.bool()
      } else {
        try reader.skip()
      }
    }
    self.id = try present(id, "id")
    self.mailboxId = try present(mailboxId, "mailboxId")
    self.name = try present(name, "name")
    self.role = role
    self.syncs = try present(syncs, "syncs")
    self.stored = try present(stored, "stored")
    self.total = try present(total, "total")
    self.complete = try present(complete, "complete")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.string(id)
    writer.key("mailboxId")
    writer.string(mailboxId)
    writer.key("name")
    writer.string(name)
    if let role {
      writer.key("role")
      role.write(to: &writer)
    }
    writer.key("syncs")
    writer.bool(syncs)
    writer.key("stored")
    writer.int(stored)
    writer.key("total")
    writer.int(total)
    writer.key("complete")
    writer.bool(complete)
    writer.endObject()
  }
}

/// The folders of a mailbox.
package struct APIFolderList: APIValue, Hashable {
  package var folders: [APIFolder]

  package init(folders: [APIFolder]) {
    self.folders = folders
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var folders: [APIFolder]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("folders") {
        folders = try reader.list("folders")
      } else {
        try reader.skip()
      }
    }
    self.folders = try present(folders, "folders")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("folders")
    writer.list(folders)
    writer.endObject()
  }
}
