// modules: Bytes MIME
// seeds: Tests/Fixtures/eml
// options: -max_len=1024
// words: "=?" "?=" "?Q?" "?B?" "utf-8" "iso-2022-jp" "gb2312" "utf-7" "=?utf-8?B?" "=?iso-8859-1?q?" "*de"
import MIME

/// Encoded words, alone and in parameters.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWords(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  _ = EncodedWord.decode(bytes)
  let header = HeaderBlock(parsing: Array("Subject: ".utf8) + bytes)
  if let text = header.text("Subject") {
    precondition(
      text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }, "no control comes out")
  }
  let type = ContentType(parsing: Array("text/plain; name=".utf8) + bytes)
  _ = type?.parameters.text("name")
  return 0
}
