/// What a person asks for.
public enum Command: Sendable, Hashable {
  /// A first person of an empty record needs nobody's leave.
  case addPerson(PersonName, Role, tokenDigest: [UInt8])
  case replaceToken(PersonName, tokenDigest: [UInt8])
  case receiveOrder(Submission)
  case amendOrder(OrderID, Submission)
  case settleLines(OrderID, [LineID: ProposedSettlement], reason: String)
  case confirmOrder(OrderID)
  case suspendOrder(OrderID, reason: String)
  case resumeOrder(OrderID, reason: String)
  case revokeOrder(OrderID, reason: String)
  /// The system's, from the brake.
  case pauseLine(OrderID, LineID, BrakeReading)
  case resumeLine(OrderID, LineID, reason: String)
  case correctClock(reason: String)
  /// Anyone's; the system hands in what comes from the public, a person what came by letter.
  case receiveContest(Contest)
  /// At most ``siteLimit`` sites; those that are watched already are passed over.
  case watchSites([Site], reason: String)
  case dropSites([Site], reason: String)
  /// The system's, from the watch: opens a case, joins one, or says nothing new.
  case reportFinding(Finding)
  /// The system's, from the watch, or a person's who looked.
  case recordRecheck(CaseID, Recheck)
  case reviewCase(CaseID, evidence: ContentDigest, remark: String)
  case prepareNotice(CaseID, Notice)
  /// The system's, from the outbox.
  case recordDelivery(CaseID, DeliveryPlace, DeliveryResult)
  case closeCase(CaseID, as: CaseClosing, reason: String)
  case referCase(CaseID, reason: String)
  /// Something about platforms, rules or accounts.
  case conduct(ConductCommand)

  /// The most sites of one command.
  public static let siteLimit = 1_000

  /// The verb, as the record and the command line name it.
  public var action: String {
    switch self {
    case .addPerson: "user.add"
    case .replaceToken: "user.token"
    case .receiveOrder: "order.import"
    case .amendOrder: "order.amend"
    case .settleLines: "order.settle"
    case .confirmOrder: "order.confirm"
    case .suspendOrder: "order.suspend"
    case .resumeOrder: "order.resume"
    case .revokeOrder: "order.revoke"
    case .pauseLine: "order.pause-line"
    case .resumeLine: "order.resume-line"
    case .correctClock: "record.accept-clock"
    case .receiveContest: "contest.receive"
    case .watchSites: "watch.add"
    case .dropSites: "watch.drop"
    case .reportFinding: "finding.report"
    case .recordRecheck: "case.recheck"
    case .reviewCase: "case.review"
    case .prepareNotice: "case.notice"
    case .recordDelivery: "case.deliver"
    case .closeCase: "case.close"
    case .referCase: "case.refer"
    case .conduct(let command): command.action
    }
  }

  /// The order it is about.
  public var order: OrderID? {
    switch self {
    case .addPerson, .replaceToken, .receiveOrder, .correctClock, .watchSites, .dropSites,
      .reportFinding, .recordRecheck, .reviewCase, .prepareNotice, .recordDelivery, .closeCase,
      .referCase, .conduct:
      nil
    case .receiveContest(let contest): contest.order
    case .amendOrder(let id, _), .settleLines(let id, _, _), .confirmOrder(let id),
      .suspendOrder(let id, _), .resumeOrder(let id, _), .revokeOrder(let id, _),
      .pauseLine(let id, _, _), .resumeLine(let id, _, _):
      id
    }
  }

  /// What a role must allow for it.
  public var permission: Permission {
    switch self {
    case .addPerson, .replaceToken, .correctClock: .managePeople
    case .receiveOrder, .amendOrder, .receiveContest: .receiveOrders
    case .settleLines: .settleLines
    case .confirmOrder, .suspendOrder, .resumeOrder, .revokeOrder, .pauseLine, .resumeLine:
      .decideOrders
    case .watchSites, .dropSites, .reportFinding, .recordRecheck, .reviewCase, .closeCase,
      .referCase:
      .handleCases
    case .prepareNotice, .recordDelivery: .sendNotices
    case .conduct(let command): command.permission
    }
  }

  /// Whether the system may ask for it; anything else a person must ask for.
  var isOpenToSystem: Bool {
    switch self {
    case .receiveContest, .reportFinding, .recordRecheck, .recordDelivery, .pauseLine: true
    case .addPerson, .replaceToken, .receiveOrder, .amendOrder, .settleLines, .confirmOrder,
      .suspendOrder, .resumeOrder, .revokeOrder, .resumeLine, .correctClock, .watchSites,
      .dropSites, .reviewCase, .prepareNotice, .closeCase, .referCase:
      false
    case .conduct(let command): command.isOpenToSystem
    }
  }
}

/// What a person proposes for a line that waits.
public struct ProposedSettlement: Sendable, Hashable {
  /// What is to become of the line.
  public var outcome: Settlement.Outcome
  /// How the name that the person reads in the line was assessed; nil where no name is given.
  public var assessed: AssessedLine?

  /// Takes the parts.
  public init(outcome: Settlement.Outcome, assessed: AssessedLine? = nil) {
    self.outcome = outcome
    self.assessed = assessed
  }
}

/// An order or amendment, read and assessed, on its way to the record.
public struct Submission: Sendable, Hashable {
  /// What it says, before it is checked.
  public var claim: OrderClaim
  /// Where it was read from.
  public var source: SourceFile
  /// What its targets came to.
  public var assessment: AssessmentSummary
  /// What changes against the version in force; for amendments.
  public var difference: TargetDifference?
  /// Whether the file was a register: names who warned, orders nothing by itself.
  public var isRegister: Bool

  /// Takes the parts.
  public init(
    claim: OrderClaim,
    source: SourceFile,
    assessment: AssessmentSummary,
    difference: TargetDifference? = nil,
    isRegister: Bool = false
  ) {
    self.claim = claim
    self.source = source
    self.assessment = assessment
    self.difference = difference
    self.isRegister = isRegister
  }
}
