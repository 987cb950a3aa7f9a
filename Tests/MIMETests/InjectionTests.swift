import Foundation
import Testing

@testable import MIME

/// Nothing that a caller gives can become a header field, a line, or another recipient.
@Suite struct InjectionTests {
  private static let payloads: [String] = {
    let ends = [
      "\r\n", "\n", "\r", "\0", "\r\n ", "\r\n\t", "\n\u{301}", "\r\n\u{301}", "\u{2028}", "\u{2029}",
      "\u{85}", "\u{B}", "\u{C}",
      "\u{1C}", "\u{1E}", "\u{7F}", "=?utf-8?Q?=0D=0A?=", "=?utf-8?B?DQo=?=", "\\r\\n", "%0d%0a",
      "&#13;&#10;", "\u{FF0D}\u{FF0A}",
      "嘊嘍", "\u{200B}", "\u{202E}", "\u{FEFF}", " ", "",
    ]
    return ends.flatMap {
      ["a\($0)Bcc: evil@example.net", "\($0)Bcc: evil@example.net", "a\($0)\($0)body", "a\($0)"]
    }
  }()

  private static let expected: Set<String> = [
    "date", "from", "reply-to", "to", "cc", "subject", "message-id", "in-reply-to", "references", "x-test",
    "mime-version",
    "content-type", "content-transfer-encoding", "content-disposition", "content-id",
  ]

  /// One payload stands behind `X-Test` in the name itself.
  private static func isExpected(_ name: some StringProtocol) -> Bool {
    expected.contains(name.lowercased())
      || name.lowercased().hasPrefix("x-test") && name.utf8.allSatisfy(HeaderWriter.isTokenOctet)
  }

  private func base() -> MessageBuilder {
    var b = MessageBuilder(
      from: MailAddress(email: "jane@example.com"), date: MailDate(secondsSince1970: 0, zoneMinutes: 0),
      messageID: MessageID("id@example.com")!)
    b.to = [MailAddress(email: "joe@example.org")]
    b.text = "x"
    return b
  }

  /// Every mail that is built with a payload somewhere.
  private func mails() -> [(payload: String, bytes: [UInt8])] {
    let places: [(inout MessageBuilder, String) -> Void] = [
      { $0.subject = $1 }, { $0.from.name = $1 }, { $0.to[0].name = $1 },
      { $0.to[0].email = $1 + "@example.org" },
      { $0.to[0].email = "joe@example.org" + $1 },
      { $0.cc = [MailAddress(name: $1, email: "c@example.org")] },
      { $0.replyTo = [MailAddress(name: $1, email: "r@example.org")] },
      { $0.extraHeaders = [("X-Test", $1)] },
      { $0.extraHeaders = [("X-Test" + $1, "x")] },
      { $0.attachments = [OutgoingAttachment(name: $1, type: "text/x", content: [1])] },
      { $0.attachments = [OutgoingAttachment(name: "a", type: "text/x; p=" + $1, content: [1])] },
      { $0.attachments = [OutgoingAttachment(name: "a", type: "text/" + $1, content: [1])] },
      {
        $0.attachments = [OutgoingAttachment(name: "a", type: "image/png", content: [1], cid: $1)];
        $0.html = "h"
      },
      { if let id = MessageID($1) { $0.references = [id] } },
      { if let id = MessageID("<" + $1 + ">") { $0.messageID = id } },
    ]
    var built = [(payload: String, bytes: [UInt8])]()
    for form in [HeaderForm.ascii, .utf8] {
      for payload in Self.payloads {
        for place in places {
          var b = base()
          b.headerForm = form
          place(&b, payload)
          if let bytes = try? b.build() { built.append((payload, bytes)) }
        }
      }
    }
    return built
  }

