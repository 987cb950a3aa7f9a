import MIME
import Testing

@testable import MailEngine

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
    let form = LoggedForm(raw, omitting: nil)
    #expect(form.raw == raw)
    #expect(form.hasAttachment)
    let plain = LoggedForm(try Self.mail(attachment: false), omitting: .turnedOff)
    #expect(!plain.hasAttachment)
    #expect(plain.raw == plain.raw)
  }

  @Test(arguments: [LoggedForm.Omission.turnedOff, .tooLarge(octets: 60_000_000)])
  func `Without its attachments it says so, and the text stays`(omission: LoggedForm.Omission) throws {
    let raw = try Self.mail(attachment: true)
    let form = LoggedForm(raw, omitting: omission)
    #expect(form.hasAttachment)
    #expect(form.raw.count < raw.count)
    let before = ParsedMessage(raw)
    let after = ParsedMessage(form.raw)
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
      let form = LoggedForm(Array(raw[..<end]), omitting: .tooLarge(octets: 60_000_000))
      #expect(ParsedMessage(form.raw).headerBlock.contains("X-Postroom-Attachments"))
    }
  }
}
