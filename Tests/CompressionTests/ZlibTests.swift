import Bytes
import Testing

@testable import Compression

/// Octets without a pattern, the same for the same seed.
func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 33)
  }
}

@Suite(.timeLimit(.minutes(1))) struct ZlibTests {
  static let samples: [[UInt8]] = [
    [], [0], Array("hello hello hello".utf8), noise(100), noise(70_000),
    [UInt8](repeating: 0x20, count: 500_000),
    Array(String(repeating: "{\"method\":\"mail.list\",\"id\":1}\n", count: 3000).utf8),
  ]

  @Test(arguments: samples, [0, 1, 6, 9]) func `what is compressed comes back`(_ plain: [UInt8], level: Int)
    throws
  {
    let packed = try Zlib.deflate(plain, level: level)
    #expect(try Zlib.inflate(packed, outputOctetsMax: plain.count) == plain)
  }

  @Test func `it reads what other programs wrote`() throws {
    // Python's zlib.compress(b"Postroom")
    let packed: [UInt8] = [
      0x78, 0x9C, 0x0B, 0xC8, 0x2F, 0x2E, 0x29, 0xCA, 0xCF, 0xCF, 0x05, 0x00, 0x0E, 0xE7, 0x03, 0x64,
    ]
    #expect(try Zlib.inflate(packed, outputOctetsMax: 100) == Array("Postroom".utf8))
  }

  @Test(arguments: [0, 1, 99, 100, 101, 70_000]) func `the bound holds below, at and above it`(limit: Int)
    throws
  {
    let plain = [UInt8](repeating: 7, count: 100)
    let packed = try Zlib.deflate(plain)
    if limit >= 100 {
      #expect(try Zlib.inflate(packed, outputOctetsMax: limit) == plain)
    } else {
      #expect(throws: CompressionError.outputLimit(limit)) {
        try Zlib.inflate(packed, outputOctetsMax: limit)
      }
    }
  }

  @Test func `a bomb is stopped at the bound and not expanded first`() throws {
    let bomb = try Zlib.deflate([UInt8](repeating: 0, count: 50_000_000), level: 9)
    #expect(bomb.count < 60_000)
    #expect(throws: CompressionError.outputLimit(1 << 20)) {
      try Zlib.inflate(bomb, outputOctetsMax: 1 << 20)
    }
  }

  @Test func `cut at every octet it is truncated, never complete`() throws {
    let packed = try Zlib.deflate(Array("the quick brown fox jumps over the lazy dog".utf8))
    for length in 0..<packed.count {
      #expect(throws: CompressionError.truncated) {
        try Zlib.inflate(Array(packed[..<length]), outputOctetsMax: 1000)
      }
    }
  }

  @Test func `any flipped bit is an error or shows in no way`() throws {
    let plain = Array("the quick brown fox jumps over the lazy dog".utf8)
    let packed = try Zlib.deflate(plain)
    for bit in 0..<packed.count * 8 {
      var damaged = packed
      damaged[bit / 8] ^= 1 << (bit % 8)
      do throws(CompressionError) {
        // The level in the header is only a hint and not covered by the checksum.
        #expect(try Zlib.inflate(damaged, outputOctetsMax: 1000) == plain)
      } catch {
        #expect(error != .memory)
      }
    }
  }

  @Test func `one stream only: a second one behind it, or any octet, is refused`() throws {
    let packed = try Zlib.deflate([1, 2, 3])
    for tail in [packed, [0], try Zlib.deflate([])] {
      #expect(throws: CompressionError.corrupt("octets behind the end")) {
        try Zlib.inflate(packed + tail, outputOctetsMax: 1000)
      }
    }
  }

  @Test(arguments: [[UInt8]("GET / HTTP/1.1".utf8), [0x1F, 0x8B, 8, 0], [0x78, 0x9C, 0xFF, 0xFF, 0xFF]])
  func `other formats are corrupt`(_ input: [UInt8]) {
    #expect {
      try Zlib.inflate(input, outputOctetsMax: 1000)
    } throws: {
      if case CompressionError.corrupt = $0 { true } else { false }
    }
  }

  @Test func `a dictionary makes small texts smaller and is needed to read them`() throws {
    let dictionary = Array("\"jsonrpc\":\"2.0\",\"method\":\"mail.list\",\"params\":{".utf8)
    let plain = Array("{\"jsonrpc\":\"2.0\",\"method\":\"mail.list\",\"params\":{}}".utf8)
    let packed = try Zlib.deflate(plain, dictionary: dictionary)
    #expect(packed.count < (try Zlib.deflate(plain)).count)
    #expect(try Zlib.inflate(packed, outputOctetsMax: 1000, dictionary: dictionary) == plain)
    #expect(throws: CompressionError.corrupt("needs a dictionary")) {
      try Zlib.inflate(packed, outputOctetsMax: 1000)
    }
    #expect(throws: CompressionError.corrupt("made with another dictionary")) {
      try Zlib.inflate(packed, outputOctetsMax: 1000, dictionary: [1, 2, 3])
    }
    #expect(try Zlib.inflate(try Zlib.deflate(plain), outputOctetsMax: 1000, dictionary: dictionary) == plain)
    for long in [[], noise(40_000)] {
      let packed = try Zlib.deflate(plain, dictionary: long)
      #expect(try Zlib.inflate(packed, outputOctetsMax: 1000, dictionary: long) == plain)
    }
  }
}

