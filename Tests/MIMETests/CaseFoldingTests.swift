import Testing

@testable import MIME

@Suite struct CaseFoldingTests {
  @Test func `every character is folded as Unicode has it, save the Turkish capital I with a dot`() {
    for value in UInt32(0)...0x1_F9FF {
      guard let c = Unicode.Scalar(value), value != 0x130 else { continue }
      let text = "aB" + String(c) + "Z"
      #expect(CaseFolding.folded(text) == Array(text.lowercased().utf8), "U+\(String(value, radix: 16))")
    }
    #expect(CaseFolding.folded("İSTANBUL") == Array("istanbul".utf8))
    #expect(CaseFolding.folded("İα") == Array("iα".utf8))
    #expect(CaseFolding.folded("").isEmpty)
  }
}
