// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `retention.*`.
  public var retention: RetentionCalls { RetentionCalls(client: self) }
}

/// The methods `retention.*`.
public struct RetentionCalls: Sendable {
  let client: PostroomClient

  /// What is kept how long. The tenant's policy, and for each rule how many mails it is about, how many of
  /// them go within `withinDays`, and when the first one goes. Cost: grows with the mails of the tenant.
  /// - Parameters:
  ///   - withinDays: Count what goes within so many days.
  public func get(
    withinDays: Int64 = 30, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Retention {
    try await client.call("retention.get", repeatable: .always, options) { writer in
      if withinDays != 30 {
        writer.key("withinDays")
        writer.int(withinDays)
      }
    }
  }

  /// Decide what is kept how long. Replaces the tenant's policy as a whole. It holds for what is stored
  /// already as for what comes: `retention.get` tells at once what goes and when; the erasure begins at the
  /// next look, at the latest in an hour, and leaves a receipt of kind `retention`.
  public func set(
    policy: RetentionPolicy, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Retention {
    try await client.call("retention.set", repeatable: .always, options) { writer in
      writer.key("policy")
      policy.write(to: &writer)
    }
  }

  /// When a mail goes. Under which rule a mail is, when it is erased, and whether a hold keeps it.
  /// - Throws: with reason `mail.unknown`
  public func ofMail(
    mailId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> MailRetention {
    try await client.call("retention.ofMail", repeatable: .always, options) { writer in
      writer.key("mailId")
      writer.string(mailId)
    }
  }

  /// Say that the clock is right. Nothing is erased by age while the server's clock is behind a time that
  /// was written down: one of the two is wrong. This forgets the times written down that are still to come.
  /// What was read under them counts as younger by that, never as older.
  public func acceptClock(options: CallOptions = CallOptions()) async throws(PostroomError) {
    _ =
      try await client.call("retention.acceptClock", repeatable: .always, options) { _ in } as Nothing
  }
}

/// How long mail is kept, in days of 24 hours. The times of `sequenceDays` and `timelineDays` begin when a
/// mail is logged, that of `metadataDays` when a header is read, and that of `deletedDays` with
/// `mail.delete`.
public struct RetentionPolicy: Hashable, Sendable, JSONReadable, JSONWritable {
  /// Logged mail of origin `sequence`. Left out: until the tenant is deleted.
  public var sequenceDays: Int64?
  /// Logged mail of other origins. Left out: until it, or the tenant, is deleted.
  public var timelineDays: Int64?
  /// What was deleted is erased at the latest so long afterwards; the erasure begins up to two days before.
  public var deletedDays: Int64
  /// Headers of mail that was read from a mailbox and not logged. Never erased before.
  public var metadataDays: Int64

  public init(
    sequenceDays: Int64? = nil, timelineDays: Int64? = nil, deletedDays: Int64, metadataDays: Int64
  ) {
    self.sequenceDays = sequenceDays
    self.timelineDays = timelineDays
    self.deletedDays = deletedDays
    self.metadataDays = metadataDays
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var sequenceDays: Int64?
    var timelineDays: Int64?
    var deletedDays: Int64?
    var metadataDays: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("sequenceDays") {
        if !reader.isNull() { sequenceDays = try reader.int() }
      } else if reader.keyIs("timelineDays") {
        if !reader.isNull() { timelineDays = try reader.int() }
      } else if reader.keyIs("deletedDays") {
        deletedDays = try reader.int()
      } else if reader.keyIs("metadataDays") {
        metadataDays = try reader.int()
      } else {
        try reader.skip()
      }
    }
    self.sequenceDays = sequenceDays
    self.timelineDays = timelineDays
    self.deletedDays = try present(deletedDays, "deletedDays")
    self.metadataDays = try present(metadataDays, "metadataDays")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let sequenceDays {
      writer.key("sequenceDays")
      writer.int(sequenceDays)
    }
    if let timelineDays {
      writer.key("timelineDays")
      writer.int(timelineDays)
    }
    writer.key("deletedDays")
    writer.int(deletedDays)
    writer.key("metadataDays")
    writer.int(metadataDays)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Why a mail goes: it was `deleted`; it is `metadata` (a header that was never logged); it is logged, of a
/// `timeline` or a `sequence`.
public struct RetentionRule: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let deleted = RetentionRule(rawValue: "deleted")
  public static let metadata = RetentionRule(rawValue: "metadata")
  public static let timeline = RetentionRule(rawValue: "timeline")
  public static let sequence = RetentionRule(rawValue: "sequence")
}

/// What a rule will take.
public struct RetentionForecast: Hashable, Sendable, JSONReadable, JSONWritable {
  public var rule: RetentionRule
  /// Mails that the rule is about. Copies of a logged mail in other mailboxes go with it and are not
  /// counted.
  public var mails: Int64
  /// Those that go within the time asked about. What a hold keeps is not counted.
  public var due: Int64
  /// The time of the oldest of them is over then; missing when it never is, or is not known yet.
  public var nextAt: String?

  public init(rule: RetentionRule, mails: Int64, due: Int64, nextAt: String? = nil) {
    self.rule = rule
    self.mails = mails
    self.due = due
    self.nextAt = nextAt
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var rule: RetentionRule?
    var mails: Int64?
    var due: Int64?
    var nextAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("rule") {
        rule = try RetentionRule(from: &reader)
      } else if reader.keyIs("mails") {
        mails = try reader.int()
      } else if reader.keyIs("due") {
        due = try reader.int()
      } else if reader.keyIs("nextAt") {
        if !reader.isNull() { nextAt = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.rule = try present(rule, "rule")
    self.mails = try present(mails, "mails")
    self.due = try present(due, "due")
    self.nextAt = nextAt
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("rule")
    rule.write(to: &writer)
    writer.key("mails")
    writer.int(mails)
    writer.key("due")
    writer.int(due)
    if let nextAt {
      writer.key("nextAt")
      writer.string(nextAt)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A tenant's policy, and what follows from it.
public struct Retention: Hashable, Sendable, JSONReadable, JSONWritable {
  public var policy: RetentionPolicy
  public var rules: [RetentionForecast]
  /// Holds that stand.
  public var holds: Int64
  /// False while nothing is erased by age: the server's clock jumped, went unwatched for hours, or is
  /// behind what was written down.
  public var clockBelieved: Bool

  public init(policy: RetentionPolicy, rules: [RetentionForecast], holds: Int64, clockBelieved: Bool) {
    self.policy = policy
    self.rules = rules
    self.holds = holds
    self.clockBelieved = clockBelieved
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var policy: RetentionPolicy?
    var rules: [RetentionForecast]?
    var holds: Int64?
    var clockBelieved: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("policy") {
        policy = try reader.object("policy")
      } else if reader.keyIs("rules") {
        rules = try reader.list("rules")
      } else if reader.keyIs("holds") {
        holds = try reader.int()
      } else if reader.keyIs("clockBelieved") {
        clockBelieved = try reader.bool()
      } else {
        try reader.skip()
      }
    }
    self.policy = try present(policy, "policy")
    self.rules = try present(rules, "rules")
    self.holds = try present(holds, "holds")
    self.clockBelieved = try present(clockBelieved, "clockBelieved")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("policy")
    policy.write(to: &writer)
    writer.key("rules")
    writer.list(rules)
    writer.key("holds")
    writer.int(holds)
    writer.key("clockBelieved")
    writer.bool(clockBelieved)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// When a mail goes.
public struct MailRetention: Hashable, Sendable, JSONReadable, JSONWritable {
  public var rule: RetentionRule
  /// Missing: when the tenant is deleted; of what came within the last hour: not known yet.
  public var erasesAt: String?
  /// A hold keeps it beyond that.
  public var held: Bool

  public init(rule: RetentionRule, erasesAt: String? = nil, held: Bool) {
    self.rule = rule
    self.erasesAt = erasesAt
    self.held = held
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var rule: RetentionRule?
    var erasesAt: String?
    var held: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("rule") {
        rule = try RetentionRule(from: &reader)
      } else if reader.keyIs("erasesAt") {
        if !reader.isNull() { erasesAt = try reader.string() }
      } else if reader.keyIs("held") {
        held = try reader.bool()
      } else {
        try reader.skip()
      }
    }
    self.rule = try present(rule, "rule")
    self.erasesAt = erasesAt
    self.held = try present(held, "held")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("rule")
    rule.write(to: &writer)
    if let erasesAt {
      writer.key("erasesAt")
      writer.string(erasesAt)
    }
    writer.key("held")
    writer.bool(held)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}
