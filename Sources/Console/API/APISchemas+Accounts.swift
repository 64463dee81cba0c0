internal import Enforcement

// MARK: - Accounts and what they did

extension APISchemas {
  static let accounts: [String: APISchema] = [
    "AccountInput": .object([
      .need("id", word, "the platform's stable id"),
      .may("handle", word, "the handle it goes by now"),
      .may("filing", .text(1...100), "the number under which it is filed"),
      .may("category", slug, "such as personal, business or media"),
      .may("party", number, "who stands behind it"),
      .may("language", .text(2...35), "its holder's language"),
      .may("agreement", .text(1...100), "the version of the agreement that was accepted"),
      .may("opened", .moment, "when it was opened"),
    ]),
    "Registration": .object([
      .need("accounts", .list(.named("AccountInput"), atMost: 1_000), "the accounts")
    ]),
    "Account": .object([
      .need("id", number, "its number here"), .need("platform", slug, "its platform"),
      .may("key", word, "the platform's id; absent once erased"),
      .may("handle", word, "its handle"), .may("category", slug, "its category"),
      .may("party", number, "who stands behind it"),
      .may("language", .text(1...35), "its holder's language"),
      .need("points", .count, "what its strikes count now"),
      .need("strikes", .count, "how many strikes it has"),
      .need(
        "standing", .word(["clear"] + SanctionKind.allCases.map(\.rawValue)),
        "clear, or the gravest sanction in effect"),
      .may("until", .moment, "when that ends"), .need("since", .moment, "since when it is known"),
      .may("reviewed", .moment, "when it was reviewed; absent where nobody has"),
      .need("marked", .flag, "whether it bears the mark of those entitled to political news"),
      .may("hold", .text(0...8_000), "why nothing about it may be erased"),
      .may("erased", .moment, "when its personal data was erased"),
    ]),
    "Accounts": listing(of: "Account"),
    "AccountDetail": .object([
      .need("account", .named("Account"), "the account"),
      .may("filing", .text(1...100), "the number under which it is filed"),
      .need("former_handles", .list(word, atMost: 64), "handles it went by before"),
      .may("agreement", .text(1...100), "the agreement that was accepted"),
      .may("opened", .moment, "when it was opened"),
      .may("review", .named("Review"), "what its newest review found"),
      .need("strikes", .list(.named("Strike"), atMost: 200), "its strikes, the newest 200"),
      .need("sanctions", .list(.named("Sanction"), atMost: 10_000), "its sanctions"),
      .need("infractions", .list(.named("Infraction"), atMost: 200), "the newest 200"),
      .need("leads", .list(.named("Lead"), atMost: 100), "what it shares with others"),
    ]),
    "ReviewInput": .object([
      .need("category", slug, "the category under which it is filed"),
      .may("filing", .text(1...100), "the number under which it is filed"),
      .may(
        "news_permit", .text(1...100),
        "the permit under which it may post political news; without it the account bears no mark"),
      .may(
        "reviewer", .text(1...100),
        "who looked, where a platform tells of its own people; people of the house review under"
          + " their own names"),
      .may("at", .moment, "when, where a platform tells of it; now where absent"),
    ]),
    "Review": .object([
      .need("reviewer", .text(1...100), "who looked"), .need("at", .moment, "when"),
      .need("category", slug, "the category under which it is filed"),
      .may("filing", .text(1...100), "the number under which it is filed"),
      .need("marked", .flag, "whether it bears the mark of those entitled to political news"),
      .may("news_permit", .text(1...100), "the permit behind that mark"),
    ]),
    "Strike": .object([
      .need("infraction", number, "the infraction"), .need("at", .moment, "when"),
      .need("points", .count, "what it counted at first"),
      .need("counts", .count, "what it counts now"),
      .need("gravity", words(Gravity.self), "how grave it is"),
      .may("expires", .moment, "when it stops counting"),
      .may("overturned", .moment, "when it was found wrong"),
    ]),
    "Infraction": .object([
      .need("id", number, "its number"), .need("account", number, "whose it is"),
      .need("platform", .text(0...40), "where"), .may("key", word, "the platform's id"),
      .need("kind", slug, "what the rule makes of it"),
      .need("category", words(FindingCategory.self), "the verdict's category"),
      .need("score", .number(0...1), "the verdict's score"),
      .need("rule", .text(1...60), "the rule"),
      .need("state", words(InfractionState.self), "what became of it"),
      .may("held", words(Infraction.Hold.self), "why it waits for a person"),
      .need("published", .moment, "when it was posted"),
      .need("found", .moment, "when it was recorded"),
    ]),
    "Infractions": listing(of: "Infraction"),
    "InfractionDetail": .object([
      .need("infraction", .named("Infraction"), "the infraction"),
      .may("post", word, "the platform's id of the post"),
      .may("language", .text(1...35), "its language"),
      .need("posts_seen", .count, "posts of the account that were seen in the window"),
      .need("packs", .list(.text(1...80), atMost: 32), "the packs that were applied"),
      .need("content", .text(64...64), "SHA-256 of the text"),
      .need("evidence", .list(.named("Piece"), atMost: 64), "what speaks for it"),
      .need(
        "traits",
        .list(
          .object([
            .need("kind", words(Trait.Kind.self), "what it is"),
            .need("value", word, "its value"),
          ]), atMost: 16), "what would bring the same party to mind"),
    ]),
    "Piece": .object([
      .need("signal", .text(1...120), "the signal"),
      .need("text", .text(0...400), "the words that it was met in"),
      .need("weight", .number(-1_000...1_000), "what it adds to the score"),
    ]),
    "Ruling": .object([
      .need("ruling", words(InfractionRuling.self), "what it is"),
      .need("reason", writing, "why, in writing"),
    ]),
    "History": .object([
      .need("items", .list(.named("HistoryEntry"), atMost: 10_000), "oldest first")
    ]),
    "HistoryEntry": .object([
      .need("entry", entry, "its number on the record"), .need("time", .moment, "when"),
      .need("by", .text(1...64), "who"), .need("what", .text(0...8_000), "what happened"),
    ]),
    "HoldInput": .object([
      .may("reason", writing, "on whose word, and why; without it the hold is released")
    ]),
  ]
}
