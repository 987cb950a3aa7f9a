// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
extension PostroomError {
  /// What went wrong, as a stable word. An open set: a newer server may say others.
  public struct Reason: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }

    /// `INVALID_ARGUMENT`. The message is not JSON. `details.offset` counts octets.
    public static let jsonSyntax = Reason(rawValue: "json.syntax")

    /// `INVALID_ARGUMENT`. The message is nested too deep. `details.limit` says how deep it may be.
    public static let jsonDepth = Reason(rawValue: "json.depth")

    /// `INVALID_ARGUMENT`. The same name stands twice in one object.
    public static let jsonDuplicateName = Reason(rawValue: "json.duplicateName")

    /// `INVALID_ARGUMENT`. The message is JSON, but not a JSON-RPC 2.0 request.
    public static let requestInvalid = Reason(rawValue: "request.invalid")

    /// `UNIMPLEMENTED`. There is no such method. `details.method` names it.
    public static let methodUnknown = Reason(rawValue: "method.unknown")

    /// `UNAUTHENTICATED`. Sign in first: `session.open`, or `Authorization: Bearer` over HTTP.
    public static let sessionRequired = Reason(rawValue: "session.required")

    /// `UNAUTHENTICATED`. The token or certificate is not known, was revoked, or has expired. Calls and
    /// streams that run under it when it ends say so too.
    public static let tokenInvalid = Reason(rawValue: "token.invalid")

    /// `PERMISSION_DENIED`. The token lacks the scope that the method needs. `details.scope` names it.
    public static let scopeMissing = Reason(rawValue: "scope.missing")

    /// `RESOURCE_EXHAUSTED`. The message is too large. `details.limit` and `details.actual` are octets.
    public static let limitMessage = Reason(rawValue: "limit.message")

    /// `RESOURCE_EXHAUSTED`. The message did not arrive whole in time. `details.limit` is in seconds.
    public static let limitMessageSeconds = Reason(rawValue: "limit.messageSeconds")

    /// `RESOURCE_EXHAUSTED`. A value of a stream is too large. `details.limit` and `details.actual` are
    /// octets.
    public static let limitStreamMessage = Reason(rawValue: "limit.streamMessage")

    /// `RESOURCE_EXHAUSTED`. More values came than were granted. Wait for `rpc.credit`.
    public static let limitStreamCredit = Reason(rawValue: "limit.streamCredit")

    /// `RESOURCE_EXHAUSTED`. The batch has too many calls.
    public static let limitBatch = Reason(rawValue: "limit.batch")

    /// `RESOURCE_EXHAUSTED`. Too many calls are at work on this connection. Wait for one to end.
    public static let limitCallsInFlight = Reason(rawValue: "limit.callsInFlight")

    /// `RESOURCE_EXHAUSTED`. The server has all the connections that it takes. Answered once, without an
    /// id, before anything is called; the connection is closed.
    public static let limitConnections = Reason(rawValue: "limit.connections")

    /// `RESOURCE_EXHAUSTED`. Too many connections come from this address. Answered like
    /// `limit.connections`.
    public static let limitConnectionsPerPeer = Reason(rawValue: "limit.connectionsPerPeer")

    /// `CANCELLED`. The caller cancelled the call.
    public static let callCancelled = Reason(rawValue: "call.cancelled")

    /// `DEADLINE_EXCEEDED`. The deadline passed before the answer was ready.
    public static let callDeadline = Reason(rawValue: "call.deadline")

    /// `NOT_FOUND`. No such call or stream is open on this connection.
    public static let callUnknown = Reason(rawValue: "call.unknown")

    /// `FAILED_PRECONDITION`. A stream cannot be opened in a batch. Call it by itself.
    public static let streamInBatch = Reason(rawValue: "stream.inBatch")

    /// `FAILED_PRECONDITION`. A stream needs JSON-RPC 2.0. Add `"jsonrpc":"2.0"` to the call.
    public static let streamVersion1 = Reason(rawValue: "stream.version1")

    /// `UNIMPLEMENTED`. Not possible over HTTP: streams, `session.open`, `rpc.cancel`. Use a TCP or Unix
    /// connection.
    public static let httpUnsupported = Reason(rawValue: "http.unsupported")

    /// `UNAVAILABLE`. The server is shutting down. Connect again and repeat.
    public static let serverGoingAway = Reason(rawValue: "server.goingAway")

    /// `UNAVAILABLE`. Made by clients: the connection ended before the answer came. It is not known whether
    /// the call was done.
    public static let connectionLost = Reason(rawValue: "connection.lost")

    /// `UNAVAILABLE`. Made by clients: the server cannot be connected to.
    public static let connectionFailed = Reason(rawValue: "connection.failed")

    /// `FAILED_PRECONDITION`. Made by clients: the server's certificate is not acceptable.
    public static let connectionCertificate = Reason(rawValue: "connection.certificate")

    /// `DATA_LOSS`. Values of the stream are missing.
    public static let streamGap = Reason(rawValue: "stream.gap")

    /// `FAILED_PRECONDITION`. Made by clients: the call takes no more values. Open another one.
    public static let streamEnded = Reason(rawValue: "stream.ended")

    /// `INTERNAL`. Made by clients: the server sent more values than it was granted.
    public static let streamOverrun = Reason(rawValue: "stream.overrun")

    /// `INTERNAL`. Made by clients: the server named no subscription.
    public static let streamMalformed = Reason(rawValue: "stream.malformed")

    /// `INVALID_ARGUMENT`. Made by clients: the server's address cannot be read.
    public static let clientBadURL = Reason(rawValue: "client.badURL")

    /// `INTERNAL`. Made by clients: the server's answer is not what this document says.
    public static let clientBadAnswer = Reason(rawValue: "client.badAnswer")

    /// `CANCELLED`. Made by clients: the client was closed.
    public static let clientClosed = Reason(rawValue: "client.closed")

    /// `INTERNAL`. A fault of the server. `details.logId` is the number of its log entry, where there is
    /// one.
    public static let `internal` = Reason(rawValue: "internal")

    /// `INVALID_ARGUMENT`. A parameter that must be there is not. `details.name` names it.
    public static let paramsMissing = Reason(rawValue: "params.missing")

    /// `INVALID_ARGUMENT`. There is no such parameter. `details.name` names it.
    public static let paramsUnknown = Reason(rawValue: "params.unknown")

    /// `INVALID_ARGUMENT`. A parameter is of another JSON type. `details.name` names it.
    public static let paramsType = Reason(rawValue: "params.type")

    /// `INVALID_ARGUMENT`. A parameter is of the right type but not acceptable. `details.name` names it.
    public static let paramsRange = Reason(rawValue: "params.range")

    /// `INVALID_ARGUMENT`. `params` cannot be read. They are an object, or an array where `paramStructure`
    /// is `either`.
    public static let paramsInvalid = Reason(rawValue: "params.invalid")

    /// `INVALID_ARGUMENT`. The cursor was not given out by this method. Begin without one.
    public static let paramsCursor = Reason(rawValue: "params.cursor")

    /// `ALREADY_EXISTS`. The idempotency key came before with other parameters. Use a new key for another
    /// request.
    public static let idempotencyKeyReused = Reason(rawValue: "idempotency.keyReused")

    /// `NOT_FOUND`. There is no such mailbox in this tenant.
    public static let mailboxUnknown = Reason(rawValue: "mailbox.unknown")

    /// `ALREADY_EXISTS`. This address is connected already. Use `mailbox.reconnect` to change its settings.
    public static let mailboxExists = Reason(rawValue: "mailbox.exists")

    /// `FAILED_PRECONDITION`. The mailbox is disconnected. Use `mailbox.reconnect`.
    public static let mailboxDisconnected = Reason(rawValue: "mailbox.disconnected")

    /// `CANCELLED`. The sync that was waited for was called off with `sync.cancel`. The next `sync.run`
    /// goes on where it stopped.
    public static let syncCancelled = Reason(rawValue: "sync.cancelled")

    /// `NOT_FOUND`. No provider of this name is configured on this server. `oauth.providers` lists those
    /// that are.
    public static let oauthProviderUnknown = Reason(rawValue: "oauth.providerUnknown")

    /// `FAILED_PRECONDITION`. The provider does not offer this way, or the server's operator has not
    /// configured it.
    public static let oauthNotOffered = Reason(rawValue: "oauth.notOffered")

    /// `INVALID_ARGUMENT`. `redirectUri` is no absolute URL of http or https.
    public static let oauthRedirectInvalid = Reason(rawValue: "oauth.redirectInvalid")

    /// `NOT_FOUND`. There is no such state or grant: its time is over, it was used, or the server has
    /// started anew. Begin again.
    public static let oauthUnknown = Reason(rawValue: "oauth.unknown")

    /// `FAILED_PRECONDITION`. The person said no.
    public static let oauthDenied = Reason(rawValue: "oauth.denied")

    /// `FAILED_PRECONDITION`. The provider gave no refresh token, so access would end within the hour. Ask
    /// for offline access.
    public static let oauthNoRefreshToken = Reason(rawValue: "oauth.noRefreshToken")

    /// `FAILED_PRECONDITION`. The provider gave no token. `details.code` is its word, such as
    /// `invalid_grant`.
    public static let oauthRefused = Reason(rawValue: "oauth.refused")

    /// `UNAVAILABLE`. The provider could not be asked. Call again later.
    public static let oauthUnavailable = Reason(rawValue: "oauth.unavailable")

    /// `RESOURCE_EXHAUSTED`. The tenant has as many open flows and grants as it may. `details.limit` says
    /// how many.
    public static let limitOauth = Reason(rawValue: "limit.oauth")

    /// `INVALID_ARGUMENT`. The settings cannot be those of an IMAP server (a port of POP3, for one).
    public static let connectImapUnsupported = Reason(rawValue: "connect.imap.unsupported")

    /// `FAILED_PRECONDITION`. The IMAP server's name has no address. Check the spelling.
    public static let connectImapHostUnknown = Reason(rawValue: "connect.imap.hostUnknown")

    /// `UNAVAILABLE`. The IMAP server cannot be reached at this port.
    public static let connectImapUnreachable = Reason(rawValue: "connect.imap.unreachable")

    /// `UNAVAILABLE`. The IMAP server did not answer in time.
    public static let connectImapTimeout = Reason(rawValue: "connect.imap.timeout")

    /// `FAILED_PRECONDITION`. TLS with the IMAP server failed. Try the other `security`.
    public static let connectImapTls = Reason(rawValue: "connect.imap.tls")

    /// `FAILED_PRECONDITION`. The IMAP server's certificate is not valid today.
    public static let connectImapCertificateExpired = Reason(rawValue: "connect.imap.certificate.expired")

    /// `FAILED_PRECONDITION`. The IMAP server's certificate is for another name.
    public static let connectImapCertificateWrongHost = Reason(rawValue: "connect.imap.certificate.wrongHost")

    /// `FAILED_PRECONDITION`. The IMAP server's certificate is not signed by a trusted authority.
    public static let connectImapCertificateUntrusted = Reason(rawValue: "connect.imap.certificate.untrusted")

    /// `FAILED_PRECONDITION`. The IMAP server's certificate cannot be accepted.
    public static let connectImapCertificateOther = Reason(rawValue: "connect.imap.certificate.other")

    /// `FAILED_PRECONDITION`. The IMAP server offers no encryption at this port.
    public static let connectImapNoEncryption = Reason(rawValue: "connect.imap.noEncryption")

    /// `FAILED_PRECONDITION`. The IMAP server offers no way to sign in that is known here.
    public static let connectImapNoMechanism = Reason(rawValue: "connect.imap.noMechanism")

    /// `FAILED_PRECONDITION`. The IMAP server refused user name or password. Many providers want an app
    /// password.
    public static let connectImapAuthenticationFailed = Reason(rawValue: "connect.imap.authenticationFailed")

    /// `UNAVAILABLE`. The IMAP server takes no more connections of this account just now.
    public static let connectImapBusy = Reason(rawValue: "connect.imap.busy")

    /// `FAILED_PRECONDITION`. The account may not use IMAP.
    public static let connectImapDenied = Reason(rawValue: "connect.imap.denied")

    /// `FAILED_PRECONDITION`. The IMAP server refused a step.
    public static let connectImapRefused = Reason(rawValue: "connect.imap.refused")

    /// `FAILED_PRECONDITION`. What answers does not speak IMAP as it should.
    public static let connectImapProtocol = Reason(rawValue: "connect.imap.protocol")

    /// `INVALID_ARGUMENT`. The settings cannot be those of a submission server (a port of POP3, for one).
    public static let connectSmtpUnsupported = Reason(rawValue: "connect.smtp.unsupported")

    /// `FAILED_PRECONDITION`. The submission server's name has no address. Check the spelling.
    public static let connectSmtpHostUnknown = Reason(rawValue: "connect.smtp.hostUnknown")

    /// `UNAVAILABLE`. The submission server cannot be reached at this port.
    public static let connectSmtpUnreachable = Reason(rawValue: "connect.smtp.unreachable")

    /// `UNAVAILABLE`. The submission server did not answer in time.
    public static let connectSmtpTimeout = Reason(rawValue: "connect.smtp.timeout")

    /// `FAILED_PRECONDITION`. TLS with the submission server failed. Try the other `security`.
    public static let connectSmtpTls = Reason(rawValue: "connect.smtp.tls")

    /// `FAILED_PRECONDITION`. The submission server's certificate is not valid today.
    public static let connectSmtpCertificateExpired = Reason(rawValue: "connect.smtp.certificate.expired")

    /// `FAILED_PRECONDITION`. The submission server's certificate is for another name.
    public static let connectSmtpCertificateWrongHost = Reason(rawValue: "connect.smtp.certificate.wrongHost")

    /// `FAILED_PRECONDITION`. The submission server's certificate is not signed by a trusted authority.
    public static let connectSmtpCertificateUntrusted = Reason(rawValue: "connect.smtp.certificate.untrusted")

    /// `FAILED_PRECONDITION`. The submission server's certificate cannot be accepted.
    public static let connectSmtpCertificateOther = Reason(rawValue: "connect.smtp.certificate.other")

    /// `FAILED_PRECONDITION`. The submission server offers no encryption at this port.
    public static let connectSmtpNoEncryption = Reason(rawValue: "connect.smtp.noEncryption")

    /// `FAILED_PRECONDITION`. The submission server offers no way to sign in that is known here.
    public static let connectSmtpNoMechanism = Reason(rawValue: "connect.smtp.noMechanism")

    /// `FAILED_PRECONDITION`. The submission server refused user name or password. Many providers want an
    /// app password.
    public static let connectSmtpAuthenticationFailed = Reason(rawValue: "connect.smtp.authenticationFailed")

    /// `UNAVAILABLE`. The submission server takes no more connections of this account just now.
    public static let connectSmtpBusy = Reason(rawValue: "connect.smtp.busy")

    /// `FAILED_PRECONDITION`. The account may not use SMTP.
    public static let connectSmtpDenied = Reason(rawValue: "connect.smtp.denied")

    /// `FAILED_PRECONDITION`. The submission server refused a step.
    public static let connectSmtpRefused = Reason(rawValue: "connect.smtp.refused")

    /// `FAILED_PRECONDITION`. What answers does not speak SMTP as it should.
    public static let connectSmtpProtocol = Reason(rawValue: "connect.smtp.protocol")

    /// `NOT_FOUND`. There is no such mail in this tenant.
    public static let mailUnknown = Reason(rawValue: "mail.unknown")

    /// `FAILED_PRECONDITION`. The content of this mail is not stored. Track its thread to have it logged.
    public static let mailNotLogged = Reason(rawValue: "mail.notLogged")

    /// `NOT_FOUND`. There is no such attachment in this tenant.
    public static let attachmentUnknown = Reason(rawValue: "attachment.unknown")

    /// `NOT_FOUND`. There is no such upload: it was cancelled, its time is over, or it never was.
    public static let uploadUnknown = Reason(rawValue: "upload.unknown")

    /// `OUT_OF_RANGE`. Octets before this piece are missing. `details.received` says where the next piece
    /// must begin, or before.
    public static let uploadGap = Reason(rawValue: "upload.gap")

    /// `ALREADY_EXISTS`. Other octets came for the same place before. `details.received` says how many are
    /// here.
    public static let uploadDiffers = Reason(rawValue: "upload.differs")

    /// `FAILED_PRECONDITION`. The upload is committed: nothing can be added.
    public static let uploadCommitted = Reason(rawValue: "upload.committed")

    /// `FAILED_PRECONDITION`. Less came than was announced, or the upload is not committed.
    /// `details.received` and `details.size` are octets.
    public static let uploadIncomplete = Reason(rawValue: "upload.incomplete")

    /// `FAILED_PRECONDITION`. What came has another SHA-256 than the caller says. Begin a new upload.
    public static let uploadDigest = Reason(rawValue: "upload.digest")

    /// `RESOURCE_EXHAUSTED`. More octets than were announced, or than a mail can carry. `details.limit`
    /// says how many.
    public static let uploadTooLarge = Reason(rawValue: "upload.tooLarge")

    /// `RESOURCE_EXHAUSTED`. The tenant has as many uploads as it may. `details.limit` says how many;
    /// cancel one, or wait until one expires.
    public static let limitUploads = Reason(rawValue: "limit.uploads")

    /// `RESOURCE_EXHAUSTED`. The tenant's uploads have as many octets as they may. `details.limit` says how
    /// many.
    public static let limitUploadOctets = Reason(rawValue: "limit.uploadOctets")

    /// `RESOURCE_EXHAUSTED`. The piece has too many octets. `details.limit` and `details.actual` are
    /// octets.
    public static let limitUploadPiece = Reason(rawValue: "limit.uploadPiece")

    /// `INVALID_ARGUMENT`. to, cc and bcc are all empty.
    public static let sendNoRecipients = Reason(rawValue: "send.noRecipients")

    /// `INVALID_ARGUMENT`. An address cannot be used in a mail. `details.name` says where it stands.
    public static let sendAddressInvalid = Reason(rawValue: "send.addressInvalid")

    /// `INVALID_ARGUMENT`. The mailbox does not send as this address. `details.allowed` are those it does;
    /// `mailbox.update` adds others.
    public static let sendFromRefused = Reason(rawValue: "send.fromRefused")

    /// `INVALID_ARGUMENT`. Neither text nor html is given.
    public static let sendNoContent = Reason(rawValue: "send.noContent")

    /// `INVALID_ARGUMENT`. A subject, name or type has characters that a header cannot carry.
    /// `details.name` says which.
    public static let sendHeaderInvalid = Reason(rawValue: "send.headerInvalid")

    /// `INVALID_ARGUMENT`. An attachment needs `data`, `name` and `type`, or an `uploadId`, or a `blobId`.
    /// `details.index` says which one.
    public static let sendAttachmentInvalid = Reason(rawValue: "send.attachmentInvalid")

    /// `INVALID_ARGUMENT`. The mail is larger than this server, or the mailbox's provider, takes.
    /// `details.octets` is its size, `details.limit` what is allowed, `details.by` is `server` or
    /// `provider`.
    public static let sendTooLarge = Reason(rawValue: "send.tooLarge")

    /// `FAILED_PRECONDITION`. The mail is being handed over or has left already.
    public static let sendTooLate = Reason(rawValue: "send.tooLate")

    /// `NOT_FOUND`. This mail was not sent by `mail.send`.
    public static let submissionUnknown = Reason(rawValue: "submission.unknown")

    /// `NOT_FOUND`. There is no such thread in this tenant.
    public static let threadUnknown = Reason(rawValue: "thread.unknown")

    /// `FAILED_PRECONDITION`. The tenant's settings say that this mail is never logged.
    public static let threadNeverLogged = Reason(rawValue: "thread.neverLogged")

    /// `FAILED_PRECONDITION`. The tenant's mail is not indexed. Set `search` by `tenant.update` first.
    public static let searchOff = Reason(rawValue: "search.off")

    /// `INVALID_ARGUMENT`. The text has no word that can be searched for, or more than 32.
    public static let searchText = Reason(rawValue: "search.text")

    /// `INVALID_ARGUMENT`. `details.name` names the setting.
    public static let tenantSettingsInvalid = Reason(rawValue: "tenant.settingsInvalid")

    /// `FAILED_PRECONDITION`. The mail is in no thread, or nothing of its thread would be left.
    public static let threadNotSplit = Reason(rawValue: "thread.notSplit")

    /// `INVALID_ARGUMENT`. At least one criterion must be given.
    public static let threadNoCriterion = Reason(rawValue: "thread.noCriterion")

    /// `INVALID_ARGUMENT`. Name either `threadId` or `mailId`, not both.
    public static let recordTarget = Reason(rawValue: "record.target")

    /// `NOT_FOUND`. Nothing is linked to this record.
    public static let recordUnknown = Reason(rawValue: "record.unknown")

    /// `NOT_FOUND`. This thread or mail is not linked to the record.
    public static let recordNotLinked = Reason(rawValue: "record.notLinked")

    /// `NOT_FOUND`. There is no such erasure in this tenant.
    public static let purgeUnknown = Reason(rawValue: "purge.unknown")

    /// `INVALID_ARGUMENT`. The member that goes with the scope's kind is missing, or another is there too.
    public static let purgeScopeInvalid = Reason(rawValue: "purge.scopeInvalid")

    /// `FAILED_PRECONDITION`. A hold keeps what the erasure would take. `hold.list` shows which;
    /// `hold.release` ends it.
    public static let purgeHeld = Reason(rawValue: "purge.held")

    /// `NOT_FOUND`. There is no such webhook in this tenant.
    public static let webhookUnknown = Reason(rawValue: "webhook.unknown")

    /// `INVALID_ARGUMENT`. The URL is not one that events may be sent to.
    public static let webhookUrlInvalid = Reason(rawValue: "webhook.urlInvalid")

    /// `RESOURCE_EXHAUSTED`. The tenant has as many webhooks as it may. `details.limit` says how many.
    public static let limitWebhooks = Reason(rawValue: "limit.webhooks")

    /// `NOT_FOUND`. There is no such hold in this tenant.
    public static let holdUnknown = Reason(rawValue: "hold.unknown")

    /// `FAILED_PRECONDITION`. Events after the cursor were lost, as the server's data were restored from a
    /// backup. `details.oldest` is the oldest event that is kept, `details.newest` the newest number there
    /// is. Read again what you keep, then go on from `newest`.
    public static let eventsCursorTooOld = Reason(rawValue: "events.cursorTooOld")

    /// `INVALID_ARGUMENT`. The cursor is above the newest event. `details.oldest` and `details.newest` say
    /// which events there are.
    public static let eventsCursorInvalid = Reason(rawValue: "events.cursorInvalid")

    /// `NOT_FOUND`. There is no such tenant.
    public static let tenantUnknown = Reason(rawValue: "tenant.unknown")

    /// `ALREADY_EXISTS`. There is a tenant of this name.
    public static let tenantExists = Reason(rawValue: "tenant.exists")

    /// `NOT_FOUND`. There is no such token.
    public static let tokenUnknown = Reason(rawValue: "token.unknown")

    /// `INVALID_ARGUMENT`. The text holds no certificate in PEM that can be read.
    public static let certificateInvalid = Reason(rawValue: "certificate.invalid")

    /// `ALREADY_EXISTS`. The certificate is registered already, here or for another tenant.
    public static let certificateExists = Reason(rawValue: "certificate.exists")

    /// `INVALID_ARGUMENT`. `expiresAt` has passed already.
    public static let tokenExpired = Reason(rawValue: "token.expired")

    /// `NOT_FOUND`. There is no such part. Leave `service` out for the whole server.
    public static let healthUnknownService = Reason(rawValue: "health.unknownService")

    /// `RESOURCE_EXHAUSTED`. The disk is full.
    public static let storeFull = Reason(rawValue: "store.full")

    /// `ABORTED`. Something else changed it at the same time. Try again.
    public static let storeConflict = Reason(rawValue: "store.conflict")

    /// `DATA_LOSS`. Stored data is damaged.
    public static let storeCorrupt = Reason(rawValue: "store.corrupt")
  }
}
