/// Who answers the same queries.
enum Contender: CaseIterable {
  case index
  case layered
  case carefulSet
  case plainSet

  var title: String {
    switch self {
    case .index: "index"
    case .layered: "index with \(SizeBenchmark.pendingChanges) pending changes"
    case .carefulSet: "set, careful walk"
    case .plainSet: "set, plain walk"
    }
  }
}

/// Median nanoseconds a query for one kind of queries.
struct LookupResult {
  let queries: String
  let times: [Contender: Double]
  /// Of the rule numbers that were found, so that no lookup can be left out.
  let checksum: Int
}

/// Samples of the same work by index and set.
struct PairedSamples {
  var index: [Double] = []
  var set: [Double] = []

  var medians: PairedTimes { PairedTimes(index: index.median, set: set.median) }
}

/// Median nanoseconds of the same work by index and set.
struct PairedTimes {
  let index: Double
  let set: Double
}

/// What was measured with one number of rules.
struct SizeResult {
  let rules: Int
  let lookups: [LookupResult]
  let build: PairedTimes
  let change: PairedTimes
  let indexOctets: Int
  let setOctets: Int
}
