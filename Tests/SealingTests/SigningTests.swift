import Testing

@testable import Sealing

@Suite(.timeLimit(.minutes(1))) struct SigningTests {
  let data: DataKey
  let key: SigningKey

  init() throws {
    data = try MasterKey.generate().newDataKey().0
    key = try data.signingKey(label: "receipt")
  }

  /// RFC 8032, section 7.1, tests 1 to 3.
  static let known = [
    (
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    ),
    (
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    ),
    (
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    ),
  ]

  @Test(arguments: known) func `signatures of RFC 8032 are verified`(
    raw: String, text: String, signature: String
  ) {
    let key = VerifyingKey(raw: unhexadecimal(raw))
    #expect(key.verify(unhexadecimal(signature), of: unhexadecimal(text)))
    #expect(!key.verify(unhexadecimal(signature), of: unhexadecimal(text) + [0]))
  }

  @Test(arguments: [0, 1, 64, 100_000]) func `what was signed is verified, and nothing else`(length: Int)
    throws
  {
    let text = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
    let signature = try key.sign(text)
    #expect(signature.count == 64)
    #expect(try key.sign(text) == signature)
    #expect(key.verifyingKey.verify(signature, of: text))
    #expect(!key.verifyingKey.verify(signature, of: text + [0]))
    let other = try data.signingKey(label: "else").verifyingKey
    #expect(!other.verify(signature, of: text))
    #expect(!key.verifyingKey.verify([], of: text))
    #expect(!key.verifyingKey.verify(signature.dropLast(), of: text))
    for bit in 0..<512 {
      var changed = signature
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(!key.verifyingKey.verify(changed, of: text))
    }
  }

  @Test func `the key is the same after it was unwrapped again`() throws {
    let master = MasterKey.generate()
    let (data, wrapped) = try master.newDataKey()
    let one = try data.signingKey(label: "receipt").verifyingKey
    #expect(try master.unwrap(wrapped).signingKey(label: "receipt").verifyingKey == one)
    #expect(one.id.count == 16 && one != key.verifyingKey)
  }

  @Test func `a public key goes through PEM; what is none is refused`() throws {
    let pem = key.verifyingKey.pem
    #expect(VerifyingKey(pem: Array(pem.utf8)) == key.verifyingKey)
    #expect(VerifyingKey(pem: Array("text before\n\(pem)".utf8)) == key.verifyingKey)
    for cut in [0, 10, 30, 60, pem.utf8.count - 10] {
      #expect(VerifyingKey(pem: Array(pem.utf8.prefix(cut))) == nil)
    }
    // X25519 looks the same but for its object identifier.
    let other = pem.replacing("MCowBQYDK2VwAyEA", with: "MCowBQYDK2VuAyEA")
    #expect(other != pem && VerifyingKey(pem: Array(other.utf8)) == nil)
  }
}
