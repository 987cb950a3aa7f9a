import Bytes
import MIME
import Testing

@testable import MailSim

@Suite(.timeLimit(.minutes(1))) struct MessageMakerTests {
  private static func maker(_ kind: MessageMaker.Kind = .inbox, seed: UInt64 = 1, count: Int = 1000)
    -> MessageMaker
  {
    MessageMaker(
      seed: seed, user: "alice", domain: "example.test", kind: kind, inboxCount: count,
      newestSeconds: 1_750_000_000)
  }

  @Test func `the same seed makes the same mails, another seed others`() {
    for kind in [MessageMaker.Kind.inbox, .sent, .archive, .junk, .trash] {
      let (a, b, c) = (Self.maker(kind), Self.maker(kind), Self.maker(kind, seed: 2))
      for n in 1...min(a.count, 50) {
        #expect(a.message(n) == b.message(n))
        #expect(a.message(n) != c.message(n))
        #expect(a.flags(n) == b.flags(n))
      }
    }
  }

  /// FNV-1a of the first messages: a change here changes every user's test data, so it must be meant.
  @Test func `the mails are the same on every machine`() {
    let maker = Self.maker()
    let hash = (1...100).reduce(UInt64(0)) { $0 &* 31 &+ Rand.hash(maker.message(UInt32($1))) }
    #expect(hash == 2_506_857_016_276_161_590)
  }

  @Test func `mails are well-formed: CRLF, short lines, ASCII headers, all fields`() throws {
    for kind in [MessageMaker.Kind.inbox, .sent, .archive, .junk] {
      let maker = Self.maker(kind)
      for n in 1...min(maker.count, 200) {
        let raw = maker.message(n)
        var previous: UInt8 = 0
        var line = 0
        for byte in raw {
          if byte == 10 { #expect(previous == 13) }
          if previous == 13 { #expect(byte == 10) }
          line = byte == 10 ? 0 : line + 1
          if line > 998 { Issue.record("line too long in \(kind) \(n)") }
          previous = byte
        }
        #expect(raw[..<IMAPSession.headerEnd(raw)].allSatisfy { $0 < 0x80 })
        let parsed = ParsedMessage(raw)
        #expect(parsed.headers.messageID?.text == String(maker.messageID(n).dropFirst().dropLast()))
        #expect(parsed.headers.date?.secondsSince1970 == maker.dateSeconds(n))
        #expect(
          !parsed.headers.subject.isEmpty && parsed.headers.from.count == 1 && parsed.headers.to.count == 1)
        #expect(!parsed.body().text.isEmpty)
      }
    }
  }

  @Test func `dates ascend, replies name what is there, and there is variety`() {
    let maker = Self.maker()
    let sent = Self.maker(.sent)
    var ids = Set<String>()
    var replies = 0
    var charsets = Set<String>()
    var attachments = 0
    var html = 0
    for n in 1...UInt32(1000) {
      #expect(n == 1 || maker.dateSeconds(n) > maker.dateSeconds(n - 1))
      let parsed = ParsedMessage(maker.message(n))
      ids.insert(maker.messageID(n))
      if n % 5 == 0 { ids.insert(sent.messageID(n / 5)) }
      if let parent = parsed.headers.inReplyTo.first {
        replies += 1
        #expect(ids.contains("<\(parent.text)>"))
        #expect(parsed.headers.references.allSatisfy { ids.contains("<\($0.text)>") })
      }
      attachments += parsed.attachments.count
      if parsed.body().html != nil { html += 1 }
      let text = String(decoding: maker.message(n), as: UTF8.self)
      for charset in ["us-ascii", "utf-8", "iso-8859-1", "windows-1252", "koi8-r"]
      where text.contains("charset=\(charset)") {
        charsets.insert(charset)
      }
    }
    #expect(ids.count == 1200)
    #expect(replies > 200 && replies < 800)
    #expect(charsets.isSuperset(of: ["utf-8", "iso-8859-1", "windows-1252", "koi8-r"]))
    #expect(attachments > 10 && html > 200)
  }

  @Test func `a Message-ID leads back to its number`() {
    let maker = Self.maker()
    for n in [UInt32(1), 7, 500, 1000] {
      #expect(maker.number(messageID: maker.messageID(n)) == n)
      #expect(maker.number(messageID: String(maker.messageID(n).dropFirst().dropLast())) == n)
    }
    for text in [
      "", "<x@y>", "<alice.1.5.0@mail.atlas.example>", "a.1.99999999999999999999.x@y", "alice.1.0.x@y",
    ] {
      #expect(maker.number(messageID: text) == nil)
    }
  }
}

@Suite struct UIDRangesTests {
  @Test func `ranges behave like sets of numbers`() {
    var rand = Rand(7)
    for _ in 0..<300 {
      var ranges = UIDRanges()
      var set = Set<UInt32>()
      for _ in 0..<20 {
        let lower = UInt32(1 + rand.below(40))
        let upper = lower + UInt32(rand.below(5))
        if rand.chance(percent: 70) {
          ranges.insert(lower...upper)
          set.formUnion(lower...upper)
        } else {
          ranges.remove(lower)
          set.remove(lower)
        }
      }
      let sorted = set.sorted()
      #expect(Array(ranges) == sorted && ranges.count == set.count)
      for (i, uid) in sorted.enumerated() {
        #expect(ranges.uid(number: i + 1) == uid && ranges.number(of: uid) == i + 1 && ranges.contains(uid))
      }
      #expect(
        ranges.number(of: 100) == nil && ranges.uid(number: 0) == nil
          && ranges.uid(number: sorted.count + 1) == nil)
      let other = UIDRanges(10...20)
      #expect(Array(ranges.intersection(other)) == sorted.filter { (10...20).contains($0) })
      #expect(Array(ranges.subtracting(other)) == sorted.filter { !(10...20).contains($0) })
      #expect(Array(ranges.uids(numbers: UIDRanges(2...4))) == Array(sorted.dropFirst().prefix(3)))
      #expect(ranges.numbers(of: ranges).count == ranges.count)
    }
    var edge = UIDRanges(UInt32.max...UInt32.max)
    edge.insert(UInt32.max - 1)
    #expect(edge.ranges == [(UInt32.max - 1)...UInt32.max])
  }

  @Test func `civil time agrees with known dates`() {
    #expect(CivilTime(seconds: 0).mail == "Thu, 1 Jan 1970 00:00:00 +0000")
    #expect(CivilTime(seconds: 1_709_164_799).imap == "28-Feb-2024 23:59:59 +0000")
    #expect(CivilTime(seconds: 1_709_164_800).imap == "29-Feb-2024 00:00:00 +0000")
    #expect(CivilTime(seconds: -1, zoneMinutes: -330).mail == "Wed, 31 Dec 1969 18:29:59 -0530")
    for day in stride(from: Int64(-1_000_000_000), to: 5_000_000_000, by: 86_400 * 13) {
      let t = CivilTime(seconds: day)
      #expect(
        CivilTime.seconds(year: t.year, month: t.month, day: t.day) == day - ((day % 86_400) + 86_400)
          % 86_400)
    }
  }
}
