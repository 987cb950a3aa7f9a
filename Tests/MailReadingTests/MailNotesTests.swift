import Testing

@testable import MailReading

@Suite("What a mail is besides a letter") struct MailNotesTests {
  struct Row: CustomTestStringConvertible {
    let header: String
    let kind: MailNotes.Kind?
    var testDescription: String { header.split(separator: "\r\n").first.map(String.init) ?? "" }

    init(_ header: String, _ kind: MailNotes.Kind?) {
      self.header = header.split(separator: "\n").joined(separator: "\r\n") + "\r\n"
      self.kind = kind
    }
  }

  static let rows: [Row] = [
    Row("Subject: Hello", nil),
    Row("Subject: Automatic reply: Hello\nAuto-Submitted: auto-replied", .autoReply),
    Row("Subject: News\nList-Id: <news.example>", .list),
    // A list's software answers by itself as well.
    Row("Subject: Welcome\nList-Id: <news.example>\nAuto-Submitted: auto-replied", .autoReply),
    Row("Subject: Undelivered\nFrom: mailer-daemon@mx.example\nReturn-Path: <>", .bounce),
    Row("Subject: x\nContent-Type: multipart/report; report-type=delivery-status; boundary=b", .bounce),
    Row(
      "Subject: x\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b",
      .readReceipt),
    Row("Subject: x\nContent-Type: text/calendar; method=REPLY", nil),
  ]

  @Test(arguments: rows) func `one word for each`(row: Row) {
    let mail = Array((row.header + "\r\nText.\r\n").utf8)
    guard case .mail(let read) = InProcessReader.answerNow(.mail(mail)) else { return #expect(Bool(false)) }
    #expect(read.notes.kind == row.kind)
    guard case .logged(let logged) = InProcessReader.answerNow(.logged(mail, nil)) else {
      return #expect(Bool(false))
    }
    #expect(logged.notes == read.notes && logged.rebuilt == nil)
  }

  @Test(arguments: [
    ("failed", MailNotes.Kind.bounce), ("delayed", .delay), ("delivered", .delivery), ("relayed", .delivery),
  ])
  func `a report is called by the worst it says`(action: String, kind: MailNotes.Kind) {
    let text = """
      From: mailer-daemon@mx.example\r
      Content-Type: multipart/report; report-type=delivery-status; boundary=b\r
      \r
      --b\r
      Content-Type: message/delivery-status\r
      \r
      Reporting-MTA: dns; mx.example\r
      \r
      Final-Recipient: rfc822; a@b.example\r
      Action: \(action)\r
      Status: 4.4.1\r
      --b--\r

      """
    guard case .mail(let read) = InProcessReader.answerNow(.mail(Array(text.utf8))) else {
      return #expect(Bool(false))
    }
    #expect(read.notes.kind == kind)
    #expect(read.notes.report?.recipients.map(\.email) == ["a@b.example"])
  }

  @Test func `a report of thousands of recipients is cut off`() {
    var text = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n"
    text += "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
    for n in 0..<300 { text += "Final-Recipient: rfc822; u\(n)@b.example\r\nAction: failed\r\n\r\n" }
    guard case .mail(let read) = InProcessReader.answerNow(.mail(Array((text + "--b--\r\n").utf8))) else {
      return #expect(Bool(false))
    }
    #expect(read.notes.report?.recipients.count == NotesLimits.recipients)
  }
}
