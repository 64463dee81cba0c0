internal import Enforcement

// MARK: - Numbers, trials

extension APISchemas {
  private static let counts = APISchema.anything

  static let numbers: [String: APISchema] = [
    "PlatformNumbers": .object([
      .need("platform", slug, "the platform"), .need("name", word, "its name"),
      .may("from", .moment, "the first moment; the beginning where absent"),
      .need("until", .moment, "the moment after the last"),
      .need("infractions", counts, "infractions found, by kind"),
      .need("infractions_by_rule", counts, "the same, by rule and version"),
      .need("infractions_dismissed", .count, "of these, those that a person found to be none"),
      .need("infractions_overturned", .count, "of these, those found wrong later"),
      .need("sanctions", counts, "sanctions that took effect, by rung"),
      .need(
        "sanctions_by_rule", counts,
        "the same, by each rule that they lean on; one may lean on several"),
      .need("automatic", .count, "of these, those without a person"),
      .need("ended", counts, "sanctions that ended, by cause"),
      .need("appeals_filed", .count, "appeals"),
      .need("appeals", counts, "appeals decided, by outcome"),
      .need(
        "appeals_late", .count,
        "appeals not decided by the end of their time for an answer, where that was in the period"),
      .may(
        "latest_lifting_seconds", .number(0...1e12),
        "how much later than due a sanction was lifted at most"),
      .need("reports", .list(.named("ReportNumbers"), atMost: 10), "reports, by kind"),
      .may("agrees", .flag, "whether the record and what was sent agree"),
      .may("differences", .list(.text(1...1_000), atMost: 100_000), "where they do not"),
    ]),
    "ReportNumbers": .object([
      .need("kind", words(Report.Kind.self), "the kind"),
      .need("owed", .count, "sanctions of the period that such a report has to tell of"),
      .need("told", .count, "of these, those that one tells of"),
      .need("made", .count, "reports of the period"), .need("arrived", .count, "received"),
      .need("waiting", .count, "on their way"), .need("given_up", .count, "given up"),
      .need("corrections", .count, "of those made, those that correct another"),
      .need(
        "not_withdrawable", .count,
        "statements that no longer hold, and that the database takes no withdrawal of"),
      .may(
        "latest_seconds", .number(0...1e12),
        "how long after its deadline the latest report arrived"),
    ]),
    "Transparency": listing(of: "PlatformNumbers"),
    "RuleTrial": .object([
      .need("rule", word, "the rule"), .need("ladder", word, "the ladder that holds"),
      .need("posts", .count, "posts tried"), .need("unreadable", .count, "lines that are none"),
      .need("matches", .count, "posts that match"),
      .need("held", .count, "of these, those that would wait for a person"),
      .need("accounts", .count, "accounts of the posts that match"),
      .need(
        "changes",
        .list(
          .object([
            .may("account", number, "the account, where it is known"),
            .need("key", .text(1...260), "the platform's id"), .need("matches", .count, "posts"),
            .need("points", .count, "points that would count"),
            .need("from", word, "where it stands"), .need("to", word, "where it would stand"),
          ]), atMost: 10_000), "who would stand on another rung"),
      .need("breaker_trips", .flag, "whether the rule would stop itself"),
      .need("accepted", .flag, "whether the outcome is on the record"),
      .may("trial", .text(64...64), "SHA-256 of the outcome"),
    ]),
  ]
}
