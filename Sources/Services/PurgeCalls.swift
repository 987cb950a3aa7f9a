package import JSONRPC
internal import MailEngine
internal import MailStore
package import PostroomAPI
internal import Sealing

/// `purge.*`
package struct PurgeCalls: PurgeService {
  private let house: House
  package init(_ house: House) { self.house = house }

  package func preview(
    _ params: PurgePreviewParams, _ context: CallContext
  ) async throws(RPCError) -> APIPurgeCounts {
    let tenant = try house.tenant(context)
    let scope = try await scope(params.scope, tenant)
    return APIPurgeCounts(
      try await storing { () async throws(MailStoreError) in
        try await house.store.previewPurge(scope, tenant: tenant)
      })
  }

  package func run(_ params: PurgeRunParams, _ context: CallContext) async throws(RPCError) -> APIPurge {
    let tenant = try house.tenant(context)
    let scope = try await scope(params.scope, tenant)
    return APIPurge(
      try await engaging { () async throws(EngineError) in
        try await house.engine.purge(scope, tenant: tenant, by: context.principal?.name ?? "")
      })
  }

  package func status(_ params: PurgeStatusParams, _ context: CallContext) async throws(RPCError) -> APIPurge
  {
    let tenant = try house.tenant(context)
    let id: PurgeID = try id(params.purgeId, .purgeUnknown)
    return APIPurge(
      try await storing { () async throws(MailStoreError) in try await house.store.purge(id, tenant: tenant) }
    )
  }

  package func receipts(
    _ params: PurgeReceiptsParams, _ context: CallContext
  ) async throws(RPCError) -> APIPurgePage {
    let tenant = try house.tenant(context)
    let before = try PageCursor.read(params.cursor, count: 1).map { PurgeID($0[0]) }
    let full = limit(params.limit)
    let purges = try await storing { () async throws(MailStoreError) in
      try await house.store.purges(tenant: tenant, before: before, limit: full)
    }
    return APIPurgePage(
      receipts: purges.map { APIPurge($0) },
      cursor: purges.count == full ? purges.last.map { PageCursor.make($0.id.value) } : nil)
  }

  package func publicKey(
    _ params: PurgePublicKeyParams, _ context: CallContext
  ) async throws(RPCError) -> APIReceiptKey {
    let key = house.store.receiptVerifyingKey
    return APIReceiptKey(keyId: key.id, algorithm: "Ed25519", publicKey: key.pem)
  }

  /// Exactly the member that the kind needs must be there, and what it names must exist.
  func scope(_ s: APIPurgeScope, _ tenant: TenantID) async throws(RPCError) -> PurgeScope {
    let given = [
      ("mailboxId", s.mailboxId != nil), ("email", s.email != nil), ("threadId", s.threadId != nil),
      ("mailId", s.mailId != nil), ("before", s.before != nil), ("record", s.record != nil),
    ].filter(\.1).map(\.0)
    let needed: [String] =
      switch s.kind {
      case .tenant: []
      case .mailbox: ["mailboxId"]
      case .contact: ["email"]
      case .thread: ["threadId"]
      case .mail: ["mailId"]
      case .age: ["before"]
      case .record: ["record"]
      case .retention:
        throw RPCError(.purgeScopeInvalid, "A retention is the server's own. Use retention.set.")
      }
    guard given == needed else {
      let wanted = needed.first.map { "needs \($0) and nothing else" } ?? "takes no other member"
      throw RPCError(.purgeScopeInvalid, "A scope of kind \(s.kind.rawValue) \(wanted).")
    }
    switch s.kind {
    case .tenant: return .tenant
    case .contact: return .contact(email: s.email ?? "")
    case .record: return .record(s.record.map { RecordRef($0) } ?? RecordRef(type: "", key: ""))
    case .retention: throw RPCError(.purgeScopeInvalid, "A retention is the server's own.")
    case .age: return .olderThan(try time(s.before, "before") ?? house.now)
    case .mailbox:
      let wanted: MailboxID = try id(s.mailboxId ?? "", .mailboxUnknown)
      return try await storing { () async throws(MailStoreError) in
        .mailbox(try await house.store.mailbox(wanted, tenant: tenant).id)
      }
    case .thread:
      let wanted: ThreadID = try id(s.threadId ?? "", .threadUnknown)
      return try await storing { () async throws(MailStoreError) in
        .thread(try await house.store.thread(wanted, tenant: tenant).id)
      }
    case .mail:
      let wanted: MailID = try id(s.mailId ?? "", .mailUnknown)
      return try await storing { () async throws(MailStoreError) in
        .mail(try await house.store.mail(wanted, tenant: tenant).id)
      }
    }
  }
}
