public import Enforcement
internal import Synchronization

/// Counts what each version of a rule matches among the last posts that it saw, and says when that
/// is too much; counts in secret what rules would match that only watch.
///
/// It keeps numbers alone: nothing of a post, and nothing of who wrote it. After a restart it begins
/// anew, and a rule that matches too much is stopped as soon as it has matched enough again.
public final class RuleWatch: Sendable {
  /// How a version of a rule fares.
  public struct Figures: Sendable, Hashable {
    /// Posts that it saw since the program began.
    public var seen: Int
    /// Posts that it matched.
    public var matched: Int
  }

  private struct Window {
    var seen = 0
    var matched = 0
    /// The numbers of the last posts that it matched, ascending; no more than its window counts.
    var recent: ArraySlice<Int> = []
  }

  private let windows = Mutex<[RuleReference: Window]>([:])

  /// Begins at nothing.
  public init() {}

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
        guard trips, rule.stage.applies else { return false }
        window.recent = []
        return true
      }
    }
  }
}
