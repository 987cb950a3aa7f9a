/// mail.sqlite as version 1 made it, to open what it wrote. Never changed.
let schemaVersion1 = """
  CREATE TABLE tenant (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    key_id TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE token (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenant (id),
    name TEXT NOT NULL,
    scopes TEXT NOT NULL DEFAULT '',
    hash BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER
  ) STRICT;
  CREATE INDEX token_by_tenant ON token (tenant_id);
  CREATE TABLE mailbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenant (id),
    key_id TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    display_name TEXT,
    user_name TEXT NOT NULL,
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
    UNIQUE (tenant_id, email_key)
  ) STRICT;
  CREATE TABLE folder (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    mailbox_id INTEGER NOT NULL REFERENCES mailbox (id),
    name TEXT NOT NULL,
    wire_name BLOB NOT NULL,
    role TEXT,
    syncs INTEGER NOT NULL DEFAULT 1,
    uid_validity INTEGER,
    cursor_low INTEGER NOT NULL DEFAULT 1,
    cursor_high INTEGER NOT NULL DEFAULT 0,
    mod_seq INTEGER,
    server_total INTEGER NOT NULL DEFAULT 0,
    stored INTEGER NOT NULL DEFAULT 0,
    UNIQUE (mailbox_id, wire_name)
  ) STRICT;
  CREATE TABLE thread (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenant (id),
    subject TEXT NOT NULL,
    subject_key TEXT NOT NULL,
    tracked INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    last_mail_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX thread_by_time ON thread (tenant_id, last_mail_at, id);
  CREATE INDEX thread_tracked ON thread (tenant_id, last_mail_at, id) WHERE tracked = 1;
  CREATE TABLE mail (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenant (id),
    mailbox_id INTEGER NOT NULL REFERENCES mailbox (id),
    thread_id INTEGER REFERENCES thread (id),
    identity BLOB NOT NULL,
    message_id TEXT,
    reply_ids BLOB NOT NULL,
    reference_ids BLOB NOT NULL,
    subject TEXT NOT NULL,
    base_subject TEXT NOT NULL,
    addresses BLOB NOT NULL,
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
    keywords TEXT NOT NULL DEFAULT '',
    logged_at INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX mail_by_identity ON mail (mailbox_id, substr(identity, 1, 16));
  CREATE INDEX mail_by_tenant ON mail (tenant_id);
  CREATE INDEX mail_by_mailbox ON mail (mailbox_id);
  CREATE INDEX mail_by_thread ON mail (thread_id, received_at) WHERE thread_id IS NOT NULL;
  CREATE INDEX mail_logged ON mail (tenant_id) WHERE state = 'logged';
  CREATE INDEX mail_logged_by_mailbox ON mail (mailbox_id) WHERE state = 'logged';
  CREATE INDEX mail_wanted ON mail (mailbox_id, received_at) WHERE state = 'wanted';
  CREATE TABLE link (
    tenant_id INTEGER NOT NULL,
    name INTEGER NOT NULL,
    mail_id INTEGER NOT NULL,
    own INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, name, mail_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE contact (
    tenant_id INTEGER NOT NULL,
    email_key TEXT NOT NULL,
    mail_id INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, email_key, mail_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE location (
    folder_id INTEGER NOT NULL REFERENCES folder (id),
    uid INTEGER NOT NULL,
    mail_id INTEGER REFERENCES mail (id),
    PRIMARY KEY (folder_id, uid)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX location_by_mail ON location (mail_id);
  CREATE TABLE body (
    mail_id INTEGER PRIMARY KEY REFERENCES mail (id),
    octets INTEGER NOT NULL,
    sealed BLOB NOT NULL
  ) STRICT;
  CREATE TABLE submission (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenant (id),
    mailbox_id INTEGER NOT NULL REFERENCES mailbox (id),
    mail_id INTEGER NOT NULL UNIQUE REFERENCES mail (id),
    message_id TEXT NOT NULL,
    envelope_from TEXT NOT NULL,
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
  CREATE TABLE outgoing (
    submission_id INTEGER PRIMARY KEY REFERENCES submission (id),
    octets INTEGER NOT NULL,
    sealed BLOB NOT NULL
  ) STRICT;
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
  CREATE TABLE tombstone (
    tenant_id INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (tenant_id, hash)
  ) STRICT, WITHOUT ROWID;
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
    facts TEXT NOT NULL DEFAULT ''
  ) STRICT;
  CREATE INDEX event_by_tenant ON event (tenant_id);
  CREATE TABLE purge (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    scope_id INTEGER NOT NULL DEFAULT 0,
    scope_text TEXT NOT NULL DEFAULT '',
    scope_identity BLOB NOT NULL DEFAULT x'',
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
    finished_at INTEGER
  ) STRICT;
  CREATE INDEX purge_by_tenant ON purge (tenant_id);
  CREATE INDEX purge_unfinished ON purge (id) WHERE state <> 'done';
  """
