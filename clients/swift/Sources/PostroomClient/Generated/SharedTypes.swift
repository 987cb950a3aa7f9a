// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

/// `connecting`: the first sign-in; `syncing`: reading what is there; `live`: waiting for news; `retrying`:
/// cut off for now; `disconnected`: stopped until `mailbox.reconnect`.
public struct MailboxState: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let connecting = MailboxState(rawValue: "connecting")
  public static let syncing = MailboxState(rawValue: "syncing")
  public static let live = MailboxState(rawValue: "live")
  public static let retrying = MailboxState(rawValue: "retrying")
  public static let disconnected = MailboxState(rawValue: "disconnected")
}

/// What a folder is for (RFC 6154, RFC 8621 section 2).
public struct FolderRole: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let inbox = FolderRole(rawValue: "inbox")
  public static let sent = FolderRole(rawValue: "sent")
  public static let drafts = FolderRole(rawValue: "drafts")
  public static let junk = FolderRole(rawValue: "junk")
  public static let trash = FolderRole(rawValue: "trash")
  public static let archive = FolderRole(rawValue: "archive")
  public static let all = FolderRole(rawValue: "all")
}

/// `outgoing`: from the mailbox's own address.
public struct Direction: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let incoming = Direction(rawValue: "incoming")
  public static let outgoing = Direction(rawValue: "outgoing")
}

/// What of a mail is kept: `envelope` (the header only; the body was never read), `wanted` (the body is
/// fetched next), `logged` (the body is stored), `duplicate` (another mailbox of the tenant logged it),
/// `gone` (the server lost it before it was logged).
public struct MailState: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let envelope = MailState(rawValue: "envelope")
  public static let wanted = MailState(rawValue: "wanted")
  public static let logged = MailState(rawValue: "logged")
  public static let duplicate = MailState(rawValue: "duplicate")
  public static let gone = MailState(rawValue: "gone")
}

/// By which rule a mail joined its thread: `sent` (by `mail.send`), `tracked` (by `thread.track`),
/// `inReplyTo` and `references` (it names a mail of the thread), `child` (it does, and came before that
/// one), `bcc`, `forward`, `header` (it was logged by its address or its header), `providerThread` (the
/// provider has it in the same conversation), `threadIndex` (Exchange does), `subject` (a guess: same
/// subject, participants in common, soon after), `fork` (it names a mail of another thread, with a subject
/// and people of its own), `contact` (a known contact's). `confidence` says how sure that is.
public struct MatchRule: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let sent = MatchRule(rawValue: "sent")
  public static let tracked = MatchRule(rawValue: "tracked")
  public static let inReplyTo = MatchRule(rawValue: "inReplyTo")
  public static let references = MatchRule(rawValue: "references")
  public static let child = MatchRule(rawValue: "child")
  public static let bcc = MatchRule(rawValue: "bcc")
  public static let forward = MatchRule(rawValue: "forward")
  public static let header = MatchRule(rawValue: "header")
  public static let providerThread = MatchRule(rawValue: "providerThread")
  public static let threadIndex = MatchRule(rawValue: "threadIndex")
  public static let subject = MatchRule(rawValue: "subject")
  public static let fork = MatchRule(rawValue: "fork")
  public static let contact = MatchRule(rawValue: "contact")
}

/// What a mail is besides a letter: a report that another was not delivered, is late or was delivered; a
/// read receipt; an automatic answer; a mail with an appointment; a mail that came by a list. The first
/// that fits.
public struct MailKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let bounce = MailKind(rawValue: "bounce")
  public static let delay = MailKind(rawValue: "delay")
  public static let delivery = MailKind(rawValue: "delivery")
  public static let readReceipt = MailKind(rawValue: "readReceipt")
  public static let autoReply = MailKind(rawValue: "autoReply")
  public static let invitation = MailKind(rawValue: "invitation")
  public static let list = MailKind(rawValue: "list")
}

/// What became of a mail (RFC 3464, section 2.3.3). `delayed`: it is tried again.
public struct DeliveryAction: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let failed = DeliveryAction(rawValue: "failed")
  public static let delayed = DeliveryAction(rawValue: "delayed")
  public static let delivered = DeliveryAction(rawValue: "delivered")
  public static let relayed = DeliveryAction(rawValue: "relayed")
  public static let expanded = DeliveryAction(rawValue: "expanded")
}

