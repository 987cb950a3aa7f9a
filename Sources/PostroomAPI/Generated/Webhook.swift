// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `webhook.*`.
package protocol WebhookService: Sendable {
  /// Have events delivered. Events of the tenant are POSTed to a URL, one at a time and in their order,
  /// each until it is answered with 2xx: at least once, since an answer may get lost. Form, signature and
  /// retries are in docs/webhooks.md. The secret that verifies signatures is in this answer and nowhere
  /// else.
  /// - Throws: `webhook.urlInvalid`, `limit.webhooks`, `events.cursorTooOld`, `events.cursorInvalid`
  func create(
    _ params: WebhookCreateParams, _ context: CallContext
  ) async throws(RPCError) -> APIWebhookWithSecret

  /// One webhook. Its settings, how far it is, and what went wrong last.
  /// - Throws: `webhook.unknown`
  func get(_ params: WebhookGetParams, _ context: CallContext) async throws(RPCError) -> APIWebhook

  /// All webhooks. The tenant's webhooks, oldest first.
  func list(_ params: WebhookListParams, _ context: CallContext) async throws(RPCError) -> APIWebhookList

  /// Change a webhook. Sets what is given and leaves the rest; then the next event is tried at once.
  /// `enabled` turns it off, or on again where it was left. `rotateSecret` makes a new secret, which is in
  /// this answer; for 24 hours the one before signs too.
  /// - Throws: `webhook.unknown`, `webhook.urlInvalid`
  func update(
    _ params: WebhookUpdateParams, _ context: CallContext
  ) async throws(RPCError) -> APIWebhookWithSecret

  /// Deliver from a number on. Events above `after` are delivered, again or at last, and the webhook is
  /// active, also when it was off or parked.
  /// - Throws: `webhook.unknown`, `events.cursorTooOld`, `events.cursorInvalid`
  func replay(_ params: WebhookReplayParams, _ context: CallContext) async throws(RPCError) -> APIWebhook

  /// Try a webhook. Sends one event of type `postroom.webhook.test` now and says what came of it. Whether
  /// it is active, and its cursor, do not matter.
  /// - Throws: `webhook.unknown`
  func test(_ params: WebhookTestParams, _ context: CallContext) async throws(RPCError) -> APIWebhookTest

  /// Remove a webhook. Nothing is sent to it any more, and its secret is erased. An event that is on its
  /// way may still arrive.
  /// - Throws: `webhook.unknown`
  func delete(_ params: WebhookDeleteParams, _ context: CallContext) async throws(RPCError) -> APIEmpty
}

extension WebhookService {
  /// The methods `webhook.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("webhook.create", scope: "manage", idempotent: false) { params, context async throws(RPCError) in
        try await self.create(params, context)
      },
      .call("webhook.get", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.get(params, context)
      },
      .call("webhook.list", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.list(params, context)
      },
      .call("webhook.update", scope: "manage", idempotent: false) { params, context async throws(RPCError) in
        try await self.update(params, context)
      },
      .call("webhook.replay", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.replay(params, context)
      },
      .call("webhook.test", scope: "manage", idempotent: false) { params, context async throws(RPCError) in
        try await self.test(params, context)
      },
      .call("webhook.delete", scope: "manage", idempotent: false) { params, context async throws(RPCError) in
        try await self.delete(params, context)
      },
    ]
  }
}

