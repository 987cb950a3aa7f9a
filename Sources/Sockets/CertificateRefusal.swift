internal import Bytes
internal import COpenSSL

/// Why a certificate was not accepted, with the dates or names that people need to see.
struct CertificateRefusal: Sendable {
  /// A certificate may carry thousands of names.
  private static let namesMax = 8
  private static let textOctetsMax = 128

  let problem: StreamError.CertificateProblem
  let detail: String

  /// What OpenSSL calls for each certificate of the chain: keeps the first refusal, and never
  /// changes OpenSSL's mind.
  static let verify: @convention(c) (Int32, OpaquePointer?) -> Int32 = { accepted, store in
    if accepted == 1 { return 1 }
    let ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx())
    if let wire = TLSWire.of(ssl.map { OpaquePointer($0) }), wire.pointee.refusal == nil {
      wire.pointee.refusal = CertificateRefusal(store)
    }
    return 0
  }

  private init(_ store: OpaquePointer?) {
    let code = X509_STORE_CTX_get_error(store)
    let certificate = X509_STORE_CTX_get_current_cert(store)
    let reason = X509_verify_cert_error_string(Int(code)).map { String(cString: $0) } ?? "error \(code)"
    let subject = Self.subject(certificate)
    switch code {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      problem = .expired
      detail = "expired on \(Self.date(X509_get0_notAfter(certificate))): \(subject)"
    case X509_V_ERR_CERT_NOT_YET_VALID:
      problem = .notYetValid
      detail = "not valid before \(Self.date(X509_get0_notBefore(certificate))): \(subject)"
    case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
      problem = .wrongHost
      detail = "the certificate is for \(Self.names(certificate))"
    case X509_V_ERR_CERT_REVOKED:
      problem = .revoked
      detail = "\(reason): \(subject)"
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
      X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
      X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_CERT_SIGNATURE_FAILURE,
      X509_V_ERR_CERT_CHAIN_TOO_LONG, X509_V_ERR_INVALID_CA, X509_V_ERR_CERT_UNTRUSTED,
      X509_V_ERR_CERT_REJECTED, X509_V_ERR_PATH_LENGTH_EXCEEDED, X509_V_ERR_NO_ISSUER_PUBLIC_KEY:
      problem = .untrusted
      detail = "\(reason): \(subject), issued by \(Self.issuer(certificate))"
    default:
      problem = .other
      detail = "\(reason): \(subject)"
    }
  }

  private static func subject(_ certificate: OpaquePointer?) -> String {
    guard let certificate else { return "no certificate" }
    return text(X509_get_subject_name(certificate))
  }

  private static func issuer(_ certificate: OpaquePointer?) -> String {
    guard let certificate else { return "nobody" }
    return text(X509_get_issuer_name(certificate))
  }

  private static func text(_ name: OpaquePointer?) -> String {
    var line = [CChar](repeating: 0, count: textOctetsMax)
    guard let name, X509_NAME_oneline(name, &line, Int32(line.count)) != nil else { return "no name" }
    return printable(line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
  }

  /// "2026-01-31 23:59:59 UTC"
  private static func date(_ time: UnsafePointer<ASN1_TIME>?) -> String {
    var t = tm()
    guard let time, ASN1_TIME_to_tm(time, &t) == 1 else { return "an unreadable date" }
    func two(_ n: Int32) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let day = "\(Int(t.tm_year) + 1900)-\(two(t.tm_mon + 1))-\(two(t.tm_mday))"
    return "\(day) \(two(t.tm_hour)):\(two(t.tm_min)):\(two(t.tm_sec)) UTC"
  }

  /// The host names and addresses that the certificate is for.
  private static func names(_ certificate: OpaquePointer?) -> String {
    guard let raw = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else { return "no host" }
    let list = OpaquePointer(raw)
    defer { postroom_GENERAL_NAMES_free(list) }
    var names: [String] = []
    for i in 0..<postroom_GENERAL_NAMES_count(list) {
      if names.count == namesMax {
        names.append("others")
        break
      }
      var type: Int32 = -1
      guard let string = postroom_GENERAL_NAME_string(postroom_GENERAL_NAMES_at(list, i), &type),
        let octets = ASN1_STRING_get0_data(string)
      else { continue }
      let bytes = [UInt8](UnsafeBufferPointer(start: octets, count: Int(max(ASN1_STRING_length(string), 0))))
      if type == GEN_DNS {
        names.append(printable(bytes))
      } else if type == GEN_IPADD, let ip = IPAddress(octets: bytes) {
        names.append(ip.description)
      }
    }
    return names.isEmpty ? "no host" : names.joined(separator: ", ")
  }

  /// Text of a stranger, fit for a log: printable US-ASCII, the rest as "?".
  private static func printable(_ bytes: [UInt8]) -> String {
    String(
      decoding: bytes.prefix(textOctetsMax).map { (0x20...0x7E).contains($0) ? $0 : 0x3F }, as: UTF8.self)
  }
}
