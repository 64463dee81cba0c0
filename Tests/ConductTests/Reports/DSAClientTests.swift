import Conduct
import Interchange
import Synchronization
import Testing

struct DSAClientTests {
  private static func items(_ puids: [String], category: String = "STATEMENT_CATEGORY_VIOLENCE")
    -> [DSASubmission.Item]
  {
    puids.map { puid in
      DSASubmission.Item(
        puid: puid,
        body: """
          {"puid":"\(puid)","decision_account":"DECISION_ACCOUNT_SUSPENDED",\
          "decision_ground":"DECISION_GROUND_INCOMPATIBLE_CONTENT","category":"\(category)",\
          "content_type":["CONTENT_TYPE_TEXT"],"content_date":"2026-01-01",\
          "application_date":"2026-01-02","decision_facts":"f","source_type":"SOURCE_VOLUNTARY",\
          "automated_detection":"Yes","automated_decision":"AUTOMATED_DECISION_PARTIALLY"}
          """)
    }
  }

  /// Tries a submission again until it is through, as the job does; eight times at most.
  private static func send(_ items: [DSASubmission.Item], to base: String) async
    -> [String: DSASubmission.Outcome]
  {
    let client = DSAClient(base: base, token: DSADatabase.token)
    var submission = DSASubmission(items)
    for _ in 0..<8 {
      do throws(DSASubmission.Obstacle) {
        try await client.carry(&submission)
        break
      } catch {
        continue
      }
    }
    await client.close()
    return submission.outcomes
  }

  @Test func `one bad statement of a hundred is set aside, and each other arrives once`()
    async throws
  {
    let database = DSADatabase()
    let outcomes = try await database.serve { base in
      await Self.send(
        Self.items((0..<57).map { "a\($0)" }) + Self.items(["bad"], category: "NONE")
          + Self.items((57..<99).map { "a\($0)" }), to: base)
    }
    #expect(outcomes.count == 100)
    guard case .refused(let reasons) = outcomes["bad"] else {
      Issue.record("the bad statement came to \(String(describing: outcomes["bad"]))")
      return
    }
    #expect(reasons == ["category: The selected category is invalid."])
    let stored = database.state.withLock { $0.stored }
    #expect(stored.count == 99)
    for (puid, uuid) in stored { #expect(outcomes[puid] == .accepted(receipt: uuid)) }
  }

  @Test func `a batch whose answer got lost is not stored twice`() async throws {
    let database = DSADatabase()
    database.state.withLock { $0.losesAnswers = 1 }
    let outcomes = try await database.serve { base in
      await Self.send(Self.items(["x", "y"]), to: base)
    }
    #expect(outcomes["x"] == .accepted(receipt: "existing:x"))
    #expect(outcomes["y"] == .accepted(receipt: "existing:y"))
    #expect(database.state.withLock { $0.posts } == 1)
  }

  @Test func `a database that has enough for now gets the statements later`() async throws {
    let database = DSADatabase()
    database.state.withLock { $0.isBusy = 3 }
    let outcomes = try await database.serve { base in
      await Self.send(Self.items(["x"]), to: base)
    }
    #expect(outcomes.count == 1)
    #expect(database.state.withLock { $0.stored.count } == 1)
  }

  @Test func `a number that somebody else used is told, and the others go on`() async throws {
    let database = DSADatabase()
    database.state.withLock { $0.stored["x"] = "of-somebody-else" }
    let outcomes = try await database.serve { base in
      await Self.send(Self.items(["x", "y"]), to: base)
    }
    #expect(outcomes["x"] == .taken)
    guard case .accepted = outcomes["y"] else {
      Issue.record("y came to \(String(describing: outcomes["y"]))")
      return
    }
  }

  @Test func `a token that is not accepted is said to be so`() async throws {
    let database = DSADatabase()
    let obstacle = try await database.serve { base in
      let client = DSAClient(base: base, token: "1|wrong")
      var submission = DSASubmission(Self.items(["x"]))
      var met: DSASubmission.Obstacle?
      do throws(DSASubmission.Obstacle) {
        try await client.carry(&submission)
      } catch {
        met = error
      }
      await client.close()
      return met
    }
    #expect(obstacle == .unauthorized(status: 401))
  }
}
