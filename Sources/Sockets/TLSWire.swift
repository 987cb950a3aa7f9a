internal import Bytes
internal import COpenSSL

/// The two ends of OpenSSL's transport, in memory: what the peer sent, and what is to be sent to it.
///
/// A BIO of our own rather than OpenSSL's memory BIO, so that octets are received straight into the
/// buffer that OpenSSL copies its records from. Also what OpenSSL's callbacks tell is kept here.
struct TLSWire {
  /// nil while a reader has it out to receive into; there is nothing to read then.
  var incoming: ByteBuffer? = ByteBuffer()
  /// The peer has ended the connection; what is in `incoming` is the last.
  var ended = false
  var outgoing = ByteBuffer()
  /// Why the peer's certificate was refused.
  var refusal: CertificateRefusal?
  /// Where new sessions go, and under which name; nil on servers.
  var sessions: (cache: TLSSessionCache, hostName: String)?

  /// Makes a BIO that reads and writes `wire`, which must outlive it. nil when out of memory.
  static func makeBIO(_ wire: UnsafeMutablePointer<TLSWire>) -> OpaquePointer? {
    guard let method = method.pointer, let bio = BIO_new(method) else { return nil }
    BIO_set_data(bio, wire)
    BIO_set_init(bio, 1)
    return bio
  }

  /// The wire of a connection, from within a callback.
  static func of(_ ssl: OpaquePointer?) -> UnsafeMutablePointer<TLSWire>? {
    SSL_get_ex_data(ssl, 0)?.assumingMemoryBound(to: TLSWire.self)
  }

  /// SAFETY (`@unchecked Sendable`): made once, only read afterwards.
  private struct Method: @unchecked Sendable {
    let pointer: OpaquePointer?
  }

  private static let method: Method = {
    guard let method = BIO_meth_new(BIO_TYPE_SOURCE_SINK | BIO_get_new_index(), "octets in memory") else {
      return Method(pointer: nil)
    }
    BIO_meth_set_read_ex(method, readOctets)
    BIO_meth_set_write_ex(method, writeOctets)
    BIO_meth_set_ctrl(method, control)
    return Method(pointer: method)
  }()

  private static func wire(of bio: OpaquePointer?) -> UnsafeMutablePointer<TLSWire>? {
    BIO_get_data(bio)?.assumingMemoryBound(to: TLSWire.self)
  }

  private static let readOctets:
    @convention(c) (
      OpaquePointer?, UnsafeMutablePointer<CChar>?, Int, UnsafeMutablePointer<Int>?
    ) -> Int32 = { bio, out, limit, count in
      BIO_clear_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY)
      count?.pointee = 0
      guard let wire = TLSWire.wire(of: bio), let out, limit > 0 else { return 0 }
      let available = wire.pointee.incoming?.count ?? 0
      if available == 0 {
        if !wire.pointee.ended { BIO_set_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_SHOULD_RETRY) }
        return 0
      }
      let n = min(limit, available)
      // SAFETY: OpenSSL gives `limit` octets of room at `out`, and n is not more.
      wire.pointee.incoming?.withUnsafeReadableBytes { all in
        if let from = all.baseAddress { UnsafeMutableRawPointer(out).copyMemory(from: from, byteCount: n) }
      }
      wire.pointee.incoming?.consume(n)
      count?.pointee = n
      return 1
    }

  private static let writeOctets:
    @convention(c) (OpaquePointer?, UnsafePointer<CChar>?, Int, UnsafeMutablePointer<Int>?) -> Int32 = {
      bio, octets, length, count in
      BIO_clear_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY)
      count?.pointee = 0
      guard let wire = TLSWire.wire(of: bio) else { return 0 }
      // SAFETY: OpenSSL gives `length` octets at `octets` for the length of this call.
      wire.pointee.outgoing.append(contentsOf: UnsafeRawBufferPointer(start: octets, count: length))
      count?.pointee = length
      return 1
    }

  private static let control: @convention(c) (OpaquePointer?, Int32, Int, UnsafeMutableRawPointer?) -> Int = {
    bio, command, _, _ in
    switch command {
    case BIO_CTRL_FLUSH: return 1
    case BIO_CTRL_EOF:
      guard let wire = TLSWire.wire(of: bio) else { return 1 }
      return wire.pointee.ended && (wire.pointee.incoming?.isEmpty ?? true) ? 1 : 0
    default: return 0
    }
  }
}
