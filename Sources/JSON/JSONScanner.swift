/// Finds where a value ends while its octets are still arriving.
///
/// It counts brackets, knows strings, and keeps the limits of depth and length; what is between the
/// brackets is ``JSONValidator``'s business once the value is complete. White space before the value
/// belongs to it.
/// - Complexity: O(n) over all feeds, however the text is cut.
package struct JSONScanner: Sendable {
  package enum Outcome: Sendable, Equatable {
    /// All octets belong to the value, which goes on.
    case needMore
    /// The value ended with the first `taken` octets of this feed.
    case end(taken: Int)
    case failed(JSONError)
  }

  private enum State: Sendable {
    /// White space so far. Leads to all others.
    case start
    /// A number or a word at the outermost level; ends in front of an octet that cannot belong to it.
    case word
    /// A string at the outermost level, or inside brackets when `kinds` is not empty.
    case string
    /// Inside a string, behind a backslash.
    case escape
    /// Inside brackets, outside strings.
    case inside
  }

  private let depthMax: Int
  private let octetsMax: Int
  private var state = State.start
  /// The closing brackets that are waited for, innermost last.
  private var kinds: [UInt8] = []

  /// Octets that earlier feeds took in.
  package private(set) var octetsSeen = 0
  /// Only white space has come.
  package var isAtStart: Bool { state == .start }

  package init(depthMax: Int = 64, octetsMax: Int = 64 << 20) {
    self.depthMax = max(1, min(depthMax, JSONValidator.depthMaxCeiling))
    self.octetsMax = max(0, octetsMax)
  }

  package mutating func feed(_ bytes: [UInt8]) -> Outcome { bytes.withUnsafeBytes { feed($0) } }

  package mutating func feed(_ bytes: UnsafeRawBufferPointer) -> Outcome {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return .needMore }
    // SAFETY: base is valid for bytes.count octets during this call; octets have no alignment.
    let p = base.assumingMemoryBound(to: UInt8.self)
    // One octet beyond the limit is looked at, to tell a value that is too long.
    let room = min(bytes.count, octetsMax - octetsSeen + 1)
    let outcome = scan(p, room)
    switch outcome {
    case .end(let taken):
      guard octetsSeen + taken <= octetsMax else { return tooLong(octetsSeen + taken) }
      octetsSeen += taken
    case .needMore:
      octetsSeen += room
      if octetsSeen > octetsMax { return tooLong(octetsSeen - room + bytes.count) }
    case .failed: break
    }
    return outcome
  }

  /// Nothing more will come: a number or a word at the outermost level ends here.
  package func finish() -> Outcome {
    state == .word
      ? .end(taken: 0) : .failed(.syntax(offset: octetsSeen, reason: "the value is cut short"))
  }

  private func tooLong(_ octets: Int) -> Outcome { .failed(.tooLong(octets: octets, limit: octetsMax)) }

  private mutating func scan(_ p: UnsafePointer<UInt8>, _ n: Int) -> Outcome {
    var i = 0
    while i < n {
      switch state {
      case .start:
        i = JSONText.skipSpace(p, i, n)
        guard i < n else { return .needMore }
        switch p[i] {
        case 0x22:
          state = .string
          i += 1
        case 0x7B, 0x5B: state = .inside
        case let c where Self.isWord(c): state = .word
        default: return failed(i, "expected a value")
        }
      case .word:
        while i < n, Self.isWord(p[i]) { i += 1 }
        if i < n { return .end(taken: i) }
      case .string:
        i = JSONText.plainEnd(p, i, n)
        guard i < n else { return .needMore }
        if p[i] == 0x22 {
          if kinds.isEmpty { return .end(taken: i + 1) }
          state = .inside
        } else if p[i] == 0x5C {
          state = .escape
        } else if p[i] < 0x20 {
          return failed(i, "a control character in a string")
        }
        i += 1
      case .escape:
        state = .string
        i += 1
      case .inside:
        if let outcome = inside(p, &i, n) { return outcome }
      }
    }
    return .needMore
  }

  /// Steps over brackets until a string begins, the value ends or the octets do.
  private mutating func inside(_ p: UnsafePointer<UInt8>, _ i: inout Int, _ n: Int) -> Outcome? {
    while i < n {
      let c = p[i]
      i += 1
      switch c {
      case 0x22:
        state = .string
        return nil
      case 0x7B, 0x5B:
        guard kinds.count < depthMax else {
          return .failed(.depth(offset: octetsSeen + i - 1, limit: depthMax))
        }
        kinds.append(c + 2)
      case 0x7D, 0x5D:
        guard kinds.popLast() == c else { return failed(i - 1, "a bracket that does not match") }
        if kinds.isEmpty { return .end(taken: i) }
      default: break
      }
    }
    return nil
  }

  private func failed(_ offset: Int, _ reason: String) -> Outcome {
    .failed(.syntax(offset: octetsSeen + offset, reason: reason))
  }

  @inline(__always)
  private static func isWord(_ c: UInt8) -> Bool {
    c &- 0x30 < 10 || (c | 0x20) &- 0x61 < 26 || c == 0x2E || c == 0x2B || c == 0x2D
  }
}
