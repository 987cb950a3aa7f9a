internal import Bytes
internal import CLinux
internal import Dispatch
internal import Glibc
internal import Sockets
internal import Synchronization

/// One running child, and the socket to it. Used by one task at a time.
final class ReaderProcess: Sendable {
  struct StartFailure: Error { let words: String }

  let pid: pid_t
  /// The walls around the child that could not be raised.
  let missingWalls: Walls
  private let pipe: ReaderPipe
  private let hasEnded = Atomic<Bool>(false)

  private init(_ pid: pid_t, _ pipe: ReaderPipe, missing: Walls) {
    self.pid = pid
    self.pipe = pipe
    missingWalls = missing
  }

  deinit { end() }

  /// Starts a child and waits until it is ready.
  static func start(_ options: ReaderPool.Options) async throws(StartFailure) -> ReaderProcess {
    let pipe: ReaderPipe
    let started: Result<pid_t, StartFailure>
    do throws(StreamError) {
      let (stream, result) = try SocketStream.toChild { spawn(options.program, options.arguments, $0) }
      (pipe, started) = (ReaderPipe(stream), result)
    } catch {
      throw StartFailure(words: "no socket pair: \(error)")
    }
    let pid = try started.get()
    do throws(ReaderPipe.Failure) {
      let hello = try await pipe.receive(octetsMax: 16, by: .after(seconds: options.startSeconds))
      guard hello.count == 2, hello[0] == PipeFrame.version else { throw .nonsense }
      return ReaderProcess(pid, pipe, missing: Walls(rawValue: hello[1]))
    } catch {
      ReaderProcess(pid, pipe, missing: []).end()
      throw StartFailure(words: "\(options.program) does not begin to read mail: \(error)")
    }
  }

  /// Kills it, and takes it from the kernel's table when it is gone. Any number of times.
  func end() {
    guard !hasEnded.exchange(true, ordering: .acquiringAndReleasing) else { return }
    pipe.close()
    kill(pid, SIGKILL)
    let pid = pid
    // Giving back its memory may take a while.
    DispatchQueue.global().async {
      var status: Int32 = 0
      while waitpid(pid, &status, 0) == -1, errno == EINTR {}
    }
  }

  /// Whether it ended by itself while nobody used it; it is gone then.
  var isGone: Bool {
    var status: Int32 = 0
    guard waitpid(pid, &status, WNOHANG) != 0 else { return false }
    if !hasEnded.exchange(true, ordering: .acquiringAndReleasing) { pipe.close() }
    return true
  }

  /// Sends a request and waits for its answer. After a failure it must be ended.
  func exchange(_ request: [UInt8], by deadline: Deadline) async throws(ReaderPipe.Failure) -> [UInt8] {
    try await pipe.send(request, by: deadline)
    return try await pipe.receive(octetsMax: PipeFrame.answerOctetsMax, by: deadline)
  }

  // MARK: Starting

  /// Starts `program` with `socket` as descriptor 3, nothing else open and nothing in its environment but where its
  /// libraries are.
  private static func spawn(
    _ program: String, _ arguments: [String], _ socket: Int32
  ) -> Result<pid_t, StartFailure> {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    posix_spawn_file_actions_adddup2(&actions, socket, PipeFrame.descriptor)
    postroom_spawn_close_from(&actions, PipeFrame.descriptor + 1)
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var environment: [UnsafeMutablePointer<CChar>?] = []
    if let libraries = getenv("LD_LIBRARY_PATH") {
      environment.append(strdup("LD_LIBRARY_PATH=" + String(cString: libraries)))
    }
    environment.append(nil)
    // SAFETY: the texts are copied here, live until posix_spawn has returned, and are freed below.
    let argv = arguments.map { strdup($0) } + [nil]
    defer { for text in argv + environment { free(text) } }
    var pid: pid_t = 0
    let failure = posix_spawn(&pid, program, &actions, &attributes, argv, environment)
    return failure == 0
      ? .success(pid) : .failure(StartFailure(words: "\(program): \(String(cString: strerror(failure)))"))
  }
}
