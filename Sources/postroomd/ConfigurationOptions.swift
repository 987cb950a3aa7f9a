import ArgumentParser
import Foundation

/// What a start is told about where its settings are.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Settings in YAML: every flag below without its dashes. $POSTROOMD_CONFIG when not given; flags and "
        + "POSTROOMD_… variables come before it.", valueName: "file"))
  var config: String?

  @Option(
    name: .customLong("init"),
    help: ArgumentHelp(
      "Write a file with every setting, explained and at its default, and end; - is standard output.",
      valueName: "file"))
  var initialize: String?

  @Flag(name: .long, help: "Read the settings, say what is wrong with them, and end.")
  var checkConfig = false
}

extension Postroomd {
  static let defaultData = "/var/lib/postroom"

  static func main() async {
    let given = Array(CommandLine.arguments.dropFirst())
    // --init needs no --data, and --help and --version no settings that are right.
    if let at = given.firstIndex(where: { $0 == "--init" || $0.hasPrefix("--init=") }) {
      let path = given[at] == "--init" ? given.dropFirst(at + 1).first : String(given[at].dropFirst(7))
      return writeInitial(path, given)
    }
    let asksOnly = given.contains { ["-h", "--help", "--version", "--experimental-dump-help"].contains($0) }
    if asksOnly || given.contains(where: { $0.hasPrefix("--generate-completion-script") }) {
      return await main(given)
    }
    do {
      let settings = try await Settings.read(given, environment: ProcessInfo.processInfo.environment)
      await main(settings.arguments)
    } catch {
      FileHandle.standardError.write(Data("postroomd: \(error)\n".utf8))
      exit(withError: ExitCode(78))
    }
  }

  private static func writeInitial(_ path: String?, _ given: [String]) {
    guard let path, !path.isEmpty else {
      FileHandle.standardError.write(Data("postroomd: --init wants a file, or - for standard output.\n".utf8))
      exit(withError: ExitCode(64))
    }
    let data = given.firstIndex(of: "--data").flatMap { given.dropFirst($0 + 1).first } ?? defaultData
    let text = Data(ConfigFile.initial(data: data).utf8)
    if path == "-" { return FileHandle.standardOutput.write(text) }
    let made =
      FileManager.default.fileExists(atPath: path)
      ? nil : FileManager.default.createFile(atPath: path, contents: text)
    guard made == true else {
      let why = made == nil ? "is there already; it is not written over" : "cannot be written"
      FileHandle.standardError.write(Data("postroomd: \(path) \(why).\n".utf8))
      exit(withError: ExitCode(73))
    }
  }
}
