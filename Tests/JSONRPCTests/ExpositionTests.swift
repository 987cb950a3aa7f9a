import Testing

@testable import JSONRPC

/// A reader of Prometheus' text format 0.0.4, as strict as its specification.
struct Exposition {
  struct Family {
    var type = ""
    var help = ""
    var samples: [(name: String, labels: [String: String], value: Double)] = []
  }

  struct Broken: Error { let line: Substring }

  private(set) var families: [String: Family] = [:]

  /// - Throws: ``Broken`` with the line that breaks a rule.
  init(_ page: String) throws {
    guard page.hasSuffix("\n"), !page.contains("\r") else { throw Broken(line: "the end") }
    var current = ""
    for line in page.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("# ") {
        let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
        guard words.count == 4, Self.isName(words[2]) else { throw Broken(line: line) }
        let name = String(words[2])
        switch words[1] {
        case "HELP":
          // Once for each family, in front of everything else of it.
          guard families[name] == nil else { throw Broken(line: line) }
          families[name] = Family(help: String(words[3]))
          current = name
        case "TYPE":
          guard current == name, families[name]?.type == "", families[name]?.samples.isEmpty == true,
            ["counter", "gauge", "histogram"].contains(words[3])
          else { throw Broken(line: line) }
          families[name]?.type = String(words[3])
        default: throw Broken(line: line)
        }
        continue
      }
      let sample = try Self.sample(line)
      let suffixes = families[current]?.type == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
      guard let family = families[current], suffixes.contains(where: { sample.name == current + $0 }),
        !family.samples.contains(where: { $0.name == sample.name && $0.labels == sample.labels })
      else { throw Broken(line: line) }
      families[current]?.samples.append(sample)
    }
    for (name, family) in families {
      // promtool's lint: counters are named so, and only they.
      guard !family.type.isEmpty, !family.help.isEmpty,
        (family.type == "counter") == name.hasSuffix("_total")
      else { throw Broken(line: name[...]) }
    }
  }

  private static func isName(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F
        || $0 == 0x3A
    }
  }

  private static func sample(_ line: Substring) throws -> (
    name: String, labels: [String: String], value: Double
  ) {
    let name = line.prefix { $0 != "{" && $0 != " " }
    guard isName(name) else { throw Broken(line: line) }
    var rest = line.dropFirst(name.count)
    var labels: [String: String] = [:]
    if rest.first == "{" {
      rest = rest.dropFirst()
      while rest.first != "}" {
        let label = rest.prefix { $0 != "=" }
        guard isName(label), !label.contains(":"), labels[String(label)] == nil else {
          throw Broken(line: line)
        }
        rest = rest.dropFirst(label.count)
        guard rest.hasPrefix("=\"") else { throw Broken(line: line) }
        rest = rest.dropFirst(2)
        var value = ""
        while let c = rest.first, c != "\"" {
          rest = rest.dropFirst()
          if c == "\\" {
            guard let escaped = rest.first, "\\\"n".contains(escaped) else { throw Broken(line: line) }
            rest = rest.dropFirst()
            value.append(escaped == "n" ? "\n" : escaped)
          } else {
            value.append(c)
          }
        }
        guard rest.first == "\"" else { throw Broken(line: line) }
        labels[String(label)] = value
        rest = rest.dropFirst()
        if rest.first == "," {
          rest = rest.dropFirst()
        } else if rest.first != "}" {
          throw Broken(line: line)
        }
      }
      rest = rest.dropFirst()
    }
    guard rest.first == " ", let value = Double(rest.dropFirst()) else { throw Broken(line: line) }
    return (String(name), labels, value)
  }
}

@Suite struct ExpositionTests {
  static let broken: [String] = [
    "", "a 1", "# HELP a x\n# TYPE a gauge\na\n", "# HELP a x\n# TYPE a gauge\n1a 1\n",
    "# HELP a x\n# TYPE a gauge\na{b=c} 1\n", "# HELP a x\n# TYPE a gauge\na{b=\"c} 1\n",
    "# HELP a x\n# TYPE a gauge\na{b=\"\\t\"} 1\n", "# HELP a x\n# TYPE a gauge\na one\n",
    "# HELP a x\n# TYPE a gauge\na 1\na 1\n", "# HELP a x\n# TYPE a counter\na 1\n",
    "# HELP a x\na 1\n", "# HELP a x\n# TYPE a gauge\nb 1\n", "# TYPE a gauge\na 1\n",
    "# HELP a x\n# TYPE a gauge\na 1\n# HELP a x\n", "# HELP a x\n# TYPE a gauge\n\na 1\n",
  ]

