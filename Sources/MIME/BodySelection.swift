/// Which parts are a mail's text, and which are attachments (RFC 2046 §5.1, RFC 2387, RFC 2183).
struct BodySelection {
  /// Parts that belong one after the other: as text, and as HTML where there is any.
  struct Segment {
    var text: [Int] = []
    var html: [Int] = []
  }

  private(set) var segments: [Segment] = []
  private(set) var attachments: [Int] = []
  private let parts: [Part]

  init(_ parts: [Part]) {
    self.parts = parts
    segments = select(0)
    // Files within the texts that are shown.
    if let last = parts.last, last.isEmbedded {
      let texts = Set(segments.flatMap(\.text))
      attachments += parts.reversed().prefix { $0.isEmbedded }.filter { texts.contains($0.parent ?? -1) }.map(
        \.index)
    }
    attachments.sort()
  }

  /// Never deeper than the parser's own limit.
  private mutating func select(_ index: Int) -> [Segment] {
    let part = parts[index]
    guard part.contentType.isMultipart, !part.isLeaf else { return leaf(part) }
    switch part.contentType.subtype {
    case "alternative": return alternative(part)
    case "related": return related(part)
    case "signed", "report": return firstOnly(part)
    case "encrypted":
      attachments += part.children
      return []
    default: return part.children.flatMap { select($0) }
    }
  }

  /// The last text and the last HTML among the children; other kinds of text are the same again.
  private mutating func alternative(_ part: Part) -> [Segment] {
    var text: [Segment] = []
    var html: [Segment] = []
    for child in part.children {
      let found = select(child)
      if found.contains(where: { !$0.html.isEmpty }) { html = found } else if !found.isEmpty { text = found }
    }
    if html.isEmpty { return text }
    if text.isEmpty { return html }
    return [
      Segment(
        text: text.flatMap(\.text), html: html.flatMap { $0.html.isEmpty ? $0.text : $0.html })
    ]
  }

  private mutating func related(_ part: Part) -> [Segment] {
    let start = part.contentType.parameters.text("start")
    let root =
      part.children.first { child in
        start != nil && parts[child].headers.text("Content-ID") == start
      } ?? part.children.first { parts[$0].contentType.isMultipart || parts[$0].contentType.type == "text" }
    var found: [Segment] = []
    for child in part.children {
      if child == root {
        found = select(child)
      } else if parts[child].contentType.isMultipart, !parts[child].isLeaf {
        _ = select(child)
      } else {
        attachments.append(child)
      }
    }
    return found
  }

  private mutating func firstOnly(_ part: Part) -> [Segment] {
    attachments += part.children.dropFirst()
    return part.children.first.map { select($0) } ?? []
  }

  private mutating func leaf(_ part: Part) -> [Segment] {
    let type = part.contentType
    let isAlternative = part.parent.map { parts[$0].contentType.subtype == "alternative" } ?? false
    let isAttachment = part.disposition?.kind == .attachment
    let hasName = part.disposition?.parameters.text("filename") != nil || type.parameters.text("name") != nil
    // A further text with a name is a file, even if it is said to be shown in place.
    let isBody = !isAttachment && (!hasName || part.parent == nil || isAlternative || part.number == 1)
    if type.isMultipart || type.isText("plain"), isBody { return [Segment(text: [part.index])] }
    if type.isText("html"), isBody { return [Segment(html: [part.index])] }
    if type.type == "text", part.parent == nil, !isAttachment, !type.isText("calendar") {
      return [Segment(text: [part.index])]
    }
    if isAlternative, !isAttachment, type.type == "text", !type.isText("calendar") { return [] }
    attachments.append(part.index)
    return []
  }
}
