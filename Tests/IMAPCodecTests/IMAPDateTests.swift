import IMAPCodec
import Testing

@Suite struct IMAPDateTests {
  @Test(arguments: [
    ("17-Jul-1996 02:44:25 -0700", 837_596_665), (" 1-Jan-1970 00:00:00 +0000", 0),
    ("1-Jan-1970 00:00:00 +0000", 0), ("01-Jan-1970 01:00:00 +0100", 0), ("31-Dec-1969 23:59:59 +0000", -1),
    ("29-Feb-2024 12:00:00 +0530", 1_709_188_200), ("01-jan-2000 00:00:00", 946_684_800),
    ("31-Dec-9999 23:59:59 +0000", 253_402_300_799), ("01-Jan-0001 00:00:00 +0000", -62_135_596_800),
    ("19-Jan-2038 03:14:08 +0000", 2_147_483_648), ("30-Jun-2015 23:59:60 +0000", 1_435_708_799),
  ])
  func `reads a date and time`(text: String, seconds: Int) {
    #expect(IMAPDate.parseDateTime(text.utf8) == Int64(seconds))
  }

  @Test(arguments: [
    "", "17-Jul-1996", "30-Feb-2024 00:00:00 +0000", "29-Feb-2023 00:00:00 +0000",
    "0-Jan-2000 00:00:00 +0000",
    "32-Jan-2000 00:00:00 +0000", "1-Foo-2000 00:00:00 +0000", "1-Jan-0000 00:00:00 +0000",
    "1-Jan-2000 24:00:00 +0000", "1-Jan-2000 00:60:00 +0000", "1-Jan-2000 00:00:00 +00",
    "1-Jan-2000 00:00:00 +0060",
    "1-Jan-2000 00:00:00 0000", "1-Jan-20000 00:00:00 +0000", "1-Jan-2000 00:00:00 +0000x",
    "-Jan-2000 00:00:00 +0000",
  ])
  func `refuses what is no date`(text: String) {
    #expect(IMAPDate.parseDateTime(text.utf8) == nil)
  }

  @Test func `writes what it reads, day by day through the calendar`() throws {
    for day in stride(from: Int64(-719_162), through: 2_932_896, by: 397) {
      let seconds = day * 86400 + (day * 7919 % 86400 + 86400) % 86400
      let text = try #require(IMAPDate.dateTime(seconds))
      #expect(text.first == 0x22 && text.last == 0x22)
      #expect(IMAPDate.parseDateTime(text.dropFirst().dropLast()) == seconds)
      #expect(IMAPDate.parseDate(try #require(IMAPDate.date(seconds))) == day * 86400)
    }
    #expect(
      IMAPDate.dateTime(837_596_665).map { String(decoding: $0, as: UTF8.self) }
        == "\"17-Jul-1996 09:44:25 +0000\"")
    #expect(IMAPDate.dateTime(Int64.max) == nil)
    #expect(IMAPDate.dateTime(Int64.min) == nil)
    #expect(IMAPDate.date(Int64.min) == nil)
  }
}
