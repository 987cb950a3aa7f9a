internal import Glibc

/// Tells the service manager how this process is (sd_notify(3)): one datagram to the socket it named.
package struct ServiceNotifier: Sendable {
  private let address: SocketAddress

  /// - Parameter socket: what `NOTIFY_SOCKET` holds: an absolute path, or `@` and an abstract name.
  /// - Returns: nil when it is neither.
  package init?(socket: String) {
    let found =
      socket.utf8.first == 0x40
      ? SocketAddress(unixAbstract: String(socket.dropFirst()))
      : socket.utf8.first == 0x2F ? SocketAddress(unixPath: socket) : nil
    guard let found else { return nil }
    address = found
  }

  /// Sends assignments such as `READY=1`, one a line. Never waits.
  ///
  /// - Returns: false when nobody takes it, or the socket is full: the process is not to fail of that.
  @discardableResult
  package func send(_ assignments: String) -> Bool {
    guard let socket = try? Syscalls.makeDatagramSocket() else { return false }
    var text = assignments
    let sent = text.withUTF8 { Syscalls.send(socket.number, UnsafeRawBufferPointer($0), to: address) }
    if case .moved = sent { return true }
    return false
  }
}
