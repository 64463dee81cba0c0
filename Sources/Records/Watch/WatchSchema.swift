internal import GRDB

/// The tables of the watch's store.
///
/// It holds the state of work, not decisions: which sites are watched is on the record, and `site`
/// follows it. Pages lie together by site, so that a turn of a site reads one stretch of the file;
/// what is due is found by the index on sites. Times are milliseconds since the Unix epoch.
enum WatchSchema {
  static func migrator() -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1-frontier") { try $0.execute(sql: frontier) }
    migrator.registerMigration("2-mirrors") { try $0.execute(sql: MarkSchema.mirrors) }
    migrator.registerMigration("3-dismissals") { try $0.execute(sql: MarkSchema.dismissals) }
    return migrator
  }

  private static let frontier = """
    CREATE TABLE site (
      id         INTEGER PRIMARY KEY,
      name       TEXT NOT NULL UNIQUE,
      watched    INTEGER NOT NULL CHECK (watched IN (0, 1)),
      body       TEXT NOT NULL,
      added      INTEGER NOT NULL,
      added_by   TEXT NOT NULL,
      due        INTEGER NOT NULL,
      seen       INTEGER,
      pages      INTEGER NOT NULL DEFAULT 0,
      failing    INTEGER NOT NULL DEFAULT 0,
      findings   INTEGER NOT NULL DEFAULT 0,
      category   TEXT,
      score      REAL,
      fault      TEXT
    ) STRICT;
    CREATE INDEX site_due ON site (due) WHERE watched = 1;
    CREATE TABLE page (
      site       INTEGER NOT NULL REFERENCES site (id),
      key        INTEGER NOT NULL,
      kind       INTEGER NOT NULL,
      url        TEXT NOT NULL,
      depth      INTEGER NOT NULL,
      rank       INTEGER NOT NULL,
      found_on   INTEGER,
      due        INTEGER NOT NULL,
      interval   INTEGER NOT NULL,
      fetched    INTEGER,
      status     INTEGER,
      etag       TEXT,
      modified   TEXT,
      digest     BLOB CHECK (length(digest) = 32),
      edition    INTEGER,
      changes    INTEGER NOT NULL DEFAULT 0,
      failures   INTEGER NOT NULL DEFAULT 0,
      category   TEXT,
      score      REAL,
      evidence   BLOB CHECK (length(evidence) = 32),
      fault      TEXT,
      PRIMARY KEY (site, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE host (
      name         TEXT PRIMARY KEY,
      robots       BLOB,
      robots_state INTEGER NOT NULL,
      robots_read  INTEGER,
      robots_until INTEGER,
      next         INTEGER NOT NULL,
      failures     INTEGER NOT NULL,
      fault        TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE capture (
      id      INTEGER PRIMARY KEY,
      site    INTEGER NOT NULL REFERENCES site (id),
      page    INTEGER NOT NULL,
      time    INTEGER NOT NULL,
      file    TEXT NOT NULL,
      offset  INTEGER NOT NULL,
      payload BLOB NOT NULL CHECK (length(payload) = 32)
    ) STRICT;
    CREATE INDEX capture_page ON capture (site, page, id);
    CREATE TABLE recheck (
      site    INTEGER NOT NULL REFERENCES site (id),
      page    INTEGER NOT NULL,
      case_id TEXT NOT NULL,
      due     INTEGER NOT NULL,
      PRIMARY KEY (site, page, case_id)
    ) STRICT, WITHOUT ROWID;
    """
}
