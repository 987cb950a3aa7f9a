internal import JSON
package import JSONRPC
internal import MailEngine
internal import MailStore
package import PostroomAPI
internal import SASL

/// `oauth.*`
package struct OAuthCalls: OauthService {
  private let house: House
  package init(_ house: House) { self.house = house }

  package func providers(
    _ params: OauthProvidersParams, _ context: CallContext
  ) async throws(RPCError) -> APIOAuthProviderList {
    APIOAuthProviderList(
      providers: house.engine.grants.all.map {
        APIOAuthProviderInfo(name: $0.name, authorization: $0.authorization, device: $0.device)
      })
  }

  package func begin(
    _ params: OauthBeginParams, _ context: CallContext
  ) async throws(RPCError) -> APIOAuthAuthorization {
    let tenant = try house.tenant(context)
    do {
      let begun = try house.engine.grants.begin(
        tenant, params.provider, redirect: params.redirectUri, email: params.email)
      return APIOAuthAuthorization(url: begun.url, state: begun.state, expiresAt: wireTime(begun.expiresAt))
    } catch { throw RPCError(error) }
  }

  package func complete(
    _ params: OauthCompleteParams, _ context: CallContext
  ) async throws(RPCError) -> APIOAuthGrant {
    let tenant = try house.tenant(context)
    do {
      let (id, expiresAt) = try await house.engine.grants.complete(
        tenant, state: params.state, code: params.code)
      return APIOAuthGrant(grantId: id, expiresAt: wireTime(expiresAt))
    } catch { throw RPCError(error) }
  }

  package func device(
    _ params: OauthDeviceParams, _ context: CallContext
  ) async throws(RPCError) -> APIOAuthDevice {
    let tenant = try house.tenant(context)
    do {
      let begun = try await house.engine.grants.device(tenant, params.provider)
      return APIOAuthDevice(
        grantId: begun.grantID, userCode: begun.userCode, verificationUri: begun.verificationURL,
        verificationUriComplete: begun.completeURL, expiresAt: wireTime(begun.expiresAt))
    } catch { throw RPCError(error) }
  }

  package func wait(
    _ params: OauthWaitParams, _ context: CallContext
  ) async throws(RPCError) -> APIOAuthGrant {
    let tenant = try house.tenant(context)
    do {
      let expiresAt = try await house.engine.grants.wait(tenant, params.grantId)
      return APIOAuthGrant(grantId: params.grantId, expiresAt: wireTime(expiresAt))
    } catch { throw RPCError(error) }
  }
}

extension RPCError {
  init(_ problem: OAuthGrants.Problem) {
    switch problem {
    case .providerUnknown:
      self.init(
        .oauthProviderUnknown, "No such provider is configured here. oauth.providers lists those that are.")
    case .notOffered: self.init(.oauthNotOffered, "The provider does not offer this way here.")
    case .redirectInvalid:
      self.init(.oauthRedirectInvalid, "redirectUri is no absolute URL of http or https.")
    case .unknown: self.init(.oauthUnknown, "No such state or grant, or its time is over. Begin again.")
    case .denied: self.init(.oauthDenied, "The person did not allow it.")
    case .noRefreshToken:
      self.init(.oauthNoRefreshToken, "The provider gave no refresh token: access would end within the hour.")
    case .tooMany(let limit):
      self.init(
        .limitOauth, "\(limit) flows and grants are open already. Wait until some end.",
        ["limit": .int(Int64(limit))])
    case .failed(.refused(let code, let words)):
      self.init(
        .oauthRefused, "The provider said \(code)\(words.isEmpty ? "" : ": \(words)").",
        ["code": .string(code)])
    case .failed(.unavailable(let words)):
      self.init(.oauthUnavailable, "The provider could not be asked (\(words)).", retryAfterMs: 10_000)
    case .failed(.malformed(let words)):
      self.init(
        .oauthRefused, "The provider's answer cannot be used (\(words)).", ["code": .string("malformed")])
    }
  }
}

extension MailboxAccess {
  /// nil when nothing is given. - Throws: when more than one way is given, or half of one.
  init?(_ password: String?, _ oauth: APIOAuthAccess?) throws(RPCError) {
    let wrong = RPCError(
      .paramsInvalid, "Give either password, or oauth with grantId, or oauth with provider and refreshToken.",
      ["name": .string("oauth")])
    switch (password, oauth?.grantId, oauth?.provider, oauth?.refreshToken) {
    case (nil, nil, nil, nil) where oauth == nil: return nil
    case (let password?, nil, nil, nil) where oauth == nil: self = .password(Secret(password))
    case (nil, let grant?, nil, nil): self = .grant(grant)
    case (nil, nil, let provider?, let token?): self = .refreshToken(provider: provider, Secret(token))
    default: throw wrong
    }
  }
}
