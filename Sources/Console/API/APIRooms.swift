internal import Crypto
internal import Enforcement
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Records

/// The API for programs: the routes of its table, with the same checks before each.
///
/// It holds no rule of its own. In order: who asks, whether the address is theirs, whether query and
/// body are as described, whether the request was done before; then the route does its work.
struct APIRooms: Sendable {
  let desk: Desk
  let logger: Logger
  let routes: [APIRoute]

  init(desk: Desk, logger: Logger) {
    self.desk = desk
    self.logger = logger
    routes = APITable(desk: desk).routes
  }

  /// The methods that an address may be asked with.
  private static let methods: [HTTPRequest.Method] = [
    .get, .post, .put, .patch, .delete, .options, .trace,
  ]

  /// Adds all routes, and what tells programs of methods that an address does not answer.
  func add(to router: Router<BasicRequestContext>) {
    for (path, sharing) in Dictionary(grouping: routes, by: \.path) {
      for route in sharing {
        router.on(route.routerPath, method: route.method) { request, context in
          await answer(request, context.parameters, route)
        }
      }
      let taken = sharing.map(\.method)
      let allowed = taken + (taken.contains(.get) ? [.head] : [])
      for method in Self.methods where !taken.contains(method) {
        router.on(sharing[0].routerPath, method: method) { _, _ in
          Self.response(to: .method(allowed))
        }
      }
      assert(path.hasPrefix("/api/"))
    }
  }

  private func answer(
    _ request: Request, _ parameters: Parameters, _ route: APIRoute
  ) async -> Response {
    do {
      return try await perform(request, parameters, route)
    } catch {
      return Self.response(to: problem(error, route))
    }
  }

  private func problem(_ fault: any Error, _ route: APIRoute) -> APIProblem {
    if case let fault as StoreError = fault {
      logger.error("the record failed a program", metadata: ["operation": "\(route.operation)"])
      logger.debug("\(fault)")
    }
    if let problem = APIProblem(fault) { return problem }
    // The fault's own words may hold what was sent.
    logger.error(
      "an answer could not be made",
      metadata: ["operation": "\(route.operation)", "fault": "\(type(of: fault))"])
    return .broken
  }

  /// A problem as it is sent.
  static func response(to problem: APIProblem) -> Response {
    let octets = (try? APIText.encode(APIProblemDocument(problem))) ?? []
    var headers: HTTPFields = [.contentType: APIProblem.mediaType]
    for field in problem.headers { headers[field.name] = field.value }
    return Response(
      status: problem.status, headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: octets)))
  }
}

// MARK: - One request

extension APIRooms {
  private func perform(
    _ request: Request, _ parameters: Parameters, _ route: APIRoute
  ) async throws -> Response {
    var named: [String: String] = [:]
    for name in route.parameters {
      guard let text = (parameters.get(name) ?? "").removingPercentEncoding else {
        throw APIProblem.malformed("the address cannot be read")
      }
      named[name] = text
    }
    let caller = try caller(of: request)
    try Self.demand(route.access, of: caller, platform: named["platform"])
    let query = try Self.query(of: request, route)
    let language = Preference(request).language
    switch route.handler {
    case .streamed(let handle):
      let call = APICall(
        caller: caller, parameters: named, query: query, body: [], language: language)
      try Self.demandMedia(request, route)
      return try await handle(call, request)
    case .whole(let handle):
      let call = APICall(
        caller: caller, parameters: named, query: query, body: try await body(request, route),
        language: language)
      guard route.takesKey, let key = try Self.key(of: request) else {
        return Self.response(try await handle(call), route)
      }
      return try await once(key, call, request, route, handle)
    }
  }

  /// Whose token came along.
  ///
  /// It is looked up by its SHA-256: how long that takes says nothing about any token.
  private func caller(of request: Request) throws -> Person? {
    guard let field = request.headers[.authorization] else { return nil }
    let parts = field.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 200 else {
      throw APIProblem.badToken
    }
    guard let person = try desk.person(withToken: String(parts[1])) else {
      throw APIProblem.badToken
    }
    return person
  }

  private static func demand(
    _ access: APIRoute.Access, of caller: Person?, platform: String?
  ) throws(APIProblem) {
    switch access {
    case .anyone: return
    case .member:
      guard caller != nil else { throw .noToken }
    case .staff:
      guard let caller else { throw .noToken }
      guard !caller.isPlatform else { throw .forbidden("this is for the people of the house") }
    case .platform:
      guard let caller else { throw .noToken }
      guard !caller.isPlatform || caller.name.text == platform else {
        throw .forbidden("\(caller.name) may only ask for what is its own")
      }
    }
  }

  private static func query(
    of request: Request, _ route: APIRoute
  ) throws(APIProblem) -> [String: String] {
    var query: [String: String] = [:]
    for (name, value) in request.uri.queryParameters {
      if name == "lang" { continue }
      guard let parameter = route.query.first(where: { $0.name == name }) else {
        let known = route.query.map(\.name).joined(separator: ", ")
        throw .malformed(
          "there is no parameter \(String(name.prefix(60)))"
            + (known.isEmpty ? " here" : "; there are \(known)"))
      }
      let text = String(value)
      let read = parameter.schema.isNumber ? Double(text).map { JSONValue.number($0) } : .text(text)
      guard let read, parameter.schema.fault(in: read) == nil else {
        throw .malformed("\(parameter.name) cannot be read: \(parameter.meaning)")
      }
      query[parameter.name] = text
    }
    return query
  }

