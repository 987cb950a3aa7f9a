// Code generated from protocol/openrpc.json by stubgen. Do not edit.

package postroom

import (
	"context"
)

// Scope is a word of an open set: a newer server may say others. What a token allows: `read` looks, `send`
// sends mail, `manage` connects mailboxes and tracks threads, `purge` erases, `admin` makes tenants and tokens.
type Scope string

// Words of Scope.
const (
	ScopeRead   Scope = "read"
	ScopeSend   Scope = "send"
	ScopeManage Scope = "manage"
	ScopePurge  Scope = "purge"
	ScopeAdmin  Scope = "admin"
)

// TransportSecurity is a word of an open set: a newer server may say others. `tls`: TLS from the first octet;
// `starttls`: a plain start that is upgraded before anything is said.
type TransportSecurity string

// Words of TransportSecurity.
const (
	TransportSecurityTLS      TransportSecurity = "tls"
	TransportSecurityStarttls TransportSecurity = "starttls"
)

// SearchLevel is a word of an open set: a newer server may say others. How much of what is logged `mail.search`
// finds. `off`, unless set: nothing, and no index is kept; `metadata`: subjects, names and addresses; `full`:
// texts and the names of attachments too. A change is followed in the background; until then `mail.search` says
// that it is not `complete`.
type SearchLevel string

// Words of SearchLevel.
const (
	SearchLevelOff      SearchLevel = "off"
	SearchLevelMetadata SearchLevel = "metadata"
	SearchLevelFull     SearchLevel = "full"
)

// MailboxState is a word of an open set: a newer server may say others. `connecting`: the first sign-in;
// `syncing`: reading what is there; `live`: waiting for news; `retrying`: cut off for now; `disconnected`:
// stopped until `mailbox.reconnect`.
type MailboxState string

// Words of MailboxState.
const (
	MailboxStateConnecting   MailboxState = "connecting"
	MailboxStateSyncing      MailboxState = "syncing"
	MailboxStateLive         MailboxState = "live"
	MailboxStateRetrying     MailboxState = "retrying"
	MailboxStateDisconnected MailboxState = "disconnected"
)

// MailboxReason is a word of an open set: a newer server may say others. Why a mailbox is `retrying` or
// `disconnected`: `accessRevoked` (the provider wants the person to allow the access again), `passwordChanged`,
// `mailboxMigrated` (the server names another one, which is told in `detail` and never followed),
// `serverUnreachable` (for a day; it is still tried), `serverRevoked` (the account may not use IMAP),
// `certificateInvalid`, `quotaExceeded`, `throttled` (the provider wants to be left alone for a while),
// `turnedOff` (by `mailbox.disconnect`).
type MailboxReason string

// Words of MailboxReason.
const (
	MailboxReasonAccessRevoked      MailboxReason = "accessRevoked"
	MailboxReasonPasswordChanged    MailboxReason = "passwordChanged"
	MailboxReasonMailboxMigrated    MailboxReason = "mailboxMigrated"
	MailboxReasonServerUnreachable  MailboxReason = "serverUnreachable"
	MailboxReasonServerRevoked      MailboxReason = "serverRevoked"
	MailboxReasonCertificateInvalid MailboxReason = "certificateInvalid"
	MailboxReasonQuotaExceeded      MailboxReason = "quotaExceeded"
	MailboxReasonThrottled          MailboxReason = "throttled"
	MailboxReasonTurnedOff          MailboxReason = "turnedOff"
)

// FolderRole is a word of an open set: a newer server may say others. What a folder is for (RFC 6154, RFC 8621
// section 2).
type FolderRole string

// Words of FolderRole.
const (
	FolderRoleInbox   FolderRole = "inbox"
	FolderRoleSent    FolderRole = "sent"
	FolderRoleDrafts  FolderRole = "drafts"
	FolderRoleJunk    FolderRole = "junk"
	FolderRoleTrash   FolderRole = "trash"
	FolderRoleArchive FolderRole = "archive"
	FolderRoleAll     FolderRole = "all"
)

// MailboxProbe: What an account's servers offer, and what is made of it.
type MailboxProbe struct {
	IMAP ServerSettings `json:"imap"`

	SMTP *ServerSettings `json:"smtp,omitempty"`

	// What the IMAP server calls itself.
	Software *string `json:"software,omitempty"`

	// All that the IMAP server offers when signed in, upper case, sorted.
	Capabilities []string `json:"capabilities"`

	// The extensions that could be used, and what was decided of each.
	Features []ProbedFeature `json:"features"`

	// What is known of this kind of server besides what it says.
	Quirks []ProbedQuirk `json:"quirks"`

	ChangesBy ChangesBy `json:"changesBy"`

	NewsBy NewsBy `json:"newsBy"`

	// The largest mail that may be put into a folder; left out when the server does not say.
	AppendOctetsMax *int64 `json:"appendOctetsMax,omitempty"`

	// The largest mail that the submission server takes; left out when it does not say, or was not asked.
	SubmitOctetsMax *int64 `json:"submitOctetsMax,omitempty"`

	Folders []ProbedFolder `json:"folders"`

	SentFiling SentFiling `json:"sentFiling"`

	// The folder of sent mail.
	SentFolder *string `json:"sentFolder,omitempty"`
}

// ProbedFeature: An extension of IMAP and what was decided of it.
type ProbedFeature struct {
	// As in the list of capabilities.
	Name string `json:"name"`

	Decision FeatureDecision `json:"decision"`

	// One or two sentences for people.
	Reason string `json:"reason"`

	// Where the fact that decided is from.
	Source *string `json:"source,omitempty"`
}

// FeatureDecision is a word of an open set: a newer server may say others. `distrusted`: offered, and known not
// to do what it says; `passedOver`: offered, and something better is, too.
type FeatureDecision string

// Words of FeatureDecision.
const (
	FeatureDecisionUsed       FeatureDecision = "used"
	FeatureDecisionDistrusted FeatureDecision = "distrusted"
	FeatureDecisionPassedOver FeatureDecision = "passedOver"
	FeatureDecisionAbsent     FeatureDecision = "absent"
)

// ProbedQuirk: A fact about a kind of server.
type ProbedQuirk struct {
	// Stays the same between versions: `icloud-qresync`.
	ID string `json:"id"`

	Effect QuirkEffect `json:"effect"`

	// One sentence for people.
	Fact string `json:"fact"`

	// Where the fact is from.
	Source string `json:"source"`
}

// QuirkEffect is a word of an open set: a newer server may say others. `distrusts`: an extension is not used;
// `identifiesFirst`: ID goes before the sign-in; `note`: nothing is done otherwise.
type QuirkEffect string

// Words of QuirkEffect.
const (
	QuirkEffectDistrusts       QuirkEffect = "distrusts"
	QuirkEffectIdentifiesFirst QuirkEffect = "identifiesFirst"
	QuirkEffectNote            QuirkEffect = "note"
)

// ChangesBy is a word of an open set: a newer server may say others. How changed flags and deleted mail are
// found: told when a folder is opened; flags asked for since the last time and deletions by comparing numbers;
// or everything by comparing.
type ChangesBy string

// Words of ChangesBy.
const (
	ChangesByQresync    ChangesBy = "qresync"
	ChangesByCondstore  ChangesBy = "condstore"
	ChangesByComparison ChangesBy = "comparison"
)

// NewsBy is a word of an open set: a newer server may say others. How new mail is noticed: pushed for all
// folders, pushed for the inbox, or asked for at intervals.
type NewsBy string

// Words of NewsBy.
const (
	NewsByNotify  NewsBy = "notify"
	NewsByIdle    NewsBy = "idle"
	NewsByPolling NewsBy = "polling"
)

// ProbedFolder: A folder on the server.
type ProbedFolder struct {
	// As a person reads it.
	Name string `json:"name"`

	Role *FolderRole `json:"role,omitempty"`

	// Its mail is, or would be, read.
	Syncs bool `json:"syncs"`

	// Left out when it was not asked or the server would not say.
	Messages *int64 `json:"messages,omitempty"`
}

// MailboxAudit: A mailbox's server and what is kept, compared.
type MailboxAudit struct {
	MailboxID string `json:"mailboxId"`

	At string `json:"at"`

	// Messages in all folders.
	OnServer int64 `json:"onServer"`

	// Of these, those whose body is kept.
	Logged int64 `json:"logged"`

	// Differences without a reason: `unexplained` and `onlyHere` of all folders. 0 is what must be.
	Unexplained int64 `json:"unexplained"`

	Folders []FolderAudit `json:"folders"`
}

// FolderAudit: A folder of the server's and what is kept of it.
type FolderAudit struct {
	// As a person reads it.
	Name string `json:"name"`

	Role *FolderRole `json:"role,omitempty"`

	// Its mail is read.
	Syncs bool `json:"syncs"`

	// Messages that the server has.
	OnServer int64 `json:"onServer"`

	// Of these, those whose body is kept.
	Logged int64 `json:"logged"`

	// Messages that have a place here and none on the server, though it was asked twice.
	OnlyHere int64 `json:"onlyHere"`

	// All messages of the server's that are not `logged`, by the reason; a reason without mails is left out.
	Absent []AbsentMails `json:"absent"`

	// The first UIDs of those without a reason, as IMAP writes sets.
	DoubtfulUids *string `json:"doubtfulUids,omitempty"`
}

// AbsentMails: How many mails are not kept for one reason.
type AbsentMails struct {
	Reason AbsenceReason `json:"reason"`

	Mails int64 `json:"mails"`
}

// AbsenceReason is a word of an open set: a newer server may say others. Why a mail is not kept: `notTracked`
// (it belongs to no conversation that is tracked; its header is), `duplicate` (another mailbox of the tenant
// logged it), `wanted` (its body is fetched next), `gone` (it went from all folders before its body was read),
// `purged` (it was erased), `folderNotRead` (junk, trash, drafts, labels), `folderClosed` (the server does not
// open the folder), `notReadYet`, `renumbered` (the server gave the folder new numbers, and it is read anew),
// `unexplained` (none of these: a fault).
type AbsenceReason string

// Words of AbsenceReason.
const (
	AbsenceReasonNotTracked    AbsenceReason = "notTracked"
	AbsenceReasonDuplicate     AbsenceReason = "duplicate"
	AbsenceReasonWanted        AbsenceReason = "wanted"
	AbsenceReasonGone          AbsenceReason = "gone"
	AbsenceReasonPurged        AbsenceReason = "purged"
	AbsenceReasonFolderNotRead AbsenceReason = "folderNotRead"
	AbsenceReasonFolderClosed  AbsenceReason = "folderClosed"
	AbsenceReasonNotReadYet    AbsenceReason = "notReadYet"
	AbsenceReasonRenumbered    AbsenceReason = "renumbered"
	AbsenceReasonUnexplained   AbsenceReason = "unexplained"
)

// SentFiling is a word of an open set: a newer server may say others. How a sent mail comes into a folder: the
// provider does it; it is appended where it is not there; or there is no such folder.
type SentFiling string

// Words of SentFiling.
const (
	SentFilingProvider SentFiling = "provider"
	SentFilingAppend   SentFiling = "append"
	SentFilingNone     SentFiling = "none"
)

// SyncPhase is a word of an open set: a newer server may say others. What the mailbox's worker does: `stopped`
// (turned off, disconnected, or an erasure runs), `connecting`, `reading` (older mail for the first time,
// newest first; new mail is seen meanwhile), `live` (all is read, new mail is waited for), `waiting` (for the
// next attempt after a failure), `paused` (older mail is left for later, after `sync.cancel`; new mail is
// seen).
type SyncPhase string

// Words of SyncPhase.
const (
	SyncPhaseStopped    SyncPhase = "stopped"
	SyncPhaseConnecting SyncPhase = "connecting"
	SyncPhaseReading    SyncPhase = "reading"
	SyncPhaseLive       SyncPhase = "live"
	SyncPhaseWaiting    SyncPhase = "waiting"
	SyncPhasePaused     SyncPhase = "paused"
)

// Direction is a word of an open set: a newer server may say others. `outgoing`: from the mailbox's own
// address.
type Direction string

// Words of Direction.
const (
	DirectionIncoming Direction = "incoming"
	DirectionOutgoing Direction = "outgoing"
)

// MailState is a word of an open set: a newer server may say others. What of a mail is kept: `envelope` (the
// header only; the body was never read), `wanted` (the body is fetched next), `logged` (the body is stored),
// `duplicate` (another mailbox of the tenant logged it), `gone` (the server lost it before it was logged).
type MailState string

// Words of MailState.
const (
	MailStateEnvelope  MailState = "envelope"
	MailStateWanted    MailState = "wanted"
	MailStateLogged    MailState = "logged"
	MailStateDuplicate MailState = "duplicate"
	MailStateGone      MailState = "gone"
)

// MatchRule is a word of an open set: a newer server may say others. By which rule a mail joined its thread:
// `sent` (by `mail.send`), `tracked` (by `thread.track`), `inReplyTo` and `references` (it names a mail of the
// thread), `child` (it does, and came before that one), `bcc`, `forward`, `header` (it was logged by its
// address or its header), `providerThread` (the provider has it in the same conversation), `threadIndex`
// (Exchange does), `subject` (a guess: same subject, participants in common, soon after), `fork` (it names a
// mail of another thread, with a subject and people of its own), `contact` (a known contact's). `confidence`
// says how sure that is.
type MatchRule string

// Words of MatchRule.
const (
	MatchRuleSent           MatchRule = "sent"
	MatchRuleTracked        MatchRule = "tracked"
	MatchRuleInReplyTo      MatchRule = "inReplyTo"
	MatchRuleReferences     MatchRule = "references"
	MatchRuleChild          MatchRule = "child"
	MatchRuleBcc            MatchRule = "bcc"
	MatchRuleForward        MatchRule = "forward"
	MatchRuleHeader         MatchRule = "header"
	MatchRuleProviderThread MatchRule = "providerThread"
	MatchRuleThreadIndex    MatchRule = "threadIndex"
	MatchRuleSubject        MatchRule = "subject"
	MatchRuleFork           MatchRule = "fork"
	MatchRuleContact        MatchRule = "contact"
)

// MailKind is a word of an open set: a newer server may say others. What a mail is besides a letter: a report
// that another was not delivered, is late or was delivered; a read receipt; an automatic answer; a mail with an
// appointment; a mail that came by a list. The first that fits.
type MailKind string

// Words of MailKind.
const (
	MailKindBounce      MailKind = "bounce"
	MailKindDelay       MailKind = "delay"
	MailKindDelivery    MailKind = "delivery"
	MailKindReadReceipt MailKind = "readReceipt"
	MailKindAutoReply   MailKind = "autoReply"
	MailKindInvitation  MailKind = "invitation"
	MailKindList        MailKind = "list"
)

// DeliveryAction is a word of an open set: a newer server may say others. What became of a mail (RFC 3464,
// section 2.3.3). `delayed`: it is tried again.
type DeliveryAction string

// Words of DeliveryAction.
const (
	DeliveryActionFailed    DeliveryAction = "failed"
	DeliveryActionDelayed   DeliveryAction = "delayed"
	DeliveryActionDelivered DeliveryAction = "delivered"
	DeliveryActionRelayed   DeliveryAction = "relayed"
	DeliveryActionExpanded  DeliveryAction = "expanded"
)

// BounceSeverity is a word of an open set: a newer server may say others. `hard`: the address takes no mail and
// will not, stop writing to it. `soft`: another time or another mail may pass.
type BounceSeverity string

// Words of BounceSeverity.
const (
	BounceSeverityHard BounceSeverity = "hard"
	BounceSeveritySoft BounceSeverity = "soft"
)

// BounceCause is a word of an open set: a newer server may say others. Why a mail was not delivered, read from
// the server's words first and its codes second.
type BounceCause string

// Words of BounceCause.
const (
	BounceCauseUnknownUser     BounceCause = "unknownUser"
	BounceCauseDisabledMailbox BounceCause = "disabledMailbox"
	BounceCauseUnknownDomain   BounceCause = "unknownDomain"
	BounceCauseRefusesMail     BounceCause = "refusesMail"
	BounceCauseMailboxFull     BounceCause = "mailboxFull"
	BounceCauseTooLarge        BounceCause = "tooLarge"
	BounceCauseSpam            BounceCause = "spam"
	BounceCausePolicy          BounceCause = "policy"
	BounceCauseAuthentication  BounceCause = "authentication"
	BounceCauseBlockedSender   BounceCause = "blockedSender"
	BounceCauseRateLimited     BounceCause = "rateLimited"
	BounceCauseUnreachable     BounceCause = "unreachable"
	BounceCauseExpired         BounceCause = "expired"
	BounceCauseLoop            BounceCause = "loop"
	BounceCauseContent         BounceCause = "content"
	BounceCauseRelayDenied     BounceCause = "relayDenied"
	BounceCauseProtocolError   BounceCause = "protocolError"
	BounceCauseVirus           BounceCause = "virus"
	BounceCauseOther           BounceCause = "other"
)

// MailOrigin is a word of an open set: a newer server may say others. `timeline`: sent one-to-one; `sequence`:
// by an automated series; `inbox`: read from a folder.
type MailOrigin string

// Words of MailOrigin.
const (
	MailOriginTimeline MailOrigin = "timeline"
	MailOriginSequence MailOrigin = "sequence"
	MailOriginInbox    MailOrigin = "inbox"
)

// SendOrigin is a word of an open set: a newer server may say others. `timeline`: one-to-one; `sequence`: an
// automated series, kept until the tenant goes.
type SendOrigin string

// Words of SendOrigin.
const (
	SendOriginTimeline SendOrigin = "timeline"
	SendOriginSequence SendOrigin = "sequence"
)

// SubmissionState is a word of an open set: a newer server may say others. `queued`, `sending`, `dataOpen` (the
// message is being handed over), `accepted` (by the submission server), `deferred` (tried again later),
// `failed`, `unknown` (cut off while handing over; being found out, not sent again), `cancelled`.
type SubmissionState string

// Words of SubmissionState.
const (
	SubmissionStateQueued    SubmissionState = "queued"
	SubmissionStateSending   SubmissionState = "sending"
	SubmissionStateDataOpen  SubmissionState = "dataOpen"
	SubmissionStateAccepted  SubmissionState = "accepted"
	SubmissionStateDeferred  SubmissionState = "deferred"
	SubmissionStateFailed    SubmissionState = "failed"
	SubmissionStateUnknown   SubmissionState = "unknown"
	SubmissionStateCancelled SubmissionState = "cancelled"
)

// SentCopy is a word of an open set: a newer server may say others. What became of the copy in the Sent folder:
// `pending`, `provider` (the provider files it itself), `appended`, `skipped` (no folder for sent mail),
// `failed`.
type SentCopy string

// Words of SentCopy.
const (
	SentCopyPending  SentCopy = "pending"
	SentCopyProvider SentCopy = "provider"
	SentCopyAppended SentCopy = "appended"
	SentCopySkipped  SentCopy = "skipped"
	SentCopyFailed   SentCopy = "failed"
)

// Disposition is a word of an open set: a newer server may say others. How an attachment is meant to be shown.
type Disposition string

// Words of Disposition.
const (
	DispositionAttachment Disposition = "attachment"
	DispositionInline     Disposition = "inline"
)

// UploadState is a word of an open set: a newer server may say others. `open`: pieces are taken; `committed`:
// complete, mails can carry it.
type UploadState string

// Words of UploadState.
const (
	UploadStateOpen      UploadState = "open"
	UploadStateCommitted UploadState = "committed"
)

// PurgeKind is a word of an open set: a newer server may say others. What an erasure takes. `retention` is what
// was kept long enough: the server's own, not a scope to ask for.
type PurgeKind string

// Words of PurgeKind.
const (
	PurgeKindTenant    PurgeKind = "tenant"
	PurgeKindMailbox   PurgeKind = "mailbox"
	PurgeKindContact   PurgeKind = "contact"
	PurgeKindThread    PurgeKind = "thread"
	PurgeKindMail      PurgeKind = "mail"
	PurgeKindAge       PurgeKind = "age"
	PurgeKindRecord    PurgeKind = "record"
	PurgeKindRetention PurgeKind = "retention"
)

