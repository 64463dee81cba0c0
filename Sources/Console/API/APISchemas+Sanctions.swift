internal import Enforcement

// MARK: - Sanctions

extension APISchemas {
  private static let restrictions = APISchema.list(words(Restriction.self), atMost: 10)

  static let sanctions: [String: APISchema] = [
    "Terms": .object([
      .need("kind", words(SanctionKind.self), "what is done"),
      .may("restrictions", restrictions, "what may not be done meanwhile"),
      .may("days", .integer(1...366), "for how many days"),
    ]),
    "SanctionInput": .object([
      .need("kind", words(SanctionKind.self), "what is done"),
      .may("restrictions", restrictions, "what may not be done meanwhile"),
      .may("days", .integer(1...366), "for how many days"),
      .may("infractions", .list(number, atMost: 256), "the infractions that it rests on"),
      .need("clause", .text(1...500), "the clause that is broken"),
      .need("reason", writing, "why, in writing"),
    ]),
    "Sanction": .object([
      .need("id", number, "its number"), .need("account", number, "whose it is"),
      .need("platform", .text(0...40), "where"), .may("key", word, "the platform's id"),
      .need("kind", words(SanctionKind.self), "what is done"),
      .need("restrictions", restrictions, "what may not be done meanwhile"),
      .may("days", .count, "for how many days"),
      .need("state", words(SanctionState.self), "where it stands"),
      .need("proposed", .moment, "when it was proposed, or imposed at once"),
      .need("proposed_by", .text(1...64), "by whom"),
      .need("approved_by", .list(.text(1...64), atMost: 10), "who agreed"),
      .need("approvals", .count, "how many must agree"),
      .may("imposed", .moment, "when it took effect"),
      .may("until", .moment, "when it ends by itself"),
      .may("confirmed", .moment, "when the platform had done it"),
      .may("delivered", .moment, "when the notice was delivered"),
      .may("ended", .moment, "when it ended"),
      .need("appeals", .list(number, atMost: 64), "its appeals"),
      .may("appeal_until", .moment, "until when an appeal may be filed"),
      .may("batch", number, "the batch that it is part of"),
      .need("next_step", .text(0...200), "what happens next, in a few words"),
    ]),
    "Sanctions": listing(of: "Sanction"),
    "SanctionDetail": .object([
      .need("sanction", .named("Sanction"), "the sanction"),
      .need("why", .named("Trace"), "why this rung"),
      .may("notice", .named("Notice"), "what the account holder is told"),
      .need("history", .list(.named("HistoryEntry"), atMost: 10_000), "oldest first"),
    ]),
    "Trace": .object([
      .need("sanction", number, "the sanction"),
      .need("facts", .list(.named("Fact"), atMost: 256), "the infractions that it leans on"),
      .need("points", .count, "the points that counted then"),
      .need("rung_points", .count, "the points from which the rung is reached"),
      .may("ladder", .text(1...60), "the ladder; absent where a person decided without one"),
      .need("clauses", .list(.text(0...500), atMost: 256), "the clauses broken"),
      .need("share", .integer(0...1_000), "thousandths of the posts seen"),
      .need(
        "set_aside",
        .list(
          .object([
            .need("kind", words(SanctionKind.self), "the rung's sanction"),
            .need("why", words(SanctionGround.SetAside.Why.self), "why it does not apply"),
            .need("sentence", .text(1...200), "the same in a sentence"),
          ]), atMost: 50), "higher rungs that do not apply"),
      .need("automated_detection", .flag, "whether a machine found the posts"),
      .need("automated_decision", .flag, "whether a machine alone decided"),
    ]),
    "Fact": .object([
      .need("infraction", number, "the infraction"),
      .need("kind", slug, "what the rule makes of it"),
      .need("category", words(FindingCategory.self), "the verdict's category"),
      .need("score", .number(0...1), "the verdict's score"),
      .need("rule", .text(1...60), "the rule"), .need("published", .moment, "when it was posted"),
      .may("points", .count, "what it counted"),
      .need("state", words(InfractionState.self), "what became of it since"),
      .need("evidence", .list(.named("Piece"), atMost: 8), "what speaks for it"),
    ]),
    "Notice": .object([
      .need("language", .text(1...35), "its language"), .may("until", .moment, "when it ends"),
      .need("territory", .list(.text(2...2), atMost: 250), "where it holds"),
      .need("automated_detection", .flag, "whether a machine found the posts"),
      .need("automated_decision", .flag, "whether a machine alone decided"),
      .need("appeal_address", .text(1...500), "where to appeal, without the token"),
      .need("appeal_days", .count, "days for an appeal, from delivery"),
    ]),
  ]
}
