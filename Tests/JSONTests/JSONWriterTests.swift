import JSON
import Testing

@Suite struct JSONWriterTests {
  @Test func `commas stand where they belong`() {
    var w = JSONWriter()
    w.beginObject()
    w.key("a")
    w.int(1)
    w.key("b" as String)
    w.beginArray()
    w.beginArray()
    w.endArray()
    w.beginObject()
    w.endObject()
    w.string("x")
    w.bool(true)
    w.bool(false)
    w.null()
    w.double(1.5)
    w.raw(Array("[2]".utf8))
    w.endArray()
    w.key("c")
    w.int(-9_007_199_254_740_991)
    w.endObject()
    #expect(
      String(decoding: w.take(), as: UTF8.self)
        == "{\"a\":1,\"b\":[[],{},\"x\",true,false,null,1.5,[2]],\"c\":-9007199254740991}")
    w.int(Int64.min)
    #expect(String(decoding: w.take(), as: UTF8.self) == "-9223372036854775808")
  }

  @Test func `escapes what must be escaped and nothing else`() throws {
    var all = ""
    for value in 0..<0x20 { all.unicodeScalars.append(Unicode.Scalar(UInt8(value))) }
    all += "\"\\/\u{7f}é\u{2028}😀plain text that is longer than eight octets"
    var w = JSONWriter()
    w.string(all)
    let bytes = w.take()
    #expect(bytes.allSatisfy { $0 >= 0x20 })
    var r = try JSONReader(bytes)
    #expect(try Array(r.string().utf8) == Array(all.utf8))
    w.string("\u{1}\u{1f}\n\"/é")
    #expect(String(decoding: w.bytes, as: UTF8.self) == "\"\\u0001\\u001f\\n\\\"/é\"")
  }

  @Test func `numbers without a JSON form become null`() {
    var w = JSONWriter()
    w.beginArray()
    for value in [Double.nan, .infinity, -.infinity, 1e300, 0.1, -0.0, .leastNonzeroMagnitude] {
      w.double(value)
    }
    w.endArray()
    #expect(String(decoding: w.take(), as: UTF8.self) == "[null,null,null,1e+300,0.1,-0.0,5e-324]")
  }

  @Test func `fragments frame values`() {
    var w = JSONWriter()
    w.fragment("x:")
    w.int(1)
    w.fragment("\n")
    w.int(2)
    w.truncate(to: 3)
    w.int(3)
    w.insert([0x3E], at: 0)
    w.overwrite(at: 1, bigEndian: 0x6162_6364)
    #expect(w.bytes == Array(">abcd".utf8))
    w.overwrite(at: 3, bigEndian: 0)
    #expect(w.bytes == Array(">abcd".utf8))
  }

  @Test func `values survive writing and reading`() throws {
    let value: JSONValue = [
      "text": "a\"b", "list": [1, 2.5, nil, true, []], "deep": ["a": ["b": [:]]], "é": -7,
    ]
    #expect(try JSONValue(parsing: value.bytes) == value)
    #expect(value["list"]?[1]?.double == 2.5)
    #expect(value["list"]?[9] == nil && value["none"] == nil)
    #expect(value["deep"]?["a"]?["b"]?.object?.isEmpty == true)
    #expect(try JSONValue(parsing: "9007199254740993") == .double(9_007_199_254_740_992))
    #expect(try JSONValue(parsing: "1.0") == .double(1))
    // Canonically equal strings are different strings.
    #expect(JSONValue.string("e\u{301}") != JSONValue.string("\u{e9}"))
  }
}
