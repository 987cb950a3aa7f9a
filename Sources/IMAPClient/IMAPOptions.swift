/// What one connection allows its server. Every wait, queue and loop ends by one of these.
package struct IMAPOptions: Sendable {
  /// A command other than those below must be answered in so many seconds (RFC 9051 gives no number;
  /// opening a folder of 1,000,000 messages for the first time takes servers tens of seconds).
  package var commandSeconds: Int64 = 120
  /// While messages are fetched or sent: so long without 64 KiB or one whole answer is too long.
  package var progressSeconds: Int64 = 60
  /// LOGOUT waits so long for the server's good-bye.
  package var logoutSeconds: Int64 = 3
  /// IDLE is begun anew so often: servers may hang up after 30 minutes (RFC 2177), and many
  /// middleboxes forget a silent connection sooner.
  package var idleRenewSeconds: Int64 = 28 * 60

  /// The most octets of one message; larger ones end the connection, so ask for RFC822.SIZE first or
  /// set ``FetchRequest/bodyOctetsMax``.
  package var bodyOctetsMax = 64 << 20
  /// The most octets of one message's header fields.
  package var headerOctetsMax = 4 << 20
  /// A line of an answer, without its literals; lists of UIDs have a limit of their own.
  package var lineOctetsMax = 256 << 10
  /// A line of SEARCH, ESEARCH, VANISHED or COPYUID: 16 MiB hold more than 1,500,000 single UIDs.
  package var setLineOctetsMax = 16 << 20
  /// Answers nobody asked for, for each command: so many lines, so many octets in all.
  package var unaskedLinesMax = 20_000
  package var unaskedOctetsMax = 4 << 20
  /// Lines of LIST: folders of one account.
  package var listLinesMax = 100_000
  /// Lines that one SELECT with QRESYNC may answer.
  package var resyncLinesMax = 5_000_000
  package var resyncOctetsMax = 512 << 20
  /// Events kept for the owner; beyond it only ``UntaggedEvent/overflow`` is.
  package var eventsMax = 1000

  /// Use QRESYNC where it is offered and ``ServerProfile`` trusts it.
  package var usesQResync = true
  /// Switch on UTF8=ACCEPT (RFC 6855) where offered. Names of folders stay what they were: see
  /// ``MailboxName/init(utf8:)``.
  package var usesUTF8 = true
  /// The name that was connected to, by which some servers are recognised (``ServerQuirk``).
  package var host = ""
  /// What is said of us by ID before the login, where a server wants to know first.
  package var identity: [Field] = [Field("name", "Postroom")]

  package struct Field: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A command that the server says it is still working on (INPROGRESS, RFC 9585) gets its time again, so
  /// many times.
  package var inProgressMax = 60
  /// With COMPRESS: so many octets out of each that came in, once more than 1 MiB came out. Mail and its
  /// lists stay below 20.
  package var expansionMax: UInt64 = 100

  package init() {}
}
