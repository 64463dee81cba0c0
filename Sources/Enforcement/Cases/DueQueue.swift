/// What falls due when: what is due now, and when the next is, are found without a look at the rest.
///
/// Any number may fall due at one moment; planning one and taking one out cost the same then.
struct DueQueue<ID: Hashable & Comparable & Sendable>: Sendable, Hashable {
  private typealias Minute = [Instant: Set<ID>]
  private typealias Day = [Int64: Minute]

  /// By day and minute, since the register is copied before each change; no part is empty.
  private var days: [Int64: Day] = [:]

  /// Whether nothing is planned.
  var isEmpty: Bool { days.isEmpty }

  /// When the next one falls due.
  var earliest: Instant? {
    guard let day = days.keys.min(), let minutes = days[day], let minute = minutes.keys.min()
    else { return nil }
    return minutes[minute]?.keys.min()
  }

  /// Plans something anew, or takes it out.
  mutating func move(_ id: ID, from old: Instant?, to new: Instant?) {
    guard old != new else { return }
    if let old { remove(id, at: old) }
    guard let new else { return }
    let (day, minute) = Self.place(of: new)
    days[day, default: [:]][minute, default: [:]][new, default: []].insert(id)
  }

  /// What is due by a moment, in the order in which it fell due.
  func due(by moment: Instant) -> [(at: Instant, id: ID)] {
    let (lastDay, lastMinute) = Self.place(of: moment)
    var due: [(at: Instant, id: ID)] = []
    for day in days.keys.filter({ $0 <= lastDay }).sorted() {
      guard let minutes = days[day] else { continue }
      for minute in minutes.keys.filter({ $0 <= lastMinute }).sorted() {
        guard let moments = minutes[minute] else { continue }
        for at in moments.keys.filter({ $0 <= moment }).sorted() {
          due += (moments[at] ?? []).sorted().map { (at: at, id: $0) }
        }
      }
    }
    return due
  }

  private mutating func remove(_ id: ID, at moment: Instant) {
    let (day, minute) = Self.place(of: moment)
    days[day]?[minute]?[moment]?.remove(id)
    guard days[day]?[minute]?[moment]?.isEmpty == true else { return }
    days[day]?[minute]?[moment] = nil
    guard days[day]?[minute]?.isEmpty == true else { return }
    days[day]?[minute] = nil
    if days[day]?.isEmpty == true { days[day] = nil }
  }

  /// Day and minute since the epoch; what lies before it counts as its first minute.
  private static func place(of moment: Instant) -> (day: Int64, minute: Int64) {
    let minute = max(0, moment.milliseconds) / 60_000
    return (minute / 1_440, minute)
  }
}
