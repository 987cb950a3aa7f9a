internal import Bytes

/// HTML as text for reading: paragraphs, lists, quotations with `>`, links with their address.
///
/// Keeps what clients say about quotations and signatures with each line, for ``ReplySplitter``.
struct HTMLText {
  /// - Complexity: O(*n*)
  static func lines(_ html: String) -> [TextLine] {
    let document = HTMLDocument(html)
    var writer = HTMLText(document)
    writer.run()
    return writer.lines
  }

  static func text(_ html: String) -> String { TextLine.join(lines(html)) }

  private let document: HTMLDocument
  private var lines: [TextLine] = []
  private var line = [UInt8]()
  private var wantsSpace = false
  private var wantsBlank = false
  /// A no-break space stood where the line is empty yet.
  private var sawRoom = false
  /// Role of the lines being written, and the mark that gave it.
  private var role = TextLine.Role.plain
  private var mark: SplitRule?
  private var ends: [Ending] = []
  private var styles: [String: StyleFacts] = [:]
  private var depth = 0
  /// Quotation levels that a client marked as an answered mail.
  private var marked = 0
  private var preformatted = 0
  private var lists: [List] = []
  private var link: (href: String, start: Int, line: Int)?

  /// What is to be undone where an element ends.
  private struct Ending {
    let at: Int
    let tag: HTMLTag
    var role: TextLine.Role?
    var mark: SplitRule?
    var quotes = false
    var marks = false
    var isList = false
    /// A paragraph without room around it.
    var isTight = false
    /// The line at which the element begins.
    var firstLine = 0
  }

  private struct List {
    let isNumbered: Bool
    var number: Int
  }

  private init(_ document: HTMLDocument) { self.document = document }

  private mutating func run() {
    var i = 0
    // Far beyond what people write; keeps memory in bounds.
    while i < document.tokens.count, lines.count < TextLine.linesMax * 2 {
      while let last = ends.last, last.at <= i { end(ends.removeLast()) }
      let token = document.tokens[i]
      switch token.kind {
      case .text:
        text(token.range)
        i += 1
      case .close: i += 1
      case .open:
        let attributes = token.range.isEmpty ? [] : document.attributes(token)
        if isSkipped(token.tag, attributes) {
          i = max(token.end, i + 1)
        } else {
          open(token, attributes)
          i += 1
        }
      }
    }
    while let last = ends.popLast() { end(last) }
    breakLine()
    while let last = lines.last, last.isBlank, last.role == .plain { lines.removeLast() }
  }

  private mutating func isSkipped(_ tag: HTMLTag, _ attributes: Attributes) -> Bool {
    if tag.isDropped { return true }
    if tag.isVoid || attributes.isEmpty { return false }
    guard let style = value("style", attributes) else { return value("hidden", attributes) != nil }
    return facts(style).isHidden
  }

  /// What a style says about an element's text; most elements of a mail share a few styles.
  private mutating func facts(_ style: String) -> StyleFacts {
    if let known = styles[style] { return known }
    let s = HTMLMarks.compact(style)
    let facts = StyleFacts(
      isHidden: Octets.contain(s, "display:none") || Octets.contain(s, "mso-hide:all")
        || Octets.contain(s, "visibility:hidden"),
      isTight: Octets.contain(s, "margin:0") || Octets.contain(s, "margin-bottom:0"))
    if styles.count < Self.stylesMax { styles[style] = facts }
    return facts
  }

  private struct StyleFacts {
    let isHidden: Bool
    let isTight: Bool
  }

  private static let stylesMax = 256

  private typealias Attributes = [(name: String, value: String)]

  private func value(_ name: String, _ attributes: Attributes) -> String? {
    attributes.first { $0.name == name }?.value
  }

  // MARK: Elements

