internal import IMAPClient
internal import IMAPCodec
internal import MailStore

/// What went wrong with single messages of a mailbox, kept from one connection to the next.
///
/// A message that ends the connection each time it is read must not end the sync (a poisonous mail).
/// The window in which it happened is read one by one then, and the message that is left alone is
/// passed with an empty envelope. Belongs to the worker's task.
final class SyncTrouble {
  private var deaths: [FolderID: (uids: UIDSet, count: Int)] = [:]
  private var suspects: [FolderID: UIDSet] = [:]
  private var unreadable: [FolderID: UIDSet] = [:]
  private var bodies: [MailID: Int] = [:]
  /// STATUS was asked for a UIDNEXT, and the connection ended.
  var statusHasNoUIDNext = false
  private var flightDeaths = 0

  /// Connections that may end in the same window before the window is suspected: a network does so
  /// for its own reasons, a parser never.
  private static let streamDeathsMax = 3
  /// Answers for a body that fail before it is left alone until the next start.
  private static let bodyFailuresMax = 4
  private static let bodiesMax = 10_000

  /// Many commands may be given at once after signing in; else one waits for the other.
  var mayAskAtOnce: Bool { flightDeaths < 2 }

  /// The connection ended while its first commands, given at once, were answered.
  func noteFlightDeath(_ error: IMAPClientError) {
    switch error {
    case .limit, .protocolViolation: flightDeaths += 2
    default: flightDeaths += 1
    }
  }

  /// They were answered: what failed before was the network.
  func noteFlightSuccess() { flightDeaths = 0 }

  /// The connection ended while `window` was read.
  func noteDeath(_ folder: FolderID, _ window: UIDSet, _ error: IMAPClientError) {
    let count = deaths[folder].map { $0.uids == window ? $0.count + 1 : 1 } ?? 1
    deaths[folder] = (window, count)
    let isItsFault =
      switch error {
      case .limit, .protocolViolation: true
      default: count >= Self.streamDeathsMax
      }
    guard isItsFault else { return }
    deaths[folder] = nil
    if window.count <= 1 {
      unreadable[folder, default: UIDSet()].formUnion(window)
    } else {
      suspects[folder, default: UIDSet()].formUnion(window)
    }
  }

  /// The server refuses this message alone.
  func noteUnreadable(_ uid: UInt32, in folder: FolderID) {
    unreadable[folder, default: UIDSet()].insert(UID(uid))
  }

  /// The UIDs of `uids` that can be asked for.
  func readable(_ uids: UIDSet, in folder: FolderID) -> UIDSet {
    unreadable[folder].map { uids.subtracting($0) } ?? uids
  }

  /// The same windows, suspected ones cut into single messages.
  /// - Parameter isAscending: the order of the windows, kept by their pieces.
  func divided(
    _ windows: [SyncPlanner.Window], in folder: FolderID, isAscending: Bool
  ) -> [SyncPlanner.Window] {
    guard let suspected = suspects[folder] else { return windows }
    return windows.flatMap { window -> [SyncPlanner.Window] in
      if window.uids.intersection(suspected).isEmpty { return [window] }
      return isAscending
        ? SyncPlanner.ascending(window.uids, in: window.covers, isOpen: false, size: 1)
        : SyncPlanner.descending(window.uids, in: window.covers, size: 1)
    }
  }

  func failures(of mail: MailID) -> Int { bodies[mail] ?? 0 }
  func mayTry(_ mail: MailID) -> Bool { failures(of: mail) < Self.bodyFailuresMax }

  func noteFailure(of mail: MailID) {
    if bodies[mail] == nil, bodies.count >= Self.bodiesMax { bodies.removeAll() }
    bodies[mail, default: 0] += 1
  }

  func noteSuccess(of mail: MailID) { bodies[mail] = nil }
}
