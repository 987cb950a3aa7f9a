import JSONRPC
import MailStore
import PostroomAPI
import Services
import Testing

@testable import MailEngine

@Suite("server.*", .timeLimit(.minutes(1)))
struct ServerCallsTests {
  private static let started: Int64 = 1_732_552_095_007

  private func calls(_ all: ServiceHouse, tls: Bool = false) -> ServerCalls {
    var sources = FigureSources()
    sources.rpc = {
      var statistics = RPCStatistics()
      statistics.framings = [("lines", 2), ("webSocket", 1), ("undecided", 0)]
      (statistics.streamsOpen, statistics.octetsWaiting) = (3, 4096)
      return statistics
    }
    sources.reactorJobs = { [4, 1] }
    sources.logLinesDropped = { 5 }
    sources.spansDropped = { 6 }
    return ServerCalls(
      all.house,
      ServerIdentity(
        version: "9.8.7", commit: "abc\"123", limits: RPCLimits(), speaksTLS: tls, recordsSpans: tls,
        startedAt: Self.started), health: HealthMonitor(store: all.store), sources: sources)
  }

  @Test func `info tells versions, features and the limits that are held`() async throws {
    try await ServiceHouse.run { all in
      let info = try await calls(all).info(ServerInfoParams(), all.context(all.ours))
      #expect(info.version == "9.8.7" && info.commit == "abc\"123")
      #expect(info.protocolVersion == APIDocument.version && info.startedAt == "2024-11-25T16:28:15.007Z")
      #expect(info.framings == [.lines, .contentLength, .lengthPrefix, .http, .webSocket])
      #expect(info.schemaVersion.map { $0 > 0 } == true)
      let limits = try #require(info.limits)
      #expect(limits.messageOctets == Int64(RPCLimits().messageOctetsMax) && limits.depth == 64)
      #expect(info.tls == false && info.features?.contains(.tracing) == false)
      let secure = try await calls(all, tls: true).info(ServerInfoParams(), all.context(all.ours))
      #expect(secure.tls == true && secure.features?.contains(.tracing) == true)
    }
  }

  @Test func `stats tells what waits and what the process uses`() async throws {
    try await ServiceHouse.run { all in
      let mailbox = try await all.mailbox(all.ours)
      await all.publish(mailbox.id, stored: 1...2)
      let stats = try await calls(all).stats(ServerStatsParams(), all.context(all.ours))
      #expect(stats.uptimeSeconds > 0 && stats.mailboxes == 1 && stats.sync?.reading == 1)
      #expect(stats.connectionsByFraming?.map(\.connections) == [2, 1, 0])
      #expect(stats.streamsOpen == 3 && stats.octetsWaiting == 4096 && stats.reactorJobs == 5)
      #expect(stats.logLinesDropped == 5 && stats.spansDropped == 6)
      #expect(stats.outbox?.queued == 0 && stats.outbox?.unknown == 0)
      let process = try #require(stats.process)
      #expect(process.residentOctets > 1 << 20 && process.virtualOctets >= process.residentOctets)
      #expect(process.cpuSeconds > 0 && process.threads > 1)
      #expect(process.descriptors > 3 && process.descriptorsMax >= process.descriptors)
    }
  }

  @Test func `a store that fails takes its own figures along and no others`() async throws {
    try await ServiceHouse.run { all in
      let names = await calls(all).metrics().map(\.name)
      #expect(names.contains("postroom_outbox_submissions") && names.contains("process_open_fds"))
      await all.store.close()
      let left = await calls(all).metrics().map(\.name)
      #expect(left == names.filter { $0 != "postroom_outbox_submissions" && $0 != "postroom_mailboxes" })
    }
  }
}
