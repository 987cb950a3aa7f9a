import Bytes

/// A certificate whose key nobody has kept.
enum TestCertificate {
  static let pem = """
    -----BEGIN CERTIFICATE-----
    MIIBgzCCASmgAwIBAgIULOPkrxc/sULwUddd6Fdur4osA0AwCgYIKoZIzj0EAwIw
    FjEUMBIGA1UEAwwLY3JtLmV4YW1wbGUwIBcNMjYxMTI1MTc0MzA3WhgPMjEyNjEx
    MDExNzQzMDdaMBYxFDASBgNVBAMMC2NybS5leGFtcGxlMFkwEwYHKoZIzj0CAQYI
    KoZIzj0DAQcDQgAEG85mjuVACYu2CsIYzYId6i7/nggg9+pQceK5s/33aY8RIiyc
    g1B8fn6cjpXHk8ADukBI7MhkOoFGZ46C4hhG5KNTMFEwHQYDVR0OBBYEFKsVcX6r
    EwgnWu8UFlvXoJMJWrJcMB8GA1UdIwQYMBaAFKsVcX6rEwgnWu8UFlvXoJMJWrJc
    MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgXyYj4wzjve5NdhY6
    tZf/WYUYb0qjuA1CkP71DE26P0ACIQCJdulIOZ8EH7ZwpVpLD1gTQY5+tyRuiQqi
    BBw+r3T2tA==
    -----END CERTIFICATE-----

    """

  /// As `openssl x509 -fingerprint -sha256` says it, without colons and in lower case.
  static let sha256 = "aa732b1d5259f828cea6577312d0245fde4c7c51c0b59192c41d87bbe278edb8"

  static var der: [UInt8] {
    let lines = pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }
    return Base64.decode(lines.joined().utf8) ?? []
  }
}
