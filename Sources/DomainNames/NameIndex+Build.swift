extension NameIndex {
  /// Collects rules and protections, and makes an index of them.
  ///
  /// Memory: about 32 octets for each rule that is collected, or almost none where they are spilled;
  /// to write the index, a twentieth of its size.
  public struct Builder {
    let key: Key
    let hash: NameHash
    private(set) var spool: NameSpool
    private var protectedNames: Set<DomainName> = []

    /// Starts without entries.
    ///
    /// - Parameters:
    ///   - key: random octets; the caller draws them, for this room draws none.
    ///   - names: how many names are expected, with those of a base.
    ///   - spill: takes what is collected, so that it need not lie in memory.
    public init(key: Key, expecting names: Int = 0, spill: (any NameSpill)? = nil) {
      self.key = key
      hash = NameHash(key)
      spool = NameSpool(expecting: names, spill: spill)
    }

    /// Adds a rule; where there is one for the same name and coverage already, what is done with
    /// both is said when the index is made.
    public mutating func block(_ name: DomainName, _ coverage: Coverage, rule: RuleNumber) {
      switch coverage {
      case .exact: spool.append(name, .exactRule, hash: hash, .init(exactRule: rule))
      case .subtree: spool.append(name, .subtreeRule, hash: hash, .init(subtreeRule: rule))
      }
    }

    /// Protects a name: no rule can apply to what the protection covers.
    public mutating func protect(_ name: DomainName, _ coverage: Coverage) {
      protectedNames.insert(name)
      switch coverage {
      case .exact: spool.append(name, .protectedExact, hash: hash)
      case .subtree: spool.append(name, .protectedSubtree, hash: hash)
      }
    }

    /// Adds, for each ancestor of protected names, how many there are.
    mutating func countProtectedNames() {
      var below: [DomainName: UInt32] = [:]
      for name in protectedNames {
        for ancestor in name.ancestors { below[ancestor, default: 0] += 1 }
      }
      protectedNames = []
      for (ancestor, count) in below {
        spool.append(ancestor, .protectedBelow, hash: hash, .init(protectedBelow: count))
      }
    }

    /// Adds an entry as it is, with its count of protected names below, in place of all that is known
    /// of its name.
    mutating func replace(_ entry: Entry) {
      var contents: NameRecord.Contents = .replaces
      if entry.exactRule != nil { contents.insert(.exactRule) }
      if entry.subtreeRule != nil { contents.insert(.subtreeRule) }
      if entry.isProtectedExact { contents.insert(.protectedExact) }
      if entry.isProtectedSubtree { contents.insert(.protectedSubtree) }
      if entry.protectedNamesBelow > 0 { contents.insert(.protectedBelow) }
      spool.append(
        entry.name, contents, hash: hash,
        NameTable.Extra(
          exactRule: entry.exactRule ?? 0, subtreeRule: entry.subtreeRule ?? 0,
          protectedBelow: entry.protectedNamesBelow))
    }
  }
}

extension NameIndex {
  /// What an index is made of besides what a ``Builder`` collected.
  public struct Plan {
    /// An index with the same key whose entries come first.
    public var base: NameIndex?
    /// What becomes of a rule of the base: its number in the new index, or nil for none.
    public var renumber: (RuleNumber) -> RuleNumber?
    /// Whether protections of the base stay.
    public var keepsProtections = true
    /// The rule of a name that has two for the same coverage, the earlier first.
    public var combine: (RuleNumber, RuleNumber) -> RuleNumber
    /// A number that rules do not exceed; larger ones take more room.
    public var largestRule: RuleNumber = 0
    /// Octets to be kept with the names.
    public var notes: () -> [UInt8] = { [] }
    /// Whether it is small, made often, and shadows another: names without anything to say stay.
    var isOverlay = false

    /// Keeps the base as it is; a later rule replaces an earlier one.
    public init(
      base: NameIndex? = nil, renumber: @escaping (RuleNumber) -> RuleNumber? = { $0 },
      combine: @escaping (RuleNumber, RuleNumber) -> RuleNumber = { _, later in later }
    ) {
      self.base = base
      self.renumber = renumber
      self.combine = combine
    }
  }
}