  private mutating func open(_ token: HTMLDocument.Token, _ attributes: Attributes) {
    let tag = token.tag
    switch tag {
    case .br: return breakLine(force: true)
    case .hr:
      breakLine()
      if let found = HTMLMarks.find(attributes, tag) { return place(found) }
      put("----------")
      return breakLine()
    case .img: return image(attributes)
    case .td, .th: if !line.isEmpty { wantsSpace = true }
    default: break
    }
    if tag.isVoid { return }
    var ending = Ending(at: token.end, tag: tag)
    if tag.isBlock { breakLine() }
    ending.firstLine = lines.count
    if tag.isParagraph, tag != .p || !isTight(attributes) { wantsBlank = true } else { ending.isTight = true }
    if !attributes.isEmpty { mark(tag, attributes, &ending) }
    switch tag {
    case .blockquote:
      ending.quotes = true
      if ending.mark != nil {
        ending.marks = true
        marked += 1
      }
      depth += 1
    case .pre: preformatted += 1
    case .ul, .ol:
      ending.isList = true
      lists.append(List(isNumbered: tag == .ol, number: 0))
      if lists.count > 1 { wantsBlank = false }
    case .li: bullet()
    case .a:
      if let href = value("href", attributes) { link = (href, line.count, lines.count) }
    default: break
    }
    ends.append(ending)
  }

  /// Takes over the role that a client's mark gives to an element's lines.
  private mutating func mark(_ tag: HTMLTag, _ attributes: Attributes, _ ending: inout Ending) {
    guard let found = HTMLMarks.find(attributes, tag) else { return }
    breakLine()
    if tag == .blockquote {
      ending.mark = found.name
      if mark == nil || role == .plain { mark = found.name }
      return
    }
    guard role == .plain else { return }
    if found.role == .cut || found.role == .ruled { return place(found) }
    ending.role = role
    role = found.role
    mark = found.name
  }

  /// An empty line carries it: the first line of the element may be empty of text.
  private mutating func place(_ found: HTMLMarks.Mark) {
    lines.append(TextLine(content: "", depth: depth, role: found.role, mark: found.name))
  }

  /// Word and Outlook write every line as a paragraph without margins, and an empty one for a blank line.
  private mutating func isTight(_ attributes: Attributes) -> Bool {
    if let names = value("class", attributes), names.hasPrefix("Mso") || names.hasPrefix("x_Mso") {
      return true
    }
    guard let style = value("style", attributes) else { return false }
    return facts(style).isTight
  }

  private mutating func end(_ ending: Ending) {
    if ending.tag == .a { return endLink() }
    if ending.tag.isBlock || ending.role != nil { endBlock(ending) }
    if let role = ending.role { self.role = role }
    if ending.tag.isParagraph, !ending.isTight { wantsBlank = true }
    if ending.quotes { depth = max(0, depth - 1) }
    if ending.marks { marked = max(0, marked - 1) }
    if ending.tag == .pre { preformatted = max(0, preformatted - 1) }
    if ending.isList, !lists.isEmpty { lists.removeLast() }
  }

  /// A no-break space alone in a division or a tight paragraph is how editors write a blank line.
  private mutating func endBlock(_ ending: Ending) {
    let isEmptyLine =
      line.isEmpty && sawRoom && lines.count == ending.firstLine && (ending.tag == .div || ending.isTight)
    breakLine(force: isEmptyLine)
  }

  private mutating func bullet() {
    let level = min(max(lists.count - 1, 0), 8)
    wantsBlank = false
    put(String(repeating: "  ", count: level))
    if let last = lists.indices.last, lists[last].isNumbered {
      lists[last].number += 1
      put("\(lists[last].number). ")
    } else {
      put("- ")
    }
  }

  /// Pictures that stand for a character are written; others are not text.
  private mutating func image(_ attributes: Attributes) {
    guard let alt = value("alt", attributes), !alt.isEmpty, alt.unicodeScalars.count <= 8,
      alt.unicodeScalars.allSatisfy({ $0.value > 0x2000 })
    else { return }
    put(alt)
  }

