# Generated from protocol/openrpc.json by stubgen. Do not edit.
"""The types and calls of Postroom's API, version 0.2.0."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any, Callable, Literal, Mapping, Optional, Sequence, Union

from ._connection import Cancel
from ._runtime import Calls, Caller, Exchange, Stream, optional, plain, progress_of

__all__ = [
    "AbsenceReason", "AbsentMails", "Address", "Attachment", "BackfillCounts", "BounceCause",
    "BounceSeverity", "CalendarPerson", "CalendarTime", "ChangesBy", "Chunk", "ConnectProgress",
    "ConnectStep", "DeliveryAction", "DeliveryNews", "DeliveryReport", "Direction", "DiscoveredServers",
    "DiscoveryLook", "DiscoveryOutcome", "DiscoverySource", "Disposition", "Draft", "Engagement",
    "EngagementPage", "EngagementVia", "Event", "EventPage", "EventType", "FeatureDecision", "Folder",
    "FolderAudit", "FolderList", "FolderProgress", "FolderRole", "Framing", "FramingCount", "Health",
    "Hold", "HoldList", "Invitation", "LogLevel", "LogLine", "Mail", "MailBody", "MailDetail",
    "MailHostUse", "MailKind", "MailOrigin", "MailPage", "MailRetention", "MailSearchPage", "MailServer",
    "MailState", "Mailbox", "MailboxAudit", "MailboxDiscovery", "MailboxList", "MailboxProbe",
    "MailboxReason", "MailboxState", "MailingList", "MatchRule", "NewToken", "NewsBy", "OAuthAccess",
    "OAuthAuthorization", "OAuthDevice", "OAuthGrant", "OAuthProviderInfo", "OAuthProviderList",
    "OutboxCounts", "OutgoingAttachment", "ProbedFeature", "ProbedFolder", "ProbedQuirk", "ProcessStats",
    "ProviderUse", "Purge", "PurgeCounts", "PurgeKind", "PurgePage", "PurgeScope", "PurgeState",
    "QuirkEffect", "ReadReceipt", "Reason", "ReceiptKey", "Recipient", "RecordList", "RecordRef",
    "ReplyRecipients", "ReportedRecipient", "Retention", "RetentionForecast", "RetentionPolicy",
    "RetentionRule", "Scope", "SearchLevel", "SendLimit", "SendLimits", "SendOrigin", "SendResult",
    "SenderSigns", "SentCopy", "SentFiling", "ServerChoice", "ServerFeature", "ServerInfo", "ServerLimits",
    "ServerSettings", "ServerStats", "ServingStatus", "SignedReceipt", "SlowCall", "Submission",
    "SubmissionState", "SyncCounts", "SyncPhase", "SyncStatus", "Tenant", "TenantDetail", "TenantList",
    "TenantSettings", "TenantSettingsChange", "Thread", "ThreadDetail", "ThreadPage", "TimelineOrder",
    "Token", "TokenList", "TransportSecurity", "Upload", "UploadList", "UploadPiece", "UploadState",
    "Webhook", "WebhookList", "WebhookReason", "WebhookState", "WebhookTest", "WebhookWithSecret"
]


# What a token allows: `read` looks, `send` sends mail, `manage` connects mailboxes and tracks threads,
# `purge` erases, `admin` makes tenants and tokens.
Scope = Literal["read", "send", "manage", "purge", "admin"]


# `tls`: TLS from the first octet; `starttls`: a plain start that is upgraded before anything is said.
TransportSecurity = Literal["tls", "starttls"]


# How much of what is logged `mail.search` finds. `off`, unless set: nothing, and no index is kept;
# `metadata`: subjects, names and addresses; `full`: texts and the names of attachments too. A change is
# followed in the background; until then `mail.search` says that it is not `complete`.
SearchLevel = Literal["off", "metadata", "full"]


# `connecting`: the first sign-in; `syncing`: reading what is there; `live`: waiting for news; `retrying`:
# cut off for now; `disconnected`: stopped until `mailbox.reconnect`.
MailboxState = Literal["connecting", "syncing", "live", "retrying", "disconnected"]


# Why a mailbox is `retrying` or `disconnected`: `accessRevoked` (the provider wants the person to allow the
# access again), `passwordChanged`, `mailboxMigrated` (the server names another one, which is told in
# `detail` and never followed), `serverUnreachable` (for a day; it is still tried), `serverRevoked` (the
# account may not use IMAP), `certificateInvalid`, `quotaExceeded`, `throttled` (the provider wants to be
# left alone for a while), `turnedOff` (by `mailbox.disconnect`).
MailboxReason = Literal[
    "accessRevoked", "passwordChanged", "mailboxMigrated", "serverUnreachable", "serverRevoked",
    "certificateInvalid", "quotaExceeded", "throttled", "turnedOff"
]


# What a folder is for (RFC 6154, RFC 8621 section 2).
FolderRole = Literal["inbox", "sent", "drafts", "junk", "trash", "archive", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxProbe:
    """What an account's servers offer, and what is made of it."""

    imap: ServerSettings
    smtp: Optional[ServerSettings] = None
    # What the IMAP server calls itself.
    software: Optional[str] = None
    # All that the IMAP server offers when signed in, upper case, sorted.
    capabilities: list[str]
    # The extensions that could be used, and what was decided of each.
    features: list[ProbedFeature]
    # What is known of this kind of server besides what it says.
    quirks: list[ProbedQuirk]
    changes_by: ChangesBy
    news_by: NewsBy
    # The largest mail that may be put into a folder; left out when the server does not say.
    append_octets_max: Optional[int] = None
    # The largest mail that the submission server takes; left out when it does not say, or was not asked.
    submit_octets_max: Optional[int] = None
    folders: list[ProbedFolder]
    sent_filing: SentFiling
    # The folder of sent mail.
    sent_folder: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> MailboxProbe:
        return cls(
            imap=ServerSettings._read(value["imap"]),
            smtp=optional(ServerSettings._read, value.get("smtp")),
            software=value.get("software"),
            capabilities=list(value["capabilities"]),
            features=[ProbedFeature._read(item) for item in value["features"]],
            quirks=[ProbedQuirk._read(item) for item in value["quirks"]],
            changes_by=value["changesBy"],
            news_by=value["newsBy"],
            append_octets_max=value.get("appendOctetsMax"),
            submit_octets_max=value.get("submitOctetsMax"),
            folders=[ProbedFolder._read(item) for item in value["folders"]],
            sent_filing=value["sentFiling"],
            sent_folder=value.get("sentFolder"),
        )

    def _plain(self) -> Any:
        return plain({
            "imap": self.imap,
            "smtp": self.smtp,
            "software": self.software,
            "capabilities": self.capabilities,
            "features": self.features,
            "quirks": self.quirks,
            "changesBy": self.changes_by,
            "newsBy": self.news_by,
            "appendOctetsMax": self.append_octets_max,
            "submitOctetsMax": self.submit_octets_max,
            "folders": self.folders,
            "sentFiling": self.sent_filing,
            "sentFolder": self.sent_folder,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbedFeature:
    """An extension of IMAP and what was decided of it."""

    # As in the list of capabilities.
    name: str
    decision: FeatureDecision
    # One or two sentences for people.
    reason: str
    # Where the fact that decided is from.
    source: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> ProbedFeature:
        return cls(
            name=value["name"],
            decision=value["decision"],
            reason=value["reason"],
            source=value.get("source"),
        )

    def _plain(self) -> Any:
        return plain({
            "name": self.name,
            "decision": self.decision,
            "reason": self.reason,
            "source": self.source,
        })


# `distrusted`: offered, and known not to do what it says; `passedOver`: offered, and something better is,
# too.
FeatureDecision = Literal["used", "distrusted", "passedOver", "absent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbedQuirk:
    """A fact about a kind of server."""

    # Stays the same between versions: `icloud-qresync`.
    id: str
    effect: QuirkEffect
    # One sentence for people.
    fact: str
    # Where the fact is from.
    source: str

    @classmethod
    def _read(cls, value: Any) -> ProbedQuirk:
        return cls(
            id=value["id"],
            effect=value["effect"],
            fact=value["fact"],
            source=value["source"],
        )

    def _plain(self) -> Any:
        return plain({
            "id": self.id,
            "effect": self.effect,
            "fact": self.fact,
            "source": self.source,
        })


# `distrusts`: an extension is not used; `identifiesFirst`: ID goes before the sign-in; `note`: nothing is
# done otherwise.
QuirkEffect = Literal["distrusts", "identifiesFirst", "note"]


# How changed flags and deleted mail are found: told when a folder is opened; flags asked for since the last
# time and deletions by comparing numbers; or everything by comparing.
ChangesBy = Literal["qresync", "condstore", "comparison"]


# How new mail is noticed: pushed for all folders, pushed for the inbox, or asked for at intervals.
NewsBy = Literal["notify", "idle", "polling"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbedFolder:
    """A folder on the server."""

    # As a person reads it.
    name: str
    role: Optional[FolderRole] = None
    # Its mail is, or would be, read.
    syncs: bool
    # Left out when it was not asked or the server would not say.
    messages: Optional[int] = None

    @classmethod
    def _read(cls, value: Any) -> ProbedFolder:
        return cls(
            name=value["name"],
            role=value.get("role"),
            syncs=value["syncs"],
            messages=value.get("messages"),
        )

    def _plain(self) -> Any:
        return plain({
            "name": self.name,
            "role": self.role,
            "syncs": self.syncs,
            "messages": self.messages,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxAudit:
    """A mailbox's server and what is kept, compared."""

    mailbox_id: str
    at: str
    # Messages in all folders.
    on_server: int
    # Of these, those whose body is kept.
    logged: int
    # Differences without a reason: `unexplained` and `onlyHere` of all folders. 0 is what must be.
    unexplained: int
    folders: list[FolderAudit]

    @classmethod
    def _read(cls, value: Any) -> MailboxAudit:
        return cls(
            mailbox_id=value["mailboxId"],
            at=value["at"],
            on_server=value["onServer"],
            logged=value["logged"],
            unexplained=value["unexplained"],
            folders=[FolderAudit._read(item) for item in value["folders"]],
        )

    def _plain(self) -> Any:
        return plain({
            "mailboxId": self.mailbox_id,
            "at": self.at,
            "onServer": self.on_server,
            "logged": self.logged,
            "unexplained": self.unexplained,
            "folders": self.folders,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderAudit:
    """A folder of the server's and what is kept of it."""

    # As a person reads it.
    name: str
    role: Optional[FolderRole] = None
    # Its mail is read.
    syncs: bool
    # Messages that the server has.
    on_server: int
    # Of these, those whose body is kept.
    logged: int
    # Messages that have a place here and none on the server, though it was asked twice.
    only_here: int
    # All messages of the server's that are not `logged`, by the reason; a reason without mails is left out.
    absent: list[AbsentMails]
    # The first UIDs of those without a reason, as IMAP writes sets.
    doubtful_uids: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> FolderAudit:
        return cls(
            name=value["name"],
            role=value.get("role"),
            syncs=value["syncs"],
            on_server=value["onServer"],
            logged=value["logged"],
            only_here=value["onlyHere"],
            absent=[AbsentMails._read(item) for item in value["absent"]],
            doubtful_uids=value.get("doubtfulUids"),
        )

    def _plain(self) -> Any:
        return plain({
            "name": self.name,
            "role": self.role,
            "syncs": self.syncs,
            "onServer": self.on_server,
            "logged": self.logged,
            "onlyHere": self.only_here,
            "absent": self.absent,
            "doubtfulUids": self.doubtful_uids,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsentMails:
    """How many mails are not kept for one reason."""

    reason: AbsenceReason
    mails: int

    @classmethod
    def _read(cls, value: Any) -> AbsentMails:
        return cls(
            reason=value["reason"],
            mails=value["mails"],
        )

    def _plain(self) -> Any:
        return plain({
            "reason": self.reason,
            "mails": self.mails,
        })


# Why a mail is not kept: `notTracked` (it belongs to no conversation that is tracked; its header is),
# `duplicate` (another mailbox of the tenant logged it), `wanted` (its body is fetched next), `gone` (it
# went from all folders before its body was read), `purged` (it was erased), `folderNotRead` (junk, trash,
# drafts, labels), `folderClosed` (the server does not open the folder), `notReadYet`, `renumbered` (the
# server gave the folder new numbers, and it is read anew), `unexplained` (none of these: a fault).
AbsenceReason = Literal[
    "notTracked", "duplicate", "wanted", "gone", "purged", "folderNotRead", "folderClosed", "notReadYet",
    "renumbered", "unexplained"
]


# How a sent mail comes into a folder: the provider does it; it is appended where it is not there; or there
# is no such folder.
SentFiling = Literal["provider", "append", "none"]


# What the mailbox's worker does: `stopped` (turned off, disconnected, or an erasure runs), `connecting`,
# `reading` (older mail for the first time, newest first; new mail is seen meanwhile), `live` (all is read,
# new mail is waited for), `waiting` (for the next attempt after a failure), `paused` (older mail is left
# for later, after `sync.cancel`; new mail is seen).
SyncPhase = Literal["stopped", "connecting", "reading", "live", "waiting", "paused"]


# `outgoing`: from the mailbox's own address.
Direction = Literal["incoming", "outgoing"]


# What of a mail is kept: `envelope` (the header only; the body was never read), `wanted` (the body is
# fetched next), `logged` (the body is stored), `duplicate` (another mailbox of the tenant logged it),
# `gone` (the server lost it before it was logged).
MailState = Literal["envelope", "wanted", "logged", "duplicate", "gone"]


# By which rule a mail joined its thread: `sent` (by `mail.send`), `tracked` (by `thread.track`),
# `inReplyTo` and `references` (it names a mail of the thread), `child` (it does, and came before that one),
# `bcc`, `forward`, `header` (it was logged by its address or its header), `providerThread` (the provider
# has it in the same conversation), `threadIndex` (Exchange does), `subject` (a guess: same subject,
# participants in common, soon after), `fork` (it names a mail of another thread, with a subject and people
# of its own), `contact` (a known contact's). `confidence` says how sure that is.
MatchRule = Literal[
    "sent", "tracked", "inReplyTo", "references", "child", "bcc", "forward", "header", "providerThread",
    "threadIndex", "subject", "fork", "contact"
]


# What a mail is besides a letter: a report that another was not delivered, is late or was delivered; a read
# receipt; an automatic answer; a mail with an appointment; a mail that came by a list. The first that fits.
MailKind = Literal["bounce", "delay", "delivery", "readReceipt", "autoReply", "invitation", "list"]


# What became of a mail (RFC 3464, section 2.3.3). `delayed`: it is tried again.
DeliveryAction = Literal["failed", "delayed", "delivered", "relayed", "expanded"]


# `hard`: the address takes no mail and will not, stop writing to it. `soft`: another time or another mail
# may pass.
BounceSeverity = Literal["hard", "soft"]


# Why a mail was not delivered, read from the server's words first and its codes second.
BounceCause = Literal[
    "unknownUser", "disabledMailbox", "unknownDomain", "refusesMail", "mailboxFull", "tooLarge", "spam",
    "policy", "authentication", "blockedSender", "rateLimited", "unreachable", "expired", "loop", "content",
    "relayDenied", "protocolError", "virus", "other"
]


# `timeline`: sent one-to-one; `sequence`: by an automated series; `inbox`: read from a folder.
MailOrigin = Literal["timeline", "sequence", "inbox"]


# `timeline`: one-to-one; `sequence`: an automated series, kept until the tenant goes.
SendOrigin = Literal["timeline", "sequence"]


# `queued`, `sending`, `dataOpen` (the message is being handed over), `accepted` (by the submission server),
# `deferred` (tried again later), `failed`, `unknown` (cut off while handing over; being found out, not sent
# again), `cancelled`.
SubmissionState = Literal[
    "queued", "sending", "dataOpen", "accepted", "deferred", "failed", "unknown", "cancelled"
]


# What became of the copy in the Sent folder: `pending`, `provider` (the provider files it itself),
# `appended`, `skipped` (no folder for sent mail), `failed`.
SentCopy = Literal["pending", "provider", "appended", "skipped", "failed"]


# How an attachment is meant to be shown.
Disposition = Literal["attachment", "inline"]


# `open`: pieces are taken; `committed`: complete, mails can carry it.
UploadState = Literal["open", "committed"]


# What an erasure takes. `retention` is what was kept long enough: the server's own, not a scope to ask for.
PurgeKind = Literal["tenant", "mailbox", "contact", "thread", "mail", "age", "record", "retention"]


# `running`: erasing; `verifying`: emptying logs and counting what is left; `done`: the receipt is complete.
PurgeState = Literal["running", "verifying", "done"]


# What happened. `mail.bounced`, `mail.delayed` and `mail.autoReplied` are about the mail in `mailId`, which
# was sent; fact `by` names the mail that brought the news.
EventType = Literal[
    "mailbox.connected", "mailbox.state", "mailbox.deleted", "sync.completed", "mail.logged", "mail.gone",
    "mail.deleted", "mail.restored", "mail.bounced", "mail.delayed", "mail.autoReplied", "submission.state",
    "thread.tracked", "thread.untracked", "thread.split", "thread.merged", "purge.done", "webhook.state"
]


# One of a mailbox's two servers.
MailServer = Literal["imap", "smtp"]


# `resolve` (the host's addresses), `connect`, `tls`, `greeting` (with STARTTLS where that is used),
# `login`, `list` (of the folders).
ConnectStep = Literal["resolve", "connect", "tls", "greeting", "login", "list"]


# How messages are told apart: JSON values one after another; LSP's header; gRPC's message prefix; HTTP/1.1;
# WebSocket; `undecided`: no octet has come yet.
Framing = Literal["lines", "contentLength", "lengthPrefix", "http", "webSocket", "undecided"]


# `batch`; `cancel`: `rpc.cancel` and `$/cancelRequest`; `progress`: `$/progress`; `streams`: with credit,
# both ways; `idempotency`: `_meta.idempotencyKey`; `positional`: params in an array; `version1`: JSON-RPC
# 1.0; `compression`: packed messages, permessage-deflate; `tracing`: spans are recorded.
ServerFeature = Literal[
    "batch", "cancel", "progress", "streams", "idempotency", "positional", "version1", "compression",
    "tracing"
]


# How much a line of the log matters, ascending.
LogLevel = Literal["trace", "debug", "info", "notice", "warning", "error", "critical"]


# As in gRPC's health protocol.
ServingStatus = Literal["SERVING", "NOT_SERVING"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A name and an address, as in a From header."""

    # The display name.
    name: Optional[str] = None
    email: str

    @classmethod
    def _read(cls, value: Any) -> Address:
        return cls(
            name=value.get("name"),
            email=value["email"],
        )

    def _plain(self) -> Any:
        return plain({
            "name": self.name,
            "email": self.email,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerChoice:
    """Where a mail server is. What is left out is found by trying, encrypted ways only (IMAP 993, then
    submission 465 and 587).
    """

    host: str
    port: Optional[int] = None
    security: Optional[TransportSecurity] = None

    def _plain(self) -> Any:
        return plain({
            "host": self.host,
            "port": self.port,
            "security": self.security,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectProgress:
    """A step of signing in to a mailbox's servers that begins."""

    server: MailServer
    step: ConnectStep
    host: str
    port: int

    @classmethod
    def _read(cls, value: Any) -> ConnectProgress:
        return cls(
            server=value["server"],
            step=value["step"],
            host=value["host"],
            port=value["port"],
        )

    def _plain(self) -> Any:
        return plain({
            "server": self.server,
            "step": self.step,
            "host": self.host,
            "port": self.port,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """Where a mail server is and how it is spoken to."""

    host: str
    port: int
    security: TransportSecurity

    @classmethod
    def _read(cls, value: Any) -> ServerSettings:
        return cls(
            host=value["host"],
            port=value["port"],
            security=value["security"],
        )

    def _plain(self) -> Any:
        return plain({
            "host": self.host,
            "port": self.port,
            "security": self.security,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A connected e-mail account. Its password is never answered."""

    id: str
    email: str
    # The name that stands in From of mail sent from here.
    display_name: Optional[str] = None
    # What it signs in as.
    user_name: str
    imap: ServerSettings
    smtp: ServerSettings
    state: MailboxState
    reason: Optional[MailboxReason] = None
    # What happened last, in words for a person.
    detail: Optional[str] = None
    # With a `reason`: what the person whose mailbox it is can do.
    advice: Optional[str] = None
    next_attempt_at: Optional[str] = None
    # The provider files sent mail itself, so no copy is appended to Sent.
    provider_files_sent_mail: bool
    # Attachments of logged mail are kept.
    log_attachments: bool
    # What may stand in From of mail sent from here, besides its own address.
    identities: Optional[list[Address]] = None
    send_limits: Optional[SendLimits] = None
    # Who gives access tokens for it; absent where it signs in by a password.
    oauth_provider: Optional[str] = None
    # In the answer of `mailbox.get` only.
    use: Optional[ProviderUse] = None
    created_at: str

    @classmethod
    def _read(cls, value: Any) -> Mailbox:
        return cls(
            id=value["id"],
            email=value["email"],
            display_name=value.get("displayName"),
            user_name=value["userName"],
            imap=ServerSettings._read(value["imap"]),
            smtp=ServerSettings._read(value["smtp"]),
            state=value["state"],
            reason=value.get("reason"),
            detail=value.get("detail"),
            advice=value.get("advice"),
            next_attempt_at=value.get("nextAttemptAt"),
            provider_files_sent_mail=value["providerFilesSentMail"],
            log_attachments=value["logAttachments"],
            identities=None if value.get("identities") is None else [Address._read(item) for item in value.get("identities") or []],
            send_limits=optional(SendLimits._read, value.get("sendLimits")),
            oauth_provider=value.get("oauthProvider"),
            use=optional(ProviderUse._read, value.get("use")),
            created_at=value["createdAt"],
        )

    def _plain(self) -> Any:
        return plain({
            "id": self.id,
            "email": self.email,
            "displayName": self.display_name,
            "userName": self.user_name,
            "imap": self.imap,
            "smtp": self.smtp,
            "state": self.state,
            "reason": self.reason,
            "detail": self.detail,
            "advice": self.advice,
            "nextAttemptAt": self.next_attempt_at,
            "providerFilesSentMail": self.provider_files_sent_mail,
            "logAttachments": self.log_attachments,
            "identities": self.identities,
            "sendLimits": self.send_limits,
            "oauthProvider": self.oauth_provider,
            "use": self.use,
            "createdAt": self.created_at,
        })


# Where servers were found: built in; in a document that the domain serves; in the domain's SRV records,
# which nothing proves; or by who takes the domain's mail.
DiscoverySource = Literal["table", "autoconfig", "srv", "mx"]


# What came of a way of looking; `failed`: it could not be asked.
DiscoveryOutcome = Literal["found", "nothing", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoveryLook:
    """One way of looking, and what came of it."""

    source: DiscoverySource
    outcome: DiscoveryOutcome

    @classmethod
    def _read(cls, value: Any) -> DiscoveryLook:
        return cls(
            source=value["source"],
            outcome=value["outcome"],
        )

    def _plain(self) -> Any:
        return plain({
            "source": self.source,
            "outcome": self.outcome,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoveredServers:
    """Servers that an address may have. `imap`, `smtp` and `userName` go into `mailbox.connect` as they
    are.
    """

    source: DiscoverySource
    # Whose servers these are, where that is known.
    provider: Optional[str] = None
    imap: ServerSettings
    smtp: ServerSettings
    # What people sign in as there.
    user_name: str
    # Who would give access tokens; it can be used when `oauth.providers` has it.
    oauth_provider: Optional[str] = None
    # For the person.
    notes: list[str]

    @classmethod
    def _read(cls, value: Any) -> DiscoveredServers:
        return cls(
            source=value["source"],
            provider=value.get("provider"),
            imap=ServerSettings._read(value["imap"]),
            smtp=ServerSettings._read(value["smtp"]),
            user_name=value["userName"],
            oauth_provider=value.get("oauthProvider"),
            notes=list(value["notes"]),
        )

    def _plain(self) -> Any:
        return plain({
            "source": self.source,
            "provider": self.provider,
            "imap": self.imap,
            "smtp": self.smtp,
            "userName": self.user_name,
            "oauthProvider": self.oauth_provider,
            "notes": self.notes,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxDiscovery:
    """What was found of the servers of an address."""

    email: str
    # The likeliest first; empty when nothing was found.
    candidates: list[DiscoveredServers]
    looked: list[DiscoveryLook]

    @classmethod
    def _read(cls, value: Any) -> MailboxDiscovery:
        return cls(
            email=value["email"],
            candidates=[DiscoveredServers._read(item) for item in value["candidates"]],
            looked=[DiscoveryLook._read(item) for item in value["looked"]],
        )

    def _plain(self) -> Any:
        return plain({
            "email": self.email,
            "candidates": self.candidates,
            "looked": self.looked,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthAccess:
    """What access tokens are had by: the grant of `oauth.complete` or `oauth.wait`; or a refresh token
    that the caller has got itself, with the client id that this server has for the provider.
    """

    grant_id: Optional[str] = None
    provider: Optional[str] = None
    refresh_token: Optional[str] = field(repr=False)

    def _plain(self) -> Any:
        return plain({
            "grantId": self.grant_id,
            "provider": self.provider,
            "refreshToken": self.refresh_token,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthProviderInfo:
    """A provider, and which ways it offers."""

    name: str
    # `oauth.begin` can be used.
    authorization: bool
    # `oauth.device` can be used.
    device: bool

    @classmethod
    def _read(cls, value: Any) -> OAuthProviderInfo:
        return cls(
            name=value["name"],
            authorization=value["authorization"],
            device=value["device"],
        )

    def _plain(self) -> Any:
        return plain({
            "name": self.name,
            "authorization": self.authorization,
            "device": self.device,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthProviderList:
    """Providers by name."""

    providers: list[OAuthProviderInfo]

    @classmethod
    def _read(cls, value: Any) -> OAuthProviderList:
        return cls(
            providers=[OAuthProviderInfo._read(item) for item in value["providers"]],
        )

    def _plain(self) -> Any:
        return plain({
            "providers": self.providers,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthAuthorization:
    """Where to send a person."""

    url: str
    # Comes back with the code; keep it with the person's session.
    state: str
    expires_at: str

    @classmethod
    def _read(cls, value: Any) -> OAuthAuthorization:
        return cls(
            url=value["url"],
            state=value["state"],
            expires_at=value["expiresAt"],
        )

    def _plain(self) -> Any:
        return plain({
            "url": self.url,
            "state": self.state,
            "expiresAt": self.expires_at,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthGrant:
    """Tokens that wait in the server to be used, by this tenant only."""

    grant_id: str
    expires_at: str

    @classmethod
    def _read(cls, value: Any) -> OAuthGrant:
        return cls(
            grant_id=value["grantId"],
            expires_at=value["expiresAt"],
        )

    def _plain(self) -> Any:
        return plain({
            "grantId": self.grant_id,
            "expiresAt": self.expires_at,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthDevice:
    """What a person is shown."""

    grant_id: str
    user_code: str
    verification_uri: str
    # The same with the code in it.
    verification_uri_complete: Optional[str] = None
    expires_at: str

    @classmethod
    def _read(cls, value: Any) -> OAuthDevice:
        return cls(
            grant_id=value["grantId"],
            user_code=value["userCode"],
            verification_uri=value["verificationUri"],
            verification_uri_complete=value.get("verificationUriComplete"),
            expires_at=value["expiresAt"],
        )

    def _plain(self) -> Any:
        return plain({
            "grantId": self.grant_id,
            "userCode": self.user_code,
            "verificationUri": self.verification_uri,
            "verificationUriComplete": self.verification_uri_complete,
            "expiresAt": self.expires_at,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderUse:
    """What a mailbox uses of what its provider allows. Counted since the server's start."""

    # IMAP connections now.
    connections: int
    connections_max: int
    # Octets read by IMAP within a day that began with the first of them.
    octets_read: int
    # When so many are read, older mail waits for the next day; new mail is read. Without it there is no
    # limit.
    octets_per_day_max: Optional[int] = None

    @classmethod
    def _read(cls, value: Any) -> ProviderUse:
        return cls(
            connections=value["connections"],
            connections_max=value["connectionsMax"],
            octets_read=value["octetsRead"],
            octets_per_day_max=value.get("octetsPerDayMax"),
        )

    def _plain(self) -> Any:
        return plain({
            "connections": self.connections,
            "connectionsMax": self.connections_max,
            "octetsRead": self.octets_read,
            "octetsPerDayMax": self.octets_per_day_max,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class SendLimits:
    """How many mails may leave; without a number there is no limit."""

    # Within a minute.
    per_minute: Optional[int] = None
    # Within 24 hours.
    per_day: Optional[int] = None

    @classmethod
    def _read(cls, value: Any) -> SendLimits:
        return cls(
            per_minute=value.get("perMinute"),
            per_day=value.get("perDay"),
        )

    def _plain(self) -> Any:
        return plain({
            "perMinute": self.per_minute,
            "perDay": self.per_day,
        })


# Which limit a mail waits for.
SendLimit = Literal["mailboxPerMinute", "mailboxPerDay", "tenantPerMinute", "tenantPerDay"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxList:
    """The mailboxes of the tenant, oldest first."""

    mailboxes: list[Mailbox]

    @classmethod
    def _read(cls, value: Any) -> MailboxList:
        return cls(
            mailboxes=[Mailbox._read(item) for item in value["mailboxes"]],
        )

    def _plain(self) -> Any:
        return plain({
            "mailboxes": self.mailboxes,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder of a mailbox (an IMAP mailbox)."""

    id: str
    mailbox_id: str
    # As a person reads it, with the server's hierarchy delimiter.
    name: str
    role: Optional[FolderRole] = None
    # Its mail is read.
    syncs: bool
    # Messages whose envelope is stored.
    stored: int
    # Messages the server said are in it.
    total: int
    # All of its history has been read.
    complete: bool

    @classmethod
    def _read(cls, value: Any) -> Folder:
        return cls(
            id=value["id"],
            mailbox_id=value["mailboxId"],
            name=value["name"],
            role=value.get("role"),
            syncs=value["syncs"],
            stored=value["stored"],
            total=value["total"],
            complete=value["complete"],
        )

    def _plain(self) -> Any:
        return plain({
            "id": self.id,
            "mailboxId": self.mailbox_id,
            "name": self.name,
            "role": self.role,
            "syncs": self.syncs,
            "stored": self.stored,
            "total": self.total,
            "complete": self.complete,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderList:
    """The folders of a mailbox."""

    folders: list[Folder]

    @classmethod
    def _read(cls, value: Any) -> FolderList:
        return cls(
            folders=[Folder._read(item) for item in value["folders"]],
        )

    def _plain(self) -> Any:
        return plain({
            "folders": self.folders,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderProgress:
    """How far a folder has been read."""

    folder_id: str
    name: str
    role: Optional[FolderRole] = None
    stored: int
    total: int
    complete: bool

    @classmethod
    def _read(cls, value: Any) -> FolderProgress:
        return cls(
            folder_id=value["folderId"],
            name=value["name"],
            role=value.get("role"),
            stored=value["stored"],
            total=value["total"],
            complete=value["complete"],
        )

    def _plain(self) -> Any:
        return plain({
            "folderId": self.folder_id,
            "name": self.name,
            "role": self.role,
            "stored": self.stored,
            "total": self.total,
            "complete": self.complete,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncStatus:
    """How far a mailbox has been read."""

    mailbox_id: str
    state: MailboxState
    phase: SyncPhase
    # Folders that are synced.
    folders: list[FolderProgress]
    # Sum over the folders.
    stored: int
    # Sum over the folders.
    total: int
    # Over the last seconds; 0 when nothing runs.
    messages_per_second: float
    # An estimate; absent when there is none.
    seconds_left: Optional[int] = None
    # The history of all folders has been read.
    complete: bool

    @classmethod
    def _read(cls, value: Any) -> SyncStatus:
        return cls(
            mailbox_id=value["mailboxId"],
            state=value["state"],
            phase=value["phase"],
            folders=[FolderProgress._read(item) for item in value["folders"]],
            stored=value["stored"],
            total=value["total"],
            messages_per_second=value["messagesPerSecond"],
            seconds_left=value.get("secondsLeft"),
            complete=value["complete"],
        )

    def _plain(self) -> Any:
        return plain({
            "mailboxId": self.mailbox_id,
            "state": self.state,
            "phase": self.phase,
            "folders": self.folders,
            "stored": self.stored,
            "total": self.total,
            "messagesPerSecond": self.messages_per_second,
            "secondsLeft": self.seconds_left,
            "complete": self.complete,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail of a mailbox, however many folders show it. Names as in JMAP (RFC 8621)."""

    id: str
    mailbox_id: str
    thread_id: Optional[str] = None
    message_id: Optional[str] = None
    in_reply_to: list[str]
    references: list[str]
    from_: list[Address]
    sender: list[Address]
    reply_to: list[Address]
    to: list[Address]
    cc: list[Address]
    bcc: list[Address]
    subject: str
    # The first words of the body; only in answers that carry the body.
    preview: Optional[str] = None
    sent_at: Optional[str] = None
    received_at: str
    direction: Direction
    state: MailState
    matched_by: Optional[MatchRule] = None
    origin: MailOrigin
    # IMAP flags in JMAP's spelling: $seen, $answered, ...
    keywords: list[str]
    # Octets of the message.
    size: int
    has_attachment: bool
    # It was deleted then and waits for its erasure.
    deleted_at: Optional[str] = None
    is_auto_reply: bool
    is_bounce: bool
    # True when the mail, or its header alone, could not be parsed: it is kept as it came, and `mail.source`
    # has it.
    parse_failed: Optional[bool] = None
    # How sure `matchedBy` is: 1 where a Message-ID or a person decided, 0.99 for `providerThread` and
    # `threadIndex`, 0.9 for `subject` and `fork`.
    confidence: Optional[float] = None
    logged_at: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> Mail:
        return cls(
            id=value["id"],
            mailbox_id=value["mailboxId"],
            thread_id=value.get("threadId"),
            message_id=value.get("messageId"),
            in_reply_to=list(value["inReplyTo"]),
            references=list(value["references"]),
            from_=[Address._read(item) for item in value["from"]],
            sender=[Address._read(item) for item in value["sender"]],
            reply_to=[Address._read(item) for item in value["replyTo"]],
            to=[Address._read(item) for item in value["to"]],
            cc=[Address._read(item) for item in value["cc"]],
            bcc=[Address._read(item) for item in value["bcc"]],
            subject=value["subject"],
            preview=value.get("preview"),
            sent_at=value.get("sentAt"),
            received_at=value["receivedAt"],
            direction=value["direction"],
            state=value["state"],
            matched_by=value.get("matchedBy"),
            origin=value["origin"],
            keywords=list(value["keywords"]),
            size=value["size"],
            has_attachment=value["hasAttachment"],
            deleted_at=value.get("deletedAt"),
            is_auto_reply=value["isAutoReply"],
            is_bounce=value["isBounce"],
            parse_failed=value.get("parseFailed"),
            confidence=value.get("confidence"),
            logged_at=value.get("loggedAt"),
        )

    def _plain(self) -> Any:
        return plain({
            "id": self.id,
            "mailboxId": self.mailbox_id,
            "threadId": self.thread_id,
            "messageId": self.message_id,
            "inReplyTo": self.in_reply_to,
            "references": self.references,
            "from": self.from_,
            "sender": self.sender,
            "replyTo": self.reply_to,
            "to": self.to,
            "cc": self.cc,
            "bcc": self.bcc,
            "subject": self.subject,
            "preview": self.preview,
            "sentAt": self.sent_at,
            "receivedAt": self.received_at,
            "direction": self.direction,
            "state": self.state,
            "matchedBy": self.matched_by,
            "origin": self.origin,
            "keywords": self.keywords,
            "size": self.size,
            "hasAttachment": self.has_attachment,
            "deletedAt": self.deleted_at,
            "isAutoReply": self.is_auto_reply,
            "isBounce": self.is_bounce,
            "parseFailed": self.parse_failed,
            "confidence": self.confidence,
            "loggedAt": self.logged_at,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class MailBody:
    """The content of a logged mail."""

    # Plain text; made from the HTML where there is none.
    text: str
    # The HTML with everything that runs or fetches taken out.
    html: Optional[str] = None
    # The text without quoted history and signature.
    reply_text: str
    # The quoted history.
    quoted_text: str
    # The signature.
    signature: str
    # What told the author's text from the history: `none` (all is the author's), `attribution` (“On … Jane
    # wrote:” in any language), `original-message`, `header-block`, `quote-marks` (`>`), `forward` (the
    # quoted text is the mail handed on), `inline` (answers between the quotations, which stay), `signature`
    # (nothing but a signature was split off), `reply-above-line`, or the mark of a client in its HTML:
    # `gmail_quote`, `cite`, `moz-cite-prefix`, `divRplyFwdMsg`, `appendonsend`, `outlook-border`,
    # `outlook-header`, `outlook-mac`, `outlook-mobile`, `windows-live`, `yahoo_quoted`, `protonmail_quote`,
    # `tutanota_quote` and others. More words may come.
    split_by: str

    @classmethod
    def _read(cls, value: Any) -> MailBody:
        return cls(
            text=value["text"],
            html=value.get("html"),
            reply_text=value["replyText"],
            quoted_text=value["quotedText"],
            signature=value["signature"],
            split_by=value["splitBy"],
        )

    def _plain(self) -> Any:
        return plain({
            "text": self.text,
            "html": self.html,
            "replyText": self.reply_text,
            "quotedText": self.quoted_text,
            "signature": self.signature,
            "splitBy": self.split_by,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A part of a mail that is not its text. `attachment.get` streams it."""

    blob_id: str
    # A file name without a path.
    name: str
    # The media type.
    type: str
    # Octets when decoded.
    size: int
    disposition: Disposition
    # The Content-ID that the HTML names it by, without angle brackets.
    cid: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> Attachment:
        return cls(
            blob_id=value["blobId"],
            name=value["name"],
            type=value["type"],
            size=value["size"],
            disposition=value["disposition"],
            cid=value.get("cid"),
        )

    def _plain(self) -> Any:
        return plain({
            "blobId": self.blob_id,
            "name": self.name,
            "type": self.type,
            "size": self.size,
            "disposition": self.disposition,
            "cid": self.cid,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDetail:
    """A mail with its content."""

    mail: Mail
    body: Optional[MailBody] = None
    attachments: list[Attachment]
    kind: Optional[MailKind] = None
    report: Optional[DeliveryReport] = None
    receipt: Optional[ReadReceipt] = None
    invitation: Optional[Invitation] = None
    list: Optional[MailingList] = None
    sender: Optional[SenderSigns] = None
    # Of a mail that was sent: what was reported about its delivery since, for each recipient.
    deliveries: Optional[list[DeliveryNews]] = None

    @classmethod
    def _read(cls, value: Any) -> MailDetail:
        return cls(
            mail=Mail._read(value["mail"]),
            body=optional(MailBody._read, value.get("body")),
            attachments=[Attachment._read(item) for item in value["attachments"]],
            kind=value.get("kind"),
            report=optional(DeliveryReport._read, value.get("report")),
            receipt=optional(ReadReceipt._read, value.get("receipt")),
            invitation=optional(Invitation._read, value.get("invitation")),
            list=optional(MailingList._read, value.get("list")),
            sender=optional(SenderSigns._read, value.get("sender")),
            deliveries=None if value.get("deliveries") is None else [DeliveryNews._read(item) for item in value.get("deliveries") or []],
        )

    def _plain(self) -> Any:
        return plain({
            "mail": self.mail,
            "body": self.body,
            "attachments": self.attachments,
            "kind": self.kind,
            "report": self.report,
            "receipt": self.receipt,
            "invitation": self.invitation,
            "list": self.list,
            "sender": self.sender,
            "deliveries": self.deliveries,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What a mail reports about the delivery of another (RFC 3464), also where it does so in prose."""

    action: DeliveryAction
    severity: Optional[BounceSeverity] = None
    cause: Optional[BounceCause] = None
    recipients: list[ReportedRecipient]
    original_message_id: Optional[str] = None
    original_mail_id: Optional[str] = None
    # The subject of the mail that is reported on.
    original_subject: Optional[str] = None
    # The server that reports.
    reporting_server: Optional[str] = None
    # It came in the form of RFC 3464.
    standard: bool

    @classmethod
    def _read(cls, value: Any) -> DeliveryReport:
        return cls(
            action=value["action"],
            severity=value.get("severity"),
            cause=value.get("cause"),
            recipients=[ReportedRecipient._read(item) for item in value["recipients"]],
            original_message_id=value.get("originalMessageId"),
            original_mail_id=value.get("originalMailId"),
            original_subject=value.get("originalSubject"),
            reporting_server=value.get("reportingServer"),
            standard=value["standard"],
        )

    def _plain(self) -> Any:
        return plain({
            "action": self.action,
            "severity": self.severity,
            "cause": self.cause,
            "recipients": self.recipients,
            "originalMessageId": self.original_message_id,
            "originalMailId": self.original_mail_id,
            "originalSubject": self.original_subject,
            "reportingServer": self.reporting_server,
            "standard": self.standard,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedRecipient:
    """What became of a mail for one recipient."""

    # The address that the mail was to be delivered to.
    email: Optional[str] = None
    # The address that it was sent to, where the report tells.
    original_email: Optional[str] = None
    action: DeliveryAction
    severity: Optional[BounceSeverity] = None
    cause: Optional[BounceCause] = None
    # The enhanced status code (RFC 3463), such as `5.1.1`.
    status: Optional[str] = None
    # The server's words.
    diagnostic: Optional[str] = None
    # The server that said so.
    remote_server: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> ReportedRecipient:
        return cls(
            email=value.get("email"),
            original_email=value.get("originalEmail"),
            action=value["action"],
            severity=value.get("severity"),
            cause=value.get("cause"),
            status=value.get("status"),
            diagnostic=value.get("diagnostic"),
            remote_server=value.get("remoteServer"),
        )

    def _plain(self) -> Any:
        return plain({
            "email": self.email,
            "originalEmail": self.original_email,
            "action": self.action,
            "severity": self.severity,
            "cause": self.cause,
            "status": self.status,
            "diagnostic": self.diagnostic,
            "remoteServer": self.remote_server,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryNews:
    """What was reported about one recipient of a mail."""

    # The recipient, where the report names one.
    email: Optional[str] = None
    action: DeliveryAction
    severity: Optional[BounceSeverity] = None
    cause: Optional[BounceCause] = None
    # The enhanced status code (RFC 3463), such as `5.1.1`.
    status: Optional[str] = None
    # The server's words.
    diagnostic: Optional[str] = None
    report_mail_id: str
    at: str

    @classmethod
    def _read(cls, value: Any) -> DeliveryNews:
        return cls(
            email=value.get("email"),
            action=value["action"],
            severity=value.get("severity"),
            cause=value.get("cause"),
            status=value.get("status"),
            diagnostic=value.get("diagnostic"),
            report_mail_id=value["reportMailId"],
            at=value["at"],
        )

    def _plain(self) -> Any:
        return plain({
            "email": self.email,
            "action": self.action,
            "severity": self.severity,
            "cause": self.cause,
            "status": self.status,
            "diagnostic": self.diagnostic,
            "reportMailId": self.report_mail_id,
            "at": self.at,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReceipt:
    """What a reader, or a program, did with a mail (RFC 8098)."""

    # `displayed`, `deleted`, `dispatched`, `processed`, `denied` or `failed`.
    disposition: str
    # A program did it, not the recipient.
    automatic: bool
    # Whose receipt it is.
    recipient: Optional[str] = None
    original_message_id: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> ReadReceipt:
        return cls(
            disposition=value["disposition"],
            automatic=value["automatic"],
            recipient=value.get("recipient"),
            original_message_id=value.get("originalMessageId"),
        )

    def _plain(self) -> Any:
        return plain({
            "disposition": self.disposition,
            "automatic": self.automatic,
            "recipient": self.recipient,
            "originalMessageId": self.original_message_id,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What a mail says about an appointment: the first event of its calendar part (RFC 5545)."""

    # What is wanted (RFC 5546): `REQUEST`, `REPLY`, `CANCEL`, `COUNTER`, `PUBLISH`, ...
    method: Optional[str] = None
    # Names the appointment in all calendars.
    uid: Optional[str] = None
    # What it is about.
    summary: Optional[str] = None
    # Where it is.
    location: Optional[str] = None
    start: Optional[CalendarTime] = None
    end: Optional[CalendarTime] = None
    organizer: Optional[CalendarPerson] = None
    attendees: list[CalendarPerson]
    # Counts changes of the appointment.
    sequence: int
    # `CONFIRMED`, `TENTATIVE` or `CANCELLED`.
    status: Optional[str] = None
    # It takes place more than once.
    repeats: bool

    @classmethod
    def _read(cls, value: Any) -> Invitation:
        return cls(
            method=value.get("method"),
            uid=value.get("uid"),
            summary=value.get("summary"),
            location=value.get("location"),
            start=optional(CalendarTime._read, value.get("start")),
            end=optional(CalendarTime._read, value.get("end")),
            organizer=optional(CalendarPerson._read, value.get("organizer")),
            attendees=[CalendarPerson._read(item) for item in value["attendees"]],
            sequence=value["sequence"],
            status=value.get("status"),
            repeats=value["repeats"],
        )

    def _plain(self) -> Any:
        return plain({
            "method": self.method,
            "uid": self.uid,
            "summary": self.summary,
            "location": self.location,
            "start": self.start,
            "end": self.end,
            "organizer": self.organizer,
            "attendees": self.attendees,
            "sequence": self.sequence,
            "status": self.status,
            "repeats": self.repeats,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarTime:
    """A date, or a date and time of day, as the calendar part has it."""

    # `2025-03-04`, or `2025-03-04T09:30:00`, with `Z` behind it when it is UTC.
    at: str
    # The zone as the part calls it; absent for UTC, dates and times that hold wherever one is.
    time_zone: Optional[str] = None
    # It is a whole day.
    is_date: bool

    @classmethod
    def _read(cls, value: Any) -> CalendarTime:
        return cls(
            at=value["at"],
            time_zone=value.get("timeZone"),
            is_date=value["isDate"],
        )

    def _plain(self) -> Any:
        return plain({
            "at": self.at,
            "timeZone": self.time_zone,
            "isDate": self.is_date,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPerson:
    """Somebody who takes part."""

    # The name, where one is given.
    name: Optional[str] = None
    # The address.
    email: str
    # `ACCEPTED`, `DECLINED`, `TENTATIVE`, `NEEDS-ACTION`, ...; absent when it is not said.
    answer: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> CalendarPerson:
        return cls(
            name=value.get("name"),
            email=value["email"],
            answer=value.get("answer"),
        )

    def _plain(self) -> Any:
        return plain({
            "name": self.name,
            "email": self.email,
            "answer": self.answer,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingList:
    """The list that a mail came by (RFC 2369, RFC 2919, RFC 8058). All addresses are of kinds that may
    be opened: https, http, mailto.
    """

    # The identifier of List-Id, lower-case.
    id: Optional[str] = None
    # The name beside it.
    name: Optional[str] = None
    # The addresses of List-Unsubscribe, in order.
    unsubscribe: list[str]
    # A POST of `List-Unsubscribe=One-Click` here ends the subscription without a further question (RFC
    # 8058).
    one_click_url: Optional[str] = None
    # Where to write to the list.
    post: Optional[str] = None
    # Where its mails are kept.
    archive: Optional[str] = None
    # Where it is explained.
    help: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> MailingList:
        return cls(
            id=value.get("id"),
            name=value.get("name"),
            unsubscribe=list(value["unsubscribe"]),
            one_click_url=value.get("oneClickUrl"),
            post=value.get("post"),
            archive=value.get("archive"),
            help=value.get("help"),
        )

    def _plain(self) -> Any:
        return plain({
            "id": self.id,
            "name": self.name,
            "unsubscribe": self.unsubscribe,
            "oneClickUrl": self.one_click_url,
            "post": self.post,
            "archive": self.archive,
            "help": self.help,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderSigns:
    """What about the sender may deceive a reader; absent when nothing does. None of it is proof."""

    # There is more than one From field: programs differ in which they show.
    several_from_fields: bool
    # More than one author, and no Sender.
    several_authors: bool
    # The display name holds another address than the mail comes from.
    name_is_other_address: bool
    # Letters of several scripts in one word of a name or one label of a domain.
    mixed_scripts: bool
    # A name or address holds marks that turn the direction of text.
    turns_direction: bool
    # The domain as DNS has it (`xn--...`), where it has other letters than ASCII.
    domain_in_ascii: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> SenderSigns:
        return cls(
            several_from_fields=value["severalFromFields"],
            several_authors=value["severalAuthors"],
            name_is_other_address=value["nameIsOtherAddress"],
            mixed_scripts=value["mixedScripts"],
            turns_direction=value["turnsDirection"],
            domain_in_ascii=value.get("domainInAscii"),
        )

    def _plain(self) -> Any:
        return plain({
            "severalFromFields": self.several_from_fields,
            "severalAuthors": self.several_authors,
            "nameIsOtherAddress": self.name_is_other_address,
            "mixedScripts": self.mixed_scripts,
            "turnsDirection": self.turns_direction,
            "domainInAscii": self.domain_in_ascii,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPage:
    """Mails, newest first."""

    mails: list[Mail]
    cursor: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> MailPage:
        return cls(
            mails=[Mail._read(item) for item in value["mails"]],
            cursor=value.get("cursor"),
        )

    def _plain(self) -> Any:
        return plain({
            "mails": self.mails,
            "cursor": self.cursor,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSearchPage:
    """Mails that were found, newest first."""

    mails: list[Mail]
    cursor: Optional[str] = None
    # Whether all logged mail could be searched; false while the index is catching up.
    complete: bool

    @classmethod
    def _read(cls, value: Any) -> MailSearchPage:
        return cls(
            mails=[Mail._read(item) for item in value["mails"]],
            cursor=value.get("cursor"),
            complete=value["complete"],
        )

    def _plain(self) -> Any:
        return plain({
            "mails": self.mails,
            "cursor": self.cursor,
            "complete": self.complete,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingAttachment:
    """A file to send: its content as `data`, an upload that has it, or an attachment of a stored mail.
    Exactly one of the three.
    """

    # The file name the receiver sees; needed with `data`, else that of the upload or attachment when left
    # out.
    name: Optional[str] = None
    # The media type; needed with `data`, else that of the upload or attachment when left out.
    type: Optional[str] = None
    # The content, base64.
    data: Optional[bytes] = None
    upload_id: Optional[str] = None
    blob_id: Optional[str] = None
    disposition: Optional[Disposition] = None
    # The Content-ID that the HTML names it by (`cid:`), without angle brackets: shown in the HTML, where
    # there is one.
    cid: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> OutgoingAttachment:
        return cls(
            name=value.get("name"),
            type=value.get("type"),
            data=optional(base64.b64decode, value.get("data")),
            upload_id=value.get("uploadId"),
            blob_id=value.get("blobId"),
            disposition=value.get("disposition"),
            cid=value.get("cid"),
        )

    def _plain(self) -> Any:
        return plain({
            "name": self.name,
            "type": self.type,
            "data": self.data,
            "uploadId": self.upload_id,
            "blobId": self.blob_id,
            "disposition": self.disposition,
            "cid": self.cid,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadPiece:
    """Octets of a file."""

    # Where the piece begins.
    offset: int
    # The octets, base64; at most `pieceOctetsMax` of them.
    data: bytes

    def _plain(self) -> Any:
        return plain({
            "offset": self.offset,
            "data": self.data,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that is given by pieces, for mails to come."""

    id: str
    # The file name.
    name: str
    # The media type.
    type: str
    # Octets that were announced.
    size: Optional[int] = None
    # Octets that are here, from the first on without a gap: where the next piece begins.
    received: int
    state: UploadState
    sha256: Optional[str] = None
    # The most octets of one piece, and the best number of them.
    piece_octets_max: int
    created_at: str
    expires_at: str

    @classmethod
    def _read(cls, value: Any) -> Upload:
        return cls(
            id=value["id"],
            name=value["name"],
            type=value["type"],
            size=value.get("size"),
            received=value["received"],
            state=value["state"],
            sha256=value.get("sha256"),
            piece_octets_max=value["pieceOctetsMax"],
            created_at=value["createdAt"],
            expires_at=value["expiresAt"],
        )

    def _plain(self) -> Any:
        return plain({
            "id": self.id,
            "name": self.name,
            "type": self.type,
            "size": self.size,
            "received": self.received,
            "state": self.state,
            "sha256": self.sha256,
            "pieceOctetsMax": self.piece_octets_max,
            "createdAt": self.created_at,
            "expiresAt": self.expires_at,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadList:
    """Uploads of the tenant."""

    uploads: list[Upload]

    @classmethod
    def _read(cls, value: Any) -> UploadList:
        return cls(
            uploads=[Upload._read(item) for item in value["uploads"]],
        )

    def _plain(self) -> Any:
        return plain({
            "uploads": self.uploads,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """What the submission server said about one recipient."""

    email: str
    # The SMTP reply code; 0 while nothing is known.
    code: int
    # The server's words.
    text: str
    # Absent while nothing is known.
    accepted: Optional[bool] = None
    news: Optional[DeliveryNews] = None

    @classmethod
    def _read(cls, value: Any) -> Recipient:
        return cls(
            email=value["email"],
            code=value["code"],
            text=value["text"],
            accepted=value.get("accepted"),
            news=optional(DeliveryNews._read, value.get("news")),
        )

    def _plain(self) -> Any:
        return plain({
            "email": self.email,
            "code": self.code,
            "text": self.text,
            "accepted": self.accepted,
            "news": self.news,
        })


# `sender`: whom Reply-To, else From says; for one's own mail whom it went to. `all`: these and everybody in
# To and Cc. `list`: the mailing list that the mail came by.
ReplyRecipients = Literal["sender", "all", "list"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A mail that is ready to be sent: each member is a param of `mail.send`."""

    mailbox_id: str
    from_: Optional[Address] = None
    to: list[Address]
    cc: list[Address]
    subject: str
    text: Optional[str] = None
    html: Optional[str] = None
    attachments: list[OutgoingAttachment]
    in_reply_to_mail_id: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> Draft:
        return cls(
            mailbox_id=value["mailboxId"],
            from_=optional(Address._read, value.get("from")),
            to=[Address._read(item) for item in value["to"]],
            cc=[Address._read(item) for item in value["cc"]],
            subject=value["subject"],
            text=value.get("text"),
            html=value.get("html"),
            attachments=[OutgoingAttachment._read(item) for item in value["attachments"]],
            in_reply_to_mail_id=value.get("inReplyToMailId"),
        )

    def _plain(self) -> Any:
        return plain({
            "mailboxId": self.mailbox_id,
            "from": self.from_,
            "to": self.to,
            "cc": self.cc,
            "subject": self.subject,
            "text": self.text,
            "html": self.html,
            "attachments": self.attachments,
            "inReplyToMailId": self.in_reply_to_mail_id,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A mail on its way out."""

    id: str
    mail_id: str
    mailbox_id: str
    message_id: str
    envelope_from: str
    recipients: list[Recipient]
    state: SubmissionState
    # Connections made for it so far.
    attempts: int
    next_attempt_at: Optional[str] = None
    # It is due and a limit of sending holds it until `nextAttemptAt`. Only in answers of `mail.status`.
    waits_for: Optional[SendLimit] = None
    # What went wrong last, in words for a person.
    last_error: Optional[str] = None
    sent_copy: SentCopy
    created_at: str
    updated_at: str

    @classmethod
    def _read(cls, value: Any) -> Submission:
        return cls(
            id=value["id"],
            mail_id=value["mailId"],
            mailbox_id=value["mailboxId"],
            message_id=value["messageId"],
            envelope_from=value["envelopeFrom"],
            recipients=[Recipient._read(item) for item in value["recipients"]],
            state=value["state"],
            attempts=value["attempts"],
            next_attempt_at=value.get("nextAttemptAt"),
            waits_for=value.get("waitsFor"),
            last_error=value.get("lastError"),
            sent_copy=value["sentCopy"],
            created_at=value["createdAt"],
            updated_at=value["updatedAt"],
        )

    def _plain(self) -> Any:
        return plain({
            "id": self.id,
            "mailId": self.mail_id,
            "mailboxId": self.mailbox_id,
            "messageId": self.message_id,
            "envelopeFrom": self.envelope_from,
            "recipients": self.recipients,
            "state": self.state,
            "attempts": self.attempts,
            "nextAttemptAt": self.next_attempt_at,
            "waitsFor": self.waits_for,
            "lastError": self.last_error,
            "sentCopy": self.sent_copy,
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class SendResult:
    """A mail that was taken on."""

    mail: Mail
    submission: Submission
    # The same idempotency key came before: this is that mail, as it stands now.
    replayed: bool

    @classmethod
    def _read(cls, value: Any) -> SendResult:
        return cls(
            mail=Mail._read(value["mail"]),
            submission=Submission._read(value["submission"]),
            replayed=value["replayed"],
        )

    def _plain(self) -> Any:
        return plain({
            "mail": self.mail,
            "submission": self.submission,
            "replayed": self.replayed,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A piece of an octet string, in order."""

    # The octets, base64.
    data: bytes
    # Where the piece begins.
    offset: int
    # Octets of the whole.
    size: int

    @classmethod
    def _read(cls, value: Any) -> Chunk:
        return cls(
            data=base64.b64decode(value["data"]),
            offset=value["offset"],
            size=value["size"],
        )

    def _plain(self) -> Any:
        return plain({
            "data": self.data,
            "offset": self.offset,
            "size": self.size,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A conversation."""

    id: str
    subject: str
    # Later mail of it is logged.
    tracked: bool
    mail_count: int
    created_at: str
    last_mail_at: str
    # The thread that its first mail came from: it was forwarded and edited, or split off.
    forked_from: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> Thread:
        return cls(
            id=value["id"],
            subject=value["subject"],
            tracked=value["tracked"],
            mail_count=value["mailCount"],
            created_at=value["createdAt"],
            last_mail_at=value["lastMailAt"],
            forked_from=value.get("forkedFrom"),
        )

    def _plain(self) -> Any:
        return plain({
            "id": self.id,
            "subject": self.subject,
            "tracked": self.tracked,
            "mailCount": self.mail_count,
            "createdAt": self.created_at,
            "lastMailAt": self.last_mail_at,
            "forkedFrom": self.forked_from,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadDetail:
    """A conversation with its mails, oldest first."""

    thread: Thread
    mails: list[MailDetail]
    # The records that the thread is linked to.
    records: Optional[list[RecordRef]] = None

    @classmethod
    def _read(cls, value: Any) -> ThreadDetail:
        return cls(
            thread=Thread._read(value["thread"]),
            mails=[MailDetail._read(item) for item in value["mails"]],
            records=None if value.get("records") is None else [RecordRef._read(item) for item in value.get("records") or []],
        )

    def _plain(self) -> Any:
        return plain({
            "thread": self.thread,
            "mails": self.mails,
            "records": self.records,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    """Threads, the one with the newest mail first."""

    threads: list[Thread]
    cursor: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> ThreadPage:
        return cls(
            threads=[Thread._read(item) for item in value["threads"]],
            cursor=value.get("cursor"),
        )

    def _plain(self) -> Any:
        return plain({
            "threads": self.threads,
            "cursor": self.cursor,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRef:
    """An object of the calling CRM: its kind of object and its id there."""

    # The caller's own word: contact, company, deal, ticket, ...
    type: str
    # The caller's own id.
    id: str

    @classmethod
    def _read(cls, value: Any) -> RecordRef:
        return cls(
            type=value["type"],
            id=value["id"],
        )

    def _plain(self) -> Any:
        return plain({
            "type": self.type,
            "id": self.id,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordList:
    """Records, by type and id."""

    records: list[RecordRef]

    @classmethod
    def _read(cls, value: Any) -> RecordList:
        return cls(
            records=[RecordRef._read(item) for item in value["records"]],
        )

    def _plain(self) -> Any:
        return plain({
            "records": self.records,
        })


# Which comes first.
TimelineOrder = Literal["newest", "oldest"]


# How it came: `sent` (by `mail.send`), `client` (from the person's own mail program), `received` (into a
# mailbox), `bcc` (logged by blind copy), `forward` (passed on to be logged).
EngagementVia = Literal["sent", "client", "received", "bcc", "forward"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """An e-mail as it stands on a record's timeline."""

    mail_id: str
    mailbox_id: str
    thread_id: Optional[str] = None
    # The other side: who wrote an incoming mail, the first recipient of an outgoing one who is not of this
    # tenant's mailboxes. Missing when the mail names nobody.
    contact: Optional[Address] = None
    subject: str
    # All of it as plain text.
    text: str
    # The text without quoted history and signature.
    reply_text: str
    # The HTML with everything that runs or fetches taken out.
    html: Optional[str] = None
    # When it was sent, as far as is known.
    date: str
    # `outgoing` when anybody of this tenant's mailboxes wrote it.
    direction: Direction
    via: EngagementVia
    matched_by: Optional[MatchRule] = None
    # How sure `matchedBy` is: 1 where a Message-ID or a person decided, 0.99 for `providerThread` and
    # `threadIndex`, 0.9 for `subject` and `fork`.
    confidence: Optional[float] = None
    attachments: list[Attachment]
    # The mail came with attachments that are not stored: they are not logged for this mailbox, or the mail
    # is too large.
    attachments_left_out: bool

    @classmethod
    def _read(cls, value: Any) -> Engagement:
        return cls(
            mail_id=value["mailId"],
            mailbox_id=value["mailboxId"],
            thread_id=value.get("threadId"),
            contact=optional(Address._read, value.get("contact")),
            subject=value["subject"],
            text=value["text"],
            reply_text=value["replyText"],
            html=value.get("html"),
            date=value["date"],
            direction=value["direction"],
            via=value["via"],
            matched_by=value.get("matchedBy"),
            confidence=value.get("confidence"),
            attachments=[Attachment._read(item) for item in value["attachments"]],
            attachments_left_out=value["attachmentsLeftOut"],
        )

    def _plain(self) -> Any:
        return plain({
            "mailId": self.mail_id,
            "mailboxId": self.mailbox_id,
            "threadId": self.thread_id,
            "contact": self.contact,
            "subject": self.subject,
            "text": self.text,
            "replyText": self.reply_text,
            "html": self.html,
            "date": self.date,
            "direction": self.direction,
            "via": self.via,
            "matchedBy": self.matched_by,
            "confidence": self.confidence,
            "attachments": self.attachments,
            "attachmentsLeftOut": self.attachments_left_out,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementPage:
    """Engagements in the order asked for."""

    engagements: list[Engagement]
    cursor: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> EngagementPage:
        return cls(
            engagements=[Engagement._read(item) for item in value["engagements"]],
            cursor=value.get("cursor"),
        )

    def _plain(self) -> Any:
        return plain({
            "engagements": self.engagements,
            "cursor": self.cursor,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeScope:
    """What to erase: `kind`, and the one member that goes with it (`mailbox`: mailboxId, `contact`:
    email, `thread`: threadId, `mail`: mailId, `record`: record, `age`: before; `tenant` has none).
    `mail` is the engagement: it goes in every mailbox of the tenant. `record` is everything on its
    timeline, and its links.
    """

    kind: PurgeKind
    mailbox_id: Optional[str] = None
    email: Optional[str] = None
    thread_id: Optional[str] = None
    mail_id: Optional[str] = None
    before: Optional[str] = None
    record: Optional[RecordRef] = None

    def _plain(self) -> Any:
        return plain({
            "kind": self.kind,
            "mailboxId": self.mailbox_id,
            "email": self.email,
            "threadId": self.thread_id,
            "mailId": self.mail_id,
            "before": self.before,
            "record": self.record,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeCounts:
    """What an erasure takes, or took."""

    mails: int
    bodies: int
    # Octets of the bodies as they were on the server.
    octets: int
    threads: int
    mailboxes: int
    submissions: int
    # Uploads that mails in the scope were made from; all of a tenant.
    uploads: int

    @classmethod
    def _read(cls, value: Any) -> PurgeCounts:
        return cls(
            mails=value["mails"],
            bodies=value["bodies"],
            octets=value["octets"],
            threads=value["threads"],
            mailboxes=value["mailboxes"],
            submissions=value["submissions"],
            uploads=value["uploads"],
        )

    def _plain(self) -> Any:
        return plain({
            "mails": self.mails,
            "bodies": self.bodies,
            "octets": self.octets,
            "threads": self.threads,
            "mailboxes": self.mailboxes,
            "submissions": self.submissions,
            "uploads": self.uploads,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Purge:
    """A run of an erasure and, once it is `done`, its receipt. Holds no personal data."""

    id: str
    kind: PurgeKind
    state: PurgeState
    counts: PurgeCounts
    # Rows still found in scope after the erasure; 0 in a receipt.
    remaining: int
    # The database's write-ahead log was emptied afterwards.
    log_truncated: bool
    # The name of the token that asked.
    requested_by: str
    started_at: str
    finished_at: Optional[str] = None
    signed: Optional[SignedReceipt] = None

    @classmethod
    def _read(cls, value: Any) -> Purge:
        return cls(
            id=value["id"],
            kind=value["kind"],
            state=value["state"],
            counts=PurgeCounts._read(value["counts"]),
            remaining=value["remaining"],
            log_truncated=value["logTruncated"],
            requested_by=value["requestedBy"],
            started_at=value["startedAt"],
            finished_at=value.get("finishedAt"),
            signed=optional(SignedReceipt._read, value.get("signed")),
        )

    def _plain(self) -> Any:
        return plain({
            "id": self.id,
            "kind": self.kind,
            "state": self.state,
            "counts": self.counts,
            "remaining": self.remaining,
            "logTruncated": self.log_truncated,
            "requestedBy": self.requested_by,
            "startedAt": self.started_at,
            "finishedAt": self.finished_at,
            "signed": self.signed,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedReceipt:
    """A receipt as the server signed it when the erasure was done; receipts of versions before 0.2.0
    have none. `statement` says what the receipt says, and whose it is.
    """

    # What was signed: JSON in the form of RFC 8785. The signature is over these octets in UTF-8.
    statement: str
    # Which key signed: 16 hexadecimal digits, as `purge.publicKey` has them.
    key_id: str
    # Ed25519 (RFC 8032), 64 octets in base64.
    signature: str

    @classmethod
    def _read(cls, value: Any) -> SignedReceipt:
        return cls(
            statement=value["statement"],
            key_id=value["keyId"],
            signature=value["signature"],
        )

    def _plain(self) -> Any:
        return plain({
            "statement": self.statement,
            "keyId": self.key_id,
            "signature": self.signature,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptKey:
    """The public half of the key under which receipts are signed."""

    # The first 8 octets of the SHA-256 of the key's 32, in hexadecimal digits.
    key_id: str
    # `Ed25519`.
    algorithm: str
    # SubjectPublicKeyInfo (RFC 8410) in PEM.
    public_key: str

    @classmethod
    def _read(cls, value: Any) -> ReceiptKey:
        return cls(
            key_id=value["keyId"],
            algorithm=value["algorithm"],
            public_key=value["publicKey"],
        )

    def _plain(self) -> Any:
        return plain({
            "keyId": self.key_id,
            "algorithm": self.algorithm,
            "publicKey": self.public_key,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionPolicy:
    """How long mail is kept, in days of 24 hours. The times of `sequenceDays` and `timelineDays` begin
    when a mail is logged, that of `metadataDays` when a header is read, and that of `deletedDays`
    with `mail.delete`.
    """

    # Logged mail of origin `sequence`. Left out: until the tenant is deleted.
    sequence_days: Optional[int] = None
    # Logged mail of other origins. Left out: until it, or the tenant, is deleted.
    timeline_days: Optional[int] = None
    # What was deleted is erased at the latest so long afterwards; the erasure begins up to two days before.
    deleted_days: int
    # Headers of mail that was read from a mailbox and not logged. Never erased before.
    metadata_days: int

    @classmethod
    def _read(cls, value: Any) -> RetentionPolicy:
        return cls(
            sequence_days=value.get("sequenceDays"),
            timeline_days=value.get("timelineDays"),
            deleted_days=value["deletedDays"],
            metadata_days=value["metadataDays"],
        )

    def _plain(self) -> Any:
        return plain({
            "sequenceDays": self.sequence_days,
            "timelineDays": self.timeline_days,
            "deletedDays": self.deleted_days,
            "metadataDays": self.metadata_days,
        })


# Why a mail goes: it was `deleted`; it is `metadata` (a header that was never logged); it is logged, of a
# `timeline` or a `sequence`.
RetentionRule = Literal["deleted", "metadata", "timeline", "sequence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionForecast:
    """What a rule will take."""

    rule: RetentionRule
    # Mails that the rule is about. Copies of a logged mail in other mailboxes go with it and are not
    # counted.
    mails: int
    # Those that go within the time asked about. What a hold keeps is not counted.
    due: int
    # The time of the oldest of them is over then; missing when it never is, or is not known yet.
    next_at: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> RetentionForecast:
        return cls(
            rule=value["rule"],
            mails=value["mails"],
            due=value["due"],
            next_at=value.get("nextAt"),
        )

    def _plain(self) -> Any:
        return plain({
            "rule": self.rule,
            "mails": self.mails,
            "due": self.due,
            "nextAt": self.next_at,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """A tenant's policy, and what follows from it."""

    policy: RetentionPolicy
    rules: list[RetentionForecast]
    # Holds that stand.
    holds: int
    # False while nothing is erased by age: the server's clock jumped, went unwatched for hours, or is
    # behind what was written down.
    clock_believed: bool

    @classmethod
    def _read(cls, value: Any) -> Retention:
        return cls(
            policy=RetentionPolicy._read(value["policy"]),
            rules=[RetentionForecast._read(item) for item in value["rules"]],
            holds=value["holds"],
            clock_believed=value["clockBelieved"],
        )

    def _plain(self) -> Any:
        return plain({
            "policy": self.policy,
            "rules": self.rules,
            "holds": self.holds,
            "clockBelieved": self.clock_believed,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRetention:
    """When a mail goes."""

    rule: RetentionRule
    # Missing: when the tenant is deleted; of what came within the last hour: not known yet.
    erases_at: Optional[str] = None
    # A hold keeps it beyond that.
    held: bool

    @classmethod
    def _read(cls, value: Any) -> MailRetention:
        return cls(
            rule=value["rule"],
            erases_at=value.get("erasesAt"),
            held=value["held"],
        )

    def _plain(self) -> Any:
        return plain({
            "rule": self.rule,
            "erasesAt": self.erases_at,
            "held": self.held,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """What must not be erased."""

    id: str
    kind: PurgeKind
    # The id or address that the scope names; empty for the tenant.
    target: str
    reason: str
    # The name of the token that asked.
    placed_by: str
    placed_at: str

    @classmethod
    def _read(cls, value: Any) -> Hold:
        return cls(
            id=value["id"],
            kind=value["kind"],
            target=value["target"],
            reason=value["reason"],
            placed_by=value["placedBy"],
            placed_at=value["placedAt"],
        )

    def _plain(self) -> Any:
        return plain({
            "id": self.id,
            "kind": self.kind,
            "target": self.target,
            "reason": self.reason,
            "placedBy": self.placed_by,
            "placedAt": self.placed_at,
        })


# `active`: it gets events; `off`: it is not wanted; `parked`: it failed for three days and is left alone.
WebhookState = Literal["active", "off", "parked"]


# Why a webhook is `off` or `parked`: `turnedOff` (by `webhook.update`), `gone` (it answered 410),
# `failing`.
WebhookReason = Literal["turnedOff", "gone", "failing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An endpoint of the caller that is told of events, without its secret."""

    id: str
    url: str
    # Empty for all.
    kinds: list[EventType]
    state: WebhookState
    reason: Optional[WebhookReason] = None
    # What a person can do, where it is not active.
    advice: Optional[str] = None
    cursor: str
    # In a row.
    failures: int
    failing_since: Optional[str] = None
    next_attempt_at: Optional[str] = None
    # HTTP status of the last failure, where there was an answer.
    last_status: Optional[int] = None
    # What went wrong last.
    last_problem: Optional[str] = None
    delivered_at: Optional[str] = None
    old_secret_until: Optional[str] = None
    created_at: str

    @classmethod
    def _read(cls, value: Any) -> Webhook:
        return cls(
            id=value["id"],
            url=value["url"],
            kinds=list(value["kinds"]),
            state=value["state"],
            reason=value.get("reason"),
            advice=value.get("advice"),
            cursor=value["cursor"],
            failures=value["failures"],
            failing_since=value.get("failingSince"),
            next_attempt_at=value.get("nextAttemptAt"),
            last_status=value.get("lastStatus"),
            last_problem=value.get("lastProblem"),
            delivered_at=value.get("deliveredAt"),
            old_secret_until=value.get("oldSecretUntil"),
            created_at=value["createdAt"],
        )

    def _plain(self) -> Any:
        return plain({
            "id": self.id,
            "url": self.url,
            "kinds": self.kinds,
            "state": self.state,
            "reason": self.reason,
            "advice": self.advice,
            "cursor": self.cursor,
            "failures": self.failures,
            "failingSince": self.failing_since,
            "nextAttemptAt": self.next_attempt_at,
            "lastStatus": self.last_status,
            "lastProblem": self.last_problem,
            "deliveredAt": self.delivered_at,
            "oldSecretUntil": self.old_secret_until,
            "createdAt": self.created_at,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookList:
    """Webhooks, oldest first."""

    webhooks: list[Webhook]

    @classmethod
    def _read(cls, value: Any) -> WebhookList:
        return cls(
            webhooks=[Webhook._read(item) for item in value["webhooks"]],
        )

    def _plain(self) -> Any:
        return plain({
            "webhooks": self.webhooks,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookWithSecret:
    """A webhook, and its secret if it is new. It is shown this once."""

    webhook: Webhook
    # `whsec_` and base64 of 32 octets, as Standard Webhooks has it.
    secret: Optional[str] = field(repr=False)

    @classmethod
    def _read(cls, value: Any) -> WebhookWithSecret:
        return cls(
            webhook=Webhook._read(value["webhook"]),
            secret=value.get("secret"),
        )

    def _plain(self) -> Any:
        return plain({
            "webhook": self.webhook,
            "secret": self.secret,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookTest:
    """What came of a test."""

    delivered: bool
    # The HTTP status, where there was an answer.
    status: Optional[int] = None
    problem: Optional[str] = None
    milliseconds: int

    @classmethod
    def _read(cls, value: Any) -> WebhookTest:
        return cls(
            delivered=value["delivered"],
            status=value.get("status"),
            problem=value.get("problem"),
            milliseconds=value["milliseconds"],
        )

    def _plain(self) -> Any:
        return plain({
            "delivered": self.delivered,
            "status": self.status,
            "problem": self.problem,
            "milliseconds": self.milliseconds,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldList:
    """Holds, oldest first."""

    holds: list[Hold]

    @classmethod
    def _read(cls, value: Any) -> HoldList:
        return cls(
            holds=[Hold._read(item) for item in value["holds"]],
        )

    def _plain(self) -> Any:
        return plain({
            "holds": self.holds,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgePage:
    """Erasures, newest first."""

    receipts: list[Purge]
    cursor: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> PurgePage:
        return cls(
            receipts=[Purge._read(item) for item in value["receipts"]],
            cursor=value.get("cursor"),
        )

    def _plain(self) -> Any:
        return plain({
            "receipts": self.receipts,
            "cursor": self.cursor,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. Numbers ascend; gaps are possible."""

    seq: str
    type: EventType
    at: str
    mailbox_id: Optional[str] = None
    thread_id: Optional[str] = None
    mail_id: Optional[str] = None
    submission_id: Optional[str] = None
    purge_id: Optional[str] = None
    facts: dict[str, str]
    mail: Optional[Mail] = None

    @classmethod
    def _read(cls, value: Any) -> Event:
        return cls(
            seq=value["seq"],
            type=value["type"],
            at=value["at"],
            mailbox_id=value.get("mailboxId"),
            thread_id=value.get("threadId"),
            mail_id=value.get("mailId"),
            submission_id=value.get("submissionId"),
            purge_id=value.get("purgeId"),
            facts=dict(value["facts"]),
            mail=optional(Mail._read, value.get("mail")),
        )

    def _plain(self) -> Any:
        return plain({
            "seq": self.seq,
            "type": self.type,
            "at": self.at,
            "mailboxId": self.mailbox_id,
            "threadId": self.thread_id,
            "mailId": self.mail_id,
            "submissionId": self.submission_id,
            "purgeId": self.purge_id,
            "facts": self.facts,
            "mail": self.mail,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """Events in ascending order."""

    events: list[Event]
    cursor: str
    latest: str

    @classmethod
    def _read(cls, value: Any) -> EventPage:
        return cls(
            events=[Event._read(item) for item in value["events"]],
            cursor=value["cursor"],
            latest=value["latest"],
        )

    def _plain(self) -> Any:
        return plain({
            "events": self.events,
            "cursor": self.cursor,
            "latest": self.latest,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """A customer of the operator."""

    id: str
    name: str
    created_at: str

    @classmethod
    def _read(cls, value: Any) -> Tenant:
        return cls(
            id=value["id"],
            name=value["name"],
            created_at=value["createdAt"],
        )

    def _plain(self) -> Any:
        return plain({
            "id": self.id,
            "name": self.name,
            "createdAt": self.created_at,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantSettings:
    """What a tenant decided about logging."""

    # Mail that one of the tenant's own people sends to one of these (as a blind copy, as a rule) is logged.
    # The address must deliver to a connected mailbox, or the sender's own mailbox must be one.
    bcc_addresses: list[str]
    # What one of the tenant's own people forwards to one of these is logged as the mail that it was: its
    # sender, date, subject and text.
    forward_addresses: list[str]
    # A mail in a Sent folder with this header field is logged; empty for none. `X-Postroom-Track` unless
    # set.
    tracking_header: str
    # Domains of the tenant's own people, besides the addresses of its mailboxes. Mail that stays among them
    # is never logged.
    own_domains: list[str]
    # Addresses and domains (with those below them). Mail with any of them is never logged.
    never_log: list[str]
    # Answers without usable Message-IDs are matched by subject, participants and time: a guess, and marked
    # as one. True unless set.
    match_by_subject: bool
    # How long after a conversation's last mail such an answer may come. 60 unless set.
    match_by_subject_days: int
    # A mail joins a conversation only with the same subject, whatever else says that it belongs there.
    # False unless set.
    demand_same_subject: bool
    # Mail with people of whom a mail was logged before is logged too, not only answers. False unless set.
    log_known_contacts: bool
    search: SearchLevel
    # Mails that may leave all mailboxes together within a minute; without it there is no limit.
    sends_per_minute_max: Optional[int] = None
    # The same within 24 hours.
    sends_per_day_max: Optional[int] = None

    @classmethod
    def _read(cls, value: Any) -> TenantSettings:
        return cls(
            bcc_addresses=list(value["bccAddresses"]),
            forward_addresses=list(value["forwardAddresses"]),
            tracking_header=value["trackingHeader"],
            own_domains=list(value["ownDomains"]),
            never_log=list(value["neverLog"]),
            match_by_subject=value["matchBySubject"],
            match_by_subject_days=value["matchBySubjectDays"],
            demand_same_subject=value["demandSameSubject"],
            log_known_contacts=value["logKnownContacts"],
            search=value["search"],
            sends_per_minute_max=value.get("sendsPerMinuteMax"),
            sends_per_day_max=value.get("sendsPerDayMax"),
        )

    def _plain(self) -> Any:
        return plain({
            "bccAddresses": self.bcc_addresses,
            "forwardAddresses": self.forward_addresses,
            "trackingHeader": self.tracking_header,
            "ownDomains": self.own_domains,
            "neverLog": self.never_log,
            "matchBySubject": self.match_by_subject,
            "matchBySubjectDays": self.match_by_subject_days,
            "demandSameSubject": self.demand_same_subject,
            "logKnownContacts": self.log_known_contacts,
            "search": self.search,
            "sendsPerMinuteMax": self.sends_per_minute_max,
            "sendsPerDayMax": self.sends_per_day_max,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantSettingsChange:
    """Settings to change; what is left out stays."""

    # Mail that one of the tenant's own people sends to one of these (as a blind copy, as a rule) is logged.
    # The address must deliver to a connected mailbox, or the sender's own mailbox must be one.
    bcc_addresses: Optional[list[str]] = None
    # What one of the tenant's own people forwards to one of these is logged as the mail that it was: its
    # sender, date, subject and text.
    forward_addresses: Optional[list[str]] = None
    # A mail in a Sent folder with this header field is logged; empty for none. `X-Postroom-Track` unless
    # set.
    tracking_header: Optional[str] = None
    # Domains of the tenant's own people, besides the addresses of its mailboxes. Mail that stays among them
    # is never logged.
    own_domains: Optional[list[str]] = None
    # Addresses and domains (with those below them). Mail with any of them is never logged.
    never_log: Optional[list[str]] = None
    # Answers without usable Message-IDs are matched by subject, participants and time: a guess, and marked
    # as one. True unless set.
    match_by_subject: Optional[bool] = None
    # How long after a conversation's last mail such an answer may come. 60 unless set.
    match_by_subject_days: Optional[int] = None
    # A mail joins a conversation only with the same subject, whatever else says that it belongs there.
    # False unless set.
    demand_same_subject: Optional[bool] = None
    # Mail with people of whom a mail was logged before is logged too, not only answers. False unless set.
    log_known_contacts: Optional[bool] = None
    search: Optional[SearchLevel] = None
    # Mails that may leave all mailboxes together within a minute, 0 for no limit.
    sends_per_minute_max: Optional[int] = None
    # The same within 24 hours.
    sends_per_day_max: Optional[int] = None

    def _plain(self) -> Any:
        return plain({
            "bccAddresses": self.bcc_addresses,
            "forwardAddresses": self.forward_addresses,
            "trackingHeader": self.tracking_header,
            "ownDomains": self.own_domains,
            "neverLog": self.never_log,
            "matchBySubject": self.match_by_subject,
            "matchBySubjectDays": self.match_by_subject_days,
            "demandSameSubject": self.demand_same_subject,
            "logKnownContacts": self.log_known_contacts,
            "search": self.search,
            "sendsPerMinuteMax": self.sends_per_minute_max,
            "sendsPerDayMax": self.sends_per_day_max,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantDetail:
    """A tenant with its settings."""

    tenant: Tenant
    settings: TenantSettings

    @classmethod
    def _read(cls, value: Any) -> TenantDetail:
        return cls(
            tenant=Tenant._read(value["tenant"]),
            settings=TenantSettings._read(value["settings"]),
        )

    def _plain(self) -> Any:
        return plain({
            "tenant": self.tenant,
            "settings": self.settings,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantList:
    """All tenants, oldest first."""

    tenants: list[Tenant]

    @classmethod
    def _read(cls, value: Any) -> TenantList:
        return cls(
            tenants=[Tenant._read(item) for item in value["tenants"]],
        )

    def _plain(self) -> Any:
        return plain({
            "tenants": self.tenants,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token, without its secret, or a client certificate that stands for one."""

    id: str
    tenant_id: str
    name: str
    scopes: list[Scope]
    created_at: str
    expires_at: Optional[str] = None
    # SHA-256 over the DER of a certificate (`token.addCertificate`), 64 hexadecimal digits in lower case.
    # Left out of tokens with a secret.
    certificate_sha256: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> Token:
        return cls(
            id=value["id"],
            tenant_id=value["tenantId"],
            name=value["name"],
            scopes=list(value["scopes"]),
            created_at=value["createdAt"],
            expires_at=value.get("expiresAt"),
            certificate_sha256=value.get("certificateSha256"),
        )

    def _plain(self) -> Any:
        return plain({
            "id": self.id,
            "tenantId": self.tenant_id,
            "name": self.name,
            "scopes": self.scopes,
            "createdAt": self.created_at,
            "expiresAt": self.expires_at,
            "certificateSha256": self.certificate_sha256,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenList:
    """The tokens of a tenant, oldest first."""

    tokens: list[Token]

    @classmethod
    def _read(cls, value: Any) -> TokenList:
        return cls(
            tokens=[Token._read(item) for item in value["tokens"]],
        )

    def _plain(self) -> Any:
        return plain({
            "tokens": self.tokens,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """A token and its secret. The secret is shown this once; only its digest is kept."""

    token: Token
    # What `session.open` takes.
    secret: str = field(repr=False)

    @classmethod
    def _read(cls, value: Any) -> NewToken:
        return cls(
            token=Token._read(value["token"]),
            secret=value["secret"],
        )

    def _plain(self) -> Any:
        return plain({
            "token": self.token,
            "secret": self.secret,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerInfo:
    """What answers. What is not required is absent from servers before 0.2.0."""

    name: str
    version: str
    # The version of this document.
    protocol_version: str
    # The version of the database's schema.
    schema_version: Optional[int] = None
    # What the server was built from, as whoever packed it says (`POSTROOM_COMMIT` in its environment).
    commit: Optional[str] = None
    started_at: Optional[str] = None
    # What it speaks on each of its ports.
    framings: Optional[list[Framing]] = None
    features: Optional[list[ServerFeature]] = None
    # TLS is taken on TCP.
    tls: Optional[bool] = None
    limits: Optional[ServerLimits] = None

    @classmethod
    def _read(cls, value: Any) -> ServerInfo:
        return cls(
            name=value["name"],
            version=value["version"],
            protocol_version=value["protocolVersion"],
            schema_version=value.get("schemaVersion"),
            commit=value.get("commit"),
            started_at=value.get("startedAt"),
            framings=optional(list, value.get("framings")),
            features=optional(list, value.get("features")),
            tls=value.get("tls"),
            limits=optional(ServerLimits._read, value.get("limits")),
        )

    def _plain(self) -> Any:
        return plain({
            "name": self.name,
            "version": self.version,
            "protocolVersion": self.protocol_version,
            "schemaVersion": self.schema_version,
            "commit": self.commit,
            "startedAt": self.started_at,
            "framings": self.framings,
            "features": self.features,
            "tls": self.tls,
            "limits": self.limits,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerLimits:
    """What callers are held to; README.md has the error of each."""

    # At one time.
    connections: int
    # From one address.
    connections_per_peer: int
    # Of one message, also when inflated.
    message_octets: int
    # Of one value of a stream.
    stream_value_octets: int
    # Arrays and objects inside each other.
    depth: int
    batch_calls: int
    # On one connection, with streams.
    calls_in_flight: int
    # That wait for one connection before nothing more is read from it.
    write_buffer_octets: int
    first_octet_seconds: int
    message_seconds: int
    idle_seconds: int

    @classmethod
    def _read(cls, value: Any) -> ServerLimits:
        return cls(
            connections=value["connections"],
            connections_per_peer=value["connectionsPerPeer"],
            message_octets=value["messageOctets"],
            stream_value_octets=value["streamValueOctets"],
            depth=value["depth"],
            batch_calls=value["batchCalls"],
            calls_in_flight=value["callsInFlight"],
            write_buffer_octets=value["writeBufferOctets"],
            first_octet_seconds=value["firstOctetSeconds"],
            message_seconds=value["messageSeconds"],
            idle_seconds=value["idleSeconds"],
        )

    def _plain(self) -> Any:
        return plain({
            "connections": self.connections,
            "connectionsPerPeer": self.connections_per_peer,
            "messageOctets": self.message_octets,
            "streamValueOctets": self.stream_value_octets,
            "depth": self.depth,
            "batchCalls": self.batch_calls,
            "callsInFlight": self.calls_in_flight,
            "writeBufferOctets": self.write_buffer_octets,
            "firstOctetSeconds": self.first_octet_seconds,
            "messageSeconds": self.message_seconds,
            "idleSeconds": self.idle_seconds,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class FramingCount:
    """How many connections speak something."""

    framing: Framing
    connections: int

    @classmethod
    def _read(cls, value: Any) -> FramingCount:
        return cls(
            framing=value["framing"],
            connections=value["connections"],
        )

    def _plain(self) -> Any:
        return plain({
            "framing": self.framing,
            "connections": self.connections,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxCounts:
    """Mails on their way out, by state (`SubmissionState`)."""

    queued: int
    sending: int
    data_open: int
    deferred: int
    unknown: int

    @classmethod
    def _read(cls, value: Any) -> OutboxCounts:
        return cls(
            queued=value["queued"],
            sending=value["sending"],
            data_open=value["dataOpen"],
            deferred=value["deferred"],
            unknown=value["unknown"],
        )

    def _plain(self) -> Any:
        return plain({
            "queued": self.queued,
            "sending": self.sending,
            "dataOpen": self.data_open,
            "deferred": self.deferred,
            "unknown": self.unknown,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncCounts:
    """Mailboxes by what their workers do (`SyncPhase`)."""

    stopped: int
    connecting: int
    reading: int
    live: int
    waiting: int
    paused: Optional[int] = None

    @classmethod
    def _read(cls, value: Any) -> SyncCounts:
        return cls(
            stopped=value["stopped"],
            connecting=value["connecting"],
            reading=value["reading"],
            live=value["live"],
            waiting=value["waiting"],
            paused=value.get("paused"),
        )

    def _plain(self) -> Any:
        return plain({
            "stopped": self.stopped,
            "connecting": self.connecting,
            "reading": self.reading,
            "live": self.live,
            "waiting": self.waiting,
            "paused": self.paused,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessStats:
    """What the server's process uses."""

    resident_octets: int
    virtual_octets: int
    # User and system time since its start.
    cpu_seconds: float
    # Open ones.
    descriptors: int
    descriptors_max: int
    threads: int

    @classmethod
    def _read(cls, value: Any) -> ProcessStats:
        return cls(
            resident_octets=value["residentOctets"],
            virtual_octets=value["virtualOctets"],
            cpu_seconds=value["cpuSeconds"],
            descriptors=value["descriptors"],
            descriptors_max=value["descriptorsMax"],
            threads=value["threads"],
        )

    def _plain(self) -> Any:
        return plain({
            "residentOctets": self.resident_octets,
            "virtualOctets": self.virtual_octets,
            "cpuSeconds": self.cpu_seconds,
            "descriptors": self.descriptors,
            "descriptorsMax": self.descriptors_max,
            "threads": self.threads,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerStats:
    """Counters since the server's start. What is not required is absent from servers before 0.2.0."""

    uptime_seconds: int
    connections_open: int
    connections_total: int
    # Calls and streams at work now.
    calls_in_flight: int
    calls: int
    # Calls that ended with an error.
    errors: int
    octets_in: int
    octets_out: int
    # Messages that could not be read.
    protocol_errors: int
    # Tokens that were not accepted.
    authentication_failures: int
    # Connected mailboxes of all tenants.
    mailboxes: int
    # Of these, in state `live`.
    mailboxes_live: int
    latest_event: str
    connections_by_framing: Optional[list[FramingCount]] = None
    # Part of `callsInFlight`.
    streams_open: Optional[int] = None
    # Octets that wait for callers to take them.
    octets_waiting: Optional[int] = None
    outbox: Optional[OutboxCounts] = None
    sync: Optional[SyncCounts] = None
    # Changes that wait for their transaction.
    store_writes_waiting: Optional[int] = None
    # Work that waits for the threads that connections live on.
    reactor_jobs: Optional[int] = None
    process: Optional[ProcessStats] = None
    # Lines of the log that were lost: what reads it is too slow.
    log_lines_dropped: Optional[int] = None
    # Spans that were lost: the disk is too slow, or full.
    spans_dropped: Optional[int] = None
    # The slowest calls of the last five to ten minutes, slowest first, without streams and what took less
    # than a millisecond.
    slowest: Optional[list[SlowCall]] = None
    # Mail servers that were asked for something lately, those with most to do first.
    mail_hosts: Optional[list[MailHostUse]] = None
    backfills: Optional[BackfillCounts] = None

    @classmethod
    def _read(cls, value: Any) -> ServerStats:
        return cls(
            uptime_seconds=value["uptimeSeconds"],
            connections_open=value["connectionsOpen"],
            connections_total=value["connectionsTotal"],
            calls_in_flight=value["callsInFlight"],
            calls=value["calls"],
            errors=value["errors"],
            octets_in=value["octetsIn"],
            octets_out=value["octetsOut"],
            protocol_errors=value["protocolErrors"],
            authentication_failures=value["authenticationFailures"],
            mailboxes=value["mailboxes"],
            mailboxes_live=value["mailboxesLive"],
            latest_event=value["latestEvent"],
            connections_by_framing=None if value.get("connectionsByFraming") is None else [FramingCount._read(item) for item in value.get("connectionsByFraming") or []],
            streams_open=value.get("streamsOpen"),
            octets_waiting=value.get("octetsWaiting"),
            outbox=optional(OutboxCounts._read, value.get("outbox")),
            sync=optional(SyncCounts._read, value.get("sync")),
            store_writes_waiting=value.get("storeWritesWaiting"),
            reactor_jobs=value.get("reactorJobs"),
            process=optional(ProcessStats._read, value.get("process")),
            log_lines_dropped=value.get("logLinesDropped"),
            spans_dropped=value.get("spansDropped"),
            slowest=None if value.get("slowest") is None else [SlowCall._read(item) for item in value.get("slowest") or []],
            mail_hosts=None if value.get("mailHosts") is None else [MailHostUse._read(item) for item in value.get("mailHosts") or []],
            backfills=optional(BackfillCounts._read, value.get("backfills")),
        )

    def _plain(self) -> Any:
        return plain({
            "uptimeSeconds": self.uptime_seconds,
            "connectionsOpen": self.connections_open,
            "connectionsTotal": self.connections_total,
            "callsInFlight": self.calls_in_flight,
            "calls": self.calls,
            "errors": self.errors,
            "octetsIn": self.octets_in,
            "octetsOut": self.octets_out,
            "protocolErrors": self.protocol_errors,
            "authenticationFailures": self.authentication_failures,
            "mailboxes": self.mailboxes,
            "mailboxesLive": self.mailboxes_live,
            "latestEvent": self.latest_event,
            "connectionsByFraming": self.connections_by_framing,
            "streamsOpen": self.streams_open,
            "octetsWaiting": self.octets_waiting,
            "outbox": self.outbox,
            "sync": self.sync,
            "storeWritesWaiting": self.store_writes_waiting,
            "reactorJobs": self.reactor_jobs,
            "process": self.process,
            "logLinesDropped": self.log_lines_dropped,
            "spansDropped": self.spans_dropped,
            "slowest": self.slowest,
            "mailHosts": self.mail_hosts,
            "backfills": self.backfills,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class MailHostUse:
    """What one mail server is asked for by all mailboxes together."""

    host: str
    connections: int
    # Without it there is no limit.
    connections_max: Optional[int] = None
    # Connections that wait for their turn.
    waiting: int
    # In the last minute.
    sign_ins: int
    sign_ins_per_minute_max: int

    @classmethod
    def _read(cls, value: Any) -> MailHostUse:
        return cls(
            host=value["host"],
            connections=value["connections"],
            connections_max=value.get("connectionsMax"),
            waiting=value["waiting"],
            sign_ins=value["signIns"],
            sign_ins_per_minute_max=value["signInsPerMinuteMax"],
        )

    def _plain(self) -> Any:
        return plain({
            "host": self.host,
            "connections": self.connections,
            "connectionsMax": self.connections_max,
            "waiting": self.waiting,
            "signIns": self.sign_ins,
            "signInsPerMinuteMax": self.sign_ins_per_minute_max,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillCounts:
    """Mailboxes with older mail to read."""

    # They read it now.
    reading: int
    # They wait for their turn, and read new mail meanwhile.
    waiting: int

    @classmethod
    def _read(cls, value: Any) -> BackfillCounts:
        return cls(
            reading=value["reading"],
            waiting=value["waiting"],
        )

    def _plain(self) -> Any:
        return plain({
            "reading": self.reading,
            "waiting": self.waiting,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class SlowCall:
    """A call that took long."""

    method: str
    # When it ended.
    at: str
    microseconds: int
    tenant_id: Optional[str] = None
    # The name of its token.
    caller: Optional[str] = None
    # The reason of the error that it ended with.
    error: Optional[str] = None

    @classmethod
    def _read(cls, value: Any) -> SlowCall:
        return cls(
            method=value["method"],
            at=value["at"],
            microseconds=value["microseconds"],
            tenant_id=value.get("tenantId"),
            caller=value.get("caller"),
            error=value.get("error"),
        )

    def _plain(self) -> Any:
        return plain({
            "method": self.method,
            "at": self.at,
            "microseconds": self.microseconds,
            "tenantId": self.tenant_id,
            "caller": self.caller,
            "error": self.error,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """A line of the server's log."""

    at: str
    level: LogLevel
    # Which part of the server says it.
    logger: str
    message: str
    fields: dict[str, str]
    # So many lines before this one were lost: the caller took them too slowly.
    lost: Optional[int] = None

    @classmethod
    def _read(cls, value: Any) -> LogLine:
        return cls(
            at=value["at"],
            level=value["level"],
            logger=value["logger"],
            message=value["message"],
            fields=dict(value["fields"]),
            lost=value.get("lost"),
        )

    def _plain(self) -> Any:
        return plain({
            "at": self.at,
            "level": self.level,
            "logger": self.logger,
            "message": self.message,
            "fields": self.fields,
            "lost": self.lost,
        })


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Whether the server, or one part of it, does its work."""

    status: ServingStatus

    @classmethod
    def _read(cls, value: Any) -> Health:
        return cls(
            status=value["status"],
        )

    def _plain(self) -> Any:
        return plain({
            "status": self.status,
        })


class Reason:
    """The values of `PostroomError.reason`. A newer server may say others."""

    # INVALID_ARGUMENT: The message is not JSON. `details.offset` counts octets.
    JSON_SYNTAX = "json.syntax"

    # INVALID_ARGUMENT: The message is nested too deep. `details.limit` says how deep it may be.
    JSON_DEPTH = "json.depth"

    # INVALID_ARGUMENT: The same name stands twice in one object.
    JSON_DUPLICATE_NAME = "json.duplicateName"

    # INVALID_ARGUMENT: The message is JSON, but not a JSON-RPC 2.0 request.
    REQUEST_INVALID = "request.invalid"

    # UNIMPLEMENTED: There is no such method. `details.method` names it.
    METHOD_UNKNOWN = "method.unknown"

    # UNAUTHENTICATED: Sign in first: `session.open`, or `Authorization: Bearer` over HTTP.
    SESSION_REQUIRED = "session.required"

    # UNAUTHENTICATED: The token or certificate is not known, was revoked, or has expired. Calls and streams
    # that run under it when it ends say so too.
    TOKEN_INVALID = "token.invalid"

    # PERMISSION_DENIED: The token lacks the scope that the method needs. `details.scope` names it.
    SCOPE_MISSING = "scope.missing"

    # RESOURCE_EXHAUSTED: The message is too large. `details.limit` and `details.actual` are octets.
    LIMIT_MESSAGE = "limit.message"

    # RESOURCE_EXHAUSTED: The message did not arrive whole in time. `details.limit` is in seconds.
    LIMIT_MESSAGE_SECONDS = "limit.messageSeconds"

    # RESOURCE_EXHAUSTED: A value of a stream is too large. `details.limit` and `details.actual` are octets.
    LIMIT_STREAM_MESSAGE = "limit.streamMessage"

    # RESOURCE_EXHAUSTED: More values came than were granted. Wait for `rpc.credit`.
    LIMIT_STREAM_CREDIT = "limit.streamCredit"

    # RESOURCE_EXHAUSTED: The batch has too many calls.
    LIMIT_BATCH = "limit.batch"

    # RESOURCE_EXHAUSTED: Too many calls are at work on this connection. Wait for one to end.
    LIMIT_CALLS_IN_FLIGHT = "limit.callsInFlight"

    # RESOURCE_EXHAUSTED: The server has all the connections that it takes. Answered once, without an id,
    # before anything is called; the connection is closed.
    LIMIT_CONNECTIONS = "limit.connections"

    # RESOURCE_EXHAUSTED: Too many connections come from this address. Answered like `limit.connections`.
    LIMIT_CONNECTIONS_PER_PEER = "limit.connectionsPerPeer"

    # CANCELLED: The caller cancelled the call.
    CALL_CANCELLED = "call.cancelled"

    # DEADLINE_EXCEEDED: The deadline passed before the answer was ready.
    CALL_DEADLINE = "call.deadline"

    # NOT_FOUND: No such call or stream is open on this connection.
    CALL_UNKNOWN = "call.unknown"

    # FAILED_PRECONDITION: A stream cannot be opened in a batch. Call it by itself.
    STREAM_IN_BATCH = "stream.inBatch"

    # FAILED_PRECONDITION: A stream needs JSON-RPC 2.0. Add `"jsonrpc":"2.0"` to the call.
    STREAM_VERSION1 = "stream.version1"

    # UNIMPLEMENTED: Not possible over HTTP: streams, `session.open`, `rpc.cancel`. Use a TCP or Unix
    # connection.
    HTTP_UNSUPPORTED = "http.unsupported"

    # UNAVAILABLE: The server is shutting down. Connect again and repeat.
    SERVER_GOING_AWAY = "server.goingAway"

    # UNAVAILABLE: Made by clients: the connection ended before the answer came. It is not known whether the
    # call was done.
    CONNECTION_LOST = "connection.lost"

    # UNAVAILABLE: Made by clients: the server cannot be connected to.
    CONNECTION_FAILED = "connection.failed"

    # FAILED_PRECONDITION: Made by clients: the server's certificate is not acceptable.
    CONNECTION_CERTIFICATE = "connection.certificate"

    # DATA_LOSS: Values of the stream are missing.
    STREAM_GAP = "stream.gap"

    # FAILED_PRECONDITION: Made by clients: the call takes no more values. Open another one.
    STREAM_ENDED = "stream.ended"

    # INTERNAL: Made by clients: the server sent more values than it was granted.
    STREAM_OVERRUN = "stream.overrun"

    # INTERNAL: Made by clients: the server named no subscription.
    STREAM_MALFORMED = "stream.malformed"

    # INVALID_ARGUMENT: Made by clients: the server's address cannot be read.
    CLIENT_BAD_URL = "client.badURL"

    # INTERNAL: Made by clients: the server's answer is not what this document says.
    CLIENT_BAD_ANSWER = "client.badAnswer"

    # CANCELLED: Made by clients: the client was closed.
    CLIENT_CLOSED = "client.closed"

    # INTERNAL: A fault of the server. `details.logId` is the number of its log entry, where there is one.
    INTERNAL = "internal"

    # INVALID_ARGUMENT: A parameter that must be there is not. `details.name` names it.
    PARAMS_MISSING = "params.missing"

    # INVALID_ARGUMENT: There is no such parameter. `details.name` names it.
    PARAMS_UNKNOWN = "params.unknown"

    # INVALID_ARGUMENT: A parameter is of another JSON type. `details.name` names it.
    PARAMS_TYPE = "params.type"

    # INVALID_ARGUMENT: A parameter is of the right type but not acceptable. `details.name` names it.
    PARAMS_RANGE = "params.range"

    # INVALID_ARGUMENT: `params` cannot be read. They are an object, or an array where `paramStructure` is
    # `either`.
    PARAMS_INVALID = "params.invalid"

    # INVALID_ARGUMENT: The cursor was not given out by this method. Begin without one.
    PARAMS_CURSOR = "params.cursor"

    # ALREADY_EXISTS: The idempotency key came before with other parameters. Use a new key for another
    # request.
    IDEMPOTENCY_KEY_REUSED = "idempotency.keyReused"

    # NOT_FOUND: There is no such mailbox in this tenant.
    MAILBOX_UNKNOWN = "mailbox.unknown"

    # ALREADY_EXISTS: This address is connected already. Use `mailbox.reconnect` to change its settings.
    MAILBOX_EXISTS = "mailbox.exists"

    # FAILED_PRECONDITION: The mailbox is disconnected. Use `mailbox.reconnect`.
    MAILBOX_DISCONNECTED = "mailbox.disconnected"

    # CANCELLED: The sync that was waited for was called off with `sync.cancel`. The next `sync.run` goes on
    # where it stopped.
    SYNC_CANCELLED = "sync.cancelled"

    # NOT_FOUND: No provider of this name is configured on this server. `oauth.providers` lists those that
    # are.
    OAUTH_PROVIDER_UNKNOWN = "oauth.providerUnknown"

    # FAILED_PRECONDITION: The provider does not offer this way, or the server's operator has not configured
    # it.
    OAUTH_NOT_OFFERED = "oauth.notOffered"

    # INVALID_ARGUMENT: `redirectUri` is no absolute URL of http or https.
    OAUTH_REDIRECT_INVALID = "oauth.redirectInvalid"

    # NOT_FOUND: There is no such state or grant: its time is over, it was used, or the server has started
    # anew. Begin again.
    OAUTH_UNKNOWN = "oauth.unknown"

    # FAILED_PRECONDITION: The person said no.
    OAUTH_DENIED = "oauth.denied"

    # FAILED_PRECONDITION: The provider gave no refresh token, so access would end within the hour. Ask for
    # offline access.
    OAUTH_NO_REFRESH_TOKEN = "oauth.noRefreshToken"

    # FAILED_PRECONDITION: The provider gave no token. `details.code` is its word, such as `invalid_grant`.
    OAUTH_REFUSED = "oauth.refused"

    # UNAVAILABLE: The provider could not be asked. Call again later.
    OAUTH_UNAVAILABLE = "oauth.unavailable"

    # RESOURCE_EXHAUSTED: The tenant has as many open flows and grants as it may. `details.limit` says how
    # many.
    LIMIT_OAUTH = "limit.oauth"

    # INVALID_ARGUMENT: The settings cannot be those of an IMAP server (a port of POP3, for one).
    CONNECT_IMAP_UNSUPPORTED = "connect.imap.unsupported"

    # FAILED_PRECONDITION: The IMAP server's name has no address. Check the spelling.
    CONNECT_IMAP_HOST_UNKNOWN = "connect.imap.hostUnknown"

    # UNAVAILABLE: The IMAP server cannot be reached at this port.
    CONNECT_IMAP_UNREACHABLE = "connect.imap.unreachable"

    # UNAVAILABLE: The IMAP server did not answer in time.
    CONNECT_IMAP_TIMEOUT = "connect.imap.timeout"

    # FAILED_PRECONDITION: TLS with the IMAP server failed. Try the other `security`.
    CONNECT_IMAP_TLS = "connect.imap.tls"

    # FAILED_PRECONDITION: The IMAP server's certificate is not valid today.
    CONNECT_IMAP_CERTIFICATE_EXPIRED = "connect.imap.certificate.expired"

    # FAILED_PRECONDITION: The IMAP server's certificate is for another name.
    CONNECT_IMAP_CERTIFICATE_WRONG_HOST = "connect.imap.certificate.wrongHost"

    # FAILED_PRECONDITION: The IMAP server's certificate is not signed by a trusted authority.
    CONNECT_IMAP_CERTIFICATE_UNTRUSTED = "connect.imap.certificate.untrusted"

    # FAILED_PRECONDITION: The IMAP server's certificate cannot be accepted.
    CONNECT_IMAP_CERTIFICATE_OTHER = "connect.imap.certificate.other"

    # FAILED_PRECONDITION: The IMAP server offers no encryption at this port.
    CONNECT_IMAP_NO_ENCRYPTION = "connect.imap.noEncryption"

    # FAILED_PRECONDITION: The IMAP server offers no way to sign in that is known here.
    CONNECT_IMAP_NO_MECHANISM = "connect.imap.noMechanism"

    # FAILED_PRECONDITION: The IMAP server refused user name or password. Many providers want an app
    # password.
    CONNECT_IMAP_AUTHENTICATION_FAILED = "connect.imap.authenticationFailed"

    # UNAVAILABLE: The IMAP server takes no more connections of this account just now.
    CONNECT_IMAP_BUSY = "connect.imap.busy"

    # FAILED_PRECONDITION: The account may not use IMAP.
    CONNECT_IMAP_DENIED = "connect.imap.denied"

    # FAILED_PRECONDITION: The IMAP server refused a step.
    CONNECT_IMAP_REFUSED = "connect.imap.refused"

    # FAILED_PRECONDITION: What answers does not speak IMAP as it should.
    CONNECT_IMAP_PROTOCOL = "connect.imap.protocol"

    # INVALID_ARGUMENT: The settings cannot be those of a submission server (a port of POP3, for one).
    CONNECT_SMTP_UNSUPPORTED = "connect.smtp.unsupported"

    # FAILED_PRECONDITION: The submission server's name has no address. Check the spelling.
    CONNECT_SMTP_HOST_UNKNOWN = "connect.smtp.hostUnknown"

    # UNAVAILABLE: The submission server cannot be reached at this port.
    CONNECT_SMTP_UNREACHABLE = "connect.smtp.unreachable"

    # UNAVAILABLE: The submission server did not answer in time.
    CONNECT_SMTP_TIMEOUT = "connect.smtp.timeout"

    # FAILED_PRECONDITION: TLS with the submission server failed. Try the other `security`.
    CONNECT_SMTP_TLS = "connect.smtp.tls"

    # FAILED_PRECONDITION: The submission server's certificate is not valid today.
    CONNECT_SMTP_CERTIFICATE_EXPIRED = "connect.smtp.certificate.expired"

    # FAILED_PRECONDITION: The submission server's certificate is for another name.
    CONNECT_SMTP_CERTIFICATE_WRONG_HOST = "connect.smtp.certificate.wrongHost"

    # FAILED_PRECONDITION: The submission server's certificate is not signed by a trusted authority.
    CONNECT_SMTP_CERTIFICATE_UNTRUSTED = "connect.smtp.certificate.untrusted"

    # FAILED_PRECONDITION: The submission server's certificate cannot be accepted.
    CONNECT_SMTP_CERTIFICATE_OTHER = "connect.smtp.certificate.other"

    # FAILED_PRECONDITION: The submission server offers no encryption at this port.
    CONNECT_SMTP_NO_ENCRYPTION = "connect.smtp.noEncryption"

    # FAILED_PRECONDITION: The submission server offers no way to sign in that is known here.
    CONNECT_SMTP_NO_MECHANISM = "connect.smtp.noMechanism"

    # FAILED_PRECONDITION: The submission server refused user name or password. Many providers want an app
    # password.
    CONNECT_SMTP_AUTHENTICATION_FAILED = "connect.smtp.authenticationFailed"

    # UNAVAILABLE: The submission server takes no more connections of this account just now.
    CONNECT_SMTP_BUSY = "connect.smtp.busy"

    # FAILED_PRECONDITION: The account may not use SMTP.
    CONNECT_SMTP_DENIED = "connect.smtp.denied"

    # FAILED_PRECONDITION: The submission server refused a step.
    CONNECT_SMTP_REFUSED = "connect.smtp.refused"

    # FAILED_PRECONDITION: What answers does not speak SMTP as it should.
    CONNECT_SMTP_PROTOCOL = "connect.smtp.protocol"

    # NOT_FOUND: There is no such mail in this tenant.
    MAIL_UNKNOWN = "mail.unknown"

    # FAILED_PRECONDITION: The content of this mail is not stored. Track its thread to have it logged.
    MAIL_NOT_LOGGED = "mail.notLogged"

    # NOT_FOUND: There is no such attachment in this tenant.
    ATTACHMENT_UNKNOWN = "attachment.unknown"

    # NOT_FOUND: There is no such upload: it was cancelled, its time is over, or it never was.
    UPLOAD_UNKNOWN = "upload.unknown"

    # OUT_OF_RANGE: Octets before this piece are missing. `details.received` says where the next piece must
    # begin, or before.
    UPLOAD_GAP = "upload.gap"

    # ALREADY_EXISTS: Other octets came for the same place before. `details.received` says how many are
    # here.
    UPLOAD_DIFFERS = "upload.differs"

    # FAILED_PRECONDITION: The upload is committed: nothing can be added.
    UPLOAD_COMMITTED = "upload.committed"

    # FAILED_PRECONDITION: Less came than was announced, or the upload is not committed. `details.received`
    # and `details.size` are octets.
    UPLOAD_INCOMPLETE = "upload.incomplete"

    # FAILED_PRECONDITION: What came has another SHA-256 than the caller says. Begin a new upload.
    UPLOAD_DIGEST = "upload.digest"

    # RESOURCE_EXHAUSTED: More octets than were announced, or than a mail can carry. `details.limit` says
    # how many.
    UPLOAD_TOO_LARGE = "upload.tooLarge"

    # RESOURCE_EXHAUSTED: The tenant has as many uploads as it may. `details.limit` says how many; cancel
    # one, or wait until one expires.
    LIMIT_UPLOADS = "limit.uploads"

    # RESOURCE_EXHAUSTED: The tenant's uploads have as many octets as they may. `details.limit` says how
    # many.
    LIMIT_UPLOAD_OCTETS = "limit.uploadOctets"

    # RESOURCE_EXHAUSTED: The piece has too many octets. `details.limit` and `details.actual` are octets.
    LIMIT_UPLOAD_PIECE = "limit.uploadPiece"

    # INVALID_ARGUMENT: to, cc and bcc are all empty.
    SEND_NO_RECIPIENTS = "send.noRecipients"

    # INVALID_ARGUMENT: An address cannot be used in a mail. `details.name` says where it stands.
    SEND_ADDRESS_INVALID = "send.addressInvalid"

    # INVALID_ARGUMENT: The mailbox does not send as this address. `details.allowed` are those it does;
    # `mailbox.update` adds others.
    SEND_FROM_REFUSED = "send.fromRefused"

    # INVALID_ARGUMENT: Neither text nor html is given.
    SEND_NO_CONTENT = "send.noContent"

    # INVALID_ARGUMENT: A subject, name or type has characters that a header cannot carry. `details.name`
    # says which.
    SEND_HEADER_INVALID = "send.headerInvalid"

    # INVALID_ARGUMENT: An attachment needs `data`, `name` and `type`, or an `uploadId`, or a `blobId`.
    # `details.index` says which one.
    SEND_ATTACHMENT_INVALID = "send.attachmentInvalid"

    # INVALID_ARGUMENT: The mail is larger than this server, or the mailbox's provider, takes.
    # `details.octets` is its size, `details.limit` what is allowed, `details.by` is `server` or `provider`.
    SEND_TOO_LARGE = "send.tooLarge"

    # FAILED_PRECONDITION: The mail is being handed over or has left already.
    SEND_TOO_LATE = "send.tooLate"

    # NOT_FOUND: This mail was not sent by `mail.send`.
    SUBMISSION_UNKNOWN = "submission.unknown"

    # NOT_FOUND: There is no such thread in this tenant.
    THREAD_UNKNOWN = "thread.unknown"

    # FAILED_PRECONDITION: The tenant's settings say that this mail is never logged.
    THREAD_NEVER_LOGGED = "thread.neverLogged"

    # FAILED_PRECONDITION: The tenant's mail is not indexed. Set `search` by `tenant.update` first.
    SEARCH_OFF = "search.off"

    # INVALID_ARGUMENT: The text has no word that can be searched for, or more than 32.
    SEARCH_TEXT = "search.text"

    # INVALID_ARGUMENT: `details.name` names the setting.
    TENANT_SETTINGS_INVALID = "tenant.settingsInvalid"

    # FAILED_PRECONDITION: The mail is in no thread, or nothing of its thread would be left.
    THREAD_NOT_SPLIT = "thread.notSplit"

    # INVALID_ARGUMENT: At least one criterion must be given.
    THREAD_NO_CRITERION = "thread.noCriterion"

    # INVALID_ARGUMENT: Name either `threadId` or `mailId`, not both.
    RECORD_TARGET = "record.target"

    # NOT_FOUND: Nothing is linked to this record.
    RECORD_UNKNOWN = "record.unknown"

    # NOT_FOUND: This thread or mail is not linked to the record.
    RECORD_NOT_LINKED = "record.notLinked"

    # NOT_FOUND: There is no such erasure in this tenant.
    PURGE_UNKNOWN = "purge.unknown"

    # INVALID_ARGUMENT: The member that goes with the scope's kind is missing, or another is there too.
    PURGE_SCOPE_INVALID = "purge.scopeInvalid"

    # FAILED_PRECONDITION: A hold keeps what the erasure would take. `hold.list` shows which; `hold.release`
    # ends it.
    PURGE_HELD = "purge.held"

    # NOT_FOUND: There is no such webhook in this tenant.
    WEBHOOK_UNKNOWN = "webhook.unknown"

    # INVALID_ARGUMENT: The URL is not one that events may be sent to.
    WEBHOOK_URL_INVALID = "webhook.urlInvalid"

    # RESOURCE_EXHAUSTED: The tenant has as many webhooks as it may. `details.limit` says how many.
    LIMIT_WEBHOOKS = "limit.webhooks"

    # NOT_FOUND: There is no such hold in this tenant.
    HOLD_UNKNOWN = "hold.unknown"

    # FAILED_PRECONDITION: Events after the cursor were lost, as the server's data were restored from a
    # backup. `details.oldest` is the oldest event that is kept, `details.newest` the newest number there
    # is. Read again what you keep, then go on from `newest`.
    EVENTS_CURSOR_TOO_OLD = "events.cursorTooOld"

    # INVALID_ARGUMENT: The cursor is above the newest event. `details.oldest` and `details.newest` say
    # which events there are.
    EVENTS_CURSOR_INVALID = "events.cursorInvalid"

    # NOT_FOUND: There is no such tenant.
    TENANT_UNKNOWN = "tenant.unknown"

    # ALREADY_EXISTS: There is a tenant of this name.
    TENANT_EXISTS = "tenant.exists"

    # NOT_FOUND: There is no such token.
    TOKEN_UNKNOWN = "token.unknown"

    # INVALID_ARGUMENT: The text holds no certificate in PEM that can be read.
    CERTIFICATE_INVALID = "certificate.invalid"

    # ALREADY_EXISTS: The certificate is registered already, here or for another tenant.
    CERTIFICATE_EXISTS = "certificate.exists"

    # INVALID_ARGUMENT: `expiresAt` has passed already.
    TOKEN_EXPIRED = "token.expired"

    # NOT_FOUND: There is no such part. Leave `service` out for the whole server.
    HEALTH_UNKNOWN_SERVICE = "health.unknownService"

    # RESOURCE_EXHAUSTED: The disk is full.
    STORE_FULL = "store.full"

    # ABORTED: Something else changed it at the same time. Try again.
    STORE_CONFLICT = "store.conflict"

    # DATA_LOSS: Stored data is damaged.
    STORE_CORRUPT = "store.corrupt"


class MailboxCalls(Calls):
    """The methods `mailbox.*`."""

    def connect(
        self, *, email: str, password: Optional[str] = None, user_name: Optional[str] = None,
        display_name: Optional[str] = None, imap: Union[ServerChoice, Mapping[str, Any]],
        smtp: Union[ServerChoice, Mapping[str, Any]],
        oauth: Optional[Union[OAuthAccess, Mapping[str, Any]]] = None, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[ConnectProgress], Any]] = None
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
        answer = self._call(
            "mailbox.connect", params, timeout, None, cancel,
            progress_of(ConnectProgress._read, on_progress), repeatable=False
        )
        return self._read(Mailbox._read, answer)

    def get(
        self, *, mailbox_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Mailbox:
        """A mailbox.

        Settings and state of a mailbox.
        """
        params = plain({
            "mailboxId": mailbox_id,
        })
        answer = self._call("mailbox.get", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Mailbox._read, answer)

    def list(
        self, *, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> MailboxList:
        """All mailboxes.

        The mailboxes of the tenant, oldest first.
        """
        params: dict[str, Any] = {}
        answer = self._call("mailbox.list", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(MailboxList._read, answer)

    def audit(
        self, *, mailbox_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
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
        answer = self._call("mailbox.audit", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(MailboxAudit._read, answer)

    def discover(
        self, *, email: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
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
        answer = self._call("mailbox.discover", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(MailboxDiscovery._read, answer)

    def probe(
        self, *, mailbox_id: Optional[str] = None, user_name: Optional[str] = None,
        password: Optional[str] = None, imap: Optional[Union[ServerChoice, Mapping[str, Any]]] = None,
        smtp: Optional[Union[ServerChoice, Mapping[str, Any]]] = None, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
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
        answer = self._call("mailbox.probe", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(MailboxProbe._read, answer)

    def reconnect(
        self, *, mailbox_id: str, password: Optional[str] = None, user_name: Optional[str] = None,
        imap: Optional[Union[ServerChoice, Mapping[str, Any]]] = None,
        smtp: Optional[Union[ServerChoice, Mapping[str, Any]]] = None,
        oauth: Optional[Union[OAuthAccess, Mapping[str, Any]]] = None, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[ConnectProgress], Any]] = None
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
        answer = self._call(
            "mailbox.reconnect", params, timeout, None, cancel,
            progress_of(ConnectProgress._read, on_progress), repeatable=True
        )
        return self._read(Mailbox._read, answer)

    def update(
        self, *, mailbox_id: str, display_name: Optional[str] = None,
        identities: Optional[Sequence[Union[Address, Mapping[str, Any]]]] = None,
        sends_per_minute_max: Optional[int] = None, sends_per_day_max: Optional[int] = None,
        timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
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
        answer = self._call("mailbox.update", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Mailbox._read, answer)

    def disconnect(
        self, *, mailbox_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Mailbox:
        """Stop a mailbox.

        Stops syncing and sending; what is stored stays. The state becomes `disconnected` with reason
        `turnedOff`.
        """
        params = plain({
            "mailboxId": mailbox_id,
        })
        answer = self._call(
            "mailbox.disconnect", params, timeout, None, cancel, on_progress, repeatable=True
        )
        return self._read(Mailbox._read, answer)

    def delete(
        self, *, mailbox_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Purge:
        """Delete a mailbox.

        Disconnects the mailbox and begins to erase it with all its mail. `purge.status` tells when it is
        done.
        """
        params = plain({
            "mailboxId": mailbox_id,
        })
        answer = self._call("mailbox.delete", params, timeout, None, cancel, on_progress, repeatable=False)
        return self._read(Purge._read, answer)


class OauthCalls(Calls):
    """The methods `oauth.*`."""

    def providers(
        self, *, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> OAuthProviderList:
        """Providers of access tokens.

        Those that are configured on this server, by name. Others are not known here.
        """
        params: dict[str, Any] = {}
        answer = self._call("oauth.providers", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(OAuthProviderList._read, answer)

    def begin(
        self, *, provider: str, redirect_uri: str, email: Optional[str] = None,
        timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
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
        answer = self._call("oauth.begin", params, timeout, None, cancel, on_progress, repeatable=False)
        return self._read(OAuthAuthorization._read, answer)

    def complete(
        self, *, state: str, code: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
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
        answer = self._call("oauth.complete", params, timeout, None, cancel, on_progress, repeatable=False)
        return self._read(OAuthGrant._read, answer)

    def device(
        self, *, provider: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> OAuthDevice:
        """Let a person type a code.

        Begins the device flow (RFC 8628): show the person `userCode` and `verificationUri`; `oauth.wait`
        answers when they have said yes. Not every provider offers it for mail.
        """
        params = plain({
            "provider": provider,
        })
        answer = self._call("oauth.device", params, timeout, None, cancel, on_progress, repeatable=False)
        return self._read(OAuthDevice._read, answer)

    def wait(
        self, *, grant_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> OAuthGrant:
        """Wait until the person has said yes.

        Asks the provider as often as it allows, and answers when the grant can be used. Give it a
        deadline of minutes, and call again when that passes: the grant goes on until `expiresAt`.
        """
        params = plain({
            "grantId": grant_id,
        })
        answer = self._call("oauth.wait", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(OAuthGrant._read, answer)


class FolderCalls(Calls):
    """The methods `folder.*`."""

    def list(
        self, *, mailbox_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> FolderList:
        """Folders of a mailbox.

        The folders that the server lists, and how much of each is stored.
        """
        params = plain({
            "mailboxId": mailbox_id,
        })
        answer = self._call("folder.list", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(FolderList._read, answer)


class SyncCalls(Calls):
    """The methods `sync.*`."""

    def run(
        self, *, mailbox_id: str, wait: bool = False, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[SyncStatus], Any]] = None
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
        answer = self._call(
            "sync.run", params, timeout, None, cancel, progress_of(SyncStatus._read, on_progress),
            repeatable=True
        )
        return self._read(SyncStatus._read, answer)

    def cancel(
        self, *, mailbox_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
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
        answer = self._call("sync.cancel", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(SyncStatus._read, answer)

    def status(
        self, *, mailbox_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> SyncStatus:
        """How far the sync is.

        How much of the mailbox has been read.
        """
        params = plain({
            "mailboxId": mailbox_id,
        })
        answer = self._call("sync.status", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(SyncStatus._read, answer)

    def watch(
        self, *, mailbox_id: str, timeout: Optional[float] = None, window: int = 32
    ) -> Stream[SyncStatus]:
        """Watch the sync.

        Streams the status at once and after each change, at most a few times a second. Ends only when it
        is cancelled or the mailbox is deleted.
        """
        params = plain({
            "mailboxId": mailbox_id,
        })
        return self._stream("sync.watch", params, SyncStatus._read, timeout=timeout, window=window)


class MailCalls(Calls):
    """The methods `mail.*`."""

    def send(
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
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
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
        answer = self._call(
            "mail.send", params, timeout, idempotency_key, cancel, on_progress, repeatable=False
        )
        return self._read(SendResult._read, answer)

    def status(
        self, *, mail_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Submission:
        """What became of a sent mail.

        The submission of a mail that `mail.send` took on.
        """
        params = plain({
            "mailId": mail_id,
        })
        answer = self._call("mail.status", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Submission._read, answer)

    def cancel(
        self, *, mail_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Submission:
        """Stop a mail.

        Stops a mail that waits or is deferred. Once it is being handed over it is too late.
        """
        params = plain({
            "mailId": mail_id,
        })
        answer = self._call("mail.cancel", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Submission._read, answer)

    def reply(
        self, *, mail_id: str, recipients: Optional[ReplyRecipients] = None, text: Optional[str] = None,
        html: Optional[str] = None, quote: bool = True, language: Optional[str] = None,
        utc_offset_minutes: int = 0, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
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
        answer = self._call("mail.reply", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Draft._read, answer)

    def forward(
        self, *, mail_id: str, text: Optional[str] = None, html: Optional[str] = None,
        attachments: bool = True, language: Optional[str] = None, utc_offset_minutes: int = 0,
        timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
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
        answer = self._call("mail.forward", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Draft._read, answer)

    def get(
        self, *, mail_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> MailDetail:
        """A mail.

        A mail with its content and its list of attachments, where they are stored.
        """
        params = plain({
            "mailId": mail_id,
        })
        answer = self._call("mail.get", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(MailDetail._read, answer)

    def list(
        self, *, mailbox_id: Optional[str] = None, contact: Optional[str] = None,
        message_id: Optional[str] = None, logged_only: bool = True, cursor: Optional[str] = None,
        limit: Optional[int] = None, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
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
        answer = self._call("mail.list", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(MailPage._read, answer)

    def search(
        self, *, text: str = "", mailbox_id: Optional[str] = None, thread_id: Optional[str] = None,
        record: Optional[Union[RecordRef, Mapping[str, Any]]] = None, contact: Optional[str] = None,
        from_: Optional[str] = None, to: Optional[str] = None, after: Optional[str] = None,
        before: Optional[str] = None, has_attachment: Optional[bool] = None, cursor: Optional[str] = None,
        limit: Optional[int] = None, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
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
        answer = self._call("mail.search", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(MailSearchPage._read, answer)

    def source(self, *, mail_id: str, timeout: Optional[float] = None, window: int = 32) -> Stream[Chunk]:
        """The message itself.

        Streams the octets of a logged mail as they were on the server.
        """
        params = plain({
            "mailId": mail_id,
        })
        return self._stream("mail.source", params, Chunk._read, timeout=timeout, window=window)

    def delete(
        self, *, mail_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
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
        answer = self._call("mail.delete", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Mail._read, answer)

    def restore(
        self, *, mail_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Mail:
        """Take a deletion back.

        Brings a deleted mail back, as long as it is not erased.
        """
        params = plain({
            "mailId": mail_id,
        })
        answer = self._call("mail.restore", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Mail._read, answer)


class ThreadCalls(Calls):
    """The methods `thread.*`."""

    def lookup(
        self, *, message_id: Optional[str] = None, mail_id: Optional[str] = None,
        thread_id: Optional[str] = None, contact: Optional[str] = None, subject: Optional[str] = None,
        mailbox_id: Optional[str] = None, cursor: Optional[str] = None, limit: Optional[int] = None,
        record: Optional[Union[RecordRef, Mapping[str, Any]]] = None, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
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
        answer = self._call("thread.lookup", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(ThreadPage._read, answer)

    def get(
        self, *, thread_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> ThreadDetail:
        """A thread.

        A thread with its mails, oldest first, each with its content where it is stored.
        """
        params = plain({
            "threadId": thread_id,
        })
        answer = self._call("thread.get", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(ThreadDetail._read, answer)

    def list(
        self, *, mailbox_id: Optional[str] = None, contact: Optional[str] = None,
        tracked_only: bool = False, cursor: Optional[str] = None, limit: Optional[int] = None,
        timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
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
        answer = self._call("thread.list", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(ThreadPage._read, answer)

    def track(
        self, *, mail_id: Optional[str] = None, message_id: Optional[str] = None,
        timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
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
        answer = self._call("thread.track", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Thread._read, answer)

    def untrack(
        self, *, thread_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Thread:
        """Stop tracking.

        Later mail of the thread is not logged. What is logged stays until it is purged.
        """
        params = plain({
            "threadId": thread_id,
        })
        answer = self._call("thread.untrack", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Thread._read, answer)

    def split(
        self, *, mail_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Thread:
        """Make a thread of its own of a mail.

        The mail, those that answer it and those that answer them leave their thread. Later syncs respect
        it. The old thread keeps its links to records; the new one has none.
        """
        params = plain({
            "mailId": mail_id,
        })
        answer = self._call("thread.split", params, timeout, None, cancel, on_progress, repeatable=False)
        return self._read(Thread._read, answer)

    def merge(
        self, *, thread_id: str, into_thread_id: str, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Thread:
        """Make one thread of two.

        All mails and links of `threadId` go to `intoThreadId`. The id that went goes on naming what came
        of it.
        """
        params = plain({
            "threadId": thread_id,
            "intoThreadId": into_thread_id,
        })
        answer = self._call("thread.merge", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Thread._read, answer)


class RecordCalls(Calls):
    """The methods `record.*`."""

    def link(
        self, *, record: Union[RecordRef, Mapping[str, Any]], thread_id: Optional[str] = None,
        mail_id: Optional[str] = None, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
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
        answer = self._call("record.link", params, timeout, None, cancel, on_progress, repeatable=True)
        del answer

    def unlink(
        self, *, record: Union[RecordRef, Mapping[str, Any]], thread_id: Optional[str] = None,
        mail_id: Optional[str] = None, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
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
        answer = self._call("record.unlink", params, timeout, None, cancel, on_progress, repeatable=False)
        del answer

    def list(
        self, *, thread_id: Optional[str] = None, mail_id: Optional[str] = None,
        timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> RecordList:
        """Records of a conversation or mail.

        The records that a thread, or a mail by itself, is linked to. Name either `threadId` or `mailId`.
        """
        params = plain({
            "threadId": thread_id,
            "mailId": mail_id,
        })
        answer = self._call("record.list", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(RecordList._read, answer)

    def timeline(
        self, *, record: Union[RecordRef, Mapping[str, Any]], order: Optional[TimelineOrder] = None,
        cursor: Optional[str] = None, limit: Optional[int] = None, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
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
        answer = self._call("record.timeline", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(EngagementPage._read, answer)


class AttachmentCalls(Calls):
    """The methods `attachment.*`."""

    def get(self, *, blob_id: str, timeout: Optional[float] = None, window: int = 32) -> Stream[Chunk]:
        """An attachment.

        Streams the decoded octets of an attachment.
        """
        params = plain({
            "blobId": blob_id,
        })
        return self._stream("attachment.get", params, Chunk._read, timeout=timeout, window=window)


class UploadCalls(Calls):
    """The methods `upload.*`."""

    def open(
        self, *, name: str, type: str = "application/octet-stream", size: Optional[int] = None,
        timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
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
        answer = self._call("upload.open", params, timeout, None, cancel, on_progress, repeatable=False)
        return self._read(Upload._read, answer)

    def write(
        self, *, upload_id: str, offset: int, data: bytes, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
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
        answer = self._call("upload.write", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Upload._read, answer)

    def fill(
        self, *, upload_id: str, timeout: Optional[float] = None, window: int = 32
    ) -> Exchange[UploadPiece, Upload]:
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

    def get(
        self, *, upload_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Upload:
        """How far a file is.

        `received` says where the next piece begins.
        """
        params = plain({
            "uploadId": upload_id,
        })
        answer = self._call("upload.get", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Upload._read, answer)

    def list(
        self, *, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> UploadList:
        """Which files there are.

        Those of the tenant whose time is not over, the oldest first.
        """
        params: dict[str, Any] = {}
        answer = self._call("upload.list", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(UploadList._read, answer)

    def commit(
        self, *, upload_id: str, sha256: Optional[str] = None, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Upload:
        """Say that a file is complete.

        Answers its SHA-256, and compares it with the caller's. Repeating it does no harm.

        `sha256`: What the caller gave. When what came is something else, the upload is not committed.
        """
        params = plain({
            "uploadId": upload_id,
            "sha256": sha256,
        })
        answer = self._call("upload.commit", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Upload._read, answer)

    def cancel(
        self, *, upload_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> None:
        """Take a file away.

        Committed or not. Mails that were sent with it have it still.
        """
        params = plain({
            "uploadId": upload_id,
        })
        answer = self._call("upload.cancel", params, timeout, None, cancel, on_progress, repeatable=True)
        del answer


class PurgeCalls(Calls):
    """The methods `purge.*`."""

    def preview(
        self, *, scope: Union[PurgeScope, Mapping[str, Any]], timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> PurgeCounts:
        """What an erasure would take.

        Counts exactly what `purge.run` with the same scope would take now. Erases nothing.
        """
        params = plain({
            "scope": scope,
        })
        answer = self._call("purge.preview", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(PurgeCounts._read, answer)

    def run(
        self, *, scope: Union[PurgeScope, Mapping[str, Any]], timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Purge:
        """Erase.

        Writes the erasure down and begins; from then on it goes on by itself, also after a crash.
        Afterwards no octet of the text is left in the database, its log or its indexes, and the next
        sync does not bring it back.
        """
        params = plain({
            "scope": scope,
        })
        answer = self._call("purge.run", params, timeout, None, cancel, on_progress, repeatable=False)
        return self._read(Purge._read, answer)

    def status(
        self, *, purge_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Purge:
        """How far an erasure is.

        The erasure; its receipt once it is done.
        """
        params = plain({
            "purgeId": purge_id,
        })
        answer = self._call("purge.status", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Purge._read, answer)

    def receipts(
        self, *, cursor: Optional[str] = None, limit: Optional[int] = None, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> PurgePage:
        """All erasures.

        The erasures of the tenant, newest first.

        `cursor`: Where the page before ended.
        """
        params = plain({
            "cursor": cursor,
            "limit": limit,
        })
        answer = self._call("purge.receipts", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(PurgePage._read, answer)

    def public_key(
        self, *, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> ReceiptKey:
        """By what receipts are verified.

        The public half of the key that signs receipts. It is the server's, the same for all tenants.
        Kept beside the receipts it verifies them without the server.
        """
        params: dict[str, Any] = {}
        answer = self._call("purge.publicKey", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(ReceiptKey._read, answer)


class RetentionCalls(Calls):
    """The methods `retention.*`."""

    def get(
        self, *, within_days: int = 30, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
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
        answer = self._call("retention.get", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Retention._read, answer)

    def set(
        self, *, policy: Union[RetentionPolicy, Mapping[str, Any]], timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Retention:
        """Decide what is kept how long.

        Replaces the tenant's policy as a whole. It holds for what is stored already as for what comes:
        `retention.get` tells at once what goes and when; the erasure begins at the next look, at the
        latest in an hour, and leaves a receipt of kind `retention`.
        """
        params = plain({
            "policy": policy,
        })
        answer = self._call("retention.set", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Retention._read, answer)

    def of_mail(
        self, *, mail_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> MailRetention:
        """When a mail goes.

        Under which rule a mail is, when it is erased, and whether a hold keeps it.
        """
        params = plain({
            "mailId": mail_id,
        })
        answer = self._call("retention.ofMail", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(MailRetention._read, answer)

    def accept_clock(
        self, *, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> None:
        """Say that the clock is right.

        Nothing is erased by age while the server's clock is behind a time that was written down: one of
        the two is wrong. This forgets the times written down that are still to come. What was read under
        them counts as younger by that, never as older.
        """
        params: dict[str, Any] = {}
        answer = self._call(
            "retention.acceptClock", params, timeout, None, cancel, on_progress, repeatable=True
        )
        del answer


class HoldCalls(Calls):
    """The methods `hold.*`."""

    def place(
        self, *, scope: Union[PurgeScope, Mapping[str, Any]], reason: str, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
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
        answer = self._call("hold.place", params, timeout, None, cancel, on_progress, repeatable=False)
        return self._read(Hold._read, answer)

    def list(
        self, *, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> HoldList:
        """All holds.

        The tenant's holds, oldest first.
        """
        params: dict[str, Any] = {}
        answer = self._call("hold.list", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(HoldList._read, answer)

    def release(
        self, *, hold_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> None:
        """End a hold.

        What it kept goes when its time is over, which may be at once.
        """
        params = plain({
            "holdId": hold_id,
        })
        answer = self._call("hold.release", params, timeout, None, cancel, on_progress, repeatable=False)
        del answer


class WebhookCalls(Calls):
    """The methods `webhook.*`."""

    def create(
        self, *, url: str, kinds: Optional[Sequence[EventType]] = None, after: Optional[str] = None,
        timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
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
        answer = self._call("webhook.create", params, timeout, None, cancel, on_progress, repeatable=False)
        return self._read(WebhookWithSecret._read, answer)

    def get(
        self, *, webhook_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Webhook:
        """One webhook.

        Its settings, how far it is, and what went wrong last.
        """
        params = plain({
            "webhookId": webhook_id,
        })
        answer = self._call("webhook.get", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Webhook._read, answer)

    def list(
        self, *, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> WebhookList:
        """All webhooks.

        The tenant's webhooks, oldest first.
        """
        params: dict[str, Any] = {}
        answer = self._call("webhook.list", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(WebhookList._read, answer)

    def update(
        self, *, webhook_id: str, url: Optional[str] = None, kinds: Optional[Sequence[EventType]] = None,
        enabled: Optional[bool] = None, rotate_secret: bool = False, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
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
        answer = self._call("webhook.update", params, timeout, None, cancel, on_progress, repeatable=False)
        return self._read(WebhookWithSecret._read, answer)

    def replay(
        self, *, webhook_id: str, after: str, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Webhook:
        """Deliver from a number on.

        Events above `after` are delivered, again or at last, and the webhook is active, also when it was
        off or parked.
        """
        params = plain({
            "webhookId": webhook_id,
            "after": after,
        })
        answer = self._call("webhook.replay", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Webhook._read, answer)

    def test(
        self, *, webhook_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> WebhookTest:
        """Try a webhook.

        Sends one event of type `postroom.webhook.test` now and says what came of it. Whether it is
        active, and its cursor, do not matter.
        """
        params = plain({
            "webhookId": webhook_id,
        })
        answer = self._call("webhook.test", params, timeout, None, cancel, on_progress, repeatable=False)
        return self._read(WebhookTest._read, answer)

    def delete(
        self, *, webhook_id: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> None:
        """Remove a webhook.

        Nothing is sent to it any more, and its secret is erased. An event that is on its way may still
        arrive.
        """
        params = plain({
            "webhookId": webhook_id,
        })
        answer = self._call("webhook.delete", params, timeout, None, cancel, on_progress, repeatable=False)
        del answer


class EventsCalls(Calls):
    """The methods `events.*`."""

    def read(
        self, *, after: Optional[str] = None, limit: int = 100, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
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
        answer = self._call("events.read", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(EventPage._read, answer)

    def subscribe(
        self, *, after: Optional[str] = None, timeout: Optional[float] = None, window: int = 32
    ) -> Stream[Event]:
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


class TenantCalls(Calls):
    """The methods `tenant.*`."""

    def create(
        self, *, name: str, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Tenant:
        """Make a tenant.

        Makes a tenant. Its first token is made with `token.create`.
        """
        params = plain({
            "name": name,
        })
        answer = self._call("tenant.create", params, timeout, None, cancel, on_progress, repeatable=False)
        return self._read(Tenant._read, answer)

    def get(
        self, *, tenant_id: Optional[str] = None, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Tenant:
        """One tenant.

        The tenant with this id, or the caller's own.

        `tenant_id`: The caller's own when left out.
        """
        params = plain({
            "tenantId": tenant_id,
        })
        answer = self._call("tenant.get", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Tenant._read, answer)

    def settings(
        self, *, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> TenantDetail:
        """What a tenant logs.

        The caller's own tenant and what it decided about logging.
        """
        params: dict[str, Any] = {}
        answer = self._call("tenant.settings", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(TenantDetail._read, answer)

    def update(
        self, *, settings: Union[TenantSettingsChange, Mapping[str, Any]], timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> TenantDetail:
        """Change what is logged.

        Sets what is given of the caller's own tenant and leaves the rest. Holds for mail that is read
        from now on; what is logged stays.
        """
        params = plain({
            "settings": settings,
        })
        answer = self._call("tenant.update", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(TenantDetail._read, answer)

    def list(
        self, *, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> TenantList:
        """All tenants.

        All tenants, oldest first.
        """
        params: dict[str, Any] = {}
        answer = self._call("tenant.list", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(TenantList._read, answer)


class TokenCalls(Calls):
    """The methods `token.*`."""

    def create(
        self, *, tenant_id: Optional[str] = None, name: str, scopes: Sequence[Scope],
        expires_at: Optional[str] = None, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
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
        answer = self._call("token.create", params, timeout, None, cancel, on_progress, repeatable=False)
        return self._read(NewToken._read, answer)

    def add_certificate(
        self, *, tenant_id: Optional[str] = None, name: str, scopes: Sequence[Scope],
        expires_at: Optional[str] = None, certificate: str, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
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
        answer = self._call(
            "token.addCertificate", params, timeout, None, cancel, on_progress, repeatable=False
        )
        return self._read(Token._read, answer)

    def get(
        self, *, token_id: str, tenant_id: Optional[str] = None, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Token:
        """One token.

        A token of a tenant, without its secret.

        `tenant_id`: The caller's own when left out.
        """
        params = plain({
            "tokenId": token_id,
            "tenantId": tenant_id,
        })
        answer = self._call("token.get", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Token._read, answer)

    def list(
        self, *, tenant_id: Optional[str] = None, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> TokenList:
        """Tokens of a tenant.

        The tokens of a tenant, oldest first, without secrets.

        `tenant_id`: The caller's own when left out.
        """
        params = plain({
            "tenantId": tenant_id,
        })
        answer = self._call("token.list", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(TokenList._read, answer)

    def revoke(
        self, *, token_id: str, tenant_id: Optional[str] = None, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> None:
        """Revoke a token.

        The token opens no connection from now on.

        `tenant_id`: The caller's own when left out.
        """
        params = plain({
            "tokenId": token_id,
            "tenantId": tenant_id,
        })
        answer = self._call("token.revoke", params, timeout, None, cancel, on_progress, repeatable=True)
        del answer


class ServerCalls(Calls):
    """The methods `server.*`."""

    def info(
        self, *, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> ServerInfo:
        """What answers.

        Name and versions, when it started, what it speaks and can do, and the limits it holds callers
        to.
        """
        params: dict[str, Any] = {}
        answer = self._call("server.info", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(ServerInfo._read, answer)

    def stats(
        self, *, timeout: Optional[float] = None, cancel: Optional[Cancel] = None,
        on_progress: Optional[Callable[[Any], Any]] = None
    ) -> ServerStats:
        """Counters.

        Counters of the whole server since its start, what waits in its queues now, and what its process
        uses.
        """
        params: dict[str, Any] = {}
        answer = self._call("server.stats", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(ServerStats._read, answer)

    def log(
        self, *, level: Optional[LogLevel] = None, past: int = 0, timeout: Optional[float] = None,
        window: int = 32
    ) -> Stream[LogLine]:
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


class HealthCalls(Calls):
    """The methods `health.*`."""

    def check(
        self, *, service: Optional[str] = None, timeout: Optional[float] = None,
        cancel: Optional[Cancel] = None, on_progress: Optional[Callable[[Any], Any]] = None
    ) -> Health:
        """Is it well?

        `SERVING` while the store answers, else `NOT_SERVING`. There is one service, `postroom`; it may
        be left out. Needs no token.
        """
        params = plain({
            "service": service,
        })
        answer = self._call("health.check", params, timeout, None, cancel, on_progress, repeatable=True)
        return self._read(Health._read, answer)

    def watch(
        self, *, service: Optional[str] = None, timeout: Optional[float] = None, window: int = 32
    ) -> Stream[Health]:
        """Watch whether it is well.

        Streams the status at once and then each change of it, as gRPC's health protocol does:
        `NOT_SERVING` when the store fails, and when the server stops, just before its streams end with
        `server.goingAway`. What changes twice before it is read is told once. Needs no token.
        """
        params = plain({
            "service": service,
        })
        return self._stream("health.watch", params, Health._read, timeout=timeout, window=window)


class Services:
    """One attribute a noun."""

    def __init__(self, caller: Caller) -> None:
        self.mailbox = MailboxCalls(caller)
        self.oauth = OauthCalls(caller)
        self.folder = FolderCalls(caller)
        self.sync = SyncCalls(caller)
        self.mail = MailCalls(caller)
        self.thread = ThreadCalls(caller)
        self.record = RecordCalls(caller)
        self.attachment = AttachmentCalls(caller)
        self.upload = UploadCalls(caller)
        self.purge = PurgeCalls(caller)
        self.retention = RetentionCalls(caller)
        self.hold = HoldCalls(caller)
        self.webhook = WebhookCalls(caller)
        self.events = EventsCalls(caller)
        self.tenant = TenantCalls(caller)
        self.token = TokenCalls(caller)
        self.server = ServerCalls(caller)
        self.health = HealthCalls(caller)
