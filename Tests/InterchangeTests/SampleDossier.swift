import Enforcement
import Interchange
import Testing

/// A sanction with all that may be told of it.
enum SampleDossier {
  /// What only those may read who are told who it is about.
  static let secrets = ["channel-77", "@pumps", "T4yGfiling", "post-9", "join now"]

  static func dossier(
    of kind: SanctionKind, number: Int = 1, state: SanctionState = .imposed
  ) throws -> SanctionDossier {
    let now = Instant(seconds: 1_790_000_000)
    var account = Account(
      id: AccountID(count: 1), platform: try slug("forum"),
      entry: AccountEntry(
        identity: AccountIdentity(key: secrets[0], handle: secrets[1], filing: secrets[2]),
        category: try slug("business")),
      since: now)
    account.review = AccountReview(
      reviewer: "Wei", at: now, category: try slug("business"), filing: secrets[2],
      newsPermit: "N-1")
    account.entry.agreed = now
    var sanction = Sanction(
      id: SanctionID(count: number), account: account.id, plan: try plan(kind),
      proposedBy: .system, proposed: now)
    sanction.state = state
    sanction.imposed = now
    sanction.until = sanction.plan.terms.days.map {
      Instant(seconds: now.seconds + Int64($0) * 86_400)
    }
    if state.isFinal { sanction.ended = Instant(seconds: now.seconds + 3_600) }
    return SanctionDossier(
      platform: try platform(), account: account,
      party: PartyEntry(name: "=Pump, \"Dump\" & Co", kind: .firm), sanction: sanction,
      infractions: [
        SanctionDossier.Told(
          file: InfractionFile(
            id: InfractionID(count: 1), account: account.id, infraction: try infraction(at: now),
            found: now, state: .counted),
          evidence: try infraction(at: now).evidence)
      ],
      appeals: [Appeal(id: AppealID(count: 1), sanction: sanction.id, filed: now)],
      proof: LogProof(
        log: "log.example", entry: 7, leaf: String(repeating: "0a", count: 32), size: 9,
        root: String(repeating: "0b", count: 32), path: [String(repeating: "0c", count: 32)]))
  }

  private static func slug(_ text: String) throws -> Slug { try #require(Slug(text: text)) }

  private static func platform() throws -> Platform {
    Platform(
      id: try slug("forum"), name: "Forum", language: "en", territory: ["DE", "FR"],
      terms: PlatformTerms(), appealAddress: "https://cordon.example", webhook: nil,
      postsArePublic: true)
  }

  private static func plan(_ kind: SanctionKind) throws -> SanctionPlan {
    let days = kind == .restrict || kind == .suspend ? 30 : nil
    return SanctionPlan(
      terms: SanctionTerms(
        kind: kind, restrictions: kind == .restrict ? [.posting] : [], days: days),
      ground: SanctionGround(
        infractions: [InfractionID(count: 1)], points: 20, rungPoints: 16,
        ladder: LadderReference(name: try slug("standard"), version: 1), clauses: ["Terms 4.2"],
        share: 100, setAside: []),
      approvals: kind.leastApprovals,
      automation: .init(detection: true, decision: kind.leastApprovals == 0))
  }

  private static func infraction(at now: Instant) throws -> Infraction {
    let digest = try #require(ContentDigest(hex: String(repeating: "ab", count: 32)))
    let piece = EvidencePiece(
      signal: "solicitation.join", text: secrets[4], part: .text, start: 0, end: 8, weight: 1)
    return Infraction(
      category: .solicitation, score: 0.97,
      rule: RuleReference(rule: try slug("no-solicitation"), version: 1),
      kind: try slug("solicitation"), post: digest, content: digest, published: now, postsSeen: 3,
      packs: [], held: nil,
      evidence: InfractionEvidence(
        post: secrets[3], language: "zh-Hans", pieces: [piece],
        traits: [
          Trait(kind: .wallet, value: "bc1qexample"), Trait(kind: .link, value: "pump.example"),
          Trait(kind: .referral, value: "CODE7"),
        ]))
  }
}
