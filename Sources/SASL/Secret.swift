internal import COpenSSL

/// A password or token. Its octets are overwritten when the last copy goes; no description,
/// reflection or interpolation shows them.
package struct Secret: Sendable {
  private let storage: Storage

  package init(_ text: String) { storage = Storage(Array(text.utf8)) }

  /// - Parameter bytes: the UTF-8 octets.
  package init(bytes: [UInt8]) { storage = Storage(bytes) }

  /// Lends the octets. They must not be kept or logged.
  package func withBytes<R>(_ body: ([UInt8]) throws -> R) rethrows -> R { try body(storage.bytes) }

  package var isEmpty: Bool { storage.bytes.isEmpty }

  /// SAFETY (`@unchecked Sendable`): `bytes` is written only in deinit, when nobody else has it.
  private final class Storage: @unchecked Sendable {
    var bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    deinit {
      // SAFETY: the pointer stays inside the closure. An array lent out and still kept elsewhere is
      // not reached: the write then goes to a copy.
      bytes.withUnsafeMutableBytes { if let base = $0.baseAddress { OPENSSL_cleanse(base, $0.count) } }
    }
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<redacted>" }
  package var debugDescription: String { "<redacted>" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// What proves to a server who we are.
package enum Credential: Sendable {
  case password(user: String, Secret)
  /// An OAuth 2 access token.
  case bearer(user: String, Secret)

  package var user: String {
    switch self {
    case .password(let user, _), .bearer(let user, _): user
    }
  }

  package var secret: Secret {
    switch self {
    case .password(_, let secret), .bearer(_, let secret): secret
    }
  }
}
