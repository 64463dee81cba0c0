internal import DomainNames
internal import Enforcement
internal import Gate
internal import Logging
internal import Records
internal import Synchronization

/// Judges what the gate counted in a window, and has the brake's pauses recorded.
struct BrakeDesk: Sendable {
  let journal: Journal
  let keeper: TotalsKeeper
  let brake: Brake
  /// The length of a window in seconds.
  let window: Int
  let meter: BrakeMeter
  let logger: Logger

  /// Takes what was counted in a window.
  func take(_ count: BallotCount) async throws(StoreError) {
    for (match, matched) in count.matches.sorted(by: { $0.value > $1.value }) {
      for line in try lines(of: match) {
        keeper.count(matched, of: line, in: match.order)
        let reading = BrakeReading(matched: matched, counted: count.counted, seconds: window)
        try await judge(line.line, of: match.order, reading)
      }
    }
  }

  /// The lines of the order in force that name what matched.
  private func lines(of match: OrderMatch) throws(StoreError) -> [TotalsStore.LinePlace] {
    guard let order = journal.register.orders[match.order] else { return [] }
    let version = order.current.number
    return try journal.rules(covering: match.name)
      .filter { $0.order == match.order && $0.version == version && $0.name == match.name }
      .map { TotalsStore.LinePlace(version: version, line: $0.line) }
  }

  private func judge(
    _ line: LineID, of id: OrderID, _ reading: BrakeReading
  ) async throws(StoreError) {
    let register = journal.register
    guard let order = register.orders[id] else { return }
    switch brake.verdict(on: line, of: order, reading, in: register, at: journal.now) {
    case .pass: return
    case .warn(let reason):
      meter.warnings.add()
      logger.warning(
        "a line matches too much, and is left to people",
        metadata: [
          "order": "\(id)", "line": "\(line)", "percent": "\(reading.percent)",
          "why": "\(reason.rawValue)",
        ])
    case .pause:
      switch try await journal.perform(.pauseLine(id, line, reading), by: .system) {
      case .recorded:
        meter.pauses.add()
        logger.warning(
          "the brake paused a line: an officer puts it back with `cordon order resume`",
          metadata: [
            "order": "\(id)", "line": "\(line)", "percent": "\(reading.percent)",
          ])
      case .refused(let refusal): logger.warning("the brake was refused: \(refusal)")
      }
    }
  }
}

/// How often the brake acted.
struct BrakeMeter: Sendable {
  let pauses = Occasions()
  let warnings = Occasions()

  /// A number that only grows.
  final class Occasions: Sendable {
    private let number = Atomic<UInt64>(0)
    var value: UInt64 { number.load(ordering: .relaxed) }
    func add() { number.add(1, ordering: .relaxed) }
  }
}
