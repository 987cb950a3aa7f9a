internal import CLinux
internal import Glibc

/// What every connection is set to.
enum SocketOptions {
  /// A peer that vanished is noticed within two minutes (RFC 2177's clients wait 29, networks forget sooner).
  static let deadPeerSeconds = 120

  /// - Parameter deadPeerSeconds: 4 to 3600. After half of it without a word the kernel asks whether the peer is there,
  ///   and then again, three times in all; and what was sent may stay unacknowledged for so long (TCP_USER_TIMEOUT,
  ///   RFC 5482).
  static func applyToConnection(
    _ descriptor: Int32, deadPeerSeconds: Int = deadPeerSeconds
  ) throws(Syscalls.Failure) {
    let seconds = Int32(clamping: min(max(deadPeerSeconds, 4), 3600))
    let keepAliveCount: Int32 = 3
    let keepAliveIdleSeconds = seconds / 2
    let keepAliveIntervalSeconds = max(1, (seconds - keepAliveIdleSeconds) / keepAliveCount)
    let unacknowledgedMilliseconds = seconds * 1000
    let tcp = Int32(IPPROTO_TCP)
    try Syscalls.set(descriptor, level: tcp, option: TCP_NODELAY, to: 1)
    try Syscalls.set(descriptor, level: SOL_SOCKET, option: SO_KEEPALIVE, to: 1)
    try Syscalls.set(descriptor, level: tcp, option: TCP_KEEPIDLE, to: keepAliveIdleSeconds)
    try Syscalls.set(descriptor, level: tcp, option: TCP_KEEPINTVL, to: keepAliveIntervalSeconds)
    try Syscalls.set(descriptor, level: tcp, option: TCP_KEEPCNT, to: keepAliveCount)
    try Syscalls.set(descriptor, level: tcp, option: TCP_USER_TIMEOUT, to: unacknowledgedMilliseconds)
  }
}
