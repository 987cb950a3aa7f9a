internal import MIME
internal import MailReading
internal import MailStore

/// Attachments of mails that are stored, as files of a mail that goes out. Holds the mails it has read.
struct StoredFiles {
  private let store: any MailStoring
  private let reader: any MailReader
  private let tenant: TenantID
  private var mails: [MailID: (raw: [UInt8], attachments: [ReadMail.Attachment])] = [:]
  private var octets = 0

  init(store: any MailStoring, reader: any MailReader, tenant: TenantID) {
    self.store = store
    self.reader = reader
    self.tenant = tenant
  }

  /// - Parameter octetsMax: of all files together.
  /// - Throws: `store(notFound("attachment"))` when it is not there, or the mail was deleted.
  mutating func file(
    _ part: Int, of id: MailID, octetsMax: Int
  ) async throws(EngineError) -> OutgoingAttachment {
    let mail = try await mail(id)
    guard let found = mail.attachments.first(where: { $0.number == part }),
      let content = try await reading({ () async throws(MailReadingError) in
        try await reader.attachment(part, of: mail.raw)
      })
    else { throw Self.unknown }
    octets += content.count
    guard octets <= octetsMax else {
      throw .tooLarge(octets: Int64(octets), limit: Int64(octetsMax), byProvider: false)
    }
    return OutgoingAttachment(name: found.name, type: found.type, content: content)
  }

  private mutating func mail(
    _ id: MailID
  ) async throws(EngineError) -> (raw: [UInt8], attachments: [ReadMail.Attachment]) {
    if let known = mails[id] { return known }
    let raw: [UInt8]
    do throws(MailStoreError) {
      let mail = try await store.mail(id, tenant: tenant)
      guard mail.deletedAt == nil, !mail.parseFailed else { throw .notFound("attachment") }
      raw = try await store.raw(id, tenant: tenant)
    } catch .notFound {
      throw Self.unknown
    } catch {
      throw .store(error)
    }
    let read = try await reading { () async throws(MailReadingError) in try await reader.read(raw) }
    mails[id] = (raw, read.attachments)
    return (raw, read.attachments)
  }

  private func reading<R>(
    _ body: () async throws(MailReadingError) -> R
  ) async throws(EngineError) -> R {
    do { return try await body() } catch .unavailable(let words) {
      throw .store(.failed(words))
    } catch {
      throw Self.unknown
    }
  }

  private static let unknown = EngineError.store(.notFound("attachment"))
}
