// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON

/// `connecting`: the first sign-in; `syncing`: reading what is there; `live`: waiting for news; `retrying`:
/// cut off for now; `disconnected`: stopped until `mailbox.reconnect`.
package enum APIMailboxState: String, APIWord {
  case connecting
  case syncing
  case live
  case retrying
  case disconnected
}

/// What a folder is for (RFC 6154, RFC 8621 section 2).
package enum APIFolderRole: String, APIWord {
  case inbox
  case sent
  case drafts
  case junk
  case trash
  case archive
  case all
}

/// `outgoing`: from the mailbox's own address.
package enum APIDirection: String, APIWord {
  case incoming
  case outgoing
}

/// What of a mail is kept: `envelope` (the header only; the body was never read), `wanted` (the body is
/// fetched next), `logged` (the body is stored), `duplicate` (another mailbox of the tenant logged it),
/// `gone` (the server lost it before it was logged).
package enum APIMailState: String, APIWord {
  case envelope
  case wanted
  case logged
  case duplicate
  case gone
}

/// By which rule a mail joined its thread: `sent` (by `mail.send`), `tracked` (by `thread.track`),
/// `inReplyTo` and `references` (it names a mail of the thread), `child` (it does, and came before that
/// one), `bcc`, `forward`, `header` (it was logged by its address or its header), `providerThread` (the
/// provider has it in the same conversation), `threadIndex` (Exchange does), `subject` (a guess: same
/// subject, participants in common, soon after), `fork` (it names a mail of another thread, with a subject
/// and people of its own), `contact` (a known contact's). `confidence` says how sure that is.
package enum APIMatchRule: String, APIWord {
  case sent
  case tracked
  case inReplyTo
  case references
  case child
  case bcc
  case forward
  case header
  case providerThread
  case threadIndex
  case subject
  case fork
  case contact
}

/// What a mail is besides a letter: a report that another was not delivered, is late or was delivered; a
/// read receipt; an automatic answer; a mail with an appointment; a mail that came by a list. The first
/// that fits.
package enum APIMailKind: String, APIWord {
  case bounce
  case delay
  case delivery
  case readReceipt
  case autoReply
  case invitation
  case list
}

/// What became of a mail (RFC 3464, section 2.3.3). `delayed`: it is tried again.
package enum APIDeliveryAction: String, APIWord {
  case failed
  case delayed
  case delivered
  case relayed
  case expanded
}

/// `hard`: the address takes no mail and will not, stop writing to it. `soft`: another time or another mail
/// may pass.
package enum APIBounceSeverity: String, APIWord {
  case hard
  case soft
}

/// Why a mail was not delivered, read from the server's words first and its codes second.
package enum APIBounceCause: String, APIWord {
  case unknownUser
  case disabledMailbox
  case unknownDomain
  case refusesMail
  case mailboxFull
  case tooLarge
  case spam
  case policy
  case authentication
  case blockedSender
  case rateLimited
  case unreachable
  case expired
  case loop
  case content
  case relayDenied
  case protocolError
  case virus
  case other
}

/// `timeline`: sent one-to-one; `sequence`: by an automated series; `inbox`: read from a folder.
package enum APIMailOrigin: String, APIWord {
  case timeline
  case sequence
  case inbox
}

/// How an attachment is meant to be shown.
package enum APIDisposition: String, APIWord {
  case attachment
  case inline
}

/// What an erasure takes. `retention` is what was kept long enough: the server's own, not a scope to ask
/// for.
package enum APIPurgeKind: String, APIWord {
  case tenant
  case mailbox
  case contact
  case thread
  case mail
  case age
  case record
  case retention
}

/// `running`: erasing; `verifying`: emptying logs and counting what is left; `done`: the receipt is
/// complete.
package enum APIPurgeState: String, APIWord {
  case running
  case verifying
  case done
}

/// What happened. `mail.bounced`, `mail.delayed` and `mail.autoReplied` are about the mail in `mailId`,
/// which was sent; fact `by` names the mail that brought the news.
package enum APIEventType: String, APIWord {
  case mailboxConnected = "mailbox.connected"
  case mailboxState = "mailbox.state"
  case mailboxDeleted = "mailbox.deleted"
  case syncCompleted = "sync.completed"
  case mailLogged = "mail.logged"
  case mailGone = "mail.gone"
  case mailDeleted = "mail.deleted"
  case mailRestored = "mail.restored"
  case mailBounced = "mail.bounced"
  case mailDelayed = "mail.delayed"
  case mailAutoReplied = "mail.autoReplied"
  case submissionState = "submission.state"
  case threadTracked = "thread.tracked"
  case threadUntracked = "thread.untracked"
  case threadSplit = "thread.split"
  case threadMerged = "thread.merged"
  case purgeDone = "purge.done"
  case webhookState = "webhook.state"
}

/// Nothing to say: it is done.
package struct APIEmpty: APIValue, Hashable {
  package init() {}

  package init(from reader: inout JSONReader) throws(JSONError) {
    try reader.beginObject()
    while try reader.nextKey() {
      try reader.skip()
    }
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.endObject()
  }
}

/// A name and an address, as in a From header.
package struct APIAddress: APIValue, Hashable {
  /// The display name.
  package var name: String?
  package var email: String

  package init(name: String? = nil, email: String) {
    self.name = name
    self.email = email
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var email: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        if !reader.isNull() { name = try reader.string(lengthMax: 998) }
      } else if reader.keyIs("email") {
        email = try reader.string(length: 3...320)
      } else {
        throw .unknown(reader.key)
      }
    }
    self.name = name
    self.email = try present(email, "email")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let name {
      writer.key("name")
      writer.string(name)
    }
    writer.key("email")
    writer.string(email)
    writer.endObject()
  }
}

