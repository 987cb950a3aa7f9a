/// The mechanisms that we speak (registered names).
package enum SASLMechanism: String, Sendable, CaseIterable {
  case plain = "PLAIN"
  case login = "LOGIN"
  case cramMD5 = "CRAM-MD5"
  case scramSHA1 = "SCRAM-SHA-1"
  case scramSHA256 = "SCRAM-SHA-256"
  case xoauth2 = "XOAUTH2"
  case oauthBearer = "OAUTHBEARER"

  /// The secret itself, or what serves in its place, goes over the wire.
  package var revealsSecret: Bool {
    switch self {
    case .plain, .login, .xoauth2, .oauthBearer: true
    case .cramMD5, .scramSHA1, .scramSHA256: false
    }
  }

  package var isForBearer: Bool { self == .xoauth2 || self == .oauthBearer }
}

/// One authentication exchange, the client's side (RFC 4422): a value without I/O.
///
/// Octets given and taken are those inside the protocol's base64. The caller ends with success only
/// when the server says so *and* ``isComplete`` is true: otherwise a server that does not know the
/// password could leave the proof out.
package struct SASLClient: Sendable {
  package let mechanism: SASLMechanism
  private var exchange: Exchange

  private enum Exchange {
    /// PLAIN, XOAUTH2, OAUTHBEARER: one message. → sent
    case single(message: [UInt8])
    /// → done at a challenge that tells an error (bearer), else stays
    case sent
    /// LOGIN: the user name is asked for. → loginSecret
    case loginUser(Credential)
    /// LOGIN: the password is asked for. → done
    case loginSecret(Credential)
    /// CRAM-MD5: the challenge comes. → done
    case cram(Credential)
    /// → done when the server's signature is right
    case scram(SCRAM)
    /// Nothing more may come.
    case done
  }

  /// The server's own account of why a token was refused (JSON, RFC 7628 §3.2.2), when it sent one.
  package private(set) var bearerProblem: String?

  package init(mechanism: SASLMechanism, credential: Credential) throws(SASLError) {
    try self.init(mechanism: mechanism, credential: credential, nonce: SCRAM.randomNonce())
  }

  /// - Parameter nonce: SCRAM's client nonce: printable ASCII without comma.
  package init(mechanism: SASLMechanism, credential: Credential, nonce: [UInt8]) throws(SASLError) {
    self.mechanism = mechanism
    switch (mechanism, credential) {
    case (.plain, .password): exchange = .single(message: try Messages.plain(credential))
    case (.xoauth2, .bearer): exchange = .single(message: try Messages.xoauth2(credential))
    case (.oauthBearer, .bearer): exchange = .single(message: try Messages.oauthBearer(credential))
    case (.login, .password):
      try Messages.checkText(credential)
      exchange = .loginUser(credential)
    case (.cramMD5, .password):
      try Messages.checkText(credential)
      exchange = .cram(credential)
    case (.scramSHA1, .password):
      exchange = .scram(try SCRAM(.sha1, mechanism: mechanism, credential: credential, nonce: nonce))
    case (.scramSHA256, .password):
      exchange = .scram(try SCRAM(.sha256, mechanism: mechanism, credential: credential, nonce: nonce))
    default: throw .credentialUnsuitable(mechanism)
    }
  }

  /// True when success may be believed.
  package var isComplete: Bool {
    switch exchange {
    case .sent, .done: true
    case .single, .loginUser, .loginSecret, .cram, .scram: false
    }
  }

  /// The message that the client sends first; nil when the server speaks first. To be called once,
  /// before ``respond(to:)``: when the protocol cannot carry it with the command, the server asks for it
  /// by an empty challenge, which is not one for ``respond(to:)``.
  package mutating func initialResponse() throws(SASLError) -> [UInt8]? {
    switch exchange {
    case .single(let message):
      exchange = .sent
      return message
    case .scram(let scram): return scram.clientFirst
    case .loginUser, .loginSecret, .cram: return nil
    case .sent, .done: throw .challengeUnexpected(mechanism)
    }
  }

  /// The answer to a challenge.
  package mutating func respond(to challenge: [UInt8]) throws(SASLError) -> [UInt8] {
    switch exchange {
    case .single, .done: throw .challengeUnexpected(mechanism)
    case .sent:
      guard mechanism.isForBearer else { throw .challengeUnexpected(mechanism) }
      // The token was refused and this says why; the server wants an answer before its NO.
      bearerProblem = Messages.printable(challenge, limit: 500)
      exchange = .done
      return mechanism == .oauthBearer ? [1] : []
    case .loginUser(let credential):
      exchange = .loginSecret(credential)
      return Array(credential.user.utf8)
    case .loginSecret(let credential):
      exchange = .done
      return credential.secret.withBytes { $0 }
    case .cram(let credential):
      exchange = .done
      return Messages.cramMD5(credential, challenge: challenge)
    case .scram(var scram):
      let answer = try scram.respond(to: challenge)
      exchange = scram.isVerified ? .done : .scram(scram)
      return answer
    }
  }

  /// The best mechanism of those offered, or nil.
  ///
  /// What proves the server too comes first (SCRAM); PLAIN, LOGIN and bearer tokens only when the
  /// connection is encrypted and verified. A password is never sent as a token, nor the reverse.
  /// - Parameter offered: names in any case.
  package static func choose(
    offered: [String], credential: Credential, encrypted: Bool
  ) -> SASLMechanism? {
    let names = Set(offered.map { $0.uppercased() })
    let order: [SASLMechanism] =
      switch credential {
      case .password: [.scramSHA256, .scramSHA1, .plain, .login, .cramMD5]
      case .bearer: [.xoauth2, .oauthBearer]
      }
    return order.first { names.contains($0.rawValue) && (encrypted || !$0.revealsSecret) }
  }
}
