internal import MailStore

/// What can happen to a mail on its way out.
enum OutboxEvent: Sendable, Hashable {
  /// An attempt begins; comes before connecting.
  case begins
  /// Everything has been sent but the octets that end it.
  case finalDot
  /// The server took the mail. Its word on each recipient of this attempt.
  case accepted([RecipientResult])
  /// The server's word, or ours, is that it did not take the mail.
  case refused([RecipientResult], words: String, isFinal: Bool)
  /// The attempt ended without a word on the mail.
  case lost(words: String)
  /// A proof that the server took it: a copy in Sent or in another mailbox, an answer, a bounce.
  case found
  /// No proof yet, after so many looks, this one included.
  case notFound(looks: Int)
  /// A state that no attempt can be in was found: the one who made it was killed.
  case orphaned
}

/// The outbox as a table: from a state and an event to the change that is written (S14).
///
/// ```
/// queued, deferred --begins--> sending --finalDot--> dataOpen --accepted--> accepted
///        ^                        |                     |
///        +--- refused(4yz), lost -+       refused(...) -+- lost --> unknown --found--> accepted
/// ```
/// After `dataOpen` only the server's word or a proof moves a mail on: it is never sent again blindly.
struct OutboxMachine: Sendable {
  let policy: OutboxPolicy

  /// The change that `event` makes; nil when it cannot happen in the submission's state.
  /// - Parameter draw: a random number in 0 ..< 1, which spreads retries.
  func change(_ s: Submission, _ event: OutboxEvent, now: Timestamp, draw: Double) -> SubmissionUpdate? {
    switch (s.state, event) {
    case (.queued, .begins), (.deferred, .begins):
      var update = SubmissionUpdate(state: .sending)
      update.countsAttempt = true
      return update
    case (.sending, .finalDot): return SubmissionUpdate(state: .dataOpen)
    case (.dataOpen, .accepted(let results)):
      return settled(s, merged(s.recipients, results), words: nil, isFinal: false, now: now, draw: draw)
    case (.sending, .refused(let results, let words, let isFinal)),
      (.dataOpen, .refused(let results, let words, let isFinal)):
      return settled(s, merged(s.recipients, results), words: words, isFinal: isFinal, now: now, draw: draw)
    case (.sending, .lost(let words)):
      return settled(s, s.recipients, words: words, isFinal: false, now: now, draw: draw)
    case (.sending, .orphaned):
      var update = SubmissionUpdate(state: .queued)
      update.nextAttemptAt = now
      return update
    case (.dataOpen, .lost(let words)): return doubtful(words, now: now)
    case (.dataOpen, .orphaned): return doubtful("interrupted after the mail was sent", now: now)
    case (.unknown, .found), (.dataOpen, .found):
      return settled(s, s.recipients.map(Self.proven), words: nil, isFinal: false, now: now, draw: draw)
    case (.unknown, .notFound(let looks)):
      var update = SubmissionUpdate(state: .unknown)
      update.nextAttemptAt = later(now, policy.lookDelay(afterLooks: looks))
      return update
    default: return nil
    }
  }

  /// Where the recipients' results lead: open ones are tried again, alone.
  private func settled(
    _ s: Submission, _ recipients: [RecipientResult], words: String?, isFinal: Bool, now: Timestamp,
    draw: Double
  ) -> SubmissionUpdate {
    var recipients = recipients
    let isOver = isFinal || s.attempts >= policy.attemptsMax
    if isOver {
      for i in recipients.indices where recipients[i].accepted == nil {
        recipients[i].accepted = false
        if recipients[i].text.isEmpty { recipients[i].text = words ?? "given up" }
      }
    }
    var update: SubmissionUpdate
    if recipients.contains(where: { $0.accepted == nil }) {
      update = SubmissionUpdate(state: .deferred)
      let delay = policy.delay(afterAttempt: max(s.attempts, 1))
      // Up to a tenth later, so that mails which failed together do not come back together.
      update.nextAttemptAt = later(now, delay + Int64(Double(delay) * 0.1 * min(max(draw, 0), 1)))
    } else if recipients.contains(where: { $0.accepted == true }) {
      update = SubmissionUpdate(state: .accepted)
    } else {
      update = SubmissionUpdate(state: .failed)
      update.sentCopy = .skipped
    }
    update.recipients = recipients
    update.lastError =
      words ?? recipients.first { $0.accepted != true && !$0.text.isEmpty }.map { "\($0.code) \($0.text)" }
    return update
  }

  private func doubtful(_ words: String, now: Timestamp) -> SubmissionUpdate {
    var update = SubmissionUpdate(state: .unknown)
    update.lastError = words
    update.nextAttemptAt = later(now, policy.lookDelay(afterLooks: 0))
    return update
  }

  private func merged(_ old: [RecipientResult], _ new: [RecipientResult]) -> [RecipientResult] {
    let byEmail = Dictionary(new.map { ($0.email, $0) }) { first, _ in first }
    return old.map { $0.accepted == nil ? byEmail[$0.email] ?? $0 : $0 }
  }

  private static func proven(_ result: RecipientResult) -> RecipientResult {
    result.accepted == nil
      ? RecipientResult(email: result.email, code: 250, text: "found on a server", accepted: true) : result
  }

  private func later(_ now: Timestamp, _ milliseconds: Int64) -> Timestamp {
    Timestamp(milliseconds: now.milliseconds.addingReportingOverflow(max(milliseconds, 0)).partialValue)
  }
}
