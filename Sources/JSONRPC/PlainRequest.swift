internal import Glibc
internal import JSON

/// A request as most programs write it: no white space, `jsonrpc` first, then `id`, `method`, `params` or `method`,
/// `params`, `id`, an id of digits or a plain string, no escapes in the method, and params by name.
///
/// What is not exactly so is left to ``JSONValidator`` and ``Envelope``, which decide everything else and make every
/// error. This one only spares them the outermost object: the params are validated as always.
struct PlainRequest {
  var id: Range<Int>
  /// Without its quotes.
  var method: Range<Int>
  var params: Range<Int>
  /// The index behind the closing brace.
  var end: Int

  /// The whole request at `from`; nil when it is of another form, not whole, or not right.
  @inline(__always)
  static func read(
    _ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int, validator: inout JSONValidator
  ) -> PlainRequest? {
    // SAFETY: `literal` and the scans below stay within n.
    guard var i = literal(p, from, n, "{\"jsonrpc\":\"2.0\",\"") else { return nil }
    if let behind = literal(p, i, n, "id\":") {
      guard let id = id(p, behind, n), let name = literal(p, id.upperBound, n, ",\"method\":\""),
        let method = method(p, name, n),
        let value = literal(p, method.upperBound, n, "\",\"params\":"),
        let end = validator.objectEnd(p, value, n), end < n, p[end] == 0x7D
      else { return nil }
      return PlainRequest(id: id, method: method, params: value..<end, end: end + 1)
    }
    guard let name = literal(p, i, n, "method\":\""), let method = method(p, name, n),
      let value = literal(p, method.upperBound, n, "\",\"params\":"),
      let valueEnd = validator.objectEnd(p, value, n), let behind = literal(p, valueEnd, n, ",\"id\":"),
      let id = id(p, behind, n)
    else { return nil }
    i = id.upperBound
    guard i < n, p[i] == 0x7D else { return nil }
    return PlainRequest(id: id, method: method, params: value..<valueEnd, end: i + 1)
  }

  /// The index behind `text` when it stands at `from`.
  @inline(__always)
  private static func literal(_ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int, _ text: StaticString) -> Int?
  {
    let length = text.utf8CodeUnitCount
    guard n - from >= length, memcmp(p + from, text.utf8Start, length) == 0 else { return nil }
    return from + length
  }

  /// 1 to 15 digits without a leading zero, or a string of at most 64 plain octets.
  @inline(__always)
  private static func id(_ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int) -> Range<Int>? {
    guard from < n else { return nil }
    var i = from
    if p[from] == 0x22 {
      let limit = min(n, from + 66)
      i += 1
      while i < limit, p[i] != 0x22 {
        if p[i] < 0x20 || p[i] >= 0x7F || p[i] == 0x5C { return nil }
        i += 1
      }
      return i < limit ? from..<i + 1 : nil
    }
    let limit = min(n, from + 16)
    while i < limit, p[i] &- 0x30 < 10 { i += 1 }
    // Behind the digits something must tell that they are all.
    guard i > from, i < limit, i == from + 1 || p[from] != 0x30 else { return nil }
    return from..<i
  }

  /// Letters, digits, dots, `$`, `/` and `_` up to a quote.
  @inline(__always)
  private static func method(_ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int) -> Range<Int>? {
    var i = from
    while i < n, p[i] != 0x22 {
      let c = p[i]
      guard (c | 0x20) &- 0x61 < 26 || (0x2E...0x39).contains(c) || c == 0x24 || c == 0x5F else { return nil }
      i += 1
    }
    return i < n ? from..<i : nil
  }
}
