import Glibc
import Logging
import MailStore
import ServiceLifecycle
import Sockets

/// What systemd, or another service manager that speaks its protocol, gave this process: sockets that listen
/// already (sd_listen_fds(3)), where to say how the process is (sd_notify(3)), and how often it wants to hear that
/// it lives (sd_watchdog_enabled(3)).
struct ServiceManager: Sendable {
  /// Descriptors 0 to 2 are the standard streams.
  private static let firstDescriptor: Int32 = 3
  /// More sockets than anybody passes.
  private static let descriptorsMax: Int32 = 64

  /// Numbers of the sockets that were passed, in the order of the unit file.
  let descriptors: [Int32]
  let notifier: ServiceNotifier?
  /// nil when nobody watches.
  let watchdogMicroseconds: Int64?

  /// - Parameter environment: reads a variable; a seam for tests.
  init(
    processID: Int32 = getpid(),
    environment: (String) -> String? = { name in getenv(name).map { String(cString: $0) } }
  ) {
    let forUs = environment("LISTEN_PID").flatMap { Int32($0) } == processID
    let count = environment("LISTEN_FDS").flatMap { Int32($0) } ?? 0
    descriptors =
      forUs && count > 0
      ? Array(Self.firstDescriptor..<Self.firstDescriptor + min(count, Self.descriptorsMax)) : []
    notifier = environment("NOTIFY_SOCKET").flatMap { ServiceNotifier(socket: $0) }
    let watched = environment("WATCHDOG_PID").flatMap { Int32($0) } ?? processID
    let every = environment("WATCHDOG_USEC").flatMap { Int64($0) } ?? 0
    watchdogMicroseconds = watched == processID && every > 0 && notifier != nil ? every : nil
  }

  /// Takes the variables out of the environment, so that no child believes they were meant for it.
  func forget() {
    for name in [
      "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC",
    ] { unsetenv(name) }
  }

  func ready(_ status: String) { notifier?.send("READY=1\nSTATUS=\(status)\nMAINPID=\(getpid())") }

  func reloading() {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    notifier?.send("RELOADING=1\nMONOTONIC_USEC=\(Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000)")
  }

  func reloaded() { notifier?.send("READY=1") }

  /// - Parameter seconds: what the process wants for ending in order.
  func stopping(within seconds: Int64) {
    notifier?.send(
      "STOPPING=1\nSTATUS=Finishing calls and sends\nEXTEND_TIMEOUT_USEC=\((seconds + 5) * 1_000_000)")
  }
}

/// Tells the service manager that the server lives, as long as its store answers. When it does not, nothing is said,
/// and the service manager restarts the process.
struct WatchdogService: Service {
  let notifier: ServiceNotifier
  let microseconds: Int64
  let store: SQLiteMailStore
  let logger: Logger

  func run() async throws {
    // Half of the time allowed, as sd_watchdog_enabled(3) advises.
    let pause = Duration.microseconds(microseconds / 2)
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          _ = try await store.tenant(named: "default")
          notifier.send("WATCHDOG=1")
        } catch {
          logger.error(
            "the database does not answer; the watchdog is not told", metadata: ["error": "\(error)"])
        }
        // Cancelled: the loop ends.
        try? await Task.sleep(for: pause)
      }
    }
    // While the last calls end the service manager waits by TimeoutStopSec, not by the watchdog.
    notifier.send("WATCHDOG=1")
  }
}
