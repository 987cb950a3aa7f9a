import MIME
import Testing

@Suite struct MailDateTests {
  @Test(arguments: [
    ("Mon, 2 Jan 2006 15:04:05 -0700", 1_136_239_445, -420),
    ("2 Jan 2006 15:04:05 -0700", 1_136_239_445, -420),
    ("Mon, 02 Jan 2006 22:04:05 GMT", 1_136_239_445, 0),
    ("Mon,  2 Jan 2006 22:04:05 +0000 (UTC)", 1_136_239_445, 0),
    ("Mon, 2 Jan 2006 15:04:05 MST", 1_136_239_445, -420),
    ("Mon, 2 Jan 2006 22:04 +0000", 1_136_239_440, 0),
    ("Mon, 2 Jan 06 22:04:05 UT", 1_136_239_445, 0),
    ("2 Jan 99 00:00:00 GMT", 915_235_200, 0),
    ("Mon Jan  2 22:04:05 2006", 1_136_239_445, 0),
    ("Mon Jan  2 22:04:05 UTC 2006", 1_136_239_445, 0),
    ("2006-01-02T22:04:05Z", 1_136_239_445, 0),
    ("2006-01-02T15:04:05-07:00", 1_136_239_445, -420),
    ("2006-01-02 22:04:05.123 +0000", 1_136_239_445, 0),
    ("2-Jan-2006 22:04:05 +0000", 1_136_239_445, 0),
    ("Mon, 2 Jan 2006 22:04:05", 1_136_239_445, 0),
    ("Mon, 2 Jan 2006 10:04:05 PM +0000", 1_136_239_445, 0),
    ("Mon, 2 Jan 2006 22.04.05 +0000", 1_136_239_445, 0),
    ("Monday, January 2, 2006 22:04:05 +0000", 1_136_239_445, 0),
    ("Mon, 2 Jan 2006 22:04:05 GMT+0200", 1_136_232_245, 120),
    ("Mon, 2 Jan 2006 22:04:05 +02:00", 1_136_232_245, 120),
    ("02.01.2006 22:04:05", 1_136_239_445, 0),
    ("01/02/2006 22:04:05", 1_136_239_445, 0),
    ("from a by b; Mon, 2 Jan 2006 22:04:05 +0000", 1_136_239_445, 0),
    ("Mo, 2 Mär 2015 10:00:00 +0100", 1_425_286_800, 60),
    ("Fri, 31 Dec 1999 23:59:60 +0000", 946_684_799, 0),
    ("Mon, 2 Jan 2006 22:04:05 +9999", 1_136_239_445, 0),
    ("29 Feb 2000 00:00:00 +0000", 951_782_400, 0),
    ("1 Jan 1900 00:00:00 +0000", -2_208_988_800, 0),
  ])
  func `dates of many kinds are read`(_ text: String, _ seconds: Int64, _ zone: Int) {
    #expect(MailDate(text) == MailDate(secondsSince1970: seconds, zoneMinutes: zone))
  }

  @Test(arguments: [
    "", "yesterday", "Mon, 2 2006", "32 Jan 2006 00:00:00", "29 Feb 2001 00:00:00",
    "2 Jan 2006 25:00:00 +0000",
    "2 Jan 2006 00:61:00", "0 Jan 2006", "99999999999999999999 Jan 99999999999999999999",
  ])
  func `what is no date is none`(_ text: String) { #expect(MailDate(text) == nil) }

  @Test func `dates are written and read back`() {
    var random = Seeded(1)
    for _ in 0..<500 {
      let seconds = Int64(random.next() % 250_000_000_000) - 60_000_000_000
      let zone = Int(random.next() % 2879) - 1439
      let date = MailDate(secondsSince1970: seconds, zoneMinutes: zone)
      #expect(MailDate(date.rfc5322) == date, "\(date.rfc5322)")
    }
  }

  @Test func `the form is that of RFC 5322`() {
    #expect(
      MailDate(secondsSince1970: 1_136_239_445, zoneMinutes: -420).rfc5322 == "Mon, 2 Jan 2006 15:04:05 -0700"
    )
    #expect(MailDate(secondsSince1970: 0).rfc5322 == "Thu, 1 Jan 1970 00:00:00 +0000")
    #expect(MailDate(secondsSince1970: -1).rfc5322 == "Wed, 31 Dec 1969 23:59:59 +0000")
  }

  @Test func `no moment traps`() {
    for seconds in [Int64.min, .max, 0] {
      for zone in [Int.min, .max, 0] {
        #expect(!MailDate(secondsSince1970: seconds, zoneMinutes: zone).rfc5322.isEmpty)
      }
    }
  }
}
