internal import IMAPClient
internal import IMAPCodec
internal import Logging
internal import MailReading
internal import MailStore

extension MailboxSession {
  /// Fetches the bodies that are wanted, folder by folder, the open one first (S5).
  nonisolated(nonsending) func fetchWantedBodies() async throws {
    bodiesMayBeWanted = false
    var left: Set<MailID> = []
    while true {
      let listed = try await store.wantedMails(
        mailbox.id, limit: min(options.bodyBatch + left.count, Self.wantedMax))
      let wanted = listed.filter { !left.contains($0.id) && trouble.mayTry($0.id) }
      guard let first = wanted.first(where: { $0.folderID == selected }) ?? wanted.first else { return }
      let group = wanted.filter { $0.folderID == first.folderID }
      left.formUnion(group.map(\.id))
      guard let i = index(of: first.folderID) else { continue }
      if first.folderID != selected {
        try await visit(i)
        if folders[i].isClosed { continue }
      }
      let generation = folders[i].row.cursor?.uidValidity
      let done = try await fetchBodies(i, group.filter { $0.uidValidity == generation })
      left.subtract(done)
      try await lookForNews(i)
    }
  }

  /// Far more than one round ever leaves behind.
  private static let wantedMax = 10_000

  /// - Returns: the mails that need no further look in this round.
  private nonisolated(nonsending) func fetchBodies(_ i: Int, _ mails: [WantedMail]) async throws -> Set<
    MailID
  > {
    var done: Set<MailID> = []
    var whole: [WantedMail] = []
    for mail in mails {
      if UInt64(clamping: mail.size) > options.attachmentsOctetsMax || trouble.failures(of: mail.id) > 1 {
        if try await fetchBeginning(i, mail) { done.insert(mail.id) }
      } else {
        whole.append(mail)
      }
    }
    var group: [WantedMail] = []
    var octets: UInt64 = 0
    for mail in whole {
      let size = UInt64(clamping: mail.size)
      if !group.isEmpty, octets + size > options.bodyBatchOctetsMax {
        done.formUnion(try await fetchWhole(i, group))
        (group, octets) = ([], 0)
      }
      group.append(mail)
      octets += size
    }
    if !group.isEmpty { done.formUnion(try await fetchWhole(i, group)) }
    return done
  }

  /// Fetches whole mails and logs each as it arrives.
  private nonisolated(nonsending) func fetchWhole(_ i: Int, _ mails: [WantedMail]) async throws -> Set<MailID>
  {
    let byUID = Dictionary(mails.map { ($0.uid, $0) }) { first, _ in first }
    let uids = UIDSet(byUID.keys.sorted())
    var done: Set<MailID> = []
    var expected = mails.first?.id
    do {
      try await connection.fetch(
        [uids], FetchRequest(fullBody: true), pipelined: 1,
        onMessage: { message in
          guard let mail = byUID[message.uid.value], let body = message.body else { return }
          try await self.log(mail, body, omitting: self.mailbox.logAttachments ? nil : .turnedOff)
          done.insert(mail.id)
          expected = mails.first { !done.contains($0.id) }?.id
        },
        onWindow: { _ in })
    } catch let error as IMAPClientError {
      // The mail whose answer was due ended the connection, or is refused: it is tried with care.
      if let expected { trouble.noteFailure(of: expected) }
      if error.endsConnection { throw error }
      if mails.count > 1 {
        for mail in mails where !done.contains(mail.id) { done.formUnion(try await fetchWhole(i, [mail])) }
      }
      return done
    }
    let missing = mails.filter { !done.contains($0.id) }
    if !missing.isEmpty { try await settleMissing(i, missing) }
    return done
  }

  /// Fetches the first octets of a mail that is too large, or that made trouble as a whole, and logs
  /// its text.
  private nonisolated(nonsending) func fetchBeginning(_ i: Int, _ mail: WantedMail) async throws -> Bool {
    var isLogged = false
    do {
      try await connection.fetch(
        [UIDSet(UID(mail.uid))], FetchRequest(fullBody: true, bodyOctetsMax: options.partialBodyOctets),
        pipelined: 1,
        onMessage: { message in
          guard message.uid.value == mail.uid, let body = message.body, !isLogged else { return }
          try await self.log(mail, body, omitting: .tooLarge(octets: mail.size))
          isLogged = true
        },
        onWindow: { _ in })
    } catch let error as IMAPClientError {
      trouble.noteFailure(of: mail.id)
      if error.endsConnection { throw error }
      return false
    }
    if !isLogged { try await settleMissing(i, [mail]) }
    return isLogged
  }

  private nonisolated(nonsending) func log(
    _ mail: WantedMail, _ raw: [UInt8], omitting omission: LoggedForm.Omission?
  ) async throws {
    let forwarded = mail.route == .forward ? try await original(in: raw) : nil
    var (stored, findings) = try await reading(forwarded?.raw ?? raw, omitting: omission, of: mail.id)
    findings.original = forwarded?.1
    let outcome = try await store.logMail(mail.id, raw: stored, findings, at: context.clock.now)
    trouble.noteSuccess(of: mail.id)
    hasProgressed = true
    if case .logged(let wanted) = outcome { tell(wanted) }
  }

  /// What to store of a mail. One that cannot be parsed is kept as it came, marked, and passed.
  private nonisolated(nonsending) func reading(
    _ raw: [UInt8], omitting omission: LoggedForm.Omission?, of id: MailID
  ) async throws -> ([UInt8], MailFindings) {
    do {
      let reading = try await context.reader.logged(raw, omitting: omission)
      return (reading.rebuilt ?? raw, MailFindings(reading))
    } catch {
      guard let cause = error.unreadable else { throw error }
      log.warning("mail cannot be parsed", metadata: ["mail": "\(id)", "cause": "\(cause.rawValue)"])
      var findings = MailFindings()
      findings.parseFailed = true
      return (raw, findings)
    }
  }

  /// What a person passed on, as the mail that it was; nil when there is no telling.
  private nonisolated(nonsending) func original(
    in raw: [UInt8]
  ) async throws -> (raw: [UInt8], LoggedOriginal)? {
    let found: ForwardReading?
    do {
      found = try await context.reader.forwarded(raw)
    } catch {
      // Logging it says so.
      guard error.unreadable != nil else { throw error }
      return nil
    }
    guard let found else { return nil }
    var envelope = reader.envelope(found.header, size: Int64(found.raw.count))
    // Written anew from a quotation it has a Message-ID that nobody knows.
    envelope.messageID = found.messageID
    let rules = try await store.loggingRules(of: mailbox.tenantID)
    let isOutgoing = envelope.addresses.contains { $0.role == .from && rules.isOwn($0.email) }
    return (found.raw, LoggedOriginal(envelope: envelope, direction: isOutgoing ? .outgoing : .incoming))
  }

  // MARK: Missing mails

  /// The server said OK and gave no body: the place is empty, or the server cannot give it.
  ///
  /// An empty place is an expunge. The store then offers another place of the mail, marks it gone when there
  /// is none, and wants it again when it is found in another folder.
  nonisolated(nonsending) func settleMissing(_ i: Int, _ mails: [WantedMail]) async throws {
    let uids = UIDSet(mails.map(\.uid).sorted())
    let there = try await connection.search(.uid(uids))
    for mail in mails where there.contains(UID(mail.uid)) { trouble.noteFailure(of: mail.id) }
    guard let cursor = folders[i].row.cursor, cursor.low <= cursor.high else { return }
    try await storeExpunged(i, uids.subtracting(there), in: max(cursor.low, 1)...cursor.high)
    bodiesMayBeWanted = true
  }
}
