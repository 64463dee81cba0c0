import DomainNames

/// Everything that is measured with one number of rules.
struct SizeBenchmark {
  let repetitions: Int
  private let names: [DomainName]
  private let set: SuffixSet
  private let index: NameIndex
  private let layered: LayeredNameIndex
  private let queries: [Queries]
  private let key: NameIndex.Key

  /// Changes that wait in the overlay while it is measured.
  static let pendingChanges = 2_000

  private var rules: Int { names.count }

  init(_ set: SuffixSet, queries count: Int, repetitions: Int) throws {
    self.set = set
    self.repetitions = repetitions
    let texts = set.names.sorted()
    var random = SeededGenerator(state: UInt64(texts.count))
    names = try texts.map { try DomainName(presentation: $0) }
    key = NameIndex.Key(random.next(), random.next())
    index = Self.build(names, key)
    var layered = LayeredNameIndex(base: index)
    var pending = VenueNames(seed: UInt64.max)
    layered.apply(
      try pending.next(Self.pendingChanges).map {
        .block(try DomainName(presentation: "pending." + $0), .subtree, rule: 1)
      })
    self.layered = layered
    queries = [
      .hits(among: texts, count, &random),
      .misses(besides: set.names, count, &random),
      .nearMisses(besides: set.names, among: texts, count, &random),
    ]
  }

  func run() throws -> SizeResult {
    SizeResult(
      rules: rules,
      lookups: try queries.map(lookups),
      build: buildTimes(),
      change: changeTimes(),
      indexOctets: index.memoryFootprint,
      setOctets: set.octets)
  }

  private static func build(_ names: [DomainName], _ key: NameIndex.Key) -> NameIndex {
    var builder = NameIndex.Builder(key: key, expecting: names.count)
    for (number, name) in names.enumerated() {
      builder.block(name, .subtree, rule: RuleNumber(number))
    }
    return builder.build()
  }
}

// MARK: - Lookups

extension SizeBenchmark {
  /// The contenders in turn, so that a slow moment of the machine meets them all.
  private func lookups(_ queries: Queries) throws -> LookupResult {
    var times: [Contender: [Double]] = [:]
    var checksum = 0
    for _ in 0..<repetitions {
      for contender in Contender.allCases {
        var outcome = (found: 0, checksum: 0)
        let time = Stopwatch.nanoseconds { outcome = answer(queries, with: contender) }
        let expected = queries.areCovered ? queries.texts.count : 0
        guard outcome.found == expected else {
          throw BenchmarkFault.wrongAnswer(
            contender: contender.title, queries: queries.title, found: outcome.found,
            expected: expected)
        }
        checksum = checksum &* 31 &+ outcome.checksum
        times[contender, default: []].append(time / Double(queries.texts.count))
      }
    }
    return LookupResult(
      queries: queries.title, times: times.mapValues(\.median), checksum: checksum)
  }

  private func answer(
    _ queries: Queries, with contender: Contender
  ) -> (found: Int, checksum: Int) {
    var found = 0
    var checksum = 0
    func count(_ lookup: NameIndex.Lookup) {
      guard let rule = lookup.rule else { return }
      found += 1
      checksum &+= Int(rule)
    }
    switch contender {
    case .index:
      for wire in queries.wires { count(index.lookup(wire.span) { _ in true }) }
    case .layered:
      for wire in queries.wires { count(layered.lookup(wire.span) { _ in true }) }
    case .carefulSet:
      for text in queries.texts where set.coversCarefully(text) { found += 1 }
    case .plainSet:
      for text in queries.texts where set.coversPlainly(text) { found += 1 }
    }
    return (found, checksum)
  }
}

// MARK: - Building and changing

extension SizeBenchmark {
  /// Both start from names that are read already, in the same order.
  private func buildTimes() -> PairedTimes {
    let texts = names.map(\.description)
    var times = PairedSamples()
    for _ in 0..<max(3, repetitions / 3) {
      var built = 0
      times.index.append(
        Stopwatch.nanoseconds { built = Self.build(names, key).count })
      times.set.append(
        Stopwatch.nanoseconds {
          var copy: Set<String> = []
          copy.reserveCapacity(texts.count)
          for text in texts { copy.insert(text) }
          built -= copy.count
        })
      precondition(built == 0, "index and set differ in size")
    }
    return times.medians
  }

  /// One more name while readers keep the state before it: the overlay is made anew, a set is copied.
  private func changeTimes() -> PairedTimes {
    let name = names[names.count / 2]
    var times = PairedSamples()
    for _ in 0..<repetitions {
      var layered = layered
      var grown = set.names
      times.index.append(Stopwatch.nanoseconds { layered.block(name, .exact, rule: 2) })
      times.set.append(Stopwatch.nanoseconds { grown.insert("one.more.name.example") })
      precondition(layered.changedNames == Self.pendingChanges + 1, "the change was not made")
      precondition(grown.count == rules + 1, "the name was not added")
    }
    return times.medians
  }
}
