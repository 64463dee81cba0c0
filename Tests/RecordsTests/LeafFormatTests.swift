import DomainNames
import Enforcement
import Testing
import TransparencyLog

@testable import Records

@Suite("The form of entries") struct LeafFormatTests {
  static let order = OrderID("o-20180823-1")!
  static let plainTerms = OrderTerms(
    reference: "IFRR-2018-117", authority: "Example Financial Supervisor",
    basis: "Payment Services Act s. 12(3)", issued: instant("2018-08-23"),
    effective: instant("2018-08-24"), expires: instant("2019-08-24"))
  static let fullTerms = OrderTerms(
    reference: "IFRR-2018-117", authority: "Example Financial Supervisor", jurisdiction: "SG",
    basis: "Payment Services Act s. 12(3)", issued: instant("2018-08-23"),
    effective: instant("2018-08-24"), expires: instant("2019-08-24"),
    contact: "desk@authority.example", deadline: instant("2018-08-25"), mode: .observe,
    answer: .address, origin: .operator, note: "a note 有")
  static let source = SourceFile(
    digest: String(repeating: "ab", count: 32), bytes: 1024, format: "json")
  static let tally: Tally = {
    var tally = Tally()
    (tally.accept, tally.hold, tally.quarantine, tally.refuse, tally.duplicate) = (5, 1, 2, 3, 4)
    return tally
  }()

  static func settled(_ outcome: Settlement.Outcome, _ line: String) -> Change {
    .lineSettled(
      order, version: 1, LineID(line)!,
      Settlement(outcome: outcome, reason: "seen", by: Office.officer))
  }

  static let changes: [(Change, String)] = [
    (.recordOpened(origin: "log.example/test"), PinnedLeaves.recordOpened),
    (
      .personAdded(person("otto"), .officer, tokenDigest: Office.digest(of: 7)),
      PinnedLeaves.personAdded
    ),
    (
      .tokenReplaced(person("otto"), tokenDigest: Office.digest(of: 7)),
      PinnedLeaves.tokenReplaced
    ),
    (
      .orderReceived(order, OrderReceipt(terms: plainTerms, source: source)),
      PinnedLeaves.orderReceived
    ),
    (
      .orderReceived(order, OrderReceipt(terms: fullTerms, source: source)),
      PinnedLeaves.orderReceivedFull
    ),
    (
      .orderAmended(
        order, version: 2, OrderReceipt(terms: plainTerms, source: source),
        TargetDifference(added: 3, removed: 2, kept: 1)),
      PinnedLeaves.orderAmended
    ),
    (
      .orderAssessed(
        order, version: 1,
        AssessmentSummary(
          tally: tally, targetsRoot: String(repeating: "cd", count: 32),
          openLines: [LineID(line: 3): .hold])),
      PinnedLeaves.orderAssessed
    ),
    (settled(.accepted, "12.2"), PinnedLeaves.settledAccepted),
    (settled(.dropped, "12"), PinnedLeaves.settledDropped),
    (settled(.read(as: domain("venue.example"), scope: .subtree), "12"), PinnedLeaves.settledRead),
    (.orderConfirmed(order, version: 1), PinnedLeaves.orderConfirmed),
    (.orderInForce(order, version: 1, due: instant("2018-08-24")), PinnedLeaves.orderInForce),
    (.orderSuspended(order, reason: "a court asked"), PinnedLeaves.orderSuspended),
    (.orderResumed(order, reason: "it has ruled"), PinnedLeaves.orderResumed),
    (.orderRevoked(order, reason: "lifted"), PinnedLeaves.orderRevoked),
    (.orderExpired(order, due: instant("2019-08-24")), PinnedLeaves.orderExpired),
    (
      .lineChanged(
        order, version: 1, LineID("12.2")!,
        .paused(BrakeReading(matched: 300, counted: 1_000, seconds: 60))),
      PinnedLeaves.linePaused
    ),
    (
      .lineChanged(order, version: 1, LineID("12.2")!, .resumed(reason: "it names a venue")),
      PinnedLeaves.lineResumed
    ),
    (
      .actionRefused(
        action: "order.confirm", order, Refusal(.sameOfficer, "olga brought it in")),
      PinnedLeaves.actionRefused
    ),
    (
      .actionRefused(action: "user.add", nil, Refusal(.notAllowed, "no")),
      PinnedLeaves.actionRefusedPlain
    ),
    (
      .clockCorrected(from: instant("2030-01-01"), reason: "it was ahead"),
      PinnedLeaves.clockCorrected
    ),
    (
      .contestReceived(
        Contest(
          order: order, name: domain("shop.venue.example"), statement: "not ours 有\nat all",
          contact: "me@person.example")),
      PinnedLeaves.contestReceived
    ),
    (.contestReceived(Contest(statement: "not ours")), PinnedLeaves.contestReceivedPlain),
  ]

