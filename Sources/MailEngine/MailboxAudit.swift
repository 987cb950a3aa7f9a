package import MailStore

/// A mailbox's server and the store, compared folder by folder: for every mail that the server has and we do not
/// keep, a reason.
package struct MailboxAudit: Sendable, Hashable {
  /// Why a mail of the server is not, or not wholly, here.
  package enum Reason: String, Sendable, Hashable, CaseIterable {
    /// Belongs to no conversation that is tracked: only its header is kept.
    case notTracked
    /// Another mailbox of the tenant logged the same mail.
    case duplicate
    /// Its body is fetched next.
    case wanted
    /// It went from all folders that are read before its body was.
    case gone
    /// It was erased, and its place is kept so that it does not come back.
    case purged
    /// Folders of this kind are not read.
    case folderNotRead
    /// The server does not open the folder.
    case folderClosed
    /// Reading has not come to it yet.
    case notReadYet
    /// The server gave its messages new numbers; they are read anew.
    case renumbered
    /// No reason: a fault of ours, or of the server's.
    case unexplained
  }

  package struct FolderAudit: Sendable, Hashable {
    /// As a person reads it.
    package var name: String
    package var role: FolderRole?
    package var syncs: Bool
    /// Messages on the server.
    package var onServer: Int64 = 0
    /// Those of them whose body is here.
    package var logged: Int64 = 0
    /// All others, by the reason. A reason with no mail is left out.
    package var absent: [Reason: Int64] = [:]
    /// Messages that we have a place for and the server does not, though it was asked again.
    package var onlyHere: Int64 = 0
    /// The first UIDs that have no reason, or are only here, as an IMAP set.
    package var doubtfulUIDs = ""

    package init(name: String, role: FolderRole?, syncs: Bool) {
      self.name = name
      self.role = role
      self.syncs = syncs
    }

    mutating func add(_ n: Int64, _ reason: Reason) { if n > 0 { absent[reason, default: 0] += n } }
  }

  package var mailboxID: MailboxID
  package var at: Timestamp
  package var folders: [FolderAudit] = []

  package init(mailboxID: MailboxID, at: Timestamp) {
    self.mailboxID = mailboxID
    self.at = at
  }

  package var onServer: Int64 { folders.reduce(0) { $0 + $1.onServer } }
  package var logged: Int64 { folders.reduce(0) { $0 + $1.logged } }
  /// Differences without a reason, of either kind; 0 is what must be.
  package var unexplained: Int64 { folders.reduce(0) { $0 + ($1.absent[.unexplained] ?? 0) + $1.onlyHere } }
}
