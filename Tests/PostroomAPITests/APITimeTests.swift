import PostroomAPI
import Testing

@Suite struct APITimeTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (1_741_158_765_031, "2025-03-05T07:12:45.031Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
      (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func `a moment is written and read the same`(milliseconds: Int64, text: String) {
    #expect(APITime.text(milliseconds: milliseconds) == text)
    #expect(APITime.milliseconds(text) == milliseconds)
  }

  @Test func `moments beyond four digits of a year become the nearest`() {
    #expect(APITime.text(milliseconds: .max) == "9999-12-31T23:59:59.999Z")
    #expect(APITime.text(milliseconds: .min) == "0000-01-01T00:00:00.000Z")
  }

  @Test func `every day of 800 years is written and read the same`() {
    for day in stride(from: Int64(-146_097), to: 146_097, by: 1) {
      let moment = day * 86_400_000 + 43_200_000
      #expect(APITime.milliseconds(APITime.text(milliseconds: moment)) == moment)
    }
  }

  @Test(
    arguments: [
      ("2025-03-05T07:12:45Z", 1_741_158_765_000), ("2025-03-05t07:12:45z", 1_741_158_765_000),
      ("2025-03-05T07:12:45.1Z", 1_741_158_765_100), ("2025-03-05T07:12:45.031999999Z", 1_741_158_765_031),
      ("2025-03-05T07:12:45.031+00:00", 1_741_158_765_031), ("2025-03-05T07:12:45-00:00", 1_741_158_765_000),
    ] as [(String, Int64)])
  func `other spellings of UTC are read`(text: String, milliseconds: Int64) {
    #expect(APITime.milliseconds(text) == milliseconds)
  }

  @Test(arguments: [
    "", "2025-03-05", "2025-03-05T07:12:45", "2025-03-05T07:12:45+01:00", "2025-02-29T00:00:00Z",
    "2025-13-01T00:00:00Z", "2025-00-01T00:00:00Z", "2025-01-00T00:00:00Z", "2025-01-32T00:00:00Z",
    "2025-01-01T24:00:00Z", "2025-01-01T00:60:00Z", "2016-12-31T23:59:60Z", "2025-01-01T00:00:00.Z",
    "2025-01-01T00:00:00.1234567890Z", "2025-01-01 00:00:00Z", "+025-01-01T00:00:00Z", "2025-1-01T00:00:000Z",
    "2025-01-01T00:00:00ZZ", "２025-01-01T00:00:00Z",
  ])
  func `anything else is refused`(text: String) { #expect(APITime.milliseconds(text) == nil) }
}
