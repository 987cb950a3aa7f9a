import Bytes
import MailStore
import Sockets
import Synchronization
import Testing

@testable import HTTPClient
@testable import MailEngine

@Suite struct AutoconfigDocumentTests {
  static let document = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- a comment with <tags> -->
    <clientConfig version="1.1">
      <emailProvider id="acme.example">
        <domain>acme.example</domain>
        <incomingServer type="pop3"><hostname>pop.acme.example</hostname><port>995</port><socketType>SSL</socketType></incomingServer>
        <incomingServer type="imap">
          <hostname>plain.acme.example</hostname><port>143</port><socketType>plain</socketType>
        </incomingServer>
        <incomingServer type='imap'>
          <hostname>IMAP.acme.example</hostname> <port> 993 </port>
          <socketType>SSL</socketType><username>%EMAILLOCALPART%&amp;&#x43;o</username>
          <authentication>OAuth2</authentication><authentication>password-cleartext</authentication>
        </incomingServer>
        <outgoingServer type="smtp">
          <hostname>smtp.%EMAILDOMAIN%</hostname><port>587</port><socketType>STARTTLS</socketType>
          <username>%EMAILADDRESS%</username><empty/>
        </outgoingServer>
      </emailProvider>
    </clientConfig>

    """

  @Test func `servers with encryption are read, in the document's order`() throws {
    let read = try #require(AutoconfigDocument(Array(Self.document.utf8), email: "ada@acme.example"))
    #expect(
      read.imap == [
        .init(
          settings: ServerSettings(host: "imap.acme.example", port: 993, security: .tls), userName: "ada&Co",
          takesTokens: true)
      ])
    #expect(
      read.smtp == [
        .init(
          settings: ServerSettings(host: "smtp.acme.example", port: 587, security: .startTLS),
          userName: "ada@acme.example", takesTokens: false)
      ])
  }

  @Test func `cut at every octet it is none, and never more`() {
    let octets = Array(Self.document.trimmingSuffix(while: \.isWhitespace).utf8)
    for length in 0..<octets.count {
      #expect(AutoconfigDocument(Array(octets[..<length]), email: "a@b.example") == nil, "\(length)")
    }
  }

  @Test(arguments: [
    "<!DOCTYPE x [<!ENTITY a \"b\">]><clientConfig/>", "<clientConfig>&lol;</clientConfig>", "<html></html>",
    "<clientConfig></other>", "<clientConfig a=b/>", "<clientConfig", "text", "<clientConfig/><x>",
    "<a><clientConfig/></a>",
    String(repeating: "<a>", count: 1000),
    "<clientConfig>" + String(repeating: "<a/>", count: 30_000) + "</clientConfig>",
    "<clientConfig>&#xD800;</clientConfig>", "<clientConfig>&#0;</clientConfig>",
    "<clientConfig>\u{0}<</clientConfig>",
  ])
  func `what is none is told, whatever it is`(text: String) {
    #expect(AutoconfigDocument(Array(text.utf8), email: "a@b.example") == nil)
  }

  @Test func `hosts that could lead elsewhere are left out`() throws {
    for host in ["user@evil.example", "evil.example/x", "evil.example:80", "", "a b"] {
      let text =
        "<clientConfig><emailProvider><incomingServer type=\"imap\"><hostname>\(host)</hostname><port>993</port>"
        + "<socketType>SSL</socketType></incomingServer></emailProvider></clientConfig>"
      #expect(
        try #require(AutoconfigDocument(Array(text.utf8), email: "a@b.example")).imap.isEmpty, "\(host)")
    }
  }
}

@Suite(.timeLimit(.minutes(1))) struct DiscoveryTests {
  @Test func `the table is in itself right`() {
    var domains: Set<String> = []
    for entry in ProviderEntry.all {
      for domain in entry.domains { #expect(domains.insert(domain).inserted, "\(domain) twice") }
      for name in entry.domains + entry.exchangers + [entry.imap.host, entry.smtp.host] {
        #expect(name == name.lowercased() && DNSRecords.isName(name), "\(name)")
      }
      #expect(entry.imap.port == 993 && [465, 587].contains(entry.smtp.port))
      #expect((entry.smtp.port == 587) == (entry.smtp.security == .startTLS))
      if let oauth = entry.oauth { #expect(OAuthProvider.known[oauth] != nil) }
    }
    #expect(ProviderEntry.find(exchanger: "aspmx.l.google.com")?.name == "Gmail")
    #expect(ProviderEntry.find(exchanger: "acme-com.mail.protection.outlook.com")?.name == "Microsoft 365")
    #expect(ProviderEntry.find(exchanger: "notgoogle.com") == nil)
  }

  /// A domain with everything, and a web server that has its document.
  private static func run(
    _ document: TokenServer.Answer, _ body: (MailboxDiscoverer, TokenServer) async throws -> Void
  ) async throws {
    let names = try StubNameServer { name, type in
      switch (name, type) {
      case ("_imaps._tcp.acme.example", 33): [StubNameServer.srv(0, 993, "imap.acme.example")]
      case ("_submission._tcp.acme.example", 33): [StubNameServer.srv(0, 587, "smtp.other.example")]
      case ("_imap._tcp.acme.example", 33): [StubNameServer.srv(0, 0, "")]
      case ("acme.example", 15):
        [StubNameServer.mx(5, "mx.unknown.example"), StubNameServer.mx(10, "in1-smtp.messagingengine.com")]
      default: nil
      }
    }
    let web = try TokenServer()
    web.answer { _, _ in document }
    let base = try web.provider().tokenEndpoint
    var discoverer = MailboxDiscoverer(
      web: WebDialer(policy: .any, tls: try TLSClientContext()),
      dns: DNSRecords(server: ("127.0.0.1", names.port)))
    discoverer.documents = { email, _ in
      [
        "http://\(base.authority)/a?emailaddress=\(FormEncoding.escaped(email))",
        "http://\(base.authority)/b",
      ]
    }
    do { try await body(discoverer, web) } catch {
      names.stop()
      await web.stop()
      throw error
    }
    names.stop()
    await web.stop()
  }

  @Test func `a large provider is known, and nobody is asked`() async throws {
    try await Self.run(.init()) { discoverer, web in
      let found = await discoverer.discover("Ada@GMail.com")
      #expect(found.candidates.map(\.source) == [.table] && found.candidates.first?.oauthProvider == "google")
      #expect(found.outcomes == [.table: .found])
      #expect(web.requests.isEmpty)
      #expect(await discoverer.discover("ada@icloud.com").candidates.first?.userName == "ada")
    }
  }

  @Test func `all ways of a domain are looked at, the proven ones first`() async throws {
    try await Self.run(.init(body: AutoconfigDocumentTests.document)) { discoverer, web in
      let found = await discoverer.discover("ada@acme.example")
      #expect(found.candidates.map(\.source) == [.autoconfig, .srv, .mx])
      #expect(found.outcomes == [.table: .nothing, .autoconfig: .found, .srv: .found, .mx: .found])
      #expect(web.requests.map(\.path) == ["/a?emailaddress=ada%40acme.example"])
      let srv = found.candidates[1]
      #expect(srv.imap == ServerSettings(host: "imap.acme.example", port: 993, security: .tls))
      #expect(srv.smtp == ServerSettings(host: "smtp.other.example", port: 587, security: .startTLS))
      #expect(srv.notes.count == 1)
      #expect(found.candidates[2].provider == "Fastmail")
    }
  }

  @Test(arguments: [
    (TokenServer.Answer(status: 404), MailboxDiscovery.Outcome.nothing), (.init(body: "<html>"), .nothing),
    (.init(hangsUp: true), .failed), (.init(status: 301, body: ""), .nothing),
  ])
  func `a document that is none does not keep the others from being found`(
    document: TokenServer.Answer, outcome: MailboxDiscovery.Outcome
  ) async throws {
    try await Self.run(document) { discoverer, web in
      let found = await discoverer.discover("ada@acme.example")
      #expect(found.candidates.map(\.source) == [.srv, .mx])
      #expect(found.outcomes[.autoconfig] == outcome && web.requests.count == 2)
      let nobody = await discoverer.discover("ada@nobody.example")
      #expect(
        nobody.candidates.isEmpty && nobody.outcomes[.srv] == .nothing && nobody.outcomes[.mx] == .nothing)
    }
  }

  /// A document's place in a private network is not asked, whatever the name that leads there.
  @Test func `the host guard stands before what an address leads to`() async throws {
    let web = try TokenServer()
    let base = try web.provider().tokenEndpoint
    let names = try StubNameServer { _, _ in nil }
    var discoverer = MailboxDiscoverer(
      web: WebDialer(policy: EngineOptions().webPolicy, tls: try TLSClientContext()),
      dns: DNSRecords(server: ("127.0.0.1", names.port)))
    discoverer.documents = { _, _ in ["http://\(base.authority)/a", "http://localhost:\(base.port)/b"] }
    let found = await discoverer.discover("ada@acme.example")
    #expect(found.candidates.isEmpty && web.requests.isEmpty)
    names.stop()
    await web.stop()
  }

  @Test func `what is no address is refused`() async throws {
    try await Stage.run { stage in
      for email in [
        "", "ada", "@acme.example", "ada@", "a@b@c.example", "ada@localhost", "ada@acme..example",
        "ä@acme.example",
      ] {
        await #expect(throws: EngineError.self, "\(email)") { _ = try await stage.engine.discover(email) }
      }
    }
  }
}

extension String {
  fileprivate func trimmingSuffix(while holds: (Character) -> Bool) -> Substring {
    var end = endIndex
    while end > startIndex, holds(self[index(before: end)]) { end = index(before: end) }
    return self[..<end]
  }
}
