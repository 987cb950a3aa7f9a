import Foundation
import MailSim
import PostroomClient
import Synchronization
import Testing

/// What an operator sees of a server at work, and what nobody may see.
@Suite(.timeLimit(.minutes(2))) struct ObservingTests {
  private static let traceID = "4bf92f3577b34da6a3ce929d0e0e4736"
  private static let spanID = "00f067aa0ba902b7"
  /// Must stand in no log and no trace.
  private static let secrets = [
    "canary-password", "canary-wrong", "canary-subject", "canary-body", "canary-attachment", "canary-token",
    "canary-param",
  ]

  @Test(arguments: ["text", "json", "journald"])
  func `no secret is in a log or a trace, and a trace shows the work of its call`(_ format: String)
    async throws
  {
    var options = MailSimOptions()
    options.users = ["alice": "canary-password"]
    options.messages = 30
    let sim = MailSim(options: options)
    let endpoints = try await sim.start()
    do {
      try await withStage { stage in
        let spanFile = stage.folder + "/spans.jsonl"
        let program = try stage.start(
          try Place.built("postroomd"),
          [
            "--data", stage.folder + "/data", "--listen", "127.0.0.1:0", "--mail-ca-file", endpoints.caFile,
            "--allow-private-hosts",
            "--log-level", "trace", "--log-format", format, "--slow-call", "1", "--trace-file", spanFile,
          ])
        let server = try await Postroomd(program, data: stage.folder + "/data")
        try await Self.work(server, endpoints)
        #expect(try await server.stop().status == 0)
        let log = program.errors
        let spans = try String(contentsOfFile: spanFile, encoding: .utf8)
        for secret in Self.secrets + [server.token] {
          #expect(!log.contains(secret), "\(secret) in the log")
          #expect(!spans.contains(secret), "\(secret) in the spans")
        }
        Self.check(log: log, format)
        try Self.check(spans: spans)
        let mode = try FileManager.default.attributesOfItem(atPath: spanFile)[.posixPermissions] as? Int
        #expect(mode == 0o600)
      }
    } catch {
      await sim.stop()
      throw error
    }
    await sim.stop()
  }

  /// Calls that carry secrets, those that fail among them.
  private static func work(_ server: Postroomd, _ endpoints: MailSimEndpoints) async throws {
    let client = try await server.client()
    let imap = ServerChoice(host: "127.0.0.1", port: Int64(endpoints.imapsPort), security: .tls)
    let smtp = ServerChoice(host: "127.0.0.1", port: Int64(endpoints.smtpsPort), security: .tls)
    await #expect(throws: PostroomError.self) {
      _ = try await client.mailbox.connect(
        email: "alice@example.test", password: "canary-wrong", imap: imap, smtp: smtp)
    }
    let steps = Mutex<[String]>([])
    let box = try await client.mailbox.connect(
      email: "alice@example.test", password: "canary-password", imap: imap, smtp: smtp,
      options: CallOptions(onProgress: { text in
        steps.withLock { $0.append(ConnectProgress(progress: text).map { "\($0.server).\($0.step)" } ?? "?") }
      }))
    #expect(
      steps.withLock { $0 } == [
        "imap.resolve", "imap.connect", "imap.tls", "imap.greeting", "imap.login", "imap.list",
        "smtp.resolve", "smtp.connect", "smtp.tls", "smtp.greeting", "smtp.login",
      ])
    let statuses = Mutex<[SyncStatus?]>([])
    let done = try await client.sync.run(
      mailboxId: box.id, wait: true,
      options: CallOptions(onProgress: { text in statuses.withLock { $0.append(SyncStatus(progress: text)) } }
      ))
    #expect(done.complete && done.stored >= 30)
    #expect(statuses.withLock { $0.last??.complete } == true)
    // The raw wire, for a trace of the caller's, a wrong token, and params that cannot be read.
    let wire = try await Wire(unix: server.unixPath)
    try await wire.send(
      #"{"jsonrpc":"2.0","id":"send-1","method":"mail.send","params":{"mailboxId":"\#(box.id)","#
        + #""to":[{"email":"dana@customer.example"}],"subject":"canary-subject","text":"canary-body","#
        + #""attachments":[{"name":"a.txt","type":"text/plain","data":"Y2FuYXJ5LWF0dGFjaG1lbnQ="}],"#
        + #""_meta":{"traceparent":"00-\#(traceID)-\#(spanID)-01"}}}"#)
    let answer = try await wire.answer()
    let mail = ((answer["result"] as? [String: Any])?["mail"] as? [String: Any])?["id"] as? String
    let mailID = try #require(mail, "\(answer)")
    for text in [
      #"{"jsonrpc":"2.0","id":2,"method":"session.open","params":{"token":"canary-token"}}"#,
      #"{"jsonrpc":"2.0","id":3,"method":"mail.list","params":{"limit":"canary-param"}}"#,
      #"{"jsonrpc":"2.0","id":4,"method":"mail.list","params":{"canary-param":1}}"#,
    ] {
      try await wire.send(text)
      _ = try await wire.answer()
    }
    wire.close()
    _ = try await eventually("the mail is sent") {
      try await client.mail.status(mailId: mailID).state == .accepted ? true : nil
    }
    await client.close()
  }

  private static func check(log: String, _ format: String) {
    let lines = log.split(separator: "\n")
    #expect(lines.contains { $0.contains("slow call") && $0.contains("mailbox.connect") })
    #expect(lines.contains { $0.contains("mail.send") && $0.contains(traceID) && $0.contains("send-1") })
    for line in lines {
      switch format {
      case "json":
        let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        #expect(object?["level"] is String && object?["message"] is String, "\(line)")
      case "journald": #expect(line.firstMatch(of: #/^<[2-7]>[a-z.]+: /#) != nil, "\(line)")
      default:
        #expect(line.firstMatch(of: #/^20[0-9]{2}-[0-9-]+T[0-9:.]+Z [A-Z]+ [a-z.]+: /#) != nil, "\(line)")
      }
    }
  }

  /// The send's own trace: the call, the attempt to send, the connection it opened.
  private static func check(spans text: String) throws {
    var parents: [String: (name: String, parent: String?)] = [:]
    var names: Set<String> = []
    for line in text.split(separator: "\n") {
      let request = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let resources = try #require(request["resourceSpans"] as? [[String: Any]])
      for span in resources.flatMap({ $0["scopeSpans"] as? [[String: Any]] ?? [] })
        .flatMap({ $0["spans"] as? [[String: Any]] ?? [] })
      {
        let name = try #require(span["name"] as? String)
        names.insert(name)
        guard span["traceId"] as? String == traceID else { continue }
        parents[try #require(span["spanId"] as? String)] = (name, span["parentSpanId"] as? String)
      }
    }
    #expect(
      names.isSuperset(of: ["mailbox.connect", "imap connect", "smtp connect", "sync folders", "sync.run"]))
    func path(_ id: String) -> [String] {
      guard let span = parents[id] else { return [id] }
      return (span.parent.map(path) ?? []) + [span.name]
    }
    let paths = Set(parents.keys.map { path($0).joined(separator: " > ") })
    #expect(
      paths.isSuperset(of: [
        "\(spanID) > mail.send", "\(spanID) > mail.send > mail send",
        "\(spanID) > mail.send > mail send > smtp connect",
      ]), "\(paths)")
  }

  @Test func `watchers of health hear that the server stops, before their stream ends`() async throws {
    try await withStage { stage in
      let server = try await stage.bare("data")
      let wire = try await Wire(unix: server.unixPath)
      try await wire.send(#"{"jsonrpc":"2.0","id":1,"method":"health.watch"}"#)
      let answer = try await wire.answer()
      #expect((answer["result"] as? [String: Any])?["subscription"] is String)
      func status() async throws -> String? {
        let params = try await wire.answer()["params"] as? [String: Any]
        return (params?["value"] as? [String: Any])?["status"] as? String
      }
      #expect(try await status() == "SERVING")
      server.program.signal(SIGTERM)
      var heard: [String] = []
      // rpc.goaway may stand between.
      while heard.last != "NOT_SERVING", heard.count < 3 { heard.append(try await status() ?? "-") }
      #expect(heard.last == "NOT_SERVING")
      var end = try await wire.answer()
      if end["method"] as? String == "rpc.goaway" { end = try await wire.answer() }
      #expect(end["method"] as? String == "rpc.end")
      wire.close()
      #expect(try await server.program.wait(atMost: .seconds(30)).status == 0)
    }
  }
}
