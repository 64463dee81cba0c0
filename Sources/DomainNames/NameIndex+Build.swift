extension NameIndex {
  /// Collects rules and protections, and makes an index of them.
  ///
  /// Memory while collecting: about 23 octets a rule; while building: about as much again as the
  /// finished index, and 16 octets a rule.
  public struct Builder: Sendable {
    /// Records one after the other, each about one rule or one protection.
    private var log: [UInt8] = []
    private var recordCount = 0
    private var protectedNames: Set<DomainName> = []

    /// Starts without entries.
    public init() {}

    /// Makes room for this many rules with names of usual length.
    public mutating func reserve(_ rules: Int) {
      log.reserveCapacity(log.count + rules * 26)
    }

    /// Adds a rule; it takes the place of an earlier one for the same name and coverage.
    public mutating func block(_ name: DomainName, _ coverage: Coverage, rule: RuleNumber) {
      switch coverage {
      case .exact: append(name, .exactRule, rule)
      case .subtree: append(name, .subtreeRule, rule)
      }
    }

    /// Protects a name: no rule can apply to what the protection covers.
    public mutating func protect(_ name: DomainName, _ coverage: Coverage) {
      protectedNames.insert(name)
      switch coverage {
      case .exact: append(name, .protectedExact)
      case .subtree: append(name, .protectedSubtree)
      }
    }

    /// Makes the index.
    ///
    /// - Parameter key: random octets; the caller draws them, for this room draws none.
    /// - Returns: the index of everything that was added.
    public consuming func build(key: Key) -> NameIndex {
      countProtectedNames()
      var assembly = NameTableAssembly(hash: NameHash(key), capacity: recordCount)
      return log.withUnsafeBytes { octets in
        assembly.addRecords(in: octets)
        return assembly.finish(key: key)
      }
    }

    /// Adds, for each ancestor of protected names, how many there are.
    private mutating func countProtectedNames() {
      var below: [DomainName: UInt32] = [:]
      for name in protectedNames {
        for ancestor in name.ancestors { below[ancestor, default: 0] += 1 }
      }
      for (ancestor, count) in below { append(ancestor, .protectedBelow, count) }
    }

    /// Adds an entry as it is, with its count of protected names below.
    mutating func append(_ entry: Entry) {
      if let rule = entry.exactRule { append(entry.name, .exactRule, rule) }
      if let rule = entry.subtreeRule { append(entry.name, .subtreeRule, rule) }
      if entry.isProtectedExact { append(entry.name, .protectedExact) }
      if entry.isProtectedSubtree { append(entry.name, .protectedSubtree) }
      if entry.protectedNamesBelow > 0 {
        append(entry.name, .protectedBelow, entry.protectedNamesBelow)
      }
      if !entry.isListed && entry.protectedNamesBelow == 0 { append(entry.name, []) }
    }

    /// Writes a record in the layout of ``NameRecord``.
    private mutating func append(
      _ name: DomainName, _ contents: NameRecord.Contents, _ number: UInt32? = nil
    ) {
      log.append(contents.rawValue)
      log.append(UInt8(name.wire.count - 1))
      if let number {
        log.append(UInt8(truncatingIfNeeded: number))
        log.append(UInt8(truncatingIfNeeded: number >> 8))
        log.append(UInt8(truncatingIfNeeded: number >> 16))
        log.append(UInt8(truncatingIfNeeded: number >> 24))
      }
      log.append(contentsOf: name.wire[..<(name.wire.count - 1)])
      recordCount += 1
    }
  }
}
