extension Schema {
  /// What an earlier version did not have: endpoints that are told of events. A new data folder gets it by the same
  /// statements.
  static let webhooks = """

    -- A caller's endpoint that is told of the tenant's events.
    CREATE TABLE webhook (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant_id INTEGER NOT NULL REFERENCES tenant (id),
      -- Sealed under the tenant's key, as a packed list: its URL, its secret, the secret before or ''.
      address BLOB NOT NULL,
      -- Until when the secret before signs too; NULL when there is none.
      old_secret_until INTEGER,
      -- Types of events with spaces between; empty for all.
      kinds TEXT NOT NULL,
      state TEXT NOT NULL,
      reason TEXT,
      -- Events up to this number were taken, or are not wanted.
      cursor INTEGER NOT NULL,
      -- Counts what callers changed: what was begun before a change is not written down after it.
      version INTEGER NOT NULL DEFAULT 1,
      -- Failures in a row, since when, and when the next attempt is due.
      failures INTEGER NOT NULL DEFAULT 0,
      failing_since INTEGER,
      next_attempt_at INTEGER,
      -- Of the last failure: the HTTP status, or NULL when there was no answer, and what went wrong.
      last_status INTEGER,
      last_problem TEXT,
      delivered_at INTEGER,
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX webhook_by_tenant ON webhook (tenant_id);
    CREATE INDEX webhook_active ON webhook (id) WHERE state = 'active';
    """
}
