internal import Enforcement
internal import Records

/// What someone found when looking at an account before its posts were for the public.
public struct ReviewInput: Codable, Sendable {
  /// The category under which it is filed.
  public var category: String
  /// The number under which it is filed.
  public var filing: String?
  /// The permit under which it may post political news; without it the account bears no mark.
  public var newsPermit: String?
  /// Who looked, where a platform tells of its own people.
  public var reviewer: String?
  /// When, where a platform tells of it; now where nil.
  public var at: String?

  /// Takes the parts.
  public init(category: String, filing: String? = nil, newsPermit: String? = nil) {
    self.category = category
    self.filing = filing
    self.newsPermit = newsPermit
  }

  func review(by actor: Actor, at now: Instant) throws(DeskFault) -> AccountReview {
    let moment = try at.map { text throws(DeskFault) in try Instant.read(text) } ?? now
    return AccountReview(
      reviewer: reviewer ?? actor.description, at: moment,
      category: try Slug.read(category, as: "an account's category"), filing: filing,
      newsPermit: newsPermit)
  }
}

extension Instant {
  /// Reads a moment that someone gave.
  static func read(_ text: String) throws(DeskFault) -> Instant {
    guard let moment = Instant(text) else {
      throw DeskFault("\"\(text.prefix(40))\" is no moment such as 2026-11-23T08:00:00Z")
    }
    return moment
  }
}

/// What the newest review of an account found.
struct ReviewReply: Encodable, Sendable {
  let reviewer: String
  let at: String
  let category: String
  let filing: String?
  /// Whether the account bears the mark of those entitled to political news.
  let marked: Bool
  let newsPermit: String?

  init(_ review: AccountReview) {
    reviewer = review.reviewer
    at = review.at.description
    category = review.category.text
    filing = review.filing
    marked = review.isMarked
    newsPermit = review.newsPermit
  }

  /// What people are told of it, in lines.
  func fields(_ style: TextStyle) -> [(String, String?)] {
    [
      ("reviewed", "\(at) by \(style.safe(reviewer))"),
      (
        "filed as",
        style.safe(category + (filing.map { ", number \($0)" } ?? ", without a number"))
      ),
      (
        "news",
        newsPermit.map { style.safe("marked: permit \($0)") } ?? "not entitled to political news"
      ),
    ]
  }
}

extension Desk {
  /// Records what someone found when looking at an account.
  func review(
    _ account: Account, _ input: ReviewInput, by actor: Actor
  ) async throws -> AccountDetail {
    let review = try input.review(by: actor, at: journal.now)
    try await act(.reviewAccount(account.id, review), by: actor)
    return try accountDetail(try self.account(account.id.description))
  }
}
