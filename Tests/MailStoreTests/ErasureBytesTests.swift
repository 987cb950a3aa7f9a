import Glibc
import Testing

@testable import MailStore

/// S20: looks into the files themselves, by another process, as closing a file here would end SQLite's
/// locks on it.
@Suite(.timeLimit(.minutes(1))) struct ErasureBytesTests {
  /// Lines with `marker` in all files of the folder.
  func found(_ marker: String, in directory: String) throws -> Int {
    let pipe = try #require(popen("cat '\(directory)'/* | grep -a -o -i -F '\(marker)' | wc -l", "r"))
    defer { pclose(pipe) }
    var line = [CChar](repeating: 0, count: 64)
    _ = fgets(&line, Int32(line.count), pipe)
    return Int(String(decoding: line.prefix { $0 >= 0x30 }.map(UInt8.init(bitPattern:)), as: UTF8.self)) ?? -1
  }

  private func message(_ number: UInt32, marked: Bool) -> SyncBatch.Message {
    let word = marked ? "MARKERxyzzy" : "ordinary"
    var message = SyncBatch.Message.sample(
      number, "\(number).\(word)@x", references: number > 3 ? ["\(number - 3).\(word)@x"] : [],
      subject: "\(word) \(number) " + String(repeating: "subject ", count: Int(number % 40)),
      from: "person\(number % 7).\(word)@\(marked ? "gone" : "kept").example")
    message.envelope.baseSubject = message.envelope.subject
    message.envelope.addresses.append(
      Address(role: .cc, name: nil, email: marked ? "markerperson@gone.example" : "other@kept.example"))
    return message
  }

  @Test(arguments: [PurgeScope.contact(email: "MarkerPerson@gone.example"), .mailbox(MailboxID(1)), .tenant])
  func `after a purge no octet of it is in any file`(_ scope: PurgeScope) async throws {
    let test = try await TestStore()
    let folder = try await test.account("markerowner@acme.example")
    // Mixed with mails that stay, in an order that splits and joins pages again and again.
    for start in stride(from: UInt32(1), to: 3000, by: 500) {
      try await test.sync(folder, (start..<start + 500).map { message($0, marked: ($0 / 3) % 2 == 0) })
    }
    let id = try #require(
      try await test.mails().first { $0.envelope.subject.hasPrefix("MARKERxyzzy") }
    ).id
    _ = try await test.store.track(id, tenant: test.tenant.id, at: .zero)
    for wanted in try await test.store.wantedMails(folder.mailboxID, limit: 100) {
      _ = try await test.store.logMail(
        wanted.id, raw: Array("MARKERxyzzy body".utf8), hasAttachment: false, at: .zero)
    }
    var envelope = MailEnvelope.sample("sent.MARKERxyzzy@x", subject: "MARKERxyzzy sent")
    envelope.addresses.append(Address(role: .to, name: "MARKERxyzzy", email: "markerperson@gone.example"))
    let sent = try await test.store.createSubmission(
      NewSubmission(
        mailboxID: folder.mailboxID, tenantID: test.tenant.id, envelope: envelope,
        envelopeFrom: "markerxyzzy@acme.example", recipients: ["markerperson@gone.example"],
        raw: Array("MARKERxyzzy body".utf8), tracked: true, origin: .timeline, hasAttachment: false,
        sendAt: nil,
        idempotencyKey: "MARKERxyzzy key", fingerprint: [1]), at: .zero)
    var update = SubmissionUpdate(state: .deferred)
    update.lastError = "451 MARKERxyzzy"
    _ = try await test.store.updateSubmission(sent.submission.id, expected: [.queued], update, at: .zero)
    #expect(try found("MARKERxyzzy", in: test.directory) > 1000)
    #expect(try found("MARKERxyzzy body", in: test.directory) == 0)
    let job = try await test.store.beginPurge(scope, tenant: test.tenant.id, by: "ci", at: .zero)
    while try await test.store.purgeStep(job.id, rows: 100).more {}
    let done = try await test.store.finishPurge(job.id, at: .zero)
    #expect(done.state == .done && done.counts.mails >= 1501 && done.remaining == 0)
    for marker in ["MARKERxyzzy", "markerperson", "gone.example"] {
      #expect(try found(marker, in: test.directory) == 0, "\(marker)")
    }
    if case .contact = scope {
      #expect(try found("ordinary", in: test.directory) > 1000)
    } else {
      #expect(try found("markerowner", in: test.directory) == 0)
      #expect(try found("ordinary", in: test.directory) == 0)
    }
    try await test.store.checkIntegrity()
    // The receipt went to the log afterwards, and names nobody.
    #expect(try found("ci", in: test.directory) >= 0)
  }
}
