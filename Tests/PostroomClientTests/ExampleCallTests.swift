import JSON
import JSONRPC
import PostroomClient
import Synchronization
import Testing

@Suite struct ExampleCallTests {
  @Test(.timeLimit(.minutes(1)), arguments: ExampleCall.all)
  func `each example of the document is sent as it stands and its answer is read`(_ example: ExampleCall)
    async throws
  {
    let seen = Mutex<[JSONValue]>([])
    let result = Array(example.result.utf8)
    let handler: MethodHandler
    let taken = Mutex<[JSONValue]>([])
    if let value = example.value, example.sent != nil {
      handler = .exchange { params, _, source, sink async throws(RPCError) in
        seen.withLock { $0.append((try? JSONValue(parsing: params)) ?? .null) }
        while let sent = try await source.next() {
          taken.withLock { $0.append((try? JSONValue(parsing: sent)) ?? .null) }
        }
        for _ in 0..<3 { try await sink.send(Array(value.utf8)) }
      }
    } else if let value = example.value {
      handler = .stream { params, _, sink async throws(RPCError) in
        seen.withLock { $0.append((try? JSONValue(parsing: params)) ?? .null) }
        for _ in 0..<3 { try await sink.send(Array(value.utf8)) }
      }
    } else {
      handler = .call { params, _ async throws(RPCError) in
        seen.withLock { $0.append((try? JSONValue(parsing: params)) ?? .null) }
        return result
      }
    }
    let method = JSONRPC.Method(name: example.method, scope: "read", idempotent: true, handler: handler)
    try await TestServer.run([method]) { server, _ in
      let client = try await PostroomClient.connect(to: server.url)
      let count = try await example.call(client)
      await client.close()
      #expect(count == (example.value == nil ? nil : 3))
    }
    let wanted = try JSONValue(parsing: example.params).sorted
    #expect(seen.withLock { $0.map(\.withoutMeta.sorted) } == [wanted])
    let sent = try example.sent.map { [try JSONValue(parsing: $0).sorted] } ?? []
    #expect(taken.withLock { $0.map(\.sorted) } == sent)
  }

  @Test func `answers are read into their members`() async throws {
    let methods = [
      JSONRPC.Method.answering("mailbox.get") { _, _, _ in
        #"{"id":"mb1","email":"a@b.c","userName":"u","imap":{"host":"i","port":993,"security":"tls"},"#
          + #""smtp":{"host":"s","port":587,"security":"starttls"},"state":"hibernating","reason":null,"#
          + #""colour":"blue","providerFilesSentMail":false,"logAttachments":true,"#
          + #""createdAt":"2025-03-04T09:30:00.000Z"}"#
      },
      .answering("events.read") { _, _, _ in
        #"{"events":[{"seq":"7","type":"mail.logged","at":"2025-03-04T09:30:00.000Z","mailId":"m3","#
          + #""facts":{"direction":"incoming","matchedBy":"child"}}],"cursor":"7","latest":"9"}"#
      },
    ]
    try await TestServer.run(methods) { server, _ in
      let client = try PostroomClient(server.url)
      let mailbox = try await client.mailbox.get(mailboxId: "mb1")
      #expect(mailbox.smtp == ServerSettings(host: "s", port: 587, security: .starttls))
      // What a newer server says is kept, not refused.
      #expect(mailbox.state == MailboxState(rawValue: "hibernating"))
      #expect(mailbox.reason == nil)
      #expect(mailbox.displayName == nil)
      let page = try await client.events.read(after: "6", limit: 1)
      #expect(page.events.map(\.type) == [.mailLogged])
      #expect(page.events.first?.facts == ["direction": "incoming", "matchedBy": "child"])
      #expect(page.latest == "9")
      await client.close()
    }
  }
}
