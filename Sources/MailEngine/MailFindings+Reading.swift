internal import MailReading
internal import MailStore

extension MailFindings {
  /// What the store is told of what a mail was found to be.
  init(_ reading: LoggedReading) {
    self.init(hasAttachment: reading.hasAttachment)
    let notes = reading.notes
    isAutoReply = notes.isAutoReply
    isBounce = notes.isBounce
    kind = notes.kind.map { MailKind($0) }
    report = notes.report.map { DeliveryFindings($0) }
  }
}

extension MailKind {
  fileprivate init(_ kind: MailNotes.Kind) {
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

extension DeliveryFindings {
  fileprivate init(_ report: MailNotes.Report) {
    self.init(
      originalMessageID: report.originalMessageID, action: DeliveryAction(report.action),
      severity: report.reason.map { $0.isHard ? .hard : .soft }, cause: report.reason?.cause,
      recipients: report.recipients.map { one in
        Recipient(
          email: one.originalEmail ?? one.email, action: DeliveryAction(one.action),
          severity: one.reason.map { $0.isHard ? .hard : .soft }, cause: one.reason?.cause,
          status: one.status, diagnostic: one.diagnostic)
      })
  }
}

extension DeliveryAction {
  fileprivate init(_ action: MailNotes.Action) {
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
