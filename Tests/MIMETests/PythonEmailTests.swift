import Foundation
import Testing

@testable import MIME

/// The fixtures as Python's `email` (policy default) reads them: every difference is explained in docs/mime.md.
@Suite struct PythonEmailTests {
  private static let python = "/usr/bin/python3"

  /// What one reader found: `NAME ASPECT` and the value.
  private typealias Findings = [String: String]

  @Test func `every difference to Python's email is explained`() throws {
    guard FileManager.default.isExecutableFile(atPath: Self.python) else { return }
    let theirs = try Self.theirs()
    let explained = try Self.explained()
    var differences = Set<String>()
    for fixture in EMLFixture.all {
      let ours = Self.ours(fixture)
      for key in Set(ours.keys).union(theirs.keys.filter { $0.hasPrefix(fixture.name + " ") })
      where ours[key] != theirs[key] {
        differences.insert(key)
        if !explained.contains(key) {
          Issue.record("\(key): \(ours[key] ?? "nothing") here, \(theirs[key] ?? "nothing") there")
        }
      }
    }
    #expect(explained.subtracting(differences).sorted() == [], "explained, and no difference any more")
  }

  private static func ours(_ fixture: EMLFixture) -> Findings {
    let message = ParsedMessage(fixture.mail)
    let parts = message.parts.filter { !$0.isEmbedded }
    var found: Findings = [:]
    func add(_ aspect: String, _ value: String) { found[fixture.name + " " + aspect] = value }
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

  private static func theirs() throws -> Findings {
    let script = """
      import base64, email, email.policy, json, os, sys
      found = {}
      folder = sys.argv[1]
      for file in sorted(os.listdir(folder)):
          if not file.endswith(".eml"):
              continue
          name = file[:-4]
          def add(aspect, make):
              try:
                  found[name + " " + aspect] = make()
              except Exception as e:
                  found[name + " " + aspect] = type(e).__name__
          m = email.message_from_bytes(open(os.path.join(folder, file), "rb").read(), policy=email.policy.default)
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
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-c", script, EMLFixture.folder.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try #require(JSONSerialization.jsonObject(with: output) as? Findings)
  }

  /// The rows of the table: `| fixture | aspects | why |`.
  private static func explained() throws -> Set<String> {
    let file = EMLFixture.folder.appendingPathComponent("../../../docs/mime.md").standardizedFileURL
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
}
