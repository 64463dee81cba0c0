/// The tables of what marks sites, of names that may be worth a look, and of logs that are read.
enum MarkSchema {
  static let mirrors = """
    CREATE TABLE mark (
      site  TEXT PRIMARY KEY,
      taken INTEGER NOT NULL,
      body  BLOB NOT NULL CHECK (length(body) <= 1048576)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE lead (
      id     INTEGER PRIMARY KEY,
      name   TEXT NOT NULL UNIQUE,
      venue  TEXT,
      reason TEXT NOT NULL,
      source TEXT NOT NULL,
      time   INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE ct_log (
      prefix   TEXT PRIMARY KEY,
      origin   TEXT NOT NULL,
      size     INTEGER NOT NULL,
      edge     BLOB NOT NULL,
      root     BLOB NOT NULL CHECK (length(root) = 32),
      read     INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  static let dismissals = """
    CREATE TABLE dismissal (
      name       TEXT NOT NULL,
      resembles  TEXT NOT NULL,
      evidence   TEXT NOT NULL,
      reason     TEXT NOT NULL,
      person     TEXT NOT NULL,
      time       INTEGER NOT NULL,
      PRIMARY KEY (name, resembles)
    ) STRICT, WITHOUT ROWID;
    """
}
