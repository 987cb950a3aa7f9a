internal import Bytes
internal import MailEngine
internal import MailStore
internal import PostroomAPI
internal import Sealing

// The model as callers see it: ids and times as text, addresses by role.

extension APIMailbox {
  init(_ m: Mailbox) {
    self.init(
      id: m.id.text, email: m.email, displayName: m.displayName, userName: m.userName,
      imap: APIServerSettings(m.imap), smtp: APIServerSettings(m.smtp), state: APIMailboxState(m.state),
      reason: m.reason.flatMap { APIMailboxReason(rawValue: $0.rawValue) }, detail: m.detail,
      advice: m.reason?.advice,
      nextAttemptAt: m.nextAttemptAt.map(wireTime), providerFilesSentMail: m.providerFilesSentMail,
      logAttachments: m.logAttachments,
      identities: m.identities.map { APIAddress(name: $0.name, email: $0.email) },
      sendLimits: APISendLimits(perMinute: m.sendLimits.perMinute, perDay: m.sendLimits.perDay),
      oauthProvider: m.oauthProvider,
      createdAt: wireTime(m.createdAt))
  }
}

extension APIMailboxState {
  init(_ state: MailboxState) {
    self =
      switch state {
      case .connecting: .connecting
      case .syncing: .syncing
      case .live: .live
      case .retrying: .retrying
      case .disconnected: .disconnected
      }
  }
}

extension APIServerSettings {
  init(_ s: ServerSettings) {
    self.init(host: s.host, port: Int64(s.port), security: s.security == .tls ? .tls : .starttls)
  }
}

extension APIFolder {
  init(_ f: Folder) {
    self.init(
      id: f.id.text, mailboxId: f.mailboxID.text, name: f.name,
      role: f.role.flatMap { APIFolderRole(rawValue: $0.rawValue) }, syncs: f.syncs, stored: f.stored,
      total: max(f.serverTotal, f.stored), complete: f.syncs && (f.cursor.map { $0.low <= 1 } ?? false))
  }
}

extension APISyncStatus {
  init(_ p: SyncProgress, state: MailboxState) {
    self.init(
      mailboxId: p.mailboxID.text, state: APIMailboxState(state),
      phase: APISyncPhase(rawValue: p.phase.rawValue) ?? .stopped,
      folders: p.folders.map {
        APIFolderProgress(
          folderId: $0.id.text, name: $0.name, role: $0.role.flatMap { APIFolderRole(rawValue: $0.rawValue) },
          stored: $0.stored, total: max($0.total, $0.stored), complete: $0.complete)
      }, stored: p.stored, total: p.total, messagesPerSecond: p.messagesPerSecond,
      secondsLeft: p.secondsLeft, complete: p.complete && !p.folders.isEmpty)
  }
}

extension APIMail {
  init(_ m: Mail, preview: String? = nil) {
    let e = m.envelope
    func people(_ role: AddressRole) -> [APIAddress] {
      e.addresses.filter { $0.role == role }.map { APIAddress(name: $0.name, email: $0.email) }
    }
    self.init(
      id: m.id.text, mailboxId: m.mailboxID.text, threadId: m.threadID?.text, messageId: e.messageID,
      inReplyTo: e.inReplyTo, references: e.references, from: people(.from), sender: people(.sender),
      replyTo: people(.replyTo), to: people(.to), cc: people(.cc), bcc: people(.bcc), subject: e.subject,
      preview: preview, sentAt: e.sentAt.map(wireTime), receivedAt: wireTime(m.receivedAt),
      direction: m.direction == .incoming ? .incoming : .outgoing,
      state: APIMailState(rawValue: m.state.rawValue) ?? .envelope,
      matchedBy: m.matchedBy.flatMap { APIMatchRule(rawValue: $0.rawValue) },
      origin: APIMailOrigin(rawValue: m.origin.rawValue) ?? .inbox, keywords: m.keywords, size: e.size,
      hasAttachment: m.hasAttachment,
      deletedAt: m.deletedAt.map(wireTime), isAutoReply: e.isAutoReply, isBounce: e.isBounce,
      parseFailed: m.parseFailed ? true : nil, confidence: m.matchedBy?.confidence,
      loggedAt: m.loggedAt.map(wireTime))
  }
}