// PurgeState is a word of an open set: a newer server may say others. `running`: erasing; `verifying`: emptying
// logs and counting what is left; `done`: the receipt is complete.
type PurgeState string

// Words of PurgeState.
const (
	PurgeStateRunning   PurgeState = "running"
	PurgeStateVerifying PurgeState = "verifying"
	PurgeStateDone      PurgeState = "done"
)

// EventType is a word of an open set: a newer server may say others. What happened. `mail.bounced`,
// `mail.delayed` and `mail.autoReplied` are about the mail in `mailId`, which was sent; fact `by` names the
// mail that brought the news.
type EventType string

// Words of EventType.
const (
	EventTypeMailboxConnected EventType = "mailbox.connected"
	EventTypeMailboxState     EventType = "mailbox.state"
	EventTypeMailboxDeleted   EventType = "mailbox.deleted"
	EventTypeSyncCompleted    EventType = "sync.completed"
	EventTypeMailLogged       EventType = "mail.logged"
	EventTypeMailGone         EventType = "mail.gone"
	EventTypeMailDeleted      EventType = "mail.deleted"
	EventTypeMailRestored     EventType = "mail.restored"
	EventTypeMailBounced      EventType = "mail.bounced"
	EventTypeMailDelayed      EventType = "mail.delayed"
	EventTypeMailAutoReplied  EventType = "mail.autoReplied"
	EventTypeSubmissionState  EventType = "submission.state"
	EventTypeThreadTracked    EventType = "thread.tracked"
	EventTypeThreadUntracked  EventType = "thread.untracked"
	EventTypeThreadSplit      EventType = "thread.split"
	EventTypeThreadMerged     EventType = "thread.merged"
	EventTypePurgeDone        EventType = "purge.done"
	EventTypeWebhookState     EventType = "webhook.state"
)

// MailServer is a word of an open set: a newer server may say others. One of a mailbox's two servers.
type MailServer string

// Words of MailServer.
const (
	MailServerIMAP MailServer = "imap"
	MailServerSMTP MailServer = "smtp"
)

// ConnectStep is a word of an open set: a newer server may say others. `resolve` (the host's addresses),
// `connect`, `tls`, `greeting` (with STARTTLS where that is used), `login`, `list` (of the folders).
type ConnectStep string

// Words of ConnectStep.
const (
	ConnectStepResolve  ConnectStep = "resolve"
	ConnectStepConnect  ConnectStep = "connect"
	ConnectStepTLS      ConnectStep = "tls"
	ConnectStepGreeting ConnectStep = "greeting"
	ConnectStepLogin    ConnectStep = "login"
	ConnectStepList     ConnectStep = "list"
)

// Framing is a word of an open set: a newer server may say others. How messages are told apart: JSON values one
// after another; LSP's header; gRPC's message prefix; HTTP/1.1; WebSocket; `undecided`: no octet has come yet.
type Framing string

// Words of Framing.
const (
	FramingLines         Framing = "lines"
	FramingContentLength Framing = "contentLength"
	FramingLengthPrefix  Framing = "lengthPrefix"
	FramingHTTP          Framing = "http"
	FramingWebSocket     Framing = "webSocket"
	FramingUndecided     Framing = "undecided"
)

// ServerFeature is a word of an open set: a newer server may say others. `batch`; `cancel`: `rpc.cancel` and
// `$/cancelRequest`; `progress`: `$/progress`; `streams`: with credit, both ways; `idempotency`:
// `_meta.idempotencyKey`; `positional`: params in an array; `version1`: JSON-RPC 1.0; `compression`: packed
// messages, permessage-deflate; `tracing`: spans are recorded.
type ServerFeature string

// Words of ServerFeature.
const (
	ServerFeatureBatch       ServerFeature = "batch"
	ServerFeatureCancel      ServerFeature = "cancel"
	ServerFeatureProgress    ServerFeature = "progress"
	ServerFeatureStreams     ServerFeature = "streams"
	ServerFeatureIdempotency ServerFeature = "idempotency"
	ServerFeaturePositional  ServerFeature = "positional"
	ServerFeatureVersion1    ServerFeature = "version1"
	ServerFeatureCompression ServerFeature = "compression"
	ServerFeatureTracing     ServerFeature = "tracing"
)

// LogLevel is a word of an open set: a newer server may say others. How much a line of the log matters,
// ascending.
type LogLevel string

// Words of LogLevel.
const (
	LogLevelTrace    LogLevel = "trace"
	LogLevelDebug    LogLevel = "debug"
	LogLevelInfo     LogLevel = "info"
	LogLevelNotice   LogLevel = "notice"
	LogLevelWarning  LogLevel = "warning"
	LogLevelError    LogLevel = "error"
	LogLevelCritical LogLevel = "critical"
)

// ServingStatus is a word of an open set: a newer server may say others. As in gRPC's health protocol.
type ServingStatus string

// Words of ServingStatus.
const (
	ServingStatusServing    ServingStatus = "SERVING"
	ServingStatusNotServing ServingStatus = "NOT_SERVING"
)

// Address: A name and an address, as in a From header.
type Address struct {
	// The display name.
	Name *string `json:"name,omitempty"`

	Email string `json:"email"`
}

// ServerChoice: Where a mail server is. What is left out is found by trying, encrypted ways only (IMAP 993,
// then submission 465 and 587).
type ServerChoice struct {
	Host string `json:"host"`

	Port *int64 `json:"port,omitempty"`

	Security *TransportSecurity `json:"security,omitempty"`
}

// ConnectProgress: A step of signing in to a mailbox's servers that begins.
type ConnectProgress struct {
	Server MailServer `json:"server"`

	Step ConnectStep `json:"step"`

	Host string `json:"host"`

	Port int64 `json:"port"`
}

// ServerSettings: Where a mail server is and how it is spoken to.
type ServerSettings struct {
	Host string `json:"host"`

	Port int64 `json:"port"`

	Security TransportSecurity `json:"security"`
}

// Mailbox: A connected e-mail account. Its password is never answered.
type Mailbox struct {
	ID string `json:"id"`

	Email string `json:"email"`

	// The name that stands in From of mail sent from here.
	DisplayName *string `json:"displayName,omitempty"`

	// What it signs in as.
	UserName string `json:"userName"`

	IMAP ServerSettings `json:"imap"`

	SMTP ServerSettings `json:"smtp"`

	State MailboxState `json:"state"`

	Reason *MailboxReason `json:"reason,omitempty"`

	// What happened last, in words for a person.
	Detail *string `json:"detail,omitempty"`

	// With a `reason`: what the person whose mailbox it is can do.
	Advice *string `json:"advice,omitempty"`

	NextAttemptAt *string `json:"nextAttemptAt,omitempty"`

	// The provider files sent mail itself, so no copy is appended to Sent.
	ProviderFilesSentMail bool `json:"providerFilesSentMail"`

	// Attachments of logged mail are kept.
	LogAttachments bool `json:"logAttachments"`

	// What may stand in From of mail sent from here, besides its own address.
	Identities []Address `json:"identities,omitempty"`

	SendLimits *SendLimits `json:"sendLimits,omitempty"`

	// Who gives access tokens for it; absent where it signs in by a password.
	OauthProvider *string `json:"oauthProvider,omitempty"`

	// In the answer of `mailbox.get` only.
	Use *ProviderUse `json:"use,omitempty"`

	CreatedAt string `json:"createdAt"`
}

// DiscoverySource is a word of an open set: a newer server may say others. Where servers were found: built in;
// in a document that the domain serves; in the domain's SRV records, which nothing proves; or by who takes the
// domain's mail.
type DiscoverySource string

// Words of DiscoverySource.
const (
	DiscoverySourceTable      DiscoverySource = "table"
	DiscoverySourceAutoconfig DiscoverySource = "autoconfig"
	DiscoverySourceSrv        DiscoverySource = "srv"
	DiscoverySourceMx         DiscoverySource = "mx"
)

// DiscoveryOutcome is a word of an open set: a newer server may say others. What came of a way of looking;
// `failed`: it could not be asked.
type DiscoveryOutcome string

// Words of DiscoveryOutcome.
const (
	DiscoveryOutcomeFound   DiscoveryOutcome = "found"
	DiscoveryOutcomeNothing DiscoveryOutcome = "nothing"
	DiscoveryOutcomeFailed  DiscoveryOutcome = "failed"
)

// DiscoveryLook: One way of looking, and what came of it.
type DiscoveryLook struct {
	Source DiscoverySource `json:"source"`

	Outcome DiscoveryOutcome `json:"outcome"`
}

// DiscoveredServers: Servers that an address may have. `imap`, `smtp` and `userName` go into `mailbox.connect`
// as they are.
type DiscoveredServers struct {
	Source DiscoverySource `json:"source"`

	// Whose servers these are, where that is known.
	Provider *string `json:"provider,omitempty"`

	IMAP ServerSettings `json:"imap"`

	SMTP ServerSettings `json:"smtp"`

	// What people sign in as there.
	UserName string `json:"userName"`

	// Who would give access tokens; it can be used when `oauth.providers` has it.
	OauthProvider *string `json:"oauthProvider,omitempty"`

	// For the person.
	Notes []string `json:"notes"`
}

// MailboxDiscovery: What was found of the servers of an address.
type MailboxDiscovery struct {
	Email string `json:"email"`

	// The likeliest first; empty when nothing was found.
	Candidates []DiscoveredServers `json:"candidates"`

	Looked []DiscoveryLook `json:"looked"`
}

// OAuthAccess: What access tokens are had by: the grant of `oauth.complete` or `oauth.wait`; or a refresh token
// that the caller has got itself, with the client id that this server has for the provider.
type OAuthAccess struct {
	GrantID *string `json:"grantId,omitempty"`

	Provider *string `json:"provider,omitempty"`

	RefreshToken *Secret `json:"refreshToken,omitempty"`
}

// OAuthProviderInfo: A provider, and which ways it offers.
type OAuthProviderInfo struct {
	Name string `json:"name"`

	// `oauth.begin` can be used.
	Authorization bool `json:"authorization"`

	// `oauth.device` can be used.
	Device bool `json:"device"`
}

// OAuthProviderList: Providers by name.
type OAuthProviderList struct {
	Providers []OAuthProviderInfo `json:"providers"`
}

// OAuthAuthorization: Where to send a person.
type OAuthAuthorization struct {
	URL string `json:"url"`

	// Comes back with the code; keep it with the person's session.
	State string `json:"state"`

	ExpiresAt string `json:"expiresAt"`
}

// OAuthGrant: Tokens that wait in the server to be used, by this tenant only.
type OAuthGrant struct {
	GrantID string `json:"grantId"`

	ExpiresAt string `json:"expiresAt"`
}

// OAuthDevice: What a person is shown.
type OAuthDevice struct {
	GrantID string `json:"grantId"`

	UserCode string `json:"userCode"`

	VerificationUri string `json:"verificationUri"`

	// The same with the code in it.
	VerificationUriComplete *string `json:"verificationUriComplete,omitempty"`

	ExpiresAt string `json:"expiresAt"`
}

// ProviderUse: What a mailbox uses of what its provider allows. Counted since the server's start.
type ProviderUse struct {
	// IMAP connections now.
	Connections int64 `json:"connections"`

	ConnectionsMax int64 `json:"connectionsMax"`

	// Octets read by IMAP within a day that began with the first of them.
	OctetsRead int64 `json:"octetsRead"`

	// When so many are read, older mail waits for the next day; new mail is read. Without it there is no limit.
	OctetsPerDayMax *int64 `json:"octetsPerDayMax,omitempty"`
}

// SendLimits: How many mails may leave; without a number there is no limit.
type SendLimits struct {
	// Within a minute.
	PerMinute *int64 `json:"perMinute,omitempty"`

	// Within 24 hours.
	PerDay *int64 `json:"perDay,omitempty"`
}

// SendLimit is a word of an open set: a newer server may say others. Which limit a mail waits for.
type SendLimit string

// Words of SendLimit.
const (
	SendLimitMailboxPerMinute SendLimit = "mailboxPerMinute"
	SendLimitMailboxPerDay    SendLimit = "mailboxPerDay"
	SendLimitTenantPerMinute  SendLimit = "tenantPerMinute"
	SendLimitTenantPerDay     SendLimit = "tenantPerDay"
)

// MailboxList: The mailboxes of the tenant, oldest first.
type MailboxList struct {
	Mailboxes []Mailbox `json:"mailboxes"`
}

// Folder: A folder of a mailbox (an IMAP mailbox).
type Folder struct {
	ID string `json:"id"`

	MailboxID string `json:"mailboxId"`

	// As a person reads it, with the server's hierarchy delimiter.
	Name string `json:"name"`

	Role *FolderRole `json:"role,omitempty"`

	// Its mail is read.
	Syncs bool `json:"syncs"`

	// Messages whose envelope is stored.
	Stored int64 `json:"stored"`

	// Messages the server said are in it.
	Total int64 `json:"total"`

	// All of its history has been read.
	Complete bool `json:"complete"`
}

// FolderList: The folders of a mailbox.
type FolderList struct {
	Folders []Folder `json:"folders"`
}

// FolderProgress: How far a folder has been read.
type FolderProgress struct {
	FolderID string `json:"folderId"`

	Name string `json:"name"`

	Role *FolderRole `json:"role,omitempty"`

	Stored int64 `json:"stored"`

	Total int64 `json:"total"`

	Complete bool `json:"complete"`
}

// SyncStatus: How far a mailbox has been read.
type SyncStatus struct {
	MailboxID string `json:"mailboxId"`

	State MailboxState `json:"state"`

	Phase SyncPhase `json:"phase"`

	// Folders that are synced.
	Folders []FolderProgress `json:"folders"`

	// Sum over the folders.
	Stored int64 `json:"stored"`

	// Sum over the folders.
	Total int64 `json:"total"`

	// Over the last seconds; 0 when nothing runs.
	MessagesPerSecond float64 `json:"messagesPerSecond"`

	// An estimate; absent when there is none.
	SecondsLeft *int64 `json:"secondsLeft,omitempty"`

	// The history of all folders has been read.
	Complete bool `json:"complete"`
}

// Mail: A mail of a mailbox, however many folders show it. Names as in JMAP (RFC 8621).
type Mail struct {
	ID string `json:"id"`

	MailboxID string `json:"mailboxId"`

	ThreadID *string `json:"threadId,omitempty"`

	MessageID *string `json:"messageId,omitempty"`

	InReplyTo []string `json:"inReplyTo"`

	References []string `json:"references"`

	From []Address `json:"from"`

	Sender []Address `json:"sender"`

	ReplyTo []Address `json:"replyTo"`

	To []Address `json:"to"`

	Cc []Address `json:"cc"`

	Bcc []Address `json:"bcc"`

	Subject string `json:"subject"`

	// The first words of the body; only in answers that carry the body.
	Preview *string `json:"preview,omitempty"`

	SentAt *string `json:"sentAt,omitempty"`

	ReceivedAt string `json:"receivedAt"`

	Direction Direction `json:"direction"`

	State MailState `json:"state"`

	MatchedBy *MatchRule `json:"matchedBy,omitempty"`

	Origin MailOrigin `json:"origin"`

	// IMAP flags in JMAP's spelling: $seen, $answered, ...
	Keywords []string `json:"keywords"`

	// Octets of the message.
	Size int64 `json:"size"`

	HasAttachment bool `json:"hasAttachment"`

	// It was deleted then and waits for its erasure.
	DeletedAt *string `json:"deletedAt,omitempty"`

	IsAutoReply bool `json:"isAutoReply"`

	IsBounce bool `json:"isBounce"`

	// True when the mail, or its header alone, could not be parsed: it is kept as it came, and `mail.source`
	// has it.
	ParseFailed *bool `json:"parseFailed,omitempty"`

	// How sure `matchedBy` is: 1 where a Message-ID or a person decided, 0.99 for `providerThread` and
	// `threadIndex`, 0.9 for `subject` and `fork`.
	Confidence *float64 `json:"confidence,omitempty"`

	LoggedAt *string `json:"loggedAt,omitempty"`
}

// MailBody: The content of a logged mail.
type MailBody struct {
	// Plain text; made from the HTML where there is none.
	Text string `json:"text"`

	// The HTML with everything that runs or fetches taken out.
	HTML *string `json:"html,omitempty"`

	// The text without quoted history and signature.
	ReplyText string `json:"replyText"`

	// The quoted history.
	QuotedText string `json:"quotedText"`

	// The signature.
	Signature string `json:"signature"`

	// What told the author's text from the history: `none` (all is the author's), `attribution` (“On … Jane
	// wrote:” in any language), `original-message`, `header-block`, `quote-marks` (`>`), `forward` (the quoted
	// text is the mail handed on), `inline` (answers between the quotations, which stay), `signature` (nothing
	// but a signature was split off), `reply-above-line`, or the mark of a client in its HTML: `gmail_quote`,
	// `cite`, `moz-cite-prefix`, `divRplyFwdMsg`, `appendonsend`, `outlook-border`, `outlook-header`,
	// `outlook-mac`, `outlook-mobile`, `windows-live`, `yahoo_quoted`, `protonmail_quote`, `tutanota_quote` and
	// others. More words may come.
	SplitBy string `json:"splitBy"`
}

// Attachment: A part of a mail that is not its text. `attachment.get` streams it.
type Attachment struct {
	BlobID string `json:"blobId"`

	// A file name without a path.
	Name string `json:"name"`

	// The media type.
	Type string `json:"type"`

	// Octets when decoded.
	Size int64 `json:"size"`

	Disposition Disposition `json:"disposition"`

	// The Content-ID that the HTML names it by, without angle brackets.
	CID *string `json:"cid,omitempty"`
}

// MailDetail: A mail with its content.
type MailDetail struct {
	Mail Mail `json:"mail"`

	Body *MailBody `json:"body,omitempty"`

	Attachments []Attachment `json:"attachments"`

	Kind *MailKind `json:"kind,omitempty"`

	Report *DeliveryReport `json:"report,omitempty"`

	Receipt *ReadReceipt `json:"receipt,omitempty"`

	Invitation *Invitation `json:"invitation,omitempty"`

	List *MailingList `json:"list,omitempty"`

	Sender *SenderSigns `json:"sender,omitempty"`

	// Of a mail that was sent: what was reported about its delivery since, for each recipient.
	Deliveries []DeliveryNews `json:"deliveries,omitempty"`
}

// DeliveryReport: What a mail reports about the delivery of another (RFC 3464), also where it does so in prose.
type DeliveryReport struct {
	Action DeliveryAction `json:"action"`

	Severity *BounceSeverity `json:"severity,omitempty"`

	Cause *BounceCause `json:"cause,omitempty"`

	Recipients []ReportedRecipient `json:"recipients"`

	OriginalMessageID *string `json:"originalMessageId,omitempty"`

	OriginalMailID *string `json:"originalMailId,omitempty"`

	// The subject of the mail that is reported on.
	OriginalSubject *string `json:"originalSubject,omitempty"`

	// The server that reports.
	ReportingServer *string `json:"reportingServer,omitempty"`

	// It came in the form of RFC 3464.
	Standard bool `json:"standard"`
}

// ReportedRecipient: What became of a mail for one recipient.
type ReportedRecipient struct {
	// The address that the mail was to be delivered to.
	Email *string `json:"email,omitempty"`

	// The address that it was sent to, where the report tells.
	OriginalEmail *string `json:"originalEmail,omitempty"`

	Action DeliveryAction `json:"action"`

	Severity *BounceSeverity `json:"severity,omitempty"`

	Cause *BounceCause `json:"cause,omitempty"`

	// The enhanced status code (RFC 3463), such as `5.1.1`.
	Status *string `json:"status,omitempty"`

	// The server's words.
	Diagnostic *string `json:"diagnostic,omitempty"`

	// The server that said so.
	RemoteServer *string `json:"remoteServer,omitempty"`
}

