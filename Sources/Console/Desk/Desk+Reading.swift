internal import DomainNames
internal import Enforcement
internal import Records

// MARK: - Reading orders

extension Desk {
  func listOrders(_ state: String?, _ teller: inout DeskTeller) async throws {
    let wanted = try state.map { text in
      guard let state = OrderState(rawValue: text) else {
        let known = OrderState.allCases.map(\.rawValue).joined(separator: ", ")
        throw DeskFault("there is no state \(text); it may be \(known)")
      }
      return state
    }
    let orders = journal.register.orders.values
      .filter { wanted == nil || $0.state == wanted }
      .sorted { $0.cameBefore($1) }
    if orders.isEmpty { teller.remark { _ in "There are no orders yet.\n" } }
    for order in orders { try await teller.tell(OrderLine(order)) }
  }

  func showOrder(
    _ text: String, everyTarget: Bool, _ teller: inout DeskTeller
  ) async throws {
    let order = try journal.register.order(try orderID(text))
    let version = order.unconfirmed ?? order.current
    let targets = try journal.targets(of: order.id, version: version.number)
    let history = try journal.history(of: order.id)
    try await teller.tell(
      OrderDetail(
        order, shown: version, targets: targets, history: history, everyTarget: everyTarget,
        hits: totals.hits(of: order.id, until: journal.now),
        address: contestAddress(of: order.id)))
  }

  /// Where a person can read about an order and contest it.
  func contestAddress(of id: OrderID) -> String {
    "\(configuration.consoleURL)/orders/\(id)"
  }
}

/// All about an order.
struct OrderDetail: Tellable {
  let order: OrderLine
  let terms: Terms
  let source: Source
  let address: String
  let versions: [Version]
  let targets: [LineVerdict]
  let targetsNotShown: Int
  let settlements: [SettlementReply]
  /// Lines that the brake paused, those put back since among them.
  let pauses: [PauseReply]
  let hits: HitsReply?
  let history: [HistoryLine]

  struct Terms: Encodable, Sendable {
    let jurisdiction: String?
    let basis: String
    let issued: String
    let effective: String
    let expires: String
    let deadline: String?
    let contact: String?
    let answer: String
    let origin: String
    let note: String?
  }

  struct Source: Encodable, Sendable {
    let sha256: String
    let bytes: Int
    let format: String
  }

  struct Version: Encodable, Sendable {
    let number: Int
    let receivedBy: String
    let received: String
    let confirmedBy: String?
    let confirmed: String?
    let targetsRoot: String
    let added: Int?
    let removed: Int?
    let kept: Int?
  }

  struct SettlementReply: Encodable, Sendable {
    let line: String
    let outcome: String
    let by: String
    let reason: String
  }

  struct HistoryLine: Encodable, Sendable {
    let entry: UInt64
    let time: String
    let by: String
    let what: String
  }

  /// Targets shown before `--all` is asked for: all that need a person's eye, and so many others.
  private static let fewTargets = 10

  init(
    _ order: Order, shown: OrderVersion, targets: [RecordedTarget], history: [RecordedEvent],
    everyTarget: Bool, hits: HitsReply?, address: String
  ) {
    self.order = OrderLine(order)
    let terms = shown.terms
    self.terms = Terms(
      jurisdiction: terms.jurisdiction, basis: terms.basis, issued: terms.issued.description,
      effective: terms.effective.description, expires: terms.expires.description,
      deadline: terms.deadline?.description, contact: terms.contact,
      answer: terms.answer.rawValue, origin: terms.origin.rawValue, note: terms.note)
    source = Source(
      sha256: shown.source.digest, bytes: shown.source.bytes, format: shown.source.format)
    self.address = address
    versions = order.versions.map(Version.init)
    var room = Self.fewTargets
    let visible = targets.filter { target in
      if everyTarget || shown.openLines[target.line] != nil { return true }
      room -= 1
      return room >= 0
    }
    self.targets = visible.map(LineVerdict.init)
    targetsNotShown = targets.count - visible.count
    settlements = shown.settlements.sorted { $0.key < $1.key }.map { line, settlement in
      SettlementReply(
        line: line.description, outcome: Self.phrase(settlement.outcome),
        by: settlement.by.description, reason: settlement.reason)
    }
    pauses = PauseReply.all(of: order.current, targets)
    self.hits = hits
    self.history = history.map { recorded in
      HistoryLine(
        entry: recorded.index, time: recorded.event.time.description,
        by: recorded.event.actor.description, what: recorded.event.change.phrase)
    }
  }

