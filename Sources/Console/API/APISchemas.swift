internal import Enforcement

/// The shapes that stand under names of their own in the description.
enum APISchemas {
  /// All of them.
  static let all: [String: APISchema] = house.merging(policies) { $1 }
    .merging(accounts) { $1 }.merging(sanctions) { $1 }.merging(desk) { $1 }
    .merging(appeals) { $1 }.merging(numbers) { $1 }

  /// A text of names, numbers and words.
  static let word = APISchema.text(1...200)
  /// What a person writes.
  static let writing = APISchema.text(1...8_000)
  static let number = APISchema.text(1...24)
  static let slug = APISchema.text(1...40)
  /// An entry's number on the record.
  static let entry = APISchema.count

  static func words<Word: RawRepresentable & CaseIterable>(
    _ type: Word.Type
  ) -> APISchema where Word.RawValue == String {
    .word(type.allCases.map(\.rawValue))
  }

  /// A list under `items`, with the way on.
  static func listing(of name: String) -> APISchema {
    .object([
      .need("items", .list(.named(name), atMost: 1_000), "the entries"),
      .may("next", number, "the `cursor` for the entries that follow; absent where there are none"),
    ])
  }

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
      .need("role", words(Role.self), "the role"),
      .need("permissions", .list(.text(1...60), atMost: 40), "what the role allows"),
      .need("added", .moment, "since when"),
    ]),
    "Reason": .object([.need("reason", writing, "why, in writing")]),
  ]
}
