internal import Hummingbird

/// Why a request is not answered as asked: told as a page to people, and as a problem document to
/// programs (RFC 9457).
struct WebProblem: Error {
  let status: HTTPResponse.Status
  let title: Phrase
  let detail: Phrase
  var values: [String: String] = [:]
  var headers: HTTPFields = [:]

  static let badHost = WebProblem(
    status: .badRequest, title: .titleBadRequest, detail: .detailHost)
  static let badForm = WebProblem(
    status: .badRequest, title: .titleBadRequest, detail: .detailForm)
  static let badCursor = WebProblem(
    status: .badRequest, title: .titleBadRequest, detail: .detailCursor)
  static let unauthorized = WebProblem(
    status: .unauthorized, title: .titleUnauthorized, detail: .detailUnauthorized,
    headers: [.wwwAuthenticate: "Basic realm=\"cordon\", charset=\"UTF-8\""])
  static let notFound = WebProblem(
    status: .notFound, title: .titleNotFound, detail: .detailNotFound)
  static let tooLarge = WebProblem(
    status: .contentTooLarge, title: .titleTooLarge, detail: .detailTooLarge)
  static let wrongMedia = WebProblem(
    status: .unsupportedMediaType, title: .titleMedia, detail: .detailMedia)
  static let broken = WebProblem(
    status: .internalServerError, title: .titleInternal, detail: .detailInternal)
  static let unavailable = WebProblem(
    status: .serviceUnavailable, title: .titleUnavailable, detail: .detailUnavailable)

  /// The address is there, and answers other methods.
  static func method(_ allowed: [HTTPRequest.Method]) -> WebProblem {
    let methods = allowed.map(\.rawValue).joined(separator: ", ")
    return WebProblem(
      status: .methodNotAllowed, title: .titleMethod, detail: .detailMethod,
      values: ["methods": methods], headers: [.allow: methods])
  }

  /// The request is for a host that is neither the console's nor blocked.
  static func misdirected(_ host: String) -> WebProblem {
    WebProblem(
      status: .misdirectedRequest, title: .titleMisdirected, detail: .detailMisdirected,
      values: ["host": host])
  }
}

/// The body of a problem document.
struct ProblemDocument: Encodable {
  let type = "about:blank"
  let title: String
  let status: Int
  let detail: String
  /// The field of the form that is wrong, if one is.
  var field: String?
  /// The orders that block the name, on a blocked name.
  var orders: [PublicOrder]?

  init(_ problem: WebProblem, _ language: Language) {
    title = problem.title.text(language)
    status = problem.status.code
    detail = problem.detail.text(language, problem.values)
  }

  init(status: HTTPResponse.Status, title: String, detail: String) {
    self.title = title
    self.status = status.code
    self.detail = detail
  }
}
