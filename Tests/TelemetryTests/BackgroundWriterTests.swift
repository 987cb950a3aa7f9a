import Glibc
import Logging
import Telemetry
import Testing

@Suite(.timeLimit(.minutes(1))) struct BackgroundWriterTests {
  @Test func `what is handed over arrives whole and in order`() throws {
    let pipe = try TestPipe()
    let writer = BackgroundWriter(descriptor: pipe.writing, label: "test") { items, _ in items.flatMap { $0 }
    }
    for n in 0..<1000 { writer.write(Array("line \(n)\n".utf8)) }
    writer.flush(milliseconds: 10_000)
    pipe.closeWriting()
    let lines = pipe.rest().split(separator: "\n")
    #expect(lines.map(String.init) == (0..<1000).map { "line \($0)" })
    #expect(writer.dropped == 0 && writer.octetsWaiting == 0)
  }

  @Test func `a reader that does not read stops nobody, and what is lost is told`() throws {
    let pipe = try TestPipe()
    let writer = ServerLogHandler.writer(descriptor: pipe.writing, format: .text, octetsMax: 200_000)
    var logger = Logger(label: "x") { _ in
      ServerLogHandler(label: "x", format: .text, level: .trace, writer: writer)
    }
    logger.logLevel = .trace
    // The pipe takes 64 KiB, then the writer waits; far more than may wait is handed over.
    for n in 0..<5000 {
      logger.info("number \(n)", metadata: ["pad": "\(String(repeating: "p", count: 100))"])
    }
    #expect(writer.octetsWaiting <= 200_000)
    let lost = writer.dropped
    #expect(lost > 0)
    var text = ""
    while !text.contains("lines were lost") || !text.hasSuffix("\n") {
      text += String(decoding: pipe.read(1 << 16), as: UTF8.self)
      // The writer tells with what it writes next.
      logger.info("more")
    }
    #expect(text.contains("WARNING log: lines were lost: what reads the log is too slow count="))
  }

  @Test func `what the descriptor refuses is counted`() throws {
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    let writer = BackgroundWriter(descriptor: full, label: "test") { items, _ in items.flatMap { $0 } }
    for _ in 0..<3 { writer.write([1]) }
    writer.flush(milliseconds: 10_000)
    #expect(writer.dropped == 3 && writer.octetsWaiting == 0)
  }

  @Test func `fields of the logger, of the event and of the trace stand in the line`() throws {
    let pipe = try TestPipe()
    let writer = ServerLogHandler.writer(descriptor: pipe.writing, format: .text)
    var logger = Logger(label: "engine") { _ in
      ServerLogHandler(
        label: "engine", format: .text, level: .info, writer: writer,
        metadataProvider: Logger.MetadataProvider { ["trace": "abc"] })
    }
    logger[metadataKey: "mailbox"] = "mb1"
    logger.debug("not at this level")
    logger.warning("two\nlines", metadata: ["b": "2", "a": "1"])
    writer.flush(milliseconds: 10_000)
    pipe.closeWriting()
    let text = pipe.rest()
    #expect(text.hasSuffix("WARNING engine: two\\nlines a=1 b=2 mailbox=mb1 trace=abc\n"))
    #expect(text.count { $0 == "\n" } == 1)
  }
}
