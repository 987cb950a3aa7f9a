package import IMAPCodec

/// What is known of a folder when its SELECT or EXAMINE has been answered.
package struct SelectedFolder: Sendable, Equatable {
  package var name: MailboxName
  package var readOnly: Bool
  package var uidValidity: UIDValidity
  /// nil where the server does not say (Courier).
  package var uidNext: UInt32?
  package var exists: UInt32
  /// nil: the folder has none (NOMODSEQ), or the server no CONDSTORE.
  package var highestModSeq: ModSeq?
  package var flags: [String] = []
  /// Stays the same when the folder is renamed (RFC 8474); nil where the server does not say.
  package var mailboxID: String?
  /// QRESYNC: UIDs that went since the state given. May name UIDs never seen.
  package var vanishedEarlier = UIDSet()
  /// QRESYNC: messages whose flags changed since the state given, new ones among them.
  package var changed: [FetchedMessage] = []
  /// True when ``vanishedEarlier`` and ``changed`` tell all that happened since the state given. False:
  /// none was given, its UIDVALIDITY is over, the server does no QRESYNC or answered it unreadably.
  package var resynced = false
}

/// What this side knew of a folder when it last saw it (RFC 7162 §3.2.5).
package struct QResync: Sendable, Hashable {
  package var uidValidity: UIDValidity
  package var modSeq: ModSeq
  /// What this side has; the server then leaves other UIDs out. nil: all that the server remembers.
  package var knownUIDs: UIDSet?

  package init(uidValidity: UIDValidity, modSeq: ModSeq, knownUIDs: UIDSet? = nil) {
    self.uidValidity = uidValidity
    self.modSeq = modSeq
    self.knownUIDs = knownUIDs
  }
}

/// What STATUS tells of a folder without opening it.
package struct FolderStatus: Sendable, Hashable {
  package var messages: UInt32
  package var uidNext: UInt32
  package var uidValidity: UIDValidity
  /// nil: the folder has none, or the server no CONDSTORE.
  package var highestModSeq: ModSeq?
  /// Octets of all messages (STATUS=SIZE); nil where the server does not say.
  package var size: UInt64?
  /// The largest message that the folder takes (RFC 7889); nil where the server does not say.
  package var appendLimit: UInt64?

  package init(messages: UInt32, uidNext: UInt32, uidValidity: UIDValidity, highestModSeq: ModSeq?) {
    self.messages = messages
    self.uidNext = uidNext
    self.uidValidity = uidValidity
    self.highestModSeq = highestModSeq
  }
}

/// Where an appended message went; nil where the server does not say (no UIDPLUS).
package struct AppendResult: Sendable, Hashable {
  package var uidValidity: UIDValidity?
  package var uid: UID?

  package init(uidValidity: UIDValidity? = nil, uid: UID? = nil) {
    self.uidValidity = uidValidity
    self.uid = uid
  }
}
