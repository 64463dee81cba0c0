public import Enforcement
public import Records
internal import Synchronization

/// Counts what each version of a rule matches among the last posts that it saw, and says when that
/// is too much; counts in secret what rules would match that only watch.
///
/// It keeps numbers alone: nothing of a post, and nothing of who wrote it. Where counts are kept it
/// goes on after a restart from where it was, so that neither a restart hides a rule that matches too
/// much nor a week in the shadow begins anew.
public final class RuleWatch: Sendable {
  /// How a version of a rule fares.
  public struct Figures: Sendable, Hashable {
    /// Posts that it saw.
    public var seen: Int
    /// Posts that it matched.
    public var matched: Int
  }

  private struct Window {
    var seen = 0
    var matched = 0
    /// The numbers of the last posts that it matched, ascending; no more than its window counts.
    var recent: ArraySlice<Int> = []
    /// What matched before this number counts no more.
    var oldest = 1
    /// How many posts it had seen when ``RuleWatch/changes()`` was last asked.
    var told = 0
  }

  private let windows: Mutex<[RuleReference: Window]>

  /// Goes on from what was kept; begins at nothing without.
  public init(from kept: [RuleReference: RuleTally] = [:]) {
    windows = Mutex(
      kept.mapValues {
        Window(
          seen: $0.seen, matched: $0.matched, recent: $0.recent[...], oldest: $0.oldest,
          told: $0.seen)
      })
  }

  /// What has changed since this was last asked.
  func changes() -> [RuleReference: RuleTally] {
    windows.withLock { windows in
      var changes: [RuleReference: RuleTally] = [:]
      for (rule, window) in windows where window.told < window.seen {
        windows[rule]?.told = window.seen
        changes[rule] = RuleTally(
          seen: window.seen, matched: window.matched,
          recent: Array(window.recent.reversed().prefix { $0 > window.told }.reversed()),
          oldest: window.oldest)
      }
      return changes
    }
  }

  /// How each version of a rule fares.
  public var figures: [RuleReference: Figures] {
    windows.withLock { windows in
      windows.mapValues { Figures(seen: $0.seen, matched: $0.matched) }
    }
  }

  /// Notes what rules saw in a batch.
  ///
  /// - Parameters:
  ///   - rules: those that looked at its posts.
  ///   - posts: how many they are.
  ///   - matches: the places of the posts that each matched, ascending, from 0.
  /// - Returns: the rules that have to be stopped; their windows begin anew.
  func note(
    _ rules: [ConductRule], posts: Int, matches: [RuleReference: [Int]]
  ) -> [ConductRule] {
    windows.withLock { windows in
      rules.filter { rule in
        var window = windows[rule.reference] ?? Window()
        defer { windows[rule.reference] = window }
        var trips = false
        for place in matches[rule.reference] ?? [] {
          let number = window.seen + place + 1
          window.matched += 1
          window.recent.append(number)
          window.recent = window.recent.drop { $0 <= number - rule.breaker.window }
          trips =
            trips
            || rule.breaker.trips(
              matches: window.recent.count, of: min(number, rule.breaker.window))
        }
        window.seen += posts
        window.oldest = max(window.oldest, window.seen - rule.breaker.window + 1)
        guard trips, rule.stage.applies else { return false }
        window.recent = []
        window.oldest = window.seen + 1
        return true
      }
    }
  }
}
