internal import MIME

/// Reads mail where it is called: nothing between a fault in a parser and the whole server.
package struct InProcessReader: MailReader {
  package init() {}

  package func answer(_ request: ReadRequest) async throws(MailReadingError) -> ReadAnswer {
    Self.answerNow(request)
  }

  /// - Complexity: O(octets of the request)
  package static func answerNow(_ request: ReadRequest) -> ReadAnswer {
    switch request {
    case .headers(let inputs): .headers(inputs.map { HeaderSummary($0) })
    case .mail(let raw): .mail(ReadMail(ParsedMessage(raw)))
    case .logged(let raw, let omission): .logged(LoggedReading(raw, omitting: omission))
    case .attachment(let number, let raw): .octets(attachment(number, ParsedMessage(raw)))
    case .forwarded(let raw): .forwarded(ForwardReading(raw))
    case .placeholder(let number, let raw): .octets(placeholder(number, ParsedMessage(raw)))
    }
  }

  private static func attachment(_ number: Int, _ mail: ParsedMessage) -> [UInt8]? {
    mail.attachments.contains { $0.partIndex == number } ? mail.decoded(number) : nil
  }

  private static func placeholder(_ number: Int, _ mail: ParsedMessage) -> [UInt8]? {
    // Of these the content may decide what parts there are, and it is not here.
    let isDecidedByContent = mail.parts.contains {
      $0.contentType.type == "message" || $0.contentType.mediaType == "application/ms-tnef"
    }
    return isDecidedByContent ? nil : attachment(number, mail)
  }
}

extension ForwardReading {
  init?(_ raw: [UInt8]) {
    guard let mail = ForwardedMail(in: ParsedMessage(raw)) else { return nil }
    let header = HeaderSummary(HeaderInput(header: mail.raw, size: Int64(mail.raw.count), internalDate: nil))
    self.init(raw: mail.raw, header: header, messageID: mail.messageID?.text)
  }
}

extension LoggedReading {
  init(_ raw: [UInt8], omitting omission: LoggedForm.Omission?) {
    let mail = ParsedMessage(raw)
    let form = LoggedForm(mail, omitting: omission)
    self.init(rebuilt: form.rebuilt, hasAttachment: form.hasAttachment, notes: MailNotes(mail))
  }
}

extension ReadMail {
  init(_ mail: ParsedMessage) {
    let body = mail.body()
    self.init(
      body: Body(
        text: body.text, safeHTML: body.safeHTML, replyText: body.replyText, quotedText: body.quotedText,
        signature: body.signature, preview: body.preview, splitBy: body.splitBy.rawValue),
      attachments: mail.attachments.map {
        Attachment(
          number: $0.partIndex, name: $0.name, type: $0.type, size: $0.size,
          isInline: $0.disposition == .inline, cid: $0.cid)
      }, notes: MailNotes(mail))
  }
}
