/// The number of a row, typed by what it numbers. Never reused, 1 and up.
///
/// On the wire it is its ``prefix`` and the decimal number: `"mb12"`.
package protocol RowID: Hashable, Sendable, Comparable, CustomStringConvertible {
  static var prefix: StaticString { get }
  var value: Int64 { get }
  init(_ value: Int64)
}

extension RowID {
  package static func < (a: Self, b: Self) -> Bool { a.value < b.value }

  package var text: String { "\(Self.prefix)\(value)" }
  package var description: String { text }

  /// nil unless `text` is exactly the prefix and a decimal number from 1 up, without leading zeros.
  package init?(text: String) {
    let bytes = Array(text.utf8)
    let prefix = Array("\(Self.prefix)".utf8)
    guard bytes.count > prefix.count, bytes.count <= prefix.count + 19, bytes.starts(with: prefix),
      bytes[prefix.count] != 0x30
    else { return nil }
    var value: Int64 = 0
    for b in bytes[prefix.count...] {
      guard b >= 0x30, b <= 0x39 else { return nil }
      let (m, o) = value.multipliedReportingOverflow(by: 10)
      let (s, o2) = m.addingReportingOverflow(Int64(b - 0x30))
      if o || o2 { return nil }
      value = s
    }
    self.init(value)
  }
}

/// One customer of the operator.
package struct TenantID: RowID {
  package static let prefix: StaticString = "tn"
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// One connected e-mail account.
package struct MailboxID: RowID {
  package static let prefix: StaticString = "mb"
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// One IMAP mailbox inside a connected account.
package struct FolderID: RowID {
  package static let prefix: StaticString = "f"
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// One conversation.
package struct ThreadID: RowID {
  package static let prefix: StaticString = "th"
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// One mail of one mailbox, however many folders show it.
package struct MailID: RowID {
  package static let prefix: StaticString = "m"
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// One mail on its way out.
package struct SubmissionID: RowID {
  package static let prefix: StaticString = "s"
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// One file that a caller gave for mails to come.
package struct UploadID: RowID {
  package static let prefix: StaticString = "up"
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// One run of an erasure.
package struct PurgeID: RowID {
  package static let prefix: StaticString = "p"
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// One access token.
package struct TokenID: RowID {
  package static let prefix: StaticString = "tk"
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
package struct Timestamp: Hashable, Sendable, Comparable {
  package let milliseconds: Int64
  package init(milliseconds: Int64) { self.milliseconds = milliseconds }
  package static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }

  /// `seconds` later; stops at the ends of the range instead of overflowing.
  package func adding(seconds: Int64) -> Timestamp {
    let (ms, o) = seconds.multipliedReportingOverflow(by: 1000)
    let (sum, o2) = milliseconds.addingReportingOverflow(ms)
    return Timestamp(milliseconds: o || o2 ? (seconds < 0 ? .min : .max) : sum)
  }
}
