// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSONRPC

/// The values of an error's `data.reason`. Stable: programs tell errors apart by them.
package enum APIReason: String, Sendable, Hashable, CaseIterable {
  /// The message is not JSON. `details.offset` counts octets.
  case jsonSyntax = "json.syntax"
  /// The message is nested too deep. `details.limit` says how deep it may be.
  case jsonDepth = "json.depth"
  /// The same name stands twice in one object.
  case jsonDuplicateName = "json.duplicateName"
  /// The message is JSON, but not a JSON-RPC 2.0 request.
  case requestInvalid = "request.invalid"
  /// There is no such method. `details.method` names it.
  case methodUnknown = "method.unknown"
  /// Sign in first: `session.open`, or `Authorization: Bearer` over HTTP.
  case sessionRequired = "session.required"
  /// The token or certificate is not known, was revoked, or has expired. Calls and streams that run under
  /// it when it ends say so too.
  case tokenInvalid = "token.invalid"
  /// The token lacks the scope that the method needs. `details.scope` names it.
  case scopeMissing = "scope.missing"
  /// The message is too large. `details.limit` and `details.actual` are octets.
  case limitMessage = "limit.message"
  /// The message did not arrive whole in time. `details.limit` is in seconds.
  case limitMessageSeconds = "limit.messageSeconds"
  /// A value of a stream is too large. `details.limit` and `details.actual` are octets.
  case limitStreamMessage = "limit.streamMessage"
  /// More values came than were granted. Wait for `rpc.credit`.
  case limitStreamCredit = "limit.streamCredit"
  /// The batch has too many calls.
  case limitBatch = "limit.batch"
  /// Too many calls are at work on this connection. Wait for one to end.
  case limitCallsInFlight = "limit.callsInFlight"
  /// The server has all the connections that it takes. Answered once, without an id, before anything is
  /// called; the connection is closed.
  case limitConnections = "limit.connections"
  /// Too many connections come from this address. Answered like `limit.connections`.
  case limitConnectionsPerPeer = "limit.connectionsPerPeer"
  /// The caller cancelled the call.
  case callCancelled = "call.cancelled"
  /// The deadline passed before the answer was ready.
  case callDeadline = "call.deadline"
  /// No such call or stream is open on this connection.
  case callUnknown = "call.unknown"
  /// A stream cannot be opened in a batch. Call it by itself.
  case streamInBatch = "stream.inBatch"
  /// A stream needs JSON-RPC 2.0. Add `"jsonrpc":"2.0"` to the call.
  case streamVersion1 = "stream.version1"
  /// Not possible over HTTP: streams, `session.open`, `rpc.cancel`. Use a TCP or Unix connection.
  case httpUnsupported = "http.unsupported"
  /// The server is shutting down. Connect again and repeat.
  case serverGoingAway = "server.goingAway"
  /// Made by clients: the connection ended before the answer came. It is not known whether the call was
  /// done.
  case connectionLost = "connection.lost"
  /// Made by clients: the server cannot be connected to.
  case connectionFailed = "connection.failed"
  /// Made by clients: the server's certificate is not acceptable.
  case connectionCertificate = "connection.certificate"
  /// Values of the stream are missing.
  case streamGap = "stream.gap"
  /// Made by clients: the call takes no more values. Open another one.
  case streamEnded = "stream.ended"
  /// Made by clients: the server sent more values than it was granted.
  case streamOverrun = "stream.overrun"
  /// Made by clients: the server named no subscription.
  case streamMalformed = "stream.malformed"
  /// Made by clients: the server's address cannot be read.
  case clientBadURL = "client.badURL"
  /// Made by clients: the server's answer is not what this document says.
  case clientBadAnswer = "client.badAnswer"
  /// Made by clients: the client was closed.
  case clientClosed = "client.closed"
  /// A fault of the server. `details.logId` is the number of its log entry, where there is one.
  case `internal`
  /// A parameter that must be there is not. `details.name` names it.
  case paramsMissing = "params.missing"
  /// There is no such parameter. `details.name` names it.
  case paramsUnknown = "params.unknown"
  /// A parameter is of another JSON type. `details.name` names it.
  case paramsType = "params.type"
  /// A parameter is of the right type but not acceptable. `details.name` names it.
  case paramsRange = "params.range"
  /// `params` cannot be read. They are an object, or an array where `paramStructure` is `either`.
  case paramsInvalid = "params.invalid"
  /// The cursor was not given out by this method. Begin without one.
  case paramsCursor = "params.cursor"
  /// The idempotency key came before with other parameters. Use a new key for another request.
  case idempotencyKeyReused = "idempotency.keyReused"
  /// There is no such mailbox in this tenant.
  case mailboxUnknown = "mailbox.unknown"
  /// This address is connected already. Use `mailbox.reconnect` to change its settings.
  case mailboxExists = "mailbox.exists"
  /// The mailbox is disconnected. Use `mailbox.reconnect`.
  case mailboxDisconnected = "mailbox.disconnected"
  /// The sync that was waited for was called off with `sync.cancel`. The next `sync.run` goes on where it
  /// stopped.
  case syncCancelled = "sync.cancelled"
  /// No provider of this name is configured on this server. `oauth.providers` lists those that are.
  case oauthProviderUnknown = "oauth.providerUnknown"
  /// The provider does not offer this way, or the server's operator has not configured it.
  case oauthNotOffered = "oauth.notOffered"
  /// `redirectUri` is no absolute URL of http or https.
  case oauthRedirectInvalid = "oauth.redirectInvalid"
  /// There is no such state or grant: its time is over, it was used, or the server has started anew. Begin
  /// again.
  case oauthUnknown = "oauth.unknown"
  /// The person said no.
  case oauthDenied = "oauth.denied"
  /// The provider gave no refresh token, so access would end within the hour. Ask for offline access.
  case oauthNoRefreshToken = "oauth.noRefreshToken"
  /// The provider gave no token. `details.code` is its word, such as `invalid_grant`.
  case oauthRefused = "oauth.refused"
  /// The provider could not be asked. Call again later.
  case oauthUnavailable = "oauth.unavailable"
  /// The tenant has as many open flows and grants as it may. `details.limit` says how many.
  case limitOauth = "limit.oauth"
  /// The settings cannot be those of an IMAP server (a port of POP3, for one).
  case connectImapUnsupported = "connect.imap.unsupported"
  /// The IMAP server's name has no address. Check the spelling.
  case connectImapHostUnknown = "connect.imap.hostUnknown"
  /// The IMAP server cannot be reached at this port.
  case connectImapUnreachable = "connect.imap.unreachable"
  /// The IMAP server did not answer in time.
  case connectImapTimeout = "connect.imap.timeout"
  /// TLS with the IMAP server failed. Try the other `security`.
  case connectImapTls = "connect.imap.tls"
  /// The IMAP server's certificate is not valid today.
  case connectImapCertificateExpired = "connect.imap.certificate.expired"
  /// The IMAP server's certificate is for another name.
  case connectImapCertificateWrongHost = "connect.imap.certificate.wrongHost"
  /// The IMAP server's certificate is not signed by a trusted authority.
  case connectImapCertificateUntrusted = "connect.imap.certificate.untrusted"
  /// The IMAP server's certificate cannot be accepted.
  case connectImapCertificateOther = "connect.imap.certificate.other"
  /// The IMAP server offers no encryption at this port.
  case connectImapNoEncryption = "connect.imap.noEncryption"
  /// The IMAP server offers no way to sign in that is known here.
  case connectImapNoMechanism = "connect.imap.noMechanism"
  /// The IMAP server refused user name or password. Many providers want an app password.
  case connectImapAuthenticationFailed = "connect.imap.authenticationFailed"
  /// The IMAP server takes no more connections of this account just now.
  case connectImapBusy = "connect.imap.busy"
  /// The account may not use IMAP.
  case connectImapDenied = "connect.imap.denied"
  /// The IMAP server refused a step.
  case connectImapRefused = "connect.imap.refused"
  /// What answers does not speak IMAP as it should.
  case connectImapProtocol = "connect.imap.protocol"
  /// The settings cannot be those of a submission server (a port of POP3, for one).
  case connectSmtpUnsupported = "connect.smtp.unsupported"
  /// The submission server's name has no address. Check the spelling.
  case connectSmtpHostUnknown = "connect.smtp.hostUnknown"
  /// The submission server cannot be reached at this port.
  case connectSmtpUnreachable = "connect.smtp.unreachable"
  /// The submission server did not answer in time.
  case connectSmtpTimeout = "connect.smtp.timeout"
  /// TLS with the submission server failed. Try the other `security`.
  case connectSmtpTls = "connect.smtp.tls"
  /// The submission server's certificate is not valid today.
  case connectSmtpCertificateExpired = "connect.smtp.certificate.expired"
  /// The submission server's certificate is for another name.
  case connectSmtpCertificateWrongHost = "connect.smtp.certificate.wrongHost"
  /// The submission server's certificate is not signed by a trusted authority.
  case connectSmtpCertificateUntrusted = "connect.smtp.certificate.untrusted"
  /// The submission server's certificate cannot be accepted.
  case connectSmtpCertificateOther = "connect.smtp.certificate.other"
  /// The submission server offers no encryption at this port.
  case connectSmtpNoEncryption = "connect.smtp.noEncryption"
  /// The submission server offers no way to sign in that is known here.
  case connectSmtpNoMechanism = "connect.smtp.noMechanism"
  /// The submission server refused user name or password. Many providers want an app password.
  case connectSmtpAuthenticationFailed = "connect.smtp.authenticationFailed"
  /// The submission server takes no more connections of this account just now.
  case connectSmtpBusy = "connect.smtp.busy"
  /// The account may not use SMTP.
  case connectSmtpDenied = "connect.smtp.denied"
  /// The submission server refused a step.
  case connectSmtpRefused = "connect.smtp.refused"
  /// What answers does not speak SMTP as it should.
  case connectSmtpProtocol = "connect.smtp.protocol"
  /// There is no such mail in this tenant.
  case mailUnknown = "mail.unknown"
  /// The content of this mail is not stored. Track its thread to have it logged.
  case mailNotLogged = "mail.notLogged"
  /// There is no such attachment in this tenant.
  case attachmentUnknown = "attachment.unknown"
  /// There is no such upload: it was cancelled, its time is over, or it never was.
  case uploadUnknown = "upload.unknown"
  /// Octets before this piece are missing. `details.received` says where the next piece must begin, or
  /// before.
  case uploadGap = "upload.gap"
  /// Other octets came for the same place before. `details.received` says how many are here.
  case uploadDiffers = "upload.differs"
  /// The upload is committed: nothing can be added.
  case uploadCommitted = "upload.committed"
  /// Less came than was announced, or the upload is not committed. `details.received` and `details.size`
  /// are octets.
  case uploadIncomplete = "upload.incomplete"
  /// What came has another SHA-256 than the caller says. Begin a new upload.
  case uploadDigest = "upload.digest"
  /// More octets than were announced, or than a mail can carry. `details.limit` says how many.
  case uploadTooLarge = "upload.tooLarge"
  /// The tenant has as many uploads as it may. `details.limit` says how many; cancel one, or wait until one
  /// expires.
  case limitUploads = "limit.uploads"
  /// The tenant's uploads have as many octets as they may. `details.limit` says how many.
  case limitUploadOctets = "limit.uploadOctets"
  /// The piece has too many octets. `details.limit` and `details.actual` are octets.
  case limitUploadPiece = "limit.uploadPiece"
  /// to, cc and bcc are all empty.
  case sendNoRecipients = "send.noRecipients"
  /// An address cannot be used in a mail. `details.name` says where it stands.
  case sendAddressInvalid = "send.addressInvalid"
  /// The mailbox does not send as this address. `details.allowed` are those it does; `mailbox.update` adds
  /// others.
  case sendFromRefused = "send.fromRefused"
  /// Neither text nor html is given.
  case sendNoContent = "send.noContent"
  /// A subject, name or type has characters that a header cannot carry. `details.name` says which.
  case sendHeaderInvalid = "send.headerInvalid"
  /// An attachment needs `data`, `name` and `type`, or an `uploadId`, or a `blobId`. `details.index` says
  /// which one.
  case sendAttachmentInvalid = "send.attachmentInvalid"
  /// The mail is larger than this server, or the mailbox's provider, takes. `details.octets` is its size,
  /// `details.limit` what is allowed, `details.by` is `server` or `provider`.
  case sendTooLarge = "send.tooLarge"
  /// The mail is being handed over or has left already.
  case sendTooLate = "send.tooLate"
  /// This mail was not sent by `mail.send`.
  case submissionUnknown = "submission.unknown"
  /// There is no such thread in this tenant.
  case threadUnknown = "thread.unknown"
  /// The tenant's settings say that this mail is never logged.
  case threadNeverLogged = "thread.neverLogged"
  /// The tenant's mail is not indexed. Set `search` by `tenant.update` first.
  case searchOff = "search.off"
  /// The text has no word that can be searched for, or more than 32.
  case searchText = "search.text"
  /// `details.name` names the setting.
  case tenantSettingsInvalid = "tenant.settingsInvalid"
  /// The mail is in no thread, or nothing of its thread would be left.
  case threadNotSplit = "thread.notSplit"
  /// At least one criterion must be given.
  case threadNoCriterion = "thread.noCriterion"
  /// Name either `threadId` or `mailId`, not both.
  case recordTarget = "record.target"
  /// Nothing is linked to this record.
  case recordUnknown = "record.unknown"
  /// This thread or mail is not linked to the record.
  case recordNotLinked = "record.notLinked"
  /// There is no such erasure in this tenant.
  case purgeUnknown = "purge.unknown"
  /// The member that goes with the scope's kind is missing, or another is there too.
  case purgeScopeInvalid = "purge.scopeInvalid"
  /// A hold keeps what the erasure would take. `hold.list` shows which; `hold.release` ends it.
  case purgeHeld = "purge.held"
  /// There is no such webhook in this tenant.
  case webhookUnknown = "webhook.unknown"
  /// The URL is not one that events may be sent to.
  case webhookUrlInvalid = "webhook.urlInvalid"
  /// The tenant has as many webhooks as it may. `details.limit` says how many.
  case limitWebhooks = "limit.webhooks"
  /// There is no such hold in this tenant.
  case holdUnknown = "hold.unknown"
  /// Events after the cursor were lost, as the server's data were restored from a backup. `details.oldest`
  /// is the oldest event that is kept, `details.newest` the newest number there is. Read again what you
  /// keep, then go on from `newest`.
  case eventsCursorTooOld = "events.cursorTooOld"
  /// The cursor is above the newest event. `details.oldest` and `details.newest` say which events there
  /// are.
  case eventsCursorInvalid = "events.cursorInvalid"
  /// There is no such tenant.
  case tenantUnknown = "tenant.unknown"
  /// There is a tenant of this name.
  case tenantExists = "tenant.exists"
  /// There is no such token.
  case tokenUnknown = "token.unknown"
  /// The text holds no certificate in PEM that can be read.
  case certificateInvalid = "certificate.invalid"
  /// The certificate is registered already, here or for another tenant.
  case certificateExists = "certificate.exists"
  /// `expiresAt` has passed already.
  case tokenExpired = "token.expired"
  /// There is no such part. Leave `service` out for the whole server.
  case healthUnknownService = "health.unknownService"
  /// The disk is full.
  case storeFull = "store.full"
  /// Something else changed it at the same time. Try again.
  case storeConflict = "store.conflict"
  /// Stored data is damaged.
  case storeCorrupt = "store.corrupt"

  package var status: RPCStatus {
    switch self {
      case .callCancelled, .clientClosed, .syncCancelled: .cancelled
      case 
        .jsonSyntax, .jsonDepth, .jsonDuplicateName, .requestInvalid, .clientBadURL, .paramsMissing,
        .paramsUnknown, .paramsType, .paramsRange, .paramsInvalid, .paramsCursor, .oauthRedirectInvalid,
        .connectImapUnsupported, .connectSmtpUnsupported, .sendNoRecipients, .sendAddressInvalid,
        .sendFromRefused, .sendNoContent, .sendHeaderInvalid, .sendAttachmentInvalid, .sendTooLarge,
        .searchText, .tenantSettingsInvalid, .threadNoCriterion, .recordTarget, .purgeScopeInvalid,
        .webhookUrlInvalid, .eventsCursorInvalid, .certificateInvalid, .tokenExpired
      : .invalidArgument
      case .callDeadline: .deadlineExceeded
      case 
        .callUnknown, .mailboxUnknown, .oauthProviderUnknown, .oauthUnknown, .mailUnknown,
        .attachmentUnknown, .uploadUnknown, .submissionUnknown, .threadUnknown, .recordUnknown,
        .recordNotLinked, .purgeUnknown, .webhookUnknown, .holdUnknown, .tenantUnknown, .tokenUnknown,
        .healthUnknownService
      : .notFound
      case 
        .idempotencyKeyReused, .mailboxExists, .uploadDiffers, .tenantExists, .certificateExists
      : .alreadyExists
      case .scopeMissing: .permissionDenied
      case 
        .limitMessage, .limitMessageSeconds, .limitStreamMessage, .limitStreamCredit, .limitBatch,
        .limitCallsInFlight, .limitConnections, .limitConnectionsPerPeer, .limitOauth, .uploadTooLarge,
        .limitUploads, .limitUploadOctets, .limitUploadPiece, .limitWebhooks, .storeFull
      : .resourceExhausted
      case 
        .streamInBatch, .streamVersion1, .connectionCertificate, .streamEnded, .mailboxDisconnected,
        .oauthNotOffered, .oauthDenied, .oauthNoRefreshToken, .oauthRefused, .connectImapHostUnknown,
        .connectImapTls, .connectImapCertificateExpired, .connectImapCertificateWrongHost,
        .connectImapCertificateUntrusted, .connectImapCertificateOther, .connectImapNoEncryption,
        .connectImapNoMechanism, .connectImapAuthenticationFailed, .connectImapDenied, .connectImapRefused,
        .connectImapProtocol, .connectSmtpHostUnknown, .connectSmtpTls, .connectSmtpCertificateExpired,
        .connectSmtpCertificateWrongHost, .connectSmtpCertificateUntrusted, .connectSmtpCertificateOther,
        .connectSmtpNoEncryption, .connectSmtpNoMechanism, .connectSmtpAuthenticationFailed,
        .connectSmtpDenied, .connectSmtpRefused, .connectSmtpProtocol, .mailNotLogged, .uploadCommitted,
        .uploadIncomplete, .uploadDigest, .sendTooLate, .threadNeverLogged, .searchOff, .threadNotSplit,
        .purgeHeld, .eventsCursorTooOld
      : .failedPrecondition
      case .storeConflict: .aborted
      case .uploadGap: .outOfRange
      case .methodUnknown, .httpUnsupported: .unimplemented
      case .streamOverrun, .streamMalformed, .clientBadAnswer, .internal: .internal
      case 
        .serverGoingAway, .connectionLost, .connectionFailed, .oauthUnavailable, .connectImapUnreachable,
        .connectImapTimeout, .connectImapBusy, .connectSmtpUnreachable, .connectSmtpTimeout,
        .connectSmtpBusy
      : .unavailable
      case .streamGap, .storeCorrupt: .dataLoss
      case .sessionRequired, .tokenInvalid: .unauthenticated
    }
  }
}
