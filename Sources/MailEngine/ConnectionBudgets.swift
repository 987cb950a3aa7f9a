internal import MailStore
internal import Synchronization

/// What may be asked of mail servers, so that neither they nor we are overrun.
package struct BudgetOptions: Sendable {
  /// Connections to one host at once; nil for no limit. Mailboxes that are watched keep theirs, so it is more than there
  /// are mailboxes at any host.
  package var hostConnectionsMax: Int?
  /// Sign-ins that one host is asked for within a minute, as an even flow.
  package var hostSignInsPerMinute = 3000
  /// Sign-ins that may come at once when none came before.
  package var signInBurst = 100
  /// Connections of one account at once, where its provider is not known to allow fewer.
  package var accountConnectionsMax = 8
  /// Octets that are read from one account within a day, where its provider is not known to give fewer; nil for no limit.
  package var accountOctetsPerDay: Int64?
  /// Mailboxes that read older mail at the same time; the others watch for new mail meanwhile.
  package var backfillsMax = 32

  package init() {}
}

/// What one host is asked for now.
package struct HostUse: Sendable, Hashable {
  package var host: String
  package var connections: Int
  package var connectionsMax: Int?
  /// Connections that wait for their turn.
  package var waiting: Int
  /// In the last minute.
  package var signIns: Int
  package var signInsPerMinuteMax: Int
}

/// What one account has used of its provider's budgets.
package struct AccountUse: Sendable, Hashable {
  package var connections: Int
  package var connectionsMax: Int
  /// Read since ``dayBeganAt``.
  package var octetsRead: Int64
  package var octetsPerDayMax: Int64?
  /// Milliseconds of uptime; nil when nothing was read yet.
  package var dayBeganAt: Int64?
}

/// Hands out turns to connect: for each host by urgency and then in the order of asking, an even flow of sign-ins, and
/// no more connections of a host or an account than its budget has.
///
/// Everything is counted in memory: a restart begins anew.
final class ConnectionBudgets: Sendable {
  /// Who goes first.
  enum Urgency: Int, CaseIterable, Sendable {
    /// Somebody waits for an answer.
    case call
    /// A mailbox whose new mail is missed meanwhile.
    case watch
    /// A mailbox that reads what is old.
    case backfill
  }

  /// A place in the budget, given back when it is let go of.
  final class Ticket: Sendable {
    private let leave: @Sendable () -> Void
    fileprivate init(_ leave: @escaping @Sendable () -> Void) { self.leave = leave }
    deinit { leave() }
  }

  struct Account: Hashable, Sendable {
    let host: String
    let user: String

    init(_ settings: ServerSettings, user: String) {
      host = settings.host.lowercased()
      self.user = user
    }
  }

  private struct Waiter {
    let account: Account
    let signal: Watched<Bool>
  }

  private struct Host {
    var tokens: Double
    var filledAt: Int64
    var connections = 0
    var accounts: [String: Int] = [:]
    /// By urgency, in the order of asking.
    var queues: [[(number: UInt64, waiter: Waiter)]] = Urgency.allCases.map { _ in [] }
    /// Moments of sign-ins within the last minute, oldest first.
    var signIns: [Int64] = []

    mutating func remove(_ number: UInt64, _ urgency: Urgency) {
      // Mostly it is the first.
      guard let at = queues[urgency.rawValue].firstIndex(where: { $0.number == number }) else { return }
      queues[urgency.rawValue].remove(at: at)
    }

    var waiting: Int { queues.reduce(0) { $0 + $1.count } }
    var isIdle: Bool { connections == 0 && waiting == 0 }
  }

  private struct Day {
    var began: Int64
    var octets: Int64
  }

  private struct State {
    var hosts: [String: Host] = [:]
    var days: [Account: Day] = [:]
    var last: UInt64 = 0
  }

  private enum Answer {
    case admitted
    /// Not before this moment, or nil when somebody else must give way first.
    case wait(Int64?)
  }

  private let options: BudgetOptions
  private let clock: any EngineClock
  private let state = Mutex(State())

  init(options: BudgetOptions, clock: any EngineClock) {
    self.options = options
    self.clock = clock
  }

  private static let minute: Int64 = 60_000
  private static let day: Int64 = 86_400_000

  // MARK: Connections

