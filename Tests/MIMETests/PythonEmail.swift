import Foundation
import Testing

@testable import MIME

/// What Python's `email` (policy default) and this parser read in mails, to be compared.
enum PythonEmail {
  static let program = "/usr/bin/python3"
  static var isThere: Bool { FileManager.default.isExecutableFile(atPath: program) }

  /// What one reader found: `NAME ASPECT` and the value.
  typealias Findings = [String: String]

  /// What this parser reads: subject, addresses, the parts' types in order, texts and octets of the leaves.
  static func ours(_ name: String, _ mail: [UInt8]) -> Findings {
    let message = ParsedMessage(mail)
    let parts = message.parts.filter { !$0.isEmbedded }
    var found: Findings = [:]
    func add(_ aspect: String, _ value: String) { found[name + " " + aspect] = value }
    add("subject", message.headers.subject.split(separator: " ").joined(separator: " "))
    add("from", message.headers.from.map(\.email).joined(separator: ","))
    add("to", message.headers.to.map(\.email).joined(separator: ","))
    add("types", parts.map(\.contentType.mediaType).joined(separator: ","))
    for (n, part) in parts.enumerated() where part.isLeaf {
      if part.contentType.type == "text" {
        add("text\(n)", trimmed(message.text(part.index).text))
      } else {
        add("octets\(n)", Data(message.decoded(part.index)).base64EncodedString())
      }
    }
    return found
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.last == "\n" { text = text.dropLast() }
    return String(text)
  }

  /// What Python reads in files, by their names.
  static func theirs(_ files: [(name: String, path: String)]) throws -> Findings {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["-c", script]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let names = files.map { "\($0.name)\t\($0.path)\n" }.joined()
    try input.fileHandleForWriting.write(contentsOf: Data(names.utf8))
    try input.fileHandleForWriting.close()
    let found = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try #require(JSONSerialization.jsonObject(with: found) as? Findings)
  }

  private static let script = """
    import base64, email, email.policy, json, sys
    found = {}
    for line in sys.stdin.read().split("\\n"):
        if not line:
            continue
        name, path = line.split("\\t")
        def add(aspect, make):
            try:
                found[name + " " + aspect] = make()
            except Exception as e:
                found[name + " " + aspect] = type(e).__name__
        m = email.message_from_bytes(open(path, "rb").read(), policy=email.policy.default)
        clean = lambda s: str(s).encode("utf-8", "replace").decode()
        add("subject", lambda: " ".join(clean(m["subject"] or "").split()))
        for field in ("from", "to"):
            add(field, lambda: ",".join(clean(a.addr_spec) for a in m[field].addresses) if m[field] else "")
        parts = list(m.walk())
        add("types", lambda: ",".join(p.get_content_type() for p in parts))
        for n, p in enumerate(parts):
            if p.is_multipart():
                continue
            if p.get_content_maintype() == "text":
                add(f"text{n}", lambda: clean(p.get_content()).replace("\\r\\n", "\\n").replace("\\r", "\\n").rstrip("\\n"))
            else:
                add(f"octets{n}", lambda: base64.b64encode(p.get_payload(decode=True) or b"").decode())
    json.dump(found, sys.stdout)
    """

  /// The rows of a table of a document: `| name | aspects | why |`.
  static func explained(in document: String) throws -> Set<String> {
    let file = EMLFixture.folder.appendingPathComponent("../../../docs/\(document)").standardizedFileURL
    var keys = Set<String>()
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 3 else { continue }
      let name = cells[0].trimmingCharacters(in: ["`"])
      for aspect in cells[1].split(separator: " ") { keys.insert("\(name) \(aspect)") }
    }
    return keys
  }

  /// `text3` and the like are also explained by `parts`, which stands for what a part more or less brings with it.
  private static func row(_ key: String, in explained: Set<String>) -> String? {
    if explained.contains(key) { return key }
    guard let space = key.lastIndex(of: " ") else { return nil }
    let aspect = key[space...].dropFirst()
    let isOfParts = aspect == "types" || aspect.hasPrefix("text") || aspect.hasPrefix("octets")
    let all = key[...space] + "parts"
    return isOfParts && explained.contains(String(all)) ? String(all) : nil
  }

  /// Compares what both found, and holds the differences against the table in `document`.
  static func compare(
    _ mails: [(name: String, mail: [UInt8])], _ theirs: Findings, explainedIn document: String
  ) throws {
    let explained = try explained(in: document).filter { !$0.contains(" mime4j") }
    var differences = Set<String>()
    for (name, mail) in mails {
      let ours = ours(name, mail)
      for key in Set(ours.keys).union(theirs.keys.filter { $0.hasPrefix(name + " ") })
      where ours[key] != theirs[key] {
        let row = row(key, in: explained)
        differences.insert(row ?? key)
        if row == nil {
          Issue.record("\(key): \(ours[key] ?? "nothing") here, \(theirs[key] ?? "nothing") there")
        }
      }
    }
    #expect(explained.subtracting(differences).sorted() == [], "explained, and no difference any more")
  }
}
