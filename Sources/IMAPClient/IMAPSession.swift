internal import IMAPCodec

/// What one connection knows, as a value: no I/O, no clock.
///
/// The driver (``IMAPConnection``) tells it each command begun and each response received; it answers
/// what the response means, keeps the state of RFC 9051 §3, and counts what nobody asked for.
struct IMAPSession: Sendable {
  enum State: Sendable, Equatable {
    /// Nothing has come yet. → notAuthenticated, authenticated (PREAUTH), loggedOut (BYE)
    case greeting
    /// → authenticated (AUTHENTICATE, LOGIN), loggedOut
    case notAuthenticated
    /// → selected (SELECT, EXAMINE), loggedOut
    case authenticated
    /// → authenticated (CLOSE, UNSELECT, a failed SELECT), selected, loggedOut
    case selected(SelectedFolder)
    /// BYE came or LOGOUT is done. Final.
    case loggedOut
  }

  /// What a command does to the state when it ends.
  enum Command: Sendable, Equatable {
    case plain(String)
    case startTLS
    case authenticate(String)
    case select(name: String)
    case unselect(name: String)
    case logout

    var name: String {
      switch self {
      case .plain(let name), .authenticate(let name), .select(let name), .unselect(let name): name
      case .startTLS: "STARTTLS"
      case .logout: "LOGOUT"
      }
    }
  }

  /// What a response means to the driver.
  enum Meaning: Sendable, Equatable {
    case greeted(StatusResponse)
    /// For the command in flight, if it takes it (else ``unclaimed(_:octets:)``).
    case data(Untagged)
    case continuation([UInt8])
    case completed(tag: String, Command, StatusResponse)
    /// It could not be read and was counted.
    case skipped
  }

  private(set) var state = State.greeting
  /// Upper case; nil until told since the last change of the connection's standing.
  private(set) var capabilities: Set<String>? {
    didSet { refreshProfile() }
  }
  /// What is made of the server by all that it has shown.
  private(set) var profile: ServerProfile
  /// The last referral to another server (RFC 2193, RFC 2221). It is never followed.
  private(set) var referral: String?
  /// NOTIFY is on: the server tells of folders that are not open.
  private(set) var notifies = false
  private(set) var enabled: Set<String> = []
  private(set) var events: [UntaggedEvent] = []
  /// Frames skipped since they could not be read.
  private(set) var unreadable = 0
  /// Responses passed since we do not know them.
  private(set) var unknown = 0

  private let options: IMAPOptions
  private var inFlight: [(tag: String, command: Command)] = []
  private var tags: UInt64 = 0
  private var unaskedLines = 0
  private var unaskedOctets = 0

  init(options: IMAPOptions) {
    self.options = options
    var evidence = ServerEvidence()
    evidence.host = options.host
    profile = ServerProfile(evidence)
  }

  // MARK: Commands

  var isBusy: Bool { !inFlight.isEmpty }

  var selected: SelectedFolder? {
    if case .selected(let folder) = state { folder } else { nil }
  }

  var isAuthenticated: Bool {
    switch state {
    case .authenticated, .selected: true
    case .greeting, .notAuthenticated, .loggedOut: false
    }
  }

  /// Whether the server offers it, by name or as a part of IMAP4rev2, and is trusted with it.
  func has(_ capability: String) -> Bool {
    guard capabilities != nil, profile.distrust(of: capability) == nil else { return false }
    return profile.offers(capability)
      || (enabled.contains("IMAP4REV2") && ServerProfile.partOfRev2.contains(capability))
  }

  /// Names of mailboxes travel in UTF-8 (RFC 6855 §3, RFC 9051 §5.1).
  var hasUTF8Names: Bool {
    enabled.contains("UTF8=ACCEPT") || enabled.contains("IMAP4REV2")
      || (capabilities != nil && profile.speaksRev2Only)
  }

  private mutating func refreshProfile() {
    guard let capabilities, capabilities != profile.evidence.capabilities else { return }
    change { $0.capabilities = capabilities }
  }

