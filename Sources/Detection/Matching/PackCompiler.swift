/// Makes packs ready for use, and says what is wrong with those that cannot be.
struct PackCompiler {
  private var signals: [(pack: String, signal: Signal, isHidden: Bool)] = []
  private var patterns: [PatternDatabase.Pattern] = []
  private var owners: [PatternOwner] = []
  /// Whether phrases are looked up by their words, and not left to Vectorscan.
  private var isIndexed = false
  private var phrases: [(pattern: Int, octets: [UInt8])] = []
  private var shapes: [(pattern: Int, shape: WordShape)] = []
  /// Which of ``patterns`` are left to Vectorscan.
  private var expressions: [Int] = []
  private var finders: [Int: StartFinder] = [:]
  private var scriptPatterns: [PatternDatabase.Pattern] = []
  private var scriptOwners: [ScriptOwner] = []
  private var references = ReferenceIndex()

  /// Up to so many phrases cost Vectorscan next to nothing beside the expressions, which it has to look
  /// for anyway; 4,000 cost it more than all of these.
  private static let fewPhrases = 1_000

  /// Compiles packs together with the engine's own helpers.
  static func compile(_ packs: [Pack]) throws(PackFault) -> CompiledPacks {
    var compiler = PackCompiler()
    try compiler.collect(packs)
    return try compiler.finish(venues: VenueIndex(packs.flatMap(\.venues)))
  }

  private mutating func collect(_ packs: [Pack]) throws(PackFault) {
    var labels: Set<String> = []
    var ids: Set<String> = []
    for pack in packs + [BuiltInPatterns.pack] {
      let isHidden = pack.name == BuiltInPatterns.pack.name
      guard Self.isName(pack.name), labels.insert(pack.name).inserted else {
        throw PackFault(pack: pack.label, signal: nil, reason: .badName(pack.name))
      }
      for signal in pack.signals {
        guard isHidden || Self.isName(signal.id), ids.insert(signal.id).inserted,
          isHidden || !(signal.id.hasPrefix("page.") || signal.id.hasPrefix("wallet."))
        else { throw PackFault(pack: pack.label, signal: signal.id, reason: .badName(signal.id)) }
        try Self.checkNumbers(of: signal, pack)
        signals.append((pack.label, signal, isHidden))
      }
    }
    signals.sort { $0.signal.id < $1.signal.id }
    isIndexed = signals.reduce(0) { $0 + $1.signal.phrases.count } > Self.fewPhrases
  }

