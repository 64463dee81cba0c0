internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1

/// A message to a platform: signed when it is sent, since the time of sending is signed with it.
struct WebhookMessage: Sendable {
  /// The value of `webhook-id`: the same however often it is sent, so that the platform can tell.
  let id: String
  /// The body.
  let body: [UInt8]
}

/// What came of sending a message.
enum WebhookOutcome: Sendable, Hashable {
  /// The platform took it (2xx), and maybe has shown the notice already; or an authority took a
  /// report, and maybe gave a receipt.
  case taken(noticeDelivered: Bool, receipt: String? = nil)
  /// The platform wants no more messages at this address (410).
  case gone
  /// It did not work; it may the next time.
  case failed(reason: String, retryAfter: Duration?)
}

/// Sends webhooks; follows no redirect, and reads little of an answer.
final class WebhookSender: Sendable {
  private let client: HTTPClient

  /// Time for one message.
  static let timeout = TimeAmount.seconds(15)
  /// Octets of an answer that are read.
  static let answerLimit = 16 << 10
  /// The longest `Retry-After` that is heeded.
  static let longestWait = Duration.seconds(4 * 3_600)

  init() {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(connect: .seconds(5), read: Self.timeout)
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 16
    configuration.httpVersion = .http1Only
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Ends all connections.
  func close() async { try? await client.shutdown() }

  /// Sends a message.
  ///
  /// - Parameters:
  ///   - message: what is sent.
  ///   - address: where to.
  ///   - secrets: what it is signed with.
  ///   - seconds: the time, in seconds since 1970.
  /// - Returns: what came of it.
  func send(
    _ message: WebhookMessage, to address: WebhookAddress, secrets: WebhookSecrets,
    at seconds: Int64
  ) async -> WebhookOutcome {
    var request = HTTPClientRequest(url: address.url.absoluteString)
    request.method = .POST
    request.headers = [
      "content-type": "application/json", "user-agent": "Cordon",
      "webhook-id": message.id, "webhook-timestamp": "\(seconds)",
      "webhook-signature": WebhookSignature.header(
        id: message.id, timestamp: seconds, body: message.body, secrets: secrets),
    ]
    request.body = .bytes(ByteBuffer(bytes: message.body))
    do {
      let response = try await client.execute(request, timeout: Self.timeout)
      return await outcome(of: response)
    } catch let error as HTTPClientError {
      return .failed(reason: "no answer: \(error.shortDescription)", retryAfter: nil)
    } catch {
      return .failed(reason: "no answer: \(type(of: error))", retryAfter: nil)
    }
  }

  private func outcome(of response: HTTPClientResponse) async -> WebhookOutcome {
    let status = Int(response.status.code)
    switch status {
    case 200..<300:
      // Whoever answers 2xx has taken the message, whatever becomes of the rest of the answer.
      let body = try? await response.body.collect(upTo: Self.answerLimit)
      let answer = body.flatMap(Self.answer)
      return .taken(noticeDelivered: answer?.notice == "delivered", receipt: answer?.receipt)
    case 410: return .gone
    case 300..<400:
      return .failed(
        reason: "the platform answered \(status); redirects are not followed", retryAfter: nil)
    default:
      return .failed(
        reason: "the platform answered \(status)",
        retryAfter: Self.wait(response.headers.first(name: "retry-after")))
    }
  }

  /// What an answer may hold: `"notice": "delivered"`, or a `"receipt"`.
  struct Answer: Decodable {
    let notice: String?
    let receipt: String?
  }

  static func answer(_ body: ByteBuffer) -> Answer? {
    try? JSONDecoder().decode(Answer.self, from: Data(body.readableBytesView))
  }

  private static func wait(_ text: String?) -> Duration? {
    text.flatMap { Int64($0) }.map { min(longestWait, .seconds(max(0, $0))) }
  }
}
