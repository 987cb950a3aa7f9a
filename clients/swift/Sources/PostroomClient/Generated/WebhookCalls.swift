// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `webhook.*`.
  public var webhook: WebhookCalls { WebhookCalls(client: self) }
}

/// The methods `webhook.*`.
public struct WebhookCalls: Sendable {
  let client: PostroomClient

  /// Have events delivered. Events of the tenant are POSTed to a URL, one at a time and in their order,
  /// each until it is answered with 2xx: at least once, since an answer may get lost. Form, signature and
  /// retries are in docs/webhooks.md. The secret that verifies signatures is in this answer and nowhere
  /// else.
  /// - Parameters:
  ///   - url: `https://` and no user, fragment or redirect. `http://` only to this machine, where the
  ///     operator allows private hosts.
  ///   - kinds: Types of events that it wants; all when left out or empty.
  ///   - after: Events above this number; those from now on when left out.
  /// - Throws: with reason `webhook.urlInvalid`, `limit.webhooks`, `events.cursorTooOld`,
  ///   `events.cursorInvalid`
  public func create(
    url: String, kinds: [EventType]? = nil, after: String? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> WebhookWithSecret {
    try await client.call("webhook.create", repeatable: .never, options) { writer in
      writer.key("url")
      writer.string(url)
      if let kinds {
        writer.key("kinds")
        writer.list(kinds)
      }
      if let after {
        writer.key("after")
        writer.string(after)
      }
    }
  }

  /// One webhook. Its settings, how far it is, and what went wrong last.
  /// - Throws: with reason `webhook.unknown`
  public func get(
    webhookId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Webhook {
    try await client.call("webhook.get", repeatable: .always, options) { writer in
      writer.key("webhookId")
      writer.string(webhookId)
    }
  }

  /// All webhooks. The tenant's webhooks, oldest first.
  public func list(options: CallOptions = CallOptions()) async throws(PostroomError) -> WebhookList {
    try await client.call("webhook.list", repeatable: .always, options) { _ in }
  }

  /// Change a webhook. Sets what is given and leaves the rest; then the next event is tried at once.
  /// `enabled` turns it off, or on again where it was left. `rotateSecret` makes a new secret, which is in
  /// this answer; for 24 hours the one before signs too.
  /// - Parameters:
  ///   - url: `https://` and no user, fragment or redirect. `http://` only to this machine, where the
  ///     operator allows private hosts.
  ///   - kinds: Types of events that it wants; all when left out or empty.
  /// - Throws: with reason `webhook.unknown`, `webhook.urlInvalid`
  public func update(
    webhookId: String, url: String? = nil, kinds: [EventType]? = nil, enabled: Bool? = nil,
    rotateSecret: Bool = false, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> WebhookWithSecret {
    try await client.call("webhook.update", repeatable: .never, options) { writer in
      writer.key("webhookId")
      writer.string(webhookId)
      if let url {
        writer.key("url")
        writer.string(url)
      }
      if let kinds {
        writer.key("kinds")
        writer.list(kinds)
      }
      if let enabled {
        writer.key("enabled")
        writer.bool(enabled)
      }
      if rotateSecret != false {
        writer.key("rotateSecret")
        writer.bool(rotateSecret)
      }
    }
  }

  /// Deliver from a number on. Events above `after` are delivered, again or at last, and the webhook is
  /// active, also when it was off or parked.
  /// - Throws: with reason `webhook.unknown`, `events.cursorTooOld`, `events.cursorInvalid`
  public func replay(
    webhookId: String, after: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Webhook {
    try await client.call("webhook.replay", repeatable: .always, options) { writer in
      writer.key("webhookId")
      writer.string(webhookId)
      writer.key("after")
      writer.string(after)
    }
  }

  /// Try a webhook. Sends one event of type `postroom.webhook.test` now and says what came of it. Whether
  /// it is active, and its cursor, do not matter.
  /// - Throws: with reason `webhook.unknown`
  public func test(
    webhookId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> WebhookTest {
    try await client.call("webhook.test", repeatable: .never, options) { writer in
      writer.key("webhookId")
      writer.string(webhookId)
    }
  }

  /// Remove a webhook. Nothing is sent to it any more, and its secret is erased. An event that is on its
  /// way may still arrive.
  /// - Throws: with reason `webhook.unknown`
  public func delete(webhookId: String, options: CallOptions = CallOptions()) async throws(PostroomError) {
    _ =
      try await client.call("webhook.delete", repeatable: .never, options) { writer in
      writer.key("webhookId")
      writer.string(webhookId)
    } as Nothing
  }
}

/// `active`: it gets events; `off`: it is not wanted; `parked`: it failed for three days and is left alone.
public struct WebhookState: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let active = WebhookState(rawValue: "active")
  public static let off = WebhookState(rawValue: "off")
  public static let parked = WebhookState(rawValue: "parked")
}

/// Why a webhook is `off` or `parked`: `turnedOff` (by `webhook.update`), `gone` (it answered 410),
/// `failing`.
public struct WebhookReason: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let turnedOff = WebhookReason(rawValue: "turnedOff")
  public static let gone = WebhookReason(rawValue: "gone")
  public static let failing = WebhookReason(rawValue: "failing")
}

/// An endpoint of the caller that is told of events, without its secret.
public struct Webhook: Hashable, Sendable, JSONReadable, JSONWritable {
  public var id: String
  public var url: String
  /// Empty for all.
  public var kinds: [EventType]
  public var state: WebhookState
  public var reason: WebhookReason?
  /// What a person can do, where it is not active.
  public var advice: String?
  public var cursor: String
  /// In a row.
  public var failures: Int64
  public var failingSince: String?
  public var nextAttemptAt: String?
  /// HTTP status of the last failure, where there was an answer.
  public var lastStatus: Int64?
  /// What went wrong last.
  public var lastProblem: String?
  public var deliveredAt: String?
  public var oldSecretUntil: String?
  public var createdAt: String

  public init(
    id: String, url: String, kinds: [EventType], state: WebhookState, reason: WebhookReason? = nil,
    advice: String? = nil, cursor: String, failures: Int64, failingSince: String? = nil,
    nextAttemptAt: String? = nil, lastStatus: Int64? = nil, lastProblem: String? = nil,
    deliveredAt: String? = nil, oldSecretUntil: String? = nil, createdAt: String
  ) {
    self.id = id
    self.url = url
    self.kinds = kinds
    self.state = state
    self.reason = reason
    self.advice = advice
    self.cursor = cursor
    self.failures = failures
    self.failingSince = failingSince
    self.nextAttemptAt = nextAttemptAt
    self.lastStatus = lastStatus
    self.lastProblem = lastProblem
    self.deliveredAt = deliveredAt
    self.oldSecretUntil = oldSecretUntil
    self.createdAt = createdAt
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var url: String?
    var kinds: [EventType]?
    var state: WebhookState?
    var reason: WebhookReason?
    var advice: String?
    var cursor: String?
    var failures: Int64?
    var failingSince: String?
    var nextAttemptAt: String?
    var lastStatus: Int64?
    var lastProblem: String?
    var deliveredAt: String?
    var oldSecretUntil: String?
    var createdAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.string()
      } else if reader.keyIs("url") {
        url = try reader.string()
      } else if reader.keyIs("kinds") {
        kinds = try reader.list("kinds")
      } else if reader.keyIs("state") {
        state = try WebhookState(from: &reader)
      } else if reader.keyIs("reason") {
        if !reader.isNull() { reason = try WebhookReason(from: &reader) }
      } else if reader.keyIs("advice") {
        if !reader.isNull() { advice = try reader.string() }
      } else if reader.keyIs("cursor") {
        cursor = try reader.string()
      } else if reader.keyIs("failures") {
        failures = try reader.int()
      } else if reader.keyIs("failingSince") {
        if !reader.isNull() { failingSince = try reader.string() }
      } else if reader.keyIs("nextAttemptAt") {
        if !reader.isNull() { nextAttemptAt = try reader.string() }
      } else if reader.keyIs("lastStatus") {
        if !reader.isNull() { lastStatus = try reader.int() }
      } else if reader.keyIs("lastProblem") {
        if !reader.isNull() { lastProblem = try reader.string() }
      } else if reader.keyIs("deliveredAt") {
        if !reader.isNull() { deliveredAt = try reader.string() }
      } else if reader.keyIs("oldSecretUntil") {
        if !reader.isNull() { oldSecretUntil = try reader.string() }
      } else if reader.keyIs("createdAt") {
        createdAt = try reader.string()
      } else {
        try reader.skip()
      }
    }
    self.id = try present(id, "id")
    self.url = try present(url, "url")
    self.kinds = try present(kinds, "kinds")
    self.state = try present(state, "state")
    self.reason = reason
    self.advice = advice
    self.cursor = try present(cursor, "cursor")
    self.failures = try present(failures, "failures")
    self.failingSince = failingSince
    self.nextAttemptAt = nextAttemptAt
    self.lastStatus = lastStatus
    self.lastProblem = lastProblem
    self.deliveredAt = deliveredAt
    self.oldSecretUntil = oldSecretUntil
    self.createdAt = try present(createdAt, "createdAt")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.string(id)
    writer.key("url")
    writer.string(url)
    writer.key("kinds")
    writer.list(kinds)
    writer.key("state")
    state.write(to: &writer)
    if let reason {
      writer.key("reason")
      reason.write(to: &writer)
    }
    if let advice {
      writer.key("advice")
      writer.string(advice)
    }
    writer.key("cursor")
    writer.string(cursor)
    writer.key("failures")
    writer.int(failures)
    if let failingSince {
      writer.key("failingSince")
      writer.string(failingSince)
    }
    if let nextAttemptAt {
      writer.key("nextAttemptAt")
      writer.string(nextAttemptAt)
    }
    if let lastStatus {
      writer.key("lastStatus")
      writer.int(lastStatus)
    }
    if let lastProblem {
      writer.key("lastProblem")
      writer.string(lastProblem)
    }
    if let deliveredAt {
      writer.key("deliveredAt")
      writer.string(deliveredAt)
    }
    if let oldSecretUntil {
      writer.key("oldSecretUntil")
      writer.string(oldSecretUntil)
    }
    writer.key("createdAt")
    writer.string(createdAt)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Webhooks, oldest first.
public struct WebhookList: Hashable, Sendable, JSONReadable, JSONWritable {
  public var webhooks: [Webhook]

  public init(webhooks: [Webhook]) {
    self.webhooks = webhooks
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var webhooks: [Webhook]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("webhooks") {
        webhooks = try reader.list("webhooks")
      } else {
        try reader.skip()
      }
    }
    self.webhooks = try present(webhooks, "webhooks")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("webhooks")
    writer.list(webhooks)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A webhook, and its secret if it is new. It is shown this once.
public struct WebhookWithSecret: Hashable, Sendable, JSONReadable, JSONWritable, CustomStringConvertible, CustomReflectable {
  public var webhook: Webhook
  /// `whsec_` and base64 of 32 octets, as Standard Webhooks has it.
  public var secret: String?

  public init(webhook: Webhook, secret: String? = nil) {
    self.webhook = webhook
    self.secret = secret
  }

  /// Without the members: one of them is a secret.
  public var description: String { "WebhookWithSecret" }
  public var customMirror: Mirror { Mirror(self, children: []) }

  init(from reader: inout JSONReader) throws(JSONError) {
    var webhook: Webhook?
    var secret: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("webhook") {
        webhook = try reader.object("webhook")
      } else if reader.keyIs("secret") {
        if !reader.isNull() { secret = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.webhook = try present(webhook, "webhook")
    self.secret = secret
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("webhook")
    webhook.write(to: &writer)
    if let secret {
      writer.key("secret")
      writer.string(secret)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// What came of a test.
public struct WebhookTest: Hashable, Sendable, JSONReadable, JSONWritable {
  public var delivered: Bool
  /// The HTTP status, where there was an answer.
  public var status: Int64?
  public var problem: String?
  public var milliseconds: Int64

  public init(delivered: Bool, status: Int64? = nil, problem: String? = nil, milliseconds: Int64) {
    self.delivered = delivered
    self.status = status
    self.problem = problem
    self.milliseconds = milliseconds
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var delivered: Bool?
    var status: Int64?
    var problem: String?
    var milliseconds: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("delivered") {
        delivered = try reader.bool()
      } else if reader.keyIs("status") {
        if !reader.isNull() { status = try reader.int() }
      } else if reader.keyIs("problem") {
        if !reader.isNull() { problem = try reader.string() }
      } else if reader.keyIs("milliseconds") {
        milliseconds = try reader.int()
      } else {
        try reader.skip()
      }
    }
    self.delivered = try present(delivered, "delivered")
    self.status = status
    self.problem = problem
    self.milliseconds = try present(milliseconds, "milliseconds")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("delivered")
    writer.bool(delivered)
    if let status {
      writer.key("status")
      writer.int(status)
    }
    if let problem {
      writer.key("problem")
      writer.string(problem)
    }
    writer.key("milliseconds")
    writer.int(milliseconds)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}
