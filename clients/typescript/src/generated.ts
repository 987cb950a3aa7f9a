// Generated from protocol/openrpc.json by stubgen. Do not edit.
// The types and calls of Postroom's API, version 0.2.0.

import type { Caller } from "./calls.js";
import { Calls } from "./calls.js";
import type { PostroomExchange } from "./exchange.js";
import type { CallOptions, KeyedCallOptions, StreamOptions } from "./options.js";
import type { PostroomStream } from "./stream.js";
import type { Word } from "./values.js";
import * as values from "./values.js";

/**
 * What a token allows: `read` looks, `send` sends mail, `manage` connects mailboxes and tracks
 * threads, `purge` erases, `admin` makes tenants and tokens.
 */
export type Scope =
  "read" | "send" | "manage" | "purge" | "admin" | Word;

/**
 * `tls`: TLS from the first octet; `starttls`: a plain start that is upgraded before anything is
 * said.
 */
export type TransportSecurity =
  "tls" | "starttls" | Word;

/**
 * How much of what is logged `mail.search` finds. `off`, unless set: nothing, and no index is kept;
 * `metadata`: subjects, names and addresses; `full`: texts and the names of attachments too. A
 * change is followed in the background; until then `mail.search` says that it is not `complete`.
 */
export type SearchLevel =
  "off" | "metadata" | "full" | Word;

/**
 * `connecting`: the first sign-in; `syncing`: reading what is there; `live`: waiting for news;
 * `retrying`: cut off for now; `disconnected`: stopped until `mailbox.reconnect`.
 */
export type MailboxState =
  "connecting" | "syncing" | "live" | "retrying" | "disconnected" | Word;

/**
 * Why a mailbox is `retrying` or `disconnected`: `accessRevoked` (the provider wants the person to
 * allow the access again), `passwordChanged`, `mailboxMigrated` (the server names another one,
 * which is told in `detail` and never followed), `serverUnreachable` (for a day; it is still
 * tried), `serverRevoked` (the account may not use IMAP), `certificateInvalid`, `quotaExceeded`,
 * `throttled` (the provider wants to be left alone for a while), `turnedOff` (by
 * `mailbox.disconnect`).
 */
export type MailboxReason =
  "accessRevoked" | "passwordChanged" | "mailboxMigrated" | "serverUnreachable" | "serverRevoked"
  | "certificateInvalid" | "quotaExceeded" | "throttled" | "turnedOff" | Word;

/** What a folder is for (RFC 6154, RFC 8621 section 2). */
export type FolderRole =
  "inbox" | "sent" | "drafts" | "junk" | "trash" | "archive" | "all" | Word;

/** What an account's servers offer, and what is made of it. */
export interface MailboxProbe {
  imap: ServerSettings;
  smtp?: ServerSettings | undefined;
  /** What the IMAP server calls itself. */
  software?: string | undefined;
  /** All that the IMAP server offers when signed in, upper case, sorted. */
  capabilities: string[];
  /** The extensions that could be used, and what was decided of each. */
  features: ProbedFeature[];
  /** What is known of this kind of server besides what it says. */
  quirks: ProbedQuirk[];
  changesBy: ChangesBy;
  newsBy: NewsBy;
  /** The largest mail that may be put into a folder; left out when the server does not say. */
  appendOctetsMax?: number | undefined;
  /**
   * The largest mail that the submission server takes; left out when it does not say, or was not
   * asked.
   */
  submitOctetsMax?: number | undefined;
  folders: ProbedFolder[];
  sentFiling: SentFiling;
  /** The folder of sent mail. */
  sentFolder?: string | undefined;
}

function readMailboxProbe(value: unknown): MailboxProbe {
  const members = values.object(value, "MailboxProbe");
  return values.present({
    imap: values.member(members, "imap", readServerSettings),
    smtp: values.optional(members, "smtp", readServerSettings),
    software: values.optional(members, "software", values.text),
    capabilities: values.member(members, "capabilities", values.list(values.text)),
    features: values.member(members, "features", values.list(readProbedFeature)),
    quirks: values.member(members, "quirks", values.list(readProbedQuirk)),
    changesBy: values.member(members, "changesBy", values.text),
    newsBy: values.member(members, "newsBy", values.text),
    appendOctetsMax: values.optional(members, "appendOctetsMax", values.whole),
    submitOctetsMax: values.optional(members, "submitOctetsMax", values.whole),
    folders: values.member(members, "folders", values.list(readProbedFolder)),
    sentFiling: values.member(members, "sentFiling", values.text),
    sentFolder: values.optional(members, "sentFolder", values.text),
  });
}

/** An extension of IMAP and what was decided of it. */
export interface ProbedFeature {
  /** As in the list of capabilities. */
  name: string;
  decision: FeatureDecision;
  /** One or two sentences for people. */
  reason: string;
  /** Where the fact that decided is from. */
  source?: string | undefined;
}

function readProbedFeature(value: unknown): ProbedFeature {
  const members = values.object(value, "ProbedFeature");
  return values.present({
    name: values.member(members, "name", values.text),
    decision: values.member(members, "decision", values.text),
    reason: values.member(members, "reason", values.text),
    source: values.optional(members, "source", values.text),
  });
}

/**
 * `distrusted`: offered, and known not to do what it says; `passedOver`: offered, and something
 * better is, too.
 */
export type FeatureDecision =
  "used" | "distrusted" | "passedOver" | "absent" | Word;

/** A fact about a kind of server. */
export interface ProbedQuirk {
  /** Stays the same between versions: `icloud-qresync`. */
  id: string;
  effect: QuirkEffect;
  /** One sentence for people. */
  fact: string;
  /** Where the fact is from. */
  source: string;
}

function readProbedQuirk(value: unknown): ProbedQuirk {
  const members = values.object(value, "ProbedQuirk");
  return values.present({
    id: values.member(members, "id", values.text),
    effect: values.member(members, "effect", values.text),
    fact: values.member(members, "fact", values.text),
    source: values.member(members, "source", values.text),
  });
}

/**
 * `distrusts`: an extension is not used; `identifiesFirst`: ID goes before the sign-in; `note`:
 * nothing is done otherwise.
 */
export type QuirkEffect =
  "distrusts" | "identifiesFirst" | "note" | Word;

/**
 * How changed flags and deleted mail are found: told when a folder is opened; flags asked for since
 * the last time and deletions by comparing numbers; or everything by comparing.
 */
export type ChangesBy =
  "qresync" | "condstore" | "comparison" | Word;

/** How new mail is noticed: pushed for all folders, pushed for the inbox, or asked for at intervals. */
export type NewsBy =
  "notify" | "idle" | "polling" | Word;

/** A folder on the server. */
export interface ProbedFolder {
  /** As a person reads it. */
  name: string;
  role?: FolderRole | undefined;
  /** Its mail is, or would be, read. */
  syncs: boolean;
  /** Left out when it was not asked or the server would not say. */
  messages?: number | undefined;
}

function readProbedFolder(value: unknown): ProbedFolder {
  const members = values.object(value, "ProbedFolder");
  return values.present({
    name: values.member(members, "name", values.text),
    role: values.optional(members, "role", values.text),
    syncs: values.member(members, "syncs", values.flag),
    messages: values.optional(members, "messages", values.whole),
  });
}

/** A mailbox's server and what is kept, compared. */
export interface MailboxAudit {
  mailboxId: string;
  at: string;
  /** Messages in all folders. */
  onServer: number;
  /** Of these, those whose body is kept. */
  logged: number;
  /** Differences without a reason: `unexplained` and `onlyHere` of all folders. 0 is what must be. */
  unexplained: number;
  folders: FolderAudit[];
}

function readMailboxAudit(value: unknown): MailboxAudit {
  const members = values.object(value, "MailboxAudit");
  return values.present({
    mailboxId: values.member(members, "mailboxId", values.text),
    at: values.member(members, "at", values.text),
    onServer: values.member(members, "onServer", values.whole),
    logged: values.member(members, "logged", values.whole),
    unexplained: values.member(members, "unexplained", values.whole),
    folders: values.member(members, "folders", values.list(readFolderAudit)),
  });
}

/** A folder of the server's and what is kept of it. */
export interface FolderAudit {
  /** As a person reads it. */
  name: string;
  role?: FolderRole | undefined;
  /** Its mail is read. */
  syncs: boolean;
  /** Messages that the server has. */
  onServer: number;
  /** Of these, those whose body is kept. */
  logged: number;
  /** Messages that have a place here and none on the server, though it was asked twice. */
  onlyHere: number;
  /**
   * All messages of the server's that are not `logged`, by the reason; a reason without mails is left
   * out.
   */
  absent: AbsentMails[];
  /** The first UIDs of those without a reason, as IMAP writes sets. */
  doubtfulUids?: string | undefined;
}

function readFolderAudit(value: unknown): FolderAudit {
  const members = values.object(value, "FolderAudit");
  return values.present({
    name: values.member(members, "name", values.text),
    role: values.optional(members, "role", values.text),
    syncs: values.member(members, "syncs", values.flag),
    onServer: values.member(members, "onServer", values.whole),
    logged: values.member(members, "logged", values.whole),
    onlyHere: values.member(members, "onlyHere", values.whole),
    absent: values.member(members, "absent", values.list(readAbsentMails)),
    doubtfulUids: values.optional(members, "doubtfulUids", values.text),
  });
}

/** How many mails are not kept for one reason. */
export interface AbsentMails {
  reason: AbsenceReason;
  mails: number;
}

function readAbsentMails(value: unknown): AbsentMails {
  const members = values.object(value, "AbsentMails");
  return values.present({
    reason: values.member(members, "reason", values.text),
    mails: values.member(members, "mails", values.whole),
  });
}

/**
 * Why a mail is not kept: `notTracked` (it belongs to no conversation that is tracked; its header
 * is), `duplicate` (another mailbox of the tenant logged it), `wanted` (its body is fetched next),
 * `gone` (it went from all folders before its body was read), `purged` (it was erased),
 * `folderNotRead` (junk, trash, drafts, labels), `folderClosed` (the server does not open the
 * folder), `notReadYet`, `renumbered` (the server gave the folder new numbers, and it is read
 * anew), `unexplained` (none of these: a fault).
 */
export type AbsenceReason =
  "notTracked" | "duplicate" | "wanted" | "gone" | "purged" | "folderNotRead" | "folderClosed"
  | "notReadYet" | "renumbered" | "unexplained" | Word;

/**
 * How a sent mail comes into a folder: the provider does it; it is appended where it is not there;
 * or there is no such folder.
 */
export type SentFiling =
  "provider" | "append" | "none" | Word;

/**
 * What the mailbox's worker does: `stopped` (turned off, disconnected, or an erasure runs),
 * `connecting`, `reading` (older mail for the first time, newest first; new mail is seen
 * meanwhile), `live` (all is read, new mail is waited for), `waiting` (for the next attempt after a
 * failure), `paused` (older mail is left for later, after `sync.cancel`; new mail is seen).
 */
export type SyncPhase =
  "stopped" | "connecting" | "reading" | "live" | "waiting" | "paused" | Word;

/** `outgoing`: from the mailbox's own address. */
export type Direction =
  "incoming" | "outgoing" | Word;

/**
 * What of a mail is kept: `envelope` (the header only; the body was never read), `wanted` (the body
 * is fetched next), `logged` (the body is stored), `duplicate` (another mailbox of the tenant
 * logged it), `gone` (the server lost it before it was logged).
 */
export type MailState =
  "envelope" | "wanted" | "logged" | "duplicate" | "gone" | Word;

/**
 * By which rule a mail joined its thread: `sent` (by `mail.send`), `tracked` (by `thread.track`),
 * `inReplyTo` and `references` (it names a mail of the thread), `child` (it does, and came before
 * that one), `bcc`, `forward`, `header` (it was logged by its address or its header),
 * `providerThread` (the provider has it in the same conversation), `threadIndex` (Exchange does),
 * `subject` (a guess: same subject, participants in common, soon after), `fork` (it names a mail of
 * another thread, with a subject and people of its own), `contact` (a known contact's).
 * `confidence` says how sure that is.
 */
export type MatchRule =
  "sent" | "tracked" | "inReplyTo" | "references" | "child" | "bcc" | "forward" | "header"
  | "providerThread" | "threadIndex" | "subject" | "fork" | "contact" | Word;

/**
 * What a mail is besides a letter: a report that another was not delivered, is late or was
 * delivered; a read receipt; an automatic answer; a mail with an appointment; a mail that came by a
 * list. The first that fits.
 */
export type MailKind =
  "bounce" | "delay" | "delivery" | "readReceipt" | "autoReply" | "invitation" | "list" | Word;

/** What became of a mail (RFC 3464, section 2.3.3). `delayed`: it is tried again. */
export type DeliveryAction =
  "failed" | "delayed" | "delivered" | "relayed" | "expanded" | Word;

/**
 * `hard`: the address takes no mail and will not, stop writing to it. `soft`: another time or
 * another mail may pass.
 */
export type BounceSeverity =
  "hard" | "soft" | Word;

/** Why a mail was not delivered, read from the server's words first and its codes second. */
export type BounceCause =
  "unknownUser" | "disabledMailbox" | "unknownDomain" | "refusesMail" | "mailboxFull" | "tooLarge" | "spam"
  | "policy" | "authentication" | "blockedSender" | "rateLimited" | "unreachable" | "expired" | "loop"
  | "content" | "relayDenied" | "protocolError" | "virus" | "other" | Word;

/** `timeline`: sent one-to-one; `sequence`: by an automated series; `inbox`: read from a folder. */
export type MailOrigin =
  "timeline" | "sequence" | "inbox" | Word;

/** `timeline`: one-to-one; `sequence`: an automated series, kept until the tenant goes. */
export type SendOrigin =
  "timeline" | "sequence" | Word;

/**
 * `queued`, `sending`, `dataOpen` (the message is being handed over), `accepted` (by the submission
 * server), `deferred` (tried again later), `failed`, `unknown` (cut off while handing over; being
 * found out, not sent again), `cancelled`.
 */
export type SubmissionState =
  "queued" | "sending" | "dataOpen" | "accepted" | "deferred" | "failed" | "unknown" | "cancelled" | Word;

/**
 * What became of the copy in the Sent folder: `pending`, `provider` (the provider files it itself),
 * `appended`, `skipped` (no folder for sent mail), `failed`.
 */
export type SentCopy =
  "pending" | "provider" | "appended" | "skipped" | "failed" | Word;

/** How an attachment is meant to be shown. */
export type Disposition =
  "attachment" | "inline" | Word;

/** `open`: pieces are taken; `committed`: complete, mails can carry it. */
export type UploadState =
  "open" | "committed" | Word;

/**
 * What an erasure takes. `retention` is what was kept long enough: the server's own, not a scope to
 * ask for.
 */
export type PurgeKind =
  "tenant" | "mailbox" | "contact" | "thread" | "mail" | "age" | "record" | "retention" | Word;

/**
 * `running`: erasing; `verifying`: emptying logs and counting what is left; `done`: the receipt is
 * complete.
 */
export type PurgeState =
  "running" | "verifying" | "done" | Word;

/**
 * What happened. `mail.bounced`, `mail.delayed` and `mail.autoReplied` are about the mail in
 * `mailId`, which was sent; fact `by` names the mail that brought the news.
 */
export type EventType =
  "mailbox.connected" | "mailbox.state" | "mailbox.deleted" | "sync.completed" | "mail.logged" | "mail.gone"
  | "mail.deleted" | "mail.restored" | "mail.bounced" | "mail.delayed" | "mail.autoReplied"
  | "submission.state" | "thread.tracked" | "thread.untracked" | "thread.split" | "thread.merged"
  | "purge.done" | "webhook.state" | Word;

/** One of a mailbox's two servers. */
export type MailServer =
  "imap" | "smtp" | Word;

/**
 * `resolve` (the host's addresses), `connect`, `tls`, `greeting` (with STARTTLS where that is
 * used), `login`, `list` (of the folders).
 */
export type ConnectStep =
  "resolve" | "connect" | "tls" | "greeting" | "login" | "list" | Word;

/**
 * How messages are told apart: JSON values one after another; LSP's header; gRPC's message prefix;
 * HTTP/1.1; WebSocket; `undecided`: no octet has come yet.
 */
export type Framing =
  "lines" | "contentLength" | "lengthPrefix" | "http" | "webSocket" | "undecided" | Word;

/**
 * `batch`; `cancel`: `rpc.cancel` and `$/cancelRequest`; `progress`: `$/progress`; `streams`: with
 * credit, both ways; `idempotency`: `_meta.idempotencyKey`; `positional`: params in an array;
 * `version1`: JSON-RPC 1.0; `compression`: packed messages, permessage-deflate; `tracing`: spans
 * are recorded.
 */
export type ServerFeature =
  "batch" | "cancel" | "progress" | "streams" | "idempotency" | "positional" | "version1" | "compression"
  | "tracing" | Word;

/** How much a line of the log matters, ascending. */
export type LogLevel =
  "trace" | "debug" | "info" | "notice" | "warning" | "error" | "critical" | Word;

/** As in gRPC's health protocol. */
export type ServingStatus =
  "SERVING" | "NOT_SERVING" | Word;

/** A name and an address, as in a From header. */
export interface Address {
  /** The display name. */
  name?: string | undefined;
  email: string;
}

function readAddress(value: unknown): Address {
  const members = values.object(value, "Address");
  return values.present({
    name: values.optional(members, "name", values.text),
    email: values.member(members, "email", values.text),
  });
}

/**
 * Where a mail server is. What is left out is found by trying, encrypted ways only (IMAP 993, then
 * submission 465 and 587).
 */
export interface ServerChoice {
  host: string;
  port?: number | undefined;
  security?: TransportSecurity | undefined;
}

/** A step of signing in to a mailbox's servers that begins. */
export interface ConnectProgress {
  server: MailServer;
  step: ConnectStep;
  host: string;
  port: number;
}

/** Reads what `onProgress` was told. */
export function readConnectProgress(value: unknown): ConnectProgress {
  const members = values.object(value, "ConnectProgress");
  return values.present({
    server: values.member(members, "server", values.text),
    step: values.member(members, "step", values.text),
    host: values.member(members, "host", values.text),
    port: values.member(members, "port", values.whole),
  });
}

/** Where a mail server is and how it is spoken to. */
export interface ServerSettings {
  host: string;
  port: number;
  security: TransportSecurity;
}

function readServerSettings(value: unknown): ServerSettings {
  const members = values.object(value, "ServerSettings");
  return values.present({
    host: values.member(members, "host", values.text),
    port: values.member(members, "port", values.whole),
    security: values.member(members, "security", values.text),
  });
}

/** A connected e-mail account. Its password is never answered. */
export interface Mailbox {
  id: string;
  email: string;
  /** The name that stands in From of mail sent from here. */
  displayName?: string | undefined;
  /** What it signs in as. */
  userName: string;
  imap: ServerSettings;
  smtp: ServerSettings;
  state: MailboxState;
  reason?: MailboxReason | undefined;
  /** What happened last, in words for a person. */
  detail?: string | undefined;
  /** With a `reason`: what the person whose mailbox it is can do. */
  advice?: string | undefined;
  nextAttemptAt?: string | undefined;
  /** The provider files sent mail itself, so no copy is appended to Sent. */
  providerFilesSentMail: boolean;
  /** Attachments of logged mail are kept. */
  logAttachments: boolean;
  /** What may stand in From of mail sent from here, besides its own address. */
  identities?: Address[] | undefined;
  sendLimits?: SendLimits | undefined;
  /** Who gives access tokens for it; absent where it signs in by a password. */
  oauthProvider?: string | undefined;
  /** In the answer of `mailbox.get` only. */
  use?: ProviderUse | undefined;
  createdAt: string;
}

function readMailbox(value: unknown): Mailbox {
  const members = values.object(value, "Mailbox");
  return values.present({
    id: values.member(members, "id", values.text),
    email: values.member(members, "email", values.text),
    displayName: values.optional(members, "displayName", values.text),
    userName: values.member(members, "userName", values.text),
    imap: values.member(members, "imap", readServerSettings),
    smtp: values.member(members, "smtp", readServerSettings),
    state: values.member(members, "state", values.text),
    reason: values.optional(members, "reason", values.text),
    detail: values.optional(members, "detail", values.text),
    advice: values.optional(members, "advice", values.text),
    nextAttemptAt: values.optional(members, "nextAttemptAt", values.text),
    providerFilesSentMail: values.member(members, "providerFilesSentMail", values.flag),
    logAttachments: values.member(members, "logAttachments", values.flag),
    identities: values.optional(members, "identities", values.list(readAddress)),
    sendLimits: values.optional(members, "sendLimits", readSendLimits),
    oauthProvider: values.optional(members, "oauthProvider", values.text),
    use: values.optional(members, "use", readProviderUse),
    createdAt: values.member(members, "createdAt", values.text),
  });
}

/**
 * Where servers were found: built in; in a document that the domain serves; in the domain's SRV
 * records, which nothing proves; or by who takes the domain's mail.
 */
export type DiscoverySource =
  "table" | "autoconfig" | "srv" | "mx" | Word;

/** What came of a way of looking; `failed`: it could not be asked. */
export type DiscoveryOutcome =
  "found" | "nothing" | "failed" | Word;

/** One way of looking, and what came of it. */
export interface DiscoveryLook {
  source: DiscoverySource;
  outcome: DiscoveryOutcome;
}

