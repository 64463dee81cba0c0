/// A large index with a small one on top that takes single changes at once.
///
/// The overlay holds the whole present state of each changed name, and shadows the base there. It
/// is made anew with every change, so it must stay small: past ``mergeThreshold`` names a merge is
/// due. A copy is an immutable snapshot: it shares both layers and sees no later change.
public struct LayeredNameIndex: Sendable {
  /// The large index below.
  public let base: NameIndex
  private(set) var overlay: NameIndex
  /// The names where the overlay differs from the base.
  private var changed: [DomainName: NameIndex.Entry] = [:]

  /// The number of changed names past which a merge is due.
  public static let mergeThreshold = 2_048

  /// Puts an empty overlay on an index.
  public init(base: NameIndex) {
    self.base = base
    self.overlay = NameIndex.Builder(key: base.key).build()
  }

  /// The number of names where the overlay shadows the base.
  public var changedNames: Int { changed.count }

  /// Whether so many names have changed that ``merged(key:)`` is due.
  public var needsMerge: Bool { changed.count > Self.mergeThreshold }

  /// The number of names that have a rule or a protection.
  public var count: Int {
    changed.values.reduce(base.count) { count, entry in
      let before = base.entry(for: entry.name)?.isListed ?? false
      return count + (entry.isListed ? 1 : 0) - (before ? 1 : 0)
    }
  }

  /// The octets of memory that both layers occupy, without the list of changes.
  public var memoryFootprint: Int { base.memoryFootprint + overlay.memoryFootprint }

  /// All names that have a rule or a protection, in no particular order.
  public var entries: some Sequence<NameIndex.Entry> {
    let unchanged = base.allEntries.lazy.filter { [changed] in changed[$0.name] == nil }
    return [AnySequence(unchanged), AnySequence(changed.values)].joined().lazy.filter(\.isListed)
  }
}

// MARK: - Lookup

extension LayeredNameIndex {
  /// Looks a name up in wire form, in any letter case.
  ///
  /// Budget: as ``NameIndex/lookup(_:accept:)``, and a second table access for each label while
  /// there are changes.
  ///
  /// - Parameters:
  ///   - name: the octets of one uncompressed name with its root label. Octets that are not exactly
  ///     one name match nothing.
  ///   - accept: tells whether a rule counts, for instance by its dates. It is asked in no
  ///     particular order, and perhaps about several rules, so it must only answer.
  /// - Returns: the protection, or the most specific accepted rule, exact before subtree.
  public func lookup(
    _ name: Span<UInt8>, accept: (RuleNumber) -> Bool
  ) -> NameIndex.Lookup {
    lookup(name, probed: NameProbe(), accept: accept)
  }

  /// Looks a name up that was probed before.
  ///
  /// - Parameters:
  ///   - name: as for ``lookup(_:accept:)-(Span<UInt8>,_)``.
  ///   - probe: what this index said when it was asked about the same name; with the probe of another
  ///     one nothing is found, or by chance.
  ///   - accept: tells whether a rule counts.
  /// - Returns: as without the probe.
  public func lookup(
    _ name: Span<UInt8>, probed probe: NameProbe, accept: (RuleNumber) -> Bool
  ) -> NameIndex.Lookup {
    base.lookup(name, under: overlay, probed: probe, accept: accept)
  }

  /// Looks a name up.
  ///
  /// - Parameters:
  ///   - name: the name.
  ///   - accept: tells whether a rule counts; see ``lookup(_:accept:)-(Span<UInt8>,_)``.
  /// - Returns: the protection, or the most specific accepted rule, exact before subtree.
  public func lookup(
    _ name: DomainName, accept: (RuleNumber) -> Bool
  ) -> NameIndex.Lookup {
    lookup(name.wire.span, accept: accept)
  }

  /// All entries that cover a name: the most specific name first; for one name protections before
  /// rules, exact before subtree.
  public func matches(_ name: DomainName) -> [NameIndex.Match] {
    NameIndex.matches(name) { entry(for: $0) }
  }

  private func entry(for name: DomainName) -> NameIndex.Entry? {
    changed[name] ?? base.entry(for: name)
  }
}

// MARK: - Changes

extension LayeredNameIndex {
  /// One change.
  public enum Change: Sendable, Hashable {
    /// Sets the rule of a name for a coverage, in place of an earlier one.
    case block(DomainName, Coverage, rule: RuleNumber)
    /// Takes the rule of a name for a coverage away.
    case unblock(DomainName, Coverage)
    /// Protects a name.
    case protect(DomainName, Coverage)
    /// Takes a protection away.
    case unprotect(DomainName, Coverage)
  }

  /// Makes changes, one after the other; lookups see all of them or none.
  ///
  /// Cost: proportional to ``changedNames`` and the number of changes, whatever the base's size.
  public mutating func apply(_ changes: some Sequence<Change>) {
    for change in changes { note(change) }
    makeOverlay()
  }

  private mutating func makeOverlay() {
    var builder = NameIndex.Builder(key: base.key)
    for entry in changed.values { builder.replace(entry) }
    overlay = builder.overlay()
  }

