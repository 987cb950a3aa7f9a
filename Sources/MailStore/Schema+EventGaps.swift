extension Schema {
  /// What an earlier version did not have: numbers of events that nobody can have any more. A new data folder gets it by
  /// the same statements.
  static let eventGaps = """

    -- Numbers that a database which this one was restored from may have given to events that are lost. None of them is
    -- given again.
    CREATE TABLE event_gap (
      first INTEGER PRIMARY KEY,
      last INTEGER NOT NULL
    ) STRICT;
    """
}
