/// One complete response or command: its text, and its literals beside it.
///
/// The text has no line ends; where a literal stood, its `{count}` stands, and the octets are in
/// ``literals``. So a message's body is moved, never copied, from the framer to its last owner.
package struct Frame: Sendable, Equatable {
  package struct Literal: Sendable, Equatable {
    /// The index in ``Frame/text`` just behind the literal's `}`.
    package var at: Int
    package var bytes: [UInt8]

    package init(at: Int, bytes: [UInt8]) {
      self.at = at
      self.bytes = bytes
    }
  }

  package var text: [UInt8]
  /// In the order of the text.
  package var literals: [Literal]

  package init(text: [UInt8] = [], literals: [Literal] = []) {
    self.text = text
    self.literals = literals
  }

  /// Octets of text and literals together.
  package var octets: Int { literals.reduce(text.count) { $0 + $1.bytes.count } }
}

/// Why octets cannot be cut into frames. The stream is of no use after it.
package enum FramingError: Error, Sendable, Hashable {
  case lineTooLong(max: Int)
  /// `announced` is nil when the number does not fit 64 bits.
  case literalTooLarge(announced: UInt64?, max: Int)
  case tooManyLiterals(max: Int)
  case frameTooLarge(max: Int)
  /// `{-1}` and the like.
  case literalMalformed
  /// A command's line that ends with LF alone, or holds a NUL or a lone CR.
  case lineMalformed
}

/// What a framer takes. All in octets, checked before anything is kept.
package struct FrameLimits: Sendable, Hashable {
  /// A line with its continuation lines, without literals.
  package var lineOctetsMax = 256 << 10
  /// The same for answers that list UIDs: SEARCH, ESEARCH, VANISHED.
  package var setLineOctetsMax = 16 << 20
  /// A literal that holds a message or a part of one.
  package var bodyOctetsMax = 64 << 20
  /// A literal that holds header fields.
  package var headerOctetsMax = 4 << 20
  /// Any other literal: names, strings.
  package var literalOctetsMax = 64 << 10
  package var literalsMax = 1000
  /// All of one frame.
  package var frameOctetsMax = 80 << 20

  package init() {}
}