/// A mail of a mailbox, however many folders show it. Names as in JMAP (RFC 8621).
package struct APIMail: APIValue, Hashable {
  package var id: String
  package var mailboxId: String
  package var threadId: String?
  package var messageId: String?
  package var inReplyTo: [String]
  package var references: [String]
  package var from: [APIAddress]
  package var sender: [APIAddress]
  package var replyTo: [APIAddress]
  package var to: [APIAddress]
  package var cc: [APIAddress]
  package var bcc: [APIAddress]
  package var subject: String
  /// The first words of the body; only in answers that carry the body.
  package var preview: String?
  package var sentAt: String?
  package var receivedAt: String
  package var direction: APIDirection
  package var state: APIMailState
  package var matchedBy: APIMatchRule?
  package var origin: APIMailOrigin
  /// IMAP flags in JMAP's spelling: $seen, $answered, ...
  package var keywords: [String]
  /// Octets of the message.
  package var size: Int64
  package var hasAttachment: Bool
  /// It was deleted then and waits for its erasure.
  package var deletedAt: String?
  package var isAutoReply: Bool
  package var isBounce: Bool
  /// True when the mail, or its header alone, could not be parsed: it is kept as it came, and `mail.source`
  /// has it.
  package var parseFailed: Bool?
  /// How sure `matchedBy` is: 1 where a Message-ID or a person decided, 0.99 for `providerThread` and
  /// `threadIndex`, 0.9 for `subject` and `fork`.
  package var confidence: Double?
  package var loggedAt: String?

  package init(
    id: String, mailboxId: String, threadId: String? = nil, messageId: String? = nil, inReplyTo: [String],
    references: [String], from: [APIAddress], sender: [APIAddress], replyTo: [APIAddress], to: [APIAddress],
    cc: [APIAddress], bcc: [APIAddress], subject: String, preview: String? = nil, sentAt: String? = nil,
    receivedAt: String, direction: APIDirection, state: APIMailState, matchedBy: APIMatchRule? = nil,
    origin: APIMailOrigin, keywords: [String], size: Int64, hasAttachment: Bool, deletedAt: String? = nil,
    isAutoReply: Bool, isBounce: Bool, parseFailed: Bool? = nil, confidence: Double? = nil,
    loggedAt: String? = nil
  ) {
    self.id = id
    self.mailboxId = mailboxId
    self.threadId = threadId
    self.messageId = messageId
    self.inReplyTo = inReplyTo
    self.references = references
    self.from = from
    self.sender = sender
    self.replyTo = replyTo
    self.to = to
    self.cc = cc
    self.bcc = bcc
    self.subject = subject
    self.preview = preview
    self.sentAt = sentAt
    self.receivedAt = receivedAt
    self.direction = direction
    self.state = state
    self.matchedBy = matchedBy
    self.origin = origin
    self.keywords = keywords
    self.size = size
    self.hasAttachment = hasAttachment
    self.deletedAt = deletedAt
    self.isAutoReply = isAutoReply
    self.isBounce = isBounce
    self.parseFailed = parseFailed
    self.confidence = confidence
    self.loggedAt = loggedAt
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var mailboxId: String?
    var threadId: String?
    var messageId: String?
    var inReplyTo: [String]?
    var references: [String]?
    var from: [APIAddress]?
    var sender: [APIAddress]?
    var replyTo: [APIAddress]?
    var to: [APIAddress]?
    var cc: [APIAddress]?
    var bcc: [APIAddress]?
    var subject: String?
    var preview: String?
    var sentAt: String?
    var receivedAt: String?
    var direction: APIDirection?
    var state: APIMailState?
    var matchedBy: APIMatchRule?
    var origin: APIMailOrigin?
    var keywords: [String]?
    var size: Int64?
    var hasAttachment: Bool?
    var deletedAt: String?
    var isAutoReply: Bool?
    var isBounce: Bool?
    var parseFailed: Bool?
    var confidence: Double?
    var loggedAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.rowID("m")
      } else if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("threadId") {
        if !reader.isNull() { threadId = try reader.rowID("th") }
      } else if reader.keyIs("messageId") {
        if !reader.isNull() { messageId = try reader.string(length: 1...998) }
      } else if reader.keyIs("inReplyTo") {
        inReplyTo = try reader.strings("inReplyTo", length: 1...998)
      } else if reader.keyIs("references") {
        references = try reader.strings("references", length: 1...998)
      } else if reader.keyIs("from") {
        from = try reader.list("from")
      } else if reader.keyIs("sender") {
        sender = try reader.list("sender")
      } else if reader.keyIs("replyTo") {
        replyTo = try reader.list("replyTo")
      } else if reader.keyIs("to") {
        to = try reader.list("to")
      } else if reader.keyIs("cc") {
        cc = try reader.list("cc")
      } else if reader.keyIs("bcc") {
        bcc = try reader.list("bcc")
      } else if reader.keyIs("subject") {
        subject = try reader.string()
      } else if reader.keyIs("preview") {
        if !reader.isNull() { preview = try reader.string(lengthMax: 256) }
      } else if reader.keyIs("sentAt") {
        if !reader.isNull() { sentAt = try reader.timestamp() }
      } else if reader.keyIs("receivedAt") {
        receivedAt = try reader.timestamp()
      } else if reader.keyIs("direction") {
        direction = try APIDirection(from: &reader)
      } else if reader.keyIs("state") {
        state = try APIMailState(from: &reader)
      } else if reader.keyIs("matchedBy") {
        if !reader.isNull() { matchedBy = try APIMatchRule(from: &reader) }
      } else if reader.keyIs("origin") {
        origin = try APIMailOrigin(from: &reader)
      } else if reader.keyIs("keywords") {
        keywords = try reader.strings("keywords")
      } else if reader.keyIs("size") {
        size = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("hasAttachment") {
        hasAttachment = try reader.bool()
      } else if reader.keyIs("deletedAt") {
        if !reader.isNull() { deletedAt = try reader.timestamp() }
      } else if reader.keyIs("isAutoReply") {
        isAutoReply = try reader.bool()
      } else if reader.keyIs("isBounce") {
        isBounce = try reader.bool()
      } else if reader.keyIs("parseFailed") {
        if !reader.isNull() { parseFailed = try reader.bool() }
      } else if reader.keyIs("confidence") {
        if !reader.isNull() { confidence = try reader.double(atLeast: 0.0) }
      } else if reader.keyIs("loggedAt") {
        if !reader.isNull() { loggedAt = try reader.timestamp() }
      } else {
        try reader.skip()
      }
    }
    self.id = try present(id, "id")
    self.mailboxId = try present(mailboxId, "mailboxId")
    self.threadId = threadId
    self.messageId = messageId
    self.inReplyTo = try present(inReplyTo, "inReplyTo")
    self.references = try present(references, "references")
    self.from = try present(from, "from")
    self.sender = try present(sender, "sender")
    self.replyTo = try present(replyTo, "replyTo")
    self.to = try present(to, "to")
    self.cc = try present(cc, "cc")
    self.bcc = try present(bcc, "bcc")
    self.subject = try present(subject, "subject")
    self.preview = preview
    self.sentAt = sentAt
    self.receivedAt = try present(receivedAt, "receivedAt")
    self.direction = try present(direction, "direction")
    self.state = try present(state, "state")
    self.matchedBy = matchedBy
    self.origin = try present(origin, "origin")
    self.keywords = try present(keywords, "keywords")
    self.size = try present(size, "size")
    self.hasAttachment = try present(hasAttachment, "hasAttachment")
    self.deletedAt = deletedAt
    self.isAutoReply = try present(isAutoReply, "isAutoReply")
    self.isBounce = try present(isBounce, "isBounce")
    self.parseFailed = parseFailed
    self.confidence = confidence
    self.loggedAt = loggedAt
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.string(id)
    writer.key("mailboxId")
    writer.string(mailboxId)
    if let threadId {
      writer.key("threadId")
      writer.string(threadId)
    }
    if let messageId {
      writer.key("messageId")
      writer.string(messageId)
    }
    writer.key("inReplyTo")
    writer.strings(inReplyTo)
    writer.key("references")
    writer.strings(references)
    writer.key("from")
    writer.list(from)
    writer.key("sender")
    writer.list(sender)
    writer.key("replyTo")
    writer.list(replyTo)
    writer.key("to")
    writer.list(to)
    writer.key("cc")
    writer.list(cc)
    writer.key("bcc")
    writer.list(bcc)
    writer.key("subject")
    writer.string(subject)
    if let preview {
      writer.key("preview")
      writer.string(preview)
    }
    if let sentAt {
      writer.key("sentAt")
      writer.string(sentAt)
    }
    writer.key("receivedAt")
    writer.string(receivedAt)
    writer.key("direction")
    direction.write(to: &writer)
    writer.key("state")
    state.write(to: &writer)
    if let matchedBy {
      writer.key("matchedBy")
      matchedBy.write(to: &writer)
    }
    writer.key("origin")
    origin.write(to: &writer)
    writer.key("keywords")
    writer.strings(keywords)
    writer.key("size")
    writer.int(size)
    writer.key("hasAttachment")
    writer.bool(hasAttachment)
    if let deletedAt {
      writer.key("deletedAt")
      writer.string(deletedAt)
    }
    writer.key("isAutoReply")
    writer.bool(isAutoReply)
    writer.key("isBounce")
    writer.bool(isBounce)
    if let parseFailed {
      writer.key("parseFailed")
      writer.bool(parseFailed)
    }
    if let confidence {
      writer.key("confidence")
      writer.double(confidence)
    }
    if let loggedAt {
      writer.key("loggedAt")
      writer.string(loggedAt)
    }
    writer.endObject()
  }
}

