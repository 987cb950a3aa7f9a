package import Bytes
internal import COpenSSL

/// What servers of TLS have in common: certificate, key, and the keys of session tickets.
package final class TLSServerContext: Sendable {
  let handle: TLSContextHandle

  /// - Parameters:
  ///   - certificateChainFile: PEM, the server's certificate first, then those between it and a root.
  ///   - privateKeyFile: PEM, without passphrase.
  /// - Throws: ``StreamError/tls(_:)`` when a file cannot be read or the key does not fit.
  package init(
    certificateChainFile: String, privateKeyFile: String, minimumVersion: TLSVersion = .tls12
  ) throws(StreamError) {
    handle = try TLSContextHandle(.server, minimumVersion: minimumVersion)
    let context = handle.pointer
    guard SSL_CTX_use_certificate_chain_file(context, certificateChainFile) == 1 else {
      throw .tls("\(certificateChainFile): \(OpenSSLError.take())")
    }
    guard SSL_CTX_use_PrivateKey_file(context, privateKeyFile, SSL_FILETYPE_PEM) == 1,
      SSL_CTX_check_private_key(context) == 1
    else { throw .tls("\(privateKeyFile): \(OpenSSLError.take())") }
    // Sessions live in tickets that the client keeps; nothing is stored here.
    _ = postroom_SSL_CTX_set_session_cache_mode(context, Int(SSL_SESS_CACHE_OFF))
    let id: [UInt8] = Array("postroom".utf8)
    _ = SSL_CTX_set_session_id_context(context, id, UInt32(id.count))
  }

  /// Waits for the client to begin TLS over `plain`, which belongs to the result; on an error it is
  /// closed.
  /// - Throws: as ``TLSClientContext/wrap(_:hostName:deadline:)``.
  package func wrap(
    _ plain: any ByteStream, deadline: Deadline
  ) async throws(StreamError) -> any ByteStream {
    do throws(StreamError) {
      let engine = try TLSEngine(context: handle.pointer, role: .server)
      return try await TLSStream.open(engine, over: plain, deadline: deadline)
    } catch {
      plain.close()
      throw error
    }
  }
}
