import Bytes
import Foundation
import Glibc
import Testing

@testable import Sockets

@Suite(.timeLimit(.minutes(1))) struct ServiceNotifierTests {
  /// A datagram socket that takes what is sent to `address`.
  private func receiver(_ address: SocketAddress) throws -> Int32 {
    let number = try Syscalls.makeDatagramSocket().take()
    #expect(address.withSockAddr { bind(number, $0, $1) } == 0)
    return number
  }

  private func received(_ number: Int32) -> String? {
    var room = [UInt8](repeating: 0, count: 4096)
    let n = recv(number, &room, room.count, 0)
    return n < 0 ? nil : String(decoding: room[..<n], as: UTF8.self)
  }

  @Test func `a path and an abstract name are both reached`() throws {
    let name = "postroom-test-\(UUID().uuidString)"
    let path = FileManager.default.temporaryDirectory.appending(path: String(name.suffix(20))).path
    defer { unlink(path) }
    for (text, address) in [
      (path, SocketAddress(unixPath: path)), ("@" + name, SocketAddress(unixAbstract: name)),
    ] {
      let number = try receiver(try #require(address))
      defer { close(number) }
      let notifier = try #require(ServiceNotifier(socket: text))
      #expect(notifier.send("READY=1\nSTATUS=Ready"))
      #expect(received(number) == "READY=1\nSTATUS=Ready")
      #expect(received(number) == nil)
    }
  }

  @Test(arguments: ["", "relative/path", "@", "vsock:2:1234", "@" + String(repeating: "a", count: 200)])
  func `what is no socket of a service manager's is not used`(text: String) {
    #expect(ServiceNotifier(socket: text) == nil)
  }

  @Test func `nobody there is no failure of ours`() throws {
    let notifier = try #require(ServiceNotifier(socket: "/nowhere/notify"))
    #expect(!notifier.send("READY=1"))
  }

  @Test func `a socket that listens already is taken over, on TCP and Unix`() async throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString.prefix(12)).sock")
      .path
    defer { unlink(path) }
    let endpoints = [Endpoint.tcp(host: "127.0.0.1", port: 0), .unix(path: path)]
    for endpoint in endpoints {
      let number = try listening(endpoint)
      let listener = try Listener.adopt(descriptor: number)
      #expect(fcntl(number, F_GETFD) & FD_CLOEXEC != 0)
      let running = Task { await listener.run(on: .shared) { await echo($0) } }
      let stream = try await Dialer.connect(listener.endpoint, deadline: soon)
      try await stream.write("a", deadline: soon)
      #expect(try await read(1, from: stream) == [0x61])
      stream.close()
      listener.close()
      await running.value
    }
    #expect(FileManager.default.fileExists(atPath: path), "the file is the service manager's")
  }

  @Test func `what does not listen is refused and named`() throws {
    #expect(throws: StreamError.system(.bind, errno: EBADF)) { _ = try Listener.adopt(descriptor: 9999) }
    let plain = try Syscalls.makeSocket(family: AF_INET).take()
    defer { close(plain) }
    #expect(throws: StreamError.system(.bind, errno: EINVAL)) { _ = try Listener.adopt(descriptor: plain) }
  }

  private func listening(_ endpoint: Endpoint) throws -> Int32 {
    let address: SocketAddress?
    switch endpoint {
    case .tcp(let host, let port):
      address = IPAddress(host).flatMap { SocketAddress(ip: $0, port: port) }
    case .unix(let path): address = SocketAddress(unixPath: path)
    }
    let known = try #require(address)
    let number = socket(known.family, Int32(SOCK_STREAM.rawValue), 0)
    #expect(known.withSockAddr { bind(number, $0, $1) } == 0)
    #expect(listen(number, 8) == 0)
    return number
  }
}
