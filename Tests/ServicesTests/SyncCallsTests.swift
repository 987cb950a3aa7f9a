import JSONRPC
import MailEngine
import MailStore
import PostroomAPI
import Services
import Synchronization
import Testing

@Suite("sync.*", .timeLimit(.minutes(1)))
struct SyncCallsTests {
  @Test func `A stream of progress ends in order when its mailbox is deleted`() async throws {
    try await ServiceHouse.run { all in
      let mailbox = try await all.mailbox(all.ours)
      let context = all.context(all.ours)
      await all.house.engine.start()
      let count = Mutex(0)
      let sink = TypedSink<APISyncStatus>(
        StreamSink(subscription: "s") { _ in count.withLock { $0 += 1 } })
      let calls = SyncCalls(all.house)
      let watch = Task {
        await reason { () throws(RPCError) in
          try await calls.watch(SyncWatchParams(mailboxId: mailbox.id.text), context, sink)
        }
      }
      while count.withLock({ $0 }) < 2 { try await Task.sleep(for: .milliseconds(5)) }
      _ = try await MailboxCalls(all.house).delete(
        MailboxDeleteParams(mailboxId: mailbox.id.text), context)
      #expect(await watch.value == nil)
      #expect(try await all.store.mailboxes(tenant: all.ours).isEmpty)
    }
  }

  @Test func `Progress is told a few times a second, the newest last`() async throws {
    try await ServiceHouse.run { all in
      let mailbox = try await all.mailbox(all.ours)
      let texts = Mutex<[String]>([])
      let sink = TypedSink<APISyncStatus>(
        StreamSink(subscription: "s") { bytes in
          let text = String(decoding: bytes, as: UTF8.self)
          texts.withLock { $0.append(text) }
        })
      let (calls, context) = (SyncCalls(all.house), all.context(all.ours))
      let watch = Task {
        try? await calls.watch(SyncWatchParams(mailboxId: mailbox.id.text), context, sink)
      }
      while texts.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(5)) }
      await all.publish(mailbox.id, stored: 1...300)
      while texts.withLock({ !($0.last ?? "").contains("\"stored\":300") }) {
        try await Task.sleep(for: .milliseconds(5))
      }
      #expect(texts.withLock { $0.count } < 30)
      watch.cancel()
      await watch.value
    }
  }
}
