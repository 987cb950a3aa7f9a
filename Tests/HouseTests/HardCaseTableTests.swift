import Foundation
import Testing

/// `docs/hard-cases.md` names tests that there are.
@Suite struct HardCaseTableTests {
  private static let rows = (1...22).map { "A\($0)" } + (1...12).map { "B\($0)" } + (1...11).map { "C\($0)" }

  /// The names of the tests in each file called `NAME.swift`, wherever it is.
  private static func tests() throws -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    let folder = ImportTableTests.root.appending(path: "Tests").path
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) where path.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
      let name = String(path.split(separator: "/").last?.dropLast(6) ?? "")
      for piece in text.split(separator: "func `").dropFirst() {
        guard let end = piece.firstIndex(of: "`") else { continue }
        found[name, default: []].insert(String(piece[..<end]))
      }
    }
    return found
  }

  @Test func `every row has a test, and every test that is named exists`() throws {
    let tests = try Self.tests()
    let page = try String(
      contentsOf: ImportTableTests.root.appending(path: "docs/hard-cases.md"), encoding: .utf8)
    var rows: [String] = []
    for line in page.split(separator: "\n") where line.hasPrefix("| ") && !line.hasPrefix("| |") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: true).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard cells.count == 3 else {
        Issue.record("not three cells: \(line)")
        continue
      }
      rows.append(cells[0])
      var named = 0
      for piece in cells[2].split(separator: ";") {
        // `File`: name. What follows a full stop is for people.
        let parts = piece.split(separator: "`", maxSplits: 2).map(String.init)
        guard let file = parts.first(where: { !$0.trimmingCharacters(in: .whitespaces).isEmpty }),
          parts.count > 1
        else {
          continue
        }
        let rest = parts.last?.drop { $0 == ":" || $0 == " " } ?? ""
        let name = rest.components(separatedBy: ". ").first ?? ""
        #expect(tests[file]?.contains(name) == true, "\(cells[0]): \(file) has no test “\(name)”")
        named += 1
      }
      #expect(named > 0, "\(cells[0]) has no test")
    }
    #expect(rows == Self.rows)
  }
}