  static let found = CaseID("c-20180823-1")!
  static let place = DeliveryPlace(notice: 1, recipient: 2)

  static let caseChanges: [(Change, String)] = [
    (.siteWatched(Site("pages.example/club/")!, reason: "a tip"), PinnedCaseLeaves.siteWatched),
    (.siteDropped(Site("pages.example/club/")!, reason: "closed"), PinnedCaseLeaves.siteDropped),
    (
      .caseChanged(found, .found(.sample(), follows: CaseID("c-20180801-2")!)),
      PinnedCaseLeaves.findingMade
    ),
    (
      .caseChanged(
        found,
        .found(
          Finding(
            site: Site("pages.example")!, url: "https://pages.example/", category: .tokenSale,
            score: 1, language: nil, evidence: [EvidencePiece.samples[0]], packs: [], capture: nil,
            evidenceDigest: .sample("ab"), seen: instant("2018-08-23T11:59:00Z")), follows: nil)),
      PinnedCaseLeaves.findingMadePlain
    ),
    (
      .caseChanged(found, .reviewed(Review(evidence: .sample("ab"), remark: "seen"))),
      PinnedCaseLeaves.caseReviewed
    ),
    (.caseChanged(found, .noticePrepared(.sample())), PinnedCaseLeaves.noticePrepared),
    (.caseChanged(found, .noticeSent(place, reply: "250 OK")), PinnedCaseLeaves.noticeSent),
    (
      .caseChanged(found, .noticeFailed(place, reason: "550 no such user")),
      PinnedCaseLeaves.noticeFailed
    ),
    (.caseChanged(found, .due(at: instant("2018-08-23"))), PinnedCaseLeaves.caseDue),
    (
      .caseChanged(
        found,
        .rechecked(
          Recheck(
            outcome: .present, seen: instant("2018-08-23T11:59:00Z"), capture: .sample,
            detail: "200 OK"))),
      PinnedCaseLeaves.caseRechecked
    ),
    (
      .caseChanged(
        found,
        .rechecked(Recheck(outcome: .unreachable, seen: instant("2018-08-23T11:59:00Z")))),
      PinnedCaseLeaves.caseRecheckedPlain
    ),
    (.caseChanged(found, .resolved(reason: "gone on three days")), PinnedCaseLeaves.caseResolved),
    (
      .caseChanged(found, .referred(evidence: .sample("ab"), reason: "it goes on")),
      PinnedCaseLeaves.caseReferred
    ),
    (
      .caseChanged(found, .dismissed(evidence: .sample("ab"), reason: "a news page")),
      PinnedCaseLeaves.caseDismissed
    ),
  ]

  static func event(_ change: Change) -> Event {
    let actor: Actor =
      switch change {
      case .recordOpened, .orderInForce, .orderExpired, .contestReceived: .system
      case .lineChanged(_, _, _, .paused): .system
      case .caseChanged(_, let change):
        switch change {
        case .reviewed, .noticePrepared, .referred, .dismissed: Office.officer
        case .found, .noticeSent, .noticeFailed, .due, .rechecked, .resolved: .system
        }
      case .personAdded, .tokenReplaced, .orderReceived, .orderAmended, .orderAssessed,
        .lineSettled, .orderConfirmed, .orderSuspended, .orderResumed, .orderRevoked,
        .lineChanged, .actionRefused, .clockCorrected, .siteWatched, .siteDropped, .conduct:
        Office.officer
      }
    return Event(time: instant("2018-08-23T12:00:00.250Z"), actor: actor, change: change)
  }

  @Test(arguments: changes + caseChanges)
  func `each kind of event has the octets it always had`(change: Change, leaf: String) throws {
    let entry = try EventCoding.entry(for: Self.event(change), random: .constant(0x5A))
    #expect(String(decoding: entry.leaf, as: UTF8.self) == leaf)
  }

