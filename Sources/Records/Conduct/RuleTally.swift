internal import Enforcement
internal import Foundation
internal import GRDB

/// What a version of a rule made of the posts that it saw.
///
/// It holds numbers alone: nothing of a post, and nothing of who wrote it.
public struct RuleTally: Sendable, Hashable {
  /// How many posts it saw.
  public var seen: Int
  /// How many of them it matched.
  public var matched: Int
  /// The numbers of posts that it matched lately, ascending, the first that it saw being 1.
  public var recent: [Int]
  /// Of what it matched before this number, nothing counts for its breaker any more.
  public var oldest: Int

  /// Takes the parts.
  public init(seen: Int = 0, matched: Int = 0, recent: [Int] = [], oldest: Int = 1) {
    self.seen = seen
    self.matched = matched
    self.recent = recent
    self.oldest = oldest
  }

  /// The same with what came of later posts.
  func followed(by later: RuleTally) -> RuleTally {
    var tally = later
    tally.recent = recent.filter { $0 >= later.oldest } + later.recent
    return tally
  }
}

extension PostCountSchema {
  /// Adds what a version of a rule made of posts, and drops what counts no more.
  ///
  /// Only what is new is written, however long the window: `rule_match` has a row for each writing,
  /// with the numbers of matched posts, 8 octets each.
  static func keep(_ tally: RuleTally, of rule: RuleReference, in db: Database) throws {
    let key: [any DatabaseValueConvertible] = [rule.rule.text, rule.version]
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO rule (name, version, seen, matched, oldest) VALUES (?, ?, ?, ?, ?)
        """
    ).execute(arguments: StatementArguments(key + [tally.seen, tally.matched, tally.oldest]))
    try db.cachedStatement(
      sql: "DELETE FROM rule_match WHERE name = ? AND version = ? AND last < ?"
    ).execute(arguments: StatementArguments(key + [tally.oldest]))
    guard let last = tally.recent.last else { return }
    let numbers = tally.recent.flatMap { number in
      (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO rule_match (name, version, last, numbers) VALUES (?, ?, ?, ?)"
    ).execute(arguments: StatementArguments(key + [last, Data(numbers)]))
  }

  /// What all rules made of posts.
  static func tallies(_ db: Database) throws -> [RuleReference: RuleTally] {
    var tallies: [RuleReference: RuleTally] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT name, version, seen, matched, oldest FROM rule") {
      let (name, version): (String, Int) = (row[0], row[1])
      guard let rule = Slug(text: name) else {
        throw StoreError.corrupt("conduct.sqlite has counts of no rule")
      }
      var tally = RuleTally(seen: row[2], matched: row[3], oldest: row[4])
      let writings = try Data.fetchAll(
        db,
        sql: "SELECT numbers FROM rule_match WHERE name = ? AND version = ? ORDER BY last",
        arguments: [name, version])
      for octets in writings { tally.recent += try numbers(Array(octets)) }
      tally.recent.removeAll { $0 < tally.oldest }
      guard zip(tally.recent, tally.recent.dropFirst()).allSatisfy(<),
        tally.recent.last ?? 0 <= tally.seen, (0...max(0, tally.seen)).contains(tally.matched)
      else { throw StoreError.corrupt("conduct.sqlite has counts that no rule can have") }
      tallies[RuleReference(rule: rule, version: version)] = tally
    }
    return tallies
  }

  private static func numbers(_ octets: [UInt8]) throws -> [Int] {
    guard octets.count.isMultiple(of: 8) else {
      throw StoreError.corrupt("conduct.sqlite has matches of a rule that are cut off")
    }
    return stride(from: 0, to: octets.count, by: 8).map { start in
      Int(
        truncatingIfNeeded: octets[start..<start + 8].reduce(UInt64(0)) { ($0 << 8) | UInt64($1) })
    }
  }
}
