internal import MailStore

/// What is published of large providers (S3): their servers, by the domains of their addresses and of their mail
/// exchangers.
struct ProviderEntry: Sendable {
  enum UserName: Sendable { case address, localPart }

  var name: String
  var domains: [String]
  /// Ends of the names of the hosts that take mail for it.
  var exchangers: [String] = []
  var imap: ServerSettings
  var smtp: ServerSettings
  var userName = UserName.address
  /// The name of its tokens, where it has them.
  var oauth: String?
  /// For the person, in the order of their need.
  var notes: [String] = []

  static func find(domain: String) -> ProviderEntry? { all.first { $0.domains.contains(domain) } }

  static func find(exchanger host: String) -> ProviderEntry? {
    all.first { entry in entry.exchangers.contains { host == $0 || host.hasSuffix("." + $0) } }
  }

  private static func tls(_ host: String, _ port: UInt16) -> ServerSettings {
    ServerSettings(host: host, port: port, security: .tls)
  }

  private static func startTLS(_ host: String) -> ServerSettings {
    ServerSettings(host: host, port: 587, security: .startTLS)
  }

  private static let appPassword = "An app password is needed, not the account's own."
  private static let switchOn = "IMAP must be switched on in the provider's settings."

  static let all: [ProviderEntry] = [
    ProviderEntry(
      name: "Gmail", domains: ["gmail.com", "googlemail.com"], exchangers: ["google.com", "googlemail.com"],
      imap: tls("imap.gmail.com", 993), smtp: tls("smtp.gmail.com", 465), oauth: "google",
      notes: ["Without access tokens an app password is needed, which wants 2-step verification."]),
    ProviderEntry(
      name: "Outlook.com",
      domains: ["outlook.com", "hotmail.com", "live.com", "msn.com", "outlook.de", "hotmail.de"],
      imap: tls("outlook.office365.com", 993), smtp: startTLS("smtp-mail.outlook.com"), oauth: "microsoft",
      notes: ["No password is taken: access tokens are needed."]),
    ProviderEntry(
      name: "Microsoft 365", domains: [], exchangers: ["mail.protection.outlook.com", "mx.microsoft"],
      imap: tls("outlook.office365.com", 993), smtp: startTLS("smtp.office365.com"), oauth: "microsoft",
      notes: [
        "No password is taken: access tokens are needed.", "The administrator may have to allow SMTP AUTH.",
      ]),
    ProviderEntry(
      name: "Yahoo",
      domains: ["yahoo.com", "ymail.com", "rocketmail.com", "yahoo.de", "yahoo.fr", "yahoo.co.uk"],
      exchangers: ["yahoodns.net"], imap: tls("imap.mail.yahoo.com", 993),
      smtp: tls("smtp.mail.yahoo.com", 465),
      oauth: "yahoo", notes: [appPassword]),
    ProviderEntry(
      name: "AOL", domains: ["aol.com", "aim.com"], imap: tls("imap.aol.com", 993),
      smtp: tls("smtp.aol.com", 465),
      notes: [appPassword]),
    ProviderEntry(
      name: "iCloud", domains: ["icloud.com", "me.com", "mac.com"], exchangers: ["mail.icloud.com"],
      imap: tls("imap.mail.me.com", 993), smtp: startTLS("smtp.mail.me.com"), userName: .localPart,
      notes: [appPassword]),
    ProviderEntry(
      name: "Fastmail", domains: ["fastmail.com", "fastmail.fm"], exchangers: ["messagingengine.com"],
      imap: tls("imap.fastmail.com", 993), smtp: tls("smtp.fastmail.com", 465), notes: [appPassword]),
    ProviderEntry(
      name: "GMX", domains: ["gmx.de", "gmx.net", "gmx.at", "gmx.ch"], exchangers: ["gmx.net"],
      imap: tls("imap.gmx.net", 993), smtp: startTLS("mail.gmx.net"), notes: [switchOn]),
    ProviderEntry(
      name: "GMX", domains: ["gmx.com"], imap: tls("imap.gmx.com", 993), smtp: startTLS("mail.gmx.com"),
      notes: [switchOn]),
    ProviderEntry(
      name: "WEB.DE", domains: ["web.de"], exchangers: ["web.de"], imap: tls("imap.web.de", 993),
      smtp: startTLS("smtp.web.de"), notes: [switchOn]),
    ProviderEntry(
      name: "T-Online", domains: ["t-online.de", "magenta.de"], exchangers: ["t-online.de"],
      imap: tls("secureimap.t-online.de", 993), smtp: tls("securesmtp.t-online.de", 465),
      notes: ["The password for e-mail programs is needed, not the account's own."]),
    ProviderEntry(
      name: "IONOS", domains: [], exchangers: ["kundenserver.de", "ionos.com", "ionos.de", "1and1.com"],
      imap: tls("imap.ionos.com", 993), smtp: tls("smtp.ionos.com", 465)),
    ProviderEntry(
      name: "OVH", domains: [], exchangers: ["mail.ovh.net"], imap: tls("ssl0.ovh.net", 993),
      smtp: tls("ssl0.ovh.net", 465)),
    ProviderEntry(
      name: "Zoho", domains: ["zoho.com", "zohomail.com"], exchangers: ["zoho.com"],
      imap: tls("imap.zoho.com", 993),
      smtp: tls("smtp.zoho.com", 465), notes: [switchOn, appPassword]),
    ProviderEntry(
      name: "Zoho (EU)", domains: ["zoho.eu"], exchangers: ["zoho.eu"], imap: tls("imap.zoho.eu", 993),
      smtp: tls("smtp.zoho.eu", 465), notes: [switchOn, appPassword]),
    ProviderEntry(
      name: "mailbox.org", domains: ["mailbox.org"], exchangers: ["mailbox.org"],
      imap: tls("imap.mailbox.org", 993),
      smtp: tls("smtp.mailbox.org", 465)),
    ProviderEntry(
      name: "Posteo", domains: ["posteo.de", "posteo.net"], exchangers: ["posteo.de"],
      imap: tls("posteo.de", 993),
      smtp: tls("posteo.de", 465)),
    ProviderEntry(
      name: "Yandex", domains: ["yandex.com", "yandex.ru", "ya.ru"], exchangers: ["yandex.net", "yandex.ru"],
      imap: tls("imap.yandex.com", 993), smtp: tls("smtp.yandex.com", 465), notes: [switchOn, appPassword]),
    ProviderEntry(
      name: "Mail.ru", domains: ["mail.ru", "inbox.ru", "list.ru", "bk.ru"], exchangers: ["mail.ru"],
      imap: tls("imap.mail.ru", 993), smtp: tls("smtp.mail.ru", 465), notes: [appPassword]),
    ProviderEntry(
      name: "Free", domains: ["free.fr"], exchangers: ["free.fr"], imap: tls("imap.free.fr", 993),
      smtp: tls("smtp.free.fr", 465), userName: .localPart),
    ProviderEntry(
      name: "Orange", domains: ["orange.fr", "wanadoo.fr"], exchangers: ["orange.fr"],
      imap: tls("imap.orange.fr", 993),
      smtp: tls("smtp.orange.fr", 465)),
    ProviderEntry(
      name: "Seznam", domains: ["seznam.cz", "email.cz"], exchangers: ["seznam.cz"],
      imap: tls("imap.seznam.cz", 993),
      smtp: tls("smtp.seznam.cz", 465)),
  ]
}
