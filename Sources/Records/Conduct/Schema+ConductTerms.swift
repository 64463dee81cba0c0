/// Views that records of earlier versions lack; they get them when they are opened.
extension Schema {
  /// What came later: reviews of accounts, agreements in more detail, the clock of appeals, and what
  /// infractions of a platform are found by.
  static let conductTerms = """
    CREATE TABLE view_account_review (
      account INTEGER PRIMARY KEY,
      body    TEXT NOT NULL
    ) STRICT;
    CREATE INDEX view_infraction_platform ON view_infraction (platform, id);
    CREATE TABLE view_account_agreement (
      account INTEGER PRIMARY KEY,
      text    TEXT,
      agreed  INTEGER
    ) STRICT;
    CREATE TABLE view_appeal_term (
      appeal    INTEGER PRIMARY KEY,
      answer_by INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX view_appeal_term_end ON view_appeal_term (answer_by);
    """

  static let conductTermTables = [
    "view_account_agreement", "view_account_review", "view_appeal_term",
  ]
}
