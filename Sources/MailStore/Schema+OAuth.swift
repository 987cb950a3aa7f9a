extension Schema {
  /// What version 12 did not have: mailboxes that sign in by access tokens. A new data folder gets it by the same
  /// statements.
  static let oauth = """

    -- Who gives access tokens for it, and then `password` is the refresh token; empty where it signs in by a password.
    ALTER TABLE mailbox ADD COLUMN oauth_provider TEXT NOT NULL DEFAULT '';
    -- The refresh token before that, sealed, until the new one has been used; empty when there is none.
    ALTER TABLE mailbox ADD COLUMN refresh_previous BLOB NOT NULL DEFAULT x'';
    """
}
