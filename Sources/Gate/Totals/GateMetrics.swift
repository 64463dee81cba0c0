/// What the gate tells of itself: numbers since its start, without any name or client.
public struct GateMetrics: Sendable, Hashable {
  /// Queries that came.
  public var queries: UInt64 = 0
  /// Queries answered from the cache.
  public var cacheHits: UInt64 = 0
  /// Queries answered with data past its time, because an upstream failed or was slow.
  public var staleAnswers: UInt64 = 0
  /// Answers asked for again in the background.
  public var refreshes: UInt64 = 0
  /// Answers in the cache.
  public var cacheEntries = 0
  /// The octets they take.
  public var cacheOctets = 0
  /// Exchanges with upstreams that failed.
  public var upstreamFailures: UInt64 = 0
  /// How long exchanges with upstreams took.
  public var upstreamSeconds = Histogram(bounds: [], counts: [0], sum: 0)
  /// Names with a rule or a protection.
  public var names = 0
  /// The octets they take.
  public var nameOctets = 0

  /// Makes metrics of a gate that has done nothing yet.
  public init() {}

  /// How often something took how long.
  public struct Histogram: Sendable, Hashable {
    /// The upper ends of the buckets, ascending.
    public var bounds: [Double]
    /// How often each bucket was hit; one more than bounds, for what is longer.
    public var counts: [UInt64]
    /// The sum of all durations.
    public var sum: Double

    /// Takes the parts.
    public init(bounds: [Double], counts: [UInt64], sum: Double) {
      self.bounds = bounds
      self.counts = counts
      self.sum = sum
    }
  }
}
