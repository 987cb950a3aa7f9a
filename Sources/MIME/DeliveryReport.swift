internal import Bytes

/// A delivery status notification (RFC 3464), or what can be made out of a bounce that is none.
package struct DeliveryReport: Sendable, Hashable {
  /// What became of the mail for one recipient (RFC 3464 §2.3.3).
  package enum Action: String, Sendable { case failed, delayed, delivered, relayed, expanded }

  package struct Recipient: Sendable, Hashable {
    /// Final-Recipient, without its type.
    package var finalRecipient: String?
    /// Original-Recipient, without its type.
    package var originalRecipient: String?
    package var action: Action
    /// As RFC 3463 has it: `5.1.1`.
    package var status: String?
    /// Diagnostic-Code, without its type.
    package var diagnostic: String?
    package var remoteMTA: String?

    /// What it means; nil unless the mail failed or is late.
    package var reason: BounceReason? {
      action == .failed || action == .delayed ? BounceReason(status: status, diagnostic: diagnostic) : nil
    }
  }

  package var recipients: [Recipient]
  package var reportingMTA: String?
  /// The envelope id that the mail was sent with (RFC 3461 §4.4).
  package var originalEnvelopeID: String?
  /// The Message-ID of the mail that is reported on, from what was returned of it.
  package var originalMessageID: MessageID?
  /// Its subject, from there too.
  package var originalSubject: String?
  /// Whether it came in the form of RFC 3464.
  package var isStandard: Bool

  /// The worst that is reported.
  package var action: Action {
    let actions = recipients.map(\.action)
    for action: Action in [.failed, .delayed, .expanded, .relayed] where actions.contains(action) {
      return action
    }
    return actions.isEmpty ? .failed : .delivered
  }

  /// The reason of the first recipient that the mail failed for for good, or else of the first it failed for.
  package var reason: BounceReason? {
    let reasons = recipients.filter { $0.action == .failed }.compactMap(\.reason)
    return reasons.first { $0.severity == .hard } ?? reasons.first
      ?? recipients.lazy.compactMap(\.reason).first
  }
}

extension ParsedMessage {
  /// The report that this mail is; nil when it is none.
  package func deliveryReport() -> DeliveryReport? {
    if let index = parts.firstIndex(where: { part in
      part.contentType.type == "message"
        && (part.contentType.subtype == "delivery-status"
          || part.contentType.subtype == "global-delivery-status")
        && !isInsideInnerMail(part)
    }) {
      return standardReport(index)
    }
    return headers.isBounce ? looseReport() : nil
  }

  /// The most recipients that one report is read for.
  private static let recipientsMax = 1000

  private func standardReport(_ index: Int) -> DeliveryReport {
    var report = DeliveryReport(recipients: [], isStandard: true)
    for (n, block) in Self.blocks(decoded(index)).prefix(Self.recipientsMax).enumerated() {
      if let mta = block.text("Reporting-MTA") { report.reportingMTA = Self.filled(mta) }
      if let id = block.text("Original-Envelope-Id") { report.originalEnvelopeID = id }
      // Some leave out the group for the whole mail.
      if n == 0, !block.contains("Final-Recipient"), !block.contains("Action") { continue }
      report.recipients.append(
        .init(
          finalRecipient: block.text("Final-Recipient").flatMap(Self.address),
          originalRecipient: block.text("Original-Recipient").flatMap(Self.address),
          action: block.text("Action").flatMap { DeliveryReport.Action(rawValue: Self.word($0)) } ?? .failed,
          status: block.text("Status").flatMap(Self.status),
          diagnostic: block.text("Diagnostic-Code").flatMap(Self.filled),
          remoteMTA: block.text("Remote-MTA").flatMap(Self.filled)))
    }
    addOriginal(&report)
    return report
  }

  /// The groups of fields of a delivery-status part, parted by empty lines.
  private static func blocks(_ bytes: [UInt8]) -> [HeaderBlock] {
    var found = [HeaderBlock]()
    var rest = LineEnds.normalized(bytes)[...]
    while !rest.isEmpty, found.count <= recipientsMax {
      rest = rest.drop { $0 <= ASCII.space }
      guard !rest.isEmpty else { break }
      var end = rest.startIndex
      while end < rest.endIndex {
        if rest[end] == ASCII.lf, end + 1 == rest.endIndex || rest[end + 1] == ASCII.lf { break }
        end += 1
      }
      let block = HeaderBlock(parsing: Array(rest[..<end]) + [ASCII.lf])
      if block.count > 0 { found.append(block) }
      rest = rest[min(end + 1, rest.endIndex)...]
    }
    return found
  }

