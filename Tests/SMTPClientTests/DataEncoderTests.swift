import Bytes
import SMTPClient
import Testing

/// Octets given as text in which each character stands for one octet.
func octets(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }

/// Payloads that hide an end of the mail from some readers of line ends.
let smuggling: [String] = [
  "\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n", "\r\n.\r", "\r.\r\n", "\n.\r", "\r.\n", "\r\n.\r\n", "\r\r\n.\r\n",
  "\n\n.\r\n", "\r\n.\n\r\n", "\r\n\r.\r\n", "\r\n.\r\r\n", ".\r\n", ".\n", ".\r", ".", "..", ".\r\n.\r\n",
  "\r\n.",
  "\n.", "\r.", "\r\n..\r\n", "\r\n.a\r\n", "\n.a", "\r.\r.\r.\r", "\n.\n.\n.\n", "\u{85}.\u{85}",
  "\u{B}.\u{B}",
  "\u{C}.\u{C}", "\r\n \r\n.\r\n", "\r", "\n", "\r\n", "",
]

@Suite(.timeLimit(.minutes(1))) struct DataEncoderTests {
  static func encode(_ message: [UInt8], cut: Int? = nil) -> (body: [UInt8], end: [UInt8]) {
    var encoder = DataEncoder()
    var out = ByteBuffer()
    encoder.encode(message[..<(cut ?? message.count)], into: &out)
    encoder.encode(message[(cut ?? message.count)...], into: &out)
    return (out.bytes, encoder.finish())
  }

  @Test(arguments: [
    ("", "", ".\r\n"), ("a", "a", "\r\n.\r\n"), ("a\r\n", "a", "\r\n.\r\n"), ("\r\n", "", "\r\n.\r\n"),
    ("a\r\nb\r\n", "a\r\nb", "\r\n.\r\n"), ("a\nb\rc", "a\r\nb\r\nc", "\r\n.\r\n"),
    ("a\r\r\nb", "a\r\n\r\nb", "\r\n.\r\n"), ("a\n\rb", "a\r\n\r\nb", "\r\n.\r\n"), (".", "..", "\r\n.\r\n"),
    ("a\r\n.\r\nb", "a\r\n..\r\nb", "\r\n.\r\n"), ("..a", "...a", "\r\n.\r\n"), ("a.\r\n", "a.", "\r\n.\r\n"),
    ("a\n.\nb\n", "a\r\n..\r\nb", "\r\n.\r\n"), ("\r\r", "\r\n", "\r\n.\r\n"), ("\n\n", "\r\n", "\r\n.\r\n"),
    ("a\r", "a", "\r\n.\r\n"),
  ])
  func `dots are doubled and line ends made CRLF, cut anywhere`(input: String, body: String, end: String) {
    let bytes = octets(input)
    for cut in 0...bytes.count {
      let (gotBody, gotEnd) = Self.encode(bytes, cut: cut)
      #expect(gotBody == octets(body))
      #expect(gotEnd == octets(end))
    }
  }

  @Test(arguments: smuggling)
  func `no reader of line ends finds the end of the mail inside it`(payload: String) {
    for message in [
      payload, "a" + payload, "a" + payload + "MAIL FROM:<evil@example.test>\r\n", payload + payload,
    ] {
      let bytes = octets(message)
      for cut in 0...bytes.count {
        let (body, end) = Self.encode(bytes, cut: cut)
        WireCheck.expectOneMail(body + end, of: bytes)
      }
    }
  }
}

/// What servers, strict and lax, make of the octets that follow DATA's 354.
enum WireCheck {
  /// Ends of mail that one server or another has been known to take.
  static let terminators: [[UInt8]] = [
    "\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n", "\r\n.\r", "\r.\r\n", "\n.\r", "\r.\n",
  ]
  .map(octets)

  static func expectOneMail(_ wire: [UInt8], of message: [UInt8]) {
    for i in wire.indices {
      if wire[i] == 13 { #expect(i + 1 < wire.count && wire[i + 1] == 10, "lone CR") }
      if wire[i] == 10 { #expect(i > 0 && wire[i - 1] == 13, "lone LF") }
    }
    // As if the command line's CRLF stood in front, for a dot on the first line.
    let framed = [13, 10] + wire
    let last = framed.count - 5
    #expect(framed.count >= 5 && framed[last...].elementsEqual([13, 10, 46, 13, 10]))
    for terminator in terminators {
      for i in framed.indices where framed[i...].starts(with: terminator) {
        #expect(i >= last, "an end of mail inside it")
      }
    }
    #expect(received(wire) == normalised(message))
  }

  /// The mail that a strict server reads: up to CRLF.CRLF, doubled dots made single.
  static func received(_ wire: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var line: [UInt8] = []
    for byte in wire {
      line.append(byte)
      guard line.suffix(2) == [13, 10] else { continue }
      if line == [46, 13, 10] { return out }
      out += line.first == 46 ? line.dropFirst() : line[...]
      line = []
    }
    return out + octets("<unfinished>")
  }

  static func normalised(_ message: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var i = 0
    while i < message.count {
      if message[i] == 13 {
        out += [13, 10]
        if i + 1 < message.count, message[i + 1] == 10 { i += 1 }
      } else if message[i] == 10 {
        out += [13, 10]
      } else {
        out.append(message[i])
      }
      i += 1
    }
    if !out.isEmpty && out.suffix(2) != [13, 10] { out += [13, 10] }
    return out
  }
}
