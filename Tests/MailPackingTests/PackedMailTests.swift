import Bytes
import Compression
import Testing

@testable import MailPacking

@Suite(.timeLimit(.minutes(2))) struct PackedMailTests {
  private func noise(_ count: Int, _ seed: UInt64 = 1) -> [UInt8] {
    var noise = Noise(seed)
    return noise.octets(count)
  }

  private func contents(_ mail: [UInt8]) throws -> [[UInt8]] {
    try PackedMail(mail, limits: .apart).taken.map { content in
      (0..<content.pieces).flatMap { content.piece($0, of: mail) }
    }
  }

  @Test func `a short mail is at least 35 percent smaller than deflated alone`() throws {
    let mail = Array(letter.utf8)
    let alone = try Zlib.deflate(mail, level: 6).count
    let packed = try PackedMail(mail, limits: .apart)
    #expect(packed.taken.isEmpty)
    #expect(packed.octets.count * 100 <= alone * 65, "\(packed.octets.count) against \(alone)")
  }

  @Test func `an attachment is the same content however its lines are broken`() throws {
    let content = noise(600_000)
    for (line, end) in [(76, "\r\n"), (60, "\r\n"), (61, "\n"), (.max, "\r\n")] {
      let mail = multipart([(["Content-Disposition: attachment"], base64(content, line: line, end: end))])
      #expect(try contents(mail) == [content])
      let segments = try UnpackedMail(try PackedMail(mail, limits: .apart).octets, octetsMax: mail.count)
        .segments
      #expect(segments.count == 3)
    }
  }

  @Test func `what is taken out: attachments and what is binary or long, from 1024 octets`() throws {
    let words = Array(String(repeating: "Some words. ", count: 10_000).utf8)
    let table: [(head: String, body: String, taken: Int)] = [
      ("Content-Type: image/png", base64(noise(1023)), 0),
      ("Content-Type: image/png", base64(noise(1024)), 1),
      ("Content-Type: text/plain", base64(Array(words[..<60_000])), 0),
      ("Content-Type: text/plain", base64(Array(words[..<65_536])), 1),
      ("Content-Disposition: attachment; filename=a.txt", base64(Array(words[..<1024])), 1),
      ("Content-Type: text/csv;\r\n name*=utf-8''a", String(decoding: words[..<4094], as: UTF8.self), 1),
      ("Content-Type: text/csv;\r\n name*=utf-8''a", String(decoding: words[..<4093], as: UTF8.self), 0),
      ("Content-Type: text/plain", String(decoding: words[..<60_000], as: UTF8.self), 0),
    ]
    for (head, body, taken) in table {
      let packed = try PackedMail(multipart([([head], body)]), limits: .apart)
      #expect(packed.taken.count == taken, "\(head) \(body.utf8.count)")
      if taken == 0 { #expect(packed.octets.count < body.utf8.count) }
    }
  }

  @Test func `a packed mail stays small, whatever the mail`() throws {
    let part: (head: [String], body: String) = (
      [], String(decoding: noise(40_000).map { $0 | 1 & 0x7F }, as: UTF8.self)
    )
    let many = multipart(Array(repeating: (pdfHead, base64(noise(1100))), count: 1500))
    for mail in [multipart(Array(repeating: part, count: 40)), many, noise(3_000_000)] {
      let packed = try PackedMail(mail, limits: .apart)
      #expect(packed.octets.count < 400_000)
      #expect(packed.taken.count <= 1100)
      #expect(try again(mail, packed) == mail)
    }
  }

  @Test func `every way of damaging it is an error or another mail, and never more than allowed`() throws {
    let mail = multipart([
      (quotedHead, "Gr=C3=BC=C3=9Fe=\r\n und"), (pdfHead, base64(noise(200))), (pdfHead, base64(noise(2000))),
      ([], letter),
    ])
    let octets = try PackedMail(mail, limits: .apart).octets
    for length in 0..<octets.count {
      #expect(throws: MailPackingError.self) {
        try UnpackedMail(Array(octets[..<length]), octetsMax: mail.count)
      }
    }
    for bit in 0..<octets.count * 8 {
      var damaged = octets
      damaged[bit / 8] ^= 1 << (bit % 8)
      guard let made = try? UnpackedMail(damaged, octetsMax: mail.count) else { continue }
      #expect(made.segments.reduce(0) { $0 + $1.count } <= mail.count)
    }
    #expect(throws: MailPackingError.self) { try UnpackedMail(octets + [0], octetsMax: mail.count) }
    #expect(throws: MailPackingError.self) { try UnpackedMail(octets, octetsMax: mail.count - 1) }
  }

  @Test func `noise is never taken for a mail, nor does it trap`() {
    var noise = Noise(9)
    for _ in 0..<20_000 {
      let octets = [1, UInt8(noise.below(2)), UInt8(noise.below(4))] + noise.octets(noise.below(40))
      guard let made = try? UnpackedMail(octets, octetsMax: 5000) else { continue }
      #expect(made.segments.reduce(0) { $0 + $1.count } <= 5000)
    }
  }

  @Test func `a bomb is stopped at the bound`() throws {
    let bomb = try PackedMail([UInt8](repeating: 0x41, count: 20_000_000), limits: .whole).octets
    #expect(bomb.count < 50_000)
    #expect(throws: MailPackingError.self) { try UnpackedMail(bomb, octetsMax: 1_000_000) }
    let piece = try ContentPiece.pack([UInt8](repeating: 0, count: ContentPiece.octets))
    #expect(throws: MailPackingError.self) { try ContentPiece.unpack(piece, octets: 1000) }
  }

  @Test func `versions of the future are told apart from damage`() throws {
    let octets = try PackedMail(Array(letter.utf8), limits: .apart).octets
    #expect(throws: MailPackingError.unknownVersion(2)) {
      try UnpackedMail([2] + octets[1...], octetsMax: 10_000)
    }
    #expect(throws: MailPackingError.unknownVersion(99)) {
      try UnpackedMail([1, 99] + octets[2...], octetsMax: 10_000)
    }
    #expect(throws: MailPackingError.unknownVersion(7)) { try ContentPiece.unpack([7, 1], octets: 1) }
    #expect(throws: MailPackingError.unknownVersion(9)) { try ContentPiece.unpack([1, 9, 1], octets: 1) }
  }

  @Test func `the dictionary in use is never changed`() {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for octet in MailDictionary.current.octets { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01B3 }
    #expect(MailDictionary.current.number == 1)
    #expect(
      MailDictionary.current.octets.count == 27_999 && hash == 8_890_177_584_537_400_015,
      "\(MailDictionary.current.octets.count) \(hash)")
    #expect(MailDictionary.current.octets.count < 32_768 - 262)
    #expect(!MailDictionary.current.octets.contains(13))
  }

  @Test(arguments: [0, 1, 3, 262_142, 262_143, 262_144, 524_286, 524_287])
  func `contents come by pieces that are packed alone`(count: Int) throws {
    let words = Array(String(repeating: "words and words ", count: count / 16 + 1).utf8.prefix(count))
    for content in [noise(count), words] {
      let pieces = ContentPiece.count(count)
      #expect(pieces == max(1, (count + 262_142) / 262_143))
      var encoder = Base64LineEncoder(Base64Lines(length: 70, isCRLF: true))
      var encoded: [UInt8] = []
      for number in 0..<pieces {
        let piece = Array(
          content[number * ContentPiece.octets..<min(count, (number + 1) * ContentPiece.octets)])
        let packed = try ContentPiece.pack(piece)
        #expect(packed.count <= piece.count + 1)
        #expect(try ContentPiece.unpack(packed, octets: piece.count) == piece)
        #expect(throws: MailPackingError.self) { try ContentPiece.unpack(packed, octets: piece.count + 1) }
        encoded += encoder.encode(piece)
      }
      #expect(encoded.count == Base64Lines(length: 70, isCRLF: true).encodedOctets(count))
      #expect(
        String(decoding: encoded, as: UTF8.self) + (count > 0 ? "\r\n" : "") == base64(content, line: 70))
    }
    if count > 100_000 { #expect(try ContentPiece.pack(words).count < 20_000) }
  }

  @Test func `twice as many octets take about twice as long, also hostile ones`() throws {
    let line = "--" + String(repeating: "a", count: 60) + "\r\n"
    let seeds: [String] = [
      "Content-Type: a/b; boundary=a\r\nContent-Type: a/b; boundary=aa\r\n\r\n" + line,
      "\r\n" + base64(noise(57)) + "=\r\n", "\r\n" + String(repeating: "A", count: 76) + "\r\n",
      "Content-Transfer-Encoding: quoted-printable\r\n\r\n=\r\n==\r\n=3D",
      "Content-Type: message/rfc822\r\n\r\n",
      base64(noise(48)),
    ]
    for seed in seeds {
      func seconds(_ octets: Int) throws -> Double {
        let mail = Array(String(repeating: seed, count: octets / seed.utf8.count).utf8)
        var best = Duration.seconds(99)
        for _ in 0..<3 {
          best = min(best, try ContinuousClock().measure { _ = try PackedMail(mail, limits: .apart) })
        }
        return Double(best.components.attoseconds) / 1e18 + Double(best.components.seconds)
      }
      let (once, fourTimes) = (try seconds(100_000), try seconds(400_000))
      #expect(fourTimes < once * 8 + 0.01, "\(seed.prefix(40)): \(once) s, \(fourTimes) s")
    }
  }
}
