import IMAPClient
import IMAPCodec
import MIME
import MailStore
import Testing

@testable import MailEngine

@Suite("Envelopes from header fields")
struct EnvelopeReaderTests {
  let reader = EnvelopeReader(ownAddress: "Alice@Example.test")

  func fetched(_ header: String, uid: UInt32 = 1, size: UInt64 = 1234, date: Int64? = 1_700_000_000)
    -> FetchedMessage
  {
    var message = FetchedMessage(uid: UID(uid))
    message.headerFields = Array(header.utf8)
    message.size = size
    message.internalDate = date
    message.flags = ["\\Seen", "\\Recent", "$Forwarded"]
    return message
  }

  static let header = """
    From: =?utf-8?q?D=C3=A4na?= <dana@customer.example>\r
    To: alice@example.test, Bob <bob@example.test>\r
    Cc: carol@example.test\r
    Subject: Re: =?utf-8?q?Offer_=E2=82=AC?=\r
    Date: Mon, 13 Nov 2023 10:00:00 +0100\r
    Message-ID: <one@customer.example>\r
    In-Reply-To: <zero@example.test>\r
    References: <first@example.test>\r
     <zero@example.test>\r
    \r

    """

  @Test func `Everything that a timeline needs is read`() {
    let message = reader.message(fetched(Self.header), isSentFolder: false)
    let e = message.envelope
    #expect(e.messageID == "one@customer.example")
    #expect(e.inReplyTo == ["zero@example.test"])
    #expect(e.references == ["first@example.test", "zero@example.test"])
    #expect(e.subject == "Re: Offer €")
    #expect(e.baseSubject == "Offer €")
    #expect(
      e.addresses.map(\.email) == [
        "dana@customer.example", "alice@example.test", "bob@example.test", "carol@example.test",
      ])
    #expect(e.addresses.map(\.role) == [.from, .to, .to, .cc])
    #expect(e.addresses.first?.name == "Däna")
    #expect(e.sentAt == Timestamp(milliseconds: 1_699_866_000_000))
    #expect(e.size == 1234)
    #expect(message.receivedAt == Timestamp(milliseconds: 1_700_000_000_000))
    #expect(message.keywords == ["$forwarded", "$seen"])
    #expect(message.direction == .incoming)
    #expect(e.identity.count == 32)
  }

  @Test func `Mail from the owner, or in Sent, is outgoing`() {
    let own = "From: ALICE@example.TEST\r\nTo: dana@customer.example\r\n\r\n"
    #expect(reader.message(fetched(own), isSentFolder: false).direction == .outgoing)
    #expect(reader.message(fetched(Self.header), isSentFolder: true).direction == .outgoing)
  }

  @Test func `The same mail is the same in every folder and as we sent it`() throws {
    var builder = MessageBuilder(
      from: MailAddress(name: "Alice", email: "alice@example.test"),
      date: MailDate(secondsSince1970: 1_700_000_000),
      messageID: MessageID.generate(domain: "example.test"))
    builder.to = [MailAddress(email: "dana@customer.example")]
    builder.subject =
      "A subject that is long enough to be folded over more than one line, surely, in a header"
    builder.text = "Hello"
    let raw = try builder.build()
    let sent = reader.envelope(header: raw, size: Int64(raw.count), internalDate: nil)
    // The header as a server gives it: up to the empty line.
    let end = try #require(raw.indices.first { raw[$0...].starts(with: Array("\r\n\r\n".utf8)) })
    let header = String(decoding: raw[...(end + 3)], as: UTF8.self)
    let seen = reader.message(fetched(header, size: 99, date: 5), isSentFolder: true)
    #expect(seen.envelope.identity == sent.identity)
    #expect(seen.envelope.messageID == builder.messageID.text)
  }

  @Test func `Different mails are different even without Message-ID, or with a reused one`() {
    func identity(_ header: String, size: UInt64 = 1, date: Int64? = 1) -> [UInt8] {
      reader.message(fetched(header, size: size, date: date), isSentFolder: false).envelope.identity
    }
    let plain = "From: a@b.c\r\nSubject: x\r\n\r\n"
    #expect(identity(plain) == identity(plain))
    #expect(identity(plain) != identity(plain, size: 2))
    #expect(identity(plain) != identity(plain, date: 2))
    #expect(identity(plain) != identity("From: a@b.c\r\nSubject: y\r\n\r\n"))
    let reused = "Message-ID: <1@x>\r\nFrom: a@b.c\r\nDate: Mon, 13 Nov 2023 10:00:00 +0100\r\n\r\n"
    let again = "Message-ID: <1@x>\r\nFrom: a@b.c\r\nDate: Tue, 14 Nov 2023 10:00:00 +0100\r\n\r\n"
    #expect(identity(reused) != identity(again))
    // Folding, sizes and the server's date do not matter where there is a Message-ID.
    let folded = "Message-ID:\r\n <1@x>\r\nFrom: a@b.c\r\nDate: Mon,\r\n 13 Nov 2023 10:00:00 +0100\r\n\r\n"
    #expect(identity(reused) == identity(folded, size: 77, date: 9))
  }

  @Test(arguments: [
    "", "\r\n", "garbage", ":\r\n\r\n", "From\r\n\r\n",
    "Subject: =?x?q?=\r\nDate: never\r\nMessage-ID: <>\r\n\r\n",
    "From: <<<>>>\r\nTo: ,,,;\r\nReferences: <<a> <b\r\n\r\n", "\u{0}\u{0}\u{0}",
  ])
  func `A broken header still makes an envelope`(header: String) {
    let message = reader.message(fetched(header), isSentFolder: false)
    #expect(message.envelope.identity.count == 32)
    #expect(message.receivedAt == Timestamp(milliseconds: 1_700_000_000_000))
  }

  @Test func `A message that tells no dates has one all the same`() {
    let message = reader.message(fetched("Subject: x\r\n\r\n", date: nil), isSentFolder: false)
    #expect(message.receivedAt == Timestamp(milliseconds: 0))
    let sent = reader.message(fetched(Self.header, date: nil), isSentFolder: false)
    #expect(sent.receivedAt == Timestamp(milliseconds: 1_699_866_000_000))
  }

  @Test func `Automatic mail is marked`() {
    let reply =
      "From: dana@customer.example\r\nAuto-Submitted: auto-replied\r\nSubject: Out of office\r\n\r\n"
    #expect(reader.message(fetched(reply), isSentFolder: false).envelope.isAutoReply)
    let bounce =
      "From: MAILER-DAEMON@example.test\r\nReturn-Path: <>\r\n"
      + "Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\nSubject: Undelivered\r\n\r\n"
    #expect(reader.message(fetched(bounce), isSentFolder: false).envelope.isBounce)
  }

  @Test func `Long lists and subjects are cut`() {
    let many = (0..<2000).map { "p\($0)@example.test" }.joined(separator: ",\r\n ")
    let subject = String(repeating: "ä", count: 5000)
    let message = reader.message(fetched("To: \(many)\r\nSubject: \(subject)\r\n\r\n"), isSentFolder: false)
    #expect(message.envelope.addresses.count == 500)
    #expect(message.envelope.subject.unicodeScalars.count == 2000)
  }
}
