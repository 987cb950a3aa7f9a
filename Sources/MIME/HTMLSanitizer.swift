internal import Bytes

/// Writes HTML of a stranger again with what is known to be harmless only.
///
/// Elements, attributes, style properties and addresses each have an allow-list; text and values are escaped
/// anew, so nothing of the input reaches the output as markup. The output is well-formed: every
/// element is closed, in order.
/// - Complexity: O(*n*), without recursion.
package struct HTMLSanitizer {
  /// Deeper elements are left out; their content stays.
  package static let depthMax = 200

  private let document: HTMLDocument
  private let remoteImages: Bool
  private var out: [UInt8] = []
  private var open: [(tag: HTMLTag, isWritten: Bool)] = []
  private var written = 0
  /// What became of styles so far.
  private var styles: [String: String] = [:]

  /// - Parameter remoteImages: whether pictures keep `http` and `https` addresses: showing them tells
  ///   the sender that and where the mail is read.
  package static func sanitize(_ html: String, remoteImages: Bool = false) -> String {
    var sanitizer = HTMLSanitizer(html, remoteImages)
    return sanitizer.run()
  }

  private init(_ html: String, _ remoteImages: Bool) {
    document = HTMLDocument(html)
    self.remoteImages = remoteImages
    out.reserveCapacity(html.utf8.count)
  }

  private mutating func run() -> String {
    var i = 0
    while i < document.tokens.count {
      let token = document.tokens[i]
      switch token.kind {
      case .text: Self.escape(HTMLEntities.decode(document.bytes[token.range]), into: &out)
      case .close: close(token.tag)
      case .open:
        if token.tag.isDropped {
          i = max(token.end, i + 1)
          continue
        }
        start(token)
      }
      i += 1
    }
    while let last = open.popLast() { end(last) }
    return String(decoding: out, as: UTF8.self)
  }

  /// Octets of text, with what would be markup escaped; controls are left out.
  static func escape(_ text: some Sequence<UInt8>, into out: inout [UInt8]) {
    if text.withContiguousStorageIfAvailable({ escape($0, into: &out) }) == nil {
      Array(text).withUnsafeBufferPointer { escape($0, into: &out) }
    }
  }

  private static func escape(_ p: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
    var run = 0
    for (i, b) in p.enumerated() where !isPlain[Int(b)] {
      out.append(contentsOf: p[run..<i])
      run = i + 1
      switch b {
      case 0x26: out += "&amp;".utf8
      case 0x3C: out += "&lt;".utf8
      case 0x3E: out += "&gt;".utf8
      case 0x22: out += "&quot;".utf8
      case 0x27: out += "&#39;".utf8
      case 0x60: out += "&#96;".utf8
      default: break
      }
    }
    out.append(contentsOf: p[run...])
  }

  /// Octets that stand for themselves: no controls, nothing that is markup.
  private static let isPlain: [Bool] = (0..<256).map { b in
    switch b {
    case 0x26, 0x3C, 0x3E, 0x22, 0x27, 0x60: false
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x80...0xFF: true
    default: false
    }
  }

  // MARK: Elements

  private mutating func start(_ token: HTMLDocument.Token) {
    let tag = token.tag
    guard Self.allowed.contains(tag) else { return }
    if let ending = tag.ending { endImplied(ending) }
    let isWritten = written < Self.depthMax
    if isWritten {
      let attributes = attributes(token)
      if tag == .img, !attributes.contains(where: { $0.name == "src" || $0.name == "alt" }) { return }
      out.append(0x3C)
      out += tag.rawValue.utf8
      for (name, value) in attributes {
        out.append(ASCII.space)
        out += name.utf8
        out += "=\"".utf8
        Self.escape(value.utf8, into: &out)
        out.append(ASCII.quote)
      }
      out.append(0x3E)
    }
    if tag.isVoid { return }
    if isWritten { written += 1 }
    open.append((tag, isWritten))
  }

  private mutating func end(_ element: (tag: HTMLTag, isWritten: Bool)) {
    guard element.isWritten else { return }
    written -= 1
    out += "</".utf8
    out += element.tag.rawValue.utf8
    out.append(0x3E)
  }

  private mutating func close(_ tag: HTMLTag) {
    guard Self.allowed.contains(tag), let level = open.suffix(256).lastIndex(where: { $0.tag == tag }) else {
      return
    }
    while open.count > level { end(open.removeLast()) }
  }

  private mutating func endImplied(_ ending: HTMLTag.Ending) {
    for element in open.suffix(32).reversed() {
      if ending.tags.contains(element.tag) { return close(element.tag) }
      if ending.within.contains(element.tag) { return }
    }
  }

  private static let allowed: Set<HTMLTag> = [
    .a, .abbr, .address, .article, .aside, .b, .bdi, .bdo, .big, .blockquote, .br, .caption, .center, .cite,
    .code, .col,
    .colgroup, .dd, .del, .dfn, .div, .dl, .dt, .em, .figcaption, .figure, .font, .footer, .h1, .h2, .h3, .h4,
    .h5, .h6,
    .header, .hr, .i, .img, .ins, .kbd, .li, .main, .mark, .nav, .ol, .p, .pre, .q, .rp, .rt, .ruby, .s,
    .samp, .section,
    .small, .span, .strike, .strong, .sub, .sup, .table, .tbody, .td, .tfoot, .th, .thead, .time, .tr, .tt,
    .u, .ul, .var,
    .wbr,
  ]

  // MARK: Attributes

  private mutating func attributes(_ token: HTMLDocument.Token) -> [(name: String, value: String)] {
    guard !token.range.isEmpty else { return [] }
    var found = [(name: String, value: String)]()
    for (name, value) in document.attributes(token) {
      switch name {
      case "href" where token.tag == .a:
        if let url = SafeURL.link(value) { found.append((name, url)) }
      case "src" where token.tag == .img:
        if let url = SafeURL.image(value, remote: remoteImages) { found.append((name, url)) }
      case "style":
        let style = style(value)
        if !style.isEmpty { found.append((name, style)) }
      case _ where Self.plain.contains(name) && value.utf8.count <= 1024:
        found.append((name, value))
      default: break
      }
    }
    if token.tag == .a, found.contains(where: { $0.name == "href" }) {
      found.append(("rel", "noopener noreferrer nofollow"))
      found.append(("target", "_blank"))
    }
    return found
  }

  /// The cells of a table mostly have the same one.
  private mutating func style(_ value: String) -> String {
    if let known = styles[value] { return known }
    let style = SafeStyle.filter(value)
    if styles.count < Self.stylesMax { styles[value] = style }
    return style
  }

  private static let stylesMax = 256

  /// Attributes whose values cannot do anything.
  private static let plain: Set<String> = [
    "abbr", "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "color", "cols", "colspan",
    "datetime", "dir",
    "face", "height", "hspace", "lang", "noshade", "nowrap", "reversed", "rows", "rowspan", "rules", "scope",
    "size", "span",
    "start", "summary", "title", "type", "valign", "vspace", "width",
  ]
}
