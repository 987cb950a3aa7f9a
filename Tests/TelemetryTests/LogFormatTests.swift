import Foundation
import Logging
import Telemetry
import Testing

@Suite struct LogFormatTests {
  private static let moment: Int64 = 1_732_552_095_007

  private static func line(
    _ format: LogFormat, _ message: String, _ fields: [(String, String)] = [], level: Logger.Level = .info
  ) -> String {
    String(
      decoding: format.line(
        at: moment, level: level, label: "rpc", message: message,
        fields: fields.map { (name: $0.0, value: $0.1) }), as: UTF8.self)
  }

  @Test func `a line of each format`() {
    let fields = [("method", "mail.send"), ("caller", "the crm"), ("empty", "")]
    #expect(
      Self.line(.text, "call", fields)
        == "2024-11-25T16:28:15.007Z INFO rpc: call method=mail.send caller=\"the crm\" empty=\"\"\n")
    #expect(
      Self.line(.journald, "call", fields, level: .warning)
        == "<4>rpc: call method=mail.send caller=\"the crm\" empty=\"\"\n")
    #expect(
      Self.line(.json, "call", fields, level: .debug)
        == #"{"time":"2024-11-25T16:28:15.007Z","level":"debug","logger":"rpc","message":"call","fields":"#
        + #"{"method":"mail.send","caller":"the crm","empty":""}}"# + "\n")
    #expect(!Self.line(.json, "call").contains("fields"))
  }

  @Test func `journald gets syslog's priorities`() {
    let priorities: [(Logger.Level, String)] = [
      (.trace, "<7>"), (.debug, "<7>"), (.info, "<6>"), (.notice, "<5>"), (.warning, "<4>"), (.error, "<3>"),
      (.critical, "<2>"),
    ]
    #expect(priorities.count == Logger.Level.allCases.count)
    for (level, prefix) in priorities {
      #expect(Self.line(.journald, "x", level: level).hasPrefix(prefix + "rpc: x"))
    }
  }

  static let hostile: [(text: String, shown: String)] = [
    ("a\r\n2024-01-01T00:00:00.000Z CRITICAL rpc: forged", #"a\r\n2024-01-01"#),
    ("\u{1B}[2J\u{1B}]0;title\u{7}", #"\u{1b}[2J\u{1b}]0;title\u{7}"#),
    ("\u{9B}31m", #"\u{9b}31m"#), ("user\u{202E}txt.exe\u{202C}", #"user\u{202e}txt.exe\u{202c}"#),
    ("a\u{2066}b\u{2069}", #"a\u{2066}b\u{2069}"#),
    ("x\u{2028}y\u{2029}z\u{85}", #"x\u{2028}y\u{2029}z\u{85}"#),
    ("nul\0del\u{7F}", #"nul\u{0}del\u{7f}"#), ("zero\u{200B}width\u{FEFF}", #"zero\u{200b}width\u{feff}"#),
    ("tag\u{E0041}", #"tag\u{e0041}"#), ("back\\slash", #"back\\slash"#),
  ]

  @Test(arguments: hostile) func `nothing breaks a line or steers a terminal`(
    _ row: (text: String, shown: String)
  ) throws {
    for format in LogFormat.allCases {
      for line in [
        Self.line(format, row.text), Self.line(format, "x", [("field", row.text), (row.text, "v")]),
      ] {
        #expect(line.hasSuffix("\n"))
        for scalar in line.dropLast().unicodeScalars {
          #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value))
          #expect(!(0x200B...0x200F).contains(scalar.value) && !(0x2028...0x202E).contains(scalar.value))
          #expect(
            !(0x2066...0x2069).contains(scalar.value) && scalar.value != 0xFEFF && scalar.value < 0xE0000)
        }
        if format != .json {
          #expect(line.contains(row.shown))
        } else {
          let object = try #require(
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
          // What was written can be read back as it was.
          let fields = object["fields"] as? [String: String]
          #expect(object["message"] as? String == row.text || fields?["field"] == row.text)
        }
      }
    }
  }

  @Test func `a value cannot pass for another field`() {
    let line = Self.line(.text, "call", [("caller", "x\" error=\"forged"), ("other", "a=b")])
    #expect(line.contains(#"caller="x\" error=\"forged" other="a=b""#))
  }

  @Test(arguments: [4095, 4096, 4097, 1 << 20]) func `a field is cut at its length`(_ count: Int) {
    let text = String(repeating: "a", count: count)
    for format in LogFormat.allCases {
      let line = Self.line(format, text, [("field", text)])
      #expect(line.utf8.count < 2 * 4096 + 300)
      #expect(line.contains("octets more") == (count > 4096))
      if count > 4096 { #expect(line.contains("…(\(count - 4096) octets more)")) }
    }
  }

  @Test func `a cut falls between characters`() {
    for lead in 0..<4 {
      let text = String(repeating: "a", count: lead) + String(repeating: "€", count: 2000)
      let (kept, left) = SafeText.cut(text, to: 100)
      #expect(kept.utf8.count + left == text.utf8.count)
      #expect(kept.utf8.count <= 100 && kept.utf8.count > 97)
      #expect(text.hasPrefix(kept))
    }
    #expect(SafeText.cut("€", to: 0).0.isEmpty)
    #expect(SafeText.cut("€", to: 2).left == 3)
    #expect(SafeText.cut("€", to: 3).left == 0)
  }

  @Test func `fields whose name says that they are secret show nothing`() {
    for name in ["password", "adminToken", "Authorization", "client_secret"] {
      for format in LogFormat.allCases {
        let line = Self.line(format, "x", [(name, "canary-7f3a")])
        #expect(!line.contains("canary") && line.contains("<redacted>"))
      }
    }
  }

  @Test func `a line has a bounded number of fields, and each name once`() throws {
    let fields = (0..<100).map { ("f\($0)", "v") }
    #expect(
      Self.line(.text, "x", fields).contains(" f31=v") && !Self.line(.text, "x", fields).contains("f32"))
    let line = Self.line(.json, "x", [("a", "1"), ("a", "2")])
    #expect(line.contains(#""fields":{"a":"1"}"#))
  }
}
