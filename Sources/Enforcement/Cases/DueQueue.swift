/// Which cases fall due when: the next one is known at once, however many wait.
struct DueQueue: Sendable, Hashable {
  /// The cases by the hour in which they fall due; no hour is empty.
  private var hours: [Int64: [CaseID: Instant]] = [:]
  /// When the next one falls due.
  private(set) var earliest: Instant?

  /// Plans a case anew, or takes it out.
  mutating func move(_ id: CaseID, from old: Instant?, to new: Instant?) {
    guard old != new else { return }
    if let old { remove(id, at: old) }
    guard let new else { return }
    hours[Self.hour(of: new), default: [:]][id] = new
    earliest = earliest.map { min($0, new) } ?? new
  }

  /// The cases that are due by a moment, in the order in which they fell due.
  func due(by moment: Instant) -> [(at: Instant, id: CaseID)] {
    guard let earliest, earliest <= moment else { return [] }
    let last = Self.hour(of: moment)
    return hours.filter { $0.key <= last }.values.joined()
      .filter { $0.value <= moment }
      .map { (at: $0.value, id: $0.key) }
      .sorted { ($0.at, $0.id) < ($1.at, $1.id) }
  }

  private mutating func remove(_ id: CaseID, at moment: Instant) {
    let hour = Self.hour(of: moment)
    hours[hour]?[id] = nil
    if hours[hour]?.isEmpty == true { hours[hour] = nil }
    guard moment == earliest else { return }
    earliest = hours.keys.min().flatMap { hours[$0]?.values.min() }
  }

  private static func hour(of moment: Instant) -> Int64 {
    moment.milliseconds >= 0 ? moment.milliseconds / 3_600_000 : -1
  }
}
