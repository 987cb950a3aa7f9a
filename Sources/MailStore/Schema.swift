/// The schema of both databases, as a new data folder gets it.
///
/// Rules: `STRICT` tables; `NOT NULL`, except where "none" is a fact that no value of the type could
/// mean (NULL); ids are never used again (`AUTOINCREMENT`); times are milliseconds since 1970 UTC;
/// words are the raw values of the Swift enumeration of the same name. A column's meaning never
/// changes: a new meaning is a new column.
enum Schema {
  /// The version that ``mail`` describes, in `PRAGMA user_version`.
  static let mailVersion = 15
  static let keyringVersion = 2

  /// `PRAGMA application_id`, the same in both: "PoRm".
  static let applicationID: Int64 = 0x506F_526D

  /// mail.sqlite: everything but keys.
  static let mail = """
    -- One customer of the operator.
    CREATE TABLE tenant (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE,
      -- The key in keyring.sqlite under which tombstones are made.
      key_id TEXT NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT;

    -- An access token, whose secret is kept nowhere, or a client certificate.
    CREATE TABLE token (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant_id INTEGER NOT NULL REFERENCES tenant (id),
      name TEXT NOT NULL,
      -- Words with spaces between.
      scopes TEXT NOT NULL DEFAULT '',
      -- HMAC of the digest of the secret, or of the certificate, under the key for tokens in keyring.sqlite.
      hash BLOB NOT NULL UNIQUE,
      created_at INTEGER NOT NULL,
      expires_at INTEGER,
      -- SHA-256 over the DER of a certificate; NULL for a token with a secret.
      certificate BLOB
    ) STRICT;
    CREATE INDEX token_by_tenant ON token (tenant_id);

    -- What a tenant decided about logging; the defaults hold for one without a row.
    CREATE TABLE tenant_settings (
      tenant_id INTEGER PRIMARY KEY REFERENCES tenant (id),
      -- Packed lists of addresses and domains.
      bcc_addresses BLOB NOT NULL,
      forward_addresses BLOB NOT NULL,
      tracking_header TEXT NOT NULL,
      own_domains BLOB NOT NULL,
      never_log BLOB NOT NULL,
      match_subject INTEGER NOT NULL DEFAULT 1,
      subject_days INTEGER NOT NULL DEFAULT 60,
      same_subject INTEGER NOT NULL DEFAULT 0,
      known_contacts INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    -- One connected e-mail account.
    CREATE TABLE mailbox (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant_id INTEGER NOT NULL REFERENCES tenant (id),
      -- The key in keyring.sqlite under which password and bodies are sealed.
      key_id TEXT NOT NULL,
      email TEXT NOT NULL,
      -- The address in lower case.
      email_key TEXT NOT NULL,
      display_name TEXT,
      user_name TEXT NOT NULL,
      -- Sealed; bound to the two hosts below.
      password BLOB NOT NULL,
      imap_host TEXT NOT NULL,
      imap_port INTEGER NOT NULL,
      imap_security TEXT NOT NULL,
      smtp_host TEXT NOT NULL,
      smtp_port INTEGER NOT NULL,
      smtp_security TEXT NOT NULL,
      state TEXT NOT NULL,
      reason TEXT,
      detail TEXT,
      next_attempt_at INTEGER,
      provider_files_sent_mail INTEGER NOT NULL DEFAULT 0,
      log_attachments INTEGER NOT NULL DEFAULT 1,
      created_at INTEGER NOT NULL,
      -- What the submission server said it takes at the most; NULL when it says nothing.
      smtp_octets_max INTEGER,
      UNIQUE (tenant_id, email_key)
    ) STRICT;

    -- One IMAP mailbox inside a connected account.
    CREATE TABLE folder (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      mailbox_id INTEGER NOT NULL REFERENCES mailbox (id),
      name TEXT NOT NULL,
      -- The name as the server spells it.
      wire_name BLOB NOT NULL,
      role TEXT,
      syncs INTEGER NOT NULL DEFAULT 1,
      -- The cursor; NULL before the first SELECT. UIDs low ... high are done.
      uid_validity INTEGER,
      cursor_low INTEGER NOT NULL DEFAULT 1,
      cursor_high INTEGER NOT NULL DEFAULT 0,
      mod_seq INTEGER,
      server_total INTEGER NOT NULL DEFAULT 0,
      -- How many rows of location it has.
      stored INTEGER NOT NULL DEFAULT 0,
      UNIQUE (mailbox_id, wire_name)
    ) STRICT;

    -- One conversation that is, or was, tracked.
    CREATE TABLE thread (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant_id INTEGER NOT NULL REFERENCES tenant (id),
      subject TEXT NOT NULL,
      -- The subject in lower case, for searching.
      subject_key TEXT NOT NULL,
      tracked INTEGER NOT NULL DEFAULT 1,
      created_at INTEGER NOT NULL,
      -- received_at of its newest mail.
      last_mail_at INTEGER NOT NULL,
      -- The thread that its first mail left (S13); it may be gone.
      forked_from INTEGER
    ) STRICT;
    CREATE INDEX thread_by_time ON thread (tenant_id, last_mail_at, id);
    CREATE INDEX thread_tracked ON thread (tenant_id, last_mail_at, id) WHERE tracked = 1;
    CREATE INDEX thread_by_subject ON thread (tenant_id, subject_key, last_mail_at) WHERE tracked = 1;

    -- A thread that became part of another: its id is another name of that one.
    CREATE TABLE merged_thread (
      thread_id INTEGER PRIMARY KEY,
      tenant_id INTEGER NOT NULL,
      into_id INTEGER NOT NULL REFERENCES thread (id)
    ) STRICT;
    CREATE INDEX merged_thread_by_thread ON merged_thread (into_id);

    -- One mail of one mailbox: what its header says, never its content.
    CREATE TABLE mail (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant_id INTEGER NOT NULL REFERENCES tenant (id),
      mailbox_id INTEGER NOT NULL REFERENCES mailbox (id),
      -- Set when it belongs to a thread, which it never does in state 'envelope'.
      thread_id INTEGER REFERENCES thread (id),
      -- Tells mails of a mailbox apart; 32 octets.
      identity BLOB NOT NULL,
      -- Without angle brackets; NULL when the mail has none. Compared octet by octet.
      message_id TEXT,
      -- In-Reply-To and References as packed lists; `link` has them for searching.
      reply_ids BLOB NOT NULL,
      reference_ids BLOB NOT NULL,
      subject TEXT NOT NULL,
      base_subject TEXT NOT NULL,
      -- A packed list; `contact` has the same for searching.
      addresses BLOB NOT NULL,
      -- What its Date field says.
      sent_at INTEGER,
      received_at INTEGER NOT NULL,
      size INTEGER NOT NULL,
      direction TEXT NOT NULL,
      state TEXT NOT NULL,
      matched_by TEXT,
      origin TEXT NOT NULL,
      is_auto_reply INTEGER NOT NULL DEFAULT 0,
      is_bounce INTEGER NOT NULL DEFAULT 0,
      has_attachment INTEGER NOT NULL DEFAULT 0,
      -- Words with spaces between.
      keywords TEXT NOT NULL DEFAULT '',
      logged_at INTEGER,
      -- 1 when it could not be parsed: a body is as it came then.
      parse_failed INTEGER NOT NULL DEFAULT 0,
      -- Its own way into tracking; NULL when it came in as part of its thread.
      route TEXT,
      -- The Message-ID of the forward that brought this mail; identity is that forward's too.
      carrier_id TEXT,
      -- Exchange's Thread-Index after Base64; empty when it has none.
      thread_index BLOB NOT NULL DEFAULT x'',
      -- The provider's id of the conversation: means something in its mailbox only.
      provider_thread TEXT,
      -- 1 when a caller decided which thread it belongs to.
      is_placed INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    -- Half of a digest tells mails apart as well, and makes this, the index that grows in the most
    -- scattered way, a third smaller.
    CREATE UNIQUE INDEX mail_by_identity ON mail (mailbox_id, substr(identity, 1, 16));
    -- An index ends with the id, so these also give a tenant's or mailbox's mails in order of id.
    CREATE INDEX mail_by_tenant ON mail (tenant_id);
    CREATE INDEX mail_by_mailbox ON mail (mailbox_id);
    CREATE INDEX mail_by_thread ON mail (thread_id, received_at) WHERE thread_id IS NOT NULL;
    CREATE INDEX mail_logged ON mail (tenant_id) WHERE state = 'logged';
    CREATE INDEX mail_logged_by_mailbox ON mail (mailbox_id) WHERE state = 'logged';
    CREATE INDEX mail_wanted ON mail (mailbox_id, received_at) WHERE state = 'wanted';

    -- Which mail has which Message-ID, and which names it in In-Reply-To or References. One tree of
    -- small entries for both, so that a mail and its answers lie together. Measured 2026, a sync of
    -- 150,000 envelopes: 1.35 GB written; 2.36 GB with the Message-IDs themselves in two trees and
    -- whole identities in mail_by_identity.
    CREATE TABLE link (
      tenant_id INTEGER NOT NULL,
      -- FNV-1a, 64 bits, of the Message-ID's octets; a hit is compared with the mail.
      name INTEGER NOT NULL,
      mail_id INTEGER NOT NULL,
      -- 1 when it is the mail's own Message-ID. Two other things are found by the same tree: 2 for the root of its
      -- Thread-Index, 3 for its provider_thread.
      own INTEGER NOT NULL,
      PRIMARY KEY (tenant_id, name, mail_id)
    ) STRICT, WITHOUT ROWID;

    -- Which mail has which address (lower case) in any role.
    CREATE TABLE contact (
      tenant_id INTEGER NOT NULL,
      email_key TEXT NOT NULL,
      mail_id INTEGER NOT NULL,
      PRIMARY KEY (tenant_id, email_key, mail_id)
    ) STRICT, WITHOUT ROWID;

    -- What a mail reports about the delivery of another, for each recipient.
    CREATE TABLE bounce (
      report_id INTEGER NOT NULL REFERENCES mail (id),
      -- Counts recipients of a report, 0 and up.
      number INTEGER NOT NULL,
      -- The mail that it is about; NULL when that is not known here.
      mail_id INTEGER REFERENCES mail (id),
      -- NULL when the report does not say; `contact` has it for searching.
      email TEXT,
      action TEXT NOT NULL,
      severity TEXT,
      cause TEXT,
      status TEXT,
      -- The server's words.
      diagnostic TEXT,
      at INTEGER NOT NULL,
      PRIMARY KEY (report_id, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX bounce_by_mail ON bounce (mail_id) WHERE mail_id IS NOT NULL;

    -- Reports whose bodies are to be looked at, as their headers name no mail of ours.
    CREATE TABLE report_to_read (
      mail_id INTEGER PRIMARY KEY REFERENCES mail (id),
      mailbox_id INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX report_to_read_by_mailbox ON report_to_read (mailbox_id);

    -- Where the server shows a mail. UIDs are of the folder's present uid_validity.
    CREATE TABLE location (
      folder_id INTEGER NOT NULL REFERENCES folder (id),
      uid INTEGER NOT NULL,
      -- NULL for a mail that was purged: the UID stays known, so that it is not read again.
      mail_id INTEGER REFERENCES mail (id),
      PRIMARY KEY (folder_id, uid)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX location_by_mail ON location (mail_id);

    -- The mail as it came or went: packed, then sealed under the mailbox's key.
    CREATE TABLE body (
      mail_id INTEGER PRIMARY KEY REFERENCES mail (id),
      -- Its length before both, attachments included.
      octets INTEGER NOT NULL,
      sealed BLOB NOT NULL,
      -- How it is packed: 1 deflated as a whole, 2 as MailPacking does.
      format INTEGER NOT NULL DEFAULT 1
    ) STRICT;

    -- A content that mails of one mailbox have, stored once: an attachment without its transfer encoding,
    -- or a long stretch of a mail. It goes with the last mail that has it.
    CREATE TABLE attachment (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      mailbox_id INTEGER NOT NULL REFERENCES mailbox (id),
      -- Tells contents of the mailbox apart: an HMAC under a key of the mailbox, 32 octets.
      hash BLOB NOT NULL,
      octets INTEGER NOT NULL,
      -- 0 while its pieces are being written; nothing refers to it then, and a restart takes it away.
      is_complete INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX attachment_by_hash ON attachment (mailbox_id, hash) WHERE is_complete = 1;
    CREATE INDEX attachment_by_mailbox ON attachment (mailbox_id, is_complete);

    -- 256 KiB of a content: deflated if that helps, then sealed.
    CREATE TABLE attachment_piece (
      attachment_id INTEGER NOT NULL REFERENCES attachment (id),
      -- 0 and up, without gaps.
      number INTEGER NOT NULL,
      sealed BLOB NOT NULL,
      PRIMARY KEY (attachment_id, number)
    ) STRICT;

    -- Which content stands where in a body.
    CREATE TABLE attachment_use (
      mail_id INTEGER NOT NULL REFERENCES mail (id),
      -- As the packed body counts them, 0 and up.
      number INTEGER NOT NULL,
      attachment_id INTEGER NOT NULL REFERENCES attachment (id),
      PRIMARY KEY (mail_id, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX attachment_use_by_attachment ON attachment_use (attachment_id);

    -- An object of the calling CRM: known by its type and its id there, and only while something is linked
    -- to it.
    CREATE TABLE record (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant_id INTEGER NOT NULL REFERENCES tenant (id),
      type TEXT NOT NULL,
      key TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      UNIQUE (tenant_id, type, key)
    ) STRICT;

    -- Threads of a record: all their mails, also those still to come.
    CREATE TABLE record_thread (
      record_id INTEGER NOT NULL REFERENCES record (id),
      thread_id INTEGER NOT NULL REFERENCES thread (id),
      linked_at INTEGER NOT NULL,
      PRIMARY KEY (record_id, thread_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX record_thread_by_thread ON record_thread (thread_id);

    -- Single mails of a record, in whatever mailboxes the same mail is.
    CREATE TABLE record_mail (
      record_id INTEGER NOT NULL REFERENCES record (id),
      -- The mail that was named. Not a reference: while an erasure of the record runs, it outlives the mail.
      mail_id INTEGER NOT NULL,
      -- As in link; NULL when the mail has no Message-ID.
      name INTEGER,
      identity BLOB NOT NULL,
      linked_at INTEGER NOT NULL,
      PRIMARY KEY (record_id, mail_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX record_mail_by_mail ON record_mail (mail_id);

    -- One mail on its way out.
    CREATE TABLE submission (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant_id INTEGER NOT NULL REFERENCES tenant (id),
      mailbox_id INTEGER NOT NULL REFERENCES mailbox (id),
      mail_id INTEGER NOT NULL UNIQUE REFERENCES mail (id),
      message_id TEXT NOT NULL,
      envelope_from TEXT NOT NULL,
      -- A packed list.
      recipients BLOB NOT NULL,
      state TEXT NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      next_attempt_at INTEGER,
      last_error TEXT,
      sent_copy TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX submission_due ON submission (mailbox_id, next_attempt_at)
      WHERE state IN ('queued', 'deferred', 'unknown');
    CREATE INDEX submission_copy ON submission (mailbox_id) WHERE sent_copy = 'pending';
    CREATE INDEX submission_open ON submission (state) WHERE state IN ('sending', 'dataOpen');
    CREATE INDEX submission_by_mailbox ON submission (mailbox_id);
    CREATE INDEX submission_by_tenant ON submission (tenant_id);

    -- The octets of an outgoing mail that has no row in body; gone when its fate is settled.
    CREATE TABLE outgoing (
      submission_id INTEGER PRIMARY KEY REFERENCES submission (id),
      octets INTEGER NOT NULL,
      sealed BLOB NOT NULL,
      -- As in body.
      format INTEGER NOT NULL DEFAULT 1
    ) STRICT;

    -- Which content stands where in the octets of an outgoing mail, as attachment_use says it of bodies.
    CREATE TABLE outgoing_use (
      submission_id INTEGER NOT NULL REFERENCES submission (id),
      number INTEGER NOT NULL,
      attachment_id INTEGER NOT NULL REFERENCES attachment (id),
      PRIMARY KEY (submission_id, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX outgoing_use_by_attachment ON outgoing_use (attachment_id);

    -- A file that a caller gives before the mails that carry it.
    CREATE TABLE upload (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant_id INTEGER NOT NULL REFERENCES tenant (id),
      -- Name and media type as a packed list, sealed under the tenant's key.
      description BLOB NOT NULL,
      -- What the caller says it will have; NULL when nothing was said.
      size INTEGER,
      -- Octets that are here, from the first on without a gap.
      received INTEGER NOT NULL DEFAULT 0,
      state TEXT NOT NULL,
      -- Sealed: SHA-256 of the whole, then of each piece; NULL until it is committed.
      digests BLOB,
      created_at INTEGER NOT NULL,
      -- From then on it counts as unknown, and goes.
      expires_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX upload_by_tenant ON upload (tenant_id);
    CREATE INDEX upload_by_end ON upload (expires_at);

    -- 256 KiB of an upload, as in attachment_piece; the last one grows while octets come.
    CREATE TABLE upload_piece (
      upload_id INTEGER NOT NULL REFERENCES upload (id),
      number INTEGER NOT NULL,
      sealed BLOB NOT NULL,
      PRIMARY KEY (upload_id, number)
    ) STRICT;

    -- Which mail was made from which upload: when the mail is erased, so is the upload.
    CREATE TABLE upload_use (
      mail_id INTEGER NOT NULL REFERENCES mail (id),
      upload_id INTEGER NOT NULL REFERENCES upload (id),
      PRIMARY KEY (mail_id, upload_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX upload_use_by_upload ON upload_use (upload_id);

    -- The answer to a caller's key, for as long as the key is remembered.
    CREATE TABLE idempotency (
      tenant_id INTEGER NOT NULL,
      key TEXT NOT NULL,
      fingerprint BLOB NOT NULL,
      submission_id INTEGER NOT NULL REFERENCES submission (id),
      expires_at INTEGER NOT NULL,
      PRIMARY KEY (tenant_id, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX idempotency_by_submission ON idempotency (submission_id);
    CREATE INDEX idempotency_by_end ON idempotency (expires_at);

    -- Mails that were purged and must not come back: 16 octets of an HMAC under the tenant's key.
    CREATE TABLE tombstone (
      tenant_id INTEGER NOT NULL,
      hash BLOB NOT NULL,
      PRIMARY KEY (tenant_id, hash)
    ) STRICT, WITHOUT ROWID;

    -- The log of changes. Ids and facts only, so it outlives what it names.
    CREATE TABLE event (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant_id INTEGER NOT NULL,
      type TEXT NOT NULL,
      mailbox_id INTEGER,
      thread_id INTEGER,
      mail_id INTEGER,
      submission_id INTEGER,
      purge_id INTEGER,
      at INTEGER NOT NULL,
      -- name=value with spaces between; no personal data.
      facts TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX event_by_tenant ON event (tenant_id);

    -- An erasure, and its receipt when done.
    CREATE TABLE purge (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant_id INTEGER NOT NULL,
      kind TEXT NOT NULL,
      -- What was asked for; emptied when done.
      scope_id INTEGER NOT NULL DEFAULT 0,
      scope_text TEXT NOT NULL DEFAULT '',
      scope_identity BLOB NOT NULL DEFAULT x'',
      -- Mails up to this id are done.
      progress INTEGER NOT NULL DEFAULT 0,
      state TEXT NOT NULL,
      mails INTEGER NOT NULL DEFAULT 0,
      bodies INTEGER NOT NULL DEFAULT 0,
      octets INTEGER NOT NULL DEFAULT 0,
      threads INTEGER NOT NULL DEFAULT 0,
      mailboxes INTEGER NOT NULL DEFAULT 0,
      submissions INTEGER NOT NULL DEFAULT 0,
      remaining INTEGER NOT NULL DEFAULT 0,
      log_truncated INTEGER NOT NULL DEFAULT 0,
      requested_by TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      finished_at INTEGER,
      uploads INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX purge_by_tenant ON purge (tenant_id);
    CREATE INDEX purge_unfinished ON purge (id) WHERE state <> 'done';
    """

