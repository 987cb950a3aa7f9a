import JSONRPC
import MailStore
import PostroomAPI
import Services
import Synchronization
import Testing

@Suite("events.*", .timeLimit(.minutes(1)))
struct EventsCallsTests {
  @Test func `A cursor above the newest event is refused, the newest one is not`() async throws {
    try await ServiceHouse.run { all in
      _ = try await all.mailbox(all.ours)
      let calls = EventsCalls(all.house)
      let context = all.context(all.ours)
      let newest = String(all.store.latestEvent)
      let page = try await calls.read(EventsReadParams(after: newest), context)
      #expect(page.events.isEmpty && page.cursor == newest)
      // A tenant without events of its own may stand where the others' events end.
      _ = try await calls.read(EventsReadParams(after: newest), all.context(all.theirs))
      for after in [String(all.store.latestEvent + 1), "9223372036854775807"] {
        #expect(
          await reason { () throws(RPCError) in
            try await calls.read(EventsReadParams(after: after), context)
          } == "events.cursorInvalid")
        let sink = TypedSink<APIEvent>(StreamSink(subscription: "s") { _ in })
        #expect(
          await reason { () throws(RPCError) in
            try await calls.subscribe(EventsSubscribeParams(after: after), context, sink)
          } == "events.cursorInvalid")
      }
    }
  }

  @Test func `A subscriber gets each event of its tenant once, in order, while many write`() async throws {
    try await ServiceHouse.run { all in
      let (ours, theirs) = (try await all.mailbox(all.ours), try await all.mailbox(all.theirs))
      let seen = Mutex<[String]>([])
      let sink = TypedSink<APIEvent>(
        StreamSink(subscription: "s") { bytes in
          let text = String(decoding: bytes, as: UTF8.self)
          seen.withLock { $0.append(text) }
        })
      let reader = Task {
        try? await EventsCalls(all.house).subscribe(
          EventsSubscribeParams(after: "0"), all.context(all.ours), sink)
      }
      let store = all.store
      await withTaskGroup(of: Void.self) { group in
        for i in 0..<400 {
          group.addTask {
            try? await store.noteSyncCompleted(
              i % 2 == 0 ? ours.id : theirs.id, at: Timestamp(milliseconds: Int64(i)))
          }
        }
      }
      let wanted = try await store.events(tenant: all.ours, after: 0, limit: 1000).map(\.seq)
      #expect(wanted.count == 201)
      while seen.withLock({ $0.count }) < wanted.count { try await Task.sleep(for: .milliseconds(5)) }
      reader.cancel()
      await reader.value
      let texts = seen.withLock { $0 }
      #expect(texts.count == wanted.count)
      for (text, seq) in zip(texts, wanted) { #expect(text.contains("\"seq\":\"\(seq)\"")) }
    }
  }
}
