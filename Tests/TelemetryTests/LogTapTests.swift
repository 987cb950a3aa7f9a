import Logging
import Synchronization
import Testing

@testable import Telemetry

@Suite(.timeLimit(.minutes(1))) struct LogTapTests {
  private func hear(_ tap: LogTap, _ numbers: Range<Int>, level: Logger.Level = .info) {
    for n in numbers {
      tap.hear(LogLine(at: Int64(n), level: level, logger: "x", message: "\(n)", fields: []))
    }
  }

  private func first(_ count: Int, of stream: AsyncStream<LogTap.Heard>) async -> [LogTap.Heard] {
    var out: [LogTap.Heard] = []
    for await heard in stream {
      out.append(heard)
      if out.count == count { break }
    }
    return out
  }

  /// What was said before, how much of it is asked for, and what comes of it.
  static let pasts: [(said: Int, past: Int, first: Int, count: Int)] = [
    (0, 10, 0, 0), (3, 10, 0, 3), (3, 2, 1, 2), (3, 0, 3, 0), (200, 200, 0, 200), (201, 200, 1, 200),
    (555, 200, 355, 200), (555, 5, 550, 5),
  ]

  @Test(arguments: pasts) func `the newest lines come first, then new ones, none twice`(
    said: Int, past: Int, first: Int, count: Int
  ) async {
    let tap = LogTap()
    hear(tap, 0..<said)
    let stream = tap.lines(from: .info, past: past)
    hear(tap, said..<said + 2)
    let heard = await self.first(count + 2, of: stream)
    #expect(heard.map(\.line.at) == (first..<first + count + 2).map(Int64.init))
    #expect(heard.allSatisfy { $0.lost == 0 })
  }

  @Test func `lines below the level are not told`() async {
    let tap = LogTap()
    hear(tap, 0..<1, level: .debug)
    hear(tap, 1..<2, level: .error)
    let stream = tap.lines(from: .warning, past: 10)
    hear(tap, 2..<3, level: .notice)
    hear(tap, 3..<4, level: .warning)
    #expect(await first(2, of: stream).map(\.line.at) == [1, 3])
  }

  @Test func `a listener that does not listen loses lines, is told how many, and holds up nobody`() async {
    let tap = LogTap(waitingMax: 5)
    let stream = tap.lines(from: .info, past: 0)
    hear(tap, 0..<12)
    var listening = stream.makeAsyncIterator()
    #expect(await listening.next()?.line.at == 0)
    hear(tap, 12..<13)
    var last: LogTap.Heard?
    for _ in 0..<5 { last = await listening.next() }
    #expect(last?.line.at == 12 && last?.lost == 7)
    hear(tap, 13..<14)
    let next = await listening.next()
    #expect(next?.line.at == 13 && next?.lost == 0)
  }

  @Test func `who goes is forgotten`() async {
    let tap = LogTap()
    let task = Task { for await _ in tap.lines(from: .info, past: 0) {} }
    while tap.listeners == 0 { await Task.yield() }
    task.cancel()
    await task.value
    #expect(tap.listeners == 0)
  }

  @Test func `secrets are not told, long texts are cut`() {
    let line = LogLine(
      at: 0, level: .info, logger: "x", message: String(repeating: "é", count: 400),
      fields: [("accessToken", "canary"), ("pad", String(repeating: "p", count: 513)), ("id", "7")])
    #expect(line.message.utf8.count <= 515 && line.message.hasSuffix("é…"))
    #expect(line.fields.map(\.value) == ["<redacted>", String(repeating: "p", count: 512) + "…", "7"])
  }
}
