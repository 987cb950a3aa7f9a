import Testing

@testable import Sealing

@Suite(.timeLimit(.minutes(1))) struct DataKeyTests {
  let key: DataKey

  init() throws { key = try MasterKey.generate().newDataKey().0 }

  @Test(arguments: [0, 1, 15, 16, 17, 1000, 1 << 20]) func `what is sealed opens again`(length: Int) throws {
    let plain = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
    let sealed = try key.seal(plain, context: "tn1|mb2|m3|body|1")
    #expect(sealed.count == plain.count + 29)
    #expect(sealed.first == 1)
    #expect(try key.open(sealed, context: "tn1|mb2|m3|body|1") == plain)
  }

  @Test func `no two sealings are alike`() throws {
    let all = try Set((0..<1000).map { _ in try key.seal([1, 2, 3], context: "c") })
    #expect(all.count == 1000)
    #expect(Set(all.map { Array($0[1...12]) }).count == 1000)
  }

  @Test func `another context, another key or a changed octet does not open`() throws {
    let sealed = try key.seal(Array("secret".utf8), context: "m3|body")
    for context in ["", "m3", "m3|bodY", "m3|body|"] {
      #expect(throws: SealingError.notAuthentic) { try key.open(sealed, context: context) }
    }
    let other = try MasterKey.generate().newDataKey().0
    #expect(throws: SealingError.notAuthentic) { try other.open(sealed, context: "m3|body") }
    for bit in 8..<sealed.count * 8 {
      var changed = sealed
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: SealingError.notAuthentic) { try key.open(changed, context: "m3|body") }
    }
  }

  @Test func `an unknown format or a cut value is refused as such`() throws {
    let sealed = try key.seal([], context: "c")
    #expect(throws: SealingError.formatUnknown) { try key.open([], context: "c") }
    #expect(throws: SealingError.formatUnknown) { try key.open([2] + sealed.dropFirst(), context: "c") }
    for length in 1..<sealed.count {
      #expect(throws: SealingError.formatUnknown) { try key.open(Array(sealed[..<length]), context: "c") }
    }
    #expect(throws: SealingError.notAuthentic) { try key.open(sealed + [0], context: "c") }
  }

  @Test func `fingerprints depend on key, label and value`() throws {
    let one = try key.fingerprintKey(label: "a")
    #expect(one.fingerprint([1]).count == 32)
    #expect(one.fingerprint([1]) == (try key.fingerprintKey(label: "a")).fingerprint([1]))
    #expect(one.fingerprint([1]) != one.fingerprint([2]))
    #expect(one.fingerprint([1]) != (try key.fingerprintKey(label: "b")).fingerprint([1]))
    let other = try MasterKey.generate().newDataKey().0
    #expect(one.fingerprint([1]) != (try other.fingerprintKey(label: "a")).fingerprint([1]))
  }
}

@Suite(.timeLimit(.minutes(1))) struct MasterKeyTests {
  @Test func `a data key comes back from its wrapping, and is a different one each time`() throws {
    let master = MasterKey.generate()
    let (key, wrapped) = try master.newDataKey()
    let (key2, wrapped2) = try master.newDataKey()
    #expect(wrapped.count == 77)
    #expect(key.id != key2.id)
    #expect(wrapped != wrapped2)
    let again = try master.unwrap(wrapped)
    #expect(again.id == key.id)
    #expect(try again.open(key.seal([7], context: "c"), context: "c") == [7])
  }

  @Test func `another master key is named, damage is not authentic`() throws {
    let (a, b) = (MasterKey.generate(), MasterKey.generate())
    let (_, wrapped) = try a.newDataKey()
    #expect(throws: SealingError.masterKeyDiffers(wrappedBy: a.id, have: b.id)) { try b.unwrap(wrapped) }
    for index in 9..<wrapped.count {
      var changed = wrapped
      changed[index] ^= 1
      #expect(throws: SealingError.notAuthentic) { try a.unwrap(changed) }
    }
    let bad: [[UInt8]] = [[], [1], wrapped.dropLast(), wrapped + [0], [9] + wrapped.dropFirst()]
    for wrapped in bad {
      #expect(throws: SealingError.formatUnknown) { try a.unwrap(wrapped) }
    }
  }

  @Test func `exactly 32 octets make a key, and the same ones the same key`() throws {
    for count in [0, 31, 33, 64] {
      #expect(throws: SealingError.keyMalformed("\(count) octets instead of 32")) {
        try MasterKey(bytes: [UInt8](repeating: 1, count: count))
      }
    }
    let bytes = [UInt8](1...32)
    let (_, wrapped) = try MasterKey(bytes: bytes).newDataKey()
    _ = try MasterKey(bytes: bytes).unwrap(wrapped)
  }

  @Test func `descriptions show no key`() throws {
    let key = try MasterKey(bytes: [UInt8](repeating: 0x41, count: 32))
    let (data, _) = try key.newDataKey()
    var dumped = ""
    dump(key, to: &dumped)
    dump(data, to: &dumped)
    for text in ["\(key)", "\(data)", String(reflecting: key), dumped] {
      #expect(!text.contains("65, 65") && !text.contains("AAAA") && !text.contains("4141"))
    }
    #expect("\(key)" == "MasterKey(\(key.id))")
    #expect(key.id.utf8.count == 16)
  }

  @Test func `a key that could not be filled does not exist`() throws {
    #expect(KeyStorage { _ in false } == nil)
    let kept = KeyStorage { room in
      room.copyBytes(from: [UInt8](repeating: 9, count: 32))
      return true
    }
    try #require(kept).withBytes { #expect(Array($0) == [UInt8](repeating: 9, count: 32)) }
  }
}

