internal import Logging
internal import MailStore

/// Takes away uploads whose time is over.
struct UploadSweeper: Sendable {
  let context: EngineContext

  /// Taken away in one transaction: each may have many megabytes.
  private static let atOnce = 2

  /// Until `isClosed` opens.
  func run(_ isClosed: Watched<Bool>) async {
    while !isClosed.value, !Task.isCancelled {
      do throws(MailStoreError) {
        while !isClosed.value,
          try await context.store.expireUploads(at: context.clock.now, limit: Self.atOnce) == Self.atOnce
        {}
      } catch {
        context.log.error("old uploads cannot be taken away", metadata: ["error": "\(error)"])
      }
      let wait = max(context.options.uploadSweepSeconds, 1) * 1000
      await isClosed.wait(until: { $0 }, atMost: wait, clock: context.clock)
    }
  }
}
