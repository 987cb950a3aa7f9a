package import Bytes
internal import COpenSSL

/// What servers of TLS have in common: certificate, key, and the keys of session tickets.
package final class TLSServerContext: Sendable {
  let handle: TLSContextHandle
  /// Clients without a certificate are refused.
  package let requiresCertificate: Bool

  /// - Parameters:
  ///   - certificateChainFile: PEM, the server's certificate first, then those between it and a root.
  ///   - privateKeyFile: PEM, without passphrase.
  ///   - clients: whether clients are asked for a certificate; nil asks nobody.
  /// - Throws: ``StreamError/tls(_:)`` when a file cannot be read or the key does not fit.
  package init(
    certificateChainFile: String, privateKeyFile: String, minimumVersion: TLSVersion = .tls12,
    clients: TLSClientCertificates? = nil
  ) throws(StreamError) {
    handle = try TLSContextHandle(.server, minimumVersion: minimumVersion)
    requiresCertificate = clients?.required ?? false
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
    if let clients { try Self.ask(for: clients, context) }
  }

  private static func ask(
    for clients: TLSClientCertificates, _ context: OpaquePointer
  ) throws(StreamError) {
    ERR_clear_error()
    guard SSL_CTX_load_verify_locations(context, clients.caFile, nil) == 1,
      let names = SSL_load_client_CA_file(clients.caFile)
    else { throw .tls("\(clients.caFile): \(OpenSSLError.take())") }
    // The names that clients choose their certificate by (RFC 8446 §4.2.4); the context owns them now.
    SSL_CTX_set_client_CA_list(context, names)
    guard SSL_CTX_set_purpose(context, X509_PURPOSE_SSL_CLIENT) == 1 else { throw .tls(OpenSSLError.take()) }
    let demand = clients.required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | demand, CertificateRefusal.verify)
    if let file = clients.revocationsFile { try Self.refuseRevoked(file, context) }
    // A ticket would carry an earlier handshake's verdict past the certificate's end: every connection is
    // verified anew.
    _ = SSL_CTX_set_num_tickets(context, 0)
    postroom_SSL_CTX_no_tickets(context)
  }

  private static func refuseRevoked(_ file: String, _ context: OpaquePointer) throws(StreamError) {
    guard let store = SSL_CTX_get_cert_store(context),
      let lookup = X509_STORE_add_lookup(store, X509_LOOKUP_file()),
      X509_load_crl_file(lookup, file, X509_FILETYPE_PEM) > 0,
      X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK)) == 1
    else { throw .tls("\(file): \(OpenSSLError.take())") }
  }

  /// Waits for the client to begin TLS over `plain`, which belongs to the result; on an error it is
  /// closed.
  /// - Throws: as ``TLSClientContext/wrap(_:hostName:deadline:)``; a client's certificate that is not acceptable is
  ///   ``StreamError/certificate(_:detail:)`` too.
  package func wrap(
    _ plain: any ByteStream, deadline: Deadline
  ) async throws(StreamError) -> TLSStream {
    do throws(StreamError) {
      let engine = try TLSEngine(context: handle.pointer, role: .server)
      return try await TLSStream.open(engine, over: plain, deadline: deadline)
    } catch {
      plain.close()
      throw error
    }
  }
}

/// What a server of TLS wants of its clients: a certificate for use by clients (`clientAuth`) whose chain leads to
/// one of `caFile`'s authorities.
package struct TLSClientCertificates: Sendable {
  /// PEM; the system's authorities do not count.
  package let caFile: String
  /// The handshake fails without one. One that is not acceptable fails it always.
  package let required: Bool
  /// PEM: the lists of revoked certificates (RFC 5280 §5) of every authority that issues to clients. When there is
  /// none in it for an authority, or it is out of date, that authority's certificates are refused.
  package let revocationsFile: String?

  package init(caFile: String, required: Bool, revocationsFile: String? = nil) {
    self.caFile = caFile
    self.required = required
    self.revocationsFile = revocationsFile
  }
}
