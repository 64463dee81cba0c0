internal import Crypto
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Makes answers of what is to be told: pages, JSON, plain text.
struct Answers: Sendable {
  let pages: Pages
  let consoleURL: String

  /// What pages may load and do: our own style sheet, our own form, nothing else.
  static let policy =
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none';"
    + " base-uri 'none'"

  /// A page for a blocked name brings its style along: at that name, every path is blocked.
  private static let blockedPolicy: String = {
    let digest = Data(SHA256.hash(data: Data(StyleSheet.text.utf8))).base64EncodedString()
    return "default-src 'none'; style-src 'sha256-\(digest)'; form-action 'none';"
      + " frame-ancestors 'none'; base-uri 'none'"
  }()

  func page(
    _ text: String, status: HTTPResponse.Status = .ok, _ preference: Preference
  ) -> Response {
    Response(
      status: status,
      headers: [
        .contentType: "text/html; charset=utf-8",
        .contentLanguage: preference.language.rawValue,
        .vary: "Accept, Accept-Language",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  func json(
    _ value: some Encodable, status: HTTPResponse.Status = .ok, type: String = "application/json"
  ) throws -> Response {
    Response(
      status: status,
      headers: [.contentType: type, .vary: "Accept, Accept-Language"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JSONText.encode(value))))
  }

  func text(
    _ text: String, type: String = "text/plain", status: HTTPResponse.Status = .ok
  ) -> Response {
    Response(
      status: status, headers: [.contentType: "\(type); charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  func problem(_ problem: WebProblem, _ preference: Preference, path: String) -> Response {
    let document = ProblemDocument(problem, preference.language)
    var response: Response
    if preference.json || path.hasSuffix(".json"),
      let answer = try? json(document, status: problem.status, type: "application/problem+json")
    {
      response = answer
      response.headers[.contentLanguage] = preference.language.rawValue
    } else {
      let links = Links(preference, path: "/transparency")
      response = page(
        pages.problem(document, links), status: problem.status, preference)
    }
    for field in problem.headers { response.headers[field.name] = field.value }
    return response
  }

  /// The answer for a blocked name (RFC 7725).
  func blocked(
    _ host: String, _ orders: [PublicOrder], _ preference: Preference
  ) throws -> Response {
    let status = HTTPResponse.Status.unavailableForLegalReasons
    var response: Response
    if preference.json {
      let language = preference.language
      let (title, detail): (Phrase, Phrase) =
        orders.isEmpty ? (.aliasTitle, .aliasLead) : (.blockedTitle, .blockedLead)
      var document = ProblemDocument(
        status: status, title: title.text(language, ["host": host]),
        detail: detail.text(language, ["host": host]))
      document.orders = orders
      response = try json(document, status: status, type: "application/problem+json")
      response.headers[.contentLanguage] = language.rawValue
    } else {
      response = page(pages.blocked(host, orders, console: consoleURL), status: status, preference)
      response.headers[.contentLanguage] = "en, zh-Hans"
      response.headers[.contentSecurityPolicy] = Self.blockedPolicy
    }
    response.headers[.link] = "<\(consoleURL)>; rel=\"blocked-by\""
    return response
  }
}
