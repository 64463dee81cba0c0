import Conduct
import Detection
import Enforcement
import Foundation
import Records
import Synchronization

/// The time, which the benchmark may move on.
final class BenchmarkClock: Sendable {
  private let ahead = Mutex(Duration.zero)

  var now: Instant {
    Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) + ahead.withLock { $0 }
  }

  func advance(_ time: Duration) { ahead.withLock { $0 += time } }
}

/// A record with one platform, its ladder and two live rules, as an operator would have it.
struct BenchmarkOffice: Sendable {
  let journal: Journal
  let screener: Screener
  let platform: Slug
  let clock: BenchmarkClock

  /// Sanctions that end by themselves and have not yet.
  var waiting: Int {
    journal.register.conduct.sanctions.values.count { $0.state == .imposed && $0.until != nil }
  }

  /// Opens a new record.
  ///
  /// - Parameters:
  ///   - folder: where it is made.
  ///   - detector: looks at the posts.
  ///   - warnsFirst: whether an account is warned before it is restricted.
  /// - Returns: the record.
  /// - Throws: what opening and deciding throws.
  static func open(
    _ folder: String, detector: Detector, warnsFirst: Bool = true
  ) async throws -> BenchmarkOffice {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let clock = BenchmarkClock()
    let journal = try Journal(
      directory: folder, origin: "log.example/benchmark", clock: { clock.now })
    guard let platform = Slug(text: "agora"), let ada = PersonName("ada"),
      let olga = PersonName("olga"), let otto = PersonName("otto")
    else { throw BenchmarkFault(text: "a name is none") }
    let office = BenchmarkOffice(
      journal: journal,
      screener: try Screener(
        detector: detector, journal: journal, counts: try PostCounts(beside: journal)),
      platform: platform, clock: clock)
    for (number, (name, role)) in [
      (ada, Role.administrator), (olga, .officer), (otto, .officer),
    ].enumerated() {
      try await office.do(
        .addPerson(name, role, tokenDigest: [UInt8](repeating: UInt8(number + 1), count: 32)),
        number == 0 ? .system : .person(ada))
    }
    try await office.do(
      .conduct(
        .setPlatform(
          Platform(
            id: platform, name: "Agora", language: "zh-Hans", territory: ["CN"],
            terms: PlatformTerms(), appealAddress: "https://agora.example",
            webhook: "https://agora.example/hook", postsArePublic: true))), .person(ada))
    try await office.do(
      .conduct(.adoptLadder(platform: platform, try ladder(warnsFirst))), .person(ada))
    for category in [FindingCategory.solicitation, .tokenSale] {
      try await office.write(category, by: .person(olga), and: .person(otto))
    }
    return office
  }

  private func write(
    _ category: FindingCategory, by author: Actor, and officer: Actor
  ) async throws {
    guard let name = Slug(text: "no-" + category.rawValue),
      let kind = Slug(text: category.rawValue),
      let trial = ContentDigest(hex: String(repeating: "ab", count: 32))
    else { throw BenchmarkFault(text: "a name is none") }
    let reference = RuleReference(rule: name, version: 1)
    try await self.do(
      .conduct(
        .writeRule(
          ConductRule(
            reference: reference, category: category, leastScore: 0.5, platforms: [],
            accounts: [], kind: kind, clause: "Terms of use, section 4", asksPerson: false,
            breaker: .init(share: 1_000), stage: .draft, author: author))), author)
    for stage in [RuleStage.tested(trial: trial), .shadow, .share(500), .live] {
      try await self.do(.conduct(.stageRule(reference, stage, reason: "tried")), officer)
    }
  }

  private static func ladder(_ warnsFirst: Bool) throws -> Ladder {
    guard let name = Slug(text: "standard"), let solicitation = Slug(text: "solicitation"),
      let sale = Slug(text: "token-sale")
    else { throw BenchmarkFault(text: "a name is none") }
    return Ladder(
      name: name, version: 1,
      infractions: [
        .init(kind: solicitation, points: 10, gravity: .minor, decayDays: 90),
        .init(kind: sale, points: 40, gravity: .serious, decayDays: 365),
      ],
      rungs: [
        .init(points: 10, sanction: SanctionTerms(kind: .warn), needsWarning: false),
        .init(
          points: 40, sanction: SanctionTerms(kind: .restrict, restrictions: [.posting], days: 7),
          needsWarning: warnsFirst),
        .init(points: 120, sanction: SanctionTerms(kind: .suspend, days: 30), needsWarning: true),
      ], windowDays: 90)
  }

  func `do`(_ command: Command, _ actor: Actor) async throws {
    if case .refused(let refusal) = try await journal.perform(command, by: actor) { throw refusal }
  }
}