@Suite(.timeLimit(.minutes(1))) struct StreamingTests {
  @Test(arguments: [DeflateFormat.zlib, .raw], [1, 2, 3, 100, 100_000])
  func `fed in pieces and read in pieces it is the same`(_ format: DeflateFormat, piece: Int) throws {
    let plain = noise(3000) + [UInt8](repeating: 65, count: 5000) + noise(500, seed: 2)
    var deflater = try Deflater(format: format)
    var packed = ByteBuffer()
    var rest = ByteBuffer(plain)
    while !rest.isEmpty {
      var part = ByteBuffer(rest.read(min(piece, rest.count)))
      try deflater.deflate(&part, into: &packed, flush: rest.isEmpty ? .finish : .none)
      #expect(part.isEmpty)
    }
    var inflater = try Inflater(format: format)
    var out = ByteBuffer()
    var pending = ByteBuffer()
    while !inflater.isFinished {
      if pending.isEmpty { pending.append(contentsOf: packed.read(min(piece, packed.count))) }
      #expect(try inflater.inflate(&pending, into: &out, atMost: piece) <= piece)
    }
    #expect(out.bytes == plain)
    #expect(inflater.produced == plain.count)
  }

  @Test func `after a sync flush everything given so far can be read`() throws {
    var deflater = try Deflater(format: .raw)
    var inflater = try Inflater(format: .raw)
    for text in ["a", "A1 OK done\r\n", String(repeating: "x", count: 100_000), "end"] {
      var packed = ByteBuffer()
      var out = ByteBuffer()
      try deflater.deflate(Array(text.utf8), into: &packed, flush: .sync)
      _ = try inflater.inflate(&packed, into: &out)
      #expect(out == ByteBuffer(text))
      #expect(packed.isEmpty)
    }
    #expect(inflater.isFinished == false)
  }

  @Test func `what follows the end stays in the input`() throws {
    var input = ByteBuffer(try Zlib.deflate([1, 2, 3]) + [9, 9])
    var inflater = try Inflater(format: .zlib)
    var out = ByteBuffer()
    #expect(try inflater.inflate(&input, into: &out) == 3)
    #expect(inflater.isFinished == true)
    #expect(input.bytes == [9, 9])
    #expect(try inflater.inflate(&input, into: &out) == 0)
  }

  @Test func `the bound counts over all calls`() throws {
    var input = ByteBuffer(try Zlib.deflate([UInt8](repeating: 1, count: 1000)))
    var inflater = try Inflater(format: .zlib, outputOctetsMax: 600)
    var out = ByteBuffer()
    #expect(try inflater.inflate(&input, into: &out, atMost: 500) == 500)
    var failed: CompressionError?
    do throws(CompressionError) {
      _ = try inflater.inflate(&input, into: &out, atMost: 500)
    } catch {
      failed = error
    }
    #expect(failed == .outputLimit(600))
    #expect(out.count == 600)
  }

  @Test func `a raw stream uses its dictionary unasked`() throws {
    let dictionary = Array("FETCH (FLAGS (\\Seen) UID ".utf8)
    var deflater = try Deflater(format: .raw, dictionary: dictionary)
    var packed = ByteBuffer()
    try deflater.deflate(dictionary, into: &packed, flush: .finish)
    #expect(packed.count < 12)
    var inflater = try Inflater(format: .raw, dictionary: dictionary)
    var out = ByteBuffer()
    _ = try inflater.inflate(&packed, into: &out)
    #expect(out.bytes == dictionary)
  }
}
