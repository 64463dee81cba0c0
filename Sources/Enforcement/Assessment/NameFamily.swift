internal import DomainNames

/// Some names, found from names above and below them without a walk over all.
struct NameFamily: Sendable {
  private var members: Set<DomainName>
  private var below: [DomainName: [DomainName]] = [:]

  init(_ names: [DomainName]) {
    members = Set(names)
    for name in names {
      for ancestor in name.ancestors { below[ancestor, default: []].append(name) }
    }
  }

  /// The nearest member among a name and the names above it, nearest first.
  func member(among lineage: [DomainName]) -> DomainName? {
    members.isEmpty ? nil : lineage.first(where: members.contains)
  }

  /// Whether a name is a member.
  func contains(_ name: DomainName) -> Bool { members.contains(name) }

  /// The members below a name.
  func members(below name: DomainName) -> [DomainName] { below[name] ?? [] }
}
