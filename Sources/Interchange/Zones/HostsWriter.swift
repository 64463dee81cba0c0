public import DomainNames
internal import Enforcement

/// Writes the rules in force as a hosts file.
///
/// A hosts file can say less than the rules: it names single hosts, so names below a name stay
/// reachable, and it knows one answer. The head of the file says so.
public struct HostsWriter: Sendable {
  /// Names that are never blocked, with all names below them.
  public var protectedNames: [DomainName]

  /// Takes what the rules do not say.
  public init(protectedNames: [DomainName] = []) {
    self.protectedNames = protectedNames
  }

  /// Writes the file piece by piece; the same rules give the same octets.
  ///
  /// - Parameters:
  ///   - rules: the rules in force, in any order.
  ///   - sink: takes the pieces in their order.
  /// - Returns: what the file could not say, by name.
  /// - Throws: what `sink` throws.
  public func write<Failure: Error>(
    _ rules: some Sequence<EnforcedRule>,
    to sink: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) -> [ZoneDeviation] {
    let protected = Set(protectedNames)
    var deviations: [ZoneDeviation] = []
    var names: [DomainName] = []
    var subtrees: Set<DomainName> = []
    for rule in rules.inCanonicalOrder {
      if let kind = Self.reasonToOmit(rule, protected) {
        deviations.append(ZoneDeviation(name: rule.name, scope: rule.scope, kind: kind))
        continue
      }
      if rule.scope == .subtree { subtrees.insert(rule.name) }
      if names.last != rule.name { names.append(rule.name) }
    }
    var output = ChunkedOutput<Failure>()
    try output.append(Self.head(names: names.count, subtrees: subtrees.count), to: sink)
    for name in names {
      let text = name.description
      try output.append("0.0.0.0 \(text)\n:: \(text)\n", to: sink)
    }
    try output.finish(to: sink)
    return deviations
  }

  private static func reasonToOmit(
    _ rule: EnforcedRule, _ protected: Set<DomainName>
  ) -> ZoneDeviation.Kind? {
    switch rule.mode {
    case .observe: return .observed
    case .block: break
    }
    if protected.covers(rule.name) { return .protected }
    let isHost = !rule.name.isRoot && rule.name.labels.allSatisfy { $0.allSatisfy(\.isHostOctet) }
    return isHost ? nil : .reservedName
  }

  private static func head(names: Int, subtrees: Int) -> String {
    var head = """
      # Names blocked by order, as a hosts file. Each is sent to an address that leads nowhere.
      # Names: \(names). A hosts file names single hosts only.

      """
    if subtrees > 0 {
      head += """
        # \(subtrees) of them are ordered blocked with all names below them. This file cannot say
        # that: the names below stay reachable. A response policy zone blocks them.

        """
    }
    return head
  }
}

extension Set<DomainName> {
  /// Whether a name or one above it is a member.
  func covers(_ name: DomainName) -> Bool {
    guard !isEmpty else { return false }
    return contains(name) || name.ancestors.contains(where: contains)
  }
}
