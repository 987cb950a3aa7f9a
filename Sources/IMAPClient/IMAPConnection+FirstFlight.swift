internal import Bytes
internal import IMAPCodec

extension IMAPConnection {
  /// Says who we are, switches extensions on, reads the list of folders with their states, opens a folder
  /// and asks for news of the others: as one piece, in one round trip (RFC 9051 §5.5).
  ///
  /// Servers answer commands in their order, so that what ENABLE switches on holds for those behind it. For a
  /// connection that has just signed in by ``authenticate(_:by:enabling:)``, without enabling.
  /// - Throws: what ends the connection. A refusal only leaves its part of the answer out.
  package nonisolated(nonsending) func begin(
    _ flight: FirstFlight
  ) async throws(IMAPClientError) -> FirstFlightAnswer {
    try requireAuthenticated()
    let enables = enabled.isEmpty && session.has("ENABLE") ? wantedExtensions.names : []
    let knowsChanges = enabled.contains("QRESYNC") || enables.contains { $0.description == "QRESYNC" }
    let resync = knowsChanges ? flight.resync : nil
    var answer = FlightAnswer(resync: resync)
    var bytes: [UInt8] = []
    for part in parts(flight, enables) {
      guard let (tag, command) = try encode(part, resync, allStates: flight.wantsAllStates) else { continue }
      session.begin(part.command, tag: tag)
      answer.parts[tag] = part
      bytes += command
    }
    let unreadable = session.unreadable
    try await send(bytes)
    try await receive(&answer)
    // A folder left out would be taken for one that is gone.
    if session.unreadable != unreadable { throw violation("unreadable answer to the first commands") }
    if enables.count > 1, answer.refusesEnable { try await enableExtensions() }
    return try finish(flight, answer)
  }

  private nonisolated(nonsending) func receive(_ answer: inout FlightAnswer) async throws(IMAPClientError) {
    var list = Budget("LIST", lines: options.listLinesMax, octets: 64 << 20)
    var select = Budget("SELECT", lines: options.resyncLinesMax, octets: options.resyncOctetsMax)
    while session.isBusy {
      let (meaning, octets) = try await next(.whileProgressing(seconds: options.commandSeconds))
      switch meaning {
      case .data(let untagged):
        switch answer.take(untagged) {
        case .opening: try settle(untagged, octets, &select) { _ in true }
        case .rest: try settle(untagged, octets, &list) { _ in true }
        case .none: try settle(untagged, octets, &list) { _ in false }
        }
      case .completed(let tag, _, let status):
        if answer.complete(tag, status) == .notify, status.kind == .ok { session.setNotifies(true) }
      case .skipped: break
      case .continuation, .greeted: throw violation("continuation not asked for")
      }
    }
  }

  private func finish(
    _ flight: FirstFlight, _ answer: FlightAnswer
  ) throws(IMAPClientError) -> FirstFlightAnswer {
    var result = FirstFlightAnswer()
    if answer.isListed { result.entries = answer.entries }
    result.states = answer.states.compactMapValues(Self.folderStatus)
    guard let name = flight.open, answer.isOpened else { return result }
    var folder = try folder(name, answer.opening, readOnly: true)
    if let resync = answer.resync, enabled.contains("QRESYNC") {
      folder.resynced = answer.opening.tellsAll(since: resync, of: folder)
    }
    result.opened = keep(folder, answer.opening)
    return result
  }

  private func parts(_ flight: FirstFlight, _ enables: [StaticString]) -> [FlightPart] {
    var parts: [FlightPart] = []
    if session.has("ID"), !flight.identity.isEmpty { parts.append(.id(flight.identity)) }
    if !enables.isEmpty { parts.append(.enable(enables)) }
    parts.append(.list)
    let tellsStates = flight.wantsAllStates && session.has("LIST-STATUS")
    if !tellsStates { parts += flight.folders.map { .status($0) } }
    if let name = flight.open { parts.append(.open(name)) }
    if flight.notifies, session.has("NOTIFY") { parts.append(.notify) }
    return parts
  }

