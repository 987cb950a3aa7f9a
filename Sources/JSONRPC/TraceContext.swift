/// W3C Trace Context, Level 1: what a caller says of the trace that its call belongs to.
package struct TraceContext: Sendable, Hashable {
  /// 32 lower-case hexadecimal digits, not all 0.
  package let traceID: String
  /// The caller's span: 16 digits, not all 0.
  package let parentID: String
  /// The caller records the trace (§3.2.2.5.1).
  package let isSampled: Bool

  /// Reads a `traceparent`; nil when it is not one (§3.2): then it counts as not given.
  ///
  /// version "-" trace-id "-" parent-id "-" trace-flags, in lower-case hexadecimal. Version ff does not exist; a later
  /// version than 00 may go on behind a further "-". Ids of zeros are invalid.
  package init?(_ traceparent: String) {
    let text = Array(traceparent.utf8)
    guard text.count >= 55, text[2] == 0x2D, text[35] == 0x2D, text[52] == 0x2D else { return nil }
    let parts = [text[0..<2], text[3..<35], text[36..<52], text[53..<55]]
    guard parts.allSatisfy({ $0.allSatisfy { $0 &- 0x30 < 10 || $0 &- 0x61 < 6 } }),
      !parts[0].elementsEqual("ff".utf8),
      text.count == 55 || (!parts[0].elementsEqual("00".utf8) && text[55] == 0x2D),
      parts[1].contains(where: { $0 != 0x30 }), parts[2].contains(where: { $0 != 0x30 })
    else { return nil }
    traceID = String(decoding: parts[1], as: UTF8.self)
    parentID = String(decoding: parts[2], as: UTF8.self)
    // Even digits are even in ASCII, and a, c, e are odd there.
    isSampled = text[54] < 0x3A ? text[54] & 1 == 1 : text[54] & 1 == 0
  }

  static func traceID(_ traceparent: String) -> String? { TraceContext(traceparent)?.traceID }
}
