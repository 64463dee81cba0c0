internal import DomainNames
internal import Enforcement
internal import Foundation
internal import Interchange
public import Records

/// Does what verbs ask: the one way in, for the command line now and for pages later.
///
/// It holds no rule of its own. It reads files (Interchange), asks for decisions and records them
/// (Enforcement through Records), and tells what came of it.
public struct Desk: Sendable {
  let journal: Journal
  let configuration: CordonConfiguration
  let grounds: AssessmentGrounds
  let watch: WatchOffice
  let conduct: ConductOffice
  let totals: TotalsOffice

  /// Takes the record and the settings.
  public init(journal: Journal, configuration: CordonConfiguration) {
    self.journal = journal
    self.configuration = configuration
    let grounds = AssessmentGrounds(configuration)
    self.grounds = grounds
    totals = TotalsOffice(journal: journal)
    watch = WatchOffice(journal: journal, configuration: configuration, grounds: grounds)
    conduct = ConductOffice(journal: journal, configuration: configuration)
  }

  /// Does one task.
  ///
  /// - Parameters:
  ///   - request: what is asked for.
  ///   - file: the octets of the file that goes with it, if one does.
  ///   - output: where the output goes.
  /// - Returns: how it ended; what went wrong was told.
  public func handle(
    _ request: DeskRequest, file: [UInt8], output: DeskOutput
  ) async -> ExitCode {
    var teller = DeskTeller(request, output: output)
    let fault: any Error
    do {
      try journal.catchUpIfWritable()
      let code = try await perform(request, file: file, &teller)
      try await teller.flush()
      return code
    } catch {
      fault = error
    }
    try? await teller.flush()
    let (code, sentence) = Self.verdict(on: fault)
    try? await output.err(sentence)
    return code
  }

  private static func verdict(on fault: any Error) -> (ExitCode, String) {
    switch fault {
    case let refusal as Refusal: (.refused, "refused: \(refusal)")
    case let fault as OrderFileError: (.refused, "refused: \(fault)")
    case let fault as DeskFault: (.refused, "refused: \(fault.text)")
    default: (.failed, "failed: \(fault)")
    }
  }

  private func perform(
    _ request: DeskRequest, file: [UInt8], _ teller: inout DeskTeller
  ) async throws -> ExitCode {
    if !request.task.readsDamaged, let fault = journal.fault { throw fault }
    switch request.task {
    case .userAdd(let name, let role): try await addUser(name, role, request, &teller)
    case .userToken(let name): try await replaceToken(of: name, request, &teller)
    case .userList: try await listUsers(&teller)
    case .orderCheck(let input): try await checkOrder(input, file, &teller)
    case .orderImport(let input): try await importOrder(input, file, request, &teller)
    case .orderAmend(let id, let input):
      try await amendOrder(id, input, file, request, &teller)
    case .orderConfirm(let id, let reason):
      try await confirmOrder(id, reason, request, &teller)
    case .orderSettle(let id, let settlement):
      try await settleLines(id, settlement, request, &teller)
    case .orderSuspend(let id, let reason):
      try await decide(.suspendOrder(try orderID(id), reason: reason ?? ""), request, &teller)
    case .orderResume(let id, let reason, let line):
      try await resume(id, line, reason ?? "", request, &teller)
    case .orderRevoke(let id, let reason):
      try await decide(.revokeOrder(try orderID(id), reason: reason ?? ""), request, &teller)
    case .orderList(let state): try await listOrders(state, &teller)
    case .orderShow(let id, let everyTarget):
      try await showOrder(id, everyTarget: everyTarget, &teller)
    case .caseList(let selection): try await listCases(selection, &teller)
    case .caseShow(let id, let everyPiece):
      try await showCase(id, everyPiece: everyPiece, &teller)
    case .caseReview(let id, let evidence, let remark):
      try await reviewCase(id, evidence: evidence, remark: remark ?? "", request, &teller)
    case .caseNotice(let id, let wanted): try await noticeCase(id, wanted, request, &teller)
    case .caseClose(let id, let closing, let reason):
      try await closeCase(id, as: closing, reason: reason ?? "", request, &teller)
    case .caseRefer(let id, let reason):
      try await referCase(id, reason: reason, request, &teller)
    case .explain(let name, let moment): try await explain(name, at: moment, &teller)
    case .zoneExport(let format, let zone): try await exportZone(format, zone, &teller)
    case .recordVerify: return try await verifyRecord(&teller)
    case .recordProve(let entry): try await proveEntry(entry, &teller)
    case .recordCheckpoint: try await showCheckpoint(&teller)
    case .recordRebuild: try await rebuildViews(&teller)
    case .recordAcceptClock(let reason):
      try await acceptClock(reason ?? "", request, &teller)
    case .watchAdd(let input): return try await watchSites(input, file, request, &teller)
    case .watchDrop(let sites, let reason):
      try await dropSites(sites, reason, request, &teller)
    case .watchList(let all): try await listSites(all, &teller)
    case .watchShow(let site, let all): try await showSite(site, all: all, &teller)
    case .watchRun(let extent, let sites): try await runWatch(extent, sites, &teller)
    case .watchMirrors(let site): try await listMirrors(site, &teller)
    case .watchMirrorAccept(let name): return try await acceptMirror(name, request, &teller)
    case .watchLeads(let reading): return try await listLeads(reading: reading, &teller)
    case .watchLeadAccept(let name): return try await acceptLead(name, request, &teller)
    case .watchMirrorDismiss(let name, let reason):
      try await dismissMirror(name, reason, request, &teller)
    case .watchLeadDismiss(let name, let reason):
      try await dismissLead(name, reason, request, &teller)
    case .watchDismissals(let ofLeads): try await listDismissals(ofLeads: ofLeads, &teller)
    case .conduct(let task): try await perform(task, file: file, request, &teller)
    }
    return .done
  }

