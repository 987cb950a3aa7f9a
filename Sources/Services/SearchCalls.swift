package import JSONRPC
internal import MailStore
package import PostroomAPI

extension MailCalls {
  package func search(
    _ params: MailSearchParams, _ context: CallContext
  ) async throws(RPCError) -> APIMailSearchPage {
    let tenant = try house.tenant(context)
    var query = SearchQuery()
    query.text = params.text
    query.mailbox = try id(params.mailboxId, .mailboxUnknown)
    query.thread = try id(params.threadId, .threadUnknown)
    query.record = params.record.map { RecordRef($0) }
    (query.contact, query.from, query.to) = (params.contact, params.from, params.to)
    query.after = try time(params.after, "after")
    query.before = try time(params.before, "before")
    query.hasAttachment = params.hasAttachment
    query.limit = limit(params.limit)
    query.below = try PageCursor.read(params.cursor, count: 1).map { MailID($0[0]) }
    let asked = query
    let page = try await storing { () async throws(MailStoreError) in
      try await house.store.search(asked, tenant: tenant)
    }
    let cursor = page.mails.count == asked.limit ? page.mails.last.map { PageCursor.make($0.id.value) } : nil
    return APIMailSearchPage(
      mails: page.mails.map { APIMail($0) }, cursor: cursor, complete: page.isComplete)
  }
}

extension APISearchLevel {
  init(_ level: SearchLevel) {
    self =
      switch level {
      case .off: .off
      case .metadata: .metadata
      case .full: .full
      }
  }
}

extension SearchLevel {
  init(_ level: APISearchLevel) {
    self =
      switch level {
      case .off: .off
      case .metadata: .metadata
      case .full: .full
      }
  }
}
