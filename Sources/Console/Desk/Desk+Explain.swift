internal import DomainNames
internal import Enforcement
internal import Foundation
internal import Interchange
internal import Records
internal import TransparencyLog

// MARK: - Why a name is blocked, or is not

extension Desk {
  func explain(
    _ text: String, at momentText: String?, _ teller: inout DeskTeller
  ) async throws {
    guard case .name(let name, _) = TargetReader.read(text) else {
      throw DeskFault("\"\(text)\" cannot be read as a domain name")
    }
    let moment = try momentText.map { text in
      guard let moment = Instant(text) else {
        throw DeskFault("\"\(text)\" is no time: write 2026-08-24T12:00:00Z")
      }
      return moment
    }
    try await teller.tell(try explanation(of: name, at: moment ?? journal.now))
  }

  /// Says what the rules of a moment mean for a name.
  ///
  /// What is protected now is told for past moments too: the list of protected names is a setting,
  /// and has no history.
  func explanation(of name: DomainName, at moment: Instant) throws -> Explanation {
    let matches = try matches(of: name, at: moment)
    let protection = try grounds.protectedAtGate().first { name.isAtOrBelow($0) }
    let winner = Explanation.winner(of: matches)
    var explanation = Explanation(
      name: name, at: moment, matches: matches, winner: winner, protection: protection,
      addresses: { self.contestAddress(of: $0) })
    if let winner, protection == nil, let id = OrderID(winner.order.id) {
      explanation.proof = try proof(of: id)
    }
    return explanation
  }

  /// Every rule that covers a name, the most specific first, with each stretch of time in which it
  /// was, is, or is going to be in force.
  private func matches(of name: DomainName, at moment: Instant) throws -> [Explanation.Match] {
    let register = journal.register
    var matches: [Explanation.Match] = []
    for rule in try journal.rules(covering: name) {
      guard let order = register.orders[rule.order] else { continue }
      let pauses = try journal.pauses(of: order.id)
        .filter { $0.version == rule.version && $0.line == rule.line }
      for stretch in try stretches(of: order) where stretch.version == rule.version {
        let place = TotalsStore.LinePlace(version: rule.version, line: rule.line)
        let hits = totals.hits(of: order.id, place, until: min(moment, journal.now))
        matches.append(Explanation.Match(rule, order, stretch, pauses, hits, at: moment))
      }
    }
    return matches
  }

  /// When an order was, is, or is going to be in force.
  private func stretches(of order: Order) throws -> [RecordedInterval] {
    var stretches = try journal.intervals(of: order.id)
    if order.state == .confirmed {
      stretches.append(
        RecordedInterval(
          order: order.id, version: order.current.number, since: order.terms.effective, until: nil))
    }
    return stretches
  }

  private func proof(of id: OrderID) throws -> Explanation.Proof? {
    guard let entry = try journal.entryInForce(of: id) else { return nil }
    return Explanation.Proof(try journal.prove(entry))
  }
}
