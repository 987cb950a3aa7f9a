import Bytes
import SMTPClient
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("The outbox as a table")
struct OutboxMachineTests {
  static let now = Timestamp(milliseconds: 1_000_000)
  let machine = OutboxMachine(policy: OutboxPolicy())

  static func submission(
    _ state: SubmissionState, attempts: Int64 = 1, _ recipients: [RecipientResult] = [open("a@x.test")]
  ) -> Submission {
    Submission(
      id: SubmissionID(1), mailID: MailID(1), mailboxID: MailboxID(1), tenantID: TenantID(1),
      messageID: "m@x.test",
      envelopeFrom: "me@x.test", recipients: recipients, state: state, attempts: attempts, nextAttemptAt: nil,
      lastError: nil, sentCopy: .pending, createdAt: now, updatedAt: now)
  }

  static func open(_ email: String) -> RecipientResult {
    RecipientResult(email: email, code: 0, text: "", accepted: nil)
  }
  static func taken(_ email: String) -> RecipientResult {
    RecipientResult(email: email, code: 250, text: "ok", accepted: true)
  }
  static func refusedNow(_ email: String) -> RecipientResult {
    RecipientResult(email: email, code: 451, text: "later", accepted: nil)
  }
  static func refused(_ email: String) -> RecipientResult {
    RecipientResult(email: email, code: 550, text: "no", accepted: false)
  }

  static let events: [(name: String, event: OutboxEvent)] = [
    ("begins", .begins), ("finalDot", .finalDot), ("accepted", .accepted([taken("a@x.test")])),
    ("refusedLater", .refused([], words: "451", isFinal: false)),
    ("refusedFinally", .refused([], words: "550", isFinal: true)), ("lost", .lost(words: "reset")),
    ("found", .found),
    ("notFound", .notFound(looks: 1)), ("orphaned", .orphaned),
  ]

  /// Every pair of state and event that does anything; all others must do nothing.
  static let table: [SubmissionState: [String: SubmissionState]] = [
    .queued: ["begins": .sending],
    .deferred: ["begins": .sending],
    .sending: [
      "finalDot": .dataOpen, "refusedLater": .deferred, "refusedFinally": .failed, "lost": .deferred,
      "orphaned": .queued,
    ],
    .dataOpen: [
      "accepted": .accepted, "refusedLater": .deferred, "refusedFinally": .failed, "lost": .unknown,
      "found": .accepted,
      "orphaned": .unknown,
    ],
    .unknown: ["found": .accepted, "notFound": .unknown],
    .accepted: [:], .failed: [:], .cancelled: [:],
  ]

  @Test("every state with every event", arguments: SubmissionState.allCases)
  func pairs(_ state: SubmissionState) throws {
    for (name, event) in Self.events {
      let change = machine.change(Self.submission(state), event, now: Self.now, draw: 0)
      #expect(change?.state == Self.table[state]?[name], "\(state) \(name)")
    }
    #expect(Self.table.count == SubmissionState.allCases.count)
  }

  @Test func `Nothing but a word or a proof leads out of doubt`() {
    // The one rule that keeps a mail from being sent twice: from dataOpen and unknown no event leads
    // back to sending without the server's own refusal.
    for state in [SubmissionState.dataOpen, .unknown] {
      for (name, event) in Self.events where !name.hasPrefix("refused") {
        let next = machine.change(Self.submission(state), event, now: Self.now, draw: 0)?.state
        #expect(next != .queued && next != .deferred && next != .sending, "\(state) \(name)")
      }
    }
  }

