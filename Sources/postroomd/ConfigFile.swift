import Foundation
import Yams

/// The settings' file as text: where its keys stand, and how a new one looks.
enum ConfigFile {
  private static let octetsMax = 1 << 20

  /// The line of each key, counted from 1.
  ///
  /// - Throws: ``SettingsError`` for a file that cannot be read, is no YAML mapping, or has a key twice, one that is
  ///   no setting, or one whose value has the wrong shape.
  static func check(path: String) throws -> [String: Int] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw SettingsError(description: "\(path) cannot be read. `postroomd --init \(path)` writes one.")
    }
    guard data.count <= octetsMax, let text = String(data: data, encoding: .utf8) else {
      throw SettingsError(description: "\(path) is not UTF-8 text of at most 1 MiB.")
    }
    return try lines(text, path: path)
  }

  static func lines(_ text: String, path: String) throws -> [String: Int] {
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      throw SettingsError(description: words(error, path: path))
    }
    guard let root, root != Node.scalar(.init("")) else { return [:] }
    guard let mapping = root.mapping else {
      throw SettingsError(description: "\(path): expected lines of the form 'key: value'.")
    }
    var lines: [String: Int] = [:]
    for (key, value) in mapping {
      let line = key.mark?.line ?? 0
      let name = key.string ?? ""
      guard let setting = KnownSetting.all.first(where: { $0.name == name }) else {
        let near = KnownSetting.all.map(\.name).filter { isNear($0, name) }.first
        throw SettingsError(
          description: "\(path):\(line): '\(name)' is no setting."
            + (near.map { " Is '\($0)' meant?" } ?? " `postroomd --init -` prints all there are."))
      }
      let isShaped = value.scalar != nil || (setting.isList && value.sequence != nil)
      guard isShaped else {
        throw SettingsError(
          description: "\(path):\(line): \(name) takes \(setting.isList ? "a value or a list" : "one value")."
        )
      }
      lines[name] = line
    }
    return lines
  }

  /// Yams' own words span several lines and quote the text; what is wanted is the place and the problem.
  private static func words(_ error: any Error, path: String) -> String {
    guard let error = error as? YamlError else { return "\(path): \(error)" }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return "\(path):\(mark.line): \(problem)"
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.joined(separator: ", ")
      return "\(path):\(context.mark.line): set more than once: \(names)"
    default: return "\(path): \(error)"
    }
  }

  /// One letter more, less or other, or the same letters with other signs between them.
  private static func isNear(_ a: String, _ b: String) -> Bool {
    let plain = { (s: String) in s.lowercased().filter { $0.isLetter || $0.isNumber } }
    let x = Array(plain(a)), y = Array(plain(b))
    if x == y { return true }
    guard abs(x.count - y.count) <= 1 else { return false }
    var head = 0
    while head < min(x.count, y.count), x[head] == y[head] { head += 1 }
    var tail = 0
    while tail < min(x.count, y.count) - head, x[x.count - 1 - tail] == y[y.count - 1 - tail] { tail += 1 }
    return max(x.count, y.count) - head - tail <= 1
  }

  /// Every setting, explained and commented out at its default.
  static func initial(data: String) -> String {
    var text = """
      # Settings of postroomd. Each is a flag of the same name and an environment variable: log-level is also
      # --log-level and POSTROOMD_LOG_LEVEL. Flags come before the environment, the environment before this file.
      # After a change: postroomd --check-config --config FILE, then SIGHUP (systemctl reload postroomd).
      # No secret belongs here: keys and certificates are named by their files.

      """
    var section = ""
    for setting in KnownSetting.all {
      if setting.section != section, !setting.section.isEmpty {
        section = setting.section
        text += "\n# ---- \(section.lowercased()) ----\n"
      }
      text += "\n" + wrapped(setting.words)
      if setting.name == "data" {
        text += "data: \(data)\n"
      } else if setting.isList {
        text += "#\(setting.name): [\(setting.defaultText ?? "")]\n"
      } else if setting.isSwitch {
        text += "#\(setting.name): false\n"
      } else {
        text += "#\(setting.name): \(setting.defaultText ?? "<\(setting.valueName)>")\n"
      }
    }
    return text
  }

  private static func wrapped(_ words: String) -> String {
    var lines = "", line = "#"
    for word in words.split(separator: " ") {
      if line.count + word.count + 1 > 100 {
        lines += line + "\n"
        line = "#"
      }
      line += " " + word
    }
    return lines + line + "\n"
  }
}
