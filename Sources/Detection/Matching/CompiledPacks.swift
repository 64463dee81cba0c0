/// Packs, ready for use: all patterns, rules and groups by number; a class, so that to have it at hand
/// copies nothing.
final class CompiledPacks: Sendable {
  /// All signals, in the order of their ids.
  let signals: [CompiledSignal]
  /// Whose each pattern is, by the pattern's number.
  let owners: [PatternOwner]
  /// Phrases, and expressions for single words; nil where ``database`` holds them.
  let phrases: PhraseIndex?
  /// What finds where the matches of regular expressions begin, by pattern.
  let finders: [Int: StartFinder]
  /// All other expressions, but for those of ``digits``.
  let database: PatternDatabase
  /// Expressions that match only within a line that holds a digit.
  let digits: PatternDatabase
  /// All patterns in Vectorscan's syntax.
  let expressions: [String]
  /// What a text must show before it can be about crypto.
  let marks: PostMarks
  /// Pieces of scripts, looked for in the scripts of a page; nil where there are none.
  let scripts: PatternDatabase?
  let scriptOwners: [ScriptOwner]
  let references: ReferenceIndex
  let venues: VenueIndex
  /// The engine's own helpers among the signals, in the order of ``BuiltInPatterns/Name``.
  let helpers: [Int]
  /// The engine's own signals in the order of their ids, each with how many signals of packs have ids
  /// below its own.
  private let ownSignals: [(signal: PageSignal, below: Int)]

  init(
    signals: [CompiledSignal], owners: [PatternOwner], phrases: PhraseIndex?,
    finders: [Int: StartFinder], database: PatternDatabase, digits: PatternDatabase,
    expressions: [String], marks: PostMarks,
    scripts: PatternDatabase?,
    scriptOwners: [ScriptOwner], references: ReferenceIndex, venues: VenueIndex, helpers: [Int]
  ) {
    self.signals = signals
    self.owners = owners
    self.phrases = phrases
    self.finders = finders
    self.database = database
    self.digits = digits
    self.expressions = expressions
    self.marks = marks
    self.scripts = scripts
    self.scriptOwners = scriptOwners
    self.references = references
    self.venues = venues
    self.helpers = helpers
    ownSignals = PageSignal.allCases.sorted { $0.rawValue < $1.rawValue }.map { own in
      (own, signals.count { $0.id < own.rawValue })
    }
  }

  /// Where the id of a signal stands among all ids.
  func order(of signal: CompiledSignal) -> Int {
    signal.number * (ownSignals.count + 1) + ownSignals.count
  }

  /// Where the id of one of the engine's own signals stands among all ids.
  func order(of own: PageSignal) -> Int {
    let index = ownSignals.firstIndex { $0.signal == own } ?? 0
    return ownSignals[index].below * (ownSignals.count + 1) + index
  }
}

/// A signal, ready for use; a class, so that to look at one copies nothing.
final class CompiledSignal: Sendable {
  /// Its place among all signals.
  let number: Int
  let id: String
  let role: Signal.Role
  let weight: Double
  let minimumCount: Int
  /// Whether it is one of the engine's own helpers, which no one sees.
  let isHidden: Bool
  let rules: [CompiledRule]

  init(_ signal: Signal, number: Int, isHidden: Bool, rules: [CompiledRule]) {
    self.number = number
    id = signal.id
    role = signal.role
    weight = signal.weight
    minimumCount = signal.minimumCount
    self.isHidden = isHidden
    self.rules = rules
  }
}

/// A context rule, ready for use.
enum CompiledRule: Sendable {
  case near(GroupNumber, octets: Int, characters: Int, isWanted: Bool)
  case regions(RegionSet, isWanted: Bool)
}

/// Where the places of a group come from.
struct GroupNumber: Sendable, Hashable {
  /// Signals that form it.
  var signals: [Int] = []
  /// The engine's own places.
  var builtIn: BuiltInGroup?
}

/// Whose a pattern is, and how its matches in the database are read.
struct PatternOwner: Sendable {
  let signal: Int
  /// Octets of a literal phrase; 0 for a regular expression.
  let length: Int
  let needsBoundaryBefore: Bool
  let needsBoundaryBehind: Bool
}

/// Whose a piece of script is.
enum ScriptOwner: Sendable {
  case signal(Int)
  /// A host of a venue's programming interface.
  case venue(Int)
}
