/// What a verb asks of the desk.
///
/// It travels over the local socket as JSON, files beside it.
public struct DeskRequest: Codable, Sendable {
  /// What is asked for.
  public var task: Task
  /// The token of the person who asks; nil for reading.
  public var token: String?
  /// JSON lines instead of text.
  public var json: Bool
  /// Colour in text; only for terminals.
  public var color: Bool

  /// Takes the parts.
  public init(task: Task, token: String? = nil, json: Bool = false, color: Bool = false) {
    self.task = task
    self.token = token
    self.json = json
    self.color = color
  }

  /// The tasks.
  public enum Task: Codable, Sendable {
    case userAdd(name: String, role: String?)
    case userToken(name: String)
    case userList
    case orderCheck(OrderInput)
    case orderImport(OrderInput)
    case orderAmend(id: String, OrderInput)
    case orderConfirm(id: String, reason: String?)
    case orderSettle(id: String, OrderSettlement)
    case orderSuspend(id: String, reason: String?)
    case orderResume(id: String, reason: String?, line: String? = nil)
    case orderRevoke(id: String, reason: String?)
    case orderList(state: String?)
    case orderShow(id: String, everyTarget: Bool)
    case caseList(CaseSelection)
    case caseShow(id: String, everyPiece: Bool)
    case caseReview(id: String, evidence: String?, remark: String?)
    case caseNotice(id: String, NoticeRequest)
    case caseClose(id: String, as: String, reason: String?)
    case caseRefer(id: String, reason: String?)
    case explain(name: String, at: String?)
    case zoneExport(format: String, zone: String)
    case recordVerify
    case recordProve(entry: String)
    case recordCheckpoint
    case recordRebuild
    case recordAcceptClock(reason: String?)
    case watchAdd(WatchInput)
    case watchDrop(sites: [String], reason: String?)
    case watchList(all: Bool)
    case watchShow(site: String, all: Bool)
    case watchRun(WatchExtent, sites: [String])
    case watchMirrors(site: String?)
    case watchMirrorAccept(name: String)
    case watchMirrorDismiss(name: String, reason: String)
    case watchLeads(reading: Bool)
    case watchLeadAccept(name: String)
    case watchLeadDismiss(name: String, reason: String)
    case watchDismissals(ofLeads: Bool)
    case conduct(ConductTask)
  }
}

/// An order's file and what flags add to it; the file's octets travel beside the request.
public struct OrderInput: Codable, Sendable {
  /// The file's name, for messages and for telling its format.
  public var fileName: String
  /// The format, where it is given.
  public var format: String?
  /// The scope of bare names, where it is given.
  public var scope: String?
  /// Terms given as flags, by field name; they stand in for what the file lacks.
  public var terms: [String: String]

  /// Takes the parts.
  public init(
    fileName: String, format: String? = nil, scope: String? = nil, terms: [String: String] = [:]
  ) {
    self.fileName = fileName
    self.format = format
    self.scope = scope
    self.terms = terms
  }
}

/// What a person says of lines that wait.
public struct OrderSettlement: Codable, Sendable {
  /// The lines, such as `12` or `12.2`; `held` for all held ones, `quarantined` for all of those.
  public var lines: [String]
  /// `accept`, `drop`, or a name that the line means.
  public var outcome: Outcome
  /// Why, in writing.
  public var reason: String?

  /// What is to become of the lines.
  public enum Outcome: Codable, Sendable {
    case accept
    case drop
    case read(name: String, scope: String?)
  }

  /// Takes the parts.
  public init(lines: [String], outcome: Outcome, reason: String?) {
    self.lines = lines
    self.outcome = outcome
    self.reason = reason
  }
}

/// How a verb ended.
public enum ExitCode: UInt8, Sendable {
  case done = 0
  case failed = 1
  case refused = 2
}
