internal import Hummingbird

/// The description of the API (OpenAPI 3.1), made from the table that the router is made from.
struct OpenAPIDocument {
  let routes: [APIRoute]
  let address: String

  init(desk: Desk) {
    routes = APITable(desk: desk).routes
    address = desk.configuration.consoleURL
  }

  /// The document.
  var value: JSONValue {
    [
      "openapi": "3.1.0",
      "info": [
        "title": "Cordon", "version": .text(ProgramVersion.text),
        "summary": "Decisions on venues, sites and accounts, each on the record.",
        "license": ["name": "Apache License 2.0", "identifier": "Apache-2.0"],
      ],
      "servers": [["url": .text(address)]],
      "paths": paths,
      "components": [
        "schemas": .object(APISchemas.all.mapValues(\.described)),
        "securitySchemes": [
          "token": [
            "type": "http", "scheme": "bearer",
            "description": "The token of a person or a platform: `cordon user token NAME`.",
          ]
        ],
      ],
    ]
  }

  private var paths: JSONValue {
    .object(
      Dictionary(grouping: routes, by: \.path).mapValues { sharing in
        .object(
          Dictionary(
            sharing.map { ($0.method.rawValue.lowercased(), Self.operation($0)) }
          ) { $1 })
      })
  }

  private static func operation(_ route: APIRoute) -> JSONValue {
    var members: [String: JSONValue] = [
      "operationId": .text(route.operation), "summary": .text(route.summary),
      "description": .text(route.access.sentence), "responses": responses(route),
      "security": route.access == .anyone ? [] : [["token": []]],
      "tags": [.text(route.tag)],
    ]
    let parameters = parameters(route)
    if !parameters.isEmpty { members["parameters"] = .list(parameters) }
    if let body = route.body {
      members["requestBody"] = [
        "required": .flag(body.isRequired),
        "description": .text("At most \(body.limit) octets."),
        "content": [body.mediaType: ["schema": body.schema.described]],
      ]
    }
    return .object(members)
  }

  private static func parameters(_ route: APIRoute) -> [JSONValue] {
    var parameters: [JSONValue] = route.parameters.map { name in
      [
        "name": .text(name), "in": "path", "required": true,
        "schema": APISchema.text(1...400).described,
      ]
    }
    parameters += route.query.map { parameter in
      [
        "name": .text(parameter.name), "in": "query", "schema": parameter.schema.described,
        "description": .text(parameter.meaning),
      ]
    }
    if route.takesKey {
      parameters.append([
        "name": "Idempotency-Key", "in": "header", "schema": APISchema.text(1...200).described,
        "description":
          "The same key with the same request is answered again, for a day, and done once.",
      ])
    }
    return parameters
  }

  private static func responses(_ route: APIRoute) -> JSONValue {
    var responses: [String: JSONValue] = [
      "\(route.status.code)": [
        "description": .text(route.status.reasonPhrase),
        "content": [route.answerType: ["schema": route.answer.described]],
      ]
    ]
    for status in route.documentedProblems {
      var response: [String: JSONValue] = [
        "description": .text(status.reasonPhrase),
        "content": [APIProblem.mediaType: ["schema": APISchema.named("Problem").described]],
      ]
      if status == .tooManyRequests {
        response["headers"] = [
          "Retry-After": [
            "description": "Seconds to wait.", "required": true,
            "schema": APISchema.integer(1...86_400).described,
          ]
        ]
      }
      responses["\(status.code)"] = .object(response)
    }
    return .object(responses)
  }
}

extension APIRoute {
  /// What may go wrong.
  var documentedProblems: [HTTPResponse.Status] {
    var statuses = Set(problems.map(\.code)).union([400, 500, 503])
    switch access {
    case .anyone: statuses.insert(401)
    case .member: statuses.insert(401)
    case .staff, .platform: statuses.formUnion([401, 403])
    }
    if body != nil { statuses.formUnion([413, 415, 422]) }
    if takesKey { statuses.formUnion([409, 422, 429]) }
    return statuses.sorted().map { HTTPResponse.Status(code: $0) }
  }

  /// What it is about: the first word of its address.
  var tag: String {
    let parts = path.split(separator: "/").dropFirst(2).filter { !$0.hasPrefix("{") }
    return parts.first.map(String.init) ?? "description"
  }
}

extension APIRoute.Access {
  /// Who may ask, in a sentence.
  var sentence: String {
    switch self {
    case .anyone: "Needs no token."
    case .member: "For everyone with a token."
    case .staff: "For people of the house; what their role allows is decided case by case."
    case .platform: "For people of the house, and for the platform itself."
    }
  }
}