  private mutating func change(_ body: (inout ServerEvidence) -> Void) {
    var evidence = profile.evidence
    body(&evidence)
    profile = ServerProfile(evidence)
  }

  mutating func setNotifies(_ on: Bool) { notifies = on }

  mutating func nextTag() -> String {
    tags &+= 1
    return "P\(tags)"
  }

  mutating func begin(_ command: Command, tag: String) {
    if inFlight.isEmpty { resetBudget() }
    if case .authenticate = command { capabilities = nil }
    inFlight.append((tag, command))
  }

  /// A long-running command gets a fresh allowance for what nobody asked for.
  mutating func resetBudget() {
    unaskedLines = 0
    unaskedOctets = 0
  }

  /// A failed login leaves the server as it was.
  mutating func restore(capabilities: Set<String>?) { self.capabilities = capabilities }

  mutating func forgetCapabilities() { capabilities = nil }

  /// All that was heard in plain text is forgotten: anybody on the way could have said it.
  mutating func beginAgainUnderTLS() {
    let tags = tags
    self = IMAPSession(options: options)
    self.tags = tags
    state = .notAuthenticated
  }

  mutating func setSelected(_ folder: SelectedFolder) {
    if isAuthenticated { state = .selected(folder) }
  }

  mutating func takeEvents() -> [UntaggedEvent] {
    defer { events = [] }
    return events
  }

  /// Forgets what was told of a folder's messages; alerts and farewells stay.
  mutating func dropFolderEvents() {
    events.removeAll { event in
      switch event {
      case .alert, .bye: false
      case .folderChanged, .folderListChanged, .notificationsEnded: false
      case .exists, .expunged, .vanished, .flagsChanged, .overflow: true
      }
    }
  }

  // MARK: Responses

  mutating func receive(_ response: Response) throws(IMAPClientError) -> Meaning {
    switch response {
    case .untagged(let untagged):
      if case .greeting = state { return .greeted(try greeting(untagged)) }
      try take(untagged)
      return .data(untagged)
    case .continuation(let text):
      guard isBusy else { throw .protocolViolation("continuation without a command") }
      return .continuation(text)
    case .tagged(let tag, let status):
      guard let i = inFlight.firstIndex(where: { $0.tag == tag }) else {
        throw .protocolViolation("answer with a tag that is not in use")
      }
      let command = inFlight.remove(at: i).command
      complete(command, status)
      return .completed(tag: tag, command, status)
    }
  }

  private mutating func greeting(_ untagged: Untagged) throws(IMAPClientError) -> StatusResponse {
    guard case .status(let status) = untagged else { throw .protocolViolation("no greeting") }
    switch status.kind {
    case .ok: state = .notAuthenticated
    case .preauth: state = .authenticated
    case .bye:
      state = .loggedOut
      throw .refused(command: "greeting", status: .bye, code: status.code?.name, text: shortened(status.text))
    case .no, .bad: throw .protocolViolation("no greeting")
    }
    change { $0.greeting = shortened(status.text) }
    if case .capability(let names) = status.code { capabilities = Set(names) }
    return status
  }

  private mutating func complete(_ command: Command, _ status: StatusResponse) {
    let ok = status.kind == .ok
    switch command {
    case .authenticate where ok: state = .authenticated
    case .select where !ok, .unselect where ok: if isAuthenticated { state = .authenticated }
    case .logout: state = .loggedOut
    case .plain, .startTLS, .authenticate, .select, .unselect: break
    }
    if case .capability(let names) = status.code { capabilities = Set(names) }
    if case .highestModSeq(let value) = status.code { updateSelected { $0.highestModSeq = value } }
    if case .referral(let url) = status.code { referral = shortened(url) }
  }

