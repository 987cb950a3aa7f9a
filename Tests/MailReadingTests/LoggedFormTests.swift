import MIME
import Testing

@testable import MailReading

@Suite("What is logged of a mail")
struct LoggedFormTests {
  static func mail(attachment: Bool) throws -> [UInt8] {
    var builder = MessageBuilder(
      from: MailAddress(name: "Däna", email: "dana@customer.example"),
      date: MailDate(secondsSince1970: 1_700_000_000),
      messageID: MessageID.generate(domain: "customer.example"))
    builder.to = [MailAddress(email: "alice@example.test")]
    builder.subject = "Täst"
    builder.text = "Hello Älice\nsecond line"
    builder.html = "<p>Hello <b>Älice</b></p>"
    if attachment {
      builder.attachments = [
        OutgoingAttachment(
          name: "a.pdf", type: "application/pdf", content: [UInt8](repeating: 7, count: 5000))
      ]
    }
    return try builder.build()
  }

  @Test func `As it came, when nothing is to be left out`() throws {
    let raw = try Self.mail(attachment: true)
    let form = LoggedReading(raw, omitting: nil)
    #expect(form.rebuilt == nil)
    #expect(form.hasAttachment)
    let plain = LoggedReading(try Self.mail(attachment: false), omitting: .turnedOff)
    #expect(!plain.hasAttachment)
    #expect(plain.rebuilt == nil)
  }

  @Test(arguments: [LoggedForm.Omission.turnedOff, .tooLarge(octets: 60_000_000)])
  func `Without its attachments it says so, and the text stays`(omission: LoggedForm.Omission) throws {
    let raw = try Self.mail(attachment: true)
    let form = LoggedReading(raw, omitting: omission)
    #expect(form.hasAttachment)
    let rebuilt = try #require(form.rebuilt)
    #expect(rebuilt.count < raw.count)
    let before = ParsedMessage(raw)
    let after = ParsedMessage(rebuilt)
    #expect(after.attachments.isEmpty)
    #expect(after.headerBlock.contains("X-Postroom-Attachments"))
    #expect(after.headers.messageID == before.headers.messageID)
    #expect(after.headers.subject == "Täst")
    #expect(after.headers.from == before.headers.from)
    #expect(after.body().text == before.body().text)
    #expect(after.body().html?.contains("Älice") == true)
    #expect(after.defects.isEmpty)
  }

  @Test func `The beginning of a mail cut off anywhere makes a mail`() throws {
    let raw = try Self.mail(attachment: true)
    for end in stride(from: 0, to: raw.count, by: 37) {
      let form = LoggedReading(Array(raw[..<end]), omitting: .tooLarge(octets: 60_000_000))
      #expect(ParsedMessage(try #require(form.rebuilt)).headerBlock.contains("X-Postroom-Attachments"))
    }
  }
}
