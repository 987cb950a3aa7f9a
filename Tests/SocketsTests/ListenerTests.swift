import Bytes
import Foundation
import Synchronization
import Testing

@testable import Sockets

@Suite(.timeLimit(.minutes(1))) struct ListenerTests {
  @Test func `closing lets the connections end by themselves`() async throws {
    let listener = try Listener.bind(.tcp(host: "127.0.0.1", port: 0))
    let running = Task { await listener.run(on: .shared) { await echo($0) } }
    let stream = try await Dialer.connect(.tcp(host: "127.0.0.1", port: listener.port), deadline: soon)
    try await stream.write("a", deadline: soon)
    #expect(try await read(1, from: stream) == [0x61])
    listener.close()
    try await stream.write("b", deadline: soon)
    #expect(try await read(1, from: stream) == [0x62])
    stream.close()
    await running.value
    await #expect(throws: StreamError.self) {
      _ = try await Dialer.connect(.tcp(host: "127.0.0.1", port: listener.port), deadline: soon)
    }
  }

  private final class Seen: Sendable { let errors = Mutex<[StreamError]>([]) }

  @Test func `cancelling cancels the connections`() async throws {
    let listener = try Listener.bind(.tcp(host: "127.0.0.1", port: 0))
    let seen = Seen()
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        await listener.run(on: .shared) { stream in
          var buffer = ByteBuffer()
          do throws(StreamError) {
            while true {
              _ = try await stream.read(into: &buffer, atMost: 1, deadline: soon)
              try await stream.write(&buffer, deadline: soon)
            }
          } catch {
            seen.errors.withLock { $0.append(error) }
          }
        }
      }
      let stream = try await Dialer.connect(.tcp(host: "127.0.0.1", port: listener.port), deadline: soon)
      // The handler has begun when its answer comes.
      try await stream.write("a", deadline: soon)
      #expect(try await read(1, from: stream) == [0x61])
      tasks.cancelAll()
      _ = try? await readAll(stream)
    }
    // Waiting it hears that its stream is closed; between two waits, that it is cancelled. Either once.
    let errors = seen.errors.withLock { $0 }
    #expect(errors == [.closed] || errors == [.cancelled])
    listener.close()
  }

  @Test func `two listeners cannot have the same port, unless they share it`() throws {
    let first = try Listener.bind(.tcp(host: "127.0.0.1", port: 0))
    #expect(throws: StreamError.system(.bind, errno: EADDRINUSE)) {
      _ = try Listener.bind(.tcp(host: "127.0.0.1", port: first.port))
    }
    let shared = try Listener.bind(.tcp(host: "127.0.0.1", port: 0), reusePort: true)
    _ = try Listener.bind(.tcp(host: "127.0.0.1", port: shared.port), reusePort: true)
  }

  @Test func `a host name is not an address to listen on`() {
    #expect(throws: StreamError.system(.bind, errno: EADDRNOTAVAIL)) {
      _ = try Listener.bind(.tcp(host: "example.com", port: 0))
    }
  }

  @Test func `a living server's Unix socket is left alone`() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/live"
    let first = try Listener.bind(.unix(path: path))
    #expect(throws: StreamError.system(.bind, errno: EADDRINUSE)) { _ = try Listener.bind(.unix(path: path)) }
    let running = Task { await first.run(on: .shared) { await echo($0) } }
    let stream = try await Dialer.connect(.unix(path: path), deadline: soon)
    try await stream.write("a", deadline: soon)
    #expect(try await read(1, from: stream) == [0x61])
    stream.close()
    first.close()
    await running.value
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a dead server's Unix socket is replaced`() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/dead"
    do {
      let socket = try Syscalls.makeSocket(family: AF_UNIX)
      try Syscalls.bind(socket, to: try #require(SocketAddress(unixPath: path)))
      try Syscalls.listen(socket, backlog: 1)
    }
    #expect(FileManager.default.fileExists(atPath: path))
    let listener = try Listener.bind(.unix(path: path), unixMode: 0o620)
    #expect(listener.path == path && listener.port == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o620)
    _ = try await Dialer.connect(.unix(path: path), deadline: soon)
  }

  @Test func `a file that is not a socket is never removed`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/file"
    try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: StreamError.system(.bind, errno: ENOTSOCK)) { _ = try Listener.bind(.unix(path: path)) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("precious".utf8))
    let link = "\(folder.path)/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "\(folder.path)/elsewhere")
    #expect(throws: StreamError.system(.bind, errno: ENOTSOCK)) { _ = try Listener.bind(.unix(path: link)) }
  }

  @Test func `closing leaves the socket of a successor alone`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/moved"
    let first = try Listener.bind(.unix(path: path))
    try FileManager.default.removeItem(atPath: path)
    let second = try Listener.bind(.unix(path: path))
    first.close()
    #expect(FileManager.default.fileExists(atPath: path))
    second.close()
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `of many servers that start at once on a dead socket one wins`() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/race"
    do {
      let socket = try Syscalls.makeSocket(family: AF_UNIX)
      try Syscalls.bind(socket, to: try #require(SocketAddress(unixPath: path)))
    }
    let listeners = await withTaskGroup(of: Listener?.self) { tasks in
      for _ in 0..<8 { tasks.addTask { try? Listener.bind(.unix(path: path)) } }
      return await tasks.reduce(into: [Listener]()) { if let one = $1 { $0.append(one) } }
    }
    #expect(listeners.count == 1)
    _ = try await Dialer.connect(.unix(path: path), deadline: soon)
  }

  @Test func `without descriptors a client is turned away, and with them the next is served`() async {
    await #expect(processExitsWith: .success) {
      let listener = try Listener.bind(.tcp(host: "127.0.0.1", port: 0))
      let endpoint = Endpoint.tcp(host: "127.0.0.1", port: listener.port)
      let running = Task { await listener.run(on: .shared) { await echo($0) } }
      // Everything that opens a descriptor once has done so by now.
      let early = try await Dialer.connect(endpoint, deadline: soon)
      try await early.write("a", deadline: soon)
      #expect(try await read(1, from: early) == [0x61])

      var limit = rlimit()
      getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      limit.rlim_cur = min(limit.rlim_cur, 256)
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      var fillers: [Int32] = []
      while case let filler = open("/dev/null", O_RDONLY), filler >= 0 { fillers.append(filler) }
      close(fillers.removeLast())
      let refused = try await Dialer.connect(endpoint, deadline: soon)
      // The end, or a reset: in either case soon, and not silence.
      let rest = try? await readAll(refused)
      #expect(rest == nil || rest == [])
      try await early.write("b", deadline: soon)
      #expect(try await read(1, from: early) == [0x62])

      for filler in fillers { close(filler) }
      let served = try await Dialer.connect(endpoint, deadline: soon)
      try await served.write("c", deadline: soon)
      #expect(try await read(1, from: served) == [0x63])
      served.close()
      early.close()
      listener.close()
      await running.value
    }
  }

  @Test func `accept's failures pause, shed, go on or stop`() {
    let pause = AcceptPressure.pauseMilliseconds
    var pressure = AcceptPressure()
    #expect(pressure.failed(ECONNABORTED) == .again)
    #expect(pressure.failed(EPROTO) == .again)
    #expect(pressure.failed(EMFILE) == .pause(milliseconds: pause))
    #expect(pressure.failed(EMFILE) == .shed(milliseconds: pause))
    #expect(pressure.failed(ENFILE) == .shed(milliseconds: pause))
    #expect(pressure.failed(ENOMEM) == .pause(milliseconds: pause))
    pressure.accepted()
    #expect(pressure.failed(ENFILE) == .pause(milliseconds: pause))
    #expect(pressure.failed(EINVAL) == .stop)
  }
}
