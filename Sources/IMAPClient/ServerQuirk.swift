internal import Bytes

/// What is known of a kind of server and cannot be seen from what it offers, with the source of the fact.
///
/// The whole table is ``all``; ``ServerProfile`` says which rows hold for one server, and what follows.
package struct ServerQuirk: Sendable, Hashable {
  /// How such a server is recognised; one sign is enough.
  package enum Sign: Sendable, Hashable {
    /// Upper case, as a whole.
    case capability(String)
    /// The host's name or a name above it, lower case: `mail.me.com`.
    case host(String)
    /// The greeting holds these words, in any case.
    case greeting(String)
    /// The `name` of its answer to ID begins so, in any case (RFC 2971).
    case idName(String)
  }

  package enum Effect: Sendable, Hashable {
    /// The extension is offered and not used.
    case distrusts(String)
    /// ID is given before the login, too.
    case identifiesFirst
    /// Nothing is done otherwise: it is told to whoever looks into a mailbox's trouble.
    case note
  }

  /// Stable, for logs and answers: `icloud-qresync`.
  package var id: String
  package var signs: [Sign]
  package var effect: Effect
  /// One sentence for people.
  package var fact: String
  /// Where the fact is from: a project's file or issue, a document, or "measured" with the version.
  package var source: String
}

extension ServerQuirk {
  private static let iCloud: [Sign] = [
    .capability("XAPPLEPUSHSERVICE"), .host("mail.me.com"), .host("icloud.com"),
  ]
  private static let exchangeOnline: [Sign] = [
    .capability("CLIENTACCESSRULES"), .capability("CLIENTNETWORKPRESENCELOCATION"),
    .capability("BACKENDAUTHENTICATE"), .host("outlook.office365.com"), .host("outlook.com"),
  ]
  private static let yahoo: [Sign] = [
    .capability("XYMHIGHESTMODSEQ"), .host("mail.yahoo.com"), .host("imap.aol.com"),
  ]
  private static let gmail: [Sign] = [.capability("X-GM-EXT-1")]
  private static let courier: [Sign] = [.greeting("Courier-IMAP"), .capability("ACL2=UNION")]