extension APIThread {
  init(_ t: Thread) {
    self.init(
      id: t.id.text, subject: t.subject, tracked: t.tracked, mailCount: t.mailCount,
      createdAt: wireTime(t.createdAt), lastMailAt: wireTime(t.lastMailAt), forkedFrom: t.forkedFrom?.text)
  }
}

extension APISubmission {
  /// - Parameter news: what was reported about its delivery; of several about one recipient the last counts.
  init(_ s: Submission, _ news: [DeliveryNews] = [], wait: SendWait? = nil) {
    let last = Dictionary(
      news.compactMap { one in one.recipient.email.map { ($0.lowercased(), one) } }, uniquingKeysWith: { $1 })
    self.init(
      id: s.id.text, mailId: s.mailID.text, mailboxId: s.mailboxID.text, messageId: s.messageID,
      envelopeFrom: s.envelopeFrom,
      recipients: s.recipients.map {
        APIRecipient(
          email: $0.email, code: Int64($0.code), text: $0.text, accepted: $0.accepted,
          news: last[$0.email.lowercased()].map { APIDeliveryNews($0) })
      }, state: APISubmissionState(rawValue: s.state.rawValue) ?? .unknown, attempts: s.attempts,
      nextAttemptAt: (wait?.until ?? s.nextAttemptAt).map(wireTime),
      waitsFor: wait.flatMap { APISendLimit(rawValue: $0.limit.rawValue) }, lastError: s.lastError,
      sentCopy: APISentCopy(rawValue: s.sentCopy.rawValue) ?? .pending, createdAt: wireTime(s.createdAt),
      updatedAt: wireTime(s.updatedAt))
  }
}

extension APIPurgeCounts {
  init(_ c: PurgeCounts) {
    self.init(
      mails: c.mails, bodies: c.bodies, octets: c.octets, threads: c.threads, mailboxes: c.mailboxes,
      submissions: c.submissions, uploads: c.uploads)
  }
}

extension APIPurge {
  init(_ p: Purge) {
    self.init(
      id: p.id.text, kind: APIPurgeKind(rawValue: p.kind) ?? .mail,
      state: APIPurgeState(rawValue: p.state.rawValue) ?? .running, counts: APIPurgeCounts(p.counts),
      remaining: p.remaining, logTruncated: p.logTruncated, requestedBy: p.requestedBy,
      startedAt: wireTime(p.startedAt), finishedAt: p.finishedAt.map(wireTime),
      signed: p.signed.map {
        APISignedReceipt(
          statement: $0.statement, keyId: $0.keyID, signature: Base64.encodeString($0.signature))
      })
  }
}

extension APIEvent {
  init(_ e: Event, mail: Mail?) {
    self.init(
      seq: String(e.seq), type: APIEventType(rawValue: e.type.rawValue) ?? .mailboxState, at: wireTime(e.at),
      mailboxId: e.mailboxID?.text, threadId: e.threadID?.text, mailId: e.mailID?.text,
      submissionId: e.submissionID?.text, purgeId: e.purgeID?.text, facts: e.facts,
      mail: mail.map { APIMail($0) })
  }
}

extension APITenant {
  init(_ t: Tenant) { self.init(id: t.id.text, name: t.name, createdAt: wireTime(t.createdAt)) }
}

extension APIToken {
  init(_ t: TokenRow) {
    self.init(
      id: t.id.text, tenantId: t.tenantID.text, name: t.name,
      scopes: t.scopes.compactMap(APIScope.init(rawValue:)),
      createdAt: wireTime(t.createdAt), expiresAt: t.expiresAt.map(wireTime),
      certificateSha256: t.certificate.map(Digest.text))
  }
}
