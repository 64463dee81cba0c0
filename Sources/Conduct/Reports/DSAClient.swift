internal import AsyncHTTPClient
internal import Foundation
public import Interchange
internal import NIOCore
internal import NIOHTTP1

/// Sends statements of reasons to the DSA Transparency Database.
///
/// What the answers mean is ``DSASubmission``'s to say; this only carries requests, one at a time.
public final class DSAClient: Sendable {
  private let base: String
  private let token: String
  private let client: HTTPClient

  /// Time for one request.
  static let timeout = TimeAmount.seconds(30)
  /// Octets of an answer that are read.
  static let answerLimit = 1 << 20

  /// - Parameters:
  ///   - base: where the database is, such as `https://transparency.dsa.ec.europa.eu`.
  ///   - token: the platform's token, `id|secret`.
  public init(base: String, token: String) {
    self.base = base
    self.token = token
    var configuration = HTTPClient.Configuration()
    // The database answers 302 for "found"; there is nothing to follow.
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(connect: .seconds(10), read: Self.timeout)
    configuration.httpVersion = .http1Only
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Ends all connections.
  public func close() async { try? await client.shutdown() }

  /// Goes on with a submission until each statement has an outcome, or nothing more can be done now.
  ///
  /// - Parameter submission: what is to be sent; afterwards it holds the outcomes so far.
  /// - Throws: ``DSASubmission/Obstacle``; what has no outcome is to be tried again later.
  public func carry(_ submission: inout DSASubmission) async throws(DSASubmission.Obstacle) {
    while true {
      switch submission.next() {
      case .done: return
      case .ask(let puid):
        let answer = await execute(.GET, "/api/v1/statement/existing-puid/\(puid)", body: nil)
        guard let answer else { throw .busy(status: 0) }
        try submission.received(status: answer.status, forPUID: puid)
      case .post(let body):
        guard let answer = await execute(.POST, "/api/v1/statements", body: body) else {
          submission.lostAnswer()
          throw .busy(status: 0)
        }
        try submission.received(status: answer.status, body: answer.body)
      }
    }
  }

  /// Nil where no whole answer came.
  private func execute(
    _ method: HTTPMethod, _ path: String, body: String?
  ) async -> (status: Int, body: [UInt8])? {
    var request = HTTPClientRequest(url: base + path)
    request.method = method
    request.headers = [
      "authorization": "Bearer \(token)", "accept": "application/json", "user-agent": "Cordon",
    ]
    if let body {
      request.headers.add(name: "content-type", value: "application/json")
      request.body = .bytes(ByteBuffer(string: body))
    }
    guard let response = try? await client.execute(request, timeout: Self.timeout),
      let octets = try? await response.body.collect(upTo: Self.answerLimit)
    else { return nil }
    return (Int(response.status.code), Array(octets.readableBytesView))
  }
}
