package import Bytes
internal import CLinux
internal import Glibc
internal import Synchronization

/// A server that a domain names in DNS: for its mail (MX, RFC 5321 §5.1) or for a service (SRV, RFC 2782).
package struct NamedServer: Sendable, Hashable {
  /// Lower comes first.
  package var priority: UInt16
  package var weight: UInt16
  /// 0 of an MX.
  package var port: UInt16
  /// Lower case, without the final dot; empty: the domain says that it has no such service.
  package var host: String

  package init(priority: UInt16, weight: UInt16 = 0, port: UInt16 = 0, host: String) {
    (self.priority, self.weight, self.port, self.host) = (priority, weight, port, host)
  }
}

/// Asks name servers for what getaddrinfo does not tell.
package struct DNSRecords: Sendable {
  package enum Kind: UInt16, Sendable {
    case mx = 15
    case srv = 33
  }

  package enum Failure: Error, Sendable, Hashable {
    /// Nobody could tell within the time.
    case unavailable
    /// An answer that is none.
    case malformed
    case cancelled
  }

  /// An IPv4 address and a port; nil for the servers of resolv.conf.
  private let server: (address: String, port: UInt16)?

  package init(server: (address: String, port: UInt16)? = nil) { self.server = server }

  /// Each lives as long as one question, some milliseconds mostly.
  private static let threadsMax = 64
  private static let threads = Mutex(0)

  private final class Lookup: Sendable {
    let answer = Mutex<Result<[UInt8], Failure>?>(nil)
    let sleeper: Sleeper
    init(_ reactor: Reactor) { sleeper = Sleeper(reactor: reactor) }
  }

  /// The records of a name, by priority; none when it has none.
  package func find(_ kind: Kind, _ name: String, deadline: Deadline) async throws(Failure) -> [NamedServer] {
    guard Self.isName(name) else { return [] }
    let isFull = Self.threads.withLock { count in
      if count >= Self.threadsMax { return true }
      count += 1
      return false
    }
    if isFull { throw .unavailable }
    let lookup = Lookup(Reactor.current ?? ReactorGroup.shared.next())
    let started = Thread.start(name: "dns") { [server] in
      let answer = Self.ask(kind, name, server)
      Self.threads.withLock { $0 -= 1 }
      lookup.answer.withLock { $0 = answer }
      lookup.sleeper.signal()
    }
    guard started else {
      Self.threads.withLock { $0 -= 1 }
      throw .unavailable
    }
    switch await lookup.sleeper.sleep(until: deadline) {
    case .moment: throw .unavailable
    case .cancelled: throw .cancelled
    case .signal: break
    }
    guard let answer = lookup.answer.withLock({ $0 }) else { throw .cancelled }
    let octets = try answer.get()
    if octets.isEmpty { return [] }
    guard let found = Self.read(octets, kind) else { throw .malformed }
    return found.sorted { ($0.priority, $0.port, $0.host) < ($1.priority, $1.port, $1.host) }
  }

  private static func ask(
    _ kind: Kind, _ name: String, _ server: (address: String, port: UInt16)?
  ) -> Result<[UInt8], Failure> {
    var room = [UInt8](repeating: 0, count: 65_535)
    var length: Int32
    if let server {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = server.port.bigEndian
      guard inet_pton(AF_INET, server.address, &address.sin_addr) == 1 else { return .failure(.unavailable) }
      length = postroom_dns_query(name, Int32(kind.rawValue), &address, &room, Int32(room.count))
    } else {
      length = postroom_dns_query(name, Int32(kind.rawValue), nil, &room, Int32(room.count))
    }
    if length == -1 { return .success([]) }
    return length < 0 ? .failure(.unavailable) : .success(Array(room.prefix(Int(length))))
  }

  /// Letters, digits, hyphens and underscores between dots.
  package static func isName(_ name: String) -> Bool {
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    return name.utf8.count <= 253 && labels.count >= 2
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count) && label.utf8.allSatisfy(isNameOctet)
      }
  }

  private static func isNameOctet(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
    default: false
    }
  }

  private static let recordsMax = 100

  /// The records of that kind in an answer (RFC 1035 §4); nil for octets that are none. Those whose names no host has are
  /// left out.
  static func read(_ octets: [UInt8], _ kind: Kind) -> [NamedServer]? {
    func number(_ at: Int) -> Int? {
      at + 1 < octets.count ? Int(octets[at]) << 8 | Int(octets[at + 1]) : nil
    }
    guard octets.count >= 12, let questions = number(4), let answers = number(6), octets[2] & 0x80 != 0 else {
      return nil
    }
    var at = 12
    for _ in 0..<min(questions, recordsMax) {
      guard let name = skipName(octets, at), name + 4 <= octets.count else { return nil }
      at = name + 4
    }
    var found: [NamedServer] = []
    for _ in 0..<min(answers, recordsMax) {
      guard let name = skipName(octets, at), let type = number(name), let length = number(name + 8) else {
        return nil
      }
      let data = name + 10
      guard data + length <= octets.count else { return nil }
      at = data + length
      guard type == Int(kind.rawValue) else { continue }
      switch kind {
      case .mx:
        guard length >= 3, let priority = number(data) else { return nil }
        guard let host = readName(octets, data + 2) else { continue }
        found.append(NamedServer(priority: UInt16(priority), host: host))
      case .srv:
        guard length >= 7, let priority = number(data), let weight = number(data + 2),
          let port = number(data + 4)
        else { return nil }
        guard let host = readName(octets, data + 6) else { continue }
        found.append(
          NamedServer(priority: UInt16(priority), weight: UInt16(weight), port: UInt16(port), host: host))
      }
    }
    return found
  }

  /// Where a name ends in its place; its pointers are not followed.
  private static func skipName(_ octets: [UInt8], _ start: Int) -> Int? {
    var at = start
    while at < octets.count {
      let length = Int(octets[at])
      if length == 0 { return at + 1 }
      if length & 0xC0 == 0xC0 { return at + 2 <= octets.count ? at + 2 : nil }
      guard length & 0xC0 == 0 else { return nil }
      at += length + 1
    }
    return nil
  }

  /// Each pointer leads back, so that a name ends.
  private static func readName(_ octets: [UInt8], _ start: Int) -> String? {
    var labels: [String] = []
    var at = start
    var octetsLeft = 254
    var below = start
    while at < octets.count {
      let length = Int(octets[at])
      if length == 0 { return labels.joined(separator: ".").lowercased() }
      if length & 0xC0 == 0xC0 {
        guard at + 1 < octets.count else { return nil }
        let target = (length & 0x3F) << 8 | Int(octets[at + 1])
        guard target < below else { return nil }
        (below, at) = (target, target)
        continue
      }
      octetsLeft -= length + 1
      guard length & 0xC0 == 0, octetsLeft > 0, at + length < octets.count else { return nil }
      let label = octets[(at + 1)...(at + length)]
      guard label.allSatisfy(isNameOctet) else { return nil }
      labels.append(String(decoding: label, as: UTF8.self))
      at += length + 1
    }
    return nil
  }
}
