import Foundation
import JSON
import JSONRPC
import Logging
import MailStore
import PostroomAPI
import Sealing
import Testing

@testable import MailEngine
@testable import Services

@Suite("events.cursorTooOld", .timeLimit(.minutes(1)))
struct EventGapTests {
  /// Two openings of one folder, with a restore between.
  @Test func `after a restore lost events are told, and those of the backup go on`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gap-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let key = MasterKey.generate()
    let now = SystemClock().now
    var store = try SQLiteMailStore.open(directory: folder, masterKey: key)
    let tenant = try await store.createTenant(name: "ours", at: now).id
    let server = ServerSettings(host: "127.0.0.1", port: 9, security: .tls)
    let box = try await store.createMailbox(
      NewMailbox(
        tenantID: tenant, email: "ann@acme.example", displayName: nil, userName: "ann",
        password: Array("secret".utf8), imap: server, smtp: server, providerFilesSentMail: false), at: now)
    let before = store.latestEvent
    let ledger = "\(folder)/\(ErasureLedger.fileName)"
    let start = try #require(try ErasureLedger.position(path: ledger))
    _ = try await store.replay(ledger: ledger, after: start, at: now) { _ in }
    await store.close()
    store = try SQLiteMailStore.open(directory: folder, masterKey: key)

    let house = House(
      store: store, engine: try MailEngine(store: store, logger: Logger(label: "test")), clock: SystemClock())
    let calls = EventsCalls(house)
    let c = CallContext(principal: Principal(tenantID: tenant.text, name: "test", scopes: ["read"]))
    let newest = store.latestEvent
    #expect(newest == before + 1_000_000_000)
    // Where the backup ended, and where the gap does, nothing is missing.
    for after in [0, before, newest] {
      _ = try await calls.read(EventsReadParams(after: String(after)), c)
    }
    for after in [before + 1, before + 50, newest - 1] {
      let sink = TypedSink<APIEvent>(StreamSink(subscription: "s") { _ in })
      do throws(RPCError) {
        try await calls.subscribe(EventsSubscribeParams(after: String(after)), c, sink)
        Issue.record("not refused: \(after)")
      } catch {
        #expect(error.reason == "events.cursorTooOld" && error.details?["newest"]?.string == String(newest))
        #expect(error.details?["oldest"]?.string == String(before))
      }
      #expect(
        await reason { () throws(RPCError) in
          try await calls.read(EventsReadParams(after: String(after)), c)
        } == "events.cursorTooOld")
    }
    try await store.noteSyncCompleted(box.id, at: now)
    let page = try await calls.read(EventsReadParams(after: String(before)), c)
    #expect(page.events.map(\.seq) == [String(newest + 1)])
    await house.engine.shutdown(within: 1)
    await store.close()
  }
}
