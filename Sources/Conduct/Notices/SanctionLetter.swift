public import Enforcement
internal import Interchange

/// What an account holder reads: a notice in plain words of their language.
///
/// It says all that Regulation (EU) 2022/2065, Article 17(3) asks for, each part under its heading.
public struct SanctionLetter: Sendable, Hashable {
  /// The language, as a BCP 47 tag.
  public var language: String
  /// One line.
  public var title: String
  /// The parts, in order.
  public var items: [Item]

  /// A part of a letter.
  public struct Item: Sendable, Hashable {
    /// What it is about.
    public var kind: Kind
    /// Its heading.
    public var heading: String
    /// Its words.
    public var text: String
  }

  /// What a part is about.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case decision, facts, rule, term, territory, automation, appeal
  }

  /// The whole letter as plain text.
  public var text: String {
    ([title] + items.map { "\($0.heading)\n\($0.text)" }).joined(separator: "\n\n")
  }

  /// A post that a decision rests on.
  public struct Fact: Sendable, Hashable {
    /// The platform's id of the post; nil where it was erased.
    public var post: String?
    /// When it was published.
    public var published: Instant
    /// What it does.
    public var category: FindingCategory

    /// Takes the parts.
    public init(post: String?, published: Instant, category: FindingCategory) {
      self.post = post
      self.published = published
      self.category = category
    }
  }

  /// The most posts that a letter lists; it tells how many more there are.
  public static let factLimit = 10

  /// The letter about a sanction that takes effect.
  ///
  /// - Parameters:
  ///   - notice: what is to be told.
  ///   - platform: the platform's name.
  ///   - facts: the posts, the newest last.
  ///   - appeal: where to appeal with the token in it; the notice's own address where nil.
  public init(
    _ notice: SanctionNotice, platform: String, facts: [Fact], appeal: String? = nil
  ) {
    let words = LetterLanguage(tag: notice.language).words
    language = words.tag
    title = words.title(notice.terms.kind, platform: platform)
    func item(_ kind: Kind, _ text: String) -> Item {
      Item(kind: kind, heading: words.heading(kind), text: text)
    }
    items = [
      item(.decision, words.decision(notice.terms, platform: platform)),
      item(.facts, Self.facts(facts, notice.ground, words)),
      item(.rule, words.rule(notice.ground)),
      item(.term, words.term(notice.terms.kind, until: notice.until)),
      item(.territory, words.territory(notice.territory)),
      item(.automation, words.automation(notice.automation)),
      item(
        .appeal,
        words.appeal(appeal ?? notice.appealAddress, days: notice.appealDays) + "\n"
          + words.redress(isEuropean: DSAStatement.holds(in: notice.territory))),
    ]
  }

  /// The letter about a sanction that ended, or became milder.
  ///
  /// - Parameters:
  ///   - kind: what ended.
  ///   - cause: why.
  ///   - remaining: what is left of it; nil where nothing is.
  ///   - until: when that ends.
  ///   - platform: the platform's name.
  ///   - tag: the language.
  public init(
    ending kind: SanctionKind, because cause: LiftingCause, remaining: SanctionTerms?,
    until: Instant?, platform: String, language tag: String
  ) {
    let words = LetterLanguage(tag: tag).words
    language = words.tag
    title = words.endTitle(kind, isReduced: remaining != nil, platform: platform)
    items = [
      Item(kind: .decision, heading: words.heading(.decision), text: words.ending(cause))
    ]
    if let remaining {
      items.append(
        Item(
          kind: .term, heading: words.heading(.term),
          text: words.decision(remaining, platform: platform) + " "
            + words.term(remaining.kind, until: until)))
    }
  }

  private static func facts(
    _ facts: [Fact], _ ground: SanctionGround, _ words: any LetterWords
  ) -> String {
    var lines = facts.suffix(factLimit).map { words.fact($0) }
    let more = max(facts.count, ground.infractions.count) - lines.count
    if more > 0 { lines.append(words.more(more)) }
    if ground.ladder != nil { lines.append(words.points(ground.points, of: ground.rungPoints)) }
    return lines.isEmpty ? words.noPosts : lines.joined(separator: "\n")
  }
}

/// The languages in which letters are written.
enum LetterLanguage: Sendable, Hashable, CaseIterable {
  case english, simplifiedChinese, traditionalChinese

  /// The nearest to a BCP 47 tag; English where none is near.
  init(tag: String) {
    let parts = tag.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" })
    guard parts.first == "zh" else {
      self = .english
      return
    }
    let isTraditional =
      parts.contains("hant")
      || !parts.contains("hans") && parts.contains { $0 == "tw" || $0 == "hk" || $0 == "mo" }
    self = isTraditional ? .traditionalChinese : .simplifiedChinese
  }

  var words: any LetterWords {
    switch self {
    case .english: EnglishLetter()
    case .simplifiedChinese: ChineseLetter(script: .simplified)
    case .traditionalChinese: ChineseLetter(script: .traditional)
    }
  }
}

/// What a language has to say in a letter.
protocol LetterWords {
  var tag: String { get }
  func heading(_ kind: SanctionLetter.Kind) -> String
  func title(_ kind: SanctionKind, platform: String) -> String
  func endTitle(_ kind: SanctionKind, isReduced: Bool, platform: String) -> String
  func decision(_ terms: SanctionTerms, platform: String) -> String
  func fact(_ fact: SanctionLetter.Fact) -> String
  func more(_ count: Int) -> String
  func points(_ points: Int, of needed: Int) -> String
  var noPosts: String { get }
  func rule(_ ground: SanctionGround) -> String
  func term(_ kind: SanctionKind, until: Instant?) -> String
  func territory(_ codes: [String]) -> String
  func automation(_ automation: SanctionPlan.Automation) -> String
  func appeal(_ address: String, days: Int) -> String
  /// Where else the account holder may turn (Regulation (EU) 2022/2065, Article 17(3)(f)).
  func redress(isEuropean: Bool) -> String
  func ending(_ cause: LiftingCause) -> String
}

extension Instant {
  /// Date and minute in UTC, as letters have it: `2026-08-24 00:00 UTC`.
  var minute: String {
    String("\(self)".prefix(16)).replacing("T", with: " ") + " UTC"
  }
}