  /// The person whose token came with a request.
  func person(of request: DeskRequest) throws -> Actor {
    guard let token = request.token, !token.isEmpty else {
      throw DeskFault(
        "this verb acts as a person: put a token into CORDON_TOKEN, or its file into --token-file")
    }
    guard let person = try person(withToken: token) else {
      throw DeskFault("the token is nobody's: `cordon user token NAME` makes a new one")
    }
    return .person(person.name)
  }

  /// The person whose token this is; nil where it is nobody's.
  func person(withToken token: String) throws(StoreError) -> Person? {
    try journal.person(withTokenDigest: AccessToken.digest(of: token))
  }

  func orderID(_ text: String) throws(Refusal) -> OrderID {
    guard let id = OrderID(text) else {
      throw Refusal(.unknownOrder, "\"\(text)\" is no order's number: they look like o-20260824-1")
    }
    return id
  }

  /// Has a command decided and recorded; a refusal is thrown.
  func record(
    _ command: Command, by actor: Actor, targets: SealedTargets? = nil
  ) async throws -> [RecordedEvent] {
    switch try await journal.perform(command, by: actor, targets: targets) {
    case .recorded(let events): return events
    case .refused(let refusal): throw refusal
    }
  }
}

extension DeskRequest.Task {
  /// Whether the task is there to look at a damaged record or to mend it.
  ///
  /// Every other would speak as
  /// if there were no orders.
  fileprivate var readsDamaged: Bool {
    switch self {
    case .recordVerify, .recordProve, .recordCheckpoint, .recordRebuild: true
    case .userAdd, .userToken, .userList, .orderCheck, .orderImport, .orderAmend, .orderConfirm,
      .orderSettle, .orderSuspend, .orderResume, .orderRevoke, .orderList, .orderShow, .caseList,
      .caseShow, .caseReview, .caseNotice, .caseClose, .caseRefer, .explain, .zoneExport,
      .recordAcceptClock, .watchAdd, .watchDrop, .watchList, .watchShow, .watchRun,
      .watchMirrors, .watchMirrorAccept, .watchMirrorDismiss, .watchLeads, .watchLeadAccept,
      .watchLeadDismiss, .watchDismissals, .conduct:
      false
    }
  }
}

/// Something in a request that cannot be done as it stands.
struct DeskFault: Error, CustomStringConvertible {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  var description: String { text }
}

extension Journal {
  /// Records what time brought about; a clock that is behind stops writing, not reading.
  func catchUpIfWritable() throws(StoreError) {
    do throws(StoreError) {
      try catchUp()
    } catch .clockBehind {
      return
    }
  }
}
