internal import Bytes

/// The `msg-id` of a mail (RFC 5322 §3.6.4), without its angle brackets.
///
/// Compared octet by octet. Never empty; never holds white space, controls or angle brackets, so it
/// can be written into a header or a search as it stands.
package struct MessageID: Hashable, Sendable {
  /// The most octets an id may have; the longest line of a mail is 998.
  package static let octetsMax = 900
  /// The most ids that ``list(in:)`` returns: the first and the last ones of a longer list.
  package static let listMax = 1000

  /// Without `<` and `>`.
  package let bytes: [UInt8]

  /// The id in `raw`, with or without angle brackets and white space around it; nil when it is not one.
  package init?(_ raw: some Collection<UInt8>) {
    let all = [UInt8](raw)
    var slice = all[...]
    while let b = slice.first, b <= ASCII.space { slice = slice.dropFirst() }
    while let b = slice.last, b <= ASCII.space { slice = slice.dropLast() }
    if slice.first == 0x3C, slice.last == 0x3E, slice.count >= 2 { slice = slice.dropFirst().dropLast() }
    guard !slice.isEmpty, slice.count <= Self.octetsMax,
      slice.allSatisfy({ $0 > ASCII.space && $0 != 0x7F && $0 != 0x3C && $0 != 0x3E })
    else { return nil }
    bytes = slice.count == all.count ? all : [UInt8](slice)
  }

  package init?(_ text: String) { self.init(text.utf8) }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// With angle brackets, as a header holds it.
  package var headerBytes: [UInt8] { [0x3C] + bytes + [0x3E] }

  /// A new id of 160 random bits at `domain`.
  ///
  /// - Parameter domain: ASCII; what a domain cannot hold is left out, and `localhost` stands for none.
  package static func generate(domain: String) -> MessageID {
    let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
    var random = SystemRandomNumberGenerator()
    var id = [UInt8]()
    for _ in 0..<32 { id.append(alphabet[Int(random.next() & 31)]) }
    let host = domain.utf8.filter {
      ASCII.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5B || $0 == 0x5D || $0 == 0x3A
    }
    id.append(0x40)
    id.append(contentsOf: host.isEmpty ? Array("localhost".utf8) : [UInt8](host.prefix(255)))
    return MessageID(checked: id)
  }

  private init(checked: [UInt8]) { bytes = checked }

  /// The ids of a References, In-Reply-To or Message-ID value, in order, each once.
  ///
  /// What stands in angle brackets is an id (white space from folding inside it goes). Without any
  /// bracket, words that hold `@` are ids; so `null`, names and dates are not.
  /// - Complexity: O(*n*)
  package static func list(in header: [UInt8]) -> [MessageID] {
    var found = [MessageID]()
    var seen = Set<MessageID>()
    func take(_ id: MessageID?) {
      guard let id else { return }
      // A set is worth its hashing for long lists only.
      if found.count < 8 {
        if !found.contains(id) { found.append(id) }
        return
      }
      if seen.isEmpty { seen = Set(found) }
      if seen.insert(id).inserted { found.append(id) }
    }
    var start: Int?
    var sawBracket = false
    var sawSpace = false
    var i = 0
    while i < header.count {
      let b = header[i]
      if b == 0x3C {
        start = i + 1
        sawBracket = true
        sawSpace = false
      } else if b == 0x3E, let from = start {
        let id = header[from..<i]
        if sawSpace {
          take(MessageID(id.filter { $0 > ASCII.space }))
        } else if !id.isEmpty, id.count <= octetsMax, !id.contains(0x7F) {
          // No bracket, control or white space lies in it: that was looked at.
          take(MessageID(checked: Array(id)))
        }
        start = nil
      } else if b <= ASCII.space {
        sawSpace = true
      }
      i += 1
    }
    if let from = start {
      // An id cut short by a length limit: its closing bracket is missing.
      let rest = header[from...].prefix { $0 > ASCII.space }
      if rest.contains(0x40) { take(MessageID(rest)) }
    }
    if !sawBracket {
      for word in header.split(whereSeparator: { $0 <= ASCII.space || $0 == 0x2C || $0 == 0x22 }) {
        if word.contains(0x40) { take(MessageID(unescaped(word))) }
      }
    }
    if found.count > listMax {
      found.removeSubrange(listMax / 2..<found.count - listMax / 2)
    }
    return found
  }

  /// Some clients pass on a `mailto:` link's escapes: `%3Cid%3E`, `&lt;id&gt;`.
  private static func unescaped(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let pairs: [(StaticString, StaticString)] = [("%3c", "%3e"), ("&lt;", "&gt;")]
    for (open, close) in pairs {
      let o = open.utf8CodeUnitCount
      let c = close.utf8CodeUnitCount
      if word.count > o + c, ASCII.equalsIgnoringCase(word.prefix(o), open),
        ASCII.equalsIgnoringCase(word.suffix(c), close)
      {
        return word.dropFirst(o).dropLast(c)
      }
    }
    return word.last == 0x3B ? word.dropLast() : word
  }
}

extension MessageID: CustomStringConvertible {
  package var description: String { "<" + text + ">" }
}
