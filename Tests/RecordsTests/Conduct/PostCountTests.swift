import Enforcement
import GRDB
import Synchronization
import Testing

@testable import Records

@Suite("Counts of posts") struct PostCountTests {
  private func counts(_ office: Office, days: Int = 30) throws -> PostCounts {
    try PostCounts(beside: office.journal, windowDays: days)
  }

  private func seen(_ counts: PostCounts, _ key: String, days: Int = 30) throws -> Int {
    try counts.postsSeen(on: Office.meadow, key: key, days: days)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `what is counted is what a slow count says, written, folded or neither`(seed: UInt64)
    async throws
  {
    let office = try await Office.open()
    var counts: PostCounts? = try counts(office)
    var random = SeededRandom(seed: seed)
    var slow: [String: [Int: Int]] = [:]
    for _ in 0..<120 {
      switch Int.random(in: 0..<8, using: &random) {
      case 0: try counts!.flush()
      case 1: office.clock.wait(.seconds(Int64.random(in: 0...200_000, using: &random)))
      case 2:
        counts = nil
        counts = try self.counts(office)
      default:
        let today = PostDay(office.clock.now).number
        let day = today - Int.random(in: 0...2, using: &random)
        let key = random.pick(["amy", "ben", "cleo"])
        let number = Int.random(in: 1...500, using: &random)
        counts!.countPosts([key: number], on: Office.meadow, day: PostDay(number: day))
        slow[key, default: [:]][day, default: 0] += number
      }
      let first = PostDay(office.clock.now).number
      for (key, days) in slow {
        for window in [1, 7, 30] {
          let expected = days.filter { $0.key > first - window }.values.reduce(0, +)
          #expect(try seen(counts!, key, days: window) == expected)
        }
      }
    }
  }

  @Test func `days outside the window are neither counted nor kept`() async throws {
    let office = try await Office.open()
    let counts = try counts(office, days: 3)
    let today = PostDay(office.clock.now)
    counts.countPosts(["amy": 5], on: Office.meadow, day: today)
    counts.countPosts(["amy": 7], on: Office.meadow, day: PostDay(number: today.number - 3))
    counts.countPosts(["amy": 7], on: Office.meadow, day: PostDay(number: today.number + 1))
    #expect(try seen(counts, "amy") == 5)
    try counts.flush()
    office.clock.wait(.seconds(3 * 86_400))
    counts.countPosts(["ben": 1], on: Office.meadow, day: PostDay(office.clock.now))
    try counts.flush()
    #expect(try seen(counts, "amy") == 0)
    #expect(try counts.accountCount() == 1)
  }

  @Test func `an account is forgotten with all its days, and no other is`() async throws {
    let office = try await Office.open()
    let counts = try counts(office)
    let today = PostDay(office.clock.now)
    counts.countPosts(["amy": 5, "ben": 6], on: Office.meadow, day: today)
    try counts.forget(["amy"], on: Office.meadow)
    counts.countPosts(["ben": 1], on: Office.meadow, day: today)
    #expect(try seen(counts, "amy") == 0)
    #expect(try seen(counts, "ben") == 7)
  }

  @Test func `one platform's account is not another's`() async throws {
    let office = try await Office.open()
    let counts = try counts(office)
    counts.countPosts(["amy": 5], on: Office.meadow, day: PostDay(office.clock.now))
    #expect(try counts.postsSeen(on: slug("harbor"), key: "amy", days: 30) == 0)
  }

  @Test func `joining rows changes no count, and leaves as many rows as days`() throws {
    var random = SeededRandom(seed: 5)
    let queue = try DatabaseQueue()
    try PostCountSchema.migrator().migrate(queue)
    try queue.write { db in
      for _ in 0..<40 {
        let counts = (0..<50).map { _ in
          (Int64.random(in: -40...40, using: &random), UInt32.random(in: 1...9, using: &random))
        }
        let day = PostDay(number: Int.random(in: 1...3, using: &random))
        try PostCountSchema.add(
          Dictionary(counts, uniquingKeysWith: +), of: day, to: db)
      }
      let before = try PostCountSchema.batches(db)
      try PostCountSchema.join(besides: 1_000_000, in: db)
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM batch") == 40)
      try PostCountSchema.join(besides: -1_000_000, in: db)
      #expect(try PostCountSchema.batches(db) == before)
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM batch") == before.count)
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `what rules matched is what they said, however often it was written`(seed: UInt64)
    async throws
  {
    let office = try await Office.open()
    var random = SeededRandom(seed: seed)
    let rules = ["one", "two"].map { RuleReference(rule: slug($0), version: 1) }
    let said = Mutex<[RuleReference: RuleTally]>([:])
    var whole: [RuleReference: RuleTally] = [:]
    var counts: PostCounts? = nil
    for _ in 0..<60 {
      if counts == nil {
        counts = try self.counts(office)
        #expect(try counts!.ruleTallies() == whole)
        counts!.keepRules {
          said.withLock { said in
            defer { said = [:] }; return said
          }
        }
      }
      let rule = random.pick(rules)
      var tally = whole[rule] ?? RuleTally()
      let new = (1...8).map { tally.seen + $0 }.filter { _ in Bool.random(using: &random) }
      tally.seen += 8
      tally.matched += new.count
      tally.oldest = max(1, tally.seen - 30)
      tally.recent = (tally.recent + new).filter { $0 >= tally.oldest }
      whole[rule] = tally
      said.withLock { said in
        tally.recent = (said[rule]?.recent ?? []) + new
        said[rule] = tally
      }
      counts!.rulesSawPosts()
      if Int.random(in: 0..<3, using: &random) == 0 { try counts!.flush() }
      if Int.random(in: 0..<6, using: &random) == 0 { counts = nil }
    }
  }
}
