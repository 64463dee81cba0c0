internal import Enforcement
internal import Hummingbird

/// All routes of the API, in the order in which they are described.
struct APITable: Sendable {
  let desk: Desk

  /// The routes.
  var routes: [APIRoute] {
    house + platforms + accounts + infractions + sanctions + policies + batches + leads + appeals
      + reports
  }

  /// What a number or a name that leads nowhere is answered with.
  static let unknown: [HTTPResponse.Status] = [.notFound]
  /// What decisions may be refused with.
  static let decisions: [HTTPResponse.Status] = [.notFound, .forbidden, .conflict]
}

// MARK: - The house

extension APITable {
  private var house: [APIRoute] {
    let desk = desk
    return [
      APIRoute(
        method: .get, path: "/api/openapi.json", operation: "describe",
        summary: "This description.", access: .anyone, answer: .anything,
        handler: .whole { _ in try APIReply(plain: OpenAPIDocument(desk: desk).value) }),
      APIRoute(
        method: .get, path: "/api/v1/people/me", operation: "whoAmI",
        summary: "Whose token this is, and what it allows.", access: .member,
        answer: .named("Person"),
        handler: .whole { call in
          guard let caller = call.caller else { throw APIProblem.noToken }
          return try APIReply(PersonReply(caller))
        }),
    ]
  }
}

/// Someone who may act, as programs are told.
struct PersonReply: Encodable, Sendable {
  let name: String
  let role: String
  let permissions: [String]
  let added: Instant

  init(_ person: Person) {
    name = person.name.text
    role = person.role.rawValue
    permissions = person.role.permissions.map(\.word).sorted()
    added = person.added
  }
}

extension Permission {
  /// The permission in a word.
  var word: String { "\(self)" }
}

/// Why someone decides.
struct ReasonInput: Decodable, Sendable {
  var reason: String
}
