internal import Bytes

/// What must be known about a mail before it is announced; gathered piece by piece.
package struct MessageFacts: Sendable, Hashable {
  /// Octets with CRLF line ends, before dots are doubled: what SIZE means (RFC 1870 §5).
  package private(set) var size = 0
  package private(set) var has8Bit = false
  package private(set) var has8BitHeader = false
  package private(set) var hasNUL = false
  private var previous: UInt8 = 0
  private var inHeader = true
  private var lineOctets = 0

  package init() {}

  package init(_ message: [UInt8]) {
    add(message)
    finish()
  }

  /// - Complexity: O(*n*)
  package mutating func add(_ piece: [UInt8]) {
    for byte in piece {
      if byte == ASCII.lf && previous == ASCII.cr {
        previous = byte
        continue
      }
      previous = byte
      if byte == ASCII.cr || byte == ASCII.lf {
        size += 2
        if lineOctets == 0 { inHeader = false }
        lineOctets = 0
        continue
      }
      size += 1
      lineOctets += 1
      if byte == 0 { hasNUL = true }
      if byte >= 0x80 {
        has8Bit = true
        if inHeader { has8BitHeader = true }
      }
    }
  }

  /// Once, behind the last piece: the end of a last line that has none is written too.
  package mutating func finish() {
    if lineOctets > 0 { size += 2 }
    lineOctets = 0
  }
}
