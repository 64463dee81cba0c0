/// What the operator found when it looked at an account before its posts were for the public: as what
/// it is filed, and whether it may post political news.
///
/// Who looked, and the numbers, are personal data, which stands sealed beside the record.
public struct AccountReview: Sendable, Hashable, Codable {
  /// Who looked: a person of the house by name, or whom the platform names; 1 to 100 octets.
  public var reviewer: String
  /// When.
  public var at: Instant
  /// The category under which the account is filed.
  public var category: Slug
  /// The number under which it is filed with the authority; at most 100 octets, nil where it has none.
  public var filing: String?
  /// The permit under which it may post and pass on political news; 1 to 100 octets, nil where it may
  /// not.
  public var newsPermit: String?

  /// Takes the parts; the core checks them.
  public init(
    reviewer: String, at moment: Instant, category: Slug, filing: String? = nil,
    newsPermit: String? = nil
  ) {
    self.reviewer = reviewer
    at = moment
    self.category = category
    self.filing = filing
    self.newsPermit = newsPermit
  }

  /// Whether the account bears the mark of those entitled to political news.
  public var isMarked: Bool { newsPermit != nil }

  /// Forgets who looked, and the numbers; the mark stays.
  public mutating func erase() {
    self = AccountReview.erased(at: at, category: category, isMarked: isMarked)
  }

  /// What is left of a review of which the sealed part is gone.
  public static func erased(at moment: Instant, category: Slug, isMarked: Bool) -> AccountReview {
    AccountReview(
      reviewer: Erased.text, at: moment, category: category,
      newsPermit: isMarked ? Erased.text : nil)
  }
}

extension Register {
  /// Records a review; filing number and category become those of the account.
  ///
  /// A person of the house reviews under the own name, now. A platform names who of its people
  /// looked, and when.
  func review(
    _ id: AccountID, _ wanted: AccountReview, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    let account = try known(id)
    try demandOwn(account.platform, of: actor, "account.review")
    guard account.erased == nil else {
      throw Refusal(.wrongState, "\(id) was erased: there is nothing to review")
    }
    var review = wanted
    if platform(acting: actor) == nil {
      (review.reviewer, review.at) = (actor.description, docket.now)
    }
    guard review.at <= docket.now else {
      throw Refusal(.badField, "the review of \(id) lies in the future")
    }
    review.reviewer = try bounded(review.reviewer, "who reviewed", octets: 100)
    review.filing = try review.filing.map { text throws(Refusal) in
      try bounded(text, "the filing number", octets: 100)
    }
    review.newsPermit = try review.newsPermit.map { text throws(Refusal) in
      try bounded(text, "the permit for political news", octets: 100)
    }
    guard account.review != review else { return }
    docket.record(.accountReviewed(id, review), by: actor)
    if let number = review.filing, number != account.entry.identity.filing {
      docket.noteLeads(of: id, [Trait(kind: .filing, value: number)])
    }
  }
}