  /// `rfc822; jane@example.com` without the type and angle brackets.
  static func address(_ value: String) -> String? {
    let bytes = Array(untyped(value).utf8).filter { $0 > ASCII.space && $0 != 0x3C && $0 != 0x3E }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  private static func untyped(_ value: String) -> String {
    guard let semicolon = value.utf8.firstIndex(of: 0x3B) else { return value }
    let type = value[..<semicolon]
    guard type.utf8.count <= 20, !type.utf8.contains(ASCII.space) else { return value }
    return HeaderText.tidy(String(value[value.utf8.index(after: semicolon)...]))
  }

  private static func filled(_ value: String) -> String? {
    let text = untyped(value)
    return text.isEmpty ? nil : text
  }

  private static func word(_ value: String) -> String {
    String(decoding: ASCII.lowercased(value.utf8.prefix { ASCII.isAlpha($0) }), as: UTF8.self)
  }

  /// `2.x.x`, `4.x.x` or `5.x.x`, and nothing behind it.
  private static func status(_ value: String) -> String? {
    let code = value.utf8.prefix { ASCII.isDigit($0) || $0 == 0x2E }
    let numbers = code.split(separator: 0x2E)
    guard numbers.count == 3, let first = code.first, first == 0x32 || first == 0x34 || first == 0x35 else {
      return nil
    }
    return String(Substring(code))
  }

  // MARK: The mail reported on

  private func addOriginal(_ report: inout DeliveryReport) {
    for part in parts where !isInsideInnerMail(part) {
      let block: HeaderBlock
      if part.contentType.isMessage, let inner = part.children.first {
        block = parts[inner].headers
      } else if part.contentType.subtype == "rfc822-headers" || part.contentType.subtype == "global-headers"
        || part.contentType.isMessage
      {
        block = HeaderBlock(parsing: decoded(part.index))
      } else {
        continue
      }
      if let id = block.first("Message-ID").flatMap({ MessageID.list(in: $0).first }) {
        report.originalMessageID = id
        report.originalSubject = block.text("Subject")
        return
      }
    }
    report.originalMessageID = messageIDInText() ?? headers.inReplyTo.first ?? headers.references.last
  }

  /// Some return the mail as plain text: the first `Message-ID:` at a line's beginning.
  private func messageIDInText() -> MessageID? {
    for part in parts where part.contentType.type == "text" && part.isLeaf {
      for line in decoded(part.index).prefix(256 * 1024).split(separator: ASCII.lf) {
        var rest = line.drop { $0 == 0x3E || $0 <= ASCII.space }
        guard rest.count > 12, ASCII.equalsIgnoringCase(rest.prefix(11), "Message-ID:") else { continue }
        rest = rest.dropFirst(11)
        if let id = MessageID.list(in: Array(rest)).first { return id }
      }
    }
    return nil
  }

  /// A bounce in prose: the recipients of X-Failed-Recipients, and those that its text names.
  private func looseReport() -> DeliveryReport {
    var report = DeliveryReport(recipients: [], isStandard: false)
    addOriginal(&report)
    let others = Set((headers.to + headers.cc + headers.from).map { $0.email.lowercased() })
    let prose = BounceProse(body().text, others: others)
    let named = headerBlock.all("X-Failed-Recipients").flatMap { MailAddress.list(in: $0, limit: 100) }.map(
      \.email)
    var findings = prose.findings
    if !named.isEmpty {
      let said = findings.first?.diagnostic ?? ""
      findings = named.map { name in
        findings.first { $0.address.lowercased() == name.lowercased() }
          ?? .init(address: name, diagnostic: said)
      }
    }
    report.recipients = findings.map { finding in
      .init(
        finalRecipient: finding.address, action: prose.isDelay ? .delayed : .failed,
        status: Self.firstStatus(finding.diagnostic),
        diagnostic: finding.diagnostic.isEmpty ? nil : finding.diagnostic)
    }
    return report
  }

  /// The first enhanced code (RFC 3463) in what a server said.
  static func firstStatus(_ text: String) -> String? {
    for word in text.utf8.prefix(2048).split(whereSeparator: { !ASCII.isDigit($0) && $0 != 0x2E }) {
      let numbers = word.split(separator: 0x2E, omittingEmptySubsequences: false)
      if numbers.count == 3, numbers.allSatisfy({ 1...3 ~= $0.count }), numbers[0].count == 1,
        word.first == 0x34 || word.first == 0x35
      {
        return String(Substring(word))
      }
    }
    return nil
  }
}