  /// Version 1 kept each body and each outgoing mail deflated in one piece; they stay as they are.
  static let mailFrom1 = """
    ALTER TABLE body ADD COLUMN format INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE outgoing ADD COLUMN format INTEGER NOT NULL DEFAULT 1;
    CREATE TABLE attachment (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      mailbox_id INTEGER NOT NULL REFERENCES mailbox (id),
      hash BLOB NOT NULL,
      octets INTEGER NOT NULL,
      is_complete INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX attachment_by_hash ON attachment (mailbox_id, hash) WHERE is_complete = 1;
    CREATE INDEX attachment_by_mailbox ON attachment (mailbox_id, is_complete);
    CREATE TABLE attachment_piece (
      attachment_id INTEGER NOT NULL REFERENCES attachment (id),
      number INTEGER NOT NULL,
      sealed BLOB NOT NULL,
      PRIMARY KEY (attachment_id, number)
    ) STRICT;
    CREATE TABLE attachment_use (
      mail_id INTEGER NOT NULL REFERENCES mail (id),
      number INTEGER NOT NULL,
      attachment_id INTEGER NOT NULL REFERENCES attachment (id),
      PRIMARY KEY (mail_id, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX attachment_use_by_attachment ON attachment_use (attachment_id);
    """

  /// Version 2 knew no records.
  static let mailFrom2 = """
    CREATE TABLE record (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant_id INTEGER NOT NULL REFERENCES tenant (id),
      type TEXT NOT NULL,
      key TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      UNIQUE (tenant_id, type, key)
    ) STRICT;
    CREATE TABLE record_thread (
      record_id INTEGER NOT NULL REFERENCES record (id),
      thread_id INTEGER NOT NULL REFERENCES thread (id),
      linked_at INTEGER NOT NULL,
      PRIMARY KEY (record_id, thread_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX record_thread_by_thread ON record_thread (thread_id);
    CREATE TABLE record_mail (
      record_id INTEGER NOT NULL REFERENCES record (id),
      mail_id INTEGER NOT NULL,
      name INTEGER,
      identity BLOB NOT NULL,
      linked_at INTEGER NOT NULL,
      PRIMARY KEY (record_id, mail_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX record_mail_by_mail ON record_mail (mail_id);
    """

