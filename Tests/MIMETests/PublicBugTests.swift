import Testing

@testable import MIME

/// Mails that other programs' users reported to be read wrongly, in the kinds that they are: each row names where it
/// was reported. The mails are ours, made after the description; those of `Tests/Fixtures/eml` are named by file.
@Suite struct PublicBugTests {
  @Test(
    arguments: [
      ("jstedfast/MimeKit#278", "boundary-folded"), ("jstedfast/MimeKit#968", "boundary-used-twice"),
      ("dinhvh/libetpan#384", "boundary-never-seen"), ("barbushin/php-imap#544", "boundary-dash"),
      ("jhillyerd/enmime#156", "boundary-never-closed"), ("jhillyerd/enmime#34", "base64-without-padding"),
      ("nodemailer/mailparser#423", "header-byte-order-mark"),
      ("nodemailer/mailparser#423", "header-bare-cr-in-value"),
      ("nodemailer/mailparser#423", "header-duplicated-subject"), ("mikel/mail#1129", "line-ends-mixed"),
      ("pazz/alot#107", "charset-unknown"), ("fs2-mail#37", "base64-two-streams"),
      ("mscdex/node-imap#360", "encoded-word-split-character"),
      ("postalsys/postal-mime#68", "encoded-word-padding-inside"),
      ("nodemailer/mailparser#45", "flowed"), ("nodemailer/mailparser#234", "flowed-delsp"),
      ("cyrusimap/cyrus-imapd#2385", "forwarded-base64"),
      ("stalwartlabs/mail-parser#78", "forwarded-called-base64"),
    ])
  func `reported mails have a fixture that says how they are read`(_ report: String, _ fixture: String) {
    #expect(EMLFixture.all.contains { $0.name == fixture }, "\(report)")
  }

  @Test(
    arguments: [
      ("stalwartlabs/mail-parser#29", "[TAG]=?utf-8?Q?caf=C3=A9?=", "[TAG]café"),
      ("stalwartlabs/mail-parser#29", "a =?utf-8?Q??= b", "a  b"),
      ("neomutt/neomutt#1015", "=?utf-8?B?4oI=?= =?utf-8?B?rA==?=", "€"),
      ("mscdex/node-imap#360", "=?utf-8?Q?=E2=82?= =?utf-8?Q?=AC?=", "€"),
      ("nodemailer/mailparser#89", "=?UTF-8?Q?=C3?=\n =?UTF-8?Q?=A9t=C3=A9?=", "été"),
      ("thunderbird-android#2499", "=?utf-8?B?w6nDqcOp?==?utf-8?B?w6k=?=", "éééé"),
      ("jakarta/mail-api#293", "=?iso-2022-jp?B?GyRCRnw=?= =?iso-2022-jp?B?S1wbKEI=?=", "日本"),
      ("postalsys/postal-mime#68", "=?utf-8?B?YQ==?= =?utf-8?B?Yg==?=", "ab"),
    ])
  func `encoded words are joined before they are decoded`(_ report: String, _ written: String, _ read: String)
  {
    #expect(subject(written) == read, "\(report)")
  }

  @Test(
    arguments: [
      ("zbateson/mail-mime-parser#80", "filename*0==?utf-8?Q?caf=C3=A9.txt?=", "café.txt"),
      ("zbateson/mail-mime-parser#80", "filename=\"=?utf-8?B?Y2Fmw6kudHh0?=\"", "café.txt"),
      ("roundcube/roundcubemail#10268", "filename*0*=UTF-8''%E2%82; filename*1*=%AC.txt", "€.txt"),
      ("chatmail/core#2079", "filename*=iso-8859-1'en'caf%E9.txt", "café.txt"),
      (
        "aio-libs/aiohttp#13499",
        (0...11).map { "filename*\($0)=\(Array("abcdefghijkl")[$0])" }.reversed().joined(separator: "; "),
        "abcdefghijkl"
      ),
      ("ripMIME#19", "filename=\"a\\\"b.txt\"", "a_b.txt"),
      ("Cocoanetics/SwiftMail#230", "filename*0=\"long \"; filename*1=\"name.pdf\"", "long name.pdf"),
    ])
  func `names of files`(_ report: String, _ parameters: String, _ name: String) {
    let mail = parsed("Content-Type: application/pdf\nContent-Disposition: attachment; \(parameters)\n\nx")
    #expect(mail.attachments.map(\.name) == [name], "\(report)")
  }

  @Test func `Cocoanetics/SwiftMail#233: a name in ten thousand pieces costs no more than its octets`() {
    let pieces = (0..<10_000).map { "filename*\($0)=abcdef" }.joined(separator: ";\n ")
    let seconds = Doubling.seconds {
      _ = parsed("Content-Disposition: attachment; \(pieces)\n\nx").attachments
    }
    #expect(seconds < 2)
  }

