internal import DomainNames
internal import Enforcement
internal import Records
internal import TransparencyLog

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
  /// How often the rule that applies matched.
  let hits: HitsReply?
  /// What the name would get if the order that applies were lifted.
  let ifLifted: IfLifted?
  let matches: [Match]
  var proof: Proof?

  struct OrderReply: Encodable, Sendable {
    let id: String
    let reference: String
    let authority: String
    let basis: String
    let issued: String
    let effective: String
    let expires: String
  }

  /// What would become of a name without the order that applies to it.
  struct IfLifted: Encodable, Sendable {
    let decision: String
    /// The order that would apply then.
    let order: String?
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
    /// The pause in which the moment lies: the brake keeps the rule out of force.
    let paused: PauseReply?
    let hits: HitsReply?

    init(
      _ rule: RecordedRule, _ order: Order, _ stretch: RecordedInterval, _ pauses: [RecordedPause],
      _ hits: HitsReply?, at moment: Instant
    ) {
      let version =
        order.versions.first { $0.number == rule.version } ?? order.current
      let terms = version.terms
      self.order = OrderReply(
        id: order.id.text, reference: terms.reference, authority: terms.authority,
        basis: terms.basis, issued: terms.issued.description,
        effective: terms.effective.description, expires: terms.expires.description)
      self.rule = RuleReply(
        name: rule.name.description, scope: rule.scope.rawValue, action: terms.answer.rawValue)
      line = rule.line.description
      self.version = rule.version
      mode = terms.mode.rawValue
      let end = min(stretch.until ?? terms.expires, terms.expires)
      since = stretch.since.description
      until = end.description
      let isInForce = stretch.since <= moment && moment < end
      let pause = pauses.first { pause in
        isInForce && pause.since <= moment && pause.until.map { moment < $0 } ?? true
      }
      paused = pause.map { pause in
        PauseReply(pause, version.pauses?[rule.line]?.reading)
      }
      isActive = isInForce && pause == nil
      self.hits = hits
    }
  }

  /// A pause by the brake.
  struct PauseReply: Encodable, Sendable {
    let entry: UInt64
    let since: String
    let until: String?
    /// What the brake saw.
    let matched: Int?
    let counted: Int?

    init(_ pause: RecordedPause, _ reading: BrakeReading?) {
      entry = pause.entry
      since = pause.since.description
      until = pause.until?.description
      matched = reading?.matched
      counted = reading?.counted
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
    hits = applies?.hits
    ifLifted = applies.map { applies in
      let next = Self.winner(of: matches.filter { $0.order.id != applies.order.id })
      return IfLifted(decision: Self.decision(of: next), order: next?.order.id)
    }
    decision =
      protection == nil ? Self.decision(of: applies) : "protected"
  }

  /// The rule that applies: among those that block the most specific, else among those that observe.
  static func winner(of matches: [Match]) -> Match? {
    let active = matches.filter(\.isActive)
    return active.first { $0.mode == EnforcementMode.block.rawValue } ?? active.first
  }

  private static func decision(of match: Match?) -> String {
    match.map { $0.mode == EnforcementMode.observe.rawValue ? "observed" : "blocked" }
      ?? "not-listed"
  }
}
