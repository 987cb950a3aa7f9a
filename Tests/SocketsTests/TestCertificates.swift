import Foundation
import Sockets

/// A folder of its own, removed when the last reference goes.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let name = "postroom-\(ProcessInfo.processInfo.processIdentifier)-\(UInt32.random(in: 0...UInt32.max))"
    path = NSTemporaryDirectory() + name
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit {
    // A folder that stays is in the system's temporary files.
    try? FileManager.default.removeItem(atPath: path)
  }
}

/// An authority, and servers and clients made with its certificates.
final class TestCertificates: Sendable {
  private let folder: TemporaryFolder
  let authority: CertificateAuthority

  init() throws {
    folder = try TemporaryFolder()
    authority = try CertificateAuthority.create(directory: folder.path)
  }

  /// A server whose certificate is for `names`.
  func server(
    names: [String] = ["localhost", "127.0.0.1"], validity: CertificateAuthority.Validity = .init(),
    stem: String = "server", selfSigned: Bool = false, minimumVersion: TLSVersion = .tls12,
    clients: TLSClientCertificates? = nil
  ) throws -> TLSServerContext {
    let files = try authority.issue(names: names, validity: validity, stem: stem, selfSigned: selfSigned)
    return try TLSServerContext(
      certificateChainFile: files.chainFile, privateKeyFile: files.keyFile, minimumVersion: minimumVersion,
      clients: clients)
  }

  /// A client that trusts the authority.
  func client() throws -> TLSClientContext { try TLSClientContext(caFile: authority.caFile) }
}
