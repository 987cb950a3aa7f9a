internal import JSON

/// JSON-RPC 1.0, as Go's net/rpc/jsonrpc speaks it.
///
/// A request of it has no member `jsonrpc`, always an id (null in a notification) and its params in an array; Go puts
/// one struct there, whose members are the params by name. An answer has both `result` and `error`, one of them null,
/// and the error is a string: Go's client takes nothing else. There are no batches, streams and notifications of ours.
enum Version1 {
  /// An answer of version 2.0 as one of 1.0: the error becomes `reason: message`.
  static func answer(_ answer: [UInt8]) -> [UInt8] {
    var id: [UInt8] = Array("null".utf8)
    var result: [UInt8]?
    var error: RPCError?
    // What is read here was written by us: an error of the reader cannot happen, and would leave null in its place.
    do {
      var reader = JSONReader(answer, range: 0..<answer.count)
      try reader.beginObject()
      while try reader.nextKey() {
        if reader.keyIs("id") {
          id = try reader.raw()
        } else if reader.keyIs("result") {
          result = try reader.raw()
        } else if reader.keyIs("error") {
          error = try RPCError(from: &reader)
        } else {
          try reader.skip()
        }
      }
    } catch {}
    var writer = JSONWriter(capacity: answer.count + 32)
    writer.fragment("{\"id\":")
    writer.fragment(id)
    writer.fragment(",\"result\":")
    writer.fragment(result ?? Array("null".utf8))
    writer.fragment(",\"error\":")
    if let error {
      writer.string((error.reason.map { $0 + ": " } ?? "") + error.message)
    } else {
      writer.null()
    }
    writer.fragment("}")
    return writer.take()
  }

  /// The params inside their array: the one object in it, nothing when it is empty or holds one null, else the array.
  static func params(_ bytes: [UInt8], _ range: Range<Int>) throws(JSONError) -> Range<Int>? {
    var reader = JSONReader(bytes, range: range)
    try reader.beginArray()
    guard try reader.nextElement() else { return nil }
    let kind = reader.kind()
    let only = try reader.rawRange()
    if try reader.nextElement() { return range }
    switch kind {
    case .object: return only
    case .null: return nil
    default: return range
    }
  }
}
