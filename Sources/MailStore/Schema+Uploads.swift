extension Schema {
  /// Version 5 had no uploads, and did not know what a provider takes.
  static let mailFrom5 = """
    ALTER TABLE purge ADD COLUMN uploads INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE mailbox ADD COLUMN smtp_octets_max INTEGER;
    CREATE TABLE outgoing_use (
      submission_id INTEGER NOT NULL REFERENCES submission (id),
      number INTEGER NOT NULL,
      attachment_id INTEGER NOT NULL REFERENCES attachment (id),
      PRIMARY KEY (submission_id, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX outgoing_use_by_attachment ON outgoing_use (attachment_id);
    CREATE TABLE upload (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant_id INTEGER NOT NULL REFERENCES tenant (id),
      description BLOB NOT NULL,
      size INTEGER,
      received INTEGER NOT NULL DEFAULT 0,
      state TEXT NOT NULL,
      digests BLOB,
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX upload_by_tenant ON upload (tenant_id);
    CREATE INDEX upload_by_end ON upload (expires_at);
    CREATE TABLE upload_piece (
      upload_id INTEGER NOT NULL REFERENCES upload (id),
      number INTEGER NOT NULL,
      sealed BLOB NOT NULL,
      PRIMARY KEY (upload_id, number)
    ) STRICT;
    CREATE TABLE upload_use (
      mail_id INTEGER NOT NULL REFERENCES mail (id),
      upload_id INTEGER NOT NULL REFERENCES upload (id),
      PRIMARY KEY (mail_id, upload_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX upload_use_by_upload ON upload_use (upload_id);
    """
}
