import IMAPCodec
import Testing

@Suite struct MailboxNameTests {
  @Test(arguments: [
    ("", ""), ("INBOX", "INBOX"), ("Sent Items", "Sent Items"), ("A&B", "A&-B"), ("Entwürfe", "Entw&APw-rfe"),
    ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"), ("Wysłane", "Wys&AUI-ane"),
    ("☺!", "&Jjo-!"), ("😀", "&2D3eAA-"), ("\r\n", "&AA0ACg-"), ("a\u{0}b", "a&AAA-b"), ("\"\\", "\"\\"),
    ("Отправленные", "&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-"), ("&&", "&-&-"), ("\u{7F}", "&AH8-"),
  ])
  func `names go over the wire in modified UTF-7`(text: String, wire: String) {
    #expect(ModifiedUTF7.encode(text) == Array(wire.utf8))
    #expect(ModifiedUTF7.decode(wire.utf8) == text)
    #expect(MailboxName(decoded: text).text == text)
  }

  @Test(arguments: ["&", "&AGE", "&A-", "&AG-", "&AGEA-", "&2D0-", "&3gA-", "é", "a\nb", "&!!-", "&AGH-"])
  func `what is not modified UTF-7 keeps its octets`(wire: String) {
    #expect(ModifiedUTF7.decode(wire.utf8) == nil)
    let name = MailboxName(wire: Array(wire.utf8))
    #expect(name.wire == Array(wire.utf8))
    #expect(name.text == wire)
  }

  @Test(arguments: [("&AGE-", "a"), ("&Jjo-&Jjo-", "☺☺"), ("&ACY-", "&")])
  func `forms that no encoder would choose are read`(wire: String, text: String) {
    #expect(ModifiedUTF7.decode(wire.utf8) == text)
  }

  @Test func `only INBOX is the same in any case, and only equal octets are the same name`() {
    #expect(MailboxName(wire: Array("inBox".utf8)) == .inbox)
    #expect(MailboxName(decoded: "sent") != MailboxName(decoded: "Sent"))
    #expect(MailboxName(decoded: "\u{E9}") != MailboxName(decoded: "e\u{301}"))
    #expect(MailboxName(wire: Array("&AGE-".utf8)) != MailboxName(decoded: "a"))
  }

  @Test func `every string of UTF-16 goes there and back`() {
    var random = Random(seed: 3)
    for _ in 0..<500 {
      var text = ""
      for _ in 0..<random.next(12) {
        let value = UInt32(random.next(0x11_0000))
        if let scalar = Unicode.Scalar(random.next(2) == 0 ? value : value % 0x180) {
          text.unicodeScalars.append(scalar)
        }
      }
      let wire = ModifiedUTF7.encode(text)
      #expect(wire.allSatisfy { (0x20...0x7E).contains($0) })
      #expect(ModifiedUTF7.decode(wire).map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    }
  }

  @Test(
    arguments: [
      (["\\hasnochildren", "\\sent"], "\\sent"), (["\\trash"], "\\trash"), (["\\allmail"], "\\all"),
      (["\\spam"], "\\junk"), (["\\starred"], "\\flagged"), (["\\noselect"], nil), ([], nil),
    ] as [([String], String?)])
  func `special use is found among the attributes`(attributes: [String], use: String?) {
    #expect(ListEntry(name: .inbox, delimiter: nil, attributes: attributes).specialUse == use)
  }
}
