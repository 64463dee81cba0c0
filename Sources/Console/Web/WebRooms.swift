internal import Enforcement
internal import Gate
internal import Hummingbird
internal import Logging
internal import Records
internal import TransparencyLog

/// The public pages: orders, the record, and a way to contest.
///
/// It holds no rule of its own: it asks the desk, and tells what it says.
struct WebRooms: Sendable {
  let desk: Desk
  let answers: Answers
  let logger: Logger
  private let own: OwnHosts
  private let limit = ContestLimit()
  private let metrics: @Sendable () -> String

  /// How many names stand on a page.
  static let namesOnPage = 200

  /// - Parameters:
  ///   - desk: where pages get what they tell.
  ///   - address: where the console listens.
  ///   - metrics: what is told to who watches over the system.
  ///   - logger: where faults are told; never who asked for what.
  /// - Throws: where a template cannot be read.
  init(
    desk: Desk, listening address: ListenAddress,
    metrics: @escaping @Sendable () -> String = { "" }, logger: Logger
  ) throws {
    self.desk = desk
    self.metrics = metrics
    self.logger = logger
    let url = desk.configuration.consoleURL
    answers = Answers(pages: try Pages(), consoleURL: url)
    own = OwnHosts(url: url, listening: address)
  }

  /// All routes, with the door before them.
  func router() -> Router<BasicRequestContext> {
    let router = Router(options: .autoGenerateHeadEndpoints)
    router.add(middleware: WebDoor(desk: desk, own: own, answers: answers, logger: logger))
    route(router, "/") { _, preference, _ in
      Response(
        status: .found,
        headers: [.location: Links(preference, path: "/").to("/transparency")])
    }
    route(router, "/orders/:id", get: showOrder)
    route(router, "/transparency", get: showOrders)
    route(router, "/transparency/orders.json", get: listOrders)
    route(router, "/contest", post: takeContest, get: showForm)
    route(router, "/log/checkpoint") { _, _, _ in
      answers.text(try desk.journal.checkpoint().note.encoded)
    }
    route(router, "/healthz") { _, _, _ in answers.text("ok\n") }
    route(router, "/readyz", get: showReadiness)
    route(router, "/metrics") { _, _, _ in
      answers.text(metrics(), type: MetricsText.mediaType)
    }
    route(router, "/style.css") { _, _, _ in
      var response = answers.text(StyleSheet.text + "\n", type: "text/css")
      response.headers[.cacheControl] = "public, max-age=300"
      return response
    }
    route(router, "/robots.txt") { _, _, _ in
      answers.text(
        "User-agent: *\nDisallow: /contest\nDisallow: /appeal\nDisallow: /reports\nDisallow: /api/\n"
      )
    }
    addAppeals(to: router)
    addReports(to: router)
    APIRooms(desk: desk, logger: logger).add(to: router)
    return router
  }

  typealias Handler = @Sendable (Request, Preference, Parameters) async throws -> Response

  /// Adds a path; a method that it does not answer gets told which ones it does.
  func route(
    _ router: Router<BasicRequestContext>, _ path: RouterPath, post: Handler? = nil,
    get: @escaping Handler
  ) {
    router.get(path) { request, context in
      try await get(request, Preference(request), context.parameters)
    }
    var allowed: [HTTPRequest.Method] = [.get, .head]
    if let post {
      allowed.append(.post)
      router.post(path) { request, context in
        try await post(request, Preference(request), context.parameters)
      }
    }
    let others = [HTTPRequest.Method.post, .put, .patch, .delete, .options, .trace]
    for method in others where !allowed.contains(method) {
      router.on(path, method: method) { [allowed] _, _ -> Response in
        throw WebProblem.method(allowed)
      }
    }
  }
}

// MARK: - Orders

extension WebRooms {
  @Sendable private func showOrder(
    _ request: Request, _ preference: Preference, _ parameters: Parameters
  ) async throws -> Response {
    let text = parameters.get("id") ?? ""
    let isFile = text.hasSuffix(".json")
    guard let id = OrderID(isFile ? String(text.dropLast(5)) : text) else {
      throw WebProblem.notFound
    }
    try catchUp()
    let start = try number("from", in: request) ?? 0
    guard
      let detail = try desk.publicDetail(of: id, from: start, limit: Self.namesOnPage)
    else { throw WebProblem.notFound }
    if isFile || preference.json { return try answers.json(detail) }
    let links = Links(preference, path: "/orders/\(id)")
    return answers.page(answers.pages.order(detail, from: start, links), preference)
  }

  @Sendable private func showOrders(
    _ request: Request, _ preference: Preference, _: Parameters
  ) async throws -> Response {
    if preference.json { return try await listOrders(request, preference, Parameters()) }
    try catchUp()
    let start = try number("from", in: request) ?? 0
    let links = Links(preference, path: "/transparency")
    return answers.page(
      answers.pages.transparency(
        desk.publicOrders(), try desk.publicTransparency(), from: start, links), preference)
  }

