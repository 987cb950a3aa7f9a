extension Schema {
  /// Version 7 knew neither settings nor ways into tracking but sending and calls.
  static let mailFrom7 = """
    CREATE TABLE tenant_settings (
      tenant_id INTEGER PRIMARY KEY REFERENCES tenant (id),
      bcc_addresses BLOB NOT NULL,
      forward_addresses BLOB NOT NULL,
      tracking_header TEXT NOT NULL,
      own_domains BLOB NOT NULL,
      never_log BLOB NOT NULL
    ) STRICT;
    ALTER TABLE mail ADD COLUMN route TEXT;
    ALTER TABLE mail ADD COLUMN carrier_id TEXT;
    """

  /// Version 8 told conversations by Message-IDs only.
  static let mailFrom8 = """
    ALTER TABLE tenant_settings ADD COLUMN match_subject INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE tenant_settings ADD COLUMN subject_days INTEGER NOT NULL DEFAULT 60;
    ALTER TABLE tenant_settings ADD COLUMN same_subject INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE tenant_settings ADD COLUMN known_contacts INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE thread ADD COLUMN forked_from INTEGER;
    CREATE INDEX thread_by_subject ON thread (tenant_id, subject_key, last_mail_at) WHERE tracked = 1;
    CREATE TABLE merged_thread (
      thread_id INTEGER PRIMARY KEY,
      tenant_id INTEGER NOT NULL,
      into_id INTEGER NOT NULL REFERENCES thread (id)
    ) STRICT;
    CREATE INDEX merged_thread_by_thread ON merged_thread (into_id);
    ALTER TABLE mail ADD COLUMN thread_index BLOB NOT NULL DEFAULT x'';
    ALTER TABLE mail ADD COLUMN provider_thread TEXT;
    ALTER TABLE mail ADD COLUMN is_placed INTEGER NOT NULL DEFAULT 0;
    """
}
