/// What is made of a server's offers: which extensions are used, which are not, and why. A pure function of
/// the ``ServerEvidence``.
package struct ServerProfile: Sendable, Hashable {
  package var evidence: ServerEvidence
  /// Rows of ``ServerQuirk/all`` that hold, in the table's order.
  package let quirks: [ServerQuirk]

  package init(_ evidence: ServerEvidence) {
    self.evidence = evidence
    quirks = ServerQuirk.all.filter { $0.signs.contains(where: evidence.shows) }
  }

  /// ID is to be given before the login.
  package var identifiesFirst: Bool { quirks.contains { $0.effect == .identifiesFirst } }

  /// Offered, by its name or as a part of IMAP4rev2.
  /// - Parameter name: upper case.
  package func offers(_ name: String) -> Bool {
    evidence.capabilities.contains(name) || (speaksRev2Only && Self.partOfRev2.contains(name))
  }

  /// Offered and trusted.
  package func uses(_ name: String) -> Bool { offers(name) && distrust(of: name) == nil }

  func distrust(of name: String) -> ServerQuirk? { quirks.first { $0.effect == .distrusts(name) } }

  /// Such a server speaks RFC 9051 from the first word, without ENABLE.
  package var speaksRev2Only: Bool {
    evidence.capabilities.contains("IMAP4REV2") && !evidence.capabilities.contains("IMAP4REV1")
  }

  /// Extensions that RFC 9051 took into the protocol (appendix E).
  static let partOfRev2: Set<String> = [
    "ENABLE", "ESEARCH", "IDLE", "LIST-EXTENDED", "LIST-STATUS", "LITERAL-", "MOVE", "NAMESPACE", "SASL-IR",
    "SEARCHRES", "STATUS=SIZE", "UIDPLUS", "UNSELECT",
  ]
}

extension ServerProfile {
  /// What was decided of one extension.
  package struct Finding: Sendable, Hashable {
    package enum Decision: String, Sendable, Hashable {
      case used
      /// Offered, and known not to do what it says.
      case distrusted
      /// Offered, and something better is, too; or switched off.
      case passedOver
      /// Not offered.
      case absent
    }

    /// As in the capability list.
    package var feature: String
    package var decision: Decision
    /// One sentence for people.
    package var reason: String
    /// Of the quirk that decided.
    package var source: String?
  }

  private struct Feature {
    var name: String
    /// What it is used for.
    var gain: String
    /// How the same is had without.
    var without: String
    /// Not used where one of these is.
    var unless: [String] = []
  }

  /// What is used of the extensions, and what is decided of each, in a fixed order.
  package var findings: [Finding] { Self.features.map(finding) }

  private func finding(_ feature: Feature) -> Finding {
    if let quirk = distrust(of: feature.name), offers(feature.name) {
      return Finding(
        feature: feature.name, decision: .distrusted, reason: quirk.fact + " Instead: " + feature.without,
        source: quirk.source)
    }
    let isOffered =
      feature.name == "APPENDLIMIT"
      ? evidence.capabilities.contains { $0 == "APPENDLIMIT" || $0.hasPrefix("APPENDLIMIT=") }
      : offers(feature.name)
    guard isOffered else {
      return Finding(feature: feature.name, decision: .absent, reason: "Not offered: " + feature.without)
    }
    if let better = feature.unless.first(where: uses) {
      return Finding(
        feature: feature.name, decision: .passedOver, reason: "\(better) does this, and is used.")
    }
    return Finding(feature: feature.name, decision: .used, reason: feature.gain)
  }

  private static let features: [Feature] = [
    .init(
      name: "IDLE", gain: "News of the open folder come at once.", without: "NOOP is asked at intervals."),
    .init(
      name: "NOTIFY", gain: "News of all folders come at once, over one connection.",
      without: "other folders are asked by STATUS at intervals."),
    .init(
      name: "QRESYNC", gain: "Opening a folder tells what changed and what went since the last time.",
      without: "CONDSTORE, and the numbers of messages are compared."),
    .init(
      name: "CONDSTORE", gain: "Changed flags are asked for by their time.",
      without: "the newest messages' flags are read again.", unless: ["QRESYNC"]),
    .init(
      name: "ESEARCH", gain: "Sets of UIDs come in ranges.",
      without: "they come one by one, in bounded slices."),
    .init(
      name: "SEARCHRES", gain: "What a search finds is fetched in the same round trip.",
      without: "SEARCH first, then FETCH."),
    .init(
      name: "PARTIAL", gain: "The newest UIDs are asked for by their number.",
      without: "they are cut from the whole answer."),
    .init(
      name: "LIST-STATUS", gain: "All folders' states come in one round trip.",
      without: "each folder is asked by STATUS."),
    .init(
      name: "LIST-EXTENDED", gain: "Folders come with all that is known of them.", without: "plain LIST."),
    .init(
      name: "SPECIAL-USE", gain: "The server says which folder is for what.",
      without: "attributes it gives unasked count, else folders' names."),
    .init(
      name: "NAMESPACE", gain: "The server says whose folders are where.",
      without: "all folders are taken for the account's own."),
    .init(
      name: "UIDPLUS", gain: "The server says where a stored message went, and single messages are expunged.",
      without: "messages are marked \\Deleted and left to the server."),
    .init(
      name: "MOVE", gain: "Messages move in one step.", without: "COPY, then \\Deleted and UID EXPUNGE."),
    .init(
      name: "MULTIAPPEND", gain: "Several messages are stored in one step, all or none.",
      without: "one APPEND each."),
    .init(
      name: "APPENDLIMIT", gain: "Messages that are too large are not sent.",
      without: "the server refuses them."),
    .init(
      name: "UNSELECT", gain: "Folders are closed without expunging.", without: "EXAMINE, then CLOSE."),
    .init(
      name: "LITERAL+", gain: "Long arguments need no round trip.",
      without: "they wait for the server's word."),
    .init(
      name: "LITERAL-", gain: "Arguments up to 4096 octets need no round trip.",
      without: "they wait for the server's word.", unless: ["LITERAL+"]),
    .init(
      name: "SASL-IR", gain: "Signing in takes a round trip less.",
      without: "the mechanism's name goes first."),
    .init(name: "ID", gain: "Both sides say who they are.", without: "nothing is said."),
    .init(
      name: "COMPRESS=DEFLATE", gain: "Octets travel compressed where the caller wants it.",
      without: "they travel as they are."),
    .init(
      name: "BINARY", gain: "Parts come decoded, and messages with NUL octets can be stored.",
      without: "parts are decoded here; a message with NUL cannot be stored."),
    .init(
      name: "UTF8=ACCEPT", gain: "Mail with addresses and names beyond ASCII comes unchanged.",
      without: "folders' names go in modified UTF-7."),
    .init(
      name: "OBJECTID", gain: "The server says which messages in different folders are one.",
      without: "Message-ID, size and date tell."),
    .init(
      name: "X-GM-EXT-1", gain: "Gmail says which messages and threads are one, and their labels.",
      without: "they are told by the messages themselves."),
    .init(
      name: "STATUS=SIZE", gain: "A folder's size is known before it is read.", without: "it is not known."),
    .init(name: "PREVIEW", gain: "The server gives the first words.", without: "they are cut from the body."),
    .init(
      name: "SAVEDATE", gain: "The server says when a message came into a folder.",
      without: "the internal date stands for it."),
    .init(
      name: "UIDONLY", gain: "Expunged messages are told by UID.",
      without: "after an EXPUNGE the folder is compared.", unless: ["QRESYNC"]),
  ]
}
