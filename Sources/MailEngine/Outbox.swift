internal import MIME
internal import MailReading
internal import MailStore

/// Takes mails for sending: checks them, builds the exact octets, and writes them down (S14, S16).
struct Outbox: Sendable {
  let store: any MailStoring
  let options: EngineOptions
  let clock: any EngineClock
  let reader: any MailReader

  /// - Returns: the submission, which from now on is tried by itself; the first answer again when the
  ///   key came before.
  func accept(_ request: SendRequest) async throws(EngineError) -> CreatedSubmission {
    try check(request)
    let fingerprint = request.fingerprint
    if let first = try await first(request, fingerprint) { return first }
    let mailbox = try await storing { () async throws(MailStoreError) in
      try await store.mailbox(request.mailboxID, tenant: request.tenantID)
    }
    if mailbox.state == .disconnected, mailbox.reason == .turnedOff {
      throw .notSendable(reason: "the mailbox is turned off")
    }
    let from = try Self.sender(request, mailbox)
    var chain = Chain()
    if let id = request.inReplyTo {
      let mail = try await storing { () async throws(MailStoreError) in
        try await store.mail(id, tenant: request.tenantID)
      }
      chain = try Chain(replyingTo: mail.envelope)
    }
    let files = try await files(of: request)
    let mail = try OutgoingMail(builder(request, files.map(\.file), from: from, chain), files)
    try checkSize(mail.octets, mailbox)
    // The envelope is read from the very octets that are sent, so that the copy found in Sent, or in
    // another folder, is recognised as the same mail.
    var envelope = EnvelopeReader(mailbox).envelope(
      header: mail.raw, size: mail.octets, internalDate: nil)
    envelope.addresses += request.bcc.map { Address(role: .bcc, name: $0.name, email: $0.email) }
    var submission = NewSubmission(
      mailboxID: mailbox.id, tenantID: request.tenantID, envelope: envelope, envelopeFrom: mailbox.email,
      recipients: Self.recipients(request), raw: mail.raw, tracked: request.track, origin: request.origin,
      hasAttachment: files.contains { $0.file.cid == nil }, sendAt: request.sendAt,
      idempotencyKey: request.idempotencyKey, fingerprint: fingerprint)
    if request.track { submission.records = request.records }
    submission.wantsReports = request.wantsReports
    submission.uploads = mail.uploads
    submission.uploadsKeptUntil = clock.now.adding(seconds: options.uploads.keptSeconds)
    let new = submission
    return try await storing { () async throws(MailStoreError) in
      try await store.createSubmission(new, at: clock.now)
    }
  }

  /// Who stands in From. The envelope has the mailbox's own address all the same: bounces come back to it, and no
  /// server refuses it as somebody else's.
  static func sender(_ request: SendRequest, _ mailbox: Mailbox) throws(EngineError) -> MailAddress {
    guard let wanted = request.from else {
      return MailAddress(name: request.fromName ?? mailbox.displayName, email: mailbox.email)
    }
    guard let sender = mailbox.sender(wanted.email) else {
      throw .senderRefused(email: wanted.email, allowed: mailbox.senders.map(\.email))
    }
    let name = wanted.name.flatMap { $0.isEmpty ? nil : $0 }
    return MailAddress(name: name ?? sender.name ?? mailbox.displayName, email: sender.email)
  }

  /// The files as the mail's builder takes them; the content of an upload comes later.
  private func files(of request: SendRequest) async throws(EngineError) -> [OutgoingMail.File] {
    var files: [OutgoingMail.File] = []
    var stored = StoredFiles(store: store, reader: reader, tenant: request.tenantID)
    for attachment in request.attachments {
      switch attachment {
      case .inline(let file): files.append(OutgoingMail.File(file: file))
      case .upload(let id, let name, let type, let cid, let isInline):
        let upload = try await storing { () async throws(MailStoreError) in
          try await store.upload(id, tenant: request.tenantID, at: clock.now)
        }
        guard upload.state == .committed else {
          throw .store(.upload(.incomplete(received: upload.received, size: upload.size)))
        }
        var file = OutgoingAttachment(
          name: name ?? upload.name, type: type ?? upload.type, octets: upload.received, cid: cid)
        file.isInline = isInline
        files.append(OutgoingMail.File(file: file, upload: id))
      case .stored(let mail, let part, let name, let type, let cid, let isInline):
        var file = try await stored.file(part, of: mail, octetsMax: options.messageOctetsMax)
        file.name = name ?? file.name
        file.type = type ?? file.type
        file.cid = cid
        file.isInline = isInline
        files.append(OutgoingMail.File(file: file))
      }
    }
    return files
  }

  /// What the provider takes is known when the mailbox has been connected, or has sent something.
  private func checkSize(_ octets: Int64, _ mailbox: Mailbox) throws(EngineError) {
    let ours = Int64(options.messageOctetsMax)
    if octets > ours { throw .tooLarge(octets: octets, limit: ours, byProvider: false) }
    if let theirs = mailbox.smtpOctetsMax, octets > theirs {
      throw .tooLarge(octets: octets, limit: theirs, byProvider: true)
    }
  }

