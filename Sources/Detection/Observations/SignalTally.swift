/// Collects where signals are met.
struct SignalTally {
  private var met: [String: SignalMet] = [:]
  private let text: ObservedText

  /// Places that evidence is kept of, for each signal.
  static let evidenceBound = 8

  init(_ text: ObservedText) {
    self.text = text
  }

  /// Counts a signal at a place of the folded text.
  mutating func add(
    _ id: String, role: Signal.Role, weight: Double, at range: Range<Int>
  ) {
    add(
      id, role: role, weight: weight, regions: text.text.regions(at: range.lowerBound),
      location: text.location(range))
  }

  /// Counts a signal at a place of the original.
  mutating func add(
    _ id: String, role: Signal.Role, weight: Double, regions: RegionSet,
    location: Evidence.Location
  ) {
    var signal =
      met[id]
      ?? SignalMet(id: id, role: role, weight: weight, count: 0, regions: [:], evidence: [])
    signal.count += 1
    var bits = regions.rawValue
    while bits != 0 {
      signal.regions[Region.allCases[bits.trailingZeroBitCount], default: 0] += 1
      bits &= bits - 1
    }
    if signal.evidence.count < Self.evidenceBound {
      signal.evidence.append(text.evidence(id, at: location, weight: weight))
    }
    met[id] = signal
  }

  /// Counts a signal of the engine's own at a place of the original.
  mutating func add(
    _ signal: PageSignal, regions: RegionSet = [], location: Evidence.Location
  ) {
    add(
      signal.rawValue, role: signal.role, weight: 0, regions: regions, location: location)
  }

  /// Counts a signal of the engine's own at a place of the folded text.
  mutating func add(_ signal: PageSignal, at range: Range<Int>) {
    add(signal.rawValue, role: signal.role, weight: 0, at: range)
  }

  /// Counts places that were not kept.
  mutating func addDropped(_ id: String, _ count: Int) {
    met[id]?.count += count
  }

  /// Drops a signal that is met too rarely.
  mutating func require(_ id: String, minimumCount: Int) {
    if let signal = met[id], signal.count < minimumCount { met[id] = nil }
  }

  /// What is met, in the order of the ids.
  var signals: [SignalMet] {
    met.values.sorted { $0.id < $1.id }
  }
}

extension PageSignal {
  /// What it says about a page that meets it.
  var role: Signal.Role { category.map { .category($0) } ?? .context }
}