  @Test func `a built mail has the fields it was given and no other`() {
    let built = mails()
    #expect(built.count > 300)
    for (payload, bytes) in built {
      let message = ParsedMessage(bytes)
      for part in message.parts {
        for name in part.headers.names {
          #expect(Self.isExpected(name), "\(payload.debugDescription)")
        }
      }
      #expect(!message.headerBlock.contains("Bcc"))
      #expect(message.headers.to.count == 1 && message.headers.from.count == 1, "\(payload.debugDescription)")
      // A strict reader: CRLF only, every header line a field or a continuation, nothing that others take for a line end.
      let text = String(decoding: bytes, as: UTF8.self)
      for c in text.unicodeScalars {
        #expect(c == "\r" || c == "\n" || !HeaderWriter.isForbidden(c), "\(payload.debugDescription)")
      }
      let head = text.components(separatedBy: "\r\n\r\n")[0]
      #expect(
        !head.replacingOccurrences(of: "\r\n", with: "").contains { $0 == "\r" || $0 == "\n" || $0 == "\r\n" }
      )
      for line in head.components(separatedBy: "\r\n") where !line.hasPrefix(" ") {
        let name = line.prefix { $0 != ":" }
        #expect(Self.isExpected(name), "\(line)")
      }
    }
  }

  /// Python's two readers, the old and the new one.
  @Test func `other programs read the same fields`() throws {
    let python = "/usr/bin/python3"
    guard FileManager.default.isExecutableFile(atPath: python) else { return }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("built-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (n, mail) in mails().enumerated() {
      try Data(mail.bytes).write(to: folder.appendingPathComponent("\(n).eml"))
    }
    let script = """
      import email, email.policy, os, sys
      bad = 0
      count = 0
      for name in sorted(os.listdir(sys.argv[1])):
          raw = open(os.path.join(sys.argv[1], name), "rb").read()
          for policy in (email.policy.compat32, email.policy.default):
              message = email.message_from_bytes(raw, policy=policy)
              names = [k.lower() for k in message.keys()]
              count += 1
              for field in ("to", "from", "subject"):
                  str(message[field])
              if "bcc" in names or names.count("to") != 1 or names.count("from") != 1 or names.count("subject") != 1 or message.defects:
                  print(name, policy, names, message.defects)
                  bad += 1
      print(count, bad)
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-c", script, folder.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let last = output.split(separator: "\n").last?.split(separator: " ").compactMap { Int($0) } ?? []
    #expect(last.count == 2 && last[0] > 600 && last[1] == 0, "\(output)")
  }

  @Test(arguments: [
    "a@x(comment)@y", "a(comment)@example.org", "a@example.org,b@example.net", "a@example.org>",
    "<a@example.org", "a b@example.org",
    "a@example.org b@example.net", "=?utf-8?Q?evil=40example.net=3E?=@example.org", "a@[1.2.3.4", "a@b@c@",
    "a;b@example.org",
    "group:a@example.org", "\"a@example.org", "a\"b\"c@example.org", "a@exa mple.org", "a@", "@example.org",
    "a..b@example.org",
  ])
  func `an address that could be read otherwise is refused`(_ address: String) {
    var b = base()
    b.to = [MailAddress(email: address)]
    #expect(throws: MIMEBuildError.invalidAddress(field: "to[0].email")) { try b.build() }
  }

  @Test func `the envelope is what the caller gave, and nothing read out of headers`() throws {
    var b = base()
    b.to = [
      MailAddress(name: "x <evil@example.net>, y", email: "\"a@b\"@example.org"),
      MailAddress(email: "t@example.org"),
    ]
    b.cc = [MailAddress(name: "evil@example.net", email: "c@bücher.example")]
    b.bcc = [MailAddress(email: "hidden@example.org"), MailAddress(email: "t@example.org")]
    #expect(
      b.envelopeRecipients == [
        "\"a@b\"@example.org", "t@example.org", "c@xn--bcher-kva.example", "hidden@example.org",
      ])
    let read = ParsedMessage(try b.build()).headers
    #expect(
      (read.to + read.cc).map(\.email) == ["\"a@b\"@example.org", "t@example.org", "c@xn--bcher-kva.example"])
  }
}
