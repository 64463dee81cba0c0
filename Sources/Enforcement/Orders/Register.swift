/// Everything that is decided so far: the people, and the orders.
///
/// A functional core: ``decide(_:by:at:)`` answers the events that a command brings about, or
/// refuses; ``apply(_:)`` folds an event in. Both are pure: the same events give the same register.
public struct Register: Sendable, Hashable {
  /// The people who may act.
  public private(set) var people: [PersonName: Person] = [:]
  /// The orders.
  public private(set) var orders: [OrderID: Order] = [:]
  /// The sites that are watched, and the cases.
  public private(set) var book = CaseBook()
  /// The platforms, their rules and accounts, and what was decided about them.
  public private(set) var conduct = ConductBook()
  /// When the newest event was recorded.
  public private(set) var lastEvent: Instant?
  private var receivedOn: [String: Int] = [:]
  private var byReference: [ReferenceKey: OrderID] = [:]

  /// An empty register.
  public init() {}

  /// Takes back what was kept of a register.
  public init(
    people: [Person], orders: [Order], sites: [SiteRecord] = [], cases: [CaseFile] = [],
    conduct: ConductBook = ConductBook(), lastEvent: Instant?
  ) {
    for person in people { self.people[person.name] = person }
    // Of two orders with one reference the later counts, so they go in as they came.
    for order in orders.sorted(by: { $0.cameBefore($1) }) {
      insert(order, receivedAt: order.firstReceived)
    }
    book = CaseBook(sites: sites, cases: cases)
    self.conduct = conduct
    self.lastEvent = lastEvent
  }

  /// The order with a number.
  ///
  /// - Throws: ``Refusal`` where there is none.
  public func order(_ id: OrderID) throws(Refusal) -> Order {
    guard let order = orders[id] else {
      throw Refusal(.unknownOrder, "there is no order \(id): `cordon order list` shows them all")
    }
    return order
  }

  /// The order of an authority with a reference.
  public func order(authority: String, reference: String) -> OrderID? {
    byReference[ReferenceKey(authority: authority, reference: reference)]
  }

  /// The number that an order received now gets.
  func nextID(at moment: Instant) -> OrderID {
    OrderID(receivedAt: moment, ordinal: receivedOn[moment.compactDate, default: 0] + 1)
  }

  private mutating func insert(_ order: Order, receivedAt moment: Instant) {
    orders[order.id] = order
    receivedOn[moment.compactDate, default: 0] += 1
    let terms = order.terms
    byReference[ReferenceKey(authority: terms.authority, reference: terms.reference)] = order.id
  }

  private struct ReferenceKey: Hashable {
    let authority: String
    let reference: String
  }
}

// MARK: - Folding

extension Register {
  /// Folds one event in.
  ///
  /// Events come from ``decide(_:by:at:)`` and ``dueEvents(at:)``; one that does not fit the
  /// register (it names an order that is not there) changes nothing but the time.
  public mutating func apply(_ event: Event) {
    if lastEvent.map({ $0 < event.time }) ?? true { lastEvent = event.time }
    switch event.change {
    case .recordOpened, .actionRefused, .tokenReplaced, .contestReceived: break
    case .clockCorrected: lastEvent = event.time
    case .personAdded(let name, let role, _):
      people[name] = Person(name: name, role: role, added: event.time)
    case .orderReceived(let id, let receipt):
      insert(
        Order(id: id, receipt: receipt, by: event.actor, at: event.time), receivedAt: event.time)
    case .orderAmended(let id, _, _, _), .orderAssessed(let id, _, _),
      .lineSettled(let id, _, _, _),
      .orderConfirmed(let id, _), .orderInForce(let id, _, _), .orderSuspended(let id, _),
      .orderResumed(let id, _), .orderRevoked(let id, _), .orderExpired(let id, _),
      .lineChanged(let id, _, _, _):
      orders[id]?.apply(event)
    case .siteWatched(let site, _): book.watch(site, by: event.actor, at: event.time)
    case .siteDropped(let site, _): book.drop(site)
    case .caseChanged(let id, let change):
      book.apply(change, to: id, by: event.actor, at: event.time)
    case .conduct(let change): conduct.apply(change, by: event.actor, at: event.time)
    }
  }
}

