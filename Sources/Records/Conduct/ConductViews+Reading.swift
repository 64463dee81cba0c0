internal import Enforcement
internal import Foundation
internal import GRDB

/// The book as the views keep it.
extension ConductViews {
  static func book(_ db: Database) throws -> ConductBook {
    var kept = KeptConduct()
    kept.platforms = try bodies(db, "SELECT body FROM view_platform ORDER BY id")
    let ladders = try Row.fetchAll(
      db, sql: "SELECT platform, body FROM view_ladder ORDER BY platform, entry")
    for row in ladders {
      guard let platform = Slug(text: row["platform"]) else { throw unreadable("view_ladder") }
      kept.ladders[platform, default: []].append(try value(row["body"], "view_ladder"))
    }
    kept.rules = try bodies(db, "SELECT body FROM view_conduct_rule ORDER BY rule, version")
    kept.parties = try bodies(db, "SELECT body FROM view_party ORDER BY id")
    kept.batches = try bodies(db, "SELECT body FROM view_batch ORDER BY id")
    kept.reports = try bodies(db, "SELECT body FROM view_report ORDER BY id")
    kept.leads = try leads(db)
    kept.appeals = try appeals(db)
    kept.sanctions = try sanctions(db)
    kept.infractions = try infractions(db)
    kept.accounts = try accounts(db)
    return ConductBook(kept: kept)
  }

  static func unreadable(_ table: String) -> StoreError {
    .corrupt("\(table) has a row that cannot be read; run record rebuild")
  }

  private static func bodies<Value: Decodable>(_ db: Database, _ sql: String) throws -> [Value] {
    try String.fetchAll(db, sql: sql).map { try value($0, sql.components(separatedBy: " ")[3]) }
  }

