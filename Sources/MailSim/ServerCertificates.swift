internal import Bytes
internal import Glibc
internal import Sockets

/// The servers' certificate and the authority that clients are to trust.
struct ServerCertificates: Sendable {
  private static let names = ["127.0.0.1", "localhost"]

  let context: TLSServerContext
  let caFile: String
  /// Files and folders made here, in the order in which they must go.
  private let made: [String]

  init(_ options: MailSimOptions) throws(MailSimError) {
    guard let temporary = Self.makeFolder() else {
      throw .certificates("no temporary folder: errno \(errno)")
    }
    let trustedFolder = options.directory ?? "\(temporary)/trusted"
    let otherFolder = "\(temporary)/other"
    // A name of its own for each start: files are never overwritten.
    let stem = "server-\(getpid())-\(Deadline.now.nanoseconds)"
    let issuer = options.certificate == .untrusted ? otherFolder : trustedFolder
    var gone = ["\(issuer)/\(stem).pem", "\(issuer)/\(stem)-key.pem"]
    for folder in options.directory == nil ? [trustedFolder, otherFolder] : [otherFolder] {
      gone += ["\(folder)/ca.pem", "\(folder)/ca-key.pem", folder]
    }
    made = gone + [temporary]
    do throws(StreamError) {
      let trusted: CertificateAuthority
      if access("\(trustedFolder)/ca.pem", R_OK) == 0 {
        trusted = try .load(directory: trustedFolder)
      } else {
        trusted = try .create(directory: trustedFolder, name: "Postroom MailSim authority")
      }
      caFile = trusted.caFile
      let files: (chainFile: String, keyFile: String)
      switch options.certificate {
      case .valid: files = try trusted.issue(names: Self.names, stem: stem)
      case .wrongName(let name): files = try trusted.issue(names: [name], stem: stem)
      case .expired:
        let past = CertificateAuthority.Validity(fromSeconds: -30 * 86_400, untilSeconds: -86_400)
        files = try trusted.issue(names: Self.names, validity: past, stem: stem)
      case .untrusted:
        let other = try CertificateAuthority.create(directory: otherFolder, name: "Nobody's authority")
        files = try other.issue(names: Self.names, stem: stem)
      }
      context = try TLSServerContext(certificateChainFile: files.chainFile, privateKeyFile: files.keyFile)
    } catch {
      Self.remove(made)
      throw .certificates("\(error)")
    }
  }

  /// Removes every file that was made for this start.
  func remove() { Self.remove(made) }

  /// Some may not be there: what counts is that they are gone.
  private static func remove(_ paths: [String]) { for path in paths { Glibc.remove(path) } }

  private static func makeFolder() -> String? {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = [CChar]("\(base)/postroom-sim-XXXXXX".utf8CString)
    return template.withUnsafeMutableBufferPointer { p in
      // SAFETY: NUL-terminated and ours for the length of the call.
      guard let start = p.baseAddress, mkdtemp(start) != nil else { return nil }
      return String(cString: start)
    }
  }
}