  private static func isName(_ name: String) -> Bool {
    (1...100).contains(name.utf8.count)
      && name.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "-._".utf8.contains($0)
      }
  }

  private static func checkNumbers(of signal: Signal, _ pack: Pack) throws(PackFault) {
    func fault(_ field: String, _ value: some CustomStringConvertible) -> PackFault {
      PackFault(
        pack: pack.label, signal: signal.id,
        reason: .outOfBounds(field: field, value: value.description))
    }
    guard (1...1_000).contains(signal.minimumCount) else {
      throw fault("the least count", signal.minimumCount)
    }
    guard signal.weight.isFinite, abs(signal.weight) <= 100 else {
      throw fault("the weight", signal.weight)
    }
    for case .near(_, let characters) in signal.context
    where !(1...10_000).contains(characters) { throw fault("a distance", characters) }
    for case .notNear(_, let characters) in signal.context
    where !(1...10_000).contains(characters) { throw fault("a distance", characters) }
  }

  private mutating func finish(venues: VenueIndex) throws(PackFault) -> CompiledPacks {
    var compiled: [CompiledSignal] = []
    for (number, entry) in signals.enumerated() {
      try add(entry.signal, number, pack: entry.pack)
      compiled.append(
        CompiledSignal(
          entry.signal, number: number, isHidden: entry.isHidden,
          rules: try rules(of: entry.signal, pack: entry.pack)))
    }
    for (number, venue) in venues.venues.enumerated() {
      for host in venue.apiHosts where !host.isEmpty {
        scriptPatterns.append(Self.piece(host))
        scriptOwners.append(.venue(number))
      }
    }
    let digits = expressions.filter {
      owners[$0].length == 0 && DigitNeed.holds(for: patterns[$0].expression)
    }
    let inDigits = Set(digits)
    return CompiledPacks(
      signals: compiled, owners: owners,
      phrases: isIndexed ? PhraseIndex(phrases, shapes: shapes) : nil,
      finders: finders, database: try database(expressions.filter { !inDigits.contains($0) }),
      digits: try database(digits),
      expressions: patterns.map(\.expression), marks: marks(),
      scripts: scriptPatterns.isEmpty ? nil : try Self.database(of: scriptPatterns),
      scriptOwners: scriptOwners, references: references, venues: venues,
      helpers: BuiltInPatterns.Name.allCases.compactMap { name in
        signals.firstIndex { $0.isHidden && $0.signal.id == name.id }
      })
  }

  /// The patterns of signals that name crypto, and of written addresses: links can name it too.
  private func marks() -> PostMarks {
    let marked = patterns.indices.filter { index in
      let (_, signal, isHidden) = signals[owners[index].signal]
      return isHidden
        ? signal.id == BuiltInPatterns.Name.address.id
        : SignalKinds(groups: signal.groups).contains(.object)
    }
    let wanted = Set(marked)
    let others = expressions.filter { wanted.contains($0) && owners[$0].length == 0 }
    return PostMarks(
      phrases: phrases.filter { wanted.contains($0.pattern) },
      shapes: shapes.filter { wanted.contains($0.pattern) },
      expressions: others.map { patterns[$0] })
  }

  /// Some of ``patterns`` in one database.
  private func database(_ numbers: [Int]) throws(PackFault) -> PatternDatabase {
    do throws(PatternDatabase.Refusal) {
      return try PatternDatabase(
        numbers.map {
          var pattern = patterns[$0]
          pattern.tellsStart = false
          return pattern
        }, numbers: numbers)
    } catch {
      let index = error.index ?? -1
      if numbers.indices.contains(index) { throw fault(numbers[index], error) }
      // Where it does not say which of them is at fault, one may be by itself.
      for number in numbers {
        do throws(PatternDatabase.Refusal) {
          _ = try PatternDatabase([patterns[number]])
        } catch {
          throw fault(number, error)
        }
      }
      throw Self.fault(error)
    }
  }

  private func fault(_ number: Int, _ refusal: PatternDatabase.Refusal) -> PackFault {
    let entry = signals[owners[number].signal]
    return PackFault(
      pack: entry.pack, signal: entry.signal.id,
      reason: .badPattern(patterns[number].expression, explanation: refusal.explanation))
  }

  private static func database(
    of patterns: [PatternDatabase.Pattern]
  ) throws(PackFault) -> PatternDatabase {
    do throws(PatternDatabase.Refusal) {
      return try PatternDatabase(patterns)
    } catch {
      throw fault(error)
    }
  }

  private static func fault(_ refusal: PatternDatabase.Refusal) -> PackFault {
    PackFault(pack: "all packs", signal: nil, reason: .notCompiled(refusal.explanation))
  }

  // MARK: What a signal looks for

  private mutating func add(_ signal: Signal, _ number: Int, pack: String) throws(PackFault) {
    guard !signal.phrases.isEmpty || !signal.patterns.isEmpty || !signal.markup.isEmpty else {
      throw PackFault(pack: pack, signal: signal.id, reason: .nothingToMatch)
    }
    var seen: Set<[UInt8]> = []
    for phrase in signal.phrases {
      let octets = Folding.fold(phrase)
      guard let first = octets.first, let last = octets.last else {
        throw PackFault(pack: pack, signal: signal.id, reason: .nothingToMatch)
      }
      guard seen.insert(octets).inserted else { continue }
      phrases.append((patterns.count, octets))
      patterns.append(.init(expression: Self.escaped(octets), tellsStart: false))
      if !isIndexed { expressions.append(owners.count) }
      owners.append(
        PatternOwner(
          signal: number, length: octets.count, needsBoundaryBefore: WordBoundary.isWord(first),
          needsBoundaryBehind: WordBoundary.isWord(last)))
    }
    for pattern in signal.patterns {
      addExpression(pattern, signal: number)
    }
    for pattern in signal.markup {
      references.add(pattern, signal: number)
      if pattern.elements.contains(.inlineScript) {
        for piece in pattern.script where !piece.isEmpty {
          scriptPatterns.append(Self.piece(piece))
          scriptOwners.append(.signal(number))
        }
      }
    }
  }

  /// Adds a regular expression; one that is none is found when all are compiled.
  ///
  /// Together with all others it tells only where its matches end: to keep account of beginnings
  /// halves the speed of the one pass over the text. They are looked for where it is met, with the
  /// expression alone.
  private mutating func addExpression(_ expression: String, signal number: Int) {
    let pattern = PatternDatabase.Pattern(
      expression: Self.simplified(expression), tellsStart: false,
      isCaseless: Self.hasCapitals(expression))
    let owner = PatternOwner(
      signal: number, length: 0, needsBoundaryBefore: false, needsBoundaryBehind: false)
    if isIndexed, let shape = WordShape(pattern.expression) {
      shapes.append((patterns.count, shape))
      patterns.append(pattern)
      owners.append(owner)
      return
    }
    finders[patterns.count] = StartFinder(pattern)
    expressions.append(patterns.count)
    patterns.append(pattern)
    owners.append(owner)
  }

  /// Whether a letter of an expression is written as a capital.
  ///
  /// Folded text has none, so that without them case need not be minded: that makes databases a sixth
  /// smaller, and quicker to compile.
  private static func hasCapitals(_ expression: String) -> Bool {
    var isEscaped = false
    for octet in expression.utf8 {
      if !isEscaped, (0x41...0x5A).contains(octet) { return true }
      isEscaped = !isEscaped && octet == 0x5C
    }
    return false
  }

  /// What matches a piece of a script.
  private static func piece(_ text: String) -> PatternDatabase.Pattern {
    .init(expression: escaped(Array(text.utf8)), tellsStart: false, isLiteral: true)
  }

  /// A regular expression that matches some octets literally.
  private static func escaped(_ octets: [UInt8]) -> String {
    var text: [UInt8] = []
    for octet in octets {
      if octet >= 0x80 || PackedName.isAlphanumeric(octet) || octet == 0x20 {
        text.append(octet)
      } else {
        let digits = Array("0123456789abcdef".utf8)
        text += [0x5C, 0x78, digits[Int(octet >> 4)], digits[Int(octet & 15)]]
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A pattern with Simplified for Traditional characters, as the folded text has them.
  private static func simplified(_ pattern: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in pattern.unicodeScalars {
      if scalar.value > 0x7F, case .one(let code) = FoldTable.unicode.outcome(of: scalar.value),
        let folded = Unicode.Scalar(code), code > 0x7F
      {
        text.append(folded)
      } else {
        text.append(scalar)
      }
    }
    return String(text)
  }

  // MARK: Rules

  private func rules(of signal: Signal, pack: String) throws(PackFault) -> [CompiledRule] {
    var rules: [CompiledRule] = []
    for rule in signal.context {
      switch rule {
      case .near(let group, let characters):
        let number = try self.group(group, signal, pack)
        rules.append(
          .near(number, octets: 4 * characters, characters: characters, isWanted: true))
      case .notNear(let group, let characters):
        let number = try self.group(group, signal, pack)
        rules.append(
          .near(number, octets: 4 * characters, characters: characters, isWanted: false))
      case .within(let regions): rules.append(.regions(RegionSet(regions), isWanted: true))
      case .notWithin(let regions): rules.append(.regions(RegionSet(regions), isWanted: false))
      }
    }
    return rules
  }

  private func group(
    _ name: String, _ signal: Signal, _ pack: String
  ) throws(PackFault) -> GroupNumber {
    var number = GroupNumber(builtIn: BuiltInGroup(rawValue: name))
    for (index, entry) in signals.enumerated()
    where entry.signal.id == name || entry.signal.groups.contains(name) {
      number.signals.append(index)
    }
    guard !number.signals.isEmpty || number.builtIn != nil else {
      throw PackFault(pack: pack, signal: signal.id, reason: .unknownGroup(name))
    }
    return number
  }
}