  private static func demandMedia(_ request: Request, _ route: APIRoute) throws(APIProblem) {
    guard let body = route.body else { return }
    let media = request.headers[.contentType].flatMap { $0.split(separator: ";").first }
    guard media.map({ $0.lowercased().filter { $0 != " " } }) == body.mediaType else {
      throw .wrongMedia(body.mediaType)
    }
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > body.limit {
      throw .tooLarge(body.limit)
    }
  }

  private func body(_ request: Request, _ route: APIRoute) async throws -> [UInt8] {
    guard let wanted = route.body else { return [] }
    let isEmpty = request.headers[.contentLength].map { $0 == "0" } ?? false
    if !wanted.isRequired, isEmpty || request.headers[.contentType] == nil {
      return Array("{}".utf8)
    }
    try Self.demandMedia(request, route)
    let octets: [UInt8]
    do {
      octets = Array(try await request.body.collect(upTo: wanted.limit).readableBytesView)
    } catch is NIOTooManyBytesError {
      throw APIProblem.tooLarge(wanted.limit)
    } catch {
      // It broke off on its way: nobody is there to be told more.
      throw APIProblem.malformed("the body broke off")
    }
    guard let value = JSONValue(octets) else {
      throw APIProblem.malformed("the body is not JSON in UTF-8")
    }
    if let fault = wanted.schema.fault(in: value) { throw APIProblem.unprocessable(fault) }
    return octets
  }

  static func response(_ reply: APIReply, _ route: APIRoute) -> Response {
    response(
      AnswerBook.Answer(status: route.status.code, body: reply.octets, location: reply.location),
      type: route.answerType)
  }

  private static func response(_ answer: AnswerBook.Answer, type: String) -> Response {
    var headers: HTTPFields = [.contentType: type]
    if let location = answer.location { headers[.location] = location }
    return Response(
      status: HTTPResponse.Status(code: answer.status), headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
  }
}

// MARK: - Requests that may be sent again

extension APIRooms {
  /// The key that the request bears: 1 to 200 visible characters.
  private static func key(of request: Request) throws(APIProblem) -> String? {
    guard let key = request.headers[.idempotencyKey] else { return nil }
    guard (1...200).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { throw .malformed("Idempotency-Key has 1 to 200 visible ASCII characters") }
    return key
  }

  /// Does a request, or answers as it was answered before.
  ///
  /// What a crash leaves: before the work, a key that was taken and whose work is not done; after it,
  /// a key without an answer. Both look alike, so both are told as ``AnswerBook/Entry/lost``.
  private func once(
    _ key: String, _ call: APICall, _ request: Request, _ route: APIRoute,
    _ handle: @Sendable (APICall) async throws -> APIReply
  ) async throws -> Response {
    let book = try desk.conduct.answers()
    let scope = call.caller?.name.text ?? "anyone"
    let asked = "\(request.method.rawValue) \(request.uri.path)\n"
    let digest = Array(SHA256.hash(data: Array(asked.utf8) + call.body))
    switch try book.begin(key, of: scope, digest: digest) {
    case .done(let answer): return Self.response(answer, type: route.answerType)
    case .other:
      throw APIProblem(
        status: .unprocessableContent, code: "key-reused",
        detail: "this Idempotency-Key belongs to another request: take a new one")
    case .running:
      throw APIProblem(
        status: .conflict, code: "key-running",
        detail: "the request with this Idempotency-Key is still being done",
        headers: [.retryAfter: "1"])
    case .lost:
      throw APIProblem(
        status: .conflict, code: "outcome-unknown",
        detail: "the server ended while it did this request: look whether it took effect, and send"
          + " it with a new Idempotency-Key where it did not")
    case .full:
      throw APIProblem.busy(
        seconds: 60, "too many keys are in use: send the request later, or without one")
    case .new: break
    }
    let reply: APIReply
    do {
      reply = try await handle(call)
    } catch {
      if !error.leavesOutcomeOpen { try book.forget(key, of: scope) }
      throw error
    }
    let answer = AnswerBook.Answer(
      status: route.status.code, body: reply.octets, location: reply.location)
    try book.finish(key, of: scope, answer)
    return Self.response(answer, type: route.answerType)
  }
}

extension Error {
  /// Whether it is not known what is on the disk.
  fileprivate var leavesOutcomeOpen: Bool {
    switch self as? StoreError {
    case .database, .corrupt, .stopped: true
    case .inUse, .notWritable, .diskFull, .clockBehind, .newerSchema, .busy, .noEntry, nil: false
    }
  }
}

extension HTTPField.Name {
  static let idempotencyKey = HTTPField.Name("idempotency-key") ?? .ifMatch
}

extension APISchema {
  /// Whether it is read from a query as a number.
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .number: true
    case .text, .word, .flag, .list, .object, .eitherOf, .named, .anything: false
    }
  }
}

extension Person {
  /// Whether this is a platform, and no person of the house.
  var isPlatform: Bool { role.rawValue == "platform" }
}
