public import DomainNames

/// What an assessment rests on, besides the order itself.
public struct AssessmentBasis: Sendable {
  /// Where names are registered or hosted for others.
  public var suffixes: PublicSuffixes
  /// The guarded names.
  public let guardList: GuardList
  /// Popular names; empty where the operator has no list.
  public var popular: PopularNames
  /// The operator's own names, and those of the page where an order can be contested.
  public let ownNames: [DomainName]
  /// Names that nothing may block.
  public let protectedNames: [DomainName]
  /// The popular sites of the guard list, for comparing look-alikes.
  let guardedPopular: PopularNames
  let ownFamily: NameFamily
  let protectedFamily: NameFamily

  /// Takes the parts.
  public init(
    suffixes: PublicSuffixes,
    guardList: GuardList,
    popular: PopularNames = PopularNames(ranked: []),
    ownNames: [DomainName] = [],
    protectedNames: [DomainName] = []
  ) {
    self.suffixes = suffixes
    self.guardList = guardList
    self.popular = popular
    self.ownNames = ownNames
    self.protectedNames = protectedNames
    self.ownFamily = NameFamily(ownNames)
    self.protectedFamily = NameFamily(protectedNames)
    self.guardedPopular = PopularNames(
      ranked: guardList.entries(of: .popular).map(\.name).sorted())
  }
}

/// Says of each target of an order what it would hit, and what is to become of it.
///
/// The assessment never guesses and never drops a line: each comes back with a decision and the
/// reasons for it.
public struct Assessor: Sendable {
  private let basis: AssessmentBasis
  /// The scope of a target that gives none.
  private let defaultScope: Scope

  /// Takes the basis, and the scope of a bare name.
  public init(basis: AssessmentBasis, defaultScope: Scope = .subtree) {
    self.basis = basis
    self.defaultScope = defaultScope
  }

  /// Assesses all targets of one order.
  ///
  /// - Parameters:
  ///   - lines: the targets in the order of the file.
  ///   - orderInForce: the order in force, if any, that has exactly this name and scope already.
  /// - Returns: one assessed target for each given, in the same order.
  public func assess(
    _ lines: [SourceLine],
    orderInForce: (DomainName, Scope) -> OrderID? = { _, _ in nil }
  ) -> [AssessedLine] {
    var seen: [TargetKey: (line: LineID, decision: Decision)] = [:]
    return lines.map { line in
      var assessed = assess(line)
      guard let name = assessed.name, let scope = assessed.scope else { return assessed }
      let key = TargetKey(name: name, scope: scope)
      // A line that waits may be dropped: it does not stand in for a later one that does not wait.
      if let first = seen[key], first.decision == .accept || assessed.decision != .accept {
        assessed.decision = .duplicate
        assessed.reasons = [
          Reason(code: "duplicate", text: "line \(first.line) of this file names \(name) already")
        ]
        return assessed
      }
      seen[key] = (line.id, assessed.decision)
      if assessed.decision == .accept || assessed.decision == .hold,
        let order = orderInForce(name, scope)
      {
        assessed.reasons.append(
          Reason(code: "already-in-force", text: "order \(order) covers \(name) already"))
      }
      return assessed
    }
  }

  /// Assesses one target by itself.
  public func assess(_ line: SourceLine) -> AssessedLine {
    switch line.reading {
    case .unreadable(let why):
      return AssessedLine(
        source: line, decision: .quarantine, reasons: [Reason(code: why.code, text: why.text)])
    case .address(let address):
      return AssessedLine(
        source: line, decision: .refuse,
        reasons: [
          Reason(
            code: "address-literal",
            text: "\(address) is an address: it is shared by strangers, so only names are blocked")
        ])
    case .name(let name, let writing):
      return assess(name, writing: writing, of: line)
    }
  }

  private func assess(_ name: DomainName, writing: Writing, of line: SourceLine) -> AssessedLine {
    let scope = line.scope ?? defaultScope(for: writing)
    let lineage = [name] + name.ancestors
    var assessed = AssessedLine(source: line, decision: .accept, name: name, scope: scope)
    if let reason = quarantine(name, lineage) {
      assessed.decision = .quarantine
      assessed.reasons = [reason]
      assessed.name = nil
      assessed.scope = nil
      return assessed
    }
    let refusals = refusals(name, lineage, scope: scope)
    if !refusals.isEmpty {
      assessed.decision = .refuse
      assessed.reasons = refusals
      return assessed
    }
    let holds = holds(name, lineage, scope: scope, writing: writing)
    assessed.decision = holds.isEmpty ? .accept : .hold
    assessed.reasons = holds + warnings(name, scope: scope)
    return assessed
  }

  /// A URL names one host; a bare name is read as the file's or the operator's default says.
  private func defaultScope(for writing: Writing) -> Scope {
    switch writing {
    case .plain: defaultScope
    case .url, .urlWithPath: .exact
    case .wildcard: .subtree
    }
  }

  private struct TargetKey: Hashable {
    let name: DomainName
    let scope: Scope
  }
}

// MARK: - Refused, or not to be read

extension Assessor {
  private func quarantine(_ name: DomainName, _ lineage: [DomainName]) -> Reason? {
    guard lineage.count == 2, !basis.suffixes.isPublicSuffix(name),
      SpecialUse.reason(for: name, among: lineage) == nil
    else { return nil }
    return Reason(
      code: "single-label", text: "\"\(name)\" has no dot and is no known top-level domain")
  }

