import JSON
import JSONRPC
import PostroomAPI
import Testing

@Suite struct ParamsTests {
  @Test(arguments: [
    ("{}", JSONError.missing("email")),
    (#"{"email":"a@b.c"}"#, .missing("imap")),
    (#"{"email":"a@b.c","password":"x","imap":{"host":"h"}}"#, .missing("smtp")),
    (#"{"email":"a@b.c","password":"x","imap":{},"smtp":{"host":"h"}}"#, .missing("imap.host")),
    (#"{"email":"a@b.c","passwort":"x"}"#, .unknown("passwort")),
    (#"{"imap":{"host":"h","ports":1}}"#, .unknown("imap.ports")),
    (#"{"email":7}"#, .wrongType("email", expected: "a string")),
    (#"{"imap":"h"}"#, .wrongType("imap", expected: "an object")),
    (#"{"imap":{"host":["h"]}}"#, .wrongType("imap.host", expected: "a string")),
    (#"{"email":"@"}"#, .range("email", expected: "3 to 320 characters long")),
    (#"{"imap":{"host":"h","port":0}}"#, .range("imap.port", expected: "from 1 to 65535")),
    (#"{"imap":{"host":"h","port":65536}}"#, .range("imap.port", expected: "from 1 to 65535")),
    (#"{"imap":{"host":"h","security":"none"}}"#, .range("imap.security", expected: "one of tls, starttls")),
  ])
  func `mailbox.connect names what is wrong`(json: String, error: JSONError) {
    #expect(throws: error) { try MailboxConnectParams(parsing: Array(json.utf8)) }
  }

  @Test(arguments: [
    (#"{"mailboxId":"mb0"}"#, JSONError.range("mailboxId", expected: "mb and a number, like mb12")),
    (#"{"mailboxId":"mb01"}"#, .range("mailboxId", expected: "mb and a number, like mb12")),
    (#"{"mailboxId":"m1"}"#, .range("mailboxId", expected: "mb and a number, like mb12")),
    (#"{"mailboxId":"mb"}"#, .range("mailboxId", expected: "mb and a number, like mb12")),
    (#"{"mailboxId":"mb12345678901234567890"}"#, .range("mailboxId", expected: "mb and a number, like mb12")),
    (#"{"to":{}}"#, .wrongType("to", expected: "an array")),
    (#"{"to":["a@b.c"]}"#, .wrongType("to[0]", expected: "an object")),
    (#"{"to":[{"email":"a@b.c"},{"name":"B"}]}"#, .missing("to[1].email")),
    (#"{"to":[{"email":"a@b.c","e-mail":1}]}"#, .unknown("to[0].e-mail")),
    (
      #"{"cc":[{"email":"a@b.c"},{"email":"x"}]}"#,
      .range("cc[1].email", expected: "3 to 320 characters long")
    ),
    (
      #"{"attachments":[{"name":"a","type":"t/x","data":"???"}]}"#,
      .range("attachments[0].data", expected: "base64")
    ),
    (#"{"sendAt":"tomorrow"}"#, .range("sendAt", expected: "a time in UTC like 2025-01-31T09:30:00.000Z")),
    (#"{"track":"yes"}"#, .wrongType("track", expected: "true or false")),
    (#"{"origin":"inbox"}"#, .range("origin", expected: "one of timeline, sequence")),
  ])
  func `mail.send names what is wrong`(json: String, error: JSONError) {
    #expect(throws: error) { try MailSendParams(parsing: Array(json.utf8)) }
  }

  @Test func `lists have the bounds of the document`() throws {
    func scopes(_ count: Int) -> [UInt8] {
      let list = Array(repeating: "\"read\"", count: count).joined(separator: ",")
      return Array(#"{"name":"n","scopes":[\#(list)]}"#.utf8)
    }
    #expect(throws: JSONError.range("scopes", expected: "an array of at least 1")) {
      try TokenCreateParams(parsing: scopes(0))
    }
    #expect(try TokenCreateParams(parsing: scopes(5)).scopes.count == 5)
    #expect(throws: JSONError.range("scopes", expected: "an array of at most 5")) {
      try TokenCreateParams(parsing: scopes(6))
    }
    #expect(throws: JSONError.range("scopes[0]", expected: "one of read, send, manage, purge, admin")) {
      try TokenCreateParams(parsing: Array(#"{"name":"n","scopes":["fly"]}"#.utf8))
    }
  }

  @Test func `what is left out has its default, and null counts as left out`() throws {
    let json =
      #"{"mailboxId":"mb1","subject":"s","text":null,"track":null,"to":null,"_meta":{"timeoutMs":5}}"#
    let params = try MailSendParams(parsing: Array(json.utf8))
    #expect(params == MailSendParams(mailboxId: "mb1", subject: "s"))
    #expect(params.track)
    #expect(params.to.isEmpty)
    #expect(String(decoding: params.json, as: UTF8.self) == #"{"mailboxId":"mb1","subject":"s"}"#)
    #expect(throws: JSONError.wrongType("subject", expected: "a string")) {
      try MailSendParams(parsing: Array(#"{"mailboxId":"mb1","subject":null}"#.utf8))
    }
  }

  @Test(arguments: [
    ("0", true), ("1", true), ("9223372036854775807", true), ("00", false), ("-1", false), ("", false),
    ("x", false), ("12345678901234567890", false),
  ])
  func `a cursor of events is a decimal number`(text: String, isGood: Bool) {
    let params = try? EventsReadParams(parsing: Array(#"{"after":"\#(text)"}"#.utf8))
    #expect((params != nil) == isGood)
  }

  @Test func `lengths are counted in characters, not octets`() throws {
    let name = String(repeating: "é", count: 200)
    #expect(try TenantCreateParams(parsing: Array(#"{"name":"\#(name)"}"#.utf8)).name == name)
    #expect(throws: JSONError.range("name", expected: "1 to 200 characters long")) {
      try TenantCreateParams(parsing: Array(#"{"name":"\#(name)e"}"#.utf8))
    }
  }

  @Test func `answers may have members that are not known`() throws {
    #expect(try APIHealth(parsing: Array(#"{"status":"SERVING","since":[1]}"#.utf8)).status == .serving)
  }

  @Test func `a password is in no description`() throws {
    let params = MailboxReconnectParams(mailboxId: "mb1", password: "difference")
    var dumped = ""
    dump(params, to: &dumped)
    for text in ["\(params)", String(reflecting: params), dumped, "\([params])"] {
      #expect(!text.contains("difference"))
    }
    let json = #"{"mailboxId":"mb1","password":"difference"}"#
    #expect(String(decoding: params.json, as: UTF8.self) == json)
  }
}