  @Sendable private func listOrders(
    _ request: Request, _: Preference, _: Parameters
  ) async throws -> Response {
    try catchUp()
    let limit = try number("limit", in: request) ?? 100
    guard (1...500).contains(limit) else { throw WebProblem.badCursor }
    var orders = desk.publicOrders()[...]
    if let cursor = request.uri.queryParameters["cursor"] {
      guard let place = orders.firstIndex(where: { $0.id.text == cursor }) else {
        throw WebProblem.badCursor
      }
      orders = orders[(place + 1)...]
    }
    return try answers.json(OrderListing(orders, limit: limit))
  }

  /// What time has brought about is told even where it cannot be written down just now.
  private func catchUp() throws {
    do throws(StoreError) {
      try desk.journal.catchUpIfWritable()
    } catch {
      logger.error("time cannot be recorded: \(error)")
    }
  }

  /// A number in the query; nil where there is none.
  private func number(_ name: Substring, in request: Request) throws(WebProblem) -> Int? {
    guard let text = request.uri.queryParameters[name] else { return nil }
    guard let number = Int(text), number >= 0, number <= Int32.max else { throw .badCursor }
    return number
  }
}

/// Some public orders, and how to go on.
struct OrderListing: Encodable {
  let orders: [PublicOrder]
  /// The address of the orders that follow; nil where these were the last.
  let next: String?

  init(_ all: ArraySlice<PublicOrder>, limit: Int) {
    orders = Array(all.prefix(limit))
    next =
      all.count > limit
      ? orders.last.map { "/transparency/orders.json?cursor=\($0.id)&limit=\(limit)" } : nil
  }
}

// MARK: - Contests

extension WebRooms {
  @Sendable private func showForm(
    _ request: Request, _ preference: Preference, _: Parameters
  ) async throws -> Response {
    let query = request.uri.queryParameters
    let fields = ContestFields(
      order: String((query["order"] ?? "").prefix(40)),
      name: String((query["name"] ?? "").prefix(255)))
    return answers.page(
      answers.pages.contest(fields, Links(preference, path: "/contest")), preference)
  }

  @Sendable private func takeContest(
    _ request: Request, _ preference: Preference, _: Parameters
  ) async throws -> Response {
    let form = try await ContestForm.read(request)
    let links = Links(preference, path: "/contest")
    do throws(ContestFault) {
      let contest = try form.contest()
      let event = try await record(contest)
      return try receipt(event, contest, preference, links)
    } catch {
      return try refusal(of: form, error, preference, links)
    }
  }

  private func record(_ contest: Contest) async throws(ContestFault) -> RecordedEvent {
    if let seconds = limit.take(at: desk.journal.now) { throw .tooMany(seconds: seconds) }
    do {
      return try await desk.receive(contest)
    } catch let refusal as Refusal {
      throw ContestFault(refusal, of: contest)
    } catch {
      logger.error("a contest could not be recorded: \(error)")
      throw .notRecorded
    }
  }

  private func receipt(
    _ event: RecordedEvent, _ contest: Contest, _ preference: Preference, _ links: Links
  ) throws(ContestFault) -> Response {
    guard preference.json else {
      return answers.page(
        answers.pages.thanks(event, contest, links), status: .created, preference)
    }
    let receipt = ContestReceipt(
      reference: event.index, received: event.event.time, order: contest.order,
      address: contest.order.map { desk.contestAddress(of: $0) },
      next: [Phrase.nextRead, .nextInForce].map { $0.text(preference.language) }
        .joined(separator: " "))
    do {
      return try answers.json(receipt, status: .created)
    } catch {
      return answers.text("\(event.index)\n", status: .created)
    }
  }

  /// The form again, with all that was written; nobody should have to write it twice.
  private func refusal(
    of form: ContestForm, _ fault: ContestFault, _ preference: Preference, _ links: Links
  ) throws -> Response {
    let problem = fault.problem
    var response: Response
    if preference.json {
      var document = ProblemDocument(problem, preference.language)
      document.field = fault.field
      response = try answers.json(
        document, status: problem.status, type: "application/problem+json")
    } else {
      let fields = ContestFields(form, fault)
      response = answers.page(
        answers.pages.contest(fields, links), status: problem.status, preference)
    }
    for field in problem.headers { response.headers[field.name] = field.value }
    return response
  }
}

/// What a program gets that contested a block.
struct ContestReceipt: Encodable {
  /// The number of the entry.
  let reference: UInt64
  let received: Instant
  let order: OrderID?
  let address: String?
  /// What happens next, in a few sentences.
  let next: String
}

// MARK: - Health

extension WebRooms {
  @Sendable private func showReadiness(
    _: Request, _: Preference, _: Parameters
  ) async throws -> Response {
    do throws(StoreError) {
      _ = try desk.journal.checkpoint()
      return answers.text("ready\n")
    } catch {
      logger.error("the record cannot be read: \(error)")
      return answers.text("the record cannot be read\n", status: .serviceUnavailable)
    }
  }
}
