// modules: CZlib Bytes Compression MailPacking
// seeds: Tests/Fixtures/eml
// options: -max_len=8192
// words: "\x0d\x0a" "--" "Content-Type:\x20" "message/rfc822" "boundary=b1" "name=" "Content-Transfer-Encoding:\x20" "quoted-printable" "base64" "=\x0d\x0a" "=C3=BC" "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\x0d\x0a"
import MailPacking

/// A mail that is packed comes back octet by octet.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPacking(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let mail = [UInt8](UnsafeBufferPointer(start: start, count: count))
  for limits in [PackedMail.Limits.apart, .whole] {
    guard let packed = try? PackedMail(mail, limits: limits),
      let unpacked = try? UnpackedMail(packed.octets, octetsMax: count)
    else { preconditionFailure("it packs and unpacks") }
    var again: [UInt8] = []
    for segment in unpacked.segments {
      switch segment {
      case .octets(let octets): again += octets
      case .taken(let number, _, let lines, _):
        var encoder = lines.map { Base64LineEncoder($0) }
        for piece in 0..<packed.taken[number].pieces {
          let octets = packed.taken[number].piece(piece, of: mail)
          again += encoder?.encode(octets) ?? octets
        }
      }
    }
    precondition(again == mail, "the original is kept")
  }
  return 0
}
