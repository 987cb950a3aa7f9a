internal import Bytes

/// A mail on its way out, piece by piece, so that no attachment need be held whole.
///
/// Whoever sends it writes ``Piece/octets(_:)`` as they are, and for ``Piece/content(attachment:)`` reads that
/// attachment's octets in chunks of any size through one ``Base64Lines``.
package struct MailPieces: Sendable, Hashable {
  package enum Piece: Sendable, Hashable {
    case octets([UInt8])
    /// The content of the builder's `attachments[attachment]`, in base64.
    case content(attachment: Int)
  }

  package private(set) var pieces: [Piece] = []
  /// Octets of all pieces, those in base64 as they will be written: what SMTP's SIZE (RFC 1870) names.
  package private(set) var octets: Int64 = 0

  mutating func append(_ bytes: some Collection<UInt8>) {
    octets += Int64(bytes.count)
    if case .octets(var last)? = pieces.last {
      // Taken out first, so that appending copies nothing.
      pieces.removeLast()
      last += bytes
      pieces.append(.octets(last))
    } else if !bytes.isEmpty {
      pieces.append(.octets(Array(bytes)))
    }
  }

  mutating func append(contentOf attachment: Int, octets: Int64) {
    self.octets += Base64Lines.encodedOctets(octets)
    pieces.append(.content(attachment: attachment))
  }

  mutating func append(_ other: MailPieces) {
    for piece in other.pieces {
      switch piece {
      case .octets(let bytes): append(bytes)
      case .content: pieces.append(piece)
      }
    }
    // What `append` counted by itself is in both.
    octets +=
      other.octets
      - other.pieces.reduce(0) { sum, piece in
        if case .octets(let bytes) = piece { sum + Int64(bytes.count) } else { sum }
      }
  }

  /// Whether a line of what is written begins with `delimiter`. What is in base64 has no line with `_` in it.
  func hasLine(beginning delimiter: [UInt8]) -> Bool {
    pieces.contains { piece in
      guard case .octets(let bytes) = piece else { return false }
      return Self.hasLine(bytes, beginning: delimiter)
    }
  }

  private static func hasLine(_ body: [UInt8], beginning delimiter: [UInt8]) -> Bool {
    var isAtStart = true
    for i in body.indices {
      if isAtStart, body[i] == 0x2D, body[i...].starts(with: delimiter) { return true }
      isAtStart = body[i] == ASCII.lf
    }
    return false
  }
}

/// Base64 in lines of 76 columns (RFC 2045 §6.8), for content that comes in chunks.
package struct Base64Lines: Sendable {
  /// Octets of one line.
  private static let lineOctets = 57

  private var rest: [UInt8] = []

  package init() {}

  /// What can be written now: whole lines.
  /// - Complexity: O(*n*)
  package mutating func encode(_ chunk: some Collection<UInt8>) -> [UInt8] {
    rest += chunk
    let whole = rest.count / Self.lineOctets * Self.lineOctets
    let out = Self.lines(rest[..<whole])
    rest.removeSubrange(..<whole)
    return out
  }

  /// The last line; empty when there is none.
  package mutating func finish() -> [UInt8] {
    defer { rest = [] }
    return Self.lines(rest[...])
  }

  /// What `octets` octets become.
  package static func encodedOctets(_ octets: Int64) -> Int64 {
    let lines = octets / Int64(lineOctets)
    let last = octets % Int64(lineOctets)
    return lines * 78 + (last == 0 ? 0 : (last + 2) / 3 * 4 + 2)
  }

  static func lines(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out = [UInt8]()
    out.reserveCapacity(Int(encodedOctets(Int64(bytes.count))))
    var i = bytes.startIndex
    while i < bytes.endIndex {
      let end = min(i + lineOctets, bytes.endIndex)
      out += Base64.encode(bytes[i..<end])
      out.append(ASCII.cr)
      out.append(ASCII.lf)
      i = end
    }
    return out
  }
}
