// modules: Bytes MIME
// seeds: Tests/MIMETests/Fixtures/html
// options: -max_len=4096
// words: "<" "</" ">" "<!--" "-->" "style=\"" "href=" "src=" "cid:" "javascript:" "url(" "<table>" "<td>" "<blockquote>" "gmail_quote" "<svg" "<script>" "&#x" "&nbsp;" "<pre>" "<li>" "<p\x20class=MsoNormal>"
@testable import MIME

/// HTML of strangers: sanitised, sanitised again, read as text, and told apart.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTML(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let html = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  for remote in [false, true] {
    let once = HTMLSanitizer.sanitize(html, remoteImages: remote)
    precondition(HTMLSanitizer.sanitize(once, remoteImages: remote) == once, "what is safe stays as it is")
    let lower = once.lowercased()
    for word in ["<script", "<style", "<svg", "<iframe", "<base", "<form", "<link", "<meta"] {
      precondition(!lower.contains(word), "no element that does something")
    }
  }
  _ = ReplySplitter.split(HTMLText.lines(html))
  return 0
}