  @Test(arguments: [
    ("eclipse-ee4j/mail#147", "base64"), ("odoo/odoo#194988", "BASE64"),
    ("roundcube/roundcubemail#8458", "\"base64\""),
  ])
  func `mails that are attached encoded can be opened`(_ report: String, _ encoding: String) {
    let body = String(
      decoding: BodyWriter.base64(Array("Subject: inside\r\n\r\nText\r\n".utf8)), as: UTF8.self)
    let mail = parsed(
      "Content-Type: message/rfc822\nContent-Transfer-Encoding: \(encoding)\nContent-Disposition: attachment\n\n"
        + body)
    #expect(mail.innerMail(0)?.headers.subject == "inside", "\(report)")
  }

  @Test(
    arguments: [
      ("martinrusev/imbox#169", "windows-1252", [0x93, 0x61, 0x94], "“a”"),
      ("martinrusev/imbox#113", "utf8mb4", [0xC3, 0xA9], "é"),
      ("martinrusev/imbox#177", "\"us-ascii\"", [0xE9], "é"),
      ("pazz/alot#107", "unknown-8bit", [0xE9], "é"),
    ] as [(String, String, [UInt8], String)])
  func `sets with odd names or none`(_ report: String, _ label: String, _ octets: [UInt8], _ text: String) {
    let head = Array("Content-Type: text/plain; charset=\(label)\n\n".utf8)
    #expect(ParsedMessage(head + octets).text(0).text == text, "\(report)")
  }

  @Test(
    arguments: [
      ("neomutt/neomutt#3450", "YWI=Y2Q=", "abcd"), ("FlowCrypt/flowcrypt-android#1553", "YWJj=", "abc"),
      ("jakarta/mail-api#3", "YW\nJj\n\n", "abc"), ("fs2-mail#37", "YQ==\nYg==\nYw==", "abc"),
      ("jhillyerd/enmime#34", "YWJjZA", "abcd"),
    ])
  func `base64 that is padded oddly`(_ report: String, _ body: String, _ text: String) {
    let mail = parsed("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + body)
    #expect(String(decoding: mail.decoded(0), as: UTF8.self) == text, "\(report)")
  }

  @Test(arguments: [
    ("nodemailer/mailparser#145", "application/ms-tnef"), ("verdammelt/tnef#38", "application/vnd.ms-tnef"),
    ("osTicket/osTicket#555", "application/ms-tnef; name=winmail.dat"),
  ])
  func `TNEF is named, listed, and not looked into`(_ report: String, _ type: String) {
    // Lengths beyond the end, as in tnef#45 and #47: nothing here follows them.
    let mail = ParsedMessage(
      Array("Content-Type: \(type)\n\n".utf8) + [
        0x78, 0x9F, 0x3E, 0x22, 1, 0, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
      ])
    #expect(mail.containers.map(\.kind) == [.tnef], "\(report)")
    #expect(mail.attachments.map(\.name) == ["winmail.dat"])
  }

  @Test func `msmtp#199, staktrace/mailparse#85: NUL in a header and in a text harms neither`() {
    let mail = parsed("Subject: a\u{0}b\nTo: c@d.example\n\nbefore\u{0}behind\n")
    #expect(mail.headers.to.map(\.email) == ["c@d.example"])
    #expect(mail.body().text.contains("behind") && mail.headers.subject.hasPrefix("a"))
  }

  @Test func `mailparser#114, #51, matcha#1114: flowed lines keep quotations apart`() {
    let mail = parsed(
      "Content-Type: text/plain; format=flowed\n\n> one \n> two\n>> deeper \n>> still\nmine \ngoes on\n")
    #expect(mail.body().text == "> one two\n>> deeper still\nmine goes on\n")
  }

  @Test(
    arguments: [
      ("rjbs/Email-MIME#66", "Content-Type: multipart/mixed; boundary=b\n\n--b\n"),
      ("andris9/mailsplit#4", "Content-Type: message/rfc822\n\n"),
      (
        "postalsys/postal-mime#77",
        "Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: message/rfc822\n\n"
      ),
      ("php/pecl-mailparse#59", "Content-Type: multipart/digest; boundary=b\n\n--b\n\n"),
      ("maildev/maildev#531", "--b\n\n"), ("ioncakephper/email-parser#10", "Subject: x\n "),
    ])
  func `bombs end within their limits`(_ report: String, _ piece: String) {
    let mail = Array(String(repeating: piece, count: 20_000).utf8)
    var parts = 0
    let seconds = Doubling.seconds { parts = ParsedMessage(mail).parts.count }
    #expect(parts <= 10_000 && seconds < 5, "\(report)")
  }

  private func subject(_ written: String) -> String { parsed("Subject: \(written)\n\nx").headers.subject }
}
