internal import Conduct
internal import Enforcement
internal import Hummingbird
internal import Records

/// Why a request of a program is not answered as asked: a problem document (RFC 9457).
struct APIProblem: Error {
  let status: HTTPResponse.Status
  /// The rule that was broken, as a word that never changes.
  let code: String
  /// A sentence: what, where, and what to do.
  let detail: String
  var headers: HTTPFields = [:]

  /// The media type of a problem.
  static let mediaType = "application/problem+json"

  static let noToken = APIProblem(
    status: .unauthorized, code: "no-token",
    detail: "this needs a token: send `Authorization: Bearer …`",
    headers: [.wwwAuthenticate: "Bearer realm=\"cordon\""])
  static let badToken = APIProblem(
    status: .unauthorized, code: "bad-token",
    detail: "the token is nobody's: `cordon user token NAME` makes a new one",
    headers: [.wwwAuthenticate: "Bearer realm=\"cordon\", error=\"invalid_token\""])
  static let notFound = APIProblem(
    status: .notFound, code: "not-found", detail: "there is nothing at this address")
  static let badCursor = APIProblem(
    status: .badRequest, code: "bad-cursor",
    detail: "limit is a number from 1 to 500, and cursor what `next` of an answer holds")

  static func forbidden(_ detail: String) -> APIProblem {
    APIProblem(
      status: .forbidden, code: "not-allowed", detail: detail,
      headers: [.wwwAuthenticate: "Bearer realm=\"cordon\", error=\"insufficient_scope\""])
  }

  static func malformed(_ detail: String) -> APIProblem {
    APIProblem(status: .badRequest, code: "malformed", detail: detail)
  }

  static func unprocessable(_ detail: String) -> APIProblem {
    APIProblem(status: .unprocessableContent, code: "bad-field", detail: detail)
  }

  static func wrongMedia(_ wanted: String) -> APIProblem {
    APIProblem(
      status: .unsupportedMediaType, code: "wrong-media",
      detail: "the body must be \(wanted), and Content-Type must say so")
  }

  static func tooLarge(_ limit: Int) -> APIProblem {
    APIProblem(
      status: .contentTooLarge, code: "too-large",
      detail: "the body has more than \(limit) octets: send less at a time")
  }

  static func method(_ allowed: [HTTPRequest.Method]) -> APIProblem {
    let methods = allowed.map(\.rawValue).joined(separator: ", ")
    return APIProblem(
      status: .methodNotAllowed, code: "wrong-method", detail: "this address answers \(methods)",
      headers: [.allow: methods])
  }

  static func busy(seconds: Int, _ detail: String) -> APIProblem {
    APIProblem(
      status: .tooManyRequests, code: "busy", detail: detail,
      headers: [.retryAfter: "\(seconds)"])
  }
}

/// The body of a problem document.
struct APIProblemDocument: Encodable {
  let type: String
  let title: String
  let status: Int
  let detail: String
  let code: String

  init(_ problem: APIProblem) {
    type = "about:blank"
    title = problem.status.reasonPhrase
    status = problem.status.code
    detail = problem.detail
    code = problem.code
  }
}

extension APIProblem {
  /// What a fault means to a program; nil where it is one of ours that nobody outside can mend.
  init?(_ fault: any Error) {
    switch fault {
    case let problem as APIProblem: self = problem
    case let refusal as Refusal:
      self.init(
        status: refusal.code.status, code: refusal.code.rawValue, detail: refusal.text)
    case let fault as DeskFault:
      self.init(status: .unprocessableContent, code: "refused", detail: fault.text)
    case StoreError.busy:
      self = .busy(seconds: 1, "too many wait for the record: try again in a moment")
    case let crowded as Turnstile.Crowded: self = .busy(seconds: 30, crowded.description)
    case is StoreError:
      self.init(
        status: .serviceUnavailable, code: "unavailable",
        detail: "the record cannot be read or written just now; nothing was recorded")
    default: return nil
    }
  }

  /// A fault of ours; the log says more.
  static let broken = APIProblem(
    status: .internalServerError, code: "internal",
    detail: "something is wrong here; it was noted, and nobody else can mend it")
}

extension Refusal.Code {
  /// What a refusal is in terms of HTTP.
  var status: HTTPResponse.Status {
    switch self {
    case .unknownOrder, .unknownLine, .unknownPerson, .unknownCase, .unknownSite,
      .unknownPlatform, .unknownRule, .unknownNumber:
      .notFound
    case .notAllowed, .sameOfficer, .tookPart: .forbidden
    case .openLines, .wrongState, .nothingToEnforce, .alreadyReceived, .alreadyExpired, .nameTaken,
      .notReviewed, .staleEvidence, .tooLate, .mustKeep:
      .conflict
    case .missingReason, .missingField, .badField, .badSettlement, .incompleteNotice, .notPublic:
      .unprocessableContent
    }
  }
}

extension APIProblem {
  /// A problem of the pages, such as a host that is not the console's, as programs are told it.
  init(_ problem: WebProblem) {
    let code: String
    switch problem.status {
    case .notFound: code = "not-found"
    case .badRequest: code = "bad-host"
    case .misdirectedRequest: code = "misdirected"
    case .serviceUnavailable: code = "unavailable"
    default: code = "internal"
    }
    self.init(
      status: problem.status, code: code, detail: problem.detail.text(.english, problem.values),
      headers: problem.headers)
  }
}
