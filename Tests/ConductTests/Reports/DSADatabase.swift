import Foundation
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A database that takes statements as the DSA Transparency Database is described to: a batch whole
/// or not at all, "found" told by 302, no number used twice.
final class DSADatabase: Sendable {
  static let token = "7|secret-of-the-platform"

  struct State {
    var stored: [String: String] = [:]
    var posts = 0
    /// How many of the next answers to a batch get lost, after it was stored.
    var losesAnswers = 0
    /// How many of the next requests are answered 429.
    var isBusy = 0
    /// Numbers of statements that it refuses.
    var refused: Set<String> = []
  }

  let state = Mutex(State())

  /// Runs it on a free port of loopback for as long as the body takes.
  func serve<Value: Sendable>(
    _ body: @escaping @Sendable (String) async throws -> Value
  ) async throws -> Value {
    let router = Router()
    router.get("/api/v1/statement/existing-puid/:puid") { request, context in
      if let refusal = self.refusal(of: request) { return refusal }
      let puid = context.parameters.get("puid") ?? ""
      let isThere = self.state.withLock { $0.stored[puid] != nil }
      return try Self.json(isThere ? .found : .notFound, ["message": "statement", "puid": puid])
    }
    router.post("/api/v1/statements") { request, _ in
      if let refusal = self.refusal(of: request) { return refusal }
      let body = try await request.body.collect(upTo: 4 << 20)
      return try self.take(Data(body.readableBytesView))
    }
    let (ports, told) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "dsa-database")
    logger.logLevel = .critical
    let app = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in told.yield(channel.localAddress?.port ?? 0) }, logger: logger)
    return try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask {
        try await app.runService(gracefulShutdownSignals: [])
        return nil
      }
      group.addTask {
        for await port in ports { return try await body("http://127.0.0.1:\(port)") }
        return nil
      }
      for try await value in group {
        if let value {
          group.cancelAll()
          return value
        }
      }
      throw CancellationError()
    }
  }

  private func refusal(of request: Request) -> Response? {
    guard request.headers[.authorization] == "Bearer \(Self.token)" else {
      return Response(status: .unauthorized)
    }
    let isBusy = state.withLock { state in
      guard state.isBusy > 0 else { return false }
      state.isBusy -= 1
      return true
    }
    return isBusy ? Response(status: .tooManyRequests) : nil
  }

  private func take(_ body: Data) throws -> Response {
    let batch = try JSONSerialization.jsonObject(with: body) as? [String: Any]
    let statements = batch?["statements"] as? [[String: Any]] ?? []
    var errors: [String: Any] = [:]
    for (place, statement) in statements.enumerated() {
      var faults = Self.faults(of: statement)
      if let puid = statement["puid"] as? String, state.withLock({ $0.refused.contains(puid) }) {
        faults["category"] = ["The selected category is invalid."]
      }
      if !faults.isEmpty { errors["statement_\(place)"] = faults }
    }
    if statements.isEmpty || statements.count > 100 {
      errors["statements"] = ["The statements field must have between 1 and 100 items."]
    }
    guard errors.isEmpty else { return try Self.json(.unprocessableContent, ["errors": errors]) }
    let puids = statements.compactMap { $0["puid"] as? String }
    let known = state.withLock { state in puids.filter { state.stored[$0] != nil } }
    guard known.isEmpty else {
      return try Self.json(
        .unprocessableContent,
        [
          "message": "duplicate",
          "errors": [
            "puid": ["The platform unique identifier is taken."], "existing_puids": known,
          ],
        ])
    }
    let losesAnswer = state.withLock { state in
      state.posts += 1
      for puid in puids { state.stored[puid] = UUID().uuidString.lowercased() }
      guard state.losesAnswers > 0 else { return false }
      state.losesAnswers -= 1
      return true
    }
    guard !losesAnswer else { throw ConnectionLost() }
    let stored = state.withLock { state in
      puids.map { ["puid": $0, "uuid": state.stored[$0] ?? ""] }
    }
    return try Self.json(.created, ["statements": stored])
  }

  /// What the rules of the schema that every statement must keep find wrong.
  private static func faults(of statement: [String: Any]) -> [String: [String]] {
    var faults: [String: [String]] = [:]
    let required = [
      "puid", "decision_ground", "category", "content_type", "content_date", "application_date",
      "decision_facts", "source_type", "automated_detection", "automated_decision",
    ]
    for field in required where statement[field] == nil {
      faults[field] = ["The \(field) field is required."]
    }
    let decisions = [
      "decision_visibility", "decision_monetary", "decision_provision", "decision_account",
    ]
    if decisions.allSatisfy({ statement[$0] == nil }) {
      faults["decision_account"] = ["One decision is required."]
    }
    for (field, value) in statement where value is NSNull {
      faults[field] = ["The \(field) field must not be null."]
    }
    if (statement["category"] as? String)?.hasPrefix("STATEMENT_CATEGORY_") != true {
      faults["category"] = ["The selected category is invalid."]
    }
    return faults
  }

  private static func json(_ status: HTTPResponse.Status, _ value: [String: Any]) throws -> Response
  {
    let data = try JSONSerialization.data(withJSONObject: value)
    return Response(
      status: status, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
  }
}

/// Stands for an answer that never arrives: the server breaks off after it has stored the batch.
struct ConnectionLost: Error, HTTPResponseError {
  var status: HTTPResponse.Status { .badGateway }
  func response(from request: Request, context: some RequestContext) throws -> Response {
    // More octets are promised than come, so that the connection ends in the middle.
    Response(
      status: .created, headers: [.contentLength: "1000"],
      body: ResponseBody { writer in
        try await writer.write(ByteBuffer(string: "{"))
        throw CancellationError()
      })
  }
}
