import MIME
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("Whom an answer goes to") struct DraftAddressesTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    /// `role:address` with spaces between.
    let mail: String
    var outgoing = false
    var recipients = DraftAddresses.Recipients.sender
    var list: String?
    let to: [String]
    var cc: [String] = []
    var from = "alice@x.test"
    var testDescription: String { name }
  }

  static let rows = [
    Row(name: "the sender", mail: "from:d@c to:alice@x.test cc:b@c", to: ["d@c"]),
    Row(name: "where the sender wants it", mail: "from:d@c reply:office@c to:alice@x.test", to: ["office@c"]),
    Row(
      name: "everybody but oneself, each once",
      mail: "from:d@c to:Alice@X.test to:b@c cc:D@C cc:sales@x.test cc:e@c cc:B@c", recipients: .all,
      to: ["d@c"], cc: ["b@c", "e@c"]),
    Row(
      name: "as the alias it was written to", mail: "from:d@c to:b@c cc:Sales@x.test", to: ["d@c"],
      from: "sales@x.test"),
    Row(
      name: "one's own mail: to whom it went", mail: "from:sales@x.test to:d@c cc:e@c", outgoing: true,
      to: ["d@c"], from: "sales@x.test"),
    Row(
      name: "one's own mail, to all", mail: "from:alice@x.test to:d@c cc:e@c cc:alice@x.test", outgoing: true,
      recipients: .all, to: ["d@c"], cc: ["e@c"]),
    Row(
      name: "a note to oneself", mail: "from:alice@x.test to:alice@x.test", outgoing: true,
      to: ["alice@x.test"]),
    Row(
      name: "a list that names itself: the author", mail: "from:d@c reply:list@l to:list@l", list: "list@l",
      to: ["d@c"]),
    Row(
      name: "the list", mail: "from:d@c reply:list@l to:list@l", recipients: .list, list: "LIST@l",
      to: ["LIST@l"]),
    Row(
      name: "a list and all", mail: "from:d@c reply:list@l to:list@l cc:e@c", recipients: .all,
      list: "list@l",
      to: ["d@c", "list@l"], cc: ["e@c"]),
    Row(
      name: "an author who wants it elsewhere than the list", mail: "from:d@c reply:home@d to:list@l",
      list: "list@l", to: ["home@d"]),
    Row(
      name: "what is no address is left out", mail: "from:d@c reply:nobody to:alice@x.test", recipients: .all,
      to: []),
    Row(name: "nobody", mail: "to:alice@x.test", to: []),
    Row(
      name: "nobody left in To", mail: "from:alice@x.test to:alice@x.test cc:e@c", outgoing: true,
      recipients: .all, to: ["e@c"]),
  ]

  @Test(arguments: rows) func `goes to`(row: Row) {
    var addresses: [Address] = []
    for word in row.mail.split(separator: " ") {
      let halves = word.split(separator: ":")
      let role: AddressRole =
        switch halves[0] {
        case "from": .from
        case "reply": .replyTo
        case "to": .to
        default: .cc
        }
      addresses.append(Address(role: role, name: nil, email: String(halves[1])))
    }
    let envelope = MailEnvelope(
      identity: [], messageID: "a@b", inReplyTo: [], references: [], subject: "", baseSubject: "",
      addresses: addresses, sentAt: nil, size: 0, isAutoReply: false, isBounce: false)
    let mail = Mail(
      id: MailID(1), tenantID: TenantID(1), mailboxID: MailboxID(1), threadID: nil, envelope: envelope,
      receivedAt: Timestamp(milliseconds: 0), direction: row.outgoing ? .outgoing : .incoming, state: .logged,
      matchedBy: nil,
      origin: .inbox, hasAttachment: false, keywords: [], loggedAt: nil, parseFailed: false)
    let server = ServerSettings(host: "h", port: 1, security: .tls)
    var mailbox = Mailbox(
      id: MailboxID(1), tenantID: TenantID(1), email: "alice@x.test", displayName: "Alice", userName: "u",
      imap: server, smtp: server, state: .live, providerFilesSentMail: false, logAttachments: true,
      createdAt: Timestamp(milliseconds: 0))
    mailbox.identities = [SenderIdentity(name: nil, email: "sales@x.test")]
    let found = DraftAddresses(replyingTo: mail, of: mailbox, row.recipients, list: row.list)
    #expect(found.to.map(\.email) == row.to)
    #expect(found.cc.map(\.email) == row.cc)
    #expect(found.from.email == row.from)
  }
}