/// The parameters of `webhook.create`.
package struct WebhookCreateParams: APIParams, Hashable {
  /// `https://` and no user, fragment or redirect. `http://` only to this machine, where the operator
  /// allows private hosts.
  package var url: String
  /// Types of events that it wants; all when left out or empty.
  package var kinds: [APIEventType]?
  /// Events above this number; those from now on when left out.
  package var after: String?

  package static let parameterNames: [String]? = ["url", "kinds", "after"]

  package init(url: String, kinds: [APIEventType]? = nil, after: String? = nil) {
    self.url = url
    self.kinds = kinds
    self.after = after
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var url: String?
    var kinds: [APIEventType]?
    var after: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("url") {
        url = try reader.string(length: 1...2000)
      } else if reader.keyIs("kinds") {
        if !reader.isNull() { kinds = try reader.list("kinds", count: 0...50) }
      } else if reader.keyIs("after") {
        if !reader.isNull() { after = try reader.decimalText() }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.url = try present(url, "url")
    self.kinds = kinds
    self.after = after
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
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
    writer.endObject()
  }
}

/// The parameters of `webhook.get`.
package struct WebhookGetParams: APIParams, Hashable {
  package var webhookId: String

  package static let parameterNames: [String]? = ["webhookId"]

  package init(webhookId: String) {
    self.webhookId = webhookId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var webhookId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("webhookId") {
        webhookId = try reader.rowID("wh")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.webhookId = try present(webhookId, "webhookId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("webhookId")
    writer.string(webhookId)
    writer.endObject()
  }
}

/// The parameters of `webhook.list`.
package struct WebhookListParams: APIParams, Hashable {
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

/// The parameters of `webhook.update`.
package struct WebhookUpdateParams: APIParams, Hashable {
  package var webhookId: String
  /// `https://` and no user, fragment or redirect. `http://` only to this machine, where the operator
  /// allows private hosts.
  package var url: String?
  /// Types of events that it wants; all when left out or empty.
  package var kinds: [APIEventType]?
  package var enabled: Bool?
  package var rotateSecret: Bool

  package static let parameterNames: [String]? = ["webhookId", "url", "kinds", "enabled", "rotateSecret"]

  package init(
    webhookId: String, url: String? = nil, kinds: [APIEventType]? = nil, enabled: Bool? = nil,
    rotateSecret: Bool = false
  ) {
    self.webhookId = webhookId
    self.url = url
    self.kinds = kinds
    self.enabled = enabled
    self.rotateSecret = rotateSecret
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var webhookId: String?
    var url: String?
    var kinds: [APIEventType]?
    var enabled: Bool?
    var rotateSecret: Bool = false
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("webhookId") {
        webhookId = try reader.rowID("wh")
      } else if reader.keyIs("url") {
        if !reader.isNull() { url = try reader.string(length: 1...2000) }
      } else if reader.keyIs("kinds") {
        if !reader.isNull() { kinds = try reader.list("kinds", count: 0...50) }
      } else if reader.keyIs("enabled") {
        if !reader.isNull() { enabled = try reader.bool() }
      } else if reader.keyIs("rotateSecret") {
        if !reader.isNull() { rotateSecret = try reader.bool() }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.webhookId = try present(webhookId, "webhookId")
    self.url = url
    self.kinds = kinds
    self.enabled = enabled
    self.rotateSecret = rotateSecret
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
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
    writer.endObject()
  }
}

/// The parameters of `webhook.replay`.
package struct WebhookReplayParams: APIParams, Hashable {
  package var webhookId: String
  package var after: String

  package static let parameterNames: [String]? = ["webhookId", "after"]

  package init(webhookId: String, after: String) {
    self.webhookId = webhookId
    self.after = after
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var webhookId: String?
    var after: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("webhookId") {
        webhookId = try reader.rowID("wh")
      } else if reader.keyIs("after") {
        after = try reader.decimalText()
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.webhookId = try present(webhookId, "webhookId")
    self.after = try present(after, "after")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("webhookId")
    writer.string(webhookId)
    writer.key("after")
    writer.string(after)
    writer.endObject()
  }
}

/// The parameters of `webhook.test`.
package struct WebhookTestParams: APIParams, Hashable {
  package var webhookId: String

  package static let parameterNames: [String]? = ["webhookId"]

  package init(webhookId: String) {
    self.webhookId = webhookId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var webhookId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("webhookId") {
        webhookId = try reader.rowID("wh")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.webhookId = try present(webhookId, "webhookId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("webhookId")
    writer.string(webhookId)
    writer.endObject()
  }
}

/// The parameters of `webhook.delete`.
package struct WebhookDeleteParams: APIParams, Hashable {
  package var webhookId: String

  package static let parameterNames: [String]? = ["webhookId"]

  package init(webhookId: String) {
    self.webhookId = webhookId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var webhookId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("webhookId") {
        webhookId = try reader.rowID("wh")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.webhookId = try present(webhookId, "webhookId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("webhookId")
    writer.string(webhookId)
    writer.endObject()
  }
}

/// `active`: it gets events; `off`: it is not wanted; `parked`: it failed for three days and is left alone.
package enum APIWebhookState: String, APIWord {
  case active
  case off
  case parked
}

/// Why a webhook is `off` or `parked`: `turnedOff` (by `webhook.update`), `gone` (it answered 410),
/// `failing`.
package enum APIWebhookReason: String, APIWord {
  case turnedOff
  case gone
  case failing
}

/// An endpoint of the caller that is told of events, without its secret.
package struct APIWebhook: APIValue, Hashable {
  package var id: String
  package var url: String
  /// Empty for all.
  package var kinds: [APIEventType]
  package var state: APIWebhookState
  package var reason: APIWebhookReason?
  /// What a person can do, where it is not active.
  package var advice: String?
  package var cursor: String
  /// In a row.
  package var failures: Int64
  package var failingSince: String?
  package var nextAttemptAt: String?
  /// HTTP status of the last failure, where there was an answer.
  package var lastStatus: Int64?
  /// What went wrong last.
  package var lastProblem: String?
  package var deliveredAt: String?
  package var oldSecretUntil: String?
  package var createdAt: String

  package init(
    id: String, url: String, kinds: [APIEventType], state: APIWebhookState, reason: APIWebhookReason? = nil,
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

  package init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var url: String?
    var kinds: [APIEventType]?
    var state: APIWebhookState?
    var reason: APIWebhookReason?
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
        id = try reader.rowID("wh")
      } else if reader.keyIs("url") {
        url = try reader.string()
      } else if reader.keyIs("kinds") {
        kinds = try reader.list("kinds")
      } else if reader.keyIs("state") {
        state = try APIWebhookState(from: &reader)
      } else if reader.keyIs("reason") {
        if !reader.isNull() { reason = try APIWebhookReason(from: &reader) }
      } else if reader.keyIs("advice") {
        if !reader.isNull() { advice = try reader.string() }
      } else if reader.keyIs("cursor") {
        cursor = try reader.decimalText()
      } else if reader.keyIs("failures") {
        failures = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("failingSince") {
        if !reader.isNull() { failingSince = try reader.timestamp() }
      } else if reader.keyIs("nextAttemptAt") {
        if !reader.isNull() { nextAttemptAt = try reader.timestamp() }
      } else if reader.keyIs("lastStatus") {
        if !reader.isNull() { lastStatus = try reader.int() }
      } else if reader.keyIs("lastProblem") {
        if !reader.isNull() { lastProblem = try reader.string() }
      } else if reader.keyIs("deliveredAt") {
        if !reader.isNull() { deliveredAt = try reader.timestamp() }
      } else if reader.keyIs("oldSecretUntil") {
        if !reader.isNull() { oldSecretUntil = try reader.timestamp() }
      } else if reader.keyIs("createdAt") {
        createdAt = try reader.timestamp()
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

  package func write(to writer: inout JSONWriter) {
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
}

/// Webhooks, oldest first.
package struct APIWebhookList: APIValue, Hashable {
  package var webhooks: [APIWebhook]

  package init(webhooks: [APIWebhook]) {
    self.webhooks = webhooks
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var webhooks: [APIWebhook]?
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

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("webhooks")
    writer.list(webhooks)
    writer.endObject()
  }
}

/// A webhook, and its secret if it is new. It is shown this once.
package struct APIWebhookWithSecret: APIValue, Hashable, CustomStringConvertible, CustomReflectable {
  package var webhook: APIWebhook
  /// `whsec_` and base64 of 32 octets, as Standard Webhooks has it.
  package var secret: String?

  package init(webhook: APIWebhook, secret: String? = nil) {
    self.webhook = webhook
    self.secret = secret
  }

  /// Without the members: one of them is a secret.
  package var description: String { "APIWebhookWithSecret" }
  package var customMirror: Mirror { Mirror(self, children: []) }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var webhook: APIWebhook?
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

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("webhook")
    webhook.write(to: &writer)
    if let secret {
      writer.key("secret")
      writer.string(secret)
    }
    writer.endObject()
  }
}

/// What came of a test.
package struct APIWebhookTest: APIValue, Hashable {
  package var delivered: Bool
  /// The HTTP status, where there was an answer.
  package var status: Int64?
  package var problem: String?
  package var milliseconds: Int64

  package init(delivered: Bool, status: Int64? = nil, problem: String? = nil, milliseconds: Int64) {
    self.delivered = delivered
    self.status = status
    self.problem = problem
    self.milliseconds = milliseconds
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
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
        milliseconds = try reader.int(in: 0...9007199254740991)
      } else {
        try reader.skip()
      }
    }
    self.delivered = try present(delivered, "delivered")
    self.status = status
    self.problem = problem
    self.milliseconds = try present(milliseconds, "milliseconds")
  }

  package func write(to writer: inout JSONWriter) {
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
}
