internal import JSON
internal import Tracing

/// Spans as OTLP/JSON (opentelemetry-proto 1.x, `trace.proto`, in the JSON encoding of the OTLP specification: ids in
/// hexadecimal, 64-bit numbers as strings, enumerations as numbers).
package enum OTLPText {
  /// Whose spans they are.
  package struct Service: Sendable {
    package let name: String
    package let version: String
    /// Tells two runs of the server apart.
    package let instance: String
    package let processID: Int32

    package init(name: String, version: String, instance: String, processID: Int32) {
      self.name = name
      self.version = version
      self.instance = instance
      self.processID = processID
    }
  }

  static let attributesMax = 32
  private static let valueOctetsMax = 1024
  private static let elementsMax = 32

  /// One line: all spans of one resource and scope.
  package static func request(_ service: Service, _ spans: [[UInt8]]) -> [UInt8] {
    var w = JSONWriter(capacity: spans.reduce(512) { $0 + $1.count + 1 })
    w.fragment("{\"resourceSpans\":[{\"resource\":{\"attributes\":[")
    attribute("service.name", .string(service.name), &w)
    attribute("service.version", .string(service.version), &w)
    attribute("service.instance.id", .string(service.instance), &w)
    attribute("process.pid", .int64(Int64(service.processID)), &w)
    w.fragment("]},\"scopeSpans\":[{\"scope\":{\"name\":\"postroom\",\"version\":")
    w.string(service.version)
    w.fragment("},\"spans\":[")
    for span in spans { w.raw(span) }
    w.fragment("]}]}]}\n")
    return w.take()
  }

  static func span(_ span: OTLPSpan, _ state: OTLPSpan.State, end: UInt64) -> [UInt8] {
    var w = JSONWriter(capacity: 512)
    w.beginObject()
    w.key("traceId")
    w.string(span.identity.traceID)
    w.key("spanId")
    w.string(span.identity.spanID)
    if let parent = span.parent {
      w.key("parentSpanId")
      w.string(parent.spanID)
    }
    w.key("flags")
    w.int(flags(span))
    w.key("name")
    w.string(text(state.name))
    w.key("kind")
    w.int(kind(span.kind))
    w.key("startTimeUnixNano")
    w.string(String(span.start))
    w.key("endTimeUnixNano")
    w.string(String(max(end, span.start)))
    attributes(state.attributes, &w)
    events(state, &w)
    links(state, &w)
    if let status = state.status {
      w.key("status")
      w.beginObject()
      w.key("code")
      w.int(status.code == .ok ? 1 : 2)
      if let message = status.message {
        w.key("message")
        w.string(text(message))
      }
      w.endObject()
    }
    w.endObject()
    return w.take()
  }

  /// W3C's flags, and whether the parent came from another process (0x100: that is known, 0x200: it did).
  private static func flags(_ span: OTLPSpan) -> Int {
    (span.identity.isSampled ? 1 : 0) | 0x100 | (span.parent?.isRemote == true ? 0x200 : 0)
  }

  private static func kind(_ kind: SpanKind) -> Int {
    switch kind {
    case .internal: 1
    case .server: 2
    case .client: 3
    case .producer: 4
    case .consumer: 5
    }
  }

  private static func events(_ state: OTLPSpan.State, _ w: inout JSONWriter) {
    if state.events.isEmpty { return }
    w.key("events")
    w.beginArray()
    for event in state.events {
      w.beginObject()
      w.key("timeUnixNano")
      w.string(String(event.nanosecondsSinceEpoch))
      w.key("name")
      w.string(text(event.name))
      attributes(event.attributes, &w)
      w.endObject()
    }
    w.endArray()
    if state.droppedEvents > 0 {
      w.key("droppedEventsCount")
      w.int(state.droppedEvents)
    }
  }

  private static func links(_ state: OTLPSpan.State, _ w: inout JSONWriter) {
    let links = state.links.compactMap { link in link.context.traceIdentity.map { ($0, link.attributes) } }
    if links.isEmpty { return }
    w.key("links")
    w.beginArray()
    for (identity, own) in links {
      w.beginObject()
      w.key("traceId")
      w.string(identity.traceID)
      w.key("spanId")
      w.string(identity.spanID)
      attributes(own, &w)
      w.endObject()
    }
    w.endArray()
    if state.droppedLinks > 0 {
      w.key("droppedLinksCount")
      w.int(state.droppedLinks)
    }
  }

  /// In the order of their names, so that equal spans are equal texts.
  private static func attributes(_ all: SpanAttributes, _ w: inout JSONWriter) {
    if all.isEmpty { return }
    var pairs: [(String, SpanAttribute)] = []
    all.forEach { pairs.append(($0, $1)) }
    pairs.sort { $0.0 < $1.0 }
    w.key("attributes")
    w.beginArray()
    for (name, value) in pairs.prefix(attributesMax) { attribute(name, value, &w) }
    w.endArray()
    if pairs.count > attributesMax {
      w.key("droppedAttributesCount")
      w.int(pairs.count - attributesMax)
    }
  }

  private static func attribute(_ name: String, _ value: SpanAttribute, _ w: inout JSONWriter) {
    w.beginObject()
    w.key("key")
    w.string(text(name))
    w.key("value")
    self.value(value, &w)
    w.endObject()
  }

  private static func value(_ value: SpanAttribute, _ w: inout JSONWriter) {
    w.beginObject()
    switch value {
    case .int32(let v): number(Int64(v), &w)
    case .int64(let v): number(v, &w)
    case .double(let v):
      w.key("doubleValue")
      w.double(v)
    case .bool(let v):
      w.key("boolValue")
      w.bool(v)
    case .string(let v): string(v, &w)
    case .int32Array(let v): array(v.map { .int64(Int64($0)) }, &w)
    case .int64Array(let v): array(v.map { .int64($0) }, &w)
    case .doubleArray(let v): array(v.map { .double($0) }, &w)
    case .boolArray(let v): array(v.map { .bool($0) }, &w)
    case .stringArray(let v): array(v.map { .string($0) }, &w)
    case .stringConvertible(let v): string("\(v)", &w)
    case .stringConvertibleArray(let v): array(v.map { .string("\($0)") }, &w)
    default: break
    }
    w.endObject()
  }

  private static func number(_ v: Int64, _ w: inout JSONWriter) {
    w.key("intValue")
    w.string(String(v))
  }

  private static func string(_ v: String, _ w: inout JSONWriter) {
    w.key("stringValue")
    w.string(text(v))
  }

  private static func array(_ elements: [SpanAttribute], _ w: inout JSONWriter) {
    w.key("arrayValue")
    w.beginObject()
    w.key("values")
    w.beginArray()
    for element in elements.prefix(elementsMax) { value(element, &w) }
    w.endArray()
    w.endObject()
  }

  private static func text(_ v: String) -> String { String(SafeText.cut(v, to: valueOctetsMax).0) }
}
