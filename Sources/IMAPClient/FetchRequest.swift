package import IMAPCodec

/// Which items of messages to fetch. The UID always comes.
package struct FetchRequest: Sendable, Hashable {
  package var flags: Bool
  package var internalDate: Bool
  package var size: Bool
  /// Left out where the server does not offer CONDSTORE.
  package var modSeq: Bool
  /// Names of header fields, any case; empty: none. `BODY.PEEK[HEADER.FIELDS (...)]`.
  package var headerFields: [String]
  /// `BODY.PEEK[]`: never sets \Seen.
  package var fullBody: Bool
  /// With ``fullBody``: only the first so many octets.
  package var bodyOctetsMax: UInt32?
  /// X-GM-MSGID and X-GM-THRID. Left out where the server does not offer X-GM-EXT-1.
  package var gmail: Bool
  /// X-GM-LABELS. Likewise.
  package var gmailLabels: Bool
  /// EMAILID and THREADID. Left out where the server does not offer OBJECTID (RFC 8474).
  package var objectIDs = false
  /// The server's first words of the text (RFC 8970). Left out where it does not offer PREVIEW.
  package var preview = false
  /// Left out where the server does not offer SAVEDATE (RFC 8514).
  package var saveDate = false

  package init(
    flags: Bool = false, internalDate: Bool = false, size: Bool = false, modSeq: Bool = false,
    headerFields: [String] = [], fullBody: Bool = false, bodyOctetsMax: UInt32? = nil, gmail: Bool = false,
    gmailLabels: Bool = false
  ) {
    self.flags = flags
    self.internalDate = internalDate
    self.size = size
    self.modSeq = modSeq
    self.headerFields = headerFields
    self.fullBody = fullBody
    self.bodyOctetsMax = bodyOctetsMax
    self.gmail = gmail
    self.gmailLabels = gmailLabels
  }
}

/// What the server told of one message. What was not asked for, or left out by the server, is nil.
package struct FetchedMessage: Sendable, Equatable {
  package var uid: UID
  /// As the server writes them: `\Seen`, `$Forwarded`.
  package var flags: [String]?
  /// Seconds since 1970, UTC.
  package var internalDate: Int64?
  package var size: UInt64?
  package var modSeq: ModSeq?
  /// The header fields asked for, as they stand in the message, with the empty line.
  package var headerFields: [UInt8]?
  package var body: [UInt8]?
  package var gmailMessageID: UInt64?
  package var gmailThreadID: UInt64?
  package var gmailLabels: [String]?
  /// RFC 8474: the same in all folders that hold the message.
  package var emailID: String?
  package var threadID: String?
  package var preview: String?
  /// When it came into this folder; seconds since 1970, UTC.
  package var saveDate: Int64?

  package init(uid: UID) { self.uid = uid }
}
