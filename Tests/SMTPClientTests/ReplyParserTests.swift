import Bytes
import SMTPClient
import Testing

@Suite(.timeLimit(.minutes(1))) struct ReplyParserTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let input: String
    let reply: SMTPReply
    var left = ""
    var testDescription: String { input.debugDescription }
  }

  @Test(arguments: [
    Row(input: "250 ok\r\n", reply: SMTPReply(code: 250, enhanced: nil, text: "ok")),
    Row(input: "250\r\n", reply: SMTPReply(code: 250, enhanced: nil, text: "")),
    Row(input: "250 \r\nnext", reply: SMTPReply(code: 250, enhanced: nil, text: ""), left: "next"),
    Row(
      input: "250-a\r\n250-\r\n250 c\r\n2", reply: SMTPReply(code: 250, enhanced: nil, text: "a\n\nc"),
      left: "2"),
    Row(
      input: "550-5.1.1 no such\r\n550 5.1.1 user\r\n",
      reply: SMTPReply(code: 550, enhanced: "5.1.1", text: "no such\nuser")),
    Row(input: "250 2.0.0\r\n", reply: SMTPReply(code: 250, enhanced: "2.0.0", text: "")),
    // The class must be the code's; the numbers have 1 to 3 digits; a space must follow.
    Row(input: "250 5.1.1 x\r\n", reply: SMTPReply(code: 250, enhanced: nil, text: "5.1.1 x")),
    Row(input: "450 4.1234.1 x\r\n", reply: SMTPReply(code: 450, enhanced: nil, text: "4.1234.1 x")),
    Row(input: "450 4.1.1x\r\n", reply: SMTPReply(code: 450, enhanced: nil, text: "4.1.1x")),
    Row(input: "450 4.123.321 x\r\n", reply: SMTPReply(code: 450, enhanced: "4.123.321", text: "x")),
    Row(input: "250 a\u{1B}[31m\0b\r\n", reply: SMTPReply(code: 250, enhanced: nil, text: "a?[31m?b")),
    Row(input: "354 go\n", reply: SMTPReply(code: 354, enhanced: nil, text: "go")),
  ])
  func `a reply is the same whole and cut at every octet`(row: Row) throws {
    let bytes = [UInt8](row.input.utf8)
    for cut in 0...bytes.count {
      var parser = SMTPReplyParser()
      var buffer = ByteBuffer(bytes[..<cut])
      var reply = try parser.next(in: &buffer)
      buffer.append(contentsOf: bytes[cut...])
      if reply == nil { reply = try parser.next(in: &buffer) }
      #expect(reply == row.reply)
      #expect(buffer.bytes == [UInt8](row.left.utf8))
      #expect(parser.isAtStart)
    }
  }

  @Test(arguments: [
    ("25 ok\r\n", SMTPReplyParser.Problem.malformed), ("\r\n", .malformed), ("hello\r\n", .malformed),
    ("199 x\r\n", .malformed), ("600 x\r\n", .malformed), ("250+x\r\n", .malformed), ("2500\r\n", .malformed),
    ("-50 x\r\n", .malformed), ("250-a\r\n251 b\r\n", .codesDiffer), ("250-a\r\n550 b\r\n", .codesDiffer),
  ])
  func `what is no reply is an error`(input: String, problem: SMTPReplyParser.Problem) {
    var parser = SMTPReplyParser()
    var buffer = ByteBuffer(input)
    #expect(throws: problem) { try parser.next(in: &buffer) }
  }

  @Test func `the limits on lines hold exactly`() throws {
    let limits = SMTPReplyParser.Limits(lineOctetsMax: 20, linesMax: 3)
    for (octets, fits) in [(19, true), (20, true), (21, false)] {
      var parser = SMTPReplyParser(limits: limits)
      var buffer = ByteBuffer("250 " + String(repeating: "x", count: octets - 6) + "\r\n")
      if fits {
        #expect(try parser.next(in: &buffer) != nil)
      } else {
        #expect(throws: SMTPReplyParser.Problem.lineTooLong(20)) { try parser.next(in: &buffer) }
      }
    }
    for (lines, fits) in [(2, true), (3, true), (4, false)] {
      var parser = SMTPReplyParser(limits: limits)
      var buffer = ByteBuffer(String(repeating: "250-a\r\n", count: lines - 1) + "250 a\r\n")
      if fits {
        #expect(try parser.next(in: &buffer) != nil)
      } else {
        #expect(throws: SMTPReplyParser.Problem.tooManyLines(3)) { try parser.next(in: &buffer) }
      }
    }
    var parser = SMTPReplyParser(limits: limits)
    var endless = ByteBuffer(String(repeating: "2", count: 21))
    #expect(throws: SMTPReplyParser.Problem.lineTooLong(20)) { try parser.next(in: &endless) }
  }

  @Test func `printing a reply shows no text`() {
    let reply = SMTPReply(code: 550, enhanced: "5.1.1", text: "<bob@example.test> unknown")
    #expect("\(reply)" == "550 5.1.1")
    #expect("\(SMTPClientError.refused(command: "RCPT", reply))" == "RCPT refused: 550 5.1.1")
    let rows = [(address: "bob@example.test", reply: reply)]
    #expect(!"\(SMTPClientError.allRecipientsRefused(rows))".contains("bob"))
  }
}
