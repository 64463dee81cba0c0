internal import DomainNames
internal import Enforcement
internal import Records
internal import TransparencyLog

// MARK: - What everyone may read

extension Desk {
  /// The public orders, the first made public first.
  ///
  /// That order never changes for those that are there, so a reader can go on from where it was.
  func publicOrders() -> [PublicOrder] {
    let now = journal.now
    return journal.register.orders.values
      .compactMap { PublicOrder($0, at: now, address: contestAddress(of: $0.id)) }
      .sorted { one, other in
        let (left, right) = (one.id.text, other.id.text)
        return (one.confirmed, left.utf8.count, left) < (other.confirmed, right.utf8.count, right)
      }
  }

  /// All that is public about an order; nil where it is not public, or not there.
  ///
  /// - Parameters:
  ///   - id: the order.
  ///   - start: the targets to begin with.
  ///   - limit: the most targets to tell.
  /// - Returns: the order, with some of its targets.
  /// - Throws: ``StoreError``.
  func publicDetail(
    of id: OrderID, from start: Int, limit: Int
  ) throws(StoreError) -> PublicOrderDetail? {
    guard let order = journal.register.orders[id],
      let face = PublicOrder(order, at: journal.now, address: contestAddress(of: id))
    else { return nil }
    let page = try journal.rules(of: id, version: face.version, from: start, limit: limit)
    // An amendment that nobody confirmed is a draft, as an order is.
    let confirmed = Set(order.versions.filter { $0.confirmedBy != nil }.map(\.number))
    let history = try journal.publicHistory(of: id).filter { event in
      event.kind != .amended || event.version.map(confirmed.contains) ?? false
    }
    return PublicOrderDetail(
      order: face,
      targets: page.rules.map { rule in
        PublicOrderDetail.Target(
          rule,
          isPaused: face.version == order.current.number
            && order.current.pausedLines[rule.line] != nil)
      }, next: page.next,
      history: history.map(PublicOrderDetail.Happening.init),
      contests: try journal.contests(of: id), proof: try publicProof(of: id),
      contest: "\(configuration.consoleURL)/contest")
  }

  private func publicProof(of id: OrderID) throws(StoreError) -> PublicOrderDetail.Proof? {
    guard let entry = try journal.entryInForce(of: id) else { return nil }
    let proof = try journal.prove(entry)
    return PublicOrderDetail.Proof(
      entry: proof.index, leaf: String(decoding: proof.leaf, as: UTF8.self),
      leafHash: TreeHash.leaf(proof.leaf).hex, bundle: proof.bundle.text,
      key: journal.verifierKey.description)
  }

  /// The orders in force that block a name now; empty where nothing does.
  func ordersBlocking(_ name: DomainName) throws -> [PublicOrder] {
    let now = journal.now
    let explanation = try explanation(of: name, at: now)
    guard explanation.decision == "blocked" else { return [] }
    let blocking = explanation.matches.filter {
      $0.isActive && $0.mode == EnforcementMode.block.rawValue
    }
    let register = journal.register
    return Set(blocking.compactMap { OrderID($0.order.id) }).sorted()
      .compactMap { register.orders[$0] }
      .compactMap { PublicOrder($0, at: now, address: contestAddress(of: $0.id)) }
  }

  /// Takes in what someone affected says against a block.
  ///
  /// - Returns: the entry; its number is the person's reference.
  func receive(_ contest: Contest) async throws -> RecordedEvent {
    let events = try await record(.receiveContest(contest), by: .system)
    guard let event = events.first else { throw DeskFault("the contest was not recorded") }
    return event
  }
}
