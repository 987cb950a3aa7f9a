import Foundation
import Testing
import stubgen

/// The repository that this file stands in.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().path

@Suite struct GeneratedFilesTests {
  @Test(.timeLimit(.minutes(1)))
  func `the committed files are what the document generates`() throws {
    #expect(try Stubgen.stale(root: repository) == [], "run: swift run stubgen --write")
  }

  @Test func `two runs write the same`() throws {
    let first = try Stubgen.files(root: repository)
    let second = try Stubgen.files(root: repository)
    #expect(first.map(\.path) == second.map(\.path))
    #expect(first.map(\.text) == second.map(\.text))
    #expect(Set(first.map(\.path)).count == first.count)
  }

  @Test func `a file that is missing, changed or left over is stale, and writing mends it`() throws {
    let root = try temporaryCopy()
    defer { try? FileManager.default.removeItem(atPath: root) }
    let all = try Stubgen.files(root: root).map(\.path)
    #expect(try Stubgen.stale(root: root) == all)
    #expect(try Stubgen.write(root: root) == all)
    #expect(try Stubgen.stale(root: root) == [])

    let mail = "Sources/PostroomAPI/Generated/Mail.swift"
    let python = "clients/python/postroom/_generated.py"
    let other = "clients/python/postroom/_generated_async.py"
    let typescript = "clients/typescript/src/generated.ts"
    let go = "clients/go/internal/dispatch/dispatch.go"
    let old = "Sources/PostroomAPI/Generated/Telegraph.swift"
    try "// changed by hand\n".write(toFile: "\(root)/\(mail)", atomically: true, encoding: .utf8)
    try FileManager.default.removeItem(atPath: "\(root)/\(python)")
    for path in [other, typescript, go] {
      try "by hand\n".write(toFile: "\(root)/\(path)", atomically: true, encoding: .utf8)
    }
    try "// of a noun that is gone\n".write(toFile: "\(root)/\(old)", atomically: true, encoding: .utf8)
    #expect(try Stubgen.stale(root: root) == [mail, python, other, typescript, go, old])
    #expect(try Stubgen.write(root: root) == [mail, python, other, typescript, go, old])
    #expect(try Stubgen.stale(root: root) == [])
    #expect(!FileManager.default.fileExists(atPath: "\(root)/\(old)"))
  }

  @Test func `a change of the document makes files stale`() throws {
    let root = try temporaryCopy()
    defer { try? FileManager.default.removeItem(atPath: root) }
    _ = try Stubgen.write(root: root)
    let path = root + "/protocol/openrpc.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let changed = text.replacing("Stops syncing and sending; what is stored stays.", with: "Stops.")
    #expect(changed != text)
    try changed.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(
      try Stubgen.stale(root: root) == [
        "Sources/PostroomAPI/Generated/Document.swift", "Sources/PostroomAPI/Generated/Mailbox.swift",
        "clients/swift/Sources/PostroomClient/Generated/MailboxCalls.swift",
        "clients/python/postroom/_generated.py", "clients/python/postroom/_generated_async.py",
        "clients/typescript/src/generated.ts", "clients/go/generated.go", "docs/reference.md",
      ])
  }

  /// Files that would be forgotten if a generator did not name them.
  @Test(arguments: [
    "Sources/PostroomAPI/Generated/Mail.swift",
    "clients/swift/Sources/PostroomClient/Generated/MailCalls.swift",
    "clients/python/postroom/_generated.py", "clients/python/postroom/_generated_async.py",
    "clients/typescript/src/generated.ts", "clients/typescript/conformance/dispatch.ts",
    "clients/go/generated.go",
    "clients/go/internal/dispatch/dispatch.go", "protocol/errors.md",
  ])
  func `every client has its file`(path: String) throws {
    let files = try Stubgen.files(root: repository).filter { $0.path == path }
    #expect(files.count == 1)
    let text = try #require(files.first).text
    #expect(text.prefix(90).contains("Do not edit."))
    #expect(!text.contains("\t\n") && !text.split(separator: "\n").contains { $0.hasSuffix(" ") })
  }

  @Test func `a document with breaches generates nothing`() throws {
    let root = try temporaryCopy()
    defer { try? FileManager.default.removeItem(atPath: root) }
    let path = root + "/protocol/openrpc.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing("\"1.3.2\"", with: "\"1.0.0\"").write(toFile: path, atomically: true, encoding: .utf8)
    let error = #expect(throws: DocumentProblems.self) { try Stubgen.files(root: root) }
    #expect(error?.problems.contains("openrpc: must be 1.3.2") == true)
  }

  /// A folder of its own with the document only.
  private func temporaryCopy() throws -> String {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("stubgen-\(UUID())")
    try FileManager.default.createDirectory(
      at: root.appendingPathComponent("protocol"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: repository + "/protocol/openrpc.json", toPath: root.path + "/protocol/openrpc.json")
    return root.path
  }
}
