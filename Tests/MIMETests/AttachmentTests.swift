import Testing

@testable import MIME

@Suite struct AttachmentTests {
  @Test(arguments: [
    ("a.txt", "a.txt"), ("../../etc/passwd", "passwd"), ("C:\\Windows\\x.exe", "x.exe"),
    ("a\u{0}b.txt", "ab.txt"),
    ("inv\u{202E}cod.exe", "invcod.exe"), ("  .hidden. ", "hidden"), ("a\r\nb", "ab"), ("CON", "_CON"),
    ("nul.txt", "_nul.txt"),
    ("a:b*c?.txt", "a_b_c_.txt"), ("ä\u{2066}ö.txt", "äö.txt"), ("x\u{200B}\u{FEFF}y", "xy"),
  ])
  func `names are made safe`(_ name: String, _ wanted: String) {
    #expect(AttachmentName.sanitized(name) == wanted)
  }

  @Test(arguments: ["", "/", "..", ". .", "\u{0}", "\u{202E}", "a/"])
  func `of some names nothing is left`(_ name: String) { #expect(AttachmentName.sanitized(name) == nil) }

  @Test func `names are cut to 255 octets and keep their ending`() {
    #expect(
      AttachmentName.sanitized(String(repeating: "a", count: 255)) == String(repeating: "a", count: 255))
    let long = AttachmentName.sanitized(String(repeating: "ü", count: 10_000) + ".pdf")
    #expect(long?.utf8.count == 254)
    #expect(long?.hasSuffix("ü.pdf") == true)
  }

  @Test func `attachments are listed with name, type, size and place`() {
    let message = parsed(
      """
      Content-Type: multipart/mixed; boundary=b

      --b

      text
      --b
      Content-Type: application/pdf; name="wrong.pdf"
      Content-Disposition: attachment; filename="fall_back.pdf";
       filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf
      Content-Transfer-Encoding: base64

      aGVsbG8=
      --b
      Content-Type: image/png
      Content-ID: <pic@x>
      Content-Disposition: inline

      123
      --b
      Content-Type: text/plain; name=note.txt
      Content-Disposition: inline

      note
      --b
      Content-Type: text/calendar; method=request

      BEGIN:VCALENDAR
      --b
      Content-Type: application/octet-stream

      x
      --b--
      """)
    let wanted: [AttachmentInfo] = [
      .init(
        partIndex: 2, partPath: "2", name: "Grüße.pdf", type: "application/pdf", size: 5,
        disposition: .attachment, cid: nil),
      .init(
        partIndex: 3, partPath: "3", name: "attachment-3.png", type: "image/png", size: 3,
        disposition: .inline, cid: "pic@x"),
      .init(
        partIndex: 4, partPath: "4", name: "note.txt", type: "text/plain", size: 4, disposition: .inline,
        cid: nil),
      .init(
        partIndex: 5, partPath: "5", name: "attachment-5.ics", type: "text/calendar", size: 15,
        disposition: .attachment, cid: nil),
      .init(
        partIndex: 6, partPath: "6", name: "attachment-6", type: "application/octet-stream", size: 1,
        disposition: .attachment,
        cid: nil),
    ]
    #expect(message.attachments == wanted)
    #expect(message.defects == [MIMEDefect(kind: .ambiguousName, part: 2)])
    #expect(message.body().text == "text")
    #expect(message.calendar?.partIndex == 5)
    #expect(message.calendar?.method == "REQUEST")
  }
}
