import Bytes
import Testing

@testable import MailPacking

@Suite struct AbsentContentTests {
  private static func noise(_ count: Int) -> [UInt8] {
    var state: UInt64 = 7
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
  }

  private static func lines(_ content: [UInt8]) -> [UInt8] {
    var encoder = Base64LineEncoder(AbsentContent.lines)
    return encoder.encode(content)
  }

  /// Packs `mail` with `contents` put into their places, and reads it again.
  private func roundTrip(_ mail: [UInt8], _ contents: [(place: Int, octets: [UInt8])]) throws {
    let absent = contents.map {
      AbsentContent(place: $0.place, octets: $0.octets.count, beginning: $0.octets)
    }
    var whole: [UInt8] = []
    var at = 0
    for (place, octets) in contents.sorted(by: { $0.place < $1.place }) {
      whole += mail[at..<place] + Self.lines(octets)
      at = place
    }
    whole += mail[at...]
    #expect(whole.count == absent.reduce(mail.count) { $0 + $1.encodedOctets })
    let packed = try PackedMail(mail, absent: absent, limits: .apart)
    let unpacked = try UnpackedMail(packed.octets, octetsMax: whole.count)
    var made: [UInt8] = []
    for segment in unpacked.segments {
      switch segment {
      case .octets(let octets): made += octets
      case .taken(let number, let octets, let lines, _):
        let taken = packed.taken[number]
        let content =
          taken.absent.map { contents[$0].octets }
          ?? (0..<taken.pieces).flatMap { taken.piece($0, of: mail) }
        #expect(content.count == octets && taken.octets == octets)
        guard let lines else {
          made += content
          continue
        }
        var encoder = Base64LineEncoder(lines)
        made += encoder.encode(content)
      }
    }
    #expect(made == whole)
  }

  @Test(arguments: [1, 2, 3, 56, 57, 58, 114, 5000]) func `a content stands where it belongs`(_ octets: Int)
    throws
  {
    let head = "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n--b\r\n"
    let part = "Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    let mail = Array((head + part + "\r\n--b--\r\n").utf8)
    let content = Self.noise(octets)
    try roundTrip(mail, [((head + part).utf8.count, content)])
    // Two side by side, the first of all, the last of all.
    let place = (head + part).utf8.count
    try roundTrip(mail, [(place, content), (place, [7]), (0, [9, 9]), (mail.count, content)])
  }

  @Test func `it may fall into anything, at any octet`() throws {
    let run = Self.lines(Self.noise(200))
    let quoted = "Content-Transfer-Encoding: quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe\r\n--b\r\n"
    let mail =
      Array("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\(quoted)\r\n".utf8) + run
      + Array("\r\n--b--\r\n".utf8)
    for place in 0...mail.count { try roundTrip(mail, [(place, [1, 2, 3, 4])]) }
    try roundTrip([], [(0, [1])])
  }

  @Test func `text is told from what is none by its beginning`() {
    #expect(!AbsentContent(place: 0, octets: 9, beginning: Array("a,b\r\n1,2\t".utf8)).isBinary)
    #expect(AbsentContent(place: 0, octets: 9, beginning: [0x50, 0x4B, 3, 4]).isBinary)
  }
}
