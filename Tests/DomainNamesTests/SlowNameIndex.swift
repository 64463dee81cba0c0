import DomainNames

/// What an index means, said as plainly as possible.
struct SlowNameIndex {
  var rules: [Coverage: [DomainName: RuleNumber]] = [.exact: [:], .subtree: [:]]
  var protected: [Coverage: Set<DomainName>] = [.exact: [], .subtree: []]

  mutating func apply(_ change: LayeredNameIndex.Change) {
    switch change {
    case .block(let name, let coverage, let rule): rules[coverage]?[name] = rule
    case .unblock(let name, let coverage): rules[coverage]?[name] = nil
    case .protect(let name, let coverage): protected[coverage]?.insert(name)
    case .unprotect(let name, let coverage): protected[coverage]?.remove(name)
    }
  }

  /// All entries that cover a name, in the order that `matches` promises.
  func matches(_ name: DomainName) -> [NameIndex.Match] {
    var matches: [NameIndex.Match] = []
    for at in [name] + name.ancestors {
      let coverages: [Coverage] = at == name ? [.exact, .subtree] : [.subtree]
      for coverage in coverages where protected[coverage]?.contains(at) == true {
        matches.append(NameIndex.Match(name: at, coverage: coverage, effect: .protects))
      }
      for coverage in coverages {
        if let rule = rules[coverage]?[at] {
          matches.append(NameIndex.Match(name: at, coverage: coverage, effect: .rule(rule)))
        }
      }
    }
    return matches
  }

  func lookup(_ name: DomainName, accept: (RuleNumber) -> Bool) -> Answer {
    var answer = Answer()
    answer.hasProtectedBelow = protected.values.joined().contains { $0.isBelow(name) }
    let matches = matches(name)
    answer.isProtected = matches.contains { $0.effect == .protects }
    guard !answer.isProtected else { return answer }
    for match in matches {
      if case .rule(let rule) = match.effect, accept(rule) {
        answer.rule = rule
        answer.coverage = match.coverage
        answer.matchedLabels = match.name.labelCount
        return answer
      }
    }
    return answer
  }

  var listedNames: Set<DomainName> {
    Set(rules.values.flatMap(\.keys)).union(protected.values.joined())
  }

  /// The same as an index built at once.
  func rebuilt(key: NameIndex.Key) -> NameIndex {
    var builder = NameIndex.Builder(key: key)
    for (coverage, names) in rules {
      for (name, rule) in names { builder.block(name, coverage, rule: rule) }
    }
    for (coverage, names) in protected {
      for name in names { builder.protect(name, coverage) }
    }
    return builder.build()
  }
}

/// What a lookup answers, to compare.
struct Answer: Equatable {
  var isProtected = false
  var rule: RuleNumber?
  var coverage: Coverage?
  var matchedLabels = 0
  var hasProtectedBelow = false

  init() {}

  init(_ lookup: NameIndex.Lookup) {
    isProtected = lookup.isProtected
    rule = lookup.rule
    coverage = lookup.coverage
    matchedLabels = lookup.matchedLabels
    hasProtectedBelow = lookup.hasProtectedBelow
  }
}

/// The state of one name, to compare.
struct EntryState: Hashable {
  var name: DomainName
  var exactRule: RuleNumber?
  var subtreeRule: RuleNumber?
  var isProtectedExact: Bool
  var isProtectedSubtree: Bool
  var protectedNamesBelow: UInt32

  init(_ entry: NameIndex.Entry) {
    name = entry.name
    exactRule = entry.exactRule
    subtreeRule = entry.subtreeRule
    isProtectedExact = entry.isProtectedExact
    isProtectedSubtree = entry.isProtectedSubtree
    protectedNamesBelow = entry.protectedNamesBelow
  }

  init(_ name: DomainName, in slow: SlowNameIndex) {
    self.name = name
    exactRule = slow.rules[.exact]?[name]
    subtreeRule = slow.rules[.subtree]?[name]
    isProtectedExact = slow.protected[.exact]?.contains(name) == true
    isProtectedSubtree = slow.protected[.subtree]?.contains(name) == true
    protectedNamesBelow = UInt32(Set(slow.protected.values.joined()).count { $0.isBelow(name) })
  }
}
