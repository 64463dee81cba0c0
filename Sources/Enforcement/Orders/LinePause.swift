/// What the brake saw of a rule: counts of counted queries, and nothing about who asked.
///
/// Of each network only a few queries a window are counted, so that no single asker can move it.
public struct BrakeReading: Sendable, Hashable, Codable {
  /// Counted queries that the rule matched.
  public var matched: Int
  /// Counted queries in all.
  public var counted: Int
  /// The length of the window in seconds.
  public var seconds: Int

  /// Takes the counts.
  public init(matched: Int, counted: Int, seconds: Int) {
    self.matched = matched
    self.counted = counted
    self.seconds = seconds
  }

  /// The share of counted queries that the rule matched, in whole percent.
  public var percent: Int { counted > 0 ? matched * 100 / counted : 0 }
}

/// That the brake paused a line of an order, and whether an officer put it back.
public struct LinePause: Sendable, Hashable, Codable {
  /// From when the line is not enforced.
  public var since: Instant
  /// What the brake saw.
  public var reading: BrakeReading
  /// When an officer put the line back; nil while it is paused.
  public var lifted: Instant?

  /// Takes the parts.
  public init(since: Instant, reading: BrakeReading, lifted: Instant? = nil) {
    self.since = since
    self.reading = reading
    self.lifted = lifted
  }
}

/// What happened to a line of an order in force.
public enum LineChange: Sendable, Hashable {
  /// The brake paused it: it matched far more than an order should.
  case paused(BrakeReading)
  /// An officer put it back; the brake leaves it alone from then on.
  case resumed(reason: String)
}

extension OrderVersion {
  /// The lines that are paused now.
  public var pausedLines: [LineID: LinePause] {
    (pauses ?? [:]).filter { $0.value.lifted == nil }
  }

  /// Folds in what happened to a line.
  mutating func apply(_ change: LineChange, to line: LineID, at moment: Instant) {
    var known = pauses ?? [:]
    switch change {
    case .paused(let reading): known[line] = LinePause(since: moment, reading: reading)
    case .resumed: known[line]?.lifted = moment
    }
    pauses = known
  }
}

extension Register {
  /// Pauses a line: the brake's step, which takes nothing but a line that harms out of force.
  func pause(
    _ order: Order, _ line: LineID, _ reading: BrakeReading, by actor: Actor
  ) throws(Refusal) -> [Change] {
    guard actor == .system else {
      throw Refusal(
        .notAllowed,
        "only the gate's brake pauses a line: to set \(order.id) aside, use `cordon order suspend`")
    }
    guard order.state == .inForce, order.terms.mode == .block else {
      throw Refusal(.wrongState, "\(order.id) blocks nothing now, so no line of it is paused")
    }
    if let known = order.current.pauses?[line] {
      guard known.lifted == nil else {
        throw Refusal(
          .wrongState, "an officer put line \(line) of \(order.id) back: the brake leaves it alone")
      }
      return []
    }
    return [.lineChanged(order.id, version: order.current.number, line, .paused(reading))]
  }

  /// Puts a paused line back.
  func resume(_ order: Order, _ line: LineID, _ reason: String) throws(Refusal) -> [Change] {
    guard !order.state.isFinal else {
      throw Refusal(
        .wrongState, "\(order.id) is \(order.state.rawValue): nothing can change it now")
    }
    guard order.current.pausedLines[line] != nil else {
      throw Refusal(.unknownLine, "line \(line) of \(order.id) is not paused")
    }
    let reason = try written(reason)
    return [.lineChanged(order.id, version: order.current.number, line, .resumed(reason: reason))]
  }
}
