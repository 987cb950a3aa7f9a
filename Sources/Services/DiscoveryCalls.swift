package import JSONRPC
internal import MailEngine
package import PostroomAPI

extension MailboxCalls {
  package func discover(
    _ params: MailboxDiscoverParams, _ context: CallContext
  ) async throws(RPCError) -> APIMailboxDiscovery {
    APIMailboxDiscovery(
      try await engaging { () async throws(EngineError) in try await house.engine.discover(params.email) })
  }
}

extension APIMailboxDiscovery {
  init(_ discovery: MailboxDiscovery) {
    self.init(
      email: discovery.email,
      candidates: discovery.candidates.compactMap { found in
        APIDiscoverySource(rawValue: found.source.rawValue).map { source in
          APIDiscoveredServers(
            source: source, provider: found.provider, imap: APIServerSettings(found.imap),
            smtp: APIServerSettings(found.smtp), userName: found.userName, oauthProvider: found.oauthProvider,
            notes: found.notes)
        }
      },
      looked: MailboxDiscovery.Source.allCases.compactMap { source in
        guard
          let outcome = discovery.outcomes[source].flatMap({ APIDiscoveryOutcome(rawValue: $0.rawValue) }),
          let name = APIDiscoverySource(rawValue: source.rawValue)
        else { return nil }
        return APIDiscoveryLook(source: name, outcome: outcome)
      })
  }
}