// DeliveryNews: What was reported about one recipient of a mail.
type DeliveryNews struct {
	// The recipient, where the report names one.
	Email *string `json:"email,omitempty"`

	Action DeliveryAction `json:"action"`

	Severity *BounceSeverity `json:"severity,omitempty"`

	Cause *BounceCause `json:"cause,omitempty"`

	// The enhanced status code (RFC 3463), such as `5.1.1`.
	Status *string `json:"status,omitempty"`

	// The server's words.
	Diagnostic *string `json:"diagnostic,omitempty"`

	ReportMailID string `json:"reportMailId"`

	At string `json:"at"`
}

// ReadReceipt: What a reader, or a program, did with a mail (RFC 8098).
type ReadReceipt struct {
	// `displayed`, `deleted`, `dispatched`, `processed`, `denied` or `failed`.
	Disposition string `json:"disposition"`

	// A program did it, not the recipient.
	Automatic bool `json:"automatic"`

	// Whose receipt it is.
	Recipient *string `json:"recipient,omitempty"`

	OriginalMessageID *string `json:"originalMessageId,omitempty"`
}

// Invitation: What a mail says about an appointment: the first event of its calendar part (RFC 5545).
type Invitation struct {
	// What is wanted (RFC 5546): `REQUEST`, `REPLY`, `CANCEL`, `COUNTER`, `PUBLISH`, ...
	Method *string `json:"method,omitempty"`

	// Names the appointment in all calendars.
	UID *string `json:"uid,omitempty"`

	// What it is about.
	Summary *string `json:"summary,omitempty"`

	// Where it is.
	Location *string `json:"location,omitempty"`

	Start *CalendarTime `json:"start,omitempty"`

	End *CalendarTime `json:"end,omitempty"`

	Organizer *CalendarPerson `json:"organizer,omitempty"`

	Attendees []CalendarPerson `json:"attendees"`

	// Counts changes of the appointment.
	Sequence int64 `json:"sequence"`

	// `CONFIRMED`, `TENTATIVE` or `CANCELLED`.
	Status *string `json:"status,omitempty"`

	// It takes place more than once.
	Repeats bool `json:"repeats"`
}

// CalendarTime: A date, or a date and time of day, as the calendar part has it.
type CalendarTime struct {
	// `2025-03-04`, or `2025-03-04T09:30:00`, with `Z` behind it when it is UTC.
	At string `json:"at"`

	// The zone as the part calls it; absent for UTC, dates and times that hold wherever one is.
	TimeZone *string `json:"timeZone,omitempty"`

	// It is a whole day.
	IsDate bool `json:"isDate"`
}

// CalendarPerson: Somebody who takes part.
type CalendarPerson struct {
	// The name, where one is given.
	Name *string `json:"name,omitempty"`

	// The address.
	Email string `json:"email"`

	// `ACCEPTED`, `DECLINED`, `TENTATIVE`, `NEEDS-ACTION`, ...; absent when it is not said.
	Answer *string `json:"answer,omitempty"`
}

// MailingList: The list that a mail came by (RFC 2369, RFC 2919, RFC 8058). All addresses are of kinds that may
// be opened: https, http, mailto.
type MailingList struct {
	// The identifier of List-Id, lower-case.
	ID *string `json:"id,omitempty"`

	// The name beside it.
	Name *string `json:"name,omitempty"`

	// The addresses of List-Unsubscribe, in order.
	Unsubscribe []string `json:"unsubscribe"`

	// A POST of `List-Unsubscribe=One-Click` here ends the subscription without a further question (RFC 8058).
	OneClickURL *string `json:"oneClickUrl,omitempty"`

	// Where to write to the list.
	Post *string `json:"post,omitempty"`

	// Where its mails are kept.
	Archive *string `json:"archive,omitempty"`

	// Where it is explained.
	Help *string `json:"help,omitempty"`
}

// SenderSigns: What about the sender may deceive a reader; absent when nothing does. None of it is proof.
type SenderSigns struct {
	// There is more than one From field: programs differ in which they show.
	SeveralFromFields bool `json:"severalFromFields"`

	// More than one author, and no Sender.
	SeveralAuthors bool `json:"severalAuthors"`

	// The display name holds another address than the mail comes from.
	NameIsOtherAddress bool `json:"nameIsOtherAddress"`

	// Letters of several scripts in one word of a name or one label of a domain.
	MixedScripts bool `json:"mixedScripts"`

	// A name or address holds marks that turn the direction of text.
	TurnsDirection bool `json:"turnsDirection"`

	// The domain as DNS has it (`xn--...`), where it has other letters than ASCII.
	DomainInAscii *string `json:"domainInAscii,omitempty"`
}

// MailPage: Mails, newest first.
type MailPage struct {
	Mails []Mail `json:"mails"`

	Cursor *string `json:"cursor,omitempty"`
}

// MailSearchPage: Mails that were found, newest first.
type MailSearchPage struct {
	Mails []Mail `json:"mails"`

	Cursor *string `json:"cursor,omitempty"`

	// Whether all logged mail could be searched; false while the index is catching up.
	Complete bool `json:"complete"`
}

// OutgoingAttachment: A file to send: its content as `data`, an upload that has it, or an attachment of a
// stored mail. Exactly one of the three.
type OutgoingAttachment struct {
	// The file name the receiver sees; needed with `data`, else that of the upload or attachment when left out.
	Name *string `json:"name,omitempty"`

	// The media type; needed with `data`, else that of the upload or attachment when left out.
	Type *string `json:"type,omitempty"`

	// The content, base64.
	Data []byte `json:"data,omitempty"`

	UploadID *string `json:"uploadId,omitempty"`

	BlobID *string `json:"blobId,omitempty"`

	Disposition *Disposition `json:"disposition,omitempty"`

	// The Content-ID that the HTML names it by (`cid:`), without angle brackets: shown in the HTML, where there
	// is one.
	CID *string `json:"cid,omitempty"`
}

// UploadPiece: Octets of a file.
type UploadPiece struct {
	// Where the piece begins.
	Offset int64 `json:"offset"`

	// The octets, base64; at most `pieceOctetsMax` of them.
	Data []byte `json:"data"`
}

// Upload: A file that is given by pieces, for mails to come.
type Upload struct {
	ID string `json:"id"`

	// The file name.
	Name string `json:"name"`

	// The media type.
	Type string `json:"type"`

	// Octets that were announced.
	Size *int64 `json:"size,omitempty"`

	// Octets that are here, from the first on without a gap: where the next piece begins.
	Received int64 `json:"received"`

	State UploadState `json:"state"`

	Sha256 *string `json:"sha256,omitempty"`

	// The most octets of one piece, and the best number of them.
	PieceOctetsMax int64 `json:"pieceOctetsMax"`

	CreatedAt string `json:"createdAt"`

	ExpiresAt string `json:"expiresAt"`
}

// UploadList: Uploads of the tenant.
type UploadList struct {
	Uploads []Upload `json:"uploads"`
}

// Recipient: What the submission server said about one recipient.
type Recipient struct {
	Email string `json:"email"`

	// The SMTP reply code; 0 while nothing is known.
	Code int64 `json:"code"`

	// The server's words.
	Text string `json:"text"`

	// Absent while nothing is known.
	Accepted *bool `json:"accepted,omitempty"`

	News *DeliveryNews `json:"news,omitempty"`
}

// ReplyRecipients is a word of an open set: a newer server may say others. `sender`: whom Reply-To, else From
// says; for one's own mail whom it went to. `all`: these and everybody in To and Cc. `list`: the mailing list
// that the mail came by.
type ReplyRecipients string

// Words of ReplyRecipients.
const (
	ReplyRecipientsSender ReplyRecipients = "sender"
	ReplyRecipientsAll    ReplyRecipients = "all"
	ReplyRecipientsList   ReplyRecipients = "list"
)

// Draft: A mail that is ready to be sent: each member is a param of `mail.send`.
type Draft struct {
	MailboxID string `json:"mailboxId"`

	From *Address `json:"from,omitempty"`

	To []Address `json:"to"`

	Cc []Address `json:"cc"`

	Subject string `json:"subject"`

	Text *string `json:"text,omitempty"`

	HTML *string `json:"html,omitempty"`

	Attachments []OutgoingAttachment `json:"attachments"`

	InReplyToMailID *string `json:"inReplyToMailId,omitempty"`
}

// Submission: A mail on its way out.
type Submission struct {
	ID string `json:"id"`

	MailID string `json:"mailId"`

	MailboxID string `json:"mailboxId"`

	MessageID string `json:"messageId"`

	EnvelopeFrom string `json:"envelopeFrom"`

	Recipients []Recipient `json:"recipients"`

	State SubmissionState `json:"state"`

	// Connections made for it so far.
	Attempts int64 `json:"attempts"`

	NextAttemptAt *string `json:"nextAttemptAt,omitempty"`

	// It is due and a limit of sending holds it until `nextAttemptAt`. Only in answers of `mail.status`.
	WaitsFor *SendLimit `json:"waitsFor,omitempty"`

	// What went wrong last, in words for a person.
	LastError *string `json:"lastError,omitempty"`

	SentCopy SentCopy `json:"sentCopy"`

	CreatedAt string `json:"createdAt"`

	UpdatedAt string `json:"updatedAt"`
}

// SendResult: A mail that was taken on.
type SendResult struct {
	Mail Mail `json:"mail"`

	Submission Submission `json:"submission"`

	// The same idempotency key came before: this is that mail, as it stands now.
	Replayed bool `json:"replayed"`
}

// Chunk: A piece of an octet string, in order.
type Chunk struct {
	// The octets, base64.
	Data []byte `json:"data"`

	// Where the piece begins.
	Offset int64 `json:"offset"`

	// Octets of the whole.
	Size int64 `json:"size"`
}

// Thread: A conversation.
type Thread struct {
	ID string `json:"id"`

	Subject string `json:"subject"`

	// Later mail of it is logged.
	Tracked bool `json:"tracked"`

	MailCount int64 `json:"mailCount"`

	CreatedAt string `json:"createdAt"`

	LastMailAt string `json:"lastMailAt"`

	// The thread that its first mail came from: it was forwarded and edited, or split off.
	ForkedFrom *string `json:"forkedFrom,omitempty"`
}

// ThreadDetail: A conversation with its mails, oldest first.
type ThreadDetail struct {
	Thread Thread `json:"thread"`

	Mails []MailDetail `json:"mails"`

	// The records that the thread is linked to.
	Records []RecordRef `json:"records,omitempty"`
}

// ThreadPage: Threads, the one with the newest mail first.
type ThreadPage struct {
	Threads []Thread `json:"threads"`

	Cursor *string `json:"cursor,omitempty"`
}

// RecordRef: An object of the calling CRM: its kind of object and its id there.
type RecordRef struct {
	// The caller's own word: contact, company, deal, ticket, ...
	Type string `json:"type"`

	// The caller's own id.
	ID string `json:"id"`
}

// RecordList: Records, by type and id.
type RecordList struct {
	Records []RecordRef `json:"records"`
}

// TimelineOrder is a word of an open set: a newer server may say others. Which comes first.
type TimelineOrder string

// Words of TimelineOrder.
const (
	TimelineOrderNewest TimelineOrder = "newest"
	TimelineOrderOldest TimelineOrder = "oldest"
)

// EngagementVia is a word of an open set: a newer server may say others. How it came: `sent` (by `mail.send`),
// `client` (from the person's own mail program), `received` (into a mailbox), `bcc` (logged by blind copy),
// `forward` (passed on to be logged).
type EngagementVia string

// Words of EngagementVia.
const (
	EngagementViaSent     EngagementVia = "sent"
	EngagementViaClient   EngagementVia = "client"
	EngagementViaReceived EngagementVia = "received"
	EngagementViaBcc      EngagementVia = "bcc"
	EngagementViaForward  EngagementVia = "forward"
)

// Engagement: An e-mail as it stands on a record's timeline.
type Engagement struct {
	MailID string `json:"mailId"`

	MailboxID string `json:"mailboxId"`

	ThreadID *string `json:"threadId,omitempty"`

	// The other side: who wrote an incoming mail, the first recipient of an outgoing one who is not of this
	// tenant's mailboxes. Missing when the mail names nobody.
	Contact *Address `json:"contact,omitempty"`

	Subject string `json:"subject"`

	// All of it as plain text.
	Text string `json:"text"`

	// The text without quoted history and signature.
	ReplyText string `json:"replyText"`

	// The HTML with everything that runs or fetches taken out.
	HTML *string `json:"html,omitempty"`

	// When it was sent, as far as is known.
	Date string `json:"date"`

	// `outgoing` when anybody of this tenant's mailboxes wrote it.
	Direction Direction `json:"direction"`

	Via EngagementVia `json:"via"`

	MatchedBy *MatchRule `json:"matchedBy,omitempty"`

	// How sure `matchedBy` is: 1 where a Message-ID or a person decided, 0.99 for `providerThread` and
	// `threadIndex`, 0.9 for `subject` and `fork`.
	Confidence *float64 `json:"confidence,omitempty"`

	Attachments []Attachment `json:"attachments"`

	// The mail came with attachments that are not stored: they are not logged for this mailbox, or the mail is
	// too large.
	AttachmentsLeftOut bool `json:"attachmentsLeftOut"`
}

// EngagementPage: Engagements in the order asked for.
type EngagementPage struct {
	Engagements []Engagement `json:"engagements"`

	Cursor *string `json:"cursor,omitempty"`
}

// PurgeScope: What to erase: `kind`, and the one member that goes with it (`mailbox`: mailboxId, `contact`:
// email, `thread`: threadId, `mail`: mailId, `record`: record, `age`: before; `tenant` has none). `mail` is the
// engagement: it goes in every mailbox of the tenant. `record` is everything on its timeline, and its links.
type PurgeScope struct {
	Kind PurgeKind `json:"kind"`

	MailboxID *string `json:"mailboxId,omitempty"`

	Email *string `json:"email,omitempty"`

	ThreadID *string `json:"threadId,omitempty"`

	MailID *string `json:"mailId,omitempty"`

	Before *string `json:"before,omitempty"`

	Record *RecordRef `json:"record,omitempty"`
}

// PurgeCounts: What an erasure takes, or took.
type PurgeCounts struct {
	Mails int64 `json:"mails"`

	Bodies int64 `json:"bodies"`

	// Octets of the bodies as they were on the server.
	Octets int64 `json:"octets"`

	Threads int64 `json:"threads"`

	Mailboxes int64 `json:"mailboxes"`

	Submissions int64 `json:"submissions"`

	// Uploads that mails in the scope were made from; all of a tenant.
	Uploads int64 `json:"uploads"`
}

// Purge: A run of an erasure and, once it is `done`, its receipt. Holds no personal data.
type Purge struct {
	ID string `json:"id"`

	Kind PurgeKind `json:"kind"`

	State PurgeState `json:"state"`

	Counts PurgeCounts `json:"counts"`

	// Rows still found in scope after the erasure; 0 in a receipt.
	Remaining int64 `json:"remaining"`

	// The database's write-ahead log was emptied afterwards.
	LogTruncated bool `json:"logTruncated"`

	// The name of the token that asked.
	RequestedBy string `json:"requestedBy"`

	StartedAt string `json:"startedAt"`

	FinishedAt *string `json:"finishedAt,omitempty"`

	Signed *SignedReceipt `json:"signed,omitempty"`
}

// SignedReceipt: A receipt as the server signed it when the erasure was done; receipts of versions before 0.2.0
// have none. `statement` says what the receipt says, and whose it is.
type SignedReceipt struct {
	// What was signed: JSON in the form of RFC 8785. The signature is over these octets in UTF-8.
	Statement string `json:"statement"`

	// Which key signed: 16 hexadecimal digits, as `purge.publicKey` has them.
	KeyID string `json:"keyId"`

	// Ed25519 (RFC 8032), 64 octets in base64.
	Signature string `json:"signature"`
}

// ReceiptKey: The public half of the key under which receipts are signed.
type ReceiptKey struct {
	// The first 8 octets of the SHA-256 of the key's 32, in hexadecimal digits.
	KeyID string `json:"keyId"`

	// `Ed25519`.
	Algorithm string `json:"algorithm"`

	// SubjectPublicKeyInfo (RFC 8410) in PEM.
	PublicKey string `json:"publicKey"`
}

// RetentionPolicy: How long mail is kept, in days of 24 hours. The times of `sequenceDays` and `timelineDays`
// begin when a mail is logged, that of `metadataDays` when a header is read, and that of `deletedDays` with
// `mail.delete`.
type RetentionPolicy struct {
	// Logged mail of origin `sequence`. Left out: until the tenant is deleted.
	SequenceDays *int64 `json:"sequenceDays,omitempty"`

	// Logged mail of other origins. Left out: until it, or the tenant, is deleted.
	TimelineDays *int64 `json:"timelineDays,omitempty"`

	// What was deleted is erased at the latest so long afterwards; the erasure begins up to two days before.
	DeletedDays int64 `json:"deletedDays"`

	// Headers of mail that was read from a mailbox and not logged. Never erased before.
	MetadataDays int64 `json:"metadataDays"`
}

// RetentionRule is a word of an open set: a newer server may say others. Why a mail goes: it was `deleted`; it
// is `metadata` (a header that was never logged); it is logged, of a `timeline` or a `sequence`.
type RetentionRule string

// Words of RetentionRule.
const (
	RetentionRuleDeleted  RetentionRule = "deleted"
	RetentionRuleMetadata RetentionRule = "metadata"
	RetentionRuleTimeline RetentionRule = "timeline"
	RetentionRuleSequence RetentionRule = "sequence"
)

// RetentionForecast: What a rule will take.
type RetentionForecast struct {
	Rule RetentionRule `json:"rule"`

	// Mails that the rule is about. Copies of a logged mail in other mailboxes go with it and are not counted.
	Mails int64 `json:"mails"`

	// Those that go within the time asked about. What a hold keeps is not counted.
	Due int64 `json:"due"`

	// The time of the oldest of them is over then; missing when it never is, or is not known yet.
	NextAt *string `json:"nextAt,omitempty"`
}

// Retention: A tenant's policy, and what follows from it.
type Retention struct {
	Policy RetentionPolicy `json:"policy"`

	Rules []RetentionForecast `json:"rules"`

	// Holds that stand.
	Holds int64 `json:"holds"`

	// False while nothing is erased by age: the server's clock jumped, went unwatched for hours, or is behind
	// what was written down.
	ClockBelieved bool `json:"clockBelieved"`
}

// MailRetention: When a mail goes.
type MailRetention struct {
	Rule RetentionRule `json:"rule"`

	// Missing: when the tenant is deleted; of what came within the last hour: not known yet.
	ErasesAt *string `json:"erasesAt,omitempty"`

	// A hold keeps it beyond that.
	Held bool `json:"held"`
}

// Hold: What must not be erased.
type Hold struct {
	ID string `json:"id"`

	Kind PurgeKind `json:"kind"`

	// The id or address that the scope names; empty for the tenant.
	Target string `json:"target"`

	Reason string `json:"reason"`

	// The name of the token that asked.
	PlacedBy string `json:"placedBy"`

	PlacedAt string `json:"placedAt"`
}

// WebhookState is a word of an open set: a newer server may say others. `active`: it gets events; `off`: it is
// not wanted; `parked`: it failed for three days and is left alone.
type WebhookState string

// Words of WebhookState.
const (
	WebhookStateActive WebhookState = "active"
	WebhookStateOff    WebhookState = "off"
	WebhookStateParked WebhookState = "parked"
)

// WebhookReason is a word of an open set: a newer server may say others. Why a webhook is `off` or `parked`:
// `turnedOff` (by `webhook.update`), `gone` (it answered 410), `failing`.
type WebhookReason string

// Words of WebhookReason.
const (
	WebhookReasonTurnedOff WebhookReason = "turnedOff"
	WebhookReasonGone      WebhookReason = "gone"
	WebhookReasonFailing   WebhookReason = "failing"
)

