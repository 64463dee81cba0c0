import DomainNames
import Enforcement
import Foundation
import Gate
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Records
import Synchronization
import Testing

@testable import Console

/// A small office: a record in a directory of its own, a clock that stands still, three people, and
/// the console's pages served to whoever asks.
final class WebOffice: Sendable {
  static let start = "2026-06-01T12:00:00Z"
  /// The word that stands in everything that must never be public.
  static let canary = "zqcanary"

  let journal: Journal
  let desk: Desk
  let directory: String
  /// The least that orders can be assessed by, which is read faster than what is installed.
  private static func writeGrounds(in directory: String) throws {
    let folder = directory + "/policies/guard"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let suffixes = "// ===BEGIN ICANN DOMAINS===\ncom\n// ===END ICANN DOMAINS===\n"
    try Data(suffixes.utf8).write(to: URL(fileURLWithPath: directory + "/suffixes"))
    let list = "kind: app-store\ndecision: hold\nnames:\n  - name: cordon-sample-shop.com\n"
    try Data(list.utf8).write(to: URL(fileURLWithPath: folder + "/app-store.yaml"))
  }

  private let clock: ClockBox
  private let tokens: Mutex<[String: String]> = Mutex([:])

  init(url: String = "http://console.test:8480", blockPage: [String] = []) async throws {
    directory =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("cordon-web-\(UUID().uuidString)").path
    let clock = ClockBox(try #require(Instant(Self.start)))
    self.clock = clock
    journal = try Journal(directory: directory, origin: "log.test/cordon", clock: { clock.now })
    try Self.writeGrounds(in: directory)
    var configuration = try CordonConfiguration.load(
      path: nil,
      environment: [
        "CORDON_CONSOLE_URL": url, "CORDON_ASSESSMENT_POLICIES": directory + "/policies",
        "CORDON_ASSESSMENT_SUFFIX_LIST": directory + "/suffixes",
        "CORDON_GATE_BLOCK_PAGE": blockPage.joined(separator: ","),
      ])
    configuration.console = ListenAddress(address: "127.0.0.1", port: 0)
    desk = Desk(journal: journal, configuration: configuration)
    var administrator: Actor?
    for (name, role) in [
      ("ada", Role.administrator), ("importer", .officer), ("confirmer", .officer),
    ] {
      let person = try #require(PersonName("\(Self.canary).\(name)"))
      let token = AccessToken.make()
      _ = try await desk.record(
        .addPerson(person, role, tokenDigest: AccessToken.digest(of: token)),
        by: administrator ?? .system)
      if administrator == nil { administrator = .person(person) }
      tokens.withLock { $0[name] = token }
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  /// Sets the clock.
  func set(_ text: String) throws { clock.now = try #require(Instant(text)) }

  /// Does a verb, as someone.
  func act(_ task: DeskRequest.Task, as name: String, file: String = "") async throws {
    let said = Mutex("")
    let output = DeskOutput(
      out: { _ in }, err: { text in said.withLock { $0 += text } })
    let code = await desk.handle(
      DeskRequest(task: task, token: tokens.withLock { $0[name] }), file: Array(file.utf8),
      output: output)
    #expect(code == .done, "\(said.withLock { $0 })")
  }

  /// Brings an order in; it waits for its confirmation.
  func receive(_ order: SampleOrder = SampleOrder()) async throws -> OrderID {
    let before = Set(journal.register.orders.keys)
    try await act(
      .orderImport(OrderInput(fileName: "order.json", format: "json")), as: "importer",
      file: try order.text)
    return try #require(Set(journal.register.orders.keys).subtracting(before).first)
  }

  func confirm(_ id: OrderID) async throws {
    try await act(.orderConfirm(id: id.text, reason: "\(Self.canary) seen"), as: "confirmer")
  }

  /// Brings an order into force.
  func enforce(_ order: SampleOrder = SampleOrder()) async throws -> OrderID {
    let id = try await receive(order)
    try await confirm(id)
    return id
  }
}

/// A clock that stands where it was set.
final class ClockBox: Sendable {
  private let time: Mutex<Instant>

  init(_ start: Instant) { time = Mutex(start) }

  var now: Instant {
    get { time.withLock { $0 } }
    set { time.withLock { $0 = newValue } }
  }
}

/// An order file, with a canary wherever something private stands.
struct SampleOrder {
  var reference = "REF-2026-1"
  var authority = "Example Supervisor"
  var basis = "Example Act s. 1"
  var effective = "2026-05-01T00:00:00Z"
  var expires = "2027-01-01T00:00:00Z"
  var mode = "block"
  var answer = "nxdomain"
  var names = ["cordon-sample-alpha.com", "cordon-sample-beta.com"]
  var scope = "subtree"

  var text: String {
    get throws {
      let canary = WebOffice.canary
      let targets = names.map {
        ["name": $0, "scope": scope, "party": "\(canary) party", "note": "\(canary) remark"]
      }
      let order: [String: Any] = [
        "reference": reference, "authority": authority, "basis": basis, "issued": "2026-04-01",
        "effective": effective, "expires": expires, "mode": mode, "answer": answer,
        "contact": "\(canary)@authority.test", "note": "\(canary) note", "targets": targets,
        "jurisdiction": "XX",
      ]
      return String(decoding: try JSONSerialization.data(withJSONObject: order), as: UTF8.self)
    }
  }
}

/// A reader of pages, who asks the rooms as the server does, without a wire between them.
struct WebReader: Sendable {
  static let ownHost = "console.test:8480"

  struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    func field(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    /// A member of the JSON object that was answered.
    subscript(_ name: String) -> Any? {
      let json = try? JSONSerialization.jsonObject(with: Data(text.utf8))
      return (json as? [String: Any])?[name]
    }
  }

  let responder: RouterResponder<BasicRequestContext>

  init(_ desk: Desk) throws {
    responder = try WebRooms(
      desk: desk, listening: ListenAddress(address: "127.0.0.1", port: 8480),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ).router().buildResponder()
  }

  func get(
    _ path: String, host: String? = ownHost, _ headers: [String: String] = [:]
  ) async throws -> Answer {
    try await ask(path, .get, host: host, headers)
  }

  /// Sends the form of a contest.
  func contest(
    _ fields: [String: String], host: String? = ownHost, _ headers: [String: String] = [:]
  ) async throws -> Answer {
    let form = fields.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&")
    var all = headers
    all["content-type"] = all["content-type"] ?? "application/x-www-form-urlencoded"
    return try await ask("/contest", .post, host: host, all, body: form)
  }

  func ask(
    _ path: String, _ method: HTTPRequest.Method, host: String? = ownHost,
    _ headers: [String: String] = [:], body: String = ""
  ) async throws -> Answer {
    var fields = HTTPFields()
    for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
    let request = Request(
      head: HTTPRequest(
        method: method, scheme: "http", authority: host, path: path, headerFields: fields),
      body: RequestBody(buffer: ByteBuffer(string: body)))
    let context = BasicRequestContext(
      source: ApplicationRequestContextSource(
        channel: NIOAsyncTestingChannel(),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    let response = try await responder.respond(to: request, context: context)
    let text = CollectedText()
    try await response.body.write(text)
    return Answer(
      status: response.status.code, headers: response.headers, text: text.text.withLock { $0 })
  }

  static func encoded(_ text: String) -> String {
    text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

/// The body of an answer.
private final class CollectedText: ResponseBodyWriter, Sendable {
  let text = Mutex("")

  func write(_ buffer: ByteBuffer) async throws {
    text.withLock { $0 += String(buffer: buffer) }
  }

  func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension WebOffice {
  /// Lets someone read the pages.
  func serving(_ body: (WebReader) async throws -> Void) async throws {
    try await body(try WebReader(desk))
  }
}
