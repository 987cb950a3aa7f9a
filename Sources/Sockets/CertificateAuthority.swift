package import Bytes
internal import COpenSSL
internal import Glibc

/// A certificate authority in a folder, for simulated servers and tests: makes its own root and
/// issues server certificates with it (EC P-256). Files are readable by their owner only.
///
/// Not for real service: nothing is ever revoked, and the root's key lies beside it.
package final class CertificateAuthority: Sendable {
  /// Seconds from now between which a certificate is valid; clocks may differ by a day.
  package struct Validity: Sendable {
    package let fromSeconds: Int
    package let untilSeconds: Int

    package init(fromSeconds: Int = -86_400, untilSeconds: Int = 365 * 86_400) {
      self.fromSeconds = fromSeconds
      self.untilSeconds = untilSeconds
    }
  }

  /// What a certificate may be used for (RFC 5280 §4.2.1.12).
  package enum Usage: String, Sendable {
    case server = "serverAuth"
    case client = "clientAuth"
  }

  package let directory: String
  /// The root, in PEM: what a client must trust.
  package var caFile: String { "\(directory)/ca.pem" }
  private var keyFile: String { "\(directory)/ca-key.pem" }

  private let root: Certificate
  private let key: Key

  private init(directory: String, root: Certificate, key: Key) {
    self.directory = directory
    self.root = root
    self.key = key
  }

  /// Makes a root and writes it to `ca.pem` and `ca-key.pem` in `directory`, which is made if need be.
  /// - Throws: ``StreamError/system(_:errno:)`` with EEXIST when the files are there.
  package static func create(
    directory: String, name: String = "Postroom test authority"
  ) throws(StreamError) -> CertificateAuthority {
    do throws(Syscalls.Failure) { try Syscalls.createDirectory(directory) } catch {
      throw .system(.write, errno: error.errno)
    }
    let key = try Key.generate()
    let root = try Certificate(
      subject: name, key: key, validity: Validity(untilSeconds: 10 * 365 * 86_400), issuer: nil,
      extensions: [
        (NID_basic_constraints, "critical,CA:TRUE"), (NID_key_usage, "critical,keyCertSign,cRLSign"),
        (NID_subject_key_identifier, "hash"),
      ])
    let authority = CertificateAuthority(directory: directory, root: root, key: key)
    try write(try key.pem(), to: authority.keyFile)
    try write(try root.pem(), to: authority.caFile)
    return authority
  }

  /// The authority that ``create(directory:name:)`` made in `directory`.
  package static func load(directory: String) throws(StreamError) -> CertificateAuthority {
    CertificateAuthority(
      directory: directory, root: try Certificate(file: "\(directory)/ca.pem"),
      key: try Key(file: "\(directory)/ca-key.pem"))
  }

  /// Issues a certificate and writes it to `<stem>.pem` and `<stem>-key.pem`.
  ///
  /// - Parameters:
  ///   - names: host names ("mail.example.com", "*.example.com") and addresses, at least one.
  ///   - stem: the files' name, and the certificate's common name.
  ///   - usage: for which side of a handshake.
  ///   - selfSigned: signed by its own key rather than by the authority.
  /// - Throws: ``StreamError/tls(_:)`` when a name has foreign characters, and as
  ///   ``create(directory:name:)``.
  package func issue(
    names: [String], validity: Validity = Validity(), stem: String = "server", usage: Usage = .server,
    selfSigned: Bool = false
  ) throws(StreamError) -> (chainFile: String, keyFile: String) {
    let own = try Key.generate()
    let certificate = try Certificate(
      subject: stem, key: own, validity: validity, issuer: selfSigned ? nil : (root, key),
      extensions: [
        (NID_basic_constraints, "critical,CA:FALSE"), (NID_key_usage, "critical,digitalSignature"),
        (NID_ext_key_usage, usage.rawValue), (NID_subject_alt_name, try Self.alternativeNames(names)),
      ])
    let files = (chainFile: "\(directory)/\(stem).pem", keyFile: "\(directory)/\(stem)-key.pem")
    try Self.write(try own.pem(), to: files.keyFile)
    try Self.write(try certificate.pem(), to: files.chainFile)
    return files
  }

  /// OpenSSL's text form (x509v3_config(5)), in which commas and colons have a meaning.
  private static func alternativeNames(_ names: [String]) throws(StreamError) -> String {
    let allowed = { (b: UInt8) in ASCII.isAlphanumeric(b) || [0x2A, 0x2D, 0x2E, 0x5F].contains(b) }
    var entries: [String] = []
    for name in names {
      if let ip = IPAddress(name) {
        entries.append("IP:\(ip)")
      } else if !name.isEmpty, name.utf8.allSatisfy(allowed) {
        entries.append("DNS:\(name)")
      } else {
        throw .tls("not a name for a certificate")
      }
    }
    if entries.isEmpty { throw .tls("a certificate needs a name") }
    return entries.joined(separator: ",")
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(StreamError) {
    do throws(Syscalls.Failure) { try Syscalls.createFile(path, bytes) } catch {
      throw .system(.write, errno: error.errno)
    }
  }
}

/// Owns a key pair. `@unchecked Sendable`: not changed after it is made; OpenSSL counts references.
private final class Key: @unchecked Sendable {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }
  deinit { EVP_PKEY_free(pointer) }

  convenience init(file: String) throws(StreamError) {
    self.init(
      try readPEM(file) { bio in PEM_read_bio_PrivateKey(bio, nil, nil, nil) })
  }

  static func generate() throws(StreamError) -> Key {
    ERR_clear_error()
    let context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil)
    defer { EVP_PKEY_CTX_free(context) }
    var made: OpaquePointer?
    guard EVP_PKEY_keygen_init(context) == 1,
      EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1,
      EVP_PKEY_keygen(context, &made) == 1, let made
    else { throw .tls(OpenSSLError.take()) }
    return Key(made)
  }

  func pem() throws(StreamError) -> [UInt8] {
    try writePEM { bio in PEM_write_bio_PKCS8PrivateKey(bio, pointer, nil, nil, 0, nil, nil) }
  }
}

