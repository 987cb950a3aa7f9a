// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON
internal import PostroomClient

/// Makes the call `method`; the answer is JSON text.
func dispatch(_ client: PostroomClient, _ method: String, _ params: JSONValue, _ options: CallOptions)
  async throws -> String
{
  switch method {
  case "mailbox.connect":
    return try await client.mailbox.connect(
      email: try text(params.member("email")), password: try params.given("password").map(text),
      userName: try params.given("userName").map(text),
      displayName: try params.given("displayName").map(text),
      imap: try readServerChoice(params.member("imap")), smtp: try readServerChoice(params.member("smtp")),
      oauth: try params.given("oauth").map(readOAuthAccess), options: options
    ).json
  case "mailbox.get":
    return try await client.mailbox.get(
      mailboxId: try text(params.member("mailboxId")), options: options
    ).json
  case "mailbox.list":
    return try await client.mailbox.list(options: options).json
  case "mailbox.audit":
    return try await client.mailbox.audit(
      mailboxId: try text(params.member("mailboxId")), options: options
    ).json
  case "mailbox.discover":
    return try await client.mailbox.discover(email: try text(params.member("email")), options: options).json
  case "mailbox.probe":
    return try await client.mailbox.probe(
      mailboxId: try params.given("mailboxId").map(text), userName: try params.given("userName").map(text),
      password: try params.given("password").map(text),
      imap: try params.given("imap").map(readServerChoice),
      smtp: try params.given("smtp").map(readServerChoice), options: options
    ).json
  case "mailbox.reconnect":
    return try await client.mailbox.reconnect(
      mailboxId: try text(params.member("mailboxId")), password: try params.given("password").map(text),
      userName: try params.given("userName").map(text),
      imap: try params.given("imap").map(readServerChoice),
      smtp: try params.given("smtp").map(readServerChoice),
      oauth: try params.given("oauth").map(readOAuthAccess), options: options
    ).json
  case "mailbox.update":
    return try await client.mailbox.update(
      mailboxId: try text(params.member("mailboxId")),
      displayName: try params.given("displayName").map(text),
      identities: try params.given("identities").map(list(readAddress)),
      sendsPerMinuteMax: try params.given("sendsPerMinuteMax").map(whole),
      sendsPerDayMax: try params.given("sendsPerDayMax").map(whole), options: options
    ).json
  case "mailbox.disconnect":
    return try await client.mailbox.disconnect(
      mailboxId: try text(params.member("mailboxId")), options: options
    ).json
  case "mailbox.delete":
    return try await client.mailbox.delete(
      mailboxId: try text(params.member("mailboxId")), options: options
    ).json
  case "oauth.providers":
    return try await client.oauth.providers(options: options).json
  case "oauth.begin":
    return try await client.oauth.begin(
      provider: try text(params.member("provider")), redirectUri: try text(params.member("redirectUri")),
      email: try params.given("email").map(text), options: options
    ).json
  case "oauth.complete":
    return try await client.oauth.complete(
      state: try text(params.member("state")), code: try text(params.member("code")), options: options
    ).json
  case "oauth.device":
    return try await client.oauth.device(
      provider: try text(params.member("provider")), options: options
    ).json
  case "oauth.wait":
    return try await client.oauth.wait(grantId: try text(params.member("grantId")), options: options).json
  case "folder.list":
    return try await client.folder.list(
      mailboxId: try text(params.member("mailboxId")), options: options
    ).json
  case "sync.run":
    return try await client.sync.run(
      mailboxId: try text(params.member("mailboxId")), wait: try params.given("wait").map(flag) ?? false,
      options: options
    ).json
  case "sync.cancel":
    return try await client.sync.cancel(
      mailboxId: try text(params.member("mailboxId")), options: options
    ).json
  case "sync.status":
    return try await client.sync.status(
      mailboxId: try text(params.member("mailboxId")), options: options
    ).json
  case "mail.send":
    return try await client.mail.send(
      mailboxId: try text(params.member("mailboxId")),
      to: try params.given("to").map(list(readAddress)) ?? [],
      cc: try params.given("cc").map(list(readAddress)) ?? [],
      bcc: try params.given("bcc").map(list(readAddress)) ?? [],
      replyTo: try params.given("replyTo").map(list(readAddress)) ?? [],
      subject: try text(params.member("subject")), text: try params.given("text").map(text),
      html: try params.given("html").map(text),
      attachments: try params.given("attachments").map(list(readOutgoingAttachment)) ?? [],
      inReplyToMailId: try params.given("inReplyToMailId").map(text),
      track: try params.given("track").map(flag) ?? true,
      origin: try params.given("origin").map(word(SendOrigin.self)),
      sendAt: try params.given("sendAt").map(text),
      records: try params.given("records").map(list(readRecordRef)) ?? [],
      from: try params.given("from").map(readAddress),
      deliveryReports: try params.given("deliveryReports").map(flag) ?? false, options: options
    ).json
  case "mail.status":
    return try await client.mail.status(mailId: try text(params.member("mailId")), options: options).json
  case "mail.cancel":
    return try await client.mail.cancel(mailId: try text(params.member("mailId")), options: options).json
  case "mail.reply":
    return try await client.mail.reply(
      mailId: try text(params.member("mailId")),
      recipients: try params.given("recipients").map(word(ReplyRecipients.self)),
      text: try params.given("text").map(text), html: try params.given("html").map(text),
      quote: try params.given("quote").map(flag) ?? true, language: try params.given("language").map(text),
      utcOffsetMinutes: try params.given("utcOffsetMinutes").map(whole) ?? 0, options: options
    ).json
  case "mail.forward":
    return try await client.mail.forward(
      mailId: try text(params.member("mailId")), text: try params.given("text").map(text),
      html: try params.given("html").map(text),
      attachments: try params.given("attachments").map(flag) ?? true,
      language: try params.given("language").map(text),
      utcOffsetMinutes: try params.given("utcOffsetMinutes").map(whole) ?? 0, options: options
    ).json
  case "mail.get":
    return try await client.mail.get(mailId: try text(params.member("mailId")), options: options).json
  case "mail.list":
    return try await client.mail.list(
      mailboxId: try params.given("mailboxId").map(text), contact: try params.given("contact").map(text),
      messageId: try params.given("messageId").map(text),
      loggedOnly: try params.given("loggedOnly").map(flag) ?? true,
      cursor: try params.given("cursor").map(text), limit: try params.given("limit").map(whole),
      options: options
    ).json
  case "mail.search":
    return try await client.mail.search(
      text: try params.given("text").map(text) ?? "", mailboxId: try params.given("mailboxId").map(text),
      threadId: try params.given("threadId").map(text),
      record: try params.given("record").map(readRecordRef), contact: try params.given("contact").map(text),
      from: try params.given("from").map(text), to: try params.given("to").map(text),
      after: try params.given("after").map(text), before: try params.given("before").map(text),
      hasAttachment: try params.given("hasAttachment").map(flag),
      cursor: try params.given("cursor").map(text), limit: try params.given("limit").map(whole),
      options: options
    ).json
  case "mail.delete":
    return try await client.mail.delete(mailId: try text(params.member("mailId")), options: options).json
  case "mail.restore":
    return try await client.mail.restore(mailId: try text(params.member("mailId")), options: options).json
  case "thread.lookup":
    return try await client.thread.lookup(
      messageId: try params.given("messageId").map(text), mailId: try params.given("mailId").map(text),
      threadId: try params.given("threadId").map(text), contact: try params.given("contact").map(text),
      subject: try params.given("subject").map(text), mailboxId: try params.given("mailboxId").map(text),
      cursor: try params.given("cursor").map(text), limit: try params.given("limit").map(whole),
      record: try params.given("record").map(readRecordRef), options: options
    ).json
  case "thread.get":
    return try await client.thread.get(threadId: try text(params.member("threadId")), options: options).json
  case "thread.list":
    return try await client.thread.list(
      mailboxId: try params.given("mailboxId").map(text), contact: try params.given("contact").map(text),
      trackedOnly: try params.given("trackedOnly").map(flag) ?? false,
      cursor: try params.given("cursor").map(text), limit: try params.given("limit").map(whole),
      options: options
    ).json
  case "thread.track":
    return try await client.thread.track(
      mailId: try params.given("mailId").map(text), messageId: try params.given("messageId").map(text),
      options: options
    ).json
  case "thread.untrack":
    return try await client.thread.untrack(
      threadId: try text(params.member("threadId")), options: options
    ).json
  case "thread.split":
    return try await client.thread.split(mailId: try text(params.member("mailId")), options: options).json
  case "thread.merge":
    return try await client.thread.merge(
      threadId: try text(params.member("threadId")), intoThreadId: try text(params.member("intoThreadId")),
      options: options
    ).json
  case "record.link":
    try await client.record.link(
      record: try readRecordRef(params.member("record")), threadId: try params.given("threadId").map(text),
      mailId: try params.given("mailId").map(text), options: options
    )
    return "{}"
  case "record.unlink":
    try await client.record.unlink(
      record: try readRecordRef(params.member("record")), threadId: try params.given("threadId").map(text),
      mailId: try params.given("mailId").map(text), options: options
    )
    return "{}"
  case "record.list":
    return try await client.record.list(
      threadId: try params.given("threadId").map(text), mailId: try params.given("mailId").map(text),
      options: options
    ).json
  case "record.timeline":
    return try await client.record.timeline(
      record: try readRecordRef(params.member("record")),
      order: try params.given("order").map(word(TimelineOrder.self)),
      cursor: try params.given("cursor").map(text), limit: try params.given("limit").map(whole),
      options: options
    ).json
  case "upload.open":
    return try await client.upload.open(
      name: try text(params.member("name")),
      type: try params.given("type").map(text) ?? "application/octet-stream",
      size: try params.given("size").map(whole), options: options
    ).json
  case "upload.write":
    return try await client.upload.write(
      uploadId: try text(params.member("uploadId")), offset: try whole(params.member("offset")),
      data: try octets(params.member("data")), options: options
    ).json
  case "upload.get":
    return try await client.upload.get(uploadId: try text(params.member("uploadId")), options: options).json
  case "upload.list":
    return try await client.upload.list(options: options).json
  case "upload.commit":
    return try await client.upload.commit(
      uploadId: try text(params.member("uploadId")), sha256: try params.given("sha256").map(text),
      options: options
    ).json
  case "upload.cancel":
    try await client.upload.cancel(uploadId: try text(params.member("uploadId")), options: options)
    return "{}"
  case "purge.preview":
    return try await client.purge.preview(
      scope: try readPurgeScope(params.member("scope")), options: options
    ).json
  case "purge.run":
    return try await client.purge.run(
      scope: try readPurgeScope(params.member("scope")), options: options
    ).json
  case "purge.status":
    return try await client.purge.status(purgeId: try text(params.member("purgeId")), options: options).json
  case "purge.receipts":
    return try await client.purge.receipts(
      cursor: try params.given("cursor").map(text), limit: try params.given("limit").map(whole),
      options: options
    ).json
  case "purge.publicKey":
    return try await client.purge.publicKey(options: options).json
  case "retention.get":
    return try await client.retention.get(
      withinDays: try params.given("withinDays").map(whole) ?? 30, options: options
    ).json
  case "retention.set":
    return try await client.retention.set(
      policy: try readRetentionPolicy(params.member("policy")), options: options
    ).json
  case "retention.ofMail":
    return try await client.retention.ofMail(
      mailId: try text(params.member("mailId")), options: options
    ).json
  case "retention.acceptClock":
    try await client.retention.acceptClock(options: options)
    return "{}"
  case "hold.place":
    return try await client.hold.place(
      scope: try readPurgeScope(params.member("scope")), reason: try text(params.member("reason")),
      options: options
    ).json
  case "hold.list":
    return try await client.hold.list(options: options).json
  case "hold.release":
    try await client.hold.release(holdId: try text(params.member("holdId")), options: options)
    return "{}"
  case "webhook.create":
    return try await client.webhook.create(
      url: try text(params.member("url")), kinds: try params.given("kinds").map(list(word(EventType.self))),
      after: try params.given("after").map(text), options: options
    ).json
  case "webhook.get":
    return try await client.webhook.get(
      webhookId: try text(params.member("webhookId")), options: options
    ).json
  case "webhook.list":
    return try await client.webhook.list(options: options).json
  case "webhook.update":
    return try await client.webhook.update(
      webhookId: try text(params.member("webhookId")), url: try params.given("url").map(text),
      kinds: try params.given("kinds").map(list(word(EventType.self))),
      enabled: try params.given("enabled").map(flag),
      rotateSecret: try params.given("rotateSecret").map(flag) ?? false, options: options
    ).json
  case "webhook.replay":
    return try await client.webhook.replay(
      webhookId: try text(params.member("webhookId")), after: try text(params.member("after")),
      options: options
    ).json
  case "webhook.test":
    return try await client.webhook.test(
      webhookId: try text(params.member("webhookId")), options: options
    ).json
  case "webhook.delete":
    try await client.webhook.delete(webhookId: try text(params.member("webhookId")), options: options)
    return "{}"
  case "events.read":
    return try await client.events.read(
      after: try params.given("after").map(text), limit: try params.given("limit").map(whole) ?? 100,
      options: options
    ).json
  case "tenant.create":
    return try await client.tenant.create(name: try text(params.member("name")), options: options).json
  case "tenant.get":
    return try await client.tenant.get(
      tenantId: try params.given("tenantId").map(text), options: options
    ).json
  case "tenant.settings":
    return try await client.tenant.settings(options: options).json
  case "tenant.update":
    return try await client.tenant.update(
      settings: try readTenantSettingsChange(params.member("settings")), options: options
    ).json
  case "tenant.list":
    return try await client.tenant.list(options: options).json
  case "token.create":
    return try await client.token.create(
      tenantId: try params.given("tenantId").map(text), name: try text(params.member("name")),
      scopes: try list(word(Scope.self))(params.member("scopes")),
      expiresAt: try params.given("expiresAt").map(text), options: options
    ).json
  case "token.addCertificate":
    return try await client.token.addCertificate(
      tenantId: try params.given("tenantId").map(text), name: try text(params.member("name")),
      scopes: try list(word(Scope.self))(params.member("scopes")),
      expiresAt: try params.given("expiresAt").map(text),
      certificate: try text(params.member("certificate")), options: options
    ).json
  case "token.get":
    return try await client.token.get(
      tokenId: try text(params.member("tokenId")), tenantId: try params.given("tenantId").map(text),
      options: options
    ).json
  case "token.list":
    return try await client.token.list(
      tenantId: try params.given("tenantId").map(text), options: options
    ).json
  case "token.revoke":
    try await client.token.revoke(
      tokenId: try text(params.member("tokenId")), tenantId: try params.given("tenantId").map(text),
      options: options
    )
    return "{}"
  case "server.info":
    return try await client.server.info(options: options).json
  case "server.stats":
    return try await client.server.stats(options: options).json
  case "health.check":
    return try await client.health.check(
      service: try params.given("service").map(text), options: options
    ).json
  default: throw Unknown(name: method)
  }
}

