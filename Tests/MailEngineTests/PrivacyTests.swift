import Foundation
import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("Privacy of untracked mail", .timeLimit(.minutes(10)))
struct PrivacyTests {
  /// S5: the body of an untracked mail reaches no file, at no time.
  @Test func `No body of an untracked mail reaches a file of the data folder while it is read`() async throws
  {
    let count = ProcessInfo.processInfo.environment["POSTROOM_HEAVY"] == nil ? 300 : 10_000
    let marker = "xylophone-marmalade-5521"
    try await Stage.run(engine: { $0.folderWindow = 200 }) { stage in
      for n in 0..<count {
        let text = """
          From: Erin <erin@partner.example>\r\nTo: alice@example.test\r\nSubject: Re: Note \(n)\r\n\
          Date: Mon, 13 Nov 2023 10:00:00 +0000\r\nMessage-ID: <n\(n)@x>\r\n\r\n\(marker) \(n)\r\n
          """
        try stage.sim.deliver(raw: Array(text.utf8), to: "alice", folder: n % 3 == 0 ? "Archive" : nil)
      }
      let mailbox = try await stage.connect()
      // One conversation is tracked beside them, so that bodies are fetched at all.
      let sent = try await stage.engine.send(stage.request(mailbox.id, to: "dana@customer.example"))
      try stage.deliver("answer@x", inReplyTo: sent.submission.messageID, from: "dana@customer.example")
      var looks = 0
      try await stage.until("all are read") {
        looks += 1
        #expect(try hits(marker, in: stage.dataFolder) == 0)
        let folders = try await stage.store.folders(mailbox.id)
        return folders.reduce(0) { $0 + $1.stored } >= Int64(count) + 1
      }
      try await stage.until("the answer is logged") {
        try await stage.mails("answer@x").contains { $0.state == .logged }
      }
      #expect(looks > 0)
      #expect(try hits(marker, in: stage.dataFolder) == 0)
      // The search finds what is there.
      #expect(try hits("erin@partner.example", in: stage.dataFolder) > 0)
    }
  }

  /// In how many files of the folder the text stands.
  private func hits(_ text: String, in folder: String) throws -> Int {
    let wanted = Data(text.utf8)
    return try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
      FileManager.default.contents(atPath: "\(folder)/\(name)")?.range(of: wanted) != nil
    }.count
  }
}
