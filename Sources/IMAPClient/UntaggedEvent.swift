package import IMAPCodec

/// What a server told without being asked.
package enum UntaggedEvent: Sendable, Equatable {
  /// The folder now holds so many messages; more than before means new ones.
  case exists(UInt32)
  /// A message went; which one cannot be told by UID (a UID SEARCH can).
  case expunged
  /// Messages went (QRESYNC). `earlier`: they went before this session, so it says nothing of messages
  /// that came in this session.
  case vanished(UIDSet, earlier: Bool)
  /// A message's flags changed; nil when the server did not say the UID.
  case flagsChanged(UID?, flags: [String], modSeq: ModSeq?)
  /// Something happened in a folder that is not open (NOTIFY).
  case folderChanged(MailboxName)
  /// A folder came, went or has a new name (NOTIFY).
  case folderListChanged
  /// The server will tell no more of folders that are not open: NOTIFICATIONOVERFLOW (RFC 5465 §5.8).
  case notificationsEnded
  /// A text that the server wants a person to read.
  case alert(String)
  /// The server ends the connection.
  case bye(code: String?, text: String)
  /// Something happened that could not be read, or more than is kept: compare the whole folder.
  case overflow
}
