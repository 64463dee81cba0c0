/// When something that failed is tried again: each pause twice the one before, up to a longest one,
/// each a little longer or shorter by chance, so that many do not come back at one moment.
public struct Backoff: Sendable, Hashable {
  /// The first pause.
  public var first: Duration
  /// The longest.
  public var longest: Duration
  /// For so long it is tried.
  public var patience: Duration

  /// Takes the parts: by default 5 s, 2 h, and three days.
  public init(
    first: Duration = .seconds(5), longest: Duration = .seconds(2 * 3_600),
    patience: Duration = .seconds(3 * 86_400)
  ) {
    self.first = first
    self.longest = longest
    self.patience = patience
  }

  /// The pause after so many failures.
  ///
  /// - Parameters:
  ///   - attempts: how often it failed, this time included.
  ///   - chance: a random number of 0 to 1; the pause is that far between 75 and 125 %.
  /// - Returns: the pause.
  func pause(afterAttempts attempts: Int, chance: Double) -> Duration {
    let plain = min(longest, first * (1 << min(max(0, attempts - 1), 20)))
    return plain * (0.75 + 0.5 * min(max(chance, 0), 1))
  }
}