/// Opens the stream `method`, whatever its values are.
func dispatchStream(_ client: PostroomClient, _ method: String, _ params: JSONValue, _ options: StreamOptions)
  throws -> AnyValues
{
  switch method {
  case "sync.watch":
    return AnyValues(client.sync.watch(
      mailboxId: try text(params.member("mailboxId")), options: options
    )) { $0.json }
  case "mail.source":
    return AnyValues(client.mail.source(
      mailId: try text(params.member("mailId")), options: options
    )) { $0.json }
  case "attachment.get":
    return AnyValues(client.attachment.get(
      blobId: try text(params.member("blobId")), options: options
    )) { $0.json }
  case "events.subscribe":
    return AnyValues(client.events.subscribe(
      after: try params.given("after").map(text), options: options
    )) { $0.json }
  case "server.log":
    return AnyValues(client.server.log(
      level: try params.given("level").map(word(LogLevel.self)),
      past: try params.given("past").map(whole) ?? 0, options: options
    )) { $0.json }
  case "health.watch":
    return AnyValues(client.health.watch(
      service: try params.given("service").map(text), options: options
    )) { $0.json }
  default: throw Unknown(name: method)
  }
}

/// The methods that take values.
let exchanges: Set<String> = ["upload.fill"]

/// Opens the stream `method`, into which values are sent.
func dispatchExchange(_ client: PostroomClient, _ method: String, _ params: JSONValue, _ options: StreamOptions)
  async throws -> AnyExchange
{
  switch method {
  case "upload.fill":
    return AnyExchange(try await client.upload.fill(
      uploadId: try text(params.member("uploadId")), options: options
    ), readUploadPiece) { $0.json }
  default: throw Unknown(name: method)
  }
}

