// modules: Bytes MIME
// seeds: Tests/Fixtures/eml
// options: -max_len=1024
// words: "<" ">" "@" "\"" "\\" "(" ")" ":" ";" "," "=?utf-8?Q?" "?=" "[" "]" "mailto:"
import MIME

/// Address lists, and the other values of a header that have a grammar: ids, dates, types.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAddresses(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  for address in MailAddress.list(in: bytes) {
    precondition(!address.email.isEmpty, "an address is something")
    if let name = address.name {
      precondition(!name.isEmpty && name.unicodeScalars.allSatisfy { $0.value >= 0x20 }, "a name to show")
    }
  }
  for id in MessageID.list(in: bytes) { precondition(MessageID(id.bytes) == id, "an id is one again") }
  if let date = MailDate(parsing: bytes) {
    precondition(MailDate(date.rfc5322) == date, "a date is one again")
  }
  if let type = ContentType(parsing: bytes) {
    _ = type.parameters.text("name")
    _ = type.parameters.raw("boundary")
  }
  _ = ContentDisposition(parsing: bytes)?.parameters.text("filename")
  return 0
}
