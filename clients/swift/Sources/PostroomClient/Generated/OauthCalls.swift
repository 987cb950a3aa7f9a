// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `oauth.*`.
  public var oauth: OauthCalls { OauthCalls(client: self) }
}

/// The methods `oauth.*`.
public struct OauthCalls: Sendable {
  let client: PostroomClient

  /// Providers of access tokens. Those that are configured on this server, by name. Others are not known
  /// here.
  public func providers(
    options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> OAuthProviderList {
    try await client.call("oauth.providers", repeatable: .always, options) { _ in }
  }

  /// Send a person to their provider. Begins the authorization code flow with PKCE (RFC 6749, RFC 7636):
  /// send the person to `url`; the provider sends them back to `redirectUri` with `state` and `code`, which
  /// go into `oauth.complete`. A state lives 15 minutes, in memory, and is good for one try.
  /// - Parameters:
  ///   - redirectUri: Registered at the provider.
  ///   - email: Told to the provider, so that the person need not choose an account.
  /// - Throws: with reason `oauth.providerUnknown`, `oauth.notOffered`, `oauth.redirectInvalid`,
  ///   `limit.oauth`
  public func begin(
    provider: String, redirectUri: String, email: String? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> OAuthAuthorization {
    try await client.call("oauth.begin", repeatable: .never, options) { writer in
      writer.key("provider")
      writer.string(provider)
      writer.key("redirectUri")
      writer.string(redirectUri)
      if let email {
        writer.key("email")
        writer.string(email)
      }
    }
  }

  /// Take what the provider sent back. Redeems the code for tokens, which stay in the server. The grant
  /// goes into `mailbox.connect` or `mailbox.reconnect` within 15 minutes.
  /// - Throws: with reason `oauth.unknown`, `oauth.refused`, `oauth.unavailable`, `oauth.noRefreshToken`,
  ///   `limit.oauth`
  public func complete(
    state: String, code: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> OAuthGrant {
    try await client.call("oauth.complete", repeatable: .never, options) { writer in
      writer.key("state")
      writer.string(state)
      writer.key("code")
      writer.string(code)
    }
  }

  /// Let a person type a code. Begins the device flow (RFC 8628): show the person `userCode` and
  /// `verificationUri`; `oauth.wait` answers when they have said yes. Not every provider offers it for
  /// mail.
  /// - Throws: with reason `oauth.providerUnknown`, `oauth.notOffered`, `oauth.refused`,
  ///   `oauth.unavailable`, `limit.oauth`
  public func device(
    provider: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> OAuthDevice {
    try await client.call("oauth.device", repeatable: .never, options) { writer in
      writer.key("provider")
      writer.string(provider)
    }
  }

  /// Wait until the person has said yes. Asks the provider as often as it allows, and answers when the
  /// grant can be used. Give it a deadline of minutes, and call again when that passes: the grant goes on
  /// until `expiresAt`.
  /// - Throws: with reason `oauth.unknown`, `oauth.denied`, `oauth.refused`, `oauth.noRefreshToken`
  public func wait(
    grantId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> OAuthGrant {
    try await client.call("oauth.wait", repeatable: .always, options) { writer in
      writer.key("grantId")
      writer.string(grantId)
    }
  }
}

/// A provider, and which ways it offers.
public struct OAuthProviderInfo: Hashable, Sendable, JSONReadable, JSONWritable {
  public var name: String
  /// `oauth.begin` can be used.
  public var authorization: Bool
  /// `oauth.device` can be used.
  public var device: Bool

  public init(name: String, authorization: Bool, device: Bool) {
    self.name = name
    self.authorization = authorization
    self.device = device
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var authorization: Bool?
    var device: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        name = try reader.string()
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

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("name")
    writer.string(name)
    writer.key("authorization")
    writer.bool(authorization)
    writer.key("device")
    writer.bool(device)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Providers by name.
public struct OAuthProviderList: Hashable, Sendable, JSONReadable, JSONWritable {
  public var providers: [OAuthProviderInfo]

  public init(providers: [OAuthProviderInfo]) {
    self.providers = providers
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var providers: [OAuthProviderInfo]?
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

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("providers")
    writer.list(providers)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Where to send a person.
public struct OAuthAuthorization: Hashable, Sendable, JSONReadable, JSONWritable {
  public var url: String
  /// Comes back with the code; keep it with the person's session.
  public var state: String
  public var expiresAt: String

  public init(url: String, state: String, expiresAt: String) {
    self.url = url
    self.state = state
    self.expiresAt = expiresAt
  }

  init(from reader: inout JSONReader) throws(JSONError) {
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
        expiresAt = try reader.string()
      } else {
        try reader.skip()
      }
    }
    self.url = try present(url, "url")
    self.state = try present(state, "state")
    self.expiresAt = try present(expiresAt, "expiresAt")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("url")
    writer.string(url)
    writer.key("state")
    writer.string(state)
    writer.key("expiresAt")
    writer.string(expiresAt)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Tokens that wait in the server to be used, by this tenant only.
public struct OAuthGrant: Hashable, Sendable, JSONReadable, JSONWritable {
  public var grantId: String
  public var expiresAt: String

  public init(grantId: String, expiresAt: String) {
    self.grantId = grantId
    self.expiresAt = expiresAt
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var grantId: String?
    var expiresAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("grantId") {
        grantId = try reader.string()
      } else if reader.keyIs("expiresAt") {
        expiresAt = try reader.string()
      } else {
        try reader.skip()
      }
    }
    self.grantId = try present(grantId, "grantId")
    self.expiresAt = try present(expiresAt, "expiresAt")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("grantId")
    writer.string(grantId)
    writer.key("expiresAt")
    writer.string(expiresAt)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// What a person is shown.
public struct OAuthDevice: Hashable, Sendable, JSONReadable, JSONWritable {
  public var grantId: String
  public var userCode: String
  public var verificationUri: String
  /// The same with the code in it.
  public var verificationUriComplete: String?
  public var expiresAt: String

  public init(
    grantId: String, userCode: String, verificationUri: String, verificationUriComplete: String? = nil,
    expiresAt: String
  ) {
    self.grantId = grantId
    self.userCode = userCode
    self.verificationUri = verificationUri
    self.verificationUriComplete = verificationUriComplete
    self.expiresAt = expiresAt
  }

  init(from reader: inout JSONReader) throws(JSONError) {
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
        expiresAt = try reader.string()
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}
