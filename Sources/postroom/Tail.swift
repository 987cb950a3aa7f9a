import ArgumentParser
import PostroomClient

struct Tail: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the server's log and events, as they happen.",
    discussion: """
      The log is the whole server's and wants a token of scope admin; the events are those of the token's tenant. \
      A token that may not read the log gets the events alone. What the server writes to its log is up to its \
      --log-level: --level shows less of it, never more.

      EXAMPLES:
        postroom tail
        postroom tail --level warning --past 50 --only log
        postroom tail --only events --json
      """)

  enum Source: String, ExpressibleByArgument, CaseIterable { case log, events }

  private static let levels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]

  @Option(help: ArgumentHelp("Lines of this level and above.", valueName: "level")) var level = "info"
  @Option(
    help: ArgumentHelp("Begin with so many lines that were written before, 0 to 200.", valueName: "lines"))
  var past: Int64 = 10
  @Option(help: ArgumentHelp("log or events; both when not given.", valueName: "source")) var only: Source?
  @Option(help: "End after so many lines and events.") var count: Int?
  @OptionGroup var options: ServerOptions

  func validate() throws {
    guard Self.levels.contains(level) else {
      throw ValidationError("--level '\(level)' is none of \(Self.levels.joined(separator: ", ")).")
    }
    guard 0...200 ~= past else { throw ValidationError("--past is from 0 to 200.") }
    if let count, count < 1 { throw ValidationError("--count is at least 1.") }
  }

  func run() async throws {
    try await options.run { client in
      let printer = Printer(left: count ?? .max, isJSON: options.json)
      try await withThrowingTaskGroup(of: Bool.self) { group in
        if only != .events { group.addTask { try await log(client, printer) } }
        if only != .log { group.addTask { try await events(client, printer) } }
        // Whether all is told that was asked for.
        while let isDone = try await group.next() { if isDone { break } }
        group.cancelAll()
      }
    }
  }

  /// - Returns: whether the printer has printed enough; false when this caller may not read the log.
  private func log(_ client: PostroomClient, _ printer: Printer) async throws -> Bool {
    var past = past
    while true {
      let end = await follow(client, printer, past: past)
      guard let error = end.error else { return end.isDone }
      if error.reason.rawValue == "scope.missing", only == nil {
        Terminal.error("postroom: the log wants a token of scope admin; events follow.")
        return false
      }
      guard Self.comesBack(error) else { throw error }
      // The server may be another by now: what it wrote meanwhile is in its own log.
      Terminal.error("postroom: the log was interrupted: \(error.message)")
      past = 0
      try await Task.sleep(for: .seconds(1))
    }
  }

  /// One stream of lines to its end.
  private func follow(
    _ client: PostroomClient, _ printer: Printer, past: Int64
  ) async -> (isDone: Bool, error: PostroomError?) {
    do {
      for try await line in client.server.log(level: LogLevel(rawValue: level), past: past) {
        if await printer.show(Self.text(line), line.json) { return (true, nil) }
      }
      return (false, nil)
    } catch {
      return (false, error)
    }
  }

  private static func comesBack(_ error: PostroomError) -> Bool {
    ["connection.lost", "connection.failed", "server.goingAway"].contains(error.reason.rawValue)
  }

  private func events(_ client: PostroomClient, _ printer: Printer) async throws -> Bool {
    let latest = try await client.events.read(limit: 1).latest
    for try await event in client.events.subscribe(after: latest) {
      if await printer.show(Watch.text(event), event.json) { return true }
    }
    return false
  }

  static func text(_ line: LogLine) -> String {
    let level = line.level.rawValue.uppercased()
    let isLoud = ["warning", "error", "critical"].contains(line.level.rawValue)
    var text = "\(line.at)  \(isLoud ? Terminal.bold(level) : level)  "
    text += Terminal.safeLine("\(line.logger): \(line.message)")
    for (name, value) in line.fields.sorted(by: { $0.key < $1.key }) {
      text += " " + Terminal.safeLine("\(name)=\(value)")
    }
    if let lost = line.lost { text = "(\(lost) lines were lost here)\n" + text }
    return text
  }

  /// One line at a time, and no more than were asked for.
  private actor Printer {
    private var left: Int
    private let isJSON: Bool

    init(left: Int, isJSON: Bool) { (self.left, self.isJSON) = (left, isJSON) }

    /// - Returns: whether that was the last.
    func show(_ text: String, _ json: String) -> Bool {
      guard left > 0 else { return true }
      Terminal.line(isJSON ? json : text)
      left -= 1
      return left == 0
    }
  }
}
