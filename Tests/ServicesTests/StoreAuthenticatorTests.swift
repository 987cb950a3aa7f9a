import Glibc
import JSONRPC
import MailEngine
import MailStore
import PostroomAPI
import Sealing
import Synchronization
import Testing

@testable import Services

/// Stands still until it is moved.
private final class StandingClock: EngineClock {
  private let time = Mutex<Int64>(1_000_000)
  var now: Timestamp { Timestamp(milliseconds: time.withLock { $0 }) }
  var uptimeMilliseconds: Int64 { time.withLock { $0 } }
  func sleep(milliseconds: Int64) async { move(milliseconds) }
  func move(_ milliseconds: Int64) { time.withLock { $0 += milliseconds } }
}

@Suite(.timeLimit(.minutes(1))) struct StoreAuthenticatorTests {
  private let clock = StandingClock()

  private func authenticator(_ all: ServiceHouse) -> StoreAuthenticator {
    StoreAuthenticator(store: all.store, clock: clock, ownerUID: 1000, ownerTenant: all.ours)
  }

  private func token(
    _ all: ServiceHouse, scopes: [String] = ["read"], expiresAt: Timestamp? = nil, tenant: TenantID? = nil
  ) async throws -> (id: TokenID, secret: [UInt8]) {
    let (row, secret) = try await NewToken.create(
      store: all.store, tenant: tenant ?? all.ours, name: "crm", scopes: scopes, expiresAt: expiresAt,
      at: clock.now)
    return (row.id, Array(secret.utf8))
  }

  @Test func `a token stands for its tenant, name and scopes, and only the whole of it`() async throws {
    try await ServiceHouse.run { all in
      let who = authenticator(all)
      let (id, secret) = try await token(all, scopes: ["read", "send"])
      let want = Principal(
        tenantID: all.ours.text, name: "crm", scopes: ["read", "send"], credential: id.text)
      #expect(who.remembered(token: secret) == nil)
      #expect(await who.principal(token: secret) == want)
      #expect(who.remembered(token: secret) == want)
      for wrong in [
        [], Array(secret.dropLast()), secret + [0x41], Array(secret.dropLast()) + [(secret.last ?? 0) ^ 1],
        Digest.sha256(secret),
      ] {
        #expect(await who.principal(token: wrong) == nil)
        #expect(who.remembered(token: wrong) == nil)
      }
    }
  }

  @Test func `a token that is revoked is not remembered for one more request`() async throws {
    try await ServiceHouse.run { all in
      let who = authenticator(all)
      let (id, secret) = try await token(all)
      let (_, other) = try await token(all, tenant: all.theirs)
      _ = await (who.principal(token: secret), who.principal(token: other))
      #expect(who.remembered(token: secret) != nil && who.remembered(token: other) != nil)
      #expect(await who.stands(credential: id.text))
      try await all.store.deleteToken(id, tenant: all.ours)
      #expect(who.remembered(token: secret) == nil)
      #expect(await who.principal(token: secret) == nil)
      #expect(await !who.stands(credential: id.text))
      // The others are looked up once more.
      #expect(await who.principal(token: other)?.tenantID == all.theirs.text)
      #expect(who.remembered(token: other) != nil)
    }
  }

  @Test func `the tokens of a tenant that is purged are forgotten with it`() async throws {
    try await ServiceHouse.run { all in
      let who = authenticator(all)
      let (id, secret) = try await token(all)
      #expect(await who.principal(token: secret) != nil)
      let purge = try await all.store.beginPurge(.tenant, tenant: all.ours, by: "ops", at: clock.now)
      _ = try await all.store.finishPurge(purge.id, at: clock.now)
      #expect(who.remembered(token: secret) == nil)
      #expect(await who.principal(token: secret) == nil)
      #expect(await !who.stands(credential: id.text))
    }
  }

  @Test func `a token expires to the millisecond, remembered or not`() async throws {
    try await ServiceHouse.run { all in
      let who = authenticator(all)
      let end = Timestamp(milliseconds: clock.now.milliseconds + 5000)
      let (id, secret) = try await token(all, expiresAt: end)
      #expect(await who.principal(token: secret) != nil)
      clock.move(4999)
      #expect(who.remembered(token: secret) != nil)
      #expect(await who.stands(credential: id.text))
      clock.move(1)
      #expect(who.remembered(token: secret) == nil)
      #expect(await who.principal(token: secret) == nil)
      #expect(await !who.stands(credential: id.text))
    }
  }

  @Test func `what is remembered is looked up again after a while, and is bounded`() async throws {
    try await ServiceHouse.run { all in
      let who = authenticator(all)
      let (_, secret) = try await token(all)
      _ = await who.principal(token: secret)
      clock.move(CallerCache.milliseconds - 1)
      #expect(who.remembered(token: secret) != nil)
      clock.move(1)
      #expect(who.remembered(token: secret) == nil)
    }
    let cache = CallerCache()
    let principal = Principal(tenantID: "t", name: "n", scopes: [])
    for n in 0...CallerCache.entriesMax {
      cache.remember(principal, token: Array("\(n)".utf8), end: nil, uptime: 0, since: 0)
      #expect(cache.count <= CallerCache.entriesMax)
    }
    #expect(cache.principal(token: Array("\(CallerCache.entriesMax)".utf8), now: clock.now, uptime: 0) != nil)
  }

  @Test func `a token that is deleted while it is looked up is not remembered`() {
    let cache = CallerCache()
    let before = cache.generation
    cache.forgetAll()
    cache.remember(
      Principal(tenantID: "t", name: "n", scopes: []), token: [1], end: nil, uptime: 0, since: before)
    #expect(cache.principal(token: [1], now: clock.now, uptime: 0) == nil)
    #expect(cache.count == 0)
  }

  @Test func `a certificate is registered once, and is no secret`() async throws {
    try await ServiceHouse.run { all in
      let who = authenticator(all)
      let calls = TokenCalls(all.house)
      func add(_ pem: String, _ tenant: TenantID) async throws(RPCError) -> APIToken {
        try await calls.addCertificate(
          TokenAddCertificateParams(name: "crm", scopes: [.read], certificate: pem), all.context(tenant))
      }
      let made = try await add(TestCertificate.pem, all.ours)
      #expect(made.certificateSha256 == TestCertificate.sha256)
      let digest = try #require(Digest.certificate(pem: Array(TestCertificate.pem.utf8)))
      let want = Principal(tenantID: all.ours.text, name: "crm", scopes: ["read"], credential: made.id)
      #expect(await who.principal(certificateDigest: digest) == want)
      // Everybody can have the certificate: neither it nor its digest is a token, as text or as octets.
      let der = TestCertificate.der
      #expect(Digest.sha256(der) == digest)
      for text in [der, digest, Array(TestCertificate.sha256.utf8), Array(TestCertificate.pem.utf8)] {
        #expect(await who.principal(token: text) == nil)
      }
      #expect(
        await reason { () async throws(RPCError) in try await add(TestCertificate.pem, all.theirs) }
          == "certificate.exists")
      for pem in [
        "", "x", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        String(TestCertificate.pem.dropLast(60)),
      ] {
        #expect(
          await reason { () async throws(RPCError) in try await add(pem, all.ours) } == "certificate.invalid")
      }
      let listed = try await calls.list(TokenListParams(), all.context(all.ours)).tokens
      #expect(listed == [made])
      #expect(
        await reason { () async throws(RPCError) in
          try await calls.revoke(TokenRevokeParams(tokenId: made.id), all.context(all.theirs))
        } == "token.unknown")
      _ = try await calls.revoke(TokenRevokeParams(tokenId: made.id), all.context(all.ours))
      #expect(await who.principal(certificateDigest: digest) == nil)
      // Registered again, it is another credential.
      #expect(try await add(TestCertificate.pem, all.theirs).id != made.id)
    }
  }

  @Test func `revoking waits for what was open to end`() async throws {
    try await ServiceHouse.run { all in
      let told = Mutex(0)
      let house = House(store: all.store, engine: all.house.engine, clock: clock) {
        told.withLock { $0 += 1 }
      }
      let (id, _) = try await token(all)
      let calls = TokenCalls(house)
      #expect(
        await reason { () async throws(RPCError) in
          try await calls.revoke(TokenRevokeParams(tokenId: "tk999"), all.context(all.ours))
        } == "token.unknown")
      #expect(told.withLock { $0 } == 0)
      _ = try await calls.revoke(TokenRevokeParams(tokenId: id.text), all.context(all.ours))
      #expect(told.withLock { $0 } == 1)
    }
  }
}