function readDiscoveryLook(value: unknown): DiscoveryLook {
  const members = values.object(value, "DiscoveryLook");
  return values.present({
    source: values.member(members, "source", values.text),
    outcome: values.member(members, "outcome", values.text),
  });
}

/**
 * Servers that an address may have. `imap`, `smtp` and `userName` go into `mailbox.connect` as they
 * are.
 */
export interface DiscoveredServers {
  source: DiscoverySource;
  /** Whose servers these are, where that is known. */
  provider?: string | undefined;
  imap: ServerSettings;
  smtp: ServerSettings;
  /** What people sign in as there. */
  userName: string;
  /** Who would give access tokens; it can be used when `oauth.providers` has it. */
  oauthProvider?: string | undefined;
  /** For the person. */
  notes: string[];
}

function readDiscoveredServers(value: unknown): DiscoveredServers {
  const members = values.object(value, "DiscoveredServers");
  return values.present({
    source: values.member(members, "source", values.text),
    provider: values.optional(members, "provider", values.text),
    imap: values.member(members, "imap", readServerSettings),
    smtp: values.member(members, "smtp", readServerSettings),
    userName: values.member(members, "userName", values.text),
    oauthProvider: values.optional(members, "oauthProvider", values.text),
    notes: values.member(members, "notes", values.list(values.text)),
  });
}

/** What was found of the servers of an address. */
export interface MailboxDiscovery {
  email: string;
  /** The likeliest first; empty when nothing was found. */
  candidates: DiscoveredServers[];
  looked: DiscoveryLook[];
}

function readMailboxDiscovery(value: unknown): MailboxDiscovery {
  const members = values.object(value, "MailboxDiscovery");
  return values.present({
    email: values.member(members, "email", values.text),
    candidates: values.member(members, "candidates", values.list(readDiscoveredServers)),
    looked: values.member(members, "looked", values.list(readDiscoveryLook)),
  });
}

/**
 * What access tokens are had by: the grant of `oauth.complete` or `oauth.wait`; or a refresh token
 * that the caller has got itself, with the client id that this server has for the provider.
 */
export interface OAuthAccess {
  grantId?: string | undefined;
  provider?: string | undefined;
  /** A secret: hidden from printing. */
  refreshToken?: string | undefined;
}

/** A provider, and which ways it offers. */
export interface OAuthProviderInfo {
  name: string;
  /** `oauth.begin` can be used. */
  authorization: boolean;
  /** `oauth.device` can be used. */
  device: boolean;
}

function readOAuthProviderInfo(value: unknown): OAuthProviderInfo {
  const members = values.object(value, "OAuthProviderInfo");
  return values.present({
    name: values.member(members, "name", values.text),
    authorization: values.member(members, "authorization", values.flag),
    device: values.member(members, "device", values.flag),
  });
}

/** Providers by name. */
export interface OAuthProviderList {
  providers: OAuthProviderInfo[];
}

function readOAuthProviderList(value: unknown): OAuthProviderList {
  const members = values.object(value, "OAuthProviderList");
  return values.present({
    providers: values.member(members, "providers", values.list(readOAuthProviderInfo)),
  });
}

/** Where to send a person. */
export interface OAuthAuthorization {
  url: string;
  /** Comes back with the code; keep it with the person's session. */
  state: string;
  expiresAt: string;
}

function readOAuthAuthorization(value: unknown): OAuthAuthorization {
  const members = values.object(value, "OAuthAuthorization");
  return values.present({
    url: values.member(members, "url", values.text),
    state: values.member(members, "state", values.text),
    expiresAt: values.member(members, "expiresAt", values.text),
  });
}

/** Tokens that wait in the server to be used, by this tenant only. */
export interface OAuthGrant {
  grantId: string;
  expiresAt: string;
}

function readOAuthGrant(value: unknown): OAuthGrant {
  const members = values.object(value, "OAuthGrant");
  return values.present({
    grantId: values.member(members, "grantId", values.text),
    expiresAt: values.member(members, "expiresAt", values.text),
  });
}

/** What a person is shown. */
export interface OAuthDevice {
  grantId: string;
  userCode: string;
  verificationUri: string;
  /** The same with the code in it. */
  verificationUriComplete?: string | undefined;
  expiresAt: string;
}

function readOAuthDevice(value: unknown): OAuthDevice {
  const members = values.object(value, "OAuthDevice");
  return values.present({
    grantId: values.member(members, "grantId", values.text),
    userCode: values.member(members, "userCode", values.text),
    verificationUri: values.member(members, "verificationUri", values.text),
    verificationUriComplete: values.optional(members, "verificationUriComplete", values.text),
    expiresAt: values.member(members, "expiresAt", values.text),
  });
}

/** What a mailbox uses of what its provider allows. Counted since the server's start. */
export interface ProviderUse {
  /** IMAP connections now. */
  connections: number;
  connectionsMax: number;
  /** Octets read by IMAP within a day that began with the first of them. */
  octetsRead: number;
  /**
   * When so many are read, older mail waits for the next day; new mail is read. Without it there is
   * no limit.
   */
  octetsPerDayMax?: number | undefined;
}

function readProviderUse(value: unknown): ProviderUse {
  const members = values.object(value, "ProviderUse");
  return values.present({
    connections: values.member(members, "connections", values.whole),
    connectionsMax: values.member(members, "connectionsMax", values.whole),
    octetsRead: values.member(members, "octetsRead", values.whole),
    octetsPerDayMax: values.optional(members, "octetsPerDayMax", values.whole),
  });
}

/** How many mails may leave; without a number there is no limit. */
export interface SendLimits {
  /** Within a minute. */
  perMinute?: number | undefined;
  /** Within 24 hours. */
  perDay?: number | undefined;
}

function readSendLimits(value: unknown): SendLimits {
  const members = values.object(value, "SendLimits");
  return values.present({
    perMinute: values.optional(members, "perMinute", values.whole),
    perDay: values.optional(members, "perDay", values.whole),
  });
}

/** Which limit a mail waits for. */
export type SendLimit =
  "mailboxPerMinute" | "mailboxPerDay" | "tenantPerMinute" | "tenantPerDay" | Word;

/** The mailboxes of the tenant, oldest first. */
export interface MailboxList {
  mailboxes: Mailbox[];
}

function readMailboxList(value: unknown): MailboxList {
  const members = values.object(value, "MailboxList");
  return values.present({
    mailboxes: values.member(members, "mailboxes", values.list(readMailbox)),
  });
}

/** A folder of a mailbox (an IMAP mailbox). */
export interface Folder {
  id: string;
  mailboxId: string;
  /** As a person reads it, with the server's hierarchy delimiter. */
  name: string;
  role?: FolderRole | undefined;
  /** Its mail is read. */
  syncs: boolean;
  /** Messages whose envelope is stored. */
  stored: number;
  /** Messages the server said are in it. */
  total: number;
  /** All of its history has been read. */
  complete: boolean;
}

function readFolder(value: unknown): Folder {
  const members = values.object(value, "Folder");
  return values.present({
    id: values.member(members, "id", values.text),
    mailboxId: values.member(members, "mailboxId", values.text),
    name: values.member(members, "name", values.text),
    role: values.optional(members, "role", values.text),
    syncs: values.member(members, "syncs", values.flag),
    stored: values.member(members, "stored", values.whole),
    total: values.member(members, "total", values.whole),
    complete: values.member(members, "complete", values.flag),
  });
}

/** The folders of a mailbox. */
export interface FolderList {
  folders: Folder[];
}

function readFolderList(value: unknown): FolderList {
  const members = values.object(value, "FolderList");
  return values.present({
    folders: values.member(members, "folders", values.list(readFolder)),
  });
}

/** How far a folder has been read. */
export interface FolderProgress {
  folderId: string;
  name: string;
  role?: FolderRole | undefined;
  stored: number;
  total: number;
  complete: boolean;
}

function readFolderProgress(value: unknown): FolderProgress {
  const members = values.object(value, "FolderProgress");
  return values.present({
    folderId: values.member(members, "folderId", values.text),
    name: values.member(members, "name", values.text),
    role: values.optional(members, "role", values.text),
    stored: values.member(members, "stored", values.whole),
    total: values.member(members, "total", values.whole),
    complete: values.member(members, "complete", values.flag),
  });
}

/** How far a mailbox has been read. */
export interface SyncStatus {
  mailboxId: string;
  state: MailboxState;
  phase: SyncPhase;
  /** Folders that are synced. */
  folders: FolderProgress[];
  /** Sum over the folders. */
  stored: number;
  /** Sum over the folders. */
  total: number;
  /** Over the last seconds; 0 when nothing runs. */
  messagesPerSecond: number;
  /** An estimate; absent when there is none. */
  secondsLeft?: number | undefined;
  /** The history of all folders has been read. */
  complete: boolean;
}

/** Reads what `onProgress` was told. */
export function readSyncStatus(value: unknown): SyncStatus {
  const members = values.object(value, "SyncStatus");
  return values.present({
    mailboxId: values.member(members, "mailboxId", values.text),
    state: values.member(members, "state", values.text),
    phase: values.member(members, "phase", values.text),
    folders: values.member(members, "folders", values.list(readFolderProgress)),
    stored: values.member(members, "stored", values.whole),
    total: values.member(members, "total", values.whole),
    messagesPerSecond: values.member(members, "messagesPerSecond", values.number),
    secondsLeft: values.optional(members, "secondsLeft", values.whole),
    complete: values.member(members, "complete", values.flag),
  });
}

/** A mail of a mailbox, however many folders show it. Names as in JMAP (RFC 8621). */
export interface Mail {
  id: string;
  mailboxId: string;
  threadId?: string | undefined;
  messageId?: string | undefined;
  inReplyTo: string[];
  references: string[];
  from: Address[];
  sender: Address[];
  replyTo: Address[];
  to: Address[];
  cc: Address[];
  bcc: Address[];
  subject: string;
  /** The first words of the body; only in answers that carry the body. */
  preview?: string | undefined;
  sentAt?: string | undefined;
  receivedAt: string;
  direction: Direction;
  state: MailState;
  matchedBy?: MatchRule | undefined;
  origin: MailOrigin;
  /** IMAP flags in JMAP's spelling: $seen, $answered, ... */
  keywords: string[];
  /** Octets of the message. */
  size: number;
  hasAttachment: boolean;
  /** It was deleted then and waits for its erasure. */
  deletedAt?: string | undefined;
  isAutoReply: boolean;
  isBounce: boolean;
  /**
   * True when the mail, or its header alone, could not be parsed: it is kept as it came, and
   * `mail.source` has it.
   */
  parseFailed?: boolean | undefined;
  /**
   * How sure `matchedBy` is: 1 where a Message-ID or a person decided, 0.99 for `providerThread` and
   * `threadIndex`, 0.9 for `subject` and `fork`.
   */
  confidence?: number | undefined;
  loggedAt?: string | undefined;
}

function readMail(value: unknown): Mail {
  const members = values.object(value, "Mail");
  return values.present({
    id: values.member(members, "id", values.text),
    mailboxId: values.member(members, "mailboxId", values.text),
    threadId: values.optional(members, "threadId", values.text),
    messageId: values.optional(members, "messageId", values.text),
    inReplyTo: values.member(members, "inReplyTo", values.list(values.text)),
    references: values.member(members, "references", values.list(values.text)),
    from: values.member(members, "from", values.list(readAddress)),
    sender: values.member(members, "sender", values.list(readAddress)),
    replyTo: values.member(members, "replyTo", values.list(readAddress)),
    to: values.member(members, "to", values.list(readAddress)),
    cc: values.member(members, "cc", values.list(readAddress)),
    bcc: values.member(members, "bcc", values.list(readAddress)),
    subject: values.member(members, "subject", values.text),
    preview: values.optional(members, "preview", values.text),
    sentAt: values.optional(members, "sentAt", values.text),
    receivedAt: values.member(members, "receivedAt", values.text),
    direction: values.member(members, "direction", values.text),
    state: values.member(members, "state", values.text),
    matchedBy: values.optional(members, "matchedBy", values.text),
    origin: values.member(members, "origin", values.text),
    keywords: values.member(members, "keywords", values.list(values.text)),
    size: values.member(members, "size", values.whole),
    hasAttachment: values.member(members, "hasAttachment", values.flag),
    deletedAt: values.optional(members, "deletedAt", values.text),
    isAutoReply: values.member(members, "isAutoReply", values.flag),
    isBounce: values.member(members, "isBounce", values.flag),
    parseFailed: values.optional(members, "parseFailed", values.flag),
    confidence: values.optional(members, "confidence", values.number),
    loggedAt: values.optional(members, "loggedAt", values.text),
  });
}

/** The content of a logged mail. */
export interface MailBody {
  /** Plain text; made from the HTML where there is none. */
  text: string;
  /** The HTML with everything that runs or fetches taken out. */
  html?: string | undefined;
  /** The text without quoted history and signature. */
  replyText: string;
  /** The quoted history. */
  quotedText: string;
  /** The signature. */
  signature: string;
  /**
   * What told the author's text from the history: `none` (all is the author's), `attribution` (“On …
   * Jane wrote:” in any language), `original-message`, `header-block`, `quote-marks` (`>`), `forward`
   * (the quoted text is the mail handed on), `inline` (answers between the quotations, which stay),
   * `signature` (nothing but a signature was split off), `reply-above-line`, or the mark of a client
   * in its HTML: `gmail_quote`, `cite`, `moz-cite-prefix`, `divRplyFwdMsg`, `appendonsend`,
   * `outlook-border`, `outlook-header`, `outlook-mac`, `outlook-mobile`, `windows-live`,
   * `yahoo_quoted`, `protonmail_quote`, `tutanota_quote` and others. More words may come.
   */
  splitBy: string;
}

function readMailBody(value: unknown): MailBody {
  const members = values.object(value, "MailBody");
  return values.present({
    text: values.member(members, "text", values.text),
    html: values.optional(members, "html", values.text),
    replyText: values.member(members, "replyText", values.text),
    quotedText: values.member(members, "quotedText", values.text),
    signature: values.member(members, "signature", values.text),
    splitBy: values.member(members, "splitBy", values.text),
  });
}

/** A part of a mail that is not its text. `attachment.get` streams it. */
export interface Attachment {
  blobId: string;
  /** A file name without a path. */
  name: string;
  /** The media type. */
  type: string;
  /** Octets when decoded. */
  size: number;
  disposition: Disposition;
  /** The Content-ID that the HTML names it by, without angle brackets. */
  cid?: string | undefined;
}

function readAttachment(value: unknown): Attachment {
  const members = values.object(value, "Attachment");
  return values.present({
    blobId: values.member(members, "blobId", values.text),
    name: values.member(members, "name", values.text),
    type: values.member(members, "type", values.text),
    size: values.member(members, "size", values.whole),
    disposition: values.member(members, "disposition", values.text),
    cid: values.optional(members, "cid", values.text),
  });
}

/** A mail with its content. */
export interface MailDetail {
  mail: Mail;
  body?: MailBody | undefined;
  attachments: Attachment[];
  kind?: MailKind | undefined;
  report?: DeliveryReport | undefined;
  receipt?: ReadReceipt | undefined;
  invitation?: Invitation | undefined;
  list?: MailingList | undefined;
  sender?: SenderSigns | undefined;
  /** Of a mail that was sent: what was reported about its delivery since, for each recipient. */
  deliveries?: DeliveryNews[] | undefined;
}

function readMailDetail(value: unknown): MailDetail {
  const members = values.object(value, "MailDetail");
  return values.present({
    mail: values.member(members, "mail", readMail),
    body: values.optional(members, "body", readMailBody),
    attachments: values.member(members, "attachments", values.list(readAttachment)),
    kind: values.optional(members, "kind", values.text),
    report: values.optional(members, "report", readDeliveryReport),
    receipt: values.optional(members, "receipt", readReadReceipt),
    invitation: values.optional(members, "invitation", readInvitation),
    list: values.optional(members, "list", readMailingList),
    sender: values.optional(members, "sender", readSenderSigns),
    deliveries: values.optional(members, "deliveries", values.list(readDeliveryNews)),
  });
}

/** What a mail reports about the delivery of another (RFC 3464), also where it does so in prose. */
export interface DeliveryReport {
  action: DeliveryAction;
  severity?: BounceSeverity | undefined;
  cause?: BounceCause | undefined;
  recipients: ReportedRecipient[];
  originalMessageId?: string | undefined;
  originalMailId?: string | undefined;
  /** The subject of the mail that is reported on. */
  originalSubject?: string | undefined;
  /** The server that reports. */
  reportingServer?: string | undefined;
  /** It came in the form of RFC 3464. */
  standard: boolean;
}

function readDeliveryReport(value: unknown): DeliveryReport {
  const members = values.object(value, "DeliveryReport");
  return values.present({
    action: values.member(members, "action", values.text),
    severity: values.optional(members, "severity", values.text),
    cause: values.optional(members, "cause", values.text),
    recipients: values.member(members, "recipients", values.list(readReportedRecipient)),
    originalMessageId: values.optional(members, "originalMessageId", values.text),
    originalMailId: values.optional(members, "originalMailId", values.text),
    originalSubject: values.optional(members, "originalSubject", values.text),
    reportingServer: values.optional(members, "reportingServer", values.text),
    standard: values.member(members, "standard", values.flag),
  });
}

/** What became of a mail for one recipient. */
export interface ReportedRecipient {
  /** The address that the mail was to be delivered to. */
  email?: string | undefined;
  /** The address that it was sent to, where the report tells. */
  originalEmail?: string | undefined;
  action: DeliveryAction;
  severity?: BounceSeverity | undefined;
  cause?: BounceCause | undefined;
  /** The enhanced status code (RFC 3463), such as `5.1.1`. */
  status?: string | undefined;
  /** The server's words. */
  diagnostic?: string | undefined;
  /** The server that said so. */
  remoteServer?: string | undefined;
}

function readReportedRecipient(value: unknown): ReportedRecipient {
  const members = values.object(value, "ReportedRecipient");
  return values.present({
    email: values.optional(members, "email", values.text),
    originalEmail: values.optional(members, "originalEmail", values.text),
    action: values.member(members, "action", values.text),
    severity: values.optional(members, "severity", values.text),
    cause: values.optional(members, "cause", values.text),
    status: values.optional(members, "status", values.text),
    diagnostic: values.optional(members, "diagnostic", values.text),
    remoteServer: values.optional(members, "remoteServer", values.text),
  });
}

/** What was reported about one recipient of a mail. */
export interface DeliveryNews {
  /** The recipient, where the report names one. */
  email?: string | undefined;
  action: DeliveryAction;
  severity?: BounceSeverity | undefined;
  cause?: BounceCause | undefined;
  /** The enhanced status code (RFC 3463), such as `5.1.1`. */
  status?: string | undefined;
  /** The server's words. */
  diagnostic?: string | undefined;
  reportMailId: string;
  at: string;
}

function readDeliveryNews(value: unknown): DeliveryNews {
  const members = values.object(value, "DeliveryNews");
  return values.present({
    email: values.optional(members, "email", values.text),
    action: values.member(members, "action", values.text),
    severity: values.optional(members, "severity", values.text),
    cause: values.optional(members, "cause", values.text),
    status: values.optional(members, "status", values.text),
    diagnostic: values.optional(members, "diagnostic", values.text),
    reportMailId: values.member(members, "reportMailId", values.text),
    at: values.member(members, "at", values.text),
  });
}

/** What a reader, or a program, did with a mail (RFC 8098). */
export interface ReadReceipt {
  /** `displayed`, `deleted`, `dispatched`, `processed`, `denied` or `failed`. */
  disposition: string;
  /** A program did it, not the recipient. */
  automatic: boolean;
  /** Whose receipt it is. */
  recipient?: string | undefined;
  originalMessageId?: string | undefined;
}

function readReadReceipt(value: unknown): ReadReceipt {
  const members = values.object(value, "ReadReceipt");
  return values.present({
    disposition: values.member(members, "disposition", values.text),
    automatic: values.member(members, "automatic", values.flag),
    recipient: values.optional(members, "recipient", values.text),
    originalMessageId: values.optional(members, "originalMessageId", values.text),
  });
}

/** What a mail says about an appointment: the first event of its calendar part (RFC 5545). */
export interface Invitation {
  /** What is wanted (RFC 5546): `REQUEST`, `REPLY`, `CANCEL`, `COUNTER`, `PUBLISH`, ... */
  method?: string | undefined;
  /** Names the appointment in all calendars. */
  uid?: string | undefined;
  /** What it is about. */
  summary?: string | undefined;
  /** Where it is. */
  location?: string | undefined;
  start?: CalendarTime | undefined;
  end?: CalendarTime | undefined;
  organizer?: CalendarPerson | undefined;
  attendees: CalendarPerson[];
  /** Counts changes of the appointment. */
  sequence: number;
  /** `CONFIRMED`, `TENTATIVE` or `CANCELLED`. */
  status?: string | undefined;
  /** It takes place more than once. */
  repeats: boolean;
}

function readInvitation(value: unknown): Invitation {
  const members = values.object(value, "Invitation");
  return values.present({
    method: values.optional(members, "method", values.text),
    uid: values.optional(members, "uid", values.text),
    summary: values.optional(members, "summary", values.text),
    location: values.optional(members, "location", values.text),
    start: values.optional(members, "start", readCalendarTime),
    end: values.optional(members, "end", readCalendarTime),
    organizer: values.optional(members, "organizer", readCalendarPerson),
    attendees: values.member(members, "attendees", values.list(readCalendarPerson)),
    sequence: values.member(members, "sequence", values.whole),
    status: values.optional(members, "status", values.text),
    repeats: values.member(members, "repeats", values.flag),
  });
}

