package import JSONRPC
internal import MailEngine
internal import MailReading
internal import MailStore
package import Telemetry

/// What is known of the server before it starts and does not change.
package struct ServerIdentity: Sendable {
  package let version: String
  /// What it was built from, if known.
  package let commit: String?
  package let limits: RPCLimits
  package let speaksTLS: Bool
  package let recordsSpans: Bool
  /// Milliseconds since 1970.
  package let startedAt: Int64

  package init(
    version: String, commit: String?, limits: RPCLimits, speaksTLS: Bool, recordsSpans: Bool, startedAt: Int64
  ) {
    self.version = version
    self.commit = commit
    self.limits = limits
    self.speaksTLS = speaksTLS
    self.recordsSpans = recordsSpans
    self.startedAt = startedAt
  }
}

/// Where the figures come from that neither the store nor the engine has.
package struct FigureSources: Sendable {
  package var rpc: @Sendable () -> RPCStatistics = { RPCStatistics() }
  /// Work that waits for each reactor.
  package var reactorJobs: @Sendable () -> [Int] = { [] }
  package var logLinesDropped: @Sendable () -> UInt64 = { 0 }
  package var spansDropped: @Sendable () -> UInt64 = { 0 }
  package var webhooks: @Sendable () -> WebhookFigures = { WebhookFigures() }
  /// Slowest first.
  package var slowest: @Sendable () -> [SlowCall] = { [] }

  package init() {}
}

/// All figures at one moment, for `server.stats` and for `GET /metrics`.
struct ServerFigures: Sendable {
  var process = ProcessFigures()
  /// nil when the store does not answer.
  var outbox: [SubmissionState: Int]?
  var mailboxes: [MailboxState: Int]?
  var phases: [SyncProgress.Phase: Int] = [:]
  var audits: (done: Int, failed: Int, unexplained: Int64) = (0, 0, 0)
  var storeWritesWaiting = 0
  var latestEvent: Int64 = 0
  var reactorJobs: [Int] = []
  var logLinesDropped: UInt64 = 0
  var spansDropped: UInt64 = 0
  /// nil when mail is parsed in this process.
  var parsing: ReaderStatistics?
  var hosts: [HostUse] = []
  var backfills = (reading: 0, waiting: 0)
  var webhooks: [WebhookState: Int] = [:]
  var webhookWaitSeconds: Int64 = 0
  var deliveries = WebhookFigures()

  /// There may be thousands: those with most to do.
  static func busiest(_ hosts: [HostUse]) -> [HostUse] {
    let busy = { (use: HostUse) in (use.waiting, use.connections, use.signIns) }
    return Array(hosts.sorted { busy($0) > busy($1) }.prefix(100))
  }

  /// States of mails that are on their way.
  static let openStates = SubmissionState.allCases.filter { !$0.isFinal }

  static func read(_ house: House, _ sources: FigureSources) async -> ServerFigures {
    var figures = ServerFigures()
    figures.process = await ProcessFigures.read()
    // A store that fails is told by its health and its errors; the other figures are wanted all the more then.
    figures.outbox = try? await house.store.outboxCounts()
    figures.mailboxes = (try? await house.store.mailboxes(tenant: nil))?
      .reduce(into: [:]) { $0[$1.state, default: 0] += 1 }
    figures.phases = house.engine.progress.phases
    figures.audits = house.engine.auditFigures
    figures.storeWritesWaiting = house.store.writesWaiting
    figures.latestEvent = house.store.latestEvent
    figures.reactorJobs = sources.reactorJobs()
    figures.logLinesDropped = sources.logLinesDropped()
    figures.spansDropped = sources.spansDropped()
    figures.parsing = house.reader.statistics
    figures.hosts = house.engine.hostUse
    figures.backfills = house.engine.backfills
    figures.deliveries = sources.webhooks()
    figures.webhooks = (try? await house.store.webhookCounts()) ?? [:]
    if let since = try? await house.store.oldestWebhookWait() {
      figures.webhookWaitSeconds = max(0, (house.now.milliseconds - since.milliseconds) / 1000)
    }
    return figures
  }

