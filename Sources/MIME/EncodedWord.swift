internal import Bytes

/// Encoded words of RFC 2047, with the language suffix of RFC 2231 §5.
///
/// Lenient: words need no white space around them and may hold some; neighbours of one character
/// set are joined before it is decoded (so a character may lie across two words); text that is
/// no word stays, read as UTF-8 or else as the header's own set.
package enum EncodedWord {
  /// - Parameters:
  ///   - bytes: an unfolded header value.
  ///   - guess: what octets outside of words are read as where they are not UTF-8.
  /// - Complexity: O(*n*)
  package static func decode(_ bytes: [UInt8], else guess: Charset = .windows1252) -> String {
    // Nothing to decode in nearly all headers.
    guard mark(bytes) != nil else { return RawText.decode(bytes, else: guess) }
    var decoder = Decoder(bytes, guess)
    return decoder.run()
  }

  /// Where the first `=?` stands.
  private static func mark(_ bytes: [UInt8]) -> Int? { bytes.withUnsafeBufferPointer(mark) }

  static func mark(_ p: UnsafeBufferPointer<UInt8>) -> Int? {
    var at = 0
    while let equals = OctetRun.find(0x3D, p, at, p.count - 1) {
      if p[equals + 1] == 0x3F { return equals }
      at = equals + 1
    }
    return nil
  }

  /// The character set that the first word names.
  static func firstCharset(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
    guard let start = mark(bytes) else { return nil }
    let label = bytes[(start + 2)...].prefix(60).prefix { $0 != 0x3F && $0 != 0x2A && $0 > ASCII.space }
    return label.endIndex < bytes.count && !label.isEmpty ? label : nil
  }

  private struct Word {
    var charset: Range<Int>
    var isBase64: Bool
    var text: Range<Int>
    var end: Int
  }

  private struct Decoder {
    let input: [UInt8]
    var out = ""
    /// Octets of neighbouring words of one character set, not yet decoded.
    var pending = [UInt8]()
    var pendingCharset: Range<Int>?
    var base64 = Base64Joiner()
    /// No word's text that starts before this index ends in `?=`: it was searched for.
    var unclosedBefore = -1
    var charsets = Charset.Cache()
    let guess: Charset

    init(_ input: [UInt8], _ guess: Charset) {
      self.input = input
      self.guess = guess
    }

    mutating func run() -> String {
      var i = 0
      var literal = 0
      while i + 1 < input.count {
        if input[i] == 0x3D, input[i + 1] == 0x3F, let word = word(at: i) {
          if !(pendingCharset != nil && isBlank(literal..<i)) {
            flush()
            appendLiteral(literal..<i)
          }
          take(word)
          i = word.end
          literal = i
        } else {
          i += 1
        }
      }
      flush()
      appendLiteral(literal..<input.count)
      return out
    }

    private func isBlank(_ range: Range<Int>) -> Bool { input[range].allSatisfy { $0 <= ASCII.space } }

    private mutating func appendLiteral(_ range: Range<Int>) {
      if !range.isEmpty { out += RawText.decode(input[range], else: guess) }
    }

    /// `encoded-word = "=?" charset ["*" language] "?" encoding "?" encoded-text "?="`
    private mutating func word(at start: Int) -> Word? {
      var i = start + 2
      let charsetStart = i
      while i < input.count, i - charsetStart <= 60, input[i] != 0x3F, input[i] > ASCII.space { i += 1 }
      guard i > charsetStart, i + 2 < input.count, input[i] == 0x3F, input[i + 2] == 0x3F else { return nil }
      let encoding = ASCII.lower(input[i + 1])
      guard encoding == 0x62 || encoding == 0x71 else { return nil }
      let charset = charsetStart..<(input[charsetStart..<i].firstIndex(of: 0x2A) ?? i)
      let text = i + 3
      guard let close = close(from: text) else { return nil }
      return Word(charset: charset, isBase64: encoding == 0x62, text: text..<close, end: close + 2)
    }

    /// The `?=` that ends the word whose text starts at `start`; nil when another word begins first.
    private mutating func close(from start: Int) -> Int? {
      if start < unclosedBefore { return nil }
      var i = start
      while i + 1 < input.count {
        if input[i] == 0x3F, input[i + 1] == 0x3D { return i }
        if input[i] == 0x3D, input[i + 1] == 0x3F, i > start, input[i - 1] <= ASCII.space { break }
        i += 1
      }
      unclosedBefore = i
      return nil
    }

    private mutating func take(_ word: Word) {
      if let current = pendingCharset, !sameCharset(current, word.charset) { flush() }
      pendingCharset = word.charset
      if word.isBase64 {
        base64.decode(input[word.text], into: &pending)
      } else {
        base64.reset()
        decodeQ(input[word.text])
      }
    }

    private func sameCharset(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
      a.count == b.count && ASCII.equalsIgnoringCase(input[a], input[b])
    }

    private mutating func decodeQ(_ text: ArraySlice<UInt8>) {
      var i = text.startIndex
      while i < text.endIndex {
        let b = text[i]
        if b == 0x5F {
          pending.append(ASCII.space)
        } else if b == 0x3D, i + 2 < text.endIndex, let high = ASCII.hexValue(text[i + 1]),
          let low = ASCII.hexValue(text[i + 2])
        {
          pending.append(high << 4 | low)
          i += 2
        } else {
          pending.append(b)
        }
        i += 1
      }
    }

    private mutating func flush() {
      guard let charset = pendingCharset else { return }
      out += charsets.charset(named: input[charset]).decode(pending).text
      pending.removeAll(keepingCapacity: true)
      pendingCharset = nil
      base64.reset()
    }
  }
}

/// Decodes base64 words one after the other; a group of four may lie across two of them.
struct Base64Joiner {
  private var word: UInt32 = 0
  private var digits = 0

  mutating func reset() {
    word = 0
    digits = 0
  }

  mutating func decode(_ text: ArraySlice<UInt8>, into out: inout [UInt8]) {
    for b in text {
      let value = Base64Lenient.values[Int(b)]
      if value < 64 {
        word = word << 6 | UInt32(value)
        digits += 1
        if digits == 4 {
          out.append(UInt8(truncatingIfNeeded: word >> 16))
          out.append(UInt8(truncatingIfNeeded: word >> 8))
          out.append(UInt8(truncatingIfNeeded: word))
          reset()
        }
      } else if b == 0x3D {
        finish(into: &out)
      }
    }
    // Left-over bits that are 0 belong to a sender that leaves out the padding; others go on in the next word.
    if digits == 2, word & 0xF == 0 || digits == 3, word & 3 == 0 { finish(into: &out) }
  }

  private mutating func finish(into out: inout [UInt8]) {
    if digits == 2 { out.append(UInt8(truncatingIfNeeded: word >> 4)) }
    if digits == 3 {
      out.append(UInt8(truncatingIfNeeded: word >> 10))
      out.append(UInt8(truncatingIfNeeded: word >> 2))
    }
    reset()
  }
}
