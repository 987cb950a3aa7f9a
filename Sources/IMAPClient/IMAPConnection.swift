package import Bytes
internal import IMAPCodec

/// One IMAP connection, the client's side (RFC 3501, RFC 9051 and the extensions that sync needs).
///
/// Not Sendable: one task, or one actor, owns it and gives one command at a time; its methods run
/// where they are called. Cancelling the task ends any wait at once, and then, as after every error
/// for which ``IMAPClientError/endsConnection`` is true, the connection is closed. The owner calls
/// ``logout()`` or ``close()`` at the end.
package final class IMAPConnection {
  package enum Security: Sendable {
    /// The stream given is already TLS, its certificate verified.
    case implicitTLS
    /// STARTTLS must succeed before anything else is said. It never falls back to plain text.
    case startTLS(TLSUpgrade)
    /// A plain stream that is trusted as if it were TLS: memory and loopback.
    case plainForTests
  }

  package let options: IMAPOptions
  package internal(set) var isClosed = false
  /// Octets that came from the server, after TLS and inflated.
  package internal(set) var octetsReceived = 0
  /// Something that is let go of when the connection is closed.
  package var companion: (any AnyObject & Sendable)?

  var session: IMAPSession
  var stream: any ByteStream
  var input = ByteBuffer()
  var framer: Framer
  /// Set once COMPRESS is on.
  var compression: ExpansionGuard?

  init(_ stream: any ByteStream, options: IMAPOptions) {
    self.stream = stream
    self.options = options
    session = IMAPSession(options: options)
    framer = Framer(.responses, limits: Self.limits(options, bodies: false))
  }

  deinit { if !isClosed { stream.close() } }

  /// Whether an extension is offered, by name or as a part of IMAP4rev2, and trusted.
  /// - Parameter extension: upper case.
  package func uses(_ name: String) -> Bool { session.has(name) }
  /// What is made of the server by what it has shown so far.
  package var profile: ServerProfile { session.profile }
  /// The server to which this one refers, an IMAP URL (RFC 2193, RFC 2221): told, and never followed.
  package var referral: String? { session.referral }
  /// COMPRESS is on.
  package var isCompressed: Bool { compression != nil }
  /// NOTIFY is on, see ``notifyOfFolders()``.
  package var notifies: Bool { session.notifies }

  /// Upper case. Empty before the server has told.
  package var capabilities: Set<String> { session.capabilities ?? [] }
  package var isAuthenticated: Bool { !isClosed && session.isAuthenticated }
  /// The open folder, kept up to date by what the server tells.
  package var selected: SelectedFolder? { session.selected }
  /// Responses skipped because they could not be read.
  package var unreadableResponses: Int { session.unreadable }
  /// Extensions switched on by ENABLE, upper case.
  package var enabled: Set<String> { session.enabled }

  /// What the server told unasked since this was last called; bounded by ``IMAPOptions/eventsMax``.
  package func takeEvents() -> [UntaggedEvent] { session.takeEvents() }

  /// Ends the connection at once.
  package func close() {
    if isClosed { return }
    isClosed = true
    companion = nil
    stream.close()
    input = ByteBuffer()
    framer.reset()
  }

  // MARK: Receiving

  /// How long to wait for the next response.
  enum Patience: Sendable {
    case until(Deadline)
    /// As long as 64 KiB, or a whole response, come within so many seconds.
    case whileProgressing(seconds: Int64)
  }

  static let progressOctets: UInt64 = 64 << 10

  /// The next response and its meaning. Closes the connection on failure.
  nonisolated(nonsending) func next(
    _ patience: Patience, readAtMost: Int = 64 << 10
  ) async throws(IMAPClientError) -> (meaning: IMAPSession.Meaning, octets: Int) {
    do throws(IMAPClientError) {
      let frame = try await nextFrame(patience, readAtMost: readAtMost)
      let octets = frame.octets
      guard let response = try read(frame, octets: octets) else { return (.skipped, octets) }
      return (try session.receive(response), octets)
    } catch {
      close()
      throw error
    }
  }

  /// The response that `frame` is; nil when it is none that can be read, and was skipped.
  private func read(_ frame: Frame, octets: Int) throws(IMAPClientError) -> Response? {
    do throws(IMAPSyntaxError) {
      return try ResponseParser.parse(frame, utf8Names: session.hasUTF8Names)
    } catch {
      if session.state == .greeting { throw .protocolViolation("no greeting: \(error.reason)") }
      guard frame.text.first == 0x2A else { throw .protocolViolation(error.reason) }
      try session.skipUnreadable(octets: octets, mayMatter: Self.tellsOfMessages(frame.text))
      return nil
    }
  }

  /// `* 12 FETCH`, `* VANISHED`.
  private static func tellsOfMessages(_ text: [UInt8]) -> Bool {
    let word = text.dropFirst().drop { $0 == ASCII.space }
    return word.first.map(ASCII.isDigit) == true || ASCII.equalsIgnoringCase(word.prefix(8), "VANISHED")
  }

  private nonisolated(nonsending) func nextFrame(
    _ patience: Patience, readAtMost: Int
  ) async throws(IMAPClientError) -> Frame {
    if isClosed { throw .stream(.closed) }
    var deadline = Self.deadline(patience)
    var mark = framer.octetsTaken
    while true {
      do throws(FramingError) {
        if case .frame(let frame)? = try framer.next(from: &input) { return frame }
      } catch {
        throw Self.limit(error)
      }
      if case .whileProgressing = patience, framer.octetsTaken - mark >= Self.progressOctets {
        deadline = Self.deadline(patience)
        mark = framer.octetsTaken
      }
      try await fill(readAtMost, deadline: deadline)
    }
  }

  /// Reads once.
  nonisolated(nonsending) func fill(_ atMost: Int, deadline: Deadline) async throws(IMAPClientError) {
    var expanded = 0
    do throws(StreamError) {
      let n = try await stream.read(into: &input, atMost: atMost, deadline: deadline)
      // The server ended its side though it owes an answer: what came may be cut short.
      if n == 0 { throw .truncated }
      expanded = n
    } catch {
      throw .stream(error)
    }
    try noteExpanded(expanded)
  }

  /// Counts what COMPRESS made of the octets that came, and ends a connection on which it is too much.
  func noteExpanded(_ octets: Int) throws(IMAPClientError) {
    octetsReceived &+= octets
    guard let compression, compression.isTooMuch(afterExpanding: octets) else { return }
    close()
    throw .limit(what: "octets out of each compressed one", max: options.expansionMax)
  }

  private static func deadline(_ patience: Patience) -> Deadline {
    switch patience {
    case .until(let deadline): deadline
    case .whileProgressing(let seconds): .after(seconds: seconds)
    }
  }

  private static func limit(_ error: FramingError) -> IMAPClientError {
    switch error {
    case .lineTooLong(let max): .limit(what: "octets of a line", max: UInt64(max))
    case .literalTooLarge(_, let max): .limit(what: "octets of a literal", max: UInt64(max))
    case .tooManyLiterals(let max): .limit(what: "literals of a response", max: UInt64(max))
    case .frameTooLarge(let max): .limit(what: "octets of a response", max: UInt64(max))
    case .literalMalformed: .protocolViolation("malformed literal")
    case .lineMalformed: .protocolViolation("malformed line")
    }
  }

  static func limits(_ options: IMAPOptions, bodies: Bool) -> FrameLimits {
    var limits = FrameLimits()
    limits.lineOctetsMax = options.lineOctetsMax
    limits.setLineOctetsMax = options.setLineOctetsMax
    limits.headerOctetsMax = options.headerOctetsMax
    // Nobody asked for a body: none may come.
    limits.bodyOctetsMax = bodies ? options.bodyOctetsMax : limits.literalOctetsMax
    limits.frameOctetsMax =
      max(limits.bodyOctetsMax, limits.headerOctetsMax, limits.setLineOctetsMax) + (4 << 20)
    return limits
  }

  // MARK: Sending

  /// Closes the connection on failure.
  nonisolated(nonsending) func send(_ bytes: [UInt8]) async throws(IMAPClientError) {
    if isClosed { throw .stream(.closed) }
    do throws(StreamError) {
      // In pieces, each with its own deadline: a large message takes as long as it takes.
      var start = 0
      repeat {
        let end = min(start + Int(Self.progressOctets), bytes.count)
        var piece = ByteBuffer(bytes[start..<end])
        try await stream.write(&piece, deadline: .after(seconds: options.progressSeconds))
        start = end
      } while start < bytes.count
    } catch {
      close()
      throw .stream(error)
    }
  }

  func violation(_ reason: String) -> IMAPClientError {
    close()
    return .protocolViolation(reason)
  }
}
