internal import Bytes

/// What a mail says about the list it came by (RFC 2369, RFC 2919, RFC 8058).
package struct MailingList: Sendable, Hashable {
  /// List-Id's identifier, lower-case, without angle brackets.
  package var id: String?
  /// What stands before it.
  package var name: String?
  /// `https`, `http` and `mailto` addresses of List-Unsubscribe, in order.
  package var unsubscribe: [String]
  /// A POST of ``oneClickBody`` to this address ends the subscription, without a further question (RFC 8058).
  package var oneClickURL: String?
  package var post: String?
  package var archive: String?
  package var help: String?

  package static let oneClickBody = "List-Unsubscribe=One-Click"
}

extension ParsedMessage {
  /// - Returns: nil when the mail came by no list.
  package var mailingList: MailingList? {
    let block = headerBlock
    guard headers.listID != nil || block.contains("List-Unsubscribe") || block.contains("List-Post") else {
      return nil
    }
    let unsubscribe = Self.urls(block, "List-Unsubscribe")
    let isOneClick = block.first("List-Unsubscribe-Post").map { value in
      ASCII.equalsIgnoringCase(value.filter { $0 > ASCII.space }, "List-Unsubscribe=One-Click")
    }
    // RFC 8058 §3.1: there is one HTTPS address, and POST goes to that.
    let oneClick = isOneClick == true ? unsubscribe.first { $0.lowercased().hasPrefix("https://") } : nil
    return MailingList(
      id: headers.listID, name: Self.listName(block), unsubscribe: unsubscribe, oneClickURL: oneClick,
      post: Self.urls(block, "List-Post").first, archive: Self.urls(block, "List-Archive").first,
      help: Self.urls(block, "List-Help").first)
  }

  private static func listName(_ block: HeaderBlock) -> String? {
    guard let value = block.text("List-Id"), let open = value.lastIndex(of: "<") else { return nil }
    let name = HeaderText.tidy(String(value[..<open])).filter { $0 != "\"" }
    return name.isEmpty ? nil : name
  }

  /// The most addresses of one field.
  private static let urlsMax = 10

  /// What stands in angle brackets and may be opened; white space from folding goes.
  private static func urls(_ block: HeaderBlock, _ name: StaticString) -> [String] {
    var found = [String]()
    for value in block.all(name) {
      for piece in value.split(separator: 0x3C).prefix(urlsMax * 2) {
        guard let close = piece.firstIndex(of: 0x3E), found.count < urlsMax else { continue }
        let url = String(decoding: piece[..<close], as: UTF8.self)
        if let safe = SafeURL.link(url), !safe.lowercased().hasPrefix("tel:") { found.append(safe) }
      }
    }
    return found
  }
}
