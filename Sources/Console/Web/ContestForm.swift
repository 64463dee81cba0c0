internal import DomainNames
internal import Enforcement
internal import Hummingbird
internal import Interchange
internal import NIOCore

/// What a person filled in to contest a block.
struct ContestForm: Decodable {
  var order: String?
  var name: String?
  var statement: String?
  var contact: String?

  /// The most octets that are taken in.
  static let limit = 32 << 10

  /// Reads a form, or JSON with the same fields.
  static func read(_ request: Request) async throws -> ContestForm {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw WebProblem.tooLarge
    }
    let media = request.headers[.contentType].flatMap { $0.split(separator: ";").first }
    let isJSON: Bool
    switch media.map({ $0.lowercased().filter { $0 != " " } }) {
    case "application/x-www-form-urlencoded": isJSON = false
    case "application/json": isJSON = true
    default: throw WebProblem.wrongMedia
    }
    let octets: ByteBuffer
    do {
      octets = try await request.body.collect(upTo: limit)
    } catch is NIOTooManyBytesError {
      throw WebProblem.tooLarge
    } catch {
      // The form broke off on its way: nobody is there to be told more.
      throw WebProblem.badForm
    }
    guard let text = String(validating: octets.readableBytesView, as: UTF8.self) else {
      throw WebProblem.badForm
    }
    do {
      return isJSON
        ? try JSONText.decode(ContestForm.self, from: text)
        : try URLEncodedFormDecoder().decode(ContestForm.self, from: text)
    } catch {
      throw WebProblem.badForm
    }
  }

  /// What the person says, checked as far as the form can tell.
  func contest() throws(ContestFault) -> Contest {
    var contest = Contest(statement: "")
    if let order = Self.filled(order) {
      guard let id = OrderID(order.lowercased()) else { throw .order }
      contest.order = id
    }
    if let name = Self.filled(name) {
      guard case .name(let read, _) = TargetReader.read(name) else { throw .name }
      contest.name = read
    }
    guard let statement = Self.filled(statement) else { throw .statementEmpty }
    contest.statement = statement
    contest.contact = Self.filled(contact)
    return contest
  }

  private static func filled(_ text: String?) -> String? {
    guard let text = text?.replacing("\r\n", with: "\n"),
      text.contains(where: { !$0.isWhitespace })
    else { return nil }
    let start = text.drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}

/// Why a contest was not taken in; the person gets the form back with all that was written.
enum ContestFault: Error {
  case order
  case name
  case statementEmpty
  case statementLong(Int)
  case contact
  case tooMany(seconds: Int)
  case notRecorded

  /// What a refusal means for the form.
  init(_ refusal: Refusal, of contest: Contest) {
    switch refusal.code {
    case .unknownOrder: self = .order
    case .missingField: self = .statementEmpty
    case .badField where contest.statement.count > Contest.statementLimit:
      self = .statementLong(contest.statement.count)
    case .badField: self = .contact
    case .unknownLine, .unknownPerson, .notAllowed, .sameOfficer, .openLines, .wrongState,
      .missingReason, .nothingToEnforce, .alreadyReceived, .alreadyExpired, .nameTaken,
      .badSettlement, .unknownCase, .unknownSite, .notReviewed, .staleEvidence, .unknownPlatform,
      .unknownRule, .unknownNumber, .tookPart, .incompleteNotice, .tooLate, .mustKeep, .notPublic:
      self = .notRecorded
    }
  }

  /// The field that is wrong, if one is.
  var field: String? {
    switch self {
    case .order: "order"
    case .name: "name"
    case .statementEmpty, .statementLong: "statement"
    case .contact: "contact"
    case .tooMany, .notRecorded: nil
    }
  }

  /// The fault as a problem.
  var problem: WebProblem {
    switch self {
    case .order: Self.unprocessable(.faultOrder)
    case .name: Self.unprocessable(.faultName)
    case .statementEmpty: Self.unprocessable(.faultStatementEmpty)
    case .statementLong(let count):
      Self.unprocessable(.faultStatementLong, ["count": "\(count)"])
    case .contact: Self.unprocessable(.faultContact)
    case .tooMany(let seconds):
      WebProblem(
        status: .tooManyRequests, title: .titleTooMany, detail: .detailTooMany,
        values: ["seconds": "\(seconds)"], headers: [.retryAfter: "\(seconds)"])
    case .notRecorded:
      WebProblem(
        status: .serviceUnavailable, title: .titleUnavailable, detail: .detailNotRecorded)
    }
  }

  private static func unprocessable(
    _ detail: Phrase, _ values: [String: String] = [:]
  ) -> WebProblem {
    WebProblem(
      status: .unprocessableContent, title: .titleUnprocessable, detail: detail, values: values)
  }
}