/** A date, or a date and time of day, as the calendar part has it. */
export interface CalendarTime {
  /** `2025-03-04`, or `2025-03-04T09:30:00`, with `Z` behind it when it is UTC. */
  at: string;
  /** The zone as the part calls it; absent for UTC, dates and times that hold wherever one is. */
  timeZone?: string | undefined;
  /** It is a whole day. */
  isDate: boolean;
}

function readCalendarTime(value: unknown): CalendarTime {
  const members = values.object(value, "CalendarTime");
  return values.present({
    at: values.member(members, "at", values.text),
    timeZone: values.optional(members, "timeZone", values.text),
    isDate: values.member(members, "isDate", values.flag),
  });
}

/** Somebody who takes part. */
export interface CalendarPerson {
  /** The name, where one is given. */
  name?: string | undefined;
  /** The address. */
  email: string;
  /** `ACCEPTED`, `DECLINED`, `TENTATIVE`, `NEEDS-ACTION`, ...; absent when it is not said. */
  answer?: string | undefined;
}

function readCalendarPerson(value: unknown): CalendarPerson {
  const members = values.object(value, "CalendarPerson");
  return values.present({
    name: values.optional(members, "name", values.text),
    email: values.member(members, "email", values.text),
    answer: values.optional(members, "answer", values.text),
  });
}

/**
 * The list that a mail came by (RFC 2369, RFC 2919, RFC 8058). All addresses are of kinds that may
 * be opened: https, http, mailto.
 */
export interface MailingList {
  /** The identifier of List-Id, lower-case. */
  id?: string | undefined;
  /** The name beside it. */
  name?: string | undefined;
  /** The addresses of List-Unsubscribe, in order. */
  unsubscribe: string[];
  /**
   * A POST of `List-Unsubscribe=One-Click` here ends the subscription without a further question (RFC
   * 8058).
   */
  oneClickUrl?: string | undefined;
  /** Where to write to the list. */
  post?: string | undefined;
  /** Where its mails are kept. */
  archive?: string | undefined;
  /** Where it is explained. */
  help?: string | undefined;
}

function readMailingList(value: unknown): MailingList {
  const members = values.object(value, "MailingList");
  return values.present({
    id: values.optional(members, "id", values.text),
    name: values.optional(members, "name", values.text),
    unsubscribe: values.member(members, "unsubscribe", values.list(values.text)),
    oneClickUrl: values.optional(members, "oneClickUrl", values.text),
    post: values.optional(members, "post", values.text),
    archive: values.optional(members, "archive", values.text),
    help: values.optional(members, "help", values.text),
  });
}

/** What about the sender may deceive a reader; absent when nothing does. None of it is proof. */
export interface SenderSigns {
  /** There is more than one From field: programs differ in which they show. */
  severalFromFields: boolean;
  /** More than one author, and no Sender. */
  severalAuthors: boolean;
  /** The display name holds another address than the mail comes from. */
  nameIsOtherAddress: boolean;
  /** Letters of several scripts in one word of a name or one label of a domain. */
  mixedScripts: boolean;
  /** A name or address holds marks that turn the direction of text. */
  turnsDirection: boolean;
  /** The domain as DNS has it (`xn--...`), where it has other letters than ASCII. */
  domainInAscii?: string | undefined;
}

function readSenderSigns(value: unknown): SenderSigns {
  const members = values.object(value, "SenderSigns");
  return values.present({
    severalFromFields: values.member(members, "severalFromFields", values.flag),
    severalAuthors: values.member(members, "severalAuthors", values.flag),
    nameIsOtherAddress: values.member(members, "nameIsOtherAddress", values.flag),
    mixedScripts: values.member(members, "mixedScripts", values.flag),
    turnsDirection: values.member(members, "turnsDirection", values.flag),
    domainInAscii: values.optional(members, "domainInAscii", values.text),
  });
}

/** Mails, newest first. */
export interface MailPage {
  mails: Mail[];
  cursor?: string | undefined;
}

function readMailPage(value: unknown): MailPage {
  const members = values.object(value, "MailPage");
  return values.present({
    mails: values.member(members, "mails", values.list(readMail)),
    cursor: values.optional(members, "cursor", values.text),
  });
}

/** Mails that were found, newest first. */
export interface MailSearchPage {
  mails: Mail[];
  cursor?: string | undefined;
  /** Whether all logged mail could be searched; false while the index is catching up. */
  complete: boolean;
}

function readMailSearchPage(value: unknown): MailSearchPage {
  const members = values.object(value, "MailSearchPage");
  return values.present({
    mails: values.member(members, "mails", values.list(readMail)),
    cursor: values.optional(members, "cursor", values.text),
    complete: values.member(members, "complete", values.flag),
  });
}

/**
 * A file to send: its content as `data`, an upload that has it, or an attachment of a stored mail.
 * Exactly one of the three.
 */
export interface OutgoingAttachment {
  /**
   * The file name the receiver sees; needed with `data`, else that of the upload or attachment when
   * left out.
   */
  name?: string | undefined;
  /** The media type; needed with `data`, else that of the upload or attachment when left out. */
  type?: string | undefined;
  /** The content, base64. */
  data?: Uint8Array | undefined;
  uploadId?: string | undefined;
  blobId?: string | undefined;
  disposition?: Disposition | undefined;
  /**
   * The Content-ID that the HTML names it by (`cid:`), without angle brackets: shown in the HTML,
   * where there is one.
   */
  cid?: string | undefined;
}

function readOutgoingAttachment(value: unknown): OutgoingAttachment {
  const members = values.object(value, "OutgoingAttachment");
  return values.present({
    name: values.optional(members, "name", values.text),
    type: values.optional(members, "type", values.text),
    data: values.optional(members, "data", values.octets),
    uploadId: values.optional(members, "uploadId", values.text),
    blobId: values.optional(members, "blobId", values.text),
    disposition: values.optional(members, "disposition", values.text),
    cid: values.optional(members, "cid", values.text),
  });
}

/** Octets of a file. */
export interface UploadPiece {
  /** Where the piece begins. */
  offset: number;
  /** The octets, base64; at most `pieceOctetsMax` of them. */
  data: Uint8Array;
}

/** A file that is given by pieces, for mails to come. */
export interface Upload {
  id: string;
  /** The file name. */
  name: string;
  /** The media type. */
  type: string;
  /** Octets that were announced. */
  size?: number | undefined;
  /** Octets that are here, from the first on without a gap: where the next piece begins. */
  received: number;
  state: UploadState;
  sha256?: string | undefined;
  /** The most octets of one piece, and the best number of them. */
  pieceOctetsMax: number;
  createdAt: string;
  expiresAt: string;
}

function readUpload(value: unknown): Upload {
  const members = values.object(value, "Upload");
  return values.present({
    id: values.member(members, "id", values.text),
    name: values.member(members, "name", values.text),
    type: values.member(members, "type", values.text),
    size: values.optional(members, "size", values.whole),
    received: values.member(members, "received", values.whole),
    state: values.member(members, "state", values.text),
    sha256: values.optional(members, "sha256", values.text),
    pieceOctetsMax: values.member(members, "pieceOctetsMax", values.whole),
    createdAt: values.member(members, "createdAt", values.text),
    expiresAt: values.member(members, "expiresAt", values.text),
  });
}

/** Uploads of the tenant. */
export interface UploadList {
  uploads: Upload[];
}

function readUploadList(value: unknown): UploadList {
  const members = values.object(value, "UploadList");
  return values.present({
    uploads: values.member(members, "uploads", values.list(readUpload)),
  });
}

/** What the submission server said about one recipient. */
export interface Recipient {
  email: string;
  /** The SMTP reply code; 0 while nothing is known. */
  code: number;
  /** The server's words. */
  text: string;
  /** Absent while nothing is known. */
  accepted?: boolean | undefined;
  news?: DeliveryNews | undefined;
}

function readRecipient(value: unknown): Recipient {
  const members = values.object(value, "Recipient");
  return values.present({
    email: values.member(members, "email", values.text),
    code: values.member(members, "code", values.whole),
    text: values.member(members, "text", values.text),
    accepted: values.optional(members, "accepted", values.flag),
    news: values.optional(members, "news", readDeliveryNews),
  });
}

/**
 * `sender`: whom Reply-To, else From says; for one's own mail whom it went to. `all`: these and
 * everybody in To and Cc. `list`: the mailing list that the mail came by.
 */
export type ReplyRecipients =
  "sender" | "all" | "list" | Word;

/** A mail that is ready to be sent: each member is a param of `mail.send`. */
export interface Draft {
  mailboxId: string;
  from?: Address | undefined;
  to: Address[];
  cc: Address[];
  subject: string;
  text?: string | undefined;
  html?: string | undefined;
  attachments: OutgoingAttachment[];
  inReplyToMailId?: string | undefined;
}

function readDraft(value: unknown): Draft {
  const members = values.object(value, "Draft");
  return values.present({
    mailboxId: values.member(members, "mailboxId", values.text),
    from: values.optional(members, "from", readAddress),
    to: values.member(members, "to", values.list(readAddress)),
    cc: values.member(members, "cc", values.list(readAddress)),
    subject: values.member(members, "subject", values.text),
    text: values.optional(members, "text", values.text),
    html: values.optional(members, "html", values.text),
    attachments: values.member(members, "attachments", values.list(readOutgoingAttachment)),
    inReplyToMailId: values.optional(members, "inReplyToMailId", values.text),
  });
}

/** A mail on its way out. */
export interface Submission {
  id: string;
  mailId: string;
  mailboxId: string;
  messageId: string;
  envelopeFrom: string;
  recipients: Recipient[];
  state: SubmissionState;
  /** Connections made for it so far. */
  attempts: number;
  nextAttemptAt?: string | undefined;
  /**
   * It is due and a limit of sending holds it until `nextAttemptAt`. Only in answers of
   * `mail.status`.
   */
  waitsFor?: SendLimit | undefined;
  /** What went wrong last, in words for a person. */
  lastError?: string | undefined;
  sentCopy: SentCopy;
  createdAt: string;
  updatedAt: string;
}

function readSubmission(value: unknown): Submission {
  const members = values.object(value, "Submission");
  return values.present({
    id: values.member(members, "id", values.text),
    mailId: values.member(members, "mailId", values.text),
    mailboxId: values.member(members, "mailboxId", values.text),
    messageId: values.member(members, "messageId", values.text),
    envelopeFrom: values.member(members, "envelopeFrom", values.text),
    recipients: values.member(members, "recipients", values.list(readRecipient)),
    state: values.member(members, "state", values.text),
    attempts: values.member(members, "attempts", values.whole),
    nextAttemptAt: values.optional(members, "nextAttemptAt", values.text),
    waitsFor: values.optional(members, "waitsFor", values.text),
    lastError: values.optional(members, "lastError", values.text),
    sentCopy: values.member(members, "sentCopy", values.text),
    createdAt: values.member(members, "createdAt", values.text),
    updatedAt: values.member(members, "updatedAt", values.text),
  });
}

/** A mail that was taken on. */
export interface SendResult {
  mail: Mail;
  submission: Submission;
  /** The same idempotency key came before: this is that mail, as it stands now. */
  replayed: boolean;
}

function readSendResult(value: unknown): SendResult {
  const members = values.object(value, "SendResult");
  return values.present({
    mail: values.member(members, "mail", readMail),
    submission: values.member(members, "submission", readSubmission),
    replayed: values.member(members, "replayed", values.flag),
  });
}

/** A piece of an octet string, in order. */
export interface Chunk {
  /** The octets, base64. */
  data: Uint8Array;
  /** Where the piece begins. */
  offset: number;
  /** Octets of the whole. */
  size: number;
}

function readChunk(value: unknown): Chunk {
  const members = values.object(value, "Chunk");
  return values.present({
    data: values.member(members, "data", values.octets),
    offset: values.member(members, "offset", values.whole),
    size: values.member(members, "size", values.whole),
  });
}

/** A conversation. */
export interface Thread {
  id: string;
  subject: string;
  /** Later mail of it is logged. */
  tracked: boolean;
  mailCount: number;
  createdAt: string;
  lastMailAt: string;
  /** The thread that its first mail came from: it was forwarded and edited, or split off. */
  forkedFrom?: string | undefined;
}

function readThread(value: unknown): Thread {
  const members = values.object(value, "Thread");
  return values.present({
    id: values.member(members, "id", values.text),
    subject: values.member(members, "subject", values.text),
    tracked: values.member(members, "tracked", values.flag),
    mailCount: values.member(members, "mailCount", values.whole),
    createdAt: values.member(members, "createdAt", values.text),
    lastMailAt: values.member(members, "lastMailAt", values.text),
    forkedFrom: values.optional(members, "forkedFrom", values.text),
  });
}

/** A conversation with its mails, oldest first. */
export interface ThreadDetail {
  thread: Thread;
  mails: MailDetail[];
  /** The records that the thread is linked to. */
  records?: RecordRef[] | undefined;
}

function readThreadDetail(value: unknown): ThreadDetail {
  const members = values.object(value, "ThreadDetail");
  return values.present({
    thread: values.member(members, "thread", readThread),
    mails: values.member(members, "mails", values.list(readMailDetail)),
    records: values.optional(members, "records", values.list(readRecordRef)),
  });
}

/** Threads, the one with the newest mail first. */
export interface ThreadPage {
  threads: Thread[];
  cursor?: string | undefined;
}

function readThreadPage(value: unknown): ThreadPage {
  const members = values.object(value, "ThreadPage");
  return values.present({
    threads: values.member(members, "threads", values.list(readThread)),
    cursor: values.optional(members, "cursor", values.text),
  });
}

/** An object of the calling CRM: its kind of object and its id there. */
export interface RecordRef {
  /** The caller's own word: contact, company, deal, ticket, ... */
  type: string;
  /** The caller's own id. */
  id: string;
}

function readRecordRef(value: unknown): RecordRef {
  const members = values.object(value, "RecordRef");
  return values.present({
    type: values.member(members, "type", values.text),
    id: values.member(members, "id", values.text),
  });
}

/** Records, by type and id. */
export interface RecordList {
  records: RecordRef[];
}

function readRecordList(value: unknown): RecordList {
  const members = values.object(value, "RecordList");
  return values.present({
    records: values.member(members, "records", values.list(readRecordRef)),
  });
}

/** Which comes first. */
export type TimelineOrder =
  "newest" | "oldest" | Word;

/**
 * How it came: `sent` (by `mail.send`), `client` (from the person's own mail program), `received`
 * (into a mailbox), `bcc` (logged by blind copy), `forward` (passed on to be logged).
 */
export type EngagementVia =
  "sent" | "client" | "received" | "bcc" | "forward" | Word;

/** An e-mail as it stands on a record's timeline. */
export interface Engagement {
  mailId: string;
  mailboxId: string;
  threadId?: string | undefined;
  /**
   * The other side: who wrote an incoming mail, the first recipient of an outgoing one who is not of
   * this tenant's mailboxes. Missing when the mail names nobody.
   */
  contact?: Address | undefined;
  subject: string;
  /** All of it as plain text. */
  text: string;
  /** The text without quoted history and signature. */
  replyText: string;
  /** The HTML with everything that runs or fetches taken out. */
  html?: string | undefined;
  /** When it was sent, as far as is known. */
  date: string;
  /** `outgoing` when anybody of this tenant's mailboxes wrote it. */
  direction: Direction;
  via: EngagementVia;
  matchedBy?: MatchRule | undefined;
  /**
   * How sure `matchedBy` is: 1 where a Message-ID or a person decided, 0.99 for `providerThread` and
   * `threadIndex`, 0.9 for `subject` and `fork`.
   */
  confidence?: number | undefined;
  attachments: Attachment[];
  /**
   * The mail came with attachments that are not stored: they are not logged for this mailbox, or the
   * mail is too large.
   */
  attachmentsLeftOut: boolean;
}

function readEngagement(value: unknown): Engagement {
  const members = values.object(value, "Engagement");
  return values.present({
    mailId: values.member(members, "mailId", values.text),
    mailboxId: values.member(members, "mailboxId", values.text),
    threadId: values.optional(members, "threadId", values.text),
    contact: values.optional(members, "contact", readAddress),
    subject: values.member(members, "subject", values.text),
    text: values.member(members, "text", values.text),
    replyText: values.member(members, "replyText", values.text),
    html: values.optional(members, "html", values.text),
    date: values.member(members, "date", values.text),
    direction: values.member(members, "direction", values.text),
    via: values.member(members, "via", values.text),
    matchedBy: values.optional(members, "matchedBy", values.text),
    confidence: values.optional(members, "confidence", values.number),
    attachments: values.member(members, "attachments", values.list(readAttachment)),
    attachmentsLeftOut: values.member(members, "attachmentsLeftOut", values.flag),
  });
}

/** Engagements in the order asked for. */
export interface EngagementPage {
  engagements: Engagement[];
  cursor?: string | undefined;
}

function readEngagementPage(value: unknown): EngagementPage {
  const members = values.object(value, "EngagementPage");
  return values.present({
    engagements: values.member(members, "engagements", values.list(readEngagement)),
    cursor: values.optional(members, "cursor", values.text),
  });
}

/**
 * What to erase: `kind`, and the one member that goes with it (`mailbox`: mailboxId, `contact`:
 * email, `thread`: threadId, `mail`: mailId, `record`: record, `age`: before; `tenant` has none).
 * `mail` is the engagement: it goes in every mailbox of the tenant. `record` is everything on its
 * timeline, and its links.
 */
export interface PurgeScope {
  kind: PurgeKind;
  mailboxId?: string | undefined;
  email?: string | undefined;
  threadId?: string | undefined;
  mailId?: string | undefined;
  before?: string | undefined;
  record?: RecordRef | undefined;
}

/** What an erasure takes, or took. */
export interface PurgeCounts {
  mails: number;
  bodies: number;
  /** Octets of the bodies as they were on the server. */
  octets: number;
  threads: number;
  mailboxes: number;
  submissions: number;
  /** Uploads that mails in the scope were made from; all of a tenant. */
  uploads: number;
}

function readPurgeCounts(value: unknown): PurgeCounts {
  const members = values.object(value, "PurgeCounts");
  return values.present({
    mails: values.member(members, "mails", values.whole),
    bodies: values.member(members, "bodies", values.whole),
    octets: values.member(members, "octets", values.whole),
    threads: values.member(members, "threads", values.whole),
    mailboxes: values.member(members, "mailboxes", values.whole),
    submissions: values.member(members, "submissions", values.whole),
    uploads: values.member(members, "uploads", values.whole),
  });
}

/** A run of an erasure and, once it is `done`, its receipt. Holds no personal data. */
export interface Purge {
  id: string;
  kind: PurgeKind;
  state: PurgeState;
  counts: PurgeCounts;
  /** Rows still found in scope after the erasure; 0 in a receipt. */
  remaining: number;
  /** The database's write-ahead log was emptied afterwards. */
  logTruncated: boolean;
  /** The name of the token that asked. */
  requestedBy: string;
  startedAt: string;
  finishedAt?: string | undefined;
  signed?: SignedReceipt | undefined;
}

function readPurge(value: unknown): Purge {
  const members = values.object(value, "Purge");
  return values.present({
    id: values.member(members, "id", values.text),
    kind: values.member(members, "kind", values.text),
    state: values.member(members, "state", values.text),
    counts: values.member(members, "counts", readPurgeCounts),
    remaining: values.member(members, "remaining", values.whole),
    logTruncated: values.member(members, "logTruncated", values.flag),
    requestedBy: values.member(members, "requestedBy", values.text),
    startedAt: values.member(members, "startedAt", values.text),
    finishedAt: values.optional(members, "finishedAt", values.text),
    signed: values.optional(members, "signed", readSignedReceipt),
  });
}

/**
 * A receipt as the server signed it when the erasure was done; receipts of versions before 0.2.0
 * have none. `statement` says what the receipt says, and whose it is.
 */
export interface SignedReceipt {
  /** What was signed: JSON in the form of RFC 8785. The signature is over these octets in UTF-8. */
  statement: string;
  /** Which key signed: 16 hexadecimal digits, as `purge.publicKey` has them. */
  keyId: string;
  /** Ed25519 (RFC 8032), 64 octets in base64. */
  signature: string;
}

function readSignedReceipt(value: unknown): SignedReceipt {
  const members = values.object(value, "SignedReceipt");
  return values.present({
    statement: values.member(members, "statement", values.text),
    keyId: values.member(members, "keyId", values.text),
    signature: values.member(members, "signature", values.text),
  });
}

/** The public half of the key under which receipts are signed. */
export interface ReceiptKey {
  /** The first 8 octets of the SHA-256 of the key's 32, in hexadecimal digits. */
  keyId: string;
  /** `Ed25519`. */
  algorithm: string;
  /** SubjectPublicKeyInfo (RFC 8410) in PEM. */
  publicKey: string;
}

function readReceiptKey(value: unknown): ReceiptKey {
  const members = values.object(value, "ReceiptKey");
  return values.present({
    keyId: values.member(members, "keyId", values.text),
    algorithm: values.member(members, "algorithm", values.text),
    publicKey: values.member(members, "publicKey", values.text),
  });
}

/**
 * How long mail is kept, in days of 24 hours. The times of `sequenceDays` and `timelineDays` begin
 * when a mail is logged, that of `metadataDays` when a header is read, and that of `deletedDays`
 * with `mail.delete`.
 */
