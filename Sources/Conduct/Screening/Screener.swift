public import Detection
public import Enforcement
public import Records

/// Why a batch is not screened; nothing of it was recorded then.
public enum ScreeningFault: Error, Sendable, CustomStringConvertible {
  /// Nobody has entered this platform.
  case unknownPlatform(Slug)
  /// The batch has more lines than ``Screener/lineLimit``, or more octets.
  case tooLarge
  /// The core refuses what was found.
  case refused(Refusal)

  /// One sentence.
  public var description: String {
    switch self {
    case .unknownPlatform(let platform): "no platform is called \(platform)"
    case .tooLarge:
      "a batch has at most \(Screener.lineLimit) lines and \(Screener.octetLimit >> 20) MiB: send less at once"
    case .refused(let refusal): refusal.text
    }
  }
}

/// Screens batches of public posts: each line is answered once all that follows from the batch is
/// on the disk.
///
/// A post that breaks no rule leaves no trace. One that was handed in before gets the same answer,
/// and counts once: the record knows it by the digest of platform and id.
///
/// Budget: about 3 µs for a post that names no crypto, 50 µs for one that breaks a rule.
public final class Screener: Sendable {
  /// The most lines of a batch.
  public static let lineLimit = 10_000
  /// The most octets of a batch.
  public static let octetLimit = 8 << 20

  /// What the rules make of posts, for those who look after them.
  public let watch: RuleWatch
  private let detector: Detector
  private let journal: Journal
  private let counts: PostCounts?
  private let workers: Int

  /// The fewest octets that are worth a task of their own.
  private static let partOctets = 64 << 10
  /// The most reports of one command.
  private static let reportLimit = 1_000

  /// Takes what it works with.
  ///
  /// - Parameters:
  ///   - detector: says what a post does.
  ///   - journal: the record.
  ///   - counts: how often accounts post, and what rules matched before; nil where no ladder asks
  ///     for shares and rules begin anew.
  ///   - workers: how many parts of a batch are looked at side by side.
  /// - Throws: `StoreError` where what rules matched before cannot be read.
  public init(
    detector: Detector, journal: Journal, counts: PostCounts? = nil, workers: Int = 2
  ) throws(StoreError) {
    self.detector = detector
    self.journal = journal
    self.counts = counts
    self.workers = max(1, workers)
    let watch = RuleWatch(from: try counts?.ruleTallies() ?? [:])
    self.watch = watch
    counts?.keepRules { watch.changes() }
  }

  /// Screens a batch.
  ///
  /// - Parameters:
  ///   - batch: lines of posts (NDJSON).
  ///   - platform: whose they are.
  /// - Returns: the answers, once all that follows is on the disk.
  /// - Throws: ``ScreeningFault`` or `StoreError`; then nothing was recorded that the same batch
  ///   would not record again to the same effect.
  public func screen(_ batch: [UInt8], of platform: Slug) async throws -> ScreenedBatch {
    guard let entry = journal.register.conduct.platforms[platform] else {
      throw ScreeningFault.unknownPlatform(platform)
    }
    guard batch.count <= Self.octetLimit, Self.lines(batch) <= Self.lineLimit else {
      throw ScreeningFault.tooLarge
    }
    let parts = await screenParts(
      batch,
      PartScreening(
        detector: detector, platform: platform, allArePublic: entry.postsArePublic,
        countsAccounts: counts != nil))
    if let counts {
      let today = PostDay(journal.now)
      for part in parts { counts.countPosts(part.accounts, on: platform, day: today) }
    }
    try await record(parts, of: platform)
    return Answers(book: journal.register.conduct).join(parts)
  }

  private static func lines(_ batch: [UInt8]) -> Int {
    let rest = batch.last == 0x0A || batch.isEmpty ? 0 : 1
    return rest + OctetSearch.count(0x0A, in: batch)
  }

