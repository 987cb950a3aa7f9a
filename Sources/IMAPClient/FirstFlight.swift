package import IMAPCodec

/// What a client that knows the mailbox asks for when it has signed in, all of it at once.
package struct FirstFlight: Sendable {
  /// What is said of us by ID, at most 30 fields.
  package var identity: [IMAPOptions.Field] = []
  /// Folders whose state is wanted, where LIST does not tell it (``wantsAllStates``).
  package var folders: [MailboxName] = []
  /// The state of every folder is wanted: LIST tells it, where the server can.
  package var wantsAllStates = false
  /// The folder to open, read-only.
  package var open: MailboxName?
  /// What is known of that folder.
  package var resync: QResync?
  /// News of folders that are not open are wanted (NOTIFY).
  package var notifies = false

  package init() {}
}

/// What came of a ``FirstFlight``. What the server would not say is left out, and may be asked for again.
package struct FirstFlightAnswer: Sendable {
  /// As ``IMAPConnection/list()`` has it; nil when it was refused.
  package var entries: [ListEntry]?
  package var states: [MailboxName: FolderStatus] = [:]
  /// nil when none was to be opened, or the server would not.
  package var opened: SelectedFolder?
}