export interface RetentionPolicy {
  /** Logged mail of origin `sequence`. Left out: until the tenant is deleted. */
  sequenceDays?: number | undefined;
  /** Logged mail of other origins. Left out: until it, or the tenant, is deleted. */
  timelineDays?: number | undefined;
  /**
   * What was deleted is erased at the latest so long afterwards; the erasure begins up to two days
   * before.
   */
  deletedDays: number;
  /** Headers of mail that was read from a mailbox and not logged. Never erased before. */
  metadataDays: number;
}

function readRetentionPolicy(value: unknown): RetentionPolicy {
  const members = values.object(value, "RetentionPolicy");
  return values.present({
    sequenceDays: values.optional(members, "sequenceDays", values.whole),
    timelineDays: values.optional(members, "timelineDays", values.whole),
    deletedDays: values.member(members, "deletedDays", values.whole),
    metadataDays: values.member(members, "metadataDays", values.whole),
  });
}

/**
 * Why a mail goes: it was `deleted`; it is `metadata` (a header that was never logged); it is
 * logged, of a `timeline` or a `sequence`.
 */
export type RetentionRule =
  "deleted" | "metadata" | "timeline" | "sequence" | Word;

/** What a rule will take. */
export interface RetentionForecast {
  rule: RetentionRule;
  /**
   * Mails that the rule is about. Copies of a logged mail in other mailboxes go with it and are not
   * counted.
   */
  mails: number;
  /** Those that go within the time asked about. What a hold keeps is not counted. */
  due: number;
  /** The time of the oldest of them is over then; missing when it never is, or is not known yet. */
  nextAt?: string | undefined;
}

function readRetentionForecast(value: unknown): RetentionForecast {
  const members = values.object(value, "RetentionForecast");
  return values.present({
    rule: values.member(members, "rule", values.text),
    mails: values.member(members, "mails", values.whole),
    due: values.member(members, "due", values.whole),
    nextAt: values.optional(members, "nextAt", values.text),
  });
}

/** A tenant's policy, and what follows from it. */
export interface Retention {
  policy: RetentionPolicy;
  rules: RetentionForecast[];
  /** Holds that stand. */
  holds: number;
  /**
   * False while nothing is erased by age: the server's clock jumped, went unwatched for hours, or is
   * behind what was written down.
   */
  clockBelieved: boolean;
}

function readRetention(value: unknown): Retention {
  const members = values.object(value, "Retention");
  return values.present({
    policy: values.member(members, "policy", readRetentionPolicy),
    rules: values.member(members, "rules", values.list(readRetentionForecast)),
    holds: values.member(members, "holds", values.whole),
    clockBelieved: values.member(members, "clockBelieved", values.flag),
  });
}

/** When a mail goes. */
export interface MailRetention {
  rule: RetentionRule;
  /** Missing: when the tenant is deleted; of what came within the last hour: not known yet. */
  erasesAt?: string | undefined;
  /** A hold keeps it beyond that. */
  held: boolean;
}

function readMailRetention(value: unknown): MailRetention {
  const members = values.object(value, "MailRetention");
  return values.present({
    rule: values.member(members, "rule", values.text),
    erasesAt: values.optional(members, "erasesAt", values.text),
    held: values.member(members, "held", values.flag),
  });
}

/** What must not be erased. */
export interface Hold {
  id: string;
  kind: PurgeKind;
  /** The id or address that the scope names; empty for the tenant. */
  target: string;
  reason: string;
  /** The name of the token that asked. */
  placedBy: string;
  placedAt: string;
}

function readHold(value: unknown): Hold {
  const members = values.object(value, "Hold");
  return values.present({
    id: values.member(members, "id", values.text),
    kind: values.member(members, "kind", values.text),
    target: values.member(members, "target", values.text),
    reason: values.member(members, "reason", values.text),
    placedBy: values.member(members, "placedBy", values.text),
    placedAt: values.member(members, "placedAt", values.text),
  });
}

/**
 * `active`: it gets events; `off`: it is not wanted; `parked`: it failed for three days and is left
 * alone.
 */
export type WebhookState =
  "active" | "off" | "parked" | Word;

/**
 * Why a webhook is `off` or `parked`: `turnedOff` (by `webhook.update`), `gone` (it answered 410),
 * `failing`.
 */
export type WebhookReason =
  "turnedOff" | "gone" | "failing" | Word;

/** An endpoint of the caller that is told of events, without its secret. */
export interface Webhook {
  id: string;
  url: string;
  /** Empty for all. */
  kinds: EventType[];
  state: WebhookState;
  reason?: WebhookReason | undefined;
  /** What a person can do, where it is not active. */
  advice?: string | undefined;
  cursor: string;
  /** In a row. */
  failures: number;
  failingSince?: string | undefined;
  nextAttemptAt?: string | undefined;
  /** HTTP status of the last failure, where there was an answer. */
  lastStatus?: number | undefined;
  /** What went wrong last. */
  lastProblem?: string | undefined;
  deliveredAt?: string | undefined;
  oldSecretUntil?: string | undefined;
  createdAt: string;
}

function readWebhook(value: unknown): Webhook {
  const members = values.object(value, "Webhook");
  return values.present({
    id: values.member(members, "id", values.text),
    url: values.member(members, "url", values.text),
    kinds: values.member(members, "kinds", values.list(values.text)),
    state: values.member(members, "state", values.text),
    reason: values.optional(members, "reason", values.text),
    advice: values.optional(members, "advice", values.text),
    cursor: values.member(members, "cursor", values.text),
    failures: values.member(members, "failures", values.whole),
    failingSince: values.optional(members, "failingSince", values.text),
    nextAttemptAt: values.optional(members, "nextAttemptAt", values.text),
    lastStatus: values.optional(members, "lastStatus", values.whole),
    lastProblem: values.optional(members, "lastProblem", values.text),
    deliveredAt: values.optional(members, "deliveredAt", values.text),
    oldSecretUntil: values.optional(members, "oldSecretUntil", values.text),
    createdAt: values.member(members, "createdAt", values.text),
  });
}

/** Webhooks, oldest first. */
export interface WebhookList {
  webhooks: Webhook[];
}

function readWebhookList(value: unknown): WebhookList {
  const members = values.object(value, "WebhookList");
  return values.present({
    webhooks: values.member(members, "webhooks", values.list(readWebhook)),
  });
}

/** A webhook, and its secret if it is new. It is shown this once. */
export interface WebhookWithSecret {
  webhook: Webhook;
  /** `whsec_` and base64 of 32 octets, as Standard Webhooks has it. A secret: hidden from printing. */
  secret?: string | undefined;
}

function readWebhookWithSecret(value: unknown): WebhookWithSecret {
  const members = values.object(value, "WebhookWithSecret");
  return values.hiding(values.present({
    webhook: values.member(members, "webhook", readWebhook),
    secret: values.optional(members, "secret", values.text),
  }), "secret");
}

/** What came of a test. */
export interface WebhookTest {
  delivered: boolean;
  /** The HTTP status, where there was an answer. */
  status?: number | undefined;
  problem?: string | undefined;
  milliseconds: number;
}

function readWebhookTest(value: unknown): WebhookTest {
  const members = values.object(value, "WebhookTest");
  return values.present({
    delivered: values.member(members, "delivered", values.flag),
    status: values.optional(members, "status", values.whole),
    problem: values.optional(members, "problem", values.text),
    milliseconds: values.member(members, "milliseconds", values.whole),
  });
}

/** Holds, oldest first. */
export interface HoldList {
  holds: Hold[];
}

function readHoldList(value: unknown): HoldList {
  const members = values.object(value, "HoldList");
  return values.present({
    holds: values.member(members, "holds", values.list(readHold)),
  });
}

/** Erasures, newest first. */
export interface PurgePage {
  receipts: Purge[];
  cursor?: string | undefined;
}

function readPurgePage(value: unknown): PurgePage {
  const members = values.object(value, "PurgePage");
  return values.present({
    receipts: values.member(members, "receipts", values.list(readPurge)),
    cursor: values.optional(members, "cursor", values.text),
  });
}

/** Something that happened. Numbers ascend; gaps are possible. */
export interface Event {
  seq: string;
  type: EventType;
  at: string;
  mailboxId?: string | undefined;
  threadId?: string | undefined;
  mailId?: string | undefined;
  submissionId?: string | undefined;
  purgeId?: string | undefined;
  facts: Record<string, string>;
  mail?: Mail | undefined;
}

function readEvent(value: unknown): Event {
  const members = values.object(value, "Event");
  return values.present({
    seq: values.member(members, "seq", values.text),
    type: values.member(members, "type", values.text),
    at: values.member(members, "at", values.text),
    mailboxId: values.optional(members, "mailboxId", values.text),
    threadId: values.optional(members, "threadId", values.text),
    mailId: values.optional(members, "mailId", values.text),
    submissionId: values.optional(members, "submissionId", values.text),
    purgeId: values.optional(members, "purgeId", values.text),
    facts: values.member(members, "facts", values.map),
    mail: values.optional(members, "mail", readMail),
  });
}

/** Events in ascending order. */
export interface EventPage {
  events: Event[];
  cursor: string;
  latest: string;
}

function readEventPage(value: unknown): EventPage {
  const members = values.object(value, "EventPage");
  return values.present({
    events: values.member(members, "events", values.list(readEvent)),
    cursor: values.member(members, "cursor", values.text),
    latest: values.member(members, "latest", values.text),
  });
}

/** A customer of the operator. */
export interface Tenant {
  id: string;
  name: string;
  createdAt: string;
}

function readTenant(value: unknown): Tenant {
  const members = values.object(value, "Tenant");
  return values.present({
    id: values.member(members, "id", values.text),
    name: values.member(members, "name", values.text),
    createdAt: values.member(members, "createdAt", values.text),
  });
}

/** What a tenant decided about logging. */
export interface TenantSettings {
  /**
   * Mail that one of the tenant's own people sends to one of these (as a blind copy, as a rule) is
   * logged. The address must deliver to a connected mailbox, or the sender's own mailbox must be one.
   */
  bccAddresses: string[];
  /**
   * What one of the tenant's own people forwards to one of these is logged as the mail that it was:
   * its sender, date, subject and text.
   */
  forwardAddresses: string[];
  /**
   * A mail in a Sent folder with this header field is logged; empty for none. `X-Postroom-Track`
   * unless set.
   */
  trackingHeader: string;
  /**
   * Domains of the tenant's own people, besides the addresses of its mailboxes. Mail that stays among
   * them is never logged.
   */
  ownDomains: string[];
  /** Addresses and domains (with those below them). Mail with any of them is never logged. */
  neverLog: string[];
  /**
   * Answers without usable Message-IDs are matched by subject, participants and time: a guess, and
   * marked as one. True unless set.
   */
  matchBySubject: boolean;
  /** How long after a conversation's last mail such an answer may come. 60 unless set. */
  matchBySubjectDays: number;
  /**
   * A mail joins a conversation only with the same subject, whatever else says that it belongs there.
   * False unless set.
   */
  demandSameSubject: boolean;
  /**
   * Mail with people of whom a mail was logged before is logged too, not only answers. False unless
   * set.
   */
  logKnownContacts: boolean;
  search: SearchLevel;
  /** Mails that may leave all mailboxes together within a minute; without it there is no limit. */
  sendsPerMinuteMax?: number | undefined;
  /** The same within 24 hours. */
  sendsPerDayMax?: number | undefined;
}

function readTenantSettings(value: unknown): TenantSettings {
  const members = values.object(value, "TenantSettings");
  return values.present({
    bccAddresses: values.member(members, "bccAddresses", values.list(values.text)),
    forwardAddresses: values.member(members, "forwardAddresses", values.list(values.text)),
    trackingHeader: values.member(members, "trackingHeader", values.text),
    ownDomains: values.member(members, "ownDomains", values.list(values.text)),
    neverLog: values.member(members, "neverLog", values.list(values.text)),
    matchBySubject: values.member(members, "matchBySubject", values.flag),
    matchBySubjectDays: values.member(members, "matchBySubjectDays", values.whole),
    demandSameSubject: values.member(members, "demandSameSubject", values.flag),
    logKnownContacts: values.member(members, "logKnownContacts", values.flag),
    search: values.member(members, "search", values.text),
    sendsPerMinuteMax: values.optional(members, "sendsPerMinuteMax", values.whole),
    sendsPerDayMax: values.optional(members, "sendsPerDayMax", values.whole),
  });
}

/** Settings to change; what is left out stays. */
export interface TenantSettingsChange {
  /**
   * Mail that one of the tenant's own people sends to one of these (as a blind copy, as a rule) is
   * logged. The address must deliver to a connected mailbox, or the sender's own mailbox must be one.
   */
  bccAddresses?: string[] | undefined;
  /**
   * What one of the tenant's own people forwards to one of these is logged as the mail that it was:
   * its sender, date, subject and text.
   */
  forwardAddresses?: string[] | undefined;
  /**
   * A mail in a Sent folder with this header field is logged; empty for none. `X-Postroom-Track`
   * unless set.
   */
  trackingHeader?: string | undefined;
  /**
   * Domains of the tenant's own people, besides the addresses of its mailboxes. Mail that stays among
   * them is never logged.
   */
  ownDomains?: string[] | undefined;
  /** Addresses and domains (with those below them). Mail with any of them is never logged. */
  neverLog?: string[] | undefined;
  /**
   * Answers without usable Message-IDs are matched by subject, participants and time: a guess, and
   * marked as one. True unless set.
   */
  matchBySubject?: boolean | undefined;
  /** How long after a conversation's last mail such an answer may come. 60 unless set. */
  matchBySubjectDays?: number | undefined;
  /**
   * A mail joins a conversation only with the same subject, whatever else says that it belongs there.
   * False unless set.
   */
  demandSameSubject?: boolean | undefined;
  /**
   * Mail with people of whom a mail was logged before is logged too, not only answers. False unless
   * set.
   */
  logKnownContacts?: boolean | undefined;
  search?: SearchLevel | undefined;
  /** Mails that may leave all mailboxes together within a minute, 0 for no limit. */
  sendsPerMinuteMax?: number | undefined;
  /** The same within 24 hours. */
  sendsPerDayMax?: number | undefined;
}

/** A tenant with its settings. */
export interface TenantDetail {
  tenant: Tenant;
  settings: TenantSettings;
}

function readTenantDetail(value: unknown): TenantDetail {
  const members = values.object(value, "TenantDetail");
  return values.present({
    tenant: values.member(members, "tenant", readTenant),
    settings: values.member(members, "settings", readTenantSettings),
  });
}

/** All tenants, oldest first. */
export interface TenantList {
  tenants: Tenant[];
}

function readTenantList(value: unknown): TenantList {
  const members = values.object(value, "TenantList");
  return values.present({
    tenants: values.member(members, "tenants", values.list(readTenant)),
  });
}

/** An access token, without its secret, or a client certificate that stands for one. */
export interface Token {
  id: string;
  tenantId: string;
  name: string;
  scopes: Scope[];
  createdAt: string;
  expiresAt?: string | undefined;
  /**
   * SHA-256 over the DER of a certificate (`token.addCertificate`), 64 hexadecimal digits in lower
   * case. Left out of tokens with a secret.
   */
  certificateSha256?: string | undefined;
}

function readToken(value: unknown): Token {
  const members = values.object(value, "Token");
  return values.present({
    id: values.member(members, "id", values.text),
    tenantId: values.member(members, "tenantId", values.text),
    name: values.member(members, "name", values.text),
    scopes: values.member(members, "scopes", values.list(values.text)),
    createdAt: values.member(members, "createdAt", values.text),
    expiresAt: values.optional(members, "expiresAt", values.text),
    certificateSha256: values.optional(members, "certificateSha256", values.text),
  });
}

/** The tokens of a tenant, oldest first. */
export interface TokenList {
  tokens: Token[];
}

function readTokenList(value: unknown): TokenList {
  const members = values.object(value, "TokenList");
  return values.present({
    tokens: values.member(members, "tokens", values.list(readToken)),
  });
}

/** A token and its secret. The secret is shown this once; only its digest is kept. */
export interface NewToken {
  token: Token;
  /** What `session.open` takes. A secret: hidden from printing. */
  secret: string;
}

function readNewToken(value: unknown): NewToken {
  const members = values.object(value, "NewToken");
  return values.hiding(values.present({
    token: values.member(members, "token", readToken),
    secret: values.member(members, "secret", values.text),
  }), "secret");
}

/** What answers. What is not required is absent from servers before 0.2.0. */
export interface ServerInfo {
  name: string;
  version: string;
  /** The version of this document. */
  protocolVersion: string;
  /** The version of the database's schema. */
  schemaVersion?: number | undefined;
  /** What the server was built from, as whoever packed it says (`POSTROOM_COMMIT` in its environment). */
  commit?: string | undefined;
  startedAt?: string | undefined;
  /** What it speaks on each of its ports. */
  framings?: Framing[] | undefined;
  features?: ServerFeature[] | undefined;
  /** TLS is taken on TCP. */
  tls?: boolean | undefined;
  limits?: ServerLimits | undefined;
}

function readServerInfo(value: unknown): ServerInfo {
  const members = values.object(value, "ServerInfo");
  return values.present({
    name: values.member(members, "name", values.text),
    version: values.member(members, "version", values.text),
    protocolVersion: values.member(members, "protocolVersion", values.text),
    schemaVersion: values.optional(members, "schemaVersion", values.whole),
    commit: values.optional(members, "commit", values.text),
    startedAt: values.optional(members, "startedAt", values.text),
    framings: values.optional(members, "framings", values.list(values.text)),
    features: values.optional(members, "features", values.list(values.text)),
    tls: values.optional(members, "tls", values.flag),
    limits: values.optional(members, "limits", readServerLimits),
  });
}

/** What callers are held to; README.md has the error of each. */
export interface ServerLimits {
  /** At one time. */
  connections: number;
  /** From one address. */
  connectionsPerPeer: number;
  /** Of one message, also when inflated. */
  messageOctets: number;
  /** Of one value of a stream. */
  streamValueOctets: number;
  /** Arrays and objects inside each other. */
  depth: number;
  batchCalls: number;
  /** On one connection, with streams. */
  callsInFlight: number;
  /** That wait for one connection before nothing more is read from it. */
  writeBufferOctets: number;
  firstOctetSeconds: number;
  messageSeconds: number;
  idleSeconds: number;
}

function readServerLimits(value: unknown): ServerLimits {
  const members = values.object(value, "ServerLimits");
  return values.present({
    connections: values.member(members, "connections", values.whole),
    connectionsPerPeer: values.member(members, "connectionsPerPeer", values.whole),
    messageOctets: values.member(members, "messageOctets", values.whole),
    streamValueOctets: values.member(members, "streamValueOctets", values.whole),
    depth: values.member(members, "depth", values.whole),
    batchCalls: values.member(members, "batchCalls", values.whole),
    callsInFlight: values.member(members, "callsInFlight", values.whole),
    writeBufferOctets: values.member(members, "writeBufferOctets", values.whole),
    firstOctetSeconds: values.member(members, "firstOctetSeconds", values.whole),
    messageSeconds: values.member(members, "messageSeconds", values.whole),
    idleSeconds: values.member(members, "idleSeconds", values.whole),
  });
}

/** How many connections speak something. */
export interface FramingCount {
  framing: Framing;
  connections: number;
}

function readFramingCount(value: unknown): FramingCount {
  const members = values.object(value, "FramingCount");
  return values.present({
    framing: values.member(members, "framing", values.text),
    connections: values.member(members, "connections", values.whole),
  });
}

/** Mails on their way out, by state (`SubmissionState`). */
export interface OutboxCounts {
  queued: number;
  sending: number;
  dataOpen: number;
  deferred: number;
  unknown: number;
}

function readOutboxCounts(value: unknown): OutboxCounts {
  const members = values.object(value, "OutboxCounts");
  return values.present({
    queued: values.member(members, "queued", values.whole),
    sending: values.member(members, "sending", values.whole),
    dataOpen: values.member(members, "dataOpen", values.whole),
    deferred: values.member(members, "deferred", values.whole),
    unknown: values.member(members, "unknown", values.whole),
  });
}

/** Mailboxes by what their workers do (`SyncPhase`). */
export interface SyncCounts {
  stopped: number;
  connecting: number;
  reading: number;
  live: number;
  waiting: number;
  paused?: number | undefined;
}

function readSyncCounts(value: unknown): SyncCounts {
  const members = values.object(value, "SyncCounts");
  return values.present({
    stopped: values.member(members, "stopped", values.whole),
    connecting: values.member(members, "connecting", values.whole),
    reading: values.member(members, "reading", values.whole),
    live: values.member(members, "live", values.whole),
    waiting: values.member(members, "waiting", values.whole),
    paused: values.optional(members, "paused", values.whole),
  });
}

/** What the server's process uses. */
export interface ProcessStats {
  residentOctets: number;
  virtualOctets: number;
  /** User and system time since its start. */
  cpuSeconds: number;
  /** Open ones. */
  descriptors: number;
  descriptorsMax: number;
  threads: number;
}

function readProcessStats(value: unknown): ProcessStats {
  const members = values.object(value, "ProcessStats");
  return values.present({
    residentOctets: values.member(members, "residentOctets", values.whole),
    virtualOctets: values.member(members, "virtualOctets", values.whole),
    cpuSeconds: values.member(members, "cpuSeconds", values.number),
    descriptors: values.member(members, "descriptors", values.whole),
    descriptorsMax: values.member(members, "descriptorsMax", values.whole),
    threads: values.member(members, "threads", values.whole),
  });
}

