internal import Bytes

/// SCRAM without channel binding, the client's side (RFC 5802, RFC 7677).
///
/// Names and passwords are taken as they are: SASLprep changes only text that is not in Unicode's
/// NFKC form, which keyboards do not produce.
struct SCRAM: Sendable {
  /// Fewer rounds than RFC 5802 §5.1 asks for would help who records the exchange to guess the
  /// password; more than OWASP's highest advice for SHA-256 (600,000 in 2023) only burns our time
  /// (about 0.2 s).
  static let iterations: ClosedRange<UInt64> = 4096...600_000
  static let messageOctetsMax = 4096

  private enum State {
    /// The client's first message is out. → clientProofSent
    case clientFirstSent
    /// → verified
    case clientProofSent(serverSignature: [UInt8])
    case verified
  }

  private let hash: Hash
  private let mechanism: SASLMechanism
  private let secret: Secret
  private let clientFirstBare: [UInt8]
  private let nonce: [UInt8]
  private var state = State.clientFirstSent

  init(
    _ hash: Hash, mechanism: SASLMechanism, credential: Credential, nonce: [UInt8]
  ) throws(SASLError) {
    try Messages.checkText(credential)
    self.hash = hash
    self.mechanism = mechanism
    self.nonce = nonce
    secret = credential.secret
    clientFirstBare = Array("n=".utf8) + Messages.saslName(credential.user) + Array(",r=".utf8) + nonce
  }

  static func randomNonce() -> [UInt8] { Base64.encode(Hash.random(24)) }

  var isVerified: Bool { if case .verified = state { true } else { false } }

  var clientFirst: [UInt8] { Array("n,,".utf8) + clientFirstBare }

  mutating func respond(to challenge: [UInt8]) throws(SASLError) -> [UInt8] {
    guard challenge.count <= Self.messageOctetsMax else { throw malformed("too long") }
    switch state {
    case .clientFirstSent: return try proof(challenge)
    case .clientProofSent(let expected):
      try verify(challenge, expected)
      state = .verified
      return []
    case .verified: throw .challengeUnexpected(mechanism)
    }
  }

  /// `server-first-message = nonce "," salt "," iteration-count ["," extensions]`
  private mutating func proof(_ serverFirst: [UInt8]) throws(SASLError) -> [UInt8] {
    let fields = serverFirst.split(separator: 0x2C, omittingEmptySubsequences: false)
    guard fields.count >= 3, let whole = value(of: 0x72, in: fields[0]),
      let salt64 = value(of: 0x73, in: fields[1]), let count = value(of: 0x69, in: fields[2])
    else { throw malformed("not nonce, salt and iteration count") }
    guard whole.count > nonce.count, whole.starts(with: nonce),
      whole.allSatisfy({ (0x21...0x7E).contains($0) })
    else { throw malformed("the nonce does not begin with ours") }
    guard let salt = Base64.decode(salt64), !salt.isEmpty else { throw malformed("salt is not base64") }
    guard let rounds = ASCII.decimal(count) else { throw malformed("iteration count is not a number") }
    guard Self.iterations.contains(rounds) else {
      throw .iterationCount(rounds, allowed: Self.iterations)
    }
    let withoutProof = Array("c=biws,r=".utf8) + whole
    let signed = clientFirstBare + [0x2C] + serverFirst + [0x2C] + withoutProof
    let salted = secret.withBytes { hash.stretched($0, salt: salt, iterations: Int32(rounds)) }
    let clientKey = hash.hmac(key: salted, Array("Client Key".utf8))
    let signature = hash.hmac(key: hash.digest(clientKey), signed)
    let serverKey = hash.hmac(key: salted, Array("Server Key".utf8))
    state = .clientProofSent(serverSignature: hash.hmac(key: serverKey, signed))
    return withoutProof + Array(",p=".utf8) + Base64.encode(zip(clientKey, signature).map { $0 ^ $1 })
  }

  /// `server-final-message = (server-error / verifier) ["," extensions]`
  private func verify(_ serverFinal: [UInt8], _ expected: [UInt8]) throws(SASLError) {
    let first = serverFinal.split(separator: 0x2C, omittingEmptySubsequences: false).first ?? []
    if let reason = value(of: 0x65, in: first) {
      throw .refused(mechanism, reason: Messages.printable(Array(reason), limit: 100))
    }
    guard let coded = value(of: 0x76, in: first), let signature = Base64.decode(coded) else {
      throw malformed("no server signature")
    }
    guard Hash.equalConstantTime(signature, expected) else { throw .serverNotVerified(mechanism) }
  }

  private func value(of letter: UInt8, in field: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    field.starts(with: [letter, 0x3D]) ? field.dropFirst(2) : nil
  }

  private func malformed(_ reason: String) -> SASLError {
    .challengeMalformed(mechanism, reason: reason)
  }
}
