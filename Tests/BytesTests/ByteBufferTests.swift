import Bytes
import Testing

@Suite struct ByteBufferTests {
  @Test func `is a queue of octets that survives growth, and copies stay apart`() {
    var buffer = ByteBuffer()
    var expected: [UInt8] = []
    for round in 0..<500 {
      let bytes = (0..<(round % 37)).map { UInt8(truncatingIfNeeded: $0 &* round) }
      buffer.append(contentsOf: bytes)
      expected += bytes
      let copy = buffer
      let n = min(expected.count, round % 31)
      #expect(buffer.read(n) == Array(expected[..<n]))
      expected.removeFirst(n)
      #expect(copy.count == expected.count + n)
    }
    #expect(buffer.bytes == expected)
  }

  @Test func `finds an octet behind an offset`() {
    var buffer = ByteBuffer("xxab\r\ncd\r\n")
    buffer.consume(2)
    #expect(buffer.firstIndex(of: ASCII.lf) == 3)
    #expect(buffer.firstIndex(of: ASCII.lf, from: 4) == 7)
    #expect(buffer.firstIndex(of: ASCII.lf, from: 8) == nil)
    #expect(buffer.firstIndex(of: 0) == nil)
  }

  @Test func `writes in place count what was written`() {
    var buffer = ByteBuffer("ab")
    buffer.withUnsafeWritableBytes(minimumCapacity: 100) {
      $0[0] = 0x63
      return 1
    }
    #expect(buffer == ByteBuffer("abc"))
  }

  @Test(arguments: [("0", 0), ("18446744073709551615", UInt64.max), ("007", 7)] as [(String, UInt64)])
  func `reads decimal numbers`(text: String, value: UInt64) {
    #expect(ASCII.decimal(text.utf8) == value)
  }

  @Test(arguments: ["", "-1", "18446744073709551616", "1 ", "0x1"])
  func `refuses what is no decimal number`(text: String) {
    #expect(ASCII.decimal(text.utf8) == nil)
  }
}