  /// The answer that the request's key had before. Asked for before anything else: the mail that is replied
  /// to may be erased by now, or the mailbox turned off, and a repetition gets the first answer all the same.
  private func first(
    _ request: SendRequest, _ fingerprint: [UInt8]
  ) async throws(EngineError) -> CreatedSubmission? {
    guard let key = request.idempotencyKey else { return nil }
    return try await storing { () async throws(MailStoreError) in
      try await store.rememberedSubmission(
        key: key, fingerprint: fingerprint, tenant: request.tenantID, at: clock.now)
    }
  }

  /// In-Reply-To and References of a reply (RFC 5322 §3.6.4).
  struct Chain {
    var inReplyTo: [MessageID] = []
    var references: [MessageID] = []
    var subject: String?

    /// A chain longer than this loses its middle: the first and the nearest mails find the thread.
    static let referencesMax = 30

    init() {}

    init(replyingTo envelope: MailEnvelope) throws(EngineError) {
      guard let id = envelope.messageID.flatMap({ MessageID($0) }) else {
        throw .invalid(field: "inReplyTo", reason: "that mail has no Message-ID, so no reply can name it")
      }
      inReplyTo = [id]
      var earlier = envelope.references.compactMap { MessageID($0) }
      if earlier.isEmpty, envelope.inReplyTo.count == 1 {
        earlier = envelope.inReplyTo.compactMap { MessageID($0) }
      }
      if earlier.count >= Self.referencesMax {
        earlier = Array(earlier.prefix(1) + earlier.suffix(Self.referencesMax - 2))
      }
      references = earlier.filter { $0 != id } + [id]
      subject = "Re: " + envelope.baseSubject
    }
  }

  private func builder(
    _ request: SendRequest, _ files: [OutgoingAttachment], from: MailAddress, _ chain: Chain
  ) -> MessageBuilder {
    let now = clock.now.milliseconds
    let seconds = max(now, request.sendAt?.milliseconds ?? now) / 1000
    var builder = MessageBuilder(
      from: from, date: MailDate(secondsSince1970: seconds, zoneMinutes: 0),
      messageID: MessageBuilder.newMessageID(for: from))
    builder.to = request.to
    builder.cc = request.cc
    builder.bcc = request.bcc
    builder.replyTo = request.replyTo
    builder.subject = request.subject.isEmpty ? chain.subject ?? "" : request.subject
    builder.inReplyTo = chain.inReplyTo
    builder.references = chain.references
    builder.text = request.text
    builder.html = request.html
    builder.attachments = files
    return builder
  }

  // MARK: Checks

  private func check(_ request: SendRequest) throws(EngineError) {
    guard !(request.to + request.cc + request.bcc).isEmpty else {
      throw .invalid(field: "to", reason: "at least one recipient is needed")
    }
    for (field, list) in [
      ("to", request.to), ("cc", request.cc), ("bcc", request.bcc), ("replyTo", request.replyTo),
    ] {
      for address in list { try Self.check(address, field) }
    }
    let count = Self.recipients(request).count
    guard count <= options.recipientsMax else {
      throw .invalid(field: "to", reason: "\(count) recipients; at most \(options.recipientsMax) are taken")
    }
    for (field, text) in [
      ("subject", request.subject), ("fromName", request.fromName ?? ""), ("from", request.from?.name ?? ""),
    ] {
      guard Self.isOneLine(text) else { throw .invalid(field: field, reason: "it must be one line of text") }
    }
    guard request.subject.utf8.count <= 4096 else {
      throw .invalid(field: "subject", reason: "it is too long")
    }
    if let key = request.idempotencyKey, key.isEmpty || key.utf8.count > 255 {
      throw .invalid(field: "idempotencyKey", reason: "it must have 1 to 255 octets")
    }
    // Before anything is built: base64 only adds to it.
    var octets = (request.text?.utf8.count ?? 0) + (request.html?.utf8.count ?? 0)
    for case .inline(let file) in request.attachments { octets += file.content.count }
    guard octets <= options.messageOctetsMax else {
      throw .tooLarge(
        octets: Int64(octets), limit: Int64(options.messageOctetsMax), byProvider: false)
    }
  }

  /// What may stand in `RCPT TO:<...>`; the server says the rest.
  static func check(_ address: MailAddress, _ field: String) throws(EngineError) {
    let bytes = Array(address.email.utf8)
    guard address.isComplete else {
      throw .invalid(field: field, reason: "an address has something on both sides of an @")
    }
    let allowed = bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != 0x3C && $0 != 0x3E && $0 != 0x2C }
    // 256 octets with the angle brackets (RFC 5321 §4.5.3.1.3).
    guard allowed, bytes.count <= 254 else {
      throw .invalid(field: field, reason: "this is not one e-mail address")
    }
    try check(name: address.name ?? "", field)
  }

  static func check(name: String, _ field: String) throws(EngineError) {
    guard isOneLine(name), name.utf8.count <= 1000 else {
      throw .invalid(field: field, reason: "a name must be one line of text")
    }
  }

  private static func isOneLine(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      $0.value >= 0x20 && $0.value != 0x7F && $0.value != 0x2028 && $0.value != 0x2029
    }
  }

  /// Everybody who gets the mail, each once, in order.
  static func recipients(_ request: SendRequest) -> [String] {
    var seen: Set<String> = []
    return (request.to + request.cc + request.bcc).map(\.email).filter {
      seen.insert($0.lowercased()).inserted
    }
  }
}
