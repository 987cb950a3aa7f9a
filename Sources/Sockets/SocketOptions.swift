internal import CLinux
internal import Glibc

/// What every connection is set to.
enum SocketOptions {
  /// Idle seconds before the kernel asks whether the peer is there, then between and how often:
  /// a dead peer is noticed within two minutes (RFC 2177's clients wait 29, networks forget sooner).
  private static let keepAliveIdleSeconds: Int32 = 60
  private static let keepAliveIntervalSeconds: Int32 = 20
  private static let keepAliveCount: Int32 = 3
  /// How long sent octets may stay unacknowledged (TCP_USER_TIMEOUT, RFC 5482).
  private static let unacknowledgedMilliseconds: Int32 = 120_000

  static func applyToConnection(_ descriptor: Int32) throws(Syscalls.Failure) {
    let tcp = Int32(IPPROTO_TCP)
    try Syscalls.set(descriptor, level: tcp, option: TCP_NODELAY, to: 1)
    try Syscalls.set(descriptor, level: SOL_SOCKET, option: SO_KEEPALIVE, to: 1)
    try Syscalls.set(descriptor, level: tcp, option: TCP_KEEPIDLE, to: keepAliveIdleSeconds)
    try Syscalls.set(descriptor, level: tcp, option: TCP_KEEPINTVL, to: keepAliveIntervalSeconds)
    try Syscalls.set(descriptor, level: tcp, option: TCP_KEEPCNT, to: keepAliveCount)
    try Syscalls.set(descriptor, level: tcp, option: TCP_USER_TIMEOUT, to: unacknowledgedMilliseconds)
  }
}
