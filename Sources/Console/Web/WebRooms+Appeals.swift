internal import Enforcement
internal import Hummingbird
internal import NIOCore

// MARK: - The account holder's page

extension WebRooms {
  /// Adds the page to which a notice leads: no login, no cookie; the token in its address opens it.
  func addAppeals(to router: Router<BasicRequestContext>) {
    route(router, "/appeal") { _, _, _ in throw WebProblem.notFound }
    route(router, "/appeal/:token", post: takeAppeal, get: showAppeal)
  }

  @Sendable private func showAppeal(
    _ request: Request, _ preference: Preference, _ parameters: Parameters
  ) async throws -> Response {
    let token = parameters.get("token") ?? ""
    var form = AppealForm()
    form.wasSent = request.uri.queryParameters["sent"] == "1"
    let subject = try subject(of: token)
    if preference.json { return try answers.json(subject.face) }
    return answers.page(
      answers.pages.appeal(subject, form, Links(preference, path: "/appeal/\(token)")), preference)
  }

  @Sendable private func takeAppeal(
    _ request: Request, _ preference: Preference, _ parameters: Parameters
  ) async throws -> Response {
    let token = parameters.get("token") ?? ""
    let before = try subject(of: token)
    let text = try await AppealText.read(request)
    do {
      _ =
        before.face.mayAppeal
        ? try await desk.fileAppeal(text, token: token)
        : try await desk.addMessage(text, token: token)
    } catch {
      return try refusal(of: text, error, token, preference)
    }
    // Whoever reloads the page sends nothing again.
    let links = Links(preference, path: "/appeal/\(token)")
    return Response(
      status: .seeOther,
      headers: [.location: links.to("/appeal/\(token)", [("sent", "1")]) + "#appeal"])
  }

  /// The page again, with all that was written.
  private func refusal(
    of text: String, _ fault: any Error, _ token: String, _ preference: Preference
  ) throws -> Response {
    guard let problem = APIProblem(fault) else { throw fault }
    let form = AppealForm(
      text: text, fault: Self.sentence(problem, preference.language), wasSent: false)
    let links = Links(preference, path: "/appeal/\(token)")
    var response = answers.page(
      answers.pages.appeal(try subject(of: token), form, links), status: problem.status, preference)
    for field in problem.headers { response.headers[field.name] = field.value }
    return response
  }

  private static func sentence(_ problem: APIProblem, _ language: Language) -> String {
    switch problem.code {
    case "missing-field", "missing-reason": Phrase.appealFaultEmpty.text(language)
    case "bad-field":
      Phrase.appealFaultLong.text(language, ["count": "\(Appeal.textLimit)"])
    case "busy": Phrase.appealFaultBusy.text(language)
    case "too-late", "wrong-state": Phrase.appealFaultLate.text(language)
    default: Phrase.detailNotRecorded.text(language)
    }
  }

  private func subject(of token: String) throws -> AppealSubject {
    do {
      return try desk.appealSubject(token: token)
    } catch is Refusal {
      throw WebProblem.notFound
    }
  }
}

/// What someone wrote into the form of an appeal.
enum AppealText {
  /// The most octets of a form.
  static let limit = 64 << 10

  private struct Form: Decodable {
    var text: String?
  }

  static func read(_ request: Request) async throws -> String {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw WebProblem.tooLarge
    }
    let media = request.headers[.contentType].flatMap { $0.split(separator: ";").first }
    guard
      media.map({ $0.lowercased().filter { $0 != " " } }) == "application/x-www-form-urlencoded"
    else { throw WebProblem.wrongMedia }
    let octets: ByteBuffer
    do {
      octets = try await request.body.collect(upTo: limit)
    } catch is NIOTooManyBytesError {
      throw WebProblem.tooLarge
    } catch {
      throw WebProblem.badForm
    }
    guard let text = String(validating: octets.readableBytesView, as: UTF8.self),
      let form = try? URLEncodedFormDecoder().decode(Form.self, from: text)
    else { throw WebProblem.badForm }
    return (form.text ?? "").replacing("\r\n", with: "\n")
  }
}
