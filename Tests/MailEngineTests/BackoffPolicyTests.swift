import Testing

@testable import MailEngine

@Suite("How long to wait")
struct BackoffPolicyTests {
  @Test(arguments: [
    (1, 1000), (2, 2000), (3, 4000), (10, 512_000), (11, 900_000), (1_000_000, 900_000), (0, 1000),
    (-5, 1000),
  ])
  func `Doubles up to the limit`(failures: Int, most: Int64) {
    let policy = BackoffPolicy()
    #expect(policy.milliseconds(afterFailures: failures, draw: 0) == most / 2)
    let high = policy.milliseconds(afterFailures: failures, draw: 0.999_999)
    #expect(high <= most && high >= most - 2)
  }

  @Test func `Strange settings make no strange waits`() {
    let policy = BackoffPolicy(firstMilliseconds: -1, maxMilliseconds: -5)
    #expect((0...1).contains(policy.milliseconds(afterFailures: 5, draw: 0.5)))
    let huge = BackoffPolicy(firstMilliseconds: .max, maxMilliseconds: .max)
    #expect(huge.milliseconds(afterFailures: 50, draw: 0.5) > 0)
  }

  @Test func `The outbox gives up after its time`() {
    var policy = OutboxPolicy()
    // 1, 5, 15, 30 minutes, then every hour for 4 days.
    #expect(policy.attemptsMax == 100)
    policy.retryMilliseconds = [10]
    policy.giveUpMilliseconds = 95
    #expect(policy.attemptsMax == 10)
    policy.retryMilliseconds = []
    policy.giveUpMilliseconds = 0
    #expect(policy.attemptsMax == 1)
  }

  @Test func `Looks come as scheduled, the last one for ever`() {
    let policy = OutboxPolicy()
    #expect(
      (0...6).map { policy.lookDelay(afterLooks: $0) } == [
        10_000, 60_000, 600_000, 3_600_000, 86_400_000, 86_400_000, 86_400_000,
      ])
  }
}
