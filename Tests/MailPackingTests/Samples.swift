import Bytes

@testable import MailPacking

/// Octets without a pattern, the same for the same seed.
struct Noise {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &* 2 &+ 1 }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }

  mutating func below(_ n: Int) -> Int { Int(next() % UInt64(max(n, 1))) }
  mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }
  mutating func octets(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }
}

/// Base64 in lines, each ended.
func base64(_ content: [UInt8], line: Int = 76, end: String = "\r\n") -> String {
  let letters = Base64.encodeString(content)
  var out = ""
  var rest = Substring(letters)
  while !rest.isEmpty {
    out += rest.prefix(line) + end
    rest = rest.dropFirst(line)
  }
  return out
}

/// What ``PackedMail`` made of a mail, made again.
func again(_ mail: [UInt8], _ packed: PackedMail) throws -> [UInt8] {
  var out: [UInt8] = []
  for segment in try UnpackedMail(packed.octets, octetsMax: mail.count).segments {
    let before = out.count
    switch segment {
    case .octets(let octets): out += octets
    case .taken(let number, let octets, let lines, _):
      let content = packed.taken[number]
      guard content.octets == octets else { throw MailPackingError.corrupt("another content") }
      var encoder = lines.map { Base64LineEncoder($0) }
      for piece in 0..<content.pieces {
        let octets = content.piece(piece, of: mail)
        out += encoder?.encode(octets) ?? octets
      }
    }
    guard out.count - before == segment.count else { throw MailPackingError.corrupt("another count") }
  }
  return out
}

let letter = """
  Return-Path: <dana@customer.example>\r
  Received: from mail.customer.example (mail.customer.example [192.0.2.7])\r
  \tby mx.example.test (Postfix) with ESMTPS id 4F2C91A0B7\r
  \tfor <alice@example.test>; Tue, 10 Jun 2025 09:12:47 +0200 (CEST)\r
  DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=customer.example; s=s1;\r
  \th=from:to:subject:date:message-id; bh=0rmhVsBL3bwLlfjaFVLUOAVkSDoG3Fb8EQ8wXDRCGTc=;\r
  \tb=Uz8rP0rXUOzxVqbBpN4Sgd0Re7eS8dPUSXVPq8gDkG1kLLwVJKh7Ns0cQ2fVnYbXb3Y9mHxV1\r
  \t qP5oTn2rXZkqkGm0l8uYw2bJcC7dXf6aVsTz4eRr5cNn1yDg8hLpM3oQiWuE9tKvBfAjS0xZ6I=\r
  Message-ID: <CAF3=x1@mail.customer.example>\r
  Date: Tue, 10 Jun 2025 09:12:41 +0200\r
  From: Dana Whitfield <dana@customer.example>\r
  To: Alice <alice@example.test>\r
  Subject: Re: Offer for the second shipment\r
  In-Reply-To: <out-7@example.test>\r
  MIME-Version: 1.0\r
  Content-Type: multipart/alternative; boundary="000000000000f45dab5cda031ead"\r
  \r
  --000000000000f45dab5cda031ead\r
  Content-Type: text/plain; charset="UTF-8"\r
  Content-Transfer-Encoding: quoted-printable\r
  \r
  Hi Alice,\r
  \r
  thanks for the quick answer =E2=80=93 the price is fine for us. Could you send t=\r
  he signed contract by Friday?\r
  \r
  Best regards,\r
  Dana\r
  \r
  --000000000000f45dab5cda031ead\r
  Content-Type: text/html; charset="UTF-8"\r
  Content-Transfer-Encoding: quoted-printable\r
  \r
  <div dir=3D"ltr"><div>Hi Alice,</div><div><br></div><div>thanks for the quick a=\r
  nswer =E2=80=93 the price is fine for us. Could you send the signed contract by=\r
   Friday?</div><div><br></div><div>Best regards,</div><div>Dana</div></div>\r
  \r
  --000000000000f45dab5cda031ead--\r\n
  """

/// A mail with these parts: header lines without line ends, and a body.
func multipart(_ parts: [(head: [String], body: String)], end: String = "\r\n") -> [UInt8] {
  var out = ["Subject: x", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=\"b1\"", "", ""]
    .joined(separator: end)
  for (head, body) in parts {
    out += "--b1" + end + head.map { $0 + end }.joined() + end + body + end
  }
  return Array((out + "--b1--" + end).utf8)
}

let pdfHead = ["Content-Type: application/pdf; name=\"a.pdf\"", "Content-Transfer-Encoding: base64"]
let quotedHead = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable"]
