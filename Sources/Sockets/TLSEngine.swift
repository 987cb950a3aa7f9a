internal import Bytes
internal import COpenSSL

/// One TLS connection without input or output: octets from the peer go in, octets for the peer come
/// out, plain text on the other side. ``TLSStream`` moves them.
///
/// Owns the `SSL` object. `@unchecked Sendable`: it has one owner, and its callbacks run only inside
/// its methods.
struct TLSEngine: ~Copyable, @unchecked Sendable {
  enum Role { case client, server }

  enum Step: Sendable {
    case done
    /// Nothing more can be done before octets of the peer come.
    case needsInput
    case failed(StreamError)
  }

  enum ReadStep: Sendable {
    case moved(Int)
    case needsInput
    /// The peer has ended TLS in order.
    case ended
    case failed(StreamError)
  }

  /// The most plain text in one record (RFC 8446 §5.1).
  private static let recordOctetsMax = 16 * 1024
  /// Plain text that is encrypted before it is sent.
  private static let writeOctetsMax = 64 * 1024
  /// Answers to the peer's key updates that wait for the next write, which carries them (RFC 8446
  /// §4.6.3 allows that). Real peers ask once in 2^24 records; only an attacker gets here.
  private static let unsentOctetsMax = 16 * 1024

  private let ssl: OpaquePointer
  private let wire: UnsafeMutablePointer<TLSWire>
  /// The first failure: everything later answers it.
  private(set) var failure: StreamError?
  /// The handshake is done, and ``shutDown()`` has not been called.
  private(set) var isOpen = false

  init(context: OpaquePointer, role: Role) throws(StreamError) {
    ERR_clear_error()
    guard let ssl = SSL_new(context) else { throw .tls(OpenSSLError.take()) }
    let wire = UnsafeMutablePointer<TLSWire>.allocate(capacity: 1)
    wire.initialize(to: TLSWire())
    guard SSL_set_ex_data(ssl, 0, wire) == 1, let bio = TLSWire.makeBIO(wire) else {
      SSL_free(ssl)
      wire.deinitialize(count: 1)
      wire.deallocate()
      throw .tls(OpenSSLError.take())
    }
    self.ssl = ssl
    self.wire = wire
    // The SSL object takes the one reference for both directions.
    SSL_set_bio(ssl, bio, bio)
    switch role {
    case .client: SSL_set_connect_state(ssl)
    case .server: SSL_set_accept_state(ssl)
    }
  }

  deinit {
    // Frees the BIO too, which must not outlive the wire.
    SSL_free(ssl)
    wire.deinitialize(count: 1)
    wire.deallocate()
  }

  /// For settings before the handshake.
  borrowing func configure<R>(
    _ body: (OpaquePointer, UnsafeMutablePointer<TLSWire>) throws(StreamError) -> R
  ) throws(StreamError) -> R {
    ERR_clear_error()
    return try body(ssl, wire)
  }

  // MARK: Octets of the peer

  /// Takes the buffer of unread octets out, to receive more into it. ``giveIncoming(_:ended:)`` follows.
  mutating func lendIncoming() -> ByteBuffer { wire.pointee.incoming.take() ?? ByteBuffer() }

  mutating func giveIncoming(_ buffer: ByteBuffer, ended: Bool) {
    wire.pointee.incoming = buffer
    if ended { wire.pointee.ended = true }
  }

  /// What is to be sent to the peer. ``giveOutgoing(_:)`` saves making a new buffer.
  mutating func takeOutgoing() -> ByteBuffer {
    var taken = ByteBuffer()
    swap(&taken, &wire.pointee.outgoing)
    return taken
  }

  mutating func giveOutgoing(_ empty: ByteBuffer) {
    if wire.pointee.outgoing.isEmpty { wire.pointee.outgoing = empty }
  }

  var hasOutgoing: Bool { !wire.pointee.outgoing.isEmpty }

  /// After the handshake: what is left to send can go with the first answer. A server of TLS 1.3 is
  /// done when it has heard the client's last word, and has nothing to send but session tickets.
  var mayDeferOutgoing: Bool { SSL_is_server(ssl) == 1 && SSL_version(ssl) >= TLS1_3_VERSION }

  // MARK: TLS

