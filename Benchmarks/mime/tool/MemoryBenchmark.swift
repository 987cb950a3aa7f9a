import Glibc
import MIME

/// The peak of memory of a large mail, read in one of several ways.
enum MemoryBenchmark {
  enum Way: String {
    /// Parsed as a whole, every part decoded as a whole.
    case whole
    /// Parsed as a whole, every part decoded in pieces.
    case pieces
    /// Read as it comes.
    case streamed
  }

  /// What the mail mostly is.
  enum Kind: String { case attachment, quoted, text, html }

  static func run(_ way: Way, _ kind: Kind, octets: Int) {
    // Tables that are made once, whatever the mail.
    _ = read(ParsedMessage(all(kind, 1000)), way: .whole)
    let before = peak()
    var sum = 0
    var size = 0
    if way == .streamed {
      var stream = MailStream()
      each(kind, octets) { piece in
        size += piece.count
        stream.feed(piece) { if case .content(_, let octets) = $0 { sum &+= octets.count } }
      }
      sum &+=
        stream.finish { if case .content(_, let octets) = $0 { sum &+= octets.count } }.attachments.count
    } else {
      let mail = all(kind, octets)
      size = mail.count
      sum = read(ParsedMessage(mail), way: way)
    }
    let used = peak() - before
    let ratio = Double(used * 100 / size) / 100
    print(
      "memory, \(kind.rawValue) \(way.rawValue): \(used / 1024) KiB for a mail of \(size / 1024) KiB, \(ratio) times; \(sum)"
    )
  }

  private static func read(_ message: ParsedMessage, way: Way) -> Int {
    var sum = message.body().text.utf8.count + message.attachments.count
    for part in message.parts where part.isLeaf {
      if way == .pieces {
        message.eachPiece(of: part.index) { sum &+= $0.count }
      } else {
        sum &+= message.decoded(part.index).count
      }
    }
    return sum
  }

  private static func all(_ kind: Kind, _ octets: Int) -> [UInt8] {
    var mail: [UInt8] = []
    mail.reserveCapacity(octets + 64 * 1024)
    each(kind, octets) { mail += $0 }
    return mail
  }

  /// The mail in pieces of some KiB.
  private static func each(_ kind: Kind, _ octets: Int, _ take: ([UInt8]) -> Void) {
    let head: String
    let line: String
    switch kind {
    case .attachment:
      head = "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
      line = String(repeating: "QUJD", count: 19)
    case .quoted:
      head = "Content-Type: text/csv; name=a.csv\r\nContent-Transfer-Encoding: quoted-printable\r\n"
      line = String(repeating: "na=C3=AFve; ", count: 6)
    case .text:
      head = "Content-Type: text/plain; charset=utf-8\r\n"
      line = String(repeating: "Ein Wört ", count: 7)
    case .html:
      head = "Content-Type: text/html\r\n"
      line = "<p class=\"x\">A sentence of <b>some</b> words, as letters have them.</p>"
    }
    take(
      Array(
        "Subject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee\r\n--b\r\n\(head)\r\n"
          .utf8))
    let piece = Array(String(repeating: line + "\r\n", count: 200).utf8)
    var given = 0
    while given < octets {
      take(piece)
      given += piece.count
    }
    take(Array("--b--\r\n".utf8))
  }

  /// The most octets of memory that this process had (proc(5): VmHWM; getrusage tells that of its parent, too).
  private static func peak() -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text.hasPrefix("VmHWM:") {
        return (text.split(separator: " ").compactMap { Int($0) }.first ?? 0) * 1024
      }
    }
    return 0
  }
}
