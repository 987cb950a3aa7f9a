/// What is known of providers and cannot be asked over the wire (S3).
enum ProviderFacts {
  /// The provider puts a copy of what its SMTP server takes into Sent by itself (S15).
  ///
  /// Gmail by its capability; Exchange Online by capabilities that nobody else has, or its hosts. Where
  /// this says no wrongly, the copy is found in Sent before one is appended.
  static func filesSentMail(capabilities: Set<String>, imapHost: String, smtpHost: String) -> Bool {
    let own: Set<String> = [
      "X-GM-EXT-1", "CLIENTACCESSRULES", "CLIENTNETWORKPRESENCELOCATION", "BACKENDAUTHENTICATE",
    ]
    if !capabilities.isDisjoint(with: own) { return true }
    let hosts = [imapHost.lowercased(), smtpHost.lowercased()]
    return hosts.contains { host in
      ["gmail.com", "googlemail.com", "google.com", "office365.com", "outlook.com"].contains {
        host == $0 || host.hasSuffix("." + $0)
      }
    }
  }

  /// What a provider allows each account, less a part for the person's own programs.
  struct Budget: Sendable, Hashable {
    var connections: Int
    /// nil where nothing is known.
    var octetsPerDay: Int64?
  }

  /// Gmail: 15 connections, 2,500 MB a day; Exchange Online: 15 or 20 by different sources, 16 on premises by default;
  /// Yahoo: about 10. Hosts and those below them.
  private static let budgets: [(hosts: [String], Budget)] = [
    (["gmail.com", "googlemail.com", "google.com"], Budget(connections: 8, octetsPerDay: 2_000_000_000)),
    (["office365.com", "outlook.com"], Budget(connections: 8, octetsPerDay: nil)),
    (["yahoo.com", "aol.com"], Budget(connections: 4, octetsPerDay: nil)),
  ]

  /// nil for a provider of whom nothing is known.
  static func budget(imapHost: String) -> Budget? {
    let host = imapHost.lowercased()
    return budgets.first { entry in entry.hosts.contains { host == $0 || host.hasSuffix("." + $0) } }?.1
  }

  /// All mail of the account is one folder, and the others are labels on it.
  static func hasLabels(capabilities: Set<String>) -> Bool { capabilities.contains("X-GM-EXT-1") }
}
