/// Decides when a rule that matches too much is paused: an order that names too wide a name shows at
/// once, in the answers of many networks.
///
/// A flood must not lift a block, so four things keep the brake from being used against an order.
/// Only a few queries of each network are counted. Only a version that took effect lately is braked:
/// a rule that stood for weeks was not too wide. A line that an officer put back is never braked
/// again. And at most a few lines a day are paused, whatever is counted.
public struct Brake: Sendable, Hashable {
  /// The share of counted queries, in percent, that a rule may match; 0 turns the brake off.
  public var percent: Int
  /// The fewest matches in a window that mean anything.
  public var minimum: Int
  /// For so long after a version took effect its lines can be paused.
  public var youth: Duration
  /// The most lines paused within 24 hours.
  public var dailyLimit: Int

  /// Takes the settings.
  public init(
    percent: Int = 10, minimum: Int = 200, youth: Duration = .seconds(86_400), dailyLimit: Int = 5
  ) {
    self.percent = percent
    self.minimum = minimum
    self.youth = youth
    self.dailyLimit = dailyLimit
  }

  /// What is to be done about a line.
  public enum Verdict: Sendable, Hashable {
    /// It matches no more than an order may.
    case pass
    /// It matches too much, and is to be paused.
    case pause
    /// It matches too much, but is left to people; why.
    case warn(Reason)
  }

  /// Why a line that matches too much is not paused.
  public enum Reason: String, Sendable, Hashable, CaseIterable {
    /// Its version has been in effect for longer than ``youth``.
    case established
    /// An officer put it back.
    case released
    /// As many lines were paused today as may be.
    case dailyLimit = "daily-limit"
  }

  /// Judges a line of an order by what was counted in a window.
  public func verdict(
    on line: LineID, of order: Order, _ reading: BrakeReading, in register: Register,
    at moment: Instant
  ) -> Verdict {
    guard percent > 0, order.state == .inForce, order.terms.mode == .block,
      reading.matched >= max(1, minimum), reading.matched * 100 > reading.counted * percent
    else { return .pass }
    if let known = order.current.pauses?[line] {
      return known.lifted == nil ? .pass : .warn(.released)
    }
    let began = max(order.terms.effective, order.current.confirmed ?? order.terms.effective)
    guard moment.duration(since: began) <= youth else { return .warn(.established) }
    guard register.pauses(after: moment + .seconds(-86_400)) < dailyLimit else {
      return .warn(.dailyLimit)
    }
    return .pause
  }
}

extension Register {
  /// How many lines the brake paused after a moment, put back or not.
  func pauses(after moment: Instant) -> Int {
    orders.values.reduce(0) { sum, order in
      sum
        + order.versions.reduce(0) { sum, version in
          sum + (version.pauses ?? [:]).values.count { $0.since > moment }
        }
    }
  }
}
