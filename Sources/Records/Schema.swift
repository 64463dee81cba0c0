internal import GRDB

/// The tables of the store.
///
/// `entry`, `sealed_field`, `target`, `tree_node` and `checkpoint` are the journal: rows are added,
/// never changed (but for erasure). `outbox` and `effect` stand beside it. Tables whose names begin
/// with `view_` are made from it and can be dropped and rebuilt.
enum Schema {
  static func migrator() -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1-journal") { try $0.execute(sql: journal) }
    migrator.registerMigration("1-views") { try $0.execute(sql: firstViews) }
    migrator.registerMigration("2-cases") { try $0.execute(sql: outbox + caseViews) }
    migrator.registerMigration("3-conduct") { try $0.execute(sql: effects + conductViews) }
    migrator.registerMigration("3-pauses") { try $0.execute(sql: pauseViews) }
    migrator.registerMigration("4-case-pages") { try $0.execute(sql: casePages) }
    migrator.registerMigration("4-lists") { try $0.execute(sql: conductLists) }
    migrator.registerMigration("5-terms") { try $0.execute(sql: conductTerms) }
    return migrator
  }

  private static let journal = """
    CREATE TABLE entry (
      idx  INTEGER PRIMARY KEY,
      leaf BLOB NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE TABLE sealed_field (
      entry INTEGER NOT NULL REFERENCES entry (idx),
      name  TEXT NOT NULL,
      salt  BLOB NOT NULL CHECK (length(salt) = 32),
      value BLOB NOT NULL,
      PRIMARY KEY (entry, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE target (
      entry    INTEGER NOT NULL REFERENCES entry (idx),
      position INTEGER NOT NULL,
      salt     BLOB NOT NULL CHECK (length(salt) = 32),
      value    BLOB NOT NULL,
      PRIMARY KEY (entry, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE tree_node (
      level INTEGER NOT NULL,
      idx   INTEGER NOT NULL,
      hash  BLOB NOT NULL CHECK (length(hash) = 32),
      PRIMARY KEY (level, idx)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE checkpoint (
      id   INTEGER PRIMARY KEY CHECK (id = 1),
      note BLOB NOT NULL
    ) STRICT;
    """

  static let firstViews = """
    CREATE TABLE view_state (
      id         INTEGER PRIMARY KEY CHECK (id = 1),
      entries    INTEGER NOT NULL,
      last_event INTEGER
    ) STRICT;
    CREATE TABLE view_person (
      name  TEXT PRIMARY KEY,
      role  TEXT NOT NULL,
      added INTEGER NOT NULL,
      token BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX view_person_token ON view_person (token) WHERE length(token) > 0;
    CREATE TABLE view_order (
      id      TEXT PRIMARY KEY,
      ordinal INTEGER NOT NULL UNIQUE,
      state   TEXT NOT NULL,
      body    TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE view_assessment (
      order_id TEXT NOT NULL,
      version  INTEGER NOT NULL,
      entry    INTEGER NOT NULL,
      PRIMARY KEY (order_id, version)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE view_rule (
      order_id TEXT NOT NULL,
      version  INTEGER NOT NULL,
      line     TEXT NOT NULL,
      name     BLOB NOT NULL,
      scope    TEXT NOT NULL,
      position INTEGER NOT NULL,
      PRIMARY KEY (order_id, version, line)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX view_rule_name ON view_rule (name);
    CREATE TABLE view_interval (
      order_id TEXT NOT NULL,
      entry    INTEGER NOT NULL,
      version  INTEGER NOT NULL,
      since    INTEGER NOT NULL,
      until    INTEGER,
      PRIMARY KEY (order_id, entry)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE view_history (
      order_id TEXT NOT NULL,
      entry    INTEGER NOT NULL,
      kind     TEXT NOT NULL,
      PRIMARY KEY (order_id, entry)
    ) STRICT, WITHOUT ROWID;
    """

  static let views =
    firstViews + caseViews + conductViews + pauseViews + conductLists + conductTerms

  /// Tables for views made afresh, beside the targets that they are made from.
  static let journalAndViews = journal + views

  /// The views, in an order in which they can be compared.
  static let viewTables =
    [
      "view_state", "view_person", "view_order", "view_assessment", "view_rule", "view_interval",
      "view_history", "view_pause",
    ] + caseViewTables + accountViewTables

  /// The views of platforms, accounts, and all that is done about them.
  static let accountViewTables = conductViewTables + conductTermTables

  static let dropViews = viewTables.map { "DROP TABLE IF EXISTS \($0);" }.joined(separator: "\n")
}
