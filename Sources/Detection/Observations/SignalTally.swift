/// Collects where signals are met.
struct SignalTally {
  private var entries: [Entry] = []
  /// The place in ``entries`` of each signal of a pack, by its number; -1 where it was not met.
  private var places: [Int32]
  private let text: ObservedText
  private let compiled: CompiledPacks

  /// A signal that was met, before it is told.
  private struct Entry {
    let id: String
    let role: Signal.Role
    let weight: Double
    /// Where the id stands among all ids.
    let order: Int
    var own: PageSignal?
    var minimumCount = 1
    var count = 0
    var regions = RegionCounts()
    var evidence: [Evidence] = []
  }

  /// Places that evidence is kept of, for each signal.
  private let evidenceBound: Int

  /// Places that evidence is kept of, for each signal, at most.
  static let evidenceBound = 8

  init(_ text: ObservedText, _ compiled: CompiledPacks, evidence: Int = Self.evidenceBound) {
    self.text = text
    self.compiled = compiled
    evidenceBound = evidence
    places = [Int32](repeating: -1, count: compiled.signals.count)
    entries.reserveCapacity(32)
  }

  /// Counts a signal of a pack at places of the folded text, and at others that were not kept.
  mutating func add(
    _ signal: CompiledSignal, at places: some Collection<SignalPlaces.Place>, dropped: Int
  ) {
    guard !places.isEmpty else { return }
    let index = entry(signal)
    entries[index].count += places.count + dropped
    countRegions(of: places, index)
    let room = evidenceBound - entries[index].evidence.count
    guard room > 0 else { return }
    var evidence = entries[index].evidence
    entries[index].evidence = []
    evidence.reserveCapacity(evidence.count + min(places.count, room))
    for place in places.prefix(room) {
      evidence.append(text.evidence(signal.id, place.range, weight: signal.weight))
    }
    entries[index].evidence = evidence
  }

  /// Counts the regions of places; those side by side mostly stand in the same.
  private mutating func countRegions(
    of places: some Collection<SignalPlaces.Place>, _ index: Int
  ) {
    var counted: (regions: RegionSet, times: UInt32) = ([], 0)
    for place in places {
      let regions = text.regions(at: place.range.lowerBound)
      if regions != counted.regions {
        entries[index].regions.add(counted.regions, times: counted.times)
        counted = (regions, 0)
      }
      counted.times += 1
    }
    entries[index].regions.add(counted.regions, times: counted.times)
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
    add(to: entry(signal), regions: regions, location: location)
  }

  /// Counts a signal of the engine's own at a place of the folded text.
  mutating func add(_ signal: PageSignal, at range: Range<Int>) {
    add(
      signal, regions: text.regions(at: range.lowerBound), location: text.location(range))
  }

  private mutating func add(to index: Int, regions: RegionSet, location: Evidence.Location) {
    entries[index].count += 1
    entries[index].regions.add(regions)
    if entries[index].evidence.count < evidenceBound {
      let (id, weight) = (entries[index].id, entries[index].weight)
      entries[index].evidence.append(text.evidence(id, at: location, weight: weight))
    }
  }

  private mutating func entry(_ signal: CompiledSignal) -> Int {
    let known = Int(places[signal.number])
    if known >= 0 { return known }
    places[signal.number] = Int32(entries.count)
    entries.append(
      Entry(
        id: signal.id, role: signal.role, weight: signal.weight, order: compiled.order(of: signal),
        minimumCount: signal.minimumCount))
    return entries.count - 1
  }

  /// Few of the engine's own signals are met on one page, so that a walk over them is quick.
  private mutating func entry(_ signal: PageSignal) -> Int {
    if let index = entries.firstIndex(where: { $0.own == signal }) { return index }
    entries.append(
      Entry(
        id: signal.rawValue, role: signal.role, weight: 0, order: compiled.order(of: signal),
        own: signal))
    return entries.count - 1
  }

  /// What is met often enough, in the order of the ids.
  var signals: [SignalMet] {
    let met = entries.indices.filter { entries[$0].count >= entries[$0].minimumCount }
    return met.sorted { entries[$0].order < entries[$1].order }.map { index in
      let entry = entries[index]
      return SignalMet(
        id: entry.id, role: entry.role, weight: entry.weight, count: entry.count,
        regionCounts: entry.regions, evidence: entry.evidence)
    }
  }
}

/// How often something stands in each region.
struct RegionCounts: Sendable, Hashable {
  /// By the bit of ``RegionSet``.
  private var counts = SIMD32<UInt32>()

  init() {}

  /// Takes what ``byRegion`` gives.
  init(_ regions: [Region: Int]) {
    for (region, count) in regions {
      counts[RegionSet(region).rawValue.trailingZeroBitCount] = UInt32(clamping: count)
    }
  }

  mutating func add(_ regions: RegionSet, times: UInt32 = 1) {
    var bits = regions.rawValue
    while bits != 0 {
      counts[bits.trailingZeroBitCount] &+= times
      bits &= bits - 1
    }
  }

  var byRegion: [Region: Int] {
    var regions: [Region: Int] = [:]
    for region in Region.allCases {
      let count = counts[RegionSet(region).rawValue.trailingZeroBitCount]
      if count > 0 { regions[region] = Int(count) }
    }
    return regions
  }
}

extension PageSignal {
  /// What it says about a page that meets it.
  var role: Signal.Role { category.map { .category($0) } ?? .context }
}
