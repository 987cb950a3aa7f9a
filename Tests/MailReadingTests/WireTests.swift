import MIME
import Testing

@testable import MailReading

@Suite("What goes over the pipe") struct WireTests {
  static let mails: [[UInt8]] = [
    "Subject: x\n\ny", "",
    """
    From: "a@b.example" <m@p\u{430}ypal.example>, Second <s@b.example>
    From: third@b.example
    List-Id: News <news.b.example>
    List-Unsubscribe: <https://b.example/u>
    List-Unsubscribe-Post: List-Unsubscribe=One-Click
    Content-Type: multipart/mixed; boundary=b

    --b
    Content-Type: text/html

    <p>Hello</p><img src="cid:1@b"><blockquote type=cite>before</blockquote>
    --b
    Content-Type: image/png; name="\u{e4}.png"
    Content-ID: <1@b>

    PNG
    --b
    Content-Type: text/calendar; method=REQUEST

    BEGIN:VCALENDAR
    BEGIN:VEVENT
    UID:1
    SUMMARY:Meeting
    DTSTART;TZID=Europe/Berlin:20260302T100000
    DTEND:20260302
    ORGANIZER;CN=A:mailto:a@b.example
    ATTENDEE;PARTSTAT=DECLINED:mailto:c@b.example
    RRULE:FREQ=DAILY
    END:VEVENT
    END:VCALENDAR
    --b--
    """,
    """
    Content-Type: multipart/report; report-type=delivery-status; boundary=b

    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx

    Final-Recipient: rfc822; a@b.example
    Original-Recipient: rfc822; c@b.example
    Action: failed
    Status: 5.1.1
    Diagnostic-Code: smtp; 550 unknown user
    Remote-MTA: dns; mx2

    --b
    Content-Type: message/disposition-notification

    Disposition: manual-action/MDN-sent-manually; displayed
    Original-Message-ID: <o@b.example>
    --b--
    """,
    """
    From: Ann <ann@a.example>
    Subject: Fwd: Offer
    Thread-Index: AdJ8c2lkZXJpbmcgYSB0aHJlYWQgaW5kZXg=
    Message-ID: <f@a.example>
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary=b

    --b
    Content-Type: message/rfc822

    From: Bob <bob@b.example>
    To: ann@a.example
    Subject: Re: Offer
    Date: Mon, 13 Nov 2023 10:00:00 +0000
    Message-ID: <o@b.example>

    Yes.
    --b--
    """,
  ].map { Array($0.utf8) }

  static var requests: [ReadRequest] {
    mails.flatMap { mail -> [ReadRequest] in
      [
        .mail(mail), .logged(mail, nil), .logged(mail, .turnedOff), .logged(mail, .tooLarge(octets: 7)),
        .attachment(2, of: mail), .placeholder(-1, of: mail), .forwarded(mail),
        .headers([
          HeaderInput(header: mail, size: 3, internalDate: nil),
          HeaderInput(header: [], size: .max, internalDate: -1),
        ]),
      ]
    }
  }

  private func wire(_ value: some WireValue) -> [UInt8] {
    var writer = WireWriter()
    value.write(to: &writer)
    return writer.bytes
  }

  private func read<Value: WireValue>(_ bytes: [UInt8], as: Value.Type) throws -> Value {
    var reader = WireReader(bytes)
    let value = try Value(from: &reader)
    try reader.end()
    return value
  }

  @Test func `what is written is read again`() throws {
    for request in Self.requests {
      #expect(try read(wire(request), as: ReadRequest.self) == request)
      let answer = InProcessReader.answerNow(request)
      #expect(try read(wire(answer), as: ReadAnswer.self) == answer)
    }
  }

  @Test func `a mail that is passed on goes over the pipe with its header`() throws {
    let forward = InProcessReader.answerNow(.forwarded(try #require(Self.mails.last)))
    guard case .forwarded(let found?) = try read(wire(forward), as: ReadAnswer.self) else {
      Issue.record("none is found")
      return
    }
    #expect(found.messageID == "o@b.example" && found.header.isReply && !found.header.isAutomatic)
    try expectNonsense(forward)
  }

  @Test func `cut off anywhere, or longer, it is nonsense`() throws {
    for request in Self.requests.prefix(16) {
      try expectNonsense(request)
      try expectNonsense(InProcessReader.answerNow(request))
    }
  }

  private func expectNonsense<Value: WireValue>(_ value: Value) throws {
    let octets = wire(value)
    for end in 0..<octets.count where end < 200 || end % 7 == 0 {
      #expect(throws: WireNonsense.self) { try read(Array(octets[..<end]), as: Value.self) }
    }
    #expect(throws: WireNonsense.self) { try read(octets + [0], as: Value.self) }
  }

  @Test func `octets changed at random are an answer or nonsense, and take no room`() {
    var state: UInt64 = 7
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    for request in Self.requests {
      let octets = wire(InProcessReader.answerNow(request))
      for _ in 0..<200 {
        var changed = octets
        for _ in 0..<(1 + next() % 3) where !changed.isEmpty {
          changed[Int(next() % UInt64(changed.count))] = UInt8(truncatingIfNeeded: next())
        }
        // Either is right; that it comes back at all is the test.
        _ = try? read(changed, as: ReadAnswer.self)
      }
    }
    // A count that no answer of this length can have.
    var writer = WireWriter()
    writer.octet(1)
    writer.number(.max)
    #expect(throws: WireNonsense.self) { try read(writer.bytes, as: ReadAnswer.self) }
  }
}
