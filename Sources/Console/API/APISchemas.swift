internal import Enforcement

/// The shapes that stand under names of their own in the description.
enum APISchemas {
  /// All of them.
  static let all: [String: APISchema] = house

  private static let house: [String: APISchema] = [
    "Problem": .object([
      .need("type", .text(0...200), "about:blank: the code says it all"),
      .need("title", .text(0...200), "the status in words"),
      .need("status", .integer(100...599), "the status"),
      .need("detail", .text(0...4_000), "what is wrong, where, and what to do"),
      .need("code", .text(1...60), "the rule that was broken, as a word that never changes"),
    ]),
    "Person": .object([
      .need("name", .text(1...64), "the name that decisions bear"),
      .need("role", .word(Role.allCases.map(\.rawValue)), "the role"),
      .need("permissions", .list(.text(1...60), atMost: 40), "what the role allows"),
      .need("added", .moment, "since when"),
    ]),
  ]
}
