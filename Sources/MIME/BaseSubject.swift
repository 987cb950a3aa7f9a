/// The subject without what replying, forwarding and lists add, to compare subjects of a thread.
///
/// RFC 5256 §2.1 with prefixes of many languages; white space is collapsed, case is kept (compare
/// without it). A list's `[tag]` goes too, unless nothing else is left.
/// - Complexity: O(*n*) per round, at most 64 rounds.
package func baseSubject(_ s: String) -> String { SubjectParts(s).base }

/// What a subject line is made of.
package struct SubjectParts: Hashable, Sendable {
  /// See ``baseSubject(_:)``.
  package let base: String
  /// A reply prefix stood in it.
  package let isReply: Bool
  /// A forward prefix or trailer stood in it.
  package let isForward: Bool

  /// More nested prefixes than this are left in place.
  private static let roundsMax = 64
  /// Of a longer subject the rest is dropped: no prefix lies behind it.
  private static let scalarsMax = 4096

  package init(_ subject: String) {
    var text = Array(Self.collapsed(subject))
    var reply = false
    var forward = false
    for _ in 0..<Self.roundsMax {
      let before = text.count
      while let trailer = Self.trailer(text) {
        text.removeLast(trailer)
        forward = true
      }
      if let (length, kind) = Self.leader(text) {
        text.removeFirst(length)
        if kind == .reply { reply = true } else { forward = true }
      } else if let length = Self.blob(text), length < text.count {
        text.removeFirst(length)
      } else if let inner = Self.forwardWrapper(text) {
        text = inner
        forward = true
      }
      while text.first == " " { text.removeFirst() }
      while text.last == " " { text.removeLast() }
      if text.count == before { break }
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text)
    base = String(view)
    isReply = reply
    isForward = forward
  }

  private enum Kind { case reply, forward }

  private static func collapsed(_ s: String) -> String.UnicodeScalarView {
    var out = String.UnicodeScalarView()
    var n = 0
    for c in s.unicodeScalars {
      n += 1
      if n > scalarsMax { break }
      if c.properties.isWhitespace || c.value < 0x20 {
        if !out.isEmpty, out.last != " " { out.append(" ") }
      } else if c != "\u{200B}", c != "\u{FEFF}", c != "\u{200E}", c != "\u{200F}" {
        out.append(c)
      }
    }
    if out.last == " " { out.removeLast() }
    return out
  }

  /// `subj-trailer = "(fwd)" / WSP`
  private static func trailer(_ text: [Unicode.Scalar]) -> Int? {
    let wanted = Array("(fwd)".unicodeScalars)
    guard text.count >= wanted.count else { return nil }
    return zip(text.suffix(wanted.count), wanted).allSatisfy { lower($0) == $1 } ? wanted.count : nil
  }

  /// `subj-leader = (*subj-blob subj-refwd) / WSP`
  private static func leader(_ text: [Unicode.Scalar]) -> (length: Int, kind: Kind)? {
    var i = 0
    while let length = blob(text[i...]) { i += length }
    let start = i
    var word = ""
    // The longest prefix of the table has 14 letters; a space may stand inside (`Doorst :`).
    while i < text.count, i - start < 16, isLetter(text[i]) || text[i] == "." && i > start {
      word.unicodeScalars.append(text[i])
      i += 1
    }
    guard !word.isEmpty, let kind = prefixes[word.lowercased()] else { return nil }
    // Re[2]:  Re(2):  Re^2:  Re*2:  Re2:
    if i < text.count, let close = closers[text[i]] {
      let open = i
      i += 1
      while i < text.count, i - open <= 5, digit(text[i]) { i += 1 }
      if close != " " {
        guard i < text.count, text[i] == close, i > open + 1 else { return nil }
        i += 1
      }
    } else {
      let from = i
      while i < text.count, i - from < 4, digit(text[i]) { i += 1 }
    }
    while i < text.count, text[i] == " " { i += 1 }
    while let length = blob(text[i...]) { i += length }
    guard i < text.count, text[i] == ":" || text[i] == "：" else { return nil }
    return (i + 1, kind)
  }

  private static let closers: [Unicode.Scalar: Unicode.Scalar] = ["[": "]", "(": ")", "^": " ", "*": " "]

  /// `subj-blob = "[" *BLOBCHAR "]" *WSP`
  private static func blob(_ text: some Collection<Unicode.Scalar>) -> Int? {
    guard text.first == "[" else { return nil }
    var n = 1
    for c in text.dropFirst() {
      if c == "[" || n > 200 { return nil }
      n += 1
      if c == "]" { return n + text.dropFirst(n).prefix { $0 == " " }.count }
    }
    return nil
  }

  /// `"[fwd:" subject "]"`
  private static func forwardWrapper(_ text: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    guard text.count > 6, text.last == "]",
      zip(text, "[fwd:".unicodeScalars).allSatisfy({ lower($0) == $1 })
    else { return nil }
    return Array(text.dropFirst(5).dropLast())
  }

  private static func isLetter(_ c: Unicode.Scalar) -> Bool {
    c.isASCII
      ? (c.value | 0x20) &- 0x61 < 26
      : c.properties.isAlphabetic || c.properties.generalCategory == .otherLetter
  }

  private static func digit(_ c: Unicode.Scalar) -> Bool { c.value &- 0x30 < 10 }

  private static func lower(_ c: Unicode.Scalar) -> Unicode.Scalar {
    c.value &- 0x41 < 26 ? Unicode.Scalar(UInt8(c.value | 0x20)) : c
  }

  private static let prefixes: [String: Kind] = {
    var table = [String: Kind]()
    for word in replyWords.split(separator: " ") { table[word.lowercased()] = .reply }
    for word in forwardWords.split(separator: " ") { table[word.lowercased()] = .forward }
    return table
  }()

  /// English and most others; de, sv/da/no, fi, pl/cs, it, fr, es/pt, nl, hu, tr, ro, el, ru/uk, et, lv, cy, ms,
  /// id, vi, zh, ja, ko, he, ar.
  private static let replyWords =
    "re res resp aw antw antwort sv vs odp odpowiedź r rif ris ré rép réponse respuesta "
    + "resposta rsp antwoord vá válasz ynt yan atb bls balas tl trl ση απ ααπ σχετ отв ответ на ha вiдп відп відповідь "
    + "vast vastaus svar svara rispondi risposta atbilde 回复 回覆 答复 答覆 回信 返信 返 回 회신 답장 답변 re回复 השב תגובה רד رد الرد ตอบ ตอบกลับ"

  private static let forwardWords =
    "fw fwd wg weitergeleitet vl vb doorst doorgestuurd tr tran enc env i inoltra inoltro pd przekazane przek vid "
    + "vidarebefordrat videresendt rv reenviado reenv encaminhado továbbítás továbbított továbbítva ilt iletilen İlt "
    + "προωθ πρθ пересл пер переслать välitetty edasi 转发 轉寄 轉發 转寄 轉 转 転送 전달 הועבר ส่งต่อ chuyển"
}
