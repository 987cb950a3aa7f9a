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

/// By which rule a mail joined its thread.
public struct MatchRule: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let sent = MatchRule(rawValue: "sent")
  public static let tracked = MatchRule(rawValue: "tracked")
  public static let inReplyTo = MatchRule(rawValue: "inReplyTo")
  public static let references = MatchRule(rawValue: "references")
  public static let child = MatchRule(rawValue: "child")
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

/// What an erasure takes.
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
  public var isAutoReply: Bool
  public var isBounce: Bool
  public var loggedAt: String?

  public init(
    id: String, mailboxId: String, threadId: String? = nil, messageId: String? = nil, inReplyTo: [String],
    references: [String], from: [Address], sender: [Address], replyTo: [Address], to: [Address],
    cc: [Address], bcc: [Address], subject: String, preview: String? = nil, sentAt: String? = nil,
    receivedAt: String, direction: Direction, state: MailState, matchedBy: MatchRule? = nil,
    origin: MailOrigin, keywords: [String], size: Int64, hasAttachment: Bool, isAutoReply: Bool,
    isBounce: Bool, loggedAt: String? = nil
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
    self.isAutoReply = isAutoReply
    self.isBounce = isBounce
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
    var isAutoReply: Bool?
    var isBounce: Bool?
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
      } else if reader.keyIs("isAutoReply") {
        isAutoReply = try reader.bool()
      } else if reader.keyIs("isBounce") {
        isBounce = try reader.bool()
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
    self.isAutoReply = try present(isAutoReply, "isAutoReply")
    self.isBounce = try present(isBounce, "isBounce")
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
    writer.key("isAutoReply")
    writer.bool(isAutoReply)
    writer.key("isBounce")
    writer.bool(isBounce)
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
  /// The rule that found where the quoted history begins.
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

  public init(mail: Mail, body: MailBody? = nil, attachments: [Attachment]) {
    self.mail = mail
    self.body = body
    self.attachments = attachments
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var mail: Mail?
    var body: MailBody?
    var attachments: [Attachment]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mail") {
        mail = try reader.object("mail")
      } else if reader.keyIs("body") {
        if !reader.isNull() { body = try reader.object("body") }
      } else if reader.keyIs("attachments") {
        attachments = try reader.list("attachments")
      } else {
        try reader.skip()
      }
    }
    self.mail = try present(mail, "mail")
    self.body = body
    self.attachments = try present(attachments, "attachments")
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

/// What an erasure takes, or took.
public struct PurgeCounts: Hashable, Sendable, JSONReadable, JSONWritable {
  public var mails: Int64
  public var bodies: Int64
  /// Octets of the bodies as they were on the server.
  public var octets: Int64
  public var threads: Int64
  public var mailboxes: Int64
  public var submissions: Int64

  public init(
    mails: Int64, bodies: Int64, octets: Int64, threads: Int64, mailboxes: Int64, submissions: Int64
  ) {
    self.mails = mails
    self.bodies = bodies
    self.octets = octets
    self.threads = threads
    self.mailboxes = mailboxes
    self.submissions = submissions
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var mails: Int64?
    var bodies: Int64?
    var octets: Int64?
    var threads: Int64?
    var mailboxes: Int64?
    var submissions: Int64?
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

  public init(
    id: String, kind: PurgeKind, state: PurgeState, counts: PurgeCounts, remaining: Int64,
    logTruncated: Bool, requestedBy: String, startedAt: String, finishedAt: String? = nil
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
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}
