internal import JSON
package import JSONRPC
internal import MailEngine
internal import MailStore
package import PostroomAPI
internal import SASL

/// `mailbox.*`
package struct MailboxCalls: MailboxService {
  let house: House
  package init(_ house: House) { self.house = house }

  package func connect(
    _ params: MailboxConnectParams, _ context: CallContext
  ) async throws(RPCError) -> APIMailbox {
    guard let access = try MailboxAccess(params.password, params.oauth) else {
      throw RPCError(
        .paramsInvalid, "Give password, or oauth: how the mailbox signs in.", ["name": .string("password")])
    }
    let request = ConnectRequest(
      tenantID: try house.tenant(context), email: params.email, displayName: params.displayName,
      userName: params.userName, access: access, imap: ServerRequest(params.imap),
      smtp: ServerRequest(params.smtp))
    return APIMailbox(
      try await engaging { () async throws(EngineError) in
        try await house.engine.connect(request, watcher: context.connectWatcher)
      })
  }

  package func get(_ params: MailboxGetParams, _ context: CallContext) async throws(RPCError) -> APIMailbox {
    let mailbox = try await mailbox(params.mailboxId, context)
    var answer = APIMailbox(mailbox)
    answer.use = APIProviderUse(house.engine.accountUse(of: mailbox))
    return answer
  }

  package func list(_ params: MailboxListParams, _ context: CallContext) async throws(RPCError)
    -> APIMailboxList
  {
    let tenant = try house.tenant(context)
    let all = try await storing { () async throws(MailStoreError) in
      try await house.store.mailboxes(tenant: tenant)
    }
    return APIMailboxList(mailboxes: all.map { APIMailbox($0) })
  }

  package func probe(
    _ params: MailboxProbeParams, _ context: CallContext
  ) async throws(RPCError) -> APIMailboxProbe {
    if let id = params.mailboxId {
      guard params.imap == nil, params.password == nil, params.userName == nil, params.smtp == nil else {
        throw Self.target
      }
      let mailbox = try await mailbox(id, context)
      return APIMailboxProbe(
        try await engaging { () async throws(EngineError) in
          try await house.engine.probe(mailbox.id, tenant: mailbox.tenantID)
        })
    }
    guard let imap = params.imap, let password = params.password, let userName = params.userName else {
      throw Self.target
    }
    let request = ProbeRequest(
      userName: userName, password: Secret(password), imap: ServerRequest(imap),
      smtp: params.smtp.map { ServerRequest($0) })
    return APIMailboxProbe(
      try await engaging { () async throws(EngineError) in try await house.engine.probe(request) })
  }

  package func audit(
    _ params: MailboxAuditParams, _ context: CallContext
  ) async throws(RPCError) -> APIMailboxAudit {
    let mailbox = try await mailbox(params.mailboxId, context)
    return APIMailboxAudit(
      try await engaging { () async throws(EngineError) in
        try await house.engine.audit(mailbox.id, tenant: mailbox.tenantID)
      })
  }

  private static var target: RPCError {
    RPCError(
      .paramsInvalid, "Name either mailboxId, or imap, userName and password.", ["name": .string("mailboxId")]
    )
  }

  package func reconnect(
    _ params: MailboxReconnectParams, _ context: CallContext
  ) async throws(RPCError) -> APIMailbox {
    let mailbox = try await mailbox(params.mailboxId, context)
    let request = ReconnectRequest(
      userName: params.userName, access: try MailboxAccess(params.password, params.oauth),
      imap: params.imap.map { ServerRequest($0) }, smtp: params.smtp.map { ServerRequest($0) })
    return APIMailbox(
      try await engaging { () async throws(EngineError) in
        try await house.engine.reconnect(
          mailbox.id, tenant: mailbox.tenantID, request, watcher: context.connectWatcher)
      })
  }

  package func update(
    _ params: MailboxUpdateParams, _ context: CallContext
  ) async throws(RPCError) -> APIMailbox {
    let mailbox = try await mailbox(params.mailboxId, context)
    var change = MailboxChange(
      displayName: params.displayName, perMinute: params.sendsPerMinuteMax, perDay: params.sendsPerDayMax)
    if let given = params.identities {
      var seen: Set<String> = [mailbox.email.lowercased()]
      change.identities = given.filter { seen.insert($0.email.lowercased()).inserted }
        .map { SenderIdentity(name: $0.name, email: $0.email) }
    }
    let asked = change
    return APIMailbox(
      try await engaging { () async throws(EngineError) in
        try await house.engine.change(mailbox.id, tenant: mailbox.tenantID, asked)
      })
  }

  package func disconnect(
    _ params: MailboxDisconnectParams, _ context: CallContext
  ) async throws(RPCError) -> APIMailbox {
    let mailbox = try await mailbox(params.mailboxId, context)
    return APIMailbox(
      try await engaging { () async throws(EngineError) in
        try await house.engine.disconnect(mailbox.id, tenant: mailbox.tenantID)
      })
  }

  package func delete(_ params: MailboxDeleteParams, _ context: CallContext) async throws(RPCError)
    -> APIPurge
  {
    let mailbox = try await mailbox(params.mailboxId, context)
    return APIPurge(
      try await engaging { () async throws(EngineError) in
        try await house.engine.delete(mailbox.id, tenant: mailbox.tenantID, by: context.principal?.name ?? "")
      })
  }

  private func mailbox(_ text: String, _ context: CallContext) async throws(RPCError) -> Mailbox {
    try await house.mailbox(text, context)
  }
}

extension House {
  func mailbox(_ text: String, _ context: CallContext) async throws(RPCError) -> Mailbox {
    let tenant = try tenant(context)
    let id: MailboxID = try id(text, .mailboxUnknown)
    return try await storing { () async throws(MailStoreError) in try await store.mailbox(id, tenant: tenant)
    }
  }
}

extension CallContext {
  /// Tells the caller of each step, if it wants to know.
  fileprivate var connectWatcher: ConnectWatcher? {
    guard wantsProgress else { return nil }
    return { step in
      guard let word = APIConnectStep(rawValue: step.step.rawValue),
        let server = APIMailServer(rawValue: step.server.rawValue)
      else { return }
      await progress(
        APIConnectProgress(server: server, step: word, host: step.host, port: Int64(step.port)).json)
    }
  }
}

extension ServerRequest {
  init(_ choice: APIServerChoice) {
    self.init(
      host: choice.host, port: choice.port.map { UInt16(clamping: $0) },
      security: choice.security.map { $0 == .tls ? .tls : .startTLS })
  }
}

/// `folder.*`
package struct FolderCalls: FolderService {
  private let house: House
  package init(_ house: House) { self.house = house }

  package func list(_ params: FolderListParams, _ context: CallContext) async throws(RPCError)
    -> APIFolderList
  {
    let mailbox = try await house.mailbox(params.mailboxId, context)
    let all = try await storing { () async throws(MailStoreError) in try await house.store.folders(mailbox.id)
    }
    return APIFolderList(folders: all.map { APIFolder($0) })
  }
}
