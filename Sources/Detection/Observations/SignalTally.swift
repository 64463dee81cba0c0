/// Collects where signals are met.
struct SignalTally {
  private var entries: [Entry] = []
  private let text: ObservedText

  /// A signal that was met, before it is told.
  private struct Entry {
    let id: String
    let role: Signal.Role
    let weight: Double
    var minimumCount = 1
    var count = 0
    var regions = RegionCounts()
    var evidence: [Evidence] = []
  }

  /// Places that evidence is kept of, for each signal.
  static let evidenceBound = 8

  init(_ text: ObservedText) {
    self.text = text
  }

  /// Counts a signal of a pack at places of the folded text, and at others that were not kept.
  mutating func add(
    _ signal: CompiledSignal, at places: [SignalPlaces.Place], dropped: Int
  ) {
    guard !places.isEmpty else { return }
    let index = entry(signal)
    entries[index].count += places.count + dropped
    for place in places {
      let range = place.range
      entries[index].regions.add(text.text.regions(at: range.lowerBound))
      if entries[index].evidence.count < Self.evidenceBound {
        entries[index].evidence.append(
          text.evidence(signal.id, range, weight: signal.weight))
      }
    }
  }

  /// Counts a signal of a pack at a place of the original.
  mutating func add(
    _ signal: CompiledSignal, regions: RegionSet, location: Evidence.Location
  ) {
    add(to: entry(signal), regions: regions, location: location)
  }

  /// Counts a signal of the engine's own at a place of the original.
  mutating func add(
    _ signal: PageSignal, regions: RegionSet = [], location: Evidence.Location
  ) {
    let index = entry(signal.rawValue) {
      Entry(id: signal.rawValue, role: signal.role, weight: 0)
    }
    add(to: index, regions: regions, location: location)
  }

  /// Counts a signal of the engine's own at a place of the folded text.
  mutating func add(_ signal: PageSignal, at range: Range<Int>) {
    add(
      signal, regions: text.text.regions(at: range.lowerBound), location: text.location(range))
  }

  private mutating func add(to index: Int, regions: RegionSet, location: Evidence.Location) {
    entries[index].count += 1
    entries[index].regions.add(regions)
    if entries[index].evidence.count < Self.evidenceBound {
      let (id, weight) = (entries[index].id, entries[index].weight)
      entries[index].evidence.append(text.evidence(id, at: location, weight: weight))
    }
  }

  private mutating func entry(_ signal: CompiledSignal) -> Int {
    entry(signal.id) {
      Entry(
        id: signal.id, role: signal.role, weight: signal.weight,
        minimumCount: signal.minimumCount)
    }
  }

  /// Few signals are met on one page, so that a walk over them is quick.
  private mutating func entry(_ id: String, _ make: () -> Entry) -> Int {
    if let index = entries.firstIndex(where: { $0.id == id }) { return index }
    entries.append(make())
    return entries.count - 1
  }

  /// What is met often enough, in the order of the ids.
  var signals: [SignalMet] {
    entries.filter { $0.count >= $0.minimumCount }.sorted { $0.id < $1.id }.map {
      SignalMet(
        id: $0.id, role: $0.role, weight: $0.weight, count: $0.count,
        regions: $0.regions.byRegion, evidence: $0.evidence)
    }
  }
}

/// How often something stands in each region.
private struct RegionCounts {
  private var counts: [Int] = []

  mutating func add(_ regions: RegionSet) {
    var bits = regions.rawValue
    guard bits != 0 else { return }
    if counts.isEmpty { counts = [Int](repeating: 0, count: Region.allCases.count) }
    while bits != 0 {
      counts[bits.trailingZeroBitCount] += 1
      bits &= bits - 1
    }
  }

  var byRegion: [Region: Int] {
    var regions: [Region: Int] = [:]
    for (region, count) in zip(Region.allCases, counts) where count > 0 { regions[region] = count }
    return regions
  }
}

extension PageSignal {
  /// What it says about a page that meets it.
  var role: Signal.Role { category.map { .category($0) } ?? .context }
}
