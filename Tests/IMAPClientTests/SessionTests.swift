import IMAPCodec
import Testing

@testable import IMAPClient

@Suite struct SessionTests {
  enum Start: CaseIterable { case greeting, notAuthenticated, authenticated, selected, loggedOut }

  enum Outcome: Equatable {
    case data, greeted, continuation, completed, violation, bye
  }

  static let folder = SelectedFolder(
    name: .inbox, readOnly: false, uidValidity: UIDValidity(1), uidNext: nil, exists: 3, highestModSeq: nil)

  static func session(_ start: Start, busy: Bool) throws -> IMAPSession {
    var session = IMAPSession(options: IMAPOptions())
    switch start {
    case .greeting: break
    case .notAuthenticated: _ = try session.receive(.untagged(.status(StatusResponse(.ok))))
    case .authenticated: _ = try session.receive(.untagged(.status(StatusResponse(.preauth))))
    case .selected:
      _ = try session.receive(.untagged(.status(StatusResponse(.preauth))))
      session.setSelected(folder)
    case .loggedOut:
      _ = try session.receive(.untagged(.status(StatusResponse(.ok))))
      session.begin(.logout, tag: "L")
      _ = try session.receive(.tagged(tag: "L", StatusResponse(.ok)))
    }
    if busy { session.begin(.plain("X"), tag: "T") }
    return session
  }

  static func outcome(_ session: inout IMAPSession, _ response: Response) -> Outcome {
    do {
      switch try session.receive(response) {
      case .data, .skipped: return .data
      case .greeted: return .greeted
      case .continuation: return .continuation
      case .completed: return .completed
      }
    } catch .refused(_, .bye, _, _) {
      return .bye
    } catch {
      return .violation
    }
  }

  @Test(arguments: Start.allCases, [true, false])
  func `every response in every state`(start: Start, busy: Bool) throws {
    let first = start == .greeting
    let table: [(Response, Outcome)] = [
      (.untagged(.status(StatusResponse(.ok))), first ? .greeted : .data),
      (.untagged(.status(StatusResponse(.no))), first ? .violation : .data),
      (.untagged(.status(StatusResponse(.bad))), first ? .violation : .data),
      (.untagged(.status(StatusResponse(.preauth))), first ? .greeted : .violation),
      (.untagged(.status(StatusResponse(.bye))), .bye), (.untagged(.exists(5)), first ? .violation : .data),
      (.untagged(.unknown("X")), first ? .violation : .data),
      (.continuation([]), busy ? .continuation : .violation),
      (.tagged(tag: "T", StatusResponse(.ok)), busy ? .completed : .violation),
      (.tagged(tag: "T", StatusResponse(.no)), busy ? .completed : .violation),
      (.tagged(tag: "U", StatusResponse(.ok)), .violation),
    ]
    for (response, expected) in table {
      var session = try Self.session(start, busy: busy)
      let outcome = Self.outcome(&session, response)
      #expect(outcome == expected, "\(response)")
    }
  }

  @Test(
    arguments: [
      (
        IMAPSession.Command.authenticate("LOGIN"), Start.notAuthenticated, true,
        IMAPSession.State.authenticated
      ),
      (.authenticate("LOGIN"), .notAuthenticated, false, .notAuthenticated),
      (.select(name: "SELECT"), .selected, false, .authenticated),
      (.select(name: "SELECT"), .selected, true, .selected(folder)),
      (.select(name: "SELECT"), .authenticated, false, .authenticated),
      (.unselect(name: "CLOSE"), .selected, true, .authenticated),
      (.unselect(name: "CLOSE"), .selected, false, .selected(folder)), (.logout, .selected, true, .loggedOut),
      (.logout, .notAuthenticated, false, .loggedOut), (.plain("NOOP"), .selected, true, .selected(folder)),
      (.plain("NOOP"), .selected, false, .selected(folder)),
      (.startTLS, .notAuthenticated, true, .notAuthenticated),
    ] as [(IMAPSession.Command, Start, Bool, IMAPSession.State)])
  func `commands end in the state they should`(
    command: IMAPSession.Command, start: Start, succeeds: Bool, end: IMAPSession.State
  ) throws {
    var session = try Self.session(start, busy: false)
    session.begin(command, tag: "T")
    _ = try session.receive(.tagged(tag: "T", StatusResponse(succeeds ? .ok : .no)))
    #expect(session.state == end)
    #expect(!session.isBusy)
  }

  @Test func `BYE after LOGOUT is no error`() throws {
    var session = try Self.session(.selected, busy: false)
    session.begin(.logout, tag: "T")
    let outcome = Self.outcome(&session, .untagged(.status(StatusResponse(.bye))))
    #expect(outcome == .data)
  }

  @Test func `a plan asks for every UID once and ends each window once`() throws {
    let windows = [UIDSet(1...3), UIDSet(), UIDSet([5, 7, 9, 11, 13] as [UInt32]), UIDSet(20...20)]
    var plan = FetchPlan(windows, rangesMax: 2)
    var asked: [UInt32] = []
    var ended: [Int] = []
    var tags = 0
    while true {
      while plan.flights.count < 3, let part = plan.nextPart() {
        asked += part.set.uids(atMost: 100).map(\.value)
        if part.set.isEmpty {
          ended.append(part.window)
        } else {
          tags += 1
          plan.begin(part, tag: "\(tags)")
        }
      }
      guard let flight = plan.flights.last else { break }
      equal(flight.part.set.uids(atMost: 100).filter { !plan.claim($0) }, [])
      equal(plan.claim(try #require(flight.part.set.first)), false)
      if let window = plan.finish(flight.tag) { ended.append(window) }
      equal(plan.finish(flight.tag), nil)
    }
    #expect(asked == [1, 2, 3, 5, 7, 9, 11, 13, 20])
    #expect(ended.sorted() == [0, 1, 2, 3])
  }

  @Test func `a window of which a part was refused never ends`() {
    var plan = FetchPlan([UIDSet([1, 3, 5] as [UInt32])], rangesMax: 1)
    for tag in ["a", "b", "c"] { if let part = plan.nextPart() { plan.begin(part, tag: tag) } }
    equal(plan.finish("b", refused: true), nil)
    equal(plan.finish("a"), nil)
    equal(plan.finish("c"), nil)
    #expect(plan.flights.isEmpty)
  }
}
