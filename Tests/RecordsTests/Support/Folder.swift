import Foundation
import GRDB

@testable import Records

/// A folder of its own for a test; it goes when nobody holds the value any more.
final class Folder: Sendable {
  let path: String

  init() throws {
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("cordon-records-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    path = place.appendingPathComponent("data").path
  }

  deinit {
    try? FileManager.default.removeItem(
      atPath: (path as NSString).deletingLastPathComponent)
  }

  /// Runs SQL on the store from outside, past the journal.
  func meddle(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
    try outside { db in try db.execute(sql: sql, arguments: arguments) }
  }

  /// Opens the store from outside, past the journal.
  func outside<Value>(_ body: (Database) throws -> Value) throws -> Value {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(5)
    let queue = try DatabaseQueue(path: path + "/cordon.db", configuration: configuration)
    defer { try? queue.close() }
    return try queue.writeWithoutTransaction(body)
  }

  /// The permission bits of a file in the folder; nil where there is none.
  func mode(of file: String) -> Int? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path + file)
    return attributes?[.posixPermissions] as? Int
  }
}