  @Test(arguments: broken) func `the reader refuses what breaks the format`(_ page: String) {
    #expect(throws: Exposition.Broken.self) { try Exposition(page) }
  }

  @Test func `numbers of every kind are pages that can be read back`() throws {
    let hostile = "a\"b\\c\nd\u{1F600}"
    let families = [
      MetricFamily("one", .gauge, "Help with \\ and\nline end.", 0.5),
      MetricFamily(
        "many_total", .counter, "x", label: "by", by: [(hostile, 9_007_199_254_740_991), ("", 0)]),
      MetricFamily("build_info", "x", labels: ["version": "1", "commit": hostile]),
      MetricFamily("tiny", .gauge, "x", 1e-9), MetricFamily("huge", .gauge, "x", 1e300),
      MetricFamily("odd", .gauge, "x", .infinity), MetricFamily("none", .gauge, "x", label: "a", by: []),
    ]
    var statistics = RPCStatistics()
    statistics.framings = [("lines", 3), ("undecided", 1)]
    (statistics.streamsOpen, statistics.octetsWaiting) = (2, 77)
    var method = RPCStatistics.MethodStatistics()
    for n in [50, 700, 20_000_000] as [UInt64] { method.durations.add(microseconds: n) }
    (method.calls, method.microseconds) = (3, 20_000_750)
    statistics.methods = ["mail.send": method, "other.call": method]
    let page = try Exposition(MetricsPage(statistics, families).text)
    #expect(page.families["many_total"]?.samples.map(\.labels) == [["by": hostile], ["by": ""]])
    #expect(page.families["many_total"]?.samples[0].value == 9_007_199_254_740_991)
    #expect(page.families["build_info"]?.samples[0].labels == ["version": "1", "commit": hostile])
    #expect(
      page.families["one"]?.samples[0].value == 0.5 && page.families["odd"]?.samples[0].value == .infinity)
    #expect(
      page.families["tiny"]?.samples[0].value == 1e-9 && page.families["huge"]?.samples[0].value == 1e300)
    let framings = page.families["postroom_rpc_connections_by_framing"]?.samples
    #expect(framings?.map(\.value) == [3, 1] && framings?[0].labels == ["framing": "lines"])
    #expect(page.families["postroom_rpc_streams"]?.samples[0].value == 2)
    #expect(page.families["postroom_rpc_write_buffer_bytes"]?.samples[0].value == 77)
    let durations = try #require(page.families["postroom_rpc_call_duration_seconds"]?.samples)
    let buckets = durations.filter { $0.name.hasSuffix("_bucket") && $0.labels["method"] == "mail.send" }
    #expect(buckets.last?.labels["le"] == "+Inf" && buckets.last?.value == 3)
    #expect(buckets.map(\.value) == buckets.map(\.value).sorted())
  }

  @Test func `a server's own page can be read, and counts what is open`() async throws {
    try await withServer(isLoopback: true) { client, server, _ async throws in
      try await client.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
      let page = try Exposition(try #require(try await client.response()).body)
      let framings = try #require(page.families["postroom_rpc_connections_by_framing"]?.samples)
      #expect(framings.map { $0.labels["framing"] } == RPCServer.framings + ["undecided"])
      #expect(framings.filter { $0.value == 1 }.map { $0.labels["framing"] } == ["http"])
      #expect(server.statistics.framings.reduce(0) { $0 + $1.connections } == 1)
    }
    try await withServer { client, server, _ async throws in
      _ = try await client.ask(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"endless\",\"params\":{\"_meta\":{\"credit\":1}}}")
      let statistics = server.statistics
      #expect(statistics.streamsOpen == 1 && statistics.callsInFlight == 1)
      #expect(statistics.framings.first { $0.connections > 0 }?.name == "lines")
    }
  }
}
