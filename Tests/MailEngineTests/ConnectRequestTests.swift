import Bytes
import IMAPClient
import MailStore
import SMTPClient
import Testing

@testable import MailEngine

@Suite("Settings that are tried")
struct ConnectRequestTests {
  struct Row: Sendable {
    var server: ConnectFailure.Server
    var port: UInt16?
    var security: TransportSecurity?
    var expected: [String]
  }

  static let rows: [Row] = [
    Row(server: .imap, port: nil, security: nil, expected: ["993 tls"]),
    Row(server: .imap, port: 993, security: nil, expected: ["993 tls"]),
    Row(server: .imap, port: 143, security: nil, expected: ["143 starttls"]),
    Row(server: .imap, port: nil, security: .startTLS, expected: ["143 starttls"]),
    Row(server: .imap, port: 10143, security: nil, expected: ["10143 tls", "10143 starttls"]),
    Row(server: .imap, port: 143, security: .tls, expected: ["143 tls"]),
    Row(server: .smtp, port: nil, security: nil, expected: ["465 tls", "587 starttls"]),
    Row(server: .smtp, port: 465, security: nil, expected: ["465 tls"]),
    Row(server: .smtp, port: 587, security: nil, expected: ["587 starttls"]),
    Row(server: .smtp, port: 25, security: nil, expected: ["25 starttls"]),
    Row(server: .smtp, port: nil, security: .tls, expected: ["465 tls"]),
    Row(server: .smtp, port: nil, security: .startTLS, expected: ["587 starttls"]),
    Row(server: .smtp, port: 2525, security: nil, expected: ["2525 tls", "2525 starttls"]),
  ]

  @Test(arguments: rows.indices)
  func `What is left out is found by trying`(i: Int) throws {
    let row = Self.rows[i]
    let found = try ServerRequest(host: "mail.example.test", port: row.port, security: row.security)
      .candidates(for: row.server)
    #expect(found.map { "\($0.port) \($0.security.rawValue)" } == row.expected)
  }

  @Test(arguments: [UInt16(110), 995])
  func `POP3 is refused, and says why`(port: UInt16) {
    for server in [ConnectFailure.Server.imap, .smtp] {
      do {
        _ = try ServerRequest(host: "mail.example.test", port: port).candidates(for: server)
        Issue.record("taken")
      } catch {
        #expect(error.problem == .unsupported)
        #expect(error.advice.contains("POP3 cannot be used: it moves mail away"))
      }
    }
  }

  @Test(arguments: [
    "", "a b", "http://x", "user@host", "x\u{0}y", "x\r\ny", String(repeating: "a", count: 254),
  ])
  func `What cannot be a host is refused before anything is asked`(host: String) {
    do {
      _ = try ServerRequest(host: host).candidates(for: .imap)
      Issue.record("taken")
    } catch { #expect(error.problem == .unsupported) }
  }

  @Test func `The failure that got furthest is told, the others are named`() {
    let a = ConnectFailure(server: .smtp, host: "h", port: 465, step: .connect, problem: .timeout)
    let b = ConnectFailure(
      server: .smtp, host: "h", port: 587, step: .login, problem: .authenticationFailed, serverWords: "535 no"
    )
    let told = MailboxVerifier.combined([a, b])
    #expect(told.port == 587)
    #expect(told.tried == ["SMTP h:465: connect: timeout"])
  }

  static let streams: [(StreamError, ConnectFailure.Step, ConnectFailure.Problem)] = [
    (.hostNotFound(host: "h", reason: "no such name"), .resolve, .hostUnknown),
    (.timedOut(.resolve), .resolve, .timeout), (.timedOut(.connect), .connect, .timeout),
    (.timedOut(.handshake), .tls, .timeout), (.system(.connect, errno: 111), .connect, .unreachable),
    (.certificate(.expired, detail: ""), .tls, .certificateExpired),
    (.certificate(.notYetValid, detail: ""), .tls, .certificateExpired),
    (.certificate(.wrongHost, detail: ""), .tls, .certificateWrongHost),
    (.certificate(.untrusted, detail: ""), .tls, .certificateUntrusted),
    (.certificate(.revoked, detail: ""), .tls, .certificateOther), (.tls("x"), .tls, .tls),
    (.truncated, .connect, .unreachable),
  ]

  @Test(arguments: streams.indices)
  func `A failure names its step and has advice`(i: Int) {
    let (error, step, problem) = Self.streams[i]
    let settings = ServerSettings(host: "h", port: 993, security: .tls)
    let failure = ConnectFailure(error, server: .imap, settings: settings, step: .connect)
    #expect(failure.step == step)
    #expect(failure.problem == problem)
    #expect(!failure.advice.isEmpty)
  }

  @Test func `The system's own words are told`() {
    let failure = ConnectFailure(
      .system(.connect, errno: 111), server: .imap, settings: .init(host: "h", port: 1, security: .tls),
      step: .connect)
    #expect(failure.serverWords == "Connection refused")
  }

  static let verdicts: [(String?, String, ConnectFailure.Problem)] = [
    ("AUTHENTICATIONFAILED", "Invalid credentials (Failure)", .authenticationFailed),
    (nil, "LOGIN failed.", .authenticationFailed),
    ("UNAVAILABLE", "x", .busy), ("LIMIT", "x", .busy), ("INUSE", "x", .busy),
    ("ALERT", "Too many simultaneous connections. (Failure)", .busy), (nil, "Request is throttled.", .busy),
    (nil, "[SYS/TEMP] Temporary authentication failure", .busy), ("AUTHORIZATIONFAILED", "x", .denied),
    ("CONTACTADMIN", "x", .denied),
    ("ALERT", "Your account is not enabled for IMAP use.", .denied), ("PRIVACYREQUIRED", "x", .noEncryption),
    ("EXPIRED", "x", .authenticationFailed),
  ]

  @Test(arguments: verdicts.indices)
  func `A refused sign-in is told from a busy server`(i: Int) {
    let (code, text, problem) = Self.verdicts[i]
    let settings = ServerSettings(host: "h", port: 993, security: .tls)
    let failure = ConnectFailure(
      IMAPClientError.authenticationFailed(code: code, text: text), settings: settings, step: .login)
    #expect(failure.problem == problem)
    let isLasting = SyncFailure(failure, settings: settings).verdict
    switch problem {
    case .authenticationFailed: #expect(isLasting == .disconnect(.passwordChanged))
    case .denied: #expect(isLasting == .disconnect(.serverRevoked))
    case .busy where code == "LIMIT" || text.contains("oo many") || text.contains("throttled"):
      #expect(isLasting == .retry(.throttled))
    default: #expect(isLasting == .retry(nil))
    }
  }

  @Test func `Failures become the states people see`() {
    let settings = ServerSettings(host: "h", port: 993, security: .tls)
    func verdict(_ error: any Error) -> SyncFailure.Verdict { SyncFailure(error, settings: settings).verdict }
    let certificate = ConnectFailure(
      .certificate(.expired, detail: ""), server: .imap, settings: settings, step: .tls)
    #expect(verdict(certificate) == .retry(.certificateInvalid))
    #expect(verdict(IMAPClientError.stream(.truncated)) == .retry(nil))
    #expect(
      verdict(IMAPClientError.refused(command: "SELECT", status: .no, code: "OVERQUOTA", text: "full"))
        == .retry(.quotaExceeded))
    #expect(verdict(MailStoreError.notFound("mailbox")) == .end)
    #expect(verdict(MailStoreError.diskFull) == .retry(nil))
    #expect(verdict(CancellationError()) == .retry(nil))
  }
}
