import Foundation
import MIME
import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

/// Connections cut and engines ended at each step of sending and of filing the copy. With `POSTROOM_HEAVY=1` 600
/// cases and 1,000 keys, else a sample.
@Suite("Sending, cut at every step", .timeLimit(.minutes(10)), .serialized)
struct SendCutTests {
  private static let isHeavy = ProcessInfo.processInfo.environment["POSTROOM_HEAVY"] == "1"

  struct Cut: Sendable {
    var service: Fault.Service
    var command: String
    var effect: Fault.Effect
    /// The engine is ended while the server thinks, and another begins over the same data.
    var ends = false

    /// Whether our last octet may have left when the line was cut: behind the word to send the mail it goes out.
    var mayBeBehindTheMail: Bool {
      if case .dropAfterOctets = effect, command == "DATA" { return true }
      return service == .smtp && command == "."
    }
  }

  /// Every command of both conversations, cut before its answer, in it, behind it, and with the engine ended in it.
  static let all: [Cut] = {
    var cuts: [Cut] = []
    let steps: [(Fault.Service, [String])] = [
      (.smtp, ["GREETING", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."]),
      (.imap, ["GREETING", "AUTHENTICATE", "LIST", "EXAMINE", "UID SEARCH", "APPEND", "LOGOUT"]),
    ]
    for (service, commands) in steps {
      for command in commands {
        cuts.append(Cut(service: service, command: command, effect: .drop))
        for octets in [0, 1, 2, 3, 4, 5, 8, 12, 20, 40] {
          cuts.append(Cut(service: service, command: command, effect: .dropAfterOctets(octets)))
        }
        for milliseconds: Int64 in [30, 60, 120, 200] {
          cuts.append(
            Cut(service: service, command: command, effect: .delay(milliseconds: milliseconds), ends: true))
        }
      }
    }
    for _ in 0..<5 { cuts.append(Cut(service: .smtp, command: ".", effect: .dropAfterAccepting)) }
    return cuts
  }()

  @Test func `No mail is lost, none goes twice, and doubts are told`() async throws {
    // 215 different ones; what is behind them falls on other moments the next time.
    let wanted = Self.isHeavy ? 600 : 43
    // No divisor of their number: a sample has some of each kind.
    let step = Self.isHeavy ? 1 : 11
    var cuts: [Cut] = []
    var i = 0
    while cuts.count < wanted {
      cuts.append(Self.all[i % Self.all.count])
      i += step
    }
    try await Stage.run(sim: { $0.correspondents = [] }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      var outcome = (accepted: 0, unknown: 0, restarts: 0)
      for (n, cut) in cuts.enumerated() {
        let place = "\(n): \(cut.service) \(cut.command) \(cut.effect)"
        stage.sim.add(Fault(cut.service, cut.command, cut.effect))
        let sent = try await stage.engine.send(stage.request(mailbox.id, subject: "case \(n)"))
        if cut.ends {
          if case .delay(let milliseconds) = cut.effect {
            await SystemClock().sleep(milliseconds: milliseconds / 2)
          }
          try await stage.restart()
          outcome.restarts += 1
        }
        // It comes to an end by itself: taken and filed, or a doubt that a look did not settle.
        try await stage.until("\(place) ends") {
          let now = try await stage.store.submission(sent.submission.id, tenant: nil)
          if now.state == .accepted { return now.sentCopy != .pending }
          return now.state == .unknown && now.updatedAt > now.createdAt
        }
        let end = try await stage.store.submission(sent.submission.id, tenant: nil)
        let count = stage.sim.submissionCount(messageID: end.messageID)
        switch end.state {
        case .accepted:
          #expect(count == 1, "\(place): accepted, and the server has \(count)")
          outcome.accepted += 1
        case .unknown:
          #expect(count <= 1, "\(place): in doubt, and the server has \(count)")
          // Doubt is for what nobody can know: a cut line behind the last octet, or an end of ours there.
          #expect(cut.mayBeBehindTheMail || cut.ends, "\(place): a doubt without need")
          #expect(end.lastError != nil, "\(place): a doubt without words")
          outcome.unknown += 1
        default: Issue.record("\(place): \(end.state)")
        }
        stage.sim.clearFaults()
      }
      // The copies: once each for what was accepted.
      try await stage.restart(within: 5)
      try await stage.live(mailbox.id)
      var copies: [String: Int] = [:]
      for message in try stage.sim.messages(of: "alice", folder: "Sent") {
        if let id = ParsedMessage(message.raw).headers.messageID?.text { copies[id, default: 0] += 1 }
      }
      var query = MailQuery()
      query.loggedOnly = false
      query.limit = 2000
      var checked = 0
      for mail in try await stage.store.mails(query, tenant: stage.tenant)
      where mail.envelope.subject.hasPrefix("case ") {
        let row = try #require(try await stage.store.submission(ofMail: mail.id, tenant: nil))
        let n = copies[row.messageID] ?? 0
        #expect(n <= 1, "\(mail.envelope.subject): \(n) copies")
        if row.state == .accepted, row.sentCopy == .appended || row.sentCopy == .provider {
          #expect(n == 1, "\(mail.envelope.subject): \(row.sentCopy), and \(n) copies")
        }
        checked += 1
      }
      #expect(checked == cuts.count)
      print(
        "sending cut \(cuts.count) times, \(outcome.restarts) by an end of the engine: \(outcome.accepted) "
          + "accepted, \(outcome.unknown) in doubt")
    }
  }

  @Test func `As many mails as keys, however often each is repeated at once, and over restarts`() async throws
  {
    let keys = Self.isHeavy ? 1000 : 50
    try await Stage.run(sim: { $0.correspondents = [] }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      var answers: [String: Set<SubmissionID>] = [:]
      let groups = stride(from: 0, to: keys, by: max(1, keys / 5))
      for first in groups {
        let names = (first..<min(first + max(1, keys / 5), keys)).map { "key \($0)" }
        for round in 0..<2 {
          let engine = try stage.engine
          let got = await withTaskGroup(of: (String, SubmissionID?).self) { group in
            for name in names {
              for _ in 0..<10 {
                group.addTask {
                  // An engine that ends under the call is asked again in the next round.
                  let made = try? await engine.send(
                    stage.request(mailbox.id, subject: name) { $0.idempotencyKey = name })
                  return (name, made?.submission.id)
                }
              }
            }
            if round == 0 {
              await SystemClock().sleep(milliseconds: 20)
              try? await stage.restart()
            }
            return await group.reduce(into: []) { $0.append($1) }
          }
          for case (let name, let id?) in got { answers[name, default: []].insert(id) }
        }
      }
      #expect(answers.count == keys)
      #expect(answers.values.allSatisfy { $0.count == 1 })
      let ids = answers.values.compactMap(\.first)
      #expect(Set(ids).count == keys)
      for id in ids {
        try await stage.until("sent") {
          let state = try await stage.store.submission(id, tenant: nil).state
          return state == .accepted || state == .unknown
        }
        let end = try await stage.store.submission(id, tenant: nil)
        let count = stage.sim.submissionCount(messageID: end.messageID)
        #expect(end.state == .accepted ? count == 1 : count <= 1)
      }
      #expect(stage.sim.submissions.count <= keys)
    }
  }
}
