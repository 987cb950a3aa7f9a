internal import Bytes
internal import Compression
internal import IMAPCodec
internal import Synchronization

extension IMAPConnection {
  /// Has both sides compress what they send from here on (RFC 4978).
  ///
  /// Worth its 300 KiB of memory and the server's time where much is read over a slow line: Dovecot compresses
  /// 28 MB a second, so on a fast one messages come six times slower than without. Never for a connection that
  /// only waits.
  /// - Returns: false when the server does not offer it or says no; the connection goes on as it was.
  @discardableResult
  package nonisolated(nonsending) func compress() async throws(IMAPClientError) -> Bool {
    try requireAuthenticated()
    if isCompressed { return true }
    guard session.has("COMPRESS=DEFLATE") else { return false }
    let status = try await perform(.plain("COMPRESS"), encode: { $0.word("COMPRESS DEFLATE") })
    guard status.kind == .ok else { return false }
    guard framer.isBetweenFrames else { throw violation("half a response before compression") }
    let counted = CountingStream(stream)
    do throws(CompressionError) {
      // What stands behind the answer is compressed already.
      counted.add(input.count)
      stream = try DeflateStream(over: counted, leftover: input)
    } catch {
      close()
      throw .limit(what: "memory for compression", max: 0)
    }
    input = ByteBuffer()
    compression = ExpansionGuard(counted, expansionMax: options.expansionMax)
    return true
  }
}

/// Passes octets on and counts those that come in.
private final class CountingStream: ByteStream {
  private let base: any ByteStream
  private let octets = Mutex<UInt64>(0)

  init(_ base: any ByteStream) { self.base = base }

  var count: UInt64 { octets.withLock { $0 } }

  func add(_ n: Int) { octets.withLock { $0 &+= UInt64(max(n, 0)) } }

  func read(into buffer: inout ByteBuffer, atMost: Int, deadline: Deadline) async throws(StreamError) -> Int {
    let n = try await base.read(into: &buffer, atMost: atMost, deadline: deadline)
    add(n)
    return n
  }

  func write(_ buffer: inout ByteBuffer, deadline: Deadline) async throws(StreamError) {
    try await base.write(&buffer, deadline: deadline)
  }

  func close() { base.close() }
}

/// Tells when a peer's compressed octets become more than mail ever does.
final class ExpansionGuard {
  private let compressed: CountingStream
  private let expansionMax: UInt64
  private var expanded: UInt64 = 0

  /// Before so much came out, the ratio says nothing.
  static let freeOctets: UInt64 = 1 << 20

  fileprivate init(_ compressed: CountingStream, expansionMax: UInt64) {
    self.compressed = compressed
    self.expansionMax = expansionMax
  }

  func isTooMuch(afterExpanding octets: Int) -> Bool {
    expanded &+= UInt64(max(octets, 0))
    return expanded > Self.freeOctets && expanded / max(expansionMax, 1) > compressed.count
  }
}
