internal import GRDB

/// Compares the definitions of tables and indices with those that this program makes.
///
/// A definition that was changed can bend what is read and what may be written, while every row
/// stays as it was. What others added beside them is none of the record's.
enum SchemaCheck {
  /// What differs first, by name; nil where nothing does.
  static func firstDifference(in db: Database) throws -> String? {
    let made = try DatabaseQueue()
    try Schema.migrator().migrate(made)
    let expected = try made.read { try definitions($0) }
    let found = try definitions(db)
    return expected.keys.sorted().first { expected[$0] != found[$0] }.map {
      "the definition of \($0) in the database is not the program's: restore a copy of the file"
    }
  }

  private static func definitions(_ db: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT name, sql FROM sqlite_master
        WHERE type IN ('table', 'index') AND sql IS NOT NULL ORDER BY name
        """)
    return rows.reduce(into: [:]) { $0[$1["name"] as String] = $1["sql"] as String }
  }
}