/** Counters since the server's start. What is not required is absent from servers before 0.2.0. */
export interface ServerStats {
  uptimeSeconds: number;
  connectionsOpen: number;
  connectionsTotal: number;
  /** Calls and streams at work now. */
  callsInFlight: number;
  calls: number;
  /** Calls that ended with an error. */
  errors: number;
  octetsIn: number;
  octetsOut: number;
  /** Messages that could not be read. */
  protocolErrors: number;
  /** Tokens that were not accepted. */
  authenticationFailures: number;
  /** Connected mailboxes of all tenants. */
  mailboxes: number;
  /** Of these, in state `live`. */
  mailboxesLive: number;
  latestEvent: string;
  connectionsByFraming?: FramingCount[] | undefined;
  /** Part of `callsInFlight`. */
  streamsOpen?: number | undefined;
  /** Octets that wait for callers to take them. */
  octetsWaiting?: number | undefined;
  outbox?: OutboxCounts | undefined;
  sync?: SyncCounts | undefined;
  /** Changes that wait for their transaction. */
  storeWritesWaiting?: number | undefined;
  /** Work that waits for the threads that connections live on. */
  reactorJobs?: number | undefined;
  process?: ProcessStats | undefined;
  /** Lines of the log that were lost: what reads it is too slow. */
  logLinesDropped?: number | undefined;
  /** Spans that were lost: the disk is too slow, or full. */
  spansDropped?: number | undefined;
  /**
   * The slowest calls of the last five to ten minutes, slowest first, without streams and what took
   * less than a millisecond.
   */
  slowest?: SlowCall[] | undefined;
  /** Mail servers that were asked for something lately, those with most to do first. */
  mailHosts?: MailHostUse[] | undefined;
  backfills?: BackfillCounts | undefined;
}

function readServerStats(value: unknown): ServerStats {
  const members = values.object(value, "ServerStats");
  return values.present({
    uptimeSeconds: values.member(members, "uptimeSeconds", values.whole),
    connectionsOpen: values.member(members, "connectionsOpen", values.whole),
    connectionsTotal: values.member(members, "connectionsTotal", values.whole),
    callsInFlight: values.member(members, "callsInFlight", values.whole),
    calls: values.member(members, "calls", values.whole),
    errors: values.member(members, "errors", values.whole),
    octetsIn: values.member(members, "octetsIn", values.whole),
    octetsOut: values.member(members, "octetsOut", values.whole),
    protocolErrors: values.member(members, "protocolErrors", values.whole),
    authenticationFailures: values.member(members, "authenticationFailures", values.whole),
    mailboxes: values.member(members, "mailboxes", values.whole),
    mailboxesLive: values.member(members, "mailboxesLive", values.whole),
    latestEvent: values.member(members, "latestEvent", values.text),
    connectionsByFraming: values.optional(members, "connectionsByFraming", values.list(readFramingCount)),
    streamsOpen: values.optional(members, "streamsOpen", values.whole),
    octetsWaiting: values.optional(members, "octetsWaiting", values.whole),
    outbox: values.optional(members, "outbox", readOutboxCounts),
    sync: values.optional(members, "sync", readSyncCounts),
    storeWritesWaiting: values.optional(members, "storeWritesWaiting", values.whole),
    reactorJobs: values.optional(members, "reactorJobs", values.whole),
    process: values.optional(members, "process", readProcessStats),
    logLinesDropped: values.optional(members, "logLinesDropped", values.whole),
    spansDropped: values.optional(members, "spansDropped", values.whole),
    slowest: values.optional(members, "slowest", values.list(readSlowCall)),
    mailHosts: values.optional(members, "mailHosts", values.list(readMailHostUse)),
    backfills: values.optional(members, "backfills", readBackfillCounts),
  });
}

/** What one mail server is asked for by all mailboxes together. */
export interface MailHostUse {
  host: string;
  connections: number;
  /** Without it there is no limit. */
  connectionsMax?: number | undefined;
  /** Connections that wait for their turn. */
  waiting: number;
  /** In the last minute. */
  signIns: number;
  signInsPerMinuteMax: number;
}

function readMailHostUse(value: unknown): MailHostUse {
  const members = values.object(value, "MailHostUse");
  return values.present({
    host: values.member(members, "host", values.text),
    connections: values.member(members, "connections", values.whole),
    connectionsMax: values.optional(members, "connectionsMax", values.whole),
    waiting: values.member(members, "waiting", values.whole),
    signIns: values.member(members, "signIns", values.whole),
    signInsPerMinuteMax: values.member(members, "signInsPerMinuteMax", values.whole),
  });
}

/** Mailboxes with older mail to read. */
export interface BackfillCounts {
  /** They read it now. */
  reading: number;
  /** They wait for their turn, and read new mail meanwhile. */
  waiting: number;
}

function readBackfillCounts(value: unknown): BackfillCounts {
  const members = values.object(value, "BackfillCounts");
  return values.present({
    reading: values.member(members, "reading", values.whole),
    waiting: values.member(members, "waiting", values.whole),
  });
}

/** A call that took long. */
export interface SlowCall {
  method: string;
  /** When it ended. */
  at: string;
  microseconds: number;
  tenantId?: string | undefined;
  /** The name of its token. */
  caller?: string | undefined;
  /** The reason of the error that it ended with. */
  error?: string | undefined;
}

function readSlowCall(value: unknown): SlowCall {
  const members = values.object(value, "SlowCall");
  return values.present({
    method: values.member(members, "method", values.text),
    at: values.member(members, "at", values.text),
    microseconds: values.member(members, "microseconds", values.whole),
    tenantId: values.optional(members, "tenantId", values.text),
    caller: values.optional(members, "caller", values.text),
    error: values.optional(members, "error", values.text),
  });
}

/** A line of the server's log. */
export interface LogLine {
  at: string;
  level: LogLevel;
  /** Which part of the server says it. */
  logger: string;
  message: string;
  fields: Record<string, string>;
  /** So many lines before this one were lost: the caller took them too slowly. */
  lost?: number | undefined;
}

function readLogLine(value: unknown): LogLine {
  const members = values.object(value, "LogLine");
  return values.present({
    at: values.member(members, "at", values.text),
    level: values.member(members, "level", values.text),
    logger: values.member(members, "logger", values.text),
    message: values.member(members, "message", values.text),
    fields: values.member(members, "fields", values.map),
    lost: values.optional(members, "lost", values.whole),
  });
}

/** Whether the server, or one part of it, does its work. */
export interface Health {
  status: ServingStatus;
}

function readHealth(value: unknown): Health {
  const members = values.object(value, "Health");
  return values.present({
    status: values.member(members, "status", values.text),
  });
}

/** The values of `PostroomError.reason`. A newer server may say others. */
export const Reason = {
  /** `INVALID_ARGUMENT`. The message is not JSON. `details.offset` counts octets. */
  jsonSyntax: "json.syntax",
  /** `INVALID_ARGUMENT`. The message is nested too deep. `details.limit` says how deep it may be. */
  jsonDepth: "json.depth",
  /** `INVALID_ARGUMENT`. The same name stands twice in one object. */
  jsonDuplicateName: "json.duplicateName",
  /** `INVALID_ARGUMENT`. The message is JSON, but not a JSON-RPC 2.0 request. */
  requestInvalid: "request.invalid",
  /** `UNIMPLEMENTED`. There is no such method. `details.method` names it. */
  methodUnknown: "method.unknown",
  /** `UNAUTHENTICATED`. Sign in first: `session.open`, or `Authorization: Bearer` over HTTP. */
  sessionRequired: "session.required",
  /**
   * `UNAUTHENTICATED`. The token or certificate is not known, was revoked, or has expired. Calls and
   * streams that run under it when it ends say so too.
   */
  tokenInvalid: "token.invalid",
  /** `PERMISSION_DENIED`. The token lacks the scope that the method needs. `details.scope` names it. */
  scopeMissing: "scope.missing",
  /** `RESOURCE_EXHAUSTED`. The message is too large. `details.limit` and `details.actual` are octets. */
  limitMessage: "limit.message",
  /** `RESOURCE_EXHAUSTED`. The message did not arrive whole in time. `details.limit` is in seconds. */
  limitMessageSeconds: "limit.messageSeconds",
  /**
   * `RESOURCE_EXHAUSTED`. A value of a stream is too large. `details.limit` and `details.actual` are
   * octets.
   */
  limitStreamMessage: "limit.streamMessage",
  /** `RESOURCE_EXHAUSTED`. More values came than were granted. Wait for `rpc.credit`. */
  limitStreamCredit: "limit.streamCredit",
  /** `RESOURCE_EXHAUSTED`. The batch has too many calls. */
  limitBatch: "limit.batch",
  /** `RESOURCE_EXHAUSTED`. Too many calls are at work on this connection. Wait for one to end. */
  limitCallsInFlight: "limit.callsInFlight",
  /**
   * `RESOURCE_EXHAUSTED`. The server has all the connections that it takes. Answered once, without an
   * id, before anything is called; the connection is closed.
   */
  limitConnections: "limit.connections",
  /**
   * `RESOURCE_EXHAUSTED`. Too many connections come from this address. Answered like
   * `limit.connections`.
   */
  limitConnectionsPerPeer: "limit.connectionsPerPeer",
  /** `CANCELLED`. The caller cancelled the call. */
  callCancelled: "call.cancelled",
  /** `DEADLINE_EXCEEDED`. The deadline passed before the answer was ready. */
  callDeadline: "call.deadline",
  /** `NOT_FOUND`. No such call or stream is open on this connection. */
  callUnknown: "call.unknown",
  /** `FAILED_PRECONDITION`. A stream cannot be opened in a batch. Call it by itself. */
  streamInBatch: "stream.inBatch",
  /** `FAILED_PRECONDITION`. A stream needs JSON-RPC 2.0. Add `"jsonrpc":"2.0"` to the call. */
  streamVersion1: "stream.version1",
  /**
   * `UNIMPLEMENTED`. Not possible over HTTP: streams, `session.open`, `rpc.cancel`. Use a TCP or Unix
   * connection.
   */
  httpUnsupported: "http.unsupported",
  /** `UNAVAILABLE`. The server is shutting down. Connect again and repeat. */
  serverGoingAway: "server.goingAway",
  /**
   * `UNAVAILABLE`. Made by clients: the connection ended before the answer came. It is not known
   * whether the call was done.
   */
  connectionLost: "connection.lost",
  /** `UNAVAILABLE`. Made by clients: the server cannot be connected to. */
  connectionFailed: "connection.failed",
  /** `FAILED_PRECONDITION`. Made by clients: the server's certificate is not acceptable. */
  connectionCertificate: "connection.certificate",
  /** `DATA_LOSS`. Values of the stream are missing. */
  streamGap: "stream.gap",
  /** `FAILED_PRECONDITION`. Made by clients: the call takes no more values. Open another one. */
  streamEnded: "stream.ended",
  /** `INTERNAL`. Made by clients: the server sent more values than it was granted. */
  streamOverrun: "stream.overrun",
  /** `INTERNAL`. Made by clients: the server named no subscription. */
  streamMalformed: "stream.malformed",
  /** `INVALID_ARGUMENT`. Made by clients: the server's address cannot be read. */
  clientBadURL: "client.badURL",
  /** `INTERNAL`. Made by clients: the server's answer is not what this document says. */
  clientBadAnswer: "client.badAnswer",
  /** `CANCELLED`. Made by clients: the client was closed. */
  clientClosed: "client.closed",
  /**
   * `INTERNAL`. A fault of the server. `details.logId` is the number of its log entry, where there is
   * one.
   */
  internal: "internal",
  /** `INVALID_ARGUMENT`. A parameter that must be there is not. `details.name` names it. */
  paramsMissing: "params.missing",
  /** `INVALID_ARGUMENT`. There is no such parameter. `details.name` names it. */
  paramsUnknown: "params.unknown",
  /** `INVALID_ARGUMENT`. A parameter is of another JSON type. `details.name` names it. */
  paramsType: "params.type",
  /** `INVALID_ARGUMENT`. A parameter is of the right type but not acceptable. `details.name` names it. */
  paramsRange: "params.range",
  /**
   * `INVALID_ARGUMENT`. `params` cannot be read. They are an object, or an array where
   * `paramStructure` is `either`.
   */
  paramsInvalid: "params.invalid",
  /** `INVALID_ARGUMENT`. The cursor was not given out by this method. Begin without one. */
  paramsCursor: "params.cursor",
  /**
   * `ALREADY_EXISTS`. The idempotency key came before with other parameters. Use a new key for
   * another request.
   */
  idempotencyKeyReused: "idempotency.keyReused",
  /** `NOT_FOUND`. There is no such mailbox in this tenant. */
  mailboxUnknown: "mailbox.unknown",
  /**
   * `ALREADY_EXISTS`. This address is connected already. Use `mailbox.reconnect` to change its
   * settings.
   */
  mailboxExists: "mailbox.exists",
  /** `FAILED_PRECONDITION`. The mailbox is disconnected. Use `mailbox.reconnect`. */
  mailboxDisconnected: "mailbox.disconnected",
  /**
   * `CANCELLED`. The sync that was waited for was called off with `sync.cancel`. The next `sync.run`
   * goes on where it stopped.
   */
  syncCancelled: "sync.cancelled",
  /**
   * `NOT_FOUND`. No provider of this name is configured on this server. `oauth.providers` lists those
   * that are.
   */
  oauthProviderUnknown: "oauth.providerUnknown",
  /**
   * `FAILED_PRECONDITION`. The provider does not offer this way, or the server's operator has not
   * configured it.
   */
  oauthNotOffered: "oauth.notOffered",
  /** `INVALID_ARGUMENT`. `redirectUri` is no absolute URL of http or https. */
  oauthRedirectInvalid: "oauth.redirectInvalid",
  /**
   * `NOT_FOUND`. There is no such state or grant: its time is over, it was used, or the server has
   * started anew. Begin again.
   */
  oauthUnknown: "oauth.unknown",
  /** `FAILED_PRECONDITION`. The person said no. */
  oauthDenied: "oauth.denied",
  /**
   * `FAILED_PRECONDITION`. The provider gave no refresh token, so access would end within the hour.
   * Ask for offline access.
   */
  oauthNoRefreshToken: "oauth.noRefreshToken",
  /**
   * `FAILED_PRECONDITION`. The provider gave no token. `details.code` is its word, such as
   * `invalid_grant`.
   */
  oauthRefused: "oauth.refused",
  /** `UNAVAILABLE`. The provider could not be asked. Call again later. */
  oauthUnavailable: "oauth.unavailable",
  /**
   * `RESOURCE_EXHAUSTED`. The tenant has as many open flows and grants as it may. `details.limit`
   * says how many.
   */
  limitOauth: "limit.oauth",
  /** `INVALID_ARGUMENT`. The settings cannot be those of an IMAP server (a port of POP3, for one). */
  connectImapUnsupported: "connect.imap.unsupported",
  /** `FAILED_PRECONDITION`. The IMAP server's name has no address. Check the spelling. */
  connectImapHostUnknown: "connect.imap.hostUnknown",
  /** `UNAVAILABLE`. The IMAP server cannot be reached at this port. */
  connectImapUnreachable: "connect.imap.unreachable",
  /** `UNAVAILABLE`. The IMAP server did not answer in time. */
  connectImapTimeout: "connect.imap.timeout",
  /** `FAILED_PRECONDITION`. TLS with the IMAP server failed. Try the other `security`. */
  connectImapTls: "connect.imap.tls",
  /** `FAILED_PRECONDITION`. The IMAP server's certificate is not valid today. */
  connectImapCertificateExpired: "connect.imap.certificate.expired",
  /** `FAILED_PRECONDITION`. The IMAP server's certificate is for another name. */
  connectImapCertificateWrongHost: "connect.imap.certificate.wrongHost",
  /** `FAILED_PRECONDITION`. The IMAP server's certificate is not signed by a trusted authority. */
  connectImapCertificateUntrusted: "connect.imap.certificate.untrusted",
  /** `FAILED_PRECONDITION`. The IMAP server's certificate cannot be accepted. */
  connectImapCertificateOther: "connect.imap.certificate.other",
  /** `FAILED_PRECONDITION`. The IMAP server offers no encryption at this port. */
  connectImapNoEncryption: "connect.imap.noEncryption",
  /** `FAILED_PRECONDITION`. The IMAP server offers no way to sign in that is known here. */
  connectImapNoMechanism: "connect.imap.noMechanism",
  /**
   * `FAILED_PRECONDITION`. The IMAP server refused user name or password. Many providers want an app
   * password.
   */
  connectImapAuthenticationFailed: "connect.imap.authenticationFailed",
  /** `UNAVAILABLE`. The IMAP server takes no more connections of this account just now. */
  connectImapBusy: "connect.imap.busy",
  /** `FAILED_PRECONDITION`. The account may not use IMAP. */
  connectImapDenied: "connect.imap.denied",
  /** `FAILED_PRECONDITION`. The IMAP server refused a step. */
  connectImapRefused: "connect.imap.refused",
  /** `FAILED_PRECONDITION`. What answers does not speak IMAP as it should. */
  connectImapProtocol: "connect.imap.protocol",
  /**
   * `INVALID_ARGUMENT`. The settings cannot be those of a submission server (a port of POP3, for
   * one).
   */
  connectSmtpUnsupported: "connect.smtp.unsupported",
  /** `FAILED_PRECONDITION`. The submission server's name has no address. Check the spelling. */
  connectSmtpHostUnknown: "connect.smtp.hostUnknown",
  /** `UNAVAILABLE`. The submission server cannot be reached at this port. */
  connectSmtpUnreachable: "connect.smtp.unreachable",
  /** `UNAVAILABLE`. The submission server did not answer in time. */
  connectSmtpTimeout: "connect.smtp.timeout",
  /** `FAILED_PRECONDITION`. TLS with the submission server failed. Try the other `security`. */
  connectSmtpTls: "connect.smtp.tls",
  /** `FAILED_PRECONDITION`. The submission server's certificate is not valid today. */
  connectSmtpCertificateExpired: "connect.smtp.certificate.expired",
  /** `FAILED_PRECONDITION`. The submission server's certificate is for another name. */
  connectSmtpCertificateWrongHost: "connect.smtp.certificate.wrongHost",
  /** `FAILED_PRECONDITION`. The submission server's certificate is not signed by a trusted authority. */
  connectSmtpCertificateUntrusted: "connect.smtp.certificate.untrusted",
  /** `FAILED_PRECONDITION`. The submission server's certificate cannot be accepted. */
  connectSmtpCertificateOther: "connect.smtp.certificate.other",
  /** `FAILED_PRECONDITION`. The submission server offers no encryption at this port. */
  connectSmtpNoEncryption: "connect.smtp.noEncryption",
  /** `FAILED_PRECONDITION`. The submission server offers no way to sign in that is known here. */
  connectSmtpNoMechanism: "connect.smtp.noMechanism",
  /**
   * `FAILED_PRECONDITION`. The submission server refused user name or password. Many providers want
   * an app password.
   */
  connectSmtpAuthenticationFailed: "connect.smtp.authenticationFailed",
  /** `UNAVAILABLE`. The submission server takes no more connections of this account just now. */
  connectSmtpBusy: "connect.smtp.busy",
  /** `FAILED_PRECONDITION`. The account may not use SMTP. */
  connectSmtpDenied: "connect.smtp.denied",
  /** `FAILED_PRECONDITION`. The submission server refused a step. */
  connectSmtpRefused: "connect.smtp.refused",
  /** `FAILED_PRECONDITION`. What answers does not speak SMTP as it should. */
  connectSmtpProtocol: "connect.smtp.protocol",
  /** `NOT_FOUND`. There is no such mail in this tenant. */
  mailUnknown: "mail.unknown",
  /**
   * `FAILED_PRECONDITION`. The content of this mail is not stored. Track its thread to have it
   * logged.
   */
  mailNotLogged: "mail.notLogged",
  /** `NOT_FOUND`. There is no such attachment in this tenant. */
  attachmentUnknown: "attachment.unknown",
  /** `NOT_FOUND`. There is no such upload: it was cancelled, its time is over, or it never was. */
  uploadUnknown: "upload.unknown",
  /**
   * `OUT_OF_RANGE`. Octets before this piece are missing. `details.received` says where the next
   * piece must begin, or before.
   */
  uploadGap: "upload.gap",
  /**
   * `ALREADY_EXISTS`. Other octets came for the same place before. `details.received` says how many
   * are here.
   */
  uploadDiffers: "upload.differs",
  /** `FAILED_PRECONDITION`. The upload is committed: nothing can be added. */
  uploadCommitted: "upload.committed",
  /**
   * `FAILED_PRECONDITION`. Less came than was announced, or the upload is not committed.
   * `details.received` and `details.size` are octets.
   */
  uploadIncomplete: "upload.incomplete",
  /** `FAILED_PRECONDITION`. What came has another SHA-256 than the caller says. Begin a new upload. */
  uploadDigest: "upload.digest",
  /**
   * `RESOURCE_EXHAUSTED`. More octets than were announced, or than a mail can carry. `details.limit`
   * says how many.
   */
  uploadTooLarge: "upload.tooLarge",
  /**
   * `RESOURCE_EXHAUSTED`. The tenant has as many uploads as it may. `details.limit` says how many;
   * cancel one, or wait until one expires.
   */
  limitUploads: "limit.uploads",
  /**
   * `RESOURCE_EXHAUSTED`. The tenant's uploads have as many octets as they may. `details.limit` says
   * how many.
   */
  limitUploadOctets: "limit.uploadOctets",
  /**
   * `RESOURCE_EXHAUSTED`. The piece has too many octets. `details.limit` and `details.actual` are
   * octets.
   */
  limitUploadPiece: "limit.uploadPiece",
  /** `INVALID_ARGUMENT`. to, cc and bcc are all empty. */
  sendNoRecipients: "send.noRecipients",
  /** `INVALID_ARGUMENT`. An address cannot be used in a mail. `details.name` says where it stands. */
  sendAddressInvalid: "send.addressInvalid",
  /**
   * `INVALID_ARGUMENT`. The mailbox does not send as this address. `details.allowed` are those it
   * does; `mailbox.update` adds others.
   */
  sendFromRefused: "send.fromRefused",
  /** `INVALID_ARGUMENT`. Neither text nor html is given. */
  sendNoContent: "send.noContent",
  /**
   * `INVALID_ARGUMENT`. A subject, name or type has characters that a header cannot carry.
   * `details.name` says which.
   */
  sendHeaderInvalid: "send.headerInvalid",
  /**
   * `INVALID_ARGUMENT`. An attachment needs `data`, `name` and `type`, or an `uploadId`, or a
   * `blobId`. `details.index` says which one.
   */
  sendAttachmentInvalid: "send.attachmentInvalid",
  /**
   * `INVALID_ARGUMENT`. The mail is larger than this server, or the mailbox's provider, takes.
   * `details.octets` is its size, `details.limit` what is allowed, `details.by` is `server` or
   * `provider`.
   */
  sendTooLarge: "send.tooLarge",
  /** `FAILED_PRECONDITION`. The mail is being handed over or has left already. */
  sendTooLate: "send.tooLate",
  /** `NOT_FOUND`. This mail was not sent by `mail.send`. */
  submissionUnknown: "submission.unknown",
  /** `NOT_FOUND`. There is no such thread in this tenant. */
  threadUnknown: "thread.unknown",
  /** `FAILED_PRECONDITION`. The tenant's settings say that this mail is never logged. */
  threadNeverLogged: "thread.neverLogged",
  /** `FAILED_PRECONDITION`. The tenant's mail is not indexed. Set `search` by `tenant.update` first. */
  searchOff: "search.off",
  /** `INVALID_ARGUMENT`. The text has no word that can be searched for, or more than 32. */
  searchText: "search.text",
  /** `INVALID_ARGUMENT`. `details.name` names the setting. */
  tenantSettingsInvalid: "tenant.settingsInvalid",
  /** `FAILED_PRECONDITION`. The mail is in no thread, or nothing of its thread would be left. */
  threadNotSplit: "thread.notSplit",
  /** `INVALID_ARGUMENT`. At least one criterion must be given. */
  threadNoCriterion: "thread.noCriterion",
  /** `INVALID_ARGUMENT`. Name either `threadId` or `mailId`, not both. */
  recordTarget: "record.target",
  /** `NOT_FOUND`. Nothing is linked to this record. */
  recordUnknown: "record.unknown",
  /** `NOT_FOUND`. This thread or mail is not linked to the record. */
  recordNotLinked: "record.notLinked",
  /** `NOT_FOUND`. There is no such erasure in this tenant. */
  purgeUnknown: "purge.unknown",
  /**
   * `INVALID_ARGUMENT`. The member that goes with the scope's kind is missing, or another is there
   * too.
   */
  purgeScopeInvalid: "purge.scopeInvalid",
  /**
   * `FAILED_PRECONDITION`. A hold keeps what the erasure would take. `hold.list` shows which;
   * `hold.release` ends it.
   */
  purgeHeld: "purge.held",
  /** `NOT_FOUND`. There is no such webhook in this tenant. */
  webhookUnknown: "webhook.unknown",
  /** `INVALID_ARGUMENT`. The URL is not one that events may be sent to. */
  webhookUrlInvalid: "webhook.urlInvalid",
  /** `RESOURCE_EXHAUSTED`. The tenant has as many webhooks as it may. `details.limit` says how many. */
  limitWebhooks: "limit.webhooks",
  /** `NOT_FOUND`. There is no such hold in this tenant. */
  holdUnknown: "hold.unknown",
  /**
   * `FAILED_PRECONDITION`. Events after the cursor were lost, as the server's data were restored from
   * a backup. `details.oldest` is the oldest event that is kept, `details.newest` the newest number
   * there is. Read again what you keep, then go on from `newest`.
   */
  eventsCursorTooOld: "events.cursorTooOld",
  /**
   * `INVALID_ARGUMENT`. The cursor is above the newest event. `details.oldest` and `details.newest`
   * say which events there are.
   */
  eventsCursorInvalid: "events.cursorInvalid",
  /** `NOT_FOUND`. There is no such tenant. */
  tenantUnknown: "tenant.unknown",
  /** `ALREADY_EXISTS`. There is a tenant of this name. */
  tenantExists: "tenant.exists",
  /** `NOT_FOUND`. There is no such token. */
  tokenUnknown: "token.unknown",
  /** `INVALID_ARGUMENT`. The text holds no certificate in PEM that can be read. */
  certificateInvalid: "certificate.invalid",
  /** `ALREADY_EXISTS`. The certificate is registered already, here or for another tenant. */
  certificateExists: "certificate.exists",
  /** `INVALID_ARGUMENT`. `expiresAt` has passed already. */
  tokenExpired: "token.expired",
  /** `NOT_FOUND`. There is no such part. Leave `service` out for the whole server. */
  healthUnknownService: "health.unknownService",
  /** `RESOURCE_EXHAUSTED`. The disk is full. */
  storeFull: "store.full",
  /** `ABORTED`. Something else changed it at the same time. Try again. */
  storeConflict: "store.conflict",
  /** `DATA_LOSS`. Stored data is damaged. */
  storeCorrupt: "store.corrupt",
} as const;

