import JSON
import Testing

@testable import JSONRPC

/// The short cut must take only what the long way takes, and read the same in it.
@Suite(.timeLimit(.minutes(1))) struct PlainRequestTests {
  private static let head = "{\"jsonrpc\":\"2.0\","

  static let rows: [(text: String, isPlain: Bool)] = [
    (head + "\"id\":1,\"method\":\"rpc.ping\",\"params\":{}}", true),
    (head + "\"id\":0,\"method\":\"a\",\"params\":{\"x\":[1,{\"y\":\"\\u00e9\"}]}}", true),
    (head + "\"id\":123456789012345,\"method\":\"$/x_Y\",\"params\":{}}", true),
    (head + "\"id\":\"a-1\",\"method\":\"m\",\"params\":{\"k\":1}}", true),
    (head + "\"method\":\"m\",\"params\":{\"k\":1},\"id\":7}", true),
    (head + "\"method\":\"m\",\"params\":{},\"id\":\"\"}", true),
    (head + "\"id\":\"" + String(repeating: "x", count: 64) + "\",\"method\":\"m\",\"params\":{}}", true),
    // Right, but not plain.
    (head + "\"id\":\"" + String(repeating: "x", count: 65) + "\",\"method\":\"m\",\"params\":{}}", false),
    (head + "\"id\":1234567890123456,\"method\":\"m\",\"params\":{}}", false),
    (head + "\"id\":-1,\"method\":\"m\",\"params\":{}}", false),
    (head + "\"id\":1.5,\"method\":\"m\",\"params\":{}}", false),
    (head + "\"id\":null,\"method\":\"m\",\"params\":{}}", false),
    (head + "\"id\":\"\\u0041\",\"method\":\"m\",\"params\":{}}", false),
    (head + "\"id\":1,\"method\":\"m\",\"params\":[1]}", false),
    (head + "\"id\":1,\"method\":\"m\"}", false),
    (head + "\"id\":1,\"method\":\"m\",\"params\":{},\"more\":1}", false),
    (head + "\"id\":1,\"method\":\"\\u006d\",\"params\":{}}", false),
    ("{ \"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{}}", false),
    // Wrong.
    (head + "\"id\":01,\"method\":\"m\",\"params\":{}}", false),
    (head + "\"id\":1,\"method\":\"m\",\"params\":{\"a\":1,\"a\":2}}", false),
    (head + "\"id\":1,\"method\":\"m\",\"params\":{\"a\":1}]", false),
    (head + "\"id\":1,\"method\":\"m\",\"params\":{\"a\":\"\u{0}\"}}", false),
    (head + "\"id\":1,\"method\":\"m\",\"params\":{},\"id\":2}", false),
    (head + "\"method\":\"m\",\"params\":{},\"id\":01}", false),
  ]

  @Test(arguments: rows.indices)
  func `what is plain is read as the long way reads it, and nothing else is plain`(row: Int) {
    let (text, isPlain) = Self.rows[row]
    let bytes = [UInt8](text.utf8)
    var validator = JSONValidator()
    let plain = bytes.withUnsafeBufferPointer {
      PlainRequest.read($0.baseAddress!, 0, $0.count, validator: &validator)
    }
    #expect((plain != nil) == isPlain)
    guard let plain else { return }
    #expect(plain.end == bytes.count)
    var long = JSONValidator()
    bytes.withUnsafeBytes { all in
      #expect(long.run(all, from: 0, isFinal: true) == .complete(end: bytes.count))
      guard case .request(let request) = Envelope.read(all, at: 0, validator: &long, idOctetsMax: 1024) else {
        Issue.record("the long way refuses it")
        return
      }
      #expect(request.id == plain.id && request.method == plain.method && request.params == plain.params)
    }
    // Cut anywhere, it is not whole.
    for cut in 0..<bytes.count {
      let found = bytes[..<cut].withUnsafeBufferPointer { part in
        part.baseAddress.flatMap { PlainRequest.read($0, 0, part.count, validator: &validator) }
      }
      #expect(found == nil, "cut at \(cut)")
    }
  }

  @Test(arguments: [(61, true), (62, true), (63, true), (64, false)])
  func `the outermost object counts as a level of depth`(levels: Int, isGood: Bool) {
    let params =
      "{\"a\":" + String(repeating: "[", count: levels - 1) + String(repeating: "]", count: levels - 1) + "}"
    let bytes = [UInt8]((Self.head + "\"id\":1,\"method\":\"m\",\"params\":\(params)}").utf8)
    var validator = JSONValidator(depthMax: 64)
    let plain = bytes.withUnsafeBufferPointer {
      PlainRequest.read($0.baseAddress!, 0, $0.count, validator: &validator)
    }
    #expect((plain != nil) == isGood)
    var long = JSONValidator(depthMax: 64)
    let whole = bytes.withUnsafeBytes { long.run($0, from: 0, isFinal: true) }
    #expect((whole == .complete(end: bytes.count)) == isGood)
  }
}
