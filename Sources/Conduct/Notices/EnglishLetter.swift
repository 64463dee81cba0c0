internal import Enforcement

/// Letters in English.
struct EnglishLetter: LetterWords {
  var tag: String { "en" }

  func heading(_ kind: SanctionLetter.Kind) -> String {
    switch kind {
    case .decision: "What we decided"
    case .facts: "What it rests on"
    case .rule: "The rule"
    case .term: "For how long"
    case .territory: "Where it applies"
    case .automation: "The part of machines"
    case .appeal: "If you disagree"
    }
  }

  func title(_ kind: SanctionKind, platform: String) -> String {
    switch kind {
    case .warn: "A warning about your account on \(platform)"
    case .restrict: "Your account on \(platform) is restricted"
    case .suspend: "Your account on \(platform) is suspended"
    case .close: "Your account on \(platform) is closed"
    }
  }

  func endTitle(_ kind: SanctionKind, isReduced: Bool, platform: String) -> String {
    if isReduced { return "A decision about your account on \(platform) was made milder" }
    return switch kind {
    case .warn: "The warning about your account on \(platform) no longer counts"
    case .restrict: "Your account on \(platform) is no longer restricted"
    case .suspend: "Your account on \(platform) is no longer suspended"
    case .close: "Your account on \(platform) is open again"
    }
  }

  func decision(_ terms: SanctionTerms, platform: String) -> String {
    switch terms.kind {
    case .warn: "This is a warning. You can go on using your account as before."
    case .restrict:
      "Meanwhile you cannot: \(terms.restrictions.map(word).joined(separator: ", "))."
    case .suspend: "Meanwhile you cannot publish anything from this account."
    case .close: "This account stays closed, and nothing can be published from it."
    }
  }

  func fact(_ fact: SanctionLetter.Fact) -> String {
    let post = fact.post.map { "Post \($0)" } ?? "A post"
    return "\(post) of \(fact.published.minute): \(word(fact.category))."
  }

  func more(_ count: Int) -> String {
    count == 1 ? "And one more post." : "And \(count) more posts."
  }

  func points(_ points: Int, of needed: Int) -> String {
    "Your posts count \(points) points together; this step is reached at \(needed)."
  }

  var noPosts: String { "The decision was made by a person and names no single post." }

  func rule(_ ground: SanctionGround) -> String {
    ground.clauses.isEmpty ? "The clause is on record." : ground.clauses.joined(separator: "\n")
  }

  func term(_ kind: SanctionKind, until: Instant?) -> String {
    guard let until else {
      return kind == .warn
        ? "A warning does not end; it counts less with time." : "Until it is lifted."
    }
    return "Until \(until.minute). It ends then by itself; you need not do anything."
  }

  func territory(_ codes: [String]) -> String { codes.joined(separator: ", ") }

  func automation(_ automation: SanctionPlan.Automation) -> String {
    let found =
      automation.detection
      ? "The posts were found by a program." : "The posts were found by people."
    let decided =
      automation.decision
      ? "The decision follows from fixed rules, without a person." : "A person made the decision."
    return found + " " + decided
  }

  func appeal(_ address: String, days: Int) -> String {
    "You can appeal, free of charge, within \(days) days of receiving this notice: \(address)\n"
      + "Someone who took no part in this decision will read what you write and answer it."
  }

  func redress(isEuropean: Bool) -> String {
    "You may also go to court"
      + (isEuropean
        ? ", or in the European Union to a certified out-of-court dispute settlement body"
          + " (Regulation (EU) 2022/2065, Article 21)." : ".")
  }

  func ending(_ cause: LiftingCause) -> String {
    switch cause {
    case .due: "Its time is over."
    case .officer: "A person decided so."
    case .appeal: "Your appeal was right, in whole or in part."
    case .relief: "Something that it leaned on no longer counts."
    case .reverted: "The rule that it came from was taken back."
    case .undone: "It was part of an action on many accounts that was undone."
    case .replaced: "Another decision took its place."
    }
  }

  private func word(_ restriction: Restriction) -> String {
    switch restriction {
    case .posting: "post"
    case .replying: "reply"
    case .links: "post links"
    case .promotion: "promote posts"
    case .messaging: "send messages"
    }
  }

  private func word(_ category: FindingCategory) -> String {
    switch category {
    case .venue: "it leads to an unlicensed venue for trading crypto"
    case .tokenSale: "it offers tokens for sale"
    case .paymentAcceptance: "it takes payment in crypto"
    case .solicitation: "it brings clients to an unlicensed venue or sale"
    }
  }
}
