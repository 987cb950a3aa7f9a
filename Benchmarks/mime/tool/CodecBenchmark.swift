internal import Glibc
internal import MIME

/// The single decoders over the octets of a pack's mails that are theirs, and memcpy over the same.
enum CodecBenchmark {
  static func run(_ pack: [UInt8], rounds: Int) {
    let mails = Pack(pack).map { ParsedMessage($0) }
    var encoded: [TransferEncoding: [[UInt8]]] = [:]
    for mail in mails {
      for part in mail.parts where part.isLeaf {
        encoded[part.encoding, default: []].append(Array(mail.raw[part.bodyRange]))
      }
    }
    let base64 = encoded[.base64] ?? []
    let quoted = encoded[.quotedPrintable] ?? []
    let heads = mails.map { Array($0.raw[$0.headerBlock.range]) }
    let htmls = mails.filter { mail in mail.parts.contains { $0.contentType.isText("html") } }
    let htmlOctets = htmls.reduce(0) { sum, mail in
      sum + mail.parts.filter { $0.contentType.isText("html") }.reduce(0) { $0 + $1.bodyRange.count }
    }
    var sum = 0
    each("base64", base64, rounds) { sum &+= Base64Lenient.decode($0).count }
    each("quoted-printable", quoted, rounds) { sum &+= QuotedPrintable.decode($0).count }
    each("header scanning", heads, rounds) { sum &+= HeaderBlock(parsing: $0).count }
    line("body() of HTML", htmlOctets, rounds) { for mail in htmls { sum &+= mail.body().text.utf8.count } }
    if sum == 0 { print("nothing to decode") }
  }

  private static func line(_ name: String, _ octets: Int, _ rounds: Int, _ work: () -> Void) {
    guard octets > 0 else { return }
    var best = Double.infinity
    for _ in 0..<rounds {
      let start = MimeTool.now()
      work()
      best = min(best, MimeTool.now() - start)
    }
    let rate = Int(Double(octets) / best / 1e6)
    print("\(name): \(rate) MB/s of \(octets / 1_000_000) MB")
  }

  /// The work for each piece, then memcpy of the same.
  private static func each(_ name: String, _ pieces: [[UInt8]], _ rounds: Int, _ work: ([UInt8]) -> Void) {
    let octets = pieces.reduce(0) { $0 + $1.count }
    var sum = 0
    line(name, octets, rounds) { for piece in pieces { work(piece) } }
    line("  memcpy", octets, rounds) { for piece in pieces { sum &+= duplicate(piece) } }
    if sum == 0 { print("  nothing") }
  }

  private static func duplicate(_ bytes: [UInt8]) -> Int {
    let copied = [UInt8](unsafeUninitializedCapacity: bytes.count) { out, count in
      bytes.withUnsafeBytes { p in
        if let from = p.baseAddress, let to = out.baseAddress { memcpy(to, from, p.count) }
      }
      count = bytes.count
    }
    return copied.count + Int(copied.last ?? 0)
  }
}
