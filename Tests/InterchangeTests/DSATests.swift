import Enforcement
import Foundation
import Interchange
import Testing

struct DSATests {
  @Test func `a warning owes no statement, every other sanction one that the database takes`()
    throws
  {
    for kind in SanctionKind.allCases {
      let statement = SampleStatement.statement(of: kind)
      guard kind != .warn else {
        #expect(statement == nil)
        continue
      }
      let text = try #require(statement).encoded()
      let fields = try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      for field in [
        "puid", "decision_ground", "category", "content_type", "content_date", "application_date",
        "territorial_scope", "decision_facts", "source_type", "automated_detection",
        "automated_decision",
      ] {
        #expect(fields[field] != nil, "\(field) is missing for \(kind)")
      }
      #expect(fields.values.allSatisfy { !($0 is NSNull) })
      #expect((fields["decision_account"] == nil) == (kind == .restrict))
      #expect((fields["end_date_account_restriction"] == nil) == (kind != .suspend))
    }
  }

  @Test func `a statement says nothing of who it is about`() throws {
    let text = try #require(SampleStatement.statement(of: .suspend)).encoded()
    for secret in SampleStatement.secrets { #expect(!text.contains(secret)) }
  }

  @Test func `no statement is owed where the sanction holds outside the Economic Area alone`() {
    #expect(SampleStatement.statement(of: .close, territory: ["XX", "CN"]) == nil)
  }

  @Test func `the same decision always has the same number, and another has another`() throws {
    let one = try #require(SampleStatement.statement(of: .close, decision: [1]))
    #expect(SampleStatement.statement(of: .close, decision: [1])?.puid == one.puid)
    #expect(SampleStatement.statement(of: .close, decision: [2])?.puid != one.puid)
    #expect(one.puid.utf8.count == 30)
  }

  @Test func `what the database would refuse is refused here first, with the field`() throws {
    var statement = try #require(SampleStatement.statement(of: .suspend))
    let changes: [(String, (inout DSAStatement) -> Void)] = [
      ("puid", { $0.puid = "a b" }), ("puid", { $0.puid = "" }),
      ("decision_facts", { $0.facts = "" }),
      ("decision_facts", { $0.facts = String(repeating: "x", count: 5_001) }),
      ("content_language", { $0.language = "de" }),
      ("territorial_scope", { $0.territory = [] }),
      ("territorial_scope", { $0.territory = ["UK"] }),
      ("territorial_scope", { $0.territory = ["DE", "DE"] }),
      ("category_specification_other", { $0.otherKeyword = nil }),
      ("end_date_account_restriction", { $0.until = Instant(seconds: 0) }),
      ("application_date", { $0.applied = Instant(seconds: 0) }),
      ("content_date", { $0.contentDate = Instant(seconds: 0) }),
      (
        "incompatible_content_ground",
        { $0.ground = .incompatible(clause: "", explanation: "why") }
      ),
      (
        "illegal_content_explanation",
        { $0.ground = .illegal(law: "Art. 59", explanation: String(repeating: "x", count: 2_001)) }
      ),
    ]
    #expect(statement.faults.isEmpty)
    let good = statement
    for (field, change) in changes {
      statement = good
      change(&statement)
      #expect(statement.faults.map(\.field) == [field])
      #expect(throws: DSAFault.self) { try statement.encoded() }
    }
  }

  @Test func `one bad statement is set aside, and the others arrive`() throws {
    var submission = DSASubmission(SampleStatement.items(5))
    guard case .post = submission.next() else { throw Fault() }
    try submission.received(
      status: 422, body: Array(#"{"errors":{"statement_3":{"category":["is invalid"]}}}"#.utf8))
    #expect(submission.outcomes["P3"] == .refused(reasons: ["category: is invalid"]))
    guard case .post(let body) = submission.next() else { throw Fault() }
    #expect(!body.contains("P3"))
    try submission.received(status: 201, body: SampleStatement.stored(["P0", "P1", "P2", "P4"]))
    #expect(submission.next() == .done)
    #expect(submission.outcomes["P4"] == .accepted(receipt: "uuid-P4"))
  }

  @Test func `after a lost answer each statement is asked for before it goes again`() throws {
    var submission = DSASubmission(SampleStatement.items(2))
    guard case .post = submission.next() else { throw Fault() }
    submission.lostAnswer()
    #expect(submission.next() == .ask(puid: "P0"))
    try submission.received(status: 302, forPUID: "P0")
    #expect(submission.next() == .ask(puid: "P1"))
    try submission.received(status: 404, forPUID: "P1")
    guard case .post(let body) = submission.next() else { throw Fault() }
    #expect(!body.contains("P0") && body.contains("P1"))
    try submission.received(status: 201, body: SampleStatement.stored(["P1"]))
    #expect(submission.next() == .done)
  }

  @Test func `a number that is taken is ours only where it was sent before`() throws {
    let taken = Array(
      #"{"message":"m","errors":{"puid":["taken"],"existing_puids":["P0"]}}"#.utf8)
    var stranger = DSASubmission(SampleStatement.items(1))
    _ = stranger.next()
    try stranger.received(status: 422, body: taken)
    #expect(stranger.outcomes["P0"] == .taken)

    var ours = DSASubmission(SampleStatement.items(1))
    _ = ours.next()
    ours.lostAnswer()
    #expect(ours.next() == .ask(puid: "P0"))
    try ours.received(status: 404, forPUID: "P0")
    _ = ours.next()
    try ours.received(status: 422, body: taken)
    #expect(ours.outcomes["P0"] == .accepted(receipt: "existing:P0"))
  }

  @Test(arguments: [401, 403, 429, 500, 503, 418])
  func `an answer that settles nothing keeps every statement`(status: Int) {
    var submission = DSASubmission(SampleStatement.items(3))
    _ = submission.next()
    #expect(throws: DSASubmission.Obstacle.self) {
      try submission.received(status: status, body: [])
    }
    #expect(submission.outcomes.isEmpty)
    #expect(submission.next() != .done)
  }

  @Test(arguments: [
    "", "{}", "[]", #"{"errors":{}}"#, #"{"errors":{"statement_99":{"a":["b"]}}}"#,
    #"{"errors":{"puid":["taken"]}}"#, #"{"errors":{"existing_puids":["other"]}}"#,
  ])
  func `a refusal that names nothing of ours ends the try instead of looping`(body: String) {
    var submission = DSASubmission(SampleStatement.items(2))
    _ = submission.next()
    #expect(throws: DSASubmission.Obstacle.self) {
      try submission.received(status: 422, body: Array(body.utf8))
    }
  }

  @Test func `a hundred statements go at a time`() throws {
    var submission = DSASubmission(SampleStatement.items(150))
    guard case .post(let body) = submission.next() else { throw Fault() }
    #expect(body.contains("\"P99\"") && !body.contains("\"P100\""))
  }
}

private struct Fault: Error {}

private enum SampleStatement {
  static let secrets = ["channel-77", "@pumps", "T4yGfilingT4yG", "post-9", "join now"]

  static func statement(
    of kind: SanctionKind, territory: [String] = ["DE", "XX", "FR"], decision: [UInt8] = [7]
  ) -> DSAStatement? {
    let now = Instant(seconds: 1_790_000_000)
    guard let platform = Slug(text: "forum"), let rule = Slug(text: "no-solicitation"),
      let ladder = Slug(text: "standard"),
      let digest = ContentDigest(
        hex: String(repeating: "ab", count: 32))
    else { return nil }
    let days = kind == .restrict || kind == .suspend ? 30 : nil
    let terms = SanctionTerms(
      kind: kind, restrictions: kind == .restrict ? [.posting] : [], days: days)
    let ground = SanctionGround(
      infractions: [InfractionID(count: 1)], points: 20, rungPoints: 16,
      ladder: LadderReference(name: ladder, version: 1), clauses: ["Terms 4.2"], share: 100,
      setAside: [])
    var sanction = Sanction(
      id: SanctionID(count: 1), account: AccountID(count: 1),
      plan: SanctionPlan(
        terms: terms, ground: ground, approvals: kind.leastApprovals,
        automation: .init(detection: true, decision: kind.leastApprovals == 0)),
      proposedBy: .system, proposed: now)
    sanction.state = .imposed
    sanction.imposed = now
    sanction.until = days.map { Instant(seconds: now.seconds + Int64($0) * 86_400) }
    let piece = EvidencePiece(
      signal: "solicitation.join", text: secrets[4], part: .text, start: 0, end: 8, weight: 1)
    let infraction = Infraction(
      category: .solicitation, score: 0.97, rule: RuleReference(rule: rule, version: 1),
      kind: ladder, post: digest, content: digest, published: now, postsSeen: 3, packs: [],
      held: nil,
      evidence: InfractionEvidence(
        post: secrets[3], language: "zh-Hans", pieces: [piece], traits: []))
    let account = Account(
      id: AccountID(count: 1), platform: platform,
      entry: AccountEntry(
        identity: AccountIdentity(key: secrets[0], handle: secrets[1], filing: secrets[2]),
        category: Slug(text: "business")),
      since: now)
    return DSAStatement(
      of: sanction, infractions: [infraction], account: account,
      platform: Platform(
        id: platform, name: "Forum", language: "en", territory: territory,
        terms: PlatformTerms(), appealAddress: "https://cordon.example", webhook: nil,
        postsArePublic: true),
      decision: decision)
  }

  static func items(_ count: Int) -> [DSASubmission.Item] {
    (0..<count).map { DSASubmission.Item(puid: "P\($0)", body: "{\"puid\":\"P\($0)\"}") }
  }

  static func stored(_ puids: [String]) -> [UInt8] {
    let statements = puids.map { "{\"uuid\":\"uuid-\($0)\",\"puid\":\"\($0)\"}" }
    return Array("{\"statements\":[\(statements.joined(separator: ","))]}".utf8)
  }
}
