extension Schema {
  /// What version 10 did not have: whom a mailbox sends as, how fast, and which reports are asked for. A new data
  /// folder gets it by the same statements.
  static let sending = """

    -- A packed list of names and addresses that may stand in From, besides the mailbox's own.
    ALTER TABLE mailbox ADD COLUMN identities BLOB NOT NULL DEFAULT x'';
    -- Mails that may leave it; NULL for no limit.
    ALTER TABLE mailbox ADD COLUMN sends_per_minute_max INTEGER;
    ALTER TABLE mailbox ADD COLUMN sends_per_day_max INTEGER;
    -- 1 when its server was seen to file sent mail by itself.
    ALTER TABLE mailbox ADD COLUMN files_sent_seen INTEGER NOT NULL DEFAULT 0;
    -- Mails that may leave all mailboxes of the tenant; NULL for no limit.
    ALTER TABLE tenant_settings ADD COLUMN sends_per_minute_max INTEGER;
    ALTER TABLE tenant_settings ADD COLUMN sends_per_day_max INTEGER;
    -- When the last attempt began.
    ALTER TABLE submission ADD COLUMN departed_at INTEGER;
    -- 1 when the sender wants to be told of delivery, too.
    ALTER TABLE submission ADD COLUMN wants_reports INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX submission_by_departure ON submission (mailbox_id, departed_at) WHERE departed_at IS NOT NULL;
    CREATE INDEX submission_by_tenant_departure ON submission (tenant_id, departed_at)
      WHERE departed_at IS NOT NULL;
    """
}
