internal import Conduct
internal import Detection
internal import Enforcement
internal import Records

/// What a rule would do to posts that somebody has kept: nothing of them goes on the record.
///
/// Each match is taken as a strike on top of what the account has now, and the ladder that holds is
/// asked again.
struct RuleTrial {
  let rule: ConductRule
  let platform: Platform
  let book: ConductBook
  let detector: Detector
  let now: Instant

  /// Posts of one account, and how many of them match.
  private struct Tally {
    var posts = 0
    var matches = 0
    var held = 0
  }

  func run(_ octets: [UInt8]) throws(DeskFault) -> RuleTrialReply {
    guard let ladder = book.ladder(of: platform.id) else {
      throw DeskFault("no ladder holds on \(platform.id): `cordon conduct ladder adopt`")
    }
    guard let weight = ladder.weight(of: rule.kind) else {
      throw DeskFault("\(ladder.reference) gives no points to \(rule.kind)")
    }
    var tallies: [String: Tally] = [:]
    var (posts, faults) = (0, 0)
    for line in PostLines.read(octets, allArePublic: platform.postsArePublic) {
      switch line {
      case .post(let post):
        posts += 1
        tallies[post.account, default: Tally()].posts += 1
        note(post, &tallies[post.account, default: Tally()])
      case .fault: faults += 1
      }
    }
    let accounts = tallies.filter { $0.value.matches > 0 }.sorted { $0.key < $1.key }
    let changes = accounts.compactMap { change($0.key, $0.value, weight, ladder) }
    let matches = accounts.reduce(0) { $0 + $1.value.matches }
    return RuleTrialReply(
      rule: rule.reference.description, ladder: ladder.reference.description, posts: posts,
      unreadable: faults, matches: matches, held: accounts.reduce(0) { $0 + $1.value.held },
      accounts: accounts.count, changes: changes,
      breakerTrips: rule.breaker.trips(matches: matches, of: min(posts, rule.breaker.window)),
      accepted: false)
  }

  private func note(_ post: PublicPost, _ tally: inout Tally) {
    let words = post.text + post.links.flatMap { [0x0A] + Array($0.utf8) }
    let verdict = detector.verdict(onPost: words)
    guard let category = FindingCategory(rawValue: verdict.category.rawValue) else { return }
    let account = book.account(on: platform.id, key: post.account)
    let sighting = Sighting(
      platform: platform.id, account: account?.entry.category, category: category,
      score: verdict.score, post: .erased)
    guard rule.matches(sighting) else { return }
    tally.matches += 1
    let isUnknown = !rule.accounts.isEmpty && account?.entry.category == nil
    if rule.asksPerson || isUnknown { tally.held += 1 }
  }

  /// On which rung an account would stand; nil where that is where it stands.
  private func change(
    _ key: String, _ tally: Tally, _ weight: Ladder.Weight, _ ladder: Ladder
  ) -> RuleTrialReply.Change? {
    let account = book.account(on: platform.id, key: key)
    let counted = tally.matches - tally.held
    let before = account?.strikes.reduce(0) { $0 + $1.points(at: now) } ?? 0
    let standing = account.map { book.sanctionsInForce(on: $0.id, at: now) } ?? []
    let facts = LadderFacts(
      points: before + counted * weight.points, gravity: weight.gravity,
      share: tally.matches * 1_000 / max(1, tally.posts),
      warned: account.map { !$0.sanctions.isEmpty } ?? false, reached: account?.reached ?? 0,
      standing: standing.map {
        LadderFacts.Standing(
          kind: $0.plan.terms.kind, restrictions: $0.plan.terms.restrictions,
          days: $0.plan.terms.days)
      })
    guard let rung = ladder.rung(for: facts).rung else { return nil }
    let from = standing.map(\.plan.terms.kind).max()?.rawValue ?? "clear"
    guard from != rung.sanction.kind.rawValue else { return nil }
    return RuleTrialReply.Change(
      account: account?.id.description, key: key, matches: tally.matches, points: facts.points,
      from: from, to: rung.sanction.kind.rawValue)
  }
}

/// What a trial came to.
struct RuleTrialReply: Tellable {
  let rule: String
  let ladder: String
  let posts: Int
  let unreadable: Int
  let matches: Int
  let held: Int
  let accounts: Int
  let changes: [Change]
  let breakerTrips: Bool
  var accepted: Bool
  /// SHA-256 of all this, as it goes on the record.
  var trial: String?

  /// An account that would stand on another rung.
  struct Change: Encodable, Sendable {
    let account: String?
    let key: String
    let matches: Int
    let points: Int
    let from: String
    let to: String
  }

  /// Accounts that are shown to people.
  private static let shown = 50

  func text(_ style: TextStyle) -> String {
    var text = style.fields([
      ("rule", style.paint(rule, .strong)), ("ladder", ladder),
      ("posts", "\(posts)" + (unreadable > 0 ? ", and \(unreadable) lines that are none" : "")),
      ("matches", "\(matches) by \(accounts) accounts"),
      ("a person looks", held > 0 ? "at \(held) of them" : nil),
      (
        "breaker",
        breakerTrips ? style.paint("would stop the rule: too many match", .bad) : "holds"
      ), ("would change", "\(changes.count) accounts"),
    ])
    for change in changes.prefix(Self.shown) {
      text += "  " + style.column(style.safe(change.key), 24) + style.column(change.from, 10)
      text += "→ " + style.paint(style.column(change.to, 10), SanctionKind.tone(change.to))
      text += "\(change.points) points, \(change.matches) posts\n"
    }
    if changes.count > Self.shown { text += "  and \(changes.count - Self.shown) more\n" }
    text += style.paint(
      accepted
        ? "The outcome is on the record: the rule is tested.\n"
        : "Nothing was recorded; --accept puts the outcome on the record.\n", .faint)
    return text
  }
}

extension Desk {
  /// The same for programs, one after the other: a trial takes a whole processor.
  func tryRuleAlone(
    _ text: String, on platform: String, examples: [UInt8], acceptedBy actor: Actor?
  ) async throws -> RuleTrialReply {
    try await conduct.trials.pass {
      try await tryRule(text, on: platform, examples: examples, acceptedBy: actor)
    }
  }

  /// Tries a rule; where somebody accepts the outcome, its digest goes on the record.
  func tryRule(
    _ text: String, on platform: String, examples: [UInt8], acceptedBy actor: Actor?
  ) async throws -> RuleTrialReply {
    let reference = try RuleReference.read(text)
    guard let rule = conductBook.rules[reference] else {
      throw Refusal(.unknownRule, "there is no rule \(reference): `cordon conduct rule list`")
    }
    let trial = RuleTrial(
      rule: rule, platform: try self.platform(platform), book: conductBook,
      detector: try DetectorFolder.load(policies: configuration.policies), now: journal.now)
    var reply = try trial.run(examples)
    let digest = hexadecimalSHA256(of: try APIText.encode(reply))
    reply.trial = digest
    if let actor, let content = ContentDigest(hex: digest) {
      guard reply.posts > 0 else { throw DeskFault("there was no post to try the rule on") }
      try await act(
        .stageRule(
          reference, .tested(trial: content),
          reason: "tried on \(reply.posts) posts: \(reply.matches) match,"
            + " \(reply.changes.count) accounts would change rung"), by: actor)
      reply.accepted = true
    }
    return reply
  }
}
