internal import Bytes

/// A notice that a mail could not be delivered (RFC 3462, RFC 3464).
struct Bounce: Sendable {
  let raw: [UInt8]

  init(domain: String, original: [UInt8], sender: String, recipient: String) {
    let header = original[..<IMAPSession.headerEnd(original)]
    let key = Rand.hash(header) ^ Rand.hash(recipient.utf8)
    let boundary = "=_report_\(String(key, radix: 36))"
    var w = MailWriter()
    w.field("Date", CivilTime(seconds: Clock.nowSeconds).mail)
    w.field("From", "Mail Delivery System <mailer-daemon@\(domain)>")
    w.field("To", "<\(sender)>")
    w.field("Subject", "Undelivered Mail Returned to Sender")
    w.field("Message-ID", "<bounce.\(String(key, radix: 16))@mx.\(domain)>")
    let id = IMAPSession.fields(header, ["message-id"], inverted: false)
    if id.count > 2,
      let value = String(decoding: id.dropLast(4), as: UTF8.self).split(separator: ":", maxSplits: 1).last
    {
      w.field("In-Reply-To", PartTree.trim(String(value)))
    }
    w.field("Auto-Submitted", "auto-replied")
    w.line("MIME-Version: 1.0")
    w.line("Content-Type: multipart/report; report-type=delivery-status; boundary=\"\(boundary)\"")
    w.line()
    w.line("--\(boundary)")
    w.textPart(
      "text/plain",
      "I'm sorry to have to inform you that your message could not be delivered\nto one recipient.\n\n"
        + "<\(recipient)>: host mx.remote.example said: 550 5.1.1 User unknown\n", charset: .ascii,
      encoding: .sevenBit)
    w.line("--\(boundary)")
    w.line("Content-Type: message/delivery-status")
    w.line()
    w.line("Reporting-MTA: dns; mx.\(domain)")
    w.line()
    w.line("Final-Recipient: rfc822; \(recipient)")
    w.line("Action: failed")
    w.line("Status: 5.1.1")
    w.line("Diagnostic-Code: smtp; 550 5.1.1 User unknown")
    w.line()
    w.line("--\(boundary)")
    w.line("Content-Type: text/rfc822-headers")
    w.line()
    w.append(header)
    w.line("--\(boundary)--")
    raw = w.bytes
  }
}
