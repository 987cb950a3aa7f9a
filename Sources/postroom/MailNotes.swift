import PostroomClient

/// What a mail is besides a letter, in lines for a person.
enum MailNotes {
  static func lines(_ entry: MailDetail) -> [String] {
    var lines: [String] = []
    if entry.mail.parseFailed == true { lines.append("(this mail cannot be parsed; it is kept as it came)") }
    if let kind = entry.kind { lines.append(words(kind)) }
    if let report = entry.report { lines += self.lines(report) }
    if let receipt = entry.receipt {
      let who = receipt.recipient.map { " by \($0)" } ?? ""
      lines.append("\(receipt.disposition)\(who)" + (receipt.automatic ? ", by a program" : ""))
    }
    if let invitation = entry.invitation { lines += self.lines(invitation) }
    if let list = entry.list {
      lines.append("list: " + (list.name ?? list.id ?? "without a name"))
      if let url = list.oneClickUrl ?? list.unsubscribe.first { lines.append("unsubscribe: \(url)") }
    }
    for news in entry.deliveries ?? [] { lines.append(text(news)) }
    if let sender = entry.sender { lines += signs(sender).map { "careful: \($0)" } }
    return lines
  }

  static func text(_ news: DeliveryNews) -> String {
    let why = why(news.severity, news.cause, news.status)
    return
      "delivery \(news.action.rawValue) for \(news.email ?? "a recipient")\(why), told by \(news.reportMailId)"
  }

  private static func words(_ kind: MailKind) -> String {
    switch kind {
    case .bounce: "A mail was not delivered."
    case .delay: "A mail is late; the server goes on trying."
    case .delivery: "A mail was delivered."
    case .readReceipt: "A read receipt."
    case .autoReply: "An automatic answer."
    case .invitation: "With an appointment."
    case .list: "From a mailing list."
    default: "Kind: \(kind.rawValue)"
    }
  }

  private static func lines(_ report: DeliveryReport) -> [String] {
    var lines = report.recipients.map { one in
      "\(one.originalEmail ?? one.email ?? "a recipient"): \(one.action.rawValue)"
        + why(one.severity, one.cause, one.status) + (one.diagnostic.map { ": \($0)" } ?? "")
    }
    if let about = report.originalMailId ?? report.originalMessageId { lines.append("about \(about)") }
    return lines
  }

  private static func why(_ severity: BounceSeverity?, _ cause: BounceCause?, _ status: String?) -> String {
    let words = [severity?.rawValue, cause?.rawValue, status].compactMap(\.self)
    return words.isEmpty ? "" : " (\(words.joined(separator: ", ")))"
  }

  private static func lines(_ invitation: Invitation) -> [String] {
    var lines = ["\(invitation.method ?? "appointment"): \(invitation.summary ?? "without a title")"]
    let times = [invitation.start, invitation.end].compactMap { time in
      time.map { $0.at + ($0.timeZone.map { " (\($0))" } ?? "") }
    }
    if !times.isEmpty { lines.append(times.joined(separator: " to ")) }
    if let place = invitation.location { lines.append("at \(place)") }
    if let organizer = invitation.organizer { lines.append("by \(organizer.email)") }
    for one in invitation.attendees.prefix(20) { lines.append("\(one.email): \(one.answer ?? "asked")") }
    return lines
  }

  private static func signs(_ sender: SenderSigns) -> [String] {
    var found: [String] = []
    if sender.severalFromFields { found.append("it has more than one From field") }
    if sender.severalAuthors { found.append("it has several authors and no sender") }
    if sender.nameIsOtherAddress { found.append("the sender's name is another address") }
    if sender.mixedScripts { found.append("the sender mixes letters that look alike") }
    if sender.turnsDirection { found.append("the sender's name turns the direction of text") }
    if let domain = sender.domainInAscii { found.append("the sender's domain is \(domain)") }
    return found
  }
}
