// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSONRPC

/// Everything that the document describes, save what the RPC layer answers itself.
package struct PostroomServices: Sendable {
  package var mailbox: any MailboxService
  package var oauth: any OauthService
  package var folder: any FolderService
  package var sync: any SyncService
  package var mail: any MailService
  package var thread: any ThreadService
  package var record: any RecordService
  package var attachment: any AttachmentService
  package var upload: any UploadService
  package var purge: any PurgeService
  package var retention: any RetentionService
  package var hold: any HoldService
  package var webhook: any WebhookService
  package var events: any EventsService
  package var tenant: any TenantService
  package var token: any TokenService
  package var server: any ServerService
  package var health: any HealthService

  package init(
    mailbox: any MailboxService, oauth: any OauthService, folder: any FolderService, sync: any SyncService,
    mail: any MailService, thread: any ThreadService, record: any RecordService,
    attachment: any AttachmentService, upload: any UploadService, purge: any PurgeService,
    retention: any RetentionService, hold: any HoldService, webhook: any WebhookService,
    events: any EventsService, tenant: any TenantService, token: any TokenService,
    server: any ServerService, health: any HealthService
  ) {
    self.mailbox = mailbox
    self.oauth = oauth
    self.folder = folder
    self.sync = sync
    self.mail = mail
    self.thread = thread
    self.record = record
    self.attachment = attachment
    self.upload = upload
    self.purge = purge
    self.retention = retention
    self.hold = hold
    self.webhook = webhook
    self.events = events
    self.tenant = tenant
    self.token = token
    self.server = server
    self.health = health
  }

  /// All methods, in the document's order.
  package var methods: [Method] {
    var methods: [Method] = []
    methods += mailbox.methods
    methods += oauth.methods
    methods += folder.methods
    methods += sync.methods
    methods += mail.methods
    methods += thread.methods
    methods += record.methods
    methods += attachment.methods
    methods += upload.methods
    methods += purge.methods
    methods += retention.methods
    methods += hold.methods
    methods += webhook.methods
    methods += events.methods
    methods += tenant.methods
    methods += token.methods
    methods += server.methods
    methods += health.methods
    return methods
  }
}