  private static func phrase(_ outcome: Settlement.Outcome) -> String {
    switch outcome {
    case .accepted: "accepted"
    case .dropped: "dropped"
    case .read(let name, let scope): "read as \(name) (\(scope.rawValue))"
    }
  }

  func text(_ style: TextStyle) -> String {
    var text = order.text(style)
    text += style.fields([
      ("authority", style.safe(order.authority)),
      ("jurisdiction", terms.jurisdiction.map(style.safe)),
      ("basis", style.safe(terms.basis)), ("issued", terms.issued),
      ("effective", terms.effective), ("expires", terms.expires), ("deadline", terms.deadline),
      ("contact", terms.contact.map(style.safe)), ("mode", order.mode), ("answer", terms.answer),
      ("note", terms.note.map(style.safe)), ("hits", hits?.phrase), ("public page", address),
      ("source", "\(source.format), \(source.bytes) octets, SHA-256 \(source.sha256)"),
    ])
    for version in versions { text += version.text }
    text += style.paint("\nTargets\n", .strong) + targets.map { $0.text(style) }.joined()
    if targetsNotShown > 0 {
      text += style.paint("       and \(targetsNotShown) more: add --all\n", .faint)
    }
    if !settlements.isEmpty {
      text += style.paint("\nSettled\n", .strong)
      for settled in settlements {
        text += style.column(settled.line, 7)
        text += "\(settled.outcome), by \(settled.by): \(style.safe(settled.reason))\n"
      }
    }
    text += PauseReply.text(pauses, of: order.id, style)
    text += style.paint("\nHistory\n", .strong)
    for line in history {
      text += style.column("\(line.entry)", 7) + style.column(line.time, 26)
      text += style.column(line.by, 16) + style.safe(line.what) + "\n"
    }
    return text
  }
}

extension OrderDetail.Version {
  init(_ version: OrderVersion) {
    number = version.number
    receivedBy = version.receivedBy.description
    received = version.received.description
    confirmedBy = version.confirmedBy?.description
    confirmed = version.confirmed?.description
    targetsRoot = version.targetsRoot
    added = version.difference?.added
    removed = version.difference?.removed
    kept = version.difference?.kept
  }

  var text: String {
    var text = "version \(number): received \(received) from \(receivedBy)"
    if let confirmedBy, let confirmed { text += ", confirmed \(confirmed) by \(confirmedBy)" }
    if let added, let removed, let kept {
      text += "; targets: \(added) added, \(removed) removed, \(kept) kept"
    }
    return text + "\n"
  }
}

extension Contest {
  /// What the person says, in one line for officers.
  var phrase: String {
    let about = name.map { " about \($0)" } ?? ""
    let from = contact.map { " from \($0)" } ?? ""
    return "contested\(about)\(from): \(statement)"
  }
}

extension Change {
  /// What happened, in a few words.
  var phrase: String {
    switch self {
    case .recordOpened(let origin): "the record \(origin) was opened"
    case .personAdded(let name, let role, _): "\(name) was added as \(role.rawValue)"
    case .tokenReplaced(let name, _): "the token of \(name) was replaced"
    case .orderReceived: "received"
    case .orderAmended(_, let version, _, _): "version \(version) received"
    case .orderAssessed(_, _, let summary): "assessed: \(Counts(summary.tally).phrase)"
    case .lineSettled(_, _, let line, let settlement):
      "line \(line) settled: \(settlement.reason)"
    case .orderConfirmed(_, let version): "version \(version) confirmed"
    case .orderInForce(_, let version, let due): "version \(version) in force since \(due)"
    case .orderSuspended(_, let reason): "suspended: \(reason)"
    case .orderResumed(_, let reason): "resumed: \(reason)"
    case .orderRevoked(_, let reason): "revoked: \(reason)"
    case .orderExpired(_, let due): "expired at \(due)"
    case .lineChanged(_, _, let line, let change): change.phrase(of: line)
    case .actionRefused(let action, _, let refusal): "\(action) was refused: \(refusal.text)"
    case .clockCorrected(let from, let reason):
      "the clock was accepted, the newest event being from \(from): \(reason)"
    case .contestReceived(let contest): contest.phrase
    case .siteWatched(let site, let reason): "\(site) is watched: \(reason)"
    case .siteDropped(let site, let reason): "\(site) is watched no more: \(reason)"
    case .caseChanged(_, let change): change.phrase
    case .conduct(let change): change.phrase
    }
  }
}
