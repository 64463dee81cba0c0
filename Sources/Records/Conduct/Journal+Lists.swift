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

/// Lists of what may be millions: each piece is found by an index, however few of all are wanted.
extension Journal {
  /// Accounts.
  ///
  /// - Parameters:
  ///   - platform: whose accounts; nil for all.
  ///   - standing: only accounts that stand so; nil for all.
  ///   - last: the `next` of the page before; nil for the first page.
  ///   - limit: the most to answer.
  /// - Returns: the accounts.
  /// - Throws: ``StoreError``.
  public func accounts(
    on platform: Slug? = nil, standing: AccountStanding? = nil, after last: AccountID? = nil,
    limit: Int = 100
  ) throws(StoreError) -> NumberedPage<Account, AccountID> {
    try page(
      ListQuery.accounts(hasPlatform: platform != nil, standing: standing),
      [last?.count ?? 0] + (platform.map { [$0.text] } ?? []), limit
    ) { $0.accounts[$1] }
  }

  /// Sanctions.
  ///
  /// - Parameters:
  ///   - state: only those in this state; nil for all.
  ///   - platform: only those on a platform's accounts; nil for all.
  ///   - last: the `next` of the page before; nil for the first page.
  ///   - limit: the most to answer.
  /// - Returns: the sanctions.
  /// - Throws: ``StoreError``.
  public func sanctions(
    in state: SanctionState? = nil, on platform: Slug? = nil, after last: SanctionID? = nil,
    limit: Int = 100
  ) throws(StoreError) -> NumberedPage<Sanction, SanctionID> {
    try page(
      ListQuery.sanctions(in: state, hasPlatform: platform != nil),
      [last?.count ?? 0] + (platform.map { [$0.text] } ?? []), limit
    ) { $0.sanctions[$1] }
  }

  /// Infractions, without the words of their evidence.
  ///
  /// - Parameters:
  ///   - state: only those in this state; nil for all.
  ///   - last: the `next` of the page before; nil for the first page.
  ///   - limit: the most to answer.
  /// - Returns: the infractions.
  /// - Throws: ``StoreError``.
  public func infractions(
    in state: InfractionState? = nil, after last: InfractionID? = nil, limit: Int = 100
  ) throws(StoreError) -> NumberedPage<InfractionFile, InfractionID> {
    try page(ListQuery.infractions(in: state), [last?.count ?? 0], limit) { $0.infractions[$1] }
  }

  /// Appeals: those that are open, or all.
  public func appeals(
    onlyOpen: Bool, after last: AppealID? = nil, limit: Int = 100
  ) throws(StoreError) -> NumberedPage<Appeal, AppealID> {
    try page(ListQuery.appeals(onlyOpen: onlyOpen), [last?.count ?? 0], limit) { $0.appeals[$1] }
  }

  /// Leads: those that no person has looked at, or all.
  public func leads(
    onlyOpen: Bool, after last: LeadID? = nil, limit: Int = 100
  ) throws(StoreError) -> NumberedPage<Lead, LeadID> {
    try page(ListQuery.leads(onlyOpen: onlyOpen), [last?.count ?? 0], limit) { $0.leads[$1] }
  }

  /// Numbers out of the views, and what the register has under them.
  ///
  /// What was committed a moment ago may not be in the register yet; the page ends before it.
  private func page<Thing, Number: RecordNumber>(
    _ query: String, _ arguments: [any DatabaseValueConvertible & Sendable], _ limit: Int,
    _ thing: (ConductBook, Number) -> Thing?
  ) throws(StoreError) -> NumberedPage<Thing, Number> {
    let limit = max(1, limit)
    let numbers = try read { db in
      try Int.fetchAll(
        db, sql: "\(query) LIMIT \(limit + 1)", arguments: StatementArguments(arguments))
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

/// What lists ask the views for: numbers above `?1`, on the platform `?2` where one is wanted.
///
/// Words that an index of few is made for stand in the text, since the database looks for them there.
enum ListQuery {
  static func accounts(hasPlatform: Bool = false, standing: AccountStanding? = nil) -> String {
    let onPlatform = hasPlatform ? "AND a.platform = ?2" : ""
    switch standing {
    case nil: return "SELECT a.id FROM view_account a WHERE a.id > ?1 \(onPlatform) ORDER BY a.id"
    case .clear:
      return """
        SELECT a.id FROM view_account a WHERE a.id > ?1 \(onPlatform) AND NOT EXISTS (
          SELECT 1 FROM view_sanction s WHERE s.account = a.id AND s.state = 'imposed')
        ORDER BY a.id
        """
    case .under(let kind):
      let graver = SanctionKind.allCases.filter { $0 > kind }.map { "'\($0.rawValue)'" }
      return """
        SELECT DISTINCT a.account FROM view_sanction a INDEXED BY view_sanction_standing
        WHERE a.kind = '\(kind.rawValue)' AND a.state = 'imposed' AND a.account > ?1 \(onPlatform)
          AND NOT EXISTS (
            SELECT 1 FROM view_sanction s WHERE s.account = a.account AND s.state = 'imposed'
              AND s.kind IN (\(graver.joined(separator: ", "))))
        ORDER BY a.account
        """
    }
  }

  static func sanctions(in state: SanctionState? = nil, hasPlatform: Bool = false) -> String {
    let inState = state.map { "AND state = '\($0.rawValue)'" } ?? ""
    let onPlatform = hasPlatform ? "AND platform = ?2" : ""
    return "SELECT id FROM view_sanction WHERE id > ?1 \(inState) \(onPlatform) ORDER BY id"
  }

  static func infractions(in state: InfractionState?) -> String {
    let inState = state.map { "AND state = '\($0.rawValue)'" } ?? ""
    return "SELECT id FROM view_infraction WHERE id > ?1 \(inState) ORDER BY id"
  }

  static func appeals(onlyOpen: Bool) -> String {
    "SELECT id FROM view_appeal WHERE id > ?1 \(onlyOpen ? "AND decided IS NULL" : "") ORDER BY id"
  }

  static func leads(onlyOpen: Bool) -> String {
    "SELECT id FROM view_lead WHERE id > ?1 \(onlyOpen ? "AND settled IS NULL" : "") ORDER BY id"
  }
}

extension Schema {
  /// What lists of accounts, sanctions, infractions, appeals and leads are found by.
  ///
  /// States that few things are in have an index of those few alone.
  static let conductLists = """
    CREATE INDEX view_account_platform ON view_account (platform, id);
    CREATE INDEX view_infraction_dismissed ON view_infraction (id) WHERE state = 'dismissed';
    CREATE INDEX view_infraction_overturned ON view_infraction (id) WHERE state = 'overturned';
    CREATE INDEX view_sanction_state ON view_sanction (state, id);
    CREATE INDEX view_sanction_platform ON view_sanction (platform, id);
    CREATE INDEX view_sanction_standing ON view_sanction (kind, account) WHERE state = 'imposed';
    CREATE INDEX view_appeal_open ON view_appeal (id) WHERE decided IS NULL;
    CREATE INDEX view_lead_open ON view_lead (id) WHERE settled IS NULL;
    """
}
