internal import AsyncHTTPClient
internal import Egress
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

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
///
/// A name is resolved, judged and pinned, anew every half minute: a connection goes to the very address
/// that was judged, and certificates are checked for the name.
final class WebhookSender: Sendable {
  private let pins: PinCache
  private let clients: PinnedClients

  /// Time for one message.
  static let timeout = TimeAmount.seconds(15)
  /// Octets of an answer that are read.
  static let answerLimit = 16 << 10
  /// The longest `Retry-After` that is heeded.
  static let longestWait = Duration.seconds(4 * 3_600)

  /// How many addresses of a host are tried.
  static let attempts = 3
  /// How long what was judged of a name is good for.
  static let pinTime = Duration.seconds(30)

  /// Takes what says where may be connected to.
  ///
  /// - Throws: where the system's certificates cannot be read.
  init(_ addressGuard: AddressGuard) throws {
    pins = PinCache(addressGuard, time: Self.pinTime)
    var bounds = ConnectionBounds()
    bounds.connectTime = .seconds(5)
    bounds.silence = .seconds(15)
    bounds.idleTime = .seconds(60)
    bounds.connectionsPerHost = 16
    clients = try PinnedClients(
      bounds: bounds, group: MultiThreadedEventLoopGroup.singleton)
  }

  /// Ends all connections.
  func close() async { await clients.shutDown() }

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
    var request = HTTPClientRequest(url: address.url.text)
    request.method = .POST
    request.headers = [
      "content-type": "application/json", "user-agent": "Cordon",
      "webhook-id": message.id, "webhook-timestamp": "\(seconds)",
      "webhook-signature": WebhookSignature.header(
        id: message.id, timestamp: seconds, body: message.body, secrets: secrets),
    ]
    request.body = .bytes(ByteBuffer(bytes: message.body))
    let pinned: [PinnedAddress]
    do throws(AddressRefusal) {
      pinned = try await pins.addresses(of: address.url.host, port: address.url.port)
    } catch {
      return .failed(reason: "\(error)", retryAfter: nil)
    }
    var last = WebhookOutcome.failed(
      reason: "not asked: without TLS a message stays on this machine", retryAfter: nil)
    for place in pinned.filter(address.permits).prefix(Self.attempts) {
      let (outcome, isFinal) = await send(request, to: place)
      if isFinal { return outcome }
      last = outcome
    }
    pins.forget(address.url.host, port: address.url.port)
    return last
  }

  /// Sends to one address; not final where it could not be reached at all.
  private func send(
    _ request: HTTPClientRequest, to place: PinnedAddress
  ) async -> (outcome: WebhookOutcome, isFinal: Bool) {
    let key = PinnedClients.Key(place, verifies: true)
    guard let client = clients.take(key) else {
      return (.failed(reason: "the service is shutting down", retryAfter: nil), true)
    }
    defer { clients.giveBack(key) }
    do {
      let response = try await client.execute(request, timeout: Self.timeout)
      return (await outcome(of: response), true)
    } catch let error as HTTPClientError {
      return (
        .failed(reason: "no answer: \(error.shortDescription)", retryAfter: nil),
        error != .connectTimeout
      )
    } catch {
      // The channel could not be opened, or broke: another address may do.
      return (.failed(reason: "no answer: \(type(of: error))", retryAfter: nil), false)
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