// Webhook: An endpoint of the caller that is told of events, without its secret.
type Webhook struct {
	ID string `json:"id"`

	URL string `json:"url"`

	// Empty for all.
	Kinds []EventType `json:"kinds"`

	State WebhookState `json:"state"`

	Reason *WebhookReason `json:"reason,omitempty"`

	// What a person can do, where it is not active.
	Advice *string `json:"advice,omitempty"`

	Cursor string `json:"cursor"`

	// In a row.
	Failures int64 `json:"failures"`

	FailingSince *string `json:"failingSince,omitempty"`

	NextAttemptAt *string `json:"nextAttemptAt,omitempty"`

	// HTTP status of the last failure, where there was an answer.
	LastStatus *int64 `json:"lastStatus,omitempty"`

	// What went wrong last.
	LastProblem *string `json:"lastProblem,omitempty"`

	DeliveredAt *string `json:"deliveredAt,omitempty"`

	OldSecretUntil *string `json:"oldSecretUntil,omitempty"`

	CreatedAt string `json:"createdAt"`
}

// WebhookList: Webhooks, oldest first.
type WebhookList struct {
	Webhooks []Webhook `json:"webhooks"`
}

// WebhookWithSecret: A webhook, and its secret if it is new. It is shown this once.
type WebhookWithSecret struct {
	Webhook Webhook `json:"webhook"`

	// `whsec_` and base64 of 32 octets, as Standard Webhooks has it.
	Secret *Secret `json:"secret,omitempty"`
}

// WebhookTest: What came of a test.
type WebhookTest struct {
	Delivered bool `json:"delivered"`

	// The HTTP status, where there was an answer.
	Status *int64 `json:"status,omitempty"`

	Problem *string `json:"problem,omitempty"`

	Milliseconds int64 `json:"milliseconds"`
}

// HoldList: Holds, oldest first.
type HoldList struct {
	Holds []Hold `json:"holds"`
}

// PurgePage: Erasures, newest first.
type PurgePage struct {
	Receipts []Purge `json:"receipts"`

	Cursor *string `json:"cursor,omitempty"`
}

// Event: Something that happened. Numbers ascend; gaps are possible.
type Event struct {
	Seq string `json:"seq"`

	Type EventType `json:"type"`

	At string `json:"at"`

	MailboxID *string `json:"mailboxId,omitempty"`

	ThreadID *string `json:"threadId,omitempty"`

	MailID *string `json:"mailId,omitempty"`

	SubmissionID *string `json:"submissionId,omitempty"`

	PurgeID *string `json:"purgeId,omitempty"`

	Facts map[string]string `json:"facts"`

	Mail *Mail `json:"mail,omitempty"`
}

// EventPage: Events in ascending order.
type EventPage struct {
	Events []Event `json:"events"`

	Cursor string `json:"cursor"`

	Latest string `json:"latest"`
}

// Tenant: A customer of the operator.
type Tenant struct {
	ID string `json:"id"`

	Name string `json:"name"`

	CreatedAt string `json:"createdAt"`
}

// TenantSettings: What a tenant decided about logging.
type TenantSettings struct {
	// Mail that one of the tenant's own people sends to one of these (as a blind copy, as a rule) is logged.
	// The address must deliver to a connected mailbox, or the sender's own mailbox must be one.
	BccAddresses []string `json:"bccAddresses"`

	// What one of the tenant's own people forwards to one of these is logged as the mail that it was: its
	// sender, date, subject and text.
	ForwardAddresses []string `json:"forwardAddresses"`

	// A mail in a Sent folder with this header field is logged; empty for none. `X-Postroom-Track` unless set.
	TrackingHeader string `json:"trackingHeader"`

	// Domains of the tenant's own people, besides the addresses of its mailboxes. Mail that stays among them is
	// never logged.
	OwnDomains []string `json:"ownDomains"`

	// Addresses and domains (with those below them). Mail with any of them is never logged.
	NeverLog []string `json:"neverLog"`

	// Answers without usable Message-IDs are matched by subject, participants and time: a guess, and marked as
	// one. True unless set.
	MatchBySubject bool `json:"matchBySubject"`

	// How long after a conversation's last mail such an answer may come. 60 unless set.
	MatchBySubjectDays int64 `json:"matchBySubjectDays"`

	// A mail joins a conversation only with the same subject, whatever else says that it belongs there. False
	// unless set.
	DemandSameSubject bool `json:"demandSameSubject"`

	// Mail with people of whom a mail was logged before is logged too, not only answers. False unless set.
	LogKnownContacts bool `json:"logKnownContacts"`

	Search SearchLevel `json:"search"`

	// Mails that may leave all mailboxes together within a minute; without it there is no limit.
	SendsPerMinuteMax *int64 `json:"sendsPerMinuteMax,omitempty"`

	// The same within 24 hours.
	SendsPerDayMax *int64 `json:"sendsPerDayMax,omitempty"`
}

// TenantSettingsChange: Settings to change; what is left out stays.
type TenantSettingsChange struct {
	// Mail that one of the tenant's own people sends to one of these (as a blind copy, as a rule) is logged.
	// The address must deliver to a connected mailbox, or the sender's own mailbox must be one.
	BccAddresses []string `json:"bccAddresses,omitempty"`

	// What one of the tenant's own people forwards to one of these is logged as the mail that it was: its
	// sender, date, subject and text.
	ForwardAddresses []string `json:"forwardAddresses,omitempty"`

	// A mail in a Sent folder with this header field is logged; empty for none. `X-Postroom-Track` unless set.
	TrackingHeader *string `json:"trackingHeader,omitempty"`

	// Domains of the tenant's own people, besides the addresses of its mailboxes. Mail that stays among them is
	// never logged.
	OwnDomains []string `json:"ownDomains,omitempty"`

	// Addresses and domains (with those below them). Mail with any of them is never logged.
	NeverLog []string `json:"neverLog,omitempty"`

	// Answers without usable Message-IDs are matched by subject, participants and time: a guess, and marked as
	// one. True unless set.
	MatchBySubject *bool `json:"matchBySubject,omitempty"`

	// How long after a conversation's last mail such an answer may come. 60 unless set.
	MatchBySubjectDays *int64 `json:"matchBySubjectDays,omitempty"`

	// A mail joins a conversation only with the same subject, whatever else says that it belongs there. False
	// unless set.
	DemandSameSubject *bool `json:"demandSameSubject,omitempty"`

	// Mail with people of whom a mail was logged before is logged too, not only answers. False unless set.
	LogKnownContacts *bool `json:"logKnownContacts,omitempty"`

	Search *SearchLevel `json:"search,omitempty"`

	// Mails that may leave all mailboxes together within a minute, 0 for no limit.
	SendsPerMinuteMax *int64 `json:"sendsPerMinuteMax,omitempty"`

	// The same within 24 hours.
	SendsPerDayMax *int64 `json:"sendsPerDayMax,omitempty"`
}

// TenantDetail: A tenant with its settings.
type TenantDetail struct {
	Tenant Tenant `json:"tenant"`

	Settings TenantSettings `json:"settings"`
}

// TenantList: All tenants, oldest first.
type TenantList struct {
	Tenants []Tenant `json:"tenants"`
}

// Token: An access token, without its secret, or a client certificate that stands for one.
type Token struct {
	ID string `json:"id"`

	TenantID string `json:"tenantId"`

	Name string `json:"name"`

	Scopes []Scope `json:"scopes"`

	CreatedAt string `json:"createdAt"`

	ExpiresAt *string `json:"expiresAt,omitempty"`

	// SHA-256 over the DER of a certificate (`token.addCertificate`), 64 hexadecimal digits in lower case. Left
	// out of tokens with a secret.
	CertificateSha256 *string `json:"certificateSha256,omitempty"`
}

// TokenList: The tokens of a tenant, oldest first.
type TokenList struct {
	Tokens []Token `json:"tokens"`
}

// NewToken: A token and its secret. The secret is shown this once; only its digest is kept.
type NewToken struct {
	Token Token `json:"token"`

	// What `session.open` takes.
	Secret Secret `json:"secret"`
}

// ServerInfo: What answers. What is not required is absent from servers before 0.2.0.
type ServerInfo struct {
	Name string `json:"name"`

	Version string `json:"version"`

	// The version of this document.
	ProtocolVersion string `json:"protocolVersion"`

	// The version of the database's schema.
	SchemaVersion *int64 `json:"schemaVersion,omitempty"`

	// What the server was built from, as whoever packed it says (`POSTROOM_COMMIT` in its environment).
	Commit *string `json:"commit,omitempty"`

	StartedAt *string `json:"startedAt,omitempty"`

	// What it speaks on each of its ports.
	Framings []Framing `json:"framings,omitempty"`

	Features []ServerFeature `json:"features,omitempty"`

	// TLS is taken on TCP.
	TLS *bool `json:"tls,omitempty"`

	Limits *ServerLimits `json:"limits,omitempty"`
}

// ServerLimits: What callers are held to; README.md has the error of each.
type ServerLimits struct {
	// At one time.
	Connections int64 `json:"connections"`

	// From one address.
	ConnectionsPerPeer int64 `json:"connectionsPerPeer"`

	// Of one message, also when inflated.
	MessageOctets int64 `json:"messageOctets"`

	// Of one value of a stream.
	StreamValueOctets int64 `json:"streamValueOctets"`

	// Arrays and objects inside each other.
	Depth int64 `json:"depth"`

	BatchCalls int64 `json:"batchCalls"`

	// On one connection, with streams.
	CallsInFlight int64 `json:"callsInFlight"`

	// That wait for one connection before nothing more is read from it.
	WriteBufferOctets int64 `json:"writeBufferOctets"`

	FirstOctetSeconds int64 `json:"firstOctetSeconds"`

	MessageSeconds int64 `json:"messageSeconds"`

	IdleSeconds int64 `json:"idleSeconds"`
}

// FramingCount: How many connections speak something.
type FramingCount struct {
	Framing Framing `json:"framing"`

	Connections int64 `json:"connections"`
}

// OutboxCounts: Mails on their way out, by state (`SubmissionState`).
type OutboxCounts struct {
	Queued int64 `json:"queued"`

	Sending int64 `json:"sending"`

	DataOpen int64 `json:"dataOpen"`

	Deferred int64 `json:"deferred"`

	Unknown int64 `json:"unknown"`
}

// SyncCounts: Mailboxes by what their workers do (`SyncPhase`).
type SyncCounts struct {
	Stopped int64 `json:"stopped"`

	Connecting int64 `json:"connecting"`

	Reading int64 `json:"reading"`

	Live int64 `json:"live"`

	Waiting int64 `json:"waiting"`

	Paused *int64 `json:"paused,omitempty"`
}

// ProcessStats: What the server's process uses.
type ProcessStats struct {
	ResidentOctets int64 `json:"residentOctets"`

	VirtualOctets int64 `json:"virtualOctets"`

	// User and system time since its start.
	CpuSeconds float64 `json:"cpuSeconds"`

	// Open ones.
	Descriptors int64 `json:"descriptors"`

	DescriptorsMax int64 `json:"descriptorsMax"`

	Threads int64 `json:"threads"`
}

// ServerStats: Counters since the server's start. What is not required is absent from servers before 0.2.0.
type ServerStats struct {
	UptimeSeconds int64 `json:"uptimeSeconds"`

	ConnectionsOpen int64 `json:"connectionsOpen"`

	ConnectionsTotal int64 `json:"connectionsTotal"`

	// Calls and streams at work now.
	CallsInFlight int64 `json:"callsInFlight"`

	Calls int64 `json:"calls"`

	// Calls that ended with an error.
	Errors int64 `json:"errors"`

	OctetsIn int64 `json:"octetsIn"`

	OctetsOut int64 `json:"octetsOut"`

	// Messages that could not be read.
	ProtocolErrors int64 `json:"protocolErrors"`

	// Tokens that were not accepted.
	AuthenticationFailures int64 `json:"authenticationFailures"`

	// Connected mailboxes of all tenants.
	Mailboxes int64 `json:"mailboxes"`

	// Of these, in state `live`.
	MailboxesLive int64 `json:"mailboxesLive"`

	LatestEvent string `json:"latestEvent"`

	ConnectionsByFraming []FramingCount `json:"connectionsByFraming,omitempty"`

	// Part of `callsInFlight`.
	StreamsOpen *int64 `json:"streamsOpen,omitempty"`

	// Octets that wait for callers to take them.
	OctetsWaiting *int64 `json:"octetsWaiting,omitempty"`

	Outbox *OutboxCounts `json:"outbox,omitempty"`

	Sync *SyncCounts `json:"sync,omitempty"`

	// Changes that wait for their transaction.
	StoreWritesWaiting *int64 `json:"storeWritesWaiting,omitempty"`

	// Work that waits for the threads that connections live on.
	ReactorJobs *int64 `json:"reactorJobs,omitempty"`

	Process *ProcessStats `json:"process,omitempty"`

	// Lines of the log that were lost: what reads it is too slow.
	LogLinesDropped *int64 `json:"logLinesDropped,omitempty"`

	// Spans that were lost: the disk is too slow, or full.
	SpansDropped *int64 `json:"spansDropped,omitempty"`

	// The slowest calls of the last five to ten minutes, slowest first, without streams and what took less than
	// a millisecond.
	Slowest []SlowCall `json:"slowest,omitempty"`

	// Mail servers that were asked for something lately, those with most to do first.
	MailHosts []MailHostUse `json:"mailHosts,omitempty"`

	Backfills *BackfillCounts `json:"backfills,omitempty"`
}

// MailHostUse: What one mail server is asked for by all mailboxes together.
type MailHostUse struct {
	Host string `json:"host"`

	Connections int64 `json:"connections"`

	// Without it there is no limit.
	ConnectionsMax *int64 `json:"connectionsMax,omitempty"`

	// Connections that wait for their turn.
	Waiting int64 `json:"waiting"`

	// In the last minute.
	SignIns int64 `json:"signIns"`

	SignInsPerMinuteMax int64 `json:"signInsPerMinuteMax"`
}

// BackfillCounts: Mailboxes with older mail to read.
type BackfillCounts struct {
	// They read it now.
	Reading int64 `json:"reading"`

	// They wait for their turn, and read new mail meanwhile.
	Waiting int64 `json:"waiting"`
}

// SlowCall: A call that took long.
type SlowCall struct {
	Method string `json:"method"`

	// When it ended.
	At string `json:"at"`

	Microseconds int64 `json:"microseconds"`

	TenantID *string `json:"tenantId,omitempty"`

	// The name of its token.
	Caller *string `json:"caller,omitempty"`

	// The reason of the error that it ended with.
	Error *string `json:"error,omitempty"`
}

// LogLine: A line of the server's log.
type LogLine struct {
	At string `json:"at"`

	Level LogLevel `json:"level"`

	// Which part of the server says it.
	Logger string `json:"logger"`

	Message string `json:"message"`

	Fields map[string]string `json:"fields"`

	// So many lines before this one were lost: the caller took them too slowly.
	Lost *int64 `json:"lost,omitempty"`
}

// Health: Whether the server, or one part of it, does its work.
type Health struct {
	Status ServingStatus `json:"status"`
}

// Reason says what went wrong, as a stable word. A newer server may say others.
type Reason string

