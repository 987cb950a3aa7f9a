extension Schema {
  /// What version 9 did not have: an index of logged mail. A new data folder gets it by the same statements.
  static let search = """

    -- How much of a tenant's logged mail can be searched; no row: nothing.
    CREATE TABLE search (
      tenant_id INTEGER PRIMARY KEY REFERENCES tenant (id),
      -- 'off' while what was indexed is being taken away.
      level TEXT NOT NULL,
      -- Mails below this id are still to be brought to that level, from the newest down; 0: all are.
      fill_below INTEGER NOT NULL
    ) STRICT;

    -- Mails that were logged since and are not indexed yet.
    CREATE TABLE search_todo (
      mail_id INTEGER PRIMARY KEY REFERENCES mail (id),
      tenant_id INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX search_todo_by_tenant ON search_todo (tenant_id);

    -- What was indexed of a mail, so that it can be taken away again.
    CREATE TABLE search_mail (
      mail_id INTEGER PRIMARY KEY REFERENCES mail (id),
      -- Its tokens, ascending, 8 octets each, most significant first.
      tokens BLOB NOT NULL
    ) STRICT;

    -- Which mail has which token: 64 bits of an HMAC of a word under a key of the mailbox.
    CREATE TABLE search_token (
      mailbox_id INTEGER NOT NULL,
      token INTEGER NOT NULL,
      mail_id INTEGER NOT NULL,
      PRIMARY KEY (mailbox_id, token, mail_id)
    ) STRICT, WITHOUT ROWID;
    """
}
