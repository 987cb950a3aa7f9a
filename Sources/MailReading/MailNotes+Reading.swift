internal import MIME

/// How much of one mail is told: what goes beyond is left out, since answers have bounds.
enum NotesLimits {
  static let recipients = 200
  static let attendees = 500
  /// Scalars of a text that somebody else wrote.
  static let text = 2000
}

extension MailNotes {
  init(_ mail: ParsedMessage) {
    isBounce = mail.headers.isBounce
    isAutoReply = mail.headers.isAutoReply
    isReadReceipt = mail.headers.isReadReceipt
    report = mail.deliveryReport().map(Report.init)
    receipt = mail.readReceipt().map(Receipt.init)
    invitation = mail.invitation().map(Invitation.init)
    list = mail.mailingList.map(List.init)
    sender = Sender(mail.senderSigns)
  }
}

private func cut(_ text: String?) -> String? {
  text.map { String(String.UnicodeScalarView($0.unicodeScalars.prefix(NotesLimits.text))) }
}

extension MailNotes.Report {
  fileprivate init(_ report: DeliveryReport) {
    self.init(
      action: MailNotes.Action(report.action), reason: report.reason.map(Reason.init),
      recipients: report.recipients.prefix(NotesLimits.recipients).map {
        Recipient(
          email: cut($0.finalRecipient), originalEmail: cut($0.originalRecipient),
          action: MailNotes.Action($0.action), status: $0.status, reason: $0.reason.map(Reason.init),
          diagnostic: cut($0.diagnostic), remoteServer: cut($0.remoteMTA))
      },
      originalMessageID: report.originalMessageID?.text, originalSubject: cut(report.originalSubject),
      reportingServer: cut(report.reportingMTA), isStandard: report.isStandard)
  }
}

extension MailNotes.Report.Reason {
  fileprivate init(_ reason: BounceReason) {
    self.init(isHard: reason.severity == .hard, cause: reason.cause.rawValue)
  }
}

extension MailNotes.Action {
  fileprivate init(_ action: DeliveryReport.Action) {
    self =
      switch action {
      case .failed: .failed
      case .delayed: .delayed
      case .delivered: .delivered
      case .relayed: .relayed
      case .expanded: .expanded
      }
  }
}

extension MailNotes.Receipt {
  fileprivate init(_ receipt: ReadReceipt) {
    self.init(
      disposition: receipt.disposition.rawValue,
      isAutomatic: receipt.isAutomaticAction || receipt.isSentAutomatically,
      recipient: cut(receipt.originalRecipient ?? receipt.finalRecipient),
      originalMessageID: receipt.originalMessageID?.text)
  }
}

extension MailNotes.Invitation {
  fileprivate init(_ found: CalendarInvitation) {
    self.init(
      method: cut(found.method), uid: cut(found.uid), summary: cut(found.summary),
      location: cut(found.location), start: found.start.map(Moment.init), end: found.end.map(Moment.init),
      organizer: found.organizer.map(Person.init),
      attendees: found.attendees.prefix(NotesLimits.attendees).map {
        Attendee(person: Person($0.address), answer: cut($0.answer))
      }, sequence: found.sequence, status: cut(found.status), repeats: found.repeats)
  }
}

extension MailNotes.Invitation.Moment {
  fileprivate init(_ moment: CalendarInvitation.Moment) {
    self.init(text: moment.text, timeZone: cut(moment.timeZone), isDate: moment.isDate)
  }
}

extension MailNotes.Invitation.Person {
  fileprivate init(_ address: MailAddress) {
    self.init(name: cut(address.name), email: cut(address.email) ?? "")
  }
}

extension MailNotes.List {
  fileprivate init(_ list: MailingList) {
    self.init(
      id: cut(list.id), name: cut(list.name), unsubscribe: list.unsubscribe, oneClickURL: list.oneClickURL,
      post: list.post, archive: list.archive, help: list.help)
  }
}

extension MailNotes.Sender {
  fileprivate init(_ signs: SenderSigns) {
    self.init()
    hasSeveralFromFields = signs.hasSeveralFromFields
    hasSeveralAuthors = signs.hasSeveralAuthors
    nameIsOtherAddress = signs.nameIsOtherAddress
    mixesScripts = signs.mixesScripts
    turnsDirection = signs.turnsDirection
    domainInASCII = signs.domainInASCII
  }
}
