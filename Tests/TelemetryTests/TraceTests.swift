import Foundation
import JSONRPC
import Logging
import Testing
import Tracing

@testable import Telemetry

/// Spans that a tracer wrote, read back.
struct WrittenSpan {
  let traceID: String
  let spanID: String
  let parentID: String?
  let name: String
  let kind: Int
  let flags: Int
  let attributes: [String: String]
  let statusCode: Int?
  let nanoseconds: UInt64

  init(_ object: [String: Any]) throws {
    traceID = try #require(object["traceId"] as? String)
    spanID = try #require(object["spanId"] as? String)
    parentID = object["parentSpanId"] as? String
    name = try #require(object["name"] as? String)
    kind = try #require(object["kind"] as? Int)
    flags = try #require(object["flags"] as? Int)
    statusCode = (object["status"] as? [String: Any])?["code"] as? Int
    let start = try #require((object["startTimeUnixNano"] as? String).flatMap { UInt64($0) })
    let end = try #require((object["endTimeUnixNano"] as? String).flatMap { UInt64($0) })
    #expect(end >= start && start > 1_700_000_000_000_000_000)
    nanoseconds = end - start
    var all: [String: String] = [:]
    for pair in object["attributes"] as? [[String: Any]] ?? [] {
      let key = try #require(pair["key"] as? String)
      let value = try #require(pair["value"] as? [String: Any])
      #expect(value.count == 1)
      all[key] = value.values.first.map { "\($0)" }
    }
    attributes = all
  }

  /// Of lines of the collector's file format.
  static func read(_ text: String) throws -> [WrittenSpan] {
    var spans: [WrittenSpan] = []
    for line in text.split(separator: "\n") {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      for resource in try #require(object["resourceSpans"] as? [[String: Any]]) {
        #expect((resource["resource"] as? [String: Any])?["attributes"] != nil)
        for scope in try #require(resource["scopeSpans"] as? [[String: Any]]) {
          #expect(scope["scope"] != nil)
          for span in try #require(scope["spans"] as? [[String: Any]]) { spans.append(try WrittenSpan(span)) }
        }
      }
    }
    return spans
  }
}

/// Runs `body` with a tracer; what it wrote.
func traced(ratio: Double = 1, _ body: (OTLPTracer) async throws -> Void) async throws -> [WrittenSpan] {
  let file = try TestFile()
  let writer = OTLPTracer.writer(
    descriptor: file.descriptor,
    service: .init(name: "postroomd", version: "1.2.3", instance: "i", processID: 7))
  try await body(OTLPTracer(writer: writer, ratio: ratio))
  writer.flush(milliseconds: 10_000)
  return try WrittenSpan.read(file.text)
}

