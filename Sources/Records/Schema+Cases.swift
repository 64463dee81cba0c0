extension Schema {
  /// The tables of sites and cases, made from the journal.
  static let caseViews = """
    CREATE TABLE view_site (
      site  TEXT PRIMARY KEY,
      since INTEGER NOT NULL,
      by    TEXT NOT NULL,
      entry INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE view_case (
      id       TEXT PRIMARY KEY,
      ordinal  INTEGER NOT NULL UNIQUE,
      site     TEXT NOT NULL,
      category TEXT NOT NULL,
      state    TEXT NOT NULL,
      body     TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX view_case_site ON view_case (site);
    CREATE TABLE view_finding (
      case_id  TEXT NOT NULL,
      entry    INTEGER NOT NULL,
      url      TEXT NOT NULL,
      score    INTEGER NOT NULL,
      seen     INTEGER NOT NULL,
      evidence TEXT NOT NULL,
      payload  TEXT,
      PRIMARY KEY (case_id, entry)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX view_finding_payload ON view_finding (payload) WHERE payload IS NOT NULL;
    CREATE TABLE view_case_history (
      case_id TEXT NOT NULL,
      entry   INTEGER NOT NULL,
      kind    TEXT NOT NULL,
      PRIMARY KEY (case_id, entry)
    ) STRICT, WITHOUT ROWID;
    """

  /// The letters that are on their way.
  ///
  /// It belongs to the journal: how often sending one was tried
  /// stands nowhere else.
  static let outbox = """
    CREATE TABLE outbox (
      case_id    TEXT NOT NULL,
      notice     INTEGER NOT NULL,
      recipient  INTEGER NOT NULL,
      entry      INTEGER NOT NULL REFERENCES entry (idx),
      since      INTEGER NOT NULL,
      state      TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'failed', 'withdrawn')),
      attempts   INTEGER NOT NULL DEFAULT 0,
      next_try   INTEGER NOT NULL,
      last_error TEXT,
      PRIMARY KEY (case_id, notice, recipient)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX outbox_pending ON outbox (next_try) WHERE state = 'pending';
    """

  /// Cases once kept the page of their newest finding alone.
  static let casePages = """
    UPDATE view_case SET body = json_set(json_remove(body, '$.url'), '$.pages', (
      SELECT json_group_array(url) FROM (
        SELECT url FROM view_finding WHERE case_id = view_case.id
        GROUP BY url ORDER BY max(entry) DESC)));
    """

  static let caseViewTables = ["view_site", "view_case", "view_finding", "view_case_history"]
}