  /// For Prometheus; what the RPC layer counts, it adds itself.
  func families(_ identity: ServerIdentity, protocolVersion: String, isServing: Bool) -> [MetricFamily] {
    var build = ["version": identity.version, "protocol": protocolVersion]
    build["commit"] = identity.commit
    var all = [
      MetricFamily("postroom_build_info", "What runs here.", labels: build),
      MetricFamily("postroom_serving", .gauge, "1 while health.check says SERVING.", isServing ? 1 : 0),
      MetricFamily(
        "postroom_sync_mailboxes", .gauge, "Mailboxes by what their workers do.", label: "phase",
        by: SyncProgress.Phase.allCases.map { ($0.rawValue, Double(phases[$0] ?? 0)) }),
      MetricFamily(
        "postroom_audit_unexplained", .gauge,
        "Mails by which server and store differ without a reason, as the last audit of each mailbox found.",
        Double(audits.unexplained)),
      MetricFamily(
        "postroom_audits_total", .counter, "Audits of mailboxes by how they ended.", label: "outcome",
        by: [("done", Double(audits.done)), ("failed", Double(audits.failed))]),
      MetricFamily(
        "postroom_store_writes_waiting", .gauge, "Changes that wait for their transaction.",
        Double(storeWritesWaiting)),
      MetricFamily("postroom_events_total", .counter, "Events in the log.", Double(latestEvent)),
      MetricFamily(
        "postroom_reactor_jobs", .gauge, "Work that waits for each thread that connections live on.",
        label: "reactor", by: reactorJobs.enumerated().map { (String($0), Double($1)) }),
      MetricFamily(
        "postroom_log_lines_dropped_total", .counter, "Lines of the log that were lost.",
        Double(logLinesDropped)),
      MetricFamily(
        "postroom_trace_spans_dropped_total", .counter, "Spans that were lost.", Double(spansDropped)),
    ]
    if let parsing {
      all += [
        MetricFamily(
          "postroom_parse_processes", .gauge, "Processes that parse mail.", Double(parsing.processes)),
        MetricFamily(
          "postroom_parse_answers_total", .counter, "Mails, and windows of headers, that were parsed.",
          Double(parsing.answers)),
        MetricFamily(
          "postroom_parse_restarts_total", .counter, "Processes that a mail ended or stalled.",
          Double(parsing.deaths)),
        MetricFamily(
          "postroom_parse_failures_total", .counter, "Mails that did so twice and were given up.",
          Double(parsing.unreadable)),
      ]
    }
    all += [
      MetricFamily(
        "postroom_backfills", .gauge, "Mailboxes that read older mail, or wait for their turn to.",
        label: "state", by: [("reading", Double(backfills.reading)), ("waiting", Double(backfills.waiting))]),
      // Hosts come from callers, and there may be thousands: their names are told by server.stats.
      MetricFamily(
        "postroom_mail_connections", .gauge, "Connections to mail servers.",
        Double(hosts.reduce(0) { $0 + $1.connections })),
      MetricFamily(
        "postroom_mail_connections_waiting", .gauge, "Connections to mail servers that wait for their turn.",
        Double(hosts.reduce(0) { $0 + $1.waiting })),
    ]
    all += [
      MetricFamily(
        "postroom_webhooks", .gauge, "Webhooks of all tenants by state.", label: "state",
        by: WebhookState.allCases.map { ($0.rawValue, Double(webhooks[$0] ?? 0)) }),
      MetricFamily(
        "postroom_webhook_deliveries_total", .counter, "Attempts to deliver an event to a webhook.",
        label: "outcome",
        by: [("delivered", Double(deliveries.delivered)), ("failed", Double(deliveries.failed))]),
      MetricFamily(
        "postroom_webhook_lag_seconds", .gauge,
        "How long the oldest event waits that an active webhook has not got.", Double(webhookWaitSeconds)),
    ]
    if let outbox {
      all.append(
        MetricFamily(
          "postroom_outbox_submissions", .gauge, "Mails on their way out by state.", label: "state",
          by: Self.openStates.map { ($0.rawValue, Double(outbox[$0] ?? 0)) }))
    }
    if let mailboxes {
      all.append(
        MetricFamily(
          "postroom_mailboxes", .gauge, "Mailboxes of all tenants by state.", label: "state",
          by: MailboxState.allCases.map { ($0.rawValue, Double(mailboxes[$0] ?? 0)) }))
    }
    return all + process.families(startedAtSeconds: Double(identity.startedAt) / 1000)
  }
}
