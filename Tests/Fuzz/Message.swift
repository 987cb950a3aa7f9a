// modules: Bytes MIME
// seeds: Tests/Fixtures/eml
// options: -max_len=8192
// words: "\x0d\x0a" "--" "Content-Type:" "multipart/mixed" "message/rfc822" "boundary=" "charset=" "base64" "filename*0*=" "=?utf-8?Q?" "begin\x20644\x20" "x-uuencode" "application/ms-tnef" "\x78\x9f\x3e\x22" "quoted-printable"
@testable import MIME

/// A whole mail: everything that is read of one.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMessage(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  let message = ParsedMessage(bytes)
  precondition(message.raw == bytes, "the original is kept")
  for part in message.parts {
    precondition(part.bodyRange.upperBound <= bytes.count, "a part lies within the mail")
    precondition(part.headers.range.upperBound <= part.bodyRange.lowerBound, "a body lies behind its header")
    if let parent = part.parent { precondition(parent < part.index, "parents come first") }
    var pieces = [UInt8]()
    message.eachPiece(of: part.index) { pieces += $0 }
    precondition(pieces == message.decoded(part.index), "pieces are the whole")
    _ = message.text(part.index)
    _ = message.path(of: part.index)
  }
  checkStream(bytes, message)
  for attachment in message.attachments {
    precondition(!attachment.name.isEmpty && !attachment.name.contains("/"), "a name for a file")
  }
  _ = message.body()
  _ = message.deliveryReport()
  _ = message.calendar
  _ = message.containers
  for part in message.parts.prefix(4) { _ = message.innerMail(part.index) }
  return 0
}

/// By pieces of sizes that the octets give.
private func checkStream(_ bytes: [UInt8], _ whole: ParsedMessage) {
  var stream = MailStream()
  var contents: [Int: [UInt8]] = [:]
  func take(_ event: MailStream.Event) {
    if case .content(let part, let octets) = event { contents[part, default: []] += octets }
  }
  var at = 0
  while at < bytes.count {
    let end = min(bytes.count, at + 1 + Int(bytes[at] & 0x3F))
    stream.feed(Array(bytes[at..<end]), take)
    at = end
  }
  let outline = stream.finish(take)
  precondition(outline.parts.map(\.bodyRange) == whole.parts.map(\.bodyRange), "the same parts")
  precondition(outline.attachments == whole.attachments, "the same attachments")
  precondition(outline.defects == whole.defects, "the same defects")
  for part in whole.parts where part.isLeaf && !part.isEmbedded {
    precondition(contents[part.index] ?? [] == whole.decoded(part.index), "the same contents")
  }
}
