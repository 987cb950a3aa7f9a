import ArgumentParser
import Configuration
import Foundation
import SystemPackage
import Yams

/// A setting that cannot be used: where it stands, which it is, and what to do.
struct SettingsError: Error, CustomStringConvertible {
  let description: String
}

/// What the server is to do, from three places: flags before environment before file.
///
/// A file's keys and the environment's variables are the flags' names, and are turned into flags here, so that every
/// setting is declared, checked and explained once, on the command line.
struct Settings: Sendable {
  /// What was set, by name; what nobody set is not in it.
  let values: [String: [String]]
  /// The whole command line: what file and environment say, and behind it what was given.
  let arguments: [String]

  /// - Parameters:
  ///   - given: the command line without the program's name.
  ///   - environment: all of it; what begins with `POSTROOMD_` counts.
  /// - Throws: ``SettingsError``, which names file, line and key, or the variable.
  static func read(_ given: [String], environment: [String: String]) async throws -> Settings {
    let path = configPath(given) ?? environment["POSTROOMD_CONFIG"]
    let lines = try path.map { try ConfigFile.check(path: $0) } ?? [:]
    try checkNames(environment)
    var providers: [any ConfigProvider] = [
      EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "postroomd")
    ]
    if let path, !lines.isEmpty {
      do {
        providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(path)))
      } catch { throw SettingsError(description: "\(path): \(error)") }
    }
    let reader = ConfigReader(providers: providers)
    var values: [String: [String]] = [:]
    var arguments: [String] = []
    for setting in KnownSetting.all {
      if let own = flag(setting, in: given) {
        values[setting.name] = own
        continue
      }
      let key = ConfigKey([setting.name])
      let found: [String]? =
        setting.isList
        ? reader.stringArray(forKey: key) ?? reader.string(forKey: key).map { [$0] }
        : reader.string(forKey: key).map { [$0] }
      guard let found else { continue }
      let place =
        environment[setting.variable] != nil
        ? setting.variable : "\(path ?? ""):\(lines[setting.name] ?? 0): \(setting.name)"
      let flags = try self.flags(setting, found, place)
      try checkAlone(flags, setting, place)
      values[setting.name] = found
      arguments += flags
    }
    return Settings(values: values, arguments: arguments + given)
  }

  private static func configPath(_ given: [String]) -> String? {
    flag("config", in: given)?.last
  }

  /// The values of a flag on the command line; nil when it is not there.
  private static func flag(_ setting: KnownSetting, in given: [String]) -> [String]? {
    if setting.isSwitch { return given.contains("--" + setting.name) ? ["true"] : nil }
    return flag(setting.name, in: given)
  }

  private static func flag(_ name: String, in given: [String]) -> [String]? {
    var found: [String] = []
    for (at, word) in given.enumerated() {
      if word == "--" { break }
      if word.hasPrefix("--\(name)=") { found.append(String(word.dropFirst(name.count + 3))) }
      if word == "--" + name, at + 1 < given.count { found.append(given[at + 1]) }
    }
    return found.isEmpty ? nil : found
  }

  private static func flags(_ setting: KnownSetting, _ values: [String], _ place: String) throws -> [String] {
    guard setting.isSwitch else { return values.flatMap { ["--" + setting.name, $0] } }
    switch values.first?.lowercased() {
    case "true", "yes", "on", "1": return ["--" + setting.name]
    case "false", "no", "off", "0": return []
    default: throw SettingsError(description: "\(place) is true or false, not '\(values.first ?? "")'.")
    }
  }

  /// Tries one setting with nothing else, so that what is wrong with it is told of its place.
  private static func checkAlone(_ flags: [String], _ setting: KnownSetting, _ place: String) throws {
    guard setting.name != "data" else { return }
    do {
      _ = try Postroomd.parse(flags + ["--data", "."])
    } catch {
      let words = Postroomd.message(for: error).replacingOccurrences(of: "\n", with: " ")
      // Flags that need each other are looked at together, later.
      let named = Set(words.split { !($0.isLetter || $0 == "-") }.map(String.init))
      if KnownSetting.all.contains(where: { $0.name != setting.name && named.contains("--" + $0.name) }) {
        return
      }
      throw SettingsError(description: "\(place): \(words)")
    }
  }

  private static func checkNames(_ environment: [String: String]) throws {
    let known = Set(KnownSetting.all.map(\.variable) + ["POSTROOMD_CONFIG"])
    for name in environment.keys.sorted() where name.hasPrefix(KnownSetting.variablePrefix) {
      if !known.contains(name) {
        throw SettingsError(
          description: "The environment's \(name) is no setting. `postroomd --init -` prints all there are.")
      }
    }
  }
}
