import PostroomClient

/// One line on a terminal that says which step of signing in is under way, and goes when it is over.
enum StepLine {
  /// nil where nobody watches.
  static var watcher: (@Sendable (String) -> Void)? {
    guard Terminal.isError else { return nil }
    return { text in
      if let step = ConnectProgress(progress: text) { Terminal.status(words(step)) }
    }
  }

  /// Takes the line away; before anything else is written.
  static func clear() { if Terminal.isError { Terminal.status("") } }

  static func words(_ progress: ConnectProgress) -> String {
    let server = progress.server == .imap ? "IMAP" : "SMTP"
    let place = Terminal.safeLine("\(progress.host):\(progress.port)")
    return switch progress.step {
    case .resolve: "\(server)  looking up \(Terminal.safeLine(progress.host)) …"
    case .connect: "\(server)  connecting to \(place) …"
    case .tls: "\(server)  agreeing on TLS with \(place) …"
    case .greeting: "\(server)  waiting for \(place) to say hello …"
    case .login: "\(server)  signing in at \(place) …"
    case .list: "\(server)  listing folders …"
    default: "\(server)  \(progress.step) …"
    }
  }
}
