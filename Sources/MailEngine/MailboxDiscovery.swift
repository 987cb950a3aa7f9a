internal import Bytes
internal import HTTPClient
package import MailStore
internal import Sockets

/// What was found of the servers of an address (S2). Nobody was signed in anywhere for it.
package struct MailboxDiscovery: Sendable, Hashable {
  package enum Source: String, Sendable, Hashable, CaseIterable {
    /// Published by the provider, and built in.
    case table
    /// A document that the domain serves over verified TLS.
    case autoconfig
    /// The domain's SRV records (RFC 6186, RFC 8314), which nothing proves.
    case srv
    /// Who takes the domain's mail, by its MX records, is in the table.
    case mx
  }

  package struct Candidate: Sendable, Hashable {
    package var source: Source
    /// Whose servers these are, where that is known.
    package var provider: String?
    package var imap: ServerSettings
    package var smtp: ServerSettings
    package var userName: String
    /// Who would give access tokens, by the name that operators configure.
    package var oauthProvider: String?
    /// For the person.
    package var notes: [String]
  }

  package enum Outcome: String, Sendable, Hashable {
    case found, nothing, failed
  }

  package var email: String
  /// The likeliest first; the same servers only once.
  package var candidates: [Candidate]
  /// What came of each way of looking.
  package var outcomes: [Source: Outcome]
}

/// Looks for the servers of an address: in the table, the domain's own document, its SRV records and its MX records.
struct MailboxDiscoverer: Sendable {
  let web: WebDialer
  let dns: DNSRecords
  /// Where a domain's document may be, for an address.
  var documents: @Sendable (_ email: String, _ domain: String) -> [String] = { email, domain in
    [
      "https://autoconfig.\(domain)/mail/config-v1.1.xml?emailaddress=\(FormEncoding.escaped(email))",
      "https://\(domain)/.well-known/autoconfig/mail/config-v1.1.xml",
    ]
  }
  private static let secondsMax: Int64 = 8

  /// - Parameter email: an address with one "@"; the domain in ASCII.
  func discover(_ email: String) async -> MailboxDiscovery {
    let at = email.lastIndex(of: "@") ?? email.startIndex
    let domain = email[at...].dropFirst().lowercased()
    var discovery = MailboxDiscovery(email: email, candidates: [], outcomes: [:])
    if let entry = ProviderEntry.find(domain: domain) {
      discovery.candidates = [Self.candidate(entry, .table, email)]
      discovery.outcomes[.table] = .found
      return discovery
    }
    discovery.outcomes[.table] = .nothing
    async let document = autoconfig(email, domain)
    async let services = services(email, domain)
    async let exchanger = exchanger(email, domain)
    for (source, found) in [
      (MailboxDiscovery.Source.autoconfig, await document), (.srv, await services), (.mx, await exchanger),
    ] {
      switch found {
      case .success(let candidate?):
        discovery.outcomes[source] = .found
        let isKnown = discovery.candidates.contains { $0.imap == candidate.imap && $0.smtp == candidate.smtp }
        if !isKnown { discovery.candidates.append(candidate) }
      case .success(nil): discovery.outcomes[source] = .nothing
      case .failure: discovery.outcomes[source] = .failed
      }
    }
    return discovery
  }

  private struct Failed: Error {}
  private typealias Found = Result<MailboxDiscovery.Candidate?, Failed>

  private static func candidate(
    _ entry: ProviderEntry, _ source: MailboxDiscovery.Source, _ email: String
  ) -> MailboxDiscovery.Candidate {
    let local = String(email[..<(email.lastIndex(of: "@") ?? email.endIndex)])
    return MailboxDiscovery.Candidate(
      source: source, provider: entry.name, imap: entry.imap, smtp: entry.smtp,
      userName: entry.userName == .address ? email : local, oauthProvider: entry.oauth, notes: entry.notes)
  }

