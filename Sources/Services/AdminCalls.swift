internal import Bytes
package import JSONRPC
internal import MailEngine
package import MailStore
package import PostroomAPI
internal import Sealing

/// `tenant.*`
package struct TenantCalls: TenantService {
  private let house: House
  package init(_ house: House) { self.house = house }

  package func create(_ params: TenantCreateParams, _ context: CallContext) async throws(RPCError)
    -> APITenant
  {
    APITenant(
      try await storing { () async throws(MailStoreError) in
        try await house.store.createTenant(name: params.name, at: house.now)
      })
  }

  package func get(_ params: TenantGetParams, _ context: CallContext) async throws(RPCError) -> APITenant {
    let own = try house.tenant(context)
    let tenant: TenantID = try id(params.tenantId, .tenantUnknown) ?? own
    return APITenant(
      try await storing { () async throws(MailStoreError) in try await house.store.tenant(tenant) })
  }

  package func settings(
    _ params: TenantSettingsParams, _ context: CallContext
  ) async throws(RPCError) -> APITenantDetail {
    let id = try house.tenant(context)
    return try await storing { () async throws(MailStoreError) in
      APITenantDetail(
        tenant: APITenant(try await house.store.tenant(id)),
        settings: APITenantSettings(try await house.store.settings(of: id)))
    }
  }

  package func update(
    _ params: TenantUpdateParams, _ context: CallContext
  ) async throws(RPCError) -> APITenantDetail {
    let id = try house.tenant(context)
    let before = try await storing { () async throws(MailStoreError) in try await house.store.settings(of: id)
    }
    let settings = try before.changed(params.settings)
    try await storing { () async throws(MailStoreError) in
      try await house.store.setSettings(settings, of: id)
    }
    if settings.search != before.search { house.engine.searchChanged() }
    if settings.sendLimits != before.sendLimits {
      try await engaging { () async throws(EngineError) in try await house.engine.reviewOutboxes(of: id) }
    }
    return try await self.settings(.init(), context)
  }

  package func list(_ params: TenantListParams, _ context: CallContext) async throws(RPCError)
    -> APITenantList
  {
    let all = try await storing { () async throws(MailStoreError) in try await house.store.tenants() }
    return APITenantList(tenants: all.map { APITenant($0) })
  }
}

/// `token.*`
package struct TokenCalls: TokenService {
  private let house: House
  package init(_ house: House) { self.house = house }

  package func create(_ params: TokenCreateParams, _ context: CallContext) async throws(RPCError)
    -> APINewToken
  {
    let tenant = try await tenant(params.tenantId, context)
    let end = try time(params.expiresAt, "expiresAt")
    if let end, end <= house.now { throw RPCError(.tokenExpired, "expiresAt has passed already.") }
    let (row, secret) = try await storing { () async throws(MailStoreError) in
      try await NewToken.create(
        store: house.store, tenant: tenant, name: params.name, scopes: params.scopes.map(\.rawValue),
        expiresAt: end, at: house.now)
    }
    return APINewToken(token: APIToken(row), secret: secret)
  }

  package func addCertificate(_ params: TokenAddCertificateParams, _ context: CallContext)
    async throws(RPCError)
    -> APIToken
  {
    let tenant = try await tenant(params.tenantId, context)
    let end = try time(params.expiresAt, "expiresAt")
    if let end, end <= house.now { throw RPCError(.tokenExpired, "expiresAt has passed already.") }
    guard let digest = Digest.certificate(pem: Array(params.certificate.utf8)) else {
      throw RPCError(
        .certificateInvalid, "There is no certificate in PEM (-----BEGIN CERTIFICATE-----) that can be read.")
    }
    let row = try await storing { () async throws(MailStoreError) in
      try await house.store.createToken(
        tenant: tenant, name: params.name, scopes: params.scopes.map(\.rawValue),
        credential: .certificate(digest: digest), expiresAt: end, at: house.now)
    }
    return APIToken(row)
  }

  package func get(_ params: TokenGetParams, _ context: CallContext) async throws(RPCError) -> APIToken {
    let tenant = try await tenant(params.tenantId, context)
    let id: TokenID = try id(params.tokenId, .tokenUnknown)
    let all = try await storing { () async throws(MailStoreError) in
      try await house.store.tokens(tenant: tenant)
    }
    guard let found = all.first(where: { $0.id == id }) else {
      throw RPCError(.tokenUnknown, "There is no such token.")
    }
    return APIToken(found)
  }

  package func list(_ params: TokenListParams, _ context: CallContext) async throws(RPCError) -> APITokenList
  {
    let tenant = try await tenant(params.tenantId, context)
    let all = try await storing { () async throws(MailStoreError) in
      try await house.store.tokens(tenant: tenant)
    }
    return APITokenList(tokens: all.map { APIToken($0) })
  }

  package func revoke(_ params: TokenRevokeParams, _ context: CallContext) async throws(RPCError) -> APIEmpty
  {
    let tenant = try await tenant(params.tenantId, context)
    let id: TokenID = try id(params.tokenId, .tokenUnknown)
    try await storing { () async throws(MailStoreError) in
      try await house.store.deleteToken(id, tenant: tenant)
    }
    await house.tokenRevoked()
    return APIEmpty()
  }

  private func tenant(_ text: String?, _ context: CallContext) async throws(RPCError) -> TenantID {
    guard let wanted: TenantID = try id(text, .tenantUnknown) else { return try house.tenant(context) }
    return try await storing { () async throws(MailStoreError) in try await house.store.tenant(wanted).id }
  }
}

package enum NewToken {
  /// A token of 32 random octets as `pr_` and base64url; only its digest is kept.
  package static func create(
    store: any MailStoring, tenant: TenantID, name: String, scopes: [String], expiresAt: Timestamp?,
    at: Timestamp
  ) async throws(MailStoreError) -> (row: TokenRow, secret: String) {
    var text = "pr_"
    for byte in Base64.encode(Digest.randomBytes(32)) {
      switch byte {
      case 0x2B: text += "-"
      case 0x2F: text += "_"
      case 0x3D: break
      default: text.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    let row = try await store.createToken(
      tenant: tenant, name: name, scopes: scopes,
      credential: .secret(digest: Digest.sha256(Array(text.utf8))), expiresAt: expiresAt, at: at)
    return (row, text)
  }
}
