import ArgumentParser
import Foundation
import Testing

@testable import postroom
@testable import postroomd

/// What the help texts show can be typed, and what the API can do has a command.
@Suite struct ExampleTests {
  /// Every command below `command`, itself included, with the words that call it.
  static func all(
    _ command: any ParsableCommand.Type = Postroom.self, _ path: [String] = []
  ) -> [(path: [String], command: any ParsableCommand.Type)] {
    let words = path + [command._commandName]
    let groups = command.configuration.groupedSubcommands.flatMap(\.subcommands)
    return [(words, command)]
      + (command.configuration.ungroupedSubcommands + groups).flatMap { all($0, words) }
  }

  /// The lines below EXAMPLE or EXAMPLES, up to an empty one.
  static func examples(_ command: any ParsableCommand.Type) -> [String] {
    let lines = command.configuration.discussion.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.firstIndex(where: { $0.hasPrefix("EXAMPLE") }) else { return [] }
    let own = lines[first].split(separator: ":", maxSplits: 1).dropFirst().map(String.init)
    return (own + lines[(first + 1)...].prefix { !$0.isEmpty }.map(String.init))
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  /// The commands of a line as a shell would split it: by `&&`, `|` and `&`, quotes taken off, redirections left out.
  static func commands(_ line: String) -> [[String]] {
    var (commands, words, word) = ([[String]](), [String](), String?.none)
    var quote: Character?
    for c in line + " " {
      if let open = quote {
        if c == open { quote = nil } else { word = (word ?? "") + String(c) }
      } else if c == "\"" || c == "'" {
        quote = c
        word = word ?? ""
      } else if c == " " {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(c)
      }
    }
    var isTarget = false
    var command: [String] = []
    for word in words {
      switch word {
      case "&&", "|", "&":
        commands.append(command)
        command = []
      case ">", ">>", "<": isTarget = true
      default:
        if !isTarget { command.append(word) }
        isTarget = false
      }
    }
    return (commands + [command]).filter { !$0.isEmpty }
      .map { $0.first == "sudo" ? Array($0.dropFirst()) : $0 }
  }

  @Test func `a line is split as a shell splits it`() {
    #expect(Self.commands(#"sudo a "b c" 'd"e' && f > g | h &"#) == [["a", "b c", "d\"e"], ["f"], ["h"]])
    #expect(Self.commands(#"a """#) == [["a", ""]])
  }

  @Test func `every command has an example, and it can be typed`() throws {
    let commands = Self.all()
    #expect(commands.count > 40)
    for (path, command) in commands {
      let examples = Self.examples(command)
      #expect(!examples.isEmpty, "\(path.joined(separator: " ")) has no example")
      var isOwn = false
      for words in examples.flatMap(Self.commands) where words.first == "postroom" {
        do {
          let parsed = try Postroom.parseAsRoot(Array(words.dropFirst()))
          let own = ([(path, command)] + Self.all(command, Array(path.dropLast()))).map { $0.1 }
          isOwn = isOwn || own.contains { $0 == type(of: parsed) }
        } catch {
          Issue.record("\(words.joined(separator: " ")): \(Postroom.message(for: error))")
        }
      }
      #expect(isOwn, "no example of \(path.joined(separator: " ")) calls it")
    }
  }

  @Test func `every command on a data folder has an example, and it can be typed`() throws {
    let commands = Maintenance.configuration.subcommands.flatMap { Self.all($0, ["postroomd"]) }
    #expect(commands.count >= 8)
    for (path, command) in commands {
      var isOwn = false
      let lines = Self.examples(command).joined(separator: "\n").replacingOccurrences(of: "\\\n", with: " ")
      for words in lines.split(separator: "\n").flatMap({ Self.commands(String($0)) }) {
        do {
          let parsed = try Maintenance.parseAsRoot(Array(words.dropFirst()))
          isOwn = isOwn || command == type(of: parsed) || !command.configuration.subcommands.isEmpty
        } catch {
          Issue.record("\(words.joined(separator: " ")): \(Maintenance.message(for: error))")
        }
      }
      #expect(isOwn, "no example of \(path.joined(separator: " ")) calls it")
    }
  }

  /// What a helper of the client calls, and where the command line uses the helper.
  static let byHelpers = [
    "session.open": "PostroomClient(", "upload.open": "client.uploadFile(",
    "upload.write": "client.uploadFile(",
    "upload.fill": "client.uploadFile(", "upload.commit": "client.uploadFile(",
  ]

  @Test func `every method has a command besides api`() throws {
    struct Document: Decodable {
      struct Method: Decodable {
        let name: String
      }
      let methods: [Method]
    }
    let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let document = try JSONDecoder().decode(
      Document.self, from: Data(contentsOf: checkout.appending(path: "protocol/openrpc.json")))
    #expect(document.methods.count > 70)
    let folder = checkout.appending(path: "Sources/postroom")
    let sources = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".swift")
    }
    .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }.joined()
    .filter { !$0.isWhitespace }
    for name in document.methods.map(\.name) where !name.hasPrefix("rpc.") {
      let call = Self.byHelpers[name] ?? "client.\(name)("
      #expect(sources.contains(call), "nothing calls \(name)")
    }
  }
}
