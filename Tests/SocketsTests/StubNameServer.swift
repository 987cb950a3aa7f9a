import Glibc
import Synchronization
import Testing

@testable import Sockets

/// A name server on this machine, over UDP: answers from a table, or as a test says.
final class StubNameServer: Sendable {
  let port: UInt16
  private let fd: Int32
  private let answers: @Sendable (_ name: String, _ type: UInt16) -> [[UInt8]]?
  private let isClosed = Mutex(false)

  /// - Parameter answers: the data of the records of a name; nil: no such name.
  init(_ answers: @escaping @Sendable (String, UInt16) -> [[UInt8]]?) throws {
    self.answers = answers
    fd = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let fd = fd
    let code = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(fd, $0, length) == 0 && getsockname(fd, $0, &length) == 0 ? 0 : errno
      }
    }
    try #require(code == 0)
    port = UInt16(bigEndian: address.sin_port)
    var patience = timeval(tv_sec: 0, tv_usec: 100_000)
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    _ = Thread.start(name: "stub-dns") { [self] in serve() }
  }

  func stop() { isClosed.withLock { $0 = true } }

  private func serve() {
    while !isClosed.withLock({ $0 }) {
      var octets = [UInt8](repeating: 0, count: 2048)
      var peer = sockaddr_in()
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let count = withUnsafeMutablePointer(to: &peer) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          recvfrom(fd, &octets, octets.count, 0, $0, &length)
        }
      }
      guard count > 16 else { continue }
      let reply = self.reply(Array(octets[..<count]))
      _ = withUnsafePointer(to: &peer) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { sendto(fd, reply, reply.count, 0, $0, length) }
      }
    }
    close(fd)
  }

  private func reply(_ query: [UInt8]) -> [UInt8] {
    var labels: [String] = []
    var at = 12
    while at < query.count, query[at] != 0 {
      let length = Int(query[at])
      labels.append(String(decoding: query[(at + 1)...(at + length)], as: UTF8.self))
      at += length + 1
    }
    let type = UInt16(query[at + 1]) << 8 | UInt16(query[at + 2])
    let question = query[12..<(at + 5)]
    let found = answers(labels.joined(separator: ".").lowercased(), type)
    var out =
      Array(query[..<2]) + [0x81, found == nil ? 0x83 : 0x80, 0, 1, 0, UInt8(found?.count ?? 0), 0, 0, 0, 0]
    out += question
    for data in found ?? [] {
      out += [0xC0, 12, UInt8(type >> 8), UInt8(type & 255), 0, 1, 0, 0, 0, 60]
      out += [UInt8(data.count >> 8), UInt8(data.count & 255)] + data
    }
    return out
  }

  static func name(_ text: String) -> [UInt8] {
    text.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
  }

  static func srv(_ priority: UInt16, _ port: UInt16, _ host: String) -> [UInt8] {
    [UInt8(priority >> 8), UInt8(priority & 255), 0, 0, UInt8(port >> 8), UInt8(port & 255)] + name(host)
  }

  static func mx(_ priority: UInt16, _ host: String) -> [UInt8] {
    [UInt8(priority >> 8), UInt8(priority & 255)] + name(host)
  }
}
