package import JSONRPC
internal import MailEngine
internal import MailStore
package import PostroomAPI

/// `record.*`
package struct RecordCalls: RecordService {
  private let house: House
  package init(_ house: House) { self.house = house }

  package func link(_ params: RecordLinkParams, _ context: CallContext) async throws(RPCError) -> APIEmpty {
    let tenant = try house.tenant(context)
    let target = try target(params.threadId, params.mailId)
    try await storing { () async throws(MailStoreError) in
      try await house.store.link(RecordRef(params.record), to: target, tenant: tenant, at: house.now)
    }
    return APIEmpty()
  }

  package func unlink(
    _ params: RecordUnlinkParams, _ context: CallContext
  ) async throws(RPCError) -> APIEmpty {
    let tenant = try house.tenant(context)
    let target = try target(params.threadId, params.mailId)
    try await storing { () async throws(MailStoreError) in
      try await house.store.unlink(RecordRef(params.record), from: target, tenant: tenant)
    }
    return APIEmpty()
  }

  package func list(
    _ params: RecordListParams, _ context: CallContext
  ) async throws(RPCError) -> APIRecordList {
    let tenant = try house.tenant(context)
    let target = try target(params.threadId, params.mailId)
    return APIRecordList(
      records: try await storing { () async throws(MailStoreError) in
        try await house.store.records(of: target, tenant: tenant)
      }.map { APIRecordRef($0) })
  }

  package func timeline(
    _ params: RecordTimelineParams, _ context: CallContext
  ) async throws(RPCError) -> APIEngagementPage {
    let tenant = try house.tenant(context)
    var query = TimelineQuery(record: RecordRef(params.record))
    query.newestFirst = params.order != .oldest
    query.after = try PageCursor.read(params.cursor, count: 2).map { (seconds: $0[0], id: MailID($0[1])) }
    query.limit = limit(params.limit, 20)
    let page = query
    let (mails, side) = try await storing { () async throws(MailStoreError) in
      (
        try await house.store.timeline(page, tenant: tenant),
        OwnSide(rules: try await house.store.loggingRules(of: tenant))
      )
    }
    var engagements: [APIEngagement] = []
    var octets = 0
    var last: Mail?
    for mail in mails {
      let engagement = try await house.engagement(mail, side)
      octets += engagement.text.utf8.count + engagement.replyText.utf8.count
      octets += engagement.html?.utf8.count ?? 0
      if last != nil, octets > Self.pageOctetsMax { break }
      engagements.append(engagement)
      last = mail
    }
    let isWhole = engagements.count == mails.count && mails.count < page.limit
    return APIEngagementPage(
      engagements: engagements,
      cursor: isWhole ? nil : last.map { PageCursor.make($0.timelineSeconds, $0.id.value) })
  }

  /// Texts on one page, so that an answer stays well below what a message may hold.
  private static let pageOctetsMax = 8 << 20

  private func target(_ thread: String?, _ mail: String?) throws(RPCError) -> RecordTarget {
    switch (thread, mail) {
    case (let thread?, nil): return .thread(try id(thread, .threadUnknown))
    case (nil, let mail?): return .mail(try id(mail, .mailUnknown))
    default: throw RPCError(.recordTarget, "Name either threadId or mailId.")
    }
  }
}

extension RecordRef {
  init(_ record: APIRecordRef) { self.init(type: record.type, key: record.id) }
}

extension APIRecordRef {
  init(_ record: RecordRef) { self.init(type: record.type, id: record.key) }
}
