internal import Enforcement
internal import GRDB

/// What a list asks the views for: numbers above `:after`, of the platform and the account that are
/// wanted.
///
/// Words that an index of few is made for stand in the text, since the database looks for them there.
struct ListQuery {
  let sql: String
  private var values: [String: any DatabaseValueConvertible & Sendable] = [:]

  private init(_ sql: String, _ scope: ListScope) {
    self.sql = sql
    if let platform = scope.platform { values["platform"] = platform.text }
    if let account = scope.account { values["account"] = account.count }
  }

  /// The values of a page.
  func arguments(after last: Int) -> StatementArguments {
    var values = values
    values["after"] = last
    return StatementArguments(values)
  }
}

extension ListQuery {
  static func accounts(
    on platform: Slug? = nil, standing: AccountStanding? = nil, onlyUnreviewed: Bool = false
  ) -> ListQuery {
    var narrowed = platform == nil ? "" : "AND a.platform = :platform"
    if onlyUnreviewed {
      let id = if case .under = standing { "a.account" } else { "a.id" }
      narrowed += " AND NOT EXISTS (SELECT 1 FROM view_account_review r WHERE r.account = \(id))"
    }
    let sql: String
    switch standing {
    case nil: sql = "SELECT a.id FROM view_account a WHERE a.id > :after \(narrowed) ORDER BY a.id"
    case .clear:
      sql = """
        SELECT a.id FROM view_account a WHERE a.id > :after \(narrowed) AND NOT EXISTS (
          SELECT 1 FROM view_sanction s WHERE s.account = a.id AND s.state = 'imposed')
        ORDER BY a.id
        """
    case .under(let kind):
      let graver = SanctionKind.allCases.filter { $0 > kind }.map { "'\($0.rawValue)'" }
      sql = """
        SELECT DISTINCT a.account FROM view_sanction a INDEXED BY view_sanction_standing
        WHERE a.kind = '\(kind.rawValue)' AND a.state = 'imposed' AND a.account > :after \(narrowed)
          AND NOT EXISTS (
            SELECT 1 FROM view_sanction s WHERE s.account = a.account AND s.state = 'imposed'
              AND s.kind IN (\(graver.joined(separator: ", "))))
        ORDER BY a.account
        """
    }
    return ListQuery(sql, ListScope(platform: platform))
  }

  static func sanctions(in state: SanctionState? = nil, of scope: ListScope) -> ListQuery {
    ofAccounts("view_sanction", state?.rawValue, scope)
  }

  static func infractions(in state: InfractionState? = nil, of scope: ListScope) -> ListQuery {
    ofAccounts("view_infraction", state?.rawValue, scope)
  }

  /// Both tables name the platform beside the account.
  private static func ofAccounts(
    _ table: String, _ state: String?, _ scope: ListScope
  ) -> ListQuery {
    var sql = "SELECT id FROM \(table) WHERE id > :after"
    if let state { sql += " AND state = '\(state)'" }
    if scope.platform != nil { sql += " AND platform = :platform" }
    if scope.account != nil { sql += " AND account = :account" }
    return ListQuery(sql + " ORDER BY id", scope)
  }

  static func appeals(_ wanted: AppealsWanted, of scope: ListScope) -> ListQuery {
    var sql = "SELECT p.id FROM view_appeal p WHERE p.id > :after"
    var late: Instant?
    switch wanted {
    case .all: break
    case .open: sql += " AND p.decided IS NULL"
    case .overdue(let moment):
      sql += " AND p.decided IS NULL AND p.id IN (\(overdue))"
      late = moment
    }
    if scope.platform != nil {
      sql += " AND (SELECT platform FROM view_account WHERE id = p.account) = :platform"
    }
    if scope.account != nil { sql += " AND p.account = :account" }
    var query = ListQuery(sql + " ORDER BY p.id", scope)
    if let late { query.values["now"] = late.milliseconds }
    return query
  }

  private static let overdue = "SELECT appeal FROM view_appeal_term WHERE answer_by <= :now"

  static func leads(onlyOpen: Bool, of scope: ListScope) -> ListQuery {
    var sql = "SELECT l.id FROM view_lead l WHERE l.id > :after"
    if onlyOpen { sql += " AND l.settled IS NULL" }
    if scope.platform != nil {
      sql += """
         AND EXISTS (SELECT 1 FROM view_account a
          WHERE a.id IN (l.account, l.earlier) AND a.platform = :platform)
        """
    }
    if scope.account != nil { sql += " AND (l.account = :account OR l.earlier = :account)" }
    return ListQuery(sql + " ORDER BY l.id", scope)
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
