internal import Bytes
internal import IMAPCodec

extension IMAPConnection {
  /// What a command's own answers may cost.
  struct Budget {
    private let what: String
    private let linesMax: Int
    private let octetsMax: Int
    private var lines = 0
    private var octets = 0

    init(_ what: String, lines: Int, octets: Int) {
      self.what = what
      linesMax = lines
      octetsMax = octets
    }

    mutating func spend(_ octets: Int) throws(IMAPClientError) {
      lines += 1
      self.octets += octets
      if lines > linesMax { throw .limit(what: "lines of \(what)", max: UInt64(linesMax)) }
      if self.octets > octetsMax { throw .limit(what: "octets of \(what)", max: UInt64(octetsMax)) }
    }
  }

  /// For commands that answer a few lines.
  static let fewLines = Budget("an answer", lines: 1000, octets: 1 << 20)

  /// A command's octets under a new tag.
  func encode(
    _ body: (inout CommandEncoder) throws(UnencodableArgument) -> Void
  ) throws(IMAPClientError) -> (tag: String, command: EncodedCommand) {
    let tag = session.nextTag()
    var encoder = CommandEncoder(
      tag: tag, mode: LiteralMode(capabilities: capabilities),
      utf8Names: session.hasUTF8Names)
    do throws(UnencodableArgument) {
      try body(&encoder)
    } catch {
      throw .invalidArgument(error.reason)
    }
    return (tag, encoder.finished())
  }

  var commandDeadline: Deadline { .after(seconds: options.commandSeconds) }

  /// Gives one command and waits for its end.
  ///
  /// - Parameter claim: takes data that answers the command; false: it does not.
  /// - Returns: the tagged response, whatever it says.
  nonisolated(nonsending) func perform(
    _ kind: IMAPSession.Command, budget: Budget = fewLines, deadline: Deadline? = nil,
    encode body: (inout CommandEncoder) throws(UnencodableArgument) -> Void,
    claim: (Untagged) -> Bool = { _ in false }
  ) async throws(IMAPClientError) -> StatusResponse {
    if isClosed { throw .stream(.closed) }
    let (tag, command) = try encode(body)
    let deadline = deadline ?? commandDeadline
    var budget = budget
    session.begin(kind, tag: tag)
    for (i, segment) in command.segments.enumerated() {
      try await send(segment)
      if i == command.segments.count - 1 { break }
      // The server may refuse the literal, and with it the command, by its tagged answer.
      if let refusal = try await wait(.until(deadline), &budget, claim: claim, forContinuation: true) {
        return refusal
      }
    }
    // A large message takes its time to arrive: the clock begins behind it.
    let end = command.segments.reduce(0) { $0 + $1.count } > 1 << 20 ? commandDeadline : deadline
    guard let status = try await wait(.until(end), &budget, claim: claim, forContinuation: false) else {
      throw violation("continuation not asked for")
    }
    return status
  }

  /// As ``perform(_:budget:deadline:encode:claim:)``, but NO and BAD are thrown.
  @discardableResult
  nonisolated(nonsending) func run(
    _ kind: IMAPSession.Command, budget: Budget = fewLines, deadline: Deadline? = nil,
    encode body: (inout CommandEncoder) throws(UnencodableArgument) -> Void,
    claim: (Untagged) -> Bool = { _ in false }
  ) async throws(IMAPClientError) -> StatusResponse {
    let status = try await perform(kind, budget: budget, deadline: deadline, encode: body, claim: claim)
    if let refusal = Self.refusal(kind.name, status) { throw refusal }
    return status
  }

  static func refusal(_ command: String, _ status: StatusResponse) -> IMAPClientError? {
    let refused: IMAPClientError.Refusal
    switch status.kind {
    case .ok, .preauth: return nil
    case .no: refused = .no
    case .bad: refused = .bad
    case .bye: refused = .bye
    }
    return .refused(
      command: command, status: refused, code: status.code?.name, text: shortened(status.text))
  }

  /// Waits for a tagged response, or for a continuation: then nil.
  nonisolated(nonsending) func wait(
    _ patience: Patience, _ budget: inout Budget, claim: (Untagged) -> Bool, forContinuation: Bool
  ) async throws(IMAPClientError) -> StatusResponse? {
    var patience = patience
    var extensions = options.inProgressMax
    while true {
      let (meaning, octets) = try await next(patience)
      switch meaning {
      case .data(let untagged):
        try settle(untagged, octets, &budget, claim: claim)
        if Self.isInProgress(untagged), extensions > 0, case .until(let end) = patience {
          extensions -= 1
          patience = .until(max(end, commandDeadline))
        }
      case .completed(_, _, let status): return status
      case .continuation:
        if !forContinuation { throw violation("continuation not asked for") }
        return nil
      case .skipped: break
      case .greeted: throw violation("a second greeting")
      }
    }
  }

  private static func isInProgress(_ untagged: Untagged) -> Bool {
    if case .status(let status) = untagged, case .inProgress = status.code { true } else { false }
  }

  /// Gives data to the command, or counts it as unasked. Closes the connection when a limit is reached.
  func settle(
    _ untagged: Untagged, _ octets: Int, _ budget: inout Budget, claim: (Untagged) -> Bool
  ) throws(IMAPClientError) {
    do throws(IMAPClientError) {
      if claim(untagged) {
        try budget.spend(octets)
      } else {
        try session.unclaimed(untagged, octets: octets)
      }
    } catch {
      close()
      throw error
    }
  }

  func requireAuthenticated() throws(IMAPClientError) {
    if isClosed { throw .stream(.closed) }
    if !session.isAuthenticated { throw .invalidArgument("not logged in") }
  }

  @discardableResult
  func requireSelected() throws(IMAPClientError) -> SelectedFolder {
    try requireAuthenticated()
    guard let folder = session.selected else { throw .mailboxNotSelected }
    return folder
  }
}