/// `hard`: the address takes no mail and will not, stop writing to it. `soft`: another time or another mail
/// may pass.
public struct BounceSeverity: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let hard = BounceSeverity(rawValue: "hard")
  public static let soft = BounceSeverity(rawValue: "soft")
}

/// Why a mail was not delivered, read from the server's words first and its codes second.
public struct BounceCause: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let unknownUser = BounceCause(rawValue: "unknownUser")
  public static let disabledMailbox = BounceCause(rawValue: "disabledMailbox")
  public static let unknownDomain = BounceCause(rawValue: "unknownDomain")
  public static let refusesMail = BounceCause(rawValue: "refusesMail")
  public static let mailboxFull = BounceCause(rawValue: "mailboxFull")
  public static let tooLarge = BounceCause(rawValue: "tooLarge")
  public static let spam = BounceCause(rawValue: "spam")
  public static let policy = BounceCause(rawValue: "policy")
  public static let authentication = BounceCause(rawValue: "authentication")
  public static let blockedSender = BounceCause(rawValue: "blockedSender")
  public static let rateLimited = BounceCause(rawValue: "rateLimited")
  public static let unreachable = BounceCause(rawValue: "unreachable")
  public static let expired = BounceCause(rawValue: "expired")
  public static let loop = BounceCause(rawValue: "loop")
  public static let content = BounceCause(rawValue: "content")
  public static let relayDenied = BounceCause(rawValue: "relayDenied")
  public static let protocolError = BounceCause(rawValue: "protocolError")
  public static let virus = BounceCause(rawValue: "virus")
  public static let other = BounceCause(rawValue: "other")
}

/// `timeline`: sent one-to-one; `sequence`: by an automated series; `inbox`: read from a folder.
public struct MailOrigin: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let timeline = MailOrigin(rawValue: "timeline")
  public static let sequence = MailOrigin(rawValue: "sequence")
  public static let inbox = MailOrigin(rawValue: "inbox")
}

/// How an attachment is meant to be shown.
public struct Disposition: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let attachment = Disposition(rawValue: "attachment")
  public static let inline = Disposition(rawValue: "inline")
}

/// What an erasure takes. `retention` is what was kept long enough: the server's own, not a scope to ask
/// for.
public struct PurgeKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let tenant = PurgeKind(rawValue: "tenant")
  public static let mailbox = PurgeKind(rawValue: "mailbox")
  public static let contact = PurgeKind(rawValue: "contact")
  public static let thread = PurgeKind(rawValue: "thread")
  public static let mail = PurgeKind(rawValue: "mail")
  public static let age = PurgeKind(rawValue: "age")
  public static let record = PurgeKind(rawValue: "record")
  public static let retention = PurgeKind(rawValue: "retention")
}

/// `running`: erasing; `verifying`: emptying logs and counting what is left; `done`: the receipt is
/// complete.
public struct PurgeState: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let running = PurgeState(rawValue: "running")
  public static let verifying = PurgeState(rawValue: "verifying")
  public static let done = PurgeState(rawValue: "done")
}

/// What happened. `mail.bounced`, `mail.delayed` and `mail.autoReplied` are about the mail in `mailId`,
/// which was sent; fact `by` names the mail that brought the news.
public struct EventType: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let mailboxConnected = EventType(rawValue: "mailbox.connected")
  public static let mailboxState = EventType(rawValue: "mailbox.state")
  public static let mailboxDeleted = EventType(rawValue: "mailbox.deleted")
  public static let syncCompleted = EventType(rawValue: "sync.completed")
  public static let mailLogged = EventType(rawValue: "mail.logged")
  public static let mailGone = EventType(rawValue: "mail.gone")
  public static let mailDeleted = EventType(rawValue: "mail.deleted")
  public static let mailRestored = EventType(rawValue: "mail.restored")
  public static let mailBounced = EventType(rawValue: "mail.bounced")
  public static let mailDelayed = EventType(rawValue: "mail.delayed")
  public static let mailAutoReplied = EventType(rawValue: "mail.autoReplied")
  public static let submissionState = EventType(rawValue: "submission.state")
  public static let threadTracked = EventType(rawValue: "thread.tracked")
  public static let threadUntracked = EventType(rawValue: "thread.untracked")
  public static let threadSplit = EventType(rawValue: "thread.split")
  public static let threadMerged = EventType(rawValue: "thread.merged")
  public static let purgeDone = EventType(rawValue: "purge.done")
  public static let webhookState = EventType(rawValue: "webhook.state")
}

