internal import Bytes

/// The elements this package treats in a way of their own; all others are `unknown`.
enum HTMLTag: String, CaseIterable, Sendable {
  case unknown
  case a, abbr, address, article, aside, b, base, bdi, bdo, big, blockquote, body, br, button, caption,
    center, cite, code
  case col, colgroup, dd, del, dfn, dialog, div, dl, dt, em, embed, fieldset, figcaption, figure, font,
    footer, form
  case frame, frameset, h1, h2, h3, h4, h5, h6, head, header, hr, html, i, iframe, img, input, ins, kbd, li,
    link, main
  case mark, math, meta, nav, noembed, noframes, noscript, object, ol, option, p, param, plaintext, pre, q,
    rp, rt, ruby
  case s, samp, script, section, select, small, source, span, strike, strong, style, sub, sup, svg, table,
    tbody, td
  case template, textarea, tfoot, th, thead, time, title, tr, track, tt, u, ul, `var`, wbr, xmp

  private static let byName: [String: HTMLTag] = Dictionary(
    uniqueKeysWithValues: allCases.filter { $0 != .unknown }.map { ($0.rawValue, $0) })

  init(name: ArraySlice<UInt8>) {
    let lower = name.count > 10 ? [] : ASCII.lowercased(name)
    self = Self.byName[String(decoding: lower, as: UTF8.self)] ?? .unknown
  }

  /// Has no content and no end tag.
  var isVoid: Bool {
    switch self {
    case .base, .br, .col, .embed, .frame, .hr, .img, .input, .link, .meta, .param, .source, .track, .wbr:
      true
    default: false
    }
  }

  /// Its content is no markup: it goes up to the end tag of the same name.
  var isRawText: Bool {
    switch self {
    case .iframe, .noembed, .noframes, .noscript, .plaintext, .script, .style, .textarea, .title, .xmp: true
    default: false
    }
  }

  /// Nothing inside of it is text for a reader.
  var isDropped: Bool {
    switch self {
    case .button, .dialog, .embed, .frame, .frameset, .head, .math, .object, .option, .select, .svg,
      .template:
      true
    default: isRawText
    }
  }

  /// Begins and ends a line.
  var isBlock: Bool {
    switch self {
    case .address, .article, .aside, .blockquote, .body, .caption, .center, .dd, .div, .dl, .dt, .fieldset,
      .figcaption,
      .figure, .footer, .form, .h1, .h2, .h3, .h4, .h5, .h6, .header, .hr, .html, .li, .main, .nav, .ol, .p,
      .pre,
      .section, .table, .tbody, .tfoot, .thead, .tr, .ul:
      true
    default: false
    }
  }

  /// Has a blank line above and below.
  var isParagraph: Bool {
    switch self {
    case .p, .h1, .h2, .h3, .h4, .h5, .h6, .ol, .ul, .pre, .blockquote, .dl: true
    default: false
    }
  }

  /// The open elements that a start tag of this kind ends, and those behind which none is looked for.
  struct Ending: Sendable {
    let tags: Set<HTMLTag>
    let within: Set<HTMLTag>
  }

  var ending: Ending? { Self.endings[self] }

  private static let endings: [HTMLTag: Ending] = {
    var table: [HTMLTag: Ending] = [
      .li: Ending(tags: [.li], within: [.ul, .ol, .table]),
      .tr: Ending(tags: [.tr], within: [.table, .tbody, .thead, .tfoot]),
    ]
    for tag in [HTMLTag.dt, .dd] { table[tag] = Ending(tags: [.dt, .dd], within: [.dl, .table]) }
    for tag in [HTMLTag.td, .th] { table[tag] = Ending(tags: [.td, .th], within: [.tr, .table]) }
    for tag in [HTMLTag.tbody, .thead, .tfoot] {
      table[tag] = Ending(tags: [.tbody, .thead, .tfoot], within: [.table])
    }
    for tag in [HTMLTag.p, .div, .ul, .ol, .table, .h1, .h2, .h3, .h4, .h5, .h6, .blockquote, .pre, .hr] {
      table[tag] = Ending(tags: [.p], within: [.td, .th, .table, .div, .li, .blockquote, .body])
    }
    return table
  }()
}
