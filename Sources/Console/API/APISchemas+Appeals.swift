internal import Enforcement

// MARK: - Appeals

extension APISchemas {
  static let appeals: [String: APISchema] = [
    "AppealInput": .object([
      .need("token", .text(1...100), "the token in the notice"),
      .need("text", writing, "what you say against the sanction"),
    ]),
    "MessageInput": .object([.need("text", writing, "what you say")]),
    "Message": .object([
      .need("from", .word(["holder", "house"]), "who says it"),
      .need("at", .moment, "when"), .need("text", .text(0...8_000), "what"),
    ]),
    "Decision": .object([
      .need("outcome", .word(["upheld", "reduced", "overturned"]), "what comes of it"),
      .may("terms", .named("Terms"), "the milder sanction, where it is reduced"),
      .may(
        "infractions", .list(number, atMost: 256),
        "those that were none, where it is overturned; all that it leans on where empty"),
      .need("reason", writing, "why, in writing; the account holder reads it"),
    ]),
    "Appeal": .object([
      .need("id", number, "its number"), .need("sanction", number, "the sanction"),
      .need("account", .text(0...24), "whose it is"), .need("platform", .text(0...40), "where"),
      .may("key", word, "the platform's id; absent once erased"),
      .need("kind", .text(0...20), "what was done"), .need("filed", .moment, "when it was filed"),
      .may("answer_by", .moment, "by when it is to be decided, where a time is set"),
      .need("overdue", .flag, "whether it is open though that time is over"),
      .need("messages", .count, "how many messages there are"),
      .may("outcome", .word(["upheld", "reduced", "overturned"]), "what came of it"),
      .may("decided", .moment, "when"), .may("decided_by", .text(1...64), "by whom"),
    ]),
    "Appeals": listing(of: "Appeal"),
    "AppealDetail": .object([
      .need("appeal", .named("Appeal"), "the appeal"),
      .need("dialogue", .list(.named("Message"), atMost: 64), "what was said"),
      .may("reason", .text(0...8_000), "why it was decided so"),
      .may("why", .named("Trace"), "why the sanction was owed"),
    ]),
    "AppealFace": .object([
      .need("sanction", .named("SanctionFace"), "what was decided, and why"),
      .need("may_appeal", .flag, "whether an appeal may be filed now"),
      .may("appeal_until", .moment, "until when"),
      .may("appeal", .named("HolderAppeal"), "the newest appeal"),
    ]),
    "HolderAppeal": .object([
      .need("id", number, "its number"), .need("filed", .moment, "when it was filed"),
      .may("answer_by", .moment, "by when an answer is due, where a time is set"),
      .need("overdue", .flag, "whether it is open though that time is over"),
      .need("dialogue", .list(.named("Message"), atMost: 64), "what was said"),
      .need("may_answer", .flag, "whether a message may be added"),
      .may("outcome", .word(["upheld", "reduced", "overturned"]), "what came of it"),
      .may("decided", .moment, "when"), .may("reason", .text(0...8_000), "why"),
    ]),
    "SanctionFace": .object([
      .need("id", number, "its number"), .need("platform", word, "where"),
      .need("kind", words(SanctionKind.self), "what was done"),
      .need(
        "restrictions", .list(words(Restriction.self), atMost: 10), "what may not be done meanwhile"
      ),
      .need("state", words(SanctionState.self), "where it stands"),
      .may("imposed", .moment, "since when"), .may("until", .moment, "until when"),
      .may("ended", .moment, "when it ended"),
      .need("territory", .list(.text(2...2), atMost: 250), "where it holds"),
      .need("facts", .list(.named("FaceFact"), atMost: 256), "the posts that it rests on"),
      .need("clauses", .list(.text(0...500), atMost: 256), "the clauses broken"),
      .need("points", .count, "the points that counted"),
      .need("rung_points", .count, "the points from which this follows"),
      .may("ladder", .text(1...60), "the ladder"),
      .need("automated_detection", .flag, "whether a machine found the posts"),
      .need("automated_decision", .flag, "whether a machine alone decided"),
      .may("entry", entry, "the number of its entry on the record"),
    ]),
    "FaceFact": .object([
      .may("post", word, "the id of the post"), .need("published", .moment, "when it was posted"),
      .need("kind", slug, "what the rule makes of it"),
      .need("quotes", .list(.text(0...400), atMost: 8), "the words that speak for it"),
      .need("overturned", .flag, "whether it was found wrong since"),
    ]),
  ]
}
