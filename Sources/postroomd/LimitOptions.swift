import ArgumentParser
import Glibc
import JSONRPC
import MailEngine

/// The limits of protocol/README.md, each with a flag.
struct LimitOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Connections at one time.", valueName: "count"))
  var maxConnections = RPCLimits().connectionsMax

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Of these, from one IPv4 address or one /64 of IPv6; not counted for this machine itself.",
      valueName: "count"))
  var maxConnectionsPerPeer = RPCLimits().connectionsPerPeerMax

  @Option(
    name: .long, help: ArgumentHelp("Calls and streams at work on one connection.", valueName: "count"))
  var maxCallsInFlight = RPCLimits().callsInFlightMax

  @Option(name: .long, help: ArgumentHelp("Calls in one batch.", valueName: "count"))
  var maxBatch = RPCLimits().batchMax

  @Option(name: .long, help: ArgumentHelp("A message that comes in, after inflating.", valueName: "MiB"))
  var maxMessageMib = RPCLimits().messageOctetsMax >> 20

  @Option(name: .long, help: ArgumentHelp("One value of a stream that goes out.", valueName: "MiB"))
  var maxStreamValueMib = RPCLimits().streamMessageOctetsMax >> 20

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What may wait to be written to one connection before nothing more is read from it.", valueName: "MiB"))
  var maxWriteBufferMib = RPCLimits().writeBufferOctetsMax >> 20

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A mail that is sent, as it goes over the wire, attachments included.", valueName: "MiB"))
  var maxMailMib = EngineOptions().messageOctetsMax >> 20

  @Option(name: .long, help: ArgumentHelp("Arrays and objects inside each other.", valueName: "count"))
  var maxDepth = RPCLimits().depthMax

  @Option(
    name: .long, help: ArgumentHelp("A connection's first octet is waited for so long.", valueName: "s"))
  var firstOctetSeconds = RPCLimits().firstByteSeconds

  @Option(name: .long, help: ArgumentHelp("From a message's first octet to its last.", valueName: "s"))
  var messageSeconds = RPCLimits().messageSeconds

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Connections without a message and without a call at work are closed after this.", valueName: "s"))
  var idleSeconds = RPCLimits().idleSeconds

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A TCP connection whose other end is not heard of is closed after this.", valueName: "s"))
  var deadPeerSeconds = 120

  func validate() throws {
    try Self.check("max-connections", Int64(maxConnections), 1...1_000_000)
    try Self.check("max-connections-per-peer", Int64(maxConnectionsPerPeer), 1...1_000_000)
    try Self.check("max-calls-in-flight", Int64(maxCallsInFlight), 1...65_536)
    try Self.check("max-batch", Int64(maxBatch), 1...10_000)
    try Self.check("max-message-mib", Int64(maxMessageMib), 1...1024)
    try Self.check("max-stream-value-mib", Int64(maxStreamValueMib), 1...64)
    try Self.check("max-write-buffer-mib", Int64(maxWriteBufferMib), 1...1024)
    try Self.check("max-mail-mib", Int64(maxMailMib), 1...1024)
    try Self.check("max-depth", Int64(maxDepth), 8...512)
    try Self.check("first-octet-seconds", firstOctetSeconds, 1...3600)
    try Self.check("message-seconds", messageSeconds, 1...3600)
    try Self.check("idle-seconds", idleSeconds, 1...86_400)
    try Self.check("dead-peer-seconds", Int64(deadPeerSeconds), 4...3600)
  }

  private static func check(_ name: String, _ value: Int64, _ range: ClosedRange<Int64>) throws {
    guard range.contains(value) else {
      throw ValidationError("--\(name) is from \(range.lowerBound) to \(range.upperBound).")
    }
  }

  var rpcLimits: RPCLimits {
    var limits = RPCLimits()
    limits.connectionsMax = maxConnections
    limits.connectionsPerPeerMax = maxConnectionsPerPeer
    limits.callsInFlightMax = maxCallsInFlight
    limits.batchMax = maxBatch
    limits.messageOctetsMax = maxMessageMib << 20
    limits.streamMessageOctetsMax = maxStreamValueMib << 20
    limits.writeBufferOctetsMax = maxWriteBufferMib << 20
    limits.depthMax = maxDepth
    limits.firstByteSeconds = firstOctetSeconds
    limits.messageSeconds = messageSeconds
    limits.idleSeconds = idleSeconds
    return limits
  }

  /// Files that are not callers' connections: the database's, mail servers' connections.
  private static let otherDescriptors = 1024

  var descriptorsWanted: Int { maxConnections + Self.otherDescriptors }

  /// Lets this process open as many files as it may, when it needs them.
  /// - Returns: how many it may have open now.
  func raiseDescriptorLimit() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit) == 0 else { return 0 }
    if limit.rlim_cur < rlim_t(descriptorsWanted), limit.rlim_cur < limit.rlim_max {
      var raised = limit
      raised.rlim_cur = min(rlim_t(descriptorsWanted), limit.rlim_max)
      if setrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &raised) == 0 { limit = raised }
    }
    return Int(clamping: limit.rlim_cur)
  }
}