/// The content of a logged mail.
package struct APIMailBody: APIValue, Hashable {
  /// Plain text; made from the HTML where there is none.
  package var text: String
  /// The HTML with everything that runs or fetches taken out.
  package var html: String?
  /// The text without quoted history and signature.
  package var replyText: String
  /// The quoted history.
  package var quotedText: String
  /// The signature.
  package var signature: String
  /// What told the author's text from the history: `none` (all is the author's), `attribution` (“On … Jane
  /// wrote:” in any language), `original-message`, `header-block`, `quote-marks` (`>`), `forward` (the
  /// quoted text is the mail handed on), `inline` (answers between the quotations, which stay), `signature`
  /// (nothing but a signature was split off), `reply-above-line`, or the mark of a client in its HTML:
  /// `gmail_quote`, `cite`, `moz-cite-prefix`, `divRplyFwdMsg`, `appendonsend`, `outlook-border`,
  /// `outlook-header`, `outlook-mac`, `outlook-mobile`, `windows-live`, `yahoo_quoted`, `protonmail_quote`,
  /// `tutanota_quote` and others. More words may come.
  package var splitBy: String

  package init(
    text: String, html: String? = nil, replyText: String, quotedText: String, signature: String,
    splitBy: String
  ) {
    self.text = text
    self.html = html
    self.replyText = replyText
    self.quotedText = quotedText
    self.signature = signature
    self.splitBy = splitBy
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var text: String?
    var html: String?
    var replyText: String?
    var quotedText: String?
    var signature: String?
    var splitBy: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("text") {
        text = try reader.string()
      } else if reader.keyIs("html") {
        if !reader.isNull() { html = try reader.string() }
      } else if reader.keyIs("replyText") {
        replyText = try reader.string()
      } else if reader.keyIs("quotedText") {
        quotedText = try reader.string()
      } else if reader.keyIs("signature") {
        signature = try reader.string()
      } else if reader.keyIs("splitBy") {
        splitBy = try reader.string()
      } else {
        try reader.skip()
      }
    }
    self.text = try present(text, "text")
    self.html = html
    self.replyText = try present(replyText, "replyText")
    self.quotedText = try present(quotedText, "quotedText")
    self.signature = try present(signature, "signature")
    self.splitBy = try present(splitBy, "splitBy")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("text")
    writer.string(text)
    if let html {
      writer.key("html")
      writer.string(html)
    }
    writer.key("replyText")
    writer.string(replyText)
    writer.key("quotedText")
    writer.string(quotedText)
    writer.key("signature")
    writer.string(signature)
    writer.key("splitBy")
    writer.string(splitBy)
    writer.endObject()
  }
}

