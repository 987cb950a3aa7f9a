internal import Foundation

/// Texts as the index has them: words in order, letters of either case and with any accent alike.
///
/// Scripts that put no spaces between words (Chinese, Japanese, Thai …) and Korean, whose words carry endings, are
/// taken letter by letter; pairs of neighbours make what is searched for in them as narrow as words do.
package enum SearchTerms {
  /// Words taken of one text; what follows is not found.
  package static let wordsMax = 20_000
  /// Letters of a word that count.
  static let lettersMax = 64
  /// Tokens of one question.
  static let queryMax = 32

  /// One thing that a mail has or a question asks for.
  struct Term: Hashable {
    enum Kind: String { case all, word, pair, from, to }
    var kind: Kind
    var text: String

    /// What is hashed. No text has the separator: words are letters and digits, and addresses go last.
    var octets: [UInt8] { Array("\(kind.rawValue)\u{1F}\(text)".utf8) }
    /// Every indexed mail has it.
    static let all = Term(kind: .all, text: "")
  }

  /// The words of a text, in order.
  static func words(_ text: String, atMost limit: Int = wordsMax) -> [String] {
    var out: [String] = []
    var word = String.UnicodeScalarView()
    func flush() {
      if !word.isEmpty { out.append(String(word)) }
      word = String.UnicodeScalarView()
    }
    for scalar in folded(text).unicodeScalars {
      if out.count >= limit { return out }
      if isAlone(scalar) {
        flush()
        if out.count < limit { out.append(String(scalar)) }
      } else if isLetter(scalar) {
        if word.count < lettersMax { word.append(scalar) }
      } else {
        flush()
      }
    }
    if out.count < limit { flush() }
    return out
  }

  /// What a mail with these texts is found by: words, and neighbours within one text.
  static func terms(of texts: [String]) -> Set<Term> {
    var out: Set<Term> = []
    var left = wordsMax
    for text in texts {
      let words = words(text, atMost: left)
      left -= words.count
      for word in words { out.insert(Term(kind: .word, text: word)) }
      for (first, second) in zip(words, words.dropFirst()) { out.insert(pair(first, second)) }
    }
    return out
  }

  /// What a mail must have: all words; what stands in quotation marks, or hangs together, side by side.
  /// - Returns: nil when the text asks for too much; empty when there is no word in it.
  static func query(_ text: String) -> Set<Term>? {
    var out: Set<Term> = []
    for (number, part) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
      let phrases = number % 2 == 1 ? [part] : part.split(whereSeparator: \.isWhitespace)
      for phrase in phrases {
        let words = words(String(phrase), atMost: queryMax + 2)
        if words.count == 1 { out.insert(Term(kind: .word, text: words[0])) }
        for (first, second) in zip(words, words.dropFirst()) { out.insert(pair(first, second)) }
        if out.count > queryMax { return nil }
      }
    }
    return out
  }

  /// By whom and to whom a mail went.
  static func terms(of addresses: [Address]) -> Set<Term> {
    var out: Set<Term> = []
    for address in addresses.prefix(SearchKeys.emailsMax) {
      let email = address.email.lowercased()
      switch address.role {
      case .from, .sender: out.insert(Term(kind: .from, text: email))
      case .to, .cc, .bcc: out.insert(Term(kind: .to, text: email))
      case .replyTo: continue
      }
    }
    return out
  }

  private static func pair(_ first: String, _ second: String) -> Term {
    Term(kind: .pair, text: "\(first) \(second)")
  }

  static func folded(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
    let plain = text.folding(
      options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    var out = String.UnicodeScalarView()
    for scalar in plain.unicodeScalars {
      // Letters that Unicode does not take apart, as people write them without their keyboard.
      switch scalar {
      case "ß": out.append(contentsOf: "ss".unicodeScalars)
      case "æ": out.append(contentsOf: "ae".unicodeScalars)
      case "œ": out.append(contentsOf: "oe".unicodeScalars)
      case "þ": out.append(contentsOf: "th".unicodeScalars)
      case "ø": out.append("o")
      case "ł": out.append("l")
      case "đ", "ð": out.append("d")
      case "ı": out.append("i")
      case "ς": out.append("σ")
      default: out.append(scalar)
      }
    }
    return String(out)
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return (0x61...0x7A).contains(scalar.value) || (0x30...0x39).contains(scalar.value)
        || (0x41...0x5A).contains(scalar.value)
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
      return true
    default: return false
    }
  }

  private static func isAlone(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // Thai, Lao; Myanmar; Khmer; Hangul Jamo.
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1100...0x11FF, 0x1780...0x17FF,
      // Kana, Bopomofo, Jamo; ideographs; Hangul; compatibility ideographs; planes 2 and 3.
      0x3040...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      isLetter(scalar)
    default: false
    }
  }
}
