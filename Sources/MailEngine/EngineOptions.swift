package import MailStore
package import Sockets

/// What an operator can set about the engine. Every wait, window and queue of the engine ends by one
/// of these.
package struct EngineOptions: Sendable {
  /// PEM file of certificate authorities trusted besides the system's.
  package var tlsCAFile: String?
  /// Which addresses mail servers may have. The addresses a name resolves to are what is judged, at every
  /// connect.
  package var addressPolicy = AddressPolicy.servers(ports: Self.mailPorts)
  /// The ports of IMAP and of submission, with and without TLS, and of SMTP.
  package static let mailPorts: Set<UInt16> = [25, 143, 465, 587, 993]
  /// The name said in SMTP's EHLO: a domain name or an address literal (RFC 5321 §4.1.4).
  package var clientName = "[127.0.0.1]"

  /// Messages read, and committed, at once.
  package var folderWindow = 500
  /// FETCH commands on their way at once: the second hides the round trip of the first.
  package var pipelined = 2
  /// IDLE is begun anew so often. 9 minutes, because many middleboxes forget a silent connection
  /// after 10; RFC 2177 asks for less than 29.
  package var idleSeconds: Int64 = 9 * 60
  /// Folders that are not watched by IDLE are asked so often.
  package var pollSeconds: Int64 = 60
  /// The same where the server tells of all folders by itself (NOTIFY).
  package var notifiedPollSeconds: Int64 = 600
  /// The inbox is asked so often while another folder is read for the first time, and where the
  /// server has no IDLE.
  package var inboxPollSeconds: Int64 = 5
  /// The list of folders is read again so often.
  package var listSeconds: Int64 = 600
  /// The watched folder is opened anew so often, which compares all of its changes with the server.
  package var reopenSeconds: Int64 = 3600
  /// Folders of one mailbox that are asked in one round; the others come in the next rounds.
  package var polledFoldersMax = 100

  /// Server and store of each mailbox are compared so often.
  package var auditSeconds: Int64 = 86_400

  /// At the engine's start so many mailboxes connect within a second: servers and our own processors
  /// take only so many sign-ins.
  package var startsPerSecond: Int64 = 100

  /// Which addresses web servers may have: those that give access tokens.
  package var webPolicy = AddressPolicy.servers(ports: [443])
  /// Who is asked for SRV and MX records, an IPv4 address and a port; nil for the servers of resolv.conf.
  package var nameServer: (address: String, port: UInt16)?
  /// Who gives access tokens, by name.
  package var oauthProviders: [String: OAuthProvider] = [:]

  /// What each host and account is asked for at the most.
  package var budgets = BudgetOptions()

  /// To resolve, connect, agree on TLS and be greeted.
  package var connectSeconds: Int64 = 30
  package var backoff = BackoffPolicy()
  /// A server that says it has had enough is left alone for so long, or for as long as it says.
  package var throttledSeconds: Int64 = 60
  /// Retries for so long make the mailbox `disconnected` with reason `serverUnreachable` (S22).
  package var unreachableSeconds: Int64 = 24 * 3600

  /// Bodies wanted at once: so many, and so many octets.
  package var bodyBatch = 50
  package var bodyBatchOctetsMax: UInt64 = 8 << 20
  /// Above it a mail is logged without its attachments (S9).
  package var attachmentsOctetsMax: UInt64 = 50 << 20
  /// What is read of a mail that is logged without its attachments because it is too large.
  package var partialBodyOctets: UInt32 = 1 << 20

  /// What is read of a report about delivery to see which mail it is about: behind it comes what was returned of that.
  package var reportOctetsMax: UInt32 = 256 << 10

  /// The largest mail that is accepted for sending, as it goes over the wire.
  package var messageOctetsMax = 25 * 1024 * 1024
  package var recipientsMax = 100
  /// What a tenant may have of uploads. How many octets one may have follows from ``messageOctetsMax``.
  package var uploads = UploadPolicy(octetsMax: .max)
  /// Uploads whose time is over are taken away so often.
  package var uploadSweepSeconds: Int64 = 600
  /// What was kept long enough is looked for so often.
  package var retentionSweepSeconds: Int64 = 3600
  /// A clock that jumped, or was not watched, must run evenly for so long before mail is erased by it.
  package var clockSettleSeconds: Int64 = 86_400
  package var outbox = OutboxPolicy()

  /// Mails erased in one transaction.
  package var purgeRows = 500

  package init() {}

  /// An upload is not taken that no mail could carry: 57 octets are a line of 78 in it.
  var uploadPolicy: UploadPolicy {
    var policy = uploads
    policy.octetsMax = min(policy.octetsMax, Int64(max(messageOctetsMax, 0) / 78 * 57))
    return policy
  }
}

/// When the outbox tries again, looks again and gives up.
package struct OutboxPolicy: Sendable {
  /// After the n-th attempt the next one comes so much later; the last number goes on.
  package var retryMilliseconds: [Int64] = [60_000, 300_000, 900_000, 1_800_000, 3_600_000]
  /// Waiting for so long in all, a mail has failed (RFC 5321 §4.5.4.1: 4 to 5 days).
  package var giveUpMilliseconds: Int64 = 4 * 86_400_000
  /// A mail whose fate is unknown is looked for so long after each other; the last one goes on.
  package var lookMilliseconds: [Int64] = [10_000, 60_000, 600_000, 3_600_000, 86_400_000]
  /// Before a copy is appended to Sent the server is given so long to file one itself.
  package var sentCopyWaitMilliseconds: Int64 = 2000
  /// When the copy could not be made, the next tries; after the last one it has failed.
  package var sentCopyRetryMilliseconds: [Int64] = [60_000, 300_000, 1_800_000, 7_200_000]
  /// Mails that may leave one mailbox within a minute; nil for no limit.
  package var perMinuteMax: Int?
  /// Rows taken from the store at once.
  package var batch = 20

  package init() {}

  /// Attempts until ``giveUpMilliseconds`` of waiting are used up.
  var attemptsMax: Int64 {
    var waited: Int64 = 0
    var attempts: Int64 = 1
    while attempts < 100_000 {
      let wait = delay(afterAttempt: attempts)
      let (sum, over) = waited.addingReportingOverflow(max(wait, 1))
      if over || sum > giveUpMilliseconds { return attempts }
      waited = sum
      attempts += 1
    }
    return attempts
  }

  func delay(afterAttempt n: Int64) -> Int64 { Self.step(retryMilliseconds, n, or: 60_000) }
  /// - Parameter n: looks made so far, 0 and up.
  func lookDelay(afterLooks n: Int) -> Int64 { Self.step(lookMilliseconds, Int64(n) + 1, or: 3_600_000) }

  private static func step(_ steps: [Int64], _ n: Int64, or other: Int64) -> Int64 {
    guard let last = steps.last else { return other }
    let index = n - 1
    return index < 0 ? steps[0] : index < steps.count ? steps[Int(index)] : last
  }
}
