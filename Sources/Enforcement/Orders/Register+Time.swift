extension Register {
  /// What time has brought about by `moment` and is not recorded yet, in the order in which it fell
  /// due.
  ///
  /// After downtime this catches up: an order whose whole term passed meanwhile takes effect and
  /// expires. Recording the events makes the list empty.
  public func dueEvents(at moment: Instant) -> [Event] {
    var due: [(at: Instant, rank: Int, id: String, change: Change)] = []
    for order in orders.values where !order.state.isFinal {
      for version in order.versionsTakingEffect where version.terms.effective <= moment {
        let at = version.terms.effective
        due.append(
          (at, 0, order.id.text, .orderInForce(order.id, version: version.number, due: at)))
      }
      let expires = order.expiry
      if expires <= moment {
        due.append((expires, 1, order.id.text, .orderExpired(order.id, due: expires)))
      }
    }
    for (at, id) in book.due(by: moment) {
      due.append((at, 2, id.text, .caseChanged(id, .due(at: at))))
    }
    due.sort { ($0.at, $0.rank, $0.id) < ($1.at, $1.rank, $1.id) }
    let changes = due.map { (at: $0.at, change: $0.change) }
    return merged(changes, sanctionsEnding(by: moment)).map {
      Event(time: moment, actor: .system, change: $0)
    }
  }

  /// Sanctions whose time is over, in the order in which it ended.
  private func sanctionsEnding(by moment: Instant) -> [(at: Instant, change: Change)] {
    conduct.due(by: moment).map { at, id in
      let change = ConductChange.sanctionLifted(id, .due, due: at, reason: "its time is over")
      return (at, .conduct(change))
    }
  }

  /// Two lists in the order of time as one; what is in the first comes first.
  private func merged(
    _ first: [(at: Instant, change: Change)], _ second: [(at: Instant, change: Change)]
  ) -> [Change] {
    var rest = second[...]
    var changes: [Change] = []
    changes.reserveCapacity(first.count + second.count)
    for item in first {
      while let next = rest.first, next.at < item.at { changes.append(rest.removeFirst().change) }
      changes.append(item.change)
    }
    return changes + rest.map(\.change)
  }

  /// When ``dueEvents(at:)`` next has something to say; nil where nothing is to come.
  public func nextDue() -> Instant? {
    let ofOrders = orders.values.lazy.filter { !$0.state.isFinal }.flatMap { order in
      [order.expiry] + order.versionsTakingEffect.map(\.terms.effective)
    }.min()
    return [ofOrders, book.nextDue, conduct.nextDue].compactMap(\.self).min()
  }
}

extension Order {
  /// The confirmed versions that wait for their time, in its order.
  ///
  /// A version holds until its amendment takes effect; where the amendment's time is no later than
  /// its own, it never takes effect itself.
  var versionsTakingEffect: [OrderVersion] {
    guard let successor else { return state == .confirmed ? [current] : [] }
    let currentComesFirst = state == .confirmed && terms.effective < successor.terms.effective
    return currentComesFirst ? [current, successor] : [successor]
  }

  /// When the order ends; a confirmed amendment that is yet to take effect may move it.
  public var expiry: Instant { (successor ?? current).terms.expires }

  /// The confirmed amendment that takes over from the current version, if there is one.
  ///
  /// A renewal may begin at the very moment at which the current version expires, and no later.
  private var successor: OrderVersion? {
    guard let pending, pending.confirmedBy != nil, pending.terms.effective <= terms.expires else {
      return nil
    }
    return pending
  }
}
