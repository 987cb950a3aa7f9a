import Glibc
import Isolation
import Logging
import MIME
import MailReading

/// What reading a mail in a process of its own costs: the same mails in process and isolated, in turns.
///
/// usage: parsebench [ROUNDS]
///
/// Prints the median of all rounds, in microseconds for each mail (for each header in the row of headers), and what a
/// child takes to start.
@main struct ParseBenchmark {
  static func main() async throws {
    if ReaderChild.isAsked(CommandLine.arguments) { ReaderChild.run() }
    let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 5
    var log = Logger(label: "bench")
    log.logLevel = .error
    let pool = ReaderPool(logger: log)
    let direct = InProcessReader()
    let clock = ContinuousClock()
    let start = try await clock.measure { _ = try await pool.read([]) }
    print("first mail, with the child's start: \(Int(start.inMicroseconds)) us")
    print("row                     octets   in process     isolated   more")
    for row in try rows() {
      var times: [[Double]] = [[], []]
      for _ in 0..<rounds {
        for (n, reader) in [direct as any MailReader, pool].enumerated() {
          let time = try await clock.measure {
            for _ in 0..<row.repeats { _ = try await reader.answer(row.request) }
          }
          times[n].append(time.inMicroseconds / Double(row.repeats * row.units))
        }
      }
      let (a, b) = (median(times[0]), median(times[1]))
      print(
        padded(row.name, 20), padded("\(row.octets)", 9, right: true), padded(text(a), 12, right: true),
        padded(text(b), 12, right: true), padded(text(b - a), 8, right: true))
    }
    pool.close()
  }

  private struct Row {
    var name: String
    var request: ReadRequest
    var octets: Int
    var units = 1
    var repeats: Int
  }

  private static func rows() throws -> [Row] {
    let letter = try mail(text: String(repeating: "A line of a letter, as people write them.\n", count: 30))
    let html = String(
      repeating:
        "<tr><td style=\"color:red\">Cell &amp; more</td><td><a href=\"https://x.example/\">l</a></td></tr>",
      count: 400)
    let news = try mail(text: "News", html: "<table>\(html)</table>")
    let large = try mail(text: "See below.", attachment: 5 << 20)
    let header = Array(letter.prefix(while: { _ in true }).prefix(500))
    return [
      Row(
        name: "headers, 500 at once",
        request: .headers((0..<500).map { _ in HeaderInput(header: header, size: 1, internalDate: 1) }),
        octets: header.count, units: 500, repeats: 5),
      Row(name: "letter", request: .mail(letter), octets: letter.count, repeats: 500),
      Row(name: "letter, to log", request: .logged(letter, nil), octets: letter.count, repeats: 500),
      Row(name: "newsletter", request: .mail(news), octets: news.count, repeats: 50),
      Row(name: "5 MiB attachment", request: .mail(large), octets: large.count, repeats: 5),
    ]
  }

  private static func mail(text: String, html: String? = nil, attachment: Int = 0) throws -> [UInt8] {
    var builder = MessageBuilder(
      from: MailAddress(name: "Dana", email: "dana@customer.example"),
      date: MailDate(secondsSince1970: 1_700_000_000),
      messageID: MessageID.generate(domain: "customer.example"))
    builder.to = [MailAddress(email: "alice@example.test")]
    builder.subject = "Offer"
    builder.text = text
    builder.html = html
    if attachment > 0 {
      builder.attachments = [
        OutgoingAttachment(
          name: "a.bin", type: "application/x-a", content: [UInt8](repeating: 9, count: attachment))
      ]
    }
    return try builder.build()
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  private static func text(_ value: Double) -> String {
    value < 100 ? "\((value * 10).rounded() / 10)" : "\(Int(value))"
  }

  private static func padded(_ text: String, _ width: Int, right: Bool = false) -> String {
    let room = String(repeating: " ", count: max(width - text.count, 0))
    return right ? room + text : text + room
  }
}

extension Duration {
  fileprivate var inMicroseconds: Double {
    Double(components.seconds) * 1e6 + Double(components.attoseconds) / 1e12
  }
}
