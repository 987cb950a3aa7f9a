import Bytes
import MailSim
import Testing

@Suite(.timeLimit(.minutes(1)), .serialized) struct SizeTests {
  @Test func `a million messages cost no memory and no time until asked for`() async throws {
    // Other suites run in this process beside it, and their memory counts: the run that was disturbed least is held
    // to the bound.
    var growth = Int.max
    for _ in 0..<5 where growth >= 64 << 20 {
      let before = try residentOctets()
      try await askAMillion()
      growth = min(growth, try residentOctets() - before)
    }
    #expect(growth < 64 << 20)
  }

  private func askAMillion() async throws {
    try await withSim({ $0.messages = 1_000_000 }) { sim, ports in
      let best = try await bestOf(10, under: .seconds(1)) {
        let wire = try await Wire.imap(ports)
        let began = ContinuousClock.now
        #expect(try await wire.ok("SELECT INBOX").contains("* 1000000 EXISTS"))
        #expect(
          try await wire.ok("UID SEARCH RETURN (ALL) ALL").first?.hasSuffix("UID ALL 1:1000000") == true)
        let newest = try await wire.ok("FETCH 999901:* (FLAGS BODY.PEEK[])")
        #expect(newest.count == 100)
        #expect(try await wire.ok("UID FETCH 500000 (UID FLAGS RFC822.SIZE)").count == 1)
        return ContinuousClock.now - began
      }
      #expect(best < .seconds(1))
      #expect(try sim.count(of: "alice") == 1_000_000)
    }
  }
}
