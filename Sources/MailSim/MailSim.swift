internal import Bytes
internal import Sockets
internal import Synchronization

/// A mail provider that exists only in this process: IMAP and submission servers on 127.0.0.1 with
/// users, mailboxes of any size, correspondents who answer, and faults on request.
///
///     let sim = MailSim(options: options)
///     let endpoints = try await sim.start()
///     defer { ... await sim.stop() }
///
/// All methods may be called from anywhere, before, while and after the servers run. What is in the
/// mailboxes is in memory only and ends with the value.
public final class MailSim: Sendable {
  private struct Running: Sendable {
    let endpoints: MailSimEndpoints
    let listeners: [Listener]
    let task: Task<Void, Never>
    let certificates: ServerCertificates
  }

  public let options: MailSimOptions
  private let world: World
  private let ledger = Ledger()
  private let post: Post
  private let running = Mutex<Running?>(nil)

  public init(options: MailSimOptions = MailSimOptions()) {
    self.options = options
    world = World(options: options, nowSeconds: Clock.nowSeconds)
    post = Post(world: world, ledger: ledger)
  }

  deinit { running.withLock { $0?.task.cancel() } }

  // MARK: Life

  /// Opens the four ports. Once started, later calls give the same endpoints until ``stop()``.
  ///
  /// - Throws: ``MailSimError`` when a port is taken or the certificates cannot be written.
  public func start() async throws(MailSimError) -> MailSimEndpoints {
    if let endpoints = running.withLock({ $0?.endpoints }) { return endpoints }
    let certificates = try ServerCertificates(options)
    var listeners: [Listener] = []
    do {
      for port in [options.imapsPort, options.imapPort, options.smtpsPort, options.submissionPort] {
        listeners.append(try Listener.bind(.tcp(host: Self.host, port: port)))
      }
    } catch {
      for listener in listeners { listener.close() }
      certificates.remove()
      throw .cannotListen("\(error)")
    }
    let endpoints = MailSimEndpoints(
      host: Self.host, imapsPort: listeners[0].port, imapPort: listeners[1].port,
      smtpsPort: listeners[2].port,
      submissionPort: listeners[3].port, caFile: certificates.caFile)
    let servers = [
      (listeners[0], Server.imap(tls: true)), (listeners[1], .imap(tls: false)),
      (listeners[2], .smtp(tls: true)),
      (listeners[3], .smtp(tls: false)),
    ]
    let (world, ledger, post, tls) = (world, ledger, post, certificates.context)
    let distance = Distance(roundTripMilliseconds: options.roundTripMilliseconds, ledger: ledger)
    let task = Task {
      await withDiscardingTaskGroup { tasks in
        tasks.addTask { await post.run() }
        for (listener, server) in servers {
          tasks.addTask {
            await listener.run(on: .shared) { socket in
              await distance.run(socket) {
                await server.serve($0, world: world, ledger: ledger, post: post, tls: tls)
              }
            }
          }
        }
      }
    }
    running.withLock {
      $0 = Running(endpoints: endpoints, listeners: listeners, task: task, certificates: certificates)
    }
    return endpoints
  }

  private static let host = "127.0.0.1"

  /// Closes the ports and every connection, and waits until that is done.
  public func stop() async {
    guard let running = running.withLock({ $0.take() }) else { return }
    for listener in running.listeners { listener.close() }
    running.task.cancel()
    await running.task.value
    running.certificates.remove()
  }

  private enum Server: Sendable {
    case imap(tls: Bool)
    case smtp(tls: Bool)

    func serve(
      _ socket: any ByteStream, world: World, ledger: Ledger, post: Post, tls: TLSServerContext
    ) async {
      var stream: any ByteStream = socket
      let encrypted: Bool
      switch self {
      case .imap(let on), .smtp(let on): encrypted = on
      }
      if encrypted {
        do {
          stream = try await tls.wrap(socket, deadline: .after(seconds: 30))
        } catch {
          // A client that does not trust the certificate goes away here.
          return
        }
      }
      switch self {
      case .imap:
        await IMAPSession(stream: stream, isEncrypted: encrypted, world: world, ledger: ledger, tls: tls)
          .run()
      case .smtp:
        await SMTPSession(
          stream: stream, isEncrypted: encrypted, world: world, ledger: ledger, post: post, tls: tls
        ).run()
      }
    }
  }

  // MARK: Mailboxes

  /// Puts a mail into a user's folder, as if it had come from outside; who is in IDLE is told at once.
  ///
  /// - Parameter folder: nil: INBOX, and what else the profile gives a new mail.
  /// - Returns: its UID.
  /// - Throws: ``MailSimError/noSuchMailbox(user:folder:)``.
  @discardableResult
  public func deliver(
    raw: [UInt8], to user: String, folder: String? = nil, flags: [String] = []
  ) throws(MailSimError) -> UInt32 {
    let owner = try known(user, folder)
    let uid =
      folder == nil && flags.isEmpty
      ? post.deliver(raw, to: owner)
      : world.add(raw, to: owner, folder ?? "INBOX", flags: flags, seconds: Clock.nowSeconds)
    guard let uid else { throw .noSuchMailbox(user: user, folder: folder ?? "INBOX") }
    return uid
  }

  /// The names of a user's folders, sorted.
  public func folders(of user: String) throws(MailSimError) -> [String] {
    let owner = try known(user, nil)
    return world.with(owner) { $0.mailboxes.keys.sorted() }
  }

  /// How many messages are in a folder.
  public func count(of user: String, folder: String = "INBOX") throws(MailSimError) -> Int {
    try look(user, folder) { $0.present.count }
  }