@Suite(.timeLimit(.minutes(1))) struct TraceTests {
  private static let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

  static let flags: [(text: String, isSampled: Bool)] = [
    ("00", false), ("01", true), ("03", true), ("08", false), ("0a", false), ("0b", true), ("0e", false),
    ("0f", true), ("f9", true),
  ]

  @Test(arguments: flags) func `the lowest bit of the flags says whether the caller records`(
    _ row: (text: String, isSampled: Bool)
  ) throws {
    let identity = try #require(TraceIdentity(traceparent: String(Self.parent.dropLast(2)) + row.text))
    #expect(identity.isSampled == row.isSampled && identity.isRemote)
    #expect(identity.traceID == "4bf92f3577b34da6a3ce929d0e0e4736" && identity.spanID == "00f067aa0ba902b7")
    let next = try #require(TraceIdentity(traceparent: identity.traceparent))
    #expect(next == identity)
    #expect(TraceIdentity(traceparent: String(Self.parent.dropLast())) == nil)
  }

  @Test func `children carry the trace of their parent`() async throws {
    let spans = try await traced { tracer in
      await tracer.withSpan("outer", ofKind: .server) { outer in
        outer.attributes["n"] = 42
        outer.attributes["ok"] = true
        outer.attributes["text"] = "line\n\"quoted\""
        outer.attributes["list"] = ["a", "b"]
        await withTaskGroup(of: Void.self) { group in
          group.addTask { tracer.withSpan("inner", ofKind: .client) { $0.addEvent("begun") } }
        }
      }
    }
    #expect(spans.map(\.name) == ["inner", "outer"])
    let (inner, outer) = (spans[0], spans[1])
    #expect(inner.traceID == outer.traceID && inner.parentID == outer.spanID && outer.parentID == nil)
    #expect(inner.traceID.utf8.count == 32 && inner.spanID.utf8.count == 16)
    #expect(inner.kind == 3 && outer.kind == 2 && outer.flags & 1 == 1)
    #expect(outer.attributes["n"] == "42" && outer.attributes["text"] == "line\n\"quoted\"")
  }

  @Test func `an error is told by its type, never its words`() async throws {
    struct Wordy: Error, CustomStringConvertible { var description: String { "canary-91" } }
    let pipe = try TestPipe()
    let writer = OTLPTracer.writer(
      descriptor: pipe.writing, service: .init(name: "s", version: "v", instance: "i", processID: 1))
    let tracer = OTLPTracer(writer: writer, ratio: 1)
    #expect(throws: Wordy.self) { try tracer.withSpan("fails") { _ in throw Wordy() } }
    writer.flush(milliseconds: 10_000)
    pipe.closeWriting()
    let text = pipe.rest()
    #expect(!text.contains("canary") && text.contains("Wordy") && text.contains("exception"))
    #expect(try WrittenSpan.read(text).map(\.statusCode) == [2])
  }

  @Test func `the parent's flag decides, and without a parent the ratio`() async throws {
    for (ratio, flag, recorded) in [
      (0.0, "01", true), (1.0, "00", false), (0.0, "", false), (1.0, "", true), (.nan, "", false),
    ] {
      let spans = try await traced(ratio: ratio) { tracer in
        var context = InstrumentationContext.topLevel
        if !flag.isEmpty {
          context.traceIdentity = TraceIdentity(traceparent: String(Self.parent.dropLast(2)) + flag)
        }
        let span = tracer.startSpan("x", context: context)
        #expect(span.isRecording == recorded)
        // A span that is not recorded still hands on whose trace it is.
        #expect(tracer.startSpan("child", context: span.context).identity.traceID == span.identity.traceID)
        span.end()
        span.end()
      }
      #expect(spans.count == (recorded ? 1 : 0))
      #expect(spans.first?.flags ?? 0 == (recorded ? (flag.isEmpty ? 0x101 : 0x301) : 0))
    }
  }

  @Test func `half of the traces are about half`() async throws {
    let spans = try await traced(ratio: 0.5) { tracer in
      for _ in 0..<2000 { tracer.startSpan("x", context: .topLevel).end() }
      #expect(tracer.dropped == 0)
    }
    #expect((800...1200).contains(spans.count))
  }

  @Test func `attributes, events and links are bounded`() async throws {
    let pipe = try TestPipe()
    let writer = OTLPTracer.writer(
      descriptor: pipe.writing, service: .init(name: "s", version: "v", instance: "i", processID: 1))
    let span = OTLPTracer(writer: writer, ratio: 1).startSpan("x", context: .topLevel)
    for n in 0..<200 {
      span.attributes["a\(n)"] = String(repeating: "v", count: 5000)
      span.addEvent("e")
      span.addLink(SpanLink(context: span.context, attributes: [:]))
    }
    span.end()
    span.attributes["late"] = "x"
    writer.flush(milliseconds: 10_000)
    pipe.closeWriting()
    let text = pipe.rest()
    #expect(text.utf8.count < 50_000 && !text.contains("late"))
    for dropped in [
      "\"droppedAttributesCount\":168", "\"droppedEventsCount\":136", "\"droppedLinksCount\":184",
    ] {
      #expect(text.contains(dropped), "\(dropped)")
    }
  }

  @Test func `inject and extract are each other's inverse`() async throws {
    struct Fields: Injector, Extractor {
      func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) {
        carrier[key] = value
      }
      func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
    }
    _ = try await traced { tracer in
      let span = tracer.startSpan("x", context: .topLevel)
      var carrier: [String: String] = [:]
      tracer.inject(span.context, into: &carrier, using: Fields())
      var context = InstrumentationContext.topLevel
      tracer.extract(carrier, into: &context, using: Fields())
      #expect(context.traceIdentity?.spanID == span.identity.spanID)
      #expect(context.traceIdentity?.isRemote == true)
      tracer.extract(["traceparent": "nonsense"], into: &context, using: Fields())
      #expect(context.traceIdentity?.spanID == span.identity.spanID)
    }
  }
}
