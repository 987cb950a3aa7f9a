internal import JSON
internal import JSONRPC
internal import Logging
internal import MailEngine
internal import MailReading
internal import MailStore
internal import PostroomAPI

/// Every error of the layers below, as callers see it. Nothing else makes errors of theirs.
extension RPCError {
  init(_ reason: APIReason, _ message: String, _ details: JSONValue? = nil, retryAfterMs: Int64? = nil) {
    self.init(
      reason.status, reason: reason.rawValue, message: message, details: details, retryAfterMs: retryAfterMs)
  }

  init(_ error: MailStoreError) {
    switch error {
    case .notFound(let what): self = Self.notFound(what)
    case .exists(let what):
      let reason: APIReason =
        switch what {
        case "tenant": .tenantExists
        case "token": .certificateExists
        default: .mailboxExists
        }
      self.init(
        reason, what == "token" ? "This certificate is registered already." : "This \(what) exists already.")
    case .keyReused:
      self.init(
        .idempotencyKeyReused,
        "This idempotency key was used before with other parameters. Use a new key for a new mail.")
    case .held:
      self.init(.purgeHeld, "A hold keeps what this would erase. See hold.list.")
    case .conflict("neverLogged"):
      self.init(
        .threadNeverLogged, "The tenant's settings say that mail with these people is never logged.")
    case .conflict("searchOff"):
      self.init(.searchOff, "The tenant's mail is not indexed. tenant.update sets search.")
    case .conflict("searchText"):
      self.init(.searchText, "text needs a word of letters or digits, and at most 32 of them.")
    case .conflict(let state):
      self.init(.storeConflict, "It is \(state) now, so this cannot be done.", ["state": .string(state)])
    case .upload(let error): self.init(error)
    case .diskFull:
      self.init(
        .storeFull, "The disk of the server is full. Nothing was changed. Make room and call again.",
        retryAfterMs: 30_000)
    case .corrupt(let words): self = Self.logged(.storeCorrupt, "The store is damaged.", words)
    case .sealing(let words): self = Self.logged(.storeCorrupt, "A sealed value cannot be opened.", words)
    case .locked(let words), .failed(let words): self = Self.logged(.internal, "The store failed.", words)
    case .newerSchema(let found, let known):
      self = Self.logged(.internal, "The store is of another version.", "schema \(found), known \(known)")
    }
  }

  init(_ error: EngineError) {
    switch error {
    case .store(let inner): self.init(inner)
    case .connectFailed(let failure): self.init(failure)
    case .invalid(let field, let reason):
      self.init(Self.reason(ofField: field), "\(field): \(reason)", ["name": .string(field)])
    case .tooLarge(let octets, let limit, let byProvider):
      let who = byProvider ? "the mailbox's provider takes" : "this server sends"
      self.init(
        .sendTooLarge, "The mail has \(octets) octets, \(who) at most \(limit). Send a link instead.",
        ["octets": .int(octets), "limit": .int(limit), "by": .string(byProvider ? "provider" : "server")])
    case .senderRefused(let email, let allowed):
      self.init(
        .sendFromRefused,
        "This mailbox does not send as \(email). It sends as \(allowed.joined(separator: ", ")); mailbox.update adds others.",
        ["email": .string(email), "allowed": .array(allowed.map { .string($0) })])
    case .notSendable(let reason): self.init(.mailboxDisconnected, reason)
    case .oauth(let problem): self.init(problem)
    case .shuttingDown:
      self.init(.serverGoingAway, "The server is stopping. Call again in a moment.", retryAfterMs: 2000)
    }
  }

  init(_ error: MailReadingError) {
    let words =
      switch error {
      case .unavailable(let words): words
      case .unreadable(let cause): cause.rawValue
      }
    self = Self.logged(.internal, "Mail cannot be parsed now.", words)
  }

  private init(_ failure: ConnectFailure) {
    let prefix = "connect.\(failure.server.rawValue)."
    let word =
      switch failure.problem {
      case .certificateExpired: "certificate.expired"
      case .certificateWrongHost: "certificate.wrongHost"
      case .certificateUntrusted: "certificate.untrusted"
      case .certificateOther: "certificate.other"
      default: failure.problem.rawValue
      }
    let reason = APIReason(rawValue: prefix + word) ?? .internal
    var details: [JSONValue.Member] = [
      .init("server", .string(failure.server.rawValue)), .init("host", .string(failure.host)),
      .init("port", .int(Int64(failure.port))), .init("step", .string(failure.step.rawValue)),
      .init("serverWords", .string(failure.serverWords)), .init("advice", .string(failure.advice)),
    ]
    if !failure.tried.isEmpty { details.append(.init("tried", .array(failure.tried.map { .string($0) }))) }
    self.init(reason, failure.summary + ". " + failure.advice, .object(details))
  }

  private static func notFound(_ what: String) -> RPCError {
    let reason: APIReason =
      switch what {
      case "mailbox", "folder": .mailboxUnknown
      case "thread": .threadUnknown
      case "record": .recordUnknown
      case "link": .recordNotLinked
      case "submission": .submissionUnknown
      case "purge": .purgeUnknown
      case "tenant": .tenantUnknown
      case "token": .tokenUnknown
      case "upload": .uploadUnknown
      case "attachment": .attachmentUnknown
      case "hold": .holdUnknown
      case "webhook": .webhookUnknown
      case "body", "raw": .mailNotLogged
      default: .mailUnknown
      }
    let text = reason == .mailNotLogged ? "No body of this mail is stored." : "There is no such \(what)."
    return RPCError(reason, text)
  }

  private static func reason(ofField field: String) -> APIReason {
    switch field {
    case "to", "cc", "bcc", "replyTo", "email", "from", "identities": .sendAddressInvalid
    case "subject", "mail", "attachments": .sendHeaderInvalid
    default: .paramsInvalid
    }
  }

  /// An error whose cause is the operator's business: the words go to the log under a number, the
  /// number to the caller.
  private static func logged(_ reason: APIReason, _ message: String, _ words: String) -> RPCError {
    let number = UInt64.random(in: 0..<1 << 48)
    let id = String(number, radix: 16)
    Logger(label: "postroom.services").error("\(message)", metadata: ["id": "\(id)", "cause": "\(words)"])
    if reason == .internal { return .internalError(logID: id) }
    return RPCError(
      reason, "\(message) The operator finds the cause in the log under \(id).", ["logId": .string(id)])
  }
}

/// Runs a call of the store and maps its error.
func storing<R>(_ body: () async throws(MailStoreError) -> R) async throws(RPCError) -> R {
  do { return try await body() } catch { throw RPCError(error) }
}

/// Runs a call of the engine and maps its error.
func engaging<R>(_ body: () async throws(EngineError) -> R) async throws(RPCError) -> R {
  do { return try await body() } catch { throw RPCError(error) }
}
