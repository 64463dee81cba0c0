internal import Foundation

/// What every message of the browser has, whatever it says.
struct DevToolsEnvelope: Decodable {
  struct Fault: Decodable {
    var code: Int
    var message: String
  }

  var id: Int?
  var method: String?
  var sessionId: String?
  var error: Fault?
}

/// Something that the browser reports by itself.
struct DevToolsEvent: Sendable {
  /// Its name, such as `Page.loadEventFired`.
  var method: String
  /// The session it belongs to; nil for the browser itself.
  var session: String?
  /// The whole message.
  var message: [UInt8]

  /// What the event says; nil where it does not say that.
  func parameters<Parameters: Decodable>(as type: Parameters.Type) -> Parameters? {
    try? JSONDecoder().decode(DevToolsParameters<Parameters>.self, from: Data(message)).params
  }
}

/// The place of an event's content in its message.
private struct DevToolsParameters<Parameters: Decodable>: Decodable {
  var params: Parameters
}

/// The place of an answer in its message.
struct DevToolsAnswer<Result: Decodable>: Decodable {
  var result: Result
}

/// What is asked of the browser, as it is written.
struct DevToolsCommand<Parameters: Encodable>: Encodable {
  var id: Int
  var method: String
  var params: Parameters
  var sessionId: String?
}

/// No parameters, or an answer that is only awaited.
struct Nothing: Codable, Sendable {}

/// Why the browser did not do what it was asked.
enum DevToolsFault: Error, Sendable, Hashable {
  /// It has ended, or its end of the pipe has.
  case ended
  /// It did not answer in time.
  case silent(method: String)
  /// It refused.
  case refused(method: String, reason: String)
  /// It sent more than the bound in one message.
  case tooLarge
  /// It sent what is no message.
  case malformed
}

extension DevToolsFault: CustomStringConvertible {
  /// A sentence: which step, and what went wrong.
  var description: String {
    switch self {
    case .ended: "it ended unexpectedly"
    case .silent(let method): "it did not answer \(method) in time"
    case .refused(let method, let reason): "it refused \(method): \(reason)"
    case .tooLarge: "it sent a message beyond the bound"
    case .malformed: "it sent what is no message"
    }
  }
}
