import Testing

@testable import Enforcement

/// A register with a clock and people of every role, driven as the record drives it: what time
/// brought about is recorded before anyone's command is decided.
struct Desk {
  private(set) var register = Register()
  /// Everything recorded so far.
  private(set) var events: [Event] = []
  private(set) var now: Instant

  static let admin = Actor.named("ada")
  static let officer = Actor.named("olga")
  static let secondOfficer = Actor.named("otto")
  static let clerk = Actor.named("carl")
  static let reviewer = Actor.named("rita")
  static let auditor = Actor.named("axel")

  init(at moment: Instant = instant("2018-08-23T12:00:00Z")) {
    now = moment
    let people: [(String, Role)] = [
      ("ada", .administrator), ("olga", .officer), ("otto", .officer), ("carl", .clerk),
      ("rita", .reviewer), ("axel", .auditor),
    ]
    for (name, role) in people {
      record([
        Event(
          time: now, actor: Desk.admin, change: .personAdded(person(name), role, tokenDigest: [7]))
      ])
    }
  }

  mutating func record(_ new: [Event]) {
    for event in new { register.apply(event) }
    events += new
  }

  /// Lets time pass; with `catchingUp` false the system's jobs sleep meanwhile.
  mutating func wait(until moment: Instant, catchingUp: Bool = true) {
    now = moment
    if catchingUp { catchUp() }
  }

  mutating func wait(until text: String) { wait(until: instant(text)) }

  /// Records what time brought about, and answers it.
  @discardableResult
  mutating func catchUp() -> [Event] {
    let due = register.dueEvents(at: now)
    record(due)
    return due
  }

  /// Does what is asked, and answers the events.
  @discardableResult
  mutating func perform(_ command: Command, by actor: Actor) throws -> [Event] {
    catchUp()
    let new = try register.decide(command, by: actor, at: now)
    record(new)
    return new
  }

  /// Why a command is refused; nil where it is not.
  ///
  /// Changes nothing.
  func refusal(of command: Command, by actor: Actor) -> Refusal? {
    do {
      _ = try register.decide(command, by: actor, at: now)
      return nil
    } catch {
      return error
    }
  }

  /// Receives an order.
  mutating func receive(_ submission: Submission = .sample(), by actor: Actor = Desk.clerk) throws
    -> OrderID
  {
    let new = try perform(.receiveOrder(submission), by: actor)
    return try #require(new.first?.change.order)
  }

  func order(_ id: OrderID) throws -> Order { try register.order(id) }
}

extension [Event] {
  /// What happened, a word for each event, to compare histories by.
  var story: [String] {
    map { event in
      switch event.change {
      case .orderReceived: "received"
      case .orderAmended(_, let version, _, _): "amended \(version)"
      case .orderAssessed(_, let version, _): "assessed \(version)"
      case .lineSettled(_, _, let line, _): "settled \(line)"
      case .orderConfirmed(_, let version): "confirmed \(version)"
      case .orderInForce(_, let version, let due): "in force \(version) \(due.date)"
      case .orderSuspended: "suspended"
      case .orderResumed: "resumed"
      case .orderRevoked: "revoked"
      case .orderExpired(_, let due): "expired \(due.date)"
      case .lineChanged(_, _, let line, .paused): "paused line \(line)"
      case .lineChanged(_, _, let line, .resumed): "resumed line \(line)"
      case .recordOpened, .personAdded, .tokenReplaced, .actionRefused, .clockCorrected,
        .contestReceived, .siteWatched, .siteDropped, .caseChanged, .conduct:
        "other"
      }
    }
  }
}
