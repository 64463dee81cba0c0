internal import DomainNames
internal import Enforcement
internal import Records

/// What everyone may read about an order.
///
/// There is no place in it for who decided, why, which parties are meant, or how to reach a person:
/// what is not here cannot get onto a page.
struct PublicOrder: Encodable, Sendable {
  let id: OrderID
  let reference: String
  let authority: String
  let basis: String
  let jurisdiction: String?
  let origin: OrderOrigin
  let mode: EnforcementMode
  let answer: BlockedAnswer
  let state: OrderState
  let version: Int
  let issued: Instant
  let effective: Instant
  let expires: Instant
  /// When the first version was confirmed, and so made public.
  let confirmed: Instant
  /// When it first took effect.
  let since: Instant?
  /// When it ended, or is going to.
  let until: Instant
  /// How many names it is about.
  let names: Int
  /// SHA-256 of the file that the order was read from.
  let source: String
  /// Root of the Merkle tree over its assessed targets.
  let targetsRoot: String
  /// Where to read about it.
  let address: String

  enum CodingKeys: String, CodingKey {
    case id, reference, authority, basis, jurisdiction, origin, mode, answer, state, version
    case issued, effective, expires, confirmed, since, until, names, address
    case source = "source_sha256"
    case targetsRoot = "targets_root"
  }

  /// Takes what is public of an order; nil where nobody confirmed it.
  init?(_ order: Order, at moment: Instant, address: String) {
    guard order.isPublic, let confirmed = order.versions.compactMap(\.confirmed).min() else {
      return nil
    }
    let terms = order.terms
    id = order.id
    reference = terms.reference
    authority = terms.authority
    basis = terms.basis
    jurisdiction = terms.jurisdiction
    origin = terms.origin
    mode = terms.mode
    answer = terms.answer
    state = Self.state(of: order, at: moment)
    version = order.current.number
    issued = terms.issued
    effective = terms.effective
    expires = terms.expires
    self.confirmed = confirmed
    since = order.inForceSince ?? (state == .inForce ? terms.effective : nil)
    until = order.ended ?? terms.expires
    names = order.current.enforcedTargets
    source = order.current.source.digest
    targetsRoot = order.current.targetsRoot
    self.address = address
  }

  /// The gate reads the clock, and so does the page: it does not wait for the record to catch up.
  private static func state(of order: Order, at moment: Instant) -> OrderState {
    switch order.state {
    case .assessed, .expired, .revoked: return order.state
    case .suspended: return order.expiry <= moment ? .expired : .suspended
    case .confirmed, .inForce:
      if order.expiry <= moment { return .expired }
      return order.terms.effective <= moment ? .inForce : .confirmed
    }
  }

  /// Whether names are blocked, or counted, because of it now.
  var isActive: Bool { state == .inForce }
}

/// All that the page of an order tells.
struct PublicOrderDetail: Encodable, Sendable {
  let order: PublicOrder
  let targets: [Target]
  /// What to ask for the next targets with.
  let next: Int?
  let history: [Happening]
  /// How often the order was contested.
  let contests: Int
  let proof: Proof?
  /// Where to contest it.
  let contest: String

  enum CodingKeys: String, CodingKey {
    case targets, next, history, contests, proof, contest
  }

  /// Writes the order's own fields, and the others beside them.
  func encode(to encoder: any Encoder) throws {
    try order.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(targets, forKey: .targets)
    try container.encodeIfPresent(
      next.map { "/orders/\(order.id).json?from=\($0)" }, forKey: .next)
    try container.encode(history, forKey: .history)
    try container.encode(contests, forKey: .contests)
    try container.encodeIfPresent(proof, forKey: .proof)
    try container.encode(contest, forKey: .contest)
  }

  /// A name that the order is about.
  struct Target: Encodable, Sendable {
    let name: String
    /// The name as people write it, where that differs.
    let unicode: String?
    let scope: Scope
    /// Whether the brake keeps the name out of force; nil where it does not.
    let paused: Bool?

    init(_ rule: RecordedRule, isPaused: Bool) {
      paused = isPaused ? true : nil
      name = rule.name.description
      unicode = rule.name.unicode == name ? nil : rule.name.unicode
      scope = rule.scope
    }
  }

  /// Something that happened to the order.
  struct Happening: Encodable, Sendable {
    let entry: UInt64
    let event: PublicEvent.Kind
    let time: Instant
    let version: Int?

    init(_ event: PublicEvent) {
      entry = event.index
      self.event = event.kind
      time = event.time
      version = event.version
    }
  }

  /// The proof that the order is on the record.
  struct Proof: Encodable, Sendable {
    let entry: UInt64
    /// The leaf: canonical JSON.
    let leaf: String
    /// SHA-256 of a zero octet and the leaf, in hexadecimal.
    let leafHash: String
    /// Index, path and signed checkpoint (c2sp.org/tlog-proof).
    let bundle: String
    /// The key that the checkpoint is signed with.
    let key: String

    enum CodingKeys: String, CodingKey {
      case entry, leaf, bundle, key
      case leafHash = "leaf_hash"
    }
  }
}
