import Bytes
import JSON
import JSONRPC
import MailStore
import PostroomAPI
import Services
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct AttachmentCallsTests {
  private func noise(_ count: Int, _ seed: UInt64) -> [UInt8] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
  }

  private func lines(_ content: [UInt8]) -> String {
    var out = ""
    let letters = Base64.encode(content)
    for start in stride(from: 0, to: letters.count, by: 76) {
      out += String(decoding: letters[start..<min(start + 76, letters.count)], as: UTF8.self) + "\r\n"
    }
    return out
  }

  private func mail(_ parts: [(head: String, body: String)]) -> String {
    "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\n\r\nhello\r\n"
      + parts.map { "--b1\r\n\($0.head)\r\n\r\n\($0.body)" }.joined() + "--b1--\r\n"
  }

  /// What a streaming call sends, its chunks checked for size and order.
  private func collect(
    _ call: (TypedSink<APIChunk>) async throws -> Void
  ) async throws -> [UInt8] {
    let all = Mutex<[UInt8]>([])
    let largest = Mutex(0)
    let sink = StreamSink(subscription: "s") { value in
      // A data string, whatever stands around it.
      let text = String(decoding: value, as: UTF8.self)
      guard
        let from = text.split(separator: "\"data\":\"", omittingEmptySubsequences: false).dropFirst().first
      else { return }
      let letters = from.prefix { $0 != "\"" }.replacing("\\/", with: "/")
      let octets = Base64.decode(Array(letters.utf8)) ?? []
      largest.withLock { $0 = max($0, octets.count) }
      all.withLock { $0 += octets }
    }
    try await call(TypedSink(sink))
    #expect(largest.withLock { $0 } <= 256 * 1024)
    return all.withLock { $0 }
  }

  @Test func `attachments and sources stream from the store as they were`() async throws {
    let (large, small) = (noise(700_000, 1), noise(50, 2))
    let inner = "Content-Type: message/rfc822"
    let png = "Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64"
    let csv = String(repeating: "1;2;3\r\n", count: 1000)
    let table: [(parts: [(head: String, body: String)], expected: [[UInt8]])] = [
      (
        [(png, lines(large)), (png, lines(small)), ("Content-Type: text/csv; name=a.csv", csv)],
        [large, small, Array(csv.utf8.dropLast(2))]
      ),
      // Octets behind the padding belong to the part: it is not the content alone.
      ([(png, lines(noise(2000, 3)) + "!!QUJD\r\n")], [noise(2000, 3)]),
      ([(png, lines(noise(2000, 3)) + "\r\n \r\n")], [noise(2000, 3)]),
      (
        [(inner, mail([(png, lines(large))])), (png, lines(small))],
        [Array(mail([(png, lines(large))]).utf8.dropLast(2)), small]
      ),
    ]
    for (number, row) in table.enumerated() {
      try await ServiceHouse.run { all in
        let raw = Array(mail(row.parts).utf8)
        let box = try await all.mailbox(all.ours)
        let made = try await all.store.createSubmission(
          NewSubmission(
            mailboxID: box.id, tenantID: all.ours,
            envelope: MailEnvelope(
              identity: [UInt8](repeating: 7, count: 32), messageID: "root@x", inReplyTo: [], references: [],
              subject: "x", baseSubject: "x", addresses: [], sentAt: nil, size: 9, isAutoReply: false,
              isBounce: false),
            envelopeFrom: "ann@acme.example", recipients: ["dana@buyer.example"], raw: raw, tracked: true,
            origin: .timeline, hasAttachment: true, sendAt: nil, idempotencyKey: nil, fingerprint: [1]),
          at: all.house.now)
        let c = all.context(all.ours)
        let id = made.mail.id.text
        let source = try await collect { try await MailCalls(all.house).source(.init(mailId: id), c, $0) }
        #expect(source == raw, "row \(number)")
        let detail = try await MailCalls(all.house).get(.init(mailId: id), c)
        #expect(detail.attachments.count == row.expected.count, "row \(number)")
        for (attachment, expected) in zip(detail.attachments, row.expected) {
          let got = try await collect {
            try await AttachmentCalls(all.house).get(.init(blobId: attachment.blobId), c, $0)
          }
          #expect(got.count == attachment.size, "row \(number)")
          #expect(got.starts(with: expected), "row \(number)")
        }
        await #expect(throws: RPCError.self) {
          try await collect { try await AttachmentCalls(all.house).get(.init(blobId: "\(id)-99"), c, $0) }
        }
      }
    }
  }
}
