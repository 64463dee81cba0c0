/// How many queries there were, and how many the cache answered: numbers, and nothing of any query.
struct TrafficMeter: Sendable {
  /// Queries that came, by whatever way.
  let queries = StripedCounter()
  /// Queries that were answered from the cache without asking anyone.
  let hits = StripedCounter()
  /// Queries that were answered with data past its time.
  let stale = StripedCounter()
}
