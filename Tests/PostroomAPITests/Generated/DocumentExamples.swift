// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
import PostroomAPI
import Testing

/// An example of the document, and its way through the type that it belongs to.
struct DocumentExample: Sendable, CustomTestStringConvertible {
  var name: String
  var json: String
  var again: @Sendable ([UInt8]) throws -> [UInt8]
  var testDescription: String { name }

  static let all: [DocumentExample] = params + results
}

extension DocumentExample {
  /// The params of each method.
  static let params: [DocumentExample] = [
    DocumentExample(
      name: "mailbox.connect params: connect",
      json: ##"{"email":"ada@example.com","password":"difference","displayName":"Ada Byron","imap":{"host":"imap.example.com"},"smtp":{"host":"smtp.example.com","port":465,"security":"tls"}}"##
    ) { try MailboxConnectParams(parsing: $0).json },
    DocumentExample(
      name: "mailbox.get params: get",
      json: ##"{"mailboxId":"mb1"}"##
    ) { try MailboxGetParams(parsing: $0).json },
    DocumentExample(
      name: "mailbox.list params: list",
      json: ##"{}"##
    ) { try MailboxListParams(parsing: $0).json },
    DocumentExample(
      name: "mailbox.audit params: audit",
      json: ##"{"mailboxId":"mb1"}"##
    ) { try MailboxAuditParams(parsing: $0).json },
    DocumentExample(
      name: "mailbox.discover params: discover",
      json: ##"{"email":"ada@gmail.com"}"##
    ) { try MailboxDiscoverParams(parsing: $0).json },
    DocumentExample(
      name: "mailbox.probe params: probe",
      json: ##"{"mailboxId":"mb1"}"##
    ) { try MailboxProbeParams(parsing: $0).json },
    DocumentExample(
      name: "mailbox.reconnect params: new password",
      json: ##"{"mailboxId":"mb1","password":"analytical"}"##
    ) { try MailboxReconnectParams(parsing: $0).json },
    DocumentExample(
      name: "mailbox.update params: update",
      json: ##"{"mailboxId":"mb1","identities":[{"name":"Sales","email":"sales@example.com"}],"sendsPerDayMax":500}"##
    ) { try MailboxUpdateParams(parsing: $0).json },
    DocumentExample(
      name: "mailbox.disconnect params: turn off",
      json: ##"{"mailboxId":"mb1"}"##
    ) { try MailboxDisconnectParams(parsing: $0).json },
    DocumentExample(
      name: "mailbox.delete params: delete",
      json: ##"{"mailboxId":"mb1"}"##
    ) { try MailboxDeleteParams(parsing: $0).json },
    DocumentExample(
      name: "oauth.providers params: providers",
      json: ##"{}"##
    ) { try OauthProvidersParams(parsing: $0).json },
    DocumentExample(
      name: "oauth.begin params: begin",
      json: ##"{"provider":"google","redirectUri":"https://crm.example.com/connected","email":"ada@example.com"}"##
    ) { try OauthBeginParams(parsing: $0).json },
    DocumentExample(
      name: "oauth.complete params: complete",
      json: ##"{"state":"Rk2T","code":"4/0Adeu5B"}"##
    ) { try OauthCompleteParams(parsing: $0).json },
    DocumentExample(
      name: "oauth.device params: device",
      json: ##"{"provider":"microsoft"}"##
    ) { try OauthDeviceParams(parsing: $0).json },
    DocumentExample(
      name: "oauth.wait params: wait",
      json: ##"{"grantId":"og_7Hq2"}"##
    ) { try OauthWaitParams(parsing: $0).json },
    DocumentExample(
      name: "folder.list params: list",
      json: ##"{"mailboxId":"mb1"}"##
    ) { try FolderListParams(parsing: $0).json },
    DocumentExample(
      name: "sync.run params: run",
      json: ##"{"mailboxId":"mb1"}"##
    ) { try SyncRunParams(parsing: $0).json },
    DocumentExample(
      name: "sync.cancel params: cancel",
      json: ##"{"mailboxId":"mb1"}"##
    ) { try SyncCancelParams(parsing: $0).json },
    DocumentExample(
      name: "sync.status params: status",
      json: ##"{"mailboxId":"mb1"}"##
    ) { try SyncStatusParams(parsing: $0).json },
    DocumentExample(
      name: "sync.watch params: watch",
      json: ##"{"mailboxId":"mb1"}"##
    ) { try SyncWatchParams(parsing: $0).json },
    DocumentExample(
      name: "mail.send params: send",
      json: ##"{"mailboxId":"mb1","to":[{"name":"Charles","email":"charles@example.org"}],"subject":"The engine","text":"Does it turn?\n","attachments":[{"name":"note.txt","type":"text/plain","data":"aGVsbG8K"}]}"##
    ) { try MailSendParams(parsing: $0).json },
    DocumentExample(
      name: "mail.send params: with uploads",
      json: ##"{"mailboxId":"mb1","to":[{"name":"Charles","email":"charles@example.org"}],"subject":"The engine","text":"Does it turn?\n","attachments":[{"uploadId":"up5"},{"uploadId":"up6","name":"logo.png","disposition":"inline","cid":"logo@example.com"}]}"##
    ) { try MailSendParams(parsing: $0).json },
    DocumentExample(
      name: "mail.send params: reply, later, not tracked",
      json: ##"{"mailboxId":"mb1","to":[{"email":"charles@example.org"}],"cc":[{"email":"mary@example.net"}],"subject":"Re: The engine","html":"<p>Good.</p>","inReplyToMailId":"m9","track":false,"origin":"sequence","sendAt":"2025-03-06T08:00:00.000Z"}"##
    ) { try MailSendParams(parsing: $0).json },
    DocumentExample(
      name: "mail.status params: status",
      json: ##"{"mailId":"m7"}"##
    ) { try MailStatusParams(parsing: $0).json },
    DocumentExample(
      name: "mail.cancel params: cancel",
      json: ##"{"mailId":"m7"}"##
    ) { try MailCancelParams(parsing: $0).json },
    DocumentExample(
      name: "mail.reply params: reply",
      json: ##"{"mailId":"m9","text":"It does.","language":"de","utcOffsetMinutes":60}"##
    ) { try MailReplyParams(parsing: $0).json },
    DocumentExample(
      name: "mail.forward params: forward",
      json: ##"{"mailId":"m9","text":"What do you think?"}"##
    ) { try MailForwardParams(parsing: $0).json },
    DocumentExample(
      name: "mail.get params: get",
      json: ##"{"mailId":"m9"}"##
    ) { try MailGetParams(parsing: $0).json },
    DocumentExample(
      name: "mail.get params: bounce",
      json: ##"{"mailId":"m14"}"##
    ) { try MailGetParams(parsing: $0).json },
    DocumentExample(
      name: "mail.get params: not logged",
      json: ##"{"mailId":"m12"}"##
    ) { try MailGetParams(parsing: $0).json },
    DocumentExample(
      name: "mail.list params: by contact",
      json: ##"{"contact":"charles@example.org","limit":1}"##
    ) { try MailListParams(parsing: $0).json },
    DocumentExample(
      name: "mail.search params: words",
      json: ##"{"text":"\"the engine\" difference","from":"charles@example.org","limit":1}"##
    ) { try MailSearchParams(parsing: $0).json },
    DocumentExample(
      name: "mail.source params: source",
      json: ##"{"mailId":"m9"}"##
    ) { try MailSourceParams(parsing: $0).json },
    DocumentExample(
      name: "mail.delete params: delete",
      json: ##"{"mailId":"m9"}"##
    ) { try MailDeleteParams(parsing: $0).json },
    DocumentExample(
      name: "mail.restore params: restore",
      json: ##"{"mailId":"m9"}"##
    ) { try MailRestoreParams(parsing: $0).json },
    DocumentExample(
      name: "thread.lookup params: by Message-ID",
      json: ##"{"messageId":"a1b2c3@example.com"}"##
    ) { try ThreadLookupParams(parsing: $0).json },
    DocumentExample(
      name: "thread.get params: get",
      json: ##"{"threadId":"th3"}"##
    ) { try ThreadGetParams(parsing: $0).json },
    DocumentExample(
      name: "thread.list params: tracked",
      json: ##"{"trackedOnly":true}"##
    ) { try ThreadListParams(parsing: $0).json },
    DocumentExample(
      name: "thread.track params: track",
      json: ##"{"mailId":"m9"}"##
    ) { try ThreadTrackParams(parsing: $0).json },
    DocumentExample(
      name: "thread.untrack params: untrack",
      json: ##"{"threadId":"th3"}"##
    ) { try ThreadUntrackParams(parsing: $0).json },
    DocumentExample(
      name: "thread.split params: split",
      json: ##"{"mailId":"m9"}"##
    ) { try ThreadSplitParams(parsing: $0).json },
    DocumentExample(
      name: "thread.merge params: merge",
      json: ##"{"threadId":"th4","intoThreadId":"th3"}"##
    ) { try ThreadMergeParams(parsing: $0).json },
    DocumentExample(
      name: "record.link params: a thread",
      json: ##"{"record":{"type":"deal","id":"4711"},"threadId":"th3"}"##
    ) { try RecordLinkParams(parsing: $0).json },
    DocumentExample(
      name: "record.link params: one mail",
      json: ##"{"record":{"type":"contact","id":"c-9"},"mailId":"m9"}"##
    ) { try RecordLinkParams(parsing: $0).json },
    DocumentExample(
      name: "record.unlink params: a thread",
      json: ##"{"record":{"type":"deal","id":"4711"},"threadId":"th3"}"##
    ) { try RecordUnlinkParams(parsing: $0).json },
    DocumentExample(
      name: "record.list params: of a thread",
      json: ##"{"threadId":"th3"}"##
    ) { try RecordListParams(parsing: $0).json },
    DocumentExample(
      name: "record.timeline params: newest first",
      json: ##"{"record":{"type":"deal","id":"4711"},"limit":1}"##
    ) { try RecordTimelineParams(parsing: $0).json },
    DocumentExample(
      name: "attachment.get params: get",
      json: ##"{"blobId":"m9.2"}"##
    ) { try AttachmentGetParams(parsing: $0).json },
    DocumentExample(
      name: "upload.open params: a file",
      json: ##"{"name":"offer.pdf","type":"application/pdf","size":1200345}"##
    ) { try UploadOpenParams(parsing: $0).json },
    DocumentExample(
      name: "upload.write params: the first piece",
      json: ##"{"uploadId":"up5","offset":0,"data":"JVBERi0xLjcK"}"##
    ) { try UploadWriteParams(parsing: $0).json },
    DocumentExample(
      name: "upload.fill params: begin",
      json: ##"{"uploadId":"up5"}"##
    ) { try UploadFillParams(parsing: $0).json },
    DocumentExample(
      name: "upload.get params: half way",
      json: ##"{"uploadId":"up5"}"##
    ) { try UploadGetParams(parsing: $0).json },
    DocumentExample(
      name: "upload.list params: one",
      json: ##"{}"##
    ) { try UploadListParams(parsing: $0).json },
    DocumentExample(
      name: "upload.commit params: complete",
      json: ##"{"uploadId":"up5"}"##
    ) { try UploadCommitParams(parsing: $0).json },
    DocumentExample(
      name: "upload.cancel params: away",
      json: ##"{"uploadId":"up5"}"##
    ) { try UploadCancelParams(parsing: $0).json },
    DocumentExample(
      name: "purge.preview params: a person",
      json: ##"{"scope":{"kind":"contact","email":"charles@example.org"}}"##
    ) { try PurgePreviewParams(parsing: $0).json },
    DocumentExample(
      name: "purge.run params: a person",
      json: ##"{"scope":{"kind":"contact","email":"charles@example.org"}}"##
    ) { try PurgeRunParams(parsing: $0).json },
    DocumentExample(
      name: "purge.run params: old mail",
      json: ##"{"scope":{"kind":"age","before":"2024-01-01T00:00:00.000Z"}}"##
    ) { try PurgeRunParams(parsing: $0).json },
    DocumentExample(
      name: "purge.status params: done",
      json: ##"{"purgeId":"p1"}"##
    ) { try PurgeStatusParams(parsing: $0).json },
    DocumentExample(
      name: "purge.receipts params: list",
      json: ##"{"limit":1}"##
    ) { try PurgeReceiptsParams(parsing: $0).json },
    DocumentExample(
      name: "purge.publicKey params: key",
      json: ##"{}"##
    ) { try PurgePublicKeyParams(parsing: $0).json },
    DocumentExample(
      name: "retention.get params: get",
      json: ##"{"withinDays":7}"##
    ) { try RetentionGetParams(parsing: $0).json },
    DocumentExample(
      name: "retention.set params: two years of series",
      json: ##"{"policy":{"sequenceDays":730,"deletedDays":30,"metadataDays":60}}"##
    ) { try RetentionSetParams(parsing: $0).json },
    DocumentExample(
      name: "retention.ofMail params: a header",
      json: ##"{"mailId":"m9"}"##
    ) { try RetentionOfMailParams(parsing: $0).json },
    DocumentExample(
      name: "retention.acceptClock params: accept",
      json: ##"{}"##
    ) { try RetentionAcceptClockParams(parsing: $0).json },
    DocumentExample(
      name: "hold.place params: a person",
      json: ##"{"scope":{"kind":"contact","email":"charles@example.org"},"reason":"case 12/2025"}"##
    ) { try HoldPlaceParams(parsing: $0).json },
    DocumentExample(
      name: "hold.list params: list",
      json: ##"{}"##
    ) { try HoldListParams(parsing: $0).json },
    DocumentExample(
      name: "hold.release params: release",
      json: ##"{"holdId":"h1"}"##
    ) { try HoldReleaseParams(parsing: $0).json },
    DocumentExample(
      name: "webhook.create params: create",
      json: ##"{"url":"https://crm.example/hooks/postroom","kinds":["mail.logged","mail.bounced"]}"##
    ) { try WebhookCreateParams(parsing: $0).json },
    DocumentExample(
      name: "webhook.get params: get",
      json: ##"{"webhookId":"wh1"}"##
    ) { try WebhookGetParams(parsing: $0).json },
    DocumentExample(
      name: "webhook.list params: list",
      json: ##"{}"##
    ) { try WebhookListParams(parsing: $0).json },
    DocumentExample(
      name: "webhook.update params: turn off",
      json: ##"{"webhookId":"wh1","enabled":false}"##
    ) { try WebhookUpdateParams(parsing: $0).json },
    DocumentExample(
      name: "webhook.replay params: replay",
      json: ##"{"webhookId":"wh1","after":"120"}"##
    ) { try WebhookReplayParams(parsing: $0).json },
    DocumentExample(
      name: "webhook.test params: test",
      json: ##"{"webhookId":"wh1"}"##
    ) { try WebhookTestParams(parsing: $0).json },
    DocumentExample(
      name: "webhook.delete params: delete",
      json: ##"{"webhookId":"wh1"}"##
    ) { try WebhookDeleteParams(parsing: $0).json },
    DocumentExample(
      name: "events.read params: after",
      json: ##"{"after":"183"}"##
    ) { try EventsReadParams(parsing: $0).json },
    DocumentExample(
      name: "events.subscribe params: follow",
      json: ##"{"after":"183"}"##
    ) { try EventsSubscribeParams(parsing: $0).json },
    DocumentExample(
      name: "tenant.create params: create",
      json: ##"{"name":"acme"}"##
    ) { try TenantCreateParams(parsing: $0).json },
    DocumentExample(
      name: "tenant.get params: get",
      json: ##"{"tenantId":"tn2"}"##
    ) { try TenantGetParams(parsing: $0).json },
    DocumentExample(
      name: "tenant.settings params: settings",
      json: ##"{}"##
    ) { try TenantSettingsParams(parsing: $0).json },
    DocumentExample(
      name: "tenant.update params: update",
      json: ##"{"settings":{"neverLog":["lawyers.example"]}}"##
    ) { try TenantUpdateParams(parsing: $0).json },
    DocumentExample(
      name: "tenant.list params: list",
      json: ##"{}"##
    ) { try TenantListParams(parsing: $0).json },
    DocumentExample(
      name: "token.create params: create",
      json: ##"{"tenantId":"tn2","name":"crm","scopes":["read","send"],"expiresAt":"2026-03-04T09:30:00.000Z"}"##
    ) { try TokenCreateParams(parsing: $0).json },
    DocumentExample(
      name: "token.addCertificate params: register",
      json: ##"{"tenantId":"tn2","name":"crm","scopes":["read","send"],"expiresAt":"2026-03-04T09:30:00.000Z","certificate":"-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----\n"}"##
    ) { try TokenAddCertificateParams(parsing: $0).json },
    DocumentExample(
      name: "token.get params: get",
      json: ##"{"tokenId":"tk5","tenantId":"tn2"}"##
    ) { try TokenGetParams(parsing: $0).json },
    DocumentExample(
      name: "token.list params: list",
      json: ##"{"tenantId":"tn2"}"##
    ) { try TokenListParams(parsing: $0).json },
    DocumentExample(
      name: "token.revoke params: revoke",
      json: ##"{"tokenId":"tk5","tenantId":"tn2"}"##
    ) { try TokenRevokeParams(parsing: $0).json },
    DocumentExample(
      name: "server.info params: info",
      json: ##"{}"##
    ) { try ServerInfoParams(parsing: $0).json },
    DocumentExample(
      name: "server.stats params: stats",
      json: ##"{}"##
    ) { try ServerStatsParams(parsing: $0).json },
    DocumentExample(
      name: "server.log params: warnings",
      json: ##"{"level":"warning","past":20}"##
    ) { try ServerLogParams(parsing: $0).json },
    DocumentExample(
      name: "health.check params: whole server",
      json: ##"{}"##
    ) { try HealthCheckParams(parsing: $0).json },
    DocumentExample(
      name: "health.check params: by name",
      json: ##"{"service":"postroom"}"##
    ) { try HealthCheckParams(parsing: $0).json },
    DocumentExample(
      name: "health.watch params: whole server",
      json: ##"{}"##
    ) { try HealthWatchParams(parsing: $0).json },
  ]

