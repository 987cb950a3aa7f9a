/// A message's unique identifier in one mailbox and one UIDVALIDITY (RFC 9051 §2.3.1.1).
package struct UID: Hashable, Comparable, Sendable {
  /// 1...4294967295; 0 is not a UID on the wire, and the parser never makes one.
  package let value: UInt32

  package init(_ value: UInt32) { self.value = value }

  package static func < (a: UID, b: UID) -> Bool { a.value < b.value }
}

/// The generation of a mailbox's UIDs: when it changes, all UIDs of the mailbox are void.
package struct UIDValidity: Hashable, Sendable {
  package let value: UInt32

  package init(_ value: UInt32) { self.value = value }
}

/// A modification sequence (RFC 7162). 1...2^63-1; what a server says beyond that is not taken.
package struct ModSeq: Hashable, Comparable, Sendable {
  package let value: UInt64

  package init(_ value: UInt64) { self.value = value }

  package static func < (a: ModSeq, b: ModSeq) -> Bool { a.value < b.value }

  /// The largest value that RFC 7162 §3.1 permits.
  package static let largest = ModSeq(1 << 63 - 1)
}

extension UID: CustomStringConvertible {
  package var description: String { String(value) }
}

extension UIDValidity: CustomStringConvertible {
  package var description: String { String(value) }
}

extension ModSeq: CustomStringConvertible {
  package var description: String { String(value) }
}
