internal import Logging
internal import MailReading
internal import MailStore

/// Indexes logged mail for tenants that want to search it: beside the sync, a few mails at a time.
final class SearchIndexer: Sendable {
  private let context: EngineContext
  private let looks = Watched(0)

  init(context: EngineContext) { self.context = context }

  /// Mails indexed in one transaction.
  private static let atOnce = 16
  /// Of one mail's text, what is looked at.
  private static let textOctetsMax = 1 << 20
  private static let attachmentsMax = 200
  private static let waitMilliseconds: Int64 = 600_000
  private static let retryMilliseconds: Int64 = 5000

  /// There may be something to index.
  func kick() { looks.update { $0 += 1 } }

  /// Until `isClosed` is open and it is kicked.
  func run(_ isClosed: Watched<Bool>) async {
    while !isClosed.value, !Task.isCancelled {
      let seen = looks.value
      var wait = Self.waitMilliseconds
      do {
        while !isClosed.value, !Task.isCancelled, try await step() {}
      } catch {
        context.log.error("logged mail cannot be indexed", metadata: ["error": "\(error)"])
        wait = Self.retryMilliseconds
      }
      if isClosed.value { break }
      await looks.wait(until: { $0 != seen }, atMost: wait, clock: context.clock)
    }
  }

  /// - Returns: whether there may be more.
  private func step() async throws -> Bool {
    let work = try await context.store.searchWork(limit: Self.atOnce)
    var entries: [SearchEntry] = []
    for job in work.jobs { entries.append(SearchEntry(job, texts: try await texts(of: job))) }
    if work.isNothing { return false }
    try await context.store.index(entries, of: work)
    return true
  }

  private func texts(of job: SearchWork.Job) async throws -> [String] {
    guard job.level == .full, !job.mail.parseFailed, let raw = try await raw(job.mail.id) else { return [] }
    do throws(MailReadingError) {
      let read = try await context.reader.read(raw)
      let names = read.attachments.prefix(Self.attachmentsMax).map(\.name)
      return [String(decoding: read.body.text.utf8.prefix(Self.textOctetsMax), as: UTF8.self)] + names
    } catch {
      if error.unreadable == nil { throw error }
    }
    try await context.store.markUnparsed(job.mail.id)
    return []
  }

  /// nil when there is none that can be read: it was erased meanwhile, was logged without a body, or is damaged, and
  /// one damaged mail does not keep the others from being found.
  private func raw(_ id: MailID) async throws(MailStoreError) -> [UInt8]? {
    do throws(MailStoreError) {
      return try await context.store.raw(id, tenant: nil)
    } catch {
      switch error {
      case .notFound: return nil
      case .corrupt, .sealing:
        context.log.error("a mail cannot be indexed", metadata: ["mail": "\(id)", "error": "\(error)"])
        return nil
      default: throw error
      }
    }
  }
}

extension MailEngine {
  /// A tenant decided otherwise about searching: the index follows.
  package func searchChanged() { search.kick() }
}
