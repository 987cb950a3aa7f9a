// modules: Bytes CZlib Compression JSON JSONRPC
// seeds: Tests/Fixtures/http
// options: -max_len=2048
// words: "POST\x20/rpc\x20HTTP/1.1\x0d\x0a" "Host:\x20a\x0d\x0a" "Content-Length:\x202\x0d\x0a" "Transfer-Encoding:\x20chunked\x0d\x0a" "0\x0d\x0a\x0d\x0a" "\x0d\x0a"
import Bytes

@testable import JSONRPC

/// HTTP/1.1 requests: each step goes on or waits, how the octets are cut changes nothing, and no request has two lengths.
///
/// The first octet says how the rest is cut.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTTP(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  guard count > 1 else { return 0 }
  let text = Array(bytes[1...])
  precondition(requests(text, piece: text.count) == requests(text, piece: 1 + Int(bytes[0])), "one reading")
  return 0
}

private func requests(_ text: [UInt8], piece: Int) -> [[UInt8]] {
  var decoder = HTTPDecoder(limits: RPCLimits())
  var input: [UInt8] = []
  var out: [[UInt8]] = []
  var sent = 0
  var head: HTTPHead?
  while sent < text.count {
    let end = min(sent + piece, text.count)
    input += text[sent..<end]
    sent = end
    if input.count < decoder.octetsNeeded { continue }
    var offset = 0
    steps: while offset < input.count || !decoder.isBetweenRequests {
      let (before, wasBetween) = (offset, decoder.isBetweenRequests)
      switch decoder.next(input, from: offset, octetsMax: 1024) {
      case .head(let read, let end):
        precondition(!(read.chunked && read.contentLength != nil), "one length")
        precondition(
          read.fields.values("transfer-encoding").count + read.fields.values("content-length").count <= 1)
        head = read
        out.append(Array((read.method + " " + read.path + " " + read.host).utf8))
        offset = end
      case .body(let body, let end):
        if let length = head?.contentLength { precondition(body.count == length, "the length that was told") }
        out.append(body)
        offset = end
      case .skip(let to): offset = to
      case .needMore: break steps
      case .failed(let refusal):
        out.append(Array("-\(refusal.status)".utf8))
        return out
      }
      precondition(offset > before || decoder.isBetweenRequests != wasBetween, "a step goes on")
      precondition(offset <= input.count)
    }
    input.removeFirst(offset)
  }
  return out
}
