import InMemoryTracing
import MailSim
import SASL
import Synchronization
import Testing
import Tracing

@testable import MailEngine
@testable import MailStore

@Suite("Spans and steps of the engine's work", .timeLimit(.minutes(1)), .serialized)
struct TraceTests {
  /// The spans that ended, by name.
  private func spans(_ tracer: InMemoryTracer) -> [String: [FinishedInMemorySpan]] {
    Dictionary(grouping: tracer.finishedSpans, by: \.operationName)
  }

  private func text(_ span: FinishedInMemorySpan, _ name: String) -> String {
    span.attributes.get(name).map { "\($0)" } ?? ""
  }

  @Test func `Connecting is two spans of the call's, and its steps are told in order`() async throws {
    let tracer = InMemoryTracer()
    try await Stage.run(tracer: tracer) { stage in
      let steps = Mutex<[String]>([])
      let call = tracer.startSpan("call", context: .topLevel)
      try await InstrumentationContext.withValue(call.context) {
        _ = try await stage.engine.connect(stage.connectRequest()) { step in
          steps.withLock { $0.append("\(step.server.rawValue).\(step.step.rawValue)") }
        }
      }
      #expect(
        steps.withLock { $0 } == [
          "imap.resolve", "imap.connect", "imap.tls", "imap.greeting", "imap.login", "imap.list",
          "smtp.resolve", "smtp.connect", "smtp.tls", "smtp.greeting", "smtp.login",
        ])
      for name in ["imap connect", "smtp connect"] {
        let span = try #require(spans(tracer)[name]?.first { $0.parentSpanID == call.spanID })
        #expect(span.traceID == call.traceID && span.kind == .client)
        #expect(text(span, "server.address").contains("127.0.0.1"))
      }
    }
  }

  @Test func `A failure is told by its kind, without a word of the server's or a name`() async throws {
    let tracer = InMemoryTracer()
    try await Stage.run(tracer: tracer) { stage in
      var request = stage.connectRequest()
      request.password = Secret("canary-5521")
      await #expect(throws: EngineError.self) { try await stage.engine.connect(request) }
      let span = try #require(spans(tracer)["imap connect"]?.last)
      #expect(text(span, "error.type").contains("authenticationFailed"))
      #expect(text(span, "postroom.step").contains("login") && span.errors.isEmpty)
      var all = ""
      for span in tracer.finishedSpans { span.attributes.forEach { all += "\($0)=\($1) " } }
      #expect(!all.contains("canary") && !all.contains("alice"))
    }
  }

  @Test func `A mail is sent in the trace of who asked for it`() async throws {
    let tracer = InMemoryTracer()
    try await Stage.run(tracer: tracer) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      let call = tracer.startSpan("call", context: .topLevel)
      let created = try await InstrumentationContext.withValue(call.context) {
        try await stage.engine.send(stage.request(mailbox.id))
      }
      _ = try await stage.reaches(created.submission.id, .accepted)
      try await stage.until("the attempt's span ended") { spans(tracer)["mail send"] != nil }
      let send = try #require(spans(tracer)["mail send"]?.first)
      #expect(send.traceID == call.traceID && send.parentSpanID == call.spanID)
      // The connection that the attempt opened is its child.
      #expect(spans(tracer)["smtp connect"]?.contains { $0.parentSpanID == send.spanID } == true)
    }
  }

  @Test func `A sync that was asked for is a span of who asked, others are none`() async throws {
    let tracer = InMemoryTracer()
    try await Stage.run(tracer: tracer) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      #expect(spans(tracer)["sync folders"] == nil)
      try stage.deliver("fresh@x")
      let call = tracer.startSpan("call", context: .topLevel)
      let done = await InstrumentationContext.withValue(call.context) {
        (try? await stage.engine.syncRound(mailbox.id)) == .done
      }
      #expect(done)
      #expect(try await stage.mails("fresh@x").count == 1, "the round ended before the mail was read")
      let span = try #require(spans(tracer)["sync folders"]?.first)
      #expect(span.traceID == call.traceID && span.parentSpanID == call.spanID)
    }
  }

  @Test func `A round waits for the first reading, and ends with its mailbox`() async throws {
    try await Stage.run(sim: { $0.messages = 400 }) { stage in
      let mailbox = try await stage.connect()
      #expect(try await stage.engine.syncRound(mailbox.id) == .done)
      #expect(
        try await stage.store.folders(mailbox.id).filter(\.syncs).allSatisfy { ($0.cursor?.low ?? 9) <= 1 })
      // Nothing is answered any more: whoever waits is let go when the mailbox is turned off.
      stage.sim.add(Fault(.imap, "SELECT", times: 1000, .delay(milliseconds: 60_000)))
      let waiter = Task { try await stage.engine.syncRound(mailbox.id) }
      _ = try await stage.engine.disconnect(mailbox.id, tenant: stage.tenant)
      #expect(try await waiter.value == .unread)
      #expect(try await stage.engine.syncRound(mailbox.id) == .unread)
    }
  }
}
