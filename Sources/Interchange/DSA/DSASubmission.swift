internal import Foundation

/// Statements on their way to the database: what to ask it next, and what its answers mean.
///
/// It does no I/O. The database takes a batch whole or not at all, so a statement that it refuses is
/// set aside and the others go again; and a statement of which nobody knows whether it arrived is
/// asked for before it is sent once more.
public struct DSASubmission: Sendable {
  /// What to do next.
  public enum Step: Sendable, Hashable {
    /// `GET /api/v1/statement/existing-puid/{puid}`, without following a redirect.
    case ask(puid: String)
    /// `POST /api/v1/statements` with this body.
    case post(body: String)
    /// Nothing: every statement has an outcome.
    case done
  }

  /// What became of a statement.
  public enum Outcome: Sendable, Hashable {
    /// The database has it, and gave this for it; its own number where it told one.
    case accepted(receipt: String)
    /// The database refuses it, for these reasons.
    case refused(reasons: [String])
    /// It holds another statement with this number, which this program never sent.
    case taken
  }

  /// Why it cannot go on for now; what is left is tried again later.
  public enum Obstacle: Error, Sendable, Hashable, CustomStringConvertible {
    /// The token is not accepted.
    case unauthorized(status: Int)
    /// The database has enough for now, or has a fault of its own.
    case busy(status: Int)
    /// An answer that the database should not give.
    case unexpected(status: Int, detail: String)

    /// The obstacle as a sentence.
    public var description: String {
      switch self {
      case .unauthorized(let status):
        "the database does not accept the token (\(status)): a new one makes the old one void"
      case .busy(let status): "the database takes nothing now (\(status)): it is tried again"
      case .unexpected(let status, let detail):
        "the database answers \(status), which its description does not know: \(detail)"
      }
    }
  }

  /// A statement to send.
  public struct Item: Sendable, Hashable {
    /// Its number.
    public var puid: String
    /// The statement as JSON.
    public var body: String
    /// Whether it was sent before, with the answer lost.
    public var isUncertain: Bool

    /// Takes the parts.
    public init(puid: String, body: String, isUncertain: Bool = false) {
      self.puid = puid
      self.body = body
      self.isUncertain = isUncertain
    }
  }

  /// What became of each statement so far, by its number.
  public private(set) var outcomes: [String: Outcome] = [:]
  private var waiting: [Item]
  private var posted: [String] = []
  /// Statements that were sent before, so that finding them there is no clash.
  private var sentBefore: Set<String>

  /// Takes statements; those beyond ``DSAStatement/batchLimit`` wait for a next submission.
  public init(_ items: [Item]) {
    waiting = Array(items.prefix(DSAStatement.batchLimit))
    sentBefore = Set(waiting.filter(\.isUncertain).map(\.puid))
  }

  /// What to do next.
  public mutating func next() -> Step {
    if let uncertain = waiting.first(where: \.isUncertain) { return .ask(puid: uncertain.puid) }
    guard !waiting.isEmpty else { return .done }
    posted = waiting.map(\.puid)
    return .post(body: "{\"statements\":[" + waiting.map(\.body).joined(separator: ",") + "]}")
  }

  /// Takes the answer to whether a statement is there.
  ///
  /// - Throws: ``Obstacle``; nothing has changed then.
  public mutating func received(status: Int, forPUID puid: String) throws(Obstacle) {
    switch status {
    // The database says "found" with the status of a redirect.
    case 302: settle(puid, as: .accepted(receipt: "existing:\(puid)"))
    case 404:
      for place in waiting.indices where waiting[place].puid == puid {
        waiting[place].isUncertain = false
      }
    default: throw Self.obstacle(status, "")
    }
  }

  /// Takes the answer to a batch.
  ///
  /// - Throws: ``Obstacle``; what was posted stays to be sent.
  public mutating func received(status: Int, body: [UInt8]) throws(Obstacle) {
    switch status {
    case 201: try accept(body)
    case 422: try refuse(body)
    default: throw Self.obstacle(status, String(decoding: body.prefix(200), as: UTF8.self))
    }
  }

  /// The answer to a batch was lost: each statement of it is asked for before it goes again.
  public mutating func lostAnswer() {
    sentBefore.formUnion(posted)
    for place in waiting.indices where posted.contains(waiting[place].puid) {
      waiting[place].isUncertain = true
    }
  }

  private static func obstacle(_ status: Int, _ detail: String) -> Obstacle {
    switch status {
    case 401, 403: .unauthorized(status: status)
    case 429, 500...599: .busy(status: status)
    default: .unexpected(status: status, detail: detail)
    }
  }

  private mutating func settle(_ puid: String, as outcome: Outcome) {
    outcomes[puid] = outcome
    waiting.removeAll { $0.puid == puid }
  }

  private struct Stored: Decodable {
    struct Statement: Decodable {
      let uuid: String
      let puid: String?
    }
    let statements: [Statement]
  }

  private mutating func accept(_ body: [UInt8]) throws(Obstacle) {
    guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(body)),
      stored.statements.count == posted.count,
      zip(stored.statements, posted).allSatisfy({ $0.puid == nil || $0.puid == $1 })
    else { throw .unexpected(status: 201, detail: "it does not name what it stored") }
    for (statement, puid) in zip(stored.statements, posted) {
      settle(puid, as: .accepted(receipt: statement.uuid))
    }
  }

  private struct Refusal: Decodable {
    /// `statement_<i>` to fields to reasons; or `puid` and `existing_puids` to texts.
    let errors: [String: Reasons]

    enum Reasons: Decodable {
      case texts([String])
      case fields([String: [String]])

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let texts = try? container.decode([String].self) {
          self = .texts(texts)
        } else {
          self = .fields(try container.decode([String: [String]].self))
        }
      }
    }
  }

  private mutating func refuse(_ body: [UInt8]) throws(Obstacle) {
    let unexpected = Obstacle.unexpected(
      status: 422, detail: String(decoding: body.prefix(200), as: UTF8.self))
    guard let refusal = try? JSONDecoder().decode(Refusal.self, from: Data(body)) else {
      throw unexpected
    }
    let before = waiting.count
    let uncertainBefore = waiting.count(where: \.isUncertain)
    for (key, reasons) in refusal.errors {
      switch reasons {
      case .texts(let puids) where key == "existing_puids":
        for puid in puids where posted.contains(puid) { meet(puid) }
      case .texts: break
      case .fields(let fields):
        guard key.hasPrefix("statement_"), let place = Int(key.dropFirst("statement_".count)),
          posted.indices.contains(place)
        else { continue }
        let texts = fields.sorted { $0.key < $1.key }.flatMap { field, reasons in
          reasons.map { "\(field): \($0)" }
        }
        settle(posted[place], as: .refused(reasons: texts))
      }
    }
    // Without progress the same batch would go for ever.
    guard waiting.count < before || waiting.count(where: \.isUncertain) > uncertainBefore else {
      throw unexpected
    }
  }

  /// A statement is there already: ours, where this program once sent it.
  private mutating func meet(_ puid: String) {
    let isOurs = sentBefore.contains(puid)
    settle(puid, as: isOurs ? .accepted(receipt: "existing:\(puid)") : .taken)
  }
}
