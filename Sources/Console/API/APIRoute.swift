internal import Enforcement
internal import Hummingbird
internal import Records

/// One address of the API: what it takes, who may ask, what it answers, and who does it.
///
/// The router is built from these, and so is the description at `/api/openapi.json`: neither can say
/// what the other does not.
struct APIRoute: Sendable {
  /// Who may ask.
  enum Access: String, Sendable {
    /// Everyone; what is asked with, such as an appeal's token, is the proof.
    case anyone
    /// Everyone with a token.
    case member
    /// People of the house; not platforms.
    case staff
    /// People of the house, and the platform that the address names.
    case platform
  }

  /// Who does it.
  enum Handler: Sendable {
    /// Takes a whole body, answers JSON.
    case whole(@Sendable (APICall) async throws -> APIReply)
    /// Takes the body as it comes.
    case streamed(@Sendable (APICall, Request) async throws -> Response)
  }

  let method: HTTPRequest.Method
  /// The address, `/api/v1/platforms/{platform}`.
  let path: String
  /// Its name in programs that are made from the description.
  let operation: String
  let summary: String
  let access: Access
  var query: [APIParameter] = []
  var body: APIBody?
  var status: HTTPResponse.Status = .ok
  let answer: APISchema
  /// The media type of the answer.
  var answerType = "application/json"
  /// What may go wrong, besides what may go wrong with every request of this kind.
  var problems: [HTTPResponse.Status] = []
  let handler: Handler

  /// Whether it changes something, so that a key may make it safe to repeat.
  var takesKey: Bool {
    switch handler {
    case .whole: method == .post || method == .put
    case .streamed: false
    }
  }

  /// The names in braces.
  var parameters: [String] {
    path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
      String($0.dropFirst().dropLast())
    }
  }

  /// The address as the router writes it, `/api/v1/platforms/:platform`.
  var routerPath: RouterPath {
    RouterPath(
      path.split(separator: "/").map { part in
        part.hasPrefix("{") ? "/:" + part.dropFirst().dropLast() : "/" + part
      }.joined())
  }
}

/// Something that may stand in the query.
struct APIParameter: Sendable {
  let name: String
  let schema: APISchema
  let meaning: String

  /// How lists are read on.
  static let paging = [
    APIParameter(name: "limit", schema: .integer(1...500), meaning: "the most entries; 100"),
    APIParameter(
      name: "cursor", schema: .text(1...60), meaning: "what `next` of the answer before holds"),
  ]
}

extension APIParameter {
  /// Whose things a list holds.
  static let whose = [
    APIParameter(name: "platform", schema: APISchemas.slug, meaning: "only those of a platform"),
    APIParameter(
      name: "account", schema: .text(1...260),
      meaning: "only those of an account: its number, or PLATFORM/ID"),
  ]
}

extension APICall {
  /// Whose things are asked for, by ``APIParameter/whose``.
  func scope(_ desk: Desk) throws -> ListScope {
    try desk.scope(platform: query["platform"], account: query["account"])
  }
}

/// What a request brings along.
struct APIBody: Sendable {
  let schema: APISchema
  var mediaType = "application/json"
  /// The most octets.
  var limit = 64 << 10
  var isRequired = true
}

/// A request, read and checked.
struct APICall: Sendable {
  /// Who asks; nil where no token came and none is needed.
  let caller: Person?
  /// What stands in the place of the names in braces.
  let parameters: [String: String]
  /// What stands in the query.
  let query: [String: String]
  /// The body, as it was described.
  let body: [UInt8]
  /// The language that the reader wants.
  let language: Language

  /// Who acts.
  func actor() throws(APIProblem) -> Actor {
    guard let caller else { throw .noToken }
    return .person(caller.name)
  }

  /// A part of the address.
  subscript(_ name: String) -> String { parameters[name] ?? "" }

  /// The body as a value; its shape was checked against the description before.
  func decoded<Value: Decodable>(_ type: Value.Type) throws(APIProblem) -> Value {
    do {
      return try APIText.decode(type, from: body)
    } catch {
      throw .unprocessable("the body cannot be read: \(APIText.reason(error))")
    }
  }

  /// How much of a list is wanted.
  func page() throws(APIProblem) -> APIPage {
    let limit = query["limit"].map { Int($0) } ?? 100
    guard let limit, (1...500).contains(limit) else { throw .badCursor }
    return APIPage(limit: limit, after: query["cursor"])
  }
}

/// What is answered.
struct APIReply: Sendable {
  let octets: [UInt8]
  var location: String?

  init(_ value: some Encodable, location: String? = nil) throws {
    octets = try APIText.encode(value)
    self.location = location
  }

  /// A value whose names stay as they are.
  init(plain value: JSONValue) throws {
    octets = try JSONText.encode(value)
  }
}
