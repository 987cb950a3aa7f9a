internal import Bytes
internal import COpenSSL

/// Owns an `SSL_CTX`. `@unchecked Sendable`: OpenSSL locks inside; it is set up before it is shared.
final class TLSContextHandle: @unchecked Sendable {
  let pointer: OpaquePointer

  init(_ role: TLSEngine.Role, minimumVersion: TLSVersion) throws(StreamError) {
    ERR_clear_error()
    guard let pointer = SSL_CTX_new(role == .client ? TLS_client_method() : TLS_server_method()) else {
      throw .tls(OpenSSLError.take())
    }
    self.pointer = pointer
    // An idle connection then keeps no record buffers: 34 KiB less each.
    _ = postroom_SSL_CTX_set_mode(pointer, Int(SSL_MODE_RELEASE_BUFFERS))
    _ = postroom_SSL_CTX_harden(pointer)
    guard postroom_SSL_CTX_set_min_proto_version(pointer, minimumVersion.number) == 1 else {
      throw .tls(OpenSSLError.take())
    }
  }

  deinit { SSL_CTX_free(pointer) }
}

/// A version of TLS that is spoken.
package enum TLSVersion: Sendable {
  case tls12, tls13

  var number: Int32 { self == .tls12 ? TLS1_2_VERSION : TLS1_3_VERSION }
}
