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

  /// All mail of the account is one folder, and the others are labels on it.
  static func hasLabels(capabilities: Set<String>) -> Bool { capabilities.contains("X-GM-EXT-1") }
}
