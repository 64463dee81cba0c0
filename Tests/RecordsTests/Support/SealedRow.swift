import Foundation
import GRDB

/// A sealed value as it stands in the store.
struct SealedRow {
  let entry: UInt64
  let name: String
  let salt: [UInt8]
  let value: [UInt8]

  static func all(in db: Database) throws -> [SealedRow] {
    try Row.fetchAll(db, sql: "SELECT entry, name, salt, value FROM sealed_field").map { row in
      SealedRow(
        entry: UInt64(row["entry"] as Int64), name: row["name"],
        salt: Array(row["salt"] as Data), value: Array(row["value"] as Data))
    }
  }
}
