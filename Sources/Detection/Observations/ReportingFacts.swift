/// What speaks for a page that reports, teaches, argues or documents.
public struct ReportingFacts: Sendable, Hashable {
  /// Who wrote it, by markup (`rel=author`, a byline class, JSON-LD) or by the words for it.
  public var byline: Evidence?
  /// When it was published, by markup or as a date at the head of the text.
  public var dateline: Evidence?
  /// Quoted passages: `blockquote`, and quotation marks around at least 20 characters.
  public var quotations = 0
  /// Words of attribution, such as “said” or 表示, beside a quotation or a name.
  public var attributions = 0
  /// References to statutes, judgments or official notices, such as “Section 12(3)” or 第十二条.
  public var legalCitations = 0
  /// Entries of a glossary or numbered references: definition lists, citation marks.
  public var referenceEntries = 0
  /// The share of visible text that is code, 0 to 1.
  public var codeShare = 0.0
  /// The share of visible text that stands in paragraphs of at least 80 characters, 0 to 1.
  public var proseShare = 0.0
  /// The share of visible text that is the text of links, 0 to 1.
  public var linkShare = 0.0
  /// Whether the page calls itself an article (`og:type`, JSON-LD `NewsArticle` and the like).
  public var isDeclaredArticle = false

  /// Nothing seen yet.
  public init() {}
}
