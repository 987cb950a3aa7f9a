// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `events.*`.
package protocol EventsService: Sendable {
  /// Read events. Events above a number, oldest first. `cursor` is what to pass as `after` next time;
  /// `latest` is the newest number there is: pass that to begin from now.
  /// - Throws: `events.cursorTooOld`, `events.cursorInvalid`
  func read(_ params: EventsReadParams, _ context: CallContext) async throws(RPCError) -> APIEventPage

  /// Follow events. Streams the events above a number and then each as it is committed. Pass the last
  /// number seen to go on after a break: nothing is missed or seen twice.
  /// - Throws: `events.cursorTooOld`, `events.cursorInvalid`
  func subscribe(
    _ params: EventsSubscribeParams, _ context: CallContext, _ sink: TypedSink<APIEvent>
  ) async throws(RPCError)
}

extension EventsService {
  /// The methods `events.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("events.read", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.read(params, context)
      },
      .stream("events.subscribe", scope: "read", idempotent: true) { params, context, sink async throws(RPCError) in
        try await self.subscribe(params, context, sink)
      },
    ]
  }
}

/// The parameters of `events.read`.
package struct EventsReadParams: APIParams, Hashable {
  /// Events above this number; from the first when left out.
  package var after: String?
  package var limit: Int64

  package static let parameterNames: [String]? = ["after", "limit"]

  package init(after: String? = nil, limit: Int64 = 100) {
    self.after = after
    self.limit = limit
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var after: String?
    var limit: Int64 = 100
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("after") {
        if !reader.isNull() { after = try reader.decimalText() }
      } else if reader.keyIs("limit") {
        if !reader.isNull() { limit = try reader.int(in: 1...1000) }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.after = after
    self.limit = limit
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let after {
      writer.key("after")
      writer.string(after)
    }
    if limit != 100 {
      writer.key("limit")
      writer.int(limit)
    }
    writer.endObject()
  }
}

/// The parameters of `events.subscribe`.
package struct EventsSubscribeParams: APIParams, Hashable {
  /// Events above this number; from the first when left out.
  package var after: String?

  package static let parameterNames: [String]? = ["after"]

  package init(after: String? = nil) {
    self.after = after
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var after: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("after") {
        if !reader.isNull() { after = try reader.decimalText() }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.after = after
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let after {
      writer.key("after")
      writer.string(after)
    }
    writer.endObject()
  }
}

/// Something that happened. Numbers ascend; gaps are possible.
package struct APIEvent: APIValue, Hashable {
  package var seq: String
  package var type: APIEventType
  package var at: String
  package var mailboxId: String?
  package var threadId: String?
  package var mailId: String?
  package var submissionId: String?
  package var purgeId: String?
  package var facts: [String: String]
  package var mail: APIMail?

  package init(
    seq: String, type: APIEventType, at: String, mailboxId: String? = nil, threadId: String? = nil,
    mailId: String? = nil, submissionId: String? = nil, purgeId: String? = nil, facts: [String: String],
    mail: APIMail? = nil
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

  package init(from reader: inout JSONReader) throws(JSONError) {
    var seq: String?
    var type: APIEventType?
    var at: String?
    var mailboxId: String?
    var threadId: String?
    var mailId: String?
    var submissionId: String?
    var purgeId: String?
    var facts: [String: String]?
    var mail: APIMail?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("seq") {
        seq = try reader.decimalText()
      } else if reader.keyIs("type") {
        type = try APIEventType(from: &reader)
      } else if reader.keyIs("at") {
        at = try reader.timestamp()
      } else if reader.keyIs("mailboxId") {
        if !reader.isNull() { mailboxId = try reader.rowID("mb") }
      } else if reader.keyIs("threadId") {
        if !reader.isNull() { threadId = try reader.rowID("th") }
      } else if reader.keyIs("mailId") {
        if !reader.isNull() { mailId = try reader.rowID("m") }
      } else if reader.keyIs("submissionId") {
        if !reader.isNull() { submissionId = try reader.rowID("s") }
      } else if reader.keyIs("purgeId") {
        if !reader.isNull() { purgeId = try reader.rowID("p") }
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

  package func write(to writer: inout JSONWriter) {
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
}

/// Events in ascending order.
package struct APIEventPage: APIValue, Hashable {
  package var events: [APIEvent]
  package var cursor: String
  package var latest: String

  package init(events: [APIEvent], cursor: String, latest: String) {
    self.events = events
    self.cursor = cursor
    self.latest = latest
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var events: [APIEvent]?
    var cursor: String?
    var latest: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("events") {
        events = try reader.list("events")
      } else if reader.keyIs("cursor") {
        cursor = try reader.decimalText()
      } else if reader.keyIs("latest") {
        latest = try reader.decimalText()
      } else {
        try reader.skip()
      }
    }
    self.events = try present(events, "events")
    self.cursor = try present(cursor, "cursor")
    self.latest = try present(latest, "latest")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("events")
    writer.list(events)
    writer.key("cursor")
    writer.string(cursor)
    writer.key("latest")
    writer.string(latest)
    writer.endObject()
  }
}