// What the document has reasons for.
const (
	// INVALID_ARGUMENT. The message is not JSON. `details.offset` counts octets.
	ReasonJSONSyntax Reason = "json.syntax"

	// INVALID_ARGUMENT. The message is nested too deep. `details.limit` says how deep it may be.
	ReasonJSONDepth Reason = "json.depth"

	// INVALID_ARGUMENT. The same name stands twice in one object.
	ReasonJSONDuplicateName Reason = "json.duplicateName"

	// INVALID_ARGUMENT. The message is JSON, but not a JSON-RPC 2.0 request.
	ReasonRequestInvalid Reason = "request.invalid"

	// UNIMPLEMENTED. There is no such method. `details.method` names it.
	ReasonMethodUnknown Reason = "method.unknown"

	// UNAUTHENTICATED. Sign in first: `session.open`, or `Authorization: Bearer` over HTTP.
	ReasonSessionRequired Reason = "session.required"

	// UNAUTHENTICATED. The token or certificate is not known, was revoked, or has expired. Calls and streams
	// that run under it when it ends say so too.
	ReasonTokenInvalid Reason = "token.invalid"

	// PERMISSION_DENIED. The token lacks the scope that the method needs. `details.scope` names it.
	ReasonScopeMissing Reason = "scope.missing"

	// RESOURCE_EXHAUSTED. The message is too large. `details.limit` and `details.actual` are octets.
	ReasonLimitMessage Reason = "limit.message"

	// RESOURCE_EXHAUSTED. The message did not arrive whole in time. `details.limit` is in seconds.
	ReasonLimitMessageSeconds Reason = "limit.messageSeconds"

	// RESOURCE_EXHAUSTED. A value of a stream is too large. `details.limit` and `details.actual` are octets.
	ReasonLimitStreamMessage Reason = "limit.streamMessage"

	// RESOURCE_EXHAUSTED. More values came than were granted. Wait for `rpc.credit`.
	ReasonLimitStreamCredit Reason = "limit.streamCredit"

	// RESOURCE_EXHAUSTED. The batch has too many calls.
	ReasonLimitBatch Reason = "limit.batch"

	// RESOURCE_EXHAUSTED. Too many calls are at work on this connection. Wait for one to end.
	ReasonLimitCallsInFlight Reason = "limit.callsInFlight"

	// RESOURCE_EXHAUSTED. The server has all the connections that it takes. Answered once, without an id,
	// before anything is called; the connection is closed.
	ReasonLimitConnections Reason = "limit.connections"

	// RESOURCE_EXHAUSTED. Too many connections come from this address. Answered like `limit.connections`.
	ReasonLimitConnectionsPerPeer Reason = "limit.connectionsPerPeer"

	// CANCELLED. The caller cancelled the call.
	ReasonCallCancelled Reason = "call.cancelled"

	// DEADLINE_EXCEEDED. The deadline passed before the answer was ready.
	ReasonCallDeadline Reason = "call.deadline"

	// NOT_FOUND. No such call or stream is open on this connection.
	ReasonCallUnknown Reason = "call.unknown"

	// FAILED_PRECONDITION. A stream cannot be opened in a batch. Call it by itself.
	ReasonStreamInBatch Reason = "stream.inBatch"

	// FAILED_PRECONDITION. A stream needs JSON-RPC 2.0. Add `"jsonrpc":"2.0"` to the call.
	ReasonStreamVersion1 Reason = "stream.version1"

	// UNIMPLEMENTED. Not possible over HTTP: streams, `session.open`, `rpc.cancel`. Use a TCP or Unix
	// connection.
	ReasonHTTPUnsupported Reason = "http.unsupported"

	// UNAVAILABLE. The server is shutting down. Connect again and repeat.
	ReasonServerGoingAway Reason = "server.goingAway"

	// UNAVAILABLE. Made by clients: the connection ended before the answer came. It is not known whether the
	// call was done.
	ReasonConnectionLost Reason = "connection.lost"

	// UNAVAILABLE. Made by clients: the server cannot be connected to.
	ReasonConnectionFailed Reason = "connection.failed"

	// FAILED_PRECONDITION. Made by clients: the server's certificate is not acceptable.
	ReasonConnectionCertificate Reason = "connection.certificate"

	// DATA_LOSS. Values of the stream are missing.
	ReasonStreamGap Reason = "stream.gap"

	// FAILED_PRECONDITION. Made by clients: the call takes no more values. Open another one.
	ReasonStreamEnded Reason = "stream.ended"

	// INTERNAL. Made by clients: the server sent more values than it was granted.
	ReasonStreamOverrun Reason = "stream.overrun"

	// INTERNAL. Made by clients: the server named no subscription.
	ReasonStreamMalformed Reason = "stream.malformed"

	// INVALID_ARGUMENT. Made by clients: the server's address cannot be read.
	ReasonClientBadURL Reason = "client.badURL"

	// INTERNAL. Made by clients: the server's answer is not what this document says.
	ReasonClientBadAnswer Reason = "client.badAnswer"

	// CANCELLED. Made by clients: the client was closed.
	ReasonClientClosed Reason = "client.closed"

	// INTERNAL. A fault of the server. `details.logId` is the number of its log entry, where there is one.
	ReasonInternal Reason = "internal"

	// INVALID_ARGUMENT. A parameter that must be there is not. `details.name` names it.
	ReasonParamsMissing Reason = "params.missing"

	// INVALID_ARGUMENT. There is no such parameter. `details.name` names it.
	ReasonParamsUnknown Reason = "params.unknown"

	// INVALID_ARGUMENT. A parameter is of another JSON type. `details.name` names it.
	ReasonParamsType Reason = "params.type"

	// INVALID_ARGUMENT. A parameter is of the right type but not acceptable. `details.name` names it.
	ReasonParamsRange Reason = "params.range"

	// INVALID_ARGUMENT. `params` cannot be read. They are an object, or an array where `paramStructure` is
	// `either`.
	ReasonParamsInvalid Reason = "params.invalid"

	// INVALID_ARGUMENT. The cursor was not given out by this method. Begin without one.
	ReasonParamsCursor Reason = "params.cursor"

	// ALREADY_EXISTS. The idempotency key came before with other parameters. Use a new key for another request.
	ReasonIdempotencyKeyReused Reason = "idempotency.keyReused"

	// NOT_FOUND. There is no such mailbox in this tenant.
	ReasonMailboxUnknown Reason = "mailbox.unknown"

	// ALREADY_EXISTS. This address is connected already. Use `mailbox.reconnect` to change its settings.
	ReasonMailboxExists Reason = "mailbox.exists"

	// FAILED_PRECONDITION. The mailbox is disconnected. Use `mailbox.reconnect`.
	ReasonMailboxDisconnected Reason = "mailbox.disconnected"

	// CANCELLED. The sync that was waited for was called off with `sync.cancel`. The next `sync.run` goes on
	// where it stopped.
	ReasonSyncCancelled Reason = "sync.cancelled"

	// NOT_FOUND. No provider of this name is configured on this server. `oauth.providers` lists those that are.
	ReasonOauthProviderUnknown Reason = "oauth.providerUnknown"

	// FAILED_PRECONDITION. The provider does not offer this way, or the server's operator has not configured
	// it.
	ReasonOauthNotOffered Reason = "oauth.notOffered"

	// INVALID_ARGUMENT. `redirectUri` is no absolute URL of http or https.
	ReasonOauthRedirectInvalid Reason = "oauth.redirectInvalid"

	// NOT_FOUND. There is no such state or grant: its time is over, it was used, or the server has started
	// anew. Begin again.
	ReasonOauthUnknown Reason = "oauth.unknown"

	// FAILED_PRECONDITION. The person said no.
	ReasonOauthDenied Reason = "oauth.denied"

	// FAILED_PRECONDITION. The provider gave no refresh token, so access would end within the hour. Ask for
	// offline access.
	ReasonOauthNoRefreshToken Reason = "oauth.noRefreshToken"

	// FAILED_PRECONDITION. The provider gave no token. `details.code` is its word, such as `invalid_grant`.
	ReasonOauthRefused Reason = "oauth.refused"

	// UNAVAILABLE. The provider could not be asked. Call again later.
	ReasonOauthUnavailable Reason = "oauth.unavailable"

	// RESOURCE_EXHAUSTED. The tenant has as many open flows and grants as it may. `details.limit` says how
	// many.
	ReasonLimitOauth Reason = "limit.oauth"

	// INVALID_ARGUMENT. The settings cannot be those of an IMAP server (a port of POP3, for one).
	ReasonConnectIMAPUnsupported Reason = "connect.imap.unsupported"

	// FAILED_PRECONDITION. The IMAP server's name has no address. Check the spelling.
	ReasonConnectIMAPHostUnknown Reason = "connect.imap.hostUnknown"

	// UNAVAILABLE. The IMAP server cannot be reached at this port.
	ReasonConnectIMAPUnreachable Reason = "connect.imap.unreachable"

	// UNAVAILABLE. The IMAP server did not answer in time.
	ReasonConnectIMAPTimeout Reason = "connect.imap.timeout"

	// FAILED_PRECONDITION. TLS with the IMAP server failed. Try the other `security`.
	ReasonConnectIMAPTLS Reason = "connect.imap.tls"

	// FAILED_PRECONDITION. The IMAP server's certificate is not valid today.
	ReasonConnectIMAPCertificateExpired Reason = "connect.imap.certificate.expired"

	// FAILED_PRECONDITION. The IMAP server's certificate is for another name.
	ReasonConnectIMAPCertificateWrongHost Reason = "connect.imap.certificate.wrongHost"

	// FAILED_PRECONDITION. The IMAP server's certificate is not signed by a trusted authority.
	ReasonConnectIMAPCertificateUntrusted Reason = "connect.imap.certificate.untrusted"

	// FAILED_PRECONDITION. The IMAP server's certificate cannot be accepted.
	ReasonConnectIMAPCertificateOther Reason = "connect.imap.certificate.other"

	// FAILED_PRECONDITION. The IMAP server offers no encryption at this port.
	ReasonConnectIMAPNoEncryption Reason = "connect.imap.noEncryption"

	// FAILED_PRECONDITION. The IMAP server offers no way to sign in that is known here.
	ReasonConnectIMAPNoMechanism Reason = "connect.imap.noMechanism"

	// FAILED_PRECONDITION. The IMAP server refused user name or password. Many providers want an app password.
	ReasonConnectIMAPAuthenticationFailed Reason = "connect.imap.authenticationFailed"

	// UNAVAILABLE. The IMAP server takes no more connections of this account just now.
	ReasonConnectIMAPBusy Reason = "connect.imap.busy"

	// FAILED_PRECONDITION. The account may not use IMAP.
	ReasonConnectIMAPDenied Reason = "connect.imap.denied"

	// FAILED_PRECONDITION. The IMAP server refused a step.
	ReasonConnectIMAPRefused Reason = "connect.imap.refused"

	// FAILED_PRECONDITION. What answers does not speak IMAP as it should.
	ReasonConnectIMAPProtocol Reason = "connect.imap.protocol"

	// INVALID_ARGUMENT. The settings cannot be those of a submission server (a port of POP3, for one).
	ReasonConnectSMTPUnsupported Reason = "connect.smtp.unsupported"

	// FAILED_PRECONDITION. The submission server's name has no address. Check the spelling.
	ReasonConnectSMTPHostUnknown Reason = "connect.smtp.hostUnknown"

	// UNAVAILABLE. The submission server cannot be reached at this port.
	ReasonConnectSMTPUnreachable Reason = "connect.smtp.unreachable"

	// UNAVAILABLE. The submission server did not answer in time.
	ReasonConnectSMTPTimeout Reason = "connect.smtp.timeout"

	// FAILED_PRECONDITION. TLS with the submission server failed. Try the other `security`.
	ReasonConnectSMTPTLS Reason = "connect.smtp.tls"

	// FAILED_PRECONDITION. The submission server's certificate is not valid today.
	ReasonConnectSMTPCertificateExpired Reason = "connect.smtp.certificate.expired"

	// FAILED_PRECONDITION. The submission server's certificate is for another name.
	ReasonConnectSMTPCertificateWrongHost Reason = "connect.smtp.certificate.wrongHost"

	// FAILED_PRECONDITION. The submission server's certificate is not signed by a trusted authority.
	ReasonConnectSMTPCertificateUntrusted Reason = "connect.smtp.certificate.untrusted"

	// FAILED_PRECONDITION. The submission server's certificate cannot be accepted.
	ReasonConnectSMTPCertificateOther Reason = "connect.smtp.certificate.other"

	// FAILED_PRECONDITION. The submission server offers no encryption at this port.
	ReasonConnectSMTPNoEncryption Reason = "connect.smtp.noEncryption"

	// FAILED_PRECONDITION. The submission server offers no way to sign in that is known here.
	ReasonConnectSMTPNoMechanism Reason = "connect.smtp.noMechanism"

	// FAILED_PRECONDITION. The submission server refused user name or password. Many providers want an app
	// password.
	ReasonConnectSMTPAuthenticationFailed Reason = "connect.smtp.authenticationFailed"

	// UNAVAILABLE. The submission server takes no more connections of this account just now.
	ReasonConnectSMTPBusy Reason = "connect.smtp.busy"

	// FAILED_PRECONDITION. The account may not use SMTP.
	ReasonConnectSMTPDenied Reason = "connect.smtp.denied"

	// FAILED_PRECONDITION. The submission server refused a step.
	ReasonConnectSMTPRefused Reason = "connect.smtp.refused"

	// FAILED_PRECONDITION. What answers does not speak SMTP as it should.
	ReasonConnectSMTPProtocol Reason = "connect.smtp.protocol"

	// NOT_FOUND. There is no such mail in this tenant.
	ReasonMailUnknown Reason = "mail.unknown"

	// FAILED_PRECONDITION. The content of this mail is not stored. Track its thread to have it logged.
	ReasonMailNotLogged Reason = "mail.notLogged"

	// NOT_FOUND. There is no such attachment in this tenant.
	ReasonAttachmentUnknown Reason = "attachment.unknown"

	// NOT_FOUND. There is no such upload: it was cancelled, its time is over, or it never was.
	ReasonUploadUnknown Reason = "upload.unknown"

	// OUT_OF_RANGE. Octets before this piece are missing. `details.received` says where the next piece must
	// begin, or before.
	ReasonUploadGap Reason = "upload.gap"

	// ALREADY_EXISTS. Other octets came for the same place before. `details.received` says how many are here.
	ReasonUploadDiffers Reason = "upload.differs"

	// FAILED_PRECONDITION. The upload is committed: nothing can be added.
	ReasonUploadCommitted Reason = "upload.committed"

	// FAILED_PRECONDITION. Less came than was announced, or the upload is not committed. `details.received` and
	// `details.size` are octets.
	ReasonUploadIncomplete Reason = "upload.incomplete"

	// FAILED_PRECONDITION. What came has another SHA-256 than the caller says. Begin a new upload.
	ReasonUploadDigest Reason = "upload.digest"

	// RESOURCE_EXHAUSTED. More octets than were announced, or than a mail can carry. `details.limit` says how
	// many.
	ReasonUploadTooLarge Reason = "upload.tooLarge"

	// RESOURCE_EXHAUSTED. The tenant has as many uploads as it may. `details.limit` says how many; cancel one,
	// or wait until one expires.
	ReasonLimitUploads Reason = "limit.uploads"

	// RESOURCE_EXHAUSTED. The tenant's uploads have as many octets as they may. `details.limit` says how many.
	ReasonLimitUploadOctets Reason = "limit.uploadOctets"

	// RESOURCE_EXHAUSTED. The piece has too many octets. `details.limit` and `details.actual` are octets.
	ReasonLimitUploadPiece Reason = "limit.uploadPiece"

	// INVALID_ARGUMENT. to, cc and bcc are all empty.
	ReasonSendNoRecipients Reason = "send.noRecipients"

	// INVALID_ARGUMENT. An address cannot be used in a mail. `details.name` says where it stands.
	ReasonSendAddressInvalid Reason = "send.addressInvalid"

	// INVALID_ARGUMENT. The mailbox does not send as this address. `details.allowed` are those it does;
	// `mailbox.update` adds others.
	ReasonSendFromRefused Reason = "send.fromRefused"

	// INVALID_ARGUMENT. Neither text nor html is given.
	ReasonSendNoContent Reason = "send.noContent"

	// INVALID_ARGUMENT. A subject, name or type has characters that a header cannot carry. `details.name` says
	// which.
	ReasonSendHeaderInvalid Reason = "send.headerInvalid"

	// INVALID_ARGUMENT. An attachment needs `data`, `name` and `type`, or an `uploadId`, or a `blobId`.
	// `details.index` says which one.
	ReasonSendAttachmentInvalid Reason = "send.attachmentInvalid"

	// INVALID_ARGUMENT. The mail is larger than this server, or the mailbox's provider, takes. `details.octets`
	// is its size, `details.limit` what is allowed, `details.by` is `server` or `provider`.
	ReasonSendTooLarge Reason = "send.tooLarge"

	// FAILED_PRECONDITION. The mail is being handed over or has left already.
	ReasonSendTooLate Reason = "send.tooLate"

	// NOT_FOUND. This mail was not sent by `mail.send`.
	ReasonSubmissionUnknown Reason = "submission.unknown"

	// NOT_FOUND. There is no such thread in this tenant.
	ReasonThreadUnknown Reason = "thread.unknown"

	// FAILED_PRECONDITION. The tenant's settings say that this mail is never logged.
	ReasonThreadNeverLogged Reason = "thread.neverLogged"

	// FAILED_PRECONDITION. The tenant's mail is not indexed. Set `search` by `tenant.update` first.
	ReasonSearchOff Reason = "search.off"

	// INVALID_ARGUMENT. The text has no word that can be searched for, or more than 32.
	ReasonSearchText Reason = "search.text"

	// INVALID_ARGUMENT. `details.name` names the setting.
	ReasonTenantSettingsInvalid Reason = "tenant.settingsInvalid"

	// FAILED_PRECONDITION. The mail is in no thread, or nothing of its thread would be left.
	ReasonThreadNotSplit Reason = "thread.notSplit"

	// INVALID_ARGUMENT. At least one criterion must be given.
	ReasonThreadNoCriterion Reason = "thread.noCriterion"

	// INVALID_ARGUMENT. Name either `threadId` or `mailId`, not both.
	ReasonRecordTarget Reason = "record.target"

	// NOT_FOUND. Nothing is linked to this record.
	ReasonRecordUnknown Reason = "record.unknown"

	// NOT_FOUND. This thread or mail is not linked to the record.
	ReasonRecordNotLinked Reason = "record.notLinked"

	// NOT_FOUND. There is no such erasure in this tenant.
	ReasonPurgeUnknown Reason = "purge.unknown"

	// INVALID_ARGUMENT. The member that goes with the scope's kind is missing, or another is there too.
	ReasonPurgeScopeInvalid Reason = "purge.scopeInvalid"

	// FAILED_PRECONDITION. A hold keeps what the erasure would take. `hold.list` shows which; `hold.release`
	// ends it.
	ReasonPurgeHeld Reason = "purge.held"

	// NOT_FOUND. There is no such webhook in this tenant.
	ReasonWebhookUnknown Reason = "webhook.unknown"

	// INVALID_ARGUMENT. The URL is not one that events may be sent to.
	ReasonWebhookURLInvalid Reason = "webhook.urlInvalid"

	// RESOURCE_EXHAUSTED. The tenant has as many webhooks as it may. `details.limit` says how many.
	ReasonLimitWebhooks Reason = "limit.webhooks"

	// NOT_FOUND. There is no such hold in this tenant.
	ReasonHoldUnknown Reason = "hold.unknown"

	// FAILED_PRECONDITION. Events after the cursor were lost, as the server's data were restored from a backup.
	// `details.oldest` is the oldest event that is kept, `details.newest` the newest number there is. Read
	// again what you keep, then go on from `newest`.
	ReasonEventsCursorTooOld Reason = "events.cursorTooOld"

	// INVALID_ARGUMENT. The cursor is above the newest event. `details.oldest` and `details.newest` say which
	// events there are.
	ReasonEventsCursorInvalid Reason = "events.cursorInvalid"

	// NOT_FOUND. There is no such tenant.
	ReasonTenantUnknown Reason = "tenant.unknown"

	// ALREADY_EXISTS. There is a tenant of this name.
	ReasonTenantExists Reason = "tenant.exists"

	// NOT_FOUND. There is no such token.
	ReasonTokenUnknown Reason = "token.unknown"

	// INVALID_ARGUMENT. The text holds no certificate in PEM that can be read.
	ReasonCertificateInvalid Reason = "certificate.invalid"

	// ALREADY_EXISTS. The certificate is registered already, here or for another tenant.
	ReasonCertificateExists Reason = "certificate.exists"

	// INVALID_ARGUMENT. `expiresAt` has passed already.
	ReasonTokenExpired Reason = "token.expired"

	// NOT_FOUND. There is no such part. Leave `service` out for the whole server.
	ReasonHealthUnknownService Reason = "health.unknownService"

	// RESOURCE_EXHAUSTED. The disk is full.
	ReasonStoreFull Reason = "store.full"

	// ABORTED. Something else changed it at the same time. Try again.
	ReasonStoreConflict Reason = "store.conflict"

	// DATA_LOSS. Stored data is damaged.
	ReasonStoreCorrupt Reason = "store.corrupt"
)

// MailboxConnectParams are what mailbox.connect takes.
type MailboxConnectParams struct {
	// The address that mail is sent from.
	Email string `json:"email"`

	// Or an app password. Stored encrypted, never answered. Either it or `oauth`.
	Password *Secret `json:"password,omitempty"`

	// What to sign in as; the address when left out.
	UserName *string `json:"userName,omitempty"`

	// The name that stands in From.
	DisplayName *string `json:"displayName,omitempty"`

	IMAP ServerChoice `json:"imap"`

	// The submission server.
	SMTP ServerChoice `json:"smtp"`

	// Sign in by access tokens instead of a password (XOAUTH2, OAUTHBEARER). They are renewed by themselves.
	Oauth *OAuthAccess `json:"oauth,omitempty"`
}

// MailboxGetParams are what mailbox.get takes.
type MailboxGetParams struct {
	MailboxID string `json:"mailboxId"`
}

// MailboxAuditParams are what mailbox.audit takes.
type MailboxAuditParams struct {
	MailboxID string `json:"mailboxId"`
}

// MailboxDiscoverParams are what mailbox.discover takes.
type MailboxDiscoverParams struct {
	Email string `json:"email"`
}

// MailboxProbeParams are what mailbox.probe takes.
type MailboxProbeParams struct {
	MailboxID *string `json:"mailboxId,omitempty"`

	// What to sign in as; often the address.
	UserName *string `json:"userName,omitempty"`

	// Used for this call only.
	Password *Secret `json:"password,omitempty"`

	IMAP *ServerChoice `json:"imap,omitempty"`

	SMTP *ServerChoice `json:"smtp,omitempty"`
}

// MailboxReconnectParams are what mailbox.reconnect takes.
type MailboxReconnectParams struct {
	MailboxID string `json:"mailboxId"`

	Password *Secret `json:"password,omitempty"`

	UserName *string `json:"userName,omitempty"`

	IMAP *ServerChoice `json:"imap,omitempty"`

	SMTP *ServerChoice `json:"smtp,omitempty"`

	Oauth *OAuthAccess `json:"oauth,omitempty"`
}

// MailboxUpdateParams are what mailbox.update takes.
type MailboxUpdateParams struct {
	MailboxID string `json:"mailboxId"`

	// The name that stands in From; empty for none.
	DisplayName *string `json:"displayName,omitempty"`

	// Aliases: names and addresses that may stand in From besides its own address, in place of those before.
	// Its server must let it send as them.
	Identities []Address `json:"identities,omitempty"`

	// Mails that may leave it within a minute; 0 for no limit.
	SendsPerMinuteMax *int64 `json:"sendsPerMinuteMax,omitempty"`

	// Mails that may leave it within 24 hours; 0 for no limit.
	SendsPerDayMax *int64 `json:"sendsPerDayMax,omitempty"`
}

// MailboxDisconnectParams are what mailbox.disconnect takes.
type MailboxDisconnectParams struct {
	MailboxID string `json:"mailboxId"`
}

// MailboxDeleteParams are what mailbox.delete takes.
type MailboxDeleteParams struct {
	MailboxID string `json:"mailboxId"`
}

// OauthBeginParams are what oauth.begin takes.
type OauthBeginParams struct {
	Provider string `json:"provider"`

	// Registered at the provider.
	RedirectUri string `json:"redirectUri"`

	// Told to the provider, so that the person need not choose an account.
	Email *string `json:"email,omitempty"`
}

// OauthCompleteParams are what oauth.complete takes.
type OauthCompleteParams struct {
	State string `json:"state"`

	Code Secret `json:"code"`
}

// OauthDeviceParams are what oauth.device takes.
type OauthDeviceParams struct {
	Provider string `json:"provider"`
}

// OauthWaitParams are what oauth.wait takes.
type OauthWaitParams struct {
	GrantID string `json:"grantId"`
}

// FolderListParams are what folder.list takes.
type FolderListParams struct {
	MailboxID string `json:"mailboxId"`
}

// SyncRunParams are what sync.run takes.
type SyncRunParams struct {
	MailboxID string `json:"mailboxId"`

	// Answer when the sync is done.
	Wait *bool `json:"wait,omitempty"`
}

// SyncCancelParams are what sync.cancel takes.
type SyncCancelParams struct {
	MailboxID string `json:"mailboxId"`
}

