internal import Conduct
internal import Enforcement
internal import Foundation
internal import Hummingbird
internal import Interchange
internal import NIOCore
internal import Records

// MARK: - Reports, for the people of the house; numbers, for everyone

extension WebRooms {
  /// Adds the pages of reports, which ask for a name and a token, and the numbers of accounts.
  func addReports(to router: Router<BasicRequestContext>) {
    route(router, "/reports/:id", get: showReport)
    route(router, "/transparency/accounts.json") { _, _, _ in
      let numbers = AccountNumbers(platforms: try desk.publicTransparency())
      return Response(
        status: .ok, headers: [.contentType: "application/json"],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: try APIText.encode(numbers))))
    }
  }

  @Sendable private func showReport(
    _ request: Request, _ preference: Preference, _ parameters: Parameters
  ) async throws -> Response {
    try demandStaff(request)
    let text = parameters.get("id") ?? ""
    if text.hasSuffix(".json") { return try content(String(text.dropLast(5)), .json) }
    if text.hasSuffix(".csv") { return try content(String(text.dropLast(4)), .csv) }
    if preference.json { return try content(text, .json) }
    let report = try report(text)
    let octets = try desk.conduct.reports.shelf.octets(of: report.content)
    let subject = ReportSubject(
      report: report, delivery: try desk.journal.delivery(of: report.id),
      sheet: octets.flatMap { try? AuthoritySheet($0) })
    let links = Links(preference, path: "/reports/\(report.id)")
    return answers.page(answers.pages.report(subject, links), preference)
  }

  private func report(_ text: String) throws -> Report {
    guard let id = ReportID(text: text), let report = desk.conductBook.reports[id],
      report.kind == .authority
    else { throw WebProblem.notFound }
    return report
  }

  private func content(_ text: String, _ reading: ReportReading) throws -> Response {
    let report = try report(text)
    let octets: [UInt8]
    do {
      octets = try desk.reportContent(text, as: reading)
    } catch is Refusal {
      throw WebProblem.notFound
    }
    let name = "\(report.id).\(reading.rawValue)"
    return Response(
      status: .ok,
      headers: [
        .contentType: reading == .json ? "application/json" : "text/csv; charset=utf-8",
        .contentDisposition: "inline; filename=\"\(name)\"",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: octets)))
  }

  /// Name and token come as a browser asks for them (RFC 7617), or as programs send them (RFC 6750).
  ///
  /// A token is looked up by its SHA-256, so how long that takes says nothing about any.
  private func demandStaff(_ request: Request) throws {
    let parts = (request.headers[.authorization] ?? "").split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[1].utf8.count <= 400 else { throw WebProblem.unauthorized }
    let (name, token): (Substring?, Substring)
    switch parts[0].lowercased() {
    case "bearer": (name, token) = (nil, parts[1])
    case "basic":
      guard let data = Data(base64Encoded: String(parts[1])),
        let pair = String(validating: data, as: UTF8.self)?
          .split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false), pair.count == 2
      else { throw WebProblem.unauthorized }
      (name, token) = (pair[0], pair[1])
    default: throw WebProblem.unauthorized
    }
    guard let person = try desk.person(withToken: String(token)), !person.isPlatform,
      name == nil || name.map(String.init) == person.name.text
    else { throw WebProblem.unauthorized }
  }
}

/// What was done about accounts, platform by platform.
struct AccountNumbers: Encodable {
  let platforms: [TransparencyReply]
}
