internal import Bytes

/// A mailbox's name on one server, as the octets the server calls it by.
///
/// Two names are equal when their octets are: a server may have both "é" composed and decomposed, or
/// a name that is not modified UTF-7 at all, and must get back exactly what it sent. Only INBOX is
/// the same in any case (RFC 9051 §5.1). A name is never a path of ours.
package struct MailboxName: Hashable, Sendable {
  /// Modified UTF-7 when it was made here; whatever the server sent otherwise.
  package let wire: [UInt8]

  package init(wire: [UInt8]) {
    self.wire = ASCII.equalsIgnoringCase(wire, "INBOX") ? Array("INBOX".utf8) : wire
  }

  /// The name for `text`, with the server's hierarchy delimiter written in it.
  package init(decoded text: String) { self.init(wire: ModifiedUTF7.encode(text)) }

  /// The name for octets of a server that speaks UTF-8 (RFC 6855): the same that it has from one that does
  /// not, so that what is kept under a name stays found when a server learns it. Octets that are no UTF-8
  /// are kept as they are.
  package init(utf8 octets: [UInt8]) {
    self =
      String(validating: octets, as: UTF8.self).map { MailboxName(decoded: $0) } ?? MailboxName(wire: octets)
  }

  /// For a server that speaks UTF-8.
  package var utf8: [UInt8] { ModifiedUTF7.decode(wire).map { Array($0.utf8) } ?? wire }

  package static let inbox = MailboxName(wire: Array("INBOX".utf8))

  /// For people. Not unique; a name that is not modified UTF-7 is read as UTF-8.
  package var text: String { ModifiedUTF7.decode(wire) ?? String(decoding: wire, as: UTF8.self) }
}

extension MailboxName: CustomStringConvertible {
  package var description: String { text }
}

/// One line of LIST.
package struct ListEntry: Hashable, Sendable {
  package var name: MailboxName
  /// nil: the namespace is flat.
  package var delimiter: UInt8?
  /// In lower case, with the backslash: `\noselect`, `\sent`.
  package var attributes: [String]
  /// What it was called until it was renamed, where the server tells so.
  package var oldName: MailboxName?

  package init(name: MailboxName, delimiter: UInt8?, attributes: [String]) {
    self.name = name
    self.delimiter = delimiter
    self.attributes = attributes
  }

  /// RFC 6154, and Gmail's `\allmail`, `\spam`, `\starred` of XLIST as their standard names.
  private static let specialUses: [String: String] = [
    "\\all": "\\all", "\\archive": "\\archive", "\\drafts": "\\drafts", "\\flagged": "\\flagged",
    "\\junk": "\\junk", "\\sent": "\\sent", "\\trash": "\\trash", "\\important": "\\important",
    "\\allmail": "\\all", "\\spam": "\\junk", "\\starred": "\\flagged",
  ]

  /// The first special-use attribute, in lower case: `\all`, `\archive`, `\drafts`, `\flagged`,
  /// `\junk`, `\sent`, `\trash`, `\important`.
  package var specialUse: String? { attributes.lazy.compactMap { Self.specialUses[$0] }.first }

  /// False for names that only stand for a level of the hierarchy.
  package var isSelectable: Bool {
    !attributes.contains("\\noselect") && !attributes.contains("\\nonexistent")
  }
}

/// What STATUS tells of a mailbox that is not selected. Fields that the server left out are nil.
package struct StatusItems: Hashable, Sendable {
  package var messages: UInt32?
  package var uidNext: UInt32?
  package var uidValidity: UIDValidity?
  package var unseen: UInt32?
  package var highestModSeq: ModSeq?
  package var size: UInt64?
  /// The largest message that it takes, in octets (RFC 7889).
  package var appendLimit: UInt64?
  /// RFC 8474.
  package var mailboxID: String?

  package init() {}
}