  /// nil for a part that cannot go out without waiting for the server.
  private func encode(
    _ part: FlightPart, _ resync: QResync?, allStates: Bool
  ) throws(IMAPClientError) -> (tag: String, bytes: [UInt8])? {
    // What ENABLE makes of names beyond ASCII is not known yet.
    if let name = part.folder, name.wire.contains(where: { $0 >= 0x80 || $0 == 0x26 }) { return nil }
    let (session, modSeq) = (session, knowsModSeq)
    let (tag, command) = try encode { (e) throws(UnencodableArgument) in
      switch part {
      case .id(let fields):
        try Self.encodeID(fields.prefix(30).map { ($0.name, $0.value) }, &e)
      case .enable(let names):
        e.word("ENABLE")
        for name in names { e.word(name) }
      case .list:
        let special = session.has("LIST-EXTENDED") && session.has("SPECIAL-USE")
        Self.encodeList(
          special: special, states: allStates && session.has("LIST-STATUS"), modSeq: modSeq, &e)
      case .status(let name):
        e.word("STATUS ")
        try e.mailbox(name)
        e.raw(" ")
        Self.statusItems(&e, modSeq: modSeq, size: false, appendLimit: false)
      case .open(let name):
        e.word("EXAMINE ")
        try e.mailbox(name)
        if let resync { try Self.encode(resync, &e) } else if modSeq { e.raw(" (CONDSTORE)") }
      case .notify: e.word(Self.requests[0])
      }
    }
    return command.segments.count == 1 ? (tag, command.segments[0]) : nil
  }
}

/// One command of a first flight.
private enum FlightPart {
  case id([IMAPOptions.Field])
  case enable([StaticString])
  case list
  case status(MailboxName)
  case open(MailboxName)
  case notify

  var command: IMAPSession.Command {
    switch self {
    case .id: .plain("ID")
    case .enable: .plain("ENABLE")
    case .list: .plain("LIST")
    case .status: .plain("STATUS")
    case .open: .select(name: "EXAMINE")
    case .notify: .plain("NOTIFY")
    }
  }

  var folder: MailboxName? {
    switch self {
    case .status(let name), .open(let name): name
    case .id, .enable, .list, .notify: nil
    }
  }
}

/// What comes back for a first flight. All of it may come in any order: each answer is known by what it is.
private struct FlightAnswer {
  enum Taker { case opening, rest, none }
  enum Completed { case notify, other }

  /// Commands that were not answered yet, by their tags.
  var parts: [String: FlightPart] = [:]
  let resync: QResync?
  var opening: SelectAnswer
  var entries: [ListEntry] = []
  var states: [MailboxName: StatusItems] = [:]
  private var places: [MailboxName: Int] = [:]
  private(set) var isListed = false
  private(set) var isOpened = false
  private(set) var refusesEnable = false

  init(resync: QResync?) {
    self.resync = resync
    opening = SelectAnswer(isResync: resync != nil)
  }

  mutating func take(_ untagged: Untagged) -> Taker {
    switch untagged {
    case .list(let entry):
      guard waits({ $0.isList }) else { return .none }
      if let i = places[entry.name] {
        entries[i].attributes += entry.attributes.filter { !entries[i].attributes.contains($0) }
      } else {
        places[entry.name] = entries.count
        entries.append(entry)
      }
      return .rest
    case .mailboxStatus(let name, let items):
      guard waits({ $0.isList || $0.isStatus }) else { return .none }
      states[name] = items
      return .rest
    case .enabled: return waits({ $0.isEnable }) ? .rest : .none
    case .id: return waits({ $0.isID }) ? .rest : .none
    default: return waits({ $0.isOpen }) && opening.take(untagged) ? .opening : .none
    }
  }

  mutating func complete(_ tag: String, _ status: StatusResponse) -> Completed {
    guard let part = parts.removeValue(forKey: tag) else { return .other }
    switch part {
    case .notify: return .notify
    case .list: isListed = status.kind == .ok
    case .open: isOpened = status.kind == .ok
    case .enable: refusesEnable = status.kind == .bad
    case .id, .status: break
    }
    return .other
  }

  private func waits(_ isIt: (FlightPart) -> Bool) -> Bool { parts.values.contains(where: isIt) }
}

extension FlightPart {
  fileprivate var isList: Bool { if case .list = self { true } else { false } }
  fileprivate var isStatus: Bool { if case .status = self { true } else { false } }
  fileprivate var isEnable: Bool { if case .enable = self { true } else { false } }
  fileprivate var isID: Bool { if case .id = self { true } else { false } }
  fileprivate var isOpen: Bool { if case .open = self { true } else { false } }
}