private func readAddress(_ value: JSONValue) throws -> Address {
  Address(name: try value.given("name").map(text), email: try text(value.member("email")))
}

private func readServerChoice(_ value: JSONValue) throws -> ServerChoice {
  ServerChoice(
    host: try text(value.member("host")), port: try value.given("port").map(whole),
    security: try value.given("security").map(word(TransportSecurity.self))
  )
}

private func readOAuthAccess(_ value: JSONValue) throws -> OAuthAccess {
  OAuthAccess(
    grantId: try value.given("grantId").map(text), provider: try value.given("provider").map(text),
    refreshToken: try value.given("refreshToken").map(text)
  )
}

private func readOutgoingAttachment(_ value: JSONValue) throws -> OutgoingAttachment {
  OutgoingAttachment(
    name: try value.given("name").map(text), type: try value.given("type").map(text),
    data: try value.given("data").map(octets), uploadId: try value.given("uploadId").map(text),
    blobId: try value.given("blobId").map(text),
    disposition: try value.given("disposition").map(word(Disposition.self)),
    cid: try value.given("cid").map(text)
  )
}

private func readUploadPiece(_ value: JSONValue) throws -> UploadPiece {
  UploadPiece(offset: try whole(value.member("offset")), data: try octets(value.member("data")))
}

