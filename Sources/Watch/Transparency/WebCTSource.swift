internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// A log's files over HTTP, gzip taken off.
struct WebCTSource: CTSource {
  private static let timeout = TimeAmount.seconds(30)

  let prefix: String
  let client: HTTPClient
  let userAgent: String

  func file(_ path: String, limit: Int) async throws(CTFault) -> [UInt8] {
    var request = HTTPClientRequest(url: prefix + path)
    request.headers.add(name: "user-agent", value: userAgent)
    request.headers.add(name: "accept-encoding", value: "gzip")
    do {
      let response = try await client.execute(request, timeout: Self.timeout)
      guard response.status == .ok else {
        throw CTFault.fetch(path: path, reason: "the answer was \(response.status)")
      }
      let body = Array(buffer: try await response.body.collect(upTo: limit))
      let coding = response.headers.first(name: "content-encoding")
      guard let plain = ContentCoding.unpack(body, field: coding, limit: limit),
        !plain.isTruncated
      else {
        throw CTFault.fetch(path: path, reason: "it is packed otherwise, or too large unpacked")
      }
      return plain.octets
    } catch let fault as CTFault {
      throw fault
    } catch {
      throw .fetch(path: path, reason: "\(error)")
    }
  }

  /// A client that goes where it is sent and nowhere else.
  static func makeClient() -> HTTPClient {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout.connect = .seconds(10)
    return HTTPClient(
      eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
  }
}
