import Logging

/// Gives what is logged to a test, level first.
struct ToldLog: LogHandler {
  let told: @Sendable (String) -> Void
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  init(told: @escaping @Sendable (String) -> Void) { self.told = told }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    told("\(event.level) \(event.message) \(event.metadata ?? [:])")
  }
}
