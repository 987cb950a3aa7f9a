import MIME
import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("Doubts about a mail that left", .timeLimit(.minutes(1)))
struct DoubtTests {
  /// Gmail files a copy at the first attempt, which says nothing of the second.
  @Test func `A copy of an earlier attempt proves nothing for the recipients left`() async throws {
    try await Stage.run(sim: {
      $0.profile = .gmail
      $0.correspondents = []
    }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      stage.sim.add(Fault(.smtp, "RCPT", after: 1, times: 1, .refuse("450 4.2.1 Later")))
      stage.sim.add(Fault(.smtp, ".", after: 1, times: 1, .drop))
      let sent = try await stage.engine.send(
        stage.request(mailbox.id) { $0.cc = [MailAddress(email: "b@x.test")] })
      let doubtful = try await stage.reaches(sent.submission.id, .unknown)
      try await stage.until("looked for") {
        try await stage.store.submission(doubtful.id, tenant: nil).updatedAt > doubtful.updatedAt
      }
      await SystemClock().sleep(milliseconds: 500)
      let end = try await stage.store.submission(doubtful.id, tenant: nil)
      #expect(end.state == .unknown && end.recipients.map(\.accepted) == [true, nil])
      #expect(stage.sim.submissions.map(\.recipients) == [["dana@customer.example"]])
    }
  }

  /// As after a full disk: the server's word could not be written down.
  @Test(arguments: [(SubmissionState.sending, SubmissionState.accepted), (.dataOpen, .unknown)])
  func `An attempt that was left in the middle is taken up without a restart`(
    left: SubmissionState, end: SubmissionState
  ) async throws {
    try await Stage.run(sim: { $0.correspondents = [] }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      let later = Timestamp(milliseconds: SystemClock().now.milliseconds + 3_600_000)
      let sent = try await stage.engine.send(stage.request(mailbox.id) { $0.sendAt = later })
      _ = try await stage.store.updateSubmission(
        sent.submission.id, expected: [.queued], SubmissionUpdate(state: left), at: SystemClock().now)
      // Another mail wakes the outbox.
      let other = try await stage.engine.send(stage.request(mailbox.id))
      _ = try await stage.reaches(other.submission.id, .accepted)
      let taken = try await stage.reaches(sent.submission.id, end)
      #expect(stage.sim.submissionCount(messageID: taken.messageID) == (end == .accepted ? 1 : 0))
    }
  }

  @Test func `A key's repetition gets the first answer from a mailbox that was turned off`() async throws {
    try await Stage.run(sim: { $0.correspondents = [] }) { stage in
      let mailbox = try await stage.connect()
      try stage.deliver("question@partner.example")
      try await stage.live(mailbox.id)
      try await stage.until("it came") { try await !stage.mails("question@partner.example").isEmpty }
      let question = try #require(try await stage.mails("question@partner.example").first)
      let request = stage.request(mailbox.id) {
        $0.inReplyTo = question.id
        $0.idempotencyKey = "once"
      }
      let first = try await stage.engine.send(request)
      _ = try await stage.reaches(first.submission.id, .accepted)
      _ = try await stage.engine.purge(.mail(question.id), tenant: stage.tenant, by: "test")
      try await stage.until("erased") { try await stage.mails("question@partner.example").isEmpty }
      _ = try await stage.engine.disconnect(mailbox.id, tenant: stage.tenant)
      let again = try await stage.engine.send(request)
      #expect(again.replayed && again.submission.id == first.submission.id)
      var other = request
      other.subject = "Another"
      await #expect(throws: EngineError.store(.keyReused)) { try await stage.engine.send(other) }
    }
  }

  @Test func `Many calls at once with one key make one mail`() async throws {
    try await Stage.run(sim: { $0.correspondents = [] }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      let request = stage.request(mailbox.id) { $0.idempotencyKey = "once" }
      let engine = try stage.engine
      let answers = try await withThrowingTaskGroup(of: CreatedSubmission.self) { group in
        for _ in 0..<16 { group.addTask { try await engine.send(request) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(Set(answers.map(\.submission.id)).count == 1)
      #expect(answers.count { !$0.replayed } == 1)
      let end = try await stage.reaches(try #require(answers.first).submission.id, .accepted)
      #expect(stage.sim.submissionCount(messageID: end.messageID) == 1)
    }
  }
}