  static func value<Value: Decodable>(_ body: String, _ table: String) throws -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(body.utf8))
    } catch {
      throw unreadable(table)
    }
  }

  static func instant(_ milliseconds: Int64?) -> Instant? {
    milliseconds.map { Instant(milliseconds: $0) }
  }

  // MARK: Accounts

  private static func accounts(_ db: Database) throws -> [Account] {
    var parts = AccountParts()
    try parts.read(db)
    var accounts: [Account] = []
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT id, platform, key, handle, filing, category, party, language, agreement, opened,
          former_handles, since, reached, hold, erased
        FROM view_account ORDER BY id
        """)
    while let row = try rows.next() {
      guard let platform = Slug(text: row[1]) else { throw unreadable("view_account") }
      var entry = AccountEntry(identity: .erased)
      if let key: String = row[2] {
        entry.identity = AccountIdentity(key: key, handle: row[3], filing: row[4])
      }
      entry.category = (row[5] as String?).flatMap { Slug(text: $0) }
      entry.party = (row[6] as Int?).map { PartyID(count: $0) }
      entry.language = row[7]
      entry.agreement = row[8]
      entry.opened = instant(row[9])
      let id = AccountID(count: row[0])
      var account = Account(
        id: id, platform: platform, entry: entry, since: Instant(milliseconds: row[11]))
      if let former: String = row[10] { account.formerHandles = try value(former, "view_account") }
      account.review = try parts.reviews[id].map { try value($0, "view_account_review") }
      account.reached = row[12]
      account.hold = row[13]
      account.erased = instant(row[14])
      account.infractions = parts.infractions[id] ?? []
      account.strikes = parts.strikes[id] ?? []
      account.sanctions = parts.sanctions[id] ?? []
      accounts.append(account)
    }
    return accounts
  }

  /// What accounts have that stands in other tables.
  private struct AccountParts {
    var infractions: [AccountID: [InfractionID]] = [:]
    var strikes: [AccountID: [Strike]] = [:]
    var sanctions: [AccountID: [SanctionID]] = [:]
    var reviews: [AccountID: String] = [:]

    mutating func read(_ db: Database) throws {
      let found = try Row.fetchCursor(
        db, sql: "SELECT account, id FROM view_infraction ORDER BY id")
      while let row = try found.next() {
        infractions[AccountID(count: row[0]), default: []].append(InfractionID(count: row[1]))
      }
      let imposed = try Row.fetchCursor(
        db, sql: "SELECT account, id FROM view_sanction ORDER BY id")
      while let row = try imposed.next() {
        sanctions[AccountID(count: row[0]), default: []].append(SanctionID(count: row[1]))
      }
      let reviewed = try Row.fetchCursor(db, sql: "SELECT account, body FROM view_account_review")
      while let row = try reviewed.next() { reviews[AccountID(count: row[0])] = row[1] }
      try readStrikes(db)
    }

    private mutating func readStrikes(_ db: Database) throws {
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT account, id, strike_at, points, gravity, expires, overturned FROM view_infraction
          WHERE strike_entry IS NOT NULL ORDER BY strike_entry
          """)
      while let row = try rows.next() {
        guard let gravity = Gravity(rawValue: row[4]) else { throw unreadable("view_infraction") }
        var strike = Strike(
          infraction: InfractionID(count: row[1]), at: Instant(milliseconds: row[2]),
          points: row[3], gravity: gravity, expires: instant(row[5]))
        strike.overturned = instant(row[6])
        strikes[AccountID(count: row[0]), default: []].append(strike)
      }
    }
  }

  // MARK: Infractions

  private static func infractions(_ db: Database) throws -> [InfractionFile] {
    var files: [InfractionFile] = []
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT v.id, v.account, v.found, v.state, v.category, v.score, v.rule, v.kind, v.also,
          v.published, v.posts_seen, v.packs, v.held, v.settled_by, f.value
        FROM view_infraction v
        LEFT JOIN sealed_field f ON f.entry = v.entry AND f.name = 'evidence' ORDER BY v.id
        """)
    while let row = try rows.next() { files.append(try infraction(row)) }
    return files
  }

  private static func infraction(_ row: Row) throws -> InfractionFile {
    let also: [String] = try (row[8] as String?).map { try value($0, "view_infraction") } ?? []
    guard let state = InfractionState(rawValue: row[3]),
      let category = FindingCategory(rawValue: row[4]), let rule = reference(row[6]),
      let kind = Slug(text: row[7])
    else { throw unreadable("view_infraction") }
    let opened = try InfractionCoding.opened(
      (row[14] as Data?).map { Array($0) }, withPieces: false)
    let packs: String = row[11]
    let infraction = Infraction(
      category: category, score: Double(row[5] as Int64) / 1000, rule: rule, kind: kind,
      also: also.compactMap(reference), post: opened.post, content: opened.content,
      published: Instant(milliseconds: row[9]), postsSeen: row[10],
      packs: packs.isEmpty
        ? [] : packs.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
      held: (row[12] as String?).flatMap(Infraction.Hold.init(rawValue:)),
      evidence: opened.evidence)
    var file = InfractionFile(
      id: InfractionID(count: row[0]), account: AccountID(count: row[1]), infraction: infraction,
      found: Instant(milliseconds: row[2]), state: state)
    file.settledBy = (row[13] as String?).flatMap { Actor(text: $0) }
    return file
  }

  private static func reference(_ text: String) -> RuleReference? {
    let halves = text.split(separator: "@", omittingEmptySubsequences: false)
    guard halves.count == 2, let rule = Slug(text: String(halves[0])),
      let version = Int(halves[1])
    else { return nil }
    return RuleReference(rule: rule, version: version)
  }

  // MARK: Sanctions, appeals, leads

  private static func sanctions(_ db: Database) throws -> [Sanction] {
    var appeals: [Int: [AppealID]] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT sanction, id FROM view_appeal ORDER BY id") {
      appeals[row[0], default: []].append(AppealID(count: row[1]))
    }
    var reports: [Int: [ReportID]] = [:]
    let told = try Row.fetchCursor(
      db, sql: "SELECT sanction, report FROM view_report_sanction ORDER BY report")
    while let row = try told.next() {
      reports[row[0], default: []].append(ReportID(count: row[1]))
    }
    var sanctions: [Sanction] = []
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT s.id, s.account, s.state, s.proposed, s.imposed, s.until, s.confirmed, s.delivered,
          s.ended, s.cause, b.body
        FROM view_sanction s JOIN view_sanction_body b ON b.id = s.id ORDER BY s.id
        """)
    while let row = try rows.next() {
      guard let state = SanctionState(rawValue: row[2]) else { throw unreadable("view_sanction") }
      guard let body = SanctionBody(text: row[10]) else { throw unreadable("view_sanction_body") }
      let count: Int = row[0]
      var sanction = Sanction(
        id: SanctionID(count: count), account: AccountID(count: row[1]), plan: body.plan,
        proposedBy: body.proposedBy, proposed: Instant(milliseconds: row[3]))
      sanction.state = state
      sanction.approvedBy = body.approvedBy
      sanction.notice = body.notice
      sanction.imposed = instant(row[4])
      sanction.until = instant(row[5])
      sanction.confirmed = instant(row[6])
      sanction.delivered = instant(row[7])
      sanction.ended = instant(row[8])
      sanction.endedBy = (row[9] as String?).flatMap(LiftingCause.init(rawValue:))
      sanction.appeals = appeals[count] ?? []
      sanction.reports = reports[count] ?? []
      sanctions.append(sanction)
    }
    return sanctions
  }

  private static func appeals(_ db: Database) throws -> [Appeal] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT id, sanction, filed, messages, body, decided, decided_by, answer_by
        FROM view_appeal LEFT JOIN view_appeal_term ON appeal = id ORDER BY id
        """
    ).map { row in
      var appeal = Appeal(
        id: AppealID(count: row[0]), sanction: SanctionID(count: row[1]),
        filed: Instant(milliseconds: row[2]), answerBy: instant(row[7]))
      appeal.messages = row[3]
      appeal.outcome = try (row[4] as String?).map { try value($0, "view_appeal") }
      appeal.decided = instant(row[5])
      appeal.decidedBy = (row[6] as String?).flatMap { Actor(text: $0) }
      return appeal
    }
  }

  private static func leads(_ db: Database) throws -> [Lead] {
    try Row.fetchAll(
      db, sql: "SELECT id, account, earlier, kind, settled FROM view_lead ORDER BY id"
    )
    .map { row in
      guard let kind = Trait.Kind(rawValue: row[3]) else { throw unreadable("view_lead") }
      var lead = Lead(
        id: LeadID(count: row[0]), account: AccountID(count: row[1]),
        earlier: AccountID(count: row[2]), kind: kind)
      lead.settled = (row[4] as String?).flatMap(Lead.Settled.init(rawValue:))
      return lead
    }
  }
}