  @Test(arguments: changes + caseChanges)
  func `each kind of event is read back from its octets`(change: Change, leaf: String) throws {
    let event = Self.event(change)
    let entry = try EventCoding.entry(for: event, random: .seeded(3))
    let sealed = Dictionary(uniqueKeysWithValues: entry.sealed.map { ($0.name, $0.value) })
    var openLines: [LineID: Decision] = [:]
    if case .orderAssessed(_, _, let summary) = change { openLines = summary.openLines }
    #expect(
      try EventCoding.event(leaf: entry.leaf, sealed: sealed) { openLines } == event)
  }

  @Test(arguments: changes + caseChanges)
  func `an event is read with all its sealed values erased`(change: Change, leaf: String) throws {
    let read: Event
    do {
      read = try EventCoding.event(leaf: Array(leaf.utf8), sealed: [:]) { [:] }
    } catch {
      // A name that a person read into a line cannot be told any more.
      #expect(leaf == PinnedLeaves.settledRead)
      return
    }
    #expect(read.time == instant("2018-08-23T12:00:00.250Z"))
    #expect(EventCoding.parts(of: read.change).kind == EventCoding.parts(of: change).kind)
  }

  @Test func `two entries of one event have nothing in common that hides nothing`() throws {
    let event = Self.event(.orderRevoked(Self.order, reason: "lifted"))
    let random = RandomOctets.seeded(5)
    let one = try EventCoding.entry(for: event, random: random)
    let other = try EventCoding.entry(for: event, random: random)
    #expect(one.hash != other.hash)
    #expect(
      Set((one.sealed + other.sealed).map(\.commitment.digest.hex)).count
        == one.sealed.count + other.sealed.count)
  }

  @Test func `a leaf in another form is told, not guessed at`() {
    let good = PinnedLeaves.orderConfirmed
    let cases = [
      "", "{}", "[]", " " + good, good + "\n",
      good.replacing("\"version\":1", with: "\"version\":2"),
      good.replacing("order.confirmed", with: "order.guessed"),
      good.replacing("\"actor\":\"person\"", with: "\"actor\":\"ghost\""),
      good.replacing("o-20180823-1", with: "NO ORDER"),
      good.replacing("2018-08-23T12", with: "2018-08-23T99"),
      good.replacing("\"order_version\":1", with: "\"order_version\":\"1\""),
    ]
    for leaf in cases {
      let error = #expect(throws: StoreError.self, "\(leaf)") {
        try EventCoding.event(leaf: Array(leaf.utf8), sealed: [:]) { [:] }
      }
      guard case .corrupt = error else {
        Issue.record("\(leaf): \(error!)")
        return
      }
    }
  }

  @Test(arguments: [41, 42, 43] as [UInt64])
  func `no leaf holds anything that is sealed`(seed: UInt64) async throws {
    var history = try await History(seed: seed)
    for _ in 0..<80 { try await history.step() }
    let journal = history.office.journal
    let secrets =
      ["ada", "carl", "olga", "otto", "rita", "axel"].map { "\"\($0)\"" } + [
        "a court asked", "the court has ruled", "withdrawn", ":\"seen\"",
        "contact@authority.example",
        "venue.", "exchange", "xn--fiqs8s", "other.", "Party ", "a.example", "b.example",
        "@host.example", "买入", "Please act",
        "looked at", "a tip", "it goes on", "250 OK",
      ]
    for index in 0..<journal.size {
      let leaf = String(decoding: try journal.prove(index).leaf, as: UTF8.self)
      for secret in secrets { #expect(!leaf.contains(secret), "\(secret) in \(leaf)") }
    }
  }

  @Test func `every sealed value in the store opens its commitment in the leaf`() async throws {
    var history = try await History(seed: 44)
    for _ in 0..<40 { try await history.step() }
    let journal = history.office.journal
    let rows = try journal.read { db in
      try SealedRow.all(in: db)
    }
    #expect(rows.count > 40)
    for row in rows {
      let leaf = String(decoding: try journal.prove(row.entry).leaf, as: UTF8.self)
      let commitment = Digest.sha256(
        of: Array("cordon/commit/v1".utf8) + [0] + row.salt + row.value)
      #expect(leaf.contains("\"\(row.name)\":\"\(commitment.hex)\""))
    }
  }
}
