internal import Glibc

/// Checks that octets are strict JSON (RFC 8259) within I-JSON (RFC 7493), and finds where a value ends.
///
/// One pass over the text, without recursion. Refused are: a byte order mark, any octets that are not
/// UTF-8, control characters inside strings, lone surrogates, nesting beyond the limit, and two members
/// of one object with the same name (compared as octets after unescaping). Noncharacters are let through:
/// mail holds them.
///
/// One validator may check any number of texts; it keeps its memory between them.
/// - Complexity: O(n) time, and 8 octets of memory for each member of the objects open at one time.
package struct JSONValidator: Sendable {
  package enum Outcome: Sendable, Equatable {
    /// The value ends in front of the octet `end`.
    case complete(end: Int)
    /// All octets were good, but the value goes on.
    case incomplete
    case failed(JSONError)
  }

  /// A member of the outermost object, as offsets into the text that was checked.
  package struct Member: Sendable, Equatable {
    /// The name without its quotes, escapes as written.
    package var nameStart = 0
    package var nameEnd = 0
    package var valueStart = 0
    package var valueEnd = 0
  }

  /// Deeper than this no limit can be set: readers of values recurse.
  package static let depthMaxCeiling = 512
  /// So many members of the outermost object are noted in ``members``.
  package static let membersMax = 16

  /// The members of the outermost object, in order; at most ``membersMax``. See ``membersLeftOut``.
  package internal(set) var members: [Member]
  /// The outermost object has more members than ``members`` holds.
  package internal(set) var membersLeftOut = false
  /// Some member's name, at any depth, is written with escapes.
  package internal(set) var hasEscapedNames = false

  let depthMax: Int
  /// For each open object where its names begin in ``names``; -1 for an array.
  var frames: [Int]
  /// The names of all open objects: 32 bits that equal names share, then 32 bits of offset.
  /// The first ``nameCount`` of them count.
  var names: [UInt64] = []
  var nameCount = 0
  var failure: JSONError?

  package init(depthMax: Int = 64) {
    self.depthMax = max(1, min(depthMax, Self.depthMaxCeiling))
    frames = []
    members = []
  }

  /// `bytes` must hold exactly one value, with white space around it at most.
  package mutating func validate(_ bytes: [UInt8]) throws(JSONError) {
    let error: JSONError? = bytes.withUnsafeBytes { all in
      switch run(all, from: 0, isFinal: true) {
      case .failed(let error): return error
      case .incomplete: return .syntax(offset: all.count, reason: "the value is cut short")
      case .complete(let end):
        var i = end
        while i < all.count, JSONText.isSpace(all[i]) { i += 1 }
        return i == all.count ? nil : .syntax(offset: i, reason: "more text behind the value")
      }
    }
    if let error { throw error }
  }

  /// Checks the value that begins at `from`, white space before it allowed.
  ///
  /// - Parameter isFinal: nothing will follow `bytes`; without it a number at the very end is incomplete.
  package mutating func run(_ bytes: UnsafeRawBufferPointer, from: Int, isFinal: Bool) -> Outcome {
    frames.removeAll(keepingCapacity: true)
    if names.count > 4096 { names = [] }
    nameCount = 0
    members.removeAll(keepingCapacity: true)
    membersLeftOut = false
    hasEscapedNames = false
    failure = nil
    guard let base = bytes.baseAddress, from >= 0, from < bytes.count else { return .incomplete }
    guard bytes.count <= Int(UInt32.max) else {
      return .failed(.tooLong(octets: bytes.count, limit: Int(UInt32.max)))
    }
    // SAFETY: base is valid for bytes.count octets while this function runs; octets have no alignment.
    let end = walk(base.assumingMemoryBound(to: UInt8.self), from, bytes.count, isFinal)
    if let failure { return .failed(failure) }
    return end < 0 ? .incomplete : .complete(end: end)
  }

  /// Checks the object at `from`, which stands in an outermost object that the caller has read itself.
  ///
  /// ``members`` and ``hasEscapedNames`` then speak of this value.
  /// - Returns: the index behind it; nil when there is none, it is not whole or not right. ``run(_:from:isFinal:)``
  ///   over the whole text tells which.
  package mutating func objectEnd(_ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int) -> Int? {
    guard from < n, p[from] == 0x7B, n <= Int(UInt32.max) else { return nil }
    frames.removeAll(keepingCapacity: true)
    // The outermost object counts as a level.
    frames.append(-1)
    nameCount = 0
    members.removeAll(keepingCapacity: true)
    membersLeftOut = false
    hasEscapedNames = false
    failure = nil
    let end = walk(p, from, n, false)
    return end < 0 || failure != nil ? nil : end
  }

  /// The index behind the value, or a negative number: incomplete, or failed when ``failure`` is set.
  private mutating func walk(_ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int, _ isFinal: Bool) -> Int {
    var i = from
    var member = Member()
    // What the innermost frame holds, and how many there are.
    var base = -1
    var depth = 0
    value: while true {
      i = JSONText.skipSpace(p, i, n)
      guard i < n else { return -1 }
      if depth == 1 { member.valueStart = i }
      switch p[i] {
      case 0x22:
        var escaped = false
        i = string(p, i + 1, n, &escaped) + 1
        if i <= 0 { return -1 }
      case 0x7B:
        guard open(i, nameCount) else { return -1 }
        i = JSONText.skipSpace(p, i + 1, n)
        guard i < n else { return -1 }
        if p[i] != 0x7D {
          base = nameCount
          depth += 1
          i = name(p, i, n, base, depth, &member)
          if i < 0 { return -1 }
          continue value
        }
        frames.removeLast()
        i += 1
      case 0x5B:
        guard open(i, -1) else { return -1 }
        i = JSONText.skipSpace(p, i + 1, n)
        guard i < n else { return -1 }
        if p[i] != 0x5D {
          base = -1
          depth += 1
          continue value
        }
        frames.removeLast()
        i += 1
      default:
        i = scalar(p, i, n, isFinal)
        if i < 0 { return -1 }
      }
      // A value ended at i: what may follow depends on what it stands in.
      while true {
        if depth == 0 { return i }
        if depth == 1 && base >= 0 {
          member.valueEnd = i
          note(member)
        }
        i = JSONText.skipSpace(p, i, n)
        guard i < n else { return -1 }
        let c = p[i]
        if c == 0x2C {
          i += 1
          if base >= 0 {
            i = name(p, JSONText.skipSpace(p, i, n), n, base, depth, &member)
            if i < 0 { return -1 }
          }
          continue value
        }
        guard c == (base >= 0 ? 0x7D : 0x5D) else {
          return fail(i, base >= 0 ? "expected a comma or }" : "expected a comma or ]")
        }
        if base >= 0 {
          guard closeObject(p, base, n) else { return -1 }
        }
        frames.removeLast()
        base = frames.last ?? -1
        depth -= 1
        i += 1
      }
    }
  }

  /// Reads a member's name and its colon; the index behind them.
  @inline(__always)
  private mutating func name(
    _ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int, _ base: Int, _ depth: Int, _ member: inout Member
  ) -> Int {
    guard from < n else { return -1 }
    guard p[from] == 0x22 else { return fail(from, "expected a member name in quotes") }
    var escaped = false
    let start = from + 1
    let close = string(p, start, n, &escaped)
    if close < 0 { return -1 }
    if escaped { hasEscapedNames = true }
    guard noteName(p, start, close, n, base, escaped) else { return -1 }
    if depth == 1 {
      member.nameStart = start
      member.nameEnd = close
    }
    let colon = JSONText.skipSpace(p, close + 1, n)
    guard colon < n else { return -1 }
    guard p[colon] == 0x3A else { return fail(colon, "expected a colon") }
    return colon + 1
  }

  @inline(__always)
  private mutating func open(_ at: Int, _ frame: Int) -> Bool {
    guard frames.count < depthMax else {
      failure = .depth(offset: at, limit: depthMax)
      return false
    }
    frames.append(frame)
    return true
  }

  @inline(__always)
  private mutating func note(_ member: Member) {
    if members.count < Self.membersMax { members.append(member) } else { membersLeftOut = true }
  }

  /// The index behind the value that begins at `from` in text that has been checked.
  package static func valueEnd(_ bytes: [UInt8], from: Int) -> Int {
    bytes.withUnsafeBufferPointer { all in
      guard let p = all.baseAddress, from >= 0, from < all.count else { return all.count }
      // SAFETY: valueEnd stays within all.count.
      return JSONText.valueEnd(p, from, all.count)
    }
  }

  /// The name of `member` without escapes; `bytes` is the text that was checked.
  package func plainName(_ member: Member, in bytes: UnsafeRawBufferPointer) -> [UInt8] {
    guard member.nameStart >= 0, member.nameStart <= member.nameEnd, member.nameEnd <= bytes.count else {
      return []
    }
    let inside = UnsafeRawBufferPointer(rebasing: bytes[member.nameStart..<member.nameEnd])
    return inside.withMemoryRebound(to: UInt8.self) { JSONText.unescape($0) }
  }

  /// Always -1: the answer of a step that failed.
  mutating func fail(_ offset: Int, _ reason: StaticString) -> Int {
    failure = .syntax(offset: offset, reason: reason.description)
    return -1
  }
}
