public import Foundation
internal import Sealing

/// What is uploaded: octets that are asked for in order, once.
public struct UploadSource: Sendable {
  /// How many there are, where that is known.
  public let size: Int64?
  /// Up to so many of the next octets, 1 at least; none at the end.
  public let read: @Sendable (_ atMost: Int) async throws -> [UInt8]

  /// - Parameters:
  ///   - size: where it is known beforehand; what is read must be as long.
  ///   - read: called for each piece in order, and not again once it has answered none.
  public init(size: Int64? = nil, read: @escaping @Sendable (_ atMost: Int) async throws -> [UInt8]) {
    self.size = size
    self.read = read
  }

  /// A file, read while it goes up. It is opened here, and closed with the last use of the source.
  public init(file: URL) throws {
    let handle = try FileHandle(forReadingFrom: file)
    let size = try handle.seekToEnd()
    try handle.seek(toOffset: 0)
    self.init(size: Int64(clamping: size)) { atMost in
      try handle.read(upToCount: atMost).map { Array($0) } ?? []
    }
  }

  /// Octets that are in memory.
  public init(_ octets: [UInt8]) {
    let rest = Rest(octets)
    self.init(size: Int64(octets.count)) { atMost in await rest.take(atMost) }
  }

  private actor Rest {
    private var octets: ArraySlice<UInt8>
    init(_ octets: [UInt8]) { self.octets = octets[...] }

    func take(_ count: Int) -> [UInt8] {
      defer { octets = octets.dropFirst(count) }
      return Array(octets.prefix(count))
    }
  }

  /// The SHA-256 of all of it, as ``Upload/sha256`` has it. Reads the source to its end.
  public func sha256() async throws -> String {
    var digest = SHA256Stream()
    while true {
      let piece = try await read(1 << 18)
      if piece.isEmpty { break }
      digest.add(piece)
    }
    return Self.text(digest.finish())
  }

  static func text(_ digest: [UInt8]) -> String {
    digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// As many as `count` unless the source ends before.
  func readFully(_ count: Int) async throws -> [UInt8] {
    var out: [UInt8] = []
    while out.count < count {
      let next = try await read(count - out.count)
      if next.isEmpty { break }
      out += next
    }
    return out
  }
}
