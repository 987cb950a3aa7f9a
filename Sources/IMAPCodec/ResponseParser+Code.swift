internal import Bytes

extension ResponseParser {
  /// `"[" resp-text-code "]"`; nil when there is no `]`. A known word with unreadable data is `other`.
  static func responseCode(_ c: inout FrameCursor) -> ResponseCode? {
    let start = c.offset
    guard c.skip(0x5B), let end = closingBracket(c) else { return nil }
    let word = c.take { $0 != ASCII.space && $0 != 0x5D && $0 != 0x28 }
    let name = printable(word.prefix(64)).uppercased()
    c.spaces()
    let code = (try? knownCode(name, &c)) ?? nil  // unreadable data: the code counts by its name only
    c.move(to: max(end + 1, start + 1))
    return code ?? .other(name)
  }

  /// The index of the `]` that ends the code: not one inside a quoted string or a flag list.
  private static func closingBracket(_ cursor: FrameCursor) -> Int? {
    var c = cursor
    var quoted = false
    var depth = 0
    while let byte = c.peek {
      switch byte {
      case ASCII.quote: quoted.toggle()
      case ASCII.backslash where quoted: _ = c.next()
      case 0x28 where !quoted: depth += 1
      case 0x29 where !quoted: depth -= 1
      case 0x5D where !quoted && depth <= 0: return c.offset
      default: break
      }
      _ = c.next()
    }
    // Quotes or parentheses that do not match: the first one, then.
    return cursor.rest.firstIndex(of: 0x5D)
  }

  private static func knownCode(
    _ name: String, _ c: inout FrameCursor
  ) throws(IMAPSyntaxError) -> ResponseCode? {
    switch name {
    case "CAPABILITY": return .capability(words(&c, until: 0x5D))
    case "PERMANENTFLAGS": return .permanentFlags(try c.flagList())
    case "UIDVALIDITY":
      let value = try c.number32()
      return value > 0 ? .uidValidity(UIDValidity(value)) : nil
    case "UIDNEXT": return .uidNext(try c.number32())
    case "UNSEEN": return .unseen(try c.number32())
    case "HIGHESTMODSEQ": return modSeq(try c.number()).map { .highestModSeq($0) }
    case "APPENDUID":
      let validity = UIDValidity(try c.number32())
      c.spaces()
      let set = try c.uidSet()
      return validity.value > 0 && !reachesEnd(set) ? .appendUID(validity, set) : nil
    case "COPYUID":
      let validity = UIDValidity(try c.number32())
      c.spaces()
      let from = try c.uidSet()
      c.spaces()
      let to = try c.uidSet()
      return validity.value > 0 && from.count == to.count ? .copyUID(validity, from: from, to: to) : nil
    case "REFERRAL": return .referral(printable(c.take { $0 != 0x5D }))
    case "MAILBOXID": return objectID(&c).map { .mailboxID($0) }
    case "INPROGRESS": return try inProgress(&c)
    default: return nil
    }
  }

  /// `"(" objectid ")"`, RFC 8474 §7: 1*255(ALPHA / DIGIT / "_" / "-"). nil for anything else: Cyrus 3.6.1
  /// can send freed memory. What stands in the parentheses is passed.
  static func objectID(_ c: inout FrameCursor) -> String? {
    guard c.skip(0x28) else { return nil }
    let value = c.take { $0 != 0x29 && $0 != 0x5D }
    _ = c.skip(0x29)
    let ok =
      (1...255).contains(value.count)
      && value.allSatisfy { ASCII.isAlphanumeric($0) || $0 == 0x5F || $0 == 0x2D }
    return ok ? String(decoding: value, as: UTF8.self) : nil
  }

  /// `"INPROGRESS" [SP "(" (quoted / nil) SP (number64 / nil) SP (number64 / nil) ")"]` (RFC 9585 §4)
  private static func inProgress(_ c: inout FrameCursor) throws(IMAPSyntaxError) -> ResponseCode {
    guard c.skip(0x28) else { return .inProgress(tag: nil, done: nil, goal: nil) }
    let tag = try c.nstring().map { printable($0.prefix(64)) }
    c.spaces()
    let done: UInt64? = c.skip(ignoringCase: "NIL") ? nil : try c.number()
    c.spaces()
    let goal: UInt64? = c.skip(ignoringCase: "NIL") ? nil : try c.number()
    return .inProgress(tag: tag, done: done, goal: goal)
  }

  /// A set with `*` or with 4294967295: no UID of a new message.
  private static func reachesEnd(_ set: UIDSet) -> Bool { set.last?.value == .max }

  /// nil for 0 and for what RFC 7162 forbids.
  static func modSeq(_ value: UInt64) -> ModSeq? {
    value > 0 && value <= ModSeq.largest.value ? ModSeq(value) : nil
  }
}
