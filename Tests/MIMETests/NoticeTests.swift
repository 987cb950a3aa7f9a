import Testing

@testable import MIME

/// Receipts, invitations, lists, and what is odd about a sender.
@Suite struct NoticeTests {
  @Test(
    arguments: [
      ("manual-action/MDN-sent-manually; displayed", ReadReceipt.Disposition.displayed, false, false, []),
      ("automatic-action/MDN-sent-automatically; deleted", .deleted, true, true, []),
      (
        "Automatic-Action / MDN-Sent-Automatically (by rule); Processed/error, Warning", .processed, true,
        true, ["error", "warning"]
      ),
      ("displayed", .displayed, false, false, []),
      ("manual-action/MDN-sent-manually; denied", .denied, false, false, []),
      ("", .displayed, false, false, []), ("x; sideways", .processed, false, false, []),
    ] as [(String, ReadReceipt.Disposition, Bool, Bool, [String])])
  func `receipts are read`(
    _ value: String, _ disposition: ReadReceipt.Disposition, _ byRule: Bool, _ sentAlone: Bool,
    _ modifiers: [String]
  ) {
    let message = parsed(
      """
      From: joe@example.org
      Content-Type: multipart/report; report-type=disposition-notification; boundary=b

      --b

      Your message was read.
      --b
      Content-Type: message/disposition-notification

      Reporting-UA: mail.example.org; Mail 1.0
      Original-Recipient: rfc822;joe@example.org
      Final-Recipient: rfc822; joe@mail.example.org
      Original-Message-ID: <sent@example.com>
      Disposition: \(value)

      --b--
      """)
    let receipt = message.readReceipt()
    #expect(message.headers.isReadReceipt)
    #expect(receipt?.disposition == disposition)
    #expect(receipt?.isAutomaticAction == byRule && receipt?.isSentAutomatically == sentAlone)
    #expect(receipt?.modifiers == modifiers)
    #expect(receipt?.originalMessageID?.text == "sent@example.com")
    #expect(
      receipt?.finalRecipient == "joe@mail.example.org" && receipt?.originalRecipient == "joe@example.org")
    #expect(receipt?.reportingUA == "mail.example.org; Mail 1.0")
  }

  @Test func `who wants a receipt is told`() {
    #expect(
      parsed("Disposition-Notification-To: Jane <j@e.c>\n\n").receiptsWantedBy.map(\.email) == ["j@e.c"])
    #expect(parsed("From: j@e.c\n\n").receiptsWantedBy.isEmpty)
    #expect(parsed("From: j@e.c\n\n").readReceipt() == nil)
  }

  private func invitation(_ text: String, type: String = "text/calendar; charset=utf-8; method=REQUEST")
    -> CalendarInvitation?
  {
    parsed("Content-Type: \(type)\n\n" + text).invitation()
  }

  @Test func `invitations are read`() {
    let found = invitation(
      """
      BEGIN:VCALENDAR
      PRODID:-//Example//EN
      VERSION:2.0
      METHOD:REQUEST
      BEGIN:VTIMEZONE
      TZID:Europe/Berlin
      BEGIN:STANDARD
      DTSTART:16010101T030000
      END:STANDARD
      END:VTIMEZONE
      BEGIN:VEVENT
      UID:040000008200E00074C5B7101A82E008
       0000000
      SUMMARY;LANGUAGE=de:Besprechung\\, Angebot\\nund Plan
      LOCATION:Raum 1
      DTSTART;TZID="Europe/Berlin":20230102T150405
      DTEND;TZID=Europe/Berlin:20230102T160000
      ORGANIZER;CN="Doe, Jane: Ltd":mailto:jane@example.com
      ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=needs-action;CN=Joe:MAILTO:joe@example.org
      ATTENDEE;CN=Room:invalid:nomail
      SEQUENCE:2
      STATUS:CONFIRMED
      RRULE:FREQ=WEEKLY
      BEGIN:VALARM
      SUMMARY:not this
      END:VALARM
      END:VEVENT
      BEGIN:VEVENT
      UID:second
      END:VEVENT
      END:VCALENDAR
      """)
    #expect(found?.method == "REQUEST" && found?.uid == "040000008200E00074C5B7101A82E0080000000")
    #expect(found?.summary == "Besprechung, Angebot\nund Plan" && found?.location == "Raum 1")
    #expect(found?.start == .init(text: "2023-01-02T15:04:05", timeZone: "Europe/Berlin", isDate: false))
    #expect(found?.end?.text == "2023-01-02T16:00:00")
    #expect(found?.organizer == MailAddress(name: "Doe, Jane: Ltd", email: "jane@example.com"))
    #expect(
      found?.attendees == [
        .init(address: MailAddress(name: "Joe", email: "joe@example.org"), answer: "NEEDS-ACTION")
      ])
    #expect(found?.sequence == 2 && found?.status == "CONFIRMED" && found?.repeats == true)
  }

  @Test(
    arguments: [
      ("20230102", "2023-01-02", true), ("20230102T150405Z", "2023-01-02T15:04:05Z", false),
      ("20230102T150405", "2023-01-02T15:04:05", false), ("20230102T1504", "2023-01-02", true),
      ("2023", nil, true),
      ("soon", nil, true),
    ] as [(String, String?, Bool)])
  func `times are read as they are`(_ value: String, _ text: String?, _ isDate: Bool) {
    let start = invitation(
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nDTSTART:\(value)\nEND:VEVENT\nEND:VCALENDAR")?.start
    #expect(start?.text == text)
    if text != nil { #expect(start?.isDate == isDate && start?.timeZone == nil) }
  }

  @Test func `broken calendars do no harm`() {
    #expect(invitation("") == nil)
    #expect(invitation("no calendar at all") == nil)
    #expect(
      invitation("BEGIN:VCALENDAR\nMETHOD:cancel\nBEGIN:VEVENT\nUID:x", type: "text/calendar")?.method
        == "CANCEL")
    #expect(invitation(String(repeating: "BEGIN:VEVENT\n", count: 100_000)) == nil)
    #expect(
      invitation("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID" + String(repeating: ";A=B", count: 100_000)) == nil)
    let people = String(repeating: "ATTENDEE:mailto:a@b.c\n", count: 1001)
    let many = invitation("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\n\(people)END:VEVENT")
    #expect(many?.attendees.count == 1000)
    let reply = invitation(
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nEND:VEVENT\nEND:VCALENDAR", type: "text/calendar; method=reply")
    #expect(reply?.method == "REPLY" && reply?.start == nil)
  }

  @Test func `lists are read, and how to leave them`() {
    let list = parsed(
      """
      List-Id: "The List" <The-List.Example.org>
      List-Unsubscribe: <mailto:leave@example.org?subject=x>,
       <https://example.org/u?a=b
       c>, <javascript:alert(1)>
      List-Unsubscribe-Post: List-Unsubscribe=One-Click
      List-Post: <mailto:the-list@example.org>
      List-Archive: <https://example.org/archive>

      x
      """
    ).mailingList
    #expect(list?.id == "the-list.example.org" && list?.name == "The List")
    #expect(list?.unsubscribe == ["mailto:leave@example.org?subject=x", "https://example.org/u?a=bc"])
    #expect(list?.oneClickURL == "https://example.org/u?a=bc")
    #expect(list?.post == "mailto:the-list@example.org" && list?.archive == "https://example.org/archive")
    #expect(list?.help == nil)
  }

  @Test(arguments: [
    "List-Unsubscribe: <https://x.y/u>",
    "List-Unsubscribe: <http://x.y/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click",
    "List-Unsubscribe: <mailto:x@y.z>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click",
    "List-Unsubscribe: <https://x.y/u>\nList-Unsubscribe-Post: yes",
  ])
  func `one click is offered in one form only`(_ header: String) {
    let list = parsed(header + "\n\n").mailingList
    #expect(list != nil && list?.oneClickURL == nil)
  }

  @Test func `mail of people comes by no list`() { #expect(parsed("From: j@e.c\n\n").mailingList == nil) }

  @Test(
    arguments: [
      ("From: Jane <jane@example.com>", false, false, false, false, nil),
      ("From: \"boss@example.com\" <evil@example.net>", true, false, false, false, nil),
      ("From: \"jane@example.com\" <Jane@example.com>", false, false, false, false, nil),
      ("From: a@example.com\nFrom: b@example.com", false, true, false, false, nil),
      ("From: =?utf-8?B?cNCweXBhbA==?= <x@example.net>", false, false, true, false, nil),
      ("From: Анна Smith <x@example.net>", false, false, false, false, nil),
      ("From: x@\u{440}\u{430}ypal.example", false, false, true, false, "xn--ypal-43d9g.example"),
      ("From: x@xn--bcher-kva.example", false, false, false, false, "xn--bcher-kva.example"),
      ("From: x@bücher.example", false, false, false, false, "xn--bcher-kva.example"),
      ("From: =?utf-8?Q?Jane_=E2=80=AEmoc.elgoog?= <x@example.net>", false, false, false, true, nil),
      ("From: 山田 Taro <x@example.net>", false, false, false, false, nil),
    ] as [(String, Bool, Bool, Bool, Bool, String?)])
  func `what may deceive is told`(
    _ header: String, _ otherAddress: Bool, _ several: Bool, _ mixed: Bool, _ turned: Bool, _ ascii: String?
  ) {
    let signs = parsed(header + "\n\nx").senderSigns
    #expect(signs.nameIsOtherAddress == otherAddress)
    #expect(signs.hasSeveralFromFields == several)
    #expect(signs.mixesScripts == mixed)
    #expect(signs.turnsDirection == turned)
    #expect(signs.domainInASCII == ascii)
    #expect(signs.isSuspicious == (otherAddress || several || mixed || turned))
  }
}