/// A part of a mail that is not its text. `attachment.get` streams it.
package struct APIAttachment: APIValue, Hashable {
  package var blobId: String
  /// A file name without a path.
  package var name: String
  /// The media type.
  package var type: String
  /// Octets when decoded.
  package var size: Int64
  package var disposition: APIDisposition
  /// The Content-ID that the HTML names it by, without angle brackets.
  package var cid: String?

  package init(
    blobId: String, name: String, type: String, size: Int64, disposition: APIDisposition, cid: String? = nil
  ) {
    self.blobId = blobId
    self.name = name
    self.type = type
    self.size = size
    self.disposition = disposition
    self.cid = cid
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var blobId: String?
    var name: String?
    var type: String?
    var size: Int64?
    var disposition: APIDisposition?
    var cid: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("blobId") {
        blobId = try reader.string(length: 4...64)
      } else if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("type") {
        type = try reader.string()
      } else if reader.keyIs("size") {
        size = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("disposition") {
        disposition = try APIDisposition(from: &reader)
      } else if reader.keyIs("cid") {
        if !reader.isNull() { cid = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.blobId = try present(blobId, "blobId")
    self.name = try present(name, "name")
    self.type = try present(type, "type")
    self.size = try present(size, "size")
    self.disposition = try present(disposition, "disposition")
    self.cid = cid
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("blobId")
    writer.string(blobId)
    writer.key("name")
    writer.string(name)
    writer.key("type")
    writer.string(type)
    writer.key("size")
    writer.int(size)
    writer.key("disposition")
    disposition.write(to: &writer)
    if let cid {
      writer.key("cid")
      writer.string(cid)
    }
    writer.endObject()
  }
}

/// A mail with its content.
package struct APIMailDetail: APIValue, Hashable {
  package var mail: APIMail
  package var body: APIMailBody?
  package var attachments: [APIAttachment]
  package var kind: APIMailKind?
  package var report: APIDeliveryReport?
  package var receipt: APIReadReceipt?
  package var invitation: APIInvitation?
  package var list: APIMailingList?
  package var sender: APISenderSigns?
  /// Of a mail that was sent: what was reported about its delivery since, for each recipient.
  package var deliveries: [APIDeliveryNews]?

  package init(
    mail: APIMail, body: APIMailBody? = nil, attachments: [APIAttachment], kind: APIMailKind? = nil,
    report: APIDeliveryReport? = nil, receipt: APIReadReceipt? = nil, invitation: APIInvitation? = nil,
    list: APIMailingList? = nil, sender: APISenderSigns? = nil, deliveries: [APIDeliveryNews]? = nil
  ) {
    self.mail = mail
    self.body = body
    self.attachments = attachments
    self.kind = kind
    self.report = report
    self.receipt = receipt
    self.invitation = invitation
    self.list = list
    self.sender = sender
    self.deliveries = deliveries
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mail: APIMail?
    var body: APIMailBody?
    var attachments: [APIAttachment]?
    var kind: APIMailKind?
    var report: APIDeliveryReport?
    var receipt: APIReadReceipt?
    var invitation: APIInvitation?
    var list: APIMailingList?
    var sender: APISenderSigns?
    var deliveries: [APIDeliveryNews]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mail") {
        mail = try reader.object("mail")
      } else if reader.keyIs("body") {
        if !reader.isNull() { body = try reader.object("body") }
      } else if reader.keyIs("attachments") {
        attachments = try reader.list("attachments")
      } else if reader.keyIs("kind") {
        if !reader.isNull() { kind = try APIMailKind(from: &reader) }
      } else if reader.keyIs("report") {
        if !reader.isNull() { report = try reader.object("report") }
      } else if reader.keyIs("receipt") {
        if !reader.isNull() { receipt = try reader.object("receipt") }
      } else if reader.keyIs("invitation") {
        if !reader.isNull() { invitation = try reader.object("invitation") }
      } else if reader.keyIs("list") {
        if !reader.isNull() { list = try reader.object("list") }
      } else if reader.keyIs("sender") {
        if !reader.isNull() { sender = try reader.object("sender") }
      } else if reader.keyIs("deliveries") {
        if !reader.isNull() { deliveries = try reader.list("deliveries") }
      } else {
        try reader.skip()
      }
    }
    self.mail = try present(mail, "mail")
    self.body = body
    self.attachments = try present(attachments, "attachments")
    self.kind = kind
    self.report = report
    self.receipt = receipt
    self.invitation = invitation
    self.list = list
    self.sender = sender
    self.deliveries = deliveries
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mail")
    mail.write(to: &writer)
    if let body {
      writer.key("body")
      body.write(to: &writer)
    }
    writer.key("attachments")
    writer.list(attachments)
    if let kind {
      writer.key("kind")
      kind.write(to: &writer)
    }
    if let report {
      writer.key("report")
      report.write(to: &writer)
    }
    if let receipt {
      writer.key("receipt")
      receipt.write(to: &writer)
    }
    if let invitation {
      writer.key("invitation")
      invitation.write(to: &writer)
    }
    if let list {
      writer.key("list")
      list.write(to: &writer)
    }
    if let sender {
      writer.key("sender")
      sender.write(to: &writer)
    }
    if let deliveries {
      writer.key("deliveries")
      writer.list(deliveries)
    }
    writer.endObject()
  }
}

/// What a mail reports about the delivery of another (RFC 3464), also where it does so in prose.
package struct APIDeliveryReport: APIValue, Hashable {
  package var action: APIDeliveryAction
  package var severity: APIBounceSeverity?
  package var cause: APIBounceCause?
  package var recipients: [APIReportedRecipient]
  package var originalMessageId: String?
  package var originalMailId: String?
  /// The subject of the mail that is reported on.
  package var originalSubject: String?
  /// The server that reports.
  package var reportingServer: String?
  /// It came in the form of RFC 3464.
  package var standard: Bool

  package init(
    action: APIDeliveryAction, severity: APIBounceSeverity? = nil, cause: APIBounceCause? = nil,
    recipients: [APIReportedRecipient], originalMessageId: String? = nil, originalMailId: String? = nil,
    originalSubject: String? = nil, reportingServer: String? = nil, standard: Bool
  ) {
    self.action = action
    self.severity = severity
    self.cause = cause
    self.recipients = recipients
    self.originalMessageId = originalMessageId
    self.originalMailId = originalMailId
    self.originalSubject = originalSubject
    self.reportingServer = reportingServer
    self.standard = standard
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var action: APIDeliveryAction?
    var severity: APIBounceSeverity?
    var cause: APIBounceCause?
    var recipients: [APIReportedRecipient]?
    var originalMessageId: String?
    var originalMailId: String?
    var originalSubject: String?
    var reportingServer: String?
    var standard: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("action") {
        action = try APIDeliveryAction(from: &reader)
      } else if reader.keyIs("severity") {
        if !reader.isNull() { severity = try APIBounceSeverity(from: &reader) }
      } else if reader.keyIs("cause") {
        if !reader.isNull() { cause = try APIBounceCause(from: &reader) }
      } else if reader.keyIs("recipients") {
        recipients = try reader.list("recipients")
      } else if reader.keyIs("originalMessageId") {
        if !reader.isNull() { originalMessageId = try reader.string(length: 1...998) }
      } else if reader.keyIs("originalMailId") {
        if !reader.isNull() { originalMailId = try reader.rowID("m") }
      } else if reader.keyIs("originalSubject") {
        if !reader.isNull() { originalSubject = try reader.string() }
      } else if reader.keyIs("reportingServer") {
        if !reader.isNull() { reportingServer = try reader.string() }
      } else if reader.keyIs("standard") {
        standard = try reader.bool()
      } else {
        try reader.skip()
      }
    }
    self.action = try present(action, "action")
    self.severity = severity
    self.cause = cause
    self.recipients = try present(recipients, "recipients")
    self.originalMessageId = originalMessageId
    self.originalMailId = originalMailId
    self.originalSubject = originalSubject
    self.reportingServer = reportingServer
    self.standard = try present(standard, "standard")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("action")
    action.write(to: &writer)
    if let severity {
      writer.key("severity")
      severity.write(to: &writer)
    }
    if let cause {
      writer.key("cause")
      cause.write(to: &writer)
    }
    writer.key("recipients")
    writer.list(recipients)
    if let originalMessageId {
      writer.key("originalMessageId")
      writer.string(originalMessageId)
    }
    if let originalMailId {
      writer.key("originalMailId")
      writer.string(originalMailId)
    }
    if let originalSubject {
      writer.key("originalSubject")
      writer.string(originalSubject)
    }
    if let reportingServer {
      writer.key("reportingServer")
      writer.string(reportingServer)
    }
    writer.key("standard")
    writer.bool(standard)
    writer.endObject()
  }
}