  /// Over verified TLS only: whoever can change the document can have the password sent anywhere.
  private func autoconfig(_ email: String, _ domain: String) async -> Found {
    var outcome = Found.success(nil)
    for text in documents(email, domain) {
      guard let address = WebAddress(text) else { return .success(nil) }
      var limits = HTTPLimits()
      limits.bodyOctetsMax = AutoconfigDocument.octetsMax
      do {
        let connection = try await web.connect(address, seconds: Self.secondsMax)
        let answer = try await HTTPExchange.run(
          HTTPRequest("GET", address, fields: [("Accept", "text/xml, application/xml")]),
          over: connection.stream,
          limits: limits, deadline: connection.deadline)
        guard answer.status == 200, let document = AutoconfigDocument(answer.body, email: email),
          let imap = document.imap.first, let smtp = document.smtp.first
        else { continue }
        return .success(
          MailboxDiscovery.Candidate(
            source: .autoconfig, provider: nil, imap: imap.settings, smtp: smtp.settings,
            userName: imap.userName,
            oauthProvider: nil,
            notes: imap.takesTokens ? ["Its servers also take access tokens."] : []))
      } catch StreamError.hostNotFound {
        continue
      } catch {
        outcome = .failure(Failed())
      }
    }
    return outcome
  }

  private func services(_ email: String, _ domain: String) async -> Found {
    async let imaps = service("_imaps._tcp.\(domain)", .tls)
    async let imap = service("_imap._tcp.\(domain)", .startTLS)
    async let submissions = service("_submissions._tcp.\(domain)", .tls)
    async let submission = service("_submission._tcp.\(domain)", .startTLS)
    do {
      // With TLS from the first octet where there is a choice (RFC 8314).
      let (readers, senders) = (try await [imaps, imap], try await [submissions, submission])
      guard let reading = readers.lazy.compactMap({ $0 }).first,
        let sending = senders.lazy.compactMap({ $0 }).first
      else { return .success(nil) }
      let isForeign = [reading, sending].contains { $0.host != domain && !$0.host.hasSuffix("." + domain) }
      return .success(
        MailboxDiscovery.Candidate(
          source: .srv, provider: nil, imap: reading, smtp: sending, userName: email, oauthProvider: nil,
          notes: isForeign
            ? [
              "The name servers say so, and nothing proves it; the servers are in another domain: are they right?"
            ] : []))
    } catch {
      return .failure(Failed())
    }
  }

  private func service(_ name: String, _ security: TransportSecurity) async throws -> ServerSettings? {
    let found = try await dns.find(.srv, name, deadline: .after(seconds: Self.secondsMax))
    guard let first = found.first, !first.host.isEmpty, first.port > 0 else { return nil }
    return ServerSettings(host: first.host, port: first.port, security: security)
  }

  private func exchanger(_ email: String, _ domain: String) async -> Found {
    do {
      let found = try await dns.find(.mx, domain, deadline: .after(seconds: Self.secondsMax))
      guard let entry = found.lazy.compactMap({ ProviderEntry.find(exchanger: $0.host) }).first else {
        return .success(nil)
      }
      return .success(Self.candidate(entry, .mx, email))
    } catch {
      return .failure(Failed())
    }
  }
}

extension MailEngine {
  /// Looks for the servers of an address (S2). Nothing is stored, and nobody is signed in.
  ///
  /// Errors: ``EngineError/invalid(field:reason:)`` for what is no address.
  package func discover(_ email: String) async throws(EngineError) -> MailboxDiscovery {
    try requireOpen()
    let parts = email.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, email.utf8.count <= 320,
      email.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
      DNSRecords.isName(String(parts[1]))
    else { throw .invalid(field: "email", reason: "this is no address of the form name@domain, in ASCII") }
    return await MailboxDiscoverer(
      web: context.connector.web, dns: DNSRecords(server: context.options.nameServer)
    ).discover(email)
  }
}
