extension Schema {
  /// What version 9 did not have: signatures under receipts. A new data folder gets them by the same statements.
  static let receipts = """

    -- What is signed, octet for octet; empty before the purge is done, and in receipts from before version 10.
    ALTER TABLE purge ADD COLUMN statement TEXT NOT NULL DEFAULT '';
    -- The id of the key that signed it, and the Ed25519 signature.
    ALTER TABLE purge ADD COLUMN signed_by TEXT NOT NULL DEFAULT '';
    ALTER TABLE purge ADD COLUMN signature BLOB NOT NULL DEFAULT x'';
    """
}
