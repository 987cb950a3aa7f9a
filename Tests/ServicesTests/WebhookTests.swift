import Bytes
import JSON
import JSONRPC
import Logging
import MailEngine
import MailStore
import PostroomAPI
import Sealing
import Sockets
import Testing

@testable import Services

@Suite("webhook.*", .timeLimit(.minutes(1)))
struct WebhookTests {
  private static var options: WebhookOptions {
    var options = WebhookOptions()
    options.addressPolicy = .any
    options.allowsPlain = true
    options.answerSeconds = 1
    options.backoff = BackoffPolicy(firstMilliseconds: 5, maxMilliseconds: 20)
    return options
  }

  private static func runner(_ all: ServiceHouse, _ options: WebhookOptions = Self.options) throws
    -> WebhookRunner
  {
    var log = Logger(label: "test")
    log.logLevel = .critical
    return try WebhookRunner(all.house, options: options, logger: log)
  }

  /// Runs deliveries while `body` runs.
  private static func running(_ runner: WebhookRunner, _ body: () async throws -> Void) async throws {
    let task = Task { await runner.run() }
    let result: Result<Void, any Error>
    do { result = .success(try await body()) } catch { result = .failure(error) }
    task.cancel()
    await task.value
    try result.get()
  }

  private static func eventually(_ what: String, _ isSo: () async throws -> Bool) async throws {
    for _ in 0..<4000 {
      if try await isSo() { return }
      try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("never: \(what)")
  }

  private static func events(_ all: ServiceHouse, _ box: MailboxID, _ count: Int) async throws {
    for i in 0..<count {
      try await all.store.noteSyncCompleted(box, at: Timestamp(milliseconds: Int64(i)))
    }
  }

  private static func sequences(_ hook: HookListener) throws -> [String] {
    try hook.requests.map { try #require(JSONValue(parsing: $0.body)["data"]?["seq"]?.string) }
  }

  @Test func `events come in order, as CloudEvents, with a signature that verifies`() async throws {
    try await ServiceHouse.run { all in
      try await HookListener.run({ _, _ in .status(204) }) { hook in
        let runner = try Self.runner(all)
        let calls = WebhookCalls(runner)
        let box = try await all.mailbox(all.ours)
        let theirs = try await all.mailbox(all.theirs)
        let made = try await calls.create(.init(url: hook.url, after: "0"), all.context(all.ours))
        let secret = try #require(made.secret)
        try await Self.events(all, theirs.id, 3)
        try await Self.events(all, box.id, 20)
        let wanted = try await all.store.events(tenant: all.ours, after: 0, limit: 1000)
        try await Self.running(runner) {
          try await Self.eventually("all arrived") { hook.requests.count >= wanted.count }
        }
        #expect(try Self.sequences(hook) == wanted.map { String($0.seq) })
        #expect(runner.figures.delivered == wanted.count && runner.figures.failed == 0)
        for (request, event) in zip(hook.requests, wanted) {
          let value = try JSONValue(parsing: request.body)
          #expect(request.fields["content-type"] == "application/cloudevents+json")
          #expect(
            value["specversion"]?.string == "1.0" && value["datacontenttype"]?.string == "application/json")
          #expect(value["source"]?.string == "/postroom/tenants/\(all.ours)")
          #expect(value["type"]?.string == "postroom.\(event.type.rawValue)")
          #expect(value["subject"]?.string == event.mailboxID?.text)
          #expect(value["sequence"]?.string?.count == 19)
          let id = try #require(request.fields["webhook-id"])
          #expect(value["id"]?.string == id && id.hasPrefix("\(event.seq)-"))
          let stamp = try #require(request.fields["webhook-timestamp"])
          let key = try #require(Base64.decode(secret.dropFirst(6).utf8))
          let mac = Digest.hmacSHA256(key: key, Array("\(id).\(stamp).".utf8) + request.body)
          #expect(request.fields["webhook-signature"] == "v1,\(Base64.encodeString(mac))")
        }
      }
    }
  }

  /// What an endpoint can do wrong, and how often it is asked until the event is taken.
  static let faults: [(name: String, answer: HookListener.Answer, asked: Int)] = [
    ("500", .status(500), 2), ("429", .status(429, "Retry-After: 0\r\n"), 2), ("404", .status(404), 2),
    ("redirect", .status(302, "Location: http://127.0.0.1:9/\r\n"), 2), ("closes", .close, 2),
    ("silent", .silence, 2), ("cut in the head", .text("HTTP/1.1 200 O"), 2),
    ("no HTTP", .text("220 mail.example ESMTP\r\n"), 2),
    ("endless head", .giant("HTTP/1.1 200 OK\r\nX: ", octets: 1 << 20), 2),
    ("giant body", .giant("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", octets: 1 << 22), 1),
    ("cut in the body", .text("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc"), 1),
    ("interim", .text("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"), 1),
  ]

  @Test(arguments: faults.indices)
  func `what goes wrong once is tried again, and nothing is lost or out of order`(index: Int) async throws {
    let fault = Self.faults[index]
    try await ServiceHouse.run { all in
      try await HookListener.run({ n, _ in n == 0 ? fault.answer : .status(200) }) { hook in
        let runner = try Self.runner(all)
        let box = try await all.mailbox(all.ours)
        let made = try await WebhookCalls(runner).create(
          .init(url: hook.url), all.context(all.ours))
        try await Self.events(all, box.id, 3)
        let wanted = try await all.store.events(
          tenant: all.ours, after: try #require(Int64(made.webhook.cursor)), limit: 10)
        try await Self.running(runner) {
          try await Self.eventually(fault.name) { hook.requests.count >= wanted.count + fault.asked - 1 }
          try await Self.eventually("the cursor moves") {
            try await all.store.webhooks(tenant: all.ours)[0].cursor == wanted.last?.seq
          }
        }
        let seen = try Self.sequences(hook)
        #expect(seen.count == 3 + fault.asked - 1, "\(fault.name)")
        #expect(Array(seen.suffix(3)) == wanted.map { String($0.seq) }, "\(fault.name)")
        if fault.asked == 2 {
          #expect(hook.requests[0].fields["webhook-id"] == hook.requests[1].fields["webhook-id"])
        }
      }
    }
  }

  @Test func `Retry-After is honoured, in seconds and as a date`() {
    let at = Timestamp(milliseconds: 784_111_777_000)
    for (text, seconds) in [
      ("0", 0), ("120", 120), ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sun, 06 Nov 1994 08:50:37 GMT", 60),
      ("Tue, 29 Feb 2000 00:00:00 GMT", 167_670_623), ("Sat, 05 Nov 1994 08:49:37 GMT", 0), ("-1", nil),
      ("", nil), ("soon", nil),
      ("99999999999", nil), ("Sun, 06 Nov 1994 8h", nil), ("Sun, 32 Nov 1994 08:49:37 GMT", nil),
    ] as [(String, Int64?)] {
      #expect(RetryAfter.seconds(text, at: at) == seconds, "\(text)")
    }
  }

  @Test func `410 turns it off, and failures for too long park it; both can be replayed`() async throws {
    for (answer, state, reason) in [
      (HookListener.Answer.status(410), WebhookState.off, WebhookReason.gone),
      (.status(503), .parked, .failing),
    ] {
      try await ServiceHouse.run { all in
        let late = 6
        try await HookListener.run({ n, _ in n < late && (state == .parked || n == 0) ? answer : .status(200)
        }) { hook in
          var options = Self.options
          options.giveUpSeconds = 0
          let runner = try Self.runner(all, options)
          let calls = WebhookCalls(runner)
          let c = all.context(all.ours)
          let box = try await all.mailbox(all.ours)
          let made = try await calls.create(.init(url: hook.url), c)
          try await Self.events(all, box.id, 2)
          try await Self.running(runner) {
            try await Self.eventually("it is left alone") {
              try await all.store.webhooks(tenant: all.ours)[0].state != .active
            }
            let told = try await calls.get(.init(webhookId: made.webhook.id), c)
            #expect(told.state.rawValue == state.rawValue && told.reason?.rawValue == reason.rawValue)
            #expect(told.advice != nil && told.lastStatus != nil && told.cursor == made.webhook.cursor)
            let events = try await all.store.events(tenant: all.ours, after: 0, limit: 100)
            #expect(events.last?.type == .webhookState)
            #expect(
              events.last?.facts == [
                "webhook": made.webhook.id, "state": state.rawValue, "reason": reason.rawValue,
              ])
            let asked = hook.requests.count
            // It is asked again when somebody wants it, however often it is parked anew meanwhile.
            try await Self.eventually("all arrived") {
              let now = try await all.store.webhooks(tenant: all.ours)[0]
              if now.state != .active {
                _ = try await calls.replay(.init(webhookId: made.webhook.id, after: made.webhook.cursor), c)
              }
              return now.state == .active && now.cursor >= events[events.count - 1].seq
            }
            #expect(hook.requests.count > asked)
          }
        }
      }
    }
  }

  @Test func `only wanted kinds come, two secrets sign after a change, and a restart goes on`() async throws {
    try await ServiceHouse.run { all in
      try await HookListener.run({ _, _ in .status(200) }) { hook in
        let runner = try Self.runner(all)
        let calls = WebhookCalls(runner)
        let c = all.context(all.ours)
        let made = try await calls.create(.init(url: hook.url, kinds: [.mailboxConnected], after: "0"), c)
        let box = try await all.mailbox(all.ours)
        try await Self.events(all, box.id, 5)
        let changed = try await calls.update(.init(webhookId: made.webhook.id, rotateSecret: true), c)
        let latest = all.store.latestEvent
        try await Self.running(runner) {
          try await Self.eventually("unwanted ones are passed over") {
            try await all.store.webhooks(tenant: all.ours)[0].cursor == latest
          }
        }
        #expect(hook.requests.count == 1)
        let request = hook.requests[0]
        let signed =
          Array("\(request.fields["webhook-id"] ?? "").\(request.fields["webhook-timestamp"] ?? "").".utf8)
          + request.body
        let signatures = [changed.secret, made.secret].map { secret in
          "v1," + Base64.encodeString(Digest.hmacSHA256(key: WebhookSecret.key(secret ?? ""), signed))
        }
        #expect(made.secret != changed.secret)
        #expect(request.fields["webhook-signature"] == signatures.joined(separator: " "))
        // Another runner, as after a restart, knows how far the first one was.
        _ = try await all.mailbox(all.ours, "bob@acme.example")
        let next = try Self.runner(all)
        try await Self.running(next) {
          try await Self.eventually("the next one") { hook.requests.count >= 2 }
        }
        #expect(hook.requests.count == 2)
      }
    }
  }

  @Test func `addresses that may not be reached are not, and foreign webhooks are unknown`() async throws {
    try await ServiceHouse.run { all in
      try await HookListener.run({ _, _ in .status(200) }) { hook in
        let (ours, theirs) = (all.context(all.ours), all.context(all.theirs))
        // As it is by default: the open internet, encrypted.
        let strict = WebhookCalls(try Self.runner(all, WebhookOptions()))
        for url in [
          hook.url, "ftp://a.example", "https://u:p@a.example/", "https://a.example/#x", "https://",
        ] {
          #expect(
            await reason { () throws(RPCError) in try await strict.create(.init(url: url), ours) }
              == "webhook.urlInvalid", "\(url)")
        }
        for url in [
          "https://127.0.0.1:\(hook.listener.port)/", "https://[::1]/", "https://169.254.169.254/",
          "https://localhost:\(hook.listener.port)/", "https://2130706433/",
        ] {
          let made = try await strict.create(.init(url: url), ours)
          let test = try await strict.test(.init(webhookId: made.webhook.id), ours)
          #expect(!test.delivered && test.status == nil, "\(url)")
          #expect(
            await reason { () throws(RPCError) in
              try await strict.get(.init(webhookId: made.webhook.id), theirs)
            } == "webhook.unknown")
          _ = try await strict.delete(.init(webhookId: made.webhook.id), ours)
        }
        #expect(hook.requests.isEmpty)
        let open = WebhookCalls(try Self.runner(all))
        let made = try await open.create(.init(url: hook.url), ours)
        let test = try await open.test(.init(webhookId: made.webhook.id), ours)
        #expect(test.delivered && test.status == 200 && hook.requests.count == 1)
        for _ in 1..<20 { _ = try await open.create(.init(url: hook.url), ours) }
        #expect(
          await reason { () throws(RPCError) in try await open.create(.init(url: hook.url), ours) }
            == "limit.webhooks")
      }
    }
  }
}
