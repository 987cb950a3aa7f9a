import Testing

@testable import MIME

@Suite struct PartPiecesTests {
  @Test(
    arguments: ["base64", "quoted-printable", "8bit", "x-uuencode"],
    [0, 1, 65_535, 65_536, 65_537, 200_000])
  func `the pieces of a part are the whole`(_ encoding: String, _ count: Int) {
    var random = Seeded(UInt64(count))
    let odd = Array("=\r\n =3D=\r\nAbc+/\tz".utf8)
    for (lines, footer) in [(true, ""), (false, ""), (true, "\r\n____\r\nlist\r\n")] {
      var body = [UInt8]()
      switch encoding {
      case "base64":
        body = BodyWriter.base64((0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) })
        if !lines { body.removeAll { $0 < 0x20 } }
      case "8bit": body = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      default:
        body = (0..<count).map { _ in odd[Int(random.next() % UInt64(odd.count))] }
        if !lines { body.removeAll { $0 < 0x20 } }
      }
      let mail = Array("Content-Transfer-Encoding: \(encoding)\n\n".utf8) + body + Array(footer.utf8)
      let message = ParsedMessage(mail)
      var pieces = [UInt8]()
      var largest = 0
      message.eachPiece(of: 0) {
        pieces += $0
        largest = max(largest, $0.count)
      }
      #expect(pieces == message.decoded(0))
      #expect(message.decodedCount(0) == pieces.count)
      #expect(largest <= 65_536 || encoding == "x-uuencode" || encoding == "quoted-printable" && !lines)
    }
  }

  @Test func `what is no part has no pieces, and an error ends them`() {
    struct Enough: Error {}
    let message = parsed("Subject: s\n\n" + String(repeating: "x", count: 200_000))
    message.eachPiece(of: 7) { _ in Issue.record("a piece of nothing") }
    var count = 0
    #expect(throws: Enough.self) {
      try message.eachPiece(of: 0) { _ throws(Enough) in
        count += 1
        throw Enough()
      }
    }
    #expect(count == 1)
  }
}
