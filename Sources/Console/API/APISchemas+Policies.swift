internal import Enforcement

// MARK: - Platforms, ladders, rules

extension APISchemas {
  static let policies: [String: APISchema] = [
    "PlatformInput": .object([
      .may("profile", slug, "the law whose clocks it takes, such as eu-dsa"),
      .may("name", word, "its name for people"),
      .may("language", .text(2...35), "the language of notices, as a BCP 47 tag"),
      .may("territory", .list(.text(2...2), atMost: 250), "ISO 3166-1 codes"),
      .may("appeal_days", .integer(1...3_650), "days for an appeal, from delivery"),
      .may("answer_days", .integer(0...366), "days to answer an appeal; 0 where no time is set"),
      .may("report_hours", .integer(0...8_760), "hours to tell the authority; 0 for never"),
      .may("keep_days", .integer(1...36_500), "days for which records are kept"),
      .may("appeal_address", .text(1...500, format: "uri"), "where account holders appeal"),
      .may("webhook", .text(0...1_000), "where sanctions are announced; empty for nowhere"),
      .may("posts_are_public", .flag, "the platform's word that all it hands in is public"),
    ]),
    "Platform": .object([
      .need("id", slug, "its short name"), .need("name", word, "its name for people"),
      .need("language", .text(0...35), "the language of notices"),
      .need("territory", .list(.text(2...2), atMost: 250), "where its sanctions hold"),
      .need("appeal_days", .count, "days for an appeal"),
      .may("answer_days", .count, "days to answer an appeal, where a time is set"),
      .may("report_hours", .count, "hours to tell the authority"),
      .need("keep_days", .count, "days for which records are kept"),
      .need("appeal_address", .text(0...500), "where account holders appeal"),
      .may("webhook", .text(1...1_000), "where sanctions are announced"),
      .need("posts_are_public", .flag, "whether all it hands in is public"),
      .may("ladder", .text(1...60), "the ladder that holds"),
      .may("accounts", .count, "how many accounts are known"),
    ]),
    "Platforms": listing(of: "Platform"),
    "Ladder": .object([
      .need("name", slug, "its name"), .need("version", .integer(1...1_000_000), "its version"),
      .need("window_days", .integer(1...366), "days over which posts are counted"),
      .need("infractions", .list(.named("Weight"), atMost: 200), "what each kind counts"),
      .need("rungs", .list(.named("Rung"), atMost: 50), "the rungs, the fewest points first"),
    ]),
    "Weight": .object([
      .need("kind", slug, "the kind of infraction"),
      .need("points", .integer(1...1_000), "what it counts"),
      .need("gravity", words(Gravity.self), "how grave it is"),
      .may("decay_days", .integer(1...36_500), "days after which it counts no more"),
    ]),
    "Rung": .object([
      .need("points", .integer(1...1_000_000), "the points from which it is reached"),
      .need("sanction", words(SanctionKind.self), "what follows"),
      .may(
        "restrictions", .list(words(Restriction.self), atMost: 10), "what may not be done meanwhile"
      ),
      .may("days", .integer(1...366), "for how long"),
      .may("needs_warning", .flag, "whether a warning must have come before"),
      .may("unless_gravity", words(Gravity.self), "from this gravity on none is needed"),
      .may("least_share", .integer(0...1_000), "the least share of posts, in thousandths"),
      .may("approvals", .integer(0...10), "officers who must agree"),
    ]),
    "AdoptedLadder": .object([
      .need("platform", slug, "where"), .need("ladder", .text(1...60), "name and version"),
      .need("holds", .flag, "whether it is the one that holds"),
      .need("window_days", .count, "days over which posts are counted"),
      .need("infractions", .list(.named("Weight"), atMost: 200), "what each kind counts"),
      .need("rungs", .list(.named("Rung"), atMost: 50), "the rungs"),
    ]),
    "Ladders": listing(of: "AdoptedLadder"),
    "RuleInput": .object([
      .need("name", slug, "its name"),
      .may("version", .integer(1...1_000_000), "the next one where it is not given"),
      .need("category", words(FindingCategory.self), "the verdict's category"),
      .need("least_score", .number(0...1), "the least score"),
      .may("platforms", .list(slug, atMost: 100), "where; everywhere where empty"),
      .may("accounts", .list(slug, atMost: 100), "categories of accounts; all where empty"),
      .need("kind", slug, "the infraction that it makes"),
      .need("clause", .text(1...500), "the law or the clause that is broken"),
      .may("asks_person", .flag, "whether a person looks at each match"),
      .may("breaker", .named("Breaker"), "when it stops itself"),
    ]),
    "Breaker": .object([
      .need("share", .integer(1...1_000), "thousandths of the posts seen"),
      .need("window", .integer(1...10_000_000), "the posts over which the share is taken"),
      .need("least", .integer(1...10_000_000), "the fewest matches that stop it"),
    ]),
    "Rule": .object([
      .need("rule", .text(1...60), "name and version"), .need("name", slug, "its name"),
      .need("version", .count, "its version"),
      .need("category", words(FindingCategory.self), "the verdict's category"),
      .need("least_score", .number(0...1), "the least score"),
      .need("platforms", .list(slug, atMost: 100), "where; everywhere where empty"),
      .need("accounts", .list(slug, atMost: 100), "categories of accounts; all where empty"),
      .need("kind", slug, "the infraction that it makes"),
      .need("clause", .text(0...500), "the law or the clause that is broken"),
      .need("asks_person", .flag, "whether a person looks at each match"),
      .need("breaker", .named("Breaker"), "when it stops itself"),
      .need(
        "stage", .word(["draft", "tested", "shadow", "share", "live", "stopped"]), "how far it is"),
      .may("share", .integer(0...1_000), "thousandths of the posts, in the stage share"),
      .may("trial", .text(64...64), "SHA-256 of its trial's outcome, in the stage tested"),
      .need("author", .text(1...64), "who wrote it"),
      .may("seen", .count, "posts that it saw"), .may("matched", .count, "posts that it matched"),
    ]),
    "Rules": listing(of: "Rule"),
    "StageInput": .object([
      .need("stage", .word(["shadow", "share", "live", "stopped"]), "where it moves to"),
      .may("share", .integer(1...999), "with share: thousandths of the posts"),
      .need("reason", writing, "why, in writing"),
    ]),
  ]
}
