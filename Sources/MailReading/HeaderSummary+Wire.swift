// How headers go over the pipe.

extension HeaderInput: WireValue {
  package func write(to writer: inout WireWriter) {
    writer.octets(header)
    size.write(to: &writer)
    internalDate.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      header: try reader.octets(), size: try Int64(from: &reader),
      internalDate: try Optional<Int64>(from: &reader))
  }
}

extension HeaderSummary.Person: WireValue {
  package func write(to writer: inout WireWriter) {
    writer.octet(role.rawValue)
    name.write(to: &writer)
    email.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      role: try HeaderSummary.Role(wire: try reader.octet()), name: try Optional<String>(from: &reader),
      email: try String(from: &reader))
  }
}

extension HeaderSummary: WireValue {
  package func write(to writer: inout WireWriter) {
    messageID.write(to: &writer)
    inReplyTo.write(to: &writer)
    references.write(to: &writer)
    subject.write(to: &writer)
    baseSubject.write(to: &writer)
    people.write(to: &writer)
    sentAt.write(to: &writer)
    isAutoReply.write(to: &writer)
    isBounce.write(to: &writer)
    isReply.write(to: &writer)
    isAutomatic.write(to: &writer)
    writer.octets(threadIndex)
    writer.octets(identity)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self.init(
      messageID: try Optional<String>(from: &reader), inReplyTo: try [String](from: &reader),
      references: try [String](from: &reader), subject: try String(from: &reader),
      baseSubject: try String(from: &reader), people: try [Person](from: &reader),
      sentAt: try Optional<Int64>(from: &reader), isAutoReply: try Bool(from: &reader),
      isBounce: try Bool(from: &reader), isReply: try Bool(from: &reader),
      isAutomatic: try Bool(from: &reader), threadIndex: try reader.octets(), identity: try reader.octets())
  }
}

extension HeaderSummary.Role {
  fileprivate init(wire octet: UInt8) throws(WireNonsense) {
    guard let role = Self(rawValue: octet) else { throw WireNonsense() }
    self = role
  }
}
