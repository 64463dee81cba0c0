internal import Enforcement
internal import Foundation
internal import GRDB

/// Rules, parties, accounts and infractions as rows.
extension ConductViews {
  func store(_ reference: RuleReference) throws {
    guard let rule = book.rules[reference] else { return }
    try run(
      "INSERT OR REPLACE INTO view_conduct_rule (rule, version, body) VALUES (?, ?, ?)",
      [reference.rule.text, reference.version, try Self.body(rule)])
  }

  func store(_ id: PartyID) throws {
    guard let party = book.parties[id] else { return }
    try run(
      "INSERT OR REPLACE INTO view_party (id, body) VALUES (?, ?)",
      [id.count, try Self.body(party)])
  }

  /// Whoever was erased has no key, no handle and no name in the views.
  func store(_ id: AccountID) throws {
    guard let account = book.accounts[id] else { return }
    let entry = account.entry
    let isKnown = entry.identity != .erased
    let former = account.formerHandles
    try run(
      """
      INSERT INTO view_account (id, platform, key, handle, filing, category, party, language,
        agreement, opened, former_handles, since, reached, hold, erased)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET key = excluded.key, handle = excluded.handle,
        filing = excluded.filing, category = excluded.category, party = excluded.party,
        language = excluded.language, agreement = excluded.agreement, opened = excluded.opened,
        former_handles = excluded.former_handles, reached = excluded.reached,
        hold = excluded.hold, erased = excluded.erased
      """,
      [
        id.count, account.platform.text, isKnown ? entry.identity.key : nil,
        entry.identity.handle, entry.identity.filing, entry.category?.text, entry.party?.count,
        entry.language, entry.agreement, entry.opened?.milliseconds,
        former.isEmpty ? nil : try Self.body(former), account.since.milliseconds,
        account.reached, account.hold, account.erased?.milliseconds,
      ])
  }

  func storeReview(of id: AccountID) throws {
    guard let review = book.accounts[id]?.review else { return }
    try run(
      "INSERT OR REPLACE INTO view_account_review (account, body) VALUES (?, ?)",
      [id.count, try Self.body(review)])
  }

  func insert(_ id: InfractionID, at index: Int64, hasStrike: Bool) throws {
    guard let file = book.infractions[id], let account = book.accounts[file.account] else { return }
    let infraction = file.infraction
    let strike = hasStrike ? account.strikes.last { $0.infraction == id } : nil
    let also = infraction.also.map(\.description)
    try run(
      """
      INSERT INTO view_infraction (id, account, platform, entry, found, state, category, score,
        rule, kind, also, published, posts_seen, packs, held, settled_by, post, strike_entry,
        strike_at, points, gravity, expires, overturned)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        id.count, file.account.count, account.platform.text, index, file.found.milliseconds,
        file.state.rawValue, infraction.category.rawValue,
        EventCoding.thousandths(infraction.score), infraction.rule.description,
        infraction.kind.text, also.isEmpty ? nil : try Self.body(also),
        infraction.published.milliseconds, infraction.postsSeen,
        infraction.packs.joined(separator: "\n"), infraction.held?.rawValue,
        file.settledBy?.description, Self.handle(of: infraction.post),
        strike == nil ? nil : index, strike?.at.milliseconds, strike?.points,
        strike?.gravity.rawValue, strike?.expires?.milliseconds,
        strike?.overturned?.milliseconds,
      ])
  }

  func update(_ id: InfractionID, at index: Int64, hasStrike: Bool) throws {
    guard let file = book.infractions[id], let account = book.accounts[file.account] else { return }
    try run(
      "UPDATE view_infraction SET state = ?, held = ?, settled_by = ? WHERE id = ?",
      [
        file.state.rawValue, file.infraction.held?.rawValue, file.settledBy?.description, id.count,
      ])
    guard let strike = account.strikes.last(where: { $0.infraction == id }) else { return }
    try run(
      """
      UPDATE view_infraction SET strike_entry = coalesce(strike_entry, ?), strike_at = ?,
        points = ?, gravity = ?, expires = ?, overturned = ? WHERE id = ?
      """,
      [
        index, strike.at.milliseconds, strike.points, strike.gravity.rawValue,
        strike.expires?.milliseconds, strike.overturned?.milliseconds, id.count,
      ])
  }

  /// The first octets of a post's digest, by which it is found; nil where it was erased.
  static func handle(of post: ContentDigest) -> Int64? {
    guard post != .erased else { return nil }
    return UInt64(post.hex.prefix(16), radix: 16).map { Int64(bitPattern: $0) }
  }

  /// What is left of an account, its infractions and sanctions after an erasure.
  func erase(_ id: AccountID) throws {
    try store(id)
    try storeReview(of: id)
    try run("UPDATE view_infraction SET post = NULL WHERE account = ?", [id.count])
    for sanction in book.accounts[id]?.sanctions ?? [] { try storeBody(of: sanction) }
  }
}