  /// Waits for a turn to connect.
  ///
  /// - Parameters:
  ///   - milliseconds: how long at the most; nil for as long as it takes.
  ///   - onWait: called once when there is no turn at once.
  /// - Returns: nil when there was none in that time, or the task is cancelled.
  func enter(
    _ account: Account, _ urgency: Urgency, atMost milliseconds: Int64? = nil,
    onWait: @Sendable () -> Void = {}
  ) async -> Ticket? {
    let waiter = Waiter(account: account, signal: Watched(false))
    let end = milliseconds.map { clock.uptimeMilliseconds + $0 }
    let number = state.withLock { s in
      s.last += 1
      s.hosts[account.host, default: Host(tokens: burst, filledAt: clock.uptimeMilliseconds)]
        .queues[urgency.rawValue].append((s.last, waiter))
      return s.last
    }
    var hasWaited = false
    while true {
      let now = clock.uptimeMilliseconds
      let (answer, next) = state.withLock { s in ask(number, waiter, urgency, now, &s) }
      next?.update { $0 = true }
      guard case .wait(let until) = answer else {
        return Ticket { [self] in leave(account) }
      }
      if Task.isCancelled || end.map({ now >= $0 }) == true {
        let next = state.withLock { s in giveUp(number, account, urgency, &s) }
        next?.update { $0 = true }
        return nil
      }
      if !hasWaited { onWait() }
      hasWaited = true
      let wait = [until, end].compactMap { $0 }.min().map { max($0 - now, 1) }
      if let wait {
        await waiter.signal.wait(until: { $0 }, atMost: wait, clock: clock)
      } else {
        await waiter.signal.wait()
      }
      waiter.signal.update { $0 = false }
    }
  }

  private var burst: Double { Double(max(options.signInBurst, 1)) }

  /// - Returns: the answer, and who is to ask next.
  private func ask(
    _ number: UInt64, _ waiter: Waiter, _ urgency: Urgency, _ now: Int64, _ s: inout State
  ) -> (Answer, Watched<Bool>?) {
    let name = waiter.account.host
    guard var host = s.hosts[name] else { return (.wait(nil), nil) }
    defer { s.hosts[name] = host }
    guard let first = first(in: host), first.number == number else { return (.wait(nil), nil) }
    let perMillisecond = Double(max(options.hostSignInsPerMinute, 1)) / Double(Self.minute)
    host.tokens = min(burst, host.tokens + Double(max(now - host.filledAt, 0)) * perMillisecond)
    host.filledAt = now
    // Rounding must not make the one who waited for exactly this moment wait again.
    guard host.tokens > 0.9999 else {
      return (.wait(now + Int64(((1 - host.tokens) / perMillisecond).rounded(.up))), nil)
    }
    host.tokens -= 1
    host.remove(number, urgency)
    host.connections += 1
    host.accounts[waiter.account.user, default: 0] += 1
    let horizon = now - Self.minute
    host.signIns.removeFirst(host.signIns.prefix { $0 <= horizon }.count)
    host.signIns.append(now)
    return (.admitted, self.first(in: host)?.waiter.signal)
  }

  /// Who is next: the most urgent who asked first, and whose account has room.
  private func first(in host: Host) -> (number: UInt64, waiter: Waiter)? {
    if let max = options.hostConnectionsMax {
      // A tenth is kept for those who wait for an answer.
      let isFull = host.connections >= max
      let isReserved = host.connections >= max - max / 10
      if isFull || (isReserved && host.queues[Urgency.call.rawValue].isEmpty) { return nil }
    }
    for queue in host.queues {
      let found = queue.first { _, waiter in
        host.accounts[waiter.account.user, default: 0] < connectionsMax(waiter.account.host)
      }
      if let found { return found }
    }
    return nil
  }

  private func connectionsMax(_ host: String) -> Int {
    max(ProviderFacts.budget(imapHost: host)?.connections ?? options.accountConnectionsMax, 1)
  }

  private func giveUp(
    _ number: UInt64, _ account: Account, _ urgency: Urgency, _ s: inout State
  ) -> Watched<Bool>? {
    s.hosts[account.host]?.remove(number, urgency)
    return s.hosts[account.host].flatMap { first(in: $0)?.waiter.signal }
  }

  private func leave(_ account: Account) {
    let next = state.withLock { s -> Watched<Bool>? in
      guard var host = s.hosts[account.host] else { return nil }
      host.connections -= 1
      let left = (host.accounts[account.user] ?? 1) - 1
      host.accounts[account.user] = left > 0 ? left : nil
      s.hosts[account.host] = host
      // One that nothing is asked of is remembered as long as its flow of sign-ins is.
      if s.hosts.count > Self.hostsMax { forgetIdle(&s) }
      return first(in: host)?.waiter.signal
    }
    next?.update { $0 = true }
  }

  private static let hostsMax = 10_000

