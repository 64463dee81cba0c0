extension Schema {
  /// The tables of platforms, rules and accounts, made from the journal.
  ///
  /// What is asked for often, or changes often, stands in columns; what is written once and read
  /// whole stands beside it as a body. Evidence is not repeated here: it is read where it is sealed.
  static let conductViews = """
    CREATE TABLE view_platform (
      id   TEXT PRIMARY KEY,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE view_ladder (
      platform TEXT NOT NULL,
      entry    INTEGER NOT NULL,
      body     TEXT NOT NULL,
      PRIMARY KEY (platform, entry)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE view_conduct_rule (
      rule    TEXT NOT NULL,
      version INTEGER NOT NULL,
      body    TEXT NOT NULL,
      PRIMARY KEY (rule, version)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE view_party (
      id   INTEGER PRIMARY KEY,
      body TEXT NOT NULL
    ) STRICT;
    CREATE TABLE view_party_history (
      party INTEGER NOT NULL,
      entry INTEGER NOT NULL,
      kind  TEXT NOT NULL,
      PRIMARY KEY (party, entry)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE view_account (
      id             INTEGER PRIMARY KEY,
      platform       TEXT NOT NULL,
      key            TEXT,
      handle         TEXT,
      filing         TEXT,
      category       TEXT,
      party          INTEGER,
      language       TEXT,
      agreement      TEXT,
      opened         INTEGER,
      former_handles TEXT,
      since          INTEGER NOT NULL,
      reached        INTEGER NOT NULL,
      hold           TEXT,
      erased         INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX view_account_key ON view_account (platform, key) WHERE key IS NOT NULL;
    CREATE INDEX view_account_party ON view_account (party) WHERE party IS NOT NULL;
    CREATE TABLE view_account_history (
      account INTEGER NOT NULL,
      entry   INTEGER NOT NULL,
      kind    TEXT NOT NULL,
      PRIMARY KEY (account, entry)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE view_infraction (
      id            INTEGER PRIMARY KEY,
      account       INTEGER NOT NULL,
      platform      TEXT NOT NULL,
      entry         INTEGER NOT NULL,
      found         INTEGER NOT NULL,
      state         TEXT NOT NULL,
      category      TEXT NOT NULL,
      score         INTEGER NOT NULL,
      rule          TEXT NOT NULL,
      kind          TEXT NOT NULL,
      also          TEXT,
      published     INTEGER NOT NULL,
      posts_seen    INTEGER NOT NULL,
      packs         TEXT NOT NULL,
      held          TEXT,
      settled_by    TEXT,
      post          INTEGER,
      strike_entry  INTEGER,
      strike_at     INTEGER,
      points        INTEGER,
      gravity       TEXT,
      expires       INTEGER,
      overturned    INTEGER
    ) STRICT;
    CREATE INDEX view_infraction_account ON view_infraction (account);
    CREATE INDEX view_infraction_found ON view_infraction (found);
    CREATE INDEX view_infraction_held ON view_infraction (id) WHERE state = 'held';
    CREATE INDEX view_infraction_post ON view_infraction (post) WHERE post IS NOT NULL;
    CREATE TABLE view_sanction (
      id        INTEGER PRIMARY KEY,
      account   INTEGER NOT NULL,
      platform  TEXT NOT NULL,
      kind      TEXT NOT NULL,
      state     TEXT NOT NULL,
      automatic INTEGER NOT NULL,
      batch     INTEGER,
      proposed  INTEGER NOT NULL,
      imposed   INTEGER,
      until     INTEGER,
      confirmed INTEGER,
      delivered INTEGER,
      ended     INTEGER,
      cause     TEXT,
      late      INTEGER
    ) STRICT;
    CREATE INDEX view_sanction_account ON view_sanction (account);
    CREATE INDEX view_sanction_imposed ON view_sanction (imposed) WHERE imposed IS NOT NULL;
    CREATE INDEX view_sanction_proposed ON view_sanction (id) WHERE state = 'proposed';
    CREATE TABLE view_sanction_body (
      id   INTEGER PRIMARY KEY,
      body TEXT NOT NULL
    ) STRICT;
    CREATE TABLE view_appeal (
      id         INTEGER PRIMARY KEY,
      sanction   INTEGER NOT NULL,
      account    INTEGER NOT NULL,
      filed      INTEGER NOT NULL,
      messages   INTEGER NOT NULL,
      outcome    TEXT,
      body       TEXT,
      decided    INTEGER,
      decided_by TEXT
    ) STRICT;
    CREATE INDEX view_appeal_sanction ON view_appeal (sanction);
    CREATE INDEX view_appeal_account ON view_appeal (account);
    CREATE TABLE view_lead (
      id      INTEGER PRIMARY KEY,
      account INTEGER NOT NULL,
      earlier INTEGER NOT NULL,
      kind    TEXT NOT NULL,
      settled TEXT
    ) STRICT;
    CREATE INDEX view_lead_account ON view_lead (account);
    CREATE INDEX view_lead_earlier ON view_lead (earlier);
    CREATE TABLE view_batch (
      id   INTEGER PRIMARY KEY,
      body TEXT NOT NULL
    ) STRICT;
    CREATE TABLE view_report (
      id       INTEGER PRIMARY KEY,
      kind     TEXT NOT NULL,
      made     INTEGER NOT NULL,
      received INTEGER,
      corrects INTEGER,
      body     TEXT NOT NULL
    ) STRICT;
    CREATE INDEX view_report_made ON view_report (made);
    CREATE TABLE view_report_sanction (
      sanction INTEGER NOT NULL,
      report   INTEGER NOT NULL,
      PRIMARY KEY (sanction, report)
    ) STRICT, WITHOUT ROWID;
    """

  static let conductViewTables = [
    "view_platform", "view_ladder", "view_conduct_rule", "view_party", "view_party_history",
    "view_account", "view_account_history", "view_infraction", "view_sanction",
    "view_sanction_body", "view_appeal", "view_lead", "view_batch", "view_report",
    "view_report_sanction",
  ]

  /// What is to be told to platforms and authorities.
  ///
  /// It belongs to the journal: how often telling was tried stands nowhere else. `lane` is what
  /// must keep its order: an account's number, or the first of a chain of reports. An effect that
  /// waits for the one before it has no `next_try`. Its number is that of its entry.
  static let effects = """
    CREATE TABLE effect (
      id         INTEGER PRIMARY KEY REFERENCES entry (idx),
      channel    TEXT NOT NULL CHECK (channel IN ('webhook', 'report')),
      lane       INTEGER NOT NULL,
      sequence   INTEGER NOT NULL,
      platform   TEXT,
      subject    INTEGER NOT NULL,
      since      INTEGER NOT NULL,
      state      TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'failed', 'withdrawn')),
      attempts   INTEGER NOT NULL DEFAULT 0,
      next_try   INTEGER,
      last_error TEXT,
      reply      BLOB,
      UNIQUE (channel, lane, sequence)
    ) STRICT;
    CREATE INDEX effect_due ON effect (next_try) WHERE state = 'pending' AND next_try IS NOT NULL;
    CREATE INDEX effect_waiting ON effect (channel, lane, sequence) WHERE state = 'pending';
    CREATE INDEX effect_failed ON effect (id) WHERE state = 'failed';
    """
}
