// modules: CZlib Bytes Compression MailPacking
// options: -max_len=4096
// words: "\x01\x00" "\x01\x01" "\x02\x03" "\x00\x00"
import MailPacking

/// Octets that claim to be a packed mail, or a piece of a content: an error or something, within the bound.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzUnpacking(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let octets = [UInt8](UnsafeBufferPointer(start: start, count: count))
  let most = 100_000
  if let mail = try? UnpackedMail(octets, octetsMax: most) {
    precondition(mail.segments.reduce(0) { $0 + $1.count } <= most, "no longer than allowed")
  }
  if let content = try? ContentPiece.unpack(octets, octets: count * 2) {
    precondition(content.count == count * 2, "exactly as long as it says")
  }
  return 0
}
