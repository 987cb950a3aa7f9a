import MIME
import MailSim
import MailStore
import Testing

@testable import MailEngine

@Suite("Stories of searching", .timeLimit(.minutes(2)))
struct SearchStoryTests {
  @Test
  func `Answers are found by their words in the background, those from before too, until they are erased`()
    async throws
  {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      let first = try await stage.engine.send(stage.request(mailbox.id, to: "erin@partner.example"))
      _ = try await stage.reaches(first.submission.id, .accepted)
      let root = first.submission.messageID
      try stage.deliver("before@x", inReplyTo: root, subject: "Re: Offer")
      try await stage.until("the answer is logged") {
        try await stage.mails("before@x").first?.state == .logged
      }
      var settings = try await stage.store.settings(of: stage.tenant)
      settings.search = .full
      try await stage.store.setSettings(settings, of: stage.tenant)
      try stage.engine.searchChanged()
      try await stage.until("mail from before is found") {
        try await found("\"body of before\"", stage) == ["before@x"]
      }
      try stage.deliver("after@x", inReplyTo: root, subject: "Re: Offer")
      try stage.deliver("private@x", subject: "Private")
      try await stage.until("new mail is found") { try await found("body after", stage) == ["after@x"] }
      #expect(try await found("\"this is it\"", stage) == [root])
      #expect(try await found("private", stage).isEmpty)
      try await stage.restart()
      #expect(try await found("body of", stage).count == 2)
      let purge = try await stage.engine.purge(
        .contact(email: "erin@partner.example"), tenant: stage.tenant, by: "test")
      try await stage.until("erased") {
        try await stage.store.purge(purge.id, tenant: stage.tenant).state == .done
      }
      #expect(try await found("body", stage).isEmpty)
    }
  }

  private func found(_ text: String, _ stage: Stage) async throws -> [String] {
    var query = SearchQuery()
    query.text = text
    return try await stage.store.search(query, tenant: stage.tenant).mails.compactMap(\.envelope.messageID)
  }
}
