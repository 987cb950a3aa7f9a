import MIME
import MailStore
import Testing

@testable import MailEngine

@Suite("Ways into tracking, by header") struct LoggingHeadersTests {
  private static var rules: LoggingRules {
    var settings = TenantSettings()
    settings.bccAddresses = ["log@acme.example", "log2@acme.example"]
    settings.forwardAddresses = ["forward@acme.example"]
    settings.ownDomains = ["acme.example"]
    return LoggingRules(settings, ownEmails: ["pat@private.example"])
  }

  private func route(_ fields: String, from: String = "ann@acme.example", isSent: Bool = false)
    -> LoggingRoute?
  {
    let header = Array("From: \(from)\r\nTo: dana@buyer.example\r\n\(fields)\r\n\r\n".utf8)
    let envelope = EnvelopeReader(ownAddress: "x@y").envelope(header: header, size: 1, internalDate: nil)
    return LoggingHeaders(rules: Self.rules).route(
      HeaderBlock(parsing: header), envelope, isSentFolder: isSent)
  }

  @Test(arguments: [
    "Bcc: LOG@acme.example", "Cc: x@y.example, Log <log2@acme.example>", "Delivered-To: log@acme.example",
    "X-Original-To: log@acme.example", "Resent-To: log@acme.example", "Resent-Bcc: <log@acme.example>",
    "Envelope-To: log@acme.example", "X-Forwarded-To: log@acme.example",
    "Received: from a (b [1.2.3.4])\r\n by mx.acme.example with ESMTPS id 7\r\n for <log@acme.example>; Mon, 3 Mar 2025 09:30:00 +0000",
    "Received: by x; Mon\r\nReceived: by y for log@acme.example; Mon",
  ])
  func `a logging address counts wherever it stands`(_ fields: String) {
    #expect(route(fields) == .bcc)
    #expect(route(fields, from: "pat@private.example") == .bcc)
    // Only what the tenant's own people send there.
    #expect(route(fields, from: "eve@else.example") == nil)
    #expect(route(fields, from: "ann@acme.example.evil.example") == nil)
    #expect(route(fields.replacing("log", with: "other").replacing("LOG", with: "other")) == nil)
    #expect(
      route(
        fields.replacing("log2", with: "forward").replacing("log", with: "forward").replacing(
          "LOG", with: "forward")) == .forward)
  }

  @Test(arguments: [("1", true), ("yes", true), ("", true), ("no", false), ("False", false), ("0", false)])
  func `the extension's header counts in sent mail only`(_ value: String, _ counts: Bool) {
    #expect(route("X-Postroom-Track: \(value)", isSent: true) == (counts ? .header : nil))
    #expect(route("X-Postroom-Track: \(value)", isSent: false) == nil)
  }

  @Test func `nothing of delivery is asked for without addresses`() {
    #expect(
      LoggingHeaders(rules: LoggingRules(TenantSettings(), ownEmails: [])).fields == ["X-POSTROOM-TRACK"])
    #expect(LoggingHeaders(rules: Self.rules).fields.contains("RECEIVED"))
    var settings = TenantSettings()
    settings.trackingHeader = ""
    #expect(LoggingHeaders(rules: LoggingRules(settings, ownEmails: [])).fields.isEmpty)
  }

  @Test(arguments: [
    "", "for", "from x for ; y", "by x for <>", "for <log@x", String(repeating: "for ", count: 10_000),
  ])
  func `a broken Received names nobody or somebody, and traps nothing`(_ value: String) {
    let found = LoggingHeaders.receivedFor(Array(value.utf8))
    #expect(found == nil || found == "log@x")
  }

  @Test func `who is never logged`() {
    var settings = TenantSettings()
    settings.ownDomains = ["acme.example"]
    settings.neverLog = ["lawyers.example", "secret@buyer.example"]
    let rules = LoggingRules(settings, ownEmails: ["pat@private.example"])
    func forbids(_ emails: String...) -> Bool {
      rules.forbids(emails.map { Address(role: .to, name: nil, email: $0) })
    }
    #expect(forbids("ann@acme.example", "Bo@ACME.example"))
    #expect(!forbids("ann@acme.example", "dana@buyer.example"))
    #expect(!forbids("ann@acme.example", "x@sub.acme.example"))
    #expect(forbids("dana@buyer.example", "x@Lawyers.example") && forbids("x@deep.lawyers.example"))
    #expect(!forbids("x@notlawyers.example") && forbids("SECRET@buyer.example"))
    #expect(!forbids())
  }
}