/** What `mailbox.connect` takes. */
export interface MailboxConnectParams {
  /** The address that mail is sent from. */
  email: string;
  /**
   * Or an app password. Stored encrypted, never answered. Either it or `oauth`. A secret: hidden from
   * printing.
   */
  password?: string | undefined;
  /** What to sign in as; the address when left out. */
  userName?: string | undefined;
  /** The name that stands in From. */
  displayName?: string | undefined;
  imap: ServerChoice;
  /** The submission server. */
  smtp: ServerChoice;
  /**
   * Sign in by access tokens instead of a password (XOAUTH2, OAUTHBEARER). They are renewed by
   * themselves.
   */
  oauth?: OAuthAccess | undefined;
}

/** What `mailbox.get` takes. */
export interface MailboxGetParams {
  mailboxId: string;
}

/** What `mailbox.audit` takes. */
export interface MailboxAuditParams {
  mailboxId: string;
}

/** What `mailbox.discover` takes. */
export interface MailboxDiscoverParams {
  email: string;
}

/** What `mailbox.probe` takes. */
export interface MailboxProbeParams {
  mailboxId?: string | undefined;
  /** What to sign in as; often the address. */
  userName?: string | undefined;
  /** Used for this call only. A secret: hidden from printing. */
  password?: string | undefined;
  imap?: ServerChoice | undefined;
  smtp?: ServerChoice | undefined;
}

/** What `mailbox.reconnect` takes. */
export interface MailboxReconnectParams {
  mailboxId: string;
  /** A secret: hidden from printing. */
  password?: string | undefined;
  userName?: string | undefined;
  imap?: ServerChoice | undefined;
  smtp?: ServerChoice | undefined;
  oauth?: OAuthAccess | undefined;
}

/** What `mailbox.update` takes. */
export interface MailboxUpdateParams {
  mailboxId: string;
  /** The name that stands in From; empty for none. */
  displayName?: string | undefined;
  /**
   * Aliases: names and addresses that may stand in From besides its own address, in place of those
   * before. Its server must let it send as them.
   */
  identities?: Address[] | undefined;
  /** Mails that may leave it within a minute; 0 for no limit. */
  sendsPerMinuteMax?: number | undefined;
  /** Mails that may leave it within 24 hours; 0 for no limit. */
  sendsPerDayMax?: number | undefined;
}

/** What `mailbox.disconnect` takes. */
export interface MailboxDisconnectParams {
  mailboxId: string;
}

/** What `mailbox.delete` takes. */
export interface MailboxDeleteParams {
  mailboxId: string;
}

/** What `oauth.begin` takes. */
export interface OauthBeginParams {
  provider: string;
  /** Registered at the provider. */
  redirectUri: string;
  /** Told to the provider, so that the person need not choose an account. */
  email?: string | undefined;
}

/** What `oauth.complete` takes. */
export interface OauthCompleteParams {
  state: string;
  /** A secret: hidden from printing. */
  code: string;
}

/** What `oauth.device` takes. */
export interface OauthDeviceParams {
  provider: string;
}

/** What `oauth.wait` takes. */
export interface OauthWaitParams {
  grantId: string;
}

/** What `folder.list` takes. */
export interface FolderListParams {
  mailboxId: string;
}

/** What `sync.run` takes. */
export interface SyncRunParams {
  mailboxId: string;
  /** Answer when the sync is done. */
  wait?: boolean | undefined;
}

/** What `sync.cancel` takes. */
export interface SyncCancelParams {
  mailboxId: string;
}

/** What `sync.status` takes. */
export interface SyncStatusParams {
  mailboxId: string;
}

/** What `sync.watch` takes. */
export interface SyncWatchParams {
  mailboxId: string;
}

/** What `mail.send` takes. */
export interface MailSendParams {
  mailboxId: string;
  to?: Address[] | undefined;
  cc?: Address[] | undefined;
  /** Receive it without being named in it. */
  bcc?: Address[] | undefined;
  replyTo?: Address[] | undefined;
  subject: string;
  /** The body as plain text; made from `html` where it is left out. */
  text?: string | undefined;
  /** The body as HTML. */
  html?: string | undefined;
  attachments?: OutgoingAttachment[] | undefined;
  /** The mail this one answers: sets In-Reply-To and References, and joins its thread. */
  inReplyToMailId?: string | undefined;
  /** Replies to it are logged. Never when the tenant's settings forbid it (`tenant.get`). */
  track?: boolean | undefined;
  /** `timeline` when left out. */
  origin?: SendOrigin | undefined;
  /** Not before this moment. */
  sendAt?: string | undefined;
  /** The mail's thread is linked to these. Not with `track: false`. */
  records?: RecordRef[] | undefined;
  /**
   * Who stands in From: the mailbox's own address, or one of its `identities`; with a name of its own
   * if it has one. The mailbox's own name and address when left out.
   */
  from?: Address | undefined;
  /**
   * Ask the servers on the way to tell of delivery and delay, not of failure only (RFC 3461). Those
   * that cannot do not.
   */
  deliveryReports?: boolean | undefined;
}

/** What `mail.status` takes. */
export interface MailStatusParams {
  mailId: string;
}

/** What `mail.cancel` takes. */
export interface MailCancelParams {
  mailId: string;
}

/** What `mail.reply` takes. */
export interface MailReplyParams {
  mailId: string;
  /** `sender` when left out. Own addresses are left out, unless there is no other. */
  recipients?: ReplyRecipients | undefined;
  /** What the answer says, as plain text. */
  text?: string | undefined;
  /** What the answer says, as HTML; made from `text` where the mail has HTML and this is left out. */
  html?: string | undefined;
  /** The mail stands below the answer. */
  quote?: boolean | undefined;
  /**
   * Of the words around what is quoted, as a tag such as `de` or `pt-BR`; English for what there are
   * no words for.
   */
  language?: string | undefined;
  /** Minutes east of UTC in which the quoted mail's time is written. */
  utcOffsetMinutes?: number | undefined;
}

/** What `mail.forward` takes. */
export interface MailForwardParams {
  mailId: string;
  /** What is said about it, as plain text. */
  text?: string | undefined;
  /** What is said about it, as HTML; made from `text` where the mail has HTML and this is left out. */
  html?: string | undefined;
  /** The mail's attachments go with it; else only the pictures that its HTML shows. */
  attachments?: boolean | undefined;
  /**
   * Of the words around what is quoted, as a tag such as `de` or `pt-BR`; English for what there are
   * no words for.
   */
  language?: string | undefined;
  /** Minutes east of UTC in which the quoted mail's time is written. */
  utcOffsetMinutes?: number | undefined;
}

/** What `mail.get` takes. */
export interface MailGetParams {
  mailId: string;
}

/** What `mail.list` takes. */
export interface MailListParams {
  mailboxId?: string | undefined;
  /** From or to this address. */
  contact?: string | undefined;
  messageId?: string | undefined;
  /** Only mails whose body is stored. */
  loggedOnly?: boolean | undefined;
  /** Where the page before ended. */
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** What `mail.search` takes. */
export interface MailSearchParams {
  /** At most 32 words. */
  text?: string | undefined;
  mailboxId?: string | undefined;
  threadId?: string | undefined;
  /** Mails of this record. */
  record?: RecordRef | undefined;
  /** From or to this address. */
  contact?: string | undefined;
  from?: string | undefined;
  /** To this address, also as a copy. */
  to?: string | undefined;
  /** Received at this time or later. */
  after?: string | undefined;
  /** Received earlier than this. */
  before?: string | undefined;
  hasAttachment?: boolean | undefined;
  /** Where the page before ended. */
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** What `mail.source` takes. */
export interface MailSourceParams {
  mailId: string;
}

/** What `mail.delete` takes. */
export interface MailDeleteParams {
  mailId: string;
}

/** What `mail.restore` takes. */
export interface MailRestoreParams {
  mailId: string;
}

/** What `thread.lookup` takes. */
export interface ThreadLookupParams {
  messageId?: string | undefined;
  mailId?: string | undefined;
  threadId?: string | undefined;
  contact?: string | undefined;
  /** Words that all stand in the subject. */
  subject?: string | undefined;
  mailboxId?: string | undefined;
  /** Where the page before ended. */
  cursor?: string | undefined;
  limit?: number | undefined;
  /** Threads linked to this record. */
  record?: RecordRef | undefined;
}

/** What `thread.get` takes. */
export interface ThreadGetParams {
  threadId: string;
}

/** What `thread.list` takes. */
export interface ThreadListParams {
  mailboxId?: string | undefined;
  contact?: string | undefined;
  trackedOnly?: boolean | undefined;
  /** Where the page before ended. */
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** What `thread.track` takes. */
export interface ThreadTrackParams {
  mailId?: string | undefined;
  /** Instead of `mailId`: the mail by its Message-ID, in any mailbox of the tenant. */
  messageId?: string | undefined;
}

/** What `thread.untrack` takes. */
export interface ThreadUntrackParams {
  threadId: string;
}

/** What `thread.split` takes. */
export interface ThreadSplitParams {
  mailId: string;
}

/** What `thread.merge` takes. */
export interface ThreadMergeParams {
  threadId: string;
  intoThreadId: string;
}

/** What `record.link` takes. */
export interface RecordLinkParams {
  record: RecordRef;
  threadId?: string | undefined;
  mailId?: string | undefined;
}

/** What `record.unlink` takes. */
export interface RecordUnlinkParams {
  record: RecordRef;
  threadId?: string | undefined;
  mailId?: string | undefined;
}

/** What `record.list` takes. */
export interface RecordListParams {
  threadId?: string | undefined;
  mailId?: string | undefined;
}

/** What `record.timeline` takes. */
export interface RecordTimelineParams {
  record: RecordRef;
  /** `newest` when left out. */
  order?: TimelineOrder | undefined;
  /** Where the page before ended; for the same record and order. */
  cursor?: string | undefined;
  /** 20 when left out: a page carries the texts. */
  limit?: number | undefined;
}

/** What `attachment.get` takes. */
export interface AttachmentGetParams {
  blobId: string;
}

/** What `upload.open` takes. */
export interface UploadOpenParams {
  /** The file name that receivers see. */
  name: string;
  /** The media type. */
  type?: string | undefined;
  /**
   * Octets, where they are known: what cannot be sent is refused at once, and a commit of fewer is
   * refused.
   */
  size?: number | undefined;
}

/** What `upload.write` takes. */
export interface UploadWriteParams {
  uploadId: string;
  /** Where the piece begins. */
  offset: number;
  /** The octets, base64; at most `pieceOctetsMax` of them. */
  data: Uint8Array;
}

/** What `upload.fill` takes. */
export interface UploadFillParams {
  uploadId: string;
}

/** What `upload.get` takes. */
export interface UploadGetParams {
  uploadId: string;
}

/** What `upload.commit` takes. */
export interface UploadCommitParams {
  uploadId: string;
  /** What the caller gave. When what came is something else, the upload is not committed. */
  sha256?: string | undefined;
}

/** What `upload.cancel` takes. */
export interface UploadCancelParams {
  uploadId: string;
}

/** What `purge.preview` takes. */
export interface PurgePreviewParams {
  scope: PurgeScope;
}

/** What `purge.run` takes. */
export interface PurgeRunParams {
  scope: PurgeScope;
}

/** What `purge.status` takes. */
export interface PurgeStatusParams {
  purgeId: string;
}

/** What `purge.receipts` takes. */
export interface PurgeReceiptsParams {
  /** Where the page before ended. */
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** What `retention.get` takes. */
export interface RetentionGetParams {
  /** Count what goes within so many days. */
  withinDays?: number | undefined;
}

/** What `retention.set` takes. */
export interface RetentionSetParams {
  policy: RetentionPolicy;
}

/** What `retention.ofMail` takes. */
export interface RetentionOfMailParams {
  mailId: string;
}

/** What `hold.place` takes. */
export interface HoldPlaceParams {
  scope: PurgeScope;
  /** For people: a case number, a date. */
  reason: string;
}

/** What `hold.release` takes. */
export interface HoldReleaseParams {
  holdId: string;
}

/** What `webhook.create` takes. */
export interface WebhookCreateParams {
  /**
   * `https://` and no user, fragment or redirect. `http://` only to this machine, where the operator
   * allows private hosts.
   */
  url: string;
  /** Types of events that it wants; all when left out or empty. */
  kinds?: EventType[] | undefined;
  /** Events above this number; those from now on when left out. */
  after?: string | undefined;
}

/** What `webhook.get` takes. */
export interface WebhookGetParams {
  webhookId: string;
}

/** What `webhook.update` takes. */
export interface WebhookUpdateParams {
  webhookId: string;
  /**
   * `https://` and no user, fragment or redirect. `http://` only to this machine, where the operator
   * allows private hosts.
   */
  url?: string | undefined;
  /** Types of events that it wants; all when left out or empty. */
  kinds?: EventType[] | undefined;
  enabled?: boolean | undefined;
  rotateSecret?: boolean | undefined;
}

/** What `webhook.replay` takes. */
export interface WebhookReplayParams {
  webhookId: string;
  after: string;
}

/** What `webhook.test` takes. */
export interface WebhookTestParams {
  webhookId: string;
}

/** What `webhook.delete` takes. */
export interface WebhookDeleteParams {
  webhookId: string;
}

/** What `events.read` takes. */
export interface EventsReadParams {
  /** Events above this number; from the first when left out. */
  after?: string | undefined;
  limit?: number | undefined;
}

/** What `events.subscribe` takes. */
export interface EventsSubscribeParams {
  /** Events above this number; from the first when left out. */
  after?: string | undefined;
}

/** What `tenant.create` takes. */
export interface TenantCreateParams {
  name: string;
}

/** What `tenant.get` takes. */
export interface TenantGetParams {
  /** The caller's own when left out. */
  tenantId?: string | undefined;
}

/** What `tenant.update` takes. */
export interface TenantUpdateParams {
  settings: TenantSettingsChange;
}

/** What `token.create` takes. */
export interface TokenCreateParams {
  /** The caller's own when left out. */
  tenantId?: string | undefined;
  /** Who uses it; stands in receipts. */
  name: string;
  scopes: Scope[];
  expiresAt?: string | undefined;
}

/** What `token.addCertificate` takes. */
export interface TokenAddCertificateParams {
  /** The caller's own when left out. */
  tenantId?: string | undefined;
  /** Who uses it; stands in receipts. */
  name: string;
  scopes: Scope[];
  expiresAt?: string | undefined;
  /** The certificate in PEM, without its key; of a chain the first counts. Its SHA-256 is kept. */
  certificate: string;
}

/** What `token.get` takes. */
export interface TokenGetParams {
  tokenId: string;
  /** The caller's own when left out. */
  tenantId?: string | undefined;
}

/** What `token.list` takes. */
export interface TokenListParams {
  /** The caller's own when left out. */
  tenantId?: string | undefined;
}

/** What `token.revoke` takes. */
export interface TokenRevokeParams {
  tokenId: string;
  /** The caller's own when left out. */
  tenantId?: string | undefined;
}

/** What `server.log` takes. */
export interface ServerLogParams {
  /** Lines of this level and above; `info` when left out. */
  level?: LogLevel | undefined;
  /** How many lines that were written before come first; the server keeps the last 200 of all levels. */
  past?: number | undefined;
}

/** What `health.check` takes. */
export interface HealthCheckParams {
  service?: string | undefined;
}

/** What `health.watch` takes. */
export interface HealthWatchParams {
  service?: string | undefined;
}

/** The methods `mailbox.*`. */
export class MailboxCalls extends Calls {
  /**
   * Connect an e-mail account.
   *
   * Signs in to both servers, lists the folders, and only then stores the mailbox and begins to sync
   * it. Nothing is stored when a step fails; the error names the step and has the server's words.
   * Server connections are always encrypted and verified. Progress: each step as it begins.
   *
   * Throws with reason `oauth.providerUnknown`, `oauth.unknown`, `oauth.refused`,
   * `oauth.unavailable`, `mailbox.exists`, `connect.imap.unsupported`, `connect.imap.hostUnknown`,
   * `connect.imap.unreachable`, `connect.imap.timeout`, `connect.imap.tls`,
   * `connect.imap.certificate.expired`, `connect.imap.certificate.wrongHost`,
   * `connect.imap.certificate.untrusted`, `connect.imap.certificate.other`,
   * `connect.imap.noEncryption`, `connect.imap.noMechanism`, `connect.imap.authenticationFailed`,
   * `connect.imap.busy`, `connect.imap.denied`, `connect.imap.refused`, `connect.imap.protocol`,
   * `connect.smtp.unsupported`, `connect.smtp.hostUnknown`, `connect.smtp.unreachable`,
   * `connect.smtp.timeout`, `connect.smtp.tls`, `connect.smtp.certificate.expired`,
   * `connect.smtp.certificate.wrongHost`, `connect.smtp.certificate.untrusted`,
   * `connect.smtp.certificate.other`, `connect.smtp.noEncryption`, `connect.smtp.noMechanism`,
   * `connect.smtp.authenticationFailed`, `connect.smtp.busy`, `connect.smtp.denied`,
   * `connect.smtp.refused`, `connect.smtp.protocol`.
   */
  async connect(params: MailboxConnectParams, options: CallOptions = {}): Promise<Mailbox> {
    return readMailbox(await this.call("mailbox.connect", params, options, false));
  }

