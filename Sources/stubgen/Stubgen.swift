import Foundation

/// Writes everything that is generated from `protocol/openrpc.json`, or checks that it is up to date; checks that
/// the document is compatible with the ones that were released.
@main
package struct Stubgen {
  package static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    var root = "."
    var mode: String?
    var index = arguments.startIndex
    while index < arguments.endIndex {
      switch arguments[index] {
      case "--check", "--write", "--compatible": mode = arguments[index]
      case "--root" where index + 1 < arguments.endIndex:
        index += 1
        root = arguments[index]
      default: mode = nil
      }
      index += 1
    }
    guard let mode else {
      complain("usage: stubgen --check|--write|--compatible [--root DIR]")
      exit(64)
    }
    do {
      if mode == "--compatible" {
        let problems = try incompatibilities(root: root)
        for problem in problems { complain(problem) }
        if !problems.isEmpty { exit(1) }
        return
      }
      let stale = try mode == "--check" ? stale(root: root) : write(root: root)
      if mode == "--check", !stale.isEmpty {
        for path in stale { complain("stale: \(path)") }
        complain("run: stubgen --write")
        exit(1)
      }
    } catch {
      complain("stubgen: \(error)")
      exit(1)
    }
  }

  /// All generated files, as they must be for the document in `root`.
  package static func files(root: String) throws -> [GeneratedFile] {
    let text = try String(contentsOfFile: root + "/protocol/openrpc.json", encoding: .utf8)
    let node = try JSONNode(parsing: text)
    let problems = DocumentRules.problems(node)
    guard problems.isEmpty else { throw DocumentProblems(problems: problems) }
    let document = try DocumentReader.read(node)
    return try SwiftServer(document).files() + SwiftClient(document).files() + PythonClient(document).files()
      + TypeScriptClient(document).files() + GoClient(document).files() + ErrorsPage(document).files()
      + SwiftExamples(document, node).files() + SwiftConformance(document).files()
      + ReferencePage(document, node).files() + ConsoleFiles.files(root: root)
  }

  /// Paths that are missing, differ, or stand in a generated folder without being generated.
  package static func stale(root: String) throws -> [String] {
    let files = try files(root: root)
    var stale = files.filter { file in
      // A file that cannot be read is as good as one that differs.
      (try? String(contentsOfFile: root + "/" + file.path, encoding: .utf8)) != file.text
    }.map(\.path)
    stale += try leftovers(files, root: root)
    return stale
  }

  /// How the document breaks with the newest released one that it must be compatible with; empty when it does not,
  /// and when there is none: the first document of a new version may change everything.
  package static func incompatibilities(root: String) throws -> [String] {
    func node(_ path: String) throws -> JSONNode {
      try JSONNode(parsing: String(contentsOfFile: "\(root)/protocol/\(path)", encoding: .utf8))
    }
    let document = try node("openrpc.json")
    let text = document["info"]?["version"]?.text ?? ""
    guard let version = DocumentVersion(text) else {
      return ["info.version: \(text) is not major.minor.patch"]
    }
    let released = try FileManager.default.contentsOfDirectory(atPath: "\(root)/protocol/released")
      .filter { $0.hasSuffix(".json") }.compactMap { DocumentVersion(String($0.dropLast(5))) }
    if let newest = released.max(), version < newest {
      return ["info.version: \(newest) was released already"]
    }
    guard let baseline = Compatibility.baseline(of: version, in: released) else { return [] }
    let problems = Compatibility.problems(old: try node("released/\(baseline).json"), new: document)
    if problems.isEmpty { return [] }
    return problems + ["openrpc.json is not compatible with released/\(baseline).json: raise info.version"]
  }

  /// Writes what differs and removes what is left over. Returns the paths it touched.
  package static func write(root: String) throws -> [String] {
    let files = try files(root: root)
    let paths = try stale(root: root)
    for path in paths {
      let full = root + "/" + path
      if let file = files.first(where: { $0.path == path }) {
        try FileManager.default.createDirectory(
          atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try file.text.write(toFile: full, atomically: true, encoding: .utf8)
      } else {
        try FileManager.default.removeItem(atPath: full)
      }
    }
    return paths
  }

  private static func leftovers(_ files: [GeneratedFile], root: String) throws -> [String] {
    let wanted = Set(files.map(\.path))
    let folders = Set(
      wanted.filter { $0.contains("/Generated/") }.map { ($0 as NSString).deletingLastPathComponent })
    var left = [String]()
    for folder in folders.sorted() where FileManager.default.fileExists(atPath: root + "/" + folder) {
      for name in try FileManager.default.contentsOfDirectory(atPath: root + "/" + folder).sorted()
      where !wanted.contains("\(folder)/\(name)") { left.append("\(folder)/\(name)") }
    }
    return left
  }

  private static func complain(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}

package struct DocumentProblems: Error, CustomStringConvertible {
  package var problems: [String]
  package var description: String { "protocol/openrpc.json\n  " + problems.joined(separator: "\n  ") }
}
