package import JSONRPC
internal import MailEngine
internal import MailStore
package import PostroomAPI

/// `thread.*`
package struct ThreadCalls: ThreadService {
  private let house: House
  package init(_ house: House) { self.house = house }

  package func lookup(
    _ params: ThreadLookupParams, _ context: CallContext
  ) async throws(RPCError) -> APIThreadPage {
    let tenant = try house.tenant(context)
    guard
      params.messageId != nil || params.mailId != nil || params.threadId != nil || params.contact != nil
        || params.subject != nil || params.record != nil
    else {
      throw RPCError(
        .threadNoCriterion, "Name what to look for: messageId, mailId, threadId, contact, record or subject.")
    }
    if let wanted: ThreadID = try id(params.threadId, .threadUnknown) { return try await one(wanted, tenant) }
    if let mailID: MailID = try id(params.mailId, .mailUnknown) {
      let mail = try await storing { () async throws(MailStoreError) in
        try await house.store.mail(mailID, tenant: tenant)
      }
      guard let thread = mail.threadID else { return APIThreadPage(threads: [], cursor: nil) }
      return try await one(thread, tenant)
    }
    var query = ThreadQuery()
    query.messageID = params.messageId.map(bareMessageID)
    query.contact = params.contact
    query.subject = params.subject
    query.record = params.record.map { RecordRef($0) }
    query.mailbox = try id(params.mailboxId, .mailboxUnknown)
    return try await page(query, params.cursor, params.limit, tenant)
  }

  package func get(_ params: ThreadGetParams, _ context: CallContext) async throws(RPCError)
    -> APIThreadDetail
  {
    let tenant = try house.tenant(context)
    let id: ThreadID = try id(params.threadId, .threadUnknown)
    let (thread, mails, records) = try await storing { () async throws(MailStoreError) in
      (
        try await house.store.thread(id, tenant: tenant),
        try await house.store.threadMails(id, tenant: tenant),
        try await house.store.records(of: .thread(id), tenant: tenant)
      )
    }
    var details: [APIMailDetail] = []
    for mail in mails { details.append(try await house.detail(mail)) }
    return APIThreadDetail(
      thread: APIThread(thread), mails: details, records: records.map { APIRecordRef($0) })
  }

  package func list(_ params: ThreadListParams, _ context: CallContext) async throws(RPCError)
    -> APIThreadPage
  {
    let tenant = try house.tenant(context)
    var query = ThreadQuery()
    query.mailbox = try id(params.mailboxId, .mailboxUnknown)
    query.contact = params.contact
    query.trackedOnly = params.trackedOnly
    return try await page(query, params.cursor, params.limit, tenant)
  }

  package func track(_ params: ThreadTrackParams, _ context: CallContext) async throws(RPCError) -> APIThread
  {
    let tenant = try house.tenant(context)
    let id = try await mail(params, tenant)
    return APIThread(
      try await engaging { () async throws(EngineError) in try await house.engine.track(id, tenant: tenant) })
  }

  package func untrack(_ params: ThreadUntrackParams, _ context: CallContext) async throws(RPCError)
    -> APIThread
  {
    let tenant = try house.tenant(context)
    let id: ThreadID = try id(params.threadId, .threadUnknown)
    return APIThread(
      try await storing { () async throws(MailStoreError) in
        try await house.store.untrack(id, tenant: tenant, at: house.now)
      })
  }

  package func split(_ params: ThreadSplitParams, _ context: CallContext) async throws(RPCError) -> APIThread
  {
    let tenant = try house.tenant(context)
    let id: MailID = try id(params.mailId, .mailUnknown)
    do {
      return APIThread(try await house.store.split(id, tenant: tenant, at: house.now))
    } catch .conflict("whole") {
      throw RPCError(
        .threadNotSplit, "All mails of the thread answer this one: there is nothing to split.")
    } catch .conflict("untracked") {
      throw RPCError(.threadNotSplit, "This mail is in no thread.")
    } catch {
      throw RPCError(error)
    }
  }

  package func merge(_ params: ThreadMergeParams, _ context: CallContext) async throws(RPCError) -> APIThread
  {
    let tenant = try house.tenant(context)
    let id: ThreadID = try id(params.threadId, .threadUnknown)
    let other: ThreadID = try self.other(params.intoThreadId)
    return APIThread(
      try await storing { () async throws(MailStoreError) in
        try await house.store.merge(id, into: other, tenant: tenant, at: house.now)
      })
  }

  private func other(_ text: String) throws(RPCError) -> ThreadID { try id(text, .threadUnknown) }

  /// The mail to track: the row that is logged already, if one of those with the Message-ID is.
  private func mail(_ params: ThreadTrackParams, _ tenant: TenantID) async throws(RPCError) -> MailID {
    guard (params.mailId == nil) != (params.messageId == nil) else {
      throw RPCError(.threadNoCriterion, "Name either mailId or messageId.")
    }
    if let id: MailID = try id(params.mailId, .mailUnknown) { return id }
    var query = MailQuery()
    query.messageID = params.messageId.map(bareMessageID)
    query.loggedOnly = false
    let wanted = query
    let mails = try await storing { () async throws(MailStoreError) in
      try await house.store.mails(wanted, tenant: tenant)
    }
    guard let mail = mails.first(where: { $0.threadID != nil }) ?? mails.first else {
      throw RPCError(.mailUnknown, "No mailbox of this tenant has a mail with this Message-ID.")
    }
    return mail.id
  }

  private func one(_ id: ThreadID, _ tenant: TenantID) async throws(RPCError) -> APIThreadPage {
    let thread = try await storing { () async throws(MailStoreError) in
      try await house.store.thread(id, tenant: tenant)
    }
    return APIThreadPage(threads: [APIThread(thread)], cursor: nil)
  }

  private func page(
    _ query: ThreadQuery, _ cursor: String?, _ asked: Int64?, _ tenant: TenantID
  ) async throws(RPCError) -> APIThreadPage {
    var query = query
    query.limit = limit(asked)
    query.after = try PageCursor.read(cursor, count: 2).map {
      (lastMailAt: Timestamp(milliseconds: $0[0]), id: ThreadID($0[1]))
    }
    let (full, page) = (query.limit, query)
    let threads = try await storing { () async throws(MailStoreError) in
      try await house.store.threads(page, tenant: tenant)
    }
    let next =
      threads.count == full
      ? threads.last.map { PageCursor.make($0.lastMailAt.milliseconds, $0.id.value) } : nil
    return APIThreadPage(threads: threads.map { APIThread($0) }, cursor: next)
  }
}
