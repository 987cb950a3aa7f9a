import ArgumentParser
import Foundation
import JSONRPC
import Logging
import ServiceLifecycle
import Sockets
import Synchronization
import Telemetry
import UnixSignals

/// The certificate that new connections get; the file may be renewed while the server runs.
final class SharedTLS: Sendable {
  private let context: Mutex<TLSServerContext>

  init(_ context: TLSServerContext) { self.context = Mutex(context) }

  var current: TLSServerContext {
    get { context.withLock { $0 } }
    set { context.withLock { $0 = newValue } }
  }
}

extension Postroomd {
  /// What TLS connections are taken with; nil when there is no certificate.
  func tlsContext() throws -> TLSServerContext? {
    guard let certificate = tlsCertificate, let key = tlsKey else { return nil }
    do {
      return try TLSServerContext(
        certificateChainFile: certificate, privateKeyFile: key,
        clients: tlsClientCa.map {
          TLSClientCertificates(caFile: $0, required: tlsClientRequired, revocationsFile: tlsClientCrl)
        })
    } catch {
      throw StartFailure(status: StartFailure.unavailable, message: "TLS cannot be set up: \(error)")
    }
  }
}

/// Reads the settings again on SIGHUP. What can change while the server runs does, and no connection is closed; what
/// cannot is named in the log. Settings that are wrong change nothing.
struct ReloadService: Service {
  /// What is used from the next connection, request or log line on.
  static let live: Set<String> = [
    "log-level", "host", "tls-certificate", "tls-key", "tls-client-ca", "tls-client-required",
    "tls-client-crl", "max-connections", "max-connections-per-peer",
    "max-calls-in-flight", "max-batch", "max-message-mib", "max-stream-value-mib", "max-write-buffer-mib",
    "max-depth", "first-octet-seconds", "message-seconds", "idle-seconds",
  ]

  let began: Postroomd
  let server: RPCServer
  let tls: SharedTLS?
  let manager: ServiceManager
  /// SIGHUPs, trapped since the start: before it is trapped one ends the process, and whoever is told that the server is
  /// ready may send one at once.
  let hangups: UnixSignalsSequence
  let logger: Logger

  func run() async throws {
    // The values in force, to tell what has changed. Read anew: the command line is not kept.
    var values = (try? await Self.settings())?.values ?? [:]
    for await _ in hangups.cancelOnGracefulShutdown() {
      manager.reloading()
      do {
        let settings = try await Self.settings()
        let options = try Postroomd.parse(settings.arguments)
        try apply(options)
        tell(from: values, to: settings.values)
        values = settings.values
      } catch {
        let words =
          (error as? StartFailure)?.message ?? (error as? SettingsError)?.description
          ?? Postroomd.message(for: error)
        logger.error("the settings were not changed: they cannot be used", metadata: ["error": "\(words)"])
      }
      manager.reloaded()
    }
  }

  private static func settings() async throws -> Settings {
    try await Settings.read(
      Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment)
  }

  private func apply(_ options: Postroomd) throws {
    // First what can fail.
    if let tls, let context = try options.tlsContext() { tls.current = context }
    server.update(limits: options.limits.rpcLimits, http: options.httpPolicy(console: began.console))
    LogOptions.level.level = Logger.Level(rawValue: options.log.logLevel) ?? .info
  }

  private func tell(from old: [String: [String]], to new: [String: [String]]) {
    let changed = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted()
    let later = changed.filter { !Self.live.contains($0) }
    logger.notice("settings read again", metadata: ["changed": "\(changed.joined(separator: " "))"])
    if !later.isEmpty {
      logger.warning(
        "these settings hold from the next start on",
        metadata: ["settings": "\(later.joined(separator: " "))"])
    }
  }
}
