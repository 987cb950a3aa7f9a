// How what a mail is goes over the pipe.

extension MailNotes.Action: WireValue {}

extension MailNotes.Report: WireValue {
  package func write(to writer: inout WireWriter) {
    action.write(to: &writer)
    reason.write(to: &writer)
    recipients.write(to: &writer)
    originalMessageID.write(to: &writer)
    originalSubject.write(to: &writer)
    reportingServer.write(to: &writer)
    isStandard.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      action: try MailNotes.Action(from: &reader), reason: try Optional<Reason>(from: &reader),
      recipients: try [Recipient](from: &reader), originalMessageID: try Optional<String>(from: &reader),
      originalSubject: try Optional<String>(from: &reader),
      reportingServer: try Optional<String>(from: &reader), isStandard: try Bool(from: &reader))
  }
}

extension MailNotes.Report.Recipient: WireValue {
  package func write(to writer: inout WireWriter) {
    email.write(to: &writer)
    originalEmail.write(to: &writer)
    action.write(to: &writer)
    status.write(to: &writer)
    reason.write(to: &writer)
    diagnostic.write(to: &writer)
    remoteServer.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      email: try Optional<String>(from: &reader), originalEmail: try Optional<String>(from: &reader),
      action: try MailNotes.Action(from: &reader), status: try Optional<String>(from: &reader),
      reason: try Optional<MailNotes.Report.Reason>(from: &reader),
      diagnostic: try Optional<String>(from: &reader), remoteServer: try Optional<String>(from: &reader))
  }
}

extension MailNotes.Report.Reason: WireValue {
  package func write(to writer: inout WireWriter) {
    isHard.write(to: &writer)
    cause.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      isHard: try Bool(from: &reader), cause: try String(from: &reader))
  }
}

extension MailNotes.Receipt: WireValue {
  package func write(to writer: inout WireWriter) {
    disposition.write(to: &writer)
    isAutomatic.write(to: &writer)
    recipient.write(to: &writer)
    originalMessageID.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      disposition: try String(from: &reader), isAutomatic: try Bool(from: &reader),
      recipient: try Optional<String>(from: &reader), originalMessageID: try Optional<String>(from: &reader))
  }
}

extension MailNotes.Invitation: WireValue {
  package func write(to writer: inout WireWriter) {
    method.write(to: &writer)
    uid.write(to: &writer)
    summary.write(to: &writer)
    location.write(to: &writer)
    start.write(to: &writer)
    end.write(to: &writer)
    organizer.write(to: &writer)
    attendees.write(to: &writer)
    sequence.write(to: &writer)
    status.write(to: &writer)
    repeats.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      method: try Optional<String>(from: &reader), uid: try Optional<String>(from: &reader),
      summary: try Optional<String>(from: &reader), location: try Optional<String>(from: &reader),
      start: try Optional<Moment>(from: &reader), end: try Optional<Moment>(from: &reader),
      organizer: try Optional<Person>(from: &reader), attendees: try [Attendee](from: &reader),
      sequence: try Int(from: &reader), status: try Optional<String>(from: &reader),
      repeats: try Bool(from: &reader))
  }
}

extension MailNotes.Invitation.Moment: WireValue {
  package func write(to writer: inout WireWriter) {
    text.write(to: &writer)
    timeZone.write(to: &writer)
    isDate.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      text: try String(from: &reader), timeZone: try Optional<String>(from: &reader),
      isDate: try Bool(from: &reader))
  }
}

extension MailNotes.Invitation.Person: WireValue {
  package func write(to writer: inout WireWriter) {
    name.write(to: &writer)
    email.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      name: try Optional<String>(from: &reader), email: try String(from: &reader))
  }
}

extension MailNotes.Invitation.Attendee: WireValue {
  package func write(to writer: inout WireWriter) {
    person.write(to: &writer)
    answer.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      person: try MailNotes.Invitation.Person(from: &reader), answer: try Optional<String>(from: &reader))
  }
}

extension MailNotes.List: WireValue {
  package func write(to writer: inout WireWriter) {
    id.write(to: &writer)
    name.write(to: &writer)
    unsubscribe.write(to: &writer)
    oneClickURL.write(to: &writer)
    post.write(to: &writer)
    archive.write(to: &writer)
    help.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      id: try Optional<String>(from: &reader), name: try Optional<String>(from: &reader),
      unsubscribe: try [String](from: &reader), oneClickURL: try Optional<String>(from: &reader),
      post: try Optional<String>(from: &reader), archive: try Optional<String>(from: &reader),
      help: try Optional<String>(from: &reader))
  }
}

extension MailNotes.Sender: WireValue {
  package func write(to writer: inout WireWriter) {
    hasSeveralFromFields.write(to: &writer)
    hasSeveralAuthors.write(to: &writer)
    nameIsOtherAddress.write(to: &writer)
    mixesScripts.write(to: &writer)
    turnsDirection.write(to: &writer)
    domainInASCII.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init()
    hasSeveralFromFields = try Bool(from: &reader)
    hasSeveralAuthors = try Bool(from: &reader)
    nameIsOtherAddress = try Bool(from: &reader)
    mixesScripts = try Bool(from: &reader)
    turnsDirection = try Bool(from: &reader)
    domainInASCII = try Optional<String>(from: &reader)
  }
}

extension MailNotes: WireValue {
  package func write(to writer: inout WireWriter) {
    isBounce.write(to: &writer)
    isAutoReply.write(to: &writer)
    isReadReceipt.write(to: &writer)
    report.write(to: &writer)
    receipt.write(to: &writer)
    invitation.write(to: &writer)
    list.write(to: &writer)
    sender.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init()
    isBounce = try Bool(from: &reader)
    isAutoReply = try Bool(from: &reader)
    isReadReceipt = try Bool(from: &reader)
    report = try Optional<Report>(from: &reader)
    receipt = try Optional<Receipt>(from: &reader)
    invitation = try Optional<Invitation>(from: &reader)
    list = try Optional<List>(from: &reader)
    sender = try Sender(from: &reader)
  }
}