  /// Version 3 knew no client certificates, and kept the digests of secrets as they were.
  static let mailFrom3 = """
    ALTER TABLE token ADD COLUMN certificate BLOB;
    UPDATE token SET hash = \(TokenHashes.functionName)(hash);
    """

  /// Version 4 knew bounces only as such.
  static let mailFrom4 = """
    ALTER TABLE mail ADD COLUMN parse_failed INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE bounce (
      report_id INTEGER NOT NULL REFERENCES mail (id),
      number INTEGER NOT NULL,
      mail_id INTEGER REFERENCES mail (id),
      email TEXT,
      action TEXT NOT NULL,
      severity TEXT,
      cause TEXT,
      status TEXT,
      diagnostic TEXT,
      at INTEGER NOT NULL,
      PRIMARY KEY (report_id, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX bounce_by_mail ON bounce (mail_id) WHERE mail_id IS NOT NULL;
    CREATE TABLE report_to_read (
      mail_id INTEGER PRIMARY KEY REFERENCES mail (id),
      mailbox_id INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX report_to_read_by_mailbox ON report_to_read (mailbox_id);
    """

  /// keyring.sqlite: a file of its own, so that a destroyed key is gone from every later copy of a
  /// small file, and old copies of mail.sqlite hold nothing that can be read.
  static let keyring = """
    CREATE TABLE key (
      -- The key's own id.
      id TEXT PRIMARY KEY NOT NULL,
      -- Under the master key.
      wrapped BLOB NOT NULL,
      created_at INTEGER NOT NULL,
      -- What the server itself needs the key for; empty when it is a tenant's or a mailbox's.
      purpose TEXT NOT NULL DEFAULT ''
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX key_by_purpose ON key (purpose) WHERE purpose <> '';
    """

  /// Version 1 had keys of tenants and mailboxes only.
  static let keyringFrom1 = """
    ALTER TABLE key ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
    CREATE UNIQUE INDEX key_by_purpose ON key (purpose) WHERE purpose <> '';
    """
}
