/// How many calls took how long, in steps that are the same for every method.
package struct DurationHistogram: Sendable, Equatable {
  /// The upper bounds of all steps but the last, which has none: microseconds, and the same as seconds.
  package static let bounds: [(microseconds: UInt64, seconds: StaticString)] = [
    (100, "0.0001"), (500, "0.0005"), (1000, "0.001"), (5000, "0.005"), (25_000, "0.025"), (100_000, "0.1"),
    (500_000, "0.5"), (2_500_000, "2.5"), (10_000_000, "10"),
  ]

  /// For each step how many calls; the steps do not overlap.
  package private(set) var counts = [UInt64](repeating: 0, count: bounds.count + 1)

  package init() {}

  mutating func add(microseconds: UInt64) {
    counts[Self.bounds.firstIndex { microseconds <= $0.microseconds } ?? Self.bounds.count] &+= 1
  }
}

/// `GET /metrics`: what the server has counted, in Prometheus' text format 0.0.4.
///
/// Numbers and the names of methods, nothing of tenants, callers or mail.
struct MetricsPage {
  static let type = "text/plain; version=0.0.4; charset=utf-8"

  private(set) var text = ""

  init(_ statistics: RPCStatistics, _ more: [MetricFamily] = []) {
    add(statistics)
    for family in more { add(family) }
  }

  private mutating func add(_ statistics: RPCStatistics) {
    single("connections", "gauge", "Open connections.", UInt64(clamping: statistics.connectionsOpen))
    header("connections_by_framing", "gauge", "Open connections by what they speak.")
    for (name, count) in statistics.framings {
      line("connections_by_framing", "framing=\"\(Self.escaped(name))\"", "\(count)")
    }
    single("connections_total", "counter", "Connections since the start.", statistics.connectionsTotal)
    header("connections_refused_total", "counter", "Connections beyond a limit.")
    line("connections_refused_total", "limit=\"connections\"", "\(statistics.connectionsRefused)")
    line(
      "connections_refused_total", "limit=\"connectionsPerPeer\"", "\(statistics.connectionsRefusedPerPeer)")
    single(
      "connections_refused_untold_total", "counter", "Of these, closed without an answer.",
      statistics.connectionsRefusedUntold)
    single(
      "calls_in_flight", "gauge", "Calls and streams at work.", UInt64(clamping: statistics.callsInFlight))
    single("streams", "gauge", "Of these, streams.", UInt64(clamping: statistics.streamsOpen))
    single(
      "write_buffer_bytes", "gauge", "Octets that wait for peers to take them.",
      UInt64(clamping: statistics.octetsWaiting))
    single("requests_total", "counter", "Requests of every kind, unknown methods included.", statistics.calls)
    single("request_errors_total", "counter", "Requests answered with an error.", statistics.errors)
    single("received_bytes_total", "counter", "Octets read from connections.", statistics.octetsIn)
    single("sent_bytes_total", "counter", "Octets written to connections.", statistics.octetsOut)
    single(
      "protocol_errors_total", "counter", "Input that broke a framing or a limit.", statistics.protocolErrors)
    single(
      "authentication_failures_total", "counter", "Tokens that were refused.",
      statistics.authenticationFailures)
    let methods = statistics.methods.sorted { $0.key < $1.key }
    single("pings_total", "counter", "Calls of rpc.ping.", statistics.methods["rpc.ping"]?.calls ?? 0)
    header("call_errors_total", "counter", "Calls that ended with an error.")
    for (name, method) in methods where Self.isTimed(method) {
      line("call_errors_total", "method=\"\(Self.escaped(name))\"", "\(method.errors)")
    }
    header("call_duration_seconds", "histogram", "How long calls took; of streams, how long they lasted.")
    for (name, method) in methods where Self.isTimed(method) { durations(Self.escaped(name), method) }
  }

  private mutating func add(_ family: MetricFamily) {
    let help = family.help.replacing("\\", with: "\\\\").replacing("\n", with: " ")
    text += "# HELP \(family.name) \(help)\n# TYPE \(family.name) \(family.kind.rawValue)\n"
    for sample in family.samples {
      let labels = sample.label.sorted { $0.key < $1.key }
        .map { "\($0.key)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
      text += "\(family.name)\(labels.isEmpty ? "" : "{\(labels)}") \(Self.number(sample.value))\n"
    }
  }

  private static func number(_ value: Double) -> String {
    Int64(exactly: value).map(String.init) ?? value.description
  }

  /// `rpc.ping` is counted, not timed.
  private static func isTimed(_ method: RPCStatistics.MethodStatistics) -> Bool {
    method.durations.counts.contains { $0 > 0 }
  }

  private mutating func durations(_ name: String, _ method: RPCStatistics.MethodStatistics) {
    var sum: UInt64 = 0
    for (index, count) in method.durations.counts.enumerated() {
      sum &+= count
      let bounds = DurationHistogram.bounds
      let bound = index < bounds.count ? bounds[index].seconds.description : "+Inf"
      line("call_duration_seconds_bucket", "method=\"\(name)\",le=\"\(bound)\"", "\(sum)")
    }
    let micros = String(method.microseconds % 1_000_000)
    let fraction = String(repeating: "0", count: 6 - micros.count) + micros
    line(
      "call_duration_seconds_sum", "method=\"\(name)\"", "\(method.microseconds / 1_000_000).\(fraction)")
    line("call_duration_seconds_count", "method=\"\(name)\"", "\(sum)")
  }

  private mutating func single(_ name: String, _ type: String, _ help: String, _ value: UInt64) {
    header(name, type, help)
    text += "postroom_rpc_\(name) \(value)\n"
  }

  private mutating func header(_ name: String, _ type: String, _ help: String) {
    text += "# HELP postroom_rpc_\(name) \(help)\n# TYPE postroom_rpc_\(name) \(type)\n"
  }

  private mutating func line(_ name: String, _ labels: String, _ value: String) {
    text += "postroom_rpc_\(name){\(labels)} \(value)\n"
  }

  /// A label's value: backslash, quote and newline are escaped.
  private static func escaped(_ name: String) -> String {
    var out = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\\": out += "\\\\"
      case "\"": out += "\\\""
      case "\n": out += "\\n"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
