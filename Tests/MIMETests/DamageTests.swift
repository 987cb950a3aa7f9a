import Foundation
import Testing

@testable import MIME

/// Mail cut off anywhere, and with octets that are others (row B6): it is read to the end, what is read lies within
/// it, and in a time that its size bounds.
@Suite(.serialized, .timeLimit(.minutes(60))) struct DamageTests {
  private static let isHeavy = ProcessInfo.processInfo.environment["POSTROOM_HEAVY"] == "1"
  /// In `make test` and in `make test-all`; all files together.
  private static let inputs = isHeavy ? 1_000_000 : 20_000
  private static let cutOctetsMax = 8192
  /// Processor seconds of one mail of at most 8 KiB, in a debug build; it takes a millisecond or two.
  private static let secondsMax = 0.25

  private static let mails =
    EMLFixture.all.map(\.mail) + SharedCorpus.files().filter { $0.count <= cutOctetsMax }

  @Test func `B6: a mail may end at any octet`() {
    // All cuts of the fixtures; of the corpus' as many as there is time for.
    var random = Seeded(1)
    var left = Self.inputs
    for mail in Self.mails {
      let all = mail.count <= 1024 || Self.isHeavy
      for end in 0...mail.count where all || random.next() % 32 == 0 {
        Self.read(Array(mail[..<end]))
        left -= 1
      }
      if left < 0 { return }
    }
  }

  @Test func `B6: any octet may be another`() {
    var random = Seeded(2)
    let odd = Array("\r\n<>\"'=?-:;/()@,.*%&\\ \t\u{0}\u{1B}begin".utf8)
    for n in 0..<Self.inputs {
      var mail = Self.mails[n % Self.mails.count]
      guard !mail.isEmpty else { continue }
      for _ in 0...(random.next() % 3) where !mail.isEmpty {
        let at = Int(random.next() % UInt64(mail.count))
        switch random.next() % 4 {
        case 0: mail[at] = UInt8(truncatingIfNeeded: random.next())
        case 1: mail[at] = odd[Int(random.next() % UInt64(odd.count))]
        case 2: mail.remove(at: at)
        default: mail.insert(odd[Int(random.next() % UInt64(odd.count))], at: at)
        }
      }
      Self.read(mail)
    }
  }

  private static func read(_ bytes: [UInt8]) {
    func readAll() {
      let message = ParsedMessage(bytes)
      HostileTests.readAll(message)
      var isWithin = message.raw == bytes
      for part in message.parts {
        isWithin =
          isWithin && part.bodyRange.upperBound <= bytes.count
          && part.headers.range.upperBound <= part.bodyRange.lowerBound && (part.parent ?? -1) < part.index
      }
      if !isWithin { Issue.record("a part lies elsewhere: \(String(decoding: bytes, as: UTF8.self))") }
    }
    // A reader that was kept from its caches once is no news.
    for _ in 0..<3 where Doubling.seconds(readAll) <= secondsMax { return }
    Issue.record("took long: \(String(decoding: bytes, as: UTF8.self))")
  }
}

/// Mail files of other projects' tests, where they lie beside the repository: `../shared/corpus`.
enum SharedCorpus {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../shared/corpus").standardizedFileURL

  static func names() -> [String] {
    let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(".eml") || $0.hasSuffix(".msg") || $0.hasSuffix(".raw") }.sorted()
  }

  static func files() -> [[UInt8]] {
    names().compactMap {
      FileManager.default.contents(atPath: folder.appendingPathComponent($0).path).map { [UInt8]($0) }
    }
  }
}