/// What became of a mail for one recipient.
package struct APIReportedRecipient: APIValue, Hashable {
  /// The address that the mail was to be delivered to.
  package var email: String?
  /// The address that it was sent to, where the report tells.
  package var originalEmail: String?
  package var action: APIDeliveryAction
  package var severity: APIBounceSeverity?
  package var cause: APIBounceCause?
  /// The enhanced status code (RFC 3463), such as `5.1.1`.
  package var status: String?
  /// The server's words.
  package var diagnostic: String?
  /// The server that said so.
  package var remoteServer: String?

  package init(
    email: String? = nil, originalEmail: String? = nil, action: APIDeliveryAction,
    severity: APIBounceSeverity? = nil, cause: APIBounceCause? = nil, status: String? = nil,
    diagnostic: String? = nil, remoteServer: String? = nil
  ) {
    self.email = email
    self.originalEmail = originalEmail
    self.action = action
    self.severity = severity
    self.cause = cause
    self.status = status
    self.diagnostic = diagnostic
    self.remoteServer = remoteServer
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var email: String?
    var originalEmail: String?
    var action: APIDeliveryAction?
    var severity: APIBounceSeverity?
    var cause: APIBounceCause?
    var status: String?
    var diagnostic: String?
    var remoteServer: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("email") {
        if !reader.isNull() { email = try reader.string() }
      } else if reader.keyIs("originalEmail") {
        if !reader.isNull() { originalEmail = try reader.string() }
      } else if reader.keyIs("action") {
        action = try APIDeliveryAction(from: &reader)
      } else if reader.keyIs("severity") {
        if !reader.isNull() { severity = try APIBounceSeverity(from: &reader) }
      } else if reader.keyIs("cause") {
        if !reader.isNull() { cause = try APIBounceCause(from: &reader) }
      } else if reader.keyIs("status") {
        if !reader.isNull() { status = try reader.string() }
      } else if reader.keyIs("diagnostic") {
        if !reader.isNull() { diagnostic = try reader.string() }
      } else if reader.keyIs("remoteServer") {
        if !reader.isNull() { remoteServer = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.email = email
    self.originalEmail = originalEmail
    self.action = try present(action, "action")
    self.severity = severity
    self.cause = cause
    self.status = status
    self.diagnostic = diagnostic
    self.remoteServer = remoteServer
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let email {
      writer.key("email")
      writer.string(email)
    }
    if let originalEmail {
      writer.key("originalEmail")
      writer.string(originalEmail)
    }
    writer.key("action")
    action.write(to: &writer)
    if let severity {
      writer.key("severity")
      severity.write(to: &writer)
    }
    if let cause {
      writer.key("cause")
      cause.write(to: &writer)
    }
    if let status {
      writer.key("status")
      writer.string(status)
    }
    if let diagnostic {
      writer.key("diagnostic")
      writer.string(diagnostic)
    }
    if let remoteServer {
      writer.key("remoteServer")
      writer.string(remoteServer)
    }
    writer.endObject()
  }
}

/// What was reported about one recipient of a mail.
package struct APIDeliveryNews: APIValue, Hashable {
  /// The recipient, where the report names one.
  package var email: String?
  package var action: APIDeliveryAction
  package var severity: APIBounceSeverity?
  package var cause: APIBounceCause?
  /// The enhanced status code (RFC 3463), such as `5.1.1`.
  package var status: String?
  /// The server's words.
  package var diagnostic: String?
  package var reportMailId: String
  package var at: String

  package init(
    email: String? = nil, action: APIDeliveryAction, severity: APIBounceSeverity? = nil,
    cause: APIBounceCause? = nil, status: String? = nil, diagnostic: String? = nil, reportMailId: String,
    at: String
  ) {
    self.email = email
    self.action = action
    self.severity = severity
    self.cause = cause
    self.status = status
    self.diagnostic = diagnostic
    self.reportMailId = reportMailId
    self.at = at
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var email: String?
    var action: APIDeliveryAction?
    var severity: APIBounceSeverity?
    var cause: APIBounceCause?
    var status: String?
    var diagnostic: String?
    var reportMailId: String?
    var at: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("email") {
        if !reader.isNull() { email = try reader.string() }
      } else if reader.keyIs("action") {
        action = try APIDeliveryAction(from: &reader)
      } else if reader.keyIs("severity") {
        if !reader.isNull() { severity = try APIBounceSeverity(from: &reader) }
      } else if reader.keyIs("cause") {
        if !reader.isNull() { cause = try APIBounceCause(from: &reader) }
      } else if reader.keyIs("status") {
        if !reader.isNull() { status = try reader.string() }
      } else if reader.keyIs("diagnostic") {
        if !reader.isNull() { diagnostic = try reader.string() }
      } else if reader.keyIs("reportMailId") {
        reportMailId = try reader.rowID("m")
      } else if reader.keyIs("at") {
        at = try reader.timestamp()
      } else {
        try reader.skip()
      }
    }
    self.email = email
    self.action = try present(action, "action")
    self.severity = severity
    self.cause = cause
    self.status = status
    self.diagnostic = diagnostic
    self.reportMailId = try present(reportMailId, "reportMailId")
    self.at = try present(at, "at")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let email {
      writer.key("email")
      writer.string(email)
    }
    writer.key("action")
    action.write(to: &writer)
    if let severity {
      writer.key("severity")
      severity.write(to: &writer)
    }
    if let cause {
      writer.key("cause")
      cause.write(to: &writer)
    }
    if let status {
      writer.key("status")
      writer.string(status)
    }
    if let diagnostic {
      writer.key("diagnostic")
      writer.string(diagnostic)
    }
    writer.key("reportMailId")
    writer.string(reportMailId)
    writer.key("at")
    writer.string(at)
    writer.endObject()
  }
}

/// What a reader, or a program, did with a mail (RFC 8098).
package struct APIReadReceipt: APIValue, Hashable {
  /// `displayed`, `deleted`, `dispatched`, `processed`, `denied` or `failed`.
  package var disposition: String
  /// A program did it, not the recipient.
  package var automatic: Bool
  /// Whose receipt it is.
  package var recipient: String?
  package var originalMessageId: String?

  package init(
    disposition: String, automatic: Bool, recipient: String? = nil, originalMessageId: String? = nil
  ) {
    self.disposition = disposition
    self.automatic = automatic
    self.recipient = recipient
    self.originalMessageId = originalMessageId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var disposition: String?
    var automatic: Bool?
    var recipient: String?
    var originalMessageId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("disposition") {
        disposition = try reader.string()
      } else if reader.keyIs("automatic") {
        automatic = try reader.bool()
      } else if reader.keyIs("recipient") {
        if !reader.isNull() { recipient = try reader.string() }
      } else if reader.keyIs("originalMessageId") {
        if !reader.isNull() { originalMessageId = try reader.string(length: 1...998) }
      } else {
        try reader.skip()
      }
    }
    self.disposition = try present(disposition, "disposition")
    self.automatic = try present(automatic, "automatic")
    self.recipient = recipient
    self.originalMessageId = originalMessageId
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("disposition")
    writer.string(disposition)
    writer.key("automatic")
    writer.bool(automatic)
    if let recipient {
      writer.key("recipient")
      writer.string(recipient)
    }
    if let originalMessageId {
      writer.key("originalMessageId")
      writer.string(originalMessageId)
    }
    writer.endObject()
  }
}

