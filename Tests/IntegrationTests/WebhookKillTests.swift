import Bytes
import MailSim
import PostroomClient
import Sockets
import Synchronization
import Testing

/// Events to a webhook from a server that is killed again and again.
@Suite(.timeLimit(.minutes(3))) struct WebhookKillTests {
  private static let kills = Place.isHeavy ? 50 : 8

  /// Takes every POST, and notes the event's number.
  private final class Receiver: Sendable {
    let listener: Listener
    private let seen = Mutex<[Int64]>([])
    var numbers: [Int64] { seen.withLock { $0 } }

    init() throws { listener = try Listener.bind(.tcp(host: "127.0.0.1", port: 0)) }

    func run() async { await listener.run(on: .shared) { await self.take($0) } }

    private func take(_ stream: SocketStream) async {
      defer { stream.close() }
      var buffer = ByteBuffer()
      do {
        while try await stream.read(into: &buffer, atMost: 65_536, deadline: .after(seconds: 20)) > 0 {
          let text = String(decoding: buffer.bytes, as: UTF8.self)
          guard let head = text.firstRange(of: "\r\n\r\n"),
            let length = text.firstMatch(of: /Content-Length: (\d+)/),
            text[head.upperBound...].utf8.count >= Int(length.1) ?? .max
          else { continue }
          guard let seq = text.firstMatch(of: /"data":\{"seq":"(\d+)"/), let number = Int64(seq.1) else {
            return
          }
          seen.withLock { $0.append(number) }
          return try await stream.write(
            Array("HTTP/1.1 204 No Content\r\n\r\n".utf8), deadline: .after(seconds: 20))
        }
      } catch {
        // Killed in the middle: it comes again.
      }
    }
  }

  @Test func `every event arrives in order, and none more often than the server was killed`() async throws {
    let sim = MailSim(options: MailSimOptions())
    let ports = try await sim.start()
    let receiver = try Receiver()
    let receiving = Task { await receiver.run() }
    try await withStage { stage in
      var server = try await stage.postroomd("data", trusting: ports.caFile)
      var client = try await server.client()
      let hook = try await client.webhook.create(
        url: "http://127.0.0.1:\(receiver.listener.port)/", after: "0")
      // Turned off and on it makes events, and is told nothing.
      let other = try await client.webhook.create(url: "http://127.0.0.1:1/").webhook.id
      var numbers = SeededNumbers(seed: 11)
      for _ in 0..<Self.kills {
        for i in 0..<20 {
          _ = try await client.webhook.update(webhookId: other, enabled: i % 2 == 1)
        }
        _ = try await client.webhook.update(webhookId: other, enabled: false)
        await client.close()
        try await Task.sleep(for: .milliseconds(Int.random(in: 0..<40, using: &numbers)))
        try await server.kill()
        server = try await stage.postroomd("data", trusting: ports.caFile)
        client = try await server.client()
      }
      let last = client
      let wanted = try await last.events.read(limit: 1000).events.compactMap { Int64($0.seq) }
      let id = hook.webhook.id
      let _: Bool = try await eventually("all arrived") {
        try await last.webhook.get(webhookId: id).cursor == wanted.last.map(String.init) ? true : nil
      }
      var first: [Int64] = []
      for number in receiver.numbers where !first.contains(number) { first.append(number) }
      #expect(first == wanted)
      #expect(receiver.numbers.count - wanted.count <= Self.kills)
      print(
        "\(wanted.count) events, \(receiver.numbers.count - wanted.count) came twice in \(Self.kills) kills")
      await client.close()
      #expect(try await server.stop().status == 0)
    }
    receiver.listener.close()
    receiving.cancel()
    await sim.stop()
  }
}
