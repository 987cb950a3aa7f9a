package import PostroomAPI

/// All nouns of the API over one house.
package func allServices(
  _ house: House, server: ServerCalls, health: HealthMonitor, webhooks: WebhookRunner
) -> PostroomServices {
  PostroomServices(
    mailbox: MailboxCalls(house), oauth: OAuthCalls(house), folder: FolderCalls(house),
    sync: SyncCalls(house), mail: MailCalls(house),
    thread: ThreadCalls(house), record: RecordCalls(house),
    attachment: AttachmentCalls(house), upload: UploadCalls(house), purge: PurgeCalls(house),
    retention: RetentionCalls(house), hold: HoldCalls(house),
    webhook: WebhookCalls(webhooks), events: EventsCalls(house), tenant: TenantCalls(house),
    token: TokenCalls(house),
    server: server, health: HealthCalls(health))
}