// SyncStatusParams are what sync.status takes.
type SyncStatusParams struct {
	MailboxID string `json:"mailboxId"`
}

// SyncWatchParams are what sync.watch takes.
type SyncWatchParams struct {
	MailboxID string `json:"mailboxId"`
}

// MailSendParams are what mail.send takes.
type MailSendParams struct {
	MailboxID string `json:"mailboxId"`

	To []Address `json:"to,omitempty"`

	Cc []Address `json:"cc,omitempty"`

	// Receive it without being named in it.
	Bcc []Address `json:"bcc,omitempty"`

	ReplyTo []Address `json:"replyTo,omitempty"`

	Subject string `json:"subject"`

	// The body as plain text; made from `html` where it is left out.
	Text *string `json:"text,omitempty"`

	// The body as HTML.
	HTML *string `json:"html,omitempty"`

	Attachments []OutgoingAttachment `json:"attachments,omitempty"`

	// The mail this one answers: sets In-Reply-To and References, and joins its thread.
	InReplyToMailID *string `json:"inReplyToMailId,omitempty"`

	// Replies to it are logged. Never when the tenant's settings forbid it (`tenant.get`).
	Track *bool `json:"track,omitempty"`

	// `timeline` when left out.
	Origin *SendOrigin `json:"origin,omitempty"`

	// Not before this moment.
	SendAt *string `json:"sendAt,omitempty"`

	// The mail's thread is linked to these. Not with `track: false`.
	Records []RecordRef `json:"records,omitempty"`

	// Who stands in From: the mailbox's own address, or one of its `identities`; with a name of its own if it
	// has one. The mailbox's own name and address when left out.
	From *Address `json:"from,omitempty"`

	// Ask the servers on the way to tell of delivery and delay, not of failure only (RFC 3461). Those that
	// cannot do not.
	DeliveryReports *bool `json:"deliveryReports,omitempty"`
}

// MailStatusParams are what mail.status takes.
type MailStatusParams struct {
	MailID string `json:"mailId"`
}

// MailCancelParams are what mail.cancel takes.
type MailCancelParams struct {
	MailID string `json:"mailId"`
}

// MailReplyParams are what mail.reply takes.
type MailReplyParams struct {
	MailID string `json:"mailId"`

	// `sender` when left out. Own addresses are left out, unless there is no other.
	Recipients *ReplyRecipients `json:"recipients,omitempty"`

	// What the answer says, as plain text.
	Text *string `json:"text,omitempty"`

	// What the answer says, as HTML; made from `text` where the mail has HTML and this is left out.
	HTML *string `json:"html,omitempty"`

	// The mail stands below the answer.
	Quote *bool `json:"quote,omitempty"`

	// Of the words around what is quoted, as a tag such as `de` or `pt-BR`; English for what there are no words
	// for.
	Language *string `json:"language,omitempty"`

	// Minutes east of UTC in which the quoted mail's time is written.
	UtcOffsetMinutes *int64 `json:"utcOffsetMinutes,omitempty"`
}

// MailForwardParams are what mail.forward takes.
type MailForwardParams struct {
	MailID string `json:"mailId"`

	// What is said about it, as plain text.
	Text *string `json:"text,omitempty"`

	// What is said about it, as HTML; made from `text` where the mail has HTML and this is left out.
	HTML *string `json:"html,omitempty"`

	// The mail's attachments go with it; else only the pictures that its HTML shows.
	Attachments *bool `json:"attachments,omitempty"`

	// Of the words around what is quoted, as a tag such as `de` or `pt-BR`; English for what there are no words
	// for.
	Language *string `json:"language,omitempty"`

	// Minutes east of UTC in which the quoted mail's time is written.
	UtcOffsetMinutes *int64 `json:"utcOffsetMinutes,omitempty"`
}

// MailGetParams are what mail.get takes.
type MailGetParams struct {
	MailID string `json:"mailId"`
}

// MailListParams are what mail.list takes.
type MailListParams struct {
	MailboxID *string `json:"mailboxId,omitempty"`

	// From or to this address.
	Contact *string `json:"contact,omitempty"`

	MessageID *string `json:"messageId,omitempty"`

	// Only mails whose body is stored.
	LoggedOnly *bool `json:"loggedOnly,omitempty"`

	// Where the page before ended.
	Cursor *string `json:"cursor,omitempty"`

	Limit *int64 `json:"limit,omitempty"`
}

// MailSearchParams are what mail.search takes.
type MailSearchParams struct {
	// At most 32 words.
	Text *string `json:"text,omitempty"`

	MailboxID *string `json:"mailboxId,omitempty"`

	ThreadID *string `json:"threadId,omitempty"`

	// Mails of this record.
	Record *RecordRef `json:"record,omitempty"`

	// From or to this address.
	Contact *string `json:"contact,omitempty"`

	From *string `json:"from,omitempty"`

	// To this address, also as a copy.
	To *string `json:"to,omitempty"`

	// Received at this time or later.
	After *string `json:"after,omitempty"`

	// Received earlier than this.
	Before *string `json:"before,omitempty"`

	HasAttachment *bool `json:"hasAttachment,omitempty"`

	// Where the page before ended.
	Cursor *string `json:"cursor,omitempty"`

	Limit *int64 `json:"limit,omitempty"`
}

// MailSourceParams are what mail.source takes.
type MailSourceParams struct {
	MailID string `json:"mailId"`
}

// MailDeleteParams are what mail.delete takes.
type MailDeleteParams struct {
	MailID string `json:"mailId"`
}

// MailRestoreParams are what mail.restore takes.
type MailRestoreParams struct {
	MailID string `json:"mailId"`
}

// ThreadLookupParams are what thread.lookup takes.
type ThreadLookupParams struct {
	MessageID *string `json:"messageId,omitempty"`

	MailID *string `json:"mailId,omitempty"`

	ThreadID *string `json:"threadId,omitempty"`

	Contact *string `json:"contact,omitempty"`

	// Words that all stand in the subject.
	Subject *string `json:"subject,omitempty"`

	MailboxID *string `json:"mailboxId,omitempty"`

	// Where the page before ended.
	Cursor *string `json:"cursor,omitempty"`

	Limit *int64 `json:"limit,omitempty"`

	// Threads linked to this record.
	Record *RecordRef `json:"record,omitempty"`
}

// ThreadGetParams are what thread.get takes.
type ThreadGetParams struct {
	ThreadID string `json:"threadId"`
}

// ThreadListParams are what thread.list takes.
type ThreadListParams struct {
	MailboxID *string `json:"mailboxId,omitempty"`

	Contact *string `json:"contact,omitempty"`

	TrackedOnly *bool `json:"trackedOnly,omitempty"`

	// Where the page before ended.
	Cursor *string `json:"cursor,omitempty"`

	Limit *int64 `json:"limit,omitempty"`
}

// ThreadTrackParams are what thread.track takes.
type ThreadTrackParams struct {
	MailID *string `json:"mailId,omitempty"`

	// Instead of `mailId`: the mail by its Message-ID, in any mailbox of the tenant.
	MessageID *string `json:"messageId,omitempty"`
}

// ThreadUntrackParams are what thread.untrack takes.
type ThreadUntrackParams struct {
	ThreadID string `json:"threadId"`
}

// ThreadSplitParams are what thread.split takes.
type ThreadSplitParams struct {
	MailID string `json:"mailId"`
}

// ThreadMergeParams are what thread.merge takes.
type ThreadMergeParams struct {
	ThreadID string `json:"threadId"`

	IntoThreadID string `json:"intoThreadId"`
}

// RecordLinkParams are what record.link takes.
type RecordLinkParams struct {
	Record RecordRef `json:"record"`

	ThreadID *string `json:"threadId,omitempty"`

	MailID *string `json:"mailId,omitempty"`
}

// RecordUnlinkParams are what record.unlink takes.
type RecordUnlinkParams struct {
	Record RecordRef `json:"record"`

	ThreadID *string `json:"threadId,omitempty"`

	MailID *string `json:"mailId,omitempty"`
}

// RecordListParams are what record.list takes.
type RecordListParams struct {
	ThreadID *string `json:"threadId,omitempty"`

	MailID *string `json:"mailId,omitempty"`
}

// RecordTimelineParams are what record.timeline takes.
type RecordTimelineParams struct {
	Record RecordRef `json:"record"`

	// `newest` when left out.
	Order *TimelineOrder `json:"order,omitempty"`

	// Where the page before ended; for the same record and order.
	Cursor *string `json:"cursor,omitempty"`

	// 20 when left out: a page carries the texts.
	Limit *int64 `json:"limit,omitempty"`
}

// AttachmentGetParams are what attachment.get takes.
type AttachmentGetParams struct {
	BlobID string `json:"blobId"`
}

// UploadOpenParams are what upload.open takes.
type UploadOpenParams struct {
	// The file name that receivers see.
	Name string `json:"name"`

	// The media type.
	Type *string `json:"type,omitempty"`

	// Octets, where they are known: what cannot be sent is refused at once, and a commit of fewer is refused.
	Size *int64 `json:"size,omitempty"`
}

// UploadWriteParams are what upload.write takes.
type UploadWriteParams struct {
	UploadID string `json:"uploadId"`

	// Where the piece begins.
	Offset int64 `json:"offset"`

	// The octets, base64; at most `pieceOctetsMax` of them.
	Data []byte `json:"data"`
}

// UploadFillParams are what upload.fill takes.
type UploadFillParams struct {
	UploadID string `json:"uploadId"`
}

// UploadGetParams are what upload.get takes.
type UploadGetParams struct {
	UploadID string `json:"uploadId"`
}

// UploadCommitParams are what upload.commit takes.
type UploadCommitParams struct {
	UploadID string `json:"uploadId"`

	// What the caller gave. When what came is something else, the upload is not committed.
	Sha256 *string `json:"sha256,omitempty"`
}

// UploadCancelParams are what upload.cancel takes.
type UploadCancelParams struct {
	UploadID string `json:"uploadId"`
}

// PurgePreviewParams are what purge.preview takes.
type PurgePreviewParams struct {
	Scope PurgeScope `json:"scope"`
}

// PurgeRunParams are what purge.run takes.
type PurgeRunParams struct {
	Scope PurgeScope `json:"scope"`
}

// PurgeStatusParams are what purge.status takes.
type PurgeStatusParams struct {
	PurgeID string `json:"purgeId"`
}

// PurgeReceiptsParams are what purge.receipts takes.
type PurgeReceiptsParams struct {
	// Where the page before ended.
	Cursor *string `json:"cursor,omitempty"`

	Limit *int64 `json:"limit,omitempty"`
}

// RetentionGetParams are what retention.get takes.
type RetentionGetParams struct {
	// Count what goes within so many days.
	WithinDays *int64 `json:"withinDays,omitempty"`
}

// RetentionSetParams are what retention.set takes.
type RetentionSetParams struct {
	Policy RetentionPolicy `json:"policy"`
}

// RetentionOfMailParams are what retention.ofMail takes.
type RetentionOfMailParams struct {
	MailID string `json:"mailId"`
}

// HoldPlaceParams are what hold.place takes.
type HoldPlaceParams struct {
	Scope PurgeScope `json:"scope"`

	// For people: a case number, a date.
	Reason string `json:"reason"`
}

// HoldReleaseParams are what hold.release takes.
type HoldReleaseParams struct {
	HoldID string `json:"holdId"`
}

// WebhookCreateParams are what webhook.create takes.
type WebhookCreateParams struct {
	// `https://` and no user, fragment or redirect. `http://` only to this machine, where the operator allows
	// private hosts.
	URL string `json:"url"`

	// Types of events that it wants; all when left out or empty.
	Kinds []EventType `json:"kinds,omitempty"`

	// Events above this number; those from now on when left out.
	After *string `json:"after,omitempty"`
}

// WebhookGetParams are what webhook.get takes.
type WebhookGetParams struct {
	WebhookID string `json:"webhookId"`
}

// WebhookUpdateParams are what webhook.update takes.
type WebhookUpdateParams struct {
	WebhookID string `json:"webhookId"`

	// `https://` and no user, fragment or redirect. `http://` only to this machine, where the operator allows
	// private hosts.
	URL *string `json:"url,omitempty"`

	// Types of events that it wants; all when left out or empty.
	Kinds []EventType `json:"kinds,omitempty"`

	Enabled *bool `json:"enabled,omitempty"`

	RotateSecret *bool `json:"rotateSecret,omitempty"`
}

// WebhookReplayParams are what webhook.replay takes.
type WebhookReplayParams struct {
	WebhookID string `json:"webhookId"`

	After string `json:"after"`
}

// WebhookTestParams are what webhook.test takes.
type WebhookTestParams struct {
	WebhookID string `json:"webhookId"`
}

// WebhookDeleteParams are what webhook.delete takes.
type WebhookDeleteParams struct {
	WebhookID string `json:"webhookId"`
}

// EventsReadParams are what events.read takes.
type EventsReadParams struct {
	// Events above this number; from the first when left out.
	After *string `json:"after,omitempty"`

	Limit *int64 `json:"limit,omitempty"`
}

// EventsSubscribeParams are what events.subscribe takes.
type EventsSubscribeParams struct {
	// Events above this number; from the first when left out.
	After *string `json:"after,omitempty"`
}

// TenantCreateParams are what tenant.create takes.
type TenantCreateParams struct {
	Name string `json:"name"`
}

// TenantGetParams are what tenant.get takes.
type TenantGetParams struct {
	// The caller's own when left out.
	TenantID *string `json:"tenantId,omitempty"`
}

// TenantUpdateParams are what tenant.update takes.
type TenantUpdateParams struct {
	Settings TenantSettingsChange `json:"settings"`
}

// TokenCreateParams are what token.create takes.
type TokenCreateParams struct {
	// The caller's own when left out.
	TenantID *string `json:"tenantId,omitempty"`

	// Who uses it; stands in receipts.
	Name string `json:"name"`

	Scopes []Scope `json:"scopes"`

	ExpiresAt *string `json:"expiresAt,omitempty"`
}

// TokenAddCertificateParams are what token.addCertificate takes.
type TokenAddCertificateParams struct {
	// The caller's own when left out.
	TenantID *string `json:"tenantId,omitempty"`

	// Who uses it; stands in receipts.
	Name string `json:"name"`

	Scopes []Scope `json:"scopes"`

	ExpiresAt *string `json:"expiresAt,omitempty"`

	// The certificate in PEM, without its key; of a chain the first counts. Its SHA-256 is kept.
	Certificate string `json:"certificate"`
}

// TokenGetParams are what token.get takes.
type TokenGetParams struct {
	TokenID string `json:"tokenId"`

	// The caller's own when left out.
	TenantID *string `json:"tenantId,omitempty"`
}

// TokenListParams are what token.list takes.
type TokenListParams struct {
	// The caller's own when left out.
	TenantID *string `json:"tenantId,omitempty"`
}

// TokenRevokeParams are what token.revoke takes.
type TokenRevokeParams struct {
	TokenID string `json:"tokenId"`

	// The caller's own when left out.
	TenantID *string `json:"tenantId,omitempty"`
}

// ServerLogParams are what server.log takes.
type ServerLogParams struct {
	// Lines of this level and above; `info` when left out.
	Level *LogLevel `json:"level,omitempty"`

	// How many lines that were written before come first; the server keeps the last 200 of all levels.
	Past *int64 `json:"past,omitempty"`
}

// HealthCheckParams are what health.check takes.
type HealthCheckParams struct {
	Service *string `json:"service,omitempty"`
}

// HealthWatchParams are what health.watch takes.
type HealthWatchParams struct {
	Service *string `json:"service,omitempty"`
}

// MailboxCalls are the methods mailbox.*
type MailboxCalls struct{ client *Client }

// Connect: Connect an e-mail account.
//
// Signs in to both servers, lists the folders, and only then stores the mailbox and begins to sync it. Nothing
// is stored when a step fails; the error names the step and has the server's words. Server connections are
// always encrypted and verified. Progress: each step as it begins.
//
// Reasons of its errors: oauth.providerUnknown, oauth.unknown, oauth.refused, oauth.unavailable,
// mailbox.exists, connect.imap.unsupported, connect.imap.hostUnknown, connect.imap.unreachable,
// connect.imap.timeout, connect.imap.tls, connect.imap.certificate.expired, connect.imap.certificate.wrongHost,
// connect.imap.certificate.untrusted, connect.imap.certificate.other, connect.imap.noEncryption,
// connect.imap.noMechanism, connect.imap.authenticationFailed, connect.imap.busy, connect.imap.denied,
// connect.imap.refused, connect.imap.protocol, connect.smtp.unsupported, connect.smtp.hostUnknown,
// connect.smtp.unreachable, connect.smtp.timeout, connect.smtp.tls, connect.smtp.certificate.expired,
// connect.smtp.certificate.wrongHost, connect.smtp.certificate.untrusted, connect.smtp.certificate.other,
// connect.smtp.noEncryption, connect.smtp.noMechanism, connect.smtp.authenticationFailed, connect.smtp.busy,
// connect.smtp.denied, connect.smtp.refused, connect.smtp.protocol.
func (c *MailboxCalls) Connect(ctx context.Context, params MailboxConnectParams, options ...CallOption) (*Mailbox, error) {
	return call[Mailbox](ctx, c.client, "mailbox.connect", params, false, false, options)
}

// Get: A mailbox.
//
// Settings and state of a mailbox.
//
// Reasons of its errors: mailbox.unknown.
func (c *MailboxCalls) Get(ctx context.Context, params MailboxGetParams, options ...CallOption) (*Mailbox, error) {
	return call[Mailbox](ctx, c.client, "mailbox.get", params, true, false, options)
}

// List: All mailboxes.
//
// The mailboxes of the tenant, oldest first.
func (c *MailboxCalls) List(ctx context.Context, options ...CallOption) (*MailboxList, error) {
	return call[MailboxList](ctx, c.client, "mailbox.list", struct{}{}, true, false, options)
}

// Audit: Compare a mailbox with its server.
//
// Signs in beside the mailbox's own connections, compares every folder message by message with what is kept,
// and gives a reason for each mail of the server's that is not here. Nothing is changed. Each mailbox is also
// audited once a day by itself; `postroom_audit_unexplained` of the metrics, which must be 0, is what that
// found. It takes as long as the server takes to tell the numbers of all messages.
//
// Reasons of its errors: mailbox.unknown, connect.imap.hostUnknown, connect.imap.unreachable,
// connect.imap.timeout, connect.imap.tls, connect.imap.certificate.expired, connect.imap.certificate.wrongHost,
// connect.imap.certificate.untrusted, connect.imap.certificate.other, connect.imap.noEncryption,
// connect.imap.noMechanism, connect.imap.authenticationFailed, connect.imap.busy, connect.imap.denied,
// connect.imap.refused, connect.imap.protocol.
func (c *MailboxCalls) Audit(ctx context.Context, params MailboxAuditParams, options ...CallOption) (*MailboxAudit, error) {
	return call[MailboxAudit](ctx, c.client, "mailbox.audit", params, true, false, options)
}

// Discover: Find the servers of an address.
//
// Looks in a table of large providers, then in the domain's autoconfig document (over verified TLS), its SRV
// records and its MX records. Nothing is stored and nobody is signed in: show the person what was found before
// a password goes there.
func (c *MailboxCalls) Discover(ctx context.Context, params MailboxDiscoverParams, options ...CallOption) (*MailboxDiscovery, error) {
	return call[MailboxDiscovery](ctx, c.client, "mailbox.discover", params, true, false, options)
}

