import Foundation

/// The console's pages, scripts and pictures as one Swift file, so that the server is one file, too. They are text.
enum ConsoleFiles {
  private static let folder = "Sources/Console/Web"

  /// Nothing where there is no console: tests generate into bare folders.
  static func files(root: String) throws -> [GeneratedFile] {
    let path = root + "/" + folder
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }
      .sorted()
    var lines = [
      "// Generated from \(folder) by stubgen. Do not edit.", "// swift-format-ignore-file", "",
      "/// What stands in `Web`, by name.", "enum ConsoleFiles {", "  static let all: [String: String] = [",
    ]
    for name in names {
      let text = try String(contentsOfFile: path + "/" + name, encoding: .utf8)
      lines.append("    \"\(name)\": \(literal(text)),")
    }
    lines += ["  ]", "}", ""]
    return [
      GeneratedFile(
        path: "Sources/Console/Generated/ConsoleFiles.swift", text: lines.joined(separator: "\n"))
    ]
  }

  /// A raw literal of several lines, with as many number signs as it takes, line ends as they are.
  private static func literal(_ text: String) -> String {
    var signs = "#"
    while text.contains("\"\"\"" + signs) || text.contains("\\" + signs) { signs += "#" }
    return "\(signs)\"\"\"\n\(text)\n\"\"\"\(signs)"
  }
}
