// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `oauth.*`.
package protocol OauthService: Sendable {
  /// Providers of access tokens. Those that are configured on this server, by name. Others are not known
  /// here.
  func providers(
    _ params: OauthProvidersParams, _ context: CallContext
  ) async throws(RPCError) -> APIOAuthProviderList

  /// Send a person to their provider. Begins the authorization code flow with PKCE (RFC 6749, RFC 7636):
  /// send the person to `url`; the provider sends them back to `redirectUri` with `state` and `code`, which
  /// go into `oauth.complete`. A state lives 15 minutes, in memory, and is good for one try.
  /// - Throws: `oauth.providerUnknown`, `oauth.notOffered`, `oauth.redirectInvalid`, `limit.oauth`
  func begin(
    _ params: OauthBeginParams, _ context: CallContext
  ) async throws(RPCError) -> APIOAuthAuthorization

  /// Take what the provider sent back. Redeems the code for tokens, which stay in the server. The grant
  /// goes into `mailbox.connect` or `mailbox.reconnect` within 15 minutes.
  /// - Throws: `oauth.unknown`, `oauth.refused`, `oauth.unavailable`, `oauth.noRefreshToken`, `limit.oauth`
  func complete(
    _ params: OauthCompleteParams, _ context: CallContext
  ) async throws(RPCError) -> APIOAuthGrant

  /// Let a person type a code. Begins the device flow (RFC 8628): show the person `userCode` and
  /// `verificationUri`; `oauth.wait` answers when they have said yes. Not every provider offers it for
  /// mail.
  /// - Throws: `oauth.providerUnknown`, `oauth.notOffered`, `oauth.refused`, `oauth.unavailable`,
  ///   `limit.oauth`
  func device(_ params: OauthDeviceParams, _ context: CallContext) async throws(RPCError) -> APIOAuthDevice

  /// Wait until the person has said yes. Asks the provider as often as it allows, and answers when the
  /// grant can be used. Give it a deadline of minutes, and call again when that passes: the grant goes on
  /// until `expiresAt`.
  /// - Throws: `oauth.unknown`, `oauth.denied`, `oauth.refused`, `oauth.noRefreshToken`
  func wait(_ params: OauthWaitParams, _ context: CallContext) async throws(RPCError) -> APIOAuthGrant
}

extension OauthService {
  /// The methods `oauth.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("oauth.providers", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.providers(params, context)
      },
      .call("oauth.begin", scope: "manage", idempotent: false) { params, context async throws(RPCError) in
        try await self.begin(params, context)
      },
      .call("oauth.complete", scope: "manage", idempotent: false) { params, context async throws(RPCError) in
        try await self.complete(params, context)
      },
      .call("oauth.device", scope: "manage", idempotent: false) { params, context async throws(RPCError) in
        try await self.device(params, context)
      },
      .call("oauth.wait", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.wait(params, context)
      },
    ]
  }
}

/// The parameters of `oauth.providers`.
package struct OauthProvidersParams: APIParams, Hashable {
  package static let parameterNames: [String]? = []

  package init() {}

  package init(from reader: inout JSONReader) throws(JSONError) {
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.endObject()
  }
}

