import Foundation
import Testing

@testable import Enforcement

/// Looks over a desk's shoulder, and says where the law of the house was broken.
///
/// What must hold is worked out from the recorded events alone, by other means than the register's.
struct Audit {
  var decided = 0
  private(set) var refusals: Set<Refusal.Code> = []
  private var seen = 0
  private var receivers: [VersionKey: Actor] = [:]
  private var confirmers: [VersionKey: Actor] = [:]
  private var open: [VersionKey: Set<LineID>] = [:]
  private var newest: [OrderID: Int] = [:]
  private var terms: [VersionKey: OrderTerms] = [:]
  private var ended: Set<OrderID> = []
  private var suspended: Set<OrderID> = []
  private var settled: [VersionKey: Int] = [:]
  /// Lines that were paused, and whether they still are.
  private var paused: [VersionKey: [LineID: Bool]] = [:]
  /// From when each confirmed version counts: its own date, or its confirmation if that was later.
  private var counts: [VersionKey: Instant] = [:]

  private(set) var cases = CaseAudit()

  private struct VersionKey: Hashable {
    var order: OrderID
    var version: Int
  }

  // MARK: Events

  /// Checks what was recorded since the last look, and every order as it now stands.
  mutating func check(_ desk: Desk) throws {
    for event in desk.events[seen...] {
      try check(event)
      try cases.check(event)
    }
    cases.check(desk.register, at: desk.now)
    seen = desk.events.count
    for order in desk.register.orders.values { try check(order, at: desk.now) }
    #expect(desk.register.dueEvents(at: desk.now).isEmpty)
  }

