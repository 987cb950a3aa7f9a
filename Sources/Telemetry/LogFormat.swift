internal import Glibc
package import Logging

/// How a line of the log is written.
package enum LogFormat: String, Sendable, CaseIterable {
  /// For people: time, level, logger, message, then `name=value`.
  case text
  /// One JSON object a line: `time`, `level`, `logger`, `message`, and the fields in `fields`.
  case json
  /// For systemd: `<N>`, the priority of syslog(3) (sd-daemon(3)), then the text without time and level, which the
  /// journal keeps itself.
  case journald

  /// Fields of one line; more are left out.
  static let fieldsMax = 32
  private static let nameOctetsMax = 64

  /// One line with its newline. Every field is cut at ``SafeText/octetsMax``.
  ///
  /// - Parameter milliseconds: since 1970.
  package func line(
    at milliseconds: Int64, level: Logger.Level, label: String, message: String,
    fields: [(name: String, value: String)]
  ) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(256)
    let fields = fields.prefix(Self.fieldsMax).map {
      ($0.name, Self.isSecret($0.name) ? "<redacted>" : $0.value)
    }
    switch self {
    case .text:
      out.append(contentsOf: Self.time(milliseconds).utf8)
      out.append(0x20)
      out.append(contentsOf: level.rawValue.uppercased().utf8)
      out.append(0x20)
      Self.words(label, message, fields, &out)
    case .journald:
      out.append(contentsOf: "<\(Self.priority(level))>".utf8)
      Self.words(label, message, fields, &out)
    case .json: Self.object(milliseconds, level, label, message, fields, &out)
    }
    out.append(0x0A)
    return out
  }

  private static func words(
    _ label: String, _ message: String, _ fields: [(String, String)], _ out: inout [UInt8]
  ) {
    SafeText.append(SafeText.cut(label, to: nameOctetsMax).0, quoted: false, to: &out)
    out.append(contentsOf: ": ".utf8)
    let (kept, left) = SafeText.cut(message)
    SafeText.append(kept, quoted: false, to: &out)
    if left > 0 { out.append(contentsOf: leftOut(left).utf8) }
    for (name, value) in fields {
      out.append(0x20)
      SafeText.append(SafeText.cut(name, to: nameOctetsMax).0, quoted: false, to: &out)
      out.append(0x3D)
      let (kept, left) = SafeText.cut(value)
      let isBare = left == 0 && !kept.isEmpty && kept.utf8.allSatisfy(isBareOctet)
      if !isBare { out.append(0x22) }
      SafeText.append(kept, quoted: !isBare, to: &out)
      if left > 0 { out.append(contentsOf: leftOut(left).utf8) }
      if !isBare { out.append(0x22) }
    }
  }

  private static func object(
    _ milliseconds: Int64, _ level: Logger.Level, _ label: String, _ message: String,
    _ fields: [(String, String)], _ out: inout [UInt8]
  ) {
    out.append(
      contentsOf: "{\"time\":\"\(time(milliseconds))\",\"level\":\"\(level.rawValue)\",\"logger\":".utf8)
    SafeText.appendJSON(SafeText.cut(label, to: nameOctetsMax).0, to: &out)
    out.append(contentsOf: ",\"message\":".utf8)
    appendCut(message, &out)
    if !fields.isEmpty {
      out.append(contentsOf: ",\"fields\":{".utf8)
      var names: Set<String> = []
      for (name, value) in fields {
        let name = String(SafeText.cut(name, to: nameOctetsMax).0)
        guard names.insert(name).inserted else { continue }
        if names.count > 1 { out.append(0x2C) }
        SafeText.appendJSON(name, to: &out)
        out.append(0x3A)
        appendCut(value, &out)
      }
      out.append(0x7D)
    }
    out.append(0x7D)
  }

  private static func appendCut(_ text: String, _ out: inout [UInt8]) {
    let (kept, left) = SafeText.cut(text)
    SafeText.appendJSON(left > 0 ? kept + leftOut(left) : kept, to: &out)
  }

  private static func leftOut(_ octets: Int) -> String { "…(\(octets) octets more)" }

  /// What needs no quotes behind `=`: nothing that a reader could take for the next field.
  private static func isBareOctet(_ c: UInt8) -> Bool {
    c > 0x20 && c < 0x7F && c != 0x22 && c != 0x3D && c != 0x5C
  }

  /// A second fence: nothing of ours logs such a field, and one that is added by mistake shows nothing.
  static func isSecret(_ name: String) -> Bool {
    let name = name.lowercased()
    return ["password", "secret", "token", "authorization", "credential"].contains { name.contains($0) }
  }

  /// syslog(3): 7 debug, 6 informational, 5 notice, 4 warning, 3 error, 2 critical.
  static func priority(_ level: Logger.Level) -> Int {
    switch level {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }

  /// RFC 3339 in UTC with milliseconds.
  static func time(_ milliseconds: Int64) -> String {
    var seconds = time_t(milliseconds / 1000)
    var t = tm()
    gmtime_r(&seconds, &t)
    func digits(_ n: Int32, _ count: Int) -> String {
      let text = String(max(n, 0))
      return String(repeating: "0", count: max(count - text.count, 0)) + text
    }
    let date = "\(digits(t.tm_year + 1900, 4))-\(digits(t.tm_mon + 1, 2))-\(digits(t.tm_mday, 2))"
    let clock = "\(digits(t.tm_hour, 2)):\(digits(t.tm_min, 2)):\(digits(t.tm_sec, 2))"
    return "\(date)T\(clock).\(digits(Int32(milliseconds % 1000), 3))Z"
  }
}
