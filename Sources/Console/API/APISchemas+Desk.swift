internal import Enforcement

// MARK: - Leads, batches, reports, parties, posts

extension APISchemas {
  static let desk: [String: APISchema] = [
    "Lead": .object([
      .need("id", number, "its number"), .need("account", number, "the account seen now"),
      .need("earlier", number, "the account that was sanctioned before"),
      .need("kind", words(Trait.Kind.self), "what they share"),
      .may("settled", words(Lead.Settled.self), "what a person made of it"),
    ]),
    "Leads": listing(of: "Lead"),
    "LeadDetail": .object([
      .need("lead", .named("Lead"), "the lead"),
      .need("values", .list(.text(1...200), atMost: 10_000), "what they share"),
      .need("accounts", .list(.named("Account"), atMost: 2), "the later account, and the earlier"),
    ]),
    "LeadInput": .object([
      .need("settled", words(Lead.Settled.self), "what you make of it"),
      .need("reason", writing, "why, in writing"),
    ]),
    "BatchInput": .object([
      .need("action", .word(["impose", "lift"]), "what is done to each account"),
      .may("terms", .named("Terms"), "what is imposed"),
      .may("clause", .text(1...500), "the clause that is broken"),
      .need("accounts", .list(.text(1...260), atMost: 1_000), "numbers, or PLATFORM/ID"),
      .may("reason", writing, "why, in writing; not needed for a preview"),
    ]),
    "BatchPreview": .object([
      .need("action", .word(["impose", "lift"]), "what would be done"),
      .need("affected", .count, "how many accounts would change"),
      .need(
        "accounts",
        .list(
          .object([
            .need("account", number, "the account"), .need("platform", slug, "where"),
            .may("key", word, "the platform's id"), .need("standing", word, "where it stands"),
            .need("effect", word, "what would happen"),
          ]), atMost: 1_000), "account by account"),
    ]),
    "Batch": .object([
      .need("id", number, "its number"),
      .need("action", .word(["impose", "lift"]), "what is done"),
      .may("terms", .named("Terms"), "what is imposed"),
      .may("clause", .text(0...500), "the clause that is broken"),
      .need("accounts", .list(number, atMost: 1_000), "the accounts"),
      .need("by", .text(1...64), "who prepared it"),
      .need("approved_by", .list(.text(1...64), atMost: 10), "who agreed"),
      .need("state", words(Batch.State.self), "where it stands"),
    ]),
    "Batches": listing(of: "Batch"),
    "Report": .object([
      .need("id", number, "its number"), .need("kind", words(Report.Kind.self), "what it is"),
      .need("sanctions", .list(number, atMost: 1_000), "what it tells of"),
      .may("corrects", number, "the report that it corrects"),
      .need("content", .text(64...64), "SHA-256 of what was sent"),
      .need("made", .moment, "when"), .need("key", .text(0...500), "how the recipient knows it"),
      .may("receipt", .text(0...2_000), "what the recipient gave for it"),
      .need("state", .word(["pending", "sent", "failed", "withdrawn"]), "where it stands"),
      .need("attempts", .count, "how often sending was tried"),
      .may("next_try", .moment, "when it is tried next"),
      .may("last_error", .text(0...1_000), "why the last try failed"),
    ]),
    "ReceiptInput": .object([
      .need("receipt", .text(1...1_000), "what the recipient gave, such as its own number")
    ]),
    "Reports": listing(of: "Report"),
    "PartyInput": .object([
      .need("name", word, "its name"),
      .need("kind", words(PartyEntry.Kind.self), "a person or a firm"),
      .may("registration", .text(1...100), "a licence or registration number"),
      .may("group", word, "a group of accounts that one operator runs"),
    ]),
    "Party": .object([
      .need("id", number, "its number"), .may("name", word, "its name; absent once erased"),
      .may("kind", words(PartyEntry.Kind.self), "a person or a firm"),
      .may("registration", .text(1...100), "a licence or registration number"),
      .may("group", word, "a group of accounts"), .may("erased", .moment, "when it was erased"),
    ]),
    "Parties": listing(of: "Party"),
    "PartyDetail": .object([
      .need("party", .named("Party"), "the party"),
      .need("accounts", .list(.named("Account"), atMost: 1_000), "its accounts"),
      .may("kept_because", .text(0...500), "why it must be kept; absent where it may be erased"),
    ]),
    "Erasure": .object([
      .need("party", number, "the party"),
      .need("accounts", .list(number, atMost: 1_000_000), "its accounts that were erased"),
    ]),
    "PostAnswer": .anything,
  ]
}
