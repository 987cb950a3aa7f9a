import JSON
import JSONRPC
import PostroomAPI
import Synchronization
import Testing

@Suite struct HandlerTests {
  let table = MethodTable(FakeServices.all.methods)
  let context = CallContext(principal: Principal(tenantID: "tn1", name: "t", scopes: ["read"]))

  private func call(_ name: String, _ params: String) async throws -> String {
    let method = try #require(table[name])
    guard case .call(let handler) = method.handler else {
      Issue.record("\(name) is a stream")
      return ""
    }
    return String(decoding: try await handler(Array(params.utf8), context), as: UTF8.self)
  }

  @Test func `a call reaches its service and its answer is written`() async throws {
    let answer = try await call("health.check", #"{"service":"store","_meta":{"timeoutMs":1000}}"#)
    #expect(answer == #"{"status":"SERVING"}"#)
  }

  @Test func `an error of the service comes out as it is`() async throws {
    let error = await #expect(throws: RPCError.self) {
      try await self.call("health.check", #"{"service":"moon"}"#)
    }
    #expect(error == RPCError(.healthUnknownService, message: "there is no part called moon"))
  }

  @Test(arguments: [
    (#"{"service":1}"#, "params.type", "service"), (#"{"servize":"store"}"#, "params.unknown", "servize"),
    (#"[]"#, "params.type", "params"),
  ])
  func `params that the type refuses are -32602 and named`(params: String, reason: String, name: String) async
  {
    let error = await #expect(throws: RPCError.self) { try await self.call("health.check", params) }
    #expect(error?.code == -32602)
    #expect(error?.status == "INVALID_ARGUMENT")
    #expect(error?.reason == reason)
    #expect(error?.details?["name"]?.string == name)
  }

  @Test func `values that the caller sends are read by their type, and refused by it`() async throws {
    guard case .exchange(let handler) = try #require(table["upload.fill"]).handler else {
      Issue.record("upload.fill takes no values")
      return
    }
    let good = [#"{"offset":0,"data":"AAE="}"#, #"{"data":"Ag==","offset":2}"#]
    let bad: [(value: String, reason: String, name: String)] = [
      (#"{"offset":0}"#, "params.missing", "data"), (#"{"offset":-1,"data":""}"#, "params.range", "offset"),
      (#"{"offset":0,"data":"!"}"#, "params.range", "data"), (#"{"a":1}"#, "params.unknown", "a"),
      ("[]", "params.type", "value"),
    ]
    for (value, reason, name) in bad.map({ (Optional($0.value), $0.reason, $0.name) }) + [(nil, "", "")] {
      let seen = Mutex<[JSONValue]>([])
      let sink = StreamSink(subscription: "s1") { value throws(RPCError) in
        seen.withLock { $0.append((try? JSONValue(parsing: value)) ?? .null) }
      }
      let source = StreamSource(values: (good + [value].compactMap(\.self)).map { Array($0.utf8) })
      var failed: RPCError?
      do throws(RPCError) {
        try await handler(Array(#"{"uploadId":"up1"}"#.utf8), context, source, sink)
      } catch {
        failed = error
      }
      #expect(seen.withLock { $0.map { $0["received"]?.int } } == [2, 3])
      #expect(failed?.reason == (value == nil ? nil : reason), "\(value ?? "")")
      #expect(value == nil || failed?.details?["name"]?.string == name, "\(value ?? "")")
    }
  }

  @Test func `a stream's values are written in order`() async throws {
    guard case .stream(let handler) = try #require(table["mail.source"]).handler else {
      Issue.record("mail.source is no stream")
      return
    }
    let seen = Mutex<[String]>([])
    let sink = StreamSink(subscription: "s1") { value throws(RPCError) in
      seen.withLock { $0.append(String(decoding: value, as: UTF8.self)) }
    }
    try await handler(Array(#"{"mailId":"m1"}"#.utf8), context, sink)
    #expect(
      seen.withLock { $0 } == [
        #"{"data":"AAE=","offset":0,"size":3}"#, #"{"data":"Ag==","offset":2,"size":3}"#,
      ])
    await #expect(throws: RPCError.self) { try await handler(Array("{}".utf8), context, sink) }
  }
}
