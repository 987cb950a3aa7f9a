// modules: Bytes JSON
// seeds: protocol/openrpc.json
// options: -max_len=4096
// words: "\\u" "\\uD834\\uDD1E" "{\"a\":" "[" "]" "null" "true" "false" "-0" "1e400" "\xef\xbb\xbf" "\xed\xa0\x80"
import JSON

/// Strict JSON: what one reader takes all take, what is written is read again, and no cut changes anything.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  let value = try? JSONValue(parsing: bytes)
  if let value {
    let again = try? JSONValue(parsing: value.bytes)
    precondition(again == value, "what is written is read again")
    precondition(String(validating: bytes, as: UTF8.self) != nil, "text is UTF-8")
  }
  var validator = JSONValidator()
  let whole = bytes.withUnsafeBytes { validator.run($0, from: 0, isFinal: true) }
  if case .complete(let end) = whole {
    precondition(end <= count && (try? JSONReader(Array(bytes[..<end]))) != nil, "a value by itself")
    // The scanner ends where the validator does: a bracket ends a value, anything else what follows.
    var scanner = JSONScanner()
    switch scanner.feed(bytes) {
    case .end(let taken): precondition(taken == end, "one end")
    case .needMore: precondition(end == count, "a word at the very end")
    case .failed: preconditionFailure("the scanner refuses what is valid")
    }
  } else {
    precondition(value == nil, "a value that is not whole")
  }
  for cut in stride(from: 0, to: count, by: max(1, count / 8)) {
    let part = bytes[..<cut].withUnsafeBytes { validator.run($0, from: 0, isFinal: false) }
    switch (part, whole) {
    case (.failed(let early), .failed(let late)): precondition(place(early) == place(late), "the same place")
    case (.failed, _): preconditionFailure("refused early, taken late")
    default: break
    }
  }
  var reader = JSONReader(bytes, range: 0..<count)
  _ = try? reader.value()
  return 0
}

private func place(_ error: JSONError) -> Int? {
  switch error {
  case .syntax(let offset, _), .depth(let offset, _), .duplicateName(let offset): offset
  case .tooLong, .missing, .unknown, .wrongType, .range: nil
  }
}
