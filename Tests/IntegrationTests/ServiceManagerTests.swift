@preconcurrency import Dispatch
import Foundation
import Glibc
import PostroomClient
import Synchronization
import Testing

/// postroomd under a service manager: what it is given and what it tells.
@Suite(.timeLimit(.minutes(2))) struct ServiceManagerTests {
  /// A datagram socket at a path, as systemd has one for each unit. It is read at once, on a thread that no test waits on:
  /// the kernel keeps ten messages, and the eleventh is lost.
  private final class NotifySocket: Sendable {
    let path: String
    private let source: any DispatchSourceRead
    private let heard = Mutex<[[String]]>([])

    init(_ path: String) throws {
      self.path = path
      let number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      guard path.utf8.count < 100 else { throw Failed("\(path) is too long") }
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
      let bound = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      guard number >= 0, bound == 0 else { throw Failed("no datagram socket at \(path)") }
      source = DispatchSource.makeReadSource(fileDescriptor: number, queue: .global(qos: .userInitiated))
      source.setEventHandler { [weak self] in self?.receive(number) }
      source.setCancelHandler { close(number) }
      source.resume()
    }

    deinit { source.cancel() }

    private func receive(_ number: Int32) {
      var room = [UInt8](repeating: 0, count: 8192)
      while true {
        let n = recv(number, &room, room.count, 0)
        guard n > 0 else { return }
        let lines = String(decoding: room[..<n], as: UTF8.self).split(separator: "\n").map(String.init)
        heard.withLock { $0.append(lines) }
      }
    }

    /// Messages that have come, each as its lines.
    var messages: [[String]] { heard.withLock { $0 } }
  }

  @Test func `the service manager hears that it is ready, lives, reads its settings again, and stops`()
    async throws
  {
    try await withStage { stage in
      let socket = try NotifySocket(stage.folder + "/n.sock")
      let config = stage.folder + "/p.yaml"
      try Data("data: \(stage.folder)/data\nlisten: ['127.0.0.1:0']\nmax-batch: 2\n".utf8).write(
        to: URL(filePath: config))
      let program = try stage.start(
        try Place.built("postroomd"), ["--config", config],
        environment: ["NOTIFY_SOCKET": socket.path, "WATCHDOG_USEC": "200000"])
      let server = try await Postroomd(program, data: stage.folder + "/data")
      _ = try await eventually("ready and alive") {
        let heard = socket.messages
        let isReady = heard.contains { $0.contains("READY=1") && $0.contains("MAINPID=\(program.pid)") }
        return isReady && heard.filter { $0 == ["WATCHDOG=1"] }.count >= 3 ? true : nil
      }
      let client = try await server.client()
      // Two calls fit a batch of two; the setting says so, and then says one.
      try Data("data: \(stage.folder)/data\nlisten: ['127.0.0.1:0']\nlog-level: debug\n".utf8).write(
        to: URL(filePath: config))
      program.signal(SIGHUP)
      _ = try await eventually("read again") {
        socket.messages.contains { $0.first == "RELOADING=1" }
          && program.errors.contains("settings read again")
          ? true : nil
      }
      _ = try await eventually("what changed") {
        program.errors.contains("log-level max-batch") ? true : nil
      }
      // The connection from before is still there, and its calls are in the log now.
      #expect(try await client.health.check().status.rawValue == "SERVING")
      _ = try await eventually("debug lines") { program.errors.contains("health.check") ? true : nil }
      try Data("data: \(stage.folder)/data\nmax-batch: none\n".utf8).write(to: URL(filePath: config))
      program.signal(SIGHUP)
      _ = try await eventually("refused") {
        program.errors.contains("\(config):2: max-batch") ? true : nil
      }
      #expect(try await client.health.check().status.rawValue == "SERVING")
      await client.close()
      program.signal(SIGTERM)
      #expect(try await program.wait(atMost: .seconds(20)).status == 0)
      // It was sent before the process ended; the thread that reads may come to it a moment later.
      _ = try await eventually("stopping") {
        socket.messages.contains { $0.contains("STOPPING=1") } ? true : nil
      }
    }
  }

  @Test func `who hears that it is ready may have it read its settings at once`() async throws {
    try await withStage { stage in
      let program = try stage.start(
        try Place.built("postroomd"), ["--data", stage.folder + "/data", "--listen", "127.0.0.1:0"])
      _ = try await eventually("ready") { program.output.contains("postroomd ready") ? true : nil }
      program.signal(SIGHUP)
      _ = try await eventually("read again") { program.errors.contains("settings read again") ? true : nil }
      program.signal(SIGTERM)
      #expect(try await program.wait(atMost: .seconds(20)).status == 0)
    }
  }

  @Test func `it takes the sockets that it is given, and a client that came first is answered`() async throws
  {
    let activate = "/usr/bin/systemd-socket-activate"
    try #require(FileManager.default.isExecutableFile(atPath: activate), "the package systemd has it")
    try await withStage { stage in
      let path = stage.folder + "/a.sock"
      let program = try stage.start(
        activate,
        [
          "--listen=\(path)", try Place.built("postroomd"), "--data", stage.folder + "/data", "--socket",
          "/nowhere/x",
        ])
      _ = try await eventually("the socket") { FileManager.default.fileExists(atPath: path) ? true : nil }
      // Nothing runs yet: this connection starts the server.
      let client = try PostroomClient("unix://\(path)")
      #expect(try await client.health.check().status.rawValue == "SERVING")
      // It serves before it says so, and its words come by another way than its answers.
      _ = try await eventually("its word") {
        program.output.contains("postroomd ready unix=\(path)") ? true : nil
      }
      await client.close()
      program.signal(SIGTERM)
      #expect(try await program.wait(atMost: .seconds(20)).status == 0)
      #expect(FileManager.default.fileExists(atPath: path), "the service manager's socket stays")
    }
  }
}
