import Bytes
import Testing

@Suite struct Base64Tests {
  /// RFC 4648 §10.
  static let vectors: [(String, String)] = [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ]

  @Test(arguments: vectors)
  func `encodes and decodes the RFC's vectors`(plain: String, coded: String) {
    #expect(Base64.encodeString(plain.utf8) == coded)
    #expect(Base64.decode(coded.utf8) == [UInt8](plain.utf8))
  }

  @Test(arguments: ["Z", "Zg=", "Zg", "Zh==", "Zm9=", "Z===", "====", "Zm9v\n", "Zm 9", "Zg==Zg=="])
  func `refuses what is not canonical`(coded: String) {
    #expect(Base64.decode(coded.utf8) == nil)
  }
}