  private mutating func check(_ event: Event) throws {
    if let id = event.change.order {
      #expect(!ended.contains(id), "\(id) was over, and still: \([event].story)")
    }
    switch event.change {
    case .orderReceived(let id, let receipt):
      #expect(newest[id] == nil)
      try begin(VersionKey(order: id, version: 1), receipt, event)
    case .orderAmended(let id, let version, let receipt, _):
      #expect(version == (newest[id] ?? 0) + 1)
      try begin(VersionKey(order: id, version: version), receipt, event)
    case .orderAssessed(let id, let version, let summary):
      open[VersionKey(order: id, version: version)] = Set(summary.openLines.keys)
    case .lineSettled(let id, let version, let line, let settlement):
      let key = VersionKey(order: id, version: version)
      #expect(settlement.by == event.actor && receivers[key] != event.actor)
      #expect(!settlement.reason.trimmingWhitespace.isEmpty)
      #expect(open[key]?.remove(line) != nil)
      settled[key, default: 0] += 1
    case .orderConfirmed(let id, let version):
      let key = VersionKey(order: id, version: version)
      #expect(version == newest[id])
      #expect(receivers[key] != nil && receivers[key] != event.actor && event.actor != .system)
      #expect(open[key]?.isEmpty == true)
      #expect(confirmers[key] == nil)
      confirmers[key] = event.actor
      counts[key] = max(event.time, try #require(terms[key]).effective)
    case .orderInForce(let id, let version, let due):
      let terms = try #require(terms[VersionKey(order: id, version: version)])
      #expect(confirmers[VersionKey(order: id, version: version)] != nil)
      #expect(terms.effective <= due && due < terms.expires && due <= event.time)
    case .orderExpired(let id, let due):
      #expect(event.actor == .system && due <= event.time)
      if let last = begun(id, upTo: newest[id] ?? 1, by: due) {
        #expect(terms[VersionKey(order: id, version: last)]?.expires == due)
      }
      ended.insert(id)
    case .orderRevoked(let id, let reason):
      #expect(event.actor != .system && !reason.isEmpty)
      ended.insert(id)
    case .orderSuspended(let id, let reason):
      #expect(event.actor != .system && !reason.isEmpty)
      #expect(suspended.insert(id).inserted)
    case .orderResumed(let id, let reason):
      #expect(event.actor != .system && !reason.isEmpty)
      #expect(suspended.remove(id) != nil)
    case .lineChanged(let id, let version, let line, let change):
      try check(change, of: line, VersionKey(order: id, version: version), event)
    case .recordOpened, .personAdded, .tokenReplaced, .actionRefused, .clockCorrected,
      .contestReceived, .siteWatched, .siteDropped, .caseChanged, .conduct:
      break
    }
  }

  /// Only the brake pauses, only a person puts back, and what was put back is not paused again.
  private mutating func check(
    _ change: LineChange, of line: LineID, _ key: VersionKey, _ event: Event
  ) throws {
    #expect(begun(key.order, upTo: newest[key.order] ?? 1, by: event.time) == key.version)
    switch change {
    case .paused:
      #expect(event.actor == .system && !suspended.contains(key.order))
      #expect(paused[key, default: [:]].updateValue(true, forKey: line) == nil)
    case .resumed(let reason):
      #expect(event.actor != .system && !reason.isEmpty)
      #expect(paused[key, default: [:]].updateValue(false, forKey: line) == true)
    }
  }

  private mutating func begin(
    _ key: VersionKey, _ receipt: OrderReceipt, _ event: Event
  ) throws {
    newest[key.order] = key.version
    receivers[key] = event.actor
    terms[key] = receipt.terms
    #expect(receipt.terms.expires > event.time)
  }

  // MARK: Orders

  private func check(_ order: Order, at now: Instant) throws {
    if !order.state.isFinal { checkStanding(of: order, at: now) }
    let versions = order.versions
    #expect(versions.map(\.number) == Array(1...versions.count))
    #expect(Set(versions.map(\.terms.reference)).count == 1)
    #expect(order.state.isFinal == (order.ended != nil))
    #expect(order.state.isFinal == ended.contains(order.id))
    #expect(!order.state.isFinal || order.pending == nil)
    for version in versions {
      #expect(version.confirmedBy != version.receivedBy)
      #expect((version.confirmedBy == nil) == (version.confirmed == nil))
      #expect(version.confirmedBy == nil || version.openLines.isEmpty)
      #expect(version.settlements.values.allSatisfy { $0.by != version.receivedBy })
      let key = VersionKey(order: order.id, version: version.number)
      #expect(version.settlements.count == settled[key, default: 0])
      #expect(Set(version.openLines.keys) == open[key])
      let pauses = (version.pauses ?? [:]).mapValues { $0.lifted == nil }
      #expect(pauses == paused[key, default: [:]])
      #expect(Set(version.pausedLines.keys) == Set(pauses.filter(\.value).keys))
    }
    switch order.state {
    case .assessed:
      #expect(order.current.confirmedBy == nil && order.inForceSince == nil && !order.isEnforceable)
    case .confirmed: #expect(order.current.confirmedBy != nil && order.isEnforceable)
    case .inForce:
      let since = try #require(order.inForceSince)
      #expect(order.current.confirmedBy != nil && order.isEnforceable)
      #expect(since >= (order.past.map(\.terms.effective) + [order.terms.effective]).min()!)
    case .suspended: #expect(order.current.confirmedBy != nil && !order.isEnforceable)
    case .expired, .revoked: #expect(!order.isEnforceable)
    }
  }

  /// The version that counts is the newest whose time has come; the one before holds until then.
  private func checkStanding(of order: Order, at now: Instant) {
    let begun = begun(order.id, upTo: order.current.number + 1, by: now)
    if let begun {
      #expect(order.current.number == begun)
      #expect(order.state == (suspended.contains(order.id) ? .suspended : .inForce))
    } else {
      #expect(order.state != .inForce)
      #expect((order.state == .suspended) == suspended.contains(order.id))
    }
    #expect(now < order.terms.expires)
  }

  /// The newest version whose time has come.
  private func begun(_ id: OrderID, upTo newest: Int, by moment: Instant) -> Int? {
    (1...newest).last { number in
      counts[VersionKey(order: id, version: number)].map { $0 <= moment } ?? false
    }
  }

  // MARK: Time

  /// The next moment at which something falls due is exact: nothing before it, something at it.
  func checkNextDue(_ desk: Desk) throws {
    guard let next = desk.register.nextDue() else {
      #expect(desk.register.dueEvents(at: .distantFuture).isEmpty)
      return
    }
    #expect(desk.register.dueEvents(at: next + .milliseconds(-1)).isEmpty)
    #expect(!desk.register.dueEvents(at: next).isEmpty)
  }

  /// Events of time come in the order in which they fell due, and leave nothing behind.
  func checkDue(_ events: [Event], _ desk: Desk) throws {
    let moments = events.compactMap(\.change.due)
    #expect(moments.count == events.count && moments == moments.sorted())
    #expect(desk.register.dueEvents(at: desk.now).isEmpty)
    for order in desk.register.orders.values where !order.state.isFinal {
      #expect(order.terms.expires > desk.now)
      #expect(order.state != .confirmed || order.terms.effective > desk.now)
    }
  }

  // MARK: The whole

  mutating func checkSentence(_ refusal: Refusal) {
    refusals.insert(refusal.code)
    #expect(refusal.text.count > 15 && refusal.description == refusal.text)
    #expect(refusal.text.trimmingWhitespace == refusal.text && !refusal.text.contains("Optional("))
  }

  /// Folding the events again, keeping and taking back, and JSON all give the same register.
  func checkWhole(_ desk: Desk) throws {
    var folded = Register()
    for event in desk.events { folded.apply(event) }
    #expect(folded == desk.register)

    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let orders = Array(desk.register.orders.values)
    for order in orders {
      let text = try encoder.encode(order)
      let back = try JSONDecoder().decode(Order.self, from: text)
      #expect(back == order)
      #expect(try encoder.encode(back) == text)
    }
    let people = Array(desk.register.people.values)
    let cases = Array(desk.register.book.cases.values)
    for found in cases {
      let back = try JSONDecoder().decode(CaseFile.self, from: try encoder.encode(found))
      #expect(back == found)
    }
    let taken = Register(
      people: people, orders: orders, sites: Array(desk.register.book.sites.values), cases: cases,
      lastEvent: desk.register.lastEvent)
    #expect(taken == desk.register)
    #expect(taken.book.nextID(at: desk.now) == desk.register.book.nextID(at: desk.now))
    #expect(taken.nextID(at: desk.now) == desk.register.nextID(at: desk.now))
  }
}

extension Instant {
  static let distantFuture = Instant(seconds: 253_402_300_799)
}

extension Change {
  fileprivate var due: Instant? {
    switch self {
    case .orderInForce(_, _, let due), .orderExpired(_, let due): due
    case .caseChanged(_, .due(let due)): due
    case .recordOpened, .personAdded, .tokenReplaced, .orderReceived, .orderAmended,
      .orderAssessed, .lineSettled, .orderConfirmed, .orderSuspended, .orderResumed,
      .orderRevoked, .lineChanged, .actionRefused, .clockCorrected, .contestReceived,
      .siteWatched, .siteDropped, .caseChanged, .conduct:
      nil
    }
  }
}
