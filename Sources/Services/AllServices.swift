package import JSONRPC
package import PostroomAPI

/// All nouns of the API over one house.
package func allServices(
  _ house: House, version: String, statistics: @escaping @Sendable () -> RPCStatistics
) -> PostroomServices {
  PostroomServices(
    mailbox: MailboxCalls(house), folder: FolderCalls(house), sync: SyncCalls(house), mail: MailCalls(house),
    thread: ThreadCalls(house), record: RecordCalls(house),
    attachment: AttachmentCalls(house), purge: PurgeCalls(house),
    events: EventsCalls(house), tenant: TenantCalls(house), token: TokenCalls(house),
    server: ServerCalls(house, version: version, statistics: statistics), health: HealthCalls(house))
}
