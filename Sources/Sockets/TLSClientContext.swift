package import Bytes
internal import COpenSSL

/// What clients of TLS have in common: trusted roots and remembered sessions. Make one, keep it.
///
/// The server's chain and its name are always verified; there is no switch.
package final class TLSClientContext: Sendable {
  let handle: TLSContextHandle
  private let sessions = TLSSessionCache()

  /// - Parameters:
  ///   - caFile: certificates in PEM that are trusted besides the system's roots.
  ///   - minimumVersion: the oldest version to speak.
  ///   - identity: the files (PEM) of a certificate chain and its key, for servers that ask for one.
  /// - Throws: ``StreamError/tls(_:)`` when a file cannot be read or the key does not fit.
  package init(
    caFile: String? = nil, minimumVersion: TLSVersion = .tls12,
    identity: (certificateChainFile: String, privateKeyFile: String)? = nil
  ) throws(StreamError) {
    handle = try TLSContextHandle(.client, minimumVersion: minimumVersion)
    let context = handle.pointer
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, CertificateRefusal.verify)
    // A machine without the system's roots trusts caFile only.
    _ = SSL_CTX_set_default_verify_paths(context)
    ERR_clear_error()
    if let caFile, SSL_CTX_load_verify_locations(context, caFile, nil) != 1 {
      throw .tls("\(caFile): \(OpenSSLError.take())")
    }
    if let identity {
      guard SSL_CTX_use_certificate_chain_file(context, identity.certificateChainFile) == 1,
        SSL_CTX_use_PrivateKey_file(context, identity.privateKeyFile, SSL_FILETYPE_PEM) == 1,
        SSL_CTX_check_private_key(context) == 1
      else { throw .tls("\(identity.certificateChainFile): \(OpenSSLError.take())") }
    }
    let mode = Int(SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL)
    _ = postroom_SSL_CTX_set_session_cache_mode(context, mode)
    SSL_CTX_sess_set_new_cb(context, TLSSessionCache.onNewSession)
  }

  /// Begins TLS over `plain`, which belongs to the result; on an error it is closed.
  ///
  /// - Parameter hostName: the name (or address) that the certificate must be for; names are told to
  ///   the server too (SNI).
  /// - Throws: ``StreamError/certificate(_:detail:)``, ``StreamError/tls(_:)``,
  ///   ``StreamError/truncated`` when the peer ends the connection, ``StreamError/timedOut(_:)`` for
  ///   `.handshake`, and whatever `plain` throws.
  package func wrap(
    _ plain: any ByteStream, hostName: String, deadline: Deadline
  ) async throws(StreamError) -> any ByteStream {
    do throws(StreamError) {
      let engine = try TLSEngine(context: handle.pointer, role: .client)
      try expect(hostName, of: engine)
      return try await TLSStream.open(engine, over: plain, deadline: deadline)
    } catch {
      plain.close()
      throw error
    }
  }

  /// ``wrap(_:hostName:deadline:)`` as a value, for STARTTLS.
  package func upgrade(hostName: String) -> TLSUpgrade {
    { (plain, deadline) async throws(StreamError) in
      try await self.wrap(plain, hostName: hostName, deadline: deadline)
    }
  }

  private func expect(_ hostName: String, of engine: borrowing TLSEngine) throws(StreamError) {
    // An empty name would switch the check off in OpenSSL, and a NUL would cut the name short.
    let name = hostName.hasSuffix(".") ? String(hostName.dropLast()) : hostName
    guard !name.isEmpty, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .tls("not a host name to expect a certificate for")
    }
    try engine.configure { (ssl, wire) throws(StreamError) in
      let parameters = SSL_get0_param(ssl)
      if let ip = IPAddress(name) {
        guard X509_VERIFY_PARAM_set1_ip_asc(parameters, ip.description) == 1 else {
          throw .tls(OpenSSLError.take())
        }
      } else {
        // RFC 9525 §6.3: no "f*.example.com"; §2: the subject's common name does not count.
        let flags = X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT
        X509_VERIFY_PARAM_set_hostflags(parameters, UInt32(flags))
        guard X509_VERIFY_PARAM_set1_host(parameters, name, name.utf8.count) == 1,
          postroom_SSL_set_tlsext_host_name(ssl, name) == 1
        else { throw .tls(OpenSSLError.take()) }
      }
      wire.pointee.sessions = (sessions, name)
      sessions.offer(to: ssl, hostName: name)
    }
  }
}
