// How questions and answers go over the pipe.

extension ReadMail.Body: WireValue {
  package func write(to writer: inout WireWriter) {
    text.write(to: &writer)
    safeHTML.write(to: &writer)
    replyText.write(to: &writer)
    quotedText.write(to: &writer)
    signature.write(to: &writer)
    preview.write(to: &writer)
    splitBy.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      text: try String(from: &reader), safeHTML: try Optional<String>(from: &reader),
      replyText: try String(from: &reader), quotedText: try String(from: &reader),
      signature: try String(from: &reader), preview: try String(from: &reader),
      splitBy: try String(from: &reader))
  }
}

extension ReadMail.Attachment: WireValue {
  package func write(to writer: inout WireWriter) {
    number.write(to: &writer)
    name.write(to: &writer)
    type.write(to: &writer)
    size.write(to: &writer)
    isInline.write(to: &writer)
    cid.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      number: try Int(from: &reader), name: try String(from: &reader), type: try String(from: &reader),
      size: try Int(from: &reader), isInline: try Bool(from: &reader),
      cid: try Optional<String>(from: &reader))
  }
}

extension ReadMail: WireValue {
  package func write(to writer: inout WireWriter) {
    body.write(to: &writer)
    attachments.write(to: &writer)
    notes.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      body: try Body(from: &reader), attachments: try [Attachment](from: &reader),
      notes: try MailNotes(from: &reader))
  }
}

extension LoggedReading: WireValue {
  package func write(to writer: inout WireWriter) {
    rebuilt.map { WireOctets($0) }.write(to: &writer)
    hasAttachment.write(to: &writer)
    notes.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      rebuilt: try Optional<WireOctets>(from: &reader)?.bytes, hasAttachment: try Bool(from: &reader),
      notes: try MailNotes(from: &reader))
  }
}

extension ForwardReading: WireValue {
  package func write(to writer: inout WireWriter) {
    writer.octets(raw)
    header.write(to: &writer)
    messageID.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      raw: try reader.octets(), header: try HeaderSummary(from: &reader),
      messageID: try Optional<String>(from: &reader))
  }
}

extension LoggedForm.Omission: WireValue {
  package func write(to writer: inout WireWriter) {
    switch self {
    case .turnedOff: writer.number(-1)
    case .tooLarge(let octets): writer.number(max(octets, 0))
    }
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    let octets = try reader.number()
    self = octets < 0 ? .turnedOff : .tooLarge(octets: octets)
  }
}

extension ReadRequest: WireValue {
  /// About as many as it has on the pipe.
  package var octets: Int {
    switch self {
    case .headers(let inputs): inputs.reduce(16) { $0 + $1.header.count + 32 }
    case .mail(let raw), .logged(let raw, _), .attachment(_, let raw), .placeholder(_, let raw),
      .forwarded(let raw):
      raw.count + 32
    }
  }

  package func write(to writer: inout WireWriter) {
    switch self {
    case .headers(let inputs):
      writer.octet(1)
      inputs.write(to: &writer)
    case .mail(let raw):
      writer.octet(2)
      writer.octets(raw)
    case .logged(let raw, let omission):
      writer.octet(3)
      writer.octets(raw)
      omission.write(to: &writer)
    case .attachment(let number, let raw):
      writer.octet(4)
      number.write(to: &writer)
      writer.octets(raw)
    case .placeholder(let number, let raw):
      writer.octet(5)
      number.write(to: &writer)
      writer.octets(raw)
    case .forwarded(let raw):
      writer.octet(6)
      writer.octets(raw)
    }
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    switch try reader.octet() {
    case 1: self = .headers(try [HeaderInput](from: &reader))
    case 2: self = .mail(try reader.octets())
    case 3: self = .logged(try reader.octets(), try Optional<LoggedForm.Omission>(from: &reader))
    case 4: self = .attachment(try Int(from: &reader), of: try reader.octets())
    case 5: self = .placeholder(try Int(from: &reader), of: try reader.octets())
    case 6: self = .forwarded(try reader.octets())
    default: throw WireNonsense()
    }
  }
}

extension ReadAnswer: WireValue {
  package func write(to writer: inout WireWriter) {
    switch self {
    case .headers(let found):
      writer.octet(1)
      found.write(to: &writer)
    case .mail(let mail):
      writer.octet(2)
      mail.write(to: &writer)
    case .logged(let reading):
      writer.octet(3)
      reading.write(to: &writer)
    case .octets(let octets):
      writer.octet(4)
      octets.map { WireOctets($0) }.write(to: &writer)
    case .forwarded(let reading):
      writer.octet(5)
      reading.write(to: &writer)
    }
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    switch try reader.octet() {
    case 1: self = .headers(try [HeaderSummary](from: &reader))
    case 2: self = .mail(try ReadMail(from: &reader))
    case 3: self = .logged(try LoggedReading(from: &reader))
    case 4: self = .octets(try Optional<WireOctets>(from: &reader)?.bytes)
    case 5: self = .forwarded(try Optional<ForwardReading>(from: &reader))
    default: throw WireNonsense()
    }
  }
}
