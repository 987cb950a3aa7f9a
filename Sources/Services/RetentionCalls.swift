package import JSONRPC
internal import MailEngine
internal import MailStore
package import PostroomAPI

/// `retention.*`
package struct RetentionCalls: RetentionService {
  private let house: House
  package init(_ house: House) { self.house = house }

  private static let withinDaysDefault: Int64 = 30

  package func get(
    _ params: RetentionGetParams, _ context: CallContext
  ) async throws(RPCError) -> APIRetention {
    try await state(try house.tenant(context), withinDays: params.withinDays)
  }

  package func set(
    _ params: RetentionSetParams, _ context: CallContext
  ) async throws(RPCError) -> APIRetention {
    let tenant = try house.tenant(context)
    let policy = RetentionPolicy(params.policy)
    try await storing { () async throws(MailStoreError) in
      try await house.store.setRetentionPolicy(policy, tenant: tenant)
    }
    return try await state(tenant, withinDays: Self.withinDaysDefault)
  }

  package func ofMail(
    _ params: RetentionOfMailParams, _ context: CallContext
  ) async throws(RPCError) -> APIMailRetention {
    let tenant = try house.tenant(context)
    let mail: MailID = try id(params.mailId, .mailUnknown)
    let found = try await storing { () async throws(MailStoreError) in
      try await house.store.retention(of: mail, tenant: tenant)
    }
    return APIMailRetention(
      rule: APIRetentionRule(found.rule), erasesAt: found.erasesAt.map(wireTime), held: found.isHeld)
  }

  package func acceptClock(
    _ params: RetentionAcceptClockParams, _ context: CallContext
  ) async throws(RPCError) -> APIEmpty {
    try await engaging { () async throws(EngineError) in try await house.engine.acceptClock() }
    return APIEmpty()
  }

  private func state(_ tenant: TenantID, withinDays: Int64) async throws(RPCError) -> APIRetention {
    let time = house.now.adding(seconds: withinDays * 86_400)
    let (policy, rules, holds) = try await storing { () async throws(MailStoreError) in
      (
        try await house.store.retentionPolicy(tenant: tenant),
        try await house.store.retentionForecast(tenant: tenant, at: time),
        try await house.store.holds(tenant: tenant)
      )
    }
    return APIRetention(
      policy: APIRetentionPolicy(
        sequenceDays: policy.sequenceDays, timelineDays: policy.timelineDays,
        deletedDays: policy.deletedDays, metadataDays: policy.metadataDays),
      rules: rules.map {
        APIRetentionForecast(
          rule: APIRetentionRule($0.rule), mails: $0.mails, due: $0.due, nextAt: $0.nextAt.map(wireTime))
      }, holds: Int64(holds.count), clockBelieved: house.engine.isClockBelieved)
  }
}

/// `hold.*`
package struct HoldCalls: HoldService {
  private let house: House
  package init(_ house: House) { self.house = house }

  package func place(_ params: HoldPlaceParams, _ context: CallContext) async throws(RPCError) -> APIHold {
    let tenant = try house.tenant(context)
    let scope = try await PurgeCalls(house).scope(params.scope, tenant)
    switch params.scope.kind {
    case .tenant, .mailbox, .contact, .thread, .mail: break
    default:
      throw RPCError(
        .purgeScopeInvalid,
        "A hold is of kind tenant, mailbox, contact, thread or mail: what others take changes.")
    }
    return APIHold(
      try await storing { () async throws(MailStoreError) in
        try await house.store.placeHold(
          scope, reason: params.reason, by: context.principal?.name ?? "", tenant: tenant, at: house.now)
      })
  }

  package func list(_ params: HoldListParams, _ context: CallContext) async throws(RPCError) -> APIHoldList {
    let tenant = try house.tenant(context)
    let all = try await storing { () async throws(MailStoreError) in
      try await house.store.holds(tenant: tenant)
    }
    return APIHoldList(holds: all.map { APIHold($0) })
  }

  package func release(
    _ params: HoldReleaseParams, _ context: CallContext
  ) async throws(RPCError) -> APIEmpty {
    let tenant = try house.tenant(context)
    let hold: HoldID = try id(params.holdId, .holdUnknown)
    try await storing { () async throws(MailStoreError) in
      try await house.store.releaseHold(hold, tenant: tenant)
    }
    return APIEmpty()
  }
}

extension MailCalls {
  package func delete(_ params: MailDeleteParams, _ context: CallContext) async throws(RPCError) -> APIMail {
    let tenant = try house.tenant(context)
    let mail: MailID = try id(params.mailId, .mailUnknown)
    return APIMail(
      try await storing { () async throws(MailStoreError) in
        try await house.store.deleteMail(mail, tenant: tenant, at: house.now)
      })
  }

  package func restore(_ params: MailRestoreParams, _ context: CallContext) async throws(RPCError) -> APIMail
  {
    let tenant = try house.tenant(context)
    let mail: MailID = try id(params.mailId, .mailUnknown)
    return APIMail(
      try await storing { () async throws(MailStoreError) in
        try await house.store.restoreMail(mail, tenant: tenant, at: house.now)
      })
  }
}

extension RetentionPolicy {
  init(_ p: APIRetentionPolicy) {
    self.init()
    (sequenceDays, timelineDays) = (p.sequenceDays, p.timelineDays)
    (deletedDays, metadataDays) = (p.deletedDays, p.metadataDays)
  }
}

extension APIRetentionRule {
  init(_ rule: RetentionRule) {
    self =
      switch rule {
      case .deleted: .deleted
      case .metadata: .metadata
      case .timeline: .timeline
      case .sequence: .sequence
      }
  }
}

extension APIHold {
  init(_ h: Hold) {
    self.init(
      id: h.id.text, kind: APIPurgeKind(rawValue: h.kind) ?? .tenant, target: h.target, reason: h.reason,
      placedBy: h.placedBy, placedAt: wireTime(h.placedAt))
  }
}