  private func forgetIdle(_ s: inout State) {
    let horizon = clock.uptimeMilliseconds - Self.minute
    s.hosts = s.hosts.filter { !$1.isIdle || $1.filledAt > horizon }
  }

  // MARK: Octets

  /// Notes octets that came from an account.
  func note(_ octets: Int, of account: Account) {
    guard octets > 0 else { return }
    let now = clock.uptimeMilliseconds
    state.withLock { s in
      if s.days.count > Self.daysMax { s.days = s.days.filter { now - $1.began < Self.day } }
      var day = s.days[account] ?? Day(began: now, octets: 0)
      if now - day.began >= Self.day { day = Day(began: now, octets: 0) }
      day.octets &+= Int64(octets)
      s.days[account] = day
    }
  }

  private static let daysMax = 100_000

  /// When older mail may be read on, in milliseconds from now; nil when it may now.
  func pause(of account: Account) -> Int64? {
    guard let max = octetsMax(account.host) else { return nil }
    let now = clock.uptimeMilliseconds
    return state.withLock { s in
      guard let day = s.days[account], day.octets >= max, now - day.began < Self.day else { return nil }
      return day.began + Self.day - now
    }
  }

  private func octetsMax(_ host: String) -> Int64? {
    ProviderFacts.budget(imapHost: host)?.octetsPerDay ?? options.accountOctetsPerDay
  }

  // MARK: Figures

  /// By name.
  var hosts: [HostUse] {
    let horizon = clock.uptimeMilliseconds - Self.minute
    return state.withLock { s in
      s.hosts.map { name, host in
        HostUse(
          host: name, connections: host.connections, connectionsMax: options.hostConnectionsMax,
          waiting: host.waiting, signIns: host.signIns.count { $0 > horizon },
          signInsPerMinuteMax: options.hostSignInsPerMinute)
      }
    }.sorted { $0.host < $1.host }
  }

  func use(of account: Account) -> AccountUse {
    let now = clock.uptimeMilliseconds
    return state.withLock { s in
      let day = s.days[account].flatMap { now - $0.began < Self.day ? $0 : nil }
      return AccountUse(
        connections: s.hosts[account.host]?.accounts[account.user] ?? 0,
        connectionsMax: connectionsMax(account.host), octetsRead: day?.octets ?? 0,
        octetsPerDayMax: octetsMax(account.host), dayBeganAt: day?.began)
    }
  }
}

/// Turns to read older mail: so many mailboxes at once, each in its turn.
final class BackfillTurns: Sendable {
  private struct State {
    var taken: Set<MailboxID> = []
    var waiting: [MailboxControl] = []
    /// Those that were told that there is a turn for them.
    var called: Set<MailboxID> = []
  }

  private let state = Mutex(State())
  private let max: Int
  /// One more is called than there are turns: who is first may be busy with something else for minutes.
  private static let spare = 4

  init(max: Int) { self.max = Swift.max(max, 1) }

  /// - Returns: false when others are at it: the mailbox is kicked when its turn comes.
  func take(_ control: MailboxControl) -> Bool {
    state.withLock { s in
      if s.taken.contains(control.id) { return true }
      if s.taken.count < max, s.waiting.isEmpty || s.called.contains(control.id) {
        s.waiting.removeAll { $0 === control }
        s.called.remove(control.id)
        s.taken.insert(control.id)
        return true
      }
      // Who was called and came too late is called again.
      s.called.remove(control.id)
      if !s.waiting.contains(where: { $0 === control }) { s.waiting.append(control) }
      return false
    }
  }

  /// The mailbox has read a piece.
  func giveBack(_ control: MailboxControl) {
    let next = state.withLock { s -> [MailboxControl] in
      s.taken.remove(control.id)
      return call(&s)
    }
    for control in next { control.kick(.turn) }
  }

  private func call(_ s: inout State) -> [MailboxControl] {
    let free = max - s.taken.count
    guard free > 0 else { return [] }
    let next = s.waiting.prefix(free + Self.spare).filter { !s.called.contains($0.id) }
    s.called.formUnion(next.map(\.id))
    return next
  }

  /// The mailbox has nothing to read now, or its worker has ended: nobody waits behind it.
  func forget(_ control: MailboxControl) {
    let next = state.withLock { s -> [MailboxControl] in
      guard s.taken.remove(control.id) != nil || s.waiting.contains(where: { $0 === control }) else {
        return []
      }
      s.waiting.removeAll { $0 === control }
      s.called.remove(control.id)
      return call(&s)
    }
    for control in next { control.kick(.turn) }
  }

  var figures: (reading: Int, waiting: Int) { state.withLock { ($0.taken.count, $0.waiting.count) } }
}