/// Owns a certificate. `@unchecked Sendable`: not changed after it is made.
private final class Certificate: @unchecked Sendable {
  let pointer: OpaquePointer

  /// X.509 version 3 is written as 2.
  private static let version3 = 2

  init(file: String) throws(StreamError) {
    pointer = try readPEM(file) { bio in PEM_read_bio_X509(bio, nil, nil, nil) }
  }

  init(
    subject: String, key: Key, validity: CertificateAuthority.Validity,
    issuer: (certificate: Certificate, key: Key)?, extensions: [(Int32, String)]
  ) throws(StreamError) {
    ERR_clear_error()
    guard let new = X509_new() else { throw .tls(OpenSSLError.take()) }
    pointer = new
    let name = X509_get_subject_name(new)
    let text = [UInt8](subject.utf8)
    var serial: UInt64 = 0
    let drawn = withUnsafeMutableBytes(of: &serial) {
      RAND_bytes($0.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32($0.count))
    }
    guard drawn == 1, X509_set_version(new, Self.version3) == 1,
      // Positive, and not 0 (RFC 5280 §4.1.2.2).
      ASN1_INTEGER_set_uint64(X509_get_serialNumber(new), serial >> 1 | 1) == 1,
      X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, text, Int32(text.count), -1, 0) == 1,
      X509_set_issuer_name(new, issuer.map { X509_get_subject_name($0.certificate.pointer) } ?? name) == 1,
      X509_gmtime_adj(X509_getm_notBefore(new), validity.fromSeconds) != nil,
      X509_gmtime_adj(X509_getm_notAfter(new), validity.untilSeconds) != nil,
      X509_set_pubkey(new, key.pointer) == 1
    else { throw .tls(OpenSSLError.take()) }
    for (kind, value) in extensions {
      try add(kind, value, issuer: issuer?.certificate.pointer ?? new)
    }
    guard X509_sign(new, issuer?.key.pointer ?? key.pointer, EVP_sha256()) > 0 else {
      throw .tls(OpenSSLError.take())
    }
  }

  deinit { X509_free(pointer) }

  private func add(_ kind: Int32, _ value: String, issuer: OpaquePointer) throws(StreamError) {
    var context = X509V3_CTX()
    X509V3_set_ctx(&context, issuer, pointer, nil, nil, 0)
    guard let made = X509V3_EXT_conf_nid(nil, &context, kind, value) else { throw .tls(OpenSSLError.take()) }
    defer { X509_EXTENSION_free(made) }
    guard X509_add_ext(pointer, made, -1) == 1 else { throw .tls(OpenSSLError.take()) }
  }

  func pem() throws(StreamError) -> [UInt8] {
    try writePEM { bio in PEM_write_bio_X509(bio, pointer) }
  }
}

private func readPEM(_ file: String, _ read: (OpaquePointer) -> OpaquePointer?) throws(StreamError)
  -> OpaquePointer
{
  ERR_clear_error()
  guard let bio = BIO_new_file(file, "r") else { throw .tls("\(file): \(OpenSSLError.take())") }
  defer { BIO_free(bio) }
  guard let made = read(bio) else { throw .tls("\(file): \(OpenSSLError.take())") }
  return made
}

private func writePEM(_ write: (OpaquePointer) -> Int32) throws(StreamError) -> [UInt8] {
  ERR_clear_error()
  guard let bio = BIO_new(BIO_s_mem()) else { throw .tls(OpenSSLError.take()) }
  defer { BIO_free(bio) }
  guard write(bio) == 1 else { throw .tls(OpenSSLError.take()) }
  var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(bio))
  var n = 0
  guard BIO_read_ex(bio, &bytes, bytes.count, &n) == 1, n == bytes.count else {
    throw .tls(OpenSSLError.take())
  }
  return bytes
}