/// What a mail says about an appointment: the first event of its calendar part (RFC 5545).
package struct APIInvitation: APIValue, Hashable {
  /// What is wanted (RFC 5546): `REQUEST`, `REPLY`, `CANCEL`, `COUNTER`, `PUBLISH`, ...
  package var method: String?
  /// Names the appointment in all calendars.
  package var uid: String?
  /// What it is about.
  package var summary: String?
  /// Where it is.
  package var location: String?
  package var start: APICalendarTime?
  package var end: APICalendarTime?
  package var organizer: APICalendarPerson?
  package var attendees: [APICalendarPerson]
  /// Counts changes of the appointment.
  package var sequence: Int64
  /// `CONFIRMED`, `TENTATIVE` or `CANCELLED`.
  package var status: String?
  /// It takes place more than once.
  package var repeats: Bool

  package init(
    method: String? = nil, uid: String? = nil, summary: String? = nil, location: String? = nil,
    start: APICalendarTime? = nil, end: APICalendarTime? = nil, organizer: APICalendarPerson? = nil,
    attendees: [APICalendarPerson], sequence: Int64, status: String? = nil, repeats: Bool
  ) {
    self.method = method
    self.uid = uid
    self.summary = summary
    self.location = location
    self.start = start
    self.end = end
    self.organizer = organizer
    self.attendees = attendees
    self.sequence = sequence
    self.status = status
    self.repeats = repeats
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var method: String?
    var uid: String?
    var summary: String?
    var location: String?
    var start: APICalendarTime?
    var end: APICalendarTime?
    var organizer: APICalendarPerson?
    var attendees: [APICalendarPerson]?
    var sequence: Int64?
    var status: String?
    var repeats: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("method") {
        if !reader.isNull() { method = try reader.string() }
      } else if reader.keyIs("uid") {
        if !reader.isNull() { uid = try reader.string() }
      } else if reader.keyIs("summary") {
        if !reader.isNull() { summary = try reader.string() }
      } else if reader.keyIs("location") {
        if !reader.isNull() { location = try reader.string() }
      } else if reader.keyIs("start") {
        if !reader.isNull() { start = try reader.object("start") }
      } else if reader.keyIs("end") {
        if !reader.isNull() { end = try reader.object("end") }
      } else if reader.keyIs("organizer") {
        if !reader.isNull() { organizer = try reader.object("organizer") }
      } else if reader.keyIs("attendees") {
        attendees = try reader.list("attendees")
      } else if reader.keyIs("sequence") {
        sequence = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("status") {
        if !reader.isNull() { status = try reader.string() }
      } else if reader.keyIs("repeats") {
        repeats = try reader.bool()
      } else {
        try reader.skip()
      }
    }
    self.method = method
    self.uid = uid
    self.summary = summary
    self.location = location
    self.start = start
    self.end = end
    self.organizer = organizer
    self.attendees = try present(attendees, "attendees")
    self.sequence = try present(sequence, "sequence")
    self.status = status
    self.repeats = try present(repeats, "repeats")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let method {
      writer.key("method")
      writer.string(method)
    }
    if let uid {
      writer.key("uid")
      writer.string(uid)
    }
    if let summary {
      writer.key("summary")
      writer.string(summary)
    }
    if let location {
      writer.key("location")
      writer.string(location)
    }
    if let start {
      writer.key("start")
      start.write(to: &writer)
    }
    if let end {
      writer.key("end")
      end.write(to: &writer)
    }
    if let organizer {
      writer.key("organizer")
      organizer.write(to: &writer)
    }
    writer.key("attendees")
    writer.list(attendees)
    writer.key("sequence")
    writer.int(sequence)
    if let status {
      writer.key("status")
      writer.string(status)
    }
    writer.key("repeats")
    writer.bool(repeats)
    writer.endObject()
  }
}

/// A date, or a date and time of day, as the calendar part has it.
package struct APICalendarTime: APIValue, Hashable {
  /// `2025-03-04`, or `2025-03-04T09:30:00`, with `Z` behind it when it is UTC.
  package var at: String
  /// The zone as the part calls it; absent for UTC, dates and times that hold wherever one is.
  package var timeZone: String?
  /// It is a whole day.
  package var isDate: Bool

  package init(at: String, timeZone: String? = nil, isDate: Bool) {
    self.at = at
    self.timeZone = timeZone
    self.isDate = isDate
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var at: String?
    var timeZone: String?
    var isDate: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("at") {
        at = try reader.string()
      } else if reader.keyIs("timeZone") {
        if !reader.isNull() { timeZone = try reader.string() }
      } else if reader.keyIs("isDate") {
        isDate = try reader.bool()
      } else {
        try reader.skip()
      }
    }
    self.at = try present(at, "at")
    self.timeZone = timeZone
    self.isDate = try present(isDate, "isDate")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("at")
    writer.string(at)
    if let timeZone {
      writer.key("timeZone")
      writer.string(timeZone)
    }
    writer.key("isDate")
    writer.bool(isDate)
    writer.endObject()
  }
}