// Probe: Look at an account's servers.
//
// Signs in, and answers what the servers offer, what of it is used, what is not and why, their limits, the
// folders, and where sent mail goes. Nothing is stored and nothing changed. Either `mailboxId` for a connected
// mailbox, or `imap`, `password` and `userName` (with `smtp` where that is to be looked at, too) as
// `mailbox.connect` would take them.
//
// Reasons of its errors: mailbox.unknown, connect.imap.unsupported, connect.imap.hostUnknown,
// connect.imap.unreachable, connect.imap.timeout, connect.imap.tls, connect.imap.certificate.expired,
// connect.imap.certificate.wrongHost, connect.imap.certificate.untrusted, connect.imap.certificate.other,
// connect.imap.noEncryption, connect.imap.noMechanism, connect.imap.authenticationFailed, connect.imap.busy,
// connect.imap.denied, connect.imap.refused, connect.imap.protocol, connect.smtp.unsupported,
// connect.smtp.hostUnknown, connect.smtp.unreachable, connect.smtp.timeout, connect.smtp.tls,
// connect.smtp.certificate.expired, connect.smtp.certificate.wrongHost, connect.smtp.certificate.untrusted,
// connect.smtp.certificate.other, connect.smtp.noEncryption, connect.smtp.noMechanism,
// connect.smtp.authenticationFailed, connect.smtp.busy, connect.smtp.denied, connect.smtp.refused,
// connect.smtp.protocol.
func (c *MailboxCalls) Probe(ctx context.Context, params MailboxProbeParams, options ...CallOption) (*MailboxProbe, error) {
	return call[MailboxProbe](ctx, c.client, "mailbox.probe", params, true, false, options)
}

// Reconnect: Sign in again.
//
// Verifies and stores what is given, keeps the rest, and goes on with the sync where it stopped. Nothing
// changes when a step fails. Progress: each step as it begins.
//
// Reasons of its errors: oauth.providerUnknown, oauth.unknown, oauth.refused, oauth.unavailable,
// mailbox.unknown, connect.imap.unsupported, connect.imap.hostUnknown, connect.imap.unreachable,
// connect.imap.timeout, connect.imap.tls, connect.imap.certificate.expired, connect.imap.certificate.wrongHost,
// connect.imap.certificate.untrusted, connect.imap.certificate.other, connect.imap.noEncryption,
// connect.imap.noMechanism, connect.imap.authenticationFailed, connect.imap.busy, connect.imap.denied,
// connect.imap.refused, connect.imap.protocol, connect.smtp.unsupported, connect.smtp.hostUnknown,
// connect.smtp.unreachable, connect.smtp.timeout, connect.smtp.tls, connect.smtp.certificate.expired,
// connect.smtp.certificate.wrongHost, connect.smtp.certificate.untrusted, connect.smtp.certificate.other,
// connect.smtp.noEncryption, connect.smtp.noMechanism, connect.smtp.authenticationFailed, connect.smtp.busy,
// connect.smtp.denied, connect.smtp.refused, connect.smtp.protocol.
func (c *MailboxCalls) Reconnect(ctx context.Context, params MailboxReconnectParams, options ...CallOption) (*Mailbox, error) {
	return call[Mailbox](ctx, c.client, "mailbox.reconnect", params, true, false, options)
}

// Update: Change whom a mailbox sends as, and how fast.
//
// Sets what is given and leaves the rest. Mails that wait already go by the new limits.
//
// Reasons of its errors: mailbox.unknown, send.addressInvalid.
func (c *MailboxCalls) Update(ctx context.Context, params MailboxUpdateParams, options ...CallOption) (*Mailbox, error) {
	return call[Mailbox](ctx, c.client, "mailbox.update", params, true, false, options)
}

// Disconnect: Stop a mailbox.
//
// Stops syncing and sending; what is stored stays. The state becomes `disconnected` with reason `turnedOff`.
//
// Reasons of its errors: mailbox.unknown.
func (c *MailboxCalls) Disconnect(ctx context.Context, params MailboxDisconnectParams, options ...CallOption) (*Mailbox, error) {
	return call[Mailbox](ctx, c.client, "mailbox.disconnect", params, true, false, options)
}

// Delete: Delete a mailbox.
//
// Disconnects the mailbox and begins to erase it with all its mail. `purge.status` tells when it is done.
//
// Reasons of its errors: purge.held, mailbox.unknown.
func (c *MailboxCalls) Delete(ctx context.Context, params MailboxDeleteParams, options ...CallOption) (*Purge, error) {
	return call[Purge](ctx, c.client, "mailbox.delete", params, false, false, options)
}

// OauthCalls are the methods oauth.*
type OauthCalls struct{ client *Client }

// Providers: Providers of access tokens.
//
// Those that are configured on this server, by name. Others are not known here.
func (c *OauthCalls) Providers(ctx context.Context, options ...CallOption) (*OAuthProviderList, error) {
	return call[OAuthProviderList](ctx, c.client, "oauth.providers", struct{}{}, true, false, options)
}

// Begin: Send a person to their provider.
//
// Begins the authorization code flow with PKCE (RFC 6749, RFC 7636): send the person to `url`; the provider
// sends them back to `redirectUri` with `state` and `code`, which go into `oauth.complete`. A state lives 15
// minutes, in memory, and is good for one try.
//
// Reasons of its errors: oauth.providerUnknown, oauth.notOffered, oauth.redirectInvalid, limit.oauth.
func (c *OauthCalls) Begin(ctx context.Context, params OauthBeginParams, options ...CallOption) (*OAuthAuthorization, error) {
	return call[OAuthAuthorization](ctx, c.client, "oauth.begin", params, false, false, options)
}

// Complete: Take what the provider sent back.
//
// Redeems the code for tokens, which stay in the server. The grant goes into `mailbox.connect` or
// `mailbox.reconnect` within 15 minutes.
//
// Reasons of its errors: oauth.unknown, oauth.refused, oauth.unavailable, oauth.noRefreshToken, limit.oauth.
func (c *OauthCalls) Complete(ctx context.Context, params OauthCompleteParams, options ...CallOption) (*OAuthGrant, error) {
	return call[OAuthGrant](ctx, c.client, "oauth.complete", params, false, false, options)
}

// Device: Let a person type a code.
//
// Begins the device flow (RFC 8628): show the person `userCode` and `verificationUri`; `oauth.wait` answers
// when they have said yes. Not every provider offers it for mail.
//
// Reasons of its errors: oauth.providerUnknown, oauth.notOffered, oauth.refused, oauth.unavailable,
// limit.oauth.
func (c *OauthCalls) Device(ctx context.Context, params OauthDeviceParams, options ...CallOption) (*OAuthDevice, error) {
	return call[OAuthDevice](ctx, c.client, "oauth.device", params, false, false, options)
}

// Wait: Wait until the person has said yes.
//
// Asks the provider as often as it allows, and answers when the grant can be used. Give it a deadline of
// minutes, and call again when that passes: the grant goes on until `expiresAt`.
//
// Reasons of its errors: oauth.unknown, oauth.denied, oauth.refused, oauth.noRefreshToken.
func (c *OauthCalls) Wait(ctx context.Context, params OauthWaitParams, options ...CallOption) (*OAuthGrant, error) {
	return call[OAuthGrant](ctx, c.client, "oauth.wait", params, true, false, options)
}

// FolderCalls are the methods folder.*
type FolderCalls struct{ client *Client }

// List: Folders of a mailbox.
//
// The folders that the server lists, and how much of each is stored.
//
// Reasons of its errors: mailbox.unknown.
func (c *FolderCalls) List(ctx context.Context, params FolderListParams, options ...CallOption) (*FolderList, error) {
	return call[FolderList](ctx, c.client, "folder.list", params, true, false, options)
}

// SyncCalls are the methods sync.*
type SyncCalls struct{ client *Client }

// Run: Sync now.
//
// Asks the mailbox's worker to look for news at once instead of at its next turn. Answers how things stand;
// with `wait` only when all folders have been looked at and what was found has been read, the first reading of
// a mailbox included. Then progress tells the status at once and after each change, at most a few times a
// second.
//
// Reasons of its errors: mailbox.unknown, mailbox.disconnected, sync.cancelled.
func (c *SyncCalls) Run(ctx context.Context, params SyncRunParams, options ...CallOption) (*SyncStatus, error) {
	return call[SyncStatus](ctx, c.client, "sync.run", params, true, false, options)
}

// Cancel: Call a sync off.
//
// Calls off the sync that runs, the first reading of a mailbox included: who waits for it in `sync.run` is
// answered `sync.cancelled`, and the worker stops behind what it is just reading. New mail is seen all the
// same; older mail is read on, from where it stopped, after the next `sync.run`, `mailbox.reconnect` or start
// of the server. Answers how things stand then: the phase is `paused` when something is left. Without a sync
// that runs nothing changes.
//
// Reasons of its errors: mailbox.unknown.
func (c *SyncCalls) Cancel(ctx context.Context, params SyncCancelParams, options ...CallOption) (*SyncStatus, error) {
	return call[SyncStatus](ctx, c.client, "sync.cancel", params, true, false, options)
}

// Status: How far the sync is.
//
// How much of the mailbox has been read.
//
// Reasons of its errors: mailbox.unknown.
func (c *SyncCalls) Status(ctx context.Context, params SyncStatusParams, options ...CallOption) (*SyncStatus, error) {
	return call[SyncStatus](ctx, c.client, "sync.status", params, true, false, options)
}

// Watch: Watch the sync.
//
// Streams the status at once and after each change, at most a few times a second. Ends only when it is
// cancelled or the mailbox is deleted.
//
// Reasons of its errors: mailbox.unknown.
func (c *SyncCalls) Watch(ctx context.Context, params SyncWatchParams, options ...StreamOption) *Stream[SyncStatus] {
	return stream[SyncStatus](ctx, c.client, "sync.watch", params, nil, options)
}

// MailCalls are the methods mail.*
type MailCalls struct{ client *Client }

// Send: Send a mail.
//
// Takes the mail on and answers at once; `mail.status` and the event `submission.state` tell what became of it.
// With an idempotency key (`_meta.idempotencyKey`) it is delivered once however often the call is repeated.
//
// Reasons of its errors: mailbox.unknown, mailbox.disconnected, mail.unknown, send.noRecipients,
// send.addressInvalid, send.fromRefused, send.noContent, send.headerInvalid, send.attachmentInvalid,
// upload.unknown, upload.incomplete, attachment.unknown, send.tooLarge, idempotency.keyReused.
func (c *MailCalls) Send(ctx context.Context, params MailSendParams, options ...CallOption) (*SendResult, error) {
	return call[SendResult](ctx, c.client, "mail.send", params, false, true, options)
}

// Status: What became of a sent mail.
//
// The submission of a mail that `mail.send` took on.
//
// Reasons of its errors: mail.unknown, submission.unknown.
func (c *MailCalls) Status(ctx context.Context, params MailStatusParams, options ...CallOption) (*Submission, error) {
	return call[Submission](ctx, c.client, "mail.status", params, true, false, options)
}

// Cancel: Stop a mail.
//
// Stops a mail that waits or is deferred. Once it is being handed over it is too late.
//
// Reasons of its errors: mail.unknown, submission.unknown, send.tooLate.
func (c *MailCalls) Cancel(ctx context.Context, params MailCancelParams, options ...CallOption) (*Submission, error) {
	return call[Submission](ctx, c.client, "mail.cancel", params, true, false, options)
}

// Reply: Make an answer ready.
//
// What `mail.send` needs to answer a mail: from the address it was written to; to whom it asks for; with its
// text below the caller's, as text and as sanitised HTML. Nothing is sent or stored. The answer's members are
// params of `mail.send`. Of a mail whose body is not stored nothing is quoted.
//
// Reasons of its errors: mail.unknown.
func (c *MailCalls) Reply(ctx context.Context, params MailReplyParams, options ...CallOption) (*Draft, error) {
	return call[Draft](ctx, c.client, "mail.reply", params, true, false, options)
}

// Forward: Make a forward ready.
//
// What `mail.send` needs to pass a mail on: its header's main fields, its text and its attachments below what
// the caller says. Nothing is sent or stored. The answer's members are params of `mail.send`, `to` is for the
// caller to fill. A forward names no mail, so that it begins a conversation of its own.
//
// Reasons of its errors: mail.unknown, mail.notLogged.
func (c *MailCalls) Forward(ctx context.Context, params MailForwardParams, options ...CallOption) (*Draft, error) {
	return call[Draft](ctx, c.client, "mail.forward", params, true, false, options)
}

// Get: A mail.
//
// A mail with its content and its list of attachments, where they are stored.
//
// Reasons of its errors: mail.unknown.
func (c *MailCalls) Get(ctx context.Context, params MailGetParams, options ...CallOption) (*MailDetail, error) {
	return call[MailDetail](ctx, c.client, "mail.get", params, true, false, options)
}

// List: Find mails.
//
// Mails, newest first. Criteria narrow each other down.
//
// Reasons of its errors: mailbox.unknown, params.cursor.
func (c *MailCalls) List(ctx context.Context, params MailListParams, options ...CallOption) (*MailPage, error) {
	return call[MailPage](ctx, c.client, "mail.list", params, true, false, options)
}

// Search: Find words in logged mail.
//
// Logged mails that have all words of the text and fit all other criteria, newest first. Letters of either case
// and with any accent are alike; words in quotation marks, or hanging together as in `follow-up`, must stand
// side by side; Chinese, Japanese, Thai and Korean are found by any part of a text. Whole words are found, not
// their beginnings. What is searched is the tenant's decision (`tenant.update`, `search`): nothing, which is an
// error here; `metadata`, which is subjects, names and addresses; or `full`, which is texts and the names of
// attachments too.
//
// Reasons of its errors: search.off, search.text, mailbox.unknown, thread.unknown, params.cursor.
func (c *MailCalls) Search(ctx context.Context, params MailSearchParams, options ...CallOption) (*MailSearchPage, error) {
	return call[MailSearchPage](ctx, c.client, "mail.search", params, true, false, options)
}

// Source: The message itself.
//
// Streams the octets of a logged mail as they were on the server.
//
// Reasons of its errors: mail.unknown, mail.notLogged.
func (c *MailCalls) Source(ctx context.Context, params MailSourceParams, options ...StreamOption) *Stream[Chunk] {
	return stream[Chunk](ctx, c.client, "mail.source", params, nil, options)
}

// Delete: Delete an engagement.
//
// Takes a logged mail off every timeline, thread and list of logged mail and gives its content out no more, in
// all mailboxes of the tenant that have it. It is erased within the policy's `deletedDays` (`retention.get`);
// until then `mail.restore` brings it back. Again changes nothing. `purge.run` erases at once.
//
// Reasons of its errors: mail.unknown, mail.notLogged.
func (c *MailCalls) Delete(ctx context.Context, params MailDeleteParams, options ...CallOption) (*Mail, error) {
	return call[Mail](ctx, c.client, "mail.delete", params, true, false, options)
}

// Restore: Take a deletion back.
//
// Brings a deleted mail back, as long as it is not erased.
//
// Reasons of its errors: mail.unknown.
func (c *MailCalls) Restore(ctx context.Context, params MailRestoreParams, options ...CallOption) (*Mail, error) {
	return call[Mail](ctx, c.client, "mail.restore", params, true, false, options)
}

// ThreadCalls are the methods thread.*
type ThreadCalls struct{ client *Client }

// Lookup: Find threads.
//
// Threads by what is known of them: the Message-ID or id of one of their mails, an address on one, a record
// they are linked to, words of the subject, or their own id. Criteria narrow each other down; at least one is
// needed.
//
// Reasons of its errors: thread.noCriterion, mailbox.unknown, params.cursor.
func (c *ThreadCalls) Lookup(ctx context.Context, params ThreadLookupParams, options ...CallOption) (*ThreadPage, error) {
	return call[ThreadPage](ctx, c.client, "thread.lookup", params, true, false, options)
}

// Get: A thread.
//
// A thread with its mails, oldest first, each with its content where it is stored.
//
// Reasons of its errors: thread.unknown.
func (c *ThreadCalls) Get(ctx context.Context, params ThreadGetParams, options ...CallOption) (*ThreadDetail, error) {
	return call[ThreadDetail](ctx, c.client, "thread.get", params, true, false, options)
}

// List: All threads.
//
// Threads, the one with the newest mail first.
//
// Reasons of its errors: mailbox.unknown, params.cursor.
func (c *ThreadCalls) List(ctx context.Context, params ThreadListParams, options ...CallOption) (*ThreadPage, error) {
	return call[ThreadPage](ctx, c.client, "thread.list", params, true, false, options)
}

// Track: Track a conversation.
//
// Has the conversation that a mail belongs to logged: what is there and what will come. The bodies are fetched
// from the server, also of mail read long ago.
//
// Reasons of its errors: mail.unknown, thread.noCriterion, thread.neverLogged.
func (c *ThreadCalls) Track(ctx context.Context, params ThreadTrackParams, options ...CallOption) (*Thread, error) {
	return call[Thread](ctx, c.client, "thread.track", params, true, false, options)
}

// Untrack: Stop tracking.
//
// Later mail of the thread is not logged. What is logged stays until it is purged.
//
// Reasons of its errors: thread.unknown.
func (c *ThreadCalls) Untrack(ctx context.Context, params ThreadUntrackParams, options ...CallOption) (*Thread, error) {
	return call[Thread](ctx, c.client, "thread.untrack", params, true, false, options)
}

// Split: Make a thread of its own of a mail.
//
// The mail, those that answer it and those that answer them leave their thread. Later syncs respect it. The old
// thread keeps its links to records; the new one has none.
//
// Reasons of its errors: mail.unknown, thread.notSplit, store.conflict.
func (c *ThreadCalls) Split(ctx context.Context, params ThreadSplitParams, options ...CallOption) (*Thread, error) {
	return call[Thread](ctx, c.client, "thread.split", params, false, false, options)
}

// Merge: Make one thread of two.
//
// All mails and links of `threadId` go to `intoThreadId`. The id that went goes on naming what came of it.
//
// Reasons of its errors: thread.unknown, store.conflict.
func (c *ThreadCalls) Merge(ctx context.Context, params ThreadMergeParams, options ...CallOption) (*Thread, error) {
	return call[Thread](ctx, c.client, "thread.merge", params, true, false, options)
}

// RecordCalls are the methods record.*
type RecordCalls struct{ client *Client }

// Link: Link a conversation or a mail to a record.
//
// Puts a thread (its mails so far and those to come) or one mail (in whatever mailboxes it is) on the timeline
// of a record of the caller. Name either `threadId` or `mailId`. Again changes nothing. What is linked and not
// logged yet appears once it is.
//
// Reasons of its errors: record.target, thread.unknown, mail.unknown.
func (c *RecordCalls) Link(ctx context.Context, params RecordLinkParams, options ...CallOption) error {
	_, err := call[struct{}](ctx, c.client, "record.link", params, true, false, options)
	return err
}

// Unlink: Take a link away.
//
// The thread or mail leaves the record's timeline. Nothing is erased; a thread stays tracked.
//
// Reasons of its errors: record.target, record.unknown, record.notLinked, thread.unknown, mail.unknown.
func (c *RecordCalls) Unlink(ctx context.Context, params RecordUnlinkParams, options ...CallOption) error {
	_, err := call[struct{}](ctx, c.client, "record.unlink", params, false, false, options)
	return err
}

// List: Records of a conversation or mail.
//
// The records that a thread, or a mail by itself, is linked to. Name either `threadId` or `mailId`.
//
// Reasons of its errors: record.target, thread.unknown, mail.unknown.
func (c *RecordCalls) List(ctx context.Context, params RecordListParams, options ...CallOption) (*RecordList, error) {
	return call[RecordList](ctx, c.client, "record.list", params, true, false, options)
}

// Timeline: The e-mails of a record.
//
// What was logged for a record: one engagement for each mail, whatever way it came and in however many
// mailboxes it is. A record that nothing is linked to has none.
//
// Reasons of its errors: params.cursor.
func (c *RecordCalls) Timeline(ctx context.Context, params RecordTimelineParams, options ...CallOption) (*EngagementPage, error) {
	return call[EngagementPage](ctx, c.client, "record.timeline", params, true, false, options)
}

// AttachmentCalls are the methods attachment.*
type AttachmentCalls struct{ client *Client }

// Get: An attachment.
//
// Streams the decoded octets of an attachment.
//
// Reasons of its errors: attachment.unknown.
func (c *AttachmentCalls) Get(ctx context.Context, params AttachmentGetParams, options ...StreamOption) *Stream[Chunk] {
	return stream[Chunk](ctx, c.client, "attachment.get", params, nil, options)
}

// UploadCalls are the methods upload.*
type UploadCalls struct{ client *Client }

