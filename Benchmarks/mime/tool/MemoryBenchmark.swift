internal import Glibc
internal import MIME

/// The peak of memory of a mail of 50 MB with one attachment.
enum MemoryBenchmark {
  private static let octets = 50_000_000

  static func run(inPieces: Bool) {
    let before = peak()
    let mail = made()
    let message = ParsedMessage(mail)
    var sum = message.body().text.utf8.count + message.attachments.count
    for part in message.parts where part.isLeaf {
      if inPieces {
        message.eachPiece(of: part.index) { sum &+= $0.count }
      } else {
        sum &+= message.decoded(part.index).count
      }
    }
    let used = peak() - before
    let way = inPieces ? "parts decoded in pieces" : "parts decoded whole"
    let ratio = Double(used * 100 / mail.count) / 100
    print(
      "memory, \(way): \(used / 1_000_000) MB for a mail of \(mail.count / 1_000_000) MB, \(ratio) times; \(sum)"
    )
  }

  private static func made() -> [UInt8] {
    var mail = Array(
      "Subject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee\r\n--b\r\n".utf8)
    mail.reserveCapacity(octets + 1024)
    mail += "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n".utf8
    let line = Array((String(repeating: "QUJD", count: 19) + "\r\n").utf8)
    while mail.count < octets { mail += line }
    mail += "--b--\r\n".utf8
    return mail
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
