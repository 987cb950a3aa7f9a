// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `folder.*`.
  public var folder: FolderCalls { FolderCalls(client: self) }
}

/// The methods `folder.*`.
public struct FolderCalls: Sendable {
  let client: PostroomClient

  /// Folders of a mailbox. The folders that the server lists, and how much of each is stored.
  /// - Throws: with reason `mailbox.unknown`
  public func list(
    mailboxId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> FolderList {
    try await client.call("folder.list", repeatable: .always, options) { writer in
      writer.key("mailboxId")
      writer.string(mailboxId)
    }
  }
}

/// A folder of a mailbox (an IMAP mailbox).
public struct Folder: Hashable, Sendable, JSONReadable, JSONWritable {
  public var id: String
  public var mailboxId: String
  /// As a person reads it, with the server's hierarchy delimiter.
  public var name: String
  public var role: FolderRole?
  /// Its mail is read.
  public var syncs: Bool
  /// Messages whose envelope is stored.
  public var stored: Int64
  /// Messages the server said are in it.
  public var total: Int64
  /// All of its history has been read.
  public var complete: Bool

  public init(
    id: String, mailboxId: String, name: String, role: FolderRole? = nil, syncs: Bool, stored: Int64,
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

  init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var mailboxId: String?
    var name: String?
    var role: FolderRole?
    var syncs: Bool?
    var stored: Int64?
    var total: Int64?
    var complete: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.string()
      } else if reader.keyIs("mailboxId") {
        mailboxId = try reader.string()
      } else if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("role") {
        if !reader.isNull() { role = try FolderRole(from: &reader) }
      } else if reader.keyIs("syncs") {
        syncs = try reader.bool()
      } else if reader.keyIs("stored") {
        stored = try reader.int()
      } else if reader.keyIs("total") {
        total = try reader.int()
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// The folders of a mailbox.
public struct FolderList: Hashable, Sendable, JSONReadable, JSONWritable {
  public var folders: [Folder]

  public init(folders: [Folder]) {
    self.folders = folders
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var folders: [Folder]?
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

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("folders")
    writer.list(folders)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}
