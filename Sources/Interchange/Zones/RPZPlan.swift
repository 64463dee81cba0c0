internal import DomainNames
internal import Enforcement

/// One owner of a policy zone, relative to the zone, and what it does.
struct RPZRecord {
  enum Action {
    /// NXDOMAIN: `CNAME .`
    case denyName
    /// NODATA: `CNAME *.`
    case denyData
    /// The block page's address.
    case address
    /// Protected: `CNAME rpz-passthru.`
    case pass
  }

  let owner: DomainName
  let action: Action
}

/// Works out which owners a policy zone needs.
///
/// Readers of such zones differ in how a wildcard and a longer owner meet: by RFC 4592 an owner at
/// or below `b.a` takes all names there out of the reach of `*.a`, while some readers go on to look
/// for `*.a`. So that all agree, each name that stands below a subtree rule gets its own pair of
/// owners, itself and its wildcard, and so does each name between the two.
struct RPZPlan {
  private let zone: DomainName
  private let hasAddress: Bool
  private let protected: Set<DomainName>
  private let aboveProtected: Set<DomainName>
  private var exact: [DomainName: EnforcedRule] = [:]
  private var subtrees: [DomainName: EnforcedRule] = [:]
  private(set) var deviations: [ZoneDeviation] = []

  /// Last labels that make an owner a trigger of another kind (draft, Section 4).
  private static let reservedLabels: Set<String> = [
    "rpz-ip", "rpz-client-ip", "rpz-nsip", "rpz-nsdname", "rpz-passthru", "rpz-drop",
    "rpz-tcp-only",
  ]

  init(zone: DomainName, addresses: [BlockPageAddress], protectedNames: [DomainName]) {
    self.zone = zone
    hasAddress = !addresses.isEmpty
    let all = Set(protectedNames.filter { !Self.isReserved($0) })
    protected = all.filter { name in !name.ancestors.contains(where: all.contains) }
    aboveProtected = Set(protected.flatMap(\.ancestors))
  }

  /// Takes a rule; of several for one name and scope, the first one in order stays.
  mutating func add(_ rule: EnforcedRule) {
    if let kind = reasonToOmit(rule) { return note(kind, of: rule) }
    switch rule.scope {
    case .exact where exact[rule.name] == nil: exact[rule.name] = rule
    case .subtree where subtrees[rule.name] == nil: subtrees[rule.name] = rule
    case .exact, .subtree: return
    }
    switch rule.answer {
    case .refused: note(.refusalReplaced, of: rule)
    case .address where !hasAddress: note(.noAddress, of: rule)
    case .nxdomain, .nodata, .address: break
    }
  }

  /// The owners in canonical order (RFC 4034, Section 6.1).
  mutating func records() -> [RPZRecord] {
    var keyed: [(key: [UInt8], record: RPZRecord)] = []
    for name in owners() {
      if protected.contains(name) {
        emit(name, .pass, below: .pass, into: &keyed)
      } else {
        emit(name, ownAction(of: name), below: actionBelow(name), into: &keyed)
      }
    }
    keyed.sort { $0.key.lexicographicallyPrecedes($1.key) }
    return keyed.map(\.record)
  }

  private mutating func note(_ kind: ZoneDeviation.Kind, of rule: EnforcedRule) {
    deviations.append(ZoneDeviation(name: rule.name, scope: rule.scope, kind: kind))
  }

  private func reasonToOmit(_ rule: EnforcedRule) -> ZoneDeviation.Kind? {
    switch rule.mode {
    case .observe: return .observed
    case .block: break
    }
    if protected.covers(rule.name) { return .protected }
    if Self.isReserved(rule.name) { return .reservedName }
    let octets = rule.name.wire.count + zone.wire.count - 1
    return octets > DomainName.maximumLength ? .tooLong(octets: octets) : nil
  }

  /// The root, a name with a label `*`, or one that ends like a trigger of another kind.
  private static func isReserved(_ name: DomainName) -> Bool {
    let labels = name.labels.map { String(decoding: $0, as: UTF8.self) }
    guard let last = labels.last else { return true }
    return labels.contains("*") || reservedLabels.contains(last)
  }
}

// MARK: - Owners and actions

extension RPZPlan {
  /// All names with a rule or protection, and those between them and the subtrees they lie in.
  private func owners() -> Set<DomainName> {
    var owners = Set(exact.keys).union(subtrees.keys).union(protected)
    for name in owners {
      var between: [DomainName] = []
      for ancestor in name.ancestors {
        between.append(ancestor)
        guard subtrees[ancestor] != nil else { continue }
        owners.formUnion(between)
        between.removeAll(keepingCapacity: true)
      }
    }
    return owners
  }

  /// The nearest subtree rule at or above a name.
  private func subtree(over name: DomainName) -> EnforcedRule? {
    subtrees[name] ?? name.ancestors.lazy.compactMap { subtrees[$0] }.first
  }

  private func ownAction(of name: DomainName) -> RPZRecord.Action? {
    if let rule = exact[name] { return action(rule.answer, mustExist: true) }
    return subtree(over: name).map {
      action($0.answer, mustExist: aboveProtected.contains(name))
    }
  }

  private func actionBelow(_ name: DomainName) -> RPZRecord.Action? {
    subtree(over: name).map { action($0.answer, mustExist: false) }
  }

  private func action(_ answer: BlockedAnswer, mustExist: Bool) -> RPZRecord.Action {
    switch answer {
    case .nxdomain, .refused: mustExist ? .denyData : .denyName
    case .nodata: .denyData
    case .address: hasAddress ? .address : .denyData
    }
  }

  private mutating func emit(
    _ name: DomainName,
    _ own: RPZRecord.Action?,
    below: RPZRecord.Action?,
    into keyed: inout [(key: [UInt8], record: RPZRecord)]
  ) {
    if let own { keyed.append((name.canonicalKey, RPZRecord(owner: name, action: own))) }
    guard let below else { return }
    let octets = name.wire.count + 2 + zone.wire.count - 1
    if octets <= DomainName.maximumLength,
      let wildcard = try? name.prepending(label: [UInt8(ascii: "*")])
    {
      keyed.append((wildcard.canonicalKey, RPZRecord(owner: wildcard, action: below)))
    } else {
      deviations.append(
        ZoneDeviation(name: name, scope: .subtree, kind: .wildcardTooLong(octets: octets)))
    }
  }
}
