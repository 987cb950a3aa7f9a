internal import Bytes
internal import Synchronization

/// All users with their folders, and who wants to hear of changes.
final class World: Sendable {
  struct Account: Sendable {
    /// By name; the name is the text behind modified UTF-7.
    var mailboxes: [String: Mailbox]
    var unsubscribed: Set<String> = []
    var created: UInt32 = 0
  }

  private struct State {
    var accounts: [String: Account] = [:]
    var watchers: [Place: [Int: AsyncStream<Void>.Continuation]] = [:]
    var watcherNumber = 0
  }

  struct Place: Sendable, Hashable {
    let user: String
    let folder: String
  }

  /// Somebody who wants to hear of changes.
  struct Watch: Sendable {
    fileprivate let place: Place
    fileprivate let number: Int
    /// An element whenever the folder may have changed; ends with ``World/unwatch(_:)``.
    let wakes: AsyncStream<Void>
  }

  let options: MailSimOptions
  let layout: FolderLayout
  private let newestSeconds: Int64
  private let state = Mutex(State())
  private let newPasswords = Mutex<[String: String]>([:])

  init(options: MailSimOptions, nowSeconds: Int64) {
    self.options = options
    layout = FolderLayout(options.profile)
    newestSeconds = options.newestSeconds ?? nowSeconds / 3600 * 3600
  }

  // MARK: Users

  /// The user with this login name or address, when there is one.
  func user(_ name: String) -> String? {
    var local = name.lowercased()
    if let at = local.utf8.lastIndex(of: 0x40) {
      guard local[local.index(after: at)...].utf8.elementsEqual(options.domain.lowercased().utf8) else {
        return nil
      }
      local = String(local[..<at])
    }
    // "alice+orders" is Alice.
    if let plus = local.utf8.firstIndex(of: 0x2B) { local = String(local[..<plus]) }
    // Names become part of addresses and ids.
    guard !local.isEmpty,
      local.utf8.allSatisfy({ ASCII.isAlphanumeric($0) || [0x2D, 0x2E, 0x5F].contains($0) })
    else {
      return nil
    }
    return options.users[local] != nil || options.anyUser != nil ? local : nil
  }

  func isPassword(_ password: String, of user: String) -> Bool {
    (newPasswords.withLock { $0[user] } ?? options.users[user] ?? options.anyUser)
      .map { $0.utf8.elementsEqual(password.utf8) } ?? false
  }

  func setPassword(_ password: String, of user: String) {
    newPasswords.withLock { $0[user] = password }
  }

  func isLocal(_ address: String) -> Bool {
    let bytes = address.lowercased().utf8
    guard let at = bytes.lastIndex(of: 0x40) else { return false }
    return bytes[bytes.index(after: at)...].elementsEqual(options.domain.lowercased().utf8)
  }

  // MARK: Folders

  /// Runs `body` on the user's account, made at first use.
  func with<R: Sendable>(_ user: String, _ body: (inout Account) throws -> R) rethrows -> R {
    try state.withLock { s in
      var account = s.accounts[user] ?? makeAccount(user)
      defer { s.accounts[user] = account }
      // The dictionary must not hold a second reference while body changes the value.
      s.accounts[user] = nil
      return try body(&account)
    }
  }

  /// Runs `body` on a folder; nil when there is none of that name.
  func with<R: Sendable>(_ user: String, _ folder: String, _ body: (inout Mailbox) -> R) -> R? {
    with(user) { account in
      // Taken out, so that the dictionary holds no second reference while it changes.
      guard var mailbox = account.mailboxes.removeValue(forKey: folder) else { return nil }
      defer { account.mailboxes[folder] = mailbox }
      return body(&mailbox)
    }
  }

  /// Adds a message and tells who watches; the UID, or nil when there is no such folder.
  @discardableResult
  func add(_ raw: [UInt8], to user: String, _ folder: String, flags: [String] = [], seconds: Int64) -> UInt32?
  {
    let uid = with(user, folder) { $0.add(raw, flags: flags, receivedSeconds: seconds) }
    changed(user, folder)
    return uid
  }

  /// A new, empty folder; false when it exists.
  func create(_ user: String, _ folder: String) -> Bool {
    with(user) { account in
      guard account.mailboxes[folder] == nil else { return false }
      account.created += 1
      account.mailboxes[folder] = Mailbox(
        uidValidity: Self.firstUIDValidity + 1000 + account.created, specialUse: nil, maker: nil)
      return true
    }
  }

  /// False when there is none.
  func delete(_ user: String, _ folder: String) -> Bool {
    guard with(user, { $0.mailboxes.removeValue(forKey: folder) }) != nil else { return false }
    changed(user, folder)
    return true
  }

  /// Gives a folder, and those below it, another name.
  /// - Returns: why not; nil when it is done.
  func rename(_ user: String, _ old: String, to new: String) -> String? {
    let problem: String? = with(user) { account in
      if account.mailboxes[new] != nil { return "[ALREADYEXISTS] Mailbox exists" }
      guard account.mailboxes[old] != nil else { return "[NONEXISTENT] No such mailbox" }
      for name in account.mailboxes.keys where name == old || name.hasPrefix(old + "/") {
        account.mailboxes[new + name.dropFirst(old.count)] = account.mailboxes.removeValue(forKey: name)
      }
      return nil
    }
    if problem == nil { changed(user, old) }
    return problem
  }

  /// The same messages under a new UIDVALIDITY and new UIDs, as after a server's repair.
  func renumber(_ user: String, _ folder: String) {
    with(user) { account in
      guard let old = account.mailboxes[folder] else { return }
      account.created += 1
      var fresh = Mailbox(
        uidValidity: Self.firstUIDValidity + 1000 + account.created, specialUse: old.specialUse, maker: nil)
      for entry in old.entries(old.present) {
        _ = fresh.add(entry.content.raw, flags: entry.flags, receivedSeconds: entry.receivedSeconds)
      }
      account.mailboxes[folder] = fresh
    }
    changed(user, folder)
  }

  private static let firstUIDValidity: UInt32 = 1_700_000_000

  private func makeAccount(_ user: String) -> Account {
    var mailboxes: [String: Mailbox] = [:]
    for (i, folder) in layout.folders.enumerated() {
      let maker = folder.kind.map {
        MessageMaker(
          seed: options.seed, user: user, domain: options.domain, kind: $0, inboxCount: options.messages,
          newestSeconds: newestSeconds)
      }
      mailboxes[folder.name] = Mailbox(
        uidValidity: Self.firstUIDValidity + UInt32(i), specialUse: folder.specialUse, maker: maker)
    }
    return Account(mailboxes: mailboxes)
  }

  // MARK: Watching

  func watch(_ user: String, _ folder: String) -> Watch {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let place = Place(user: user, folder: folder)
    let number = state.withLock { s in
      s.watcherNumber += 1
      s.watchers[place, default: [:]][s.watcherNumber] = continuation
      return s.watcherNumber
    }
    return Watch(place: place, number: number, wakes: stream)
  }

  func unwatch(_ watch: Watch) {
    let wake = state.withLock { s in
      let wake = s.watchers[watch.place]?.removeValue(forKey: watch.number)
      if s.watchers[watch.place]?.isEmpty == true { s.watchers[watch.place] = nil }
      return wake
    }
    wake?.finish()
  }

  /// Wakes those who watch the folder. Called after every change, outside of ``with(_:_:_:)``.
  func changed(_ user: String, _ folder: String) {
    let wakes = state.withLock { $0.watchers[Place(user: user, folder: folder)]?.values.map { $0 } ?? [] }
    for wake in wakes { wake.yield() }
  }
}