  private func refusals(
    _ name: DomainName, _ lineage: [DomainName], scope: Scope
  ) -> [Reason] {
    if name.isRoot {
      return [Reason(code: "root", text: "the root is all names there are")]
    }
    var reasons: [Reason] = []
    if let special = SpecialUse.reason(for: name, among: lineage) { reasons.append(special) }
    if basis.suffixes.isPublicSuffix(name) {
      reasons.append(suffixReason(name))
    } else if scope == .subtree, basis.suffixes.hasSuffixBelow(name) {
      reasons.append(
        Reason(
          code: "suffix-parent",
          text: "names below \(name) belong to many strangers (a public suffix lies below it)"))
    }
    if let entry = basis.guardList.essentialEntry(among: lineage) {
      reasons.append(essentialReason(entry))
    }
    if let own = ownName(name, lineage, scope: scope) {
      reasons.append(
        Reason(
          code: "operator-name",
          text: "\(own) is the operator's own name, or the page where orders are contested"))
    }
    if let protected = basis.protectedFamily.member(among: lineage) {
      reasons.append(
        Reason(
          code: "protected-name", text: "\(protected) is on the operator's list of protected names")
      )
    }
    return reasons
  }

  private func suffixReason(_ name: DomainName) -> Reason {
    name.labelCount == 1
      ? Reason(code: "top-level-domain", text: "\(name) is a top-level domain")
      : Reason(
        code: "public-suffix",
        text: "\(name) is a public suffix: strangers register or host names below it")
  }

  private func essentialReason(_ entry: GuardEntry) -> Reason {
    Reason(
      code: "essential",
      text: "devices need \(entry.name) to work" + (entry.note.map { " (\($0))" } ?? ""))
  }

  private func ownName(
    _ name: DomainName, _ lineage: [DomainName], scope: Scope
  ) -> DomainName? {
    if let own = basis.ownFamily.member(among: lineage) { return own }
    return scope == .subtree ? basis.ownFamily.members(below: name).first : nil
  }
}

// MARK: - Held

extension Assessor {
  private func holds(
    _ name: DomainName, _ lineage: [DomainName], scope: Scope, writing: Writing
  ) -> [Reason] {
    var reasons: [Reason] = []
    if let widening = widening(name, scope: scope, writing: writing) { reasons.append(widening) }
    reasons += guarded(name, lineage, scope: scope)
    reasons += popularity(name, lineage, scope: scope)
    if let label = name.mixedScriptLabel {
      reasons.append(
        Reason(code: "mixed-scripts", text: "\"\(label)\" mixes letters of several scripts"))
    }
    return reasons
  }

  private func widening(_ name: DomainName, scope: Scope, writing: Writing) -> Reason? {
    switch (writing, scope) {
    case (.urlWithPath, _):
      Reason(
        code: "wider-than-named",
        text: "the order names a path or port, and a name can only be blocked whole: all of \(name)"
          + " would go")
    case (.url, .subtree):
      Reason(
        code: "wider-than-named",
        text: "the order names the host \(name), and the scope takes all names below it too")
    case (.wildcard, .subtree):
      Reason(
        code: "wider-than-named",
        text: "the order names what lies below \(name), and the scope takes \(name) itself too")
    case (.wildcard, .exact):
      Reason(
        code: "wider-than-named",
        text: "the order names what lies below \(name), and the scope takes \(name) alone")
    case (.plain, _), (.url, .exact): nil
    }
  }

  private func guarded(
    _ name: DomainName, _ lineage: [DomainName], scope: Scope
  ) -> [Reason] {
    if let entry = basis.guardList.entry(among: lineage) {
      return [reason(for: entry, hitBy: name)]
    }
    guard scope == .subtree, let entry = basis.guardList.entry(below: name) else { return [] }
    return [
      Reason(
        code: entry.kind.rawValue, text: "\(entry.name) (\(entry.kind.phrase)) lies below \(name)")
    ]
  }

  private func reason(for entry: GuardEntry, hitBy name: DomainName) -> Reason {
    let what = entry.note.map { "\(entry.kind.phrase): \($0)" } ?? entry.kind.phrase
    let place = entry.name == name ? "\(name) is" : "\(name) lies below \(entry.name),"
    return Reason(code: entry.kind.rawValue, text: "\(place) \(what)")
  }

  private func popularity(
    _ name: DomainName, _ lineage: [DomainName], scope: Scope
  ) -> [Reason] {
    let registrable = basis.suffixes.registrableDomain(of: name) ?? name
    for known in lineage.prefix(max(1, lineage.count - registrable.labelCount)) {
      guard let rank = basis.popular.rank(of: known) else { continue }
      let place = known == name ? "\(name) is" : "\(name) lies below \(known),"
      return [
        Reason(code: "popular", text: "\(place) number \(rank) in the list of popular names")
      ]
    }
    if scope == .subtree, let below = basis.popular.popularName(below: name) {
      return [
        Reason(code: "popular-below", text: "\(below), which is popular, lies below \(name)")
      ]
    }
    guard basis.guardList.entry(among: lineage) == nil,
      let known = basis.popular.lookAlike(of: registrable)
        ?? basis.guardedPopular.lookAlike(of: registrable)
    else { return [] }
    return [
      Reason(
        code: "look-alike", text: "\(registrable) is one slip away from \(known), which is popular")
    ]
  }

  private func warnings(_ name: DomainName, scope: Scope) -> [Reason] {
    guard scope == .subtree else { return [] }
    return basis.protectedFamily.members(below: name).map {
      Reason(code: "protected-below", text: "\($0) is protected and stays reachable")
    }
  }
}

extension GuardKind {
  /// What a name of this kind is, in a sentence.
  var phrase: String {
    switch self {
    case .popular: "a popular site"
    case .cdn: "a content delivery network"
    case .cloud: "a cloud service that serves many customers"
    case .appStore: "an app store"
    case .linkShortener: "a link shortener"
    case .sharedHost: "a host that strangers share"
    case .payment: "a payment service"
    case .essential: "needed by devices to work"
    }
  }
}