  /// The UIDs of a folder, ascending.
  public func uids(of user: String, folder: String = "INBOX") throws(MailSimError) -> [UInt32] {
    try look(user, folder) { Array($0.present) }
  }

  /// The messages of a folder, oldest first; those made on demand are made now.
  ///
  /// - Parameter newest: only so many of the newest ones.
  public func messages(
    of user: String, folder: String = "INBOX", newest: Int = .max
  ) throws(MailSimError) -> [SimMessage] {
    let entries = try look(user, folder) { mailbox in
      let count = mailbox.present.count
      let first = max(1, count - max(0, min(newest, count)) + 1)
      guard first <= count else { return [Mailbox.Entry]() }
      return mailbox.entries(mailbox.present.uids(numbers: UIDRanges(UInt32(first)...UInt32(count))))
    }
    return entries.map { SimMessage(uid: $0.uid, flags: $0.flags, raw: $0.content.raw) }
  }

  /// Gives a message these flags, as another client would.
  public func setFlags(_ flags: [String], of uid: UInt32, user: String, folder: String = "INBOX")
    throws(MailSimError)
  {
    let owner = try known(user, folder)
    try look(user, folder) { $0.setFlags(uid, flags) }
    world.changed(owner, folder)
  }

  /// Removes messages for good, as another client would.
  public func expunge(_ uids: ClosedRange<UInt32>, user: String, folder: String = "INBOX")
    throws(MailSimError)
  {
    let owner = try known(user, folder)
    try look(user, folder) { $0.remove(UIDRanges(uids)) }
    world.changed(owner, folder)
  }

  /// Gives a folder a new UIDVALIDITY and its messages new UIDs. Connections that have it selected end.
  public func renumber(user: String, folder: String = "INBOX") throws(MailSimError) {
    let owner = try known(user, folder)
    world.renumber(owner, folder)
  }

  /// Makes a new, empty folder, as another client would; false when there is one of that name.
  @discardableResult
  public func createFolder(_ folder: String, user: String) throws(MailSimError) -> Bool {
    world.create(try known(user, folder), folder)
  }

  /// Removes a folder with its messages.
  public func deleteFolder(_ folder: String, user: String) throws(MailSimError) {
    let owner = try known(user, folder)
    guard world.delete(owner, folder) else { throw .noSuchMailbox(user: user, folder: folder) }
  }

  /// Gives a folder, and those below it, another name.
  /// - Throws: ``MailSimError/noSuchMailbox(user:folder:)``, also when the new name is taken.
  public func renameFolder(_ old: String, to new: String, user: String) throws(MailSimError) {
    let owner = try known(user, old)
    if world.rename(owner, old, to: new) != nil { throw .noSuchMailbox(user: user, folder: old) }
  }

  /// Moves a message to another folder, as another client would.
  /// - Returns: its UID there; nil when it is not in `folder`.
  @discardableResult
  public func move(_ uid: UInt32, from folder: String, to target: String, user: String)
    throws(MailSimError) -> UInt32?
  {
    let owner = try known(user, folder)
    guard let entry = try look(user, folder, { $0.entry(uid) }) else { return nil }
    let fresh = try look(user, target) {
      $0.add(entry.content.raw, flags: entry.flags, receivedSeconds: entry.receivedSeconds)
    }
    try look(user, folder) { $0.remove(UIDRanges(uid...uid)) }
    world.changed(owner, target)
    world.changed(owner, folder)
    return fresh
  }

  private func known(_ user: String, _ folder: String?) throws(MailSimError) -> String {
    guard let owner = world.user(user) else { throw .noSuchMailbox(user: user, folder: folder ?? "INBOX") }
    return owner
  }

  private func look<R: Sendable>(
    _ user: String, _ folder: String, _ body: (inout Mailbox) -> R
  ) throws(MailSimError) -> R {
    let owner = try known(user, folder)
    guard let result = world.with(owner, folder, body) else {
      throw .noSuchMailbox(user: user, folder: folder)
    }
    return result
  }

  /// From now on a user signs in by this password, or by this access token, and by no other.
  public func setPassword(_ password: String, of user: String) throws(MailSimError) {
    world.setPassword(password, of: try known(user, "INBOX"))
  }

  // MARK: Faults and records

  /// From now on this goes wrong, besides what was added before.
  public func add(_ fault: Fault) { ledger.add(fault) }

  /// From now on nothing goes wrong.
  public func clearFaults() { ledger.clearFaults() }

  /// Every mail taken by the submission server, in order.
  public var submissions: [Submission] { ledger.submissions }

  /// How many times a mail with this Message-ID was taken; 1 is what a client must reach.
  ///
  /// - Parameter messageID: with or without "<>".
  public func submissionCount(messageID: String) -> Int {
    let wanted = messageID.hasPrefix("<") ? messageID : "<\(messageID)>"
    return ledger.submissions.reduce(0) {
      $0 + ($1.messageID.map { $0.utf8.elementsEqual(wanted.utf8) } == true ? 1 : 0)
    }
  }

  /// What the servers were asked, in order; the oldest are forgotten after 100,000.
  public var commands: [CommandRecord] { ledger.commands }

  /// What went over the wire since the beginning.
  public var traffic: SimTraffic { ledger.traffic }
}

/// Why a simulated provider cannot do what it is asked.
public enum MailSimError: Error, Sendable, Hashable {
  case cannotListen(String)
  case certificates(String)
  case noSuchMailbox(user: String, folder: String)
}