@Suite(.timeLimit(.minutes(1))) struct DigestTests {
  @Test func `SHA-256 and HMAC give the published values`() {
    // FIPS 180-2 appendix B.1; RFC 4231 test cases 1, 2 and 6.
    #expect(
      hexadecimal(Digest.sha256(Array("abc".utf8)))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      hexadecimal(Digest.sha256([])) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      hexadecimal(Digest.hmacSHA256(key: [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8)))
        == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    #expect(
      hexadecimal(Digest.hmacSHA256(key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8)))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    #expect(
      hexadecimal(
        Digest.hmacSHA256(
          key: [UInt8](repeating: 0xAA, count: 131),
          Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)))
        == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    #expect(
      hexadecimal(Digest.hmacSHA256(key: [], []))
        == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
  }

  @Test func `comparison tells equal from different`() {
    #expect(Digest.equalConstantTime([], []))
    #expect(Digest.equalConstantTime([1, 2], [1, 2]))
    #expect(!Digest.equalConstantTime([1, 2], [1, 3]))
    #expect(!Digest.equalConstantTime([1, 2], [1, 2, 3]))
    let digest = Digest.sha256([1])
    for i in digest.indices {
      for bit in 0..<8 {
        var other = digest
        other[i] ^= 1 << bit
        #expect(!Digest.equalConstantTime(digest, other))
      }
    }
  }

  @Test func `comparison takes as long for a difference at the start as for one at the end`() {
    // Long enough that a comparison which stops at the difference is a thousand times as quick.
    let text = [UInt8](repeating: 0x41, count: 1 << 18)
    var (early, late) = (text, text)
    early[0] ^= 1
    late[late.count - 1] ^= 1
    let clock = ContinuousClock()
    // The least of many: what else the machine does only adds.
    var least = [Duration.seconds(3600), Duration.seconds(3600)]
    for _ in 0..<50 {
      for (i, other) in [early, late].enumerated() {
        least[i] = min(least[i], clock.measure { _ = Digest.equalConstantTime(text, other) })
      }
    }
    let ratio = least[0] / least[1]
    #expect(ratio > 0.5 && ratio < 2, "\(least)")
  }

  @Test func `random octets have hexadecimal text`() {
    #expect(Digest.text([]) == "" && Digest.text([0, 0x0A, 0xFF]) == "000aff")
  }

  @Test func `what is no certificate in PEM has no digest`() {
    let frame = ("-----BEGIN CERTIFICATE-----\n", "\n-----END CERTIFICATE-----\n")
    for text in [
      "", "\n", "\0", frame.0, frame.0 + frame.1, frame.0 + "MAA=" + frame.1, frame.0 + "!" + frame.1,
      frame.0 + String(repeating: "MIIB", count: 10_000) + frame.1,
      "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n",
    ] {
      #expect(Digest.certificate(pem: Array(text.utf8)) == nil, "\(text.prefix(60))")
    }
  }

  @Test func `random octets have the length asked for and do not repeat`() {
    #expect(Digest.randomBytes(0) == [])
    #expect(Digest.randomBytes(-1) == [])
    #expect(Digest.randomBytes(33).count == 33)
    #expect(Digest.randomBytes(16) != Digest.randomBytes(16))
  }

  @Test(arguments: [("", [UInt8]()), ("00fF7a", [0, 255, 0x7A])])
  func `hexadecimal digits are read`(_ text: String, _ bytes: [UInt8]) {
    #expect(unhexadecimal(Array(text.utf8)) == bytes)
  }

  @Test(arguments: ["0", "0g", "g0", "zz", " 0", "0x"]) func `other digits are not`(_ text: String) {
    #expect(unhexadecimal(Array(text.utf8)) == nil)
  }
}
