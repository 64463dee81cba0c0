public import Enforcement
public import Records

/// What the report service did since it started, and what waits.
public struct ReportFigures: Sendable, Hashable {
  /// Reports that were made, corrections included, by kind.
  public var made: [Report.Kind: Int] = [:]
  /// Reports that arrived, by kind.
  public var sent: [Report.Kind: Int] = [:]
  /// Tries that failed.
  public var failures = 0
  /// How the reports of the record fare, by kind, as it was looked at last.
  public var delivery: [Report.Kind: ReportDelivery] = [:]
  /// Sanctions whose time to be reported is over, and of which no report tells.
  public var overdue = 0
  /// How long after their deadlines reports to the authority arrived.
  public var lateness = Lateness()

  /// How late something was, in buckets of seconds.
  public struct Lateness: Sendable, Hashable {
    /// The upper ends of the buckets, in seconds.
    public static let bounds: [Double] = [0, 1, 10, 60, 600, 3_600, 86_400]
    /// How often each bucket was met; one more than ``bounds``, for what is later.
    public private(set) var counts = [UInt64](repeating: 0, count: bounds.count + 1)
    /// All of it, in seconds.
    public private(set) var sum = 0.0

    /// Nothing yet.
    public init() {}

    /// Counts one; what was early counts as in time.
    public mutating func note(_ duration: Duration) {
      let parts = duration.components
      let seconds = max(0, Double(parts.seconds) + Double(parts.attoseconds) / 1e18)
      counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
      sum += seconds
    }
  }

  /// Nothing yet.
  public init() {}
}
