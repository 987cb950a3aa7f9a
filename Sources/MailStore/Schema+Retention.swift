extension Schema {
  /// What version 6 did not have: how long mail is kept. A new data folder gets it by the same statements.
  static let retention = """

    -- What a tenant decided on how long mail is kept; the defaults hold without a row. Days; NULL: for ever.
    CREATE TABLE retention (
      tenant_id INTEGER PRIMARY KEY REFERENCES tenant (id),
      sequence_days INTEGER,
      timeline_days INTEGER,
      deleted_days INTEGER NOT NULL,
      metadata_days INTEGER NOT NULL
    ) STRICT;

    -- Mails that are deleted and wait for their erasure.
    CREATE TABLE deletion (
      mail_id INTEGER PRIMARY KEY REFERENCES mail (id),
      tenant_id INTEGER NOT NULL,
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX deletion_by_time ON deletion (tenant_id, at);

    -- What must not be erased. The scope is kept as that of a purge.
    CREATE TABLE hold (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant_id INTEGER NOT NULL REFERENCES tenant (id),
      kind TEXT NOT NULL,
      scope_id INTEGER NOT NULL,
      scope_text TEXT NOT NULL,
      scope_identity BLOB NOT NULL,
      reason TEXT NOT NULL,
      placed_by TEXT NOT NULL,
      placed_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX hold_by_tenant ON hold (tenant_id);

    -- At this time all mails up to this id had been read: ids ascend, so this tells the age of every header
    -- without a time in each.
    CREATE TABLE mail_mark (
      at INTEGER PRIMARY KEY,
      mail_id INTEGER NOT NULL
    ) STRICT;
    """
}
