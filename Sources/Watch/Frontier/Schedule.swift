public import Enforcement
public import Records

/// When a page is looked at next.
///
/// The time between two looks follows how often the page changes: it halves after a change and
/// grows by half without one, within bounds. What a look came to and the page's own hash decide
/// everything; there is no clock and no chance in it.
public struct Schedule: Sendable, Hashable {
  /// The shortest time between two looks.
  public var shortest = Duration.seconds(3_600)
  /// The longest time between two looks.
  public var longest = Duration.seconds(30 * 86_400)
  /// The time to the second look at a start page and at pages that are likely to tell.
  public var first = Duration.seconds(86_400)
  /// The time to the second look at other pages.
  public var firstOrdinary = Duration.seconds(3 * 86_400)
  /// The time to the next try after a first failure; it doubles with each that follows.
  public var retry = Duration.seconds(900)
  /// The longest time between two tries.
  public var longestRetry = Duration.seconds(7 * 86_400)
  /// After so many failures in a row a page is given up, unless it is a start page or a finding.
  public var patience = 10
  /// After so many times that a page was said to be gone (404, 410) it is given up likewise.
  public var goneLimit = 3

  /// The usual schedule.
  public init() {}

  /// What a look came to.
  public enum Look: Sendable, Hashable {
    /// The page is there, and another one than the last time, or was not seen before.
    case changed
    /// The page is there, and the same as the last time.
    case unchanged
    /// The server says that there is no such page.
    case gone
    /// Nothing came that could be looked at.
    case failed
  }

  /// What becomes of a page.
  public struct Plan: Sendable, Hashable {
    /// When to look next.
    public var due: Instant
    /// The time between two looks as it has adapted.
    public var interval: Duration
    /// How many looks in a row came to nothing.
    public var failures: Int
    /// Whether the page is worth another look at all.
    public var isKept: Bool
  }

  /// Plans the next look at a page.
  ///
  /// - Parameters:
  ///   - look: what the look came to.
  ///   - page: the page as it was before this look.
  ///   - risk: how closely the site is watched.
  ///   - moment: when the page was looked at.
  ///   - notBefore: until when its host wants to be left alone, where it said so.
  /// - Returns: the plan; the next look lies at least nine tenths of ``shortest`` ahead, or of
  ///   ``retry`` after a failure, and at most eleven tenths of the longest.
  public func plan(
    after look: Look, at page: PageEntry, risk: SiteTerms.Risk, at moment: Instant,
    notBefore: Instant? = nil
  ) -> Plan {
    var failures = 0
    var interval = page.state.interval
    var wait: Duration
    switch look {
    case .changed, .unchanged:
      interval = adapted(page, changed: look == .changed)
      wait = bounded(interval * risk.factor)
    case .gone:
      failures = page.state.failures + 1
      interval = adapted(page, changed: false)
      wait = bounded(interval * risk.factor)
    case .failed:
      failures = page.state.failures + 1
      wait = Self.doubled(retry, times: failures - 1, upTo: longestRetry)
    }
    wait = wait * Self.spread(page.key, moment)
    let due = moment + wait
    let isTried = failures >= (look == .gone ? goneLimit : patience)
    let isPrecious = page.depth == 0 || page.state.verdict?.isFinding == true
    return Plan(
      due: max(due, notBefore ?? due), interval: interval, failures: failures,
      isKept: !isTried || isPrecious)
  }

  private func adapted(_ page: PageEntry, changed: Bool) -> Duration {
    guard page.state.interval > .zero else {
      let isTelling = page.depth == 0 || PageRank.isTelling(page.rank, depth: page.depth)
      return bounded(isTelling ? first : firstOrdinary)
    }
    return bounded(changed ? page.state.interval / 2 : page.state.interval * 3 / 2)
  }

  private func bounded(_ interval: Duration) -> Duration {
    min(max(interval, shortest), longest)
  }

  /// A duration doubled so many times, at most to a bound.
  static func doubled(_ start: Duration, times: Int, upTo bound: Duration) -> Duration {
    // Beyond 2^24 any bound of ours is passed.
    min(start * (1 << min(max(times, 0), 24)), bound)
  }

  /// Between nine and eleven tenths, by the page and the moment: what came in together does not
  /// come due together for ever.
  private static func spread(_ key: PageKey, _ moment: Instant) -> Double {
    // SplitMix64 (Steele, Lea, Flood 2014): the finisher alone, as a hash.
    var mixed = UInt64(bitPattern: key.number) &+ UInt64(bitPattern: moment.milliseconds)
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return 0.9 + 0.2 * Double(mixed >> 11) / Double(1 << 53)
  }
}

extension SiteTerms.Risk {
  /// What the time between two looks is multiplied by.
  fileprivate var factor: Double {
    switch self {
    case .low: 2
    case .normal: 1
    case .high: 0.5
    }
  }
}
