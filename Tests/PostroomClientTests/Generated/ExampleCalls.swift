// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
import PostroomClient
import Testing

/// An example of the document as a call of the client.
struct ExampleCall: Sendable, CustomTestStringConvertible {
  var method: String
  var params: String
  var result: String
  /// One value of the stream; nil when the method is none.
  var value: String?
  /// The value that the call sends into its stream; nil when it sends none.
  var sent: String?
  /// How many values came; nil when the method is no stream.
  var call: @Sendable (PostroomClient) async throws -> Int?
  var testDescription: String { method }
}

extension ExampleCall {
  static let all: [ExampleCall] = [
    ExampleCall(
      method: "mailbox.connect",
      params: ##"{"email":"ada@example.com","password":"difference","displayName":"Ada Byron","imap":{"host":"imap.example.com"},"smtp":{"host":"smtp.example.com","port":465,"security":"tls"}}"##,
      result: ##"{"id":"mb1","email":"ada@example.com","displayName":"Ada Byron","userName":"ada@example.com","imap":{"host":"imap.example.com","port":993,"security":"tls"},"smtp":{"host":"smtp.example.com","port":465,"security":"tls"},"state":"connecting","providerFilesSentMail":false,"logAttachments":true,"createdAt":"2025-03-04T09:30:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mailbox.connect(
        email: "ada@example.com", password: "difference", displayName: "Ada Byron",
        imap: ServerChoice(host: "imap.example.com"),
        smtp: ServerChoice(host: "smtp.example.com", port: 465, security: .tls)
      )
      return nil
    },
    ExampleCall(
      method: "mailbox.get",
      params: ##"{"mailboxId":"mb1"}"##,
      result: ##"{"id":"mb1","email":"ada@example.com","displayName":"Ada Byron","userName":"ada@example.com","imap":{"host":"imap.example.com","port":993,"security":"tls"},"smtp":{"host":"smtp.example.com","port":465,"security":"tls"},"state":"live","providerFilesSentMail":false,"logAttachments":true,"createdAt":"2025-03-04T09:30:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mailbox.get(mailboxId: "mb1")
      return nil
    },
    ExampleCall(
      method: "mailbox.list",
      params: ##"{}"##,
      result: ##"{"mailboxes":[{"id":"mb1","email":"ada@example.com","displayName":"Ada Byron","userName":"ada@example.com","imap":{"host":"imap.example.com","port":993,"security":"tls"},"smtp":{"host":"smtp.example.com","port":465,"security":"tls"},"state":"live","providerFilesSentMail":false,"logAttachments":true,"createdAt":"2025-03-04T09:30:00.000Z"}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mailbox.list()
      return nil
    },
    ExampleCall(
      method: "mailbox.audit",
      params: ##"{"mailboxId":"mb1"}"##,
      result: ##"{"mailboxId":"mb1","at":"2025-03-04T09:30:00.000Z","onServer":1514,"logged":41,"unexplained":0,"folders":[{"name":"INBOX","role":"inbox","syncs":true,"onServer":1204,"logged":41,"onlyHere":0,"absent":[{"reason":"notTracked","mails":1162},{"reason":"purged","mails":1}]},{"name":"Trash","role":"trash","syncs":false,"onServer":310,"logged":0,"onlyHere":0,"absent":[{"reason":"folderNotRead","mails":310}]}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mailbox.audit(mailboxId: "mb1")
      return nil
    },
    ExampleCall(
      method: "mailbox.discover",
      params: ##"{"email":"ada@gmail.com"}"##,
      result: ##"{"email":"ada@gmail.com","candidates":[{"source":"table","provider":"Gmail","imap":{"host":"imap.gmail.com","port":993,"security":"tls"},"smtp":{"host":"smtp.gmail.com","port":465,"security":"tls"},"userName":"ada@gmail.com","oauthProvider":"google","notes":["Without access tokens an app password is needed, which wants 2-step verification."]}],"looked":[{"source":"table","outcome":"found"}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mailbox.discover(email: "ada@gmail.com")
      return nil
    },
    ExampleCall(
      method: "mailbox.probe",
      params: ##"{"mailboxId":"mb1"}"##,
      result: ##"{"imap":{"host":"imap.example.com","port":993,"security":"tls"},"smtp":{"host":"smtp.example.com","port":465,"security":"tls"},"software":"Dovecot","capabilities":["COMPRESS=DEFLATE","CONDSTORE","IDLE","IMAP4REV1","QRESYNC","UIDPLUS"],"features":[{"name":"QRESYNC","decision":"used","reason":"Opening a folder tells what changed and what went since the last time."},{"name":"CONDSTORE","decision":"passedOver","reason":"QRESYNC does this, and is used."},{"name":"NOTIFY","decision":"absent","reason":"Not offered: other folders are asked by STATUS at intervals."}],"quirks":[{"id":"dovecot-line","effect":"note","fact":"Dovecot refuses command lines above 64 KB: sets of UIDs are sent in parts.","source":"measured with Dovecot 2.3.19"}],"changesBy":"qresync","newsBy":"idle","submitOctetsMax":36700160,"folders":[{"name":"INBOX","role":"inbox","syncs":true,"messages":1204},{"name":"Sent","role":"sent","syncs":true,"messages":310},{"name":"Trash","role":"trash","syncs":false}],"sentFiling":"append","sentFolder":"Sent"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mailbox.probe(mailboxId: "mb1")
      return nil
    },
    ExampleCall(
      method: "mailbox.reconnect",
      params: ##"{"mailboxId":"mb1","password":"analytical"}"##,
      result: ##"{"id":"mb1","email":"ada@example.com","displayName":"Ada Byron","userName":"ada@example.com","imap":{"host":"imap.example.com","port":993,"security":"tls"},"smtp":{"host":"smtp.example.com","port":465,"security":"tls"},"state":"connecting","providerFilesSentMail":false,"logAttachments":true,"createdAt":"2025-03-04T09:30:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mailbox.reconnect(mailboxId: "mb1", password: "analytical")
      return nil
    },
    ExampleCall(
      method: "mailbox.update",
      params: ##"{"mailboxId":"mb1","identities":[{"name":"Sales","email":"sales@example.com"}],"sendsPerDayMax":500}"##,
      result: ##"{"id":"mb1","email":"ada@example.com","displayName":"Ada Byron","userName":"ada@example.com","imap":{"host":"imap.example.com","port":993,"security":"tls"},"smtp":{"host":"smtp.example.com","port":465,"security":"tls"},"state":"live","providerFilesSentMail":false,"logAttachments":true,"identities":[{"name":"Sales","email":"sales@example.com"}],"sendLimits":{"perDay":500},"createdAt":"2025-03-04T09:30:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mailbox.update(
        mailboxId: "mb1", identities: [Address(name: "Sales", email: "sales@example.com")],
        sendsPerDayMax: 500
      )
      return nil
    },
    ExampleCall(
      method: "mailbox.disconnect",
      params: ##"{"mailboxId":"mb1"}"##,
      result: ##"{"id":"mb1","email":"ada@example.com","displayName":"Ada Byron","userName":"ada@example.com","imap":{"host":"imap.example.com","port":993,"security":"tls"},"smtp":{"host":"smtp.example.com","port":465,"security":"tls"},"state":"disconnected","reason":"turnedOff","detail":"Turned off by a caller.","providerFilesSentMail":false,"logAttachments":true,"createdAt":"2025-03-04T09:30:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mailbox.disconnect(mailboxId: "mb1")
      return nil
    },
    ExampleCall(
      method: "mailbox.delete",
      params: ##"{"mailboxId":"mb1"}"##,
      result: ##"{"id":"p2","kind":"mailbox","state":"running","counts":{"mails":12,"bodies":9,"octets":482113,"threads":3,"mailboxes":0,"submissions":4,"uploads":0},"remaining":0,"logTruncated":false,"requestedBy":"crm","startedAt":"2025-03-05T07:12:45.031Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mailbox.delete(mailboxId: "mb1")
      return nil
    },
    ExampleCall(
      method: "oauth.providers",
      params: ##"{}"##,
      result: ##"{"providers":[{"name":"google","authorization":true,"device":false}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.oauth.providers()
      return nil
    },
    ExampleCall(
      method: "oauth.begin",
      params: ##"{"provider":"google","redirectUri":"https://crm.example.com/connected","email":"ada@example.com"}"##,
      result: ##"{"url":"https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=c&state=Rk2T","state":"Rk2T","expiresAt":"2025-03-04T09:45:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.oauth.begin(
        provider: "google", redirectUri: "https://crm.example.com/connected", email: "ada@example.com"
      )
      return nil
    },
    ExampleCall(
      method: "oauth.complete",
      params: ##"{"state":"Rk2T","code":"4/0Adeu5B"}"##,
      result: ##"{"grantId":"og_7Hq2","expiresAt":"2025-03-04T09:45:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.oauth.complete(state: "Rk2T", code: "4/0Adeu5B")
      return nil
    },
    ExampleCall(
      method: "oauth.device",
      params: ##"{"provider":"microsoft"}"##,
      result: ##"{"grantId":"og_7Hq2","userCode":"WDJB-MJHT","verificationUri":"https://microsoft.com/devicelogin","expiresAt":"2025-03-04T09:45:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.oauth.device(provider: "microsoft")
      return nil
    },
    ExampleCall(
      method: "oauth.wait",
      params: ##"{"grantId":"og_7Hq2"}"##,
      result: ##"{"grantId":"og_7Hq2","expiresAt":"2025-03-04T10:00:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.oauth.wait(grantId: "og_7Hq2")
      return nil
    },
    ExampleCall(
      method: "folder.list",
      params: ##"{"mailboxId":"mb1"}"##,
      result: ##"{"folders":[{"id":"f1","mailboxId":"mb1","name":"INBOX","role":"inbox","syncs":true,"stored":41000,"total":120000,"complete":false}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.folder.list(mailboxId: "mb1")
      return nil
    },
    ExampleCall(
      method: "sync.run",
      params: ##"{"mailboxId":"mb1"}"##,
      result: ##"{"mailboxId":"mb1","state":"syncing","phase":"reading","folders":[{"folderId":"f1","name":"INBOX","role":"inbox","stored":41000,"total":120000,"complete":false},{"folderId":"f2","name":"Sent","role":"sent","stored":310,"total":310,"complete":true}],"stored":41310,"total":120310,"messagesPerSecond":5200.5,"secondsLeft":16,"complete":false}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.sync.run(mailboxId: "mb1")
      return nil
    },
    ExampleCall(
      method: "sync.cancel",
      params: ##"{"mailboxId":"mb1"}"##,
      result: ##"{"mailboxId":"mb1","state":"live","phase":"paused","folders":[{"folderId":"f1","name":"INBOX","role":"inbox","stored":41000,"total":120000,"complete":false},{"folderId":"f2","name":"Sent","role":"sent","stored":310,"total":310,"complete":true}],"stored":41310,"total":120310,"messagesPerSecond":0.0,"complete":false}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.sync.cancel(mailboxId: "mb1")
      return nil
    },
    ExampleCall(
      method: "sync.status",
      params: ##"{"mailboxId":"mb1"}"##,
      result: ##"{"mailboxId":"mb1","state":"syncing","phase":"reading","folders":[{"folderId":"f1","name":"INBOX","role":"inbox","stored":41000,"total":120000,"complete":false},{"folderId":"f2","name":"Sent","role":"sent","stored":310,"total":310,"complete":true}],"stored":41310,"total":120310,"messagesPerSecond":5200.5,"secondsLeft":16,"complete":false}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.sync.status(mailboxId: "mb1")
      return nil
    },
    ExampleCall(
      method: "sync.watch",
      params: ##"{"mailboxId":"mb1"}"##,
      result: ##"{"subscription":"s1"}"##,
      value: ##"{"mailboxId":"mb1","state":"syncing","phase":"reading","folders":[{"folderId":"f1","name":"INBOX","role":"inbox","stored":41000,"total":120000,"complete":false},{"folderId":"f2","name":"Sent","role":"sent","stored":310,"total":310,"complete":true}],"stored":41310,"total":120310,"messagesPerSecond":5200.5,"secondsLeft":16,"complete":false}"##,
      sent: nil
    ) { client in
      var count = 0
      for try await _ in client.sync.watch(mailboxId: "mb1") { count += 1 }
      return count
    },
    ExampleCall(
      method: "mail.send",
      params: ##"{"mailboxId":"mb1","to":[{"name":"Charles","email":"charles@example.org"}],"subject":"The engine","text":"Does it turn?\n","attachments":[{"name":"note.txt","type":"text/plain","data":"aGVsbG8K"}]}"##,
      result: ##"{"mail":{"id":"m7","mailboxId":"mb1","threadId":"th3","messageId":"a1b2c3@example.com","inReplyTo":[],"references":[],"from":[{"name":"Ada Byron","email":"ada@example.com"}],"sender":[],"replyTo":[],"to":[{"name":"Charles","email":"charles@example.org"}],"cc":[],"bcc":[],"subject":"The engine","sentAt":"2025-03-04T09:30:00.000Z","receivedAt":"2025-03-04T09:30:00.000Z","direction":"outgoing","state":"logged","matchedBy":"sent","origin":"timeline","keywords":["$seen"],"size":1432,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-04T09:30:02.417Z"},"submission":{"id":"s2","mailId":"m7","mailboxId":"mb1","messageId":"a1b2c3@example.com","envelopeFrom":"ada@example.com","recipients":[{"email":"charles@example.org","code":0,"text":""}],"state":"queued","attempts":0,"sentCopy":"pending","createdAt":"2025-03-04T09:30:00.000Z","updatedAt":"2025-03-04T09:30:00.000Z"},"replayed":false}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mail.send(
        mailboxId: "mb1", to: [Address(name: "Charles", email: "charles@example.org")],
        subject: "The engine", text: "Does it turn?\n",
        attachments: [OutgoingAttachment(name: "note.txt", type: "text/plain", data: base64("aGVsbG8K"))]
      )
      return nil
    },
    ExampleCall(
      method: "mail.send",
      params: ##"{"mailboxId":"mb1","to":[{"name":"Charles","email":"charles@example.org"}],"subject":"The engine","text":"Does it turn?\n","attachments":[{"uploadId":"up5"},{"uploadId":"up6","name":"logo.png","disposition":"inline","cid":"logo@example.com"}]}"##,
      result: ##"{"mail":{"id":"m7","mailboxId":"mb1","threadId":"th3","messageId":"a1b2c3@example.com","inReplyTo":[],"references":[],"from":[{"name":"Ada Byron","email":"ada@example.com"}],"sender":[],"replyTo":[],"to":[{"name":"Charles","email":"charles@example.org"}],"cc":[],"bcc":[],"subject":"The engine","sentAt":"2025-03-04T09:30:00.000Z","receivedAt":"2025-03-04T09:30:00.000Z","direction":"outgoing","state":"logged","matchedBy":"sent","origin":"timeline","keywords":["$seen"],"size":1432,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-04T09:30:02.417Z"},"submission":{"id":"s2","mailId":"m7","mailboxId":"mb1","messageId":"a1b2c3@example.com","envelopeFrom":"ada@example.com","recipients":[{"email":"charles@example.org","code":0,"text":""}],"state":"queued","attempts":0,"sentCopy":"pending","createdAt":"2025-03-04T09:30:00.000Z","updatedAt":"2025-03-04T09:30:00.000Z"},"replayed":false}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mail.send(
        mailboxId: "mb1", to: [Address(name: "Charles", email: "charles@example.org")],
        subject: "The engine", text: "Does it turn?\n",
        attachments: [OutgoingAttachment(uploadId: "up5"), OutgoingAttachment(name: "logo.png", uploadId: "up6", disposition: .inline, cid: "logo@example.com")]
      )
      return nil
    },
    ExampleCall(
      method: "mail.send",
      params: ##"{"mailboxId":"mb1","to":[{"email":"charles@example.org"}],"cc":[{"email":"mary@example.net"}],"subject":"Re: The engine","html":"<p>Good.</p>","inReplyToMailId":"m9","track":false,"origin":"sequence","sendAt":"2025-03-06T08:00:00.000Z"}"##,
      result: ##"{"mail":{"id":"m7","mailboxId":"mb1","threadId":"th3","messageId":"a1b2c3@example.com","inReplyTo":[],"references":[],"from":[{"name":"Ada Byron","email":"ada@example.com"}],"sender":[],"replyTo":[],"to":[{"name":"Charles","email":"charles@example.org"}],"cc":[],"bcc":[],"subject":"The engine","sentAt":"2025-03-04T09:30:00.000Z","receivedAt":"2025-03-04T09:30:00.000Z","direction":"outgoing","state":"logged","matchedBy":"sent","origin":"timeline","keywords":["$seen"],"size":1432,"hasAttachment":false,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-04T09:30:02.417Z"},"submission":{"id":"s2","mailId":"m7","mailboxId":"mb1","messageId":"a1b2c3@example.com","envelopeFrom":"ada@example.com","recipients":[{"email":"charles@example.org","code":0,"text":""}],"state":"queued","attempts":0,"sentCopy":"pending","createdAt":"2025-03-04T09:30:00.000Z","updatedAt":"2025-03-04T09:30:00.000Z","nextAttemptAt":"2025-03-06T08:00:00.000Z"},"replayed":false}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mail.send(
        mailboxId: "mb1", to: [Address(email: "charles@example.org")],
        cc: [Address(email: "mary@example.net")], subject: "Re: The engine", html: "<p>Good.</p>",
        inReplyToMailId: "m9", track: false, origin: .sequence, sendAt: "2025-03-06T08:00:00.000Z"
      )
      return nil
    },
    ExampleCall(
      method: "mail.status",
      params: ##"{"mailId":"m7"}"##,
      result: ##"{"id":"s2","mailId":"m7","mailboxId":"mb1","messageId":"a1b2c3@example.com","envelopeFrom":"ada@example.com","recipients":[{"email":"charles@example.org","code":250,"text":"2.1.5 Ok","accepted":true}],"state":"accepted","attempts":1,"sentCopy":"appended","createdAt":"2025-03-04T09:30:00.000Z","updatedAt":"2025-03-04T09:30:02.417Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mail.status(mailId: "m7")
      return nil
    },
    ExampleCall(
      method: "mail.cancel",
      params: ##"{"mailId":"m7"}"##,
      result: ##"{"id":"s2","mailId":"m7","mailboxId":"mb1","messageId":"a1b2c3@example.com","envelopeFrom":"ada@example.com","recipients":[{"email":"charles@example.org","code":0,"text":""}],"state":"cancelled","attempts":0,"sentCopy":"skipped","createdAt":"2025-03-04T09:30:00.000Z","updatedAt":"2025-03-04T09:30:02.417Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mail.cancel(mailId: "m7")
      return nil
    },
    ExampleCall(
      method: "mail.reply",
      params: ##"{"mailId":"m9","text":"It does.","language":"de","utcOffsetMinutes":60}"##,
      result: ##"{"mailboxId":"mb1","from":{"name":"Ada Byron","email":"ada@example.com"},"to":[{"name":"Charles","email":"charles@example.org"}],"cc":[],"subject":"Re: The engine","text":"It does.\n\nAm 2025-03-04 10:30 +01:00 schrieb Charles <charles@example.org>:\n> Does it turn?\n","attachments":[],"inReplyToMailId":"m9"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mail.reply(mailId: "m9", text: "It does.", language: "de", utcOffsetMinutes: 60)
      return nil
    },
    ExampleCall(
      method: "mail.forward",
      params: ##"{"mailId":"m9","text":"What do you think?"}"##,
      result: ##"{"mailboxId":"mb1","from":{"name":"Ada Byron","email":"ada@example.com"},"to":[],"cc":[],"subject":"Fwd: The engine","text":"What do you think?\n\n---------- Forwarded message ----------\nFrom: Charles <charles@example.org>\nDate: 2025-03-04 09:30 +00:00\nSubject: The engine\nTo: Ada Byron <ada@example.com>\n\nDoes it turn?\n","attachments":[{"name":"drawing.png","type":"image/png","blobId":"m9-2","disposition":"attachment"}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mail.forward(mailId: "m9", text: "What do you think?")
      return nil
    },
    ExampleCall(
      method: "mail.get",
      params: ##"{"mailId":"m9"}"##,
      result: ##"{"mail":{"id":"m9","mailboxId":"mb1","threadId":"th3","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","preview":"It turns at last.","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"inReplyTo","origin":"inbox","keywords":[],"size":48213,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-05T07:12:45.031Z"},"body":{"text":"It turns at last.\n\nAda Byron wrote:\n> Does it turn?\n","replyText":"It turns at last.","quotedText":"Ada Byron wrote:\n> Does it turn?\n","signature":"","splitBy":"attribution"},"attachments":[{"blobId":"m9.2","name":"drawing.png","type":"image/png","size":33210,"disposition":"attachment"}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mail.get(mailId: "m9")
      return nil
    },
    ExampleCall(
      method: "mail.get",
      params: ##"{"mailId":"m14"}"##,
      result: ##"{"mail":{"id":"m14","mailboxId":"mb1","threadId":"th3","messageId":"b7@mx.example.org","inReplyTo":[],"references":[],"from":[{"name":"Mail Delivery System","email":"mailer-daemon@mx.example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Undelivered Mail Returned to Sender","preview":"Your message could not be delivered.","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"references","origin":"inbox","keywords":[],"size":3120,"hasAttachment":false,"isAutoReply":false,"isBounce":true,"loggedAt":"2025-03-05T07:12:45.031Z"},"body":{"text":"Your message could not be delivered.","replyText":"Your message could not be delivered.","quotedText":"","signature":"","splitBy":"none"},"attachments":[],"kind":"bounce","report":{"action":"failed","severity":"hard","cause":"unknownUser","recipients":[{"email":"charles@example.org","action":"failed","severity":"hard","cause":"unknownUser","status":"5.1.1","diagnostic":"550 5.1.1 User unknown"}],"originalMessageId":"a1b2c3@example.com","originalMailId":"m7","reportingServer":"mx.example.org","standard":true}}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mail.get(mailId: "m14")
      return nil
    },
    ExampleCall(
      method: "mail.get",
      params: ##"{"mailId":"m12"}"##,
      result: ##"{"mail":{"id":"m12","mailboxId":"mb1","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"envelope","origin":"inbox","keywords":[],"size":48213,"hasAttachment":false,"isAutoReply":false,"isBounce":false},"attachments":[]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mail.get(mailId: "m12")
      return nil
    },
    ExampleCall(
      method: "mail.list",
      params: ##"{"contact":"charles@example.org","limit":1}"##,
      result: ##"{"mails":[{"id":"m9","mailboxId":"mb1","threadId":"th3","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"inReplyTo","origin":"inbox","keywords":[],"size":48213,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-05T07:12:45.031Z"}],"cursor":"m9"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mail.list(contact: "charles@example.org", limit: 1)
      return nil
    },
    ExampleCall(
      method: "mail.search",
      params: ##"{"text":"\"the engine\" difference","from":"charles@example.org","limit":1}"##,
      result: ##"{"mails":[{"id":"m9","mailboxId":"mb1","threadId":"th3","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"inReplyTo","origin":"inbox","keywords":[],"size":48213,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-05T07:12:45.031Z"}],"cursor":"m9","complete":true}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mail.search(
        text: "\"the engine\" difference", from: "charles@example.org", limit: 1
      )
      return nil
    },
    ExampleCall(
      method: "mail.source",
      params: ##"{"mailId":"m9"}"##,
      result: ##"{"subscription":"s2"}"##,
      value: ##"{"data":"UmVjZWl2ZWQ6IGZyb20=","offset":0,"size":48213}"##,
      sent: nil
    ) { client in
      var count = 0
      for try await _ in client.mail.source(mailId: "m9") { count += 1 }
      return count
    },
    ExampleCall(
      method: "mail.delete",
      params: ##"{"mailId":"m9"}"##,
      result: ##"{"id":"m9","mailboxId":"mb1","threadId":"th3","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"inReplyTo","origin":"inbox","keywords":[],"size":48213,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-05T07:12:45.031Z","deletedAt":"2025-03-05T07:12:45.031Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mail.delete(mailId: "m9")
      return nil
    },
    ExampleCall(
      method: "mail.restore",
      params: ##"{"mailId":"m9"}"##,
      result: ##"{"id":"m9","mailboxId":"mb1","threadId":"th3","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"inReplyTo","origin":"inbox","keywords":[],"size":48213,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-05T07:12:45.031Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.mail.restore(mailId: "m9")
      return nil
    },
    ExampleCall(
      method: "thread.lookup",
      params: ##"{"messageId":"a1b2c3@example.com"}"##,
      result: ##"{"threads":[{"id":"th3","subject":"The engine","tracked":true,"mailCount":2,"createdAt":"2025-03-04T09:30:00.000Z","lastMailAt":"2025-03-05T07:12:45.031Z"}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.thread.lookup(messageId: "a1b2c3@example.com")
      return nil
    },
    ExampleCall(
      method: "thread.get",
      params: ##"{"threadId":"th3"}"##,
      result: ##"{"thread":{"id":"th3","subject":"The engine","tracked":true,"mailCount":2,"createdAt":"2025-03-04T09:30:00.000Z","lastMailAt":"2025-03-05T07:12:45.031Z"},"mails":[{"mail":{"id":"m9","mailboxId":"mb1","threadId":"th3","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","preview":"It turns at last.","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"inReplyTo","origin":"inbox","keywords":[],"size":48213,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-05T07:12:45.031Z"},"body":{"text":"It turns at last.\n\nAda Byron wrote:\n> Does it turn?\n","replyText":"It turns at last.","quotedText":"Ada Byron wrote:\n> Does it turn?\n","signature":"","splitBy":"attribution"},"attachments":[{"blobId":"m9.2","name":"drawing.png","type":"image/png","size":33210,"disposition":"attachment"}]}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.thread.get(threadId: "th3")
      return nil
    },
    ExampleCall(
      method: "thread.list",
      params: ##"{"trackedOnly":true}"##,
      result: ##"{"threads":[{"id":"th3","subject":"The engine","tracked":true,"mailCount":2,"createdAt":"2025-03-04T09:30:00.000Z","lastMailAt":"2025-03-05T07:12:45.031Z"}],"cursor":"dGgz"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.thread.list(trackedOnly: true)
      return nil
    },
    ExampleCall(
      method: "thread.track",
      params: ##"{"mailId":"m9"}"##,
      result: ##"{"id":"th3","subject":"The engine","tracked":true,"mailCount":2,"createdAt":"2025-03-04T09:30:00.000Z","lastMailAt":"2025-03-05T07:12:45.031Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.thread.track(mailId: "m9")
      return nil
    },
    ExampleCall(
      method: "thread.untrack",
      params: ##"{"threadId":"th3"}"##,
      result: ##"{"id":"th3","subject":"The engine","tracked":false,"mailCount":2,"createdAt":"2025-03-04T09:30:00.000Z","lastMailAt":"2025-03-05T07:12:45.031Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.thread.untrack(threadId: "th3")
      return nil
    },
    ExampleCall(
      method: "thread.split",
      params: ##"{"mailId":"m9"}"##,
      result: ##"{"id":"th4","subject":"Another engine","tracked":true,"mailCount":1,"createdAt":"2025-03-04T09:30:00.000Z","lastMailAt":"2025-03-05T07:12:45.031Z","forkedFrom":"th3"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.thread.split(mailId: "m9")
      return nil
    },
    ExampleCall(
      method: "thread.merge",
      params: ##"{"threadId":"th4","intoThreadId":"th3"}"##,
      result: ##"{"id":"th3","subject":"Another engine","tracked":true,"mailCount":1,"createdAt":"2025-03-04T09:30:00.000Z","lastMailAt":"2025-03-05T07:12:45.031Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.thread.merge(threadId: "th4", intoThreadId: "th3")
      return nil
    },
    ExampleCall(
      method: "record.link",
      params: ##"{"record":{"type":"deal","id":"4711"},"threadId":"th3"}"##,
      result: ##"{}"##,
      value: nil,
      sent: nil
    ) { client in
      try await client.record.link(record: RecordRef(type: "deal", id: "4711"), threadId: "th3")
      return nil
    },
    ExampleCall(
      method: "record.link",
      params: ##"{"record":{"type":"contact","id":"c-9"},"mailId":"m9"}"##,
      result: ##"{}"##,
      value: nil,
      sent: nil
    ) { client in
      try await client.record.link(record: RecordRef(type: "contact", id: "c-9"), mailId: "m9")
      return nil
    },
    ExampleCall(
      method: "record.unlink",
      params: ##"{"record":{"type":"deal","id":"4711"},"threadId":"th3"}"##,
      result: ##"{}"##,
      value: nil,
      sent: nil
    ) { client in
      try await client.record.unlink(record: RecordRef(type: "deal", id: "4711"), threadId: "th3")
      return nil
    },
    ExampleCall(
      method: "record.list",
      params: ##"{"threadId":"th3"}"##,
      result: ##"{"records":[{"type":"deal","id":"4711"}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.record.list(threadId: "th3")
      return nil
    },
    ExampleCall(
      method: "record.timeline",
      params: ##"{"record":{"type":"deal","id":"4711"},"limit":1}"##,
      result: ##"{"engagements":[{"mailId":"m9","mailboxId":"mb1","threadId":"th3","contact":{"name":"Charles","email":"charles@example.org"},"subject":"Re: The engine","text":"It turns at last.\n\nAda Byron wrote:\n> Does it turn?\n","replyText":"It turns at last.","date":"2025-03-05T07:12:45.031Z","direction":"incoming","via":"received","matchedBy":"inReplyTo","attachments":[{"blobId":"m9-2","name":"drawing.png","type":"image/png","size":33210,"disposition":"attachment"}],"attachmentsLeftOut":false}],"cursor":"MTc0MTE1ODc2NTo5"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.record.timeline(record: RecordRef(type: "deal", id: "4711"), limit: 1)
      return nil
    },
    ExampleCall(
      method: "attachment.get",
      params: ##"{"blobId":"m9.2"}"##,
      result: ##"{"subscription":"s3"}"##,
      value: ##"{"data":"UmVjZWl2ZWQ6IGZyb20=","offset":0,"size":33210}"##,
      sent: nil
    ) { client in
      var count = 0
      for try await _ in client.attachment.get(blobId: "m9.2") { count += 1 }
      return count
    },
    ExampleCall(
      method: "upload.open",
      params: ##"{"name":"offer.pdf","type":"application/pdf","size":1200345}"##,
      result: ##"{"id":"up5","name":"offer.pdf","type":"application/pdf","size":1200345,"received":0,"state":"open","pieceOctetsMax":1048572,"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2025-03-05T09:30:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.upload.open(name: "offer.pdf", type: "application/pdf", size: 1200345)
      return nil
    },
    ExampleCall(
      method: "upload.write",
      params: ##"{"uploadId":"up5","offset":0,"data":"JVBERi0xLjcK"}"##,
      result: ##"{"id":"up5","name":"offer.pdf","type":"application/pdf","size":1200345,"received":1048572,"state":"open","pieceOctetsMax":1048572,"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2025-03-05T09:30:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.upload.write(uploadId: "up5", offset: 0, data: base64("JVBERi0xLjcK"))
      return nil
    },
    ExampleCall(
      method: "upload.fill",
      params: ##"{"uploadId":"up5"}"##,
      result: ##"{"subscription":"s5","credit":8}"##,
      value: ##"{"id":"up5","name":"offer.pdf","type":"application/pdf","size":1200345,"received":9,"state":"open","pieceOctetsMax":1048572,"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2025-03-05T09:30:00.000Z"}"##,
      sent: ##"{"offset":0,"data":"JVBERi0xLjcK"}"##
    ) { client in
      let exchange = try await client.upload.fill(uploadId: "up5")
      try await exchange.send(UploadPiece(offset: 0, data: base64("JVBERi0xLjcK")))
      exchange.finish()
      var count = 0
      for try await _ in exchange { count += 1 }
      return count
    },
    ExampleCall(
      method: "upload.get",
      params: ##"{"uploadId":"up5"}"##,
      result: ##"{"id":"up5","name":"offer.pdf","type":"application/pdf","size":1200345,"received":1048572,"state":"open","pieceOctetsMax":1048572,"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2025-03-05T09:30:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.upload.get(uploadId: "up5")
      return nil
    },
    ExampleCall(
      method: "upload.list",
      params: ##"{}"##,
      result: ##"{"uploads":[{"id":"up5","name":"offer.pdf","type":"application/pdf","size":1200345,"received":1048572,"state":"open","pieceOctetsMax":1048572,"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2025-03-05T09:30:00.000Z"}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.upload.list()
      return nil
    },
    ExampleCall(
      method: "upload.commit",
      params: ##"{"uploadId":"up5"}"##,
      result: ##"{"id":"up5","name":"offer.pdf","type":"application/pdf","size":1200345,"received":1200345,"state":"committed","sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824","pieceOctetsMax":1048572,"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2025-03-11T09:30:04.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.upload.commit(uploadId: "up5")
      return nil
    },
    ExampleCall(
      method: "upload.cancel",
      params: ##"{"uploadId":"up5"}"##,
      result: ##"{}"##,
      value: nil,
      sent: nil
    ) { client in
      try await client.upload.cancel(uploadId: "up5")
      return nil
    },
    ExampleCall(
      method: "purge.preview",
      params: ##"{"scope":{"kind":"contact","email":"charles@example.org"}}"##,
      result: ##"{"mails":12,"bodies":9,"octets":482113,"threads":3,"mailboxes":0,"submissions":4,"uploads":0}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.purge.preview(scope: PurgeScope(kind: .contact, email: "charles@example.org"))
      return nil
    },
    ExampleCall(
      method: "purge.run",
      params: ##"{"scope":{"kind":"contact","email":"charles@example.org"}}"##,
      result: ##"{"id":"p1","kind":"contact","state":"running","counts":{"mails":12,"bodies":9,"octets":482113,"threads":3,"mailboxes":0,"submissions":4,"uploads":0},"remaining":0,"logTruncated":false,"requestedBy":"crm","startedAt":"2025-03-05T07:12:45.031Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.purge.run(scope: PurgeScope(kind: .contact, email: "charles@example.org"))
      return nil
    },
    ExampleCall(
      method: "purge.run",
      params: ##"{"scope":{"kind":"age","before":"2024-01-01T00:00:00.000Z"}}"##,
      result: ##"{"id":"p1","kind":"age","state":"running","counts":{"mails":12,"bodies":9,"octets":482113,"threads":3,"mailboxes":0,"submissions":4,"uploads":0},"remaining":0,"logTruncated":false,"requestedBy":"crm","startedAt":"2025-03-05T07:12:45.031Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.purge.run(scope: PurgeScope(kind: .age, before: "2024-01-01T00:00:00.000Z"))
      return nil
    },
    ExampleCall(
      method: "purge.status",
      params: ##"{"purgeId":"p1"}"##,
      result: ##"{"id":"p1","kind":"contact","state":"done","counts":{"mails":12,"bodies":9,"octets":482113,"threads":3,"mailboxes":0,"submissions":4,"uploads":0},"remaining":0,"logTruncated":true,"requestedBy":"crm","startedAt":"2025-03-05T07:12:45.031Z","finishedAt":"2025-03-05T07:12:46.200Z","signed":{"statement":"{\"counts\":{\"bodies\":9,\"mailboxes\":0,\"mails\":12,\"octets\":482113,\"submissions\":4,\"threads\":3,\"uploads\":0},\"finishedAt\":\"2025-03-05T07:12:46.200Z\",\"id\":\"p1\",\"kind\":\"contact\",\"logTruncated\":true,\"remaining\":0,\"requestedBy\":\"crm\",\"startedAt\":\"2025-03-05T07:12:45.031Z\",\"tenantId\":\"tn1\",\"type\":\"postroom.receipt.v1\"}","keyId":"c9cd7d884cb1f426","signature":"uWlM7Cn+Oh5lziC7cdV2fVUgY8Sz0+xKtybYPcC1JBfnEcG6plTS1GTZVfW+MkyLyHuGXa6BM7Xs90wVJLyPCw=="}}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.purge.status(purgeId: "p1")
      return nil
    },
    ExampleCall(
      method: "purge.receipts",
      params: ##"{"limit":1}"##,
      result: ##"{"receipts":[{"id":"p1","kind":"contact","state":"done","counts":{"mails":12,"bodies":9,"octets":482113,"threads":3,"mailboxes":0,"submissions":4,"uploads":0},"remaining":0,"logTruncated":true,"requestedBy":"crm","startedAt":"2025-03-05T07:12:45.031Z","finishedAt":"2025-03-05T07:12:46.200Z","signed":{"statement":"{\"counts\":{\"bodies\":9,\"mailboxes\":0,\"mails\":12,\"octets\":482113,\"submissions\":4,\"threads\":3,\"uploads\":0},\"finishedAt\":\"2025-03-05T07:12:46.200Z\",\"id\":\"p1\",\"kind\":\"contact\",\"logTruncated\":true,\"remaining\":0,\"requestedBy\":\"crm\",\"startedAt\":\"2025-03-05T07:12:45.031Z\",\"tenantId\":\"tn1\",\"type\":\"postroom.receipt.v1\"}","keyId":"c9cd7d884cb1f426","signature":"uWlM7Cn+Oh5lziC7cdV2fVUgY8Sz0+xKtybYPcC1JBfnEcG6plTS1GTZVfW+MkyLyHuGXa6BM7Xs90wVJLyPCw=="}}],"cursor":"p1"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.purge.receipts(limit: 1)
      return nil
    },
    ExampleCall(
      method: "purge.publicKey",
      params: ##"{}"##,
      result: ##"{"keyId":"c9cd7d884cb1f426","algorithm":"Ed25519","publicKey":"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA/kqGdRdoyco2uZ5Z4A9k5dI2Sq+Qs3p7KyiTt4HUN9w=\n-----END PUBLIC KEY-----\n"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.purge.publicKey()
      return nil
    },
    ExampleCall(
      method: "retention.get",
      params: ##"{"withinDays":7}"##,
      result: ##"{"policy":{"deletedDays":90,"metadataDays":60},"clockBelieved":true,"holds":0,"rules":[{"rule":"deleted","mails":2,"due":1,"nextAt":"2025-06-02T09:30:00.000Z"},{"rule":"metadata","mails":81210,"due":4102,"nextAt":"2025-05-03T09:30:00.000Z"},{"rule":"timeline","mails":912,"due":0},{"rule":"sequence","mails":310,"due":0}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.retention.get(withinDays: 7)
      return nil
    },
    ExampleCall(
      method: "retention.set",
      params: ##"{"policy":{"sequenceDays":730,"deletedDays":30,"metadataDays":60}}"##,
      result: ##"{"policy":{"sequenceDays":730,"deletedDays":30,"metadataDays":60},"clockBelieved":true,"holds":0,"rules":[{"rule":"deleted","mails":2,"due":1,"nextAt":"2025-06-02T09:30:00.000Z"},{"rule":"metadata","mails":81210,"due":4102,"nextAt":"2025-05-03T09:30:00.000Z"},{"rule":"timeline","mails":912,"due":0},{"rule":"sequence","mails":310,"due":0}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.retention.set(
        policy: RetentionPolicy(sequenceDays: 730, deletedDays: 30, metadataDays: 60)
      )
      return nil
    },
    ExampleCall(
      method: "retention.ofMail",
      params: ##"{"mailId":"m9"}"##,
      result: ##"{"rule":"metadata","erasesAt":"2025-05-03T09:30:00.000Z","held":false}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.retention.ofMail(mailId: "m9")
      return nil
    },
    ExampleCall(
      method: "retention.acceptClock",
      params: ##"{}"##,
      result: ##"{}"##,
      value: nil,
      sent: nil
    ) { client in
      try await client.retention.acceptClock()
      return nil
    },
    ExampleCall(
      method: "hold.place",
      params: ##"{"scope":{"kind":"contact","email":"charles@example.org"},"reason":"case 12/2025"}"##,
      result: ##"{"id":"h1","kind":"contact","target":"charles@example.org","reason":"case 12/2025","placedBy":"crm","placedAt":"2025-03-05T07:12:45.031Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.hold.place(
        scope: PurgeScope(kind: .contact, email: "charles@example.org"), reason: "case 12/2025"
      )
      return nil
    },
    ExampleCall(
      method: "hold.list",
      params: ##"{}"##,
      result: ##"{"holds":[{"id":"h1","kind":"contact","target":"charles@example.org","reason":"case 12/2025","placedBy":"crm","placedAt":"2025-03-05T07:12:45.031Z"}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.hold.list()
      return nil
    },
    ExampleCall(
      method: "hold.release",
      params: ##"{"holdId":"h1"}"##,
      result: ##"{}"##,
      value: nil,
      sent: nil
    ) { client in
      try await client.hold.release(holdId: "h1")
      return nil
    },
    ExampleCall(
      method: "webhook.create",
      params: ##"{"url":"https://crm.example/hooks/postroom","kinds":["mail.logged","mail.bounced"]}"##,
      result: ##"{"webhook":{"id":"wh1","url":"https://crm.example/hooks/postroom","kinds":["mail.logged","mail.bounced"],"state":"active","cursor":"183","failures":0,"createdAt":"2025-03-04T09:30:00.000Z"},"secret":"whsec_ZXhhbXBsZQ=="}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.webhook.create(
        url: "https://crm.example/hooks/postroom", kinds: [.mailLogged, .mailBounced]
      )
      return nil
    },
    ExampleCall(
      method: "webhook.get",
      params: ##"{"webhookId":"wh1"}"##,
      result: ##"{"id":"wh1","url":"https://crm.example/hooks/postroom","kinds":["mail.logged","mail.bounced"],"state":"active","cursor":"183","failures":0,"createdAt":"2025-03-04T09:30:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.webhook.get(webhookId: "wh1")
      return nil
    },
    ExampleCall(
      method: "webhook.list",
      params: ##"{}"##,
      result: ##"{"webhooks":[{"id":"wh1","url":"https://crm.example/hooks/postroom","kinds":["mail.logged","mail.bounced"],"state":"active","cursor":"183","failures":0,"createdAt":"2025-03-04T09:30:00.000Z"}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.webhook.list()
      return nil
    },
    ExampleCall(
      method: "webhook.update",
      params: ##"{"webhookId":"wh1","enabled":false}"##,
      result: ##"{"webhook":{"id":"wh1","url":"https://crm.example/hooks/postroom","kinds":["mail.logged","mail.bounced"],"state":"off","cursor":"183","failures":0,"createdAt":"2025-03-04T09:30:00.000Z","reason":"turnedOff","advice":"Turn it on again: `webhook.update` with `enabled`."}}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.webhook.update(webhookId: "wh1", enabled: false)
      return nil
    },
    ExampleCall(
      method: "webhook.replay",
      params: ##"{"webhookId":"wh1","after":"120"}"##,
      result: ##"{"id":"wh1","url":"https://crm.example/hooks/postroom","kinds":["mail.logged","mail.bounced"],"state":"active","cursor":"120","failures":0,"createdAt":"2025-03-04T09:30:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.webhook.replay(webhookId: "wh1", after: "120")
      return nil
    },
    ExampleCall(
      method: "webhook.test",
      params: ##"{"webhookId":"wh1"}"##,
      result: ##"{"delivered":true,"status":200,"milliseconds":42}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.webhook.test(webhookId: "wh1")
      return nil
    },
    ExampleCall(
      method: "webhook.delete",
      params: ##"{"webhookId":"wh1"}"##,
      result: ##"{}"##,
      value: nil,
      sent: nil
    ) { client in
      try await client.webhook.delete(webhookId: "wh1")
      return nil
    },
    ExampleCall(
      method: "events.read",
      params: ##"{"after":"183"}"##,
      result: ##"{"events":[{"seq":"184","type":"mail.logged","at":"2025-03-05T07:12:45.031Z","mailboxId":"mb1","threadId":"th3","mailId":"m9","facts":{"direction":"incoming","matchedBy":"inReplyTo"},"mail":{"id":"m9","mailboxId":"mb1","threadId":"th3","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"inReplyTo","origin":"inbox","keywords":[],"size":48213,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-05T07:12:45.031Z"}},{"seq":"187","type":"mail.bounced","at":"2025-03-05T07:14:02.118Z","mailboxId":"mb1","threadId":"th3","mailId":"m7","submissionId":"s2","facts":{"by":"m14","severity":"hard","cause":"unknownUser","status":"5.1.1"}}],"cursor":"187","latest":"187"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.events.read(after: "183")
      return nil
    },
    ExampleCall(
      method: "events.subscribe",
      params: ##"{"after":"183"}"##,
      result: ##"{"subscription":"s4"}"##,
      value: ##"{"seq":"184","type":"mail.logged","at":"2025-03-05T07:12:45.031Z","mailboxId":"mb1","threadId":"th3","mailId":"m9","facts":{"direction":"incoming","matchedBy":"inReplyTo"},"mail":{"id":"m9","mailboxId":"mb1","threadId":"th3","messageId":"d4e5f6@example.org","inReplyTo":["a1b2c3@example.com"],"references":["a1b2c3@example.com"],"from":[{"name":"Charles","email":"charles@example.org"}],"sender":[],"replyTo":[],"to":[{"email":"ada@example.com"}],"cc":[],"bcc":[],"subject":"Re: The engine","sentAt":"2025-03-05T07:12:45.031Z","receivedAt":"2025-03-05T07:12:45.031Z","direction":"incoming","state":"logged","matchedBy":"inReplyTo","origin":"inbox","keywords":[],"size":48213,"hasAttachment":true,"isAutoReply":false,"isBounce":false,"loggedAt":"2025-03-05T07:12:45.031Z"}}"##,
      sent: nil
    ) { client in
      var count = 0
      for try await _ in client.events.subscribe(after: "183") { count += 1 }
      return count
    },
    ExampleCall(
      method: "tenant.create",
      params: ##"{"name":"acme"}"##,
      result: ##"{"id":"tn2","name":"acme","createdAt":"2025-03-04T09:30:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.tenant.create(name: "acme")
      return nil
    },
    ExampleCall(
      method: "tenant.get",
      params: ##"{"tenantId":"tn2"}"##,
      result: ##"{"id":"tn2","name":"acme","createdAt":"2025-03-04T09:30:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.tenant.get(tenantId: "tn2")
      return nil
    },
    ExampleCall(
      method: "tenant.settings",
      params: ##"{}"##,
      result: ##"{"tenant":{"id":"tn2","name":"acme","createdAt":"2025-03-04T09:30:00.000Z"},"settings":{"bccAddresses":["log@acme.example"],"forwardAddresses":["forward@acme.example"],"trackingHeader":"X-Postroom-Track","ownDomains":["acme.example"],"neverLog":["lawyers.example"],"matchBySubject":true,"matchBySubjectDays":60,"demandSameSubject":false,"logKnownContacts":false,"search":"full"}}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.tenant.settings()
      return nil
    },
    ExampleCall(
      method: "tenant.update",
      params: ##"{"settings":{"neverLog":["lawyers.example"]}}"##,
      result: ##"{"tenant":{"id":"tn2","name":"acme","createdAt":"2025-03-04T09:30:00.000Z"},"settings":{"bccAddresses":["log@acme.example"],"forwardAddresses":["forward@acme.example"],"trackingHeader":"X-Postroom-Track","ownDomains":["acme.example"],"neverLog":["lawyers.example"],"matchBySubject":true,"matchBySubjectDays":60,"demandSameSubject":false,"logKnownContacts":false,"search":"full"}}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.tenant.update(settings: TenantSettingsChange(neverLog: ["lawyers.example"]))
      return nil
    },
    ExampleCall(
      method: "tenant.list",
      params: ##"{}"##,
      result: ##"{"tenants":[{"id":"tn2","name":"acme","createdAt":"2025-03-04T09:30:00.000Z"}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.tenant.list()
      return nil
    },
    ExampleCall(
      method: "token.create",
      params: ##"{"tenantId":"tn2","name":"crm","scopes":["read","send"],"expiresAt":"2026-03-04T09:30:00.000Z"}"##,
      result: ##"{"token":{"id":"tk5","tenantId":"tn2","name":"crm","scopes":["read","send"],"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2026-03-04T09:30:00.000Z"},"secret":"pr_example"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.token.create(
        tenantId: "tn2", name: "crm", scopes: [.read, .send], expiresAt: "2026-03-04T09:30:00.000Z"
      )
      return nil
    },
    ExampleCall(
      method: "token.addCertificate",
      params: ##"{"tenantId":"tn2","name":"crm","scopes":["read","send"],"expiresAt":"2026-03-04T09:30:00.000Z","certificate":"-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----\n"}"##,
      result: ##"{"id":"tk5","tenantId":"tn2","name":"crm","scopes":["read","send"],"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2026-03-04T09:30:00.000Z","certificateSha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.token.addCertificate(
        tenantId: "tn2", name: "crm", scopes: [.read, .send], expiresAt: "2026-03-04T09:30:00.000Z",
        certificate: "-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----\n"
      )
      return nil
    },
    ExampleCall(
      method: "token.get",
      params: ##"{"tokenId":"tk5","tenantId":"tn2"}"##,
      result: ##"{"id":"tk5","tenantId":"tn2","name":"crm","scopes":["read","send"],"createdAt":"2025-03-04T09:30:00.000Z"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.token.get(tokenId: "tk5", tenantId: "tn2")
      return nil
    },
    ExampleCall(
      method: "token.list",
      params: ##"{"tenantId":"tn2"}"##,
      result: ##"{"tokens":[{"id":"tk5","tenantId":"tn2","name":"crm","scopes":["read","send"],"createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2026-03-04T09:30:00.000Z"}]}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.token.list(tenantId: "tn2")
      return nil
    },
    ExampleCall(
      method: "token.revoke",
      params: ##"{"tokenId":"tk5","tenantId":"tn2"}"##,
      result: ##"{}"##,
      value: nil,
      sent: nil
    ) { client in
      try await client.token.revoke(tokenId: "tk5", tenantId: "tn2")
      return nil
    },
    ExampleCall(
      method: "server.info",
      params: ##"{}"##,
      result: ##"{"name":"postroomd","version":"0.1.0","protocolVersion":"0.2.0","schemaVersion":2,"commit":"4f2a91c0d3b8","startedAt":"2025-03-05T07:12:45.031Z","framings":["lines","contentLength","lengthPrefix","http","webSocket"],"features":["batch","cancel","progress","streams","idempotency","positional","version1","compression"],"tls":true,"limits":{"connections":20000,"connectionsPerPeer":1000,"messageOctets":67108864,"streamValueOctets":4194304,"depth":64,"batchCalls":100,"callsInFlight":128,"writeBufferOctets":8388608,"firstOctetSeconds":10,"messageSeconds":30,"idleSeconds":600}}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.server.info()
      return nil
    },
    ExampleCall(
      method: "server.stats",
      params: ##"{}"##,
      result: ##"{"uptimeSeconds":3600,"connectionsOpen":4,"connectionsTotal":31,"callsInFlight":1,"calls":9120,"errors":12,"octetsIn":1204331,"octetsOut":88112004,"protocolErrors":0,"authenticationFailures":2,"mailboxes":3,"mailboxesLive":3,"latestEvent":"184","connectionsByFraming":[{"framing":"lines","connections":1},{"framing":"lengthPrefix","connections":3}],"streamsOpen":1,"octetsWaiting":0,"outbox":{"queued":2,"sending":0,"dataOpen":1,"deferred":4,"unknown":0},"sync":{"stopped":0,"connecting":0,"reading":1,"live":2,"waiting":0},"storeWritesWaiting":0,"reactorJobs":1,"process":{"residentOctets":48234496,"virtualOctets":1203241984,"cpuSeconds":12.25,"descriptors":41,"descriptorsMax":21024,"threads":9},"logLinesDropped":0,"spansDropped":0,"slowest":[{"method":"mailbox.connect","at":"2025-03-05T07:12:45.031Z","microseconds":812044,"tenantId":"tn1","caller":"crm"}],"mailHosts":[{"host":"imap.example.org","connections":3,"waiting":0,"signIns":1,"signInsPerMinuteMax":3000}],"backfills":{"reading":1,"waiting":0}}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.server.stats()
      return nil
    },
    ExampleCall(
      method: "server.log",
      params: ##"{"level":"warning","past":20}"##,
      result: ##"{"subscription":"s5"}"##,
      value: ##"{"at":"2025-03-05T07:12:45.031Z","level":"warning","logger":"rpc","message":"slow call","fields":{"caller":"crm","connection":"12","method":"mail.send","microseconds":"6120311"}}"##,
      sent: nil
    ) { client in
      var count = 0
      for try await _ in client.server.log(level: .warning, past: 20) { count += 1 }
      return count
    },
    ExampleCall(
      method: "health.check",
      params: ##"{}"##,
      result: ##"{"status":"SERVING"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.health.check()
      return nil
    },
    ExampleCall(
      method: "health.check",
      params: ##"{"service":"postroom"}"##,
      result: ##"{"status":"SERVING"}"##,
      value: nil,
      sent: nil
    ) { client in
      _ = try await client.health.check(service: "postroom")
      return nil
    },
    ExampleCall(
      method: "health.watch",
      params: ##"{}"##,
      result: ##"{"subscription":"s2"}"##,
      value: ##"{"status":"SERVING"}"##,
      sent: nil
    ) { client in
      var count = 0
      for try await _ in client.health.watch() { count += 1 }
      return count
    },
  ]
}
