internal import CLinux
internal import Glibc

/// A `sockaddr` of IPv4, IPv6 or a Unix path, as the kernel takes it.
struct SocketAddress: Sendable {
  /// The most octets of a Unix socket's path (108 with the final NUL, unix(7)).
  static let unixPathOctetsMax = 107

  private var storage: sockaddr_storage
  private let length: socklen_t

  /// What `fill` (getsockname and its like) writes; nil when it answers false.
  init?(_ fill: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Bool) {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    // SAFETY: storage is as large and as aligned as any sockaddr, and lives through the call.
    let filled = withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { fill($0, &length) }
    }
    guard filled else { return nil }
    self.storage = storage
    self.length = min(length, socklen_t(MemoryLayout<sockaddr_storage>.size))
  }

  /// A copy of `length` octets at `address`; nil when that is more than any address has.
  init?(copying address: UnsafePointer<sockaddr>, length: socklen_t) {
    guard length <= socklen_t(MemoryLayout<sockaddr_storage>.size) else { return nil }
    self.init { out, n in
      UnsafeMutableRawPointer(out).copyMemory(from: address, byteCount: Int(length))
      n.pointee = length
      return true
    }
  }

  /// nil when `path` is empty, too long or has a NUL.
  init?(unixPath path: String) {
    let bytes = [UInt8](path.utf8)
    guard !bytes.isEmpty, bytes.count <= Self.unixPathOctetsMax, !bytes.contains(0) else { return nil }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let size = MemoryLayout<sockaddr_un>.size
    self.init { out, n in
      withUnsafeBytes(of: &address) {
        UnsafeMutableRawBufferPointer(start: UnsafeMutableRawPointer(out), count: size).copyMemory(from: $0)
      }
      n.pointee = socklen_t(size)
      return true
    }
  }

  /// A name in Linux's abstract namespace (unix(7)), without its leading NUL; nil when it is empty or too long.
  init?(unixAbstract name: String) {
    let bytes = [UInt8](name.utf8)
    guard !bytes.isEmpty, bytes.count < Self.unixPathOctetsMax else { return nil }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { path in
      UnsafeMutableRawBufferPointer(rebasing: path[1...]).copyBytes(from: bytes)
    }
    // What counts is the length: an abstract name may hold any octet, so it has no end of its own.
    let size = MemoryLayout<sa_family_t>.size + 1 + bytes.count
    self.init { out, n in
      withUnsafeBytes(of: &address) {
        UnsafeMutableRawPointer(out).copyMemory(
          from: $0.baseAddress ?? UnsafeRawPointer(out), byteCount: size)
      }
      n.pointee = socklen_t(size)
      return true
    }
  }

  init?(ip: IPAddress, port: UInt16) {
    let isShort = ip.octets.count == 4
    var raw = [UInt8](repeating: 0, count: isShort ? 16 : 28)  // sockaddr_in, sockaddr_in6
    let family = sa_family_t(isShort ? AF_INET : AF_INET6)
    withUnsafeBytes(of: family) { raw.replaceSubrange(0..<2, with: $0) }
    raw[2] = UInt8(port >> 8)
    raw[3] = UInt8(port & 0xFF)
    let at = isShort ? 4 : 8
    raw.replaceSubrange(at..<at + ip.octets.count, with: ip.octets)
    self.init { out, n in
      UnsafeMutableRawBufferPointer(start: UnsafeMutableRawPointer(out), count: raw.count).copyBytes(
        from: raw)
      n.pointee = socklen_t(raw.count)
      return true
    }
  }

  func withSockAddr<R, E: Error>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) throws(E) -> R
  ) throws(E) -> R {
    // SAFETY: the copy lives through the call; every sockaddr begins like sockaddr_storage.
    try withUnsafePointer(to: storage) { (p) throws(E) in
      let raw = UnsafeRawPointer(p).assumingMemoryBound(to: sockaddr.self)
      return try body(raw, length)
    }
  }

  var family: Int32 { Int32(storage.ss_family) }

  /// nil for a Unix path.
  var ip: IPAddress? {
    withUnsafeBytes(of: storage) { all in
      switch family {
      case AF_INET: IPAddress(octets: [UInt8](all[4..<8]))
      case AF_INET6: IPAddress(octets: [UInt8](all[8..<24]))
      default: nil
      }
    }
  }

  /// 0 for a Unix path.
  var port: UInt16 {
    guard family == AF_INET || family == AF_INET6 else { return 0 }
    return withUnsafeBytes(of: storage) { UInt16($0[2]) << 8 | UInt16($0[3]) }
  }

  /// Both ends have it empty when the other end was never bound.
  var unixPath: String? {
    guard family == AF_UNIX else { return nil }
    return withUnsafeBytes(of: storage) { all in
      let octets = all[min(2, Int(length))..<Int(length)]
      return String(decoding: octets.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