  /// What each method answers, or streams.
  static let results: [DocumentExample] = [
    DocumentExample(
      name: "mailbox.connect result: connect",
      json: ##"{"id":"mb1","email":"ada@example.com","displayName":"Ada Byron","userName":"ada@example.com","imap":{"host":"imap.example.com","port":993,"security":"tls"},"smtp":{"host":"smtp.example.com","port":465,"security":"tls"},"state":"connecting","providerFilesSentMail":false,"logAttachments":true,"createdAt":"2025-03-04T09:30:00.000Z"}"##
    ) { try APIMailbox(parsing: $0).json },
    DocumentExample(
      name: "mailbox.get result: get",
      json: ##"{"id":"mb1","email":"ada@example.com","displayName":"Ada Byron","userName":"ada@example.com","imap":{"host":"imap.example.com","port":993,"security":"tls"},"smtp":{"host":"smtp.example.com","port":465,"security":"tls"},"state":"live","providerFilesSentMail":false,"logAttachments":true,"createdAt":"2025-03-04T09:30:00.000Z"}"##
    ) { try APIMailbox(parsing: $0).json },
    DocumentExample(
      name: "mailbox.list result: list",
      json: ##"{"mailboxes":[{"id":"mb1","email":"ada@example.com","displayName":"Ada Byron","userName":"ada@example.com","imap":{"host":"imap.example.com","port":993,"security":"tls"},"smtp":{"host":"smtp.example.com","port":465,"security":"tls"},"state":"live","providerFilesSentMail":false,"logAttachments":true,"createdAt":"2025-03-04T09:30:00.000Z"}]}"##
    ) { try APIMailboxList(parsing: $0).json },
    DocumentExample(
      name: "mailbox.audit result: audit",
      json: ##"{"mailboxId":"mb1","at":"2025-03-04T09:30:00.000Z","onServer":1514,"logged":41,"unexplained":0,"folders":[{"name":"INBOX","role":"inbox","syncs":true,"onServer":1204,"logged":41,"onlyHere":0,"absent":[{"reason":"notTracked","mails":1162},{"reason":"purged","mails":1}]},{"name":"Trash","role":"trash","syncs":false,"onServer":310,"logged":0,"onlyHere":0,"absent":[{"reason":"folderNotRead","mails":310}]}]}"##
    ) { try APIMailboxAudit(parsing: $0).json },
    DocumentExample(
      name: "mailbox.discover result: discover",
      json: ##"{"email":"ada@gmail.com","candidates":[{"source":"table","provider":"Gmail","imap":{"host":"imap.gmail.com","port":993,"security":"tls"},"smtp":{"host":"smtp.gmail.com","port":465,"security":"tls"},"userName":"ada@gmail.com","oauthProvider":"google","notes":["Without access tokens an app password is needed, which wants 2-step verification."]}],"looked":[{"source":"table","outcome":"found"}]}"##
    ) { try APIMailboxDiscovery(parsing: $0).json },
    DocumentExample(
      name: "mailbox.probe result: probe",
      json: ##"{"imap":{"host":"imap.example.com","port":993,"security":"tls"},"smtp":{"host":"smtp.example.com","port":465,"security":"tls"},"software":"Dovecot","capabilities":["COMPRESS=DEFLATE","CONDSTORE","IDLE","IMAP4REV1","QRESYNC","UIDPLUS"],"features":[{"name":"QRESYNC","decision":"used","reason":"Opening a folder tells what changed and what went since the last time."},{"name":"CONDSTORE","decision":"passedOver","reason":"QRESYNC does this, and is used."},{"name":"NOTIFY","decision":"absent","reason":"Not offered: other folders are asked by STATUS at intervals."}],"quirks":[{"id":"dovecot-line","effect":"note","fact":"Dovecot refuses command lines above 64 KB: sets of UIDs are sent in parts.","source":"measured with Dovecot 2.3.19"}],"changesBy":"qresync","newsBy":"idle","submitOctetsMax":36700160,"folders":[{"name":"INBOX","role":"inbox","syncs":true,"messages":1204},{"name":"Sent","role":"sent","syncs":true,"messages":310},{"name":"Trash","role":"trash","syncs":false}],"sentFiling":"append","sentFolder":"Sent"}"##
    ) { try APIMailboxProbe(parsing: $0).json },
    DocumentExample(
      name: "mailbox.reconnect result: new password",
      json: ##"{"id":"mb1","email":"ada@example.com","displayName":"Ada Byron","userName":"ada@example.com","imap":{"host":"imap.example.com","port":993,"security":"tls"},"smtp":{"host":"smtp.example.com","port":465,"security":"tls"},"state":"connecting","providerFilesSentMail":false,"logAttachments":true,"createdAt":"2025-03-04T09:30:00.000Z"}"##
    ) { try APIMailbox(parsing: $0).json },
    DocumentExample(
      name: "mailbox.update result: update",
      json: ##"{"id":"mb1","email":"ada@example.com","displayName":"Ada Byron","userName":"ada@example.com","imap":{"host":"imap.example.com","port":993,"security":"tls"},"smtp":{"host":"smtp.example.com","port":465,"security":"tls"},"state":"live","providerFilesSentMail":false,"logAttachments":true,"identities":[{"name":"Sales","email":"sales@example.com"}],"sendLimits":{"perDay":500},"createdAt":"2025-03-04T09:30:00.000Z"}"##
    ) { try APIMailbox(parsing: $0).json },
    DocumentExample(
      name: "mailbox.disconnect result: turn off",
      json: ##"{"id":"mb1","email":"ada@example.com","displayName":"Ada Byron","userName":"ada@example.com","imap":{"host":"imap.example.com","port":993,"security":"tls"},"smtp":{"host":"smtp.example.com","port":465,"security":"tls"},"state":"disconnected","reason":"turnedOff","detail":"Turned off by a caller.","providerFilesSentMail":false,"logAttachments":true,"createdAt":"2025-03-04T09:30:00.000Z"}"##
    ) { try APIMailbox(parsing: $0).json },
    DocumentExample(
      name: "mailbox.delete result: delete",
      json: ##"{"id":"p2","kind":"mailbox","state":"running","counts":{"mails":12,"bodies":9,"octets":482113,"threads":3,"mailboxes":0,"submissions":4,"uploads":0},"remaining":0,"logTruncated":false,"requestedBy":"crm","startedAt":"2025-03-05T07:12:45.031Z"}"##
    ) { try APIPurge(parsing: $0).json },
    DocumentExample(
      name: "oauth.providers result: providers",
      json: ##"{"providers":[{"name":"google","authorization":true,"device":false}]}"##
    ) { try APIOAuthProviderList(parsing: $0).json },
    DocumentExample(
      name: "oauth.begin result: begin",
      json: ##"{"url":"https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=c&state=Rk2T","state":"Rk2T","expiresAt":"2025-03-04T09:45:00.000Z"}"##
    ) { try APIOAuthAuthorization(parsing: $0).json },
    DocumentExample(
      name: "oauth.complete result: complete",
      json: ##"{"grantId":"og_7Hq2","expiresAt":"2025-03-04T09:45:00.000Z"}"##
    ) { try APIOAuthGrant(parsing: $0).json },
    DocumentExample(
      name: "oauth.device result: device",
      json: ##"{"grantId":"og_7Hq2","userCode":"WDJB-MJHT","verificationUri":"https://microsoft.com/devicelogin","expiresAt":"2025-03-04T09:45:00.000Z"}"##
    ) { try APIOAuthDevice(parsing: $0).json },
    DocumentExample(
      name: "oauth.wait result: wait",
      json: ##"{"grantId":"og_7Hq2","expiresAt":"2025-03-04T10:00:00.000Z"}"##
    ) { try APIOAuthGrant(parsing: $0).json },
    DocumentExample(
      name: "folder.list result: list",
      json: ##"{"folders":[{"id":"f1","mailboxId":"mb1","name":"INBOX","role":"inbox","syncs":true,"stored":41000,"total":120000,"complete":false}]}"##
    ) { try APIFolderList(parsing: $0).json },
    DocumentExample(
      name: "sync.run result: run",
      json: ##"{"mailboxId":"mb1","state":"syncing","phase":"reading","folders":[{"folderId":"f1","name":"INBOX","role":"inbox","stored":41000,"total":120000,"complete":false},{"folderId":"f2","name":"Sent","role":"sent","stored":310,"total":310,"complete":true}],"stored":41310,"total":120310,"messagesPerSecond":5200.5,"secondsLeft":16,"complete":false}"##
    ) { try APISyncStatus(parsing: $0).json },
    DocumentExample(
      name: "sync.cancel result: cancel",
      json: ##"{"mailboxId":"mb1","state":"live","phase":"paused","folders":[{"folderId":"f1","name":"INBOX","role":"inbox","stored":41000,"total":120000,"complete":false},{"folderId":"f2","name":"Sent","role":"sent","stored":310,"total":310,"complete":true}],"stored":41310,"total":120310,"messagesPerSecond":0.0,"complete":false}"##
    ) { try APISyncStatus(parsing: $0).json },
    DocumentExample(
      name: "sync.status result: status",
      json: ##"{"mailboxId":"mb1","state":"syncing","phase":"reading","folders":[{"folderId":"f1","name":"INBOX","role":"inbox","stored":41000,"total":120000,"complete":false},{"folderId":"f2","name":"Sent","role":"sent","stored":310,"total":310,"complete":true}],"stored":41310,"total":120310,"messagesPerSecond":5200.5,"secondsLeft":16,"complete":false}"##
    ) { try APISyncStatus(parsing: $0).json },
    DocumentExample(
      name: "sync.watch value",
      json: ##"{"mailboxId":"mb1","state":"syncing","phase":"reading","folders":[{"folderId":"f1","name":"INBOX","role":"inbox","stored":41000,"total":120000,"complete":false},{"folderId":"f2","name":"Sent","role":"sent","stored":310,"total":310,"complete":true}],"stored":41310,"total":120310,"messagesPerSecond":5200.5,"secondsLeft":16,"complete":false}"##
    ) { try APISyncStatus(parsing: $0).json },
    DocumentExample(
      name: "mail.send result: send",
      json: ##"{"mail":{"id":"m7","mailboxId":"mb1","threadId":"th3","messageId":"a1b2c3@example.com","inReplyTo":[],"references":[],"from":[{"name":"Ada Byron","email":"ada@example.com"}],"sender":[],"replyTo":[],"to":[{"name":"Charles","email":"charles@example.org"}],"cc":[],"bcc":[],"subject":"The engine","sentAt":"2025-03-04T09:30:00.000Z","receivedAt":"2025-03-04T09:30:00.000Z","direction":"outgoing","state":"logged","matchedBy":"sent","origin":"timeline","keywords":["$seen"],"size":1432,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-04T09:30:02.417Z"},"submission":{"id":"s2","mailId":"m7","mailboxId":"mb1","messageId":"a1b2c3@example.com","envelopeFrom":"ada@example.com","recipients":[{"email":"charles@example.org","code":0,"text":""}],"state":"queued","attempts":0,"sentCopy":"pending","createdAt":"2025-03-04T09:30:00.000Z","updatedAt":"2025-03-04T09:30:00.000Z"},"replayed":false}"##
    ) { try APISendResult(parsing: $0).json },
    DocumentExample(
      name: "mail.send result: with uploads",
      json: ##"{"mail":{"id":"m7","mailboxId":"mb1","threadId":"th3","messageId":"a1b2c3@example.com","inReplyTo":[],"references":[],"from":[{"name":"Ada Byron","email":"ada@example.com"}],"sender":[],"replyTo":[],"to":[{"name":"Charles","email":"charles@example.org"}],"cc":[],"bcc":[],"subject":"The engine","sentAt":"2025-03-04T09:30:00.000Z","receivedAt":"2025-03-04T09:30:00.000Z","direction":"outgoing","state":"logged","matchedBy":"sent","origin":"timeline","keywords":["$seen"],"size":1432,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-04T09:30:02.417Z"},"submission":{"id":"s2","mailId":"m7","mailboxId":"mb1","messageId":"a1b2c3@example.com","envelopeFrom":"ada@example.com","recipients":[{"email":"charles@example.org","code":0,"text":""}],"state":"queued","attempts":0,"sentCopy":"pending","createdAt":"2025-03-04T09:30:00.000Z","updatedAt":"2025-03-04T09:30:00.000Z"},"replayed":false}"##
    ) { try APISendResult(parsing: $0).json },
    DocumentExample(
      name: "mail.send result: reply, later, not tracked",
      json: ##"{"mail":{"id":"m7","mailboxId":"mb1","threadId":"th3","messageId":"a1b2c3@example.com","inReplyTo":[],"references":[],"from":[{"name":"Ada Byron","email":"ada@example.com"}],"sender":[],"replyTo":[],"to":[{"name":"Charles","email":"charles@example.org"}],"cc":[],"bcc":[],"subject":"The engine","sentAt":"2025-03-04T09:30:00.000Z","receivedAt":"2025-03-04T09:30:00.000Z","direction":"outgoing","state":"logged","matchedBy":"sent","origin":"timeline","keywords":["$seen"],"size":1432,"hasAttachment":false,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-04T09:30:02.417Z"},"submission":{"id":"s2","mailId":"m7","mailboxId":"mb1","messageId":"a1b2c3@example.com","envelopeFrom":"ada@example.com","recipients":[{"email":"charles@example.org","code":0,"text":""}],"state":"queued","attempts":0,"sentCopy":"pending","createdAt":"2025-03-04T09:30:00.000Z","updatedAt":"2025-03-04T09:30:00.000Z","nextAttemptAt":"2025-03-06T08:00:00.000Z"},"replayed":false}"##
    ) { try APISendResult(parsing: $0).json },
    DocumentExample(
      name: "mail.status result: status",
      json: ##"{"id":"s2","mailId":"m7","mailboxId":"mb1","messageId":"a1b2c3@example.com","envelopeFrom":"ada@example.com","recipients":[{"email":"charles@example.org","code":250,"text":"2.1.5 Ok","accepted":true}],"state":"accepted","attempts":1,"sentCopy":"appended","createdAt":"2025-03-04T09:30:00.000Z","updatedAt":"2025-03-04T09:30:02.417Z"}"##
    ) { try APISubmission(parsing: $0).json },
    DocumentExample(
      name: "mail.cancel result: cancel",
      json: ##"{"id":"s2","mailId":"m7","mailboxId":"mb1","messageId":"a1b2c3@example.com","envelopeFrom":"ada@example.com","recipients":[{"email":"charles@example.org","code":0,"text":""}],"state":"cancelled","attempts":0,"sentCopy":"skipped","createdAt":"2025-03-04T09:30:00.000Z","updatedAt":"2025-03-04T09:30:02.417Z"}"##
    ) { try APISubmission(parsing: $0).json },
    DocumentExample(
      name: "mail.reply result: reply",
      json: ##"{"mailboxId":"mb1","from":{"name":"Ada Byron","email":"ada@example.com"},"to":[{"name":"Charles","email":"charles@example.org"}],"cc":[],"subject":"Re: The engine","text":"It does.\n\nAm 2025-03-04 10:30 +01:00 schrieb Charles <charles@example.org>:\n> Does it turn?\n","attachments":[],"inReplyToMailId":"m9"}"##
    ) { try APIDraft(parsing: $0).json },
    DocumentExample(
      name: "mail.forward result: forward",
      json: ##"{"mailboxId":"mb1","from":{"name":"Ada Byron","email":"ada@example.com"},"to":[],"cc":[],"subject":"Fwd: The engine","text":"What do you think?\n\n---------- Forwarded message ----------\nFrom: Charles <charles@example.org>\nDate: 2025-03-04 09:30 +00:00\nSubject: The engine\nTo: Ada Byron <ada@example.com>\n\nDoes it turn?\n","attachments":[{"name":"drawing.png","type":"image/png","blobId":"m9-2","disposition":"attachment"}]}"##
    ) { try APIDraft(parsing: $0).json },
    DocumentExample(
      name: "mail.get result: get",
      json: ##"{"mail":{"id":"m9","mailboxId":"mb1","threadId":"th3","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","preview":"It turns at last.","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"inReplyTo","origin":"inbox","keywords":[],"size":48213,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-05T07:12:45.031Z"},"body":{"text":"It turns at last.\n\nAda Byron wrote:\n> Does it turn?\n","replyText":"It turns at last.","quotedText":"Ada Byron wrote:\n> Does it turn?\n","signature":"","splitBy":"attribution"},"attachments":[{"blobId":"m9.2","name":"drawing.png","type":"image/png","size":33210,"disposition":"attachment"}]}"##
    ) { try APIMailDetail(parsing: $0).json },
    DocumentExample(
      name: "mail.get result: bounce",
      json: ##"{"mail":{"id":"m14","mailboxId":"mb1","threadId":"th3","messageId":"b7@mx.example.org","inReplyTo":[],"references":[],"from":[{"name":"Mail Delivery System","email":"mailer-daemon@mx.example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Undelivered Mail Returned to Sender","preview":"Your message could not be delivered.","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"references","origin":"inbox","keywords":[],"size":3120,"hasAttachment":false,"isAutoReply":false,"isBounce":true,"loggedAt":"2025-03-05T07:12:45.031Z"},"body":{"text":"Your message could not be delivered.","replyText":"Your message could not be delivered.","quotedText":"","signature":"","splitBy":"none"},"attachments":[],"kind":"bounce","report":{"action":"failed","severity":"hard","cause":"unknownUser","recipients":[{"email":"charles@example.org","action":"failed","severity":"hard","cause":"unknownUser","status":"5.1.1","diagnostic":"550 5.1.1 User unknown"}],"originalMessageId":"a1b2c3@example.com","originalMailId":"m7","reportingServer":"mx.example.org","standard":true}}"##
    ) { try APIMailDetail(parsing: $0).json },
    DocumentExample(
      name: "mail.get result: not logged",
      json: ##"{"mail":{"id":"m12","mailboxId":"mb1","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"envelope","origin":"inbox","keywords":[],"size":48213,"hasAttachment":false,"isAutoReply":false,"isBounce":false},"attachments":[]}"##
    ) { try APIMailDetail(parsing: $0).json },
    DocumentExample(
      name: "mail.list result: by contact",
      json: ##"{"mails":[{"id":"m9","mailboxId":"mb1","threadId":"th3","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"inReplyTo","origin":"inbox","keywords":[],"size":48213,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-05T07:12:45.031Z"}],"cursor":"m9"}"##
    ) { try APIMailPage(parsing: $0).json },
    DocumentExample(
      name: "mail.search result: words",
      json: ##"{"mails":[{"id":"m9","mailboxId":"mb1","threadId":"th3","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"inReplyTo","origin":"inbox","keywords":[],"size":48213,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-05T07:12:45.031Z"}],"cursor":"m9","complete":true}"##
    ) { try APIMailSearchPage(parsing: $0).json },
    DocumentExample(
      name: "mail.source value",
      json: ##"{"data":"UmVjZWl2ZWQ6IGZyb20=","offset":0,"size":48213}"##
    ) { try APIChunk(parsing: $0).json },
    DocumentExample(
      name: "mail.delete result: delete",
      json: ##"{"id":"m9","mailboxId":"mb1","threadId":"th3","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"inReplyTo","origin":"inbox","keywords":[],"size":48213,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-05T07:12:45.031Z","deletedAt":"2025-03-05T07:12:45.031Z"}"##
    ) { try APIMail(parsing: $0).json },
    DocumentExample(
      name: "mail.restore result: restore",
      json: ##"{"id":"m9","mailboxId":"mb1","threadId":"th3","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"inReplyTo","origin":"inbox","keywords":[],"size":48213,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-05T07:12:45.031Z"}"##
    ) { try APIMail(parsing: $0).json },
    DocumentExample(
      name: "thread.lookup result: by Message-ID",
      json: ##"{"threads":[{"id":"th3","subject":"The engine","tracked":true,"mailCount":2,"createdAt":"2025-03-04T09:30:00.000Z","lastMailAt":"2025-03-05T07:12:45.031Z"}]}"##
    ) { try APIThreadPage(parsing: $0).json },
    DocumentExample(
      name: "thread.get result: get",
      json: ##"{"thread":{"id":"th3","subject":"The engine","tracked":true,"mailCount":2,"createdAt":"2025-03-04T09:30:00.000Z","lastMailAt":"2025-03-05T07:12:45.031Z"},"mails":[{"mail":{"id":"m9","mailboxId":"mb1","threadId":"th3","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","preview":"It turns at last.","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"inReplyTo","origin":"inbox","keywords":[],"size":48213,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-05T07:12:45.031Z"},"body":{"text":"It turns at last.\n\nAda Byron wrote:\n> Does it turn?\n","replyText":"It turns at last.","quotedText":"Ada Byron wrote:\n> Does it turn?\n","signature":"","splitBy":"attribution"},"attachments":[{"blobId":"m9.2","name":"drawing.png","type":"image/png","size":33210,"disposition":"attachment"}]}]}"##
    ) { try APIThreadDetail(parsing: $0).json },
    DocumentExample(
      name: "thread.list result: tracked",
      json: ##"{"threads":[{"id":"th3","subject":"The engine","tracked":true,"mailCount":2,"createdAt":"2025-03-04T09:30:00.000Z","lastMailAt":"2025-03-05T07:12:45.031Z"}],"cursor":"dGgz"}"##
    ) { try APIThreadPage(parsing: $0).json },
    DocumentExample(
      name: "thread.track result: track",
      json: ##"{"id":"th3","subject":"The engine","tracked":true,"mailCount":2,"createdAt":"2025-03-04T09:30:00.000Z","lastMailAt":"2025-03-05T07:12:45.031Z"}"##
    ) { try APIThread(parsing: $0).json },
    DocumentExample(
      name: "thread.untrack result: untrack",
      json: ##"{"id":"th3","subject":"The engine","tracked":false,"mailCount":2,"createdAt":"2025-03-04T09:30:00.000Z","lastMailAt":"2025-03-05T07:12:45.031Z"}"##
    ) { try APIThread(parsing: $0).json },
    DocumentExample(
      name: "thread.split result: split",
      json: ##"{"id":"th4","subject":"Another engine","tracked":true,"mailCount":1,"createdAt":"2025-03-04T09:30:00.000Z","lastMailAt":"2025-03-05T07:12:45.031Z","forkedFrom":"th3"}"##
    ) { try APIThread(parsing: $0).json },
    DocumentExample(
      name: "thread.merge result: merge",
      json: ##"{"id":"th3","subject":"Another engine","tracked":true,"mailCount":1,"createdAt":"2025-03-04T09:30:00.000Z","lastMailAt":"2025-03-05T07:12:45.031Z"}"##
    ) { try APIThread(parsing: $0).json },
    DocumentExample(
      name: "record.link result: a thread",
      json: ##"{}"##
    ) { try APIEmpty(parsing: $0).json },
    DocumentExample(
      name: "record.link result: one mail",
      json: ##"{}"##
    ) { try APIEmpty(parsing: $0).json },
    DocumentExample(
      name: "record.unlink result: a thread",
      json: ##"{}"##
    ) { try APIEmpty(parsing: $0).json },
    DocumentExample(
      name: "record.list result: of a thread",
      json: ##"{"records":[{"type":"deal","id":"4711"}]}"##
    ) { try APIRecordList(parsing: $0).json },
    DocumentExample(
      name: "record.timeline result: newest first",
      json: ##"{"engagements":[{"mailId":"m9","mailboxId":"mb1","threadId":"th3","contact":{"name":"Charles","email":"charles@example.org"},"subject":"Re: The engine","text":"It turns at last.\n\nAda Byron wrote:\n> Does it turn?\n","replyText":"It turns at last.","date":"2025-03-05T07:12:45.031Z","direction":"incoming","via":"received","matchedBy":"inReplyTo","attachments":[{"blobId":"m9-2","name":"drawing.png","type":"image/png","size":33210,"disposition":"attachment"}],"attachmentsLeftOut":false}],"cursor":"MTc0MTE1ODc2NTo5"}"##
    ) { try APIEngagementPage(parsing: $0).json },
    DocumentExample(
      name: "attachment.get value",
      json: ##"{"data":"UmVjZWl2ZWQ6IGZyb20=","offset":0,"size":33210}"##
    ) { try APIChunk(parsing: $0).json },
    DocumentExample(
      name: "upload.open result: a file",
      json: ##"{"id":"up5","name":"offer.pdf","type":"application/pdf","size":1200345,"received":0,"state":"open","pieceOctetsMax":1048572,"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2025-03-05T09:30:00.000Z"}"##
    ) { try APIUpload(parsing: $0).json },
    DocumentExample(
      name: "upload.write result: the first piece",
      json: ##"{"id":"up5","name":"offer.pdf","type":"application/pdf","size":1200345,"received":1048572,"state":"open","pieceOctetsMax":1048572,"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2025-03-05T09:30:00.000Z"}"##
    ) { try APIUpload(parsing: $0).json },
    DocumentExample(
      name: "upload.fill value",
      json: ##"{"id":"up5","name":"offer.pdf","type":"application/pdf","size":1200345,"received":9,"state":"open","pieceOctetsMax":1048572,"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2025-03-05T09:30:00.000Z"}"##
    ) { try APIUpload(parsing: $0).json },
    DocumentExample(
      name: "upload.fill sent",
      json: ##"{"offset":0,"data":"JVBERi0xLjcK"}"##
    ) { try APIUploadPiece(parsing: $0).json },
    DocumentExample(
      name: "upload.get result: half way",
      json: ##"{"id":"up5","name":"offer.pdf","type":"application/pdf","size":1200345,"received":1048572,"state":"open","pieceOctetsMax":1048572,"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2025-03-05T09:30:00.000Z"}"##
    ) { try APIUpload(parsing: $0).json },
    DocumentExample(
      name: "upload.list result: one",
      json: ##"{"uploads":[{"id":"up5","name":"offer.pdf","type":"application/pdf","size":1200345,"received":1048572,"state":"open","pieceOctetsMax":1048572,"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2025-03-05T09:30:00.000Z"}]}"##
    ) { try APIUploadList(parsing: $0).json },
    DocumentExample(
      name: "upload.commit result: complete",
      json: ##"{"id":"up5","name":"offer.pdf","type":"application/pdf","size":1200345,"received":1200345,"state":"committed","sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824","pieceOctetsMax":1048572,"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2025-03-11T09:30:04.000Z"}"##
    ) { try APIUpload(parsing: $0).json },
    DocumentExample(
      name: "upload.cancel result: away",
      json: ##"{}"##
    ) { try APIEmpty(parsing: $0).json },
    DocumentExample(
      name: "purge.preview result: a person",
      json: ##"{"mails":12,"bodies":9,"octets":482113,"threads":3,"mailboxes":0,"submissions":4,"uploads":0}"##
    ) { try APIPurgeCounts(parsing: $0).json },
    DocumentExample(
      name: "purge.run result: a person",
      json: ##"{"id":"p1","kind":"contact","state":"running","counts":{"mails":12,"bodies":9,"octets":482113,"threads":3,"mailboxes":0,"submissions":4,"uploads":0},"remaining":0,"logTruncated":false,"requestedBy":"crm","startedAt":"2025-03-05T07:12:45.031Z"}"##
    ) { try APIPurge(parsing: $0).json },
    DocumentExample(
      name: "purge.run result: old mail",
      json: ##"{"id":"p1","kind":"age","state":"running","counts":{"mails":12,"bodies":9,"octets":482113,"threads":3,"mailboxes":0,"submissions":4,"uploads":0},"remaining":0,"logTruncated":false,"requestedBy":"crm","startedAt":"2025-03-05T07:12:45.031Z"}"##
    ) { try APIPurge(parsing: $0).json },
    DocumentExample(
      name: "purge.status result: done",
      json: ##"{"id":"p1","kind":"contact","state":"done","counts":{"mails":12,"bodies":9,"octets":482113,"threads":3,"mailboxes":0,"submissions":4,"uploads":0},"remaining":0,"logTruncated":true,"requestedBy":"crm","startedAt":"2025-03-05T07:12:45.031Z","finishedAt":"2025-03-05T07:12:46.200Z","signed":{"statement":"{\"counts\":{\"bodies\":9,\"mailboxes\":0,\"mails\":12,\"octets\":482113,\"submissions\":4,\"threads\":3,\"uploads\":0},\"finishedAt\":\"2025-03-05T07:12:46.200Z\",\"id\":\"p1\",\"kind\":\"contact\",\"logTruncated\":true,\"remaining\":0,\"requestedBy\":\"crm\",\"startedAt\":\"2025-03-05T07:12:45.031Z\",\"tenantId\":\"tn1\",\"type\":\"postroom.receipt.v1\"}","keyId":"c9cd7d884cb1f426","signature":"uWlM7Cn+Oh5lziC7cdV2fVUgY8Sz0+xKtybYPcC1JBfnEcG6plTS1GTZVfW+MkyLyHuGXa6BM7Xs90wVJLyPCw=="}}"##
    ) { try APIPurge(parsing: $0).json },
    DocumentExample(
      name: "purge.receipts result: list",
      json: ##"{"receipts":[{"id":"p1","kind":"contact","state":"done","counts":{"mails":12,"bodies":9,"octets":482113,"threads":3,"mailboxes":0,"submissions":4,"uploads":0},"remaining":0,"logTruncated":true,"requestedBy":"crm","startedAt":"2025-03-05T07:12:45.031Z","finishedAt":"2025-03-05T07:12:46.200Z","signed":{"statement":"{\"counts\":{\"bodies\":9,\"mailboxes\":0,\"mails\":12,\"octets\":482113,\"submissions\":4,\"threads\":3,\"uploads\":0},\"finishedAt\":\"2025-03-05T07:12:46.200Z\",\"id\":\"p1\",\"kind\":\"contact\",\"logTruncated\":true,\"remaining\":0,\"requestedBy\":\"crm\",\"startedAt\":\"2025-03-05T07:12:45.031Z\",\"tenantId\":\"tn1\",\"type\":\"postroom.receipt.v1\"}","keyId":"c9cd7d884cb1f426","signature":"uWlM7Cn+Oh5lziC7cdV2fVUgY8Sz0+xKtybYPcC1JBfnEcG6plTS1GTZVfW+MkyLyHuGXa6BM7Xs90wVJLyPCw=="}}],"cursor":"p1"}"##
    ) { try APIPurgePage(parsing: $0).json },
    DocumentExample(
      name: "purge.publicKey result: key",
      json: ##"{"keyId":"c9cd7d884cb1f426","algorithm":"Ed25519","publicKey":"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA/kqGdRdoyco2uZ5Z4A9k5dI2Sq+Qs3p7KyiTt4HUN9w=\n-----END PUBLIC KEY-----\n"}"##
    ) { try APIReceiptKey(parsing: $0).json },
    DocumentExample(
      name: "retention.get result: get",
      json: ##"{"policy":{"deletedDays":90,"metadataDays":60},"clockBelieved":true,"holds":0,"rules":[{"rule":"deleted","mails":2,"due":1,"nextAt":"2025-06-02T09:30:00.000Z"},{"rule":"metadata","mails":81210,"due":4102,"nextAt":"2025-05-03T09:30:00.000Z"},{"rule":"timeline","mails":912,"due":0},{"rule":"sequence","mails":310,"due":0}]}"##
    ) { try APIRetention(parsing: $0).json },
    DocumentExample(
      name: "retention.set result: two years of series",
      json: ##"{"policy":{"sequenceDays":730,"deletedDays":30,"metadataDays":60},"clockBelieved":true,"holds":0,"rules":[{"rule":"deleted","mails":2,"due":1,"nextAt":"2025-06-02T09:30:00.000Z"},{"rule":"metadata","mails":81210,"due":4102,"nextAt":"2025-05-03T09:30:00.000Z"},{"rule":"timeline","mails":912,"due":0},{"rule":"sequence","mails":310,"due":0}]}"##
    ) { try APIRetention(parsing: $0).json },
    DocumentExample(
      name: "retention.ofMail result: a header",
      json: ##"{"rule":"metadata","erasesAt":"2025-05-03T09:30:00.000Z","held":false}"##
    ) { try APIMailRetention(parsing: $0).json },
    DocumentExample(
      name: "retention.acceptClock result: accept",
      json: ##"{}"##
    ) { try APIEmpty(parsing: $0).json },
    DocumentExample(
      name: "hold.place result: a person",
      json: ##"{"id":"h1","kind":"contact","target":"charles@example.org","reason":"case 12/2025","placedBy":"crm","placedAt":"2025-03-05T07:12:45.031Z"}"##
    ) { try APIHold(parsing: $0).json },
    DocumentExample(
      name: "hold.list result: list",
      json: ##"{"holds":[{"id":"h1","kind":"contact","target":"charles@example.org","reason":"case 12/2025","placedBy":"crm","placedAt":"2025-03-05T07:12:45.031Z"}]}"##
    ) { try APIHoldList(parsing: $0).json },
    DocumentExample(
      name: "hold.release result: release",
      json: ##"{}"##
    ) { try APIEmpty(parsing: $0).json },
    DocumentExample(
      name: "webhook.create result: create",
      json: ##"{"webhook":{"id":"wh1","url":"https://crm.example/hooks/postroom","kinds":["mail.logged","mail.bounced"],"state":"active","cursor":"183","failures":0,"createdAt":"2025-03-04T09:30:00.000Z"},"secret":"whsec_ZXhhbXBsZQ=="}"##
    ) { try APIWebhookWithSecret(parsing: $0).json },
    DocumentExample(
      name: "webhook.get result: get",
      json: ##"{"id":"wh1","url":"https://crm.example/hooks/postroom","kinds":["mail.logged","mail.bounced"],"state":"active","cursor":"183","failures":0,"createdAt":"2025-03-04T09:30:00.000Z"}"##
    ) { try APIWebhook(parsing: $0).json },
    DocumentExample(
      name: "webhook.list result: list",
      json: ##"{"webhooks":[{"id":"wh1","url":"https://crm.example/hooks/postroom","kinds":["mail.logged","mail.bounced"],"state":"active","cursor":"183","failures":0,"createdAt":"2025-03-04T09:30:00.000Z"}]}"##
    ) { try APIWebhookList(parsing: $0).json },
    DocumentExample(
      name: "webhook.update result: turn off",
      json: ##"{"webhook":{"id":"wh1","url":"https://crm.example/hooks/postroom","kinds":["mail.logged","mail.bounced"],"state":"off","cursor":"183","failures":0,"createdAt":"2025-03-04T09:30:00.000Z","reason":"turnedOff","advice":"Turn it on again: `webhook.update` with `enabled`."}}"##
    ) { try APIWebhookWithSecret(parsing: $0).json },
    DocumentExample(
      name: "webhook.replay result: replay",
      json: ##"{"id":"wh1","url":"https://crm.example/hooks/postroom","kinds":["mail.logged","mail.bounced"],"state":"active","cursor":"120","failures":0,"createdAt":"2025-03-04T09:30:00.000Z"}"##
    ) { try APIWebhook(parsing: $0).json },
    DocumentExample(
      name: "webhook.test result: test",
      json: ##"{"delivered":true,"status":200,"milliseconds":42}"##
    ) { try APIWebhookTest(parsing: $0).json },
    DocumentExample(
      name: "webhook.delete result: delete",
      json: ##"{}"##
    ) { try APIEmpty(parsing: $0).json },
    DocumentExample(
      name: "events.read result: after",
      json: ##"{"events":[{"seq":"184","type":"mail.logged","at":"2025-03-05T07:12:45.031Z","mailboxId":"mb1","threadId":"th3","mailId":"m9","facts":{"direction":"incoming","matchedBy":"inReplyTo"},"mail":{"id":"m9","mailboxId":"mb1","threadId":"th3","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"inReplyTo","origin":"inbox","keywords":[],"size":48213,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-05T07:12:45.031Z"}},{"seq":"187","type":"mail.bounced","at":"2025-03-05T07:14:02.118Z","mailboxId":"mb1","threadId":"th3","mailId":"m7","submissionId":"s2","facts":{"by":"m14","severity":"hard","cause":"unknownUser","status":"5.1.1"}}],"cursor":"187","latest":"187"}"##
    ) { try APIEventPage(parsing: $0).json },
    DocumentExample(
      name: "events.subscribe value",
      json: ##"{"seq":"184","type":"mail.logged","at":"2025-03-05T07:12:45.031Z","mailboxId":"mb1","threadId":"th3","mailId":"m9","facts":{"direction":"incoming","matchedBy":"inReplyTo"},"mail":{"id":"m9","mailboxId":"mb1","threadId":"th3","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"inReplyTo","origin":"inbox","keywords":[],"size":48213,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-05T07:12:45.031Z"}}"##
    ) { try APIEvent(parsing: $0).json },
    DocumentExample(
      name: "tenant.create result: create",
      json: ##"{"id":"tn2","name":"acme","createdAt":"2025-03-04T09:30:00.000Z"}"##
    ) { try APITenant(parsing: $0).json },
    DocumentExample(
      name: "tenant.get result: get",
      json: ##"{"id":"tn2","name":"acme","createdAt":"2025-03-04T09:30:00.000Z"}"##
    ) { try APITenant(parsing: $0).json },
    DocumentExample(
      name: "tenant.settings result: settings",
      json: ##"{"tenant":{"id":"tn2","name":"acme","createdAt":"2025-03-04T09:30:00.000Z"},"settings":{"bccAddresses":["log@acme.example"],"forwardAddresses":["forward@acme.example"],"trackingHeader":"X-Postroom-Track","ownDomains":["acme.example"],"neverLog":["lawyers.example"],"matchBySubject":true,"matchBySubjectDays":60,"demandSameSubject":false,"logKnownContacts":false,"search":"full"}}"##
    ) { try APITenantDetail(parsing: $0).json },
    DocumentExample(
      name: "tenant.update result: update",
      json: ##"{"tenant":{"id":"tn2","name":"acme","createdAt":"2025-03-04T09:30:00.000Z"},"settings":{"bccAddresses":["log@acme.example"],"forwardAddresses":["forward@acme.example"],"trackingHeader":"X-Postroom-Track","ownDomains":["acme.example"],"neverLog":["lawyers.example"],"matchBySubject":true,"matchBySubjectDays":60,"demandSameSubject":false,"logKnownContacts":false,"search":"full"}}"##
    ) { try APITenantDetail(parsing: $0).json },
    DocumentExample(
      name: "tenant.list result: list",
      json: ##"{"tenants":[{"id":"tn2","name":"acme","createdAt":"2025-03-04T09:30:00.000Z"}]}"##
    ) { try APITenantList(parsing: $0).json },
    DocumentExample(
      name: "token.create result: create",
      json: ##"{"token":{"id":"tk5","tenantId":"tn2","name":"crm","scopes":["read","send"],"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2026-03-04T09:30:00.000Z"},"secret":"pr_example"}"##
    ) { try APINewToken(parsing: $0).json },
    DocumentExample(
      name: "token.addCertificate result: register",
      json: ##"{"id":"tk5","tenantId":"tn2","name":"crm","scopes":["read","send"],"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2026-03-04T09:30:00.000Z","certificateSha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}"##
    ) { try APIToken(parsing: $0).json },
    DocumentExample(
      name: "token.get result: get",
      json: ##"{"id":"tk5","tenantId":"tn2","name":"crm","scopes":["read","send"],"createdAt":"2025-03-04T09:30:00.000Z"}"##
    ) { try APIToken(parsing: $0).json },
    DocumentExample(
      name: "token.list result: list",
      json: ##"{"tokens":[{"id":"tk5","tenantId":"tn2","name":"crm","scopes":["read","send"],"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2026-03-04T09:30:00.000Z"}]}"##
    ) { try APITokenList(parsing: $0).json },
    DocumentExample(
      name: "token.revoke result: revoke",
      json: ##"{}"##
    ) { try APIEmpty(parsing: $0).json },
    DocumentExample(
      name: "server.info result: info",
      json: ##"{"name":"postroomd","version":"0.1.0","protocolVersion":"0.2.0","schemaVersion":2,"commit":"4f2a91c0d3b8","startedAt":"2025-03-05T07:12:45.031Z","framings":["lines","contentLength","lengthPrefix","http","webSocket"],"features":["batch","cancel","progress","streams","idempotency","positional","version1","compression"],"tls":true,"limits":{"connections":20000,"connectionsPerPeer":1000,"messageOctets":67108864,"streamValueOctets":4194304,"depth":64,"batchCalls":100,"callsInFlight":128,"writeBufferOctets":8388608,"firstOctetSeconds":10,"messageSeconds":30,"idleSeconds":600}}"##
    ) { try APIServerInfo(parsing: $0).json },
    DocumentExample(
      name: "server.stats result: stats",
      json: ##"{"uptimeSeconds":3600,"connectionsOpen":4,"connectionsTotal":31,"callsInFlight":1,"calls":9120,"errors":12,"octetsIn":1204331,"octetsOut":88112004,"protocolErrors":0,"authenticationFailures":2,"mailboxes":3,"mailboxesLive":3,"latestEvent":"184","connectionsByFraming":[{"framing":"lines","connections":1},{"framing":"lengthPrefix","connections":3}],"streamsOpen":1,"octetsWaiting":0,"outbox":{"queued":2,"sending":0,"dataOpen":1,"deferred":4,"unknown":0},"sync":{"stopped":0,"connecting":0,"reading":1,"live":2,"waiting":0},"storeWritesWaiting":0,"reactorJobs":1,"process":{"residentOctets":48234496,"virtualOctets":1203241984,"cpuSeconds":12.25,"descriptors":41,"descriptorsMax":21024,"threads":9},"logLinesDropped":0,"spansDropped":0,"slowest":[{"method":"mailbox.connect","at":"2025-03-05T07:12:45.031Z","microseconds":812044,"tenantId":"tn1","caller":"crm"}],"mailHosts":[{"host":"imap.example.org","connections":3,"waiting":0,"signIns":1,"signInsPerMinuteMax":3000}],"backfills":{"reading":1,"waiting":0}}"##
    ) { try APIServerStats(parsing: $0).json },
    DocumentExample(
      name: "server.log value",
      json: ##"{"at":"2025-03-05T07:12:45.031Z","level":"warning","logger":"rpc","message":"slow call","fields":{"caller":"crm","connection":"12","method":"mail.send","microseconds":"6120311"}}"##
    ) { try APILogLine(parsing: $0).json },
    DocumentExample(
      name: "health.check result: whole server",
      json: ##"{"status":"SERVING"}"##
    ) { try APIHealth(parsing: $0).json },
    DocumentExample(
      name: "health.check result: by name",
      json: ##"{"status":"SERVING"}"##
    ) { try APIHealth(parsing: $0).json },
    DocumentExample(
      name: "health.watch value",
      json: ##"{"status":"SERVING"}"##
    ) { try APIHealth(parsing: $0).json },
  ]
}
