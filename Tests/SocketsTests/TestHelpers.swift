import Bytes

/// Longer than anything in these tests takes, shorter than their time limit.
var soon: Deadline { .after(seconds: 30) }

/// Reads until the end.
func readAll(_ stream: any ByteStream) async throws -> [UInt8] {
  var got = ByteBuffer()
  while try await stream.read(into: &got, atMost: 64 * 1024, deadline: soon) > 0 {}
  return got.bytes
}

/// Reads exactly `count` octets, or what comes before the end.
func read(_ count: Int, from stream: any ByteStream) async throws -> [UInt8] {
  var got = ByteBuffer()
  while got.count < count {
    if try await stream.read(into: &got, atMost: count - got.count, deadline: soon) == 0 { break }
  }
  return got.bytes
}

/// Sends back what comes until the peer ends.
func echo(_ stream: any ByteStream) async {
  var buffer = ByteBuffer()
  do {
    while try await stream.read(into: &buffer, atMost: 64 * 1024, deadline: soon) > 0 {
      try await stream.write(&buffer, deadline: soon)
    }
  } catch {
    // The peer's side of the test says what went wrong.
  }
}

/// Octets that repeat only after 2^64, from a seed.
struct Noise: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }
}
