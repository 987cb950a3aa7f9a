import Glibc
import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("What a restart costs", .timeLimit(.minutes(2)), .serialized)
struct RestartTests {
  static let folders = 20

  struct Cost {
    var commands: [String]
    var octets: Int
    var milliseconds: Int64
  }

  /// Restarts the engine over a mailbox of twenty folders in which nothing happened.
  private func cost(
    without: Set<String> = [], roundTrip: Int64 = 0, tries: Int = 1,
    _ prepare: (MailSim) -> Void = { _ in }
  ) async throws -> Cost {
    var best: Cost?
    try await Stage.run(
      sim: {
        $0.messages = 200
        $0.withoutCapabilities = without
        $0.roundTripMilliseconds = roundTrip
      }, engine: { $0.pollSeconds = 60 }
    ) { stage in
      for i in 0..<Self.folders { try stage.sim.createFolder("Customers \(i)", user: "alice") }
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      for _ in 0..<tries {
        await stage.stop(within: 1)
        prepare(stage.sim)
        let (before, octets) = (stage.sim.commands.count, stage.sim.traffic)
        let clock = ContinuousClock.now
        try await stage.restart()
        try await stage.until("live again") {
          try stage.engine.progress.progress(of: mailbox.id)?.phase == .live
        }
        let cost = Cost(
          // (What the connection of before had sent may be noted a moment after its end.)
          commands: stage.sim.commands[before...].map(\.name).drop { $0 != "AUTHENTICATE" }
            .filter { $0 != "IDLE" },
          octets: (stage.sim.traffic - octets).total,
          milliseconds: Int64((ContinuousClock.now - clock) / .milliseconds(1)))
        if best == nil || cost.milliseconds < best!.milliseconds { best = cost }
      }
    }
    return try #require(best)
  }

  @Test func `A restart of many folders is one flight`() async throws {
    let cost = try await cost()
    #expect(cost.commands == ["AUTHENTICATE", "ID", "ENABLE", "LIST", "EXAMINE"])
    #expect(cost.octets < 8000, "\(cost.octets)")
  }

  @Test func `Where LIST tells no states, each folder is asked in the same flight`() async throws {
    let cost = try await cost(without: ["LIST-STATUS", "QRESYNC"])
    #expect(cost.commands.filter { $0 == "STATUS" }.count == Self.folders + 2)
    #expect(cost.commands.filter { $0 != "STATUS" } == ["AUTHENTICATE", "ID", "ENABLE", "LIST", "EXAMINE"])
    #expect(cost.octets < 12_000, "\(cost.octets)")
  }

  /// Connecting, TLS, its end, signing in, the flight: five round trips. One by one they were eleven.
  @Test func `From afar it takes five round trips`() async throws {
    let cost = try await cost(roundTrip: 200, tries: 3)
    #expect(cost.milliseconds >= 1000, "\(cost.milliseconds)")
    #expect(cost.milliseconds < 1800, "\(cost.milliseconds)")
    if getenv("ENGINE_FIGURES") != nil {
      let near = try await self.cost(roundTrip: 50, tries: 5)
      print("restart at 50 ms: \(near.milliseconds) ms, \(near.octets) octets")
    }
  }

  @Test func `A server that ends many commands at once is asked one by one`() async throws {
    let cost = try await cost { sim in
      sim.add(Fault(.imap, "LIST", times: 2, .drop))
    }
    // Two connections died; on the third each command waited for the one before.
    #expect(cost.commands.filter { $0 == "AUTHENTICATE" }.count == 3)
    let last = cost.commands.suffix(5)
    #expect(last.filter { $0 == "LIST" }.count == 2, "\(cost.commands)")
  }

  @Test func `What happened in the open folder meanwhile comes with the flight`() async throws {
    try await Stage.run(sim: { $0.messages = 50 }, engine: { $0.pollSeconds = 60 }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      await stage.stop(within: 1)
      try stage.deliver("new@mail")
      try stage.deliver("filed@mail", folder: "Archive")
      try stage.sim.setFlags(["\\Flagged"], of: 7, user: "alice")
      try stage.sim.expunge(3...4, user: "alice")
      let before = stage.sim.commands.count
      try await stage.restart()
      try await stage.until("both mails") {
        let new = try await stage.mails("new@mail").count
        let filed = try await stage.mails("filed@mail").count
        return new == 1 && filed == 1
      }
      let inbox = try #require(try await stage.folders(mailbox.id)["INBOX"])
      try await stage.until("the folder is as it is") {
        try await stage.store.storedUIDs(inbox.id, in: 1...UInt32.max)
          == (try stage.sim.messages(of: "alice").map(\.uid))
      }
      // (What the connection of before had sent may be noted a moment after its end.)
      func examined() -> Int {
        stage.sim.commands[before...].drop { $0.name != "AUTHENTICATE" }.filter { $0.name == "EXAMINE" }.count
      }
      // The inbox once, the archive once, and back to the inbox.
      try await stage.until("back in the inbox") { examined() >= 3 }
      #expect(examined() == 3)
    }
  }
}
