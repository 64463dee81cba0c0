public import Enforcement
internal import GRDB

/// A piece of a list, in the order of numbers.
public struct NumberedPage<Thing: Sendable, Number: RecordNumber>: Sendable {
  /// The things.
  public let things: [Thing]
  /// The number to go on after; nil where these were the last.
  public let next: Number?

  /// Takes the parts.
  public init(things: [Thing], next: Number?) {
    self.things = things
    self.next = next
  }
}

/// How an account stands: by the gravest sanction that is in effect on it.
public enum AccountStanding: Sendable, Hashable {
  /// Nothing is in effect on it.
  case clear
  /// A sanction of this kind is, and no graver one.
  case under(SanctionKind)
}

/// Whose things a list shows: those of one platform, of one account, or of all.
public struct ListScope: Sendable, Hashable {
  /// The platform; all where nil.
  public var platform: Slug?
  /// The account; all where nil.
  public var account: AccountID?

  /// Takes the parts; what is not given narrows nothing.
  public init(platform: Slug? = nil, account: AccountID? = nil) {
    self.platform = platform
    self.account = account
  }
}

/// Which appeals a list shows.
public enum AppealsWanted: Sendable, Hashable {
  /// All of them.
  case all
  /// Those that nobody has decided.
  case open
  /// Those that nobody has decided, and whose time for an answer was over at a moment.
  case overdue(at: Instant)
}

/// Lists of what may be millions: each piece is found by an index, however few of all are wanted.
extension Journal {
  /// Accounts.
  ///
  /// - Parameters:
  ///   - platform: whose accounts; nil for all.
  ///   - standing: only accounts that stand so; nil for all.
  ///   - onlyUnreviewed: whether those that somebody reviewed are left out.
  ///   - last: the `next` of the page before; nil for the first page.
  ///   - limit: the most to answer.
  /// - Returns: the accounts.
  /// - Throws: ``StoreError``.
  public func accounts(
    on platform: Slug? = nil, standing: AccountStanding? = nil, onlyUnreviewed: Bool = false,
    after last: AccountID? = nil, limit: Int = 100
  ) throws(StoreError) -> NumberedPage<Account, AccountID> {
    try page(
      ListQuery.accounts(on: platform, standing: standing, onlyUnreviewed: onlyUnreviewed),
      after: last, limit
    ) { $0.accounts[$1] }
  }

  /// Sanctions.
  ///
  /// - Parameters:
  ///   - state: only those in this state; nil for all.
  ///   - scope: whose.
  ///   - last: the `next` of the page before; nil for the first page.
  ///   - limit: the most to answer.
  /// - Returns: the sanctions.
  /// - Throws: ``StoreError``.
  public func sanctions(
    in state: SanctionState? = nil, of scope: ListScope = ListScope(),
    after last: SanctionID? = nil, limit: Int = 100
  ) throws(StoreError) -> NumberedPage<Sanction, SanctionID> {
    try page(ListQuery.sanctions(in: state, of: scope), after: last, limit) { $0.sanctions[$1] }
  }

  /// Infractions, without the words of their evidence.
  ///
  /// - Parameters:
  ///   - state: only those in this state; nil for all.
  ///   - scope: whose.
  ///   - last: the `next` of the page before; nil for the first page.
  ///   - limit: the most to answer.
  /// - Returns: the infractions.
  /// - Throws: ``StoreError``.
  public func infractions(
    in state: InfractionState? = nil, of scope: ListScope = ListScope(),
    after last: InfractionID? = nil, limit: Int = 100
  ) throws(StoreError) -> NumberedPage<InfractionFile, InfractionID> {
    try page(ListQuery.infractions(in: state, of: scope), after: last, limit) {
      $0.infractions[$1]
    }
  }

  /// Appeals.
  ///
  /// - Parameters:
  ///   - wanted: which: open ones, late ones, or all.
  ///   - scope: whose.
  ///   - last: the `next` of the page before; nil for the first page.
  ///   - limit: the most to answer.
  /// - Returns: the appeals.
  /// - Throws: ``StoreError``.
  public func appeals(
    _ wanted: AppealsWanted, of scope: ListScope = ListScope(), after last: AppealID? = nil,
    limit: Int = 100
  ) throws(StoreError) -> NumberedPage<Appeal, AppealID> {
    try page(ListQuery.appeals(wanted, of: scope), after: last, limit) { $0.appeals[$1] }
  }

  /// Leads: those that no person has looked at, or all.
  ///
  /// A lead belongs to both of its accounts, and to the platforms of both.
  ///
  /// - Parameters:
  ///   - onlyOpen: whether settled ones are left out.
  ///   - scope: whose.
  ///   - last: the `next` of the page before; nil for the first page.
  ///   - limit: the most to answer.
  /// - Returns: the leads.
  /// - Throws: ``StoreError``.
  public func leads(
    onlyOpen: Bool, of scope: ListScope = ListScope(), after last: LeadID? = nil,
    limit: Int = 100
  ) throws(StoreError) -> NumberedPage<Lead, LeadID> {
    try page(ListQuery.leads(onlyOpen: onlyOpen, of: scope), after: last, limit) { $0.leads[$1] }
  }

  /// Numbers out of the views, and what the register has under them.
  ///
  /// What was committed a moment ago may not be in the register yet; the page ends before it.
  private func page<Thing, Number: RecordNumber>(
    _ query: ListQuery, after last: Number?, _ limit: Int,
    _ thing: (ConductBook, Number) -> Thing?
  ) throws(StoreError) -> NumberedPage<Thing, Number> {
    let limit = max(1, limit)
    let numbers = try read { db in
      try Int.fetchAll(
        db, sql: "\(query.sql) LIMIT \(limit + 1)",
        arguments: query.arguments(after: last?.count ?? 0))
    }.map { Number(count: $0) }
    let book = register.conduct
    var things: [Thing] = []
    for number in numbers.prefix(limit) {
      guard let thing = thing(book, number) else { break }
      things.append(thing)
    }
    return NumberedPage(
      things: things,
      next: numbers.count > limit && things.count == limit ? numbers[limit - 1] : nil)
  }
}
