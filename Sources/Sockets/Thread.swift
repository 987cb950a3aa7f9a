internal import CLinux
internal import Glibc

/// Threads of our own, for what must not block Swift's pool.
enum Thread {
  private final class Work {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }

  /// Runs `body` on a new, detached thread that takes no signals but those of faults.
  ///
  /// - Parameter name: shown by `ps` and debuggers; the kernel keeps 15 octets of it.
  /// - Returns: false when the system has no thread left.
  static func start(name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))

    // The new thread inherits the mask: signals belong to who asked for them, never to us.
    var blocked = sigset_t()
    var before = sigset_t()
    sigfillset(&blocked)
    for fault in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT] { sigdelset(&blocked, fault) }
    pthread_sigmask(SIG_SETMASK, &blocked, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }

    // SAFETY: retained here, released by the thread; when no thread was made, released below.
    let work = Unmanaged.passRetained(Work(name: name, body: body))
    let failure = pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument else { return nil }
        let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
        _ = postroom_thread_set_name(pthread_self(), String(work.name.prefix(15)))
        work.body()
        return nil
      }, work.toOpaque())
    if failure != 0 { work.release() }
    return failure == 0
  }
}
