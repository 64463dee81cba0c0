import DomainNames
import Testing

@testable import Enforcement

/// What must hold for every file, whatever it names.
@Suite struct `Every assessment` {
  @Test(arguments: 0..<8 as Range<UInt64>) func `answers each line once, in order, with a reason`(
    seed: UInt64
  ) {
    var lines = RandomLines(seed: seed)
    let assessor = Assessor(basis: .sample)
    let file = (1...400).map { lines.line(LineID(line: $0)) }
    let assessed = assessor.assess(file)
    #expect(assessed.map(\.source) == file)
    #expect(Tally(assessed).total == file.count)
    #expect(assessor.assess(file) == assessed)
    var first: [String: Decision] = [:]
    for line in assessed {
      #expect(line.decision == .accept || !line.reasons.isEmpty)
      #expect(line.reasons.allSatisfy { !$0.code.isEmpty && $0.text.count > 10 })
      #expect((line.name == nil) == (line.scope == nil))
      guard let name = line.name, let scope = line.scope else { continue }
      let key = "\(name) \(scope.rawValue)"
      // What waits or is refused does not stand in for a later line that is accepted.
      let isRepeated = first[key].map { $0 == .accept || line.decision != .accept } ?? false
      #expect((line.decision == .duplicate) == isRepeated)
      if !isRepeated { first[key] = line.decision }
    }
  }

  @Test(arguments: 20..<24 as Range<UInt64>) func `never accepts what the law keeps`(seed: UInt64) {
    var lines = RandomLines(seed: seed)
    let assessor = Assessor(basis: .sample)
    for number in 1...3000 {
      let line = assessor.assess(lines.line(LineID(line: number)))
      guard line.decision == .accept, let name = line.name, let scope = line.scope else { continue }
      #expect(!PublicSuffixes.sample.isPublicSuffix(name) && !name.isRoot)
      for entry in GuardEntry.samples { Self.expectNoHit(name, scope, on: entry.name) }
      for own in [domain("operator.net"), domain("contest.authority.org")] {
        Self.expectNoHit(name, scope, on: own)
      }
      for protected in [domain("hospital.org"), domain("safe.venue.com")] {
        #expect(!name.isAtOrBelow(protected))
        let warned = line.reasons.contains { $0.code == "protected-below" }
        #expect(warned == (scope == .subtree && domain("safe.venue.com").isBelow(name)))
      }
      for suffix in ["co.uk", "github.io", "s3.amazonaws.com", "kawasaki.jp"].map({ domain($0) }) {
        #expect(scope == .exact || !suffix.isAtOrBelow(name))
      }
    }
  }

  /// An accepted target reaches no such name, and does not lie below one.
  private static func expectNoHit(_ name: DomainName, _ scope: Scope, on kept: DomainName) {
    #expect(!name.isAtOrBelow(kept))
    #expect(scope == .exact || !kept.isBelow(name))
  }

  @Test(arguments: 40..<48 as Range<UInt64>) func `is never milder for one more guarded name`(
    seed: UInt64
  ) {
    var lines = RandomLines(seed: seed)
    var entries: [GuardEntry] = []
    var basis = AssessmentBasis(suffixes: .sample, guardList: GuardList(entries))
    let file = (1...150).map { lines.line(LineID(line: $0)) }
    var before = file.map { Assessor(basis: basis).assess($0) }
    for _ in 0..<25 {
      let new = GuardEntry(name: lines.name(), kind: lines.random.pick(GuardKind.allCases))
      if entries.contains(where: { $0.name == new.name }) { continue }
      entries.append(new)
      basis = AssessmentBasis(suffixes: .sample, guardList: GuardList(entries))
      let after = file.map { Assessor(basis: basis).assess($0) }
      for (old, new) in zip(before, after) {
        #expect(Self.gravity(of: new.decision) >= Self.gravity(of: old.decision))
      }
      before = after
    }
  }

  @Test func `is the same whatever the order of the guard list`() {
    var lines = RandomLines(seed: 60)
    let file = (1...500).map { lines.line(LineID(line: $0)) }
    let assessed = Assessor(basis: .sample).assess(file)
    for _ in 0..<5 {
      let entries = GuardEntry.samples.shuffled(using: &lines.random)
      let basis = AssessmentBasis(
        suffixes: .sample, guardList: GuardList(entries), popular: AssessmentBasis.sample.popular,
        ownNames: AssessmentBasis.sample.ownNames,
        protectedNames: AssessmentBasis.sample.protectedNames)
      #expect(Assessor(basis: basis).assess(file).map(\.decision) == assessed.map(\.decision))
    }
  }

  private static func gravity(of decision: Decision) -> Int {
    switch decision {
    case .accept: 0
    case .hold: 1
    case .quarantine: 2
    case .refuse: 3
    case .duplicate: 4
    }
  }
}

/// Lines about random names, many of them at, above, below or beside the names that matter.
struct RandomLines {
  var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  private static let landmarks =
    GuardEntry.samples.map(\.name) + AssessmentBasis.sample.ownNames
    + AssessmentBasis.sample.protectedNames
    + [
      "binance.com", "apple.com", "mail.webmail.org", "co.uk", "github.io", "s3.amazonaws.com",
      "x.kawasaki.jp", "1.0.0.127.in-addr.arpa", "x.local", "exchange.example", "venue.com",
    ].map { domain($0) }

  mutating func name() -> DomainName {
    let landmark = random.pick(Self.landmarks)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return landmark
    case 1: return ([landmark] + landmark.ancestors).randomElement(using: &random)!
    case 2: return try! landmark.prepending(label: Array(label().utf8))
    case 3: return slip(of: landmark)
    default: return domain("\(label()).\(random.pick(["com", "net", "example", "co.uk", "test"]))")
    }
  }

  mutating func line(_ id: LineID) -> SourceLine {
    let reading: Reading =
      switch Int.random(in: 0..<20, using: &random) {
      case 0: .address("192.0.2.\(id.line % 256)")
      case 1: .unreadable(Unreadable(code: "bad-url", text: "the text is no name and no URL"))
      default: .name(name(), random.pick([.plain, .plain, .url, .urlWithPath, .wildcard]))
      }
    return SourceLine(
      id: id, input: "line \(id)", reading: reading, scope: random.pick([nil, .exact, .subtree]))
  }

  private mutating func label() -> String {
    String((0..<Int.random(in: 1...9, using: &random)).map { _ in random.pick(Array("abcinex")) })
  }

  /// The name with one letter more, less or other, where that is a name.
  private mutating func slip(of name: DomainName) -> DomainName {
    var text = Array(name.description)
    let at = Int.random(in: text.indices, using: &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0: text.insert("x", at: at)
    case 1: text.remove(at: at)
    default: text[at] = "y"
    }
    return (try? DomainName(presentation: String(text))) ?? name
  }
}
