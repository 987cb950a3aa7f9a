# Generated from protocol/openrpc.json by stubgen. Do not edit.
"""The calls of Postroom's API for asyncio, version 0.2.0."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Optional, Sequence, Union

from ._async_runtime import AsyncCaller, AsyncCalls, AsyncExchange, AsyncStream
from ._generated import (
    Scope, MailboxProbe, MailboxAudit, SendOrigin, EventType, LogLevel, Address, ServerChoice,
    ConnectProgress, Mailbox, MailboxDiscovery, OAuthAccess, OAuthProviderList, OAuthAuthorization,
    OAuthGrant, OAuthDevice, MailboxList, FolderList, SyncStatus, Mail, MailDetail, MailPage,
    MailSearchPage, OutgoingAttachment, UploadPiece, Upload, UploadList, ReplyRecipients, Draft, Submission,
    SendResult, Chunk, Thread, ThreadDetail, ThreadPage, RecordRef, RecordList, TimelineOrder,
    EngagementPage, PurgeScope, PurgeCounts, Purge, ReceiptKey, RetentionPolicy, Retention, MailRetention,
    Hold, Webhook, WebhookList, WebhookWithSecret, WebhookTest, HoldList, PurgePage, Event, EventPage,
    Tenant, TenantSettingsChange, TenantDetail, TenantList, Token, TokenList, NewToken, ServerInfo,
    ServerStats, LogLine, Health
)
from ._runtime import plain, progress_of


class AsyncMailboxCalls(AsyncCalls):
    """The methods `mailbox.*`."""

    async def connect(
        self, *, email: str, password: Optional[str] = None, user_name: Optional[str] = None,
        display_name: Optional[str] = None, imap: Union[ServerChoice, Mapping[str, Any]],
        smtp: Union[ServerChoice, Mapping[str, Any]],
        oauth: Optional[Union[OAuthAccess, Mapping[str, Any]]] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[ConnectProgress], Any]] = None
    ) -> Mailbox:
        """Connect an e-mail account.

        Signs in to both servers, lists the folders, and only then stores the mailbox and begins to sync
        it. Nothing is stored when a step fails; the error names the step and has the server's words.
        Server connections are always encrypted and verified. Progress: each step as it begins.

        `email`: The address that mail is sent from.
        `password`: Or an app password. Stored encrypted, never answered. Either it or `oauth`.
        `user_name`: What to sign in as; the address when left out.
        `display_name`: The name that stands in From.
        `smtp`: The submission server.
        `oauth`: Sign in by access tokens instead of a password (XOAUTH2, OAUTHBEARER). They are renewed
        by themselves.
        """
        params = plain({
            "email": email,
            "password": password,
            "userName": user_name,
            "displayName": display_name,
            "imap": imap,
            "smtp": smtp,
            "oauth": oauth,
        })
        answer = await self._call(
            "mailbox.connect", params, timeout, None, progress_of(ConnectProgress._read, on_progress),
            repeatable=False
        )
        return self._read(Mailbox._read, answer)

    async def get(
        self, *, mailbox_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Mailbox:
        """A mailbox.

        Settings and state of a mailbox.
        """
        params = plain({
            "mailboxId": mailbox_id,
        })
        answer = await self._call("mailbox.get", params, timeout, None, on_progress, repeatable=True)
        return self._read(Mailbox._read, answer)

    async def list(
        self, *, timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> MailboxList:
        """All mailboxes.

        The mailboxes of the tenant, oldest first.
        """
        params: dict[str, Any] = {}
        answer = await self._call("mailbox.list", params, timeout, None, on_progress, repeatable=True)
        return self._read(MailboxList._read, answer)

    async def audit(
        self, *, mailbox_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> MailboxAudit:
        """Compare a mailbox with its server.

        Signs in beside the mailbox's own connections, compares every folder message by message with what
        is kept, and gives a reason for each mail of the server's that is not here. Nothing is changed.
        Each mailbox is also audited once a day by itself; `postroom_audit_unexplained` of the metrics,
        which must be 0, is what that found. It takes as long as the server takes to tell the numbers of
        all messages.
        """
        params = plain({
            "mailboxId": mailbox_id,
        })
        answer = await self._call("mailbox.audit", params, timeout, None, on_progress, repeatable=True)
        return self._read(MailboxAudit._read, answer)

    async def discover(
        self, *, email: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> MailboxDiscovery:
        """Find the servers of an address.

        Looks in a table of large providers, then in the domain's autoconfig document (over verified
        TLS), its SRV records and its MX records. Nothing is stored and nobody is signed in: show the
        person what was found before a password goes there.
        """
        params = plain({
            "email": email,
        })
        answer = await self._call("mailbox.discover", params, timeout, None, on_progress, repeatable=True)
        return self._read(MailboxDiscovery._read, answer)

    async def probe(
        self, *, mailbox_id: Optional[str] = None, user_name: Optional[str] = None,
        password: Optional[str] = None, imap: Optional[Union[ServerChoice, Mapping[str, Any]]] = None,
        smtp: Optional[Union[ServerChoice, Mapping[str, Any]]] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> MailboxProbe:
        """Look at an account's servers.

        Signs in, and answers what the servers offer, what of it is used, what is not and why, their
        limits, the folders, and where sent mail goes. Nothing is stored and nothing changed. Either
        `mailboxId` for a connected mailbox, or `imap`, `password` and `userName` (with `smtp` where that
        is to be looked at, too) as `mailbox.connect` would take them.

        `user_name`: What to sign in as; often the address.
        `password`: Used for this call only.
        """
        params = plain({
            "mailboxId": mailbox_id,
            "userName": user_name,
            "password": password,
            "imap": imap,
            "smtp": smtp,
        })
        answer = await self._call("mailbox.probe", params, timeout, None, on_progress, repeatable=True)
        return self._read(MailboxProbe._read, answer)

    async def reconnect(
        self, *, mailbox_id: str, password: Optional[str] = None, user_name: Optional[str] = None,
        imap: Optional[Union[ServerChoice, Mapping[str, Any]]] = None,
        smtp: Optional[Union[ServerChoice, Mapping[str, Any]]] = None,
        oauth: Optional[Union[OAuthAccess, Mapping[str, Any]]] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[ConnectProgress], Any]] = None
    ) -> Mailbox:
        """Sign in again.

        Verifies and stores what is given, keeps the rest, and goes on with the sync where it stopped.
        Nothing changes when a step fails. Progress: each step as it begins.
        """
        params = plain({
            "mailboxId": mailbox_id,
            "password": password,
            "userName": user_name,
            "imap": imap,
            "smtp": smtp,
            "oauth": oauth,
        })
        answer = await self._call(
            "mailbox.reconnect", params, timeout, None, progress_of(ConnectProgress._read, on_progress),
            repeatable=True
        )
        return self._read(Mailbox._read, answer)

    async def update(
        self, *, mailbox_id: str, display_name: Optional[str] = None,
        identities: Optional[Sequence[Union[Address, Mapping[str, Any]]]] = None,
        sends_per_minute_max: Optional[int] = None, sends_per_day_max: Optional[int] = None,
        timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Mailbox:
        """Change whom a mailbox sends as, and how fast.

        Sets what is given and leaves the rest. Mails that wait already go by the new limits.

        `display_name`: The name that stands in From; empty for none.
        `identities`: Aliases: names and addresses that may stand in From besides its own address, in
        place of those before. Its server must let it send as them.
        `sends_per_minute_max`: Mails that may leave it within a minute; 0 for no limit.
        `sends_per_day_max`: Mails that may leave it within 24 hours; 0 for no limit.
        """
        params = plain({
            "mailboxId": mailbox_id,
            "displayName": display_name,
            "identities": identities,
            "sendsPerMinuteMax": sends_per_minute_max,
            "sendsPerDayMax": sends_per_day_max,
        })
        answer = await self._call("mailbox.update", params, timeout, None, on_progress, repeatable=True)
        return self._read(Mailbox._read, answer)

    async def disconnect(
        self, *, mailbox_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Mailbox:
        """Stop a mailbox.

        Stops syncing and sending; what is stored stays. The state becomes `disconnected` with reason
        `turnedOff`.
        """
        params = plain({
            "mailboxId": mailbox_id,
        })
        answer = await self._call("mailbox.disconnect", params, timeout, None, on_progress, repeatable=True)
        return self._read(Mailbox._read, answer)

    async def delete(
        self, *, mailbox_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Purge:
        """Delete a mailbox.

        Disconnects the mailbox and begins to erase it with all its mail. `purge.status` tells when it is
        done.
        """
        params = plain({
            "mailboxId": mailbox_id,
        })
        answer = await self._call("mailbox.delete", params, timeout, None, on_progress, repeatable=False)
        return self._read(Purge._read, answer)


class AsyncOauthCalls(AsyncCalls):
    """The methods `oauth.*`."""

    async def providers(
        self, *, timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> OAuthProviderList:
        """Providers of access tokens.

        Those that are configured on this server, by name. Others are not known here.
        """
        params: dict[str, Any] = {}
        answer = await self._call("oauth.providers", params, timeout, None, on_progress, repeatable=True)
        return self._read(OAuthProviderList._read, answer)

    async def begin(
        self, *, provider: str, redirect_uri: str, email: Optional[str] = None,
        timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> OAuthAuthorization:
        """Send a person to their provider.

        Begins the authorization code flow with PKCE (RFC 6749, RFC 7636): send the person to `url`; the
        provider sends them back to `redirectUri` with `state` and `code`, which go into
        `oauth.complete`. A state lives 15 minutes, in memory, and is good for one try.

        `redirect_uri`: Registered at the provider.
        `email`: Told to the provider, so that the person need not choose an account.
        """
        params = plain({
            "provider": provider,
            "redirectUri": redirect_uri,
            "email": email,
        })
        answer = await self._call("oauth.begin", params, timeout, None, on_progress, repeatable=False)
        return self._read(OAuthAuthorization._read, answer)

    async def complete(
        self, *, state: str, code: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> OAuthGrant:
        """Take what the provider sent back.

        Redeems the code for tokens, which stay in the server. The grant goes into `mailbox.connect` or
        `mailbox.reconnect` within 15 minutes.
        """
        params = plain({
            "state": state,
            "code": code,
        })
        answer = await self._call("oauth.complete", params, timeout, None, on_progress, repeatable=False)
        return self._read(OAuthGrant._read, answer)

    async def device(
        self, *, provider: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> OAuthDevice:
        """Let a person type a code.

        Begins the device flow (RFC 8628): show the person `userCode` and `verificationUri`; `oauth.wait`
        answers when they have said yes. Not every provider offers it for mail.
        """
        params = plain({
            "provider": provider,
        })
        answer = await self._call("oauth.device", params, timeout, None, on_progress, repeatable=False)
        return self._read(OAuthDevice._read, answer)

    async def wait(
        self, *, grant_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> OAuthGrant:
        """Wait until the person has said yes.

        Asks the provider as often as it allows, and answers when the grant can be used. Give it a
        deadline of minutes, and call again when that passes: the grant goes on until `expiresAt`.
        """
        params = plain({
            "grantId": grant_id,
        })
        answer = await self._call("oauth.wait", params, timeout, None, on_progress, repeatable=True)
        return self._read(OAuthGrant._read, answer)


class AsyncFolderCalls(AsyncCalls):
    """The methods `folder.*`."""

    async def list(
        self, *, mailbox_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> FolderList:
        """Folders of a mailbox.

        The folders that the server lists, and how much of each is stored.
        """
        params = plain({
            "mailboxId": mailbox_id,
        })
        answer = await self._call("folder.list", params, timeout, None, on_progress, repeatable=True)
        return self._read(FolderList._read, answer)


class AsyncSyncCalls(AsyncCalls):
    """The methods `sync.*`."""

    async def run(
        self, *, mailbox_id: str, wait: bool = False, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[SyncStatus], Any]] = None
    ) -> SyncStatus:
        """Sync now.

        Asks the mailbox's worker to look for news at once instead of at its next turn. Answers how
        things stand; with `wait` only when all folders have been looked at and what was found has been
        read, the first reading of a mailbox included. Then progress tells the status at once and after
        each change, at most a few times a second.

        `wait`: Answer when the sync is done.
        """
        params = plain({
            "mailboxId": mailbox_id,
            "wait": wait,
        })
        answer = await self._call(
            "sync.run", params, timeout, None, progress_of(SyncStatus._read, on_progress), repeatable=True
        )
        return self._read(SyncStatus._read, answer)

    async def cancel(
        self, *, mailbox_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> SyncStatus:
        """Call a sync off.

        Calls off the sync that runs, the first reading of a mailbox included: who waits for it in
        `sync.run` is answered `sync.cancelled`, and the worker stops behind what it is just reading. New
        mail is seen all the same; older mail is read on, from where it stopped, after the next
        `sync.run`, `mailbox.reconnect` or start of the server. Answers how things stand then: the phase
        is `paused` when something is left. Without a sync that runs nothing changes.
        """
        params = plain({
            "mailboxId": mailbox_id,
        })
        answer = await self._call("sync.cancel", params, timeout, None, on_progress, repeatable=True)
        return self._read(SyncStatus._read, answer)

    async def status(
        self, *, mailbox_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> SyncStatus:
        """How far the sync is.

        How much of the mailbox has been read.
        """
        params = plain({
            "mailboxId": mailbox_id,
        })
        answer = await self._call("sync.status", params, timeout, None, on_progress, repeatable=True)
        return self._read(SyncStatus._read, answer)

    def watch(
        self, *, mailbox_id: str, timeout: Optional[float] = None, window: int = 32
    ) -> AsyncStream[SyncStatus]:
        """Watch the sync.

        Streams the status at once and after each change, at most a few times a second. Ends only when it
        is cancelled or the mailbox is deleted.
        """
        params = plain({
            "mailboxId": mailbox_id,
        })
        return self._stream("sync.watch", params, SyncStatus._read, timeout=timeout, window=window)


class AsyncMailCalls(AsyncCalls):
    """The methods `mail.*`."""

    async def send(
        self, *, mailbox_id: str, to: Sequence[Union[Address, Mapping[str, Any]]] = (),
        cc: Sequence[Union[Address, Mapping[str, Any]]] = (),
        bcc: Sequence[Union[Address, Mapping[str, Any]]] = (),
        reply_to: Sequence[Union[Address, Mapping[str, Any]]] = (), subject: str,
        text: Optional[str] = None, html: Optional[str] = None,
        attachments: Sequence[Union[OutgoingAttachment, Mapping[str, Any]]] = (),
        in_reply_to_mail_id: Optional[str] = None, track: bool = True, origin: Optional[SendOrigin] = None,
        send_at: Optional[str] = None, records: Sequence[Union[RecordRef, Mapping[str, Any]]] = (),
        from_: Optional[Union[Address, Mapping[str, Any]]] = None, delivery_reports: bool = False,
        timeout: Optional[float] = None, idempotency_key: Optional[str] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> SendResult:
        """Send a mail.

        Takes the mail on and answers at once; `mail.status` and the event `submission.state` tell what
        became of it. With an idempotency key (`_meta.idempotencyKey`) it is delivered once however often
        the call is repeated.

        `bcc`: Receive it without being named in it.
        `text`: The body as plain text; made from `html` where it is left out.
        `html`: The body as HTML.
        `in_reply_to_mail_id`: The mail this one answers: sets In-Reply-To and References, and joins its
        thread.
        `track`: Replies to it are logged. Never when the tenant's settings forbid it (`tenant.get`).
        `origin`: `timeline` when left out.
        `send_at`: Not before this moment.
        `records`: The mail's thread is linked to these. Not with `track: false`.
        `from_`: Who stands in From: the mailbox's own address, or one of its `identities`; with a name
        of its own if it has one. The mailbox's own name and address when left out.
        `delivery_reports`: Ask the servers on the way to tell of delivery and delay, not of failure only
        (RFC 3461). Those that cannot do not.
        """
        params = plain({
            "mailboxId": mailbox_id,
            "to": to,
            "cc": cc,
            "bcc": bcc,
            "replyTo": reply_to,
            "subject": subject,
            "text": text,
            "html": html,
            "attachments": attachments,
            "inReplyToMailId": in_reply_to_mail_id,
            "track": track,
            "origin": origin,
            "sendAt": send_at,
            "records": records,
            "from": from_,
            "deliveryReports": delivery_reports,
        })
        answer = await self._call(
            "mail.send", params, timeout, idempotency_key, on_progress, repeatable=False
        )
        return self._read(SendResult._read, answer)

    async def status(
        self, *, mail_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Submission:
        """What became of a sent mail.

        The submission of a mail that `mail.send` took on.
        """
        params = plain({
            "mailId": mail_id,
        })
        answer = await self._call("mail.status", params, timeout, None, on_progress, repeatable=True)
        return self._read(Submission._read, answer)

    async def cancel(
        self, *, mail_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Submission:
        """Stop a mail.

        Stops a mail that waits or is deferred. Once it is being handed over it is too late.
        """
        params = plain({
            "mailId": mail_id,
        })
        answer = await self._call("mail.cancel", params, timeout, None, on_progress, repeatable=True)
        return self._read(Submission._read, answer)

    async def reply(
        self, *, mail_id: str, recipients: Optional[ReplyRecipients] = None, text: Optional[str] = None,
        html: Optional[str] = None, quote: bool = True, language: Optional[str] = None,
        utc_offset_minutes: int = 0, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Draft:
        """Make an answer ready.

        What `mail.send` needs to answer a mail: from the address it was written to; to whom it asks for;
        with its text below the caller's, as text and as sanitised HTML. Nothing is sent or stored. The
        answer's members are params of `mail.send`. Of a mail whose body is not stored nothing is quoted.

        `recipients`: `sender` when left out. Own addresses are left out, unless there is no other.
        `text`: What the answer says, as plain text.
        `html`: What the answer says, as HTML; made from `text` where the mail has HTML and this is left
        out.
        `quote`: The mail stands below the answer.
        `language`: Of the words around what is quoted, as a tag such as `de` or `pt-BR`; English for
        what there are no words for.
        `utc_offset_minutes`: Minutes east of UTC in which the quoted mail's time is written.
        """
        params = plain({
            "mailId": mail_id,
            "recipients": recipients,
            "text": text,
            "html": html,
            "quote": quote,
            "language": language,
            "utcOffsetMinutes": utc_offset_minutes,
        })
        answer = await self._call("mail.reply", params, timeout, None, on_progress, repeatable=True)
        return self._read(Draft._read, answer)

    async def forward(
        self, *, mail_id: str, text: Optional[str] = None, html: Optional[str] = None,
        attachments: bool = True, language: Optional[str] = None, utc_offset_minutes: int = 0,
        timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Draft:
        """Make a forward ready.

        What `mail.send` needs to pass a mail on: its header's main fields, its text and its attachments
        below what the caller says. Nothing is sent or stored. The answer's members are params of
        `mail.send`, `to` is for the caller to fill. A forward names no mail, so that it begins a
        conversation of its own.

        `text`: What is said about it, as plain text.
        `html`: What is said about it, as HTML; made from `text` where the mail has HTML and this is left
        out.
        `attachments`: The mail's attachments go with it; else only the pictures that its HTML shows.
        `language`: Of the words around what is quoted, as a tag such as `de` or `pt-BR`; English for
        what there are no words for.
        `utc_offset_minutes`: Minutes east of UTC in which the quoted mail's time is written.
        """
        params = plain({
            "mailId": mail_id,
            "text": text,
            "html": html,
            "attachments": attachments,
            "language": language,
            "utcOffsetMinutes": utc_offset_minutes,
        })
        answer = await self._call("mail.forward", params, timeout, None, on_progress, repeatable=True)
        return self._read(Draft._read, answer)

    async def get(
        self, *, mail_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> MailDetail:
        """A mail.

        A mail with its content and its list of attachments, where they are stored.
        """
        params = plain({
            "mailId": mail_id,
        })
        answer = await self._call("mail.get", params, timeout, None, on_progress, repeatable=True)
        return self._read(MailDetail._read, answer)

    async def list(
        self, *, mailbox_id: Optional[str] = None, contact: Optional[str] = None,
        message_id: Optional[str] = None, logged_only: bool = True, cursor: Optional[str] = None,
        limit: Optional[int] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> MailPage:
        """Find mails.

        Mails, newest first. Criteria narrow each other down.

        `contact`: From or to this address.
        `logged_only`: Only mails whose body is stored.
        `cursor`: Where the page before ended.
        """
        params = plain({
            "mailboxId": mailbox_id,
            "contact": contact,
            "messageId": message_id,
            "loggedOnly": logged_only,
            "cursor": cursor,
            "limit": limit,
        })
        answer = await self._call("mail.list", params, timeout, None, on_progress, repeatable=True)
        return self._read(MailPage._read, answer)

    async def search(
        self, *, text: str = "", mailbox_id: Optional[str] = None, thread_id: Optional[str] = None,
        record: Optional[Union[RecordRef, Mapping[str, Any]]] = None, contact: Optional[str] = None,
        from_: Optional[str] = None, to: Optional[str] = None, after: Optional[str] = None,
        before: Optional[str] = None, has_attachment: Optional[bool] = None, cursor: Optional[str] = None,
        limit: Optional[int] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> MailSearchPage:
        """Find words in logged mail.

        Logged mails that have all words of the text and fit all other criteria, newest first. Letters of
        either case and with any accent are alike; words in quotation marks, or hanging together as in
        `follow-up`, must stand side by side; Chinese, Japanese, Thai and Korean are found by any part of
        a text. Whole words are found, not their beginnings. What is searched is the tenant's decision
        (`tenant.update`, `search`): nothing, which is an error here; `metadata`, which is subjects,
        names and addresses; or `full`, which is texts and the names of attachments too.

        `text`: At most 32 words.
        `record`: Mails of this record.
        `contact`: From or to this address.
        `to`: To this address, also as a copy.
        `after`: Received at this time or later.
        `before`: Received earlier than this.
        `cursor`: Where the page before ended.
        """
        params = plain({
            "text": text,
            "mailboxId": mailbox_id,
            "threadId": thread_id,
            "record": record,
            "contact": contact,
            "from": from_,
            "to": to,
            "after": after,
            "before": before,
            "hasAttachment": has_attachment,
            "cursor": cursor,
            "limit": limit,
        })
        answer = await self._call("mail.search", params, timeout, None, on_progress, repeatable=True)
        return self._read(MailSearchPage._read, answer)

    def source(
        self, *, mail_id: str, timeout: Optional[float] = None, window: int = 32
    ) -> AsyncStream[Chunk]:
        """The message itself.

        Streams the octets of a logged mail as they were on the server.
        """
        params = plain({
            "mailId": mail_id,
        })
        return self._stream("mail.source", params, Chunk._read, timeout=timeout, window=window)

    async def delete(
        self, *, mail_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Mail:
        """Delete an engagement.

        Takes a logged mail off every timeline, thread and list of logged mail and gives its content out
        no more, in all mailboxes of the tenant that have it. It is erased within the policy's
        `deletedDays` (`retention.get`); until then `mail.restore` brings it back. Again changes nothing.
        `purge.run` erases at once.
        """
        params = plain({
            "mailId": mail_id,
        })
        answer = await self._call("mail.delete", params, timeout, None, on_progress, repeatable=True)
        return self._read(Mail._read, answer)

    async def restore(
        self, *, mail_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Mail:
        """Take a deletion back.

        Brings a deleted mail back, as long as it is not erased.
        """
        params = plain({
            "mailId": mail_id,
        })
        answer = await self._call("mail.restore", params, timeout, None, on_progress, repeatable=True)
        return self._read(Mail._read, answer)


class AsyncThreadCalls(AsyncCalls):
    """The methods `thread.*`."""

    async def lookup(
        self, *, message_id: Optional[str] = None, mail_id: Optional[str] = None,
        thread_id: Optional[str] = None, contact: Optional[str] = None, subject: Optional[str] = None,
        mailbox_id: Optional[str] = None, cursor: Optional[str] = None, limit: Optional[int] = None,
        record: Optional[Union[RecordRef, Mapping[str, Any]]] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> ThreadPage:
        """Find threads.

        Threads by what is known of them: the Message-ID or id of one of their mails, an address on one,
        a record they are linked to, words of the subject, or their own id. Criteria narrow each other
        down; at least one is needed.

        `subject`: Words that all stand in the subject.
        `cursor`: Where the page before ended.
        `record`: Threads linked to this record.
        """
        params = plain({
            "messageId": message_id,
            "mailId": mail_id,
            "threadId": thread_id,
            "contact": contact,
            "subject": subject,
            "mailboxId": mailbox_id,
            "cursor": cursor,
            "limit": limit,
            "record": record,
        })
        answer = await self._call("thread.lookup", params, timeout, None, on_progress, repeatable=True)
        return self._read(ThreadPage._read, answer)

    async def get(
        self, *, thread_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> ThreadDetail:
        """A thread.

        A thread with its mails, oldest first, each with its content where it is stored.
        """
        params = plain({
            "threadId": thread_id,
        })
        answer = await self._call("thread.get", params, timeout, None, on_progress, repeatable=True)
        return self._read(ThreadDetail._read, answer)

    async def list(
        self, *, mailbox_id: Optional[str] = None, contact: Optional[str] = None,
        tracked_only: bool = False, cursor: Optional[str] = None, limit: Optional[int] = None,
        timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> ThreadPage:
        """All threads.

        Threads, the one with the newest mail first.

        `cursor`: Where the page before ended.
        """
        params = plain({
            "mailboxId": mailbox_id,
            "contact": contact,
            "trackedOnly": tracked_only,
            "cursor": cursor,
            "limit": limit,
        })
        answer = await self._call("thread.list", params, timeout, None, on_progress, repeatable=True)
        return self._read(ThreadPage._read, answer)

    async def track(
        self, *, mail_id: Optional[str] = None, message_id: Optional[str] = None,
        timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Thread:
        """Track a conversation.

        Has the conversation that a mail belongs to logged: what is there and what will come. The bodies
        are fetched from the server, also of mail read long ago.

        `message_id`: Instead of `mailId`: the mail by its Message-ID, in any mailbox of the tenant.
        """
        params = plain({
            "mailId": mail_id,
            "messageId": message_id,
        })
        answer = await self._call("thread.track", params, timeout, None, on_progress, repeatable=True)
        return self._read(Thread._read, answer)

    async def untrack(
        self, *, thread_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Thread:
        """Stop tracking.

        Later mail of the thread is not logged. What is logged stays until it is purged.
        """
        params = plain({
            "threadId": thread_id,
        })
        answer = await self._call("thread.untrack", params, timeout, None, on_progress, repeatable=True)
        return self._read(Thread._read, answer)

    async def split(
        self, *, mail_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Thread:
        """Make a thread of its own of a mail.

        The mail, those that answer it and those that answer them leave their thread. Later syncs respect
        it. The old thread keeps its links to records; the new one has none.
        """
        params = plain({
            "mailId": mail_id,
        })
        answer = await self._call("thread.split", params, timeout, None, on_progress, repeatable=False)
        return self._read(Thread._read, answer)

    async def merge(
        self, *, thread_id: str, into_thread_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Thread:
        """Make one thread of two.

        All mails and links of `threadId` go to `intoThreadId`. The id that went goes on naming what came
        of it.
        """
        params = plain({
            "threadId": thread_id,
            "intoThreadId": into_thread_id,
        })
        answer = await self._call("thread.merge", params, timeout, None, on_progress, repeatable=True)
        return self._read(Thread._read, answer)


class AsyncRecordCalls(AsyncCalls):
    """The methods `record.*`."""

    async def link(
        self, *, record: Union[RecordRef, Mapping[str, Any]], thread_id: Optional[str] = None,
        mail_id: Optional[str] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> None:
        """Link a conversation or a mail to a record.

        Puts a thread (its mails so far and those to come) or one mail (in whatever mailboxes it is) on
        the timeline of a record of the caller. Name either `threadId` or `mailId`. Again changes
        nothing. What is linked and not logged yet appears once it is.
        """
        params = plain({
            "record": record,
            "threadId": thread_id,
            "mailId": mail_id,
        })
        answer = await self._call("record.link", params, timeout, None, on_progress, repeatable=True)
        del answer

    async def unlink(
        self, *, record: Union[RecordRef, Mapping[str, Any]], thread_id: Optional[str] = None,
        mail_id: Optional[str] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> None:
        """Take a link away.

        The thread or mail leaves the record's timeline. Nothing is erased; a thread stays tracked.
        """
        params = plain({
            "record": record,
            "threadId": thread_id,
            "mailId": mail_id,
        })
        answer = await self._call("record.unlink", params, timeout, None, on_progress, repeatable=False)
        del answer

    async def list(
        self, *, thread_id: Optional[str] = None, mail_id: Optional[str] = None,
        timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> RecordList:
        """Records of a conversation or mail.

        The records that a thread, or a mail by itself, is linked to. Name either `threadId` or `mailId`.
        """
        params = plain({
            "threadId": thread_id,
            "mailId": mail_id,
        })
        answer = await self._call("record.list", params, timeout, None, on_progress, repeatable=True)
        return self._read(RecordList._read, answer)

    async def timeline(
        self, *, record: Union[RecordRef, Mapping[str, Any]], order: Optional[TimelineOrder] = None,
        cursor: Optional[str] = None, limit: Optional[int] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> EngagementPage:
        """The e-mails of a record.

        What was logged for a record: one engagement for each mail, whatever way it came and in however
        many mailboxes it is. A record that nothing is linked to has none.

        `order`: `newest` when left out.
        `cursor`: Where the page before ended; for the same record and order.
        `limit`: 20 when left out: a page carries the texts.
        """
        params = plain({
            "record": record,
            "order": order,
            "cursor": cursor,
            "limit": limit,
        })
        answer = await self._call("record.timeline", params, timeout, None, on_progress, repeatable=True)
        return self._read(EngagementPage._read, answer)


class AsyncAttachmentCalls(AsyncCalls):
    """The methods `attachment.*`."""

    def get(self, *, blob_id: str, timeout: Optional[float] = None, window: int = 32) -> AsyncStream[Chunk]:
        """An attachment.

        Streams the decoded octets of an attachment.
        """
        params = plain({
            "blobId": blob_id,
        })
        return self._stream("attachment.get", params, Chunk._read, timeout=timeout, window=window)


class AsyncUploadCalls(AsyncCalls):
    """The methods `upload.*`."""

    async def open(
        self, *, name: str, type: str = "application/octet-stream", size: Optional[int] = None,
        timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Upload:
        """Begin to give a file.

        The file goes up by pieces (`upload.write`) and is then complete (`upload.commit`); `mail.send`
        names it in `attachments`, in as many mails as wanted. One that is not committed goes after 24
        hours, one that is 7 days after its commit or its last mail.

        `name`: The file name that receivers see.
        `type`: The media type.
        `size`: Octets, where they are known: what cannot be sent is refused at once, and a commit of
        fewer is refused.
        """
        params = plain({
            "name": name,
            "type": type,
            "size": size,
        })
        answer = await self._call("upload.open", params, timeout, None, on_progress, repeatable=False)
        return self._read(Upload._read, answer)

    async def write(
        self, *, upload_id: str, offset: int, data: bytes, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Upload:
        """Give a piece of a file.

        Adds octets at `offset`, which is where those before it end. A piece that is here already, in
        whole or in part, is taken as a repetition: after a break give the last piece again, or ask
        `upload.get`. The answer comes when the octets are on disk.

        `offset`: Where the piece begins.
        `data`: The octets, base64; at most `pieceOctetsMax` of them.
        """
        params = plain({
            "uploadId": upload_id,
            "offset": offset,
            "data": data,
        })
        answer = await self._call("upload.write", params, timeout, None, on_progress, repeatable=True)
        return self._read(Upload._read, answer)

    def fill(
        self, *, upload_id: str, timeout: Optional[float] = None, window: int = 32
    ) -> AsyncExchange[UploadPiece, Upload]:
        """Give the pieces of a file as a stream.

        The pieces go up one behind the other without waiting for an answer each; what comes back after
        each piece is the upload, once its octets are on disk. Pieces are as for `upload.write`, and what
        is wrong with one ends the stream; the pieces before it stay. After the last piece end your
        direction, and commit when the server has ended its own. Read what comes back while you give: a
        caller that does not is not read from any more.
        """
        params = plain({
            "uploadId": upload_id,
        })
        return self._exchange("upload.fill", params, Upload._read, timeout=timeout, window=window)

    async def get(
        self, *, upload_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Upload:
        """How far a file is.

        `received` says where the next piece begins.
        """
        params = plain({
            "uploadId": upload_id,
        })
        answer = await self._call("upload.get", params, timeout, None, on_progress, repeatable=True)
        return self._read(Upload._read, answer)

    async def list(
        self, *, timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> UploadList:
        """Which files there are.

        Those of the tenant whose time is not over, the oldest first.
        """
        params: dict[str, Any] = {}
        answer = await self._call("upload.list", params, timeout, None, on_progress, repeatable=True)
        return self._read(UploadList._read, answer)

    async def commit(
        self, *, upload_id: str, sha256: Optional[str] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Upload:
        """Say that a file is complete.

        Answers its SHA-256, and compares it with the caller's. Repeating it does no harm.

        `sha256`: What the caller gave. When what came is something else, the upload is not committed.
        """
        params = plain({
            "uploadId": upload_id,
            "sha256": sha256,
        })
        answer = await self._call("upload.commit", params, timeout, None, on_progress, repeatable=True)
        return self._read(Upload._read, answer)

    async def cancel(
        self, *, upload_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> None:
        """Take a file away.

        Committed or not. Mails that were sent with it have it still.
        """
        params = plain({
            "uploadId": upload_id,
        })
        answer = await self._call("upload.cancel", params, timeout, None, on_progress, repeatable=True)
        del answer


class AsyncPurgeCalls(AsyncCalls):
    """The methods `purge.*`."""

    async def preview(
        self, *, scope: Union[PurgeScope, Mapping[str, Any]], timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> PurgeCounts:
        """What an erasure would take.

        Counts exactly what `purge.run` with the same scope would take now. Erases nothing.
        """
        params = plain({
            "scope": scope,
        })
        answer = await self._call("purge.preview", params, timeout, None, on_progress, repeatable=True)
        return self._read(PurgeCounts._read, answer)

    async def run(
        self, *, scope: Union[PurgeScope, Mapping[str, Any]], timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Purge:
        """Erase.

        Writes the erasure down and begins; from then on it goes on by itself, also after a crash.
        Afterwards no octet of the text is left in the database, its log or its indexes, and the next
        sync does not bring it back.
        """
        params = plain({
            "scope": scope,
        })
        answer = await self._call("purge.run", params, timeout, None, on_progress, repeatable=False)
        return self._read(Purge._read, answer)

    async def status(
        self, *, purge_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Purge:
        """How far an erasure is.

        The erasure; its receipt once it is done.
        """
        params = plain({
            "purgeId": purge_id,
        })
        answer = await self._call("purge.status", params, timeout, None, on_progress, repeatable=True)
        return self._read(Purge._read, answer)

    async def receipts(
        self, *, cursor: Optional[str] = None, limit: Optional[int] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> PurgePage:
        """All erasures.

        The erasures of the tenant, newest first.

        `cursor`: Where the page before ended.
        """
        params = plain({
            "cursor": cursor,
            "limit": limit,
        })
        answer = await self._call("purge.receipts", params, timeout, None, on_progress, repeatable=True)
        return self._read(PurgePage._read, answer)

    async def public_key(
        self, *, timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> ReceiptKey:
        """By what receipts are verified.

        The public half of the key that signs receipts. It is the server's, the same for all tenants.
        Kept beside the receipts it verifies them without the server.
        """
        params: dict[str, Any] = {}
        answer = await self._call("purge.publicKey", params, timeout, None, on_progress, repeatable=True)
        return self._read(ReceiptKey._read, answer)


class AsyncRetentionCalls(AsyncCalls):
    """The methods `retention.*`."""

    async def get(
        self, *, within_days: int = 30, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Retention:
        """What is kept how long.

        The tenant's policy, and for each rule how many mails it is about, how many of them go within
        `withinDays`, and when the first one goes. Cost: grows with the mails of the tenant.

        `within_days`: Count what goes within so many days.
        """
        params = plain({
            "withinDays": within_days,
        })
        answer = await self._call("retention.get", params, timeout, None, on_progress, repeatable=True)
        return self._read(Retention._read, answer)

    async def set(
        self, *, policy: Union[RetentionPolicy, Mapping[str, Any]], timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Retention:
        """Decide what is kept how long.

        Replaces the tenant's policy as a whole. It holds for what is stored already as for what comes:
        `retention.get` tells at once what goes and when; the erasure begins at the next look, at the
        latest in an hour, and leaves a receipt of kind `retention`.
        """
        params = plain({
            "policy": policy,
        })
        answer = await self._call("retention.set", params, timeout, None, on_progress, repeatable=True)
        return self._read(Retention._read, answer)

    async def of_mail(
        self, *, mail_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> MailRetention:
        """When a mail goes.

        Under which rule a mail is, when it is erased, and whether a hold keeps it.
        """
        params = plain({
            "mailId": mail_id,
        })
        answer = await self._call("retention.ofMail", params, timeout, None, on_progress, repeatable=True)
        return self._read(MailRetention._read, answer)

    async def accept_clock(
        self, *, timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> None:
        """Say that the clock is right.

        Nothing is erased by age while the server's clock is behind a time that was written down: one of
        the two is wrong. This forgets the times written down that are still to come. What was read under
        them counts as younger by that, never as older.
        """
        params: dict[str, Any] = {}
        answer = await self._call(
            "retention.acceptClock", params, timeout, None, on_progress, repeatable=True
        )
        del answer


class AsyncHoldCalls(AsyncCalls):
    """The methods `hold.*`."""

    async def place(
        self, *, scope: Union[PurgeScope, Mapping[str, Any]], reason: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Hold:
        """Keep what must not go.

        A legal hold. What its scope takes, now and later, is erased neither by age nor by `purge.run`
        while it stands: a purge that would take any of it is refused. Scopes: `tenant`, `mailbox`,
        `contact`, `thread`, `mail`.

        `reason`: For people: a case number, a date.
        """
        params = plain({
            "scope": scope,
            "reason": reason,
        })
        answer = await self._call("hold.place", params, timeout, None, on_progress, repeatable=False)
        return self._read(Hold._read, answer)

    async def list(
        self, *, timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> HoldList:
        """All holds.

        The tenant's holds, oldest first.
        """
        params: dict[str, Any] = {}
        answer = await self._call("hold.list", params, timeout, None, on_progress, repeatable=True)
        return self._read(HoldList._read, answer)

    async def release(
        self, *, hold_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> None:
        """End a hold.

        What it kept goes when its time is over, which may be at once.
        """
        params = plain({
            "holdId": hold_id,
        })
        answer = await self._call("hold.release", params, timeout, None, on_progress, repeatable=False)
        del answer


class AsyncWebhookCalls(AsyncCalls):
    """The methods `webhook.*`."""

    async def create(
        self, *, url: str, kinds: Optional[Sequence[EventType]] = None, after: Optional[str] = None,
        timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> WebhookWithSecret:
        """Have events delivered.

        Events of the tenant are POSTed to a URL, one at a time and in their order, each until it is
        answered with 2xx: at least once, since an answer may get lost. Form, signature and retries are
        in docs/webhooks.md. The secret that verifies signatures is in this answer and nowhere else.

        `url`: `https://` and no user, fragment or redirect. `http://` only to this machine, where the
        operator allows private hosts.
        `kinds`: Types of events that it wants; all when left out or empty.
        `after`: Events above this number; those from now on when left out.
        """
        params = plain({
            "url": url,
            "kinds": kinds,
            "after": after,
        })
        answer = await self._call("webhook.create", params, timeout, None, on_progress, repeatable=False)
        return self._read(WebhookWithSecret._read, answer)

    async def get(
        self, *, webhook_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Webhook:
        """One webhook.

        Its settings, how far it is, and what went wrong last.
        """
        params = plain({
            "webhookId": webhook_id,
        })
        answer = await self._call("webhook.get", params, timeout, None, on_progress, repeatable=True)
        return self._read(Webhook._read, answer)

    async def list(
        self, *, timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> WebhookList:
        """All webhooks.

        The tenant's webhooks, oldest first.
        """
        params: dict[str, Any] = {}
        answer = await self._call("webhook.list", params, timeout, None, on_progress, repeatable=True)
        return self._read(WebhookList._read, answer)

    async def update(
        self, *, webhook_id: str, url: Optional[str] = None, kinds: Optional[Sequence[EventType]] = None,
        enabled: Optional[bool] = None, rotate_secret: bool = False, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> WebhookWithSecret:
        """Change a webhook.

        Sets what is given and leaves the rest; then the next event is tried at once. `enabled` turns it
        off, or on again where it was left. `rotateSecret` makes a new secret, which is in this answer;
        for 24 hours the one before signs too.

        `url`: `https://` and no user, fragment or redirect. `http://` only to this machine, where the
        operator allows private hosts.
        `kinds`: Types of events that it wants; all when left out or empty.
        """
        params = plain({
            "webhookId": webhook_id,
            "url": url,
            "kinds": kinds,
            "enabled": enabled,
            "rotateSecret": rotate_secret,
        })
        answer = await self._call("webhook.update", params, timeout, None, on_progress, repeatable=False)
        return self._read(WebhookWithSecret._read, answer)

    async def replay(
        self, *, webhook_id: str, after: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Webhook:
        """Deliver from a number on.

        Events above `after` are delivered, again or at last, and the webhook is active, also when it was
        off or parked.
        """
        params = plain({
            "webhookId": webhook_id,
            "after": after,
        })
        answer = await self._call("webhook.replay", params, timeout, None, on_progress, repeatable=True)
        return self._read(Webhook._read, answer)

    async def test(
        self, *, webhook_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> WebhookTest:
        """Try a webhook.

        Sends one event of type `postroom.webhook.test` now and says what came of it. Whether it is
        active, and its cursor, do not matter.
        """
        params = plain({
            "webhookId": webhook_id,
        })
        answer = await self._call("webhook.test", params, timeout, None, on_progress, repeatable=False)
        return self._read(WebhookTest._read, answer)

    async def delete(
        self, *, webhook_id: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> None:
        """Remove a webhook.

        Nothing is sent to it any more, and its secret is erased. An event that is on its way may still
        arrive.
        """
        params = plain({
            "webhookId": webhook_id,
        })
        answer = await self._call("webhook.delete", params, timeout, None, on_progress, repeatable=False)
        del answer


class AsyncEventsCalls(AsyncCalls):
    """The methods `events.*`."""

    async def read(
        self, *, after: Optional[str] = None, limit: int = 100, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> EventPage:
        """Read events.

        Events above a number, oldest first. `cursor` is what to pass as `after` next time; `latest` is
        the newest number there is: pass that to begin from now.

        `after`: Events above this number; from the first when left out.
        """
        params = plain({
            "after": after,
            "limit": limit,
        })
        answer = await self._call("events.read", params, timeout, None, on_progress, repeatable=True)
        return self._read(EventPage._read, answer)

    def subscribe(
        self, *, after: Optional[str] = None, timeout: Optional[float] = None, window: int = 32
    ) -> AsyncStream[Event]:
        """Follow events.

        Streams the events above a number and then each as it is committed. Pass the last number seen to
        go on after a break: nothing is missed or seen twice.

        `after`: Events above this number; from the first when left out.
        """
        params = plain({
            "after": after,
        })
        return self._stream(
            "events.subscribe", params, Event._read, timeout=timeout, window=window, resume=("after", "seq")
        )


class AsyncTenantCalls(AsyncCalls):
    """The methods `tenant.*`."""

    async def create(
        self, *, name: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Tenant:
        """Make a tenant.

        Makes a tenant. Its first token is made with `token.create`.
        """
        params = plain({
            "name": name,
        })
        answer = await self._call("tenant.create", params, timeout, None, on_progress, repeatable=False)
        return self._read(Tenant._read, answer)

    async def get(
        self, *, tenant_id: Optional[str] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Tenant:
        """One tenant.

        The tenant with this id, or the caller's own.

        `tenant_id`: The caller's own when left out.
        """
        params = plain({
            "tenantId": tenant_id,
        })
        answer = await self._call("tenant.get", params, timeout, None, on_progress, repeatable=True)
        return self._read(Tenant._read, answer)

    async def settings(
        self, *, timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> TenantDetail:
        """What a tenant logs.

        The caller's own tenant and what it decided about logging.
        """
        params: dict[str, Any] = {}
        answer = await self._call("tenant.settings", params, timeout, None, on_progress, repeatable=True)
        return self._read(TenantDetail._read, answer)

    async def update(
        self, *, settings: Union[TenantSettingsChange, Mapping[str, Any]], timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> TenantDetail:
        """Change what is logged.

        Sets what is given of the caller's own tenant and leaves the rest. Holds for mail that is read
        from now on; what is logged stays.
        """
        params = plain({
            "settings": settings,
        })
        answer = await self._call("tenant.update", params, timeout, None, on_progress, repeatable=True)
        return self._read(TenantDetail._read, answer)

    async def list(
        self, *, timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> TenantList:
        """All tenants.

        All tenants, oldest first.
        """
        params: dict[str, Any] = {}
        answer = await self._call("tenant.list", params, timeout, None, on_progress, repeatable=True)
        return self._read(TenantList._read, answer)


class AsyncTokenCalls(AsyncCalls):
    """The methods `token.*`."""

    async def create(
        self, *, tenant_id: Optional[str] = None, name: str, scopes: Sequence[Scope],
        expires_at: Optional[str] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> NewToken:
        """Make a token.

        Makes an access token. The secret is in this answer and nowhere else.

        `tenant_id`: The caller's own when left out.
        `name`: Who uses it; stands in receipts.
        """
        params = plain({
            "tenantId": tenant_id,
            "name": name,
            "scopes": scopes,
            "expiresAt": expires_at,
        })
        answer = await self._call("token.create", params, timeout, None, on_progress, repeatable=False)
        return self._read(NewToken._read, answer)

    async def add_certificate(
        self, *, tenant_id: Optional[str] = None, name: str, scopes: Sequence[Scope],
        expires_at: Optional[str] = None, certificate: str, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Token:
        """Register a client certificate.

        Lets a client certificate stand for a token: a connection whose TLS handshake shows it needs no
        `session.open`. The certificate must come from an authority that the server was told of
        (`--tls-client-ca`). `token.revoke` takes it back.

        `tenant_id`: The caller's own when left out.
        `name`: Who uses it; stands in receipts.
        `certificate`: The certificate in PEM, without its key; of a chain the first counts. Its SHA-256
        is kept.
        """
        params = plain({
            "tenantId": tenant_id,
            "name": name,
            "scopes": scopes,
            "expiresAt": expires_at,
            "certificate": certificate,
        })
        answer = await self._call(
            "token.addCertificate", params, timeout, None, on_progress, repeatable=False
        )
        return self._read(Token._read, answer)

    async def get(
        self, *, token_id: str, tenant_id: Optional[str] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Token:
        """One token.

        A token of a tenant, without its secret.

        `tenant_id`: The caller's own when left out.
        """
        params = plain({
            "tokenId": token_id,
            "tenantId": tenant_id,
        })
        answer = await self._call("token.get", params, timeout, None, on_progress, repeatable=True)
        return self._read(Token._read, answer)

    async def list(
        self, *, tenant_id: Optional[str] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> TokenList:
        """Tokens of a tenant.

        The tokens of a tenant, oldest first, without secrets.

        `tenant_id`: The caller's own when left out.
        """
        params = plain({
            "tenantId": tenant_id,
        })
        answer = await self._call("token.list", params, timeout, None, on_progress, repeatable=True)
        return self._read(TokenList._read, answer)

    async def revoke(
        self, *, token_id: str, tenant_id: Optional[str] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> None:
        """Revoke a token.

        The token opens no connection from now on.

        `tenant_id`: The caller's own when left out.
        """
        params = plain({
            "tokenId": token_id,
            "tenantId": tenant_id,
        })
        answer = await self._call("token.revoke", params, timeout, None, on_progress, repeatable=True)
        del answer


class AsyncServerCalls(AsyncCalls):
    """The methods `server.*`."""

    async def info(
        self, *, timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> ServerInfo:
        """What answers.

        Name and versions, when it started, what it speaks and can do, and the limits it holds callers
        to.
        """
        params: dict[str, Any] = {}
        answer = await self._call("server.info", params, timeout, None, on_progress, repeatable=True)
        return self._read(ServerInfo._read, answer)

    async def stats(
        self, *, timeout: Optional[float] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> ServerStats:
        """Counters.

        Counters of the whole server since its start, what waits in its queues now, and what its process
        uses.
        """
        params: dict[str, Any] = {}
        answer = await self._call("server.stats", params, timeout, None, on_progress, repeatable=True)
        return self._read(ServerStats._read, answer)

    def log(
        self, *, level: Optional[LogLevel] = None, past: int = 0, timeout: Optional[float] = None,
        window: int = 32
    ) -> AsyncStream[LogLine]:
        """Follow the log.

        Streams the lines of the server's own log as they are written, of all tenants: the last `past` of
        them first. The server writes what `--log-level` says, and a lower `level` here adds nothing. A
        caller who takes them too slowly loses lines, and the next one it gets says how many. No line has
        params, results, bodies, passwords or tokens.

        `level`: Lines of this level and above; `info` when left out.
        `past`: How many lines that were written before come first; the server keeps the last 200 of all
        levels.
        """
        params = plain({
            "level": level,
            "past": past,
        })
        return self._stream("server.log", params, LogLine._read, timeout=timeout, window=window)


class AsyncHealthCalls(AsyncCalls):
    """The methods `health.*`."""

    async def check(
        self, *, service: Optional[str] = None, timeout: Optional[float] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Health:
        """Is it well?

        `SERVING` while the store answers, else `NOT_SERVING`. There is one service, `postroom`; it may
        be left out. Needs no token.
        """
        params = plain({
            "service": service,
        })
        answer = await self._call("health.check", params, timeout, None, on_progress, repeatable=True)
        return self._read(Health._read, answer)

    def watch(
        self, *, service: Optional[str] = None, timeout: Optional[float] = None, window: int = 32
    ) -> AsyncStream[Health]:
        """Watch whether it is well.

        Streams the status at once and then each change of it, as gRPC's health protocol does:
        `NOT_SERVING` when the store fails, and when the server stops, just before its streams end with
        `server.goingAway`. What changes twice before it is read is told once. Needs no token.
        """
        params = plain({
            "service": service,
        })
        return self._stream("health.watch", params, Health._read, timeout=timeout, window=window)


class AsyncServices:
    """One attribute a noun."""

    def __init__(self, caller: AsyncCaller) -> None:
        self.mailbox = AsyncMailboxCalls(caller)
        self.oauth = AsyncOauthCalls(caller)
        self.folder = AsyncFolderCalls(caller)
        self.sync = AsyncSyncCalls(caller)
        self.mail = AsyncMailCalls(caller)
        self.thread = AsyncThreadCalls(caller)
        self.record = AsyncRecordCalls(caller)
        self.attachment = AsyncAttachmentCalls(caller)
        self.upload = AsyncUploadCalls(caller)
        self.purge = AsyncPurgeCalls(caller)
        self.retention = AsyncRetentionCalls(caller)
        self.hold = AsyncHoldCalls(caller)
        self.webhook = AsyncWebhookCalls(caller)
        self.events = AsyncEventsCalls(caller)
        self.tenant = AsyncTenantCalls(caller)
        self.token = AsyncTokenCalls(caller)
        self.server = AsyncServerCalls(caller)
        self.health = AsyncHealthCalls(caller)
