internal import JSON

/// A request whose params came as an array, written anew with their names.
///
/// JSON-RPC 2.0 §4.2: values by position come in the order in which the server expects them. `null` stands for a
/// param that is left out, as it does in an object; `_meta` has no place.
struct PositionalRequest {
  /// Places in ``text``.
  let request: Envelope
  let text: [UInt8]

  /// - Parameters:
  ///   - params: where the array stands in `bytes`, which have been validated.
  ///   - names: the method's params in their order.
  /// - Throws: `params.range` when there are more values than names.
  /// - Complexity: O(*n*), n being the octets of the request.
  init(_ request: Envelope, _ params: Range<Int>, of bytes: [UInt8], _ names: [String]) throws(RPCError) {
    var text: [UInt8] = []
    text.reserveCapacity(params.count + names.reduce(64) { $0 + $1.utf8.count + 4 })
    var named = request
    if let id = request.id {
      text.append(contentsOf: bytes[id])
      named.id = 0..<text.count
    }
    let methodStart = text.count
    text.append(contentsOf: bytes[request.method])
    named.method = methodStart..<text.count
    let start = text.count
    var count = 0
    do throws(JSONError) {
      var reader = JSONReader(bytes, range: params)
      try reader.beginArray()
      while try reader.nextElement() {
        let value = try reader.rawRange()
        if count < names.count {
          text.append(contentsOf: count == 0 ? [0x7B, 0x22] : [0x2C, 0x22])
          text.append(contentsOf: names[count].utf8)
          text.append(contentsOf: [0x22, 0x3A])
          text.append(contentsOf: bytes[value])
        }
        count += 1
      }
    } catch {
      throw RPCError(error)
    }
    guard count <= names.count else { throw .tooManyParams(count, most: names.count) }
    if count == 0 { text.append(0x7B) }
    text.append(0x7D)
    named.params = start..<text.count
    named.mayHaveMeta = false
    named.onlyMember = nil
    self.request = named
    self.text = text
  }
}