  @Test func `An attempt is counted when it begins, and retried later and later`() throws {
    let begun = try #require(
      machine.change(Self.submission(.queued, attempts: 0), .begins, now: Self.now, draw: 0))
    #expect(begun.countsAttempt)
    let minutes: [Int64] = [1, 5, 15, 30, 60, 60]
    for (i, wait) in minutes.enumerated() {
      let s = Self.submission(.sending, attempts: Int64(i) + 1)
      let early = try #require(machine.change(s, .lost(words: "reset"), now: Self.now, draw: 0))
      let late = try #require(machine.change(s, .lost(words: "reset"), now: Self.now, draw: 1))
      #expect(early.nextAttemptAt?.milliseconds == Self.now.milliseconds + wait * 60_000)
      #expect(late.nextAttemptAt?.milliseconds == Self.now.milliseconds + wait * 66_000)
      #expect(early.lastError == "reset")
    }
  }

  @Test func `After all attempts a mail has failed, and says why`() throws {
    let s = Self.submission(.sending, attempts: OutboxPolicy().attemptsMax)
    let change = try #require(machine.change(s, .lost(words: "connection refused"), now: Self.now, draw: 0))
    #expect(change.state == .failed)
    #expect(change.recipients?.first?.accepted == false)
    #expect(change.recipients?.first?.text == "connection refused")
    #expect(change.sentCopy == .skipped)
  }

  @Test func `Recipients refused for now are retried alone`() throws {
    let s = Self.submission(
      .dataOpen, attempts: 1, [Self.open("a@x.test"), Self.open("b@x.test"), Self.open("c@x.test")])
    let results = [Self.taken("a@x.test"), Self.refusedNow("b@x.test"), Self.refused("c@x.test")]
    let change = try #require(machine.change(s, .accepted(results), now: Self.now, draw: 0))
    #expect(change.state == .deferred)
    #expect(change.recipients?.map(\.accepted) == [true, nil, false])
    // The next attempt is for b only; what a and c were told stays.
    let again = Self.submission(.dataOpen, attempts: 2, change.recipients ?? [])
    let end = try #require(machine.change(again, .accepted([Self.taken("b@x.test")]), now: Self.now, draw: 0))
    #expect(end.state == .accepted)
    #expect(end.recipients?.map(\.accepted) == [true, true, false])
    // And when b is refused for good, the mail counts as sent: a has it.
    let no = try #require(
      machine.change(
        again, .refused([Self.refused("b@x.test")], words: "550", isFinal: false), now: Self.now, draw: 0))
    #expect(no.state == .accepted)
    #expect(no.lastError == "550")
  }

  @Test func `All refused for good is failure, for now is patience`() {
    let s = Self.submission(.sending, [Self.open("a@x.test"), Self.open("b@x.test")])
    let none = machine.change(
      s, .refused([Self.refused("a@x.test"), Self.refused("b@x.test")], words: "550 no", isFinal: false),
      now: Self.now, draw: 0)
    #expect(none?.state == .failed)
    let some = machine.change(
      s, .refused([Self.refused("a@x.test"), Self.refusedNow("b@x.test")], words: "550 no", isFinal: false),
      now: Self.now,
      draw: 0)
    #expect(some?.state == .deferred)
  }

  @Test func `A proof is taken for all recipients that were not refused`() {
    let s = Self.submission(.unknown, [Self.open("a@x.test"), Self.refused("b@x.test")])
    let change = machine.change(s, .found, now: Self.now, draw: 0)
    #expect(change?.state == .accepted)
    #expect(change?.recipients?.map(\.accepted) == [true, false])
  }

  @Test func `Doubt is looked into at the set times`() {
    let s = Self.submission(.dataOpen)
    #expect(
      machine.change(s, .lost(words: "x"), now: Self.now, draw: 0)?.nextAttemptAt?.milliseconds == 1_010_000)
    let unknown = Self.submission(.unknown)
    let waits = (1...5).map {
      machine.change(unknown, .notFound(looks: $0), now: Self.now, draw: 0)?.nextAttemptAt?.milliseconds
    }
    #expect(waits == [1_060_000, 1_600_000, 4_600_000, 87_400_000, 87_400_000])
  }

  static let replies: [(SMTPClientError, OutboxEvent)] = [
    (.stream(.truncated, afterFinalDot: true), .lost(words: "the server ended the connection")),
    (
      .refused(command: "end of data", SMTPReply(code: 451, enhanced: "4.3.0", text: "later")),
      .refused([], words: "451 4.3.0 later", isFinal: false)
    ),
    (
      .refused(command: "end of data", SMTPReply(code: 554, enhanced: nil, text: "spam")),
      .refused([], words: "554 spam", isFinal: true)
    ),
    (
      .refused(command: "MAIL", SMTPReply(code: 550, enhanced: nil, text: "no")),
      .refused([], words: "550 no", isFinal: true)
    ),
    (
      .refused(command: "greeting", SMTPReply(code: 554, enhanced: nil, text: "no")),
      .refused([], words: "554 no", isFinal: false)
    ),
    (
      .refused(command: "EHLO", SMTPReply(code: 550, enhanced: nil, text: "no")),
      .refused([], words: "550 no", isFinal: false)
    ),
    (
      .authenticationFailed(SMTPReply(code: 535, enhanced: nil, text: "bad")),
      .refused([], words: "sign-in: 535 bad", isFinal: false)
    ),
    (.invalidArgument("CR in address"), .refused([], words: "CR in address", isFinal: true)),
    (
      .messageTooLarge(size: 9, limit: 5),
      .refused([], words: "the mail has 9 octets, the server takes 5", isFinal: true)
    ),
    (.extensionMissing("SMTPUTF8"), .refused([], words: "the server does not offer SMTPUTF8", isFinal: true)),
    (
      .extensionMissing("STARTTLS"), .refused([], words: "the server does not offer STARTTLS", isFinal: false)
    ),
    (
      .noMechanism(offered: []),
      .refused([], words: "the server offers no way to sign in that we speak", isFinal: false)
    ),
    (.protocolViolation("x", afterFinalDot: true), .lost(words: "the server broke the protocol: x")),
  ]

  @Test(arguments: replies.indices)
  func `What the server says decides`(row: Int) {
    #expect(SubmissionOutcome.event(Self.replies[row].0, isOpen: false) == Self.replies[row].1)
  }
}
