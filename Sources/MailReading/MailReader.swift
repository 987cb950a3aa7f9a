/// Something that reads mail: all octets that strangers wrote are parsed behind this.
///
/// Two exist: ``InProcessReader`` reads where it is called, and the isolated one in a process of its own.
package protocol MailReader: Sendable {
  /// Errors: ``MailReadingError/unreadable(_:)`` when the mail itself ends the reader each time it is tried,
  /// ``MailReadingError/unavailable(_:)`` when there is no reader now.
  func answer(_ request: ReadRequest) async throws(MailReadingError) -> ReadAnswer
  /// nil when it counts nothing.
  var statistics: ReaderStatistics? { get }
}

/// What an isolated reader has counted since its start.
package struct ReaderStatistics: Sendable, Hashable {
  /// Processes that read now.
  package var processes = 0
  package var answers: UInt64 = 0
  /// Processes that ended, or were ended, over a mail.
  package var deaths: UInt64 = 0
  /// Of the mails that did it, those that did it twice.
  package var unreadable: UInt64 = 0

  package init() {}
}

package enum MailReadingError: Error, Sendable, Hashable {
  /// Why this mail cannot be read. It will be the same the next time.
  package enum Cause: String, Sendable, Hashable { case crashed, stalled, tooLarge, nonsense }
  case unreadable(Cause)
  /// Nothing is wrong with the mail: try again later. Words for the log.
  case unavailable(String)

  /// nil when it is not the mail's fault.
  package var unreadable: Cause? {
    if case .unreadable(let cause) = self { cause } else { nil }
  }
}

package enum ReadRequest: Sendable, Hashable {
  case headers([HeaderInput])
  case mail([UInt8])
  case logged([UInt8], LoggedForm.Omission?)
  case attachment(Int, of: [UInt8])
  case placeholder(Int, of: [UInt8])
  case forwarded([UInt8])
}

package enum ReadAnswer: Sendable, Hashable {
  case headers([HeaderSummary])
  case mail(ReadMail)
  case logged(LoggedReading)
  /// nil: there is none.
  case octets([UInt8]?)
  /// nil: the mail passes none on.
  case forwarded(ForwardReading?)
}

/// The mail that another one passed on, as a mail of its own.
package struct ForwardReading: Sendable, Hashable {
  package var raw: [UInt8]
  package var header: HeaderSummary
  /// nil when nothing tells it; what stands in the header was made up then.
  package var messageID: String?

  package init(raw: [UInt8], header: HeaderSummary, messageID: String?) {
    self.raw = raw
    self.header = header
    self.messageID = messageID
  }
}

/// What is stored of a mail and with it.
package struct LoggedReading: Sendable, Hashable {
  /// The mail without its attachments; nil when it is logged as it came.
  package var rebuilt: [UInt8]?
  package var hasAttachment: Bool
  package var notes: MailNotes

  package init(rebuilt: [UInt8]?, hasAttachment: Bool, notes: MailNotes) {
    self.rebuilt = rebuilt
    self.hasAttachment = hasAttachment
    self.notes = notes
  }
}

extension MailReader {
  package var statistics: ReaderStatistics? { nil }

  /// As many as were given, in the same order; asked for in pieces, as headers may be large.
  package func headers(_ inputs: [HeaderInput]) async throws(MailReadingError) -> [HeaderSummary] {
    var all: [HeaderSummary] = []
    var rest = inputs[...]
    while !rest.isEmpty {
      var octets = 0
      let piece = Array(
        rest.prefix { input in
          octets += input.header.count
          return octets <= Self.headersOctetsMax
        })
      let asked = piece.isEmpty ? Array(rest.prefix(1)) : piece
      guard case .headers(let found) = try await answer(.headers(asked)), found.count == asked.count else {
        throw .unreadable(.nonsense)
      }
      all += found
      rest = rest.dropFirst(asked.count)
    }
    return all
  }

  private static var headersOctetsMax: Int { 8 << 20 }

  /// A mail's text and attachments, and what it is.
  package func read(_ raw: [UInt8]) async throws(MailReadingError) -> ReadMail {
    guard case .mail(let mail) = try await answer(.mail(raw)) else { throw .unreadable(.nonsense) }
    return mail
  }

  /// What to log of a mail.
  package func logged(
    _ raw: [UInt8], omitting omission: LoggedForm.Omission?
  ) async throws(MailReadingError) -> LoggedReading {
    guard case .logged(let reading) = try await answer(.logged(raw, omission)) else {
      throw .unreadable(.nonsense)
    }
    return reading
  }

  /// The mail that this one passes on; nil when it is none that can be told.
  package func forwarded(_ raw: [UInt8]) async throws(MailReadingError) -> ForwardReading? {
    guard case .forwarded(let found) = try await answer(.forwarded(raw)) else { throw .unreadable(.nonsense) }
    return found
  }

  /// The octets of an attachment; nil when the mail has no such.
  package func attachment(_ number: Int, of raw: [UInt8]) async throws(MailReadingError) -> [UInt8]? {
    guard case .octets(let octets) = try await answer(.attachment(number, of: raw)) else {
      throw .unreadable(.nonsense)
    }
    return octets
  }

  /// What stands in for an attachment in a mail whose large contents are kept apart; nil when the mail has no such
  /// attachment, or when that cannot be told without the contents.
  package func placeholder(_ number: Int, of outline: [UInt8]) async throws(MailReadingError) -> [UInt8]? {
    guard case .octets(let octets) = try await answer(.placeholder(number, of: outline)) else {
      throw .unreadable(.nonsense)
    }
    return octets
  }
}