  private mutating func endLink() {
    defer { link = nil }
    guard let link, link.line == lines.count, link.start <= line.count else { return }
    let href = link.href.utf8.filter { $0 > ASCII.space && $0 != 0x3C && $0 != 0x3E }
    guard href.count <= 2000, ASCII.equalsIgnoringCase(href.prefix(4), "http") else { return }
    let shown = String(decoding: line[link.start...], as: UTF8.self).lowercased()
    guard !shown.utf8.allSatisfy({ $0 <= ASCII.space }) else { return }
    var bare = String(decoding: href, as: UTF8.self).lowercased()[...]
    for scheme in ["https://", "http://"] where bare.hasPrefix(scheme) { bare = bare.dropFirst(scheme.count) }
    while bare.utf8.last == 0x2F { bare = bare.dropLast() }
    if shown.contains("://") || shown.contains(bare) { return }
    put(" <" + String(decoding: href, as: UTF8.self) + ">")
  }

  // MARK: Text

  private mutating func put(_ text: String) {
    flushSpace()
    line.append(contentsOf: text.utf8)
  }

  private mutating func flushSpace() {
    if wantsSpace, !line.isEmpty, line.last != ASCII.space { line.append(ASCII.space) }
    wantsSpace = false
  }

  private mutating func text(_ range: Range<Int>) {
    let bytes = HTMLEntities.decode(document.bytes[range])
    if preformatted > 0 { return preformattedText(bytes) }
    var i = 0
    while i < bytes.count {
      let b = bytes[i]
      if b <= ASCII.space || b == 0x7F {
        wantsSpace = true
        i += 1
      } else if let length = Self.invisible(bytes, i) {
        if bytes[i + 1] == 0xA0, b == 0xC2 {
          flushSpace()
          if line.isEmpty { sawRoom = true } else { line.append(ASCII.space) }
        }
        i += length
      } else {
        flushSpace()
        line.append(b)
        i += 1
      }
    }
  }

  private mutating func preformattedText(_ bytes: [UInt8]) {
    var isFirst = line.isEmpty
    for b in bytes where b != ASCII.cr {
      if b == ASCII.lf {
        // The line end right behind `<pre>` is not part of it.
        if !(isFirst && line.isEmpty && wantsBlank) { breakLine(force: true) }
      } else {
        line.append(b)
      }
      isFirst = false
    }
  }

  /// Octets of a no-break space, or of a character that takes no room, at `i`.
  private static func invisible(_ bytes: [UInt8], _ i: Int) -> Int? {
    guard bytes[i] >= 0xC2, i + 1 < bytes.count else { return nil }
    switch (bytes[i], bytes[i + 1]) {
    case (0xC2, 0xA0), (0xC2, 0xAD), (0xCD, 0x8F): return 2
    case (0xE2, 0x80): return i + 2 < bytes.count && bytes[i + 2] == 0x8B ? 3 : nil
    case (0xEF, 0xBB): return i + 2 < bytes.count && bytes[i + 2] == 0xBF ? 3 : nil
    default: return nil
    }
  }

  /// Ends the line being written, if there is one or `force` asks for it.
  private mutating func breakLine(force: Bool = false) {
    wantsSpace = false
    sawRoom = false
    while let b = line.last, b == ASCII.space || b == ASCII.tab { line.removeLast() }
    if line.isEmpty, !force { return }
    let depth = min(depth, TextLine.depthMax)
    if wantsBlank, let last = lines.last, !last.content.isEmpty {
      lines.append(
        TextLine(content: "", depth: min(depth, last.depth), isSoft: marked == 0, role: blankRole, mark: mark)
      )
    }
    wantsBlank = false
    lines.append(
      TextLine(
        content: String(decoding: line, as: UTF8.self), depth: depth, isSoft: depth > 0 && marked == 0,
        role: role,
        mark: depth > 0 || role != .plain ? mark : nil))
    line.removeAll(keepingCapacity: true)
    link = link.map { ($0.href, 0, lines.count) }
  }

  private var blankRole: TextLine.Role { role == .signature ? .signature : .plain }
}
