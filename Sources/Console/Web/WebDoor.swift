internal import DomainNames
internal import Enforcement
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Records

/// Stands before all routes: sends strays to the page that explains their block, tells what went
/// wrong, and puts the same strict fields on every answer.
struct WebDoor: RouterMiddleware {
  typealias Context = BasicRequestContext

  let desk: Desk
  let own: OwnHosts
  let answers: Answers
  let logger: Logger

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let preference = Preference(request)
    var response: Response
    do {
      if let page = try pageForStray(request, preference) {
        response = page
      } else {
        response = try await next(request, context)
      }
    } catch {
      let problem = problem(error)
      response =
        request.uri.path.hasPrefix("/api/")
        ? APIRooms.response(to: APIProblem(problem))
        : answers.problem(problem, preference, path: request.uri.path)
    }
    dress(&response)
    return request.method == .head ? response.createHeadResponse() : response
  }

  /// Answers a request for another host than the console's; nil where it is for the console.
  private func pageForStray(_ request: Request, _ preference: Preference) throws -> Response? {
    // A second Host stays among the fields (RFC 9112, Section 3.2: such a request is refused).
    guard let text = request.head.authority, request.headers[.secondHost] == nil,
      let host = HostHeader(text)
    else { throw WebProblem.badHost }
    if own.contain(host) || (host.isAddress && Self.isHealthCheck(request)) { return nil }
    if case .name(let name) = host.kind {
      try? journalCatchUp()
      let orders = try desk.ordersBlocking(name)
      if !orders.isEmpty { return try answers.blocked(name.description, orders, preference) }
    }
    throw WebProblem.misdirected(text)
  }

  private func journalCatchUp() throws(StoreError) {
    try desk.journal.catchUpIfWritable()
  }

  /// Those who check on a server's health know its address, not its name.
  private static func isHealthCheck(_ request: Request) -> Bool {
    request.uri.path == "/healthz" || request.uri.path == "/readyz"
  }

  private func problem(_ error: any Error) -> WebProblem {
    switch error {
    case let problem as WebProblem: return problem
    case let error as HTTPError where error.status == .notFound: return .notFound
    case let error as StoreError:
      logger.error("a page could not be made: \(error)")
      return .unavailable
    default:
      logger.error("a page could not be made: \(error)")
      return .broken
    }
  }

  private func dress(_ response: inout Response) {
    let fields: [(HTTPField.Name, String)] = [
      (.contentSecurityPolicy, Answers.policy), (.referrerPolicy, "no-referrer"),
      (.xContentTypeOptions, "nosniff"), (.cacheControl, "no-store"),
      (.date, HTTPDate.text(desk.journal.now)),
    ]
    for (name, value) in fields where response.headers[name] == nil {
      response.headers[name] = value
    }
  }
}

extension HTTPField.Name {
  static let secondHost = Self.literal("host")
  static let referrerPolicy = Self.literal("referrer-policy")
  static let link = Self.literal("link")

  /// A name that is known to be one.
  private static func literal(_ text: String) -> HTTPField.Name {
    HTTPField.Name(text) ?? .date
  }
}

/// A moment as fields of HTTP say it (RFC 9110, Section 5.6.7).
enum HTTPDate {
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func text(_ moment: Instant) -> String {
    let parts = moment.date.split(separator: "-")
    let day = days[Int(moment.seconds / 86_400) % 7]
    let month = Int(parts[1]).map { months[$0 - 1] } ?? ""
    let time = moment.description.dropFirst(11).prefix(8)
    return "\(day), \(parts[2]) \(month) \(parts[0]) \(time) GMT"
  }
}