  /// Facts only. Rows whose effect is `note` explain what the client does for every server in any case.
  package static let all: [ServerQuirk] = [
    .init(
      id: "icloud-qresync", signs: iCloud, effect: .distrusts("QRESYNC"),
      fact: "iCloud's VANISHED is malformed, and mail that is there seems to be gone.",
      source: "github.com/Foundry376/Mailspring-Sync issue 91, MailSync/SyncWorker.cpp"),
    .init(
      id: "icloud-enabled", signs: iCloud, effect: .note,
      fact: "iCloud does not tell what ENABLE has switched on; CONDSTORE is asked for with each SELECT.",
      source: "github.com/jstedfast/MailKit MailKit/Net/Imap"),
    .init(
      id: "netease-id", effect: .identifiesFirst,
      [
        "163.com", "126.com", "yeah.net", "188.com", "vip.163.com", "vip.126.com", "netease.com",
      ],
      fact: "NetEase opens no folder (\"Unsafe Login\") for a client that has not given ID.",
      source: "github.com/pimalaya/core issue 51"),
    .init(
      id: "exchange-online-changes", signs: exchangeOnline, effect: .note,
      fact:
        "Exchange Online has no CONDSTORE: changed flags are found by reading the newest messages' again.",
      source: "github.com/kenn-io/msgvault issue 698"),
    .init(
      id: "exchange-online-syntax", signs: exchangeOnline, effect: .note,
      fact: "Exchange Online sends names with control characters unquoted, and [COPYUID n  ] without sets.",
      source: "github.com/jstedfast/MailKit MailKit/Net/Imap"),
    .init(
      id: "yahoo-gaps", signs: yahoo, effect: .note,
      fact: "Yahoo has UID ranges that it always answers with NO: such windows are read in smaller parts.",
      source: "github.com/postalsys/imapflow lib"),
    .init(
      id: "yahoo-sequence", signs: yahoo, effect: .note,
      fact: "Yahoo does not renumber messages after EXPUNGE: only UIDs are used.",
      source: "github.com/jstedfast/MailKit issue 358"),
    .init(
      id: "yahoo-limit", signs: yahoo, effect: .note,
      fact: "Yahoo answers NO [LIMIT] and BYE to clients that ask for its capabilities too often.",
      source: "github.com/postalsys/imapflow issue 75"),
    .init(
      id: "gmail-labels", signs: gmail, effect: .note,
      fact: "Gmail's folders are labels: All Mail holds each message once, without those in Spam and Trash.",
      source: "developers.google.com/workspace/gmail/imap/imap-extensions"),
    .init(
      id: "gmail-special-use", signs: gmail, effect: .note,
      fact: "Gmail gives special-use attributes without offering SPECIAL-USE.",
      source: "github.com/jstedfast/MailKit UnitTests/Net/Imap/Resources/gmail"),
    .init(
      id: "gmail-connections", signs: gmail, effect: .note,
      fact: "Gmail takes 15 connections of one account, and ends one after about a day (OAuth: an hour).",
      source: "developers.google.com/workspace/gmail/imap/imap-smtp"),
    .init(
      id: "courier-uidnext", signs: courier, effect: .note,
      fact: "Courier tells UIDNEXT by STATUS only, not by SELECT.", source: "measured with Courier 5.0.13"),
    .init(
      id: "cyrus-mailboxid", signs: [.idName("Cyrus IMAP")], effect: .note,
      fact: "Cyrus 3.6.1 answers STATUS (MAILBOXID ...) with freed memory: SELECT's MAILBOXID is used.",
      source: "measured with Cyrus 3.6.1"),
    .init(
      id: "dovecot-modseq", signs: [.idName("Dovecot")], effect: .note,
      fact: "Dovecot 2.3 has no HIGHESTMODSEQ in a folder until CONDSTORE was used in it once.",
      source: "measured with Dovecot 2.3.19"),
    .init(
      id: "dovecot-line", signs: [.idName("Dovecot")], effect: .note,
      fact: "Dovecot refuses command lines above 64 KB: sets of UIDs are sent in parts.",
      source: "measured with Dovecot 2.3.19"),
    .init(
      id: "zoho-modseq", effect: .note, ["zoho.com", "zoho.eu", "zoho.in", "zohomail.com"],
      fact: "Zoho tells MODSEQ -1: such a value counts as none.",
      source: "github.com/jstedfast/MailKit MailKit/Net/Imap"),
    .init(
      id: "yandex-body", effect: .note, ["yandex.ru", "yandex.com", "ya.ru"],
      fact: "Yandex leaves values of BODY[] out: such a message is asked for again.",
      source: "github.com/jstedfast/MailKit MailKit/Net/Imap"),
  ]

  private init(id: String, effect: Effect, _ hosts: [String], fact: String, source: String) {
    self.init(id: id, signs: hosts.map { .host($0) }, effect: effect, fact: fact, source: source)
  }
}

/// What a server has shown of itself.
package struct ServerEvidence: Sendable, Hashable {
  /// The name that was connected to; empty when it is not known.
  package var host = ""
  /// The greeting's text.
  package var greeting = ""
  /// Upper case.
  package var capabilities: Set<String> = []
  /// Its answer to ID, names in lower case.
  package var id: [String: String] = [:]

  package init() {}

  func shows(_ sign: ServerQuirk.Sign) -> Bool {
    switch sign {
    case .capability(let name): return capabilities.contains(name)
    case .host(let name):
      var host = host.lowercased()
      if host.hasSuffix(".") { host.removeLast() }
      return host == name || host.hasSuffix("." + name)
    case .greeting(let words): return greeting.lowercased().contains(words.lowercased())
    case .idName(let start): return id["name"]?.lowercased().hasPrefix(start.lowercased()) == true
    }
  }
}