  /**
   * A mailbox.
   *
   * Settings and state of a mailbox.
   *
   * Throws with reason `mailbox.unknown`.
   */
  async get(params: MailboxGetParams, options: CallOptions = {}): Promise<Mailbox> {
    return readMailbox(await this.call("mailbox.get", params, options, true));
  }

  /**
   * All mailboxes.
   *
   * The mailboxes of the tenant, oldest first.
   */
  async list(options: CallOptions = {}): Promise<MailboxList> {
    return readMailboxList(await this.call("mailbox.list", {}, options, true));
  }

  /**
   * Compare a mailbox with its server.
   *
   * Signs in beside the mailbox's own connections, compares every folder message by message with what
   * is kept, and gives a reason for each mail of the server's that is not here. Nothing is changed.
   * Each mailbox is also audited once a day by itself; `postroom_audit_unexplained` of the metrics,
   * which must be 0, is what that found. It takes as long as the server takes to tell the numbers of
   * all messages.
   *
   * Throws with reason `mailbox.unknown`, `connect.imap.hostUnknown`, `connect.imap.unreachable`,
   * `connect.imap.timeout`, `connect.imap.tls`, `connect.imap.certificate.expired`,
   * `connect.imap.certificate.wrongHost`, `connect.imap.certificate.untrusted`,
   * `connect.imap.certificate.other`, `connect.imap.noEncryption`, `connect.imap.noMechanism`,
   * `connect.imap.authenticationFailed`, `connect.imap.busy`, `connect.imap.denied`,
   * `connect.imap.refused`, `connect.imap.protocol`.
   */
  async audit(params: MailboxAuditParams, options: CallOptions = {}): Promise<MailboxAudit> {
    return readMailboxAudit(await this.call("mailbox.audit", params, options, true));
  }

  /**
   * Find the servers of an address.
   *
   * Looks in a table of large providers, then in the domain's autoconfig document (over verified
   * TLS), its SRV records and its MX records. Nothing is stored and nobody is signed in: show the
   * person what was found before a password goes there.
   */
  async discover(params: MailboxDiscoverParams, options: CallOptions = {}): Promise<MailboxDiscovery> {
    return readMailboxDiscovery(await this.call("mailbox.discover", params, options, true));
  }

  /**
   * Look at an account's servers.
   *
   * Signs in, and answers what the servers offer, what of it is used, what is not and why, their
   * limits, the folders, and where sent mail goes. Nothing is stored and nothing changed. Either
   * `mailboxId` for a connected mailbox, or `imap`, `password` and `userName` (with `smtp` where that
   * is to be looked at, too) as `mailbox.connect` would take them.
   *
   * Throws with reason `mailbox.unknown`, `connect.imap.unsupported`, `connect.imap.hostUnknown`,
   * `connect.imap.unreachable`, `connect.imap.timeout`, `connect.imap.tls`,
   * `connect.imap.certificate.expired`, `connect.imap.certificate.wrongHost`,
   * `connect.imap.certificate.untrusted`, `connect.imap.certificate.other`,
   * `connect.imap.noEncryption`, `connect.imap.noMechanism`, `connect.imap.authenticationFailed`,
   * `connect.imap.busy`, `connect.imap.denied`, `connect.imap.refused`, `connect.imap.protocol`,
   * `connect.smtp.unsupported`, `connect.smtp.hostUnknown`, `connect.smtp.unreachable`,
   * `connect.smtp.timeout`, `connect.smtp.tls`, `connect.smtp.certificate.expired`,
   * `connect.smtp.certificate.wrongHost`, `connect.smtp.certificate.untrusted`,
   * `connect.smtp.certificate.other`, `connect.smtp.noEncryption`, `connect.smtp.noMechanism`,
   * `connect.smtp.authenticationFailed`, `connect.smtp.busy`, `connect.smtp.denied`,
   * `connect.smtp.refused`, `connect.smtp.protocol`.
   */
  async probe(params: MailboxProbeParams = {}, options: CallOptions = {}): Promise<MailboxProbe> {
    return readMailboxProbe(await this.call("mailbox.probe", params, options, true));
  }

  /**
   * Sign in again.
   *
   * Verifies and stores what is given, keeps the rest, and goes on with the sync where it stopped.
   * Nothing changes when a step fails. Progress: each step as it begins.
   *
   * Throws with reason `oauth.providerUnknown`, `oauth.unknown`, `oauth.refused`,
   * `oauth.unavailable`, `mailbox.unknown`, `connect.imap.unsupported`, `connect.imap.hostUnknown`,
   * `connect.imap.unreachable`, `connect.imap.timeout`, `connect.imap.tls`,
   * `connect.imap.certificate.expired`, `connect.imap.certificate.wrongHost`,
   * `connect.imap.certificate.untrusted`, `connect.imap.certificate.other`,
   * `connect.imap.noEncryption`, `connect.imap.noMechanism`, `connect.imap.authenticationFailed`,
   * `connect.imap.busy`, `connect.imap.denied`, `connect.imap.refused`, `connect.imap.protocol`,
   * `connect.smtp.unsupported`, `connect.smtp.hostUnknown`, `connect.smtp.unreachable`,
   * `connect.smtp.timeout`, `connect.smtp.tls`, `connect.smtp.certificate.expired`,
   * `connect.smtp.certificate.wrongHost`, `connect.smtp.certificate.untrusted`,
   * `connect.smtp.certificate.other`, `connect.smtp.noEncryption`, `connect.smtp.noMechanism`,
   * `connect.smtp.authenticationFailed`, `connect.smtp.busy`, `connect.smtp.denied`,
   * `connect.smtp.refused`, `connect.smtp.protocol`.
   */
  async reconnect(params: MailboxReconnectParams, options: CallOptions = {}): Promise<Mailbox> {
    return readMailbox(await this.call("mailbox.reconnect", params, options, true));
  }

  /**
   * Change whom a mailbox sends as, and how fast.
   *
   * Sets what is given and leaves the rest. Mails that wait already go by the new limits.
   *
   * Throws with reason `mailbox.unknown`, `send.addressInvalid`.
   */
  async update(params: MailboxUpdateParams, options: CallOptions = {}): Promise<Mailbox> {
    return readMailbox(await this.call("mailbox.update", params, options, true));
  }

  /**
   * Stop a mailbox.
   *
   * Stops syncing and sending; what is stored stays. The state becomes `disconnected` with reason
   * `turnedOff`.
   *
   * Throws with reason `mailbox.unknown`.
   */
  async disconnect(params: MailboxDisconnectParams, options: CallOptions = {}): Promise<Mailbox> {
    return readMailbox(await this.call("mailbox.disconnect", params, options, true));
  }

  /**
   * Delete a mailbox.
   *
   * Disconnects the mailbox and begins to erase it with all its mail. `purge.status` tells when it is
   * done.
   *
   * Throws with reason `purge.held`, `mailbox.unknown`.
   */
  async delete(params: MailboxDeleteParams, options: CallOptions = {}): Promise<Purge> {
    return readPurge(await this.call("mailbox.delete", params, options, false));
  }
}

/** The methods `oauth.*`. */
export class OauthCalls extends Calls {
  /**
   * Providers of access tokens.
   *
   * Those that are configured on this server, by name. Others are not known here.
   */
  async providers(options: CallOptions = {}): Promise<OAuthProviderList> {
    return readOAuthProviderList(await this.call("oauth.providers", {}, options, true));
  }

  /**
   * Send a person to their provider.
   *
   * Begins the authorization code flow with PKCE (RFC 6749, RFC 7636): send the person to `url`; the
   * provider sends them back to `redirectUri` with `state` and `code`, which go into
   * `oauth.complete`. A state lives 15 minutes, in memory, and is good for one try.
   *
   * Throws with reason `oauth.providerUnknown`, `oauth.notOffered`, `oauth.redirectInvalid`,
   * `limit.oauth`.
   */
  async begin(params: OauthBeginParams, options: CallOptions = {}): Promise<OAuthAuthorization> {
    return readOAuthAuthorization(await this.call("oauth.begin", params, options, false));
  }

  /**
   * Take what the provider sent back.
   *
   * Redeems the code for tokens, which stay in the server. The grant goes into `mailbox.connect` or
   * `mailbox.reconnect` within 15 minutes.
   *
   * Throws with reason `oauth.unknown`, `oauth.refused`, `oauth.unavailable`, `oauth.noRefreshToken`,
   * `limit.oauth`.
   */
  async complete(params: OauthCompleteParams, options: CallOptions = {}): Promise<OAuthGrant> {
    return readOAuthGrant(await this.call("oauth.complete", params, options, false));
  }

  /**
   * Let a person type a code.
   *
   * Begins the device flow (RFC 8628): show the person `userCode` and `verificationUri`; `oauth.wait`
   * answers when they have said yes. Not every provider offers it for mail.
   *
   * Throws with reason `oauth.providerUnknown`, `oauth.notOffered`, `oauth.refused`,
   * `oauth.unavailable`, `limit.oauth`.
   */
  async device(params: OauthDeviceParams, options: CallOptions = {}): Promise<OAuthDevice> {
    return readOAuthDevice(await this.call("oauth.device", params, options, false));
  }

  /**
   * Wait until the person has said yes.
   *
   * Asks the provider as often as it allows, and answers when the grant can be used. Give it a
   * deadline of minutes, and call again when that passes: the grant goes on until `expiresAt`.
   *
   * Throws with reason `oauth.unknown`, `oauth.denied`, `oauth.refused`, `oauth.noRefreshToken`.
   */
  async wait(params: OauthWaitParams, options: CallOptions = {}): Promise<OAuthGrant> {
    return readOAuthGrant(await this.call("oauth.wait", params, options, true));
  }
}

/** The methods `folder.*`. */
export class FolderCalls extends Calls {
  /**
   * Folders of a mailbox.
   *
   * The folders that the server lists, and how much of each is stored.
   *
   * Throws with reason `mailbox.unknown`.
   */
  async list(params: FolderListParams, options: CallOptions = {}): Promise<FolderList> {
    return readFolderList(await this.call("folder.list", params, options, true));
  }
}

/** The methods `sync.*`. */
export class SyncCalls extends Calls {
  /**
   * Sync now.
   *
   * Asks the mailbox's worker to look for news at once instead of at its next turn. Answers how
   * things stand; with `wait` only when all folders have been looked at and what was found has been
   * read, the first reading of a mailbox included. Then progress tells the status at once and after
   * each change, at most a few times a second.
   *
   * Throws with reason `mailbox.unknown`, `mailbox.disconnected`, `sync.cancelled`.
   */
  async run(params: SyncRunParams, options: CallOptions = {}): Promise<SyncStatus> {
    return readSyncStatus(await this.call("sync.run", params, options, true));
  }

  /**
   * Call a sync off.
   *
   * Calls off the sync that runs, the first reading of a mailbox included: who waits for it in
   * `sync.run` is answered `sync.cancelled`, and the worker stops behind what it is just reading. New
   * mail is seen all the same; older mail is read on, from where it stopped, after the next
   * `sync.run`, `mailbox.reconnect` or start of the server. Answers how things stand then: the phase
   * is `paused` when something is left. Without a sync that runs nothing changes.
   *
   * Throws with reason `mailbox.unknown`.
   */
  async cancel(params: SyncCancelParams, options: CallOptions = {}): Promise<SyncStatus> {
    return readSyncStatus(await this.call("sync.cancel", params, options, true));
  }

  /**
   * How far the sync is.
   *
   * How much of the mailbox has been read.
   *
   * Throws with reason `mailbox.unknown`.
   */
  async status(params: SyncStatusParams, options: CallOptions = {}): Promise<SyncStatus> {
    return readSyncStatus(await this.call("sync.status", params, options, true));
  }

  /**
   * Watch the sync.
   *
   * Streams the status at once and after each change, at most a few times a second. Ends only when it
   * is cancelled or the mailbox is deleted.
   *
   * Throws with reason `mailbox.unknown`.
   */
  watch(params: SyncWatchParams, options: StreamOptions = {}): PostroomStream<SyncStatus> {
    return this.stream("sync.watch", params, readSyncStatus, options);
  }
}

/** The methods `mail.*`. */
export class MailCalls extends Calls {
  /**
   * Send a mail.
   *
   * Takes the mail on and answers at once; `mail.status` and the event `submission.state` tell what
   * became of it. With an idempotency key (`_meta.idempotencyKey`) it is delivered once however often
   * the call is repeated.
   *
   * Throws with reason `mailbox.unknown`, `mailbox.disconnected`, `mail.unknown`,
   * `send.noRecipients`, `send.addressInvalid`, `send.fromRefused`, `send.noContent`,
   * `send.headerInvalid`, `send.attachmentInvalid`, `upload.unknown`, `upload.incomplete`,
   * `attachment.unknown`, `send.tooLarge`, `idempotency.keyReused`.
   */
  async send(params: MailSendParams, options: KeyedCallOptions = {}): Promise<SendResult> {
    return readSendResult(await this.call("mail.send", params, options, false));
  }

  /**
   * What became of a sent mail.
   *
   * The submission of a mail that `mail.send` took on.
   *
   * Throws with reason `mail.unknown`, `submission.unknown`.
   */
  async status(params: MailStatusParams, options: CallOptions = {}): Promise<Submission> {
    return readSubmission(await this.call("mail.status", params, options, true));
  }

  /**
   * Stop a mail.
   *
   * Stops a mail that waits or is deferred. Once it is being handed over it is too late.
   *
   * Throws with reason `mail.unknown`, `submission.unknown`, `send.tooLate`.
   */
  async cancel(params: MailCancelParams, options: CallOptions = {}): Promise<Submission> {
    return readSubmission(await this.call("mail.cancel", params, options, true));
  }

  /**
   * Make an answer ready.
   *
   * What `mail.send` needs to answer a mail: from the address it was written to; to whom it asks for;
   * with its text below the caller's, as text and as sanitised HTML. Nothing is sent or stored. The
   * answer's members are params of `mail.send`. Of a mail whose body is not stored nothing is quoted.
   *
   * Throws with reason `mail.unknown`.
   */
  async reply(params: MailReplyParams, options: CallOptions = {}): Promise<Draft> {
    return readDraft(await this.call("mail.reply", params, options, true));
  }

  /**
   * Make a forward ready.
   *
   * What `mail.send` needs to pass a mail on: its header's main fields, its text and its attachments
   * below what the caller says. Nothing is sent or stored. The answer's members are params of
   * `mail.send`, `to` is for the caller to fill. A forward names no mail, so that it begins a
   * conversation of its own.
   *
   * Throws with reason `mail.unknown`, `mail.notLogged`.
   */
  async forward(params: MailForwardParams, options: CallOptions = {}): Promise<Draft> {
    return readDraft(await this.call("mail.forward", params, options, true));
  }

  /**
   * A mail.
   *
   * A mail with its content and its list of attachments, where they are stored.
   *
   * Throws with reason `mail.unknown`.
   */
  async get(params: MailGetParams, options: CallOptions = {}): Promise<MailDetail> {
    return readMailDetail(await this.call("mail.get", params, options, true));
  }

  /**
   * Find mails.
   *
   * Mails, newest first. Criteria narrow each other down.
   *
   * Throws with reason `mailbox.unknown`, `params.cursor`.
   */
  async list(params: MailListParams = {}, options: CallOptions = {}): Promise<MailPage> {
    return readMailPage(await this.call("mail.list", params, options, true));
  }

  /**
   * Find words in logged mail.
   *
   * Logged mails that have all words of the text and fit all other criteria, newest first. Letters of
   * either case and with any accent are alike; words in quotation marks, or hanging together as in
   * `follow-up`, must stand side by side; Chinese, Japanese, Thai and Korean are found by any part of
   * a text. Whole words are found, not their beginnings. What is searched is the tenant's decision
   * (`tenant.update`, `search`): nothing, which is an error here; `metadata`, which is subjects,
   * names and addresses; or `full`, which is texts and the names of attachments too.
   *
   * Throws with reason `search.off`, `search.text`, `mailbox.unknown`, `thread.unknown`,
   * `params.cursor`.
   */
  async search(params: MailSearchParams = {}, options: CallOptions = {}): Promise<MailSearchPage> {
    return readMailSearchPage(await this.call("mail.search", params, options, true));
  }

  /**
   * The message itself.
   *
   * Streams the octets of a logged mail as they were on the server.
   *
   * Throws with reason `mail.unknown`, `mail.notLogged`.
   */
  source(params: MailSourceParams, options: StreamOptions = {}): PostroomStream<Chunk> {
    return this.stream("mail.source", params, readChunk, options);
  }

  /**
   * Delete an engagement.
   *
   * Takes a logged mail off every timeline, thread and list of logged mail and gives its content out
   * no more, in all mailboxes of the tenant that have it. It is erased within the policy's
   * `deletedDays` (`retention.get`); until then `mail.restore` brings it back. Again changes nothing.
   * `purge.run` erases at once.
   *
   * Throws with reason `mail.unknown`, `mail.notLogged`.
   */
  async delete(params: MailDeleteParams, options: CallOptions = {}): Promise<Mail> {
    return readMail(await this.call("mail.delete", params, options, true));
  }

  /**
   * Take a deletion back.
   *
   * Brings a deleted mail back, as long as it is not erased.
   *
   * Throws with reason `mail.unknown`.
   */
  async restore(params: MailRestoreParams, options: CallOptions = {}): Promise<Mail> {
    return readMail(await this.call("mail.restore", params, options, true));
  }
}

/** The methods `thread.*`. */
export class ThreadCalls extends Calls {
  /**
   * Find threads.
   *
   * Threads by what is known of them: the Message-ID or id of one of their mails, an address on one,
   * a record they are linked to, words of the subject, or their own id. Criteria narrow each other
   * down; at least one is needed.
   *
   * Throws with reason `thread.noCriterion`, `mailbox.unknown`, `params.cursor`.
   */
  async lookup(params: ThreadLookupParams = {}, options: CallOptions = {}): Promise<ThreadPage> {
    return readThreadPage(await this.call("thread.lookup", params, options, true));
  }

  /**
   * A thread.
   *
   * A thread with its mails, oldest first, each with its content where it is stored.
   *
   * Throws with reason `thread.unknown`.
   */
  async get(params: ThreadGetParams, options: CallOptions = {}): Promise<ThreadDetail> {
    return readThreadDetail(await this.call("thread.get", params, options, true));
  }

  /**
   * All threads.
   *
   * Threads, the one with the newest mail first.
   *
   * Throws with reason `mailbox.unknown`, `params.cursor`.
   */
  async list(params: ThreadListParams = {}, options: CallOptions = {}): Promise<ThreadPage> {
    return readThreadPage(await this.call("thread.list", params, options, true));
  }

  /**
   * Track a conversation.
   *
   * Has the conversation that a mail belongs to logged: what is there and what will come. The bodies
   * are fetched from the server, also of mail read long ago.
   *
   * Throws with reason `mail.unknown`, `thread.noCriterion`, `thread.neverLogged`.
   */
  async track(params: ThreadTrackParams = {}, options: CallOptions = {}): Promise<Thread> {
    return readThread(await this.call("thread.track", params, options, true));
  }

  /**
   * Stop tracking.
   *
   * Later mail of the thread is not logged. What is logged stays until it is purged.
   *
   * Throws with reason `thread.unknown`.
   */
  async untrack(params: ThreadUntrackParams, options: CallOptions = {}): Promise<Thread> {
    return readThread(await this.call("thread.untrack", params, options, true));
  }

  /**
   * Make a thread of its own of a mail.
   *
   * The mail, those that answer it and those that answer them leave their thread. Later syncs respect
   * it. The old thread keeps its links to records; the new one has none.
   *
   * Throws with reason `mail.unknown`, `thread.notSplit`, `store.conflict`.
   */
  async split(params: ThreadSplitParams, options: CallOptions = {}): Promise<Thread> {
    return readThread(await this.call("thread.split", params, options, false));
  }

