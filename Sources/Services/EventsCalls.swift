internal import JSON
package import JSONRPC
internal import MailEngine
internal import MailStore
package import PostroomAPI

/// `events.*` (S26)
package struct EventsCalls: EventsService {
  private let house: House
  package init(_ house: House) { self.house = house }

  package func read(_ params: EventsReadParams, _ context: CallContext) async throws(RPCError) -> APIEventPage
  {
    let tenant = try house.tenant(context)
    let after = try await house.sequence(params.after, tenant)
    let latest = house.store.latestEvent
    let events = try await house.events(tenant, after: after, limit: Int(clamping: params.limit))
    return APIEventPage(
      events: events.map(\.1), cursor: String(events.last?.0 ?? max(after, latest)), latest: String(latest))
  }

  /// Events after a number, and then each new one, until the caller goes.
  ///
  /// Holds at most one page; what the caller has no credit for stays in the store.
  package func subscribe(
    _ params: EventsSubscribeParams, _ context: CallContext, _ sink: TypedSink<APIEvent>
  ) async throws(RPCError) {
    let tenant = try house.tenant(context)
    var seen = try await house.sequence(params.after, tenant)
    while !Task.isCancelled {
      let latest = house.store.latestEvent
      let events = try await house.events(tenant, after: seen, limit: 100)
      for (seq, event) in events {
        try await sink.send(event)
        seen = seq
      }
      if events.isEmpty {
        // All numbers up to `latest` are other tenants'.
        seen = max(seen, latest)
        _ = await house.engine.changes.wait(after: seen)
      }
    }
  }
}

extension House {
  /// A number above the newest event is refused, and one that only a lost database can have given: the store was put back
  /// from a backup, or the caller asks another server, and events would be missed in silence.
  func sequence(_ text: String?, _ tenant: TenantID) async throws(RPCError) -> Int64 {
    guard let text else { return 0 }
    guard let seq = Int64(text), seq >= 0 else {
      throw RPCError(.eventsCursorInvalid, "after is the seq of an event, or 0.")
    }
    if store.isLostEvent(seq) {
      throw RPCError(
        .eventsCursorTooOld,
        "Events after \(seq) were lost: the server's data were restored from a backup. Read again what you keep, then go on "
          + "from newest, or from 0 with all events that are kept.", try await bounds(tenant))
    }
    if seq <= store.latestEvent { return seq }
    // An event can be read a moment before it counts as the latest.
    let itself = try await storing { () async throws(MailStoreError) in
      try await store.events(tenant: tenant, after: seq - 1, limit: 1)
    }
    if itself.first?.seq == seq { return seq }
    throw RPCError(
      .eventsCursorInvalid,
      "There is no event \(seq) yet. If the server was restored from a backup, read again from 0.",
      try await bounds(tenant))
  }

  /// The oldest event of the tenant that is kept, 0 when there is none, and the newest number there is.
  private func bounds(_ tenant: TenantID) async throws(RPCError) -> JSONValue {
    let newest = store.latestEvent
    let first = try await storing { () async throws(MailStoreError) in
      try await store.events(tenant: tenant, after: 0, limit: 1)
    }
    return ["oldest": .string(String(first.first?.seq ?? 0)), "newest": .string(String(newest))]
  }

  /// Events as callers see them, with the mails that they are about, as far as those are still there. No bodies.
  func events(
    _ tenant: TenantID, after: Int64, limit: Int
  ) async throws(RPCError) -> [(Int64, APIEvent)] {
    let events = try await storing { () async throws(MailStoreError) in
      try await store.events(tenant: tenant, after: after, limit: limit)
    }
    var out: [(Int64, APIEvent)] = []
    out.reserveCapacity(events.count)
    for event in events {
      var mail: Mail?
      if let id = event.mailID {
        // Purged since: the event stays, its mail is gone.
        do { mail = try await store.mail(id, tenant: tenant) } catch .notFound {} catch {
          throw RPCError(error)
        }
      }
      out.append((event.seq, APIEvent(event, mail: mail)))
    }
    return out
  }
}
