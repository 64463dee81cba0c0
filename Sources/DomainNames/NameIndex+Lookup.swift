extension NameIndex {
  /// What the index says about a name.
  public struct Lookup: Sendable, Hashable {
    /// Whether a protection covers the name; then no rule applies.
    public internal(set) var isProtected = false
    /// The rule that applies, or nil.
    public internal(set) var rule: RuleNumber?
    /// How the rule covers the name; nil without a rule.
    public internal(set) var coverage: Coverage?
    /// The number of labels of the rule's name; 0 without a rule.
    public internal(set) var matchedLabels = 0
    /// The octets of the rule's name, with its root label; 0 without a rule.
    public internal(set) var matchedOctets = 0
    /// Whether a protected name lies below the name that was asked.
    ///
    /// Such a name must not be answered with NXDOMAIN (RFC 8020).
    public internal(set) var hasProtectedBelow = false

    /// The answer when nothing matches.
    public static let nothing = Lookup()
  }

  /// Looks a name up in wire form, in any letter case.
  ///
  /// Budget: one pass over the octets and one table access for each label; no allocation.
  ///
  /// - Parameters:
  ///   - name: the octets of one uncompressed name with its root label. Octets that are not exactly
  ///     one name match nothing.
  ///   - accept: tells whether a rule counts, for instance by its dates. It is asked in no
  ///     particular order, and perhaps about several rules, so it must only answer.
  /// - Returns: the protection, or the most specific accepted rule, exact before subtree.
  public func lookup(_ name: Span<UInt8>, accept: (RuleNumber) -> Bool) -> Lookup {
    let lookup = table.lookup(name, hash: hash, under: nil, accept: accept)
    withExtendedLifetime(storage) {}
    return lookup
  }

  /// Looks a name up.
  ///
  /// - Parameters:
  ///   - name: the name.
  ///   - accept: tells whether a rule counts; see ``lookup(_:accept:)-(Span<UInt8>,_)``.
  /// - Returns: the protection, or the most specific accepted rule, exact before subtree.
  public func lookup(_ name: DomainName, accept: (RuleNumber) -> Bool) -> Lookup {
    lookup(name.wire.span, accept: accept)
  }
}

extension NameIndex {
  /// One entry that covers a name.
  public struct Match: Sendable, Hashable {
    /// What the entry does.
    public enum Effect: Sendable, Hashable {
      /// Nothing may block what the entry covers.
      case protects
      /// The rule with this number applies to what the entry covers.
      case rule(RuleNumber)
    }

    /// The name that the entry was made for.
    public let name: DomainName
    /// What the entry covers.
    public let coverage: Coverage
    /// What the entry does.
    public let effect: Effect

    /// Joins what an entry says.
    public init(name: DomainName, coverage: Coverage, effect: Effect) {
      self.name = name
      self.coverage = coverage
      self.effect = effect
    }
  }

  /// All entries that cover a name: the most specific name first; for one name protections before
  /// rules, exact before subtree.
  public func matches(_ name: DomainName) -> [Match] {
    Self.matches(name) { entry(for: $0) }
  }

  /// All entries that cover a name, where `find` knows the entry of a single name.
  static func matches(_ name: DomainName, find: (DomainName) -> Entry?) -> [Match] {
    ([name] + name.ancestors).flatMap { at -> [Match] in
      guard let entry = find(at) else { return [] }
      return entry.matches(includingExact: at == name)
    }
  }
}

extension NameIndex.Entry {
  /// The matches of this entry with its own name, or with a name below it.
  fileprivate func matches(includingExact: Bool) -> [NameIndex.Match] {
    var matches: [NameIndex.Match] = []
    func add(_ coverage: Coverage, _ effect: NameIndex.Match.Effect) {
      matches.append(NameIndex.Match(name: name, coverage: coverage, effect: effect))
    }
    if includingExact && isProtectedExact { add(.exact, .protects) }
    if isProtectedSubtree { add(.subtree, .protects) }
    if includingExact, let exactRule { add(.exact, .rule(exactRule)) }
    if let subtreeRule { add(.subtree, .rule(subtreeRule)) }
    return matches
  }
}
