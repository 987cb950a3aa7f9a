internal import MIME

/// Reads every mail of a pack: structure, subject, addresses, date, ids; decodes every part, text to UTF-8.
enum ParseBenchmark {
  private struct Sums {
    var mails = 0
    var octets = 0
    var text = 0
    var other = 0
    var addresses = 0
  }

  static func run(_ pack: [UInt8], rounds: Int) {
    var sums = Sums()
    let mails = Array(Pack(pack))
    for _ in 0..<rounds {
      sums = Sums()
      let start = MimeTool.now()
      for mail in mails { read(mail, &sums) }
      print("seconds \(MimeTool.now() - start)")
    }
    print(
      "mails \(sums.mails) octets \(sums.octets) text \(sums.text) other \(sums.other) addresses \(sums.addresses)"
    )
  }

  private static func read(_ mail: [UInt8], _ sums: inout Sums) {
    let message = ParsedMessage(mail)
    let headers = message.headers
    sums.mails += 1
    sums.octets += mail.count
    sums.addresses += headers.from.count + headers.sender.count + headers.replyTo.count + headers.to.count
    sums.addresses += headers.cc.count + headers.bcc.count
    for part in message.parts where part.isLeaf {
      if part.contentType.type == "text" {
        sums.text += message.text(part.index).text.utf8.count
      } else {
        sums.other += message.decoded(part.index).count
      }
    }
  }
}

/// The mails of a pack.
struct Pack: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> [UInt8]? {
    guard at + 4 <= bytes.count else { return nil }
    let length = (0..<4).reduce(0) { $0 | Int(bytes[at + $1]) << ($1 * 8) }
    guard length <= bytes.count - at - 4 else { return nil }
    defer { at += 4 + length }
    return Array(bytes[at + 4..<at + 4 + length])
  }
}
