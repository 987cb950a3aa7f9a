import MailStore
import Sockets
import Synchronization
import Testing

@testable import MailEngine

/// A clock that runs when it is told to, and wakes who sleeps.
private final class HandClock: EngineClock {
  private let time = Watched<Int64>(1_000_000)
  var now: Timestamp { Timestamp(milliseconds: time.value) }
  var uptimeMilliseconds: Int64 { time.value }
  func sleep(milliseconds: Int64) async {
    let end = time.value + milliseconds
    await time.wait { $0 >= end }
  }
  func advance(_ milliseconds: Int64) { time.update { $0 += milliseconds } }
}

@Suite(.timeLimit(.minutes(1))) struct ConnectionBudgetTests {
  private static func account(_ user: String, at host: String = "mail.example") -> ConnectionBudgets.Account {
    ConnectionBudgets.Account(ServerSettings(host: host, port: 993, security: .tls), user: user)
  }

  /// Who was let in, in that order.
  private final class Log: Sendable {
    let names = Watched<[String]>([])
    let tickets = Mutex<[String: ConnectionBudgets.Ticket]>([:])
    func add(_ name: String, _ ticket: ConnectionBudgets.Ticket) {
      tickets.withLock { $0[name] = ticket }
      names.update { $0.append(name) }
    }
    func leave(_ name: String) { _ = tickets.withLock { $0.removeValue(forKey: name) } }
    func wait(_ count: Int) async { await names.wait { $0.count >= count } }
  }

  private static func ask(
    _ budgets: ConnectionBudgets, _ user: String, _ urgency: ConnectionBudgets.Urgency, _ log: Log
  ) async -> Task<Void, Never> {
    let isAsking = Watched(false)
    let task = Task {
      if let ticket = await budgets.enter(account(user), urgency, onWait: { isAsking.open() }) {
        log.add(user, ticket)
      }
      isAsking.open()
    }
    await isAsking.wait()
    return task
  }

  @Test func `sign-ins come as an even flow, of each host its own`() async throws {
    var options = BudgetOptions()
    options.hostSignInsPerMinute = 1200
    options.signInBurst = 2
    let log = Log(), budgets = ConnectionBudgets(options: options, clock: SystemClock())
    let began = ContinuousClock.now
    for n in 0..<6 { await (await Self.ask(budgets, "\(n)", .backfill, log)).value }
    #expect(ContinuousClock.now - began > .milliseconds(190))
    #expect(budgets.hosts.first?.signIns == 6)
    let other = ContinuousClock.now
    #expect(await budgets.enter(Self.account("a", at: "other.example"), .watch, atMost: 5000) != nil)
    #expect(ContinuousClock.now - other < .seconds(5))
  }

  @Test func `the urgent go first, others in their order`() async throws {
    var options = BudgetOptions()
    options.hostConnectionsMax = 1
    let log = Log(), budgets = ConnectionBudgets(options: options, clock: SystemClock())
    var tasks = [await Self.ask(budgets, "a", .backfill, log)]
    let asking: [(String, ConnectionBudgets.Urgency)] = [
      ("b", .backfill), ("c", .watch), ("d", .call), ("e", .watch), ("f", .call), ("g", .backfill),
    ]
    for (user, urgency) in asking { tasks.append(await Self.ask(budgets, user, urgency, log)) }
    await log.wait(1)
    for count in 2...7 {
      log.leave(log.names.value[count - 2])
      await log.wait(count)
    }
    #expect(log.names.value == ["a", "d", "f", "c", "e", "b", "g"])
    for task in tasks { await task.value }
  }

  @Test func `an account that is full does not keep others waiting, and goes on when one is closed`()
    async throws
  {
    var options = BudgetOptions()
    options.accountConnectionsMax = 1
    let log = Log(), budgets = ConnectionBudgets(options: options, clock: SystemClock())
    await (await Self.ask(budgets, "a", .watch, log)).value
    let second = Task {
      if let ticket = await budgets.enter(Self.account("a"), .watch) { log.add("a again", ticket) }
    }
    while budgets.hosts.first?.waiting != 1 { await Task.yield() }
    await (await Self.ask(budgets, "b", .backfill, log)).value
    #expect(log.names.value == ["a", "b"])
    #expect(budgets.use(of: Self.account("a")).connections == 1)
    log.leave("a")
    await second.value
    #expect(log.names.value == ["a", "b", "a again"])
  }

  @Test func `a host that is full keeps a tenth for calls`() async throws {
    var options = BudgetOptions()
    options.hostConnectionsMax = 10
    let log = Log(), budgets = ConnectionBudgets(options: options, clock: SystemClock())
    for n in 0..<9 { await (await Self.ask(budgets, "w\(n)", .watch, log)).value }
    let waiting = await Self.ask(budgets, "w9", .watch, log)
    await (await Self.ask(budgets, "call", .call, log)).value
    #expect(log.names.value.last == "call" && log.names.value.count == 10)
    // Full for calls, too: in words, and not for ever.
    #expect(await budgets.enter(Self.account("call 2"), .call, atMost: 20) == nil)
    log.leave("call")
    log.leave("w0")
    await waiting.value
    #expect(log.names.value.last == "w9")
  }

  @Test func `who is cancelled, or waits no longer, is in nobody's way`() async throws {
    var options = BudgetOptions()
    options.hostConnectionsMax = 1
    let log = Log(), budgets = ConnectionBudgets(options: options, clock: SystemClock())
    await (await Self.ask(budgets, "a", .call, log)).value
    let given = await Self.ask(budgets, "b", .call, log)
    given.cancel()
    await given.value
    #expect(await budgets.enter(Self.account("c"), .call, atMost: 1) == nil)
    #expect(budgets.hosts.first?.waiting == 0)
    let last = await Self.ask(budgets, "d", .call, log)
    log.leave("a")
    await last.value
    #expect(log.names.value == ["a", "d"])
  }

  @Test func `an account's octets are counted by the day`() async throws {
    var options = BudgetOptions()
    options.accountOctetsPerDay = 1000
    let clock = HandClock(), budgets = ConnectionBudgets(options: options, clock: clock)
    let account = Self.account("a")
    #expect(budgets.pause(of: account) == nil)
    budgets.note(600, of: account)
    clock.advance(3_600_000)
    #expect(budgets.pause(of: account) == nil)
    budgets.note(400, of: account)
    #expect(budgets.pause(of: account) == Int64(82_800_000))
    #expect(budgets.pause(of: Self.account("b")) == nil)
    clock.advance(23 * 3_600_000)
    #expect(budgets.pause(of: account) == nil)
    // A provider of whom more is known.
    let gmail = Self.account("a", at: "imap.gmail.com")
    budgets.note(1999, of: gmail)
    #expect(budgets.pause(of: gmail) == nil)
    #expect(budgets.use(of: gmail).octetsPerDayMax == 2_000_000_000)
    #expect(budgets.use(of: gmail).connectionsMax == 8)
  }

  /// None starves, and their server sees an even flow.
  @Test func `five thousand mailboxes at one host come in one after the other`() async throws {
    var options = BudgetOptions()
    options.hostSignInsPerMinute = 120_000
    options.signInBurst = 10
    let log = Log(), budgets = ConnectionBudgets(options: options, clock: SystemClock())
    let began = ContinuousClock.now
    await withTaskGroup(of: Void.self) { group in
      for n in 0..<5000 {
        group.addTask {
          if let ticket = await budgets.enter(Self.account("\(n)"), .watch) { log.add("\(n)", ticket) }
        }
      }
    }
    #expect(Set(log.names.value).count == 5000)
    #expect(ContinuousClock.now - began > .milliseconds(4990 / 2 - 10))
    #expect(budgets.hosts.first?.connections == 5000)
  }

  @Test func `older mail is read by so many at once, each in its turn`() async throws {
    let turns = BackfillTurns(max: 2)
    let all = (1...4).map { MailboxControl(id: MailboxID(Int64($0)), reactor: ReactorGroup.shared.next()) }
    #expect(turns.take(all[0]) && turns.take(all[1]) && !turns.take(all[2]) && !turns.take(all[3]))
    #expect(turns.figures.reading == 2 && turns.figures.waiting == 2)
    turns.giveBack(all[0])
    // It has read a piece; the others come first.
    #expect(all[2].isKicked(.turn) && !turns.take(all[0]) && turns.take(all[2]))
    // One that has nothing to read any more, or is called off, is in nobody's way.
    turns.forget(all[3])
    turns.giveBack(all[1])
    #expect(all[0].isKicked(.turn) && turns.take(all[0]))
    turns.forget(all[0])
    turns.forget(all[2])
    #expect(turns.figures.reading == 0 && turns.figures.waiting == 0)
  }

  @Test func `who is first and busy with something else does not keep others waiting`() async throws {
    let turns = BackfillTurns(max: 1)
    let all = (1...12).map { MailboxControl(id: MailboxID(Int64($0)), reactor: ReactorGroup.shared.next()) }
    #expect(turns.take(all[0]))
    for control in all.dropFirst() { #expect(!turns.take(control)) }
    turns.giveBack(all[0])
    // The first of them does not come.
    #expect(turns.take(all[2]))
    turns.giveBack(all[2])
    #expect(turns.take(all[1]))
    // All others have theirs in the end.
    turns.giveBack(all[1])
    var left = Set(3..<12)
    for _ in 0..<50 where !left.isEmpty {
      for n in left.sorted() where all[n].take(.turn) == .turn && turns.take(all[n]) {
        left.remove(n)
        turns.giveBack(all[n])
      }
    }
    #expect(left.isEmpty && turns.figures.waiting == 0)
  }
}
