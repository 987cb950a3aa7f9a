import ArgumentParser
import Foundation

/// A flag of postroomd that can also be set in the file and by the environment: all of them but those that say
/// something about one start only.
///
/// The command line is the only place where settings are declared; name, kind, default and words are read from it.
struct KnownSetting: Sendable, Equatable {
  /// Without the dashes, as in `log-level`.
  let name: String
  /// True for a flag that takes no value: in the file it is `true` or `false`.
  let isSwitch: Bool
  /// May be given more than once: in the file it is a list.
  let isList: Bool
  let valueName: String
  let defaultText: String?
  let words: String
  let section: String

  /// `POSTROOMD_LOG_LEVEL`.
  var variable: String {
    Self.variablePrefix + name.uppercased().replacingOccurrences(of: "-", with: "_")
  }

  static let variablePrefix = "POSTROOMD_"
  /// Flags that are about this start, not about the server.
  private static let notSettings: Set<String> = ["config", "init", "check-config", "help", "version"]

  static let all: [KnownSetting] = read(Postroomd._dumpHelp())

  private struct Dump: Decodable {
    struct Name: Decodable { let kind, name: String }
    struct Argument: Decodable {
      let kind: String
      let isRepeating: Bool
      let names: [Name]?
      let valueName, defaultValue, abstract, sectionTitle: String?
    }
    struct Command: Decodable { let arguments: [Argument]? }
    let command: Command
  }

  static func read(_ dump: String) -> [KnownSetting] {
    guard let tool = try? JSONDecoder().decode(Dump.self, from: Data(dump.utf8)) else {
      preconditionFailure("the command line describes itself in another form than this version reads")
    }
    return (tool.command.arguments ?? []).compactMap { argument in
      guard let name = argument.names?.first(where: { $0.kind == "long" })?.name, !notSettings.contains(name),
        argument.kind != "positional"
      else { return nil }
      return KnownSetting(
        name: name, isSwitch: argument.kind == "flag", isList: argument.isRepeating,
        valueName: argument.valueName ?? "value", defaultText: argument.defaultValue,
        words: argument.abstract ?? "", section: argument.sectionTitle ?? "")
    }
  }
}
