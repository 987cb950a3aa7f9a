import ArgumentParser
import Foundation
import Testing

@testable import postroomd

/// Settings from the file, the environment and the command line.
@Suite(.timeLimit(.minutes(1))) struct SettingsTests {
  private func withFile<R>(_ text: String, _ body: (String) async throws -> R) async throws -> R {
    let url = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString).yaml")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }  // Only a temporary file.
    return try await body(url.path)
  }

  @Test func `flags come before the environment, and the environment before the file`() async throws {
    try await withFile("data: /a\nmax-batch: 1\nmax-depth: 11\nidle-seconds: 21\n") { path in
      let settings = try await Settings.read(
        ["--config", path, "--max-batch", "3"],
        environment: ["POSTROOMD_MAX_BATCH": "2", "POSTROOMD_MAX_DEPTH": "12"])
      let options = try Postroomd.parse(settings.arguments)
      #expect(options.data == "/a")
      #expect(options.limits.maxBatch == 3)
      #expect(options.limits.maxDepth == 12)
      #expect(options.limits.idleSeconds == 21)
      #expect(settings.values["max-batch"] == ["3"])
    }
  }

  @Test func `a list of the command line takes the place of the file's, it does not add to it`() async throws
  {
    try await withFile("data: /a\nlisten: ['127.0.0.1:1', '127.0.0.1:2']\nhost: one.example\n") { path in
      let file = try await Settings.read(["--config=\(path)"], environment: [:])
      #expect(try Postroomd.parse(file.arguments).listen == ["127.0.0.1:1", "127.0.0.1:2"])
      #expect(try Postroomd.parse(file.arguments).host == ["one.example"])
      let both = try await Settings.read(["--config", path, "--listen", "none"], environment: [:])
      #expect(try Postroomd.parse(both.arguments).listen == ["none"])
    }
  }

  @Test func `the environment may name the file`() async throws {
    try await withFile("data: /elsewhere\n") { path in
      let settings = try await Settings.read([], environment: ["POSTROOMD_CONFIG": path])
      #expect(try Postroomd.parse(settings.arguments).data == "/elsewhere")
    }
  }

  static let wrong: [(text: String, words: [String])] = [
    ("data: /a\nlisen: none\n", [":2:", "'lisen' is no setting", "Is 'listen' meant?"]),
    ("data: /a\nlog_level: debug\n", [":2:", "'log-level' meant"]),
    ("data: /a\nzebra: 1\n", [":2:", "'zebra' is no setting", "--init"]),
    ("data: /a\n\nlog-level: loud\n", [":3: log-level", "loud"]),
    ("data: /a\nmax-batch: many\n", [":2: max-batch", "many"]),
    ("data: /a\nmax-batch: 0\n", [":2: max-batch", "1 to 10000"]),
    ("data: /a\nmax-batch: [1, 2]\n", [":2:", "max-batch takes one value"]),
    ("data: /a\ndata: /b\n", ["more than once", "data"]),
    ("data: [\n b", ["did not find expected"]),
    ("- a\n- b\n", ["key: value"]),
    ("config: other.yaml\n", [":1:", "'config' is no setting"]),
  ]

  @Test(arguments: wrong)
  func `what is wrong is told with file, line and key`(text: String, words: [String]) async throws {
    try await withFile(text) { path in
      let error = await #expect(throws: SettingsError.self) {
        _ = try await Settings.read(["--config", path], environment: [:])
      }
      let message = error?.description ?? ""
      #expect(message.hasPrefix(path))
      for word in words { #expect(message.contains(word)) }
    }
  }

  @Test func `a variable that is no setting, or wrong, is named`() async throws {
    for (name, value) in [("POSTROOMD_LISEN", "x"), ("POSTROOMD_MAX_DEPTH", "deep")] {
      let error = await #expect(throws: SettingsError.self) {
        _ = try await Settings.read(["--data", "/a"], environment: [name: value, "HOME": "/root"])
      }
      #expect(error?.description.contains(name) == true)
    }
  }

  @Test func `an empty file says nothing, and one that is not there is told of`() async throws {
    try await withFile("# nothing yet\n") { path in
      let settings = try await Settings.read(["--config", path, "--data", "/a"], environment: [:])
      #expect(settings.values == ["data": ["/a"]])
    }
    let error = await #expect(throws: SettingsError.self) {
      _ = try await Settings.read(["--config", "/nowhere/x.yaml"], environment: [:])
    }
    #expect(error?.description.contains("/nowhere/x.yaml cannot be read") == true)
  }

  @Test func `the file that --init writes has every setting, and each can be used as it stands there`()
    async throws
  {
    let text = ConfigFile.initial(data: "/srv/postroom")
    for setting in KnownSetting.all {
      #expect(text.contains("\n#\(setting.name):") || setting.name == "data")
    }
    // With every default that has a value taken out of its comment.
    let live = text.split(separator: "\n").map { line in
      line.hasPrefix("#") && line.dropFirst().first != " " && line.dropFirst().first != "-"
        && !line.contains("<")
        ? String(line.dropFirst()) : String(line)
    }
    try await withFile(live.joined(separator: "\n")) { path in
      let settings = try await Settings.read(["--config", path], environment: [:])
      #expect(settings.values.count > 15)
      let options = try Postroomd.parse(settings.arguments)
      #expect(options.data == "/srv/postroom")
      #expect(options.listen == ["127.0.0.1:7625"])
    }
  }

  @Test func `--init writes over nothing, and --check-config says that the settings can be used`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "init-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // Only a temporary folder.
    let path = folder.appending(path: "postroomd.yaml").path
    #expect(try Run("postroomd", ["--init", path]).status == 0)
    let again = try Run("postroomd", ["--init", path])
    #expect(again.status == 73)
    #expect(again.err.contains("not written over"))
    let check = try Run("postroomd", ["--config", path, "--check-config"])
    #expect(check.status == 0)
    #expect(check.out.contains("can be used"))
    try Data("nonsense: 1\n".utf8).write(to: URL(filePath: path))
    let wrong = try Run("postroomd", ["--config", path])
    #expect(wrong.status == 78)
    #expect(wrong.err.contains("\(path):1: 'nonsense' is no setting"))
  }
}