/// The parameters of `oauth.begin`.
package struct OauthBeginParams: APIParams, Hashable {
  package var provider: String
  /// Registered at the provider.
  package var redirectUri: String
  /// Told to the provider, so that the person need not choose an account.
  package var email: String?

  package static let parameterNames: [String]? = ["provider", "redirectUri", "email"]

  package init(provider: String, redirectUri: String, email: String? = nil) {
    self.provider = provider
    self.redirectUri = redirectUri
    self.email = email
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var provider: String?
    var redirectUri: String?
    var email: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("provider") {
        provider = try reader.string(length: 1...64)
      } else if reader.keyIs("redirectUri") {
        redirectUri = try reader.string(length: 1...2048)
      } else if reader.keyIs("email") {
        if !reader.isNull() { email = try reader.string(length: 3...320) }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.provider = try present(provider, "provider")
    self.redirectUri = try present(redirectUri, "redirectUri")
    self.email = email
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("provider")
    writer.string(provider)
    writer.key("redirectUri")
    writer.string(redirectUri)
    if let email {
      writer.key("email")
      writer.string(email)
    }
    writer.endObject()
  }
}

/// The parameters of `oauth.complete`.
package struct OauthCompleteParams: APIParams, Hashable, CustomStringConvertible, CustomReflectable {
  package var state: String
  package var code: String

  package static let parameterNames: [String]? = ["state", "code"]

  package init(state: String, code: String) {
    self.state = state
    self.code = code
  }

  /// Without the members: one of them is a secret.
  package var description: String { "OauthCompleteParams" }
  package var customMirror: Mirror { Mirror(self, children: []) }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var state: String?
    var code: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("state") {
        state = try reader.string(length: 1...200)
      } else if reader.keyIs("code") {
        code = try reader.string(length: 1...4096)
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.state = try present(state, "state")
    self.code = try present(code, "code")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("state")
    writer.string(state)
    writer.key("code")
    writer.string(code)
    writer.endObject()
  }
}

/// The parameters of `oauth.device`.
package struct OauthDeviceParams: APIParams, Hashable {
  package var provider: String

  package static let parameterNames: [String]? = ["provider"]

  package init(provider: String) {
    self.provider = provider
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var provider: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("provider") {
        provider = try reader.string(length: 1...64)
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.provider = try present(provider, "provider")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("provider")
    writer.string(provider)
    writer.endObject()
  }
}

/// The parameters of `oauth.wait`.
package struct OauthWaitParams: APIParams, Hashable {
  package var grantId: String

  package static let parameterNames: [String]? = ["grantId"]

  package init(grantId: String) {
    self.grantId = grantId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var grantId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("grantId") {
        grantId = try reader.string(length: 1...200)
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.grantId = try present(grantId, "grantId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("grantId")
    writer.string(grantId)
    writer.endObject()
  }
}

/// A provider, and which ways it offers.
package struct APIOAuthProviderInfo: APIValue, Hashable {
  package var name: String
  /// `oauth.begin` can be used.
  package var authorization: Bool
  /// `oauth.device` can be used.
  package var device: Bool

  package init(name: String, authorization: Bool, device: Bool) {
    self.name = name
    self.authorization = authorization
    self.device = device
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var authorization: Bool?
    var device: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        name = try reader.string(length: 1...64)
      } else if reader.keyIs("authorization") {
        authorization = try reader.bool()
      } else if reader.keyIs("device") {
        device = try reader.bool()
      } else {
        try reader.skip()
      }
    }
    self.name = try present(name, "name")
    self.authorization = try present(authorization, "authorization")
    self.device = try present(device, "device")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("name")
    writer.string(name)
    writer.key("authorization")
    writer.bool(authorization)
    writer.key("device")
    writer.bool(device)
    writer.endObject()
  }
}

/// Providers by name.
package struct APIOAuthProviderList: APIValue, Hashable {
  package var providers: [APIOAuthProviderInfo]

  package init(providers: [APIOAuthProviderInfo]) {
    self.providers = providers
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var providers: [APIOAuthProviderInfo]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("providers") {
        providers = try reader.list("providers")
      } else {
        try reader.skip()
      }
    }
    self.providers = try present(providers, "providers")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("providers")
    writer.list(providers)
    writer.endObject()
  }
}

/// Where to send a person.
package struct APIOAuthAuthorization: APIValue, Hashable {
  package var url: String
  /// Comes back with the code; keep it with the person's session.
  package var state: String
  package var expiresAt: String

  package init(url: String, state: String, expiresAt: String) {
    self.url = url
    self.state = state
    self.expiresAt = expiresAt
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var url: String?
    var state: String?
    var expiresAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("url") {
        url = try reader.string()
      } else if reader.keyIs("state") {
        state = try reader.string()
      } else if reader.keyIs("expiresAt") {
        expiresAt = try reader.timestamp()
      } else {
        try reader.skip()
      }
    }
    self.url = try present(url, "url")
    self.state = try present(state, "state")
    self.expiresAt = try present(expiresAt, "expiresAt")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("url")
    writer.string(url)
    writer.key("state")
    writer.string(state)
    writer.key("expiresAt")
    writer.string(expiresAt)
    writer.endObject()
  }
}

/// Tokens that wait in the server to be used, by this tenant only.
package struct APIOAuthGrant: APIValue, Hashable {
  package var grantId: String
  package var expiresAt: String

  package init(grantId: String, expiresAt: String) {
    self.grantId = grantId
    self.expiresAt = expiresAt
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var grantId: String?
    var expiresAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("grantId") {
        grantId = try reader.string()
      } else if reader.keyIs("expiresAt") {
        expiresAt = try reader.timestamp()
      } else {
        try reader.skip()
      }
    }
    self.grantId = try present(grantId, "grantId")
    self.expiresAt = try present(expiresAt, "expiresAt")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("grantId")
    writer.string(grantId)
    writer.key("expiresAt")
    writer.string(expiresAt)
    writer.endObject()
  }
}

/// What a person is shown.
package struct APIOAuthDevice: APIValue, Hashable {
  package var grantId: String
  package var userCode: String
  package var verificationUri: String
  /// The same with the code in it.
  package var verificationUriComplete: String?
  package var expiresAt: String

  package init(
    grantId: String, userCode: String, verificationUri: String, verificationUriComplete: String? = nil,
    expiresAt: String
  ) {
    self.grantId = grantId
    self.userCode = userCode
    self.verificationUri = verificationUri
    self.verificationUriComplete = verificationUriComplete
    self.expiresAt = expiresAt
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var grantId: String?
    var userCode: String?
    var verificationUri: String?
    var verificationUriComplete: String?
    var expiresAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("grantId") {
        grantId = try reader.string()
      } else if reader.keyIs("userCode") {
        userCode = try reader.string()
      } else if reader.keyIs("verificationUri") {
        verificationUri = try reader.string()
      } else if reader.keyIs("verificationUriComplete") {
        if !reader.isNull() { verificationUriComplete = try reader.string() }
      } else if reader.keyIs("expiresAt") {
        expiresAt = try reader.timestamp()
      } else {
        try reader.skip()
      }
    }
    self.grantId = try present(grantId, "grantId")
    self.userCode = try present(userCode, "userCode")
    self.verificationUri = try present(verificationUri, "verificationUri")
    self.verificationUriComplete = verificationUriComplete
    self.expiresAt = try present(expiresAt, "expiresAt")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("grantId")
    writer.string(grantId)
    writer.key("userCode")
    writer.string(userCode)
    writer.key("verificationUri")
    writer.string(verificationUri)
    if let verificationUriComplete {
      writer.key("verificationUriComplete")
      writer.string(verificationUriComplete)
    }
    writer.key("expiresAt")
    writer.string(expiresAt)
    writer.endObject()
  }
}
