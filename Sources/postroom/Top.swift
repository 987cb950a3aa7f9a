import ArgumentParser
import Foundation
import Glibc
import PostroomClient

struct Top: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watch the server at work: rates, queues, slowest calls, mailboxes.",
    discussion: """
      Looks again every second, or as --every says. On a terminal it draws over the last view; Ctrl-C ends it. In a \
      pipe it prints a line each time; --count ends it after so many.

      EXAMPLE: postroom top --every 5
      """)

  @Option(help: ArgumentHelp("Time between two looks, 1 to 3600.", valueName: "s")) var every: Int = 1
  @Option(help: ArgumentHelp("End after so many looks.", valueName: "looks")) var count: Int?
  @OptionGroup var options: ServerOptions

  func validate() throws {
    guard 1...3600 ~= every else { throw ValidationError("--every is from 1 to 3600 seconds.") }
    if let count, count < 1 { throw ValidationError("--count is at least 1.") }
  }

  func run() async throws {
    try await options.run { client in
      var before: (stats: ServerStats, at: ContinuousClock.Instant)?
      var left = count ?? .max
      while left > 0 {
        let stats = try await client.server.stats()
        let mailboxes = try await client.mailbox.list().mailboxes
        let now = ContinuousClock.now
        let view = View(stats, mailboxes, before: before.map { ($0.stats, now - $0.at) })
        if options.json { Terminal.line(stats.json) } else { view.show() }
        before = (stats, now)
        left -= 1
        if left > 0 { try await Task.sleep(for: .seconds(every)) }
      }
    }
  }

  /// One look.
  struct View {
    private let stats: ServerStats
    private let mailboxes: [Mailbox]
    private let before: (stats: ServerStats, time: Duration)?

    init(_ stats: ServerStats, _ mailboxes: [Mailbox], before: (ServerStats, Duration)?) {
      self.stats = stats
      self.mailboxes = mailboxes
      self.before = before.map { (stats: $0.0, time: $0.1) }
    }

    /// How fast a counter grew since the last look, for a second; nil at the first look, or when the server began anew.
    private func rate(_ value: (ServerStats) -> Int64) -> Double? {
      guard let before, before.time > .zero, value(stats) >= value(before.stats) else { return nil }
      return Double(value(stats) - value(before.stats)) / (before.time / .seconds(1))
    }

    private func text(_ rate: Double?, _ unit: String = "/s") -> String {
      guard let rate else { return "–" }
      return rate < 10 ? String(format: "%.1f%@", rate, unit) : "\(Int(rate))\(unit)"
    }

    private static func octets(_ n: Double?) -> String {
      guard let n else { return "–" }
      if n < 10_000 { return "\(Int(n)) B" }
      return n < 10_000_000 ? "\(Int(n / 1000)) kB" : "\(Int(n / 1_000_000)) MB"
    }

    /// Processor time since the last look, of one core.
    private var processor: String {
      guard let now = stats.process, let before, let then = before.stats.process else { return "–" }
      return "\(Int((now.cpuSeconds - then.cpuSeconds) / (before.time / .seconds(1)) * 100)) %"
    }

    func show() {
      if !Terminal.isOutput { return Terminal.line(line) }
      // Home, draw, clear what is left below: no flicker.
      var lines = heads
      lines += slowest
      let room = max(Terminal.height - lines.count - 2, 1)
      let rows = mailboxes.sorted { Self.order($0) < Self.order($1) }
      lines.append("")
      for mailbox in rows.prefix(room - (rows.count > room ? 1 : 0)) {
        let why = [mailbox.reason?.rawValue, mailbox.detail].compactMap { $0 }.joined(separator: ": ")
        let state = "\(mailbox.state)".padding(toLength: 13, withPad: " ", startingAt: 0)
        lines.append("\(state) \(mailbox.email)  \(why)")
      }
      if rows.count > room { lines.append("… and \(rows.count - room + 1) more") }
      let width = Terminal.width
      Terminal.write(
        "\u{1B}[H" + lines.map { Terminal.cut(Terminal.safeLine($0), width) + "\u{1B}[K\n" }.joined()
          + "\u{1B}[J")
    }

    /// Those that need somebody first.
    private static func order(_ mailbox: Mailbox) -> Int {
      switch mailbox.state {
      case .disconnected: 0
      case .retrying: 1
      case .connecting, .syncing: 2
      default: 3
      }
    }

    private var line: String {
      "calls \(text(rate(\.calls)))  errors \(text(rate(\.errors)))  running \(stats.callsInFlight)  "
        + "connections \(stats.connectionsOpen)  mailboxes \(stats.mailboxesLive)/\(stats.mailboxes)  "
        + "outbox \(waiting)  cpu \(processor)  event \(stats.latestEvent)"
    }

    private var waiting: Int64 {
      stats.outbox.map { $0.queued + $0.sending + $0.dataOpen + $0.deferred } ?? 0
    }

    /// Of the last minutes, as many as leave room for the mailboxes.
    private var slowest: [String] {
      guard let calls = stats.slowest, !calls.isEmpty else { return [] }
      return [""]
        + calls.prefix(max(min(5, Terminal.height / 5), 1)).map { call in
          let time = String(format: "%9.1f ms", Double(call.microseconds) / 1000)
          let who = call.caller.map { "  \($0)" } ?? ""
          return "\(time)  \(call.method)\(who)\(call.error.map { "  \($0)" } ?? "")"
        }
    }

    private var heads: [String] {
      var lines = [
        "up \(ProgressBar.duration(stats.uptimeSeconds))   cpu \(processor)   memory "
          + "\(Self.octets(stats.process.map { Double($0.residentOctets) }))   files "
          + "\(stats.process.map { "\($0.descriptors)/\($0.descriptorsMax)" } ?? "–")   event \(stats.latestEvent)",
        "calls \(text(rate(\.calls)))   errors \(text(rate(\.errors)))   running \(stats.callsInFlight)   "
          + "streams \(stats.streamsOpen ?? 0)   in \(Self.octets(rate(\.octetsIn)))/s   out "
          + "\(Self.octets(rate(\.octetsOut)))/s   connections \(stats.connectionsOpen)",
      ]
      if let outbox = stats.outbox {
        lines.append(
          "outbox: queued \(outbox.queued)   sending \(outbox.sending + outbox.dataOpen)   deferred "
            + "\(outbox.deferred)   unknown \(outbox.unknown)")
      }
      if let sync = stats.sync {
        lines.append(
          "sync: live \(sync.live)   reading \(sync.reading)   connecting \(sync.connecting)   waiting "
            + "\(sync.waiting)   paused \(sync.paused ?? 0)   stopped \(sync.stopped)   writes waiting \(stats.storeWritesWaiting ?? 0)"
        )
      }
      return lines
    }
  }
}