// Open: Begin to give a file.
//
// The file goes up by pieces (`upload.write`) and is then complete (`upload.commit`); `mail.send` names it in
// `attachments`, in as many mails as wanted. One that is not committed goes after 24 hours, one that is 7 days
// after its commit or its last mail.
//
// Reasons of its errors: upload.tooLarge, limit.uploads, limit.uploadOctets.
func (c *UploadCalls) Open(ctx context.Context, params UploadOpenParams, options ...CallOption) (*Upload, error) {
	return call[Upload](ctx, c.client, "upload.open", params, false, false, options)
}

// Write: Give a piece of a file.
//
// Adds octets at `offset`, which is where those before it end. A piece that is here already, in whole or in
// part, is taken as a repetition: after a break give the last piece again, or ask `upload.get`. The answer
// comes when the octets are on disk.
//
// Reasons of its errors: upload.unknown, upload.gap, upload.differs, upload.committed, upload.tooLarge,
// limit.uploadOctets, limit.uploadPiece.
func (c *UploadCalls) Write(ctx context.Context, params UploadWriteParams, options ...CallOption) (*Upload, error) {
	return call[Upload](ctx, c.client, "upload.write", params, true, false, options)
}

// Fill: Give the pieces of a file as a stream.
//
// The pieces go up one behind the other without waiting for an answer each; what comes back after each piece is
// the upload, once its octets are on disk. Pieces are as for `upload.write`, and what is wrong with one ends
// the stream; the pieces before it stay. After the last piece end your direction, and commit when the server
// has ended its own. Read what comes back while you give: a caller that does not is not read from any more.
//
// Reasons of its errors: upload.unknown, upload.gap, upload.differs, upload.committed, upload.tooLarge,
// limit.uploadOctets, limit.uploadPiece.
func (c *UploadCalls) Fill(ctx context.Context, params UploadFillParams, options ...StreamOption) *Exchange[UploadPiece, Upload] {
	return exchange[UploadPiece, Upload](ctx, c.client, "upload.fill", params, options)
}

// Get: How far a file is.
//
// `received` says where the next piece begins.
//
// Reasons of its errors: upload.unknown.
func (c *UploadCalls) Get(ctx context.Context, params UploadGetParams, options ...CallOption) (*Upload, error) {
	return call[Upload](ctx, c.client, "upload.get", params, true, false, options)
}

// List: Which files there are.
//
// Those of the tenant whose time is not over, the oldest first.
func (c *UploadCalls) List(ctx context.Context, options ...CallOption) (*UploadList, error) {
	return call[UploadList](ctx, c.client, "upload.list", struct{}{}, true, false, options)
}

// Commit: Say that a file is complete.
//
// Answers its SHA-256, and compares it with the caller's. Repeating it does no harm.
//
// Reasons of its errors: upload.unknown, upload.incomplete, upload.digest.
func (c *UploadCalls) Commit(ctx context.Context, params UploadCommitParams, options ...CallOption) (*Upload, error) {
	return call[Upload](ctx, c.client, "upload.commit", params, true, false, options)
}

// Cancel: Take a file away.
//
// Committed or not. Mails that were sent with it have it still.
//
// Reasons of its errors: upload.unknown.
func (c *UploadCalls) Cancel(ctx context.Context, params UploadCancelParams, options ...CallOption) error {
	_, err := call[struct{}](ctx, c.client, "upload.cancel", params, true, false, options)
	return err
}

// PurgeCalls are the methods purge.*
type PurgeCalls struct{ client *Client }

// Preview: What an erasure would take.
//
// Counts exactly what `purge.run` with the same scope would take now. Erases nothing.
//
// Reasons of its errors: purge.held, purge.scopeInvalid, mailbox.unknown, thread.unknown, mail.unknown,
// record.unknown.
func (c *PurgeCalls) Preview(ctx context.Context, params PurgePreviewParams, options ...CallOption) (*PurgeCounts, error) {
	return call[PurgeCounts](ctx, c.client, "purge.preview", params, true, false, options)
}

// Run: Erase.
//
// Writes the erasure down and begins; from then on it goes on by itself, also after a crash. Afterwards no
// octet of the text is left in the database, its log or its indexes, and the next sync does not bring it back.
//
// Reasons of its errors: purge.held, purge.scopeInvalid, mailbox.unknown, thread.unknown, mail.unknown,
// record.unknown.
func (c *PurgeCalls) Run(ctx context.Context, params PurgeRunParams, options ...CallOption) (*Purge, error) {
	return call[Purge](ctx, c.client, "purge.run", params, false, false, options)
}

// Status: How far an erasure is.
//
// The erasure; its receipt once it is done.
//
// Reasons of its errors: purge.unknown.
func (c *PurgeCalls) Status(ctx context.Context, params PurgeStatusParams, options ...CallOption) (*Purge, error) {
	return call[Purge](ctx, c.client, "purge.status", params, true, false, options)
}

// Receipts: All erasures.
//
// The erasures of the tenant, newest first.
//
// Reasons of its errors: params.cursor.
func (c *PurgeCalls) Receipts(ctx context.Context, params PurgeReceiptsParams, options ...CallOption) (*PurgePage, error) {
	return call[PurgePage](ctx, c.client, "purge.receipts", params, true, false, options)
}

// PublicKey: By what receipts are verified.
//
// The public half of the key that signs receipts. It is the server's, the same for all tenants. Kept beside the
// receipts it verifies them without the server.
func (c *PurgeCalls) PublicKey(ctx context.Context, options ...CallOption) (*ReceiptKey, error) {
	return call[ReceiptKey](ctx, c.client, "purge.publicKey", struct{}{}, true, false, options)
}

// RetentionCalls are the methods retention.*
type RetentionCalls struct{ client *Client }

// Get: What is kept how long.
//
// The tenant's policy, and for each rule how many mails it is about, how many of them go within `withinDays`,
// and when the first one goes. Cost: grows with the mails of the tenant.
func (c *RetentionCalls) Get(ctx context.Context, params RetentionGetParams, options ...CallOption) (*Retention, error) {
	return call[Retention](ctx, c.client, "retention.get", params, true, false, options)
}

// Set: Decide what is kept how long.
//
// Replaces the tenant's policy as a whole. It holds for what is stored already as for what comes:
// `retention.get` tells at once what goes and when; the erasure begins at the next look, at the latest in an
// hour, and leaves a receipt of kind `retention`.
func (c *RetentionCalls) Set(ctx context.Context, params RetentionSetParams, options ...CallOption) (*Retention, error) {
	return call[Retention](ctx, c.client, "retention.set", params, true, false, options)
}

// OfMail: When a mail goes.
//
// Under which rule a mail is, when it is erased, and whether a hold keeps it.
//
// Reasons of its errors: mail.unknown.
func (c *RetentionCalls) OfMail(ctx context.Context, params RetentionOfMailParams, options ...CallOption) (*MailRetention, error) {
	return call[MailRetention](ctx, c.client, "retention.ofMail", params, true, false, options)
}

// AcceptClock: Say that the clock is right.
//
// Nothing is erased by age while the server's clock is behind a time that was written down: one of the two is
// wrong. This forgets the times written down that are still to come. What was read under them counts as younger
// by that, never as older.
func (c *RetentionCalls) AcceptClock(ctx context.Context, options ...CallOption) error {
	_, err := call[struct{}](ctx, c.client, "retention.acceptClock", struct{}{}, true, false, options)
	return err
}

// HoldCalls are the methods hold.*
type HoldCalls struct{ client *Client }

// Place: Keep what must not go.
//
// A legal hold. What its scope takes, now and later, is erased neither by age nor by `purge.run` while it
// stands: a purge that would take any of it is refused. Scopes: `tenant`, `mailbox`, `contact`, `thread`,
// `mail`.
//
// Reasons of its errors: purge.scopeInvalid, mailbox.unknown, thread.unknown, mail.unknown.
func (c *HoldCalls) Place(ctx context.Context, params HoldPlaceParams, options ...CallOption) (*Hold, error) {
	return call[Hold](ctx, c.client, "hold.place", params, false, false, options)
}

// List: All holds.
//
// The tenant's holds, oldest first.
func (c *HoldCalls) List(ctx context.Context, options ...CallOption) (*HoldList, error) {
	return call[HoldList](ctx, c.client, "hold.list", struct{}{}, true, false, options)
}

// Release: End a hold.
//
// What it kept goes when its time is over, which may be at once.
//
// Reasons of its errors: hold.unknown.
func (c *HoldCalls) Release(ctx context.Context, params HoldReleaseParams, options ...CallOption) error {
	_, err := call[struct{}](ctx, c.client, "hold.release", params, false, false, options)
	return err
}

// WebhookCalls are the methods webhook.*
type WebhookCalls struct{ client *Client }

// Create: Have events delivered.
//
// Events of the tenant are POSTed to a URL, one at a time and in their order, each until it is answered with
// 2xx: at least once, since an answer may get lost. Form, signature and retries are in docs/webhooks.md. The
// secret that verifies signatures is in this answer and nowhere else.
//
// Reasons of its errors: webhook.urlInvalid, limit.webhooks, events.cursorTooOld, events.cursorInvalid.
func (c *WebhookCalls) Create(ctx context.Context, params WebhookCreateParams, options ...CallOption) (*WebhookWithSecret, error) {
	return call[WebhookWithSecret](ctx, c.client, "webhook.create", params, false, false, options)
}

// Get: One webhook.
//
// Its settings, how far it is, and what went wrong last.
//
// Reasons of its errors: webhook.unknown.
func (c *WebhookCalls) Get(ctx context.Context, params WebhookGetParams, options ...CallOption) (*Webhook, error) {
	return call[Webhook](ctx, c.client, "webhook.get", params, true, false, options)
}

// List: All webhooks.
//
// The tenant's webhooks, oldest first.
func (c *WebhookCalls) List(ctx context.Context, options ...CallOption) (*WebhookList, error) {
	return call[WebhookList](ctx, c.client, "webhook.list", struct{}{}, true, false, options)
}

// Update: Change a webhook.
//
// Sets what is given and leaves the rest; then the next event is tried at once. `enabled` turns it off, or on
// again where it was left. `rotateSecret` makes a new secret, which is in this answer; for 24 hours the one
// before signs too.
//
// Reasons of its errors: webhook.unknown, webhook.urlInvalid.
func (c *WebhookCalls) Update(ctx context.Context, params WebhookUpdateParams, options ...CallOption) (*WebhookWithSecret, error) {
	return call[WebhookWithSecret](ctx, c.client, "webhook.update", params, false, false, options)
}

// Replay: Deliver from a number on.
//
// Events above `after` are delivered, again or at last, and the webhook is active, also when it was off or
// parked.
//
// Reasons of its errors: webhook.unknown, events.cursorTooOld, events.cursorInvalid.
func (c *WebhookCalls) Replay(ctx context.Context, params WebhookReplayParams, options ...CallOption) (*Webhook, error) {
	return call[Webhook](ctx, c.client, "webhook.replay", params, true, false, options)
}

// Test: Try a webhook.
//
// Sends one event of type `postroom.webhook.test` now and says what came of it. Whether it is active, and its
// cursor, do not matter.
//
// Reasons of its errors: webhook.unknown.
func (c *WebhookCalls) Test(ctx context.Context, params WebhookTestParams, options ...CallOption) (*WebhookTest, error) {
	return call[WebhookTest](ctx, c.client, "webhook.test", params, false, false, options)
}

// Delete: Remove a webhook.
//
// Nothing is sent to it any more, and its secret is erased. An event that is on its way may still arrive.
//
// Reasons of its errors: webhook.unknown.
func (c *WebhookCalls) Delete(ctx context.Context, params WebhookDeleteParams, options ...CallOption) error {
	_, err := call[struct{}](ctx, c.client, "webhook.delete", params, false, false, options)
	return err
}

// EventsCalls are the methods events.*
type EventsCalls struct{ client *Client }

// Read: Read events.
//
// Events above a number, oldest first. `cursor` is what to pass as `after` next time; `latest` is the newest
// number there is: pass that to begin from now.
//
// Reasons of its errors: events.cursorTooOld, events.cursorInvalid.
func (c *EventsCalls) Read(ctx context.Context, params EventsReadParams, options ...CallOption) (*EventPage, error) {
	return call[EventPage](ctx, c.client, "events.read", params, true, false, options)
}

// Subscribe: Follow events.
//
// Streams the events above a number and then each as it is committed. Pass the last number seen to go on after
// a break: nothing is missed or seen twice.
//
// Reasons of its errors: events.cursorTooOld, events.cursorInvalid.
func (c *EventsCalls) Subscribe(ctx context.Context, params EventsSubscribeParams, options ...StreamOption) *Stream[Event] {
	return stream[Event](ctx, c.client, "events.subscribe", params, &resume{param: "after", member: "seq"}, options)
}

// TenantCalls are the methods tenant.*
type TenantCalls struct{ client *Client }

// Create: Make a tenant.
//
// Makes a tenant. Its first token is made with `token.create`.
//
// Reasons of its errors: tenant.exists.
func (c *TenantCalls) Create(ctx context.Context, params TenantCreateParams, options ...CallOption) (*Tenant, error) {
	return call[Tenant](ctx, c.client, "tenant.create", params, false, false, options)
}

// Get: One tenant.
//
// The tenant with this id, or the caller's own.
//
// Reasons of its errors: tenant.unknown.
func (c *TenantCalls) Get(ctx context.Context, params TenantGetParams, options ...CallOption) (*Tenant, error) {
	return call[Tenant](ctx, c.client, "tenant.get", params, true, false, options)
}

// Settings: What a tenant logs.
//
// The caller's own tenant and what it decided about logging.
func (c *TenantCalls) Settings(ctx context.Context, options ...CallOption) (*TenantDetail, error) {
	return call[TenantDetail](ctx, c.client, "tenant.settings", struct{}{}, true, false, options)
}

// Update: Change what is logged.
//
// Sets what is given of the caller's own tenant and leaves the rest. Holds for mail that is read from now on;
// what is logged stays.
//
// Reasons of its errors: tenant.settingsInvalid.
func (c *TenantCalls) Update(ctx context.Context, params TenantUpdateParams, options ...CallOption) (*TenantDetail, error) {
	return call[TenantDetail](ctx, c.client, "tenant.update", params, true, false, options)
}

// List: All tenants.
//
// All tenants, oldest first.
func (c *TenantCalls) List(ctx context.Context, options ...CallOption) (*TenantList, error) {
	return call[TenantList](ctx, c.client, "tenant.list", struct{}{}, true, false, options)
}

// TokenCalls are the methods token.*
type TokenCalls struct{ client *Client }

// Create: Make a token.
//
// Makes an access token. The secret is in this answer and nowhere else.
//
// Reasons of its errors: tenant.unknown, token.expired.
func (c *TokenCalls) Create(ctx context.Context, params TokenCreateParams, options ...CallOption) (*NewToken, error) {
	return call[NewToken](ctx, c.client, "token.create", params, false, false, options)
}

// AddCertificate: Register a client certificate.
//
// Lets a client certificate stand for a token: a connection whose TLS handshake shows it needs no
// `session.open`. The certificate must come from an authority that the server was told of (`--tls-client-ca`).
// `token.revoke` takes it back.
//
// Reasons of its errors: tenant.unknown, token.expired, certificate.invalid, certificate.exists.
func (c *TokenCalls) AddCertificate(ctx context.Context, params TokenAddCertificateParams, options ...CallOption) (*Token, error) {
	return call[Token](ctx, c.client, "token.addCertificate", params, false, false, options)
}

// Get: One token.
//
// A token of a tenant, without its secret.
//
// Reasons of its errors: token.unknown, tenant.unknown.
func (c *TokenCalls) Get(ctx context.Context, params TokenGetParams, options ...CallOption) (*Token, error) {
	return call[Token](ctx, c.client, "token.get", params, true, false, options)
}

// List: Tokens of a tenant.
//
// The tokens of a tenant, oldest first, without secrets.
//
// Reasons of its errors: tenant.unknown.
func (c *TokenCalls) List(ctx context.Context, params TokenListParams, options ...CallOption) (*TokenList, error) {
	return call[TokenList](ctx, c.client, "token.list", params, true, false, options)
}

// Revoke: Revoke a token.
//
// The token opens no connection from now on.
//
// Reasons of its errors: token.unknown, tenant.unknown.
func (c *TokenCalls) Revoke(ctx context.Context, params TokenRevokeParams, options ...CallOption) error {
	_, err := call[struct{}](ctx, c.client, "token.revoke", params, true, false, options)
	return err
}

// ServerCalls are the methods server.*
type ServerCalls struct{ client *Client }

// Info: What answers.
//
// Name and versions, when it started, what it speaks and can do, and the limits it holds callers to.
func (c *ServerCalls) Info(ctx context.Context, options ...CallOption) (*ServerInfo, error) {
	return call[ServerInfo](ctx, c.client, "server.info", struct{}{}, true, false, options)
}

// Stats: Counters.
//
// Counters of the whole server since its start, what waits in its queues now, and what its process uses.
func (c *ServerCalls) Stats(ctx context.Context, options ...CallOption) (*ServerStats, error) {
	return call[ServerStats](ctx, c.client, "server.stats", struct{}{}, true, false, options)
}

// Log: Follow the log.
//
// Streams the lines of the server's own log as they are written, of all tenants: the last `past` of them first.
// The server writes what `--log-level` says, and a lower `level` here adds nothing. A caller who takes them too
// slowly loses lines, and the next one it gets says how many. No line has params, results, bodies, passwords or
// tokens.
func (c *ServerCalls) Log(ctx context.Context, params ServerLogParams, options ...StreamOption) *Stream[LogLine] {
	return stream[LogLine](ctx, c.client, "server.log", params, nil, options)
}

// HealthCalls are the methods health.*
type HealthCalls struct{ client *Client }

// Check: Is it well?
//
// `SERVING` while the store answers, else `NOT_SERVING`. There is one service, `postroom`; it may be left out.
// Needs no token.
//
// Reasons of its errors: health.unknownService.
func (c *HealthCalls) Check(ctx context.Context, params HealthCheckParams, options ...CallOption) (*Health, error) {
	return call[Health](ctx, c.client, "health.check", params, true, false, options)
}

// Watch: Watch whether it is well.
//
// Streams the status at once and then each change of it, as gRPC's health protocol does: `NOT_SERVING` when the
// store fails, and when the server stops, just before its streams end with `server.goingAway`. What changes
// twice before it is read is told once. Needs no token.
//
// Reasons of its errors: health.unknownService.
func (c *HealthCalls) Watch(ctx context.Context, params HealthWatchParams, options ...StreamOption) *Stream[Health] {
	return stream[Health](ctx, c.client, "health.watch", params, nil, options)
}

// Services has one member a noun.
type Services struct {
	Mailbox    *MailboxCalls
	Oauth      *OauthCalls
	Folder     *FolderCalls
	Sync       *SyncCalls
	Mail       *MailCalls
	Thread     *ThreadCalls
	Record     *RecordCalls
	Attachment *AttachmentCalls
	Upload     *UploadCalls
	Purge      *PurgeCalls
	Retention  *RetentionCalls
	Hold       *HoldCalls
	Webhook    *WebhookCalls
	Events     *EventsCalls
	Tenant     *TenantCalls
	Token      *TokenCalls
	Server     *ServerCalls
	Health     *HealthCalls
}

func newServices(client *Client) Services {
	return Services{
		Mailbox:    &MailboxCalls{client},
		Oauth:      &OauthCalls{client},
		Folder:     &FolderCalls{client},
		Sync:       &SyncCalls{client},
		Mail:       &MailCalls{client},
		Thread:     &ThreadCalls{client},
		Record:     &RecordCalls{client},
		Attachment: &AttachmentCalls{client},
		Upload:     &UploadCalls{client},
		Purge:      &PurgeCalls{client},
		Retention:  &RetentionCalls{client},
		Hold:       &HoldCalls{client},
		Webhook:    &WebhookCalls{client},
		Events:     &EventsCalls{client},
		Tenant:     &TenantCalls{client},
		Token:      &TokenCalls{client},
		Server:     &ServerCalls{client},
		Health:     &HealthCalls{client},
	}
}
