internal import MailReading
internal import MailStore
internal import PostroomAPI

// What a mail is besides a letter, as callers see it (S12).

extension APIMailKind {
  init(_ kind: MailNotes.Kind) {
    self =
      switch kind {
      case .bounce: .bounce
      case .delay: .delay
      case .delivery: .delivery
      case .readReceipt: .readReceipt
      case .autoReply: .autoReply
      case .invitation: .invitation
      case .list: .list
      }
  }
}

extension APIDeliveryReport {
  /// - Parameter original: the mail that it is about, when that is known here.
  init(_ report: MailNotes.Report, original: MailID?) {
    self.init(
      action: APIDeliveryAction(rawValue: report.action.rawValue) ?? .failed,
      severity: report.reason.map { $0.isHard ? .hard : .soft },
      cause: report.reason.map { APIBounceCause(rawValue: $0.cause) ?? .other },
      recipients: report.recipients.map { APIReportedRecipient($0) },
      originalMessageId: report.originalMessageID, originalMailId: original?.text,
      originalSubject: report.originalSubject, reportingServer: report.reportingServer,
      standard: report.isStandard)
  }
}

extension APIReportedRecipient {
  init(_ one: MailNotes.Report.Recipient) {
    self.init(
      email: one.email, originalEmail: one.originalEmail,
      action: APIDeliveryAction(rawValue: one.action.rawValue) ?? .failed,
      severity: one.reason.map { $0.isHard ? .hard : .soft },
      cause: one.reason.map { APIBounceCause(rawValue: $0.cause) ?? .other }, status: one.status,
      diagnostic: one.diagnostic, remoteServer: one.remoteServer)
  }
}

extension APIDeliveryNews {
  init(_ news: DeliveryNews) {
    let one = news.recipient
    self.init(
      email: one.email, action: APIDeliveryAction(rawValue: one.action.rawValue) ?? .failed,
      severity: one.severity.flatMap { APIBounceSeverity(rawValue: $0.rawValue) },
      cause: one.cause.map { APIBounceCause(rawValue: $0) ?? .other }, status: one.status,
      diagnostic: one.diagnostic, reportMailId: news.reportID.text, at: wireTime(news.at))
  }
}

extension APIReadReceipt {
  init(_ receipt: MailNotes.Receipt) {
    self.init(
      disposition: receipt.disposition, automatic: receipt.isAutomatic, recipient: receipt.recipient,
      originalMessageId: receipt.originalMessageID)
  }
}

extension APIInvitation {
  init(_ found: MailNotes.Invitation) {
    self.init(
      method: found.method, uid: found.uid, summary: found.summary, location: found.location,
      start: found.start.map { APICalendarTime($0) }, end: found.end.map { APICalendarTime($0) },
      organizer: found.organizer.map { APICalendarPerson(name: $0.name, email: $0.email, answer: nil) },
      attendees: found.attendees.map {
        APICalendarPerson(name: $0.person.name, email: $0.person.email, answer: $0.answer)
      }, sequence: Int64(max(found.sequence, 0)), status: found.status, repeats: found.repeats)
  }
}

extension APICalendarTime {
  init(_ moment: MailNotes.Invitation.Moment) {
    self.init(at: moment.text, timeZone: moment.timeZone, isDate: moment.isDate)
  }
}

extension APIMailingList {
  init(_ list: MailNotes.List) {
    self.init(
      id: list.id, name: list.name, unsubscribe: list.unsubscribe, oneClickUrl: list.oneClickURL,
      post: list.post, archive: list.archive, help: list.help)
  }
}

extension APISenderSigns {
  /// nil when there is nothing to tell.
  init?(_ signs: MailNotes.Sender) {
    if signs == MailNotes.Sender() { return nil }
    self.init(
      severalFromFields: signs.hasSeveralFromFields, severalAuthors: signs.hasSeveralAuthors,
      nameIsOtherAddress: signs.nameIsOtherAddress, mixedScripts: signs.mixesScripts,
      turnsDirection: signs.turnsDirection, domainInAscii: signs.domainInASCII)
  }
}