  /// Cuts a batch at line feeds, and looks at the parts side by side.
  private func screenParts(_ batch: [UInt8], _ screening: PartScreening) async -> [ScreenedPart] {
    let size = max(Self.partOctets, batch.count / (2 * workers) + 1)
    var ranges: [Range<Int>] = []
    var start = 0
    while start < batch.count {
      let target = min(start + size, batch.count)
      let end = min(batch.count, OctetSearch.find(0x0A, in: batch, target..<batch.count) + 1)
      ranges.append(start..<end)
      start = end
    }
    guard ranges.count > 1 else { return ranges.map { screening.screen(batch, $0) } }
    return await withTaskGroup(of: (Int, ScreenedPart).self) { group in
      for (index, range) in ranges.enumerated() {
        group.addTask { (index, screening.screen(batch, range)) }
      }
      var parts = [ScreenedPart](repeating: ScreenedPart(), count: ranges.count)
      for await (index, part) in group { parts[index] = part }
      return parts
    }
  }
}

// MARK: - What goes on the record

extension Screener {
  /// Puts all infractions of a batch on the record: one command, more only beyond a thousand.
  ///
  /// A rule that matches too much is stopped before: what it matched in this batch waits for a
  /// person then, and does not count.
  private func record(_ parts: [ScreenedPart], of platform: Slug) async throws {
    let hits = Self.hits(parts)
    let book = journal.register.conduct
    try await stopRules(hits, posts: parts.reduce(0) { $0 + $1.posts }, on: platform, book)
    var found: [(hit: Hit, match: RuleMatch)] = []
    var known: Set<ContentDigest> = []
    for (hit, _) in hits where book.infraction(ofPost: hit.postDigest) == nil {
      let account = book.account(on: platform, key: hit.post.account)
      guard let match = book.match(hit.sighting(on: platform, account: account?.entry.category)),
        known.insert(hit.postDigest).inserted
      else { continue }
      found.append((hit, match))
    }
    let seen = try postsSeen(of: Set(found.map(\.hit.post.account)), on: platform, book)
    let reports = found.map { hit, match in
      hit.report(match.rule, match.kind, postsSeen: seen[hit.post.account] ?? 1)
    }
    for start in stride(from: 0, to: reports.count, by: Self.reportLimit) {
      let some = Array(reports[start..<min(start + Self.reportLimit, reports.count)])
      let outcome = try await journal.perform(
        .conduct(.reportInfractions(platform: platform, some)), by: .system)
      if case .refused(let refusal) = outcome { throw ScreeningFault.refused(refusal) }
    }
  }

  /// How often accounts posted in the window of their platform's ladder.
  private func postsSeen(
    of accounts: Set<String>, on platform: Slug, _ book: ConductBook
  ) throws(StoreError) -> [String: Int] {
    guard let counts, !accounts.isEmpty else { return [:] }
    let days = book.ladders[platform]?.last?.windowDays ?? 1
    return try counts.postsSeen(on: platform, keys: accounts, days: days)
  }

  /// All hits with their places among the posts of the batch.
  private static func hits(_ parts: [ScreenedPart]) -> [(hit: Hit, place: Int)] {
    var hits: [(hit: Hit, place: Int)] = []
    var before = 0
    for part in parts {
      for case (_, .hit(let hit)) in part.gaps { hits.append((hit, before + hit.place)) }
      before += part.posts
    }
    return hits
  }

  private func stopRules(
    _ hits: [(hit: Hit, place: Int)], posts: Int, on platform: Slug, _ book: ConductBook
  ) async throws {
    let rules = book.rules.values.filter { rule in
      (rule.stage.applies || rule.stage == .shadow) && !rule.reverted
        && (rule.platforms.isEmpty || rule.platforms.contains(platform))
    }
    guard !rules.isEmpty, posts > 0 else { return }
    var matches: [RuleReference: [Int]] = [:]
    for (hit, place) in hits {
      let account = book.account(on: platform, key: hit.post.account)
      let sighting = hit.sighting(on: platform, account: account?.entry.category)
      for rule in rules
      where (rule.stage == .shadow || rule.stage.takes(hit.postDigest)) && rule.matches(sighting) {
        matches[rule.reference, default: []].append(place)
      }
    }
    defer { counts?.rulesSawPosts() }
    for rule in watch.note(rules, posts: posts, matches: matches) {
      let reason =
        "it matched more than \(rule.breaker.share) in a thousand of the last"
        + " \(rule.breaker.window) posts"
      _ = try await journal.perform(
        .conduct(.breakRule(rule.reference, reason: reason)), by: .system)
    }
  }
}
