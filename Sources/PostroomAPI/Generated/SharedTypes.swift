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

/// By which rule a mail joined its thread.
package enum APIMatchRule: String, APIWord {
  case sent
  case tracked
  case inReplyTo
  case references
  case child
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

/// What an erasure takes.
package enum APIPurgeKind: String, APIWord {
  case tenant
  case mailbox
  case contact
  case thread
  case mail
  case age
  case record
}

/// `running`: erasing; `verifying`: emptying logs and counting what is left; `done`: the receipt is
/// complete.
package enum APIPurgeState: String, APIWord {
  case running
  case verifying
  case done
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
  package var isAutoReply: Bool
  package var isBounce: Bool
  package var loggedAt: String?

  package init(
    id: String, mailboxId: String, threadId: String? = nil, messageId: String? = nil, inReplyTo: [String],
    references: [String], from: [APIAddress], sender: [APIAddress], replyTo: [APIAddress], to: [APIAddress],
    cc: [APIAddress], bcc: [APIAddress], subject: String, preview: String? = nil, sentAt: String? = nil,
    receivedAt: String, direction: APIDirection, state: APIMailState, matchedBy: APIMatchRule? = nil,
    origin: APIMailOrigin, keywords: [String], size: Int64, hasAttachment: Bool, isAutoReply: Bool,
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
    var isAutoReply: Bool?
    var isBounce: Bool?
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
      } else if reader.keyIs("isAutoReply") {
        isAutoReply = try reader.bool()
      } else if reader.keyIs("isBounce") {
        isBounce = try reader.bool()
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
    self.isAutoReply = try present(isAutoReply, "isAutoReply")
    self.isBounce = try present(isBounce, "isBounce")
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
  /// The rule that found where the quoted history begins.
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

  package init(mail: APIMail, body: APIMailBody? = nil, attachments: [APIAttachment]) {
    self.mail = mail
    self.body = body
    self.attachments = attachments
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mail: APIMail?
    var body: APIMailBody?
    var attachments: [APIAttachment]?
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

/// What an erasure takes, or took.
package struct APIPurgeCounts: APIValue, Hashable {
  package var mails: Int64
  package var bodies: Int64
  /// Octets of the bodies as they were on the server.
  package var octets: Int64
  package var threads: Int64
  package var mailboxes: Int64
  package var submissions: Int64

  package init(
    mails: Int64, bodies: Int64, octets: Int64, threads: Int64, mailboxes: Int64, submissions: Int64
  ) {
    self.mails = mails
    self.bodies = bodies
    self.octets = octets
    self.threads = threads
    self.mailboxes = mailboxes
    self.submissions = submissions
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mails: Int64?
    var bodies: Int64?
    var octets: Int64?
    var threads: Int64?
    var mailboxes: Int64?
    var submissions: Int64?
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

  package init(
    id: String, kind: APIPurgeKind, state: APIPurgeState, counts: APIPurgeCounts, remaining: Int64,
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
    writer.endObject()
  }
}