  mutating func handshake() -> Step {
    if let failure { return .failed(failure) }
    ERR_clear_error()
    let result = SSL_do_handshake(ssl)
    if result == 1 {
      isOpen = true
      return .done
    }
    switch SSL_get_error(ssl, result) {
    case SSL_ERROR_WANT_READ: return .needsInput
    case let code: return .failed(fail(code))
    }
  }

  /// Appends plain text that has arrived, as much as is there, up to `atMost`.
  mutating func read(into buffer: inout ByteBuffer, atMost: Int) -> ReadStep {
    if let failure { return .failed(failure) }
    if wire.pointee.outgoing.count > Self.unsentOctetsMax {
      let error = StreamError.tls("the peer asks for too many key updates")
      breakOff(error)
      return .failed(error)
    }
    var moved = 0
    while moved < atMost {
      let unread = wire.pointee.incoming?.count ?? 0
      let pending = Int(SSL_pending(ssl))
      if moved > 0, unread == 0, pending == 0 { break }
      // Plain text is never longer than its record, except for what OpenSSL has taken in before.
      let room = min(atMost - moved, max(pending, min(unread, Self.recordOctetsMax), 1024))
      var n = 0
      var result: Int32 = 0
      ERR_clear_error()
      buffer.withUnsafeWritableBytes(minimumCapacity: room) { place in
        result = SSL_read_ex(ssl, place.baseAddress, min(place.count, atMost - moved), &n)
        return n
      }
      if result == 1 {
        moved += n
        continue
      }
      let code = SSL_get_error(ssl, result)
      if moved > 0, code == SSL_ERROR_WANT_READ || code == SSL_ERROR_ZERO_RETURN { break }
      switch code {
      case SSL_ERROR_WANT_READ: return .needsInput
      case SSL_ERROR_ZERO_RETURN: return .ended
      default:
        let error = fail(code)
        return moved > 0 ? .moved(moved) : .failed(error)
      }
    }
    return .moved(moved)
  }

  /// Encrypts the beginning of `buffer` and consumes it; the records are in ``takeOutgoing()``.
  mutating func write(_ buffer: inout ByteBuffer) -> Step {
    if let failure { return .failed(failure) }
    var written = 0
    var result: Int32 = 0
    ERR_clear_error()
    buffer.withUnsafeReadableBytes { all in
      result = SSL_write_ex(ssl, all.baseAddress, min(all.count, Self.writeOctetsMax), &written)
    }
    if result == 1 {
      buffer.consume(written)
      return .done
    }
    return .failed(fail(SSL_get_error(ssl, result)))
  }

  /// Puts close_notify into the outgoing octets, unless the connection failed or never was open.
  mutating func shutDown() {
    defer {
      isOpen = false
      failure = .closed
    }
    guard isOpen, failure == nil else { return }
    ERR_clear_error()
    _ = SSL_shutdown(ssl)
  }

  /// Records were sent in part: nothing more can follow them.
  mutating func breakOff(_ error: StreamError) {
    if failure == nil { failure = error }
  }

  // MARK: Facts

  var version: String { SSL_get_version(ssl).map { String(cString: $0) } ?? "" }

  var cipher: String {
    SSL_get_current_cipher(ssl).flatMap { SSL_CIPHER_get_name($0) }.map { String(cString: $0) } ?? ""
  }

  /// SHA-256 over the DER of the certificate that the peer has shown and that was verified; nil without one.
  var peerCertificateDigest: [UInt8]? {
    guard let certificate = SSL_get1_peer_certificate(ssl) else { return nil }
    defer { X509_free(certificate) }
    guard SSL_get_verify_result(ssl) == Int(X509_V_OK) else { return nil }
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    guard X509_digest(certificate, EVP_sha256(), &digest, &length) == 1 else { return nil }
    return Array(digest.prefix(Int(length)))
  }

  var isResumed: Bool { SSL_session_reused(ssl) == 1 }

  /// Names the failure that OpenSSL's error code and queue tell of, and keeps it.
  private mutating func fail(_ code: Int32) -> StreamError {
    let error: StreamError
    if let refusal = wire.pointee.refusal {
      error = .certificate(refusal.problem, detail: refusal.detail)
    } else if wire.pointee.ended, code == SSL_ERROR_SYSCALL || OpenSSLError.isUnexpectedEnd {
      error = .truncated
    } else {
      error = .tls(OpenSSLError.take())
    }
    failure = error
    isOpen = false
    return error
  }
}