private func readRecordRef(_ value: JSONValue) throws -> RecordRef {
  RecordRef(type: try text(value.member("type")), id: try text(value.member("id")))
}

private func readPurgeScope(_ value: JSONValue) throws -> PurgeScope {
  PurgeScope(
    kind: try word(PurgeKind.self)(value.member("kind")), mailboxId: try value.given("mailboxId").map(text),
    email: try value.given("email").map(text), threadId: try value.given("threadId").map(text),
    mailId: try value.given("mailId").map(text), before: try value.given("before").map(text),
    record: try value.given("record").map(readRecordRef)
  )
}

private func readRetentionPolicy(_ value: JSONValue) throws -> RetentionPolicy {
  RetentionPolicy(
    sequenceDays: try value.given("sequenceDays").map(whole),
    timelineDays: try value.given("timelineDays").map(whole),
    deletedDays: try whole(value.member("deletedDays")),
    metadataDays: try whole(value.member("metadataDays"))
  )
}

private func readTenantSettingsChange(_ value: JSONValue) throws -> TenantSettingsChange {
  TenantSettingsChange(
    bccAddresses: try value.given("bccAddresses").map(list(text)),
    forwardAddresses: try value.given("forwardAddresses").map(list(text)),
    trackingHeader: try value.given("trackingHeader").map(text),
    ownDomains: try value.given("ownDomains").map(list(text)),
    neverLog: try value.given("neverLog").map(list(text)),
    matchBySubject: try value.given("matchBySubject").map(flag),
    matchBySubjectDays: try value.given("matchBySubjectDays").map(whole),
    demandSameSubject: try value.given("demandSameSubject").map(flag),
    logKnownContacts: try value.given("logKnownContacts").map(flag),
    search: try value.given("search").map(word(SearchLevel.self)),
    sendsPerMinuteMax: try value.given("sendsPerMinuteMax").map(whole),
    sendsPerDayMax: try value.given("sendsPerDayMax").map(whole)
  )
}
