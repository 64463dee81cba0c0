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
    let register = journal.register
    var matches: [Explanation.Match] = []
    for rule in try journal.rules(covering: name) {
      guard let order = register.orders[rule.order] else { continue }
      for stretch in try stretches(of: order) where stretch.version == rule.version {
        matches.append(Explanation.Match(rule, order, stretch, at: moment))
      }
    }
    let protection = try grounds.protectedAtGate().first { name.isAtOrBelow($0) }
    let active = matches.filter(\.isActive)
    let winner =
      active.first { $0.mode == EnforcementMode.block.rawValue }
      ?? active.first
    var explanation = Explanation(
      name: name, at: moment, matches: matches, winner: winner, protection: protection,
      addresses: { self.contestAddress(of: $0) })
    if let winner, protection == nil, let id = OrderID(winner.order.id) {
      explanation.proof = try proof(of: id)
    }
    return explanation
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

/// The answer of `explain`.
struct Explanation: Tellable {
  let name: String
  let unicode: String?
  let decision: String
  let at: String
  let order: OrderReply?
  let rule: RuleReply?
  let since: String?
  let until: String?
  let protectedBy: String?
  let contest: String?
  let matches: [Match]
  var proof: Proof?

  struct OrderReply: Encodable, Sendable {
    let id: String
    let reference: String
    let authority: String
    let basis: String
  }

  struct RuleReply: Encodable, Sendable {
    let name: String
    let scope: String
    let action: String
  }

  /// A rule that covers the name, whether it applies at the moment or not.
  struct Match: Encodable, Sendable {
    let order: OrderReply
    let rule: RuleReply
    let line: String
    let version: Int
    let mode: String
    let since: String
    let until: String
    let isActive: Bool

    init(_ rule: RecordedRule, _ order: Order, _ stretch: RecordedInterval, at moment: Instant) {
      let version =
        order.versions.first { $0.number == rule.version } ?? order.current
      let terms = version.terms
      self.order = OrderReply(
        id: order.id.text, reference: terms.reference, authority: terms.authority,
        basis: terms.basis)
      self.rule = RuleReply(
        name: rule.name.description, scope: rule.scope.rawValue, action: terms.answer.rawValue)
      line = rule.line.description
      self.version = rule.version
      mode = terms.mode.rawValue
      let end = min(stretch.until ?? terms.expires, terms.expires)
      since = stretch.since.description
      until = end.description
      isActive = stretch.since <= moment && moment < end
    }
  }

  /// The proof that what blocks the name is on the record.
  struct Proof: Encodable, Sendable {
    let entry: UInt64
    /// The leaf: canonical JSON; its hash is SHA-256 of a zero octet and the leaf.
    let leaf: String
    /// Index, path and signed checkpoint (c2sp.org/tlog-proof).
    let bundle: String

    init(_ proof: EntryProof) {
      entry = proof.index
      leaf = String(decoding: proof.leaf, as: UTF8.self)
      bundle = proof.bundle.text
    }
  }

  init(
    name: DomainName, at moment: Instant, matches: [Match], winner: Match?,
    protection: DomainName?, addresses: (OrderID) -> String
  ) {
    self.name = name.description
    unicode = name.unicode == name.description ? nil : name.unicode
    at = moment.description
    self.matches = matches
    protectedBy = protection?.description
    let applies = protection == nil ? winner : nil
    order = applies?.order
    rule = applies?.rule
    since = applies?.since
    until = applies?.until
    contest = applies.flatMap { OrderID($0.order.id) }.map(addresses)
    decision =
      if protection != nil {
        "protected"
      } else if let applies {
        applies.mode == EnforcementMode.observe.rawValue ? "observed" : "blocked"
      } else {
        "not-listed"
      }
  }

  func text(_ style: TextStyle) -> String {
    let shown = unicode.map { "\(name) (\(style.safe($0)))" } ?? name
    var text = style.paint("\(shown): ", .strong)
    switch decision {
    case "blocked": text += style.paint("blocked", .bad)
    case "observed": text += style.paint("observed, not blocked", .warning)
    case "protected": text += style.paint("protected", .good) + " by \(protectedBy ?? "")"
    default: text += style.paint("not listed", .good) + " by any order in force"
    }
    text += "\n"
    text += style.fields([
      ("order", order.map { "\($0.id), \(style.safe($0.reference))" }),
      ("authority", order.map { style.safe($0.authority) }),
      ("basis", order.map { style.safe($0.basis) }),
      ("rule", rule.map { "\($0.name) (\($0.scope)), answered \($0.action)" }),
      ("since", since), ("until", until), ("read and contest", contest),
      (
        "on the record",
        proof.map { "entry \($0.entry); `cordon record prove \($0.entry)` proves it" }
      ),
    ])
    let others = matches.filter { !($0.isActive && $0.order.id == order?.id) }
    if !others.isEmpty { text += style.paint("\nOther rules that cover the name\n", .strong) }
    for match in others {
      text += "  \(match.order.id)  \(match.rule.name) (\(match.rule.scope))"
      text += "  \(match.since) to \(match.until)"
      text += (match.isActive ? ", in force too" : ", not in force at \(at)") + "\n"
    }
    return text
  }
}