  /// What changes the state whoever asked.
  private mutating func take(_ untagged: Untagged) throws(IMAPClientError) {
    switch untagged {
    case .capability(let names): capabilities = Set(names)
    case .enabled(let names): enabled.formUnion(names)
    case .status(let status): try take(status)
    case .exists(let n): updateSelected { $0.exists = n }
    case .expunge: updateSelected { $0.exists = $0.exists > 0 ? $0.exists - 1 : 0 }
    case .vanished(let set, earlier: false):
      updateSelected { $0.exists -= UInt32(min(UInt64($0.exists), set.count)) }
    case .unknown: unknown &+= 1
    case .id(let fields): if !fields.isEmpty { change { $0.id = fields } }
    case .vanished, .list, .mailboxStatus, .search, .extendedSearch, .flags, .recent, .fetch, .namespaces:
      break
    }
  }

  private mutating func take(_ status: StatusResponse) throws(IMAPClientError) {
    switch status.code {
    case .capability(let names): capabilities = Set(names)
    case .highestModSeq(let value): updateSelected { $0.highestModSeq = value }
    case .uidNext(let value): updateSelected { $0.uidNext = value }
    case .other("ALERT"): keep(.alert(shortened(status.text)))
    case .referral(let url): referral = shortened(url)
    case .other("NOTIFICATIONOVERFLOW"):
      notifies = false
      keep(.notificationsEnded)
    default: break
    }
    switch status.kind {
    case .bye:
      let leaving = inFlight.contains { $0.command == .logout }
      state = .loggedOut
      if !leaving {
        throw .refused(
          command: inFlight.first?.command.name ?? "", status: .bye, code: status.code?.name,
          text: shortened(status.text))
      }
    case .preauth: throw .protocolViolation("PREAUTH after the greeting")
    case .ok, .no, .bad: break
    }
  }

  private mutating func updateSelected(_ change: (inout SelectedFolder) -> Void) {
    // While another SELECT runs these words are about the folder to come.
    let selecting = inFlight.contains { if case .select = $0.command { true } else { false } }
    guard !selecting, case .selected(var folder) = state else { return }
    change(&folder)
    state = .selected(folder)
  }

  // MARK: What nobody asked for

  /// Data that the command in flight did not take: counted, and kept as an event if it is one.
  mutating func unclaimed(_ untagged: Untagged, octets: Int) throws(IMAPClientError) {
    try spend(octets: octets)
    switch untagged {
    case .exists(let n): keep(.exists(n))
    case .expunge: keep(.expunged)
    case .vanished(let set, let earlier): keep(.vanished(set, earlier: earlier))
    case .fetch(let data):
      if let flags = data.flags { keep(.flagsChanged(data.uid, flags: flags, modSeq: data.modSeq)) }
    case .list: if notifies { keep(.folderListChanged) }
    case .mailboxStatus(let name, _): if notifies { keep(.folderChanged(name)) }
    case .status, .capability, .enabled, .search, .extendedSearch, .flags, .recent, .id, .namespaces,
      .unknown:
      break
    }
  }

  /// A frame that is no response we can read. `mayMatter`: it may have told of messages.
  mutating func skipUnreadable(octets: Int, mayMatter: Bool) throws(IMAPClientError) {
    unreadable &+= 1
    try spend(octets: octets)
    if mayMatter { keep(.overflow) }
  }

  mutating func noteBye(_ code: String?, _ text: String) { keep(.bye(code: code, text: text)) }

  private mutating func spend(octets: Int) throws(IMAPClientError) {
    unaskedLines += 1
    unaskedOctets += octets
    if unaskedLines > options.unaskedLinesMax {
      throw .limit(what: "lines nobody asked for", max: UInt64(options.unaskedLinesMax))
    }
    if unaskedOctets > options.unaskedOctetsMax {
      throw .limit(what: "octets nobody asked for", max: UInt64(options.unaskedOctetsMax))
    }
  }

  private mutating func keep(_ event: UntaggedEvent) {
    if case .exists = event, case .exists? = events.last { events.removeLast() }
    if events.last == event, event == .overflow || event == .folderListChanged { return }
    if case .folderChanged = event, events.contains(event) { return }
    if events.count < options.eventsMax {
      events.append(event)
    } else if !events.contains(.overflow) {
      events.append(.overflow)
    }
  }
}

/// A server's words as errors carry them.
func shortened(_ text: String) -> String { String(text.prefix(500)) }
