import Testing

@testable import MIME

/// Bounces as the large providers and programs write them, shortened; names are made up.
@Suite struct BounceTests {
  struct Bounce: Sendable, CustomTestStringConvertible {
    let name: String
    var header = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nSubject: Undelivered Mail"
    let text: String
    var address: String? = "joe@example.org"
    var status: String?
    var cause: BounceReason.Cause
    var severity = BounceReason.Severity.soft
    var action = DeliveryReport.Action.failed
    var testDescription: String { name }
  }

  private static let original = """

    Return-Path: <jane@example.com>
    Received: from mail.example.com by mx.example.net
    Message-ID: <sent@example.com>
    From: Jane <jane@example.com>
    To: someone.else@example.net
    Subject: Offer
    """

  @Test(arguments: [
    Bounce(
      name: "qmail",
      text: """
        Hi. This is the qmail-send program at mx.example.net.
        I'm afraid I wasn't able to deliver your message to the following addresses.
        This is a permanent error; I've given up. Sorry it didn't work out.

        <joe@example.org>:
        192.0.2.1 does not like recipient.
        Remote host said: 550 5.1.1 <joe@example.org>: Recipient address rejected: User unknown in virtual mailbox table
        Giving up on 192.0.2.1.

        --- Below this line is a copy of the message.
        """, status: "5.1.1", cause: .unknownUser, severity: .hard),
    Bounce(
      name: "qmail, given up",
      text: """
        Hi. This is the qmail-send program at mx.example.net.

        <joe@example.org>:
        Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)
        I'm not going to try again; this message has been in the queue too long.

        --- Below this line is a copy of the message.
        """, status: "4.4.1", cause: .expired),
    Bounce(
      name: "Yahoo",
      text: """
        Sorry, we were unable to deliver your message to the following address.

        <joe@example.org>:
        554: delivery error: dd This user doesn't have a yahoo.com account (joe@example.org) [0] - mta1.mail.example.org

        --- Below this line is a copy of the message.
        """, cause: .unknownUser, severity: .hard),
    Bounce(
      name: "Yahoo, over quota",
      text: """
        Sorry, we were unable to deliver your message to the following address.

        <joe@example.org>:
        552: 5.2.2 Over quota

        --- Below this line is a copy of the message.
        """, status: "5.2.2", cause: .mailboxFull),
    Bounce(
      name: "Exim",
      header:
        "Return-Path: <>\nX-Failed-Recipients: joe@example.org\nFrom: Mail Delivery System <Mailer-Daemon@mx.example.net>\nTo: jane@example.com\nSubject: Mail delivery failed: returning message to sender",
      text: """
        This message was created automatically by mail delivery software.

        A message that you sent could not be delivered to one or more of its
        recipients. This is a permanent error. The following address(es) failed:

          joe@example.org
            host mx.example.org [192.0.2.1]
            SMTP error from remote mail server after RCPT TO:<joe@example.org>:
            550 No Such User Here

        ------ This is a copy of the message, including all the headers. ------
        """, cause: .unknownUser, severity: .hard),
    Bounce(
      name: "Exim, unrouteable",
      header:
        "Return-Path: <>\nX-Failed-Recipients: joe@example.org\nFrom: Mail Delivery System <Mailer-Daemon@mx.example.net>",
      text: """
        A message that you sent could not be delivered to one or more of its recipients. The following address(es) failed:

          joe@example.org
            Unrouteable address

        ------ This is a copy of the message, including all the headers. ------
        """, cause: .unknownDomain, severity: .hard),
    Bounce(
      name: "Exim, late",
      header:
        "Return-Path: <>\nFrom: Mail Delivery System <Mailer-Daemon@mx.example.net>\nSubject: Warning: message 1abc delayed 24 hours",
      text: """
        This message was created automatically by mail delivery software.
        A message that you sent has not yet been delivered to one or more of its
        recipients after more than 24 hours on the queue on mx.example.net.

        The address to which the message has not yet been delivered is:

          joe@example.org
            Delay reason: Connection timed out

        No action is required on your part. Delivery attempts will continue for some time.
        """, cause: .unreachable, action: .delayed),
    Bounce(
      name: "Postfix without a report",
      text: """
        This is the mail system at host mx.example.net.

        I'm sorry to have to inform you that your message could not
        be delivered to one or more recipients. It's attached below.

        <joe@example.org>: host mx.example.org[192.0.2.1] said: 452 4.2.2 The email
            account that you tried to reach is over quota. (in reply to RCPT TO command)
        """, status: "4.2.2", cause: .mailboxFull),
    Bounce(
      name: "sendmail",
      text: """
        The original message was received at Mon, 2 Jan 2023 15:04:05 GMT from mail.example.com

           ----- The following addresses had permanent fatal errors -----
        <joe@example.org>
            (reason: 550 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org)

           ----- Transcript of session follows -----
        """, status: "5.7.1", cause: .blockedSender),
    Bounce(
      name: "Exchange, new",
      header:
        "Return-Path: <>\nFrom: Microsoft Outlook <postmaster@mx.example.net>\nTo: jane@example.com\nSubject: Undeliverable: Offer",
      text: """
        Delivery has failed to these recipients or groups:

        Joe Bloggs (joe@example.org)<mailto:joe@example.org>
        The email address you entered couldn't be found. Please check the recipient's email address and try to resend the message.

        Diagnostic information for administrators:

        Generating server: mx.example.net

        joe@example.org
        #550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##

        Original message headers:
        """, status: "5.1.1", cause: .unknownUser, severity: .hard),
    Bounce(
      name: "Exchange of old",
      header:
        "Return-Path: <>\nFrom: System Administrator <postmaster@mx.example.net>\nTo: jane@example.com\nSubject: Undeliverable: Offer",
      text: """
        Your message did not reach some or all of the intended recipients.

              Subject:  Offer
              Sent:     1/2/2023 3:04 PM

        The following recipient(s) could not be reached:

              'joe@example.org' on 1/2/2023 3:04 PM
                    The message size exceeds the size limit of the recipient.
                    <mx.example.net #5.2.3>
        """, status: "5.2.3", cause: .tooLarge),
    Bounce(
      name: "Office 365",
      header:
        "Return-Path: <>\nFrom: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.com>\nTo: jane@example.com\nSubject: Undeliverable: Offer\nX-Failed-Recipients: joe@example.org",
      text: """
        Your message to joe@example.org couldn't be delivered.
        joe wasn't found at example.org.
        jane            Office 365                 joe
        Action Required                            Recipient
        Unknown To address
        """, cause: .unknownUser, severity: .hard),
    Bounce(
      name: "Gmail, new, without a report",
      header:
        "Return-Path: <>\nFrom: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nTo: jane@example.com\nSubject: Delivery Status Notification (Failure)",
      text: """
        ** Address not found **

        Your message wasn't delivered to joe@example.org because the address couldn't be found, or is unable to receive mail.

        The response from the remote server was:
        550 5.1.1 The email account that you tried to reach does not exist.
        """, status: "5.1.1", cause: .unknownUser, severity: .hard),
    Bounce(
      name: "Gmail of old",
      header:
        "Return-Path: <>\nFrom: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nTo: jane@example.com\nX-Failed-Recipients: joe@example.org\nSubject: Delivery Status Notification (Failure)",
      text: """
        Delivery to the following recipient failed permanently:

             joe@example.org

        Technical details of permanent failure:
        Google tried to deliver your message, but it was rejected by the server for the recipient domain.
        The error that the other server returned was:
        550 5.7.1 Message rejected due to spam content

        ----- Original message -----
        """, status: "5.7.1", cause: .spam),
    Bounce(
      name: "GMX and WEB.DE",
      header:
        "Return-Path: <>\nFrom: \"GMX Mailer Daemon\" <mailer-daemon@gmx.example>\nTo: jane@example.com\nSubject: Mail delivery failed: returning message to sender",
      text: """
        This message was created automatically by mail delivery software.

        A message that you sent could not be delivered to one or more of
        its recipients. This is a permanent error. The following address
        failed:

        joe@example.org
        SMTP error from remote server for RCPT TO command, host: mx.example.org (192.0.2.1) reason: 550 Requested action not taken: mailbox unavailable

        --- The header of the original message is following. ---
        """, cause: .unknownUser, severity: .hard),
    Bounce(
      name: "Amazon SES without a report",
      header:
        "Return-Path: <>\nFrom: MAILER-DAEMON@amazonses.example\nTo: jane@example.com\nSubject: Delivery Status Notification (Failure)",
      text: """
        An error occurred while trying to deliver the mail to the following recipients:
        joe@example.org
        """, cause: .other),
    Bounce(
      name: "Domino",
      text: """
        Your message

          Subject: Offer

        was not delivered to:

          joe@example.org

        because:

          Error transferring to mx.example.org; SMTP Protocol Returned a Permanent Error 554 5.4.6 Too many hops
        """, status: "5.4.6", cause: .loop),
    Bounce(
      name: "DMARC",
      text: """
        <joe@example.org>: host mx.example.org said: 550-5.7.26 Unauthenticated email from
        example.com is not accepted due to domain's DMARC policy.
        """, status: "5.7.26", cause: .authentication),
    Bounce(name: "nobody named", text: "Something went wrong.", address: nil, cause: .other),
  ])
  func `bounces in prose are read`(_ bounce: Bounce) {
    let header = bounce.header.contains("To:") ? bounce.header : bounce.header + "\nTo: jane@example.com"
    let message = parsed(header + "\n\n" + bounce.text + "\n" + Self.original)
    #expect(message.headers.isBounce)
    let report = message.deliveryReport()
    #expect(report?.isStandard == false)
    #expect(report?.recipients.map(\.finalRecipient) == bounce.address.map { [$0] } ?? [])
    #expect(report?.originalMessageID?.text == "sent@example.com")
    guard let recipient = report?.recipients.first else { return }
    #expect(recipient.action == bounce.action)
    #expect(recipient.status == bounce.status)
    #expect(recipient.reason?.cause == bounce.cause, "\(recipient.diagnostic ?? "")")
    #expect(recipient.reason?.severity == bounce.severity)
  }