  /// Sets the rule of a name for a coverage, in place of an earlier one.
  public mutating func block(_ name: DomainName, _ coverage: Coverage, rule: RuleNumber) {
    apply(CollectionOfOne(.block(name, coverage, rule: rule)))
  }

  /// Takes the rule of a name for a coverage away.
  public mutating func unblock(_ name: DomainName, _ coverage: Coverage) {
    apply(CollectionOfOne(.unblock(name, coverage)))
  }

  /// Protects a name: no rule can apply to what the protection covers.
  public mutating func protect(_ name: DomainName, _ coverage: Coverage) {
    apply(CollectionOfOne(.protect(name, coverage)))
  }

  /// Takes a protection away.
  public mutating func unprotect(_ name: DomainName, _ coverage: Coverage) {
    apply(CollectionOfOne(.unprotect(name, coverage)))
  }

  /// Brings the list of changed names up to date.
  private mutating func note(_ change: Change) {
    switch change {
    case .block(let name, let coverage, let rule):
      update(name) { $0.set(rule: rule, coverage) }
    case .unblock(let name, let coverage):
      update(name) { $0.set(rule: nil, coverage) }
    case .protect(let name, let coverage):
      update(name) { $0.set(isProtected: true, coverage) }
    case .unprotect(let name, let coverage):
      update(name) { $0.set(isProtected: false, coverage) }
    }
  }

  /// Changes a name's entry, and what its ancestors know of protected names below them.
  private mutating func update(_ name: DomainName, _ change: (inout NameIndex.Entry) -> Void) {
    let before = entry(for: name) ?? NameIndex.Entry(name: name)
    var after = before
    change(&after)
    put(after)
    guard after.isProtected != before.isProtected else { return }
    for ancestor in name.ancestors {
      var entry = entry(for: ancestor) ?? NameIndex.Entry(name: ancestor)
      let below = entry.protectedNamesBelow
      entry.protectedNamesBelow = after.isProtected ? below.clampedSum(1) : below - min(below, 1)
      put(entry)
    }
  }

  /// Keeps an entry where it differs from the base's.
  private mutating func put(_ entry: NameIndex.Entry) {
    let below = base.entry(for: entry.name) ?? NameIndex.Entry(name: entry.name)
    changed[entry.name] = entry == below ? nil : entry
  }
}

extension NameIndex.Entry {
  fileprivate mutating func set(rule: RuleNumber?, _ coverage: Coverage) {
    switch coverage {
    case .exact: exactRule = rule
    case .subtree: subtreeRule = rule
    }
  }

  fileprivate mutating func set(isProtected: Bool, _ coverage: Coverage) {
    switch coverage {
    case .exact: isProtectedExact = isProtected
    case .subtree: isProtectedSubtree = isProtected
    }
  }
}

// MARK: - Merge

extension LayeredNameIndex {
  /// One index with the contents of both layers, in memory.
  ///
  /// It streams over the base, which stays as it is, so lookups can go on meanwhile.
  ///
  /// - Parameter key: random octets for the new index; with the base's own key it is made faster.
  /// - Returns: the new index; put it under ``init(base:)`` and repeat later changes there.
  public func merged(key: NameIndex.Key) -> NameIndex {
    var builder = NameIndex.Builder(key: key, expecting: base.count)
    if key == base.key {
      for entry in changed.values { builder.replace(entry) }
      return builder.build(over: base)
    }
    for entry in base.allEntries where changed[entry.name] == nil { builder.replace(entry) }
    for entry in changed.values { builder.replace(entry) }
    return builder.build()
  }

  /// Adds the present state of all changed names to a builder whose plan has the base of this index.
  ///
  /// - Parameters:
  ///   - builder: gets the names.
  ///   - renumber: the new number of a rule, or nil for none.
  public func addChanges(
    to builder: inout NameIndex.Builder, renumber: (RuleNumber) -> RuleNumber?
  ) {
    for var entry in changed.values {
      entry.exactRule = entry.exactRule.flatMap(renumber)
      entry.subtreeRule = entry.subtreeRule.flatMap(renumber)
      builder.replace(entry)
    }
  }

  /// The same layers on a new base that has the changes of an earlier state of this index.
  ///
  /// - Parameters:
  ///   - merged: the new base.
  ///   - earlier: the state whose changes it has.
  ///   - renumber: the new number of a rule, or nil for none.
  /// - Returns: the new base with all that differs from it on top.
  public func rebased(
    onto merged: NameIndex, madeFrom earlier: LayeredNameIndex,
    renumber: (RuleNumber) -> RuleNumber?
  ) -> LayeredNameIndex {
    var rebased = LayeredNameIndex(base: merged)
    for name in Set(changed.keys).union(earlier.changed.keys) {
      var entry = entry(for: name) ?? NameIndex.Entry(name: name)
      entry.exactRule = entry.exactRule.flatMap(renumber)
      entry.subtreeRule = entry.subtreeRule.flatMap(renumber)
      rebased.put(entry)
    }
    rebased.makeOverlay()
    return rebased
  }
}
