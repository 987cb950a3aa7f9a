import Testing

@testable import MIME

@Suite struct StructureTests {
  private func shape(_ message: ParsedMessage) -> [String] {
    message.parts.map { "\(message.path(of: $0.index)) \($0.contentType.mediaType)" }
  }

  private func texts(_ message: ParsedMessage) -> [String] {
    message.parts.filter(\.isLeaf).map { String(decoding: message.decoded($0.index), as: UTF8.self) }
  }

  /// Row A13 of docs/hard-cases.md.
  @Test(arguments: ["\nSubject: no field\n\ntext\n", "\r\nSubject: no field\r\n\r\ntext\r\n"])
  func `a mail that begins with an empty line has no header, and all of it is text`(text: String) {
    let message = parsed(text)
    #expect(
      message.headers.subject.isEmpty && message.headers.from.isEmpty && message.headers.contentType == nil)
    #expect(shape(message).count == 1)
    #expect(texts(message).joined().contains("Subject: no field"))
  }

  @Test func `parts of parts are found and numbered as IMAP does`() {
    let message = parsed(
      """
      Content-Type: multipart/mixed; boundary=a

      preamble
      --a
      Content-Type: multipart/alternative; boundary="b c"

      --b c
      Content-Type: text/plain

      text
      --b c
      Content-Type: text/html

      <p>html
      --b c--
      epilogue
      --a
      Content-Type: message/rfc822

      Subject: inner
      Content-Type: multipart/mixed; boundary=i

      --i

      one
      --i
      Content-Type: application/pdf

      two
      --i--
      --a
      Content-Type: message/rfc822

      Subject: inner2

      three
      --a--
      epilogue
      """)
    #expect(
      shape(message) == [
        " multipart/mixed", "1 multipart/alternative", "1.1 text/plain", "1.2 text/html", "2 message/rfc822",
        "2.TEXT multipart/mixed", "2.1 text/plain", "2.2 application/pdf", "3 message/rfc822",
        "3.1 text/plain",
      ])
    #expect(texts(message) == ["text", "<p>html", "one", "two", "three"])
    #expect(message.defects.isEmpty)
    #expect(message.attachments.map(\.partPath) == ["2", "3"])
    #expect(message.attachments.map(\.name) == ["inner.eml", "inner2.eml"])
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let leaves: [String]
    let defects: [MIMEDefect.Kind]
    var testDescription: String { name }
  }

  private static let type = "Content-Type: multipart/mixed; boundary=b\n\n"

  @Test(arguments: [
    Row(
      name: "no closing", text: type + "--b\n\none\n--b\n\ntwo", leaves: ["one", "two"],
      defects: [.noClosingBoundary]),
    Row(
      name: "never seen", text: type + "text\n--x\n", leaves: ["text\r\n--x\r\n"],
      defects: [.boundaryNeverSeen]),
    Row(
      name: "no boundary", text: "Content-Type: multipart/mixed\n\ntext", leaves: ["text"],
      defects: [.missingBoundary]),
    Row(
      name: "no boundary but found", text: "Content-Type: multipart/mixed\n\n--q\n\none\n--q--\n",
      leaves: ["one"],
      defects: [.missingBoundary]),
    Row(
      name: "prefix", text: type + "--b\n\none\n--bc\n--b c\n--b \n\ntwo\n--b-- \n",
      leaves: ["one\r\n--bc\r\n--b c", "two"], defects: []),
    Row(
      name: "same boundary twice",
      text: type + "--b\n" + type + "--b\n\ninner\n--b--\n--b\n\nouter\n--b--\n", leaves: ["inner", "outer"],
      defects: []),
    Row(
      name: "prefix nested",
      text: type
        + "--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\ninner\n--bb--\n--b\n\nouter\n--b--\n",
      leaves: ["inner", "outer"], defects: []),
    Row(
      name: "inner not closed",
      text: type + "--b\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\nx\n--b\n\ny\n--b--",
      leaves: ["x", "y"], defects: [.noClosingBoundary]),
    Row(
      name: "header without body", text: type + "--b\nContent-Type: text/plain\n--b\n\ny\n--b--",
      leaves: ["", "y"], defects: []),
    Row(name: "empty part", text: type + "--b\n\n--b\n\ny\n--b--", leaves: ["", "y"], defects: []),
    Row(
      name: "dashes only", text: "Content-Type: multipart/mixed; boundary=\"-\"\n\n---\n\na\n-----\n",
      leaves: ["a"], defects: []),
    Row(
      name: "boundary like a close",
      text: "Content-Type: multipart/mixed; boundary=\"b--\"\n\n--b--\n\na\n--b----\n",
      leaves: ["a"], defects: []),
    Row(
      name: "encoded multipart",
      text: "Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n--b\n\na\n--b--",
      leaves: ["a"], defects: [.encodedMultipart]),
    Row(
      name: "digest", text: "Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n\nin\n--b--",
      leaves: ["in"],
      defects: []),
    Row(
      name: "plain mail called base64",
      text: "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nSubject: x\n\nin",
      leaves: ["in"], defects: []),
    Row(
      name: "part after the end", text: type + "--b\n\na\n--b--\n--b\n\nb\n--b--\n", leaves: ["a", "b"],
      defects: []),
    Row(
      name: "junk in a part's header", text: type + "--b\nContent-Type: text/plain\njunk\n--b--\n",
      leaves: ["junk"], defects: [.headerEndedByJunk]),
  ])
  func `broken structures are read as far as they make sense`(_ row: Row) {
    let message = parsed(row.text)
    #expect(texts(message) == row.leaves)
    #expect(message.defects.map(\.kind) == row.defects)
  }

  @Test func `a mail in a mail that is encoded stays an attachment`() {
    let inner = BodyWriter.base64(mail("Subject: x\n\ninner"))
    let message = ParsedMessage(
      mail("Content-Type: message/rfc822; name=a.eml\nContent-Transfer-Encoding: base64\n\n") + inner)
    #expect(message.parts.count == 1)
    #expect(message.attachments.map(\.name) == ["a.eml"])
    #expect(message.decoded(0) == mail("Subject: x\n\ninner"))
  }

  @Test func `indices that are no part's are answered`() {
    let message = parsed("\n")
    #expect(message.decoded(7).isEmpty && message.path(of: -1).isEmpty && message.text(9).text.isEmpty)
  }

  @Test func `the depth is bounded and the rest stays raw`() {
    var limits = MIMELimits()
    limits.depthMax = 5
    for (n, cut) in [(4, false), (5, false), (6, true)] {
      let text =
        (0..<n).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined() + "\nend"
      let message = ParsedMessage(mail(text), limits: limits)
      #expect(message.defects.contains { $0.kind == .depthLimit } == cut)
      #expect(
        message.parts.last.map { String(decoding: message.decoded($0.index), as: UTF8.self).hasSuffix("end") }
          == true)
    }
  }

  @Test func `the number of parts is bounded and the rest stays raw`() {
    var limits = MIMELimits()
    limits.partsMax = 5
    for n in [3, 4, 5] {
      let message = ParsedMessage(mail(Self.type + String(repeating: "--b\n\nx\n", count: n)), limits: limits)
      #expect(message.parts.count == min(n + 1, 5))
      let rest = message.parts.last.map { message.decoded($0.index).count }
      #expect(rest == (n <= 4 ? 1 : 1 + "\r\n--b\r\n\r\nx\r\n".utf8.count) || n <= 4)
    }
  }
}