  /**
   * Make one thread of two.
   *
   * All mails and links of `threadId` go to `intoThreadId`. The id that went goes on naming what came
   * of it.
   *
   * Throws with reason `thread.unknown`, `store.conflict`.
   */
  async merge(params: ThreadMergeParams, options: CallOptions = {}): Promise<Thread> {
    return readThread(await this.call("thread.merge", params, options, true));
  }
}

/** The methods `record.*`. */
export class RecordCalls extends Calls {
  /**
   * Link a conversation or a mail to a record.
   *
   * Puts a thread (its mails so far and those to come) or one mail (in whatever mailboxes it is) on
   * the timeline of a record of the caller. Name either `threadId` or `mailId`. Again changes
   * nothing. What is linked and not logged yet appears once it is.
   *
   * Throws with reason `record.target`, `thread.unknown`, `mail.unknown`.
   */
  async link(params: RecordLinkParams, options: CallOptions = {}): Promise<void> {
    await this.call("record.link", params, options, true);
  }

  /**
   * Take a link away.
   *
   * The thread or mail leaves the record's timeline. Nothing is erased; a thread stays tracked.
   *
   * Throws with reason `record.target`, `record.unknown`, `record.notLinked`, `thread.unknown`,
   * `mail.unknown`.
   */
  async unlink(params: RecordUnlinkParams, options: CallOptions = {}): Promise<void> {
    await this.call("record.unlink", params, options, false);
  }

  /**
   * Records of a conversation or mail.
   *
   * The records that a thread, or a mail by itself, is linked to. Name either `threadId` or `mailId`.
   *
   * Throws with reason `record.target`, `thread.unknown`, `mail.unknown`.
   */
  async list(params: RecordListParams = {}, options: CallOptions = {}): Promise<RecordList> {
    return readRecordList(await this.call("record.list", params, options, true));
  }

  /**
   * The e-mails of a record.
   *
   * What was logged for a record: one engagement for each mail, whatever way it came and in however
   * many mailboxes it is. A record that nothing is linked to has none.
   *
   * Throws with reason `params.cursor`.
   */
  async timeline(params: RecordTimelineParams, options: CallOptions = {}): Promise<EngagementPage> {
    return readEngagementPage(await this.call("record.timeline", params, options, true));
  }
}

/** The methods `attachment.*`. */
export class AttachmentCalls extends Calls {
  /**
   * An attachment.
   *
   * Streams the decoded octets of an attachment.
   *
   * Throws with reason `attachment.unknown`.
   */
  get(params: AttachmentGetParams, options: StreamOptions = {}): PostroomStream<Chunk> {
    return this.stream("attachment.get", params, readChunk, options);
  }
}

/** The methods `upload.*`. */
export class UploadCalls extends Calls {
  /**
   * Begin to give a file.
   *
   * The file goes up by pieces (`upload.write`) and is then complete (`upload.commit`); `mail.send`
   * names it in `attachments`, in as many mails as wanted. One that is not committed goes after 24
   * hours, one that is 7 days after its commit or its last mail.
   *
   * Throws with reason `upload.tooLarge`, `limit.uploads`, `limit.uploadOctets`.
   */
  async open(params: UploadOpenParams, options: CallOptions = {}): Promise<Upload> {
    return readUpload(await this.call("upload.open", params, options, false));
  }

  /**
   * Give a piece of a file.
   *
   * Adds octets at `offset`, which is where those before it end. A piece that is here already, in
   * whole or in part, is taken as a repetition: after a break give the last piece again, or ask
   * `upload.get`. The answer comes when the octets are on disk.
   *
   * Throws with reason `upload.unknown`, `upload.gap`, `upload.differs`, `upload.committed`,
   * `upload.tooLarge`, `limit.uploadOctets`, `limit.uploadPiece`.
   */
  async write(params: UploadWriteParams, options: CallOptions = {}): Promise<Upload> {
    return readUpload(await this.call("upload.write", params, options, true));
  }

  /**
   * Give the pieces of a file as a stream.
   *
   * The pieces go up one behind the other without waiting for an answer each; what comes back after
   * each piece is the upload, once its octets are on disk. Pieces are as for `upload.write`, and what
   * is wrong with one ends the stream; the pieces before it stay. After the last piece end your
   * direction, and commit when the server has ended its own. Read what comes back while you give: a
   * caller that does not is not read from any more.
   *
   * Throws with reason `upload.unknown`, `upload.gap`, `upload.differs`, `upload.committed`,
   * `upload.tooLarge`, `limit.uploadOctets`, `limit.uploadPiece`.
   */
  fill(params: UploadFillParams, options: StreamOptions = {}): PostroomExchange<UploadPiece, Upload> {
    return this.exchange("upload.fill", params, readUpload, options);
  }

  /**
   * How far a file is.
   *
   * `received` says where the next piece begins.
   *
   * Throws with reason `upload.unknown`.
   */
  async get(params: UploadGetParams, options: CallOptions = {}): Promise<Upload> {
    return readUpload(await this.call("upload.get", params, options, true));
  }

  /**
   * Which files there are.
   *
   * Those of the tenant whose time is not over, the oldest first.
   */
  async list(options: CallOptions = {}): Promise<UploadList> {
    return readUploadList(await this.call("upload.list", {}, options, true));
  }

  /**
   * Say that a file is complete.
   *
   * Answers its SHA-256, and compares it with the caller's. Repeating it does no harm.
   *
   * Throws with reason `upload.unknown`, `upload.incomplete`, `upload.digest`.
   */
  async commit(params: UploadCommitParams, options: CallOptions = {}): Promise<Upload> {
    return readUpload(await this.call("upload.commit", params, options, true));
  }

  /**
   * Take a file away.
   *
   * Committed or not. Mails that were sent with it have it still.
   *
   * Throws with reason `upload.unknown`.
   */
  async cancel(params: UploadCancelParams, options: CallOptions = {}): Promise<void> {
    await this.call("upload.cancel", params, options, true);
  }
}

/** The methods `purge.*`. */
export class PurgeCalls extends Calls {
  /**
   * What an erasure would take.
   *
   * Counts exactly what `purge.run` with the same scope would take now. Erases nothing.
   *
   * Throws with reason `purge.held`, `purge.scopeInvalid`, `mailbox.unknown`, `thread.unknown`,
   * `mail.unknown`, `record.unknown`.
   */
  async preview(params: PurgePreviewParams, options: CallOptions = {}): Promise<PurgeCounts> {
    return readPurgeCounts(await this.call("purge.preview", params, options, true));
  }

  /**
   * Erase.
   *
   * Writes the erasure down and begins; from then on it goes on by itself, also after a crash.
   * Afterwards no octet of the text is left in the database, its log or its indexes, and the next
   * sync does not bring it back.
   *
   * Throws with reason `purge.held`, `purge.scopeInvalid`, `mailbox.unknown`, `thread.unknown`,
   * `mail.unknown`, `record.unknown`.
   */
  async run(params: PurgeRunParams, options: CallOptions = {}): Promise<Purge> {
    return readPurge(await this.call("purge.run", params, options, false));
  }

  /**
   * How far an erasure is.
   *
   * The erasure; its receipt once it is done.
   *
   * Throws with reason `purge.unknown`.
   */
  async status(params: PurgeStatusParams, options: CallOptions = {}): Promise<Purge> {
    return readPurge(await this.call("purge.status", params, options, true));
  }

  /**
   * All erasures.
   *
   * The erasures of the tenant, newest first.
   *
   * Throws with reason `params.cursor`.
   */
  async receipts(params: PurgeReceiptsParams = {}, options: CallOptions = {}): Promise<PurgePage> {
    return readPurgePage(await this.call("purge.receipts", params, options, true));
  }

  /**
   * By what receipts are verified.
   *
   * The public half of the key that signs receipts. It is the server's, the same for all tenants.
   * Kept beside the receipts it verifies them without the server.
   */
  async publicKey(options: CallOptions = {}): Promise<ReceiptKey> {
    return readReceiptKey(await this.call("purge.publicKey", {}, options, true));
  }
}

/** The methods `retention.*`. */
export class RetentionCalls extends Calls {
  /**
   * What is kept how long.
   *
   * The tenant's policy, and for each rule how many mails it is about, how many of them go within
   * `withinDays`, and when the first one goes. Cost: grows with the mails of the tenant.
   */
  async get(params: RetentionGetParams = {}, options: CallOptions = {}): Promise<Retention> {
    return readRetention(await this.call("retention.get", params, options, true));
  }

  /**
   * Decide what is kept how long.
   *
   * Replaces the tenant's policy as a whole. It holds for what is stored already as for what comes:
   * `retention.get` tells at once what goes and when; the erasure begins at the next look, at the
   * latest in an hour, and leaves a receipt of kind `retention`.
   */
  async set(params: RetentionSetParams, options: CallOptions = {}): Promise<Retention> {
    return readRetention(await this.call("retention.set", params, options, true));
  }

  /**
   * When a mail goes.
   *
   * Under which rule a mail is, when it is erased, and whether a hold keeps it.
   *
   * Throws with reason `mail.unknown`.
   */
  async ofMail(params: RetentionOfMailParams, options: CallOptions = {}): Promise<MailRetention> {
    return readMailRetention(await this.call("retention.ofMail", params, options, true));
  }

  /**
   * Say that the clock is right.
   *
   * Nothing is erased by age while the server's clock is behind a time that was written down: one of
   * the two is wrong. This forgets the times written down that are still to come. What was read under
   * them counts as younger by that, never as older.
   */
  async acceptClock(options: CallOptions = {}): Promise<void> {
    await this.call("retention.acceptClock", {}, options, true);
  }
}

/** The methods `hold.*`. */
export class HoldCalls extends Calls {
  /**
   * Keep what must not go.
   *
   * A legal hold. What its scope takes, now and later, is erased neither by age nor by `purge.run`
   * while it stands: a purge that would take any of it is refused. Scopes: `tenant`, `mailbox`,
   * `contact`, `thread`, `mail`.
   *
   * Throws with reason `purge.scopeInvalid`, `mailbox.unknown`, `thread.unknown`, `mail.unknown`.
   */
  async place(params: HoldPlaceParams, options: CallOptions = {}): Promise<Hold> {
    return readHold(await this.call("hold.place", params, options, false));
  }

  /**
   * All holds.
   *
   * The tenant's holds, oldest first.
   */
  async list(options: CallOptions = {}): Promise<HoldList> {
    return readHoldList(await this.call("hold.list", {}, options, true));
  }

  /**
   * End a hold.
   *
   * What it kept goes when its time is over, which may be at once.
   *
   * Throws with reason `hold.unknown`.
   */
  async release(params: HoldReleaseParams, options: CallOptions = {}): Promise<void> {
    await this.call("hold.release", params, options, false);
  }
}

/** The methods `webhook.*`. */
export class WebhookCalls extends Calls {
  /**
   * Have events delivered.
   *
   * Events of the tenant are POSTed to a URL, one at a time and in their order, each until it is
   * answered with 2xx: at least once, since an answer may get lost. Form, signature and retries are
   * in docs/webhooks.md. The secret that verifies signatures is in this answer and nowhere else.
   *
   * Throws with reason `webhook.urlInvalid`, `limit.webhooks`, `events.cursorTooOld`,
   * `events.cursorInvalid`.
   */
  async create(params: WebhookCreateParams, options: CallOptions = {}): Promise<WebhookWithSecret> {
    return readWebhookWithSecret(await this.call("webhook.create", params, options, false));
  }

  /**
   * One webhook.
   *
   * Its settings, how far it is, and what went wrong last.
   *
   * Throws with reason `webhook.unknown`.
   */
  async get(params: WebhookGetParams, options: CallOptions = {}): Promise<Webhook> {
    return readWebhook(await this.call("webhook.get", params, options, true));
  }

  /**
   * All webhooks.
   *
   * The tenant's webhooks, oldest first.
   */
  async list(options: CallOptions = {}): Promise<WebhookList> {
    return readWebhookList(await this.call("webhook.list", {}, options, true));
  }

  /**
   * Change a webhook.
   *
   * Sets what is given and leaves the rest; then the next event is tried at once. `enabled` turns it
   * off, or on again where it was left. `rotateSecret` makes a new secret, which is in this answer;
   * for 24 hours the one before signs too.
   *
   * Throws with reason `webhook.unknown`, `webhook.urlInvalid`.
   */
  async update(params: WebhookUpdateParams, options: CallOptions = {}): Promise<WebhookWithSecret> {
    return readWebhookWithSecret(await this.call("webhook.update", params, options, false));
  }

  /**
   * Deliver from a number on.
   *
   * Events above `after` are delivered, again or at last, and the webhook is active, also when it was
   * off or parked.
   *
   * Throws with reason `webhook.unknown`, `events.cursorTooOld`, `events.cursorInvalid`.
   */
  async replay(params: WebhookReplayParams, options: CallOptions = {}): Promise<Webhook> {
    return readWebhook(await this.call("webhook.replay", params, options, true));
  }

  /**
   * Try a webhook.
   *
   * Sends one event of type `postroom.webhook.test` now and says what came of it. Whether it is
   * active, and its cursor, do not matter.
   *
   * Throws with reason `webhook.unknown`.
   */
  async test(params: WebhookTestParams, options: CallOptions = {}): Promise<WebhookTest> {
    return readWebhookTest(await this.call("webhook.test", params, options, false));
  }

  /**
   * Remove a webhook.
   *
   * Nothing is sent to it any more, and its secret is erased. An event that is on its way may still
   * arrive.
   *
   * Throws with reason `webhook.unknown`.
   */
  async delete(params: WebhookDeleteParams, options: CallOptions = {}): Promise<void> {
    await this.call("webhook.delete", params, options, false);
  }
}

/** The methods `events.*`. */
export class EventsCalls extends Calls {
  /**
   * Read events.
   *
   * Events above a number, oldest first. `cursor` is what to pass as `after` next time; `latest` is
   * the newest number there is: pass that to begin from now.
   *
   * Throws with reason `events.cursorTooOld`, `events.cursorInvalid`.
   */
  async read(params: EventsReadParams = {}, options: CallOptions = {}): Promise<EventPage> {
    return readEventPage(await this.call("events.read", params, options, true));
  }

  /**
   * Follow events.
   *
   * Streams the events above a number and then each as it is committed. Pass the last number seen to
   * go on after a break: nothing is missed or seen twice.
   *
   * Throws with reason `events.cursorTooOld`, `events.cursorInvalid`.
   */
  subscribe(params: EventsSubscribeParams = {}, options: StreamOptions = {}): PostroomStream<Event> {
    return this.stream("events.subscribe", params, readEvent, options, { param: "after", member: "seq" });
  }
}

/** The methods `tenant.*`. */
export class TenantCalls extends Calls {
  /**
   * Make a tenant.
   *
   * Makes a tenant. Its first token is made with `token.create`.
   *
   * Throws with reason `tenant.exists`.
   */
  async create(params: TenantCreateParams, options: CallOptions = {}): Promise<Tenant> {
    return readTenant(await this.call("tenant.create", params, options, false));
  }

  /**
   * One tenant.
   *
   * The tenant with this id, or the caller's own.
   *
   * Throws with reason `tenant.unknown`.
   */
  async get(params: TenantGetParams = {}, options: CallOptions = {}): Promise<Tenant> {
    return readTenant(await this.call("tenant.get", params, options, true));
  }

  /**
   * What a tenant logs.
   *
   * The caller's own tenant and what it decided about logging.
   */
  async settings(options: CallOptions = {}): Promise<TenantDetail> {
    return readTenantDetail(await this.call("tenant.settings", {}, options, true));
  }

  /**
   * Change what is logged.
   *
   * Sets what is given of the caller's own tenant and leaves the rest. Holds for mail that is read
   * from now on; what is logged stays.
   *
   * Throws with reason `tenant.settingsInvalid`.
   */
  async update(params: TenantUpdateParams, options: CallOptions = {}): Promise<TenantDetail> {
    return readTenantDetail(await this.call("tenant.update", params, options, true));
  }

  /**
   * All tenants.
   *
   * All tenants, oldest first.
   */
  async list(options: CallOptions = {}): Promise<TenantList> {
    return readTenantList(await this.call("tenant.list", {}, options, true));
  }
}

/** The methods `token.*`. */
export class TokenCalls extends Calls {
  /**
   * Make a token.
   *
   * Makes an access token. The secret is in this answer and nowhere else.
   *
   * Throws with reason `tenant.unknown`, `token.expired`.
   */
  async create(params: TokenCreateParams, options: CallOptions = {}): Promise<NewToken> {
    return readNewToken(await this.call("token.create", params, options, false));
  }

  /**
   * Register a client certificate.
   *
   * Lets a client certificate stand for a token: a connection whose TLS handshake shows it needs no
   * `session.open`. The certificate must come from an authority that the server was told of
   * (`--tls-client-ca`). `token.revoke` takes it back.
   *
   * Throws with reason `tenant.unknown`, `token.expired`, `certificate.invalid`,
   * `certificate.exists`.
   */
  async addCertificate(params: TokenAddCertificateParams, options: CallOptions = {}): Promise<Token> {
    return readToken(await this.call("token.addCertificate", params, options, false));
  }

  /**
   * One token.
   *
   * A token of a tenant, without its secret.
   *
   * Throws with reason `token.unknown`, `tenant.unknown`.
   */
  async get(params: TokenGetParams, options: CallOptions = {}): Promise<Token> {
    return readToken(await this.call("token.get", params, options, true));
  }

  /**
   * Tokens of a tenant.
   *
   * The tokens of a tenant, oldest first, without secrets.
   *
   * Throws with reason `tenant.unknown`.
   */
  async list(params: TokenListParams = {}, options: CallOptions = {}): Promise<TokenList> {
    return readTokenList(await this.call("token.list", params, options, true));
  }

  /**
   * Revoke a token.
   *
   * The token opens no connection from now on.
   *
   * Throws with reason `token.unknown`, `tenant.unknown`.
   */
  async revoke(params: TokenRevokeParams, options: CallOptions = {}): Promise<void> {
    await this.call("token.revoke", params, options, true);
  }
}

/** The methods `server.*`. */
export class ServerCalls extends Calls {
  /**
   * What answers.
   *
   * Name and versions, when it started, what it speaks and can do, and the limits it holds callers
   * to.
   */
  async info(options: CallOptions = {}): Promise<ServerInfo> {
    return readServerInfo(await this.call("server.info", {}, options, true));
  }

  /**
   * Counters.
   *
   * Counters of the whole server since its start, what waits in its queues now, and what its process
   * uses.
   */
  async stats(options: CallOptions = {}): Promise<ServerStats> {
    return readServerStats(await this.call("server.stats", {}, options, true));
  }

  /**
   * Follow the log.
   *
   * Streams the lines of the server's own log as they are written, of all tenants: the last `past` of
   * them first. The server writes what `--log-level` says, and a lower `level` here adds nothing. A
   * caller who takes them too slowly loses lines, and the next one it gets says how many. No line has
   * params, results, bodies, passwords or tokens.
   */
  log(params: ServerLogParams = {}, options: StreamOptions = {}): PostroomStream<LogLine> {
    return this.stream("server.log", params, readLogLine, options);
  }
}

/** The methods `health.*`. */
export class HealthCalls extends Calls {
  /**
   * Is it well?
   *
   * `SERVING` while the store answers, else `NOT_SERVING`. There is one service, `postroom`; it may
   * be left out. Needs no token.
   *
   * Throws with reason `health.unknownService`.
   */
  async check(params: HealthCheckParams = {}, options: CallOptions = {}): Promise<Health> {
    return readHealth(await this.call("health.check", params, options, true));
  }

  /**
   * Watch whether it is well.
   *
   * Streams the status at once and then each change of it, as gRPC's health protocol does:
   * `NOT_SERVING` when the store fails, and when the server stops, just before its streams end with
   * `server.goingAway`. What changes twice before it is read is told once. Needs no token.
   *
   * Throws with reason `health.unknownService`.
   */
  watch(params: HealthWatchParams = {}, options: StreamOptions = {}): PostroomStream<Health> {
    return this.stream("health.watch", params, readHealth, options);
  }
}

/** One member a noun. */
export class Services {
  readonly mailbox: MailboxCalls;
  readonly oauth: OauthCalls;
  readonly folder: FolderCalls;
  readonly sync: SyncCalls;
  readonly mail: MailCalls;
  readonly thread: ThreadCalls;
  readonly record: RecordCalls;
  readonly attachment: AttachmentCalls;
  readonly upload: UploadCalls;
  readonly purge: PurgeCalls;
  readonly retention: RetentionCalls;
  readonly hold: HoldCalls;
  readonly webhook: WebhookCalls;
  readonly events: EventsCalls;
  readonly tenant: TenantCalls;
  readonly token: TokenCalls;
  readonly server: ServerCalls;
  readonly health: HealthCalls;

  constructor(caller: Caller) {
    this.mailbox = new MailboxCalls(caller);
    this.oauth = new OauthCalls(caller);
    this.folder = new FolderCalls(caller);
    this.sync = new SyncCalls(caller);
    this.mail = new MailCalls(caller);
    this.thread = new ThreadCalls(caller);
    this.record = new RecordCalls(caller);
    this.attachment = new AttachmentCalls(caller);
    this.upload = new UploadCalls(caller);
    this.purge = new PurgeCalls(caller);
    this.retention = new RetentionCalls(caller);
    this.hold = new HoldCalls(caller);
    this.webhook = new WebhookCalls(caller);
    this.events = new EventsCalls(caller);
    this.tenant = new TenantCalls(caller);
    this.token = new TokenCalls(caller);
    this.server = new ServerCalls(caller);
    this.health = new HealthCalls(caller);
  }
}
