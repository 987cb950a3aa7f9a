import ArgumentParser
import Glibc
import Logging
import Telemetry

/// What the operator is told, and where: the log on standard error, spans in a file.
struct LogOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "trace, debug, info, notice, warning, error or critical. The log goes to standard error.")
  var logLevel: String = "info"

  @Option(
    name: .long,
    help: ArgumentHelp(
      "text, for people; json, one object a line; journald, with systemd's priorities and without the time.",
      valueName: "format"))
  var logFormat = LogFormat.text

  @Option(
    name: .long,
    help: ArgumentHelp("A call that takes so long is logged at warning; 0 for none.", valueName: "ms"))
  var slowCall: Int64 = 5000

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Append spans to this file as lines of OTLP/JSON, for the OpenTelemetry collector's otlpjsonfile receiver.",
      valueName: "file"))
  var traceFile: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Of the traces that begin here, how many are recorded (0 to 1). A caller's traceparent decides for its own.",
      valueName: "ratio"))
  var traceSample: Double = 1

  func validate() throws {
    guard Logger.Level(rawValue: logLevel) != nil else {
      throw ValidationError(
        "--log-level '\(logLevel)' is none of trace, debug, info, notice, warning, error, critical.")
    }
    guard (0...86_400_000).contains(slowCall) else {
      throw ValidationError("--slow-call is from 0 to 86400000.")
    }
    guard (0...1).contains(traceSample) else { throw ValidationError("--trace-sample is from 0 to 1.") }
  }

  /// Of all loggers of the process.
  static let level = ServerLogHandler.SharedLevel(.info)

  /// Where callers listen in to the log.
  static let tap = LogTap()

  /// Makes every logger of the process write as the options say; once.
  /// - Returns: what writes, to be flushed at the end.
  func startLog() -> BackgroundWriter {
    let level = Self.level
    level.level = Logger.Level(rawValue: logLevel) ?? .info
    let writer = ServerLogHandler.writer(descriptor: STDERR_FILENO, format: logFormat)
    let (format, tap) = (logFormat, Self.tap)
    LoggingSystem.bootstrap(
      { label, provider in
        ServerLogHandler(
          label: label, format: format, level: level, writer: writer, tap: tap, metadataProvider: provider)
      }, metadataProvider: .trace)
    return writer
  }

  /// nil when no spans are wanted.
  func startTracer() throws -> (tracer: OTLPTracer, writer: BackgroundWriter)? {
    guard let traceFile else { return nil }
    let descriptor = open(traceFile, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o600)
    guard descriptor >= 0 else {
      throw StartFailure(
        status: StartFailure.inputOutput,
        message: "\(traceFile) cannot be opened for spans: \(String(cString: strerror(errno)))")
    }
    let writer = OTLPTracer.writer(
      descriptor: descriptor,
      service: .init(
        name: "postroomd", version: Version.text,
        instance: String(UInt64.random(in: 0 ... .max), radix: 16), processID: getpid()))
    return (OTLPTracer(writer: writer, ratio: traceSample), writer)
  }
}

extension LogFormat: ExpressibleByArgument {}
