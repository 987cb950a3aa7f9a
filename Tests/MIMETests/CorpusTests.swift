import Foundation
import Testing

@testable import MIME

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Mails of other projects' tests: read as those want it, or with a reason in docs/mime-corpus.md; and as Python's
/// `email` reads them, or with a reason there.
@Suite(.enabled(if: Corpus.folder != nil), .timeLimit(.minutes(5))) struct CorpusTests {
  @Test func `every difference to Python's email is explained`() throws {
    guard PythonEmail.isThere else { return }
    #expect(Corpus.mails.count > 200)
    let theirs = try PythonEmail.theirs(Corpus.mails.map { ($0.name, $0.path) })
    try PythonEmail.compare(
      Corpus.mails.map { ($0.name, $0.octets) }, theirs, explainedIn: "mime-corpus.md")
  }

  /// Structure, fields and decoded octets, as the files beside the mails of mime4j have them.
  @Test func `mime4j's expectations hold, or it is said why not`() throws {
    let explained = try PythonEmail.explained(in: "mime-corpus.md").filter { $0.contains(" mime4j") }
    var differences = Set<String>()
    var compared = 0
    for mail in Corpus.mails where mail.name.hasPrefix("mime4j/") {
      let base = String(mail.path.dropLast(4))
      guard let xml = FileManager.default.contents(atPath: base + "_decoded.xml"),
        let wanted = ExpectedTree(xml, files: URL(fileURLWithPath: mail.path).deletingLastPathComponent())
      else { continue }
      compared += 1
      let found = ExpectedTree(ParsedMessage(mail.octets))
      for (aspect, ours, theirs) in [
        ("mime4j-tree", found.tree, wanted.tree), ("mime4j-fields", found.fields, wanted.fields),
        ("mime4j-octets", found.octets, wanted.octets),
      ] where ours != theirs {
        let key = "\(mail.name) \(aspect)"
        differences.insert(key)
        if !explained.contains(key) {
          Issue.record(
            "\(key):\n\(ours.joined(separator: "\n"))\n--- there:\n\(theirs.joined(separator: "\n"))")
        }
      }
    }
    #expect(compared > 60)
    #expect(explained.subtracting(differences).sorted() == [], "explained, and no difference any more")
  }

  @Test func `no mail loses octets, and all are read whole and by pieces`() {
    for mail in Corpus.mails {
      let message = ParsedMessage(mail.octets)
      #expect(message.raw == mail.octets)
      for part in message.parts where part.isLeaf {
        var pieces: [UInt8] = []
        message.eachPiece(of: part.index) { pieces += $0 }
        #expect(pieces == message.decoded(part.index), "\(mail.name)")
      }
      HostileTests.readAll(mail.octets)
    }
  }
}

/// A mail's tree, in the words in which mime4j's files tell it.
private struct ExpectedTree {
  /// One for each entity: its depth and kind.
  var tree: [String] = []
  /// The root's fields, unfolded.
  var fields: [String] = []
  /// The decoded octets of the leaves, in hexadecimal digits, cut behind 2,000; line ends at the end left out.
  var octets: [String] = []

  init?(_ xml: Data, files: URL) {
    let reader = Reader()
    let parser = XMLParser(data: xml)
    parser.delegate = reader
    guard parser.parse() else { return nil }
    tree = reader.tree
    fields = reader.fields
    octets = reader.files.map {
      Self.shown(
        [UInt8](FileManager.default.contents(atPath: files.appendingPathComponent($0).path) ?? Data()))
    }
  }

  init(_ message: ParsedMessage) {
    for part in message.parts where !part.isEmbedded {
      if part.isLeaf {
        tree.append("\(part.depth) body")
        octets.append(Self.shown(message.decoded(part.index)))
      } else {
        tree.append("\(part.depth) \(part.contentType.isMultipart ? "multipart" : "message")")
      }
    }
    for field in message.headerBlock.unfoldedFields {
      fields.append(Self.unfolded("\(field.name):" + String(decoding: field.value, as: UTF8.self)))
    }
  }

  private static func shown(_ octets: [UInt8]) -> String {
    var octets = octets.filter { $0 != 0x0D }[...]
    while octets.last == 0x0A { octets = octets.dropLast() }
    return octets.prefix(2000).map { String($0, radix: 16) }.joined(separator: " ")
  }

  /// Without white space: how a field is folded is not compared.
  static func unfolded(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined() }

  private final class Reader: NSObject, XMLParserDelegate {
    var tree: [String] = []
    var fields: [String] = []
    var files: [String] = []
    private var depth = -1
    private var text = ""
    private var headers = 0

    func parser(
      _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String] = [:]
    ) {
      text = ""
      switch element {
      case "message":
        if depth >= 0 { tree.append("\(depth) message") }
        depth += 1
      case "body-part": depth += 1
      case "multipart": tree.append("\(depth) multipart")
      case "text-body", "binary-body":
        tree.append("\(depth) body")
        if let name = attributes["name"] { files.append(name) }
      case "header": headers += 1
      default: break
      }
    }

    func parser(_ parser: XMLParser, foundCharacters more: String) { text += more }

    func parser(
      _ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?
    ) {
      switch element {
      case "message", "body-part": depth -= 1
      case "field" where headers == 1: fields.append(ExpectedTree.unfolded(text))
      default: break
      }
    }
  }
}