extension Change {
  /// The order that the change is about, where it changes one.
  public var order: OrderID? {
    switch self {
    case .orderReceived(let id, _), .orderAmended(let id, _, _, _), .orderAssessed(let id, _, _),
      .lineSettled(let id, _, _, _), .orderConfirmed(let id, _), .orderInForce(let id, _, _),
      .orderSuspended(let id, _), .orderResumed(let id, _), .orderRevoked(let id, _),
      .orderExpired(let id, _), .lineChanged(let id, _, _, _):
      id
    case .recordOpened, .personAdded, .tokenReplaced, .actionRefused, .clockCorrected,
      .contestReceived, .siteWatched, .siteDropped, .caseChanged, .conduct:
      nil
    }
  }
}

extension Order {
  /// An order as it comes in.
  init(id: OrderID, receipt: OrderReceipt, by actor: Actor, at moment: Instant) {
    self.id = id
    self.state = .assessed
    self.current = OrderVersion(number: 1, receipt: receipt, by: actor, at: moment)
    self.past = []
  }

  /// When the order as first worded was received.
  public var firstReceived: Instant { (versions.first ?? current).received }

  /// Whether the order was received before another.
  public func cameBefore(_ other: Order) -> Bool {
    let (one, another) = (id.text, other.id.text)
    return (firstReceived, one.utf8.count, one)
      < (other.firstReceived, another.utf8.count, another)
  }

  /// Folds one event about this order in.
  mutating func apply(_ event: Event) {
    switch event.change {
    case .orderAmended(_, let number, let receipt, let difference):
      var version = OrderVersion(number: number, receipt: receipt, by: event.actor, at: event.time)
      version.difference = difference
      receive(version)
    case .orderAssessed(_, let number, let summary):
      change(number) { version in
        version.tally = summary.tally
        version.targetsRoot = summary.targetsRoot
        version.openLines = summary.openLines
      }
    case .lineSettled(_, let number, let line, let settlement):
      change(number) { version in
        version.openLines[line] = nil
        version.settlements[line] = settlement
      }
    case .orderConfirmed(_, let number):
      change(number) { version in
        version.confirmedBy = event.actor
        version.confirmed = event.time
      }
      if number == current.number, state == .assessed { state = .confirmed }
    case .orderInForce(_, let number, let due): takeEffect(number, at: due)
    case .orderSuspended(_, let reason):
      state = .suspended
      lastReason = reason
    case .orderResumed(_, let reason):
      state = .confirmed
      lastReason = reason
    case .orderRevoked(_, let reason):
      end(as: .revoked, at: event.time)
      lastReason = reason
    case .orderExpired(_, let due): end(as: .expired, at: due)
    case .lineChanged(_, let number, let line, let change):
      self.change(number) { $0.apply(change, to: line, at: event.time) }
    case .recordOpened, .personAdded, .tokenReplaced, .orderReceived, .actionRefused,
      .clockCorrected, .contestReceived, .siteWatched, .siteDropped, .caseChanged, .conduct:
      break
    }
  }

  private mutating func receive(_ version: OrderVersion) {
    if current.confirmedBy == nil {
      past.append(current)
      current = version
    } else {
      if let pending { past.append(pending) }
      pending = version
    }
  }

  private mutating func takeEffect(_ number: Int, at moment: Instant) {
    if let next = pending, next.number == number {
      past.append(current)
      current = next
      pending = nil
    }
    if state == .confirmed { state = .inForce }
    if state == .inForce, inForceSince == nil { inForceSince = moment }
  }

  private mutating func end(as state: OrderState, at moment: Instant) {
    self.state = state
    ended = moment
    pending = nil
  }

  private mutating func change(_ number: Int, _ body: (inout OrderVersion) -> Void) {
    if current.number == number {
      body(&current)
    } else if var version = pending, version.number == number {
      body(&version)
      pending = version
    }
  }
}

extension OrderVersion {
  init(number: Int, receipt: OrderReceipt, by actor: Actor, at moment: Instant) {
    self.number = number
    self.terms = receipt.terms
    self.source = receipt.source
    self.tally = Tally()
    self.targetsRoot = ""
    self.receivedBy = actor
    self.received = moment
    self.openLines = [:]
    self.settlements = [:]
  }

  /// The number of targets that are, or will be, enforced.
  public var enforcedTargets: Int {
    tally.accept
      + settlements.values.count { settlement in
        switch settlement.outcome {
        case .accepted, .read: true
        case .dropped: false
        }
      }
  }
}