/// Nothing to say: it is done.
public struct Empty: Hashable, Sendable, JSONReadable, JSONWritable {
  public init() {}

  init(from reader: inout JSONReader) throws(JSONError) {
    try reader.beginObject()
    while try reader.nextKey() {
      try reader.skip()
    }
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A name and an address, as in a From header.
public struct Address: Hashable, Sendable, JSONReadable, JSONWritable {
  /// The display name.
  public var name: String?
  public var email: String

  public init(name: String? = nil, email: String) {
    self.name = name
    self.email = email
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var email: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        if !reader.isNull() { name = try reader.string() }
      } else if reader.keyIs("email") {
        email = try reader.string()
      } else {
        try reader.skip()
      }
    }
    self.name = name
    self.email = try present(email, "email")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let name {
      writer.key("name")
      writer.string(name)
    }
    writer.key("email")
    writer.string(email)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A mail of a mailbox, however many folders show it. Names as in JMAP (RFC 8621).
public struct Mail: Hashable, Sendable, JSONReadable, JSONWritable {
  public var id: String
  public var mailboxId: String
  public var threadId: String?
  public var messageId: String?
  public var inReplyTo: [String]
  public var references: [String]
  public var from: [Address]
  public var sender: [Address]
  public var replyTo: [Address]
  public var to: [Address]
  public var cc: [Address]
  public var bcc: [Address]
  public var subject: String
  /// The first words of the body; only in answers that carry the body.
  public var preview: String?
  public var sentAt: String?
  public var receivedAt: String
  public var direction: Direction
  public var state: MailState
  public var matchedBy: MatchRule?
  public var origin: MailOrigin
  /// IMAP flags in JMAP's spelling: $seen, $answered, ...
  public var keywords: [String]
  /// Octets of the message.
  public var size: Int64
  public var hasAttachment: Bool
  /// It was deleted then and waits for its erasure.
  public var deletedAt: String?
  public var isAutoReply: Bool
  public var isBounce: Bool
  /// True when the mail, or its header alone, could not be parsed: it is kept as it came, and `mail.source`
  /// has it.
  public var parseFailed: Bool?
  /// How sure `matchedBy` is: 1 where a Message-ID or a person decided, 0.99 for `providerThread` and
  /// `threadIndex`, 0.9 for `subject` and `fork`.
  public var confidence: Double?
  public var loggedAt: String?

  public init(
    id: String, mailboxId: String, threadId: String? = nil, messageId: String? = nil, inReplyTo: [String],
    references: [String], from: [Address], sender: [Address], replyTo: [Address], to: [Address],
    cc: [Address], bcc: [Address], subject: String, preview: String? = nil, sentAt: String? = nil,
    receivedAt: String, direction: Direction, state: MailState, matchedBy: MatchRule? = nil,
    origin: MailOrigin, keywords: [String], size: Int64, hasAttachment: Bool, deletedAt: String? = nil,
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

  init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var mailboxId: String?
    var threadId: String?
    var messageId: String?
    var inReplyTo: [String]?
    var references: [String]?
    var from: [Address]?
    var sender: [Address]?
    var replyTo: [Address]?
    var to: [Address]?
    var cc: [Address]?
    var bcc: [Address]?
    var subject: String?
    var preview: String?
    var sentAt: String?
    var receivedAt: String?
    var direction: Direction?
    var state: MailState?
    var matchedBy: MatchRule?
    var origin: MailOrigin?
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
        id = try reader.string()
      } else if reader.keyIs("mailboxId") {
        mailboxId = try reader.string()
      } else if reader.keyIs("threadId") {
        if !reader.isNull() { threadId = try reader.string() }
      } else if reader.keyIs("messageId") {
        if !reader.isNull() { messageId = try reader.string() }
      } else if reader.keyIs("inReplyTo") {
        inReplyTo = try reader.strings("inReplyTo")
      } else if reader.keyIs("references") {
        references = try reader.strings("references")
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
        if !reader.isNull() { preview = try reader.string() }
      } else if reader.keyIs("sentAt") {
        if !reader.isNull() { sentAt = try reader.string() }
      } else if reader.keyIs("receivedAt") {
        receivedAt = try reader.string()
      } else if reader.keyIs("direction") {
        direction = try Direction(from: &reader)
      } else if reader.keyIs("state") {
        state = try MailState(from: &reader)
      } else if reader.keyIs("matchedBy") {
        if !reader.isNull() { matchedBy = try MatchRule(from: &reader) }
      } else if reader.keyIs("origin") {
        origin = try MailOrigin(from: &reader)
      } else if reader.keyIs("keywords") {
        keywords = try reader.strings("keywords")
      } else if reader.keyIs("size") {
        size = try reader.int()
      } else if reader.keyIs("hasAttachment") {
        hasAttachment = try reader.bool()
      } else if reader.keyIs("deletedAt") {
        if !reader.isNull() { deletedAt = try reader.string() }
      } else if reader.keyIs("isAutoReply") {
        isAutoReply = try reader.bool()
      } else if reader.keyIs("isBounce") {
        isBounce = try reader.bool()
      } else if reader.keyIs("parseFailed") {
        if !reader.isNull() { parseFailed = try reader.bool() }
      } else if reader.keyIs("confidence") {
        if !reader.isNull() { confidence = try reader.double() }
      } else if reader.keyIs("loggedAt") {
        if !reader.isNull() { loggedAt = try reader.string() }
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// The content of a logged mail.
public struct MailBody: Hashable, Sendable, JSONReadable, JSONWritable {
  /// Plain text; made from the HTML where there is none.
  public var text: String
  /// The HTML with everything that runs or fetches taken out.
  public var html: String?
  /// The text without quoted history and signature.
  public var replyText: String
  /// The quoted history.
  public var quotedText: String
  /// The signature.
  public var signature: String
  /// What told the author's text from the history: `none` (all is the author's), `attribution` (“On … Jane
  /// wrote:” in any language), `original-message`, `header-block`, `quote-marks` (`>`), `forward` (the
  /// quoted text is the mail handed on), `inline` (answers between the quotations, which stay), `signature`
  /// (nothing but a signature was split off), `reply-above-line`, or the mark of a client in its HTML:
  /// `gmail_quote`, `cite`, `moz-cite-prefix`, `divRplyFwdMsg`, `appendonsend`, `outlook-border`,
  /// `outlook-header`, `outlook-mac`, `outlook-mobile`, `windows-live`, `yahoo_quoted`, `protonmail_quote`,
  /// `tutanota_quote` and others. More words may come.
  public var splitBy: String

  public init(
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

  init(from reader: inout JSONReader) throws(JSONError) {
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A part of a mail that is not its text. `attachment.get` streams it.
public struct Attachment: Hashable, Sendable, JSONReadable, JSONWritable {
  public var blobId: String
  /// A file name without a path.
  public var name: String
  /// The media type.
  public var type: String
  /// Octets when decoded.
  public var size: Int64
  public var disposition: Disposition
  /// The Content-ID that the HTML names it by, without angle brackets.
  public var cid: String?

  public init(
    blobId: String, name: String, type: String, size: Int64, disposition: Disposition, cid: String? = nil
  ) {
    self.blobId = blobId
    self.name = name
    self.type = type
    self.size = size
    self.disposition = disposition
    self.cid = cid
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var blobId: String?
    var name: String?
    var type: String?
    var size: Int64?
    var disposition: Disposition?
    var cid: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("blobId") {
        blobId = try reader.string()
      } else if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("type") {
        type = try reader.string()
      } else if reader.keyIs("size") {
        size = try reader.int()
      } else if reader.keyIs("disposition") {
        disposition = try Disposition(from: &reader)
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A mail with its content.
public struct MailDetail: Hashable, Sendable, JSONReadable, JSONWritable {
  public var mail: Mail
  public var body: MailBody?
  public var attachments: [Attachment]
  public var kind: MailKind?
  public var report: DeliveryReport?
  public var receipt: ReadReceipt?
  public var invitation: Invitation?
  public var list: MailingList?
  public var sender: SenderSigns?
  /// Of a mail that was sent: what was reported about its delivery since, for each recipient.
  public var deliveries: [DeliveryNews]?

  public init(
    mail: Mail, body: MailBody? = nil, attachments: [Attachment], kind: MailKind? = nil,
    report: DeliveryReport? = nil, receipt: ReadReceipt? = nil, invitation: Invitation? = nil,
    list: MailingList? = nil, sender: SenderSigns? = nil, deliveries: [DeliveryNews]? = nil
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

  init(from reader: inout JSONReader) throws(JSONError) {
    var mail: Mail?
    var body: MailBody?
    var attachments: [Attachment]?
    var kind: MailKind?
    var report: DeliveryReport?
    var receipt: ReadReceipt?
    var invitation: Invitation?
    var list: MailingList?
    var sender: SenderSigns?
    var deliveries: [DeliveryNews]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mail") {
        mail = try reader.object("mail")
      } else if reader.keyIs("body") {
        if !reader.isNull() { body = try reader.object("body") }
      } else if reader.keyIs("attachments") {
        attachments = try reader.list("attachments")
      } else if reader.keyIs("kind") {
        if !reader.isNull() { kind = try MailKind(from: &reader) }
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// What a mail reports about the delivery of another (RFC 3464), also where it does so in prose.
public struct DeliveryReport: Hashable, Sendable, JSONReadable, JSONWritable {
  public var action: DeliveryAction
  public var severity: BounceSeverity?
  public var cause: BounceCause?
  public var recipients: [ReportedRecipient]
  public var originalMessageId: String?
  public var originalMailId: String?
  /// The subject of the mail that is reported on.
  public var originalSubject: String?
  /// The server that reports.
  public var reportingServer: String?
  /// It came in the form of RFC 3464.
  public var standard: Bool

  public init(
    action: DeliveryAction, severity: BounceSeverity? = nil, cause: BounceCause? = nil,
    recipients: [ReportedRecipient], originalMessageId: String? = nil, originalMailId: String? = nil,
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

  init(from reader: inout JSONReader) throws(JSONError) {
    var action: DeliveryAction?
    var severity: BounceSeverity?
    var cause: BounceCause?
    var recipients: [ReportedRecipient]?
    var originalMessageId: String?
    var originalMailId: String?
    var originalSubject: String?
    var reportingServer: String?
    var standard: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("action") {
        action = try DeliveryAction(from: &reader)
      } else if reader.keyIs("severity") {
        if !reader.isNull() { severity = try BounceSeverity(from: &reader) }
      } else if reader.keyIs("cause") {
        if !reader.isNull() { cause = try BounceCause(from: &reader) }
      } else if reader.keyIs("recipients") {
        recipients = try reader.list("recipients")
      } else if reader.keyIs("originalMessageId") {
        if !reader.isNull() { originalMessageId = try reader.string() }
      } else if reader.keyIs("originalMailId") {
        if !reader.isNull() { originalMailId = try reader.string() }
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// What became of a mail for one recipient.
public struct ReportedRecipient: Hashable, Sendable, JSONReadable, JSONWritable {
  /// The address that the mail was to be delivered to.
  public var email: String?
  /// The address that it was sent to, where the report tells.
  public var originalEmail: String?
  public var action: DeliveryAction
  public var severity: BounceSeverity?
  public var cause: BounceCause?
  /// The enhanced status code (RFC 3463), such as `5.1.1`.
  public var status: String?
  /// The server's words.
  public var diagnostic: String?
  /// The server that said so.
  public var remoteServer: String?

  public init(
    email: String? = nil, originalEmail: String? = nil, action: DeliveryAction,
    severity: BounceSeverity? = nil, cause: BounceCause? = nil, status: String? = nil,
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

  init(from reader: inout JSONReader) throws(JSONError) {
    var email: String?
    var originalEmail: String?
    var action: DeliveryAction?
    var severity: BounceSeverity?
    var cause: BounceCause?
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
        action = try DeliveryAction(from: &reader)
      } else if reader.keyIs("severity") {
        if !reader.isNull() { severity = try BounceSeverity(from: &reader) }
      } else if reader.keyIs("cause") {
        if !reader.isNull() { cause = try BounceCause(from: &reader) }
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// What was reported about one recipient of a mail.
public struct DeliveryNews: Hashable, Sendable, JSONReadable, JSONWritable {
  /// The recipient, where the report names one.
  public var email: String?
  public var action: DeliveryAction
  public var severity: BounceSeverity?
  public var cause: BounceCause?
  /// The enhanced status code (RFC 3463), such as `5.1.1`.
  public var status: String?
  /// The server's words.
  public var diagnostic: String?
  public var reportMailId: String
  public var at: String

  public init(
    email: String? = nil, action: DeliveryAction, severity: BounceSeverity? = nil,
    cause: BounceCause? = nil, status: String? = nil, diagnostic: String? = nil, reportMailId: String,
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

  init(from reader: inout JSONReader) throws(JSONError) {
    var email: String?
    var action: DeliveryAction?
    var severity: BounceSeverity?
    var cause: BounceCause?
    var status: String?
    var diagnostic: String?
    var reportMailId: String?
    var at: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("email") {
        if !reader.isNull() { email = try reader.string() }
      } else if reader.keyIs("action") {
        action = try DeliveryAction(from: &reader)
      } else if reader.keyIs("severity") {
        if !reader.isNull() { severity = try BounceSeverity(from: &reader) }
      } else if reader.keyIs("cause") {
        if !reader.isNull() { cause = try BounceCause(from: &reader) }
      } else if reader.keyIs("status") {
        if !reader.isNull() { status = try reader.string() }
      } else if reader.keyIs("diagnostic") {
        if !reader.isNull() { diagnostic = try reader.string() }
      } else if reader.keyIs("reportMailId") {
        reportMailId = try reader.string()
      } else if reader.keyIs("at") {
        at = try reader.string()
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// What a reader, or a program, did with a mail (RFC 8098).
public struct ReadReceipt: Hashable, Sendable, JSONReadable, JSONWritable {
  /// `displayed`, `deleted`, `dispatched`, `processed`, `denied` or `failed`.
  public var disposition: String
  /// A program did it, not the recipient.
  public var automatic: Bool
  /// Whose receipt it is.
  public var recipient: String?
  public var originalMessageId: String?

  public init(
    disposition: String, automatic: Bool, recipient: String? = nil, originalMessageId: String? = nil
  ) {
    self.disposition = disposition
    self.automatic = automatic
    self.recipient = recipient
    self.originalMessageId = originalMessageId
  }

  init(from reader: inout JSONReader) throws(JSONError) {
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
        if !reader.isNull() { originalMessageId = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.disposition = try present(disposition, "disposition")
    self.automatic = try present(automatic, "automatic")
    self.recipient = recipient
    self.originalMessageId = originalMessageId
  }

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// What a mail says about an appointment: the first event of its calendar part (RFC 5545).
public struct Invitation: Hashable, Sendable, JSONReadable, JSONWritable {
  /// What is wanted (RFC 5546): `REQUEST`, `REPLY`, `CANCEL`, `COUNTER`, `PUBLISH`, ...
  public var method: String?
  /// Names the appointment in all calendars.
  public var uid: String?
  /// What it is about.
  public var summary: String?
  /// Where it is.
  public var location: String?
  public var start: CalendarTime?
  public var end: CalendarTime?
  public var organizer: CalendarPerson?
  public var attendees: [CalendarPerson]
  /// Counts changes of the appointment.
  public var sequence: Int64
  /// `CONFIRMED`, `TENTATIVE` or `CANCELLED`.
  public var status: String?
  /// It takes place more than once.
  public var repeats: Bool

  public init(
    method: String? = nil, uid: String? = nil, summary: String? = nil, location: String? = nil,
    start: CalendarTime? = nil, end: CalendarTime? = nil, organizer: CalendarPerson? = nil,
    attendees: [CalendarPerson], sequence: Int64, status: String? = nil, repeats: Bool
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

  init(from reader: inout JSONReader) throws(JSONError) {
    var method: String?
    var uid: String?
    var summary: String?
    var location: String?
    var start: CalendarTime?
    var end: CalendarTime?
    var organizer: CalendarPerson?
    var attendees: [CalendarPerson]?
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
        sequence = try reader.int()
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A date, or a date and time of day, as the calendar part has it.
public struct CalendarTime: Hashable, Sendable, JSONReadable, JSONWritable {
  /// `2025-03-04`, or `2025-03-04T09:30:00`, with `Z` behind it when it is UTC.
  public var at: String
  /// The zone as the part calls it; absent for UTC, dates and times that hold wherever one is.
  public var timeZone: String?
  /// It is a whole day.
  public var isDate: Bool

  public init(at: String, timeZone: String? = nil, isDate: Bool) {
    self.at = at
    self.timeZone = timeZone
    self.isDate = isDate
  }

  init(from reader: inout JSONReader) throws(JSONError) {
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Somebody who takes part.
public struct CalendarPerson: Hashable, Sendable, JSONReadable, JSONWritable {
  /// The name, where one is given.
  public var name: String?
  /// The address.
  public var email: String
  /// `ACCEPTED`, `DECLINED`, `TENTATIVE`, `NEEDS-ACTION`, ...; absent when it is not said.
  public var answer: String?

  public init(name: String? = nil, email: String, answer: String? = nil) {
    self.name = name
    self.email = email
    self.answer = answer
  }

  init(from reader: inout JSONReader) throws(JSONError) {
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// The list that a mail came by (RFC 2369, RFC 2919, RFC 8058). All addresses are of kinds that may be
/// opened: https, http, mailto.
public struct MailingList: Hashable, Sendable, JSONReadable, JSONWritable {
  /// The identifier of List-Id, lower-case.
  public var id: String?
  /// The name beside it.
  public var name: String?
  /// The addresses of List-Unsubscribe, in order.
  public var unsubscribe: [String]
  /// A POST of `List-Unsubscribe=One-Click` here ends the subscription without a further question (RFC
  /// 8058).
  public var oneClickUrl: String?
  /// Where to write to the list.
  public var post: String?
  /// Where its mails are kept.
  public var archive: String?
  /// Where it is explained.
  public var help: String?

  public init(
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

  init(from reader: inout JSONReader) throws(JSONError) {
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// What about the sender may deceive a reader; absent when nothing does. None of it is proof.
public struct SenderSigns: Hashable, Sendable, JSONReadable, JSONWritable {
  /// There is more than one From field: programs differ in which they show.
  public var severalFromFields: Bool
  /// More than one author, and no Sender.
  public var severalAuthors: Bool
  /// The display name holds another address than the mail comes from.
  public var nameIsOtherAddress: Bool
  /// Letters of several scripts in one word of a name or one label of a domain.
  public var mixedScripts: Bool
  /// A name or address holds marks that turn the direction of text.
  public var turnsDirection: Bool
  /// The domain as DNS has it (`xn--...`), where it has other letters than ASCII.
  public var domainInAscii: String?

  public init(
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

  init(from reader: inout JSONReader) throws(JSONError) {
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A piece of an octet string, in order.
public struct Chunk: Hashable, Sendable, JSONReadable, JSONWritable {
  /// The octets, base64.
  public var data: [UInt8]
  /// Where the piece begins.
  public var offset: Int64
  /// Octets of the whole.
  public var size: Int64

  public init(data: [UInt8], offset: Int64, size: Int64) {
    self.data = data
    self.offset = offset
    self.size = size
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var data: [UInt8]?
    var offset: Int64?
    var size: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("data") {
        data = try reader.octets()
      } else if reader.keyIs("offset") {
        offset = try reader.int()
      } else if reader.keyIs("size") {
        size = try reader.int()
      } else {
        try reader.skip()
      }
    }
    self.data = try present(data, "data")
    self.offset = try present(offset, "offset")
    self.size = try present(size, "size")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("data")
    writer.octets(data)
    writer.key("offset")
    writer.int(offset)
    writer.key("size")
    writer.int(size)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// An object of the calling CRM: its kind of object and its id there.
public struct RecordRef: Hashable, Sendable, JSONReadable, JSONWritable {
  /// The caller's own word: contact, company, deal, ticket, ...
  public var type: String
  /// The caller's own id.
  public var id: String

  public init(type: String, id: String) {
    self.type = type
    self.id = id
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var type: String?
    var id: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("type") {
        type = try reader.string()
      } else if reader.keyIs("id") {
        id = try reader.string()
      } else {
        try reader.skip()
      }
    }
    self.type = try present(type, "type")
    self.id = try present(id, "id")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("type")
    writer.string(type)
    writer.key("id")
    writer.string(id)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// What to erase: `kind`, and the one member that goes with it (`mailbox`: mailboxId, `contact`: email,
/// `thread`: threadId, `mail`: mailId, `record`: record, `age`: before; `tenant` has none). `mail` is the
/// engagement: it goes in every mailbox of the tenant. `record` is everything on its timeline, and its
/// links.
public struct PurgeScope: Hashable, Sendable, JSONWritable {
  public var kind: PurgeKind
  public var mailboxId: String?
  public var email: String?
  public var threadId: String?
  public var mailId: String?
  public var before: String?
  public var record: RecordRef?

  public init(
    kind: PurgeKind, mailboxId: String? = nil, email: String? = nil, threadId: String? = nil,
    mailId: String? = nil, before: String? = nil, record: RecordRef? = nil
  ) {
    self.kind = kind
    self.mailboxId = mailboxId
    self.email = email
    self.threadId = threadId
    self.mailId = mailId
    self.before = before
    self.record = record
  }

  func write(to writer: inout JSONWriter) {
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
public struct PurgeCounts: Hashable, Sendable, JSONReadable, JSONWritable {
  public var mails: Int64
  public var bodies: Int64
  /// Octets of the bodies as they were on the server.
  public var octets: Int64
  public var threads: Int64
  public var mailboxes: Int64
  public var submissions: Int64
  /// Uploads that mails in the scope were made from; all of a tenant.
  public var uploads: Int64

  public init(
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

  init(from reader: inout JSONReader) throws(JSONError) {
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
        mails = try reader.int()
      } else if reader.keyIs("bodies") {
        bodies = try reader.int()
      } else if reader.keyIs("octets") {
        octets = try reader.int()
      } else if reader.keyIs("threads") {
        threads = try reader.int()
      } else if reader.keyIs("mailboxes") {
        mailboxes = try reader.int()
      } else if reader.keyIs("submissions") {
        submissions = try reader.int()
      } else if reader.keyIs("uploads") {
        uploads = try reader.int()
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A run of an erasure and, once it is `done`, its receipt. Holds no personal data.
public struct Purge: Hashable, Sendable, JSONReadable, JSONWritable {
  public var id: String
  public var kind: PurgeKind
  public var state: PurgeState
  public var counts: PurgeCounts
  /// Rows still found in scope after the erasure; 0 in a receipt.
  public var remaining: Int64
  /// The database's write-ahead log was emptied afterwards.
  public var logTruncated: Bool
  /// The name of the token that asked.
  public var requestedBy: String
  public var startedAt: String
  public var finishedAt: String?
  public var signed: SignedReceipt?

  public init(
    id: String, kind: PurgeKind, state: PurgeState, counts: PurgeCounts, remaining: Int64,
    logTruncated: Bool, requestedBy: String, startedAt: String, finishedAt: String? = nil,
    signed: SignedReceipt? = nil
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

  init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var kind: PurgeKind?
    var state: PurgeState?
    var counts: PurgeCounts?
    var remaining: Int64?
    var logTruncated: Bool?
    var requestedBy: String?
    var startedAt: String?
    var finishedAt: String?
    var signed: SignedReceipt?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.string()
      } else if reader.keyIs("kind") {
        kind = try PurgeKind(from: &reader)
      } else if reader.keyIs("state") {
        state = try PurgeState(from: &reader)
      } else if reader.keyIs("counts") {
        counts = try reader.object("counts")
      } else if reader.keyIs("remaining") {
        remaining = try reader.int()
      } else if reader.keyIs("logTruncated") {
        logTruncated = try reader.bool()
      } else if reader.keyIs("requestedBy") {
        requestedBy = try reader.string()
      } else if reader.keyIs("startedAt") {
        startedAt = try reader.string()
      } else if reader.keyIs("finishedAt") {
        if !reader.isNull() { finishedAt = try reader.string() }
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A receipt as the server signed it when the erasure was done; receipts of versions before 0.2.0 have
/// none. `statement` says what the receipt says, and whose it is.
public struct SignedReceipt: Hashable, Sendable, JSONReadable, JSONWritable {
  /// What was signed: JSON in the form of RFC 8785. The signature is over these octets in UTF-8.
  public var statement: String
  /// Which key signed: 16 hexadecimal digits, as `purge.publicKey` has them.
  public var keyId: String
  /// Ed25519 (RFC 8032), 64 octets in base64.
  public var signature: String

  public init(statement: String, keyId: String, signature: String) {
    self.statement = statement
    self.keyId = keyId
    self.signature = signature
  }

  init(from reader: inout JSONReader) throws(JSONError) {
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

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("statement")
    writer.string(statement)
    writer.key("keyId")
    writer.string(keyId)
    writer.key("signature")
    writer.string(signature)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}
