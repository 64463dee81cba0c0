extension ConfigurationKey {
  /// The keys of resolvers, of answers past their time, and of the brake.
  static let traffic: [ConfigurationKey] = [
    ConfigurationKey(
      path: "gate.upstream_authorities", kind: .text, standard: "\"\"",
      meaning: "File with the certificates to trust for tls:// resolvers; the system's where empty."
    ),
    ConfigurationKey(
      path: "gate.stale_hours", kind: .number(0...72), standard: "24",
      meaning: "Hours past its time for which an answer may be used where resolvers fail."),
    ConfigurationKey(
      path: "gate.brake.percent", kind: .number(0...100), standard: "10",
      meaning: "The share of counted queries above which the brake pauses a line; 0 for never."),
    ConfigurationKey(
      path: "gate.brake.minimum", kind: .number(1...1_000_000), standard: "200",
      meaning: "The fewest matches in a window that mean anything to the brake."),
    ConfigurationKey(
      path: "gate.brake.window_seconds", kind: .number(1...3_600), standard: "60",
      meaning: "The length of the brake's window."),
    ConfigurationKey(
      path: "gate.brake.youth_hours", kind: .number(1...8_760), standard: "24",
      meaning: "For so long after an order took effect the brake may pause a line of it."),
    ConfigurationKey(
      path: "gate.brake.daily_limit", kind: .number(0...1_000), standard: "5",
      meaning: "The most lines that the brake pauses in 24 hours."),
  ]
}

extension SettingReader {
  /// When the brake acts.
  func brake() -> BrakeConfiguration {
    BrakeConfiguration(
      percent: number("gate.brake.percent"), minimum: number("gate.brake.minimum"),
      windowSeconds: number("gate.brake.window_seconds"),
      youthHours: number("gate.brake.youth_hours"), dailyLimit: number("gate.brake.daily_limit"))
  }
}

/// When the brake pauses a line that matches too much.
public struct BrakeConfiguration: Sendable, Hashable {
  /// The share of counted queries, in percent; 0 for never.
  public var percent: Int
  /// The fewest matches in a window.
  public var minimum: Int
  /// The length of a window.
  public var windowSeconds: Int
  /// For so long after a version took effect.
  public var youthHours: Int
  /// The most lines in 24 hours.
  public var dailyLimit: Int
}
