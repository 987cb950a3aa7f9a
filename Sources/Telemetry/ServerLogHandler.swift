internal import Glibc
internal import Synchronization
package import Logging

/// swift-log's backend of the server: each event is one line of a ``LogFormat``, written in the background.
package struct ServerLogHandler: LogHandler {
  /// The level of all loggers of the process, which may change while it runs.
  package final class SharedLevel: Sendable {
    private let index: Atomic<Int>

    package init(_ level: Logger.Level) { index = Atomic(Self.order(level)) }

    package var level: Logger.Level {
      get { Logger.Level.allCases[index.load(ordering: .relaxed)] }
      set { index.store(Self.order(newValue), ordering: .relaxed) }
    }

    private static func order(_ level: Logger.Level) -> Int {
      Logger.Level.allCases.firstIndex(of: level) ?? 0
    }
  }

  /// A logger may have a level of its own; without it the shared one holds.
  package var logLevel: Logger.Level {
    get { ownLevel ?? shared.level }
    set { ownLevel = newValue }
  }
  private var ownLevel: Logger.Level?
  private let shared: SharedLevel
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?
  private let label: String
  private let format: LogFormat
  private let writer: BackgroundWriter
  private let tap: LogTap?

  package init(
    label: String, format: LogFormat, level: SharedLevel, writer: BackgroundWriter, tap: LogTap? = nil,
    metadataProvider: Logger.MetadataProvider? = nil
  ) {
    self.label = label
    self.format = format
    shared = level
    self.writer = writer
    self.tap = tap
    self.metadataProvider = metadataProvider
  }

  package init(
    label: String, format: LogFormat, level: Logger.Level, writer: BackgroundWriter, tap: LogTap? = nil,
    metadataProvider: Logger.MetadataProvider? = nil
  ) {
    self.init(
      label: label, format: format, level: SharedLevel(level), writer: writer, tap: tap,
      metadataProvider: metadataProvider)
  }

  /// The writer of a server's log. Says itself, in the log, when lines were lost.
  package static func writer(
    descriptor: Int32, format: LogFormat, octetsMax: Int = 4 << 20
  ) -> BackgroundWriter {
    BackgroundWriter(descriptor: descriptor, label: "postroom.log", octetsMax: octetsMax) { lines, dropped in
      var out: [UInt8] = []
      if dropped > 0 {
        out = format.line(
          at: now, level: .warning, label: "log", message: "lines were lost: what reads the log is too slow",
          fields: [("count", "\(dropped)")])
      }
      for line in lines { out.append(contentsOf: line) }
      return out
    }
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var all = metadata
    if let provided = metadataProvider?.get() { all.merge(provided) { _, new in new } }
    if let own = event.metadata { all.merge(own) { _, new in new } }
    var fields = all.map { (name: $0.key, value: "\($0.value)") }
    fields.sort { $0.name < $1.name }
    if let error = event.error { fields.append(("error", "\(error)")) }
    let (at, message) = (Self.now, "\(event.message)")
    writer.write(format.line(at: at, level: event.level, label: label, message: message, fields: fields))
    tap?.hear(LogLine(at: at, level: event.level, logger: label, message: message, fields: fields))
  }

  private static var now: Int64 {
    var t = timespec()
    clock_gettime(CLOCK_REALTIME, &t)
    return Int64(t.tv_sec) * 1000 + Int64(t.tv_nsec) / 1_000_000
  }
}
