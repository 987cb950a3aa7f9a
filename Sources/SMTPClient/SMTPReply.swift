/// A server's answer to a command: its lines joined (RFC 5321 §4.2).
///
/// Printing one shows the codes only: the text may hold addresses.
package struct SMTPReply: Sendable, Hashable {
  /// Three digits, 200...599.
  package let code: Int
  /// `class.subject.detail` of RFC 3463 as the server wrote it, when its class fits ``code``.
  package let enhanced: String?
  /// The lines' text joined by LF, without the codes. Control characters are replaced by "?".
  package let text: String

  package init(code: Int, enhanced: String?, text: String) {
    self.code = code
    self.enhanced = enhanced
    self.text = text
  }

  /// 2yz: done.
  package var isSuccess: Bool { code / 100 == 2 }
  /// 3yz: go on.
  package var isIntermediate: Bool { code / 100 == 3 }
  /// 4yz: not now.
  package var isTemporaryFailure: Bool { code / 100 == 4 }
  /// 5yz: not ever.
  package var isPermanentFailure: Bool { code / 100 == 5 }
  /// 421: the server is closing the connection (RFC 5321 §3.8).
  package var closesConnection: Bool { code == 421 }
}

extension SMTPReply: CustomStringConvertible, CustomDebugStringConvertible {
  package var description: String { enhanced.map { "\(code) \($0)" } ?? "\(code)" }
  package var debugDescription: String { description }
}
