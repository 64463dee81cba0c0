import DomainNames
import Enforcement
import Foundation
import Records
import Synchronization
import Testing

@testable import Console

/// A desk on a record in a folder of its own, with people of every role.
final class DeskOffice: Sendable {
  /// The folder that holds the data directory.
  let folder: String
  let journal: Journal
  let desk: Desk
  let tokens: [String: String]
  private let clock: MovableClock

  var directory: String { folder + "/data" }

  private init(
    folder: String, journal: Journal, desk: Desk, tokens: [String: String], clock: MovableClock
  ) {
    self.folder = folder
    self.journal = journal
    self.desk = desk
    self.tokens = tokens
    self.clock = clock
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The folder of this package's sources.
  static let package = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..")
    .standardizedFileURL.path

  static func configuration(_ environment: [String: String] = [:]) throws -> CordonConfiguration {
    let base = [
      "CORDON_ASSESSMENT_POLICIES": package + "/Policies",
      "CORDON_CONSOLE_URL": "https://cordon.example",
      "CORDON_PROTECTED": "safe.venue-one.com",
    ]
    var values = ConfigurationValues()
    try values.readStandards()
    try values.read(environment: base.merging(environment) { $1 })
    return try CordonConfiguration(values)
  }

  static func open(staffed: Bool = true) async throws -> DeskOffice {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("cordon-desk-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let clock = MovableClock()
    let journal = try Journal(
      directory: folder + "/data", origin: "log.example/test", clock: { clock.now })
    let desk = Desk(journal: journal, configuration: try configuration())
    var tokens: [String: String] = [:]
    if staffed {
      for (name, role) in [
        ("ada", "administrator"), ("carl", "clerk"), ("olga", "officer"), ("otto", "officer"),
        ("rita", "reviewer"), ("axel", "auditor"),
      ] {
        let talk = await desk.talk(.userAdd(name: name, role: role), token: tokens["ada"])
        tokens[name] = try #require(talk.lines.first?["token"] as? String)
      }
    }
    return DeskOffice(
      folder: folder, journal: journal, desk: desk, tokens: tokens, clock: clock)
  }

  func setClock(_ text: String) { clock.set(text) }

  /// Asks as someone; nil for nobody.
  func ask(
    _ task: DeskRequest.Task, as name: String? = nil, file: String = "", json: Bool = true
  ) async -> Talk {
    await desk.talk(
      task, token: name.flatMap { tokens[$0] }, file: Array(file.utf8), json: json)
  }

  /// Brings an order in; answers its number.
  func order(
    _ list: String, reference: String = "R-1", terms: [String: String] = [:],
    as name: String = "carl"
  ) async throws -> String {
    let talk = await ask(
      .orderImport(.list(reference: reference, terms)), as: name, file: list)
    return try #require(talk.lines.first?["id"] as? String, "\(talk.errors)")
  }
}

final class MovableClock: Sendable {
  private let moment = Mutex(Instant("2018-08-24T12:00:00Z")!)

  var now: Instant { moment.withLock { $0 } }
  func set(_ text: String) { moment.withLock { $0 = Instant(text)! } }
}

extension OrderInput {
  /// A plain list of names, with the terms as flags.
  static func list(reference: String = "R-1", _ more: [String: String] = [:]) -> OrderInput {
    let terms = [
      "reference": reference, "authority": "Example Supervisor", "basis": "a law",
      "issued": "2018-08-23", "expires": "2019-08-24",
    ]
    return OrderInput(
      fileName: "list.txt", format: "text", terms: terms.merging(more) { $1 })
  }
}

/// What came of asking.
struct Talk: Sendable {
  let code: ExitCode
  let output: String
  let errors: [String]

  /// The output as JSON, a line each.
  var lines: [[String: Any]] {
    output.split(separator: "\n").compactMap {
      (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any]
    }
  }
}

extension Desk {
  func talk(
    _ task: DeskRequest.Task, token: String? = nil, file: [UInt8] = [], json: Bool = true
  ) async -> Talk {
    let collector = Collector()
    let code = await handle(
      DeskRequest(task: task, token: token, json: json), file: file, output: collector.output)
    return collector.talk(code)
  }
}

/// Takes what a verb tells.
final class Collector: Sendable {
  private let taken = Mutex<(out: [UInt8], err: [String])>(([], []))

  var output: DeskOutput {
    DeskOutput(
      out: { octets in self.taken.withLock { $0.out += octets } },
      err: { text in self.taken.withLock { $0.err.append(text) } })
  }

  func talk(_ code: ExitCode) -> Talk {
    taken.withLock { taken in
      Talk(code: code, output: String(decoding: taken.out, as: UTF8.self), errors: taken.err)
    }
  }
}
