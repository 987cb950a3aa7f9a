import Bytes
import Foundation
import Glibc
import IMAPClient
import SASL
import Sockets
import Testing

/// A private Dovecot and a private Cyrus. Users alice, bob and carol have the password "secret".
struct IMAPServers: Sendable {
  enum Kind: String, CaseIterable, Sendable { case dovecot, cyrus }

  let ports: [Kind: (imap: UInt16, imaps: UInt16)]
  let tls: TLSClientContext
  /// Bearer tokens of alice's for Dovecot: a good one, and one whose time is over.
  let token: String
  let expiredToken: String

  @TaskLocal private static var running: IMAPServers?

  static var current: IMAPServers {
    get throws { try #require(running, "the servers run only inside a suite with .imapServers") }
  }

  private static let script = Place.tests + "/Servers/imap-servers"

  static func start(in folder: String) async throws -> IMAPServers {
    let out = try await Program.run(script, ["start", folder + "/servers"], folder: folder)
    guard out.status == 0 else { throw Failed("the IMAP servers do not start:\n\(out.errors)") }
    var values: [String: String] = [:]
    for line in out.output.split(separator: "\n") {
      let pair = line.split(separator: "=", maxSplits: 1).map(String.init)
      if pair.count == 2 { values[pair[0]] = pair[1] }
    }
    var ports: [Kind: (imap: UInt16, imaps: UInt16)] = [:]
    for kind in Kind.allCases {
      let numbers = (values[kind.rawValue.uppercased()] ?? "").split(separator: " ").compactMap { UInt16($0) }
      guard numbers.count == 2 else {
        throw Failed(
          "\(kind.rawValue) is missing: make test-deps brings it; POSTROOM_NO_SERVERS=1 leaves these tests out"
        )
      }
      ports[kind] = (numbers[0], numbers[1])
    }
    guard let caFile = values["CA"], let token = values["TOKEN"], let expired = values["EXPIRED"] else {
      throw Failed("the IMAP servers said:\n\(out.output)")
    }
    return IMAPServers(
      ports: ports, tls: try TLSClientContext(caFile: caFile), token: token, expiredToken: expired)
  }

  /// Ended also when the tests are killed.
  static func watch(_ stage: Stage) throws {
    let wait = #"while [ -d "/proc/$1" ]; do sleep 1; done; "$2" stop "$3/servers"; rm -rf "$3""#
    _ = try stage.start(
      "/usr/bin/setsid", ["/bin/bash", "-c", wait, "watch", String(getpid()), script, stage.folder])
  }

  static func stop(in folder: String) async {
    do {
      let out = try await Program.run(script, ["stop", folder + "/servers"], folder: folder)
      if out.status != 0 { Issue.record("the IMAP servers do not stop:\n\(out.errors)") }
    } catch { Issue.record(error, "the IMAP servers do not stop") }
  }

  static func running(_ servers: IMAPServers, _ body: () async throws -> Void) async throws {
    try await $running.withValue(servers) { try await body() }
  }

  /// A connection that nobody has signed in on.
  nonisolated(nonsending) func open(
    _ kind: Kind, implicitTLS: Bool = true, options: IMAPOptions = .init()
  ) async throws -> IMAPConnection {
    let ports = try #require(ports[kind])
    let deadline = Deadline.after(seconds: 20)
    let plain = try await Dialer.connect(
      .tcp(host: "127.0.0.1", port: implicitTLS ? ports.imaps : ports.imap), deadline: deadline)
    let stream: any ByteStream =
      implicitTLS ? try await tls.wrap(plain, hostName: "127.0.0.1", deadline: deadline) : plain
    return try await IMAPConnection.open(
      stream, security: implicitTLS ? .implicitTLS : .startTLS(tls.upgrade(hostName: "127.0.0.1")),
      options: options,
      deadline: deadline)
  }

  /// A connection of a user's own.
  nonisolated(nonsending) func signedIn(
    _ kind: Kind, _ user: String = "alice", options: IMAPOptions = .init()
  ) async throws -> IMAPConnection {
    let connection = try await open(kind, options: options)
    try await connection.authenticate(.password(user: user, Secret("secret")))
    return connection
  }
}

/// Gives a suite one Dovecot and one Cyrus for all of its tests.
struct IMAPServersTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withStage(clean: { await IMAPServers.stop(in: $0.folder) }) { stage in
      try IMAPServers.watch(stage)
      let servers = try await IMAPServers.start(in: stage.folder)
      try await IMAPServers.running(servers, function)
    }
  }
}

extension Trait where Self == IMAPServersTrait {
  static var imapServers: Self { IMAPServersTrait() }
}