/// Somebody who takes part.
package struct APICalendarPerson: APIValue, Hashable {
  /// The name, where one is given.
  package var name: String?
  /// The address.
  package var email: String
  /// `ACCEPTED`, `DECLINED`, `TENTATIVE`, `NEEDS-ACTION`, ...; absent when it is not said.
  package var answer: String?

  package init(name: String? = nil, email: String, answer: String? = nil) {
    self.name = name
    self.email = email
    self.answer = answer
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var email: String?
    var answer: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        if !reader.isNull() { name = try reader.string() }
      } else if reader.keyIs("email") {
        email = try reader.string()
      } else if reader.keyIs("answer") {
        if !reader.isNull() { answer = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.name = name
    self.email = try present(email, "email")
    self.answer = answer
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let name {
      writer.key("name")
      writer.string(name)
    }
    writer.key("email")
    writer.string(email)
    if let answer {
      writer.key("answer")
      writer.string(answer)
    }
    writer.endObject()
  }
}

/// The list that a mail came by (RFC 2369, RFC 2919, RFC 8058). All addresses are of kinds that may be
/// opened: https, http, mailto.
package struct APIMailingList: APIValue, Hashable {
  /// The identifier of List-Id, lower-case.
  package var id: String?
  /// The name beside it.
  package var name: String?
  /// The addresses of List-Unsubscribe, in order.
  package var unsubscribe: [String]
  /// A POST of `List-Unsubscribe=One-Click` here ends the subscription without a further question (RFC
  /// 8058).
  package var oneClickUrl: String?
  /// Where to write to the list.
  package var post: String?
  /// Where its mails are kept.
  package var archive: String?
  /// Where it is explained.
  package var help: String?

  package init(
    id: String? = nil, name: String? = nil, unsubscribe: [String], oneClickUrl: String? = nil,
    post: String? = nil, archive: String? = nil, help: String? = nil
  ) {
    self.id = id
    self.name = name
    self.unsubscribe = unsubscribe
    self.oneClickUrl = oneClickUrl
    self.post = post
    self.archive = archive
    self.help = help
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var name: String?
    var unsubscribe: [String]?
    var oneClickUrl: String?
    var post: String?
    var archive: String?
    var help: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        if !reader.isNull() { id = try reader.string() }
      } else if reader.keyIs("name") {
        if !reader.isNull() { name = try reader.string() }
      } else if reader.keyIs("unsubscribe") {
        unsubscribe = try reader.strings("unsubscribe")
      } else if reader.keyIs("oneClickUrl") {
        if !reader.isNull() { oneClickUrl = try reader.string() }
      } else if reader.keyIs("post") {
        if !reader.isNull() { post = try reader.string() }
      } else if reader.keyIs("archive") {
        if !reader.isNull() { archive = try reader.string() }
      } else if reader.keyIs("help") {
        if !reader.isNull() { help = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.id = id
    self.name = name
    self.unsubscribe = try present(unsubscribe, "unsubscribe")
    self.oneClickUrl = oneClickUrl
    self.post = post
    self.archive = archive
    self.help = help
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let id {
      writer.key("id")
      writer.string(id)
    }
    if let name {
      writer.key("name")
      writer.string(name)
    }
    writer.key("unsubscribe")
    writer.strings(unsubscribe)
    if let oneClickUrl {
      writer.key("oneClickUrl")
      writer.string(oneClickUrl)
    }
    if let post {
      writer.key("post")
      writer.string(post)
    }
    if let archive {
      writer.key("archive")
      writer.string(archive)
    }
    if let help {
      writer.key("help")
      writer.string(help)
    }
    writer.endObject()
  }
}

/// What about the sender may deceive a reader; absent when nothing does. None of it is proof.
package struct APISenderSigns: APIValue, Hashable {
  /// There is more than one From field: programs differ in which they show.
  package var severalFromFields: Bool
  /// More than one author, and no Sender.
  package var severalAuthors: Bool
  /// The display name holds another address than the mail comes from.
  package var nameIsOtherAddress: Bool
  /// Letters of several scripts in one word of a name or one label of a domain.
  package var mixedScripts: Bool
  /// A name or address holds marks that turn the direction of text.
  package var turnsDirection: Bool
  /// The domain as DNS has it (`xn--...`), where it has other letters than ASCII.
  package var domainInAscii: String?

  package init(
    severalFromFields: Bool, severalAuthors: Bool, nameIsOtherAddress: Bool, mixedScripts: Bool,
    turnsDirection: Bool, domainInAscii: String? = nil
  ) {
    self.severalFromFields = severalFromFields
    self.severalAuthors = severalAuthors
    self.nameIsOtherAddress = nameIsOtherAddress
    self.mixedScripts = mixedScripts
    self.turnsDirection = turnsDirection
    self.domainInAscii = domainInAscii
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var severalFromFields: Bool?
    var severalAuthors: Bool?
    var nameIsOtherAddress: Bool?
    var mixedScripts: Bool?
    var turnsDirection: Bool?
    var domainInAscii: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("severalFromFields") {
        severalFromFields = try reader.bool()
      } else if reader.keyIs("severalAuthors") {
        severalAuthors = try reader.bool()
      } else if reader.keyIs("nameIsOtherAddress") {
        nameIsOtherAddress = try reader.bool()
      } else if reader.keyIs("mixedScripts") {
        mixedScripts = try reader.bool()
      } else if reader.keyIs("turnsDirection") {
        turnsDirection = try reader.bool()
      } else if reader.keyIs("domainInAscii") {
        if !reader.isNull() { domainInAscii = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.severalFromFields = try present(severalFromFields, "severalFromFields")
    self.severalAuthors = try present(severalAuthors, "severalAuthors")
    self.nameIsOtherAddress = try present(nameIsOtherAddress, "nameIsOtherAddress")
    self.mixedScripts = try present(mixedScripts, "mixedScripts")
    self.turnsDirection = try present(turnsDirection, "turnsDirection")
    self.domainInAscii = domainInAscii
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("severalFromFields")
    writer.bool(severalFromFields)
    writer.key("severalAuthors")
    writer.bool(severalAuthors)
    writer.key("nameIsOtherAddress")
    writer.bool(nameIsOtherAddress)
    writer.key("mixedScripts")
    writer.bool(mixedScripts)
    writer.key("turnsDirection")
    writer.bool(turnsDirection)
    if let domainInAscii {
      writer.key("domainInAscii")
      writer.string(domainInAscii)
    }
    writer.endObject()
  }
}

/// A piece of an octet string, in order.
package struct APIChunk: APIValue, Hashable {
  /// The octets, base64.
  package var data: [UInt8]
  /// Where the piece begins.
  package var offset: Int64
  /// Octets of the whole.
  package var size: Int64

  package init(data: [UInt8], offset: Int64, size: Int64) {
    self.data = data
    self.offset = offset
    self.size = size
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var data: [UInt8]?
    var offset: Int64?
    var size: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("data") {
        data = try reader.octets()
      } else if reader.keyIs("offset") {
        offset = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("size") {
        size = try reader.int(in: 0...9007199254740991)
      } else {
        try reader.skip()
      }
    }
    self.data = try present(data, "data")
    self.offset = try present(offset, "offset")
    self.size = try present(size, "size")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("data")
    writer.octets(data)
    writer.key("offset")
    writer.int(offset)
    writer.key("size")
    writer.int(size)
    writer.endObject()
  }
}

/// An object of the calling CRM: its kind of object and its id there.
package struct APIRecordRef: APIValue, Hashable {
  /// The caller's own word: contact, company, deal, ticket, ...
  package var type: String
  /// The caller's own id.
  package var id: String

  package init(type: String, id: String) {
    self.type = type
    self.id = id
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var type: String?
    var id: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("type") {
        type = try reader.string(length: 1...64)
      } else if reader.keyIs("id") {
        id = try reader.string(length: 1...255)
      } else {
        throw .unknown(reader.key)
      }
    }
    self.type = try present(type, "type")
    self.id = try present(id, "id")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("type")
    writer.string(type)
    writer.key("id")
    writer.string(id)
    writer.endObject()
  }
}

/// What to erase: `kind`, and the one member that goes with it (`mailbox`: mailboxId, `contact`: email,
/// `thread`: threadId, `mail`: mailId, `record`: record, `age`: before; `tenant` has none). `mail` is the
/// engagement: it goes in every mailbox of the tenant. `record` is everything on its timeline, and its
/// links.
package struct APIPurgeScope: APIValue, Hashable {
  package var kind: APIPurgeKind
  package var mailboxId: String?
  package var email: String?
  package var threadId: String?
  package var mailId: String?
  package var before: String?
  package var record: APIRecordRef?

  package init(
    kind: APIPurgeKind, mailboxId: String? = nil, email: String? = nil, threadId: String? = nil,
    mailId: String? = nil, before: String? = nil, record: APIRecordRef? = nil
  ) {
    self.kind = kind
    self.mailboxId = mailboxId
    self.email = email
    self.threadId = threadId
    self.mailId = mailId
    self.before = before
    self.record = record
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var kind: APIPurgeKind?
    var mailboxId: String?
    var email: String?
    var threadId: String?
    var mailId: String?
    var before: String?
    var record: APIRecordRef?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("kind") {
        kind = try APIPurgeKind(from: &reader)
      } else if reader.keyIs("mailboxId") {
        if !reader.isNull() { mailboxId = try reader.rowID("mb") }
      } else if reader.keyIs("email") {
        if !reader.isNull() { email = try reader.string(length: 3...320) }
      } else if reader.keyIs("threadId") {
        if !reader.isNull() { threadId = try reader.rowID("th") }
      } else if reader.keyIs("mailId") {
        if !reader.isNull() { mailId = try reader.rowID("m") }
      } else if reader.keyIs("before") {
        if !reader.isNull() { before = try reader.timestamp() }
      } else if reader.keyIs("record") {
        if !reader.isNull() { record = try reader.object("record") }
      } else {
        throw .unknown(reader.key)
      }
    }
    self.kind = try present(kind, "kind")
    self.mailboxId = mailboxId
    self.email = email
    self.threadId = threadId
    self.mailId = mailId
    self.before = before
    self.record = record
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("kind")
    kind.write(to: &writer)
    if let mailboxId {
      writer.key("mailboxId")
      writer.string(mailboxId)
    }
    if let email {
      writer.key("email")
      writer.string(email)
    }
    if let threadId {
      writer.key("threadId")
      writer.string(threadId)
    }
    if let mailId {
      writer.key("mailId")
      writer.string(mailId)
    }
    if let before {
      writer.key("before")
      writer.string(before)
    }
    if let record {
      writer.key("record")
      record.write(to: &writer)
    }
    writer.endObject()
  }
}

/// What an erasure takes, or took.
package struct APIPurgeCounts: APIValue, Hashable {
  package var mails: Int64
  package var bodies: Int64
  /// Octets of the bodies as they were on the server.
  package var octets: Int64
  package var threads: Int64
  package var mailboxes: Int64
  package var submissions: Int64
  /// Uploads that mails in the scope were made from; all of a tenant.
  package var uploads: Int64

  package init(
    mails: Int64, bodies: Int64, octets: Int64, threads: Int64, mailboxes: Int64, submissions: Int64,
    uploads: Int64
  ) {
    self.mails = mails
    self.bodies = bodies
    self.octets = octets
    self.threads = threads
    self.mailboxes = mailboxes
    self.submissions = submissions
    self.uploads = uploads
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mails: Int64?
    var bodies: Int64?
    var octets: Int64?
    var threads: Int64?
    var mailboxes: Int64?
    var submissions: Int64?
    var uploads: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mails") {
        mails = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("bodies") {
        bodies = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("octets") {
        octets = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("threads") {
        threads = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("mailboxes") {
        mailboxes = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("submissions") {
        submissions = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("uploads") {
        uploads = try reader.int(in: 0...9007199254740991)
      } else {
        try reader.skip()
      }
    }
    self.mails = try present(mails, "mails")
    self.bodies = try present(bodies, "bodies")
    self.octets = try present(octets, "octets")
    self.threads = try present(threads, "threads")
    self.mailboxes = try present(mailboxes, "mailboxes")
    self.submissions = try present(submissions, "submissions")
    self.uploads = try present(uploads, "uploads")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mails")
    writer.int(mails)
    writer.key("bodies")
    writer.int(bodies)
    writer.key("octets")
    writer.int(octets)
    writer.key("threads")
    writer.int(threads)
    writer.key("mailboxes")
    writer.int(mailboxes)
    writer.key("submissions")
    writer.int(submissions)
    writer.key("uploads")
    writer.int(uploads)
    writer.endObject()
  }
}

/// A run of an erasure and, once it is `done`, its receipt. Holds no personal data.
package struct APIPurge: APIValue, Hashable {
  package var id: String
  package var kind: APIPurgeKind
  package var state: APIPurgeState
  package var counts: APIPurgeCounts
  /// Rows still found in scope after the erasure; 0 in a receipt.
  package var remaining: Int64
  /// The database's write-ahead log was emptied afterwards.
  package var logTruncated: Bool
  /// The name of the token that asked.
  package var requestedBy: String
  package var startedAt: String
  package var finishedAt: String?
  package var signed: APISignedReceipt?

  package init(
    id: String, kind: APIPurgeKind, state: APIPurgeState, counts: APIPurgeCounts, remaining: Int64,
    logTruncated: Bool, requestedBy: String, startedAt: String, finishedAt: String? = nil,
    signed: APISignedReceipt? = nil
  ) {
    self.id = id
    self.kind = kind
    self.state = state
    self.counts = counts
    self.remaining = remaining
    self.logTruncated = logTruncated
    self.requestedBy = requestedBy
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.signed = signed
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var kind: APIPurgeKind?
    var state: APIPurgeState?
    var counts: APIPurgeCounts?
    var remaining: Int64?
    var logTruncated: Bool?
    var requestedBy: String?
    var startedAt: String?
    var finishedAt: String?
    var signed: APISignedReceipt?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.rowID("p")
      } else if reader.keyIs("kind") {
        kind = try APIPurgeKind(from: &reader)
      } else if reader.keyIs("state") {
        state = try APIPurgeState(from: &reader)
      } else if reader.keyIs("counts") {
        counts = try reader.object("counts")
      } else if reader.keyIs("remaining") {
        remaining = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("logTruncated") {
        logTruncated = try reader.bool()
      } else if reader.keyIs("requestedBy") {
        requestedBy = try reader.string()
      } else if reader.keyIs("startedAt") {
        startedAt = try reader.timestamp()
      } else if reader.keyIs("finishedAt") {
        if !reader.isNull() { finishedAt = try reader.timestamp() }
      } else if reader.keyIs("signed") {
        if !reader.isNull() { signed = try reader.object("signed") }
      } else {
        try reader.skip()
      }
    }
    self.id = try present(id, "id")
    self.kind = try present(kind, "kind")
    self.state = try present(state, "state")
    self.counts = try present(counts, "counts")
    self.remaining = try present(remaining, "remaining")
    self.logTruncated = try present(logTruncated, "logTruncated")
    self.requestedBy = try present(requestedBy, "requestedBy")
    self.startedAt = try present(startedAt, "startedAt")
    self.finishedAt = finishedAt
    self.signed = signed
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.string(id)
    writer.key("kind")
    kind.write(to: &writer)
    writer.key("state")
    state.write(to: &writer)
    writer.key("counts")
    counts.write(to: &writer)
    writer.key("remaining")
    writer.int(remaining)
    writer.key("logTruncated")
    writer.bool(logTruncated)
    writer.key("requestedBy")
    writer.string(requestedBy)
    writer.key("startedAt")
    writer.string(startedAt)
    if let finishedAt {
      writer.key("finishedAt")
      writer.string(finishedAt)
    }
    if let signed {
      writer.key("signed")
      signed.write(to: &writer)
    }
    writer.endObject()
  }
}

/// A receipt as the server signed it when the erasure was done; receipts of versions before 0.2.0 have
/// none. `statement` says what the receipt says, and whose it is.
package struct APISignedReceipt: APIValue, Hashable {
  /// What was signed: JSON in the form of RFC 8785. The signature is over these octets in UTF-8.
  package var statement: String
  /// Which key signed: 16 hexadecimal digits, as `purge.publicKey` has them.
  package var keyId: String
  /// Ed25519 (RFC 8032), 64 octets in base64.
  package var signature: String

  package init(statement: String, keyId: String, signature: String) {
    self.statement = statement
    self.keyId = keyId
    self.signature = signature
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var statement: String?
    var keyId: String?
    var signature: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("statement") {
        statement = try reader.string()
      } else if reader.keyIs("keyId") {
        keyId = try reader.string()
      } else if reader.keyIs("signature") {
        signature = try reader.string()
      } else {
        try reader.skip()
      }
    }
    self.statement = try present(statement, "statement")
    self.keyId = try present(keyId, "keyId")
    self.signature = try present(signature, "signature")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("statement")
    writer.string(statement)
    writer.key("keyId")
    writer.string(keyId)
    writer.key("signature")
    writer.string(signature)
    writer.endObject()
  }
}
