import Foundation
import Glibc
import Testing

@testable import MIME

/// HTML that ran, fetched or deceived in other programs (`Fixtures/html`, one file an attack).
@Suite struct HostileHTMLTests {
  struct Attack: Sendable, CustomTestStringConvertible {
    let name: String
    let html: String
    var testDescription: String { name }

    static let all: [Attack] = {
      let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Fixtures/html")
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      return files.filter { $0.hasSuffix(".html") }.sorted().map { file in
        let bytes = FileManager.default.contents(atPath: folder.appendingPathComponent(file).path) ?? Data()
        return Attack(name: String(file.dropLast(5)), html: String(decoding: bytes, as: UTF8.self))
      }
    }()
  }

  @Test func `the attacks are there`() { #expect(Attack.all.count >= 45) }

  @Test(arguments: Attack.all)
  func `B8: nothing of an attack is left that runs, fetches or covers`(_ attack: Attack) {
    let safe = HTMLSanitizer.sanitize(attack.html)
    for tag in Self.tags(safe) {
      #expect(Self.elements.contains(tag.name), "\(tag.name)")
      for (name, value) in tag.attributes {
        #expect(Self.attributes.contains(name), "\(tag.name) \(name)")
        let lower = value.lowercased()
        if name == "href" {
          #expect(["http://", "https://", "mailto:", "tel:"].contains { lower.hasPrefix($0) }, "\(value)")
        }
        if name == "src" { #expect(lower.hasPrefix("cid:") || lower.hasPrefix("data:image/"), "\(value)") }
        if name == "src" { #expect(!lower.contains("svg") && !lower.contains("html"), "\(value)") }
        if name == "style" {
          for word in ["url", "position", "expression", "var(", "\\", "@", "behavior", "animation", "/*"] {
            #expect(!lower.contains(word), "\(value)")
          }
        }
      }
    }
    #expect(HTMLSanitizer.sanitize(safe) == safe)
    _ = HTMLText.text(attack.html)
  }

  /// A strict reader of what may come out: `<name attribute="value" …>`, nothing else.
  static func tags(_ html: String) -> [(name: String, attributes: [(String, String)])] {
    var found = [(name: String, attributes: [(String, String)])]()
    for piece in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
      guard let end = piece.firstIndex(of: ">") else {
        Issue.record("a tag without an end: \(piece)")
        continue
      }
      var rest = piece[..<end]
      if rest.first == "/" { continue }
      let name = rest.prefix { $0 != " " }
      rest = rest.dropFirst(name.count)
      var attributes = [(String, String)]()
      while rest.first == " " {
        rest = rest.dropFirst()
        guard let equals = rest.range(of: "=\""), let quote = rest[equals.upperBound...].firstIndex(of: "\"")
        else {
          Issue.record("an attribute without a quoted value: \(rest)")
          break
        }
        attributes.append((String(rest[..<equals.lowerBound]), String(rest[equals.upperBound..<quote])))
        rest = rest[rest.index(after: quote)...]
      }
      #expect(rest.isEmpty)
      found.append((String(name), attributes))
    }
    return found
  }

  private static let elements: Set<String> = Set(
    """
    a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl \
    dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt \
    ruby s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr
    """.split(separator: " ").map(String.init))

  private static let attributes: Set<String> = Set(
    """
    abbr align alt bgcolor border cellpadding cellspacing color cols colspan datetime dir face height href hspace lang \
    noshade nowrap rel reversed rows rowspan rules scope size span src start style summary target title type valign \
    vspace width
    """.split(separator: " ").map(String.init))

  /// EFAIL: what one part leaves open must not take in what another part says.
  @Test func `B9: parts are sanitised each on its own`() {
    let body = parsed(
      """
      Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: text/html

      <img src="https://canary.invalid/
      --b
      Content-Type: text/plain

      the secret
      --b
      Content-Type: text/html

      "><p>after
      --b--
      """
    ).body(remoteImages: true)
    let html = body.safeHTML ?? ""
    #expect(!html.contains("canary"))
    #expect(html.contains("<div style=\"white-space: pre-wrap\">the secret</div>"))
    #expect(html.contains("<p>after</p>"))
    // Elements that one part leaves open end with it.
    let open = parsed(
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<table><tr><td><b>one\n"
        + "--b\nContent-Type: text/html\n\n</b></td>two\n--b--\n"
    ).body()
    #expect(open.safeHTML == "<table><tr><td><b>one</b></td></tr></table>\ntwo")
  }

  @Test func `pictures that come with the mail are found by their cid`() {
    let message = parsed(
      """
      Content-Type: multipart/related; boundary=b

      --b
      Content-Type: text/html

      <img src="cid:part1.A%40example.com"><img src="CID:two@example.com">
      --b
      Content-Type: image/png
      Content-ID: <part1.A@example.com>

      --b
      Content-Type: image/png
      Content-ID: <two@example.com>

      --b--
      """)
    let named = Self.tags(message.body().safeHTML ?? "").flatMap(\.attributes).filter { $0.0 == "src" }.map(
      \.1)
    #expect(named == ["cid:part1.A@example.com", "cid:two@example.com"])
    #expect(Set(message.attachments.compactMap(\.cid)) == Set(named.map { String($0.dropFirst(4)) }))
  }

  @Test(
    .timeLimit(.minutes(5)),
    arguments: [
      ("<div>", 100_000), ("<b>", 20_000), ("<blockquote>", 20_000), ("<ul><li>", 20_000),
      ("<table><tr><td>", 20_000), ("<x>", 20_000), ("<a href=https://x>", 20_000),
    ])
  func `elements within elements cost time in proportion`(_ tag: String, _ levels: Int) {
    func read(_ n: Int) {
      let html = String(repeating: tag, count: n) + "x"
      _ = HTMLSanitizer.sanitize(html)
      _ = ReplySplitter.split(HTMLText.lines(html))
    }
    Doubling.check({ read(levels / 2) }, { read(levels) })
  }
}