  @Test func `several addresses below each other share the reason`() {
    let message = parsed(
      """
      From: MAILER-DAEMON@x.example
      Return-Path: <>
      Subject: failure

      The following addresses failed:

        joe@example.org
        ann@example.org
          all hosts for example.org have been failing for a long time (retry timeout exceeded)
      """)
    let recipients = message.deliveryReport()?.recipients ?? []
    #expect(recipients.map(\.finalRecipient) == ["joe@example.org", "ann@example.org"])
    #expect(recipients.map(\.reason?.cause) == [.expired, .expired])
  }

  @Test(
    arguments: [
      ("5.1.1", nil, BounceReason.Cause.unknownUser, BounceReason.Severity.hard),
      ("4.2.2", nil, .mailboxFull, .soft),
      ("5.2.2", nil, .mailboxFull, .soft), ("5.1.2", nil, .unknownDomain, .hard),
      ("5.1.10", nil, .refusesMail, .hard),
      ("5.2.1", nil, .disabledMailbox, .hard), ("4.2.1", nil, .disabledMailbox, .soft),
      ("5.3.4", nil, .tooLarge, .soft),
      ("4.4.7", nil, .expired, .soft), ("4.4.1", nil, .unreachable, .soft),
      ("5.4.4", nil, .unknownDomain, .hard),
      ("5.7.1", nil, .policy, .soft), ("5.7.26", nil, .authentication, .soft),
      ("5.5.3", nil, .rateLimited, .soft),
      ("5.0.0", "550 5.0.0 mailbox is full", .mailboxFull, .soft),
      (nil, "550 no such user", .unknownUser, .hard),
      (nil, "smtp; 550 x", .unknownUser, .hard), (nil, "421 x", .unreachable, .soft),
      (nil, nil, .other, .soft),
      ("4.7.1", "450 4.7.1 Greylisted, try again later", .rateLimited, .soft), ("9.9.9", "", .other, .soft),
      (nil, "10.550.1.2 and A550 say nothing", .other, .soft),
      ("5.1.1", "blocked using spamhaus", .blockedSender, .soft),
    ] as [(String?, String?, BounceReason.Cause, BounceReason.Severity)])
  func `codes and words tell why`(
    _ status: String?, _ diagnostic: String?, _ cause: BounceReason.Cause, _ severity: BounceReason.Severity
  ) {
    let reason = BounceReason(status: status, diagnostic: diagnostic)
    #expect(reason.cause == cause)
    #expect(reason.severity == severity)
  }
}
