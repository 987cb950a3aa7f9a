import Testing
import stubgen

@Suite struct JSONNodeTests {
  @Test(arguments: [
    "null", "true", "[1,-2,0.5]", "{}", "[]", "{\"b\":1,\"a\":[{\"c\":\"x\"}]}", "\"a\\\"b\\\\c\\n\"",
    "\"\\u00e9\\ud83d\\ude00\"",
  ])
  func `compact text is read and written the same, members in order`(text: String) throws {
    #expect(try JSONNode(parsing: text).compact == text)
  }

  @Test func `escapes and white space are read`() throws {
    #expect(
      try JSONNode(parsing: " { \"a\\/\\t\" :\n[ \"é😀\" ] } ").compact
        == "{\"a/\\u0009\":[\"\\u00e9\\ud83d\\ude00\"]}")
  }

  @Test(arguments: [
    ("", "a value is missing", 1), ("{\n\"a\" 1}", "a colon is missing", 2),
    ("[1,]", "\"\" is not a value", 1),
    ("{\"a\":1,\n\n\"a\":2}", "\"a\" stands twice", 3), ("[1] 2", "text after the value", 1),
    ("\"abc", "a string does not end", 1), ("\"\\x\"", "no such escape", 1),
    ("nil", "\"nil\" is not a value", 1),
    ("{\"a\":1", "an object does not end", 1), ("[1", "an array does not end", 1),
    ("{1:2}", "a name is missing", 1),
    ("\"\\ud83d\"", "half a surrogate pair", 1), ("\"\\u12g4\"", "four hexadecimal digits are missing", 1),
    (String(repeating: "[", count: 80), "nested deeper than 64 levels", 1),
  ])
  func `what is not JSON is refused with its line`(text: String, reason: String, line: Int) {
    let error = #expect(throws: JSONSyntaxError.self) { try JSONNode(parsing: text) }
    #expect(error?.reason == reason)
    #expect(error?.line == line)
  }

  @Test(arguments: [
    ("mailbox.unknown", "mailboxUnknown", "mailbox_unknown"),
    ("NOT_SERVING", "notServing", "n_o_t__s_e_r_v_i_n_g"),
    ("mailboxId", "mailboxId", "mailbox_id"),
    (
      "connect.imap.certificate.wrongHost", "connectImapCertificateWrongHost",
      "connect_imap_certificate_wrong_host"
    ), ("tls", "tls", "tls"),
  ])
  func `names are spelled for each language`(name: String, camel: String, snake: String) {
    #expect(Names.camel(name) == camel)
    #expect(name.contains("_") || Names.snake(name) == snake)
  }

  @Test func `keywords are set apart`() {
    #expect(Names.swift("default") == "`default`")
    #expect(Names.swift("subject") == "subject")
    #expect(Names.python("from") == "from_")
    #expect(Names.python("inReplyTo") == "in_reply_to")
  }
}
