import Foundation
import MailSim
import PostroomClient
import Testing

/// Mail that is no letter, as a caller meets it (S12): one sent mail, and everything that comes back.
@Suite(.serialized, .timeLimit(.minutes(2))) struct NoticeStoryTests {
  @Test func `a sequence stops at a bounce, an automatic answer and a reply`() async throws {
    try await Self.withOffice { office in
      // The provider's own bounce names the mail in its header.
      let gone = try await office.send(to: "bounce@customer.example")
      let bounced = try await office.event("mail.bounced", of: gone)
      #expect(bounced.facts["severity"] == "hard" && bounced.facts["cause"] == "unknownUser")
      #expect(bounced.submissionId == gone.submission.id && bounced.mail?.id == gone.mail.id)
      let status = try await office.client.mail.status(mailId: gone.mail.id)
      #expect(status.state == .accepted)
      let news = try #require(status.recipients.first?.news)
      #expect(news.action == .failed && news.severity == .hard && news.status == "5.1.1")
      let report = try await office.client.mail.get(mailId: try #require(bounced.facts["by"]))
      #expect(report.kind == .bounce && report.mail.isBounce && report.report?.standard == true)
      #expect(report.report?.originalMailId == gone.mail.id && news.reportMailId == report.mail.id)
      #expect(report.report?.recipients.first?.diagnostic == "550 5.1.1 User unknown")
      #expect(try await office.client.mail.get(mailId: gone.mail.id).deliveries == [news])

      let away = try await office.send(to: "erin@partner.example")
      try office.deliver(
        """
        From: Erin <erin@partner.example>
        To: alice@example.test
        Subject: Automatic reply: Offer
        Message-ID: <away@partner.example>
        In-Reply-To: <\(away.submission.messageId)>
        Auto-Submitted: auto-replied

        I am away until Monday.
        """)
      let auto = try await office.event("mail.autoReplied", of: away)
      let answer = try await office.client.mail.get(mailId: try #require(auto.facts["by"]))
      #expect(answer.kind == .autoReply && answer.mail.isAutoReply)
      #expect(answer.body?.replyText == "I am away until Monday.")
      try office.deliver(
        """
        From: Erin <erin@partner.example>
        To: alice@example.test
        Subject: Re: Offer
        Message-ID: <letter@partner.example>
        In-Reply-To: <\(away.submission.messageId)>

        Yes, please.
        """)
      let letter = try await office.logged("letter@partner.example")
      #expect(letter.facts["kind"] == nil && letter.facts["direction"] == "incoming")
      #expect(try await office.events().filter { $0.type.rawValue == "mail.autoReplied" }.count == 1)
    }
  }

  @Test func `a bounce that names the mail only in what it returns is found, and strangers' are not kept`()
    async throws
  {
    try await Self.withOffice { office in
      let gone = try await office.send(to: "erin@partner.example")
      let secret = "peppermint lighthouse"
      try office.deliver(Self.proseBounce(id: "s1", about: "somebody@elsewhere.example", secret: secret))
      try office.deliver(Self.proseBounce(id: "s2", about: gone.submission.messageId, secret: "ours"))
      let bounced = try await office.event("mail.bounced", of: gone)
      #expect(bounced.facts["cause"] == "mailboxFull" && bounced.facts["severity"] == "soft")
      let report = try await office.client.mail.get(mailId: try #require(bounced.facts["by"]))
      #expect(report.mail.messageId == "s2@mx.partner.example" && report.mail.matchedBy == .references)
      #expect(report.report?.standard == false && report.mail.threadId == gone.mail.threadId)
      let stranger = try await eventually("the other is read") {
        try await office.client.mail.list(messageId: "s1@mx.partner.example", loggedOnly: false).mails.first
      }
      #expect(stranger.state == .envelope && stranger.isBounce)
      // Looked at in memory, stored nowhere.
      #expect(try Traces.count([secret], in: office.server.data)[secret] == 0)
    }
  }

  @Test func `receipts, invitations and lists say what they are`() async throws {
    try await Self.withOffice { office in
      let sent = try await office.send(to: "erin@partner.example")
      let answers = "In-Reply-To: <\(sent.submission.messageId)>"
      try office.deliver(Self.receipt(answers, about: sent.submission.messageId))
      try office.deliver(Self.invitation(answers))
      try office.deliver(Self.listMail(answers))
      let receipt = try await office.detail("receipt@partner.example", kind: "readReceipt")
      #expect(receipt.receipt?.disposition == "displayed" && receipt.receipt?.automatic == false)
      #expect(receipt.receipt?.recipient == "erin@partner.example")
      #expect(receipt.receipt?.originalMessageId == sent.submission.messageId)

      let invitation = try await office.detail("invite@partner.example", kind: "invitation")
      let found = try #require(invitation.invitation)
      #expect(
        found.method == "REQUEST" && found.summary == "Kick-off, in person" && found.location == "Room 7")
      #expect(
        found.start == CalendarTime(at: "2026-03-02T10:00:00", timeZone: "Europe/Berlin", isDate: false))
      #expect(found.organizer?.email == "erin@partner.example")
      #expect(found.attendees.map(\.answer) == ["NEEDS-ACTION"])

      let list = try await office.detail("list@partner.example", kind: "list")
      #expect(list.list?.id == "news.partner.example" && list.list?.name == "Partner News")
      #expect(list.list?.oneClickUrl == "https://partner.example/u/7")
      #expect(list.list?.unsubscribe == ["mailto:leave@partner.example", "https://partner.example/u/7"])
      #expect(list.sender?.nameIsOtherAddress == true && list.sender?.mixedScripts == false)
      #expect(receipt.sender == nil)
      #expect(list.body?.splitBy == "attribution" && list.body?.replyText == "News for you.")
      // The command line shows the same.
      let shown = try await office.run(["mail", list.mail.id])
      #expect(shown.contains("From a mailing list.") && shown.contains("list: Partner News"))
      #expect(shown.contains("unsubscribe: https://partner.example/u/7"))
      #expect(shown.contains("careful: the sender's name is another address"))
      let thread = try await office.run(["thread", try #require(sent.mail.threadId)])
      #expect(thread.contains("displayed by erin@partner.example") && thread.contains("REQUEST: Kick-off"))
    }
  }

  // MARK: Mails

  private static func proseBounce(id: String, about: String, secret: String) -> String {
    """
    From: Mail Delivery System <mailer-daemon@mx.partner.example>
    To: alice@example.test
    Subject: Delivery Status Notification (Failure)
    Message-ID: <\(id)@mx.partner.example>
    Return-Path: <>

    Your message could not be delivered to

      erin@partner.example: 552 5.2.2 mailbox full

    ------ This is a copy of the message. ------

    Message-ID: <\(about)>
    From: Alice <alice@example.test>
    Subject: Offer

    \(secret)
    """
  }

  private static func receipt(_ answers: String, about: String) -> String {
    """
    From: Erin <erin@partner.example>
    To: alice@example.test
    Subject: Read: Offer
    Message-ID: <receipt@partner.example>
    \(answers)
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=disposition-notification; boundary=b

    --b
    Content-Type: text/plain

    Your message was displayed.
    --b
    Content-Type: message/disposition-notification

    Reporting-UA: desk; Reader 1
    Final-Recipient: rfc822; erin@partner.example
    Original-Message-ID: <\(about)>
    Disposition: manual-action/MDN-sent-manually; displayed

    --b--
    """
  }

  private static func invitation(_ answers: String) -> String {
    """
    From: Erin <erin@partner.example>
    To: alice@example.test
    Subject: Kick-off
    Message-ID: <invite@partner.example>
    \(answers)
    MIME-Version: 1.0
    Content-Type: multipart/alternative; boundary=b

    --b
    Content-Type: text/plain

    Let us meet.
    --b
    Content-Type: text/calendar; method=REQUEST; charset=utf-8

    BEGIN:VCALENDAR
    VERSION:2.0
    METHOD:REQUEST
    BEGIN:VEVENT
    UID:77@partner.example
    SUMMARY:Kick-off\\, in person
    LOCATION:Room 7
    DTSTART;TZID=Europe/Berlin:20260302T100000
    DTEND;TZID=Europe/Berlin:20260302T110000
    ORGANIZER;CN=Erin:mailto:erin@partner.example
    ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:alice@example.test
    END:VEVENT
    END:VCALENDAR
    --b--
    """
  }

  private static func listMail(_ answers: String) -> String {
    """
    From: "ceo@example.test" <news@partner.example>
    To: alice@example.test
    Subject: News
    Message-ID: <list@partner.example>
    \(answers)
    List-Id: Partner News <news.partner.example>
    List-Unsubscribe: <mailto:leave@partner.example>, <https://partner.example/u/7>
    List-Unsubscribe-Post: List-Unsubscribe=One-Click

    News for you.

    On Monday, Alice <alice@example.test> wrote:
    > Hello, this is it.
    """
  }

  // MARK: The stage

  private struct Office {
    let stage: Stage
    let server: Postroomd
    let client: PostroomClient
    let sim: MailSim
    let mailbox: String

    func send(to address: String) async throws -> SendResult {
      let sent = try await client.mail.send(
        mailboxId: mailbox, to: [Address(email: address)], subject: "Offer", text: "Hello, this is it.")
      _ = try await eventually("sent") {
        try await client.mail.status(mailId: sent.mail.id).state == .accepted ? true : nil
      }
      return sent
    }

    func deliver(_ text: String) throws {
      try sim.deliver(
        raw: Array(text.utf8.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }) + [0x0D, 0x0A], to: "alice")
    }

    func events() async throws -> [Event] { try await client.events.read(after: "0", limit: 500).events }

    func event(_ type: String, of sent: SendResult) async throws -> Event {
      try await eventually(type) {
        try await events().first { $0.type.rawValue == type && $0.mailId == sent.mail.id }
      }
    }

    func logged(_ messageID: String) async throws -> Event {
      try await eventually("\(messageID) is logged") {
        try await events().first { $0.type.rawValue == "mail.logged" && $0.mail?.messageId == messageID }
      }
    }

    func detail(_ messageID: String, kind: String) async throws -> MailDetail {
      let event = try await logged(messageID)
      #expect(event.facts["kind"] == kind)
      let detail = try await client.mail.get(mailId: try #require(event.mailId))
      #expect(detail.kind?.rawValue == kind)
      return detail
    }

    /// What the command line prints.
    func run(_ arguments: [String]) async throws -> String {
      let program = try stage.start(
        try Place.built("postroom"), arguments + ["--server", "unix://\(server.unixPath)"])
      let out = try await program.wait(atMost: .seconds(20))
      #expect(out.status == 0, "\(out.errors)")
      return out.output
    }
  }

  private static func withOffice(_ body: (Office) async throws -> Void) async throws {
    let sim = MailSim()
    let ports = try await sim.start()
    do {
      try await withStage { stage in
        let server = try await stage.postroomd("data", trusting: ports.caFile)
        let client = try await server.client()
        let box = try await client.mailbox.connect(
          email: "alice@example.test", password: "secret", userName: "alice",
          imap: ServerChoice(host: ports.host, port: Int64(ports.imapsPort), security: .tls),
          smtp: ServerChoice(host: ports.host, port: Int64(ports.smtpsPort), security: .tls))
        try await body(
          Office(stage: stage, server: server, client: client, sim: sim, mailbox: box.id))
        await client.close()
      }
    } catch {
      await sim.stop()
      throw error
    }
    await sim.stop()
  }
}
