/// IMAP flags as JMAP keywords (RFC 8621 §4.1.1).
enum Keywords {
  /// Lower-case, ascending, each once; `\Recent`, which is no property of the mail, is left out.
  static func of(_ flags: [String]) -> [String] {
    var found: Set<String> = []
    for flag in flags.prefix(flagsMax) {
      let lower = flag.lowercased()
      switch lower {
      case "\\recent", "": continue
      case _ where lower.utf8.first == 0x5C: found.insert("$" + lower.dropFirst())
      default: found.insert(lower)
      }
    }
    return found.sorted()
  }

  /// Far more than a person sets; a server that sends more is cut short.
  private static let flagsMax = 100
}
