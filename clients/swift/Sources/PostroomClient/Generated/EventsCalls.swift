// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `events.*`.
  public var events: EventsCalls { EventsCalls(client: self) }
}

/// The methods `events.*`.
public struct EventsCalls: Sendable {
  let client: PostroomClient

  /// Read events. Events above a number, oldest first. `cursor` is what to pass as `after` next time;
  /// `latest` is the newest number there is: pass that to begin from now.
  /// - Parameters:
  ///   - after: Events above this number; from the first when left out.
  /// - Throws: with reason `events.cursorTooOld`, `events.cursorInvalid`
  public func read(
    after: String? = nil, limit: Int64 = 100, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> EventPage {
    try await client.call("events.read", repeatable: .always, options) { writer in
      if let after {
        writer.key("after")
        writer.string(after)
      }
      if limit != 100 {
        writer.key("limit")
        writer.int(limit)
      }
    }
  }

  /// Follow events. Streams the events above a number and then each as it is committed. Pass the last
  /// number seen to go on after a break: nothing is missed or seen twice.
  /// - Parameters:
  ///   - after: Events above this number; from the first when left out.
  /// - Throws: with reason `events.cursorTooOld`, `events.cursorInvalid`
  public func subscribe(
    after: String? = nil, options: StreamOptions = StreamOptions()
  ) -> PostroomStream<Event> {
    client.stream("events.subscribe", options, from: after, last: { $0.seq }) { after, writer in
      if let after {
        writer.key("after")
        writer.string(after)
      }
    }
  }
}

/// Something that happened. Numbers ascend; gaps are possible.
public struct Event: Hashable, Sendable, JSONReadable, JSONWritable {
  public var seq: String
  public var type: EventType
  public var at: String
  public var mailboxId: String?
  public var threadId: String?
  public var mailId: String?
  public var submissionId: String?
  public var purgeId: String?
  public var facts: [String: String]
  public var mail: Mail?

  public init(
    seq: String, type: EventType, at: String, mailboxId: String? = nil, threadId: String? = nil,
    mailId: String? = nil, submissionId: String? = nil, purgeId: String? = nil, facts: [String: String],
    mail: Mail? = nil
  ) {
    self.seq = seq
    self.type = type
    self.at = at
    self.mailboxId = mailboxId
    self.threadId = threadId
    self.mailId = mailId
    self.submissionId = submissionId
    self.purgeId = purgeId
    self.facts = facts
    self.mail = mail
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var seq: String?
    var type: EventType?
    var at: String?
    var mailboxId: String?
    var threadId: String?
    var mailId: String?
    var submissionId: String?
    var purgeId: String?
    var facts: [String: String]?
    var mail: Mail?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("seq") {
        seq = try reader.string()
      } else if reader.keyIs("type") {
        type = try EventType(from: &reader)
      } else if reader.keyIs("at") {
        at = try reader.string()
      } else if reader.keyIs("mailboxId") {
        if !reader.isNull() { mailboxId = try reader.string() }
      } else if reader.keyIs("threadId") {
        if !reader.isNull() { threadId = try reader.string() }
      } else if reader.keyIs("mailId") {
        if !reader.isNull() { mailId = try reader.string() }
      } else if reader.keyIs("submissionId") {
        if !reader.isNull() { submissionId = try reader.string() }
      } else if reader.keyIs("purgeId") {
        if !reader.isNull() { purgeId = try reader.string() }
      } else if reader.keyIs("facts") {
        facts = try reader.map("facts")
      } else if reader.keyIs("mail") {
        if !reader.isNull() { mail = try reader.object("mail") }
      } else {
        try reader.skip()
      }
    }
    self.seq = try present(seq, "seq")
    self.type = try present(type, "type")
    self.at = try present(at, "at")
    self.mailboxId = mailboxId
    self.threadId = threadId
    self.mailId = mailId
    self.submissionId = submissionId
    self.purgeId = purgeId
    self.facts = try present(facts, "facts")
    self.mail = mail
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("seq")
    writer.string(seq)
    writer.key("type")
    type.write(to: &writer)
    writer.key("at")
    writer.string(at)
    if let mailboxId {
      writer.key("mailboxId")
      writer.string(mailboxId)
    }
    if let threadId {
      writer.key("threadId")
      writer.string(threadId)
    }
    if let mailId {
      writer.key("mailId")
      writer.string(mailId)
    }
    if let submissionId {
      writer.key("submissionId")
      writer.string(submissionId)
    }
    if let purgeId {
      writer.key("purgeId")
      writer.string(purgeId)
    }
    writer.key("facts")
    writer.map(facts)
    if let mail {
      writer.key("mail")
      mail.write(to: &writer)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Events in ascending order.
public struct EventPage: Hashable, Sendable, JSONReadable, JSONWritable {
  public var events: [Event]
  public var cursor: String
  public var latest: String

  public init(events: [Event], cursor: String, latest: String) {
    self.events = events
    self.cursor = cursor
    self.latest = latest
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var events: [Event]?
    var cursor: String?
    var latest: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("events") {
        events = try reader.list("events")
      } else if reader.keyIs("cursor") {
        cursor = try reader.string()
      } else if reader.keyIs("latest") {
        latest = try reader.string()
      } else {
        try reader.skip()
      }
    }
    self.events = try present(events, "events")
    self.cursor = try present(cursor, "cursor")
    self.latest = try present(latest, "latest")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("events")
    writer.list(events)
    writer.key("cursor")
    writer.string(cursor)
    writer.key("latest")
    writer.string(latest)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}
